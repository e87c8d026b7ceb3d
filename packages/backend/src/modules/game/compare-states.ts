/**
 * What differs between two states of a session, as a list that people and programs can read. Things that have a key
 * (e-mails, guests, attacks, incidents) are matched by it, never by their place in a list, since others come and go
 * before them; lists of words are compared as sets.
 */
import type { SessionState } from '@archive-gate/game-engine';

/** One place that differs. Its path is like `credits`, `allocation.powerKw` or `inbox[d01-e02].status`. */
export type StateChange =
  | { readonly kind: 'changed'; readonly path: string; readonly before: unknown; readonly after: unknown }
  | { readonly kind: 'added'; readonly path: string; readonly after: unknown }
  | { readonly kind: 'removed'; readonly path: string; readonly before: unknown };

type Fields = Readonly<Record<string, unknown>>;

/** What an entry of each list is known by. */
const KEYS: Readonly<Record<string, (entry: Fields) => unknown>> = {
  inbox: ({ emailKey }) => emailKey,
  clients: ({ clientKey }) => clientKey,
  attacks: ({ attackKey }) => attackKey,
  incidents: ({ incidentKey }) => incidentKey,
  marks: ({ technique, location }) => `${technique} in ${location}`,
};

/** @returns the differences in the order of the state's fields; none when the states are equal */
export function compareStates(before: SessionState, after: SessionState): StateChange[] {
  return compareFields('', before as unknown as Fields, after as unknown as Fields);
}

function compareFields(path: string, before: Fields, after: Fields): StateChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => {
    const place = path === '' ? name : `${path}.${name}`;
    return compareValues(place, name, before[name], after[name]);
  });
}

function compareValues(path: string, name: string, before: unknown, after: unknown): StateChange[] {
  // Folding shares what an event left alone, so most of a state is passed over here.
  if (Object.is(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after))
    return compareEntries(path, entriesOf(name, before), entriesOf(name, after));
  if (isFields(before) && isFields(after)) return compareFields(path, before, after);
  return [{ kind: 'changed', path, before, after }];
}

function entriesOf(list: string, entries: readonly unknown[]): Map<string, unknown> {
  const keyOf = KEYS[list];
  return new Map(
    entries.map((entry) => [String(keyOf && isFields(entry) ? keyOf(entry) : entry), entry] as const),
  );
}

function compareEntries(
  path: string,
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): StateChange[] {
  const changes: StateChange[] = [];
  for (const [key, value] of before) {
    const place = `${path}[${key}]`;
    if (after.has(key)) changes.push(...compareValues(place, '', value, after.get(key)));
    else changes.push({ kind: 'removed', path: place, before: value });
  }
  for (const [key, value] of after)
    if (!before.has(key)) changes.push({ kind: 'added', path: `${path}[${key}]`, after: value });
  return changes;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
