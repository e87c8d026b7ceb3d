/**
 * How an instance's rows are spread over its tenants, by what PostgreSQL's statistics say: a look at the catalogue instead
 * of a count of every row. A table that was never analysed is small or new, so its rows are counted. Row security hides
 * statistics from whoever it binds, so this needs an administrator whom it does not bind.
 */
import type pg from 'pg';
import { connectAsAdministrator } from '../db/index.ts';
import { instanceErrors } from './errors.ts';

export interface TableShare {
  /** `game.events` in the module schemas, `tenant_acme.game_events` in a schema of a tenant's own. */
  readonly table: string;
  /** Of the table with its partitions, indexes and long values. */
  readonly bytes: number;
  /** By tenant id; estimates, unless counted. */
  readonly rows: Readonly<Record<string, number>>;
}

/** Leaves of tables with a tenant_id, by the table that they belong to, with their size and what statistics there are. */
const LEAVES = `
SELECT root.name AS "table", format('%I.%I', n.nspname, c.relname) AS leaf, pg_total_relation_size(c.oid)::float8 AS bytes,
  greatest(c.reltuples, pg_stat_get_live_tuples(c.oid), 0)::float8 AS tuples,
  s.most_common_vals::text::uuid[]::text[] AS tenants, s.most_common_freqs::float8[] AS shares, s.tablename IS NOT NULL AS analysed
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
CROSS JOIN LATERAL (SELECT format('%I.%I', rn.nspname, rc.relname) AS name, rc.oid
  FROM pg_class AS rc JOIN pg_namespace AS rn ON rn.oid = rc.relnamespace WHERE rc.oid = coalesce(pg_partition_root(c.oid), c.oid)) AS root
LEFT JOIN pg_stats AS s ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = 'tenant_id'
WHERE c.relkind = 'r' AND c.relowner = 'dmz_owner'::regrole AND n.nspname <> 'public'
  AND obj_description(root.oid, 'pg_class') ~ '@kind (tenant|append_only|partitioned_log)\\M'`;

interface Leaf {
  readonly table: string;
  readonly leaf: string;
  readonly bytes: number;
  readonly tuples: number;
  readonly tenants: readonly string[] | null;
  readonly shares: readonly number[] | null;
  readonly analysed: boolean;
}

/** @throws INSTANCE_STATISTICS_CLOSED  where row security binds the administrator */
export async function tableShares(adminUrl: string): Promise<TableShare[]> {
  const client = await connectAsAdministrator(adminUrl);
  try {
    const { rows: roles } = await client.query(
      'SELECT rolsuper OR rolbypassrls AS free, rolname FROM pg_roles WHERE rolname = current_user',
    );
    if (!roles[0]?.free) throw instanceErrors.INSTANCE_STATISTICS_CLOSED({ found: roles[0]?.rolname });
    const { rows: leaves } = await client.query<Leaf>(LEAVES);
    const counted = await countUnanalysed(client, leaves);
    return gather(leaves, counted);
  } finally {
    await client.end();
  }
}

/** @returns rows by leaf and tenant */
async function countUnanalysed(
  client: pg.Client,
  leaves: readonly Leaf[],
): Promise<Map<string, Record<string, number>>> {
  const counted = new Map<string, Record<string, number>>();
  const unknown = leaves.filter(({ analysed, tuples }) => !analysed && tuples > 0);
  if (unknown.length === 0) return counted;
  const parts = unknown.map(
    ({ leaf }, at) =>
      `SELECT ${at} AS at, tenant_id::text AS tenant, count(*)::float8 AS n FROM ${leaf} GROUP BY tenant_id`,
  );
  const { rows } = await client.query<{ at: number; tenant: string; n: number }>(parts.join(' UNION ALL '));
  for (const { at, tenant, n } of rows) {
    const leaf = unknown[at]?.leaf ?? '';
    counted.set(leaf, { ...counted.get(leaf), [tenant]: n });
  }
  return counted;
}

function gather(leaves: readonly Leaf[], counted: Map<string, Record<string, number>>): TableShare[] {
  const tables = new Map<string, { bytes: number; rows: Record<string, number> }>();
  for (const leaf of leaves) {
    const table = tables.get(leaf.table) ?? { bytes: 0, rows: {} };
    table.bytes += leaf.bytes;
    const rows = counted.get(leaf.leaf) ?? estimated(leaf);
    for (const [tenant, n] of Object.entries(rows)) table.rows[tenant] = (table.rows[tenant] ?? 0) + n;
    tables.set(leaf.table, table);
  }
  return [...tables].map(([table, { bytes, rows }]) => ({ table, bytes, rows }));
}

const estimated = ({ tuples, tenants, shares }: Leaf): Record<string, number> =>
  Object.fromEntries((tenants ?? []).map((tenant, at) => [tenant, tuples * (shares?.[at] ?? 0)]));
