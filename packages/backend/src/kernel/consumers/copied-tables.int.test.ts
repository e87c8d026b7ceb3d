/** Cursors go where the tables go: on another database that they were copied to, consumers miss and repeat nothing. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlClient } from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { countingConsumer, deviations, makeEffectsTable } from '../../../test/harness/effects.ts';
import { simulate } from '../../simulate/index.ts';

const TENANT = 'consumers';
const COUNTER = 'test.counter';

describe('a copy of all tables of a tenant', () => {
  const source = useDatabase();
  const target = useDatabase();
  let from: SqlClient;
  let to: SqlClient;
  const consumers = [countingConsumer(COUNTER)];
  const play = (db: typeof source, seed: number) =>
    simulate(db.platform, { tenant: TENANT, players: 3, seed, days: 2, actions: 60 });

  beforeAll(async () => {
    from = await source.connectAsAdmin();
    to = await target.connectAsAdmin();
    await makeEffectsTable(from);
    await makeEffectsTable(to);
  });

  it('is gone on with where the original stopped, in the middle of its sessions', {
    timeout: 60_000,
  }, async () => {
    const { consumers: behind } = source.open({ consumers });
    await play(source, 1);
    await behind.settle(TENANT);
    await play(source, 2);
    const before = await deviations(from, COUNTER);
    expect(before.length).toBeGreaterThan(50);

    await copyTenant();
    expect(await deviations(to, COUNTER)).toHaveLength(before.length);
    const there = target.open({ consumers });
    const [status] = await there.consumers.status(TENANT);
    expect(status?.eventsBehind).toBe(before.length);
    await there.consumers.settle(TENANT);
    expect(await deviations(to, COUNTER)).toEqual([]);

    await play(target, 3);
    await there.consumers.settle(TENANT);
    expect(await deviations(to, COUNTER)).toEqual([]);
    expect((await deviations(from, COUNTER)).length).toBe(before.length);
  });

  /** As a move does: rows are applied with triggers off, each table whole. */
  async function copyTenant(): Promise<void> {
    const { id } = await source.platform.tenancy.locate(TENANT);
    const { rows: tables } = await from.query(
      `SELECT format('%I.%I', namespace.nspname, class.relname) AS name
       FROM pg_class AS class JOIN pg_namespace AS namespace ON namespace.oid = class.relnamespace
       JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid AND attribute.attname = 'tenant_id'
       WHERE class.relkind IN ('r', 'p') AND NOT class.relispartition AND namespace.nspname NOT IN ('public', 'pg_catalog')
       ORDER BY 1`,
    );
    expect(tables.length).toBeGreaterThan(100);
    await to.query('BEGIN');
    await to.query('SET LOCAL session_replication_role = replica');
    for (const { name } of tables) await copyTable(name, 'WHERE tenant_id = $1', [id]);
    await copyTable('public.effects', '', []);
    await to.query('COMMIT');
  }

  async function copyTable(name: string, where: string, values: string[]): Promise<void> {
    const { rows } = await from.query(
      `SELECT coalesce(jsonb_agg(t), '[]')::text AS all_rows FROM ${name} AS t ${where}`,
      values,
    );
    await to.query(`DELETE FROM ${name} ${where}`, values);
    await to.query(`INSERT INTO ${name} SELECT * FROM jsonb_populate_recordset(NULL::${name}, $1::jsonb)`, [
      rows[0].all_rows,
    ]);
  }
});
