/**
 * Keeps a contraction from taking away what a running program still needs. Programs report themselves in
 * `public.running_programs` of the control database, with the number of the last migration that they know; who has been
 * silent for long is taken for dead.
 */
import type pg from 'pg';
import type { Applicable } from './apply-file.ts';
import { migrationErrors } from './errors.ts';
import { type Migration, numberOf } from './journal.ts';

/** How often a program says that it is there, and after which silence it is taken for dead. */
export const HEARTBEAT_SECONDS = 60;
export const STALE_AFTER_SECONDS = 300;

interface Laggard {
  readonly name: string;
  readonly version: string;
  readonly number: number;
  readonly host: string;
}

/**
 * The number that a running program must know: what the contraction says, or the last file before it that belongs to the
 * same expansion, since programs of that version no longer use the old shape.
 */
export function numberNeeded({ tag, needs, completes }: Applicable, series: readonly Migration[]): number {
  if (needs !== undefined) return needs;
  const before = series.slice(
    0,
    series.findIndex((each) => each.tag === tag),
  );
  const last = before.findLast((each) => each.tag === completes || each.completes === completes);
  return last ? numberOf(last) : 0;
}

/**
 * @param client  a connection of the control database
 * @throws MIGRATION_CONTRACT_WAITS  naming the programs
 */
export async function requireReported(
  client: pg.Client,
  migration: Applicable,
  series: readonly Migration[],
): Promise<void> {
  const number = numberNeeded(migration, series);
  const { rows: known } = await client.query(
    "SELECT to_regclass('public.running_programs') IS NOT NULL AS known",
  );
  if (!known[0].known) return;
  const { rows } = await client.query<Laggard>(
    `SELECT name, version, schema_number AS number, host FROM public.running_programs
     WHERE schema_number < $1 AND seen_at > now() - make_interval(secs => $2) ORDER BY name, host`,
    [number, STALE_AFTER_SECONDS],
  );
  if (rows.length === 0) return;
  throw migrationErrors.MIGRATION_CONTRACT_WAITS({
    found: rows
      .map((each) => `${each.name} ${each.version} on ${each.host} knows ${numberText(each.number)}`)
      .join('; '),
    expected: `every running program to know migration ${numberText(number)} before ${migration.tag} is applied`,
  });
}

const numberText = (number: number): string => String(number).padStart(4, '0');
