/**
 * A foreign key check looks past row-level security. So every key between tenants' tables must contain `tenant_id`,
 * and an honest row of one's own that points at another tenant's row must be refused by that very key.
 */
import pg from 'pg';

import type { Finding } from './attempt.ts';
import type { Battlefield } from './battlefield.ts';
import type { ForeignKey, TenantTable } from './catalogue.ts';
import { insertGuess, someRow } from './fill-tables.ts';

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
 * The row is inserted as the application where that may insert, else as a superuser, whom no policy stops. Nothing but
 * the key is left to refuse it: its tenant has no other row in the table, other keys are dropped and triggers off,
 * all until the end of the transaction.
 */
async function pointAcross(
  { admin, own, foreign, place }: Battlefield,
  table: TenantTable,
  key: ForeignKey,
): Promise<string | undefined> {
  const target = await someRow(admin, key.target, foreign);
  const fixed = new Map(
    key.columns
      .map((column, at) => [column, target[key.targetColumns[at] ?? '']] as const)
      .filter(([column, value]) => column !== 'tenant_id' && value !== null)
      .map(([column, value]) => [column, pg.escapeLiteral(String(value))]),
  );
  await admin.query('BEGIN');
  try {
    await admin.query(aloneWith(table, key, own, place.role));
    const refusal = await insertGuess(admin, table, own, { fixed });
    return describeRefusal(key, refusal);
  } finally {
    await admin.query('ROLLBACK');
  }
}

function aloneWith(table: TenantTable, key: ForeignKey, own: string, writer: string): string {
  const others = table.foreignKeys.filter(({ name }) => name !== key.name);
  const drops = others.map(({ name }) => `DROP CONSTRAINT "${name}"`);
  const role = table.granted.includes('INSERT') ? `SET LOCAL ROLE ${writer}` : 'RESET ROLE';
  return `SET LOCAL session_replication_role = replica;
    DELETE FROM ${table.name} WHERE tenant_id = '${own}';
    SET LOCAL session_replication_role = origin;
    ALTER TABLE ${table.name} ${[...drops, 'DISABLE TRIGGER USER'].join(', ')};
    SELECT dmz.open_tenant('${own}');
    ${role}`;
}

function describeRefusal({ name }: ForeignKey, refusal: pg.DatabaseError | undefined): string | undefined {
  if (!refusal) return 'carried out';
  const byKey = refusal.code === '23503' && refusal.constraint === name;
  return byKey ? undefined : `${refusal.code} ${refusal.message}`;
}
