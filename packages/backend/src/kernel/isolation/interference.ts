/**
 * Whether the other tenant makes a difference: one's own writes, with its values, are answered alike in the world as it is and
 * in one that is the same but for the other's row. So keys, exclusions, checks, defaults, rules and triggers that look past
 * row security are found by what they say, whatever they are; and so is a write that reaches, or spills, beyond its tenant.
 */
import { isDeepStrictEqual } from 'node:util';
import { actAs, inWorld, rehearse, removeQuietly } from './acting.ts';
import { describeOutcome, type Outcome } from './attempt.ts';
import { type Field, insertion, type Row, renewed, type Target } from './field.ts';
import { type Group, judge } from './group.ts';
import { follow } from './spill.ts';
import type { Verdict } from './tally.ts';
import { nameAlone } from './tenant-tables.ts';

export const interference: Group = {
  name: 'interference',
  tries:
    'Own rows with the other’s values, added to every table as it is and as it would be without the other’s row; a row of the other’s, added again, and where else anything was written by it.',
  standsFor:
    'Learning what another tenant has from an answer that would be another one without it; and a copy that outlives the policy of its table.',
  remedy:
    'let keys begin with tenant_id, and let no check, default, rule or trigger look at rows, or write them, as anybody but its caller',
  async attack(field, note) {
    for (const target of field.targets) {
      const { prey, granted } = target;
      const alone = { rule: 'an-answer-is-of-own-rows-alone', object: target.name };
      const spilt = { rule: 'a-write-stays-with-its-tenant', object: target.name };
      if (!prey || !granted.includes('INSERT')) {
        note(alone, 'empty');
        note(spilt, 'empty');
        continue;
      }
      for (const like of ownRowsLike(field, target, prey))
        note(alone, await rehearse(field, (inside) => compareWorlds(inside, target, { prey, ...like })));
      note(spilt, await rehearse(field, (inside) => followWrite(inside, target, prey)));
    }
  },
};

interface Like {
  readonly row: Row;
  /** An own row that would be in its way. */
  readonly instead?: Row;
}

/** With all of the other's values; under another id; and with own references, so that no foreign key speaks first. */
function ownRowsLike({ own }: Field, target: Target, prey: Row): Like[] {
  const same = { ...prey, tenant_id: own.id };
  const referring = new Set(target.foreignKeys.flatMap(({ columns }) => columns));
  const { ownRow } = target;
  const kept = Object.fromEntries(Object.entries(ownRow ?? {}).filter(([column]) => referring.has(column)));
  const alike = [{ row: same }, { row: renewed(target, same) }];
  return ownRow ? [...alike, { row: renewed(target, { ...same, ...kept }), instead: ownRow }] : alike;
}

async function compareWorlds(
  field: Field,
  target: Target,
  { prey, row, instead }: Like & { readonly prey: Row },
): Promise<Verdict> {
  const { admin, own } = field;
  const insert = [
    `${insertion(target)} RETURNING to_jsonb(${nameAlone(target.name)}) AS row`,
    [JSON.stringify(row)],
  ] as const;
  const write = () =>
    actAs(field, own.id, [target.granted.includes('SELECT') ? insert : [insertion(target), insert[1]]]);
  if (instead) await removeQuietly(admin, target, instead);
  const withIt = await inWorld(admin, write);
  const without = await inWorld(admin, async () => {
    await removeQuietly(admin, target, prey);
    return write();
  });
  if (alike(withIt, without)) return judge(withIt, undefined, true);
  // What is another one each time says nothing of the other tenant.
  const again = await inWorld(admin, write);
  const steady = steadyColumns(withIt, again);
  if (!alike(withIt, again, steady) || alike(withIt, without, steady)) return judge(withIt, undefined, true);
  return {
    through: `${describeOutcome(withIt)}, and without the other’s row ${describeOutcome(without)}`,
  };
}

const answerOf = ({ rows }: Outcome): Row => (rows[0]?.row ?? {}) as Row;

function steadyColumns(one: Outcome, other: Outcome): string[] {
  const [first, second] = [answerOf(one), answerOf(other)];
  return Object.keys(first).filter((column) => isDeepStrictEqual(first[column], second[column]));
}

function alike(one: Outcome, other: Outcome, columns = Object.keys(answerOf(one))): boolean {
  if (one.state !== other.state || one.message !== other.message) return false;
  if (one.constraint !== other.constraint || one.rowCount !== other.rowCount) return false;
  const [first, second] = [answerOf(one), answerOf(other)];
  return columns.every((column) => isDeepStrictEqual(first[column], second[column]));
}

/** The other writes its own row once more. */
async function followWrite(field: Field, target: Target, prey: Row): Promise<Verdict> {
  const { admin, victim } = field;
  await removeQuietly(admin, target, prey);
  const { outcome, why } = await follow(field, victim.id, [[insertion(target), [JSON.stringify(prey)]]]);
  return why
    ? { through: `a row that another tenant adds goes further: ${why}` }
    : judge(outcome, undefined, outcome.state === undefined);
}
