/** Keeps a contraction from taking away what a running program still needs. */
import type pg from 'pg';
import type { Applicable } from './apply-file.ts';
import { migrationErrors } from './errors.ts';
import { type Migration, numberOf } from './journal.ts';
import { listPrograms } from './running-programs.ts';

/**
 * The number that a running program must know: what the contraction says, or that of the last file before it that belongs
 * to the same expansion, since programs of that version no longer use the old shape.
 */
export function numberNeeded(
  { tag, needs, completes }: Pick<Applicable, 'tag' | 'needs' | 'completes'>,
  series: readonly Migration[],
): number {
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
  const programs = await listPrograms(client);
  const late = programs.filter(({ schemaNumber, stale }) => !stale && schemaNumber < number);
  if (late.length === 0) return;
  throw migrationErrors.MIGRATION_CONTRACT_WAITS({
    found: late
      .map((each) => `${each.name} ${each.version} on ${each.host} knows ${fourDigits(each.schemaNumber)}`)
      .join('; '),
    expected: `every running program to know migration ${fourDigits(number)} before ${migration.tag} is applied`,
  });
}

export const fourDigits = (number: number): string => String(number).padStart(4, '0');
