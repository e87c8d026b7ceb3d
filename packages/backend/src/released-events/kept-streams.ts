/**
 * The streams that are kept of every version ever released, and what they lead to. A file has an event a line, as the
 * canonical JSON of {data, sequence, type, version}, and is never edited.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { canonicalJson } from '@archive-gate/game-engine';
import type { Finding } from '../kernel/check/index.ts';
import { type Pair, RELEASE_REMEDY } from './compare-registry.ts';
import type { Registry } from './registry.ts';
import { type ReleasedStream, type ReleaseRecord, sha256 } from './release-record.ts';

/** An event as it was stored. */
export interface StreamEvent extends Pair {
  readonly sequence: number;
  readonly data: unknown;
}

const FOREVER = 'git checkout -- packages/game-engine/fixtures; what was kept of a release stays as it is';

export function writeStream(folder: string, file: string, events: readonly StreamEvent[]): void {
  mkdirSync(folder, { recursive: true });
  const lines = events.map(({ data, sequence, type, version }) =>
    canonicalJson({ data, sequence, type, version }),
  );
  writeFileSync(path.join(folder, file), lines.map((line) => `${line}\n`).join(''));
}

export function readStream(folder: string, file: string): StreamEvent[] {
  const text = readFileSync(path.join(folder, file), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** What the record says of a stream that was just written, or was kept before. */
export function describeStream(registry: Registry, folder: string, file: string): ReleasedStream {
  const events = readStream(folder, file);
  return {
    sha256: sha256(readFileSync(path.join(folder, file))),
    events: events.length,
    states: { [registry.reducerVersion]: registry.hashState(events) },
  };
}

/** @returns what is wrong with the kept streams: changed, lost, unknown, or leading to another state than they did */
export function examineStreams(released: ReleaseRecord, registry: Registry, folder: string): Finding[] {
  const recorded = Object.entries(released.streams);
  const present = existsSync(folder) ? readdirSync(folder).sort() : [];
  const unknown = present
    .filter((file) => !released.streams[file])
    .map((file) => finding('event-streams-are-recorded', file, 'no release kept it', 'remove the file'));
  return [...recorded.flatMap(([file, stream]) => examine(registry, folder, file, stream)), ...unknown];
}

function examine(registry: Registry, folder: string, file: string, recorded: ReleasedStream): Finding[] {
  if (!existsSync(path.join(folder, file)))
    return [finding('event-streams-stay', file, 'the file is missing', FOREVER)];
  if (sha256(readFileSync(path.join(folder, file))) !== recorded.sha256)
    return [finding('event-streams-stay', file, 'the file does not have its recorded hash', FOREVER)];
  const expected = recorded.states[registry.reducerVersion];
  const reducer = `reducer version ${registry.reducerVersion}`;
  if (expected === undefined)
    return [finding('event-streams-have-states', file, `no state of ${reducer} is recorded`, RELEASE_REMEDY)];
  const state = attempt(() => registry.hashState(readStream(folder, file)));
  if (state === expected) return [];
  const detail = `by ${reducer} it leads to ${state}, not to ${expected}`;
  const remedy = 'mend the upcast or the reducer; a reducer that folds otherwise has a version of its own';
  return [finding('event-streams-replay', file, detail, remedy)];
}

/** A stream that cannot be folded leads to its error. */
function attempt(hashState: () => string): string {
  try {
    return hashState();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Types and versions that no kept stream has. */
export function findUncovered(released: ReleaseRecord, folder: string, pairs: readonly Pair[]): Pair[] {
  const kept = Object.keys(released.streams).filter((file) => existsSync(path.join(folder, file)));
  const covered = new Set(kept.flatMap((file) => readStream(folder, file).map(nameOf)));
  return pairs.filter((pair) => !covered.has(nameOf(pair)));
}

export const nameOf = ({ type, version }: Pair) => `${type} version ${version}`;

const finding = (rule: string, object: string, detail: string, remedy: string): Finding => ({
  rule,
  object,
  detail,
  remedy,
});
