/**
 * What is append-only is never changed or removed: the application has no right to, and the trigger refuses everyone
 * else, the owner and a superuser included; on the table and on each partition. The tables come from the live
 * catalogue, by the kind that their comments name.
 */
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attempt, type Context, describeOutcome } from '../src/kernel/isolation/attempt.ts';
import { enterTenant } from '../src/kernel/isolation/enter-tenant.ts';
import { type Field, insertion } from '../src/kernel/isolation/field.ts';
import { readTenantTables, type TenantTable } from '../src/kernel/isolation/tenant-tables.ts';
import { useDatabase } from './harness/database.ts';
import { checksums, openFilled } from './isolation/filled-field.ts';

const isAppendOnly = ({ kind }: TenantTable) => kind === 'append_only' || kind === 'partitioned_log';

/** feature_not_supported: before any trigger, PostgreSQL keeps a table that others refer to from being emptied alone. */
const REFERENCED = '0A000';
const mayTruncate = (expected: string, text: string) => expected === 'ZD010' && /^TRUNCATE \S+$/.test(text);

/** @returns a finding for each statement that was not refused with the expected SQLSTATE */
async function tryToChange(
  field: Field,
  client: pg.Client,
  expected: string,
  context: Context = { entered: field.own.id },
): Promise<string[]> {
  const findings: string[] = [];
  for (const table of (await readTenantTables(field.admin)).filter(isAppendOnly)) {
    for (const relation of [table.name, ...table.partitions]) {
      for (const [text, values] of changesOf(field, table, relation)) {
        const outcome = await attempt(client, context, text, values, { keep: true });
        if (outcome.state === expected || (mayTruncate(expected, text) && outcome.state === REFERENCED))
          continue;
        const detail = `${text.slice(0, 70)}: ${describeOutcome(outcome)}`;
        findings.push(`${relation}: ${detail}`);
      }
    }
  }
  return findings;
}

function changesOf(field: Field, table: TenantTable, relation: string): [string, readonly unknown[]][] {
  const row = [JSON.stringify(field.targets.find(({ name }) => name === table.name)?.ownRow)];
  const key = table.primaryKey.join(', ');
  const match = table.primaryKey.map((column) => `t.${column} = s.${column}`).join(' AND ');
  const merge = `MERGE INTO ${relation} AS t USING jsonb_populate_record(NULL::${table.name}, $1::jsonb) AS s ON ${match}`;
  return [
    [`UPDATE ${relation} SET tenant_id = tenant_id`, []],
    [`UPDATE ${relation} SET tenant_id = tenant_id WHERE false`, []],
    [`UPDATE ONLY ${relation} SET tenant_id = tenant_id`, []],
    [`DELETE FROM ${relation}`, []],
    [`DELETE FROM ONLY ${relation} WHERE false`, []],
    [`WITH gone AS (DELETE FROM ${relation} RETURNING *) SELECT * FROM gone`, []],
    [`TRUNCATE ${relation}`, []],
    [`TRUNCATE ${relation} CASCADE`, []],
    [`${insertion(table, relation)} ON CONFLICT (${key}) DO UPDATE SET tenant_id = excluded.tenant_id`, row],
    [`${merge} WHEN MATCHED THEN UPDATE SET tenant_id = s.tenant_id`, row],
    [`${merge} WHEN MATCHED THEN DELETE`, row],
  ];
}

describe('append-only tables', () => {
  const db = useDatabase();
  let field: Field;
  afterAll(() => field.close());
  beforeAll(async () => {
    field = await openFilled(db, await db.connectAsAdmin());
  });

  it('are those of the store and of the evidence', () => {
    const names = field.targets.filter(isAppendOnly).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['game.events', 'game.actions', 'game.snapshots', 'admin.audit_log']),
    );
  });

  it('give the application no right to change, remove or empty them', async () => {
    const before = await checksums(field.admin, field.targets, field.own.id);
    expect(await tryToChange(field, field.app, '42501')).toEqual([]);
    expect(await checksums(field.admin, field.targets, field.own.id)).toEqual(before);
  });

  it('refuse the same to their owner', async () => {
    const before = await checksums(field.admin, field.targets, field.own.id);
    expect(await tryToChange(field, await db.connectAsOwner(), 'ZD010')).toEqual([]);
    expect(await checksums(field.admin, field.targets, field.own.id)).toEqual(before);
  });

  it('refuse the same to a superuser who has not switched triggers off', async () => {
    const before = await checksums(field.admin, field.targets, field.own.id);
    expect(await tryToChange(field, await db.connectAsAdmin(), 'ZD010')).toEqual([]);
    expect(await checksums(field.admin, field.targets, field.own.id)).toEqual(before);
  });

  it.each(['dmz_mover', 'dmz_maintenance'])(
    'give %s no right to change them by a statement of its own',
    async (role) => {
      const client = await db.connectAsAdmin();
      await client.query(`SET ROLE ${role}`);
      // They enter no tenant, and may not.
      expect(await tryToChange(field, client, '42501', 'none')).toEqual([]);
    },
  );

  it('guard a partition that is made later as they guard the first ones', async () => {
    const owner = await db.connectAsOwner();
    for (const { name } of field.targets.filter(({ kind }) => kind === 'partitioned_log')) {
      await owner.query('SELECT dmz.ensure_partition($1, $2)', [name, '2031-05-17']);
      await owner.query('SELECT dmz.ensure_partition($1, $2)', [name, '2031-05-17']); // again, with no effect
    }
    const added = (await readTenantTables(field.admin)).flatMap(({ partitions }) => partitions);
    expect(added).toEqual(expect.arrayContaining(['game.events_y2031m05', 'admin.audit_log_y2031m05']));
    expect(await tryToChange(field, owner, 'ZD010')).toEqual([]);
    expect(await tryToChange(field, field.app, '42501')).toEqual([]);
  });

  it.each([
    { breach: 'DROP TRIGGER refuse_change ON game.snapshots', object: 'game.snapshots' },
    { breach: 'DROP TRIGGER refuse_change ON game.events_default', object: 'game.events_default' },
    {
      breach: 'ALTER TABLE admin.audit_log_default DISABLE TRIGGER refuse_change',
      object: 'admin.audit_log_default',
    },
  ])('are found unguarded after $breach', async ({ breach, object }) => {
    await field.admin.query('BEGIN');
    await field.admin.query(breach);
    await field.admin.query('SET LOCAL ROLE dmz_owner');
    const findings = await tryToChangeInside(field);
    await field.admin.query('ROLLBACK');
    expect([...new Set(findings)]).toEqual([object]);
  });

  /** The same within a transaction that is rolled back, so that the breach does not outlive it. */
  async function tryToChangeInside({ admin, own, targets }: Field): Promise<string[]> {
    await enterTenant(admin, own.id);
    const unguarded: string[] = [];
    for (const { name, partitions } of targets.filter(isAppendOnly)) {
      for (const relation of [name, ...partitions]) {
        await admin.query('SAVEPOINT before');
        const refused = await admin
          .query(`UPDATE ${relation} SET tenant_id = tenant_id`)
          .then(() => false)
          .catch(({ code }) => code === 'ZD010');
        await admin.query('ROLLBACK TO SAVEPOINT before');
        if (!refused) unguarded.push(relation);
      }
    }
    return unguarded;
  }
});
