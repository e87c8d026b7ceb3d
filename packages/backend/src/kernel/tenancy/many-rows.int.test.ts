/** Many rows by one statement: the very values that were given, in the transaction’s own tenant. */
import { asc, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { allow } from '../../../test/harness/allow.ts';
import type { SqlClient } from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { integrationTables } from '../../modules/integration/schema.ts';
import { insertMissingAndTell, insertMissingRows, insertRows, type TenantTx, updateRows } from './index.ts';

const TENANT = 'small-company';

describe('many rows', () => {
  const db = useDatabase();
  let admin: SqlClient;

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    await allow(db, ['UPDATE ON integration.outbox']);
  });

  const inTenant = <Result>(work: (tx: TenantTx) => Promise<Result>, tenant = TENANT) =>
    db.platform.tenancy.run(tenant, work);
  const outbox = (tx: TenantTx) => integrationTables(tx).outbox;
  const row = (key: string, more: object = {}) => ({
    id: uuidv7(),
    topic: 'webhook' as const,
    eventType: 'test.rows.written',
    orderingKey: uuidv7(),
    deduplicationKey: key,
    payload: { key },
    ...more,
  });
  const stored = (key: string) =>
    inTenant((tx) =>
      tx
        .select()
        .from(outbox(tx))
        .where(eq(outbox(tx).deduplicationKey, key)),
    );

  it('are stored as they were given, whatever stands in them', async () => {
    const text = `it’s "quoted", \\ and \t\n{}, 日本, 🙂, '; DROP TABLE x; --`;
    const at = new Date('2026-02-28T23:59:59.123Z');
    const payload = { text, list: [1, 2.5, -3, { deep: [null, true] }], empty: {} };
    await inTenant((tx) =>
      insertRows(tx, outbox(tx), [row(text, { payload, publishedAt: at, lastErrorCode: null })]),
    );
    expect(await stored(text)).toMatchObject([
      { deduplicationKey: text, payload, publishedAt: at, lastErrorCode: null },
    ]);
  });

  it('get the defaults of columns that they do not give, each for itself', async () => {
    const [bare, full] = [row('bare'), row('full', { version: 7 })];
    await inTenant((tx) => insertRows(tx, outbox(tx), [bare, full, row('bare too')]));
    expect((await stored('bare'))[0]).toMatchObject({ version: 1 });
    expect((await stored('full'))[0]).toMatchObject({ version: 7 });
    expect((await stored('bare'))[0]?.createdAt).toBeInstanceOf(Date);
  });

  it('are left out where a unique key has them, and the others are told', async () => {
    const [one, other] = [row('one'), row('other')];
    await inTenant((tx) => insertRows(tx, outbox(tx), [one]));
    const again = { ...row('one'), id: uuidv7() };
    const told = await inTenant((tx) => insertMissingAndTell(tx, outbox(tx), [again, other]));
    expect([...told]).toEqual([other.id]);
    await inTenant((tx) => insertMissingRows(tx, outbox(tx), [again]));
    expect(await stored('one')).toMatchObject([{ id: one.id }]);
    await expect(inTenant((tx) => insertRows(tx, outbox(tx), [again]))).rejects.toMatchObject({
      code: 'DATABASE_REFUSED',
    });
  });

  it.each([
    ['a lone surrogate, which would become another text', { eventType: 'a\ud800' }],
    ['a fraction for a whole number', { version: 1.5 }],
    ['what JSON has not', { payload: { a: Number.NaN } }],
    ['no id', { orderingKey: 'nobody' }],
  ])('are refused with %s', async (_, wrong) => {
    const given = { ...row('refused'), ...wrong };
    const refusal = { code: 'VALUE_REFUSED' };
    await expect(inTenant((tx) => insertRows(tx, outbox(tx), [given]))).rejects.toMatchObject(refusal);
    const change = { where: { id: given.id }, set: wrong };
    await expect(inTenant((tx) => updateRows(tx, outbox(tx), [change]))).rejects.toMatchObject(refusal);
  });

  it('are changed where they are found, in the columns that are given alone', async () => {
    const rows = [row('a'), row('b'), row('c')];
    await inTenant((tx) => insertRows(tx, outbox(tx), rows));
    const count = await inTenant((tx) =>
      updateRows(tx, outbox(tx), [
        { where: { id: rows[0]?.id }, set: { lastErrorCode: 'X' } },
        { where: { id: rows[1]?.id }, set: { lastErrorCode: null, eventType: 'test.rows.changed' } },
        { where: { deduplicationKey: 'c', eventType: 'another' }, set: { lastErrorCode: 'Y' } },
      ]),
    );
    expect(count).toBe(2);
    const found = await inTenant((tx) =>
      tx
        .select()
        .from(outbox(tx))
        .orderBy(asc(outbox(tx).deduplicationKey)),
    );
    const facts = found.map(({ deduplicationKey, eventType, lastErrorCode }) => [
      deduplicationKey,
      eventType,
      lastErrorCode,
    ]);
    expect(facts).toEqual(
      expect.arrayContaining([
        ['a', 'test.rows.written', 'X'],
        ['b', 'test.rows.changed', null],
        ['c', 'test.rows.written', null],
      ]),
    );
  });

  it('are nobody else’s', async () => {
    const mine = row('mine');
    await inTenant((tx) => insertRows(tx, outbox(tx), [mine]));
    const change = [{ where: { id: mine.id }, set: { lastErrorCode: 'theirs' } }];
    expect(await inTenant((tx) => updateRows(tx, outbox(tx), change), 'mid-company')).toBe(0);
    const forged = { ...row('forged'), tenantId: (await db.platform.tenancy.locate(TENANT)).id };
    await expect(inTenant((tx) => insertRows(tx, outbox(tx), [forged]), 'mid-company')).rejects.toMatchObject(
      { code: 'DATABASE_REFUSED' },
    );
    expect(await stored('mine')).toMatchObject([{ lastErrorCode: null }]);
  });

  it('are not written once the transaction is over, and a lost connection is told as such', async () => {
    let kept: TenantTx | undefined;
    await inTenant(async (tx) => {
      kept = tx;
    });
    await expect(insertRows(kept!, outbox(kept!), [row('late')])).rejects.toMatchObject({
      code: 'TENANCY_TRANSACTION_ENDED',
    });
    const hasty = db.open({ retryMs: 0 });
    const lost = hasty.tenancy.run(TENANT, async (tx) => {
      const { rows } = await admin.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND usename = 'dmz_app' AND state = 'idle in transaction'`,
      );
      expect(rows).toHaveLength(1);
      await insertRows(tx, outbox(tx), [row('lost')]);
    });
    await expect(lost).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });
});
