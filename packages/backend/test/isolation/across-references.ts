/**
 * A foreign key check looks past row-level security. So every key between tenants' tables must contain `tenant_id`,
 * and an honest row of one's own that points at another tenant's row must be refused by that very key.
 */
import { attempt, describeOutcome, type Finding } from './attempt.ts';
import { type Battlefield, insertion } from './battlefield.ts';
import type { ForeignKey, TenantTable } from './catalogue.ts';
import { someRow } from './fill-tables.ts';

export interface ReferenceReport {
  readonly keys: number;
  readonly findings: readonly Finding[];
}

export async function attackAcrossReferences(field: Battlefield): Promise<ReferenceReport> {
  const findings: Finding[] = [];
  let keys = 0;
  for (const table of field.tables) {
    for (const key of table.foreignKeys.filter(({ ofTenant }) => ofTenant)) {
      keys += 1;
      const object = `${table.name} ${key.name}`;
      if (key.columns[0] !== 'tenant_id' || key.targetColumns[0] !== 'tenant_id')
        findings.push({ rule: 'a key begins with tenant_id', object, detail: key.columns.join(', ') });
      const detail = await pointAcross(field, table, key);
      if (detail) findings.push({ rule: 'a reference into another tenant is refused', object, detail });
    }
  }
  return { keys, findings };
}

/**
 * The row takes the place of the one that it is a copy of, so that no unique key refuses it first. It is inserted as
 * the application where that may insert, else as a superuser, whom no policy stops.
 */
async function pointAcross(
  field: Battlefield,
  table: TenantTable,
  key: ForeignKey,
): Promise<string | undefined> {
  const { admin, own, foreign } = field;
  const target = await someRow(admin, key.target, foreign);
  const original = field.rowOf(table, own);
  const row: Record<string, unknown> = { ...original };
  key.columns.forEach((column, at) => {
    const targetColumn = key.targetColumns[at];
    if (column !== 'tenant_id' && targetColumn) row[column] = target[targetColumn];
  });
  const role = table.granted.includes('INSERT') ? 'dmz_app' : 'none';
  const outcome = await attempt(admin, { entered: own }, insertion(table), [JSON.stringify(row)], {
    before: async () => {
      await admin.query('SET LOCAL session_replication_role = replica');
      await admin.query(
        `DELETE FROM ${table.name} WHERE ${table.primaryKey.map((name, at) => `${name}::text = $${at + 1}`).join(' AND ')}`,
        table.primaryKey.map((name) => original[name]),
      );
      await admin.query('SET LOCAL session_replication_role = origin');
      await admin.query(`SET LOCAL ROLE ${role}`);
    },
  });
  const refusedByKey = outcome.state === '23503' && outcome.constraint === key.name;
  return refusedByKey ? undefined : describeOutcome(outcome);
}
