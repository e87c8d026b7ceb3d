/** Tends every placement of an instance: what an operator asks for, and what starting a server and migrating do quietly. */
import type { Logger } from 'pino';
import { DmzError } from '../errors/index.ts';
import { type EnsureOptions, type EnsureReport, ensurePartitions, MONTHS_AHEAD } from './ensure.ts';
import { type PartitionPlace, sharedPlace, tend } from './place.ts';

/** Rows are safe in the default partition until somebody makes the month at a better time. */
const CAN_WAIT = ['PARTITION_LOCK_TIMEOUT', 'PARTITION_HOLD_TOO_SHORT'];

/** Asked at once of all placements: with hundreds of them, most have every month and nothing astray. */
const PLACES_TO_TEND = `
SELECT DISTINCT (dmz.placement_of(c.oid)).own_schema AS schema
FROM pg_partitioned_table AS p JOIN pg_class AS c ON c.oid = p.partrelid
WHERE c.relowner = 'dmz_owner'::regrole AND (pg_relation_size(p.partdefid) > 0 OR EXISTS (
  SELECT FROM generate_series(0, $1) AS ahead
  CROSS JOIN LATERAL (SELECT now() AT TIME ZONE 'UTC' + make_interval(months => ahead)) AS later (month)
  WHERE NOT EXISTS (SELECT FROM pg_inherits JOIN pg_class AS part ON part.oid = inhrelid
    WHERE inhparent = c.oid AND part.relname = c.relname || to_char(month, '"_y"FMYYYY"m"MM'))))
ORDER BY 1 NULLS FIRST`;

/** @throws what `ensurePartitions` throws */
export async function ensureEveryPlace(
  adminUrl: string,
  options: Omit<EnsureOptions, 'monthsAhead' | 'now'> = {},
): Promise<EnsureReport> {
  const reports: EnsureReport[] = [];
  for (const place of await placesToTend(adminUrl)) reports.push(await ensurePartitions(place, options));
  return {
    made: reports.flatMap(({ made }) => made),
    moved: reports.flatMap(({ moved }) => moved),
    left: reports.flatMap(({ left }) => left),
  };
}

function placesToTend(adminUrl: string): Promise<PartitionPlace[]> {
  const shared = sharedPlace(adminUrl);
  return tend(shared, async (caretaker) => {
    const places = await caretaker.ask<{ schema: string | null }>(PLACES_TO_TEND, [MONTHS_AHEAD]);
    return places.map(({ schema }) => ({ ...shared, schema }));
  });
}

/** @throws what `ensurePartitions` throws, except that a month which cannot be made just now is a warning */
export async function keepMonthsReady(adminUrl: string, log: Logger): Promise<void> {
  try {
    await ensureEveryPlace(adminUrl);
  } catch (error) {
    if (!(error instanceof DmzError) || !CAN_WAIT.includes(error.code)) throw error;
    const { code, found } = error;
    log.warn(
      { code, found, next: 'pnpm dmz partitions ensure' },
      'a month of a log could not be made just now',
    );
  }
}
