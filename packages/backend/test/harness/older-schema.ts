/** A schema of a tenant's own as an earlier release would have made it. */
import type pg from 'pg';
import { tenantRole, tenantSchema } from '../../src/kernel/db/index.ts';
import { History } from '../../src/kernel/migrations/history.ts';
import { mappedSeries } from '../../src/kernel/schema-tier/mapped-series.ts';
import { forSchema } from '../../src/kernel/schema-tier/placeholder.ts';
import { ensureTenantRole } from '../../src/kernel/schema-tier/tenant-role.ts';

/**
 * @param last  how the name of the last migration begins that it has
 * @returns the names of those that it lacks
 */
export async function olderSchema(admin: pg.Client, slug: string, last: string): Promise<string[]> {
  const series = await mappedSeries();
  const schema = tenantSchema(slug);
  const count = series.findIndex(({ tag }) => tag.startsWith(last)) + 1;
  await ensureTenantRole(admin, tenantRole(schema));
  const history = new History(admin, schema);
  await admin.query('BEGIN');
  await admin.query(
    `SET LOCAL ROLE dmz_owner; CREATE SCHEMA ${schema}; GRANT USAGE ON SCHEMA ${schema} TO ${tenantRole(schema)}, dmz_mover, dmz_maintenance`,
  );
  await history.create();
  for (const migration of series.slice(0, count)) {
    await admin.query(forSchema(migration.statements.join(';\n'), schema));
    await history.record(migration);
  }
  await admin.query('COMMIT');
  return series.slice(count).map(({ tag }) => tag);
}
