/** What holds for every version of every event type, the shipped ones and a registry of three releases alike. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PERSONAL_SPECIMENS } from '../src/impersonal.ts';
import {
  type Action,
  chooseAction,
  decide,
  type EventDefinition,
  eventTypes,
  fold,
  type GameEvent,
  initialState,
  isOver,
  legalActions,
  parseEvent,
  requireWritableEvent,
  type SessionState,
  schemaOf,
  upcastEventData,
} from '../src/index.ts';
import { keyPathsOf, payloadsOf, replaceAt } from './event-payloads.ts';
import { deepFreeze } from './invariants.ts';
import { context } from './play.ts';
import { generations } from './three-versions.ts';

/** Enough for every action to bring about all that it can. */
const SESSIONS = 80;

const shipped: readonly EventDefinition[] = Object.values(eventTypes);
const registry = [...shipped, ...generations.flat()];

const versions = registry.flatMap((definition) =>
  Object.keys(definition.versions).map((version) => ({
    definition,
    version: Number(version),
    name: `${definition.type} version ${version} of ${definition.latestVersion}`,
  })),
);

function entryOf({ versions: all }: EventDefinition, version: number) {
  const entry = all[version];
  if (entry === undefined) throw new Error(`no version ${version}`);
  return entry;
}

/** Step by step, by hand: what reading must come to. */
function stepwise(definition: EventDefinition, version: number, data: unknown): unknown {
  if (version === definition.latestVersion) return data;
  const next = entryOf(definition, version + 1);
  if (!('upcast' in next)) throw new Error(`no upcast to ${version + 1}`);
  const lifted = next.upcast(data as never);
  expect(next.upcast(structuredClone(data) as never)).toEqual(lifted);
  expect(next.schema.parse(lifted)).toEqual(lifted);
  return stepwise(definition, version + 1, lifted);
}

describe('every version of every event type', () => {
  it.each(versions)('$name is lifted step by step to the latest, purely', ({ definition, version }) => {
    fc.assert(
      fc.property(payloadsOf(schemaOf(entryOf(definition, version))), (data) => {
        const frozen = deepFreeze(data);
        const lifted = upcastEventData(definition, version, frozen);
        expect(lifted).toEqual(stepwise(definition, version, frozen));
        expect(definition.schema.parse(lifted)).toEqual(lifted);
      }),
      { numRuns: 40 },
    );
  });

  it.each(versions)(
    '$name refuses data with one field more, and with one less',
    ({ definition, version }) => {
      const [data] = fc.sample(payloadsOf(schemaOf(entryOf(definition, version))), { numRuns: 1, seed: 7 });
      const fields = data as Record<string, unknown>;
      const invalid = expect.objectContaining({ code: 'GAME_EVENT_DATA_INVALID' });
      expect(() => upcastEventData(definition, version, { ...fields, email: 'jo@example.com' })).toThrow(
        invalid,
      );
      for (const field of Object.keys(fields)) {
        const { [field]: _, ...rest } = fields;
        expect(() => upcastEventData(definition, version, rest), field).toThrow(invalid);
      }
    },
  );
});

describe('a payload that carries something about a person', () => {
  const strings = shipped.flatMap((definition) =>
    Object.keys(definition.versions).flatMap((version) =>
      keyPathsOf(definition, Number(version)).map((path) => ({
        definition,
        version: Number(version),
        path,
        name: `${definition.type} ${path.join('.')}`,
      })),
    ),
  );

  it.each(strings)('is refused: $name', ({ definition, version, path }) => {
    const [data] = fc.sample(payloadsOf(schemaOf(entryOf(definition, version))), { numRuns: 1, seed: 11 });
    for (const specimen of [...PERSONAL_SPECIMENS, 'd01-e01 jo@example.com', '192.0.2.7-e01']) {
      const carrying = replaceAt(data, path, specimen);
      const refused = expect.objectContaining({
        code: 'GAME_EVENT_DATA_INVALID',
        found: expect.not.stringContaining(specimen),
      });
      expect(() => parseEvent(definition.type, version, carrying), specimen).toThrow(refused);
      const event = { type: definition.type, version, data: carrying } as unknown as GameEvent;
      expect(() => requireWritableEvent(event), specimen).toThrow(refused);
    }
  });

  it('could come in more than fifty places', () => {
    expect(strings.length).toBeGreaterThan(50);
  });
});

/** Half sensible, half erratic: a bot's choice, or any legal action, in turns that the seed decides. */
function causesIn(seed: number, days: number): [type: string, action: string][] {
  const causes: [string, string][] = [];
  let state = initialState();
  for (let turn = seed; !isOver(state); turn = (turn * 1_103_515_245 + 12_345) % 2_147_483_648) {
    const action =
      state.status === 'new' ? ({ type: 'start', seed, days } as const) : choose(state, turn >> 8, seed);
    const decided = decide(state, action, context);
    if (!decided.ok) throw new Error(decided.refusal.code);
    state = fold(state, decided.events);
    causes.push(...decided.events.map(({ type }): [string, string] => [type, action.type]));
  }
  return causes;
}

function choose(state: SessionState, turn: number, seed: number): Action {
  if (turn % 97 === 0)
    return {
      type: 'correct',
      sequence: 1,
      reason: 'duplicate',
      creditsDelta: 0,
      trustDelta: 0,
      intelDelta: 1,
    };
  const skill = (['novice', 'trained', 'expert', 'reckless'] as const)[seed % 4] ?? 'novice';
  if (turn % 5 > 0) return chooseAction(state, context, { skill, seed });
  const legal = legalActions(state, context).filter(({ type }) => type !== 'abandon' || turn % 7 === 0);
  const types = [...new Set(legal.map(({ type }) => type))];
  const type = types[(turn >> 3) % types.length];
  const members = legal.filter((action) => action.type === type);
  return members[(turn >> 6) % members.length] ?? chooseAction(state, context, { skill, seed });
}

describe('the actions that an event type names', () => {
  it('are those that bring it about', () => {
    const observed = new Map(shipped.map(({ type }) => [type as string, new Set<string>()]));
    for (let seed = 1; seed <= SESSIONS; seed += 1)
      for (const [type, action] of causesIn(seed, 8)) observed.get(type)?.add(action);
    const sorted = (actions: Iterable<string>) => [...actions].sort();
    const declared = Object.fromEntries(shipped.map(({ type, causedBy }) => [type, sorted(causedBy)]));
    expect(Object.fromEntries([...observed].map(([type, actions]) => [type, sorted(actions)]))).toEqual(
      declared,
    );
  });
});
