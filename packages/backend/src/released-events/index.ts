/**
 * Releases of the event registry. A check holds the program to what was released: only additions pass, every version
 * ever released is in a stream that is kept, and each of these still leads to the state that it led to.
 */
import type { CheckReport, Finding } from '../kernel/check/index.ts';
import { findAdditions, findBreaches, type Pair, RELEASE_REMEDY } from './compare-registry.ts';
import { releaseErrors } from './errors.ts';
import { describeStream, examineStreams, findUncovered, nameOf, writeStream } from './kept-streams.ts';
import type { PlayedStream } from './play-streams.ts';
import type { Registry, ReleasePlace } from './registry.ts';
import { describeVersion, type ReleaseRecord, readRecord, writeRecord } from './release-record.ts';

export { playStreams } from './play-streams.ts';
export { gameRegistry, gameRelease, type Registry, type ReleasePlace } from './registry.ts';

/** @throws EVENTS_RELEASE_INVALID */
export function checkRelease(registry: Registry, place: ReleasePlace): CheckReport {
  const released = readRecord(place.record);
  const pending = findAdditions(released, registry.definitions).map((pair) =>
    pendingFinding('event-additions-are-released', pair, 'it is declared, and was never released'),
  );
  const uncovered = findUncovered(released, place.streams, pairsOf(released)).map((pair) =>
    pendingFinding('event-versions-are-kept', pair, 'it was released, and no kept stream has an event of it'),
  );
  const findings = [
    ...findBreaches(released, registry.definitions),
    ...examineStreams(released, registry, place.streams),
    ...pending,
    ...uncovered,
  ];
  return { checked: pairsOf(released).length + Object.keys(released.streams).length, findings };
}

export interface Released {
  readonly versions: readonly string[];
  readonly streams: readonly string[];
}

/**
 * Records what was added to the registry, keeps streams of it, and records what the kept streams lead to by a reducer
 * that is new. Nothing that was recorded is changed.
 *
 * @param play  plays sessions in which the given types and versions occur
 * @throws EVENTS_NOT_ADDITIVE, EVENTS_RELEASE_INVALID, and what `play` throws
 */
export function releaseEvents(
  registry: Registry,
  place: ReleasePlace,
  play: (wanted: readonly Pair[]) => readonly PlayedStream[],
): Released {
  const before = readRecord(place.record);
  requireAdditive(registry, place, before);
  const additions = findAdditions(before, registry.definitions);
  const record: ReleaseRecord = { types: withAdditions(before, registry), streams: { ...before.streams } };
  const streams = keepStreams(registry, place, record, play);
  for (const [file, stream] of Object.entries(before.streams)) {
    const { states } = describeStream(registry, place.streams, file);
    record.streams[file] = { ...stream, states: { ...states, ...stream.states } };
  }
  writeRecord(place.record, record);
  return { versions: additions.map(nameOf), streams };
}

function requireAdditive(registry: Registry, place: ReleasePlace, released: ReleaseRecord): void {
  const breaches = [
    ...findBreaches(released, registry.definitions),
    ...examineStreams(released, registry, place.streams).filter(({ remedy }) => remedy !== RELEASE_REMEDY),
  ];
  if (breaches.length === 0) return;
  const found = breaches.slice(0, 5).map(({ object, detail }) => `${object}: ${detail}`);
  throw releaseErrors.EVENTS_NOT_ADDITIVE({ found: found.join('; ') });
}

function withAdditions(before: ReleaseRecord, { definitions }: Registry): ReleaseRecord['types'] {
  const types: ReleaseRecord['types'] = { ...before.types };
  for (const { type, version } of findAdditions(before, definitions)) {
    const definition = definitions.find((each) => each.type === type);
    const described = definition && describeVersion(definition, version);
    if (described) types[type] = { ...types[type], [version]: described };
  }
  return types;
}

/** An event is written in the latest version of its type, so only latest ones can be played. */
function keepStreams(
  registry: Registry,
  { streams }: ReleasePlace,
  record: ReleaseRecord,
  play: (wanted: readonly Pair[]) => readonly PlayedStream[],
): string[] {
  const latest = registry.definitions.map(({ type, latestVersion }) => ({ type, version: latestVersion }));
  const wanted = findUncovered(record, streams, latest);
  if (wanted.length === 0) return [];
  const schemas = pairsOf(record).length;
  return play(wanted).map(({ name, events }) => {
    const file = `${schemas}-${name}.ndjson`;
    writeStream(streams, file, events);
    record.streams[file] = describeStream(registry, streams, file);
    return file;
  });
}

const pairsOf = ({ types }: ReleaseRecord): Pair[] =>
  Object.entries(types).flatMap(([type, versions]) =>
    Object.keys(versions).map((version) => ({ type, version: Number(version) })),
  );

const pendingFinding = (rule: string, pair: Pair, detail: string): Finding => ({
  rule,
  object: nameOf(pair),
  detail,
  remedy: RELEASE_REMEDY,
});
