/** What gives away that something is the victim's: its id, its name as a whole value, and the ids of its rows, which nobody else has. */
import type { Field, Row } from './field.ts';

export const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
/** Shorter values are anybody's. */
const TELLING_CHARACTERS = 8;

/** @param of  the tenant and its rows' own ids; or every value of its rows that no row of the attacker's has */
export function marksOf({ victim, targets }: Field, of: 'ids' | 'every value' = 'ids'): ReadonlySet<string> {
  const own = new Set(targets.flatMap(({ ownRow }) => valuesOf(ownRow)));
  const theirs = targets.flatMap(({ prey }) =>
    of === 'ids' ? [String(prey?.id ?? '')].filter((id) => UUID.test(id)) : valuesOf(prey),
  );
  return new Set([victim.id, `"${victim.slug}"`, ...theirs.filter((value) => !own.has(value))]);
}

const valuesOf = (row: Row | undefined): string[] =>
  Object.values(row ?? {}).filter(
    (value): value is string => typeof value === 'string' && value.length >= TELLING_CHARACTERS,
  );

/** The first mark in texts, but for those that the attacker has said himself. */
export function markIn(
  texts: readonly string[],
  marks: ReadonlySet<string>,
  said: readonly string[] = [],
): string | undefined {
  for (const mark of marks)
    if (!said.includes(mark) && texts.some((text) => text.includes(mark))) return mark;
  return undefined;
}
