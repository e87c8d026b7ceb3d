/** People are told things: in their inbox, and by e-mails that a platform without a provider leaves in its outbox folder. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../test/harness/database.ts';
import { somePlayer } from '../../test/harness/play.ts';
import { personFile } from '../kernel/person-files.ts';
import { FileMasterKeys } from '../kernel/privacy/index.ts';
import { dropJobsOf, listJobs } from '../modules/integration/index.ts';
import type { NewMessage } from '../modules/notification/index.ts';
import type { Platform } from '../platform.ts';
import { notifyPerson } from './notify-person.ts';

const TENANT = 'small-company';

describe('telling a person something', () => {
  const db = useDatabase();
  let admin: pg.Client;
  let platform: Platform;
  let userId: string;
  let tenantId: string;

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    const masterKeys = new FileMasterKeys(path.join(db.environment.DMZ_HOME, 'master-keys'));
    masterKeys.rotate();
    platform = db.open({ masterKeys, redisUrl: null });
    userId = await somePlayer(platform, TENANT);
    ({ id: tenantId } = await platform.tenancy.locate(TENANT));
    await admin.query('DELETE FROM notification.preferences');
  });

  const message = (occasion: string, more: Partial<NewMessage> = {}): NewMessage => ({
    ...{ userId, templateKey: 'training.assignment.made', category: 'training', deduplicationKey: occasion },
    parameters: { programTitle: 'Übung für\r\nBcc: all@people.example', dueOn: '1 May' },
    ...more,
  });
  const notify = (wanted: NewMessage) => platform.tenancy.run(TENANT, (tx) => notifyPerson(tx, wanted));
  async function runJobs() {
    platform.queues.start({ tenants: async () => [], pollMs: 60_000 });
    await platform.queues.settle(TENANT);
    await platform.queues.stop();
  }
  async function deliveriesOf(occasion: string) {
    const { rows } = await admin.query(
      `SELECT d.channel, d.attempt, d.outcome, d.address_ciphertext IS NOT NULL AS addressed
         FROM notification.deliveries AS d JOIN notification.messages AS m ON (m.tenant_id, m.id) = (d.tenant_id, d.message_id)
        WHERE m.deduplication_key = $1 ORDER BY d.channel DESC, d.attempt`,
      [occasion],
    );
    return rows;
  }
  const waiting = async () =>
    (await platform.tenancy.run(TENANT, (tx) => listJobs(tx, { name: 'notifications' }, 100))).filter(
      ({ state }) => state === 'waiting',
    );
  const outbox = () => {
    const folder = path.dirname(personFile('outbox', { tenantId, userId }, 'x'));
    return existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : [];
  };

  it('reaches inbox and mailbox once, however often the occasion is told and the jobs are run', async () => {
    await notify(message('once'));
    await notify(message('once'));
    await runJobs();
    await admin.query(
      `UPDATE integration.jobs SET state = 'waiting', due_at = now(), ended_at = NULL, user_id = $1,
         payload = (SELECT jsonb_build_object('userId', $1::uuid, 'messageId', m.id, 'channel', 'email')
                      FROM notification.messages AS m WHERE m.deduplication_key = 'once')
       WHERE name = 'notifications'`,
      [userId],
    );
    await runJobs();
    expect(await deliveriesOf('once')).toEqual([
      { channel: 'in_app', attempt: 1, outcome: 'delivered', addressed: false },
      { channel: 'email', attempt: 1, outcome: 'sent', addressed: true },
    ]);
    expect(outbox()).toHaveLength(1);
  });

  it('is an e-mail that nobody’s words can add a header to', () => {
    const text = readFileSync(outbox()[0] ?? '', 'utf8');
    const [head = '', body = ''] = text.split('\r\n\r\n');
    const unfolded = head.replaceAll('\r\n ', ' ').split('\r\n');
    expect(unfolded.map((line) => line.split(':')[0])).not.toContain('Bcc');
    const subject = unfolded.find((line) => line.startsWith('Subject:')) ?? '';
    const words = [...subject.matchAll(/=\?utf-8\?B\?(.*?)\?=/g)].map(([, word = '']) => word);
    expect(words.map((word) => Buffer.from(word, 'base64').toString()).join('')).toContain('Übung für');
    expect(Buffer.from(body, 'base64').toString()).toMatch(/You have been assigned Übung/);
    expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  });

  it('heeds what they have switched off and when they rest, but for what must be told', async () => {
    await admin.query(
      `INSERT INTO notification.preferences (tenant_id, user_id, category, channel, enabled, digest)
       VALUES ($1, $2, 'game', 'email', false, 'immediate'), ($1, $2, 'training', 'email', true, 'weekly')`,
      [tenantId, userId],
    );
    await notify(message('game', { category: 'game' }));
    await notify(message('weekly'));
    await notify(message('must', { category: 'security' }));
    await runJobs();
    const inbox = { channel: 'in_app', attempt: 1, outcome: 'delivered', addressed: false };
    expect(await deliveriesOf('game')).toEqual([inbox]);
    expect(await deliveriesOf('weekly')).toEqual([inbox]);
    expect(await deliveriesOf('must')).toMatchObject([inbox, { channel: 'email', outcome: 'sent' }]);
    const [held] = await waiting();
    expect(held?.dueAt?.getUTCDay()).toBe(1);
  });

  it('without a value that the wording asks for fails with the name of it, and says nothing of the person', async () => {
    await notify(message('gap', { parameters: { dueOn: 'secret' } }));
    await runJobs();
    const failed = (await waiting()).filter(({ lastErrorCode }) => lastErrorCode !== null);
    expect(failed.map(({ lastErrorCode }) => lastErrorCode)).toEqual(['NOTIFICATION_VALUE_MISSING']);
    expect(await deliveriesOf('gap')).toEqual([]);
  });

  it('is not done for who is not active, nor of a rolled back transaction, and goes with the person', async () => {
    await admin.query("UPDATE auth.users SET status = 'suspended' WHERE id = $1", [userId]);
    await notify(message('suspended'));
    const undone = platform.tenancy.run(TENANT, async (tx) => {
      await notifyPerson(tx, message('undone'));
      throw new RangeError('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await runJobs();
    expect([await deliveriesOf('suspended'), await deliveriesOf('undone')]).toEqual([[], []]);
    await platform.tenancy.run(TENANT, async (tx) => {
      await dropJobsOf(tx, userId);
      for (const store of platform.stores) await store.forget(tx, userId);
    });
    expect([outbox(), await waiting()]).toEqual([[], []]);
  });
});
