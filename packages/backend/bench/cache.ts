/**
 * What copies in Redis save: opening a session from its hot state against from a snapshot and the events behind it, and
 * the rank of one among many from a sorted set against the SQL that gives the same answer. Each pair is measured by
 * turns in one run; Redis's own share is what it counts itself. Nothing is asserted, since machines are noisy.
 */
import { chooseAction, isOver, rulesFor, type SessionState } from '@archive-gate/game-engine';
import { Redis } from 'ioredis';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { redisUp } from '../src/kernel/stack/index.ts';
import { listPlayers, may } from '../src/modules/auth/index.ts';
import { sessionState } from '../src/modules/game/index.ts';
import { followBoard, listBoards, placesAround } from '../src/modules/social/index.ts';
import { openPlatform, type Platform } from '../src/platform.ts';
import { latenciesOf } from '../src/simulate/percentile.ts';
import { withBenchDatabase } from './bench-database.ts';
import { benchmarkOptions, median, report } from './report.ts';

const TENANT = 'consumers';
const POOL_SIZE = 4;
/** Halfway between two snapshots, which come every 50 events and at the end of each day. */
const EVENTS = 175;
const TURNS_PER_ROUND = 50;
/** Their events come behind a snapshot, as while the consumers of a program run. */
const ACTIONS_PER_ROUND = 10;
const RANKS_PER_ROUND = 3;

const options = benchmarkOptions();
const people = options.quick ? 100_000 : 1_000_000;

interface Pair {
  readonly hot: Platform;
  readonly cold: Platform;
}

/** Milliseconds of one call each, by turns; the first round warms up. */
async function byTurns<Name extends string>(
  ways: Readonly<Record<Name, () => Promise<unknown>>>,
  turns: number,
  before: () => Promise<unknown> = async () => {},
): Promise<Record<Name, number[]>> {
  const names = Object.keys(ways) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = -1; round < options.rounds; round += 1)
    for (const name of names) {
      await before();
      const begun = performance.now();
      for (let turn = 0; turn < turns; turn += 1) await ways[name]();
      if (round >= 0) times[name].push((performance.now() - begun) / turns);
    }
  return times;
}

const rowOf = (what: string, { hot, cold }: Record<'hot' | 'cold', number[]>, redisUs: number | null) => [
  what,
  median(hot).toFixed(3),
  median(cold).toFixed(3),
  median(hot.map((time, round) => time / (cold[round] ?? Number.NaN))).toFixed(2),
  redisUs === null ? '' : redisUs.toFixed(0),
];

async function startedGame(
  platform: Platform,
): Promise<{ sessionId: string; play: () => Promise<SessionState> }> {
  const [player] = await platform.tenancy.run(TENANT, (tx) => listPlayers(tx, 1));
  if (!player) throw new Error('The seed gives the tenant people.');
  const start = { actionId: uuidv7(), playerId: player.id, seed: 9, days: 1_000 };
  const { sessionId } = await platform.game.start(TENANT, start);
  const [content, first] = await platform.tenancy.run(TENANT, async (tx) => {
    const state = await sessionState(tx, sessionId);
    return [await platform.game.packs.get(tx, state.contentVersion), state] as const;
  });
  let state = first;
  const play = async () => {
    const action = chooseAction(
      state,
      { rules: rulesFor(state.rulesVersion), content },
      { skill: 'expert', seed: 9 },
    );
    await platform.game.act(TENANT, { sessionId, actionId: uuidv7(), action });
    state = await platform.game.state(TENANT, sessionId);
    return state;
  };
  return { sessionId, play };
}

async function measureSessions({ hot, cold }: Pair, redis: Redis): Promise<string[][]> {
  const { sessionId, play } = await startedGame(hot);
  for (let state = await play(); state.sequence < EVENTS && !isOver(state); ) state = await play();
  await hot.consumers.settle(TENANT);
  const open = (platform: Platform) => () => platform.game.state(TENANT, sessionId);
  await redis.config('RESETSTAT');
  const opened = await byTurns({ hot: open(hot), cold: open(cold) }, TURNS_PER_ROUND);
  const share = await redisShare(redis);
  const games = { hot: await startedGame(hot), cold: await startedGame(cold) };
  const plays = { hot: games.hot.play, cold: games.cold.play };
  const played = await byTurns(plays, ACTIONS_PER_ROUND, () => hot.consumers.settle(TENANT));
  return [
    rowOf(`opening a session of ${EVENTS} events`, opened, share),
    rowOf('an action, and opening its session behind it', played, null),
  ];
}

/** Rows by hand: a million days of play would take hours. */
async function fillBoard(admin: pg.Client, tenantId: string, boardId: string): Promise<string[]> {
  await admin.query('SET session_replication_role = replica');
  const { rows } = await admin.query<{ id: string }>(
    `WITH made AS (
       INSERT INTO auth.users (tenant_id, email, display_name)
       SELECT $1, 'rank' || n || '@example.invalid', 'Rank ' || n FROM generate_series(1, $3::int) AS n RETURNING id),
     placed AS (
       INSERT INTO social.leaderboard_entries (tenant_id, leaderboard_id, user_id, score, achieved_at)
       SELECT $1, $2, id, abs(hashtext(id::text)) % 100000, now() - random() * interval '1 year' FROM made
       RETURNING user_id)
     SELECT user_id AS id FROM placed LIMIT 500`,
    [tenantId, boardId, people],
  );
  await admin.query('SET session_replication_role = origin');
  await admin.query('ANALYZE social.leaderboard_entries');
  return rows.map(({ id }) => id);
}

