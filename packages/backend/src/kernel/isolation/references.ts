/**
 * A foreign key check looks past row security. So every key between tenants' tables must contain the tenant, and an own
 * row that points at another tenant's is answered as one that points at nothing.
 */
import { randomUUID } from 'node:crypto';
import { actAs, inWorld, rehearse, removeQuietly } from './acting.ts';
import { attempt, describeOutcome, isHeldUp, type Outcome } from './attempt.ts';
import { type Field, insertion, keyOf, type Row, renewed, type Target } from './field.ts';
import { type Group, judge, type Note } from './group.ts';
import { UUID } from './marks.ts';
import type { Verdict } from './tally.ts';
import type { ForeignKey } from './tenant-tables.ts';

export const references: Group = {
  name: 'references',
  tries:
    'Own rows, new and old, that point at another tenant’s row by each foreign key, compared with ones that point at nothing; and whether the key contains the tenant at all.',
  standsFor: 'An id of another tenant’s in a request, to reach its row or to learn that it is there.',
  remedy: 'begin the key, and what it refers to, with tenant_id, as to() in the table’s references does',
  async attack(field, note) {
    const rows = new Map(field.targets.map(({ name, prey }) => [name, prey]));
    for (const target of field.targets)
      for (const key of target.foreignKeys.filter(({ ofTenant }) => ofTenant)) {
        const object = `${target.name} ${key.name}`;
        const whole = key.columns[0] === 'tenant_id' && key.targetColumns[0] === 'tenant_id';
        const looks = `it compares ${key.columns.join(', ')} past row security, of every tenant`;
        note({ rule: 'a-reference-contains-the-tenant', object }, whole ? 'refused' : { through: looks });
        await pointAcross(field, target, { key, theirs: rows.get(key.target) }, note);
      }
    for (const target of field.targets)
      for (const key of target.foreignKeys.filter(({ ofTenant }) => !ofTenant)) {
        const theirs = await closedRow(field, key);
        if (theirs) await pointAcross(field, target, { key, theirs }, note);
      }
  },
};

/** Of the platform's own tables those that the role may not read: what is in them is told by a key all the same. */
async function closedRow({ admin, place, victim }: Field, key: ForeignKey): Promise<Row | undefined> {
  const { rows } = await admin.query<{ row: Row }>(
    `SELECT to_jsonb(t) AS row FROM ${key.target} AS t
     WHERE NOT has_any_column_privilege($1, $2, 'SELECT') ORDER BY to_jsonb(t)::text LIKE '%' || $3 || '%' DESC LIMIT 1`,
    [place.role, key.target, victim.id],
  );
  return rows[0]?.row;
}

async function pointAcross(
  field: Field,
  target: Target,
  { key, theirs }: { readonly key: ForeignKey; readonly theirs: Row | undefined },
  note: Note,
): Promise<void> {
  const aim = { rule: 'no-reference-into-another-tenant', object: `${target.name} ${key.name}` };
  const base = target.ownRow ?? (target.prey && { ...target.prey, tenant_id: field.own.id });
  if (!theirs || !base) return note(aim, 'empty');
  const columns = key.columns.filter((column) => column !== 'tenant_id');
  const pointing = (row: Row) =>
    Object.fromEntries(
      columns.map((column) => [column, row[key.targetColumns[key.columns.indexOf(column)] ?? '']]),
    );
  const nothing = Object.fromEntries(
    Object.entries(theirs).map(([name, value]) => [name, UUID.test(String(value)) ? randomUUID() : value]),
  );
  const ends = [pointing(theirs), pointing(nothing)] as const;
  if (target.granted.includes('INSERT'))
    note(aim, await rehearse(field, (inside) => insertBoth(inside, target, { base, ends })));
  const update = updated(field, target);
  if (update) note(aim, verdictOf(await update(ends[0]), await update(ends[1])));
}

type Ends = readonly [theirs: Row, nothing: Row];

/** In the place of the own row that it is like, so that no key of one's own speaks before the reference does. */
async function insertBoth(
  inside: Field,
  target: Target,
  { base, ends }: { readonly base: Row; readonly ends: Ends },
): Promise<Verdict> {
  const { admin, own } = inside;
  if (target.ownRow) await removeQuietly(admin, target, target.ownRow);
  const insert = (changes: Row) => {
    const row = JSON.stringify({ ...renewed(target, base), ...changes });
    return inWorld(admin, () => actAs(inside, own.id, [[insertion(target), [row]]]));
  };
  return verdictOf(await insert(ends[0]), await insert(ends[1]));
}

const verdictOf = (across: Outcome, astray: Outcome): Verdict =>
  isHeldUp(astray)
    ? { untried: astray.message }
    : judge(across, isHeldUp(across) ? undefined : compare(across, astray), true);

const NOW = 'SET CONSTRAINTS ALL IMMEDIATE';

function updated({ app, own }: Field, target: Target) {
  const { ownRow, name, granted } = target;
  if (!ownRow || !granted.includes('UPDATE')) return undefined;
  return (changes: Row) => {
    const columns = Object.keys(changes).map((column) => `"${column}"`);
    const values = `SELECT ${columns.join(', ')} FROM jsonb_populate_record(NULL::${name}, $1::jsonb)`;
    const text = `UPDATE ${name} SET (${columns.join(', ')}) = (${values}) WHERE ${keyOf(target, ownRow)}`;
    return attempt(app, { entered: own.id }, text, [JSON.stringify(changes)], {
      before: () => app.query(NOW).then(() => {}),
    });
  };
}

function compare(across: Outcome, astray: Outcome): string | undefined {
  if (across.state === undefined && across.rowCount > 0 && astray.state !== undefined)
    return 'carried out: an own row points at another tenant’s';
  // A check compares the row with itself alone, so it tells what its writer knows.
  if (across.state === '23514' || astray.state === '23514') return undefined;
  if (across.state === astray.state && across.constraint === astray.constraint) return undefined;
  return `it tells whether the other’s row is there: ${describeOutcome(across)}, instead of ${describeOutcome(astray)}`;
}
