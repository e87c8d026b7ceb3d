/**
 * Takes a past month out of its log, and puts it back. PostgreSQL detaches CONCURRENTLY only from a table without a
 * default partition (ADR 3), so the log is locked for the moment that the change of the catalogue takes, or not at all.
 */
import { partitionErrors } from './errors.ts';
import { requireLog } from './list.ts';
import { dateOf, type Month, monthOf } from './month.ts';
import { type Caretaker, type PartitionPlace, type Patience, tend } from './place.ts';
import { giveBackRoom } from './strays.ts';

export interface MonthRequest extends Patience {
  readonly log: string;
  readonly month: Month;
}

/**
 * Repeatable; finishes what an interrupted DETACH CONCURRENTLY has left.
 *
 * @returns the detached table: closed to everybody but its owner, under row security, and as unchangeable as before
 * @throws PARTITION_LOG_UNKNOWN, PARTITION_MONTH_NEEDED, PARTITION_STATE_REFUSED, PARTITION_LOCK_TIMEOUT
 */
export function detachPartition(place: PartitionPlace, request: MonthRequest): Promise<string> {
  return tend(place, async (caretaker) => {
    await caretaker.alone();
    await requireLog(caretaker, request.log);
    requirePast(request.month);
    return detach(caretaker, request);
  });
}

export function detach(caretaker: Caretaker, { log, month, ...patience }: MonthRequest): Promise<string> {
  return caretaker.briefly<string>(
    log,
    'SELECT dmz.detach_month($1, $2) AS result',
    [log, dateOf(month)],
    patience,
  );
}

/**
 * Attaches a detached month again. Its rows are checked before, where nobody waits for it.
 *
 * @returns how many rows had gone to the default partition meanwhile, and were moved into the month
 * @throws PARTITION_LOG_UNKNOWN, PARTITION_STATE_REFUSED, PARTITION_LOCK_TIMEOUT, PARTITION_HOLD_TOO_SHORT
 */
export function attachPartition(
  place: PartitionPlace,
  { log, month, ...patience }: MonthRequest,
): Promise<number> {
  return tend(place, async (caretaker) => {
    await caretaker.alone();
    await requireLog(caretaker, log);
    const values = [log, dateOf(month)];
    await caretaker.ask('SELECT dmz.prepare_month($1, $2, again => true)', values);
    const attach = 'SELECT dmz.attach_month($1, $2) AS result';
    const moved = await caretaker.briefly<string>(log, attach, values, patience);
    await giveBackRoom(caretaker, log);
    return Number(moved);
  });
}

/** Rows are still written to the present month; without its partition they would go to the default one. */
export function requirePast(month: Month): void {
  const present = monthOf(new Date());
  if (month >= present)
    throw partitionErrors.PARTITION_MONTH_NEEDED({ found: month, expected: `a month before ${present}` });
}
