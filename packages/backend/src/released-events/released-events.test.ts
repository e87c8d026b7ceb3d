/** The registry only ever grows, and every stream that was kept still leads to where it led. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  byType,
  canonicalJson,
  defineEvent,
  type EventDefinition,
  upcastEventData,
} from '@archive-gate/game-engine';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { generations } from '../../../game-engine/test/three-versions.ts';
import type { Pair } from './compare-registry.ts';
import {
  checkRelease,
  gameRegistry,
  gameRelease,
  playStreams,
  type Registry,
  releaseEvents,
} from './index.ts';
import type { StreamEvent } from './kept-streams.ts';
import { sha256 } from './release-record.ts';

/** How far something came that moves and rests, by a registry of test events. */
function registryOf(definitions: readonly EventDefinition[], reducerVersion = 1): Registry {
  const types = byType(definitions);
  const hashState = (events: readonly StreamEvent[]) => {
    const state = { left: 0, tiring: 0, minutes: 0 };
    for (const { type, version, data } of events) {
      const definition = types[type];
      if (!definition) throw new Error(`${type} is not declared`);
      const latest = upcastEventData(definition, version, data) as Record<string, unknown>;
      const length = Number(latest.metres ?? Number(latest.steps ?? 0) * 2);
      state.left += latest.direction === 'right' ? -length : length;
      state.minutes += Number(latest.minutes ?? 0) * reducerVersion;
    }
    return sha256(canonicalJson(state));
  };
  return { definitions, reducerVersion, hashState };
}

const payloads: Record<string, unknown> = {
  'game.test.moved version 1': { steps: 3 },
  'game.test.moved version 2': { steps: 200, direction: 'right' },
  'game.test.moved version 3': { metres: 7, direction: 'left', tiring: false },
  'game.test.rested version 1': { minutes: 5 },
};

const play = (wanted: readonly Pair[]) => [
  {
    name: 'played',
    events: wanted.map(({ type, version }, at) => ({
      sequence: at + 1,
      type,
      version,
      data: payloads[`${type} version ${version}`],
    })),
  },
];

