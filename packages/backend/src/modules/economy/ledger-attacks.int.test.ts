/** Plain SQL as the application, by somebody who means to create money: nothing of it commits. */
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { enterTenant } from '../../kernel/isolation/enter-tenant.ts';

interface Attack {
  readonly name: string;
  readonly state: string;
  /** Statements of one transaction after the tenant was entered; COMMIT follows. */
  readonly statements: (its: Scene) => readonly string[];
}

interface Scene {
  readonly id: string;
  readonly tenant: string;
  readonly other: string;
  /** A system wallet, from which anything can be paid. */
  readonly source: string;
  readonly person: string;
  /** A transaction of two entries that has committed. */
  readonly booked: string;
}

const header = ({ tenant, id }: Scene, count = 2) =>
  `INSERT INTO economy.transactions (tenant_id, id, kind, idempotency_key, entry_count, occurred_at)
   VALUES ('${tenant}', '${id}', 'transfer', '${id}', ${count}, now())`;

const entry = (its: Scene, position: number, wallet: string, amount: string | number, currency = 'credits') =>
  `INSERT INTO economy.ledger_entries (tenant_id, transaction_id, position, wallet_id, currency, amount)
   VALUES ('${its.tenant}', '${its.id}', ${position}, '${wallet}', '${currency}', ${amount})`;

const balanced = (its: Scene) => [entry(its, 1, its.source, -5), entry(its, 2, its.person, 5)];

const ATTACKS: readonly Attack[] = [
  { name: 'a header without entries', state: 'ZD031', statements: (its) => [header(its)] },
  {
    name: 'a header that states none',
    state: '23514',
    statements: (its) => [header(its, 0)],
  },
  {
    name: 'one side alone',
    state: 'ZD031',
    statements: (its) => [header(its), entry(its, 1, its.person, 5)],
  },
  {
    name: 'two sides of two currencies',
    state: 'ZD030',
    statements: (its) => [header(its), entry(its, 1, its.source, -5), entry(its, 2, its.person, 5, 'intel')],
  },
  {
    name: 'an amount of zero for the other side',
    state: '23514',
    statements: (its) => [header(its), entry(its, 1, its.person, 5), entry(its, 2, its.source, 0)],
  },
  {
    name: 'an amount that overflows the balance',
    state: '22003',
    statements: (its) => [
      header(its, 4),
      entry(its, 1, its.source, '-9223372036854775807'),
      entry(its, 2, its.person, '9223372036854775807'),
      entry(its, 3, its.source, '-9223372036854775807'),
      entry(its, 4, its.person, '9223372036854775807'),
    ],
  },
  {
    name: 'a sum that overflows back to zero',
    state: 'ZD030',
    statements: (its) => [
      header(its, 4),
      ...[1, 2].map((at) => entry(its, at, its.source, '-9223372036854775808')),
      ...[3, 4].map((at) => entry(its, at, its.source, -1)),
    ],
  },
  {
    name: 'entries after the check was made to run',
    state: 'ZD031',
    statements: (its) => [
      header(its),
      ...balanced(its),
      'SET CONSTRAINTS ALL IMMEDIATE',
      entry(its, 3, its.person, 5),
    ],
  },
  {
    name: 'a check that ran within a savepoint, whose entries are rolled back',
    state: 'ZD031',
    statements: (its) => [
      header(its),
      'SAVEPOINT before',
      ...balanced(its),
      'SET CONSTRAINTS ALL IMMEDIATE',
      'ROLLBACK TO SAVEPOINT before',
    ],
  },
  {
    name: 'other entries in place of those that the check saw',
    state: 'ZD030',
    statements: (its) => [
      header(its),
      'SAVEPOINT before',
      ...balanced(its),
      'SET CONSTRAINTS ALL IMMEDIATE',
      'ROLLBACK TO SAVEPOINT before',
      entry(its, 1, its.person, 5),
      entry(its, 2, its.person, 6),
    ],
  },
  {
    name: 'an entry for a transaction that is booked',
    state: 'ZD031',
    statements: (its) => [entry({ ...its, id: its.booked }, 3, its.person, 5)],
  },
  {
    name: 'an entry in place of a booked one',
    state: '23505',
    statements: (its) => [entry({ ...its, id: its.booked }, 2, its.person, 50)],
  },
  {
    name: 'a booked amount made larger on conflict',
    state: '42501',
    statements: (its) => [
      `${entry({ ...its, id: its.booked }, 2, its.person, 50)}
       ON CONFLICT (tenant_id, transaction_id, position) DO UPDATE SET amount = 50`,
    ],
  },
  {
    name: 'an unbalanced transaction by MERGE',
    state: 'ZD030',
    statements: (its) => [
      header(its),
      `MERGE INTO economy.ledger_entries AS t
         USING (VALUES (1, '${its.source}'::uuid, -5), (2, '${its.person}'::uuid, 6)) AS s (position, wallet, amount)
         ON false WHEN NOT MATCHED THEN INSERT (tenant_id, transaction_id, position, wallet_id, currency, amount)
         VALUES ('${its.tenant}', '${its.id}', s.position, s.wallet, 'credits', s.amount)`,
    ],
  },
  {
    name: 'another tenant set before COMMIT, by a variable that says nothing',
    state: 'ZD030',
    statements: (its) => [
      header(its),
      entry(its, 1, its.person, 5),
      entry(its, 2, its.person, 6),
      `SELECT set_config('dmz.tenant_id', '${its.other}', true)`,
    ],
  },
  {
    name: 'the tenant put away before COMMIT, where the check sees nothing',
    state: 'ZD001',
    statements: (its) => [
      header(its),
      entry(its, 1, its.person, 5),
      entry(its, 2, its.person, 6),
      'RESET ALL',
    ],
  },
  {
    name: 'the other side in another tenant’s books',
    state: '42501',
    statements: (its) => [
      header(its),
      entry(its, 1, its.person, 5),
      entry({ ...its, tenant: its.other }, 2, its.source, -5),
    ],
  },
  {
    name: 'a wallet that becomes the system’s, to be overdrawn',
    state: '42501',
    statements: (its) => [
      `UPDATE economy.wallets SET user_id = NULL, system_account = 'fees' WHERE id = '${its.person}'`,
    ],
  },
  {
    name: 'a balance written by hand',
    state: '42501',
    statements: (its) => [
      `UPDATE economy.wallet_balances SET balance = 1000 WHERE wallet_id = '${its.person}'`,
    ],
  },
  {
    name: 'triggers switched off',
    state: '42501',
    statements: () => ["SET LOCAL session_replication_role = 'replica'"],
  },
];

