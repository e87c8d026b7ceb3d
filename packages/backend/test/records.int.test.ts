/** Evidence is taken back by later records alone: in every table that has records, at every placement, by one winner. */
import { eq } from 'drizzle-orm';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { evidenceRecords } from '../src/evidence/evidence-records.ts';
import { isDmzError } from '../src/kernel/errors/index.ts';
import { readTenantTables, type TenantTable, tenantIdOf } from '../src/kernel/isolation/tenant-tables.ts';
import type { TenantTx } from '../src/kernel/tenancy/index.ts';
import { invoices } from '../src/modules/billing/index.ts';
import { billingTables } from '../src/modules/billing/schema.ts';
import { userAchievements } from '../src/modules/economy/index.ts';
import { attestations, completions } from '../src/modules/training/index.ts';
import { trainingTables } from '../src/modules/training/schema.ts';
import type { Platform } from '../src/platform.ts';
import { useDatabase } from './harness/database.ts';
import { KeyService } from './harness/key-service.ts';
import { schemaTenant } from './harness/schema-tenant.ts';
import { fillTables, insertGuess } from './isolation/fill-tables.ts';

const TENANT = 'consumers';
const OTHER = 'small-company';
/** A guess can point at a row that is not there. */
const TRIES = 50;
const refusedWith = (code: string) => expect.objectContaining({ code });

