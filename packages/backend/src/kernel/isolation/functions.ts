/** Every function that the role may call, with another tenant's ids: what it returns, tells and writes. */
import { randomUUID } from 'node:crypto';
import { rehearse } from './acting.ts';
import { attempt, describeOutcome, type Outcome } from './attempt.ts';
import {
  type ExecutableFunction,
  executableFunctions,
  isFilled,
  isText,
  type Said,
  statementOf,
} from './executable-functions.ts';
import type { Field } from './field.ts';
import { type Group, judge, type Note } from './group.ts';
import { callLeaky } from './leakproof.ts';
import { markIn, marksOf } from './marks.ts';
import { follow } from './spill.ts';

export const functions: Group = {
  name: 'functions',
  tries:
    'Every function, procedure and aggregate that the role may call, with the other tenant’s id, its rows’ ids, its rows, the names of tables, patterns, conditions and statements: what it answers, and what it writes; definers with the caller’s search_path; functions that claim to be leakproof, over the other’s rows.',
  standsFor:
    'A definer function that trusts its arguments, and one that looks names up where its caller says.',
  remedy:
    'let the function take the tenant from dmz.current_tenant(), fix its search_path, or revoke EXECUTE on it',
  async attack(field, note) {
    const marks = marksOf(field, 'every value');
    for (const fn of await executableFunctions(field.admin, field.place.role)) {
      for (const said of whatToSay(field, fn)) await callIt(field, fn, { said, marks }, note);
      await askForNobody(field, fn, note);
      note({ rule: 'a-definer-keeps-its-search-path', object: fn.signature }, searchPathOf(fn));
    }
    await callLeaky(field, note);
  },
};

/** Rows of a module have their ids in its functions; more of them are alike. */
const IDS_TRIED = 12;

function whatToSay({ victim, targets }: Field, { schema, types }: ExecutableFunction): Said[] {
  const table = targets.find(({ prey }) => prey)?.name ?? 'public.tenants';
  const near = targets.filter(({ name }) => name.startsWith(`${schema}.`));
  const ids = near.flatMap(({ prey }) => (typeof prey?.id === 'string' ? [prey.id] : [])).slice(0, IDS_TRIED);
  const rows = targets.map(({ name }) => name);
  const asked = { id: victim.id, tenantId: victim.id, rows };
  const words = [
    ...[[victim.slug], [table], table.split('.'), ['%'], ['true OR true'], ["x' OR 'x' = 'x"]],
    [`SELECT to_jsonb(t)::text FROM ${table} AS t`],
  ];
  const said: Said[] = [
    asked,
    ...(types.some((type) => type === 'uuid' || /^(uuid\[\]|jsonb?)$/.test(type))
      ? ids.map((id) => ({ ...asked, id }))
      : []),
    ...(types.some(isText) ? words.map((texts) => ({ ...asked, texts })) : []),
  ];
  return types.some(isFilled) ? [...said, ...said.map((each) => ({ ...each, full: true }))] : said;
}

async function callIt(
  field: Field,
  fn: ExecutableFunction,
  { said, marks }: { readonly said: Said; readonly marks: ReadonlySet<string> },
  note: Note,
): Promise<void> {
  const { app, own } = field;
  const text = statementOf(fn, said);
  const outcome = await attempt(app, { entered: own.id }, text);
  const answers = outcome.rows.map(({ answer }) => String(answer));
  const told = [...marks].filter((mark) => text.includes(mark.replaceAll('"', '')));
  const shown = markIn(answers, marks, told);
  const detail = shown && `it returns what is of another tenant: ${shown}`;
  const worthwhile = marks.size > 0;
  note({ rule: 'a-function-shows-own-rows-alone', object: fn.signature }, judge(outcome, detail, worthwhile));
  if (outcome.state !== undefined) return;
  const followed = await rehearse(field, async (inside) => {
    const { outcome: again, why } = await follow(inside, own.id, [[text, []]]);
    return judge(again, why, worthwhile);
  });
  note({ rule: 'a-function-writes-own-rows-alone', object: fn.signature }, followed);
}

async function askForNobody({ app, own, victim }: Field, fn: ExecutableFunction, note: Note): Promise<void> {
  if (!fn.types.includes('uuid')) return;
  const call = (id: string) => attempt(app, { entered: own.id }, statementOf(fn, { id }));
  const [of, ofNobody] = [await call(victim.id), await call(randomUUID())];
  const aim = { rule: 'a-function-tells-no-tenant-from-nobody', object: fn.signature };
  note(aim, judge(of, tells(of, ofNobody), true));
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