describe('the ledger under attack', () => {
  const db = useDatabase();
  let app: pg.Client;
  let scene: Omit<Scene, 'id'>;

  const run = async (...statements: readonly string[]) => {
    await app.query('BEGIN');
    try {
      await enterTenant(app, scene.tenant);
      for (const statement of statements) await app.query(statement);
      await app.query('COMMIT');
    } catch (error) {
      await app.query('ROLLBACK');
      throw error;
    }
  };
  const total = async () => {
    const admin = await db.connectAsAdmin();
    const { rows } = await admin.query(
      'SELECT count(*), sum(amount) FROM economy.ledger_entries UNION ALL SELECT count(*), sum(balance) FROM economy.wallet_balances',
    );
    await admin.end();
    return rows;
  };

  beforeAll(async () => {
    app = await db.connectAsApp();
    const admin = await db.connectAsAdmin();
    const { id: tenant } = await db.platform.tenancy.locate('consumers');
    const { id: other } = await db.platform.tenancy.locate('small-company');
    const wallet = async (owner: string): Promise<string> =>
      (
        await admin.query(`SELECT id FROM economy.wallets WHERE tenant_id = $1 AND ${owner} LIMIT 1`, [
          tenant,
        ])
      ).rows[0].id;
    const source = await wallet("system_account = 'issuance'");
    const person = await wallet('user_id IS NOT NULL');
    scene = { tenant, other, source, person, booked: uuidv7() };
    const first = { ...scene, id: scene.booked };
    await run(header(first), ...balanced(first));
  });

  it.each(ATTACKS)('refuses $name', async ({ statements, state }) => {
    const before = await total();
    await expect(run(...statements({ ...scene, id: uuidv7() }))).rejects.toMatchObject({ code: state });
    expect(await total()).toEqual(before);
  });
});