describe('a registry of events', () => {
  let folder: string;
  const place = () => ({ record: path.join(folder, 'events.json'), streams: path.join(folder, 'streams') });
  const generation = (at: number, reducerVersion = 1) => registryOf(generations[at] ?? [], reducerVersion);
  const check = (registry: Registry) => checkRelease(registry, place()).findings;
  const rules = (registry: Registry) => check(registry).map(({ rule, object }) => `${rule}: ${object}`);
  const releaseAll = () => generations.map((_, at) => releaseEvents(generation(at), place(), play));

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'released-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is released as it grows: further types and versions are recorded, and a stream of each is kept', () => {
    expect(releaseAll()).toEqual([
      { versions: ['game.test.moved version 1'], streams: ['1-played.ndjson'] },
      {
        versions: ['game.test.moved version 2', 'game.test.rested version 1'],
        streams: ['3-played.ndjson'],
      },
      { versions: ['game.test.moved version 3'], streams: ['4-played.ndjson'] },
    ]);
    expect(check(generation(2))).toEqual([]);
  });

  it('leaves what it recorded to the byte, whatever is released after it', () => {
    releaseEvents(generation(0), place(), play);
    const lines = (file: string) => readFileSync(file, 'utf8').split('\n');
    const first = lines(place().record)
      .filter((line) => line.includes('sha256'))
      .map((line) => line.replace(/,$/, ''));
    const stream = readFileSync(path.join(place().streams, '1-played.ndjson'));
    releaseEvents(generation(1), place(), play);
    releaseEvents(generation(2), place(), play);
    const now = lines(place().record).map((line) => line.replace(/,$/, ''));
    expect(now).toEqual(expect.arrayContaining(first));
    expect(readFileSync(path.join(place().streams, '1-played.ndjson'))).toEqual(stream);
  });

  it('releases nothing twice', () => {
    releaseAll();
    const before = readFileSync(place().record, 'utf8');
    expect(releaseEvents(generation(2), place(), play)).toEqual({ versions: [], streams: [] });
    expect(readFileSync(place().record, 'utf8')).toBe(before);
  });

  it('is held to releasing what it declares', () => {
    releaseEvents(generation(0), place(), play);
    expect(rules(generation(1))).toEqual([
      'event-additions-are-released: game.test.moved version 2',
      'event-additions-are-released: game.test.rested version 1',
    ]);
  });

  const about = { says: 'It moved.', causedBy: [] };
  const [moved, rested] = generations[2] as [EventDefinition, EventDefinition];
  const changed = (versions: Record<number, unknown>) =>
    [{ ...moved, versions } as unknown as EventDefinition, rested] as const;
  const { 1: one, 2: two, 3: three } = moved.versions;

  it.each<[string, readonly EventDefinition[], string]>([
    ['a type removed', [moved], 'event-types-stay: game.test.rested'],
    [
      'a type renamed',
      [moved, { ...rested, type: 'game.test.slept' }],
      'event-types-keep-their-names: game.test.rested',
    ],
    ['a version removed', changed({ 1: one, 2: two }), 'event-versions-stay: game.test.moved version 3'],
    [
      'a gap between versions',
      changed({ 1: one, 3: three }),
      'event-versions-are-consecutive: game.test.moved version 2',
    ],
    [
      'a version without its upcast',
      changed({ 1: one, 2: two, 3: moved.schema }),
      'event-versions-are-upcast: game.test.moved version 3',
    ],
    [
      'a field added to a released version',
      [
        moved,
        defineEvent('game.test.rested', about, {
          1: z.strictObject({ minutes: z.int().min(0), deep: z.boolean() }),
        }),
      ],
      'event-schemas-never-change: game.test.rested version 1',
    ],
    [
      'a field made optional in a released version',
      [
        moved,
        defineEvent('game.test.rested', about, { 1: z.strictObject({ minutes: z.int().min(0).optional() }) }),
      ],
      'event-schemas-never-change: game.test.rested version 1',
    ],
    [
      'a bound moved in a released version',
      [moved, defineEvent('game.test.rested', about, { 1: z.strictObject({ minutes: z.int().min(1) }) })],
      'event-schemas-never-change: game.test.rested version 1',
    ],
  ])('refuses %s', (_, definitions, breach) => {
    releaseAll();
    const breached = { ...generation(2), definitions };
    const record = readFileSync(place().record, 'utf8');
    expect(rules(breached)).toContain(breach);
    const found = expect.stringContaining(breach.split(': ')[1] ?? '');
    expect(() => releaseEvents(breached, place(), play)).toThrow(
      expect.objectContaining({ code: 'EVENTS_NOT_ADDITIVE', found }),
    );
    expect(readFileSync(place().record, 'utf8')).toBe(record);
  });

  it('lets what a field means be put better', () => {
    releaseAll();
    const minutes = z.int().min(0).describe('how long');
    const better = defineEvent(
      'game.test.rested',
      { says: 'It lay down.', causedBy: [] },
      { 1: z.strictObject({ minutes }) },
    );
    expect(check(registryOf([moved, better]))).toEqual([]);
  });

  it('notices an upcast that leads old streams elsewhere, which no schema shows', () => {
    releaseAll();
    const elsewhere = { ...(two as object), upcast: (data: object) => ({ ...data, direction: 'right' }) };
    expect(rules(registryOf(changed({ 1: one, 2: elsewhere, 3: three })))).toEqual([
      'event-streams-replay: 1-played.ndjson',
    ]);
  });

  it('asks a new version of the reducer for states of its own, and keeps those of the earlier one', () => {
    releaseAll();
    const before = JSON.parse(readFileSync(place().record, 'utf8')).streams;
    expect(rules(generation(2, 2))).toEqual(
      ['1', '3', '4'].map((schemas) => `event-streams-have-states: ${schemas}-played.ndjson`),
    );
    releaseEvents(generation(2, 2), place(), play);
    expect([check(generation(2)), check(generation(2, 2))]).toEqual([[], []]);
    expect(JSON.parse(readFileSync(place().record, 'utf8')).streams).toMatchObject(before);
  });

  it.each<[string, (file: string) => void, RegExp]>([
    [
      'edited',
      (file) => writeFileSync(file, readFileSync(file, 'utf8').replace('200', '201')),
      /^event-streams-stay: 3-/,
    ],
    ['removed', (file) => rmSync(file), /^event-streams-stay: 3-/],
    [
      'added by hand',
      (file) => writeFileSync(`${file}.copy`, ''),
      /^event-streams-are-recorded: 3-played.ndjson.copy/,
    ],
  ])('notices a kept stream that was %s, and releases nothing over it', (_, tamper, breach) => {
    releaseAll();
    tamper(path.join(place().streams, '3-played.ndjson'));
    expect(rules(generation(2)).join('\n')).toMatch(breach);
    expect(() => releaseEvents(generation(2), place(), play)).toThrow(
      expect.objectContaining({ code: 'EVENTS_NOT_ADDITIVE' }),
    );
  });

  it('notices a released version of which no stream is kept', () => {
    releaseEvents(generation(0), place(), play);
    releaseEvents(generation(1), place(), (wanted) =>
      play(wanted.filter(({ type }) => type.endsWith('moved'))),
    );
    expect(rules(generation(1))).toEqual(['event-versions-are-kept: game.test.rested version 1']);
  });

  it('notices a record that was edited, and refuses one that cannot be read', () => {
    releaseAll();
    const text = readFileSync(place().record, 'utf8');
    writeFileSync(place().record, text.replace('"maximum":1000', '"maximum":1001'));
    expect(rules(generation(2))).toContain('event-record-is-not-edited: game.test.moved version 1');
    writeFileSync(place().record, text.slice(1));
    expect(() => check(generation(2))).toThrow(expect.objectContaining({ code: 'EVENTS_RELEASE_INVALID' }));
  });
});

describe('the game’s events', () => {
  it('only grew since they were released, are kept in streams of every version, and replay to their states', () => {
    const { checked, findings } = checkRelease(gameRegistry, gameRelease);
    expect(findings).toEqual([]);
    expect(checked).toBeGreaterThan(31);
    expect(readdirSync(gameRelease.streams).length).toBeGreaterThanOrEqual(3);
  });

  it('cannot be released when no play brings a type about', () => {
    expect(() => playStreams([{ type: 'game.email.shredded', version: 1 }])).toThrow(
      expect.objectContaining({ code: 'EVENTS_NOT_COVERED', found: 'game.email.shredded version 1' }),
    );
  });
});