async function measureRanks({ hot, cold }: Pair, admin: pg.Client, redis: Redis): Promise<string[][]> {
  const { id: tenantId } = await hot.tenancy.locate(TENANT);
  const boardId = uuidv7();
  await admin.query(
    `INSERT INTO social.leaderboards (tenant_id, id, key, name, metric, entrant, cadence, starts_at)
     VALUES ($1, $2, 'bench', 'Bench', 'score', 'person', 'all_time', '1970-01-01')`,
    [tenantId, boardId],
  );
  const asked = await fillBoard(admin, tenantId, boardId);
  const begun = performance.now();
  const whole = await hot.tenancy.run(TENANT, async (tx) => {
    const board = (await listBoards(tx)).find(({ id }) => id === boardId);
    return board !== undefined && followBoard(tx, hot.cache, board);
  });
  if (!whole) throw new Error('Nobody else is at the board.');
  const seconds = (performance.now() - begun) / 1_000;
  let next = 0;
  const rank = (platform: Platform) => () => {
    next += 1;
    const id = asked[next % asked.length] ?? '';
    return platform.tenancy.run(TENANT, (tx) => placesAround(tx, platform.cache, boardId, { id }));
  };
  await redis.config('RESETSTAT');
  const ranked = await byTurns({ hot: rank(hot), cold: rank(cold) }, RANKS_PER_ROUND);
  const share = await redisShare(redis);
  return [
    rowOf(`rank of one in ${people}`, ranked, share),
    [`making the copy of such a board: ${(people / seconds).toFixed(0)} places a second`, '', '', '', ''],
  ];
}

/** Many more than of the others, since the slowest of a hundred is wanted. */
const DECISIONS = 2_000;

/** The slowest of a hundred, after as many that warm up. */
async function measureDecisions({ hot, cold }: Pair): Promise<string[][]> {
  const [player] = await hot.tenancy.run(TENANT, (tx) => listPlayers(tx, 1));
  if (!player) throw new Error('The seed gives the tenant people.');
  const times = { hot: [] as number[], cold: [] as number[] };
  for (let turn = -DECISIONS; turn < DECISIONS; turn += 1)
    for (const [name, { tenancy, cache }] of [['hot', hot] as const, ['cold', cold] as const]) {
      const begun = performance.now();
      await tenancy.run(TENANT, (tx) => may(tx, cache, player.id, 'game.sessions.play'));
      if (turn >= 0) times[name].push(performance.now() - begun);
    }
  const [hit, miss] = [latenciesOf(times.hot), latenciesOf(times.cold)];
  return (['p50', 'p99'] as const).map((rank) => [
    `whether a person may, ${rank}`,
    ...[hit[rank].toFixed(3), miss[rank].toFixed(3), (hit[rank] / miss[rank]).toFixed(2), ''],
  ]);
}

/** Microseconds that Redis says a script took it. */
async function redisShare(redis: Redis): Promise<number> {
  const stats = await redis.info('commandstats');
  return Number(/cmdstat_evalsha:.*usec_per_call=([\d.]+)/.exec(stats)?.[1] ?? Number.NaN);
}

const { url: redisUrl } = await redisUp();
if (redisUrl === null) throw new Error('This compares with Redis, and there is none: see pnpm dmz stack up.');
const rows = await withBenchDatabase('bench_cache', POOL_SIZE, async ({ admin, appUrl }) => {
  const redis = new Redis(redisUrl);
  await redis.flushdb();
  const pair = {
    hot: openPlatform({ appUrl, redisUrl, redisAnswerMs: 1_000, poolSize: POOL_SIZE }),
    cold: openPlatform({ appUrl, poolSize: POOL_SIZE }),
  };
  try {
    await pair.hot.cache.whenOpen();
    return [
      ...(await measureDecisions(pair)),
      ...(await measureSessions(pair, redis)),
      ...(await measureRanks(pair, admin, redis)),
    ];
  } finally {
    await redis.flushdb();
    redis.disconnect();
    await pair.hot.close();
    await pair.cold.close();
  }
});

report('cache', options, {
  title: 'Copies in Redis',
  about: 'What a copy in Redis saves, against the same answer from PostgreSQL alone.',
  command: 'pnpm bench:cache --record',
  columns: ['what', 'with Redis, ms', 'without, ms', 'ratio', 'in Redis, us'],
  rows,
  reading: [
    'Each time includes entering the tenant, and the look into PostgreSQL that confirms the copy.',
    'Wanted: a rank takes Redis well under a millisecond, and a decision less than ten at p99 without a hit.',
    'A decision is believed for a stated time, and not confirmed.',
  ],
});
