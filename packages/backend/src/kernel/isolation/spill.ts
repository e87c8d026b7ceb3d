/**
 * Where a statement wrote besides, and whose rows those are: a table that the application reads without a policy, or a row of
 * another tenant's. PostgreSQL counts what a transaction writes; whatever wrote it, a trigger, a rule or a function.
 */
import type pg from 'pg';
import { actAs, type Step } from './acting.ts';
import type { Outcome } from './attempt.ts';
import { type Field, keyOf, type Target } from './field.ts';

export interface Followed {
  readonly outcome: Outcome;
  /** Where it went too far. */
  readonly why?: string;
}

type Acting = Pick<Field, 'admin' | 'place' | 'targets'>;

/** In a world of its own: the tenant does something, and what that wrote is looked at. */
export async function follow(field: Acting, tenantId: string, steps: readonly Step[]): Promise<Followed> {
  const { admin, place } = field;
  const before = await writtenTo(admin);
  const mark = await nextTransaction(admin);
  await admin.query('SAVEPOINT writing'); // what is written from here on has a number of its own
  const outcome = await actAs(field, tenantId, steps);
  if (outcome.state !== undefined) return { outcome };
  await admin.query('SET LOCAL SESSION AUTHORIZATION DEFAULT');
  for (const [relation, count] of await writtenTo(admin)) {
    if (count === before.get(relation)) continue;
    const target = field.targets.find(({ name }) => name === relation);
    const written = { relation, role: place.role, tenantId, mark, target };
    const why = await reach(admin, written);
    if (why) return { outcome, why };
  }
  return { outcome };
}

async function writtenTo(admin: pg.Client): Promise<Map<string, number>> {
  const { rows } = await admin.query<{ relation: string; count: number }>(
    `SELECT relid::regclass::text AS relation, (n_tup_ins + n_tup_upd + n_tup_del)::int AS count
     FROM pg_stat_xact_all_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 AND schemaname !~ '^pg_'`,
  );
  return new Map(rows.map(({ relation, count }) => [relation, count]));
}

async function nextTransaction(admin: pg.Client): Promise<string> {
  const { rows } = await admin.query('SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next');
  return rows[0].next;
}

interface Written {
  readonly relation: string;
  readonly role: string;
  readonly tenantId: string;
  readonly mark: string;
  readonly target: Target | undefined;
}

/** A larger table would have to be read through: there the one row that is known must do. */
const LOOKED_THROUGH_BYTES = 32 * 1024 * 1024;

const LOOK = `
SELECT has_any_column_privilege($2, c.oid, 'SELECT') AND has_schema_privilege($2, relnamespace, 'USAGE')
    AND NOT (relrowsecurity AND EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid)) AS open,
  EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'tenant_id' AND NOT attisdropped) AS "ofTenants",
  pg_relation_size(c.oid) > ${LOOKED_THROUGH_BYTES} AS large
FROM pg_class AS c WHERE c.oid = $1::regclass`;

async function reach(
  admin: pg.Client,
  { relation, role, tenantId, mark, target }: Written,
): Promise<string | undefined> {
  const { rows } = await admin.query<{ open: boolean; ofTenants: boolean; large: boolean }>(LOOK, [
    relation,
    role,
  ]);
  if (rows[0]?.open) return `it writes to ${relation}, which the application reads without a policy`;
  if (!rows[0]?.ofTenants) return undefined;
  const full = '(($2::bigint >> 32 << 32) | xmin::text::bigint)';
  const changed = rows[0].large
    ? undefined
    : await admin.query(
        `SELECT FROM ${relation} WHERE tenant_id <> $1 AND ${full} >= $2::bigint
       AND pg_xact_status(${full}::text::xid8) = 'in progress' LIMIT 1`,
        [tenantId, mark],
      );
  if (changed?.rowCount) return `it writes to a row of another tenant’s in ${relation}`;
  if (!target?.prey || target.prey.tenant_id === tenantId) return undefined;
  const left = await admin.query(`SELECT FROM ${relation} WHERE ${keyOf(target, target.prey)}`);
  return left.rowCount ? undefined : `it removes a row of another tenant’s from ${relation}`;
}
