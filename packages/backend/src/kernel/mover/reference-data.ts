/** What tenants' rows refer to and no tenant owns must be at the target as well; foreign keys say what that is. */
import type pg from 'pg';
import type { OwnerConnection } from '../db/index.ts';
import { moverErrors } from './errors.ts';

/** Tables that a tenant's table refers to by a key without a tenant, and the columns of that key. */
const REFERRED = `
SELECT DISTINCT c.confrelid::regclass::text AS name, (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attname)
  FROM pg_attribute WHERE attrelid = c.confrelid AND attnum = ANY (c.confkey)) AS key
FROM pg_constraint AS c JOIN pg_class AS r ON r.oid = c.conrelid
WHERE c.contype = 'f' AND c.conparentid = 0
  AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.conrelid AND attname = 'tenant_id')
  AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.confrelid AND attname = 'tenant_id')
  AND obj_description(c.conrelid) NOT LIKE '%@kind control%' AND obj_description(c.confrelid) LIKE '%@kind reference%'
ORDER BY 1`;

/** @throws TENANCY_MOVE_REFERENCE_DIFFERS */
export async function compareReferenceData(source: OwnerConnection, target: OwnerConnection): Promise<void> {
  const { rows } = await source.client.query<{ name: string; key: string }>(REFERRED);
  for (const { name, key } of rows) {
    const [wanted, present] = await Promise.all(
      [source, target].map(({ client }) => readKeys(client, name, key)),
    );
    const missing = [...(wanted ?? [])].filter((each) => !present?.has(each));
    if (missing.length > 0)
      throw moverErrors.TENANCY_MOVE_REFERENCE_DIFFERS({
        found: `${name} lacks ${missing.length} rows, such as ${missing[0]}`,
      });
  }
}

async function readKeys(client: pg.Client, name: string, key: string): Promise<Set<string>> {
  const { rows } = await client.query<{ key: string }>(`SELECT ROW(${key})::text AS key FROM ${name}`);
  return new Set(rows.map((row) => row.key));
}