describe('records', () => {
  const db = useDatabase();
  let platform: Platform;
  let admin: pg.Client;
  let tables: readonly TenantTable[];
  let tenantId: string;
  beforeAll(async () => {
    platform = db.open({ masterKeys: new KeyService() });
    admin = await db.connectAsAdmin();
    tables = await readTenantTables(admin);
    tenantId = await tenantIdOf(admin, TENANT);
    await fillTables(admin, tables, tenantId);
    // What was guessed for keys opens nothing.
    await admin.query('DELETE FROM governance.tenant_keys; DELETE FROM governance.subject_keys');
  });

  const run = <Result>(work: (tx: TenantTx) => Promise<Result>, tenant = TENANT) =>
    platform.tenancy.run(tenant, work);

  /** A valid original in any table, all of it guessed but what is given. @returns its id */
  async function original(name: string, given: Readonly<Record<string, string>> = {}): Promise<string> {
    const table = tables.find((each) => each.name === name)!;
    const id = uuidv7();
    const texts = table.columns.filter(({ name: column }) =>
      table.checks.some(
        ({ name: check, columns }) => check.endsWith('_encrypted_check') && columns.includes(column),
      ),
    );
    const literals = {
      ...Object.fromEntries(texts.map((column) => [column.name, 'NULL'])),
      ...(name === 'billing.invoices' ? { buyer_ciphertext: `'${await sealedBuyer(id)}'` } : {}),
      ...given,
    };
    const own = {
      id: `'${id}'`,
      status: "'valid'",
      supersedes_id: 'NULL',
      status_reason: 'NULL',
      ...literals,
    };
    let refusal: pg.DatabaseError | undefined;
    for (let tries = 0; tries < TRIES; tries += 1) {
      await admin.query('BEGIN');
      // An invoice is whole with its lines alone.
      if (name === 'billing.invoices') await admin.query('SET LOCAL session_replication_role = replica');
      refusal = await insertGuess(admin, table, tenantId, { fixed: new Map(Object.entries(own)) });
      await admin.query(refusal ? 'ROLLBACK' : 'COMMIT');
      if (!refusal) return id;
    }
    throw refusal;
  }
  const sealedBuyer = (id: string) =>
    run(async (tx) => {
      const buyer = { buyerCiphertext: '{"name":"Acme"}' };
      return (await platform.keys.sealForTenant(tx, billingTables(tx).invoices, id, buyer)).columns
        .buyerCiphertext;
    });
  const GIVEN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'economy.user_achievements': { ordinal: '1' },
    'billing.invoices': { kind: "'invoice'" },
    'ugc.moderation_decisions': { decision: "'approve'", subject_key_id: 'NULL' },
  };

  it('are known of every table that has them', async () => {
    const { rows } = await admin.query(
      `SELECT table_schema || '.' || table_name AS name FROM information_schema.columns
       WHERE column_name = 'supersedes_id' AND table_schema NOT LIKE 'tenant\\_%' ORDER BY 1`,
    );
    expect(rows.length).toBeGreaterThan(15);
    expect(evidenceRecords.map(({ name }) => name).sort()).toEqual(rows.map(({ name }) => name));
  });

  it.each(evidenceRecords.filter(({ name }) => name !== 'billing.invoices'))(
    'of $name are invalidated once, and say why',
    async (records) => {
      const { name } = records;
      const id = await original(name, GIVEN[name]);
      const before = await run((tx) => records.count(tx));
      expect(await run((tx) => records.standing(tx, id))).toEqual({
        state: 'valid',
        successorId: null,
        reason: null,
      });
      const made = await run((tx) => records.invalidate(tx, platform.keys, id, 'duplicate'));
      expect(made).toMatchObject({ status: 'invalidated', supersedesId: id, statusReason: 'duplicate' });
      expect(await run((tx) => records.standing(tx, id))).toEqual({
        state: 'invalidated',
        successorId: made.id,
        reason: 'duplicate',
      });
      const valid = (await run((tx) => records.validNow(tx))).map((row) => row.id);
      expect([valid.includes(id), valid.includes(made.id)]).toEqual([false, false]);
      const after = await run((tx) => records.count(tx));
      expect([after.valid, after.invalidated]).toEqual([before.valid - 1, before.invalidated + 1]);
      const history = await run((tx) => records.history(tx, id));
      expect(history.map((row) => row.id)).toEqual([id, made.id]);
      const again = run((tx) => records.invalidate(tx, platform.keys, id, 'correction'));
      await expect(again).rejects.toThrowError(refusedWith('RECORDS_ALREADY_SUCCEEDED'));
      const undoing = run((tx) => records.invalidate(tx, platform.keys, made.id, 'correction'));
      await expect(undoing).rejects.toThrowError(refusedWith('RECORDS_NOT_VALID'));
    },
  );

  it('are superseded, again and again, and the last one holds', async () => {
    const first = await original('training.completions', { score_permille: '100' });
    const [second, third] = await run(async (tx) => {
      const next = await completions.supersede(tx, platform.keys, first, 'correction', {
        scorePermille: 200,
      });
      return [
        next,
        await completions.supersede(tx, platform.keys, next.id, 'appeal', { scorePermille: 300 }),
      ];
    });
    const history = await run((tx) => completions.history(tx, second!.id));
    expect(history.map((row) => [row.id, row.scorePermille, row.statusReason])).toEqual([
      [first, 100, null],
      [second!.id, 200, 'correction'],
      [third!.id, 300, 'appeal'],
    ]);
    const [one, ...rest] = history;
    for (const row of rest)
      expect(row).toMatchObject({
        userId: one!.userId,
        programId: one!.programId,
        completedAt: one!.completedAt,
      });
    const valid = await run((tx) => completions.validNow(tx, (table) => eq(table.userId, one!.userId)));
    const ids = valid.map(({ id }) => id);
    expect(ids).toContain(third!.id);
    expect(ids).not.toContain(first);
    expect(ids).not.toContain(second!.id);
    expect(await run((tx) => completions.standing(tx, first))).toMatchObject({ state: 'superseded' });
  });

  it('have one successor, whoever takes one back at once; who comes second can go on', async () => {
    const id = await original('training.completions');
    const wins: string[] = [];
    const codes = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        run(async (tx) => {
          const way =
            at % 2 === 0
              ? completions.invalidate(tx, platform.keys, id, 'duplicate')
              : completions.supersede(tx, platform.keys, id, 'correction', { scorePermille: at });
          try {
            wins.push((await way).id);
            return 'won';
          } catch (error) {
            if (!isDmzError(error)) throw error;
            // The transaction is as good as before.
            expect(error.data).toEqual({ id, successorId: (await completions.standing(tx, id)).successorId });
            return error.code;
          }
        }),
      ),
    );
    expect(codes.filter((code) => code === 'won')).toHaveLength(1);
    expect(codes.filter((code) => code === 'RECORDS_ALREADY_SUCCEEDED')).toHaveLength(19);
    expect(await run((tx) => completions.standing(tx, id))).toMatchObject({ successorId: wins[0] });
  });

  it('of another tenant are not there', async () => {
    const id = await original('training.completions');
    const theirs = run((tx) => completions.invalidate(tx, platform.keys, id, 'duplicate'), OTHER);
    await expect(theirs).rejects.toThrowError(refusedWith('RECORDS_UNKNOWN'));
    expect(await run((tx) => completions.standing(tx, id))).toMatchObject({ state: 'valid' });
  });

  it('are taken back only in the way that their table knows', async () => {
    const award = await original('economy.user_achievements', { ordinal: '1' });
    const superseding = run((tx) => userAchievements.supersede(tx, platform.keys, award, 'correction', {}));
    await expect(superseding).rejects.toThrowError(refusedWith('RECORDS_SUCCESSION_REFUSED'));
    expect(
      await run((tx) => userAchievements.invalidate(tx, platform.keys, award, 'misconduct')),
    ).toMatchObject({
      ordinal: 2,
    });
    const invoice = await original('billing.invoices', GIVEN['billing.invoices']);
    const voiding = run((tx) => invoices.invalidate(tx, platform.keys, invoice, 'duplicate'));
    await expect(voiding).rejects.toThrowError(refusedWith('RECORDS_SUCCESSION_REFUSED'));
    expect(await run((tx) => invoices.history(tx, invoice))).toHaveLength(1);
  });

  it('repeat what a person wrote, encrypted for the new row, as long as it can be read', async () => {
    const plain = await original('training.attestations');
    const [{ userId, policyVersionId, method, attestedAt } = never()] = await run((tx) =>
      attestations.history(tx, plain),
    );
    await run((tx) => attestations.invalidate(tx, platform.keys, plain, 'duplicate'));
    const others = await run(async (tx) => {
      const [version] = await tx
        .select({ id: trainingTables(tx).policyVersions.id })
        .from(trainingTables(tx).policyVersions)
        .where(eq(trainingTables(tx).policyVersions.id, policyVersionId));
      return version;
    });
    expect(others).toBeDefined();
    const open = (id: string) =>
      run(async (tx) => {
        const rows = await attestations.history(tx, id);
        return platform.keys.open(tx, trainingTables(tx).attestations, rows);
      });
    const id = uuidv7();
    const { rows: free } = await admin.query(
      `SELECT id FROM auth.users WHERE tenant_id = $1 AND id <> $2 AND id NOT IN (SELECT user_id FROM training.attestations) LIMIT 1`,
      [tenantId, userId],
    );
    const person = free[0].id;
    const next = await run(async (tx) => {
      const table = trainingTables(tx).attestations;
      const texts = { signatoryName: 'Åse Ødegård', ipAddress: '192.0.2.7' };
      const { columns } = await platform.keys.sealForPerson(tx, person, table, id, texts);
      await attestations.issue(tx, { id, userId: person, policyVersionId, method, attestedAt, ...columns });
      return attestations.supersede(tx, platform.keys, id, 'correction', { method: 'step_up' });
    });
    const [first, second] = await open(id);
    expect(second).toMatchObject({
      id: next.id,
      method: 'step_up',
      signatoryName: { text: 'Åse Ødegård' },
      ipAddress: { text: '192.0.2.7' },
      userAgent: null,
    });
    expect(first?.signatoryName?.text).toBe('Åse Ødegård');
    await run((tx) => platform.keys.forget(tx, person));
    await run((tx) => attestations.invalidate(tx, platform.keys, next.id, 'withdrawal'));
    expect((await open(id)).map(({ signatoryName }) => signatoryName)).toEqual([
      { text: null, forgottenAt: expect.any(Date) },
      { text: null, forgottenAt: expect.any(Date) },
      null,
    ]);
  });

  it('work the same in a schema of the tenant’s own', async () => {
    const { slug } = await schemaTenant({ adminUrl: db.adminUrl, platform }, 'own-records');
    const unknown = run((tx) => completions.standing(tx, uuidv7()), slug);
    await expect(unknown).rejects.toThrowError(refusedWith('RECORDS_UNKNOWN'));
    const achievements = await run((tx) => userAchievements.validNow(tx), slug);
    for (const { id } of achievements)
      await run((tx) => userAchievements.invalidate(tx, platform.keys, id, 'misconduct'), slug);
    expect(await run((tx) => userAchievements.validNow(tx), slug)).toEqual([]);
  });
});

function never(): never {
  throw new Error('The row is there.');
}
