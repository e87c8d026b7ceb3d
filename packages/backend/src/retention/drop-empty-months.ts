/**
 * Drops months of logs that retention has emptied: the rows of every tenant in them have gone, each for its own reasons. A row
 * that comes late goes to the default partition, from where `partitions ensure` brings it into a month of its own.
 */
import {
  listPartitions,
  type Month,
  monthOf,
  type PartitionPlace,
  placesAt,
  purgePartition,
} from '../kernel/partitions/index.ts';

/** Younger ones are left alone: somebody may still write into them. */
const AGE_DAYS = 90;

export interface DroppedMonth {
  readonly log: string;
  readonly month: Month;
}

/**
 * @param adminUrl  an administrator's URL of the instance
 * @throws PARTITION_*
 */
export async function dropEmptyMonths(adminUrl: string, rehearsal: boolean): Promise<DroppedMonth[]> {
  const dropped: DroppedMonth[] = [];
  for (const place of await placesAt(adminUrl)) dropped.push(...(await dropAt(place, rehearsal)));
  return dropped;
}

async function dropAt(place: PartitionPlace, rehearsal: boolean): Promise<DroppedMonth[]> {
  const before = monthOf(new Date(Date.now() - AGE_DAYS * 86_400_000));
  const dropped: DroppedMonth[] = [];
  for (const { log, month, state } of await listPartitions(place)) {
    if (month === null || month >= before || (state !== 'attached' && state !== 'detached')) continue;
    const request = {
      ...{ log, month, reason: 'emptied by retention' },
      duties: async () => [{ ground: 'it has rows', until: null }],
      nameOf: async (tenant: string) => tenant,
    };
    const { held, rows } = await purgePartition(place, { ...request, rehearsal: true });
    if (rows > 0 || held.length > 0) continue;
    if (!rehearsal) await purgePartition(place, request);
    dropped.push({ log, month });
  }
  return dropped;
}
