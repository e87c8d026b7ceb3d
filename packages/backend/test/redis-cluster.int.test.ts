/** The same code works on a cluster: each tenant's keys are on one node, no script touches two, and a lost node takes its own keys alone. */
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { verifyCache } from '../src/caching/verify-cache.ts';
import { slotOf } from '../src/kernel/cache/cluster-slots.ts';
import { allow, forgetTenant, present, scanKeys, whoIsPresent } from '../src/kernel/cache/index.ts';
import { may } from '../src/modules/auth/index.ts';
import { PLAY_ACTIONS } from '../src/modules/game/index.ts';
import { changeSettings, tenantSettings } from '../src/modules/org/index.ts';
import { listBoards, placesAround, topPlaces } from '../src/modules/social/index.ts';
import type { Platform } from '../src/platform.ts';
import { useDatabase } from './harness/database.ts';
import { effectsOf, recordOnce, useJobPrograms } from './harness/jobs.ts';
import { ownRedis } from './harness/own-redis.ts';
import { playedGame, somePlayer } from './harness/play.ts';

const TENANTS = ['small-company', 'mid-company', 'consumers'] as const;
const SLOTS = 16_384;
/** Each node has a password of its own, and a client of the cluster has one for all. */
const PASSWORD = 'one';

describe('a cluster of three nodes', () => {
  const db = useDatabase();
  const programs = useJobPrograms(db);
  const servers = TENANTS.map(() => ownRedis(nodeSettings));
  let tenants: { readonly id: string; readonly slug: string; readonly active: true }[];
  let nodes: URL[];
  let redisUrl: string;
  let platform: Platform;

  beforeAll(async () => {
    await Promise.all(servers.map((server) => server.restart()));
    nodes = servers.map(({ url }) => new URL(url));
    const located = await Promise.all(TENANTS.map((each) => db.platform.tenancy.locate(each)));
    tenants = located.map(({ id, slug }) => ({ id, slug, active: true }));
    await joinNodes(
      nodes,
      tenants.map(({ id }) => slotOf(`{${id}}`)),
    );
    redisUrl = `redis+cluster://:${PASSWORD}@${nodes.map(({ host }) => host).join(',')}`;
    platform = db.open({ redisUrl, redisAnswerMs: 1_000 });
    expect(await platform.cache.whenOpen(10_000)).toBe(true);
  });
  afterAll(() => Promise.all(servers.map((server) => server.remove())));

  const holding = async (id: string) => {
    const perNode = await Promise.all(nodes.map((node) => keysOf(node)));
    return perNode.flatMap((keys, at) => (keys.some((key) => key.startsWith(`{${id}}`)) ? [at] : []));
  };
  const copiedSequence = (at: number, id: string, sessionId: string) =>
    askNode(nodes[at]!, async (node) => Number(await node.hget(`{${id}}:session:${sessionId}`, 'sequence')));

  it('serves what one server would', async () => {
    for (const { slug } of tenants) {
      const { sessionId, state } = await playedGame(platform, slug, { seed: 4, events: 120 });
      await expect.poll(() => platform.game.state(slug, sessionId)).toEqual(state);
      await useEveryScript(platform, slug);
    }
    expect(platform.cache.isOpen).toBe(true);
    const perNode = await Promise.all(nodes.map((node) => keysOf(node)));
    for (const { id } of tenants) expect(await holding(id)).toHaveLength(1);
    const report = await verifyCache(platform, tenants);
    expect(report?.findings).toEqual([]);
    expect(report?.checked).toBe(perNode.flat().length);
  });

  it('goes on without a node that is killed, uses the others meanwhile, and all of them when it is back', async () => {
    const [lost, ...others] = tenants;
    const [at = 0] = await holding(lost!.id);
    // While they play: none of their actions may fail.
    const playing = tenants.map(({ slug }) => playedGame(platform, slug, { seed: 8, events: 150 }));
    await sleep(200);
    await servers[at]!.kill();
    for (const { accepted } of await Promise.all(playing)) expect(accepted.length).toBeGreaterThan(10);
    await expect.poll(() => platform.cache.isOpen).toBe(false);
    for (const { id, slug } of others) {
      const [place = 0] = await holding(id);
      const { sessionId, state } = await playedGame(platform, slug, { seed: 5, events: 80 });
      await expect.poll(() => copiedSequence(place, id, sessionId)).toBe(state.sequence);
    }
    const { state, sessionId } = await playedGame(platform, lost!.slug, { seed: 5, events: 80 });
    expect(await platform.game.state(lost!.slug, sessionId)).toEqual(state);
    expect(platform.cache.isOpen).toBe(false);

    await servers[at]!.restart();
    await askNode(nodes[at]!, (node) => node.config('SET', 'requirepass', PASSWORD), nodes[at]!.password);
    expect(await platform.cache.whenOpen(20_000)).toBe(true);
    const again = await playedGame(platform, lost!.slug, { seed: 6, events: 80 });
    await expect.poll(() => copiedSequence(at, lost!.id, again.sessionId)).toBe(again.state.sequence);
    expect((await verifyCache(platform, tenants))?.findings).toEqual([]);
  });

  it('is followed when a tenant’s keys have moved to another node', async () => {
    const [{ id, slug } = { id: '', slug: '' }] = tenants;
    const [from = 0] = await holding(id);
    const to = (from + 1) % nodes.length;
    const name = await askNode(nodes[to]!, (node) => node.call('CLUSTER', 'MYID'));
    for (const node of nodes)
      await askNode(node, async (each) => {
        const moved = (await keysOf(node)).filter((key) => key.startsWith(`{${id}}`));
        if (moved.length > 0) await each.unlink(...moved);
        await each.call('CLUSTER', 'SETSLOT', slotOf(`{${id}}`), 'NODE', String(name));
      });
    const { sessionId, state } = await playedGame(platform, slug, { seed: 7, events: 80 });
    await expect.poll(() => copiedSequence(to, id, sessionId)).toBe(state.sequence);
    expect(platform.cache.isOpen).toBe(true);
  });

  it('is used again for a slot that nobody had for a while, without a word from anybody', async () => {
    const [{ id, slug } = { id: '', slug: '' }] = tenants;
    const [at = 0] = await holding(id);
    const slot = slotOf(`{${id}}`);
    await askNode(nodes[at]!, async (node) => {
      for (const key of await node.keys(`{${id}}*`)) await node.unlink(key);
      await node.call('CLUSTER', 'DELSLOTS', slot);
    });
    const during = await playedGame(platform, slug, { seed: 9, events: 60 });
    expect(during.accepted.length).toBeGreaterThan(10);
    await askNode(nodes[at]!, (node) => node.call('CLUSTER', 'ADDSLOTS', slot));
    await expect
      .poll(async () => (await allows(slug)) && (await holding(id)).length, { timeout: 20_000 })
      .toBe(1);
    expect(platform.cache.isOpen).toBe(true);
  });

  const allows = (slug: string) =>
    platform.tenancy.run(
      slug,
      async (tx) => (await allow(tx, platform.cache, PLAY_ACTIONS, uuidv7())).allowed,
    );

  it('carries jobs, each queue on one node', async () => {
    const handle = recordOnce(() => db.platform);
    const [teller, worker] = [
      await programs.open({ redisUrl, handle }),
      await programs.open({ redisUrl, handle }),
    ];
    worker.queues.start({ tenants: async () => [], pollMs: 60_000 });
    const ids = await Promise.all(TENANTS.map((each) => teller.enqueue(each, 'told')));
    const admin = await db.connectAsAdmin();
    await expect
      .poll(() => effectsOf(admin), { timeout: 20_000 })
      .toEqual(Object.fromEntries(ids.map((id) => [id, 1])));
    await worker.queues.stop();
    const perNode = await Promise.all(nodes.map((node) => keysOf(node)));
    expect(
      perNode.filter((keys) => keys.some((key) => key.includes('{dmz:queue:notifications}'))),
    ).toHaveLength(1);
  });

  it('forgets a tenant, wherever it is', async () => {
    const { id } = await platform.tenancy.locate('consumers');
    expect(await forgetTenant(platform.cache, id)).toBeGreaterThan(0);
    const left: string[] = [];
    await scanKeys(platform.cache, '*', (names) => void left.push(...names));
    expect(left.length).toBeGreaterThan(0);
    expect(left.filter((name) => name.includes(id))).toEqual([]);
  });
});

