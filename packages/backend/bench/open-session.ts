/**
 * What it costs to open a session of a hundred thousand events, as a ratio to opening one of a hundred; and to open it
 * in its middle, as time travel does. All are opened in turns in one run. The long session is continued by appending
 * legal pauses and resumptions; its snapshots are written by the consumer that writes those of every session. Nothing
 * is asserted, since machines are noisy.
 */
import type { GameEvent } from '@archive-gate/game-engine';
import { v7 as uuidv7 } from 'uuid';
import { listPlayers } from '../src/modules/auth/index.ts';
import { SNAPSHOTS, sessionState } from '../src/modules/game/index.ts';
import type { Platform } from '../src/platform.ts';
import { withBenchDatabase } from './bench-database.ts';
import { benchmarkOptions, median, report } from './report.ts';

const TENANT = 'consumers';
const SHORT = 100;
const EVENTS_PER_ACTION = 50;
const TURNS_PER_ROUND = 20;
const FOLLOW_TIMEOUT_MS = 900_000;

const options = benchmarkOptions();
const long = options.quick ? 10_000 : 100_000;

const open = (platform: Platform, sessionId: string, at?: number) =>
  platform.tenancy.run(TENANT, (tx) => sessionState(tx, sessionId, at));

/** The same play for every length, so that states are of one size; 20 events behind the last snapshot. */
async function sessionOf(platform: Platform, length: number): Promise<string> {
  const [player] = await platform.tenancy.run(TENANT, (tx) => listPlayers(tx, 1));
  if (!player) throw new Error('The seed gives the tenant people.');
  const start = { actionId: uuidv7(), playerId: player.id, seed: 1, days: 10 };
  let { sessionId, lastSequence } = await platform.game.start(TENANT, start);
  for (const wanted of [length - (length % EVENTS_PER_ACTION), length + 20]) {
    while (lastSequence < wanted) {
      const count = Math.min(EVENTS_PER_ACTION, wanted - lastSequence);
      ({ lastSequence } = await platform.game.append(TENANT, {
        sessionId,
        actionId: uuidv7(),
        action: { type: 'pause' },
        events: pauses(count),
        expectedSequence: lastSequence,
        clientTime: null,
      }));
    }
  }
  return sessionId;
}

const pauses = (count: number): GameEvent[] =>
  Array.from({ length: count }, (_, at) => ({
    type: at % 2 === 0 ? 'game.session.paused' : 'game.session.resumed',
    version: 1,
    data: { day: 1 },
  }));

type Measured = readonly (readonly [what: string, timesMs: readonly number[]])[];

async function measure(opening: Readonly<Record<string, () => Promise<unknown>>>): Promise<Measured> {
  const measured = Object.entries(opening).map(([what, work]) => ({ what, work, timesMs: [] as number[] }));
  for (let round = -1; round < options.rounds; round += 1) {
    for (const { work, timesMs } of measured) {
      const begun = performance.now();
      for (let turn = 0; turn < TURNS_PER_ROUND; turn += 1) await work();
      if (round >= 0) timesMs.push((performance.now() - begun) / TURNS_PER_ROUND); // the first one warms up
    }
  }
  return measured.map(({ what, timesMs }) => [what, timesMs] as const);
}

const ways = await withBenchDatabase('bench_open_session', 4, async ({ platform }) => {
  const short = await sessionOf(platform, SHORT);
  const longer = await sessionOf(platform, long);
  await platform.consumers.settle(TENANT, { only: [SNAPSHOTS], timeoutMs: FOLLOW_TIMEOUT_MS });
  return measure({
    [`of ${SHORT} events`]: () => open(platform, short),
    [`of ${long} events`]: () => open(platform, longer),
    [`of ${long} events, at its middle`]: () => open(platform, longer, long / 2 + 25),
  });
});

/** Ratios are taken round by round, so that what slows the machine slows both. */
const rows = ways.map(([what, timesMs]) => {
  const ratios = timesMs.map((time, round) => time / (ways[0]?.[1][round] ?? Number.NaN));
  return [what, median(timesMs).toFixed(2), median(ratios).toFixed(2)];
});

report('open-session', options, {
  title: 'Opening a session',
  about: `Time to open a session of ${long} events from its nearest snapshot, as a ratio to opening one of ${SHORT}.`,
  command: 'pnpm bench:open --record',
  columns: ['a session', 'median, ms', `ratio to ${SHORT} events`],
  rows,
  reading: ['Wanted at the head: at most 1.3.'],
});
