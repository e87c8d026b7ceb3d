/**
 * What keeps a row although its time is over: a legal hold, the longest duty, a row that refers to it, a row of its chain. And
 * that nobody takes append-only rows by another door.
 */
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { inTenant, refusalOfSql } from '../../test/harness/by-hand.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { keepForDays, placeHold } from '../../test/harness/keeping.ts';
import { moveIntoPast } from '../../test/harness/past.ts';
import { playedGame } from '../../test/harness/play.ts';
import { platformKey } from '../kernel/signing/index.ts';
import { runRetention } from './run-retention.ts';

const TENANT = 'mid-company';
const HELD = 'legal hold AZ 7/26';

describe('rows that retention keeps', () => {
  const db = useDatabase();
  let admin: pg.Client;
  let tenantId = '';
  let sessionId = '';

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    tenantId = (await db.platform.tenancy.locate(TENANT)).id;
    ({ sessionId } = await playedGame(db.platform, TENANT, { days: 2 }));
    await moveIntoPast(admin, tenantId, '3 years');
    await keepForDays(admin, tenantId, 400);
  });

  async function retain(rehearsal = true) {
    const shop = { tenancy: db.platform.tenancy, controlUrl: db.adminUrl, key: platformKey() };
    const { tables } = await runRetention(shop, TENANT, { rehearsal, cause: 'schedule' });
    return Object.fromEntries(tables.map(({ table, ...each }) => [table, each]));
  }
  /** Arranges, looks, and undoes what was arranged. */
  async function whenArranged(arrange: () => Promise<unknown>) {
    await arrange();
    try {
      return await retain();
    } finally {
      await keepForDays(admin, tenantId, 400);
    }
  }
  const bind =
    (code: string, endedOn: string | null = null) =>
    () =>
      admin.query(
        `INSERT INTO org.tenant_frameworks (tenant_id, framework_code, adopted_on, ended_on) VALUES ($1, $2, '2015-01-01', $3)`,
        [tenantId, code, endedOn],
      );
  const one = async (text: string, ...values: unknown[]) =>
    (await admin.query(text, [tenantId, ...values])).rows[0];

  it('are none of these, where nothing keeps them', async () => {
    const tables = await retain();
    expect(Object.values(tables).every(({ kept }) => Object.keys(kept).length === 0)).toBe(true);
    expect(tables['training.completions']!.purged).toBeGreaterThan(100);
    expect(tables['game.sessions']).toMatchObject({ due: 1, purged: 1 });
  });

  it('are all that a framework with a longer period asks for, and not what is operational', async () => {
    await admin.query(
      `INSERT INTO notification.messages (tenant_id, user_id, template_key, category, deduplication_key, created_at)
       SELECT tenant_id, id, 'digest', 'account', 'days-' || days, now() - make_interval(days => days)
       FROM (SELECT * FROM auth.users WHERE tenant_id = $1 LIMIT 1) AS u, unnest(ARRAY[89, 91]) AS days`,
      [tenantId],
    );
    const tables = await whenArranged(bind('sox'));
    expect(tables).toMatchObject({ 'notification.messages': { due: 1, purged: 1, kept: {} } });
    expect(Object.keys(tables)).toEqual(['notification.messages']);
    const since = new Date(Date.now() - 5 * 366 * 86_400_000).toISOString().slice(0, 10);
    expect((await whenArranged(bind('sox', since)))['training.completions']!.purged).toBeGreaterThan(100);
  });

  it('are all of them under a hold on the tenant', async () => {
    for (const { due, purged, kept } of Object.values(
      await whenArranged(() => placeHold(admin, tenantId, { scope: 'tenant' })),
    ))
      expect({ purged, kept }).toEqual({ purged: 0, kept: { [HELD]: due } });
  });

  it('are those of one table under a hold on it, with what they refer to', async () => {
    const tables = await whenArranged(() =>
      placeHold(admin, tenantId, { scope: 'table', tableName: 'training.certificates' }),
    );
    const { due } = tables['training.certificates']!;
    expect(tables['training.certificates']).toMatchObject({ purged: 0, kept: { [HELD]: due } });
    expect(tables['training.completions']!.kept).toEqual({ 'training.certificates refers to it': due });
    expect(tables['phishing.interactions']).toMatchObject({ kept: {} });
  });

  it('are whole games under a hold on what is only a part of them', async () => {
    const tables = await whenArranged(() =>
      placeHold(admin, tenantId, { scope: 'table', tableName: 'game.snapshots' }),
    );
    expect(tables['game.sessions']).toMatchObject({ due: 1, purged: 0, kept: { [HELD]: 1 } });
    expect(tables['game.events']).toBeUndefined();
  });

  it('are that person’s under a hold on a person, and every row of tables that do not tell people apart', async () => {
    const { user_id: userId, n } = await one(
      'SELECT user_id, count(*)::int AS n FROM training.completions WHERE tenant_id = $1 GROUP BY 1 ORDER BY 2 DESC LIMIT 1',
    );
    const tables = await whenArranged(() => placeHold(admin, tenantId, { scope: 'person', userId }));
    const completions = tables['training.completions']!;
    expect(completions.kept[HELD]).toBe(n);
    expect(completions.purged).toBe(completions.due - n);
    const { due } = tables['phishing.interactions']!;
    expect(tables['phishing.interactions']).toMatchObject({ purged: 0, kept: { [HELD]: due } });
  });

  it('are the player’s games under a hold on the player', async () => {
    const { player_id: userId } = await one(
      'SELECT player_id FROM game.sessions WHERE tenant_id = $1 AND id = $2',
      sessionId,
    );
    const tables = await whenArranged(() => placeHold(admin, tenantId, { scope: 'person', userId }));
    expect(tables['game.sessions']).toMatchObject({ purged: 0, kept: { [HELD]: 1 } });
  });

  it('are what was deleted softly, for 90 days, or as long as anything refers to it', async () => {
    await admin.query(
      `WITH department AS (SELECT id FROM org.departments WHERE tenant_id = $1 LIMIT 1), team AS (
         INSERT INTO org.teams (tenant_id, department_id, name, created_at, deleted_at)
         SELECT $1, id, name, now() - interval '1 year', now() - make_interval(days => days)
         FROM department, (VALUES ('young', 89), ('old', 91), ('with members', 91)) AS t (name, days) RETURNING id, name)
       INSERT INTO org.memberships (tenant_id, user_id, team_id)
       SELECT $1, (SELECT id FROM auth.users WHERE tenant_id = $1 LIMIT 1), id FROM team WHERE name = 'with members'`,
      [tenantId],
    );
    expect((await retain())['org.teams']).toMatchObject({
      ...{ due: 2, purged: 1, kept: { 'org.memberships refers to it': 1 } },
    });
  });

  it('are holds in force, however old', async () => {
    const id = await placeHold(admin, tenantId, { scope: 'table', tableName: 'billing.payments' });
    await admin.query('BEGIN; SET LOCAL session_replication_role = replica');
    await admin.query(
      "UPDATE governance.legal_holds SET effective_at = effective_at - interval '9 years', created_at = created_at - interval '9 years' WHERE id = $1",
      [id],
    );
    await admin.query('COMMIT');
    expect((await retain())['governance.legal_holds']).toBeUndefined();
    await keepForDays(admin, tenantId, 400);
  });

  it('are records that a later one supersedes which is not due, because they would hold again', async () => {
    const superseded = await one(
      'SELECT id FROM training.certificates WHERE tenant_id = $1 ORDER BY id LIMIT 1',
    );
    await admin.query('BEGIN; SET LOCAL session_replication_role = replica');
    await admin.query(
      `INSERT INTO training.certificates SELECT (jsonb_populate_record(c, jsonb_build_object('id', uuidv7(), 'serial', 'T-1',
         'supersedes_id', c.id, 'status', 'invalidated', 'created_at', now()))).* FROM training.certificates AS c WHERE c.id = $1`,
      [superseded.id],
    );
    await admin.query('COMMIT');
    const tables = await retain();
    expect(tables['training.certificates']!.kept).toEqual({ 'a row of its chain stays': 1 });
    expect(tables['training.completions']!.kept).toEqual({ 'training.certificates refers to it': 1 });
  });

  it('are games that have not ended, and those of which one event is younger', async () => {
    await admin.query('BEGIN; SET LOCAL session_replication_role = replica');
    await admin.query('UPDATE game.sessions SET ended_at = NULL WHERE id = $1', [sessionId]);
    await admin.query('COMMIT');
    expect((await retain())['game.sessions']).toBeUndefined();
    await admin.query('BEGIN; SET LOCAL session_replication_role = replica');
    await admin.query('UPDATE game.sessions SET ended_at = started_at WHERE id = $1', [sessionId]);
    await admin.query(
      'UPDATE game.events SET server_time = now() WHERE session_id = $1 AND sequence = (SELECT max(sequence) FROM game.events WHERE session_id = $1)',
      [sessionId],
    );
    await admin.query('COMMIT');
    const tables = await retain();
    expect(tables['game.sessions']!.kept).toEqual({ 'its rows of game.events are not due': 1 });
    expect(tables['game.events']).toBeUndefined();
  });

  it('are of every append-only table for everybody else, whoever tries', async () => {
    const { rows: tables } = await admin.query(
      `SELECT c.oid::regclass::text AS name FROM pg_class AS c WHERE NOT relispartition AND relnamespace::regnamespace::text NOT LIKE 'tenant%'
         AND obj_description(oid, 'pg_class') ~ '@kind (append_only|partitioned_log)\\M'`,
    );
    expect(tables.length).toBeGreaterThan(40);
    const [owner, app, mover] = [
      await db.connectAsOwner(),
      await db.connectAsApp(),
      await db.connectAsAdmin(),
    ];
    await mover.query('SET ROLE dmz_mover');
    for (const [client, state] of [
      [owner, 'ZD010'],
      [app, '42501'],
      [mover, '42501'],
    ] as const)
      for (const { name } of tables) {
        const remove = () => client.query(`DELETE FROM ${name}`);
        // The mover is in no tenant's context.
        const refused = await refusalOfSql(client === mover ? remove() : inTenant(client, tenantId, remove));
        expect([name, refused?.state]).toEqual([name, state]);
      }
    const door = (table: string) =>
      `SELECT purged FROM dmz.purge_due_rows('${uuidv7()}', '${table}', '${tenantId}', NULL, '{(,)}', '[]', '${'0'.repeat(8)}-0000-0000-0000-000000000000', 10)`;
    for (const client of [app, mover])
      expect(await refusalOfSql(client.query(door('training.completions')))).toMatchObject({
        state: '42501',
      });
    await mover.query('RESET ROLE; SET ROLE dmz_maintenance');
    for (const table of ['auth.password_history', 'org.tenant_settings', 'admin.audit_removals'])
      expect(await refusalOfSql(mover.query(door(table)))).toMatchObject({ state: 'ZD061' });
    // What is in no tenant's schema cannot even be named.
    expect(await refusalOfSql(mover.query(door('public.countries')))).toMatchObject({ state: '42501' });
    await placeHold(admin, tenantId, { scope: 'tenant' });
    expect((await mover.query(door('training.completions'))).rows).toEqual([{ purged: {} }]);
    await keepForDays(admin, tenantId, 400);
  });

  it('is how a run leaves them, too', async () => {
    const rehearsed = await retain();
    const ended = await retain(false);
    for (const [name, { purged, kept }] of Object.entries(rehearsed))
      expect([name, ended[name]]).toMatchObject([name, { purged, kept }]);
    expect(await one('SELECT count(*)::int AS n FROM training.certificates WHERE tenant_id = $1')).toEqual({
      n: 2,
    });
  });
});
