/** An audit log as tests look at it: exported to a file, verified, and tampered with by whoever has the server in hand. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { type ChainEntry, isRemoval, verifyFiles } from '../../src/audit-verifier/index.ts';
import { exportLog } from '../../src/auditing/export-log.ts';
import { walkChain } from '../../src/auditing/walk-chain.ts';
import { recordAudit } from '../../src/modules/admin/index.ts';
import type { Platform } from '../../src/platform.ts';
import type { SqlClient } from './by-hand.ts';

/** A folder that is removed after the file. */
export function useFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dmz-audit-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function writeEntries(
  { tenancy }: Pick<Platform, 'tenancy'>,
  tenant: string,
  count: number,
  name = 'written',
): Promise<void> {
  for (let at = 1; at <= count; at += 1)
    await tenancy.run(tenant, (tx) =>
      recordAudit(tx, {
        actor: { kind: 'program' },
        action: `admin.test.${name}`,
        details: { at, of: 'Ünïcode \\ "' },
      }),
    );
}

export async function entriesOf(
  { tenancy }: Pick<Platform, 'tenancy'>,
  tenant: string,
): Promise<ChainEntry[]> {
  const entries: ChainEntry[] = [];
  for await (const item of walkChain(tenancy, tenant)) if (!isRemoval(item)) entries.push(item);
  return entries;
}

/** Exports, and verifies the export together with what was kept. @returns rules and objects of what was found */
export async function exportAndVerify(
  { tenancy }: Pick<Platform, 'tenancy'>,
  tenant: string,
  folder: string,
  kept: readonly string[] = [],
): Promise<{ rule: string; object: string }[]> {
  const file = path.join(folder, 'export.jsonl');
  await exportLog(tenancy, tenant, file);
  const { findings } = await verifyFiles([file, ...kept]);
  return findings.map(({ rule, object }) => ({ rule, object }));
}

const EVIDENCE = [
  'admin.audit_log',
  'admin.audit_chain_heads',
  'admin.audit_checkpoints',
  'admin.audit_removals',
];

/** Runs statements as a superuser with triggers off, and afterwards puts back what the tenant had. `$1` is the tenant. */
export async function whileTampered(
  admin: SqlClient,
  tenantId: string,
  statements: readonly string[],
  look: () => Promise<void>,
): Promise<void> {
  const withoutTriggers = async (work: () => Promise<void>) => {
    await admin.query('BEGIN; SET LOCAL session_replication_role = replica');
    await work();
    await admin.query('COMMIT');
  };
  const copyOf = (table: string) => `kept_${table.split('.')[1]}`;
  for (const table of EVIDENCE)
    await admin.query(
      `CREATE TEMP TABLE ${copyOf(table)} AS SELECT * FROM ${table} WHERE tenant_id = '${tenantId}'`,
    );
  try {
    await withoutTriggers(async () => {
      for (const statement of statements) await admin.query(statement.replaceAll('$1', `'${tenantId}'`));
    });
    await look();
  } finally {
    await withoutTriggers(async () => {
      for (const table of EVIDENCE) {
        await admin.query(`DELETE FROM ${table} WHERE tenant_id = '${tenantId}'`);
        await admin.query(`INSERT INTO ${table} SELECT * FROM ${copyOf(table)}; DROP TABLE ${copyOf(table)}`);
      }
    });
  }
}

/** Hashes every entry behind a sequence anew, so that the chain agrees with itself again. */
export const rewriteBehind = (sequence: number): string => `DO $$
DECLARE
  it record; last text := (SELECT coalesce(max(entry_sha256), repeat('0', 64)) FROM admin.audit_log WHERE tenant_id = $1 AND sequence = ${sequence});
BEGIN
  FOR it IN SELECT * FROM admin.audit_log WHERE tenant_id = $1 AND sequence > ${sequence} ORDER BY sequence LOOP
    UPDATE admin.audit_log SET previous_sha256 = last, entry_sha256 = dmz.hash_audit_entry(it.tenant_id, it.sequence, last, it.id, it.occurred_at,
      it.actor_kind, it.actor_id, it.action, it.subject_type, it.subject_id, it.details, it.version)
    WHERE tenant_id = it.tenant_id AND id = it.id RETURNING entry_sha256 INTO last;
  END LOOP;
  UPDATE admin.audit_chain_heads SET chain_sha256 = last,
    sequence = (SELECT max(sequence) FROM admin.audit_log WHERE tenant_id = $1) WHERE tenant_id = $1;
END $$`;
