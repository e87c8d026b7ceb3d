/**
 * The end of a run: a record for each table, and a certificate of all of them, signed, in an entry of the audit log. An auditor
 * checks the signature with the platform's public key, and that the entry is in the log as any other entry.
 */
import type { KeyObject } from 'node:crypto';
import { RETENTION_COMPLETED } from '../audit-verifier/index.ts';
import { publicKeyOf, signDocument } from '../kernel/signing/index.ts';
import type { Tenancy } from '../kernel/tenancy/index.ts';
import { lastRemoval, recordAudit } from '../modules/admin/index.ts';
import { type RetentionRun, recordRetentionRun } from '../modules/governance/index.ts';

export interface TableOutcome {
  /** As schema.table. */
  readonly table: string;
  /** Older than every period. */
  readonly due: number;
  readonly purged: number;
  /** Whole months of a log that went. */
  readonly partitions?: number;
  /** Due rows that stay, by what keeps them. */
  readonly kept: Readonly<Record<string, number>>;
  /** The longest period that has ended. */
  readonly ground: string;
  readonly framework: string | null;
  readonly before: Date | null;
}

export interface EndedRun {
  readonly runId: string;
  readonly cause: RetentionRun['cause'];
  readonly tables: readonly TableOutcome[];
  readonly key: KeyObject;
}

/**
 * All of it or nothing, so a run that was killed before is the same as one that has not ended. The certificate
 * names the last removal of audit entries, and so vouches for every one before.
 */
export function recordRun(
  tenancy: Tenancy,
  tenant: string,
  { runId, cause, tables, key }: EndedRun,
): Promise<void> {
  const startedAt = timeOfRun(runId);
  return tenancy.run(tenant, async (tx) => {
    for (const { table, purged, partitions = 0, kept, framework, before } of tables)
      await recordRetentionRun(tx, {
        ...{
          runId,
          cause,
          startedAt,
          tableName: table,
          frameworkCode: framework,
          cutoffAt: before ?? startedAt,
        },
        ...{ rowsPurged: purged, partitionsDropped: partitions, rehearsal: false },
        rowsHeld: heldByLaw(kept),
      });
    const document = {
      ...{ type: 'archive-gate/retention-run', version: 1, tenantId: tx.tenantId, runId, cause },
      startedAt: startedAt.toISOString(),
      endedAt: tx.now.toISOString(),
      auditLog: await lastRemoval(tx),
      tables: tables.map(({ before, ...each }) => ({ ...each, before: before?.toISOString() ?? null })),
    };
    await recordAudit(tx, {
      actor: { kind: 'operator' },
      action: RETENTION_COMPLETED,
      subject: { type: 'governance.retention_runs', id: runId },
      details: { document, ...signDocument(document, key), publicKey: publicKeyOf(key) },
    });
  });
}

const heldByLaw = (kept: TableOutcome['kept']): number =>
  Object.entries(kept).reduce(
    (sum, [ground, rows]) => (ground.startsWith('legal hold ') ? sum + rows : sum),
    0,
  );

/** A UUID of version 7 begins with its time (RFC 9562, section 5.7), so a run that is taken up again keeps its beginning. */
const timeOfRun = (runId: string): Date =>
  new Date(Number.parseInt(runId.replaceAll('-', '').slice(0, 12), 16));
