/** What a person asks for is looked at: by their roles, by how often, and whose it is. Bots and programs do not come this way. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Redis } from 'ioredis';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../test/harness/database.ts';
import { redisOfFile } from '../../test/harness/redis.ts';
import { callDmz } from '../../test/harness/run-dmz.ts';
import { erasePerson } from '../data-subjects/erase-person.ts';
import { exportPerson } from '../data-subjects/export-person.ts';
import { archiveOfRequest } from '../data-subjects/requested-export.ts';
import { type Limit, whoIsPresent } from '../kernel/cache/index.ts';
import { FileMasterKeys } from '../kernel/privacy/index.ts';
import type { Tenancy } from '../kernel/tenancy/index.ts';
import { listPlayers } from '../modules/auth/index.ts';
import { PLAY_ACTIONS } from '../modules/game/index.ts';
import { EXPORT_REQUESTS, findRequest } from '../modules/governance/index.ts';
import { listJobs } from '../modules/integration/index.ts';
import type { Platform } from '../platform.ts';
import { askForExport } from './ask-for-export.ts';
import { actAsPerson } from './play-as-person.ts';

const TENANT = 'small-company';

describe('a person', () => {
  const db = useDatabase();
  let admin: pg.Client;
  let redis: Redis;
  let platform: Platform;
  let tenantId: string;
  let people: string[];
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    redis = new Redis(redisOfFile());
    const masterKeys = new FileMasterKeys(path.join(db.environment.DMZ_HOME, 'master-keys'));
    masterKeys.rotate();
    platform = db.open({ masterKeys });
    expect(await platform.cache.whenOpen()).toBe(true);
    ({ id: tenantId } = await platform.tenancy.locate(TENANT));
    people = (await platform.tenancy.run(TENANT, (tx) => listPlayers(tx, 3))).map(({ id }) => id);
  });
  afterAll(() => redis.disconnect());

  const person = (at: number): string => people[at] ?? '';
  async function ownGame(userId: string): Promise<string> {
    const request = { actionId: uuidv7(), playerId: userId, seed: 7, days: 3 };
    return (await platform.game.start(TENANT, request)).sessionId;
  }
  const act = (userId: string, sessionId: string, using = platform) =>
    actAsPerson(using, TENANT, userId, {
      sessionId,
      actionId: uuidv7(),
      action: { type: 'acknowledge_day' },
    });
  /** As if they had just done it as often as they may. */
  async function useUp({ name, perMs }: Limit, userId: string): Promise<void> {
    const [seconds, microseconds] = await redis.time();
    const used = Number(seconds) * 1e6 + Number(microseconds) + perMs * 1e3;
    await redis.set(`{${tenantId}}:limit:${name}:${userId}`, String(used));
  }
  const ask = (userId: string) => platform.tenancy.run(TENANT, (tx) => askForExport(tx, platform, userId));
  async function runJobs() {
    platform.queues.start({ tenants: async () => [], pollMs: 60_000 });
    await platform.queues.settle(TENANT);
    await platform.queues.stop();
  }

  it('who plays is there, until they are not', async () => {
    await act(person(0), await ownGame(person(0)));
    const there = () => platform.tenancy.run(TENANT, (tx) => whoIsPresent(tx, platform.cache));
    await expect.poll(there).toEqual([person(0)]);
    const status = await callDmz(['cache', 'status', '--json'], db.environment);
    expect(JSON.parse(status.out)).toMatchObject({ present: 1 });
  });

  it('plays their own game alone, and not without a role that allows it', async () => {
    const sessionId = await ownGame(person(0));
    await expect(act(person(1), sessionId)).rejects.toMatchObject({ code: 'GAME_SESSION_UNKNOWN' });
    await admin.query("UPDATE auth.users SET status = 'suspended' WHERE id = $1", [person(1)]);
    const other = await ownGame(person(1));
    await expect(act(person(1), other)).rejects.toMatchObject({ code: 'ENTRY_NOT_ALLOWED' });
    await admin.query("UPDATE auth.users SET status = 'active' WHERE id = $1", [person(1)]);
    await redis.del(`{${tenantId}}:permissions:${person(1)}`);
  });

  it('is told when they act again where they act too often, which holds nobody else up', async () => {
    const [own, other] = [await ownGame(person(0)), await ownGame(person(2))];
    await useUp(PLAY_ACTIONS, person(0));
    await expect(act(person(0), own)).rejects.toMatchObject({
      code: 'ENTRY_TOO_OFTEN',
      data: { retryInMs: expect.any(Number) },
    });
    expect(await act(person(2), other)).toMatchObject({ sessionId: other });
    const without = db.open({ redisUrl: null });
    expect(await act(person(0), own, without)).toMatchObject({ sessionId: own });
  });

  it('who asks for their data twice is answered once, in a file that nobody else has, and told', async () => {
    const request = await ask(person(0));
    expect((await ask(person(0))).id).toBe(request.id);
    await runJobs();
    // The messages, which are written at the end of the first job.
    await runJobs();
    const file = archiveOfRequest({ tenantId, userId: person(0) }, request.id);
    expect(existsSync(file)).toBe(true);
    const answered = await platform.tenancy.run(TENANT, (tx) => findRequest(tx, request.id));
    expect(answered?.status).toBe('fulfilled');
    const { rows } = await admin.query(
      `SELECT d.channel FROM notification.deliveries AS d JOIN notification.messages AS m ON m.id = d.message_id
        WHERE m.deduplication_key = $1 ORDER BY 1`,
      [`export:${request.id}`],
    );
    expect(rows).toEqual([{ channel: 'email' }, { channel: 'in_app' }]);
    await useUp(EXPORT_REQUESTS, person(0));
    await expect(ask(person(0))).rejects.toMatchObject({ code: 'ENTRY_TOO_OFTEN' });
  });

  it('whose export was killed before it was recorded gets it from the next run, and one that was answered stays', async () => {
    const request = await ask(person(2));
    const whose = { tenantId, userId: person(2) };
    const out = archiveOfRequest(whose, request.id);
    // A program that writes the archive, and is never heard of again.
    let transactions = 0;
    const tenancy: Tenancy = Object.create(platform.tenancy);
    tenancy.run = (...args) => {
      transactions += 1;
      return transactions === 3 ? new Promise(() => {}) : platform.tenancy.run(...args);
    };
    void exportPerson(
      { tenancy, keys: platform.keys },
      { tenant: TENANT, user: person(2), out, requestId: request.id },
    );
    await expect.poll(() => existsSync(out) && transactions === 3, { timeout: 20_000 }).toBe(true);
    await runJobs();
    expect((await platform.tenancy.run(TENANT, (tx) => findRequest(tx, request.id)))?.status).toBe(
      'fulfilled',
    );
    await admin.query(
      `UPDATE integration.jobs SET state = 'waiting', due_at = now(), ended_at = NULL,
         payload = jsonb_build_object('userId', $1::uuid, 'requestId', $2::uuid) WHERE name = 'exports' AND key = $2::text`,
      [person(2), request.id],
    );
    await runJobs();
    const exports = await platform.tenancy.run(TENANT, (tx) => listJobs(tx, { name: 'exports' }, 10));
    expect(exports.map(({ state }) => state)).toEqual(['done', 'done']);
    const { rows } = await admin.query('SELECT id FROM governance.privacy_requests WHERE user_id = $1', [
      person(2),
    ]);
    expect(rows).toHaveLength(1);
  });

  it('who is forgotten leaves no file, and no export that was to come', async () => {
    const files = ['exports', 'outbox'] as const;
    await redis.del(`{${tenantId}}:limit:export:${person(0)}`);
    await ask(person(0));
    await erasePerson(platform, { tenant: TENANT, user: person(0), reason: 'request 17' });
    const folder = path.dirname(archiveOfRequest({ tenantId, userId: person(0) }, 'x'));
    for (const kind of files) expect(existsSync(folder.replace('exports', kind))).toBe(false);
    await runJobs();
    expect(existsSync(folder)).toBe(false);
  });
});
