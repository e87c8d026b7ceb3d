import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlClient } from '../../test/harness/by-hand.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { listPlayers } from '../modules/auth/index.ts';
import { DEMONSTRATION_TENANTS } from '../seed.ts';
import { SCALED_TABLES, type ScaleReport, scaleHistory } from './scale-history.ts';

describe('the multiplied history', () => {
  const db = useDatabase();
  let admin: SqlClient;
  let first: ScaleReport;
  let before: Record<string, number>;
  const progress: [number, number][] = [];

  const scaleTo = (scale: number) =>
    scaleHistory(db.adminUrl, DEMONSTRATION_TENANTS, scale, (done, all) => progress.push([done, all]));

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    before = await counts();
    first = await scaleTo(1);
  });

  it('is as many people again as the tenants had, and says how far it is', () => {
    expect(first.tenants.map(({ slug, people }) => ({ slug, people }))).toEqual(
      DEMONSTRATION_TENANTS.map(({ slug, people }) => ({ slug, people })),
    );
    expect(progress.map(([done]) => done)).toEqual(progress.map(([done]) => done).sort((a, b) => a - b));
    expect(progress.at(-1)).toEqual([320, 320]);
  });

  it('reaches every table, with as many rows as were reported', async () => {
    const after = await counts();
    const added = Object.fromEntries(Object.keys(after).map((name) => [name, after[name]! - before[name]!]));
    expect(Object.entries(added).filter(([, rows]) => rows === 0)).toEqual([]);
    expect(Object.values(added).reduce((sum, rows) => sum + rows, 0)).toBe(first.rows);
    expect(added['auth.users']).toBe(320);
  });

  it('is of the demonstration tenants alone, each with its own people', async () => {
    const { rows } = await admin.query(
      `SELECT tenant.slug, count(*)::int AS people FROM auth.users AS person
       JOIN public.tenants AS tenant ON tenant.id = person.tenant_id
       WHERE person.email LIKE 'scaled%@' || tenant.slug || '.example' GROUP BY tenant.slug`,
    );
    expect(Object.fromEntries(rows.map(({ slug, people }) => [slug, people]))).toEqual(
      Object.fromEntries(DEMONSTRATION_TENANTS.map(({ slug, people }) => [slug, people])),
    );
    expect(rows.reduce((sum, { people }) => sum + people, 0)).toBe(320);
  });

  it('points at nobody of another tenant, in any table, whoever asks', async () => {
    for (const { name } of SCALED_TABLES) {
      const { rows } = await admin.query(
        `SELECT count(*)::int AS strays FROM ${name} WHERE tenant_id NOT IN (SELECT id FROM public.tenants)`,
      );
      expect([name, rows[0].strays]).toEqual([name, 0]);
    }
    const { rows } = await admin.query(
      `SELECT count(*)::int AS strays FROM phishing.sends AS send JOIN public.tenants AS tenant ON tenant.id = send.tenant_id
       WHERE send.recipient_address NOT LIKE '%@' || tenant.slug || '.example'`,
    );
    expect(rows[0].strays).toBe(0);
  });

  it('keeps the ledger’s rules: everything balances, and balances follow the entries', async () => {
    const { rows } = await admin.query(
      `SELECT (SELECT count(*)::int FROM (SELECT FROM economy.ledger_entries GROUP BY tenant_id, transaction_id, currency
                HAVING sum(amount) <> 0) AS unbalanced) AS unbalanced,
        (SELECT count(*)::int FROM economy.wallet_balances AS held WHERE balance <>
          (SELECT sum(amount) FROM economy.ledger_entries AS entry WHERE entry.tenant_id = held.tenant_id
             AND entry.wallet_id = held.wallet_id AND entry.currency = held.currency)) AS wrong`,
    );
    expect(rows[0]).toEqual({ unbalanced: 0, wrong: 0 });
  });

  it('leaves the default partition of events empty', async () => {
    const { rows } = await admin.query('SELECT count(*)::int AS rows FROM analytics.events_default');
    expect(rows[0].rows).toBe(0);
  });

  it('comes after the people that a tenant had', async () => {
    const [player] = await db.platform.tenancy.run('consumers', (tx) => listPlayers(tx, 1));
    expect(player?.email).toBe('player001@consumers.example');
  });

  it('changes nothing a second time, goes on where it is asked for more, and refuses less', async () => {
    const reached = await counts();
    expect((await scaleTo(1)).rows).toBe(0);
    expect(await counts()).toEqual(reached);
    const second = await scaleTo(2);
    expect(second.tenants.map(({ people }) => people)).toEqual(
      DEMONSTRATION_TENANTS.map(({ people }) => people),
    );
    await expect(scaleTo(1)).rejects.toMatchObject({ code: 'SEED_SCALE_SMALLER' });
  });

  async function counts(): Promise<Record<string, number>> {
    const found: Record<string, number> = {};
    for (const { name } of SCALED_TABLES) {
      const { rows } = await admin.query(`SELECT count(*)::int AS rows FROM ${name}`);
      found[name] = rows[0].rows;
    }
    return found;
  }
});