/** Limits, presence, answers that are read through, and boards. */
async function useEveryScript(platform: Platform, slug: string): Promise<void> {
  const { tenancy, cache } = platform;
  const player = await somePlayer(platform, slug);
  await tenancy.run(slug, async (tx) => {
    expect(await allow(tx, cache, PLAY_ACTIONS, player)).toEqual({ allowed: true });
    await present(tx, cache, player);
    expect(await whoIsPresent(tx, cache)).toEqual([player]);
    await may(tx, cache, player, 'game.sessions.play');
    await tenantSettings(tx, cache);
    const [board] = await listBoards(tx);
    expect((await topPlaces(tx, cache, board!.id, { count: 3 })).places.length).toBeGreaterThan(0);
    expect((await placesAround(tx, cache, board!.id, { id: player })).places).toHaveLength(1);
  });
  await tenancy.run(slug, (tx) => changeSettings(tx, cache, { weekStartsOn: 7 }));
  expect((await tenancy.run(slug, (tx) => tenantSettings(tx, cache))).weekStartsOn).toBe(7);
}

/** A node keeps the map of its cluster on the disk. */
function nodeSettings(folder: string): string[] {
  fs.chmodSync(folder, 0o777);
  return [
    'cluster-enabled yes',
    'databases 1',
    `dir ${folder}`,
    'cluster-node-timeout 1000',
    // Else the others refuse to serve what they have.
    'cluster-require-full-coverage no',
  ];
}

async function askNode<Result>(
  url: URL,
  work: (node: Redis) => Promise<Result>,
  password = PASSWORD,
): Promise<Result> {
  const node = new Redis(Number(url.port), url.hostname, { password, maxRetriesPerRequest: 0 });
  node.on('error', () => {});
  return work(node).finally(() => node.disconnect());
}

/** None, where the node is not there. */
const keysOf = (url: URL): Promise<string[]> => askNode(url, (node) => node.keys('*')).catch(() => []);

/** @param slots  one for each node: it has all from there to the next one's */
async function joinNodes(urls: readonly URL[], slots: readonly number[]): Promise<void> {
  const begins = slots.toSorted((one, other) => one - other).with(0, 0);
  const all = urls.map((url) => new Redis(url.href, { maxRetriesPerRequest: 1 }));
  try {
    for (const [at, node] of all.entries()) {
      await node.call('CLUSTER', 'ADDSLOTSRANGE', begins[at]!, (begins[at + 1] ?? SLOTS) - 1);
      await node.config('SET', 'requirepass', PASSWORD);
    }
    const [first] = all;
    for (const { hostname, port } of urls.slice(1)) await first!.call('CLUSTER', 'MEET', hostname, port);
    const isWhole = async () => {
      const infos = await Promise.all(all.map((node) => node.call('CLUSTER', 'INFO')));
      return infos.every((info) => /cluster_state:ok[\s\S]*cluster_known_nodes:3/.test(String(info)));
    };
    await vi.waitUntil(isWhole, { timeout: 20_000, interval: 100 });
  } finally {
    for (const node of all) node.disconnect();
  }
}
