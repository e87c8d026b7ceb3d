/** What an event in a stream is, and the hashes that streams and payloads are compared by. */
import { createHash } from 'node:crypto';
import { canonicalJson, type GameEvent } from '@archive-gate/game-engine';

/** An event with its place in the stream, lifted to the latest version of its type. */
export type StoredEvent = GameEvent & {
  readonly id: string;
  readonly sequence: number;
  readonly actionId: string;
  readonly serverTime: Date;
};

/**
 * SHA-256, in hex, over events in order: for each the canonical JSON (RFC 8785) of {data, sequence, type, version} and
 * a line feed. Identifiers and times are left out, so the same play has the same hash wherever it is played.
 */
export function hashEvents(events: readonly (GameEvent & { readonly sequence: number })[]): string {
  const hash = createHash('sha256');
  for (const { data, sequence, type, version } of events)
    hash.update(`${canonicalJson({ data, sequence, type, version })}\n`);
  return hash.digest('hex');
}

export const hashJson = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex');
