/** What logs there are at a placement, and how each of their months stands. The catalogue says it, no list does. */
import { quoted } from '../errors/index.ts';
import { partitionErrors } from './errors.ts';
import type { Month } from './month.ts';
import { type Caretaker, type PartitionPlace, tend } from './place.ts';
import { readStrays } from './strays.ts';

export type PartitionState = 'attached' | 'default' | 'detached' | 'pending' | 'prepared' | 'taken';

export interface Partition {
  readonly log: string;
  readonly partition: string;
  /** Null for the default partition. */
  readonly month: Month | null;
  readonly state: PartitionState;
  /** An estimate, except for the default partition, whose rows are counted; null where nothing is known yet. */
  readonly rows: number | null;
  readonly bytes: number;
  readonly from: Date | null;
  readonly to: Date | null;
}

export interface Log {
  /** As SQL names it at its placement: `game.events`, or `tenant_acme.game_events`. */
  readonly table: string;
  /** As its module calls it, wherever it is: `game.events`. */
  readonly name: string;
}

const LOGS = `
SELECT (dmz.placement_of(c.oid)).canonical AS name, c.oid::regclass::text AS table FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind = 'p' AND NOT c.relispartition AND c.relowner = 'dmz_owner'::regrole
  AND CASE WHEN $1::text IS NULL THEN n.nspname NOT LIKE 'tenant\\_%' ELSE n.nspname = $1 END
ORDER BY n.nspname, c.relname`;

/** Tables with the name of a month, whatever they are, and the default partition. */
const PARTITIONS = `
SELECT part.oid::regclass::text AS partition, named.month, coalesce(found.state, 'default') AS state,
  greatest(nullif(part.reltuples, -1), pg_stat_get_live_tuples(part.oid))::float8 AS rows,
  pg_total_relation_size(part.oid)::float8 AS bytes, found.first AS "from", found.past AS "to"
FROM pg_class AS log JOIN pg_partitioned_table AS p ON p.partrelid = log.oid
JOIN pg_class AS part ON part.relnamespace = log.relnamespace AND part.relkind IN ('r', 'p')
CROSS JOIN LATERAL (SELECT CASE WHEN part.relname ~ ('^' || log.relname || '_y[0-9]{4}m(0[1-9]|1[0-2])$')
  THEN translate(right(part.relname, 7), 'm', '-') END AS month) AS named
LEFT JOIN LATERAL dmz.find_month(log.oid, (named.month || '-01')::date) AS found ON named.month IS NOT NULL
WHERE log.oid = $1::regclass AND (named.month IS NOT NULL OR part.oid = p.partdefid)
ORDER BY named.month NULLS LAST`;

export function readLogs(caretaker: Caretaker): Promise<Log[]> {
  return caretaker.ask<Log>(LOGS, [caretaker.schema]);
}

/**
 * @param wanted  the log as SQL names it
 * @throws PARTITION_LOG_UNKNOWN
 */
export async function requireLog(caretaker: Caretaker, wanted: string): Promise<Log> {
  const logs = await readLogs(caretaker);
  const known = logs.find(({ table }) => table === wanted);
  if (known) return known;
  throw partitionErrors.PARTITION_LOG_UNKNOWN({
    found: quoted(wanted),
    expected: logs.map(({ table }) => table).join(', ') || 'a migrated database',
  });
}

/** The rows of the default partition are an estimate here too. */
export const readPartitions = (caretaker: Caretaker, log: string): Promise<Omit<Partition, 'log'>[]> =>
  caretaker.ask<Omit<Partition, 'log'>>(PARTITIONS, [log]);

/** Every partition of every log at a placement, and the months that were detached. */
export function listPartitions(place: PartitionPlace): Promise<Partition[]> {
  return tend(place, async (caretaker) => {
    const found: Partition[] = [];
    for (const { table: log } of await readLogs(caretaker)) {
      const strays = await readStrays(caretaker, log);
      const inDefault = strays.reduce((sum, { rows }) => sum + rows, 0);
      const partitions = await readPartitions(caretaker, log);
      found.push(
        ...partitions.map((each) => ({
          log,
          ...each,
          rows: each.state === 'default' ? inDefault : each.rows,
        })),
      );
    }
    return found;
  });
}
