/** Pools of e-mails: taken once each, filled once for however many find them low, and played and replayed with. */
import { Redis } from 'ioredis';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../test/harness/database.ts';
import { somePlayer } from '../../test/harness/play.ts';
import { redisOfFile } from '../../test/harness/redis.ts';
import { callDmz } from '../../test/harness/run-dmz.ts';
import { emailsOfSession, POOL_FULL, POOL_LEAST, takeEmails } from '../modules/content/index.ts';
import { listJobs } from '../modules/integration/index.ts';
import type { Platform } from '../platform.ts';

const TENANT = 'small-company';

describe('pools of e-mails', () => {
  const db = useDatabase();
  let admin: pg.Client;
  let redis: Redis;
  let playerId: string;
  let tenantId: string;
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    redis = new Redis(redisOfFile());
    playerId = await somePlayer(db.platform, TENANT);
    ({ id: tenantId } = await db.platform.tenancy.locate(TENANT));
    expect(await db.platform.cache.whenOpen()).toBe(true);
  });
  afterAll(() => redis.disconnect());

  const startFresh = (platform: Platform = db.platform) =>
    platform.game.start(TENANT, { actionId: uuidv7(), playerId, seed: 5, days: 2, fresh: true });
  async function runJobs(platform: Platform = db.platform) {
    platform.queues.start({ tenants: async () => [], pollMs: 60_000 });
    await platform.queues.settle(TENANT);
    await platform.queues.stop();
  }
  const jobs = () => db.platform.tenancy.run(TENANT, (tx) => listJobs(tx, { name: 'generation' }, 100));
  async function sizes(): Promise<number[]> {
    const { rows } = await admin.query(
      `SELECT count(*) FILTER (WHERE taken_by_session_id IS NULL)::int AS n FROM content.pool_emails GROUP BY difficulty ORDER BY difficulty`,
    );
    return rows.map(({ n }) => n);
  }
  const versionOf = async (sessionId: string) => {
    const { rows } = await admin.query('SELECT content_version AS version FROM game.sessions WHERE id = $1', [
      sessionId,
    ]);
    return rows[0].version;
  };
  const given = (sessionId: string) =>
    db.platform.tenancy.run(TENANT, (tx) => emailsOfSession(tx, sessionId));
  const supply = (difficulty: number) => redis.smembers(`{${tenantId}}:pool:${difficulty}`);

  it('that are empty are asked for once by however many sessions start, which play the released pack', async () => {
    const started = await Promise.all([1, 2, 3, 4].map(() => startFresh()));
    for (const { sessionId } of started) expect(await versionOf(sessionId)).toBe('base@1');
    expect(await jobs()).toHaveLength(5);
    await runJobs();
    expect(await sizes()).toEqual([POOL_FULL, POOL_FULL, POOL_FULL, POOL_FULL, POOL_FULL]);
    await expect.poll(async () => (await supply(3)).length).toBe(POOL_FULL);
  });

  it('have every e-mail reviewed, and say who wrote it from which seed', async () => {
    const { rows } = await admin.query(
      `SELECT j.inputs->>'seed' AS seed, l.provider, l.model, count(*)::int AS emails
         FROM content.pool_emails AS p
         JOIN ai.generation_jobs AS j ON j.id = p.generation_job_id
         JOIN ai.generation_log AS l ON l.job_id = j.id
         JOIN ai.safety_reviews AS r ON r.generation_log_id = l.id AND r.content_sha256 = p.template_sha256
        WHERE r.verdict = 'passed' GROUP BY 1, 2, 3`,
    );
    expect(rows).toHaveLength(5);
    for (const row of rows)
      expect(row).toMatchObject({ provider: 'local', model: 'template-variants@1', emails: POOL_FULL });
  });

  it('are not filled again by a job that is run once more', async () => {
    await admin.query(
      `UPDATE integration.jobs SET state = 'waiting', due_at = now(), ended_at = NULL, payload = '{"difficulty": 2}'
       WHERE name = 'generation' AND key = '2:empty'`,
    );
    await runJobs();
    expect(await sizes()).toEqual([POOL_FULL, POOL_FULL, POOL_FULL, POOL_FULL, POOL_FULL]);
  });

  it('give each e-mail to one session alone, with Redis and without, and are asked for again in time', async () => {
    const without = db.open({ redisUrl: null });
    const started = await Promise.all(
      Array.from({ length: 16 }, (_, at) => startFresh(at % 2 === 0 ? db.platform : without)),
    );
    const keys = (await Promise.all(started.map(({ sessionId }) => given(sessionId)))).map((emails) =>
      emails.map(({ key }) => key),
    );
    expect(keys.map((each) => each.length)).toEqual(started.map(() => 10));
    expect(new Set(keys.flat()).size).toBe(160);
    expect(await sizes()).toEqual([18, 18, 18, 18, 18]);
    expect(18).toBeLessThan(POOL_LEAST);
    // Those that take at once do not see one another; whoever comes next does.
    await startFresh();
    expect((await jobs()).filter(({ state }) => state === 'waiting')).toHaveLength(5);
    await runJobs();
    expect(await sizes()).toEqual([POOL_FULL, POOL_FULL, POOL_FULL, POOL_FULL, POOL_FULL]);
    const { sessionId } = started[0] as { sessionId: string };
    expect(await versionOf(sessionId)).toBe(`base--${sessionId}@1`);
  });

  it('take nothing for a session that is rolled back, or is asked for again', async () => {
    const before = await sizes();
    const undone = db.platform.tenancy.run(TENANT, async (tx) => {
      await takeEmails(tx, db.platform.cache, uuidv7(), 1, 2);
      throw new RangeError('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await sizes()).toEqual(before);
    const request = { actionId: uuidv7(), playerId, seed: 5, days: 2, fresh: true };
    const first = await db.platform.game.start(TENANT, request);
    const again = await db.platform.game.start(TENANT, request);
    expect(again.sessionId).toBe(first.sessionId);
    expect(await sizes()).toEqual(before.map((n) => n - 2));
  });

  it('are played with, and the session replays identically in another program', async () => {
    const { sessionId } = await startFresh();
    const act = (action: unknown) => db.platform.game.act(TENANT, { sessionId, actionId: uuidv7(), action });
    await act({ type: 'acknowledge_day' });
    await db.platform.consumers.settle(TENANT);
    const replayed = await callDmz(['session', 'replay', sessionId, '--verify', '--json'], db.environment);
    expect(JSON.parse(replayed.out)).toMatchObject({ sessions: 1, identical: true, mismatches: [] });
  });

  it('have a copy in Redis that is verified, made again, and worth nothing where it lies', async () => {
    const dmz = async (command: string) =>
      JSON.parse((await callDmz(['cache', command, '--tenant', TENANT, '--json'], db.environment)).out);
    expect((await dmz('verify')).findings).toEqual([]);
    await redis.sadd(`{${tenantId}}:pool:4`, uuidv7(), 'no id at all');
    expect((await dmz('verify')).findings).toMatchObject([
      { rule: 'pool-is-its-rows' },
      { rule: 'pool-is-its-rows' },
    ]);
    await redis.del(`{${tenantId}}:pool:4`);
    await redis.sadd(`{${tenantId}}:pool:4`, uuidv7(), 'no id at all');
    expect(await given((await startFresh()).sessionId)).toHaveLength(10);
    await dmz('rebuild');
    expect((await dmz('verify')).findings).toEqual([]);
    expect(await supply(4)).toHaveLength((await sizes())[3] ?? 0);
  });
});
