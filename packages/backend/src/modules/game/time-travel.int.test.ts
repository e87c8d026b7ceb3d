/** A session at any moment of it: by sequence, by instant, and what changed between two. */
import { fold, initialState } from '@archive-gate/game-engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { type PlayedGame, playedGame } from '../../../test/harness/play.ts';
import { changesBetween, compareStates, type StoredEvent, sessionEvents, sessionState } from './index.ts';

const TENANT = 'consumers';
const START = Date.UTC(2026, 9, 30, 12);
const STEP_MS = 3_600_000;

describe('a session at any moment of it', () => {
  const db = useDatabase();
  let now = START;
  let game: PlayedGame;
  let events: StoredEvent[];

  const stateAt = (at?: number | Date) =>
    db
      .open({ clock: { now: () => new Date(now) }, poolSize: 1 })
      .tenancy.run(TENANT, (tx) => sessionState(tx, game.sessionId, at));
  const folded = (to: number) => fold(initialState(), events.slice(0, to));

  beforeAll(async () => {
    // An hour passes with each action, so the session lives through the end of a month.
    const clock = {
      now() {
        now += STEP_MS;
        return new Date(now);
      },
    };
    game = await playedGame(db.open({ clock }), TENANT, { days: 3, skill: 'trained' });
    events = await db.platform.tenancy.run(TENANT, async (tx) => {
      const all = [];
      for await (const event of sessionEvents(tx, game.sessionId)) all.push(event);
      return all;
    });
    now += STEP_MS;
  });

  it('is what its events fold to, at each sequence from before the first to the last', async () => {
    expect(events.length).toBeGreaterThan(100);
    for (const at of [0, 1, 2, 49, 50, 51, 99, 100, events.length - 1, events.length])
      expect(await stateAt(at)).toEqual(folded(at));
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY])('is refused at %d', async (at) => {
    const refused = {
      code: 'GAME_SEQUENCE_OUT_OF_RANGE',
      exitCode: 2,
      expected: 'a whole number, 0 or more',
    };
    await expect(stateAt(at)).rejects.toMatchObject(refused);
  });

  it('is refused beyond its head, which the error names', async () => {
    const refused = { code: 'GAME_SEQUENCE_OUT_OF_RANGE', expected: `0 to ${events.length}` };
    await expect(stateAt(events.length + 1)).rejects.toMatchObject(refused);
  });

  it('is known at any instant of its life: with what had happened by then, the instant included', async () => {
    const times = [...new Set(events.map(({ serverTime }) => serverTime.getTime()))];
    for (const time of [times[0]!, times[20]!, times[40]!, times.at(-1)!]) {
      const by = events.filter(({ serverTime }) => serverTime.getTime() <= time).length;
      expect((await stateAt(new Date(time))).sequence).toBe(by);
      expect((await stateAt(new Date(time + STEP_MS - 1))).sequence).toBe(by);
    }
    const first = events.filter(({ serverTime }) => serverTime.getTime() === times[0]);
    expect((await stateAt(new Date(times[1]! - 1))).sequence).toBe(first.length);
  });

  it('is refused at an instant before its start, and at one that has not come', async () => {
    const start = events[0]!.serverTime.getTime();
    for (const time of [new Date(start - 1), new Date(0), new Date(now + 60_000), new Date(Number.NaN)])
      await expect(stateAt(time)).rejects.toMatchObject({ code: 'GAME_INSTANT_OUT_OF_RANGE', exitCode: 2 });
  });

  it('differs between two sequences in what its events changed, and in nothing else', async () => {
    const difference = (from: number, to: number) =>
      db.platform.tenancy.run(TENANT, (tx) => changesBetween(tx, game.sessionId, from, to));
    const whole = await difference(0, events.length);
    expect(whole.changes).toEqual(compareStates(initialState(), game.state));
    expect((await difference(30, 30)).changes).toEqual([]);
    const opened = events.find(({ type }) => type === 'game.email.opened')!;
    const { emailKey } = opened.data as { emailKey: string };
    expect((await difference(opened.sequence - 1, opened.sequence)).changes).toEqual([
      { kind: 'changed', path: 'sequence', before: opened.sequence - 1, after: opened.sequence },
      { kind: 'changed', path: `inbox[${emailKey}].opened`, before: false, after: true },
    ]);
  });
});
