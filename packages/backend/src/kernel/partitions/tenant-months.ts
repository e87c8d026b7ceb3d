/** What a tenant that moves needs of the months of logs: those of its old placement at the new one, and none left apart. */
import { readLogs, readPartitions } from './list.ts';
import { dateOf, type Month } from './month.ts';
import { type PartitionPlace, type Patience, tend } from './place.ts';

export interface LogMonth {
  /** As its module calls it, `game.events`, wherever it is. */
  readonly log: string;
  readonly month: Month;
}

/** Months that are attached at a placement, and those that are apart from their log and hold rows of the tenant. */
export function monthsOf(
  place: PartitionPlace,
  tenantId: string,
): Promise<{ readonly attached: LogMonth[]; readonly apart: LogMonth[] }> {
  return tend(place, async (caretaker) => {
    const attached: LogMonth[] = [];
    const apart: LogMonth[] = [];
    for (const { name: log, table } of await readLogs(caretaker)) {
      for (const { month, state } of await readPartitions(caretaker, table)) {
        if (month === null) continue;
        if (state === 'attached') attached.push({ log, month });
        if (state !== 'detached') continue;
        const counted = await caretaker.ask<{ rows: string | null }>(
          'SELECT rows FROM dmz.count_month($1, $2) WHERE tenant = $3',
          [table, dateOf(month), tenantId],
        );
        // Of one that is suspended the rows are not counted, so there may be some.
        if (counted.some(({ rows }) => rows === null || Number(rows) > 0)) apart.push({ log, month });
      }
    }
    return { attached, apart };
  });
}

/**
 * Makes the months that are missing. Repeatable.
 *
 * @throws PARTITION_LOCK_TIMEOUT, PARTITION_STATE_REFUSED  where a month was detached here
 */
export function adoptMonths(
  place: PartitionPlace,
  months: readonly LogMonth[],
  patience: Patience = {},
): Promise<void> {
  return tend(place, async (caretaker) => {
    await caretaker.alone();
    const tableOf = new Map((await readLogs(caretaker)).map(({ name, table }) => [name, table]));
    for (const { log, month } of months) {
      const table = tableOf.get(log) ?? log;
      const values = [table, dateOf(month)];
      const [prepared] = await caretaker.ask<{ state: string }>(
        'SELECT dmz.prepare_month($1, $2) AS state',
        values,
      );
      if (prepared?.state === 'attached') continue;
      await caretaker.briefly(table, 'SELECT dmz.attach_month($1, $2) AS result', values, patience);
    }
  });
}
