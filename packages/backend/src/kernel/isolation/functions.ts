/** Every function that the role may call, with another tenant's ids: what it returns, tells and writes. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { attempt, describeOutcome, type Outcome } from './attempt.ts';
import { callsWith, type ExecutableFunction, executableFunctions } from './executable-functions.ts';
import type { Field } from './field.ts';
import { type Group, judge, type Note } from './group.ts';
import { markIn, marksOf } from './marks.ts';

export const functions: Group = {
  name: 'functions',
  tries:
    'Every function that the role may call, with the other tenant’s id, its rows’ ids and the names of tables; definers with the caller’s search_path; functions that claim to be leakproof, over the other’s rows.',
  standsFor:
    'A definer function that trusts its arguments, and one that looks names up where its caller says.',
  remedy:
    'let the function take the tenant from dmz.current_tenant(), fix its search_path, or revoke EXECUTE on it',
  async attack(field, note) {
    for (const fn of await executableFunctions(field.admin, field.place.role)) {
      await callIt(field, fn, note);
      note({ rule: 'a-definer-keeps-its-search-path', object: fn.signature }, searchPathOf(fn));
    }
    await callLeaky(field, note);
  },
};

async function callIt(field: Field, fn: ExecutableFunction, note: Note): Promise<void> {
  const context = { entered: field.own.id } as const;
  const marks = marksOf(field);
  const table = field.targets.find(({ prey }) => prey)?.name ?? 'public.tenants';
  const statement = (id: string, text?: string) =>
    `SELECT to_jsonb(r)::text AS answer FROM ${callsWith(fn, id, text)} AS r LIMIT 1000`;
  for (const name of [field.victim.id, field.victim.slug, table]) {
    const text = statement(field.victim.id, name);
    const outcome = await attempt(field.app, context, text);
    const answers = outcome.rows.map(({ answer }) => String(answer));
    const shown = markIn(
      answers,
      marks,
      [...marks].filter((mark) => text.includes(mark.replaceAll('"', ''))),
    );
    const detail = shown && `it returns what is of another tenant: ${shown}`;
    note(
      { rule: 'a-function-shows-own-rows-alone', object: fn.signature },
      judge(outcome, detail, marks.size > 0),
    );
  }
  const call = (id: string) => attempt(field.app, context, statement(id));
  if (!fn.types.includes('uuid')) return;
  const [of, ofNobody] = [await call(field.victim.id), await call(randomUUID())];
  const told = tells(of, ofNobody);
  note({ rule: 'a-function-tells-no-tenant-from-nobody', object: fn.signature }, judge(of, told, true));
}

/** Whether the answer is another one than for an id that nobody has; times and ids differ by themselves. */
function tells(one: Outcome, other: Outcome): string | undefined {
  const gist = ({ state, rowCount, rows }: Outcome) =>
    state ??
    `${rowCount} rows ${rows
      .map(({ answer }) =>
        String(answer)
          .replaceAll(/\d/g, '')
          .replaceAll(/[a-f-]{4,}/g, ''),
      )
      .join()}`;
  if (gist(one) === gist(other)) return undefined;
  return `${describeOutcome(one)} for the other tenant, ${describeOutcome(other)} for nobody`;
}

function searchPathOf({ definer, settings }: ExecutableFunction) {
  if (!definer || settings?.some((each) => each.startsWith('search_path='))) return 'refused' as const;
  return {
    through: 'it runs with its owner’s rights, and finds what it names where its caller’s search_path says',
  };
}

/**
 * A function that says to be leakproof may be asked before the policy is. So each is asked about a row of the other's
 * alone, by its place in the file: whatever it says then, it says of that row.
 */
async function callLeaky(field: Field, note: Note): Promise<void> {
  const leaky = (await executableFunctions(field.admin, field.place.role)).filter(
    ({ leakproof, types }) => leakproof && types.length > 0 && types.every((type) => type === types[0]),
  );
  for (const { call, types, signature } of leaky) {
    const aim = { rule: 'leakproof-functions-tell-nothing', object: signature };
    const targets = field.targets.filter(
      ({ preyAt, columns }) => preyAt && columns.some(({ type }) => type === types[0]),
    );
    if (targets.length === 0) note(aim, 'empty');
    for (const { name, preyAt, columns } of targets) {
      const column = pg.escapeIdentifier(columns.find(({ type }) => type === types[0])?.name ?? '');
      const asked = `${call}(${types.map(() => column).join(', ')})`;
      const text = `SELECT FROM ${name} WHERE ctid = '${preyAt}' AND ${asked} IS NOT NULL`;
      const outcome = await attempt(field.app, { entered: field.own.id }, text);
      const said = [
        ...outcome.notices,
        ...(outcome.state && !SAYS_NOTHING.includes(outcome.state) ? [outcome.message] : []),
      ];
      const detail =
        said[0] && `asked about another tenant’s row of ${name}, it said ${JSON.stringify(said[0])}`;
      note(aim, judge(outcome, detail, true));
    }
  }
}

/** A right that is not there, a limit of time, a lock: the attempt was not made. */
const SAYS_NOTHING = ['42501', '57014', '55P03'];
