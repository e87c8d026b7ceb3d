/** Months that are still to come: what the platform makes for them is as closed as what is there. */
import type pg from 'pg';
import { actAs, inWorld, rehearse } from './acting.ts';
import { describeOutcome } from './attempt.ts';
import { type Field, hasNoRight, type Target } from './field.ts';
import type { Note } from './group.ts';
import type { Verdict } from './tally.ts';

/** Nobody will have made it. */
const MONTH = '2199-01-01';

/** Each log's, made as the maintenance role has it made, and taken back. */
export async function tryComingMonths(field: Field, note: Note): Promise<void> {
  for (const target of field.targets.filter(({ partitions }) => partitions.length > 0)) {
    const aim = { rule: 'a-month-to-come-is-closed', object: target.name };
    note(aim, await rehearse(field, (inside) => makeMonth(inside, target)));
  }
}

async function makeMonth(field: Field, { name }: Target): Promise<Verdict> {
  const { admin, own } = field;
  const part = await monthOf(admin, name);
  if (part === undefined) return { untried: `not to be had here: ${name} has no months` };
  const { rows } = await admin.query(GUARDS, [part, name]);
  const [{ open, lacking }] = rows;
  if (open || lacking > 0)
    return {
      through: open ? 'row security does not bind its owner' : `${lacking} policies of its log are missing`,
    };
  const read = await inWorld(admin, () => actAs(field, own.id, [[`SELECT FROM ${part} LIMIT 1`, []]]));
  return hasNoRight(read)
    ? 'refused'
    : { through: `the application has a right to it: ${describeOutcome(read)}` };
}

const GUARDS = `
SELECT NOT (relrowsecurity AND relforcerowsecurity) AS open,
  (SELECT count(*)::int FROM pg_policy AS p WHERE polrelid = $2::regclass AND NOT EXISTS (SELECT FROM pg_policy AS q
    WHERE q.polrelid = c.oid AND pg_get_expr(q.polqual, q.polrelid) = pg_get_expr(p.polqual, p.polrelid)
      AND pg_get_expr(q.polwithcheck, q.polrelid) IS NOT DISTINCT FROM pg_get_expr(p.polwithcheck, p.polrelid))) AS lacking
FROM pg_class AS c WHERE oid = $1::regclass`;

async function monthOf(admin: pg.Client, log: string): Promise<string | undefined> {
  await admin.query('SELECT dmz.prepare_month($1, $2)', [log, MONTH]);
  const { rows } = await admin.query('SELECT (dmz.find_month($1, $2)).part', [log, MONTH]);
  return rows[0]?.part ?? undefined;
}
