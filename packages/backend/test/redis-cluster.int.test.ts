/** The same code works on a cluster: each tenant's keys are on one node, and no script touches two. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { verifyCache } from '../src/caching/verify-cache.ts';
import { forgetTenant, scanKeys } from '../src/kernel/cache/index.ts';
import { redisDown, redisUp } from '../src/kernel/stack/index.ts';
import { listBoards, topPlaces } from '../src/modules/social/index.ts';
import type { Platform } from '../src/platform.ts';
import { useDatabase } from './harness/database.ts';
import { effectsOf, recordOnce, useJobPrograms } from './harness/jobs.ts';
import { playedGame } from './harness/play.ts';

const TENANTS = ['small-company', 'mid-company', 'consumers'] as const;
const SLOTS = 16_384;
const SHARE = Math.ceil(SLOTS / 3);

describe('a cluster of three nodes', () => {
  const db = useDatabase();
  const programs = useJobPrograms(db);
  const folders = [0, 1, 2].map(() => fs.mkdtempSync(path.join(os.tmpdir(), 'dmz-node-')));
  let nodes: URL[];
  let platform: Platform;

  beforeAll(async () => {
    const started = folders.map(async (stateFolder) => {
      // A node keeps the map of its cluster on the disk.
      fs.chmodSync(stateFolder, 0o777);
      const settings = ['cluster-enabled yes', 'databases 1', `dir ${stateFolder}`];
      const { url } = await redisUp({ stateFolder, settings });
      return new URL(url!);
    });
    nodes = await Promise.all(started);
    await joinNodes(nodes);
    // Each node has a password of its own, and a client of the cluster has one for all.
    platform = db.open({ redisUrl: `redis+cluster://:one@${nodes.map(({ host }) => host).join(',')}` });
    expect(await platform.cache.whenOpen(10_000)).toBe(true);
  });
  afterAll(async () => {
    for (const stateFolder of folders) {
      await redisDown({ stateFolder });
      fs.rmSync(stateFolder, { recursive: true });
    }
  });

  it('serves what one server would', async () => {
    const located = await Promise.all(TENANTS.map((each) => platform.tenancy.locate(each)));
    const tenants = located.map(({ id, slug }) => ({ id, slug, active: true }));
    for (const { slug } of tenants) {
      const { sessionId, state } = await playedGame(platform, slug, { seed: 4, events: 120 });
      await expect.poll(() => platform.game.state(slug, sessionId)).toEqual(state);
      const [board] = await platform.tenancy.run(slug, listBoards);
      const top = await platform.tenancy.run(slug, (tx) =>
        topPlaces(tx, platform.cache, board!.id, { count: 3 }),
      );
      expect(top.places.length).toBeGreaterThan(0);
    }
    expect(platform.cache.isOpen).toBe(true);
    const perNode = await Promise.all(nodes.map(keysOf));
    for (const { id } of tenants) {
      const holding = perNode.filter((keys) => keys.some((key) => key.startsWith(`{${id}}`)));
      expect(holding).toHaveLength(1);
    }
    const report = await verifyCache(platform, tenants);
    expect(report?.findings).toEqual([]);
    expect(report?.checked).toBe(perNode.flat().length);
  });

  it('carries jobs, each queue on one node', async () => {
    const redisUrl = `redis+cluster://:one@${nodes.map(({ host }) => host).join(',')}`;
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
    const perNode = await Promise.all(nodes.map(keysOf));
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

const openNode = (url: URL) => new Redis(url.href, { maxRetriesPerRequest: 1 });

async function keysOf(url: URL): Promise<string[]> {
  const node = openNode(new URL(url.href.replace(/:[^:@/]*@/, ':one@')));
  return node.keys('*').finally(() => node.disconnect());
}

async function joinNodes(urls: readonly URL[]): Promise<void> {
  const all = urls.map(openNode);
  try {
    for (const [at, node] of all.entries()) {
      await node.call('CLUSTER', 'ADDSLOTSRANGE', at * SHARE, Math.min((at + 1) * SHARE, SLOTS) - 1);
      await node.config('SET', 'requirepass', 'one');
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
