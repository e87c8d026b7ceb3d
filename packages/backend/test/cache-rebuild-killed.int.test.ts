/** `dmz cache rebuild`, killed half-way: the same command goes on, and leaves what an undisturbed one would. */
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { useDatabase } from './harness/database.ts';
import { playedGame } from './harness/play.ts';
import { redisOfFile, withRedis } from './harness/redis.ts';
import { callDmz, startDmz } from './harness/run-dmz.ts';
import { toxicProxy } from './harness/toxic-proxy.ts';

const TENANTS = ['small-company', 'mid-company', 'consumers'] as const;
/** So that there is a half of the way. */
const LATE_MS = 20;

describe('a rebuilding of copies', () => {
  const db = useDatabase();
  const cache = async (command: string) => {
    const { out, err } = await callDmz(['cache', command, '--json'], db.environment);
    if (out === '') throw new Error(err);
    return JSON.parse(out);
  };
  const copies = () =>
    withRedis(redisOfFile(), async (redis) => {
      const names = (await redis.keys('{*')).sort();
      return Promise.all(
        names.map(async (name) => [
          name,
          name.endsWith(':places') ? await redis.zrange(name, '0', '-1') : await redis.hgetall(name),
        ]),
      );
    });

  it('that is killed with SIGKILL goes on where it was, to the same end', async () => {
    for (const tenant of TENANTS) await playedGame(db.platform, tenant, { seed: 3, days: 1 });
    expect(await cache('rebuild')).toMatchObject({ finished: true });
    const whole = await copies();
    expect(whole.length).toBeGreaterThanOrEqual(2 * TENANTS.length);
    await withRedis(redisOfFile(), (redis) => redis.flushdb());

    const proxy = await toxicProxy(redisOfFile());
    proxy.become({ latencyMs: LATE_MS });
    const progress = path.join(db.environment.DMZ_HOME, 'cache-rebuild.json');
    const killed = startDmz(['cache', 'rebuild'], { ...db.environment, REDIS_URL: proxy.url });
    const done = () =>
      fs.existsSync(progress) ? JSON.parse(fs.readFileSync(progress, 'utf8')).done.length : 0;
    await vi.waitUntil(() => done() > 0, { timeout: 30_000, interval: 5 });
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    await proxy.close();
    expect((await copies()).length).toBeLessThan(whole.length);

    const rest = await cache('rebuild');
    expect(rest).toMatchObject({ finished: true });
    expect(rest.boards).toBeLessThan(TENANTS.length);
    expect(await copies()).toEqual(whole);
    expect(fs.existsSync(progress)).toBe(false);
    expect((await cache('verify')).findings).toEqual([]);
  });
});
