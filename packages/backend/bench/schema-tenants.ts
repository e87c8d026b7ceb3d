/**
 * Two hundred tenants in schemas of their own on one instance: how long creating each takes, what the program remembers
 * of each once it has served it on every connection, and what their number does to a play action. That is measured in
 * turns with a database that has one such tenant: at one tenant among the many, and going round all of them. Nothing is
 * asserted, since machines are noisy.
 */
import v8 from 'node:v8';
import vm from 'node:vm';
import { v7 as uuidv7 } from 'uuid';
import { listPlayers } from '../src/modules/auth/index.ts';
import type { Platform } from '../src/platform.ts';
import { createTenant } from '../src/provisioning/create-tenant.ts';
import { latenciesOf } from '../src/simulate/percentile.ts';
import { type BenchDatabase, withBenchDatabase } from './bench-database.ts';
import { benchmarkOptions, median, report } from './report.ts';

const options = benchmarkOptions();
const tenants = options.quick ? 20 : 200;
const CONNECTIONS = 4;
/** A session is short, so that opening it costs the same throughout. */
const ACTIONS_PER_SESSION = 30;
const MEBIBYTE = 2 ** 20;

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc') as () => void;

/** What is still in use, in bytes. */
function inUse(): number {
  for (let turn = 0; turn < 3; turn += 1) collectGarbage();
  return process.memoryUsage().heapUsed;
}

const slugOf = (at: number) => `crowd-${at}`;

async function createOne({ platform, adminUrl }: BenchDatabase, slug: string): Promise<number> {
  const begun = performance.now();
  await createTenant(
    { tenancy: platform.tenancy, controlUrl: adminUrl },
    { slug, name: slug, plan: 'professional', region: 'eu', tier: 'schema', trialPeople: 1 },
  );
  return performance.now() - begun;
}

/** Plays one legal action after the other at a tenant. */
class Player {
  readonly #platform: Platform;
  readonly #tenant: string;
  #sessionId = '';
  #actions = ACTIONS_PER_SESSION;

  constructor(platform: Platform, tenant: string) {
    this.#platform = platform;
    this.#tenant = tenant;
  }

  /** @returns how long the action took, in ms; starting a session is not counted */
  async act(): Promise<number> {
    if (this.#actions >= ACTIONS_PER_SESSION) await this.#start();
    this.#actions += 1;
    const action = { type: this.#actions % 2 === 1 ? 'pause' : 'resume' };
    const begun = performance.now();
    await this.#platform.game.act(this.#tenant, { sessionId: this.#sessionId, actionId: uuidv7(), action });
    return performance.now() - begun;
  }

  async #start(): Promise<void> {
    const [player] = await this.#platform.tenancy.run(this.#tenant, (tx) => listPlayers(tx, 1));
    if (!player) throw new Error(`${this.#tenant} was furnished with people.`);
    const start = { actionId: uuidv7(), playerId: player.id, seed: 1, days: 10 };
    this.#sessionId = (await this.#platform.game.start(this.#tenant, start)).sessionId;
    this.#actions = 0;
  }
}

/** As many players at once as there are connections, so that each connection has served each tenant. */
async function serveOnce(platform: Platform, slugs: readonly string[]): Promise<void> {
  for (const slug of slugs) {
    const players = Array.from({ length: CONNECTIONS }, () => new Player(platform, slug));
    for (let turn = 0; turn < 4; turn += 1) await Promise.all(players.map((player) => player.act()));
  }
}

interface Course {
  readonly what: string;
  readonly players: readonly Player[];
  readonly latencies: number[];
  readonly p99s: number[];
}

const courseOf = (what: string, platform: Platform, slugs: readonly string[]): Course => ({
  what,
  players: slugs.map((slug) => new Player(platform, slug)),
  latencies: [],
  p99s: [],
});

async function run({ players, latencies, p99s }: Course): Promise<void> {
  const deadline = performance.now() + options.roundMs;
  const measured: number[] = [];
  for (let at = 0; performance.now() < deadline; at += 1) {
    const player = players[at % players.length];
    if (player) measured.push(await player.act());
  }
  latencies.push(...measured);
  p99s.push(latenciesOf(measured).p99);
}

interface Measured {
  readonly createMs: readonly number[];
  readonly perTenantMiB: number;
  readonly courses: readonly Course[];
}

async function measure(alone: BenchDatabase, crowd: BenchDatabase): Promise<Measured> {
  await createOne(alone, slugOf(0));
  const slugs = Array.from({ length: tenants }, (_, at) => slugOf(at));
  const createMs: number[] = [];
  for (const slug of slugs) {
    createMs.push(await createOne(crowd, slug));
    if (process.stderr.isTTY) process.stderr.write(`\r${createMs.length} of ${tenants} tenants created `);
  }
  await serveOnce(alone.platform, [slugOf(0)]);
  await serveOnce(crowd.platform, slugs.slice(0, 1));
  const before = inUse();
  await serveOnce(crowd.platform, slugs.slice(1));
  const perTenantMiB = (inUse() - before) / (tenants - 1) / MEBIBYTE;
  const courses = [
    courseOf('one tenant, alone', alone.platform, [slugOf(0)]),
    courseOf(`one tenant of ${tenants}`, crowd.platform, [slugOf(0)]),
    courseOf(`each of ${tenants} tenants in turn`, crowd.platform, slugs),
  ];
  for (let round = 0; round < options.rounds; round += 1) for (const course of courses) await run(course);
  return { createMs, perTenantMiB, courses };
}

const { createMs, perTenantMiB, courses } = await withBenchDatabase(
  'bench_schema_alone',
  CONNECTIONS,
  (alone) => withBenchDatabase('bench_schema_crowd', CONNECTIONS, (crowd) => measure(alone, crowd)),
);

/** Ratios are taken round by round, so that what slows the machine slows both. */
const rows = courses.map(({ what, latencies, p99s }) => {
  const ratios = p99s.map((p99, round) => p99 / (courses[0]?.p99s[round] ?? Number.NaN));
  const { p50, p99 } = latenciesOf(latencies);
  return [what, latencies.length, p50.toFixed(2), p99.toFixed(2), median(ratios).toFixed(2)];
});
const created = latenciesOf(createMs);

report('schema-tenants', options, {
  title: 'Tenants in schemas of their own',
  about: `Play actions while ${tenants} tenants have a schema of their own on one instance, against one tenant that has; over ${CONNECTIONS} connections that have all served every tenant.`,
  command: 'pnpm bench:schema-tenants --record',
  columns: ['play actions at', 'number', 'median, ms', 'p99, ms', 'ratio of p99'],
  rows,
  reading: [
    `Creating a tenant took ${(created.p50 / 1_000).toFixed(2)} s in the middle, ${(created.max / 1_000).toFixed(2)} s at most; wanted: under 3 s.`,
    `The program keeps ${perTenantMiB.toFixed(2)} MiB of each tenant that it has served on every connection; wanted: under 2 MB.`,
    'Wanted of the ratio: at most 1.1.',
  ],
});
