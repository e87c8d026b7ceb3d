import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineEvent, upcastEventData } from './define-event.ts';
import { eventTypes, parseEvent } from './events.ts';

const moved = defineEvent(
  'game.test.moved',
  { says: 'It moved.', causedBy: [] },
  {
    1: z.strictObject({ steps: z.int() }),
    2: {
      schema: z.strictObject({ steps: z.int(), direction: z.enum(['left', 'right']) }),
      change: 'A direction; it was left before.',
      upcast: (v1: { steps: number }) => ({ ...v1, direction: 'left' }),
    },
    3: {
      schema: z.strictObject({ metres: z.int(), direction: z.enum(['left', 'right']) }),
      change: 'Metres instead of steps of two.',
      upcast: (v2: { steps: number; direction: string }) => ({
        metres: v2.steps * 2,
        direction: v2.direction,
      }),
    },
  },
);

const meaning = { says: 'Something happened.', causedBy: [] };
const codeOf = (code: string): unknown => expect.objectContaining({ code });

describe('an event type', () => {
  it('lifts every older version to the latest, step by step', () => {
    expect(moved.latestVersion).toBe(3);
    expect(upcastEventData(moved, 1, { steps: 2 })).toEqual({ metres: 4, direction: 'left' });
    expect(upcastEventData(moved, 2, { steps: 2, direction: 'right' })).toEqual({
      metres: 4,
      direction: 'right',
    });
    expect(upcastEventData(moved, 3, { metres: 1, direction: 'left' })).toEqual({
      metres: 1,
      direction: 'left',
    });
  });

  it('infers the type of the latest version', () => {
    const data: { metres: number; direction: 'left' | 'right' } = upcastEventData(moved, 1, { steps: 1 });
    expect(data.metres).toBe(2);
  });

  it('refuses a version written by a later release, and names both', () => {
    expect(() => upcastEventData(moved, 4, {})).toThrow(codeOf('GAME_EVENT_VERSION_UNSUPPORTED'));
    expect(() => upcastEventData(moved, 4, {})).toThrow(/game\.test\.moved version 4.*from 1 to 3/);
    expect(() => upcastEventData(moved, 0, {})).toThrow(codeOf('GAME_EVENT_VERSION_UNSUPPORTED'));
  });

  it('refuses data that its own version does not allow', () => {
    expect(() => upcastEventData(moved, 1, { steps: 1, note: 'free text' })).toThrow(
      codeOf('GAME_EVENT_DATA_INVALID'),
    );
  });

  it('refuses to be declared with a gap between its versions', () => {
    const schema = z.strictObject({});
    const later = { schema, change: 'Nothing.', upcast: () => ({}) };
    expect(() => defineEvent('game.test.gap', meaning, { 1: schema, 3: later })).toThrow(
      codeOf('GAME_EVENT_DEFINITION_REFUSED'),
    );
  });
});

describe('the registry', () => {
  it('parses what it knows', () => {
    expect(parseEvent('game.email.opened', 1, { emailKey: 'd01-e02' })).toEqual({
      type: 'game.email.opened',
      version: 1,
      data: { emailKey: 'd01-e02' },
    });
  });

  it('refuses what it does not know', () => {
    expect(() => parseEvent('game.email.shredded', 1, {})).toThrow(codeOf('GAME_EVENT_TYPE_UNKNOWN'));
    expect(() => parseEvent('toString', 1, {})).toThrow(codeOf('GAME_EVENT_TYPE_UNKNOWN'));
    expect(() => parseEvent('game.email.opened', 2, {})).toThrow(codeOf('GAME_EVENT_VERSION_UNSUPPORTED'));
    expect(() => parseEvent('game.email.opened', 1, { emailKey: 'call me on 555' })).toThrow(
      codeOf('GAME_EVENT_DATA_INVALID'),
    );
  });

  it('names its types game.<subject>.<what happened>, each once', () => {
    for (const [name, definition] of Object.entries(eventTypes)) {
      expect(name).toMatch(/^game\.[a-z]+\.[a-z]+$/);
      expect(definition.type).toBe(name);
    }
  });
});
