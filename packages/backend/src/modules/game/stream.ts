/** What an event in a stream is, and the hashes that streams and payloads are compared by. */
import { hash } from 'node:crypto';
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
export const hashEvents = (events: readonly (GameEvent & { readonly sequence: number })[]): string =>
  sha256(events.map((event) => eventLine(event, event.sequence, canonicalJson(event.data))).join(''));

/** What is hashed of an event. @param data  its data as canonical JSON */
export const eventLine = (
  { type, version }: Pick<GameEvent, 'type' | 'version'>,
  sequence: number,
  data: string,
): string => `{"data":${data},"sequence":${sequence},"type":${canonicalJson(type)},"version":${version}}\n`;

export const hashJson = (value: unknown): string => sha256(canonicalJson(value));

export const sha256 = (text: string): string => hash('sha256', text);
