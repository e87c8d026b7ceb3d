/** Which pending files a run is for: all of them, those up to one, or the backfills that are next. */
import type { Applicable } from './apply-file.ts';
import { migrationErrors } from './errors.ts';
import type { Numbered } from './journal.ts';

export interface Choice {
  /** The last file to be applied: its name, or its number. */
  readonly to?: string;
  /** Nothing but backfills. */
  readonly only?: 'backfill';
}

/**
 * @param pending  of one placement, in order
 * @throws MIGRATION_UNKNOWN, MIGRATION_BACKFILL_WAITS
 */
export function chooseFiles(
  pending: readonly Applicable[],
  series: readonly Numbered[],
  { to, only }: Choice,
): readonly Applicable[] {
  const last =
    to === undefined
      ? series.length - 1
      : series.findIndex(({ tag }) => tag === to || tag.slice(0, 4) === to);
  if (last < 0) throw migrationErrors.MIGRATION_UNKNOWN({ found: to ?? 'an empty series' });
  const upTo = new Set(series.slice(0, last + 1).map(({ tag }) => tag));
  const wanted = pending.filter(({ tag }) => upTo.has(tag));
  if (only === undefined) return wanted;
  const other = wanted.find(({ phase }) => phase !== only);
  if (other && to !== undefined)
    throw migrationErrors.MIGRATION_BACKFILL_WAITS({
      found: `${other.tag}, of the phase ${other.phase}`,
      expected: to,
    });
  return other ? wanted.slice(0, wanted.indexOf(other)) : wanted;
}
