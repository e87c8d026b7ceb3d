/** Frames of a watched session: whole, within the terminal, and with the change in sight; and what keys mean. */
import { fold, type GameEvent, initialState } from '@archive-gate/game-engine';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../modules/game/index.ts';
import { plainPaint } from '../paint.ts';
import { displayWidth } from '../play/text-layout.ts';
import { commandOf, withinSession } from './controls.ts';
import { renderFrame, renderScrubber, type WatchView } from './frame.ts';

const DAY = { day: 1 };
const SESSION = '0199aaaa-0000-7000-8000-000000000000';
const OCCURRED: GameEvent[] = [
  { type: 'game.day.started', version: 1, data: { ...DAY, threatTier: 'LOW' } },
  { type: 'game.phase.entered', version: 1, data: { ...DAY, phase: 'triage' } },
  {
    type: 'game.resource.adjusted',
    version: 1,
    data: {
      ...DAY,
      resource: 'powerKw',
      change: 5,
      allocation: { rackUnits: 1, powerKw: 5, coolingKw: 1, bandwidthMbps: 1 },
      creditsDelta: -20,
    },
  },
  { type: 'game.session.paused', version: 1, data: DAY },
];
const EVENTS: StoredEvent[] = OCCURRED.map((event, at) => ({
  ...event,
  id: SESSION,
  sequence: at + 1,
  actionId: SESSION,
  serverTime: new Date('2026-11-03T09:30:00Z'),
}));

function viewAt(position: number, extra: Partial<WatchView> = {}): WatchView {
  const state = fold(initialState(), EVENTS.slice(0, position));
  const before = fold(initialState(), EVENTS.slice(0, Math.max(0, position - 1)));
  const moment = { event: EVENTS[position - 1] ?? null, before, state };
  const view = { sessionId: SESSION, position, head: EVENTS.length, moment, events: EVENTS };
  return { ...view, playing: false, following: false, typed: null, ...extra };
}

const frame = (view: WatchView, columns = 80, rows = 24) => renderFrame(view, { columns, rows }, plainPaint);

describe('a frame', () => {
  it.each([
    [80, 24],
    [40, 12],
    [52, 13],
    [200, 60],
    [20, 5],
  ])('fills a terminal of %d by %d exactly, at every place of the session', (columns, rows) => {
    for (let position = 0; position <= EVENTS.length; position += 1) {
      const lines = frame(viewAt(position), columns, rows);
      expect(lines).toHaveLength(rows);
      expect(lines.map(displayWidth)).toEqual(lines.map(() => columns));
    }
  });

  it('shows where it is, the event, what it changed, and marks the lines of the state that are new', () => {
    const text = frame(viewAt(3)).join('\n');
    expect(text).toContain('3 of 4  day 1');
    expect(text).toContain('›     3 resource.adjusted');
    expect(text).toContain('2026-11-03 09:30:00 game.resource.adjusted');
    expect(text).toContain('credits 0 → -20');
    expect(text).toContain('online: power (kW) 0 → 5');
    expect(text).toMatch(/\* credits +-20/);
    expect(text).toMatch(/\* house +Outpost, 1 U, 5 kW, 1 kW/);
    expect(text).toMatch(/│ {3}trust +0/);
    expect(text).not.toMatch(/\* trust/);
    const later = frame(viewAt(4)).join('\n');
    expect(later).toMatch(/\* status +paused/);
    expect(later).not.toMatch(/\* credits/);
  });

  it('says so before the first event, while it plays, and while a sequence is typed', () => {
    expect(frame(viewAt(0)).join('\n')).toContain('Before the first event');
    expect(frame(viewAt(2, { playing: true }))[0]).toContain('▶ playing');
    expect(frame(viewAt(2, { typed: '12' })).at(-1)).toContain('Go to sequence: 12');
  });

  it('has the knob at the end only when it is there', () => {
    expect(renderScrubber(0, 100, 13)).toBe('├●··········┤');
    expect(renderScrubber(99, 100, 13)).toBe('├─────────●·┤');
    expect(renderScrubber(100, 100, 13)).toBe('├──────────●┤');
    expect(renderScrubber(0, 0, 13)).toBe('├●··········┤');
  });
});

describe('a key', () => {
  it.each([
    [{ name: 'right' }, { kind: 'move', by: 1 }],
    [{ name: 'up' }, { kind: 'move', by: -1 }],
    [{ name: 'pagedown' }, { kind: 'page', by: 1 }],
    [{ name: 'end' }, { kind: 'last' }],
    [{ name: 'd' }, { kind: 'next-day' }],
    [{ name: 'd', ctrl: true }, { kind: 'quit' }],
    [{ name: 'c', ctrl: true }, { kind: 'quit' }],
    [{ name: 'z', ctrl: true }, null],
    [{ name: 'x' }, null],
    [
      { sequence: '7', name: '7' },
      { kind: 'type', typed: '7' },
    ],
  ])('%j means %j', (key, command) => {
    expect(commandOf(key, null)).toEqual(command);
  });

  it('goes on with a number that is being typed, takes it back, and jumps', () => {
    expect(commandOf({ sequence: '2' }, '1')).toEqual({ kind: 'type', typed: '12' });
    expect(commandOf({ name: 'backspace' }, '12')).toEqual({ kind: 'type', typed: '1' });
    expect(commandOf({ name: 'return' }, '12')).toEqual({ kind: 'jump', to: 12 });
    expect(commandOf({ name: 'return' }, '')).toEqual({ kind: 'type', typed: null });
    expect(commandOf({ name: 'escape' }, '12')).toEqual({ kind: 'type', typed: null });
    expect(commandOf({ name: 'q' }, '12')).toBeNull();
    expect(commandOf({ sequence: '9' }, '9'.repeat(15))).toEqual({ kind: 'type', typed: '9'.repeat(15) });
  });

  it('leads nowhere outside of the session', () => {
    expect([-5, 0, 7, 10, 11, 999].map((to) => withinSession(to, 10))).toEqual([0, 0, 7, 10, 10, 10]);
  });
});
