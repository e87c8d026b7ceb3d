/** Drops a month of a log when every tenant's duties have ended, and writes down for each tenant what went and by which rule. */
import { v7 as uuidv7 } from 'uuid';
import {
  type Month,
  type PartitionPlace,
  type PurgeReport,
  purgePartition,
} from '../kernel/partitions/index.ts';
import { platformKey } from '../kernel/signing/index.ts';
import { recordRetentionRun } from '../modules/governance/index.ts';
import type { Platform } from '../platform.ts';
import { type RetentionDuty, retentionDuties } from './duties.ts';
import { recordRun } from './record-run.ts';

export interface MonthToPurge {
  readonly log: string;
  readonly month: Month;
  /** For the audit log; no personal data. */
  readonly reason: string;
  readonly rehearsal: boolean;
  readonly patienceMs?: number | undefined;
  readonly holdMs?: number | undefined;
}

/**
 * The audit entry is written in the transaction that drops the month; the record of the run follows it.
 *
 * @throws PARTITION_HELD and what `purgePartition` throws
 */
export async function purgeMonth(
  { tenancy }: Platform,
  place: PartitionPlace,
  request: MonthToPurge,
): Promise<PurgeReport> {
  const startedAt = new Date();
  const longest = new Map<string, RetentionDuty>();
  let cutoffAt = startedAt;
  const report = await purgePartition(place, {
    ...request,
    now: startedAt,
    nameOf: async (tenant) => (await tenancy.locate(tenant)).slug,
    async duties(tenant, log, end) {
      cutoffAt = end;
      const duties = await tenancy.run(tenant, (tx) => retentionDuties(tx, log, end));
      const [last] = duties.toSorted((one, other) => Number(other.until) - Number(one.until));
      if (last) longest.set(tenant, last);
      return duties;
    },
  });
  const runId = uuidv7();
  for (const [tenant, rows] of Object.entries(report.tenants)) {
    if (report.dropped) {
      const table = {
        table: report.name,
        due: rows,
        purged: rows,
        partitions: 1,
        kept: {},
        before: cutoffAt,
      };
      const { ground = '', framework = null } = longest.get(tenant) ?? {};
      const tables = [{ ...table, ground, framework }];
      await recordRun(tenancy, tenant, { runId, cause: 'operator', tables, key: platformKey() });
      continue;
    }
    await tenancy.run(tenant, (tx) =>
      recordRetentionRun(tx, {
        runId,
        tableName: report.name,
        cause: 'operator',
        frameworkCode: longest.get(tenant)?.framework ?? null,
        cutoffAt,
        rowsPurged: 0,
        rowsHeld: report.held.length > 0 ? rows : 0,
        partitionsDropped: 0,
        rehearsal: true,
        startedAt,
      }),
    );
  }
  return report;
}
