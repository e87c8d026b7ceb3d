/**
 * Drops a month of a log for good, once no tenant's rows in it must be kept any longer. What each tenant must keep is for
 * modules to say; the caller hands it in as duties. One duty of one tenant holds the whole month: rows of the others
 * leave it through row-wise retention.
 */

import { detach, type MonthRequest, requirePast } from './detach.ts';
import { partitionErrors } from './errors.ts';
import { requireLog } from './list.ts';
import { addMonths, dateOf, firstDayOf, type Month } from './month.ts';
import { type Caretaker, type PartitionPlace, tend } from './place.ts';

/** A reason for which a tenant's rows must not go. */
export interface Duty {
  /** The framework, policy or hold, as people know it. */
  readonly ground: string;
  /** Until when; null where no end is known. */
  readonly until: Date | null;
}

export interface HeldRows extends Duty {
  /** As people know it. */
  readonly tenant: string;
}

export interface PurgeRequest extends MonthRequest {
  readonly reason: string;
  /** Only looked at, nothing dropped. */
  readonly rehearsal?: boolean;
  readonly now?: Date;
  /**
   * What binds a tenant's rows of the log, as its module calls it, that are all older than `end`. It may end before now:
   * what has ended holds nothing.
   */
  duties(tenant: string, log: string, end: Date): Promise<readonly Duty[]>;
  /** How people know the tenant. */
  nameOf(tenant: string): Promise<string>;
}

export interface PurgeReport {
  readonly log: string;
  /** The log as its module calls it, wherever it is. */
  readonly name: string;
  readonly month: Month;
  readonly rows: number;
  /** Rows by tenant id. */
  readonly tenants: Readonly<Record<string, number>>;
  readonly dropped: boolean;
  /** What kept it, in a rehearsal. */
  readonly held: readonly HeldRows[];
}

/**
 * @throws PARTITION_HELD            naming who holds the month by what; not in a rehearsal, which reports it
 * @throws PARTITION_REASON_MISSING, PARTITION_MONTH_NEEDED, PARTITION_LOG_UNKNOWN, PARTITION_STATE_REFUSED,
 *   PARTITION_ROWS_DIFFER, PARTITION_LOCK_TIMEOUT
 */
export function purgePartition(place: PartitionPlace, request: PurgeRequest): Promise<PurgeReport> {
  const { log, month, reason, rehearsal = false, now = new Date() } = request;
  if (reason.trim() === '') throw partitionErrors.PARTITION_REASON_MISSING();
  requirePast(month);
  return tend(place, async (caretaker) => {
    await caretaker.alone();
    const { name } = await requireLog(caretaker, log);
    const { tenants, unknown } = await countRows(caretaker, request);
    const held = [...unknown, ...(await heldBy(request, name, Object.keys(tenants), now))];
    const rows = Object.values(tenants).reduce((sum, count) => sum + count, 0);
    const report = { log, name, month, rows, tenants, held };
    if (rehearsal) return { ...report, dropped: false };
    if (held.length > 0) {
      throw partitionErrors.PARTITION_HELD({
        found: held.map(describe).join('; '),
        expected: `no duty to keep rows of ${log} of ${month}`,
        data: { log, month, held },
      });
    }
    await detach(caretaker, request);
    await caretaker.ask('SELECT dmz.drop_month($1, $2, $3, $4)', [
      log,
      dateOf(month),
      reason,
      JSON.stringify(tenants),
    ]);
    return { ...report, dropped: true };
  });
}

async function countRows(caretaker: Caretaker, { log, month, nameOf }: PurgeRequest) {
  const counted = await caretaker.ask<{ tenant: string; rows: number | null }>(
    'SELECT tenant, rows::float8 AS rows FROM dmz.count_month($1, $2)',
    [log, dateOf(month)],
  );
  const tenants: Record<string, number> = {};
  const unknown: HeldRows[] = [];
  for (const { tenant, rows } of counted) {
    if (rows === null)
      unknown.push({
        tenant: await nameOf(tenant),
        ground: 'not served at present, so it cannot be asked',
        until: null,
      });
    else if (rows > 0) tenants[tenant] = rows;
  }
  return { tenants, unknown };
}

async function heldBy(
  { month, duties, nameOf }: PurgeRequest,
  log: string,
  tenants: readonly string[],
  now: Date,
): Promise<HeldRows[]> {
  const end = firstDayOf(addMonths(month, 1));
  const held: HeldRows[] = [];
  for (const tenant of tenants) {
    const binding = (await duties(tenant, log, end)).filter(({ until }) => until === null || until > now);
    const name = await nameOf(tenant);
    held.push(...binding.map((duty) => ({ tenant: name, ...duty })));
  }
  return held;
}

const describe = ({ tenant, ground, until }: HeldRows): string =>
  `${tenant}: ${ground}${until === null ? '' : ` until ${until.toISOString().slice(0, 10)}`}`;
