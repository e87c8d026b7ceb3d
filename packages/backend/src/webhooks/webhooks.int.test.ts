/** Webhooks against a real server on loopback. TLS is left to Node.js: the requests of this file go to http instead. */
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import http, { type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../../test/harness/database.ts';
import { until } from '../../test/harness/jobs.ts';
import { playedGame } from '../../test/harness/play.ts';
import { callDmz, expectFailure } from '../../test/harness/run-dmz.ts';
import { createLogger } from '../kernel/log.ts';
import { type Post, postWithin } from '../kernel/outbound/index.ts';
import { FileMasterKeys } from '../kernel/privacy/index.ts';
import { listJobs, listSubscriptions } from '../modules/integration/index.ts';
import type { Platform } from '../platform.ts';
import { defineJob } from '../queues/define-job.ts';
import { platformJobs } from '../queues/platform-jobs.ts';
import { Queues } from '../queues/queues.ts';
import { deliverWebhook } from './deliver-webhook.ts';
import { subscribeWebhook } from './subscribe-webhook.ts';

const TENANT = 'small-company';
const EVENT = 'game.day.ended';

interface Told {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe('webhooks', () => {
  const db = useDatabase();
  const told: Told[] = [];
  let answer: (response: http.ServerResponse) => void;
  let server: http.Server;
  let origin: string;
  let platform: Platform;
  let secret: string;

  beforeAll(async () => {
    const masterKeys = new FileMasterKeys(path.join(db.environment.DMZ_HOME, 'master-keys'));
    masterKeys.rotate();
    platform = db.open({ masterKeys, redisUrl: null });
    server = http.createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      told.push({ path: request.url ?? '', headers: request.headers, body });
      answer(response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const admin = await db.connectAsAdmin();
    await admin.query("UPDATE integration.webhook_subscriptions SET status = 'paused'");
    const wanted = { name: 'receiver', url: `${origin}/hook`, eventTypes: [EVENT] };
    ({ secret } = await platform.tenancy.run(TENANT, (tx) => subscribeWebhook(tx, platform.keys, wanted)));
  });
  beforeEach(() => {
    told.length = 0;
    answer = (response) => response.writeHead(204).end();
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const inTheClear: Post = (url, request) =>
    postWithin({ allowPrivate: true })(new URL(url.href.replace('https:', 'http:')), request);

  /** Has every job that waits run, with the pauses of failures left out. */
  async function deliver(post: Post = inTheClear) {
    const office = { tenancy: platform.tenancy, keys: platform.keys, post };
    const { payload } = platformJobs({} as never).webhooks;
    const webhooks = defineJob({
      payload,
      patience: { mostAttempts: 20, firstPauseMs: 1 },
      handle: (job, delivery) => deliverWebhook(office, job, delivery),
    });
    const { tenancy, cache } = platform;
    const queues = new Queues({
      tenancy,
      kinds: { webhooks },
      cache,
      redisUrl: null,
      log: createLogger('silent'),
    });
    queues.start({ tenants: async () => [TENANT], pollMs: 50 });
    await queues.settle(TENANT);
    await queues.stop();
  }
  const jobs = () => platform.tenancy.run(TENANT, (tx) => listJobs(tx, { name: 'webhooks' }, 100));
  const subscription = async () =>
    (await platform.tenancy.run(TENANT, listSubscriptions)).find(({ name }) => name === 'receiver');
  const dueNow = async () => {
    const admin = await db.connectAsAdmin();
    await admin.query("UPDATE integration.jobs SET due_at = now() WHERE state = 'waiting'");
  };
  async function deliveries() {
    const admin = await db.connectAsAdmin();
    const { rows } = await admin.query(
      'SELECT attempt, outcome, http_status AS status, retry_at FROM integration.webhook_deliveries ORDER BY attempted_at',
    );
    return rows;
  }

  it('tell of an event once, signed as receivers check it, however often events are read', async () => {
    await playedGame(platform, TENANT, { days: 1, seed: 3 });
    await platform.consumers.rebuild(TENANT, 'integration.play-outbox');
    expect(await jobs()).toMatchObject([{ state: 'waiting' }]);
    await deliver();
    expect(told).toHaveLength(1);
    const [{ headers, body, path: asked }] = told as [Told];
    expect(asked).toBe('/hook');
    const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = headers;
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    expect(signature).toBe(`v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`);
    expect(Math.abs(Number(at) - Date.now() / 1_000)).toBeLessThan(60);
    expect(JSON.parse(body)).toMatchObject({ type: EVENT, data: { day: 1 } });
    expect(await deliveries()).toEqual([{ attempt: 1, outcome: 'delivered', status: 204, retry_at: null }]);
    await deliver();
    expect(told).toHaveLength(1);
  });

  it('are told again after a failure, under the same id, and of every attempt there is a record', async () => {
    answer = (response) => response.writeHead(told.length < 2 ? 503 : 200, { 'retry-after': '120' }).end();
    await playedGame(platform, TENANT, { days: 1, seed: 4 });
    await deliver();
    const [waiting] = (await jobs()).filter(({ state }) => state === 'waiting');
    expect(waiting).toMatchObject({ lastErrorCode: 'WEBHOOK_REFUSED', attempts: 1 });
    expect(Number(waiting?.dueAt) - Date.now()).toBeGreaterThan(100_000);
    expect(await subscription()).toMatchObject({ failures: 1 });
    await dueNow();
    await deliver();
    expect(new Set(told.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect((await deliveries()).slice(1)).toMatchObject([
      { attempt: 1, outcome: 'refused', status: 503, retry_at: expect.any(Date) },
      { attempt: 2, outcome: 'delivered', status: 200, retry_at: null },
    ]);
    expect(await subscription()).toMatchObject({ failures: 0 });
  });

  it('follow no redirect, and are dead after as many attempts as the subscription asks for', async () => {
    answer = (response) => response.writeHead(302, { location: '/elsewhere' }).end();
    const admin = await db.connectAsAdmin();
    await admin.query(
      "UPDATE integration.webhook_subscriptions SET max_attempts = 2 WHERE name = 'receiver'",
    );
    await playedGame(platform, TENANT, { days: 1, seed: 5 });
    await deliver();
    await dueNow();
    await deliver();
    expect(told.map(({ path: asked }) => asked)).toEqual(['/hook', '/hook']);
    const [dead] = (await jobs()).filter(({ state }) => state === 'dead');
    expect(dead).toMatchObject({ lastErrorCode: 'WEBHOOK_REFUSED', attempts: 2 });
    await callDmz(['queue', 'retry', dead!.id, '--tenant', TENANT], db.environment);
    answer = (response) => response.writeHead(200).end();
    await deliver();
    expect((await deliveries()).at(-1)).toMatchObject({ attempt: 3, outcome: 'delivered' });
  });

  it('wait for no answer for longer than they may', async () => {
    answer = () => {};
    const admin = await db.connectAsAdmin();
    await admin.query(
      "UPDATE integration.webhook_subscriptions SET timeout_ms = 100 WHERE name = 'receiver'",
    );
    await playedGame(platform, TENANT, { days: 1, seed: 6 });
    await deliver();
    expect((await deliveries()).at(-1)).toMatchObject({ outcome: 'timed_out', status: null });
  });

  it('go to no address behind the platform’s own walls, and that is recorded too', async () => {
    await dueNow();
    await deliver(postWithin({ allowPrivate: false }));
    expect(told).toEqual([]);
    const [dead] = (await jobs()).filter(({ state }) => state === 'dead');
    expect(dead).toMatchObject({ lastErrorCode: 'WEBHOOK_ADDRESS_FORBIDDEN' });
    expect((await deliveries()).at(-1)).toMatchObject({ outcome: 'unreachable', status: null });
  });

  it('end where the receiver says that it is gone, with an entry in the audit log', async () => {
    answer = (response) => response.writeHead(410).end();
    await playedGame(platform, TENANT, { days: 1, seed: 8 });
    await deliver();
    expect(await subscription()).toMatchObject({ status: 'disabled' });
    const admin = await db.connectAsAdmin();
    const { rows } = await admin.query(
      "SELECT details FROM admin.audit_log WHERE action = 'integration.webhook.disabled'",
    );
    expect(rows).toEqual([{ details: { gone: true } }]);
    await until(async () => (await jobs()).every(({ state }) => state !== 'running'));
  });

  it('are set up, listed, and made active again by hand', async () => {
    const dmz = (...args: string[]) =>
      callDmz(['webhook', ...args], {
        ...db.environment,
        DMZ_MASTER_KEYS: path.join(db.environment.DMZ_HOME, 'master-keys'),
      });
    const options = ['--tenant', TENANT, '--name', 'second'];
    const made = await dmz(
      'add',
      ...options,
      '--url',
      'https://hooks.example/a',
      '--events',
      EVENT,
      '--json',
    );
    expect(JSON.parse(made.out)).toMatchObject({ secret: expect.stringMatching(/^whsec_/) });
    expectFailure(
      await dmz('add', ...options, '--url', 'http://hooks.example/a', '--events', EVENT),
      'WEBHOOK_URL_INVALID',
      2,
    );
    expectFailure(
      await dmz(
        'add',
        ...options,
        '--url',
        'https://hooks.example/a',
        '--events',
        `${EVENT},game.nothing.happened`,
      ),
      'WEBHOOK_EVENT_UNKNOWN',
      2,
    );
    expect((await dmz('set', '--tenant', TENANT, '--name', 'receiver', '--status', 'active')).status).toBe(0);
    expect(JSON.parse((await dmz('list', '--tenant', TENANT, '--json')).out)).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'receiver', status: 'active', failures: 0 })]),
    );
    expectFailure(
      await dmz('set', '--tenant', TENANT, '--name', 'none', '--status', 'paused'),
      'WEBHOOK_UNKNOWN',
      1,
    );
  });
});
