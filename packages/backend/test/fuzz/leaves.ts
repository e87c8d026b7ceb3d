/** Where hostile values can be put in sound arguments, and the arguments with some of them put there. */
import { validate as isUuid } from 'uuid';
import type { Hostile, Kind } from './hostile-values.ts';
import { Fixed, Open } from './sound-values.ts';

export interface Leaf {
  readonly path: readonly string[];
  readonly kind: Kind;
  readonly sound: unknown;
}

export interface Change {
  readonly leaf: Leaf;
  readonly hostile: Hostile;
}

export function leavesOf(value: unknown, path: readonly string[] = []): Leaf[] {
  const kind = kindOf(value);
  // The list of arguments itself is nobody's to choose.
  const own: Leaf[] = kind && path.length > 0 ? [{ path, kind, sound: soundOf(value) }] : [];
  return [...own, ...partsOf(value).flatMap(([key, part]) => leavesOf(part, [...path, key]))];
}

function kindOf(value: unknown): Kind | undefined {
  if (value instanceof Open) return 'json';
  if (value instanceof Date) return 'date';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'string') return isUuid(value) ? 'id' : 'text';
  return undefined;
}

const soundOf = (value: unknown) => plain(value instanceof Fixed ? value.value : value);

function partsOf(value: unknown): [string, unknown][] {
  if (value instanceof Fixed) return [];
  return Array.isArray(value) || isPlain(value) ? Object.entries(value) : [];
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** The arguments as they are passed on, with the changes made in them. */
export function withChanges(
  value: unknown,
  changes: readonly Change[],
  path: readonly string[] = [],
): unknown {
  const changed = changes.find(({ leaf }) => isSame(leaf.path, path));
  if (changed) return changed.hostile.value;
  if (value instanceof Fixed) return value.value;
  if (Array.isArray(value)) return value.map((part, at) => withChanges(part, changes, [...path, String(at)]));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, withChanges(part, changes, [...path, key])]),
  );
}

const plain = (value: unknown) => withChanges(value, []);

const isSame = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((step, at) => step === other[at]);

/** Without those in the place of whose surroundings another value stands: they are passed to nobody. */
export const withoutCovered = (changes: readonly Change[]): readonly Change[] =>
  changes.filter(({ leaf }) => !changes.some((other) => isInside(leaf.path, other.leaf.path)));

const isInside = (path: readonly string[], around: readonly string[]) =>
  path.length > around.length && around.every((step, at) => step === path[at]);
