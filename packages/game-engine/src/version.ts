/** Version of the engine as sessions record it, and which versions this one can go on with. */
import { EngineError } from './errors.ts';

/** A change of what `decide` emits needs a new one: major, minor, patch. */
export const ENGINE_VERSION = '1.0.0';

/**
 * Refuses to go on with what a later engine began: this one would decide by other rules than those that it was begun by.
 *
 * @param version  as the session recorded it
 * @throws GAME_ENGINE_VERSION_UNSUPPORTED  names both versions
 */
export function requireKnownEngine(version: string): void {
  if (compareVersions(version, ENGINE_VERSION) <= 0) return;
  throw new EngineError('GAME_ENGINE_VERSION_UNSUPPORTED', {
    found: `engine ${version.slice(0, 40)}`,
    expected: `engine ${ENGINE_VERSION}, or an earlier one`,
  });
}

/** Compares number by number, missing ones being 0; what is no number is taken for a later version. */
function compareVersions(one: string, other: string): number {
  const [ones, others] = [one, other].map((version) => version.split('.').map(partOf));
  for (let at = 0; at < 3; at += 1) {
    const difference = (ones?.[at] ?? 0) - (others?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const partOf = (part: string) => (/^\d+$/.test(part) ? Number(part) : Number.POSITIVE_INFINITY);
