/** The logs in a schema of a tenant's own are tended as those of the modules are, and neither is taken for the other. */
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { inTenant } from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { monthFindings } from '../../../test/harness/month-findings.ts';
import { callDmz } from '../../../test/harness/run-dmz.ts';
import { type SchemaTenant, schemaTenant } from '../../../test/harness/schema-tenant.ts';
import { enterTenant } from '../isolation/enter-tenant.ts';
import {
  attachPartition,
  detachPartition,
  ensureEveryPlace,
  ensurePartitions,
  listPartitions,
  parseMonth,
  placeOfLog,
} from './index.ts';

const SLUG = 'log-keeper';
const LOG = 'tenant_log_keeper.game_events';

describe('the logs in a schema of a tenant’s own', { timeout: 120_000 }, () => {
  const db = useDatabase();
  let admin: pg.Client;
  let tenant: SchemaTenant;
  let playerId: string;
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    tenant = await schemaTenant(db, SLUG);
    const { rows } = await admin.query(`SELECT id FROM ${tenant.schema}.auth_users LIMIT 1`);
    playerId = rows[0].id;
  }, 60_000);

  /** As the tenant's role, past our code: a session of that month with one event. */
  async function appendAt(time: string): Promise<string> {
    const app = await db.connectAsApp();
    const sessionId = uuidv7();
    await app.query('BEGIN');
    await enterTenant(app, tenant.id, tenant);
    await app.query(`SET LOCAL ROLE dmz_${tenant.schema}`);
    await app.query(
      `INSERT INTO ${tenant.schema}.game_sessions (tenant_id, id, player_id, seed, engine_version, rules_version, content_version, days, started_at)
       VALUES ($1, $2, $3, 7, '1', 1, 'base@1', 10, $4)`,
      [tenant.id, sessionId, playerId, time],
    );
    await app.query(
      `INSERT INTO ${LOG} (tenant_id, session_id, sequence, event_type, event_data, action_id, server_time)
       VALUES ($1, $2, 1, 'game.session.paused', '{"day": 1}', uuidv7(), $3)`,
      [tenant.id, sessionId, time],
    );
    await app.query('COMMIT');
    return sessionId;
  }

  const partitionOf = async (sessionId: string) =>
    (
      await admin.query(`SELECT tableoid::regclass::text AS name FROM ${LOG} WHERE session_id = $1`, [
        sessionId,
      ])
    ).rows[0]?.name;

  it('have every month from the start, and lack none later', async () => {
    expect(await ensureEveryPlace(db.adminUrl)).toEqual({ made: [], moved: [], left: [] });
    const later = await ensurePartitions(placeOfLog(db.adminUrl, LOG), {
      now: new Date('2040-11-30T00:00:00Z'),
    });
    expect(later.made).toHaveLength(12);
    expect(later.made.every(({ log }) => log.startsWith(`${tenant.schema}.`))).toBe(true);
    expect(await monthFindings(admin)).toEqual([]);
  });

  it('have rows that came without a month moved into one, and the modules’ logs have theirs', async () => {
    const sessionId = await appendAt('2042-05-05T00:00:00Z');
    expect(await partitionOf(sessionId)).toBe(`${LOG}_default`);
    const { made, moved, left } = await ensureEveryPlace(db.adminUrl);
    expect(made).toEqual([{ log: LOG, month: '2042-05' }]);
    expect(moved).toMatchObject([{ log: LOG, month: '2042-05', rows: 1 }]);
    expect(left).toEqual([]);
    expect(await partitionOf(sessionId)).toBe(`${LOG}_y2042m05`);
    expect(await monthFindings(admin)).toEqual([]);
  });

  it('can be detached, closed to the tenant’s role, and attached again', async () => {
    await admin.query('SELECT dmz.ensure_partition($1, $2)', [LOG, '2019-03-01']);
    const sessionId = await appendAt('2019-03-03T00:00:00Z');
    const request = { log: LOG, month: parseMonth('2019-03') };
    const place = placeOfLog(db.adminUrl, LOG);
    expect(await detachPartition(place, request)).toBe(`${LOG}_y2019m03`);
    expect(await partitionOf(sessionId)).toBeUndefined();
    const { rows } = await admin.query(
      "SELECT has_table_privilege($1, $2, 'SELECT') AS by_tenant, has_table_privilege('dmz_app', $2, 'SELECT') AS by_app",
      [`dmz_${tenant.schema}`, `${LOG}_y2019m03`],
    );
    expect(rows).toEqual([{ by_tenant: false, by_app: false }]);
    expect(await monthFindings(admin)).toEqual([]);
    expect(await attachPartition(place, request)).toBe(0);
    expect(await partitionOf(sessionId)).toBe(`${LOG}_y2019m03`);
  });

  it('are purged by their tenant’s own duties, which its own audit log then tells', async () => {
    await admin.query(
      `INSERT INTO ${tenant.schema}.org_tenant_retention_policies (tenant_id, data_class, retention_days, legal_basis, reason, starts_on)
       VALUES ($1, 'analytics', 400, 'contract', 'a year and a month', '2015-01-01')`,
      [tenant.id],
    );
    const log = `${tenant.schema}.analytics_events`;
    await admin.query('SELECT dmz.ensure_partition($1, $2)', [log, '2019-03-01']);
    await inTenant(admin, tenant.id, () =>
      admin.query(
        `INSERT INTO ${log} (tenant_id, pseudonym_id, source, source_id, event_type, event_data, server_time)
         VALUES ($1, uuidv7(), 'web', uuidv7(), 'web.page.opened', '{}', '2019-03-03Z')`,
        [tenant.id],
      ),
    );
    const purge = (...more: string[]) =>
      callDmz(['partitions', 'purge', log, '2019-03', '--json', ...more], { DATABASE_URL: db.adminUrl });
    expect(JSON.parse((await purge('--rehearse')).out)).toMatchObject({ rows: 1, dropped: false, held: [] });
    const purged = JSON.parse((await purge('--reason', 'end of retention')).out);
    expect(purged).toMatchObject({ log, rows: 1, dropped: true, tenants: { [tenant.id]: 1 } });
    const audited = (table: string) =>
      admin.query(`SELECT details FROM ${table} WHERE action = 'governance.month.purged'`);
    const details = { log: 'analytics.events', month: '2019-03', rows: 1, reason: 'end of retention' };
    expect((await audited(`${tenant.schema}.admin_audit_log`)).rows).toEqual([{ details }]);
    expect((await audited('admin.audit_log')).rows).toEqual([]);
    const runs = await admin.query(
      `SELECT DISTINCT table_name FROM ${tenant.schema}.governance_retention_runs WHERE cause = 'operator'`,
    );
    expect(runs.rows).toEqual([{ table_name: 'analytics.events' }]);
  });

  it('are listed beside the modules’ logs', async () => {
    const listed = await listPartitions(placeOfLog(db.adminUrl, LOG));
    expect(new Set(listed.map(({ log }) => log))).toEqual(
      new Set(['admin_audit_log', 'analytics_events', 'game_events'].map((log) => `${tenant.schema}.${log}`)),
    );
    const { out } = await callDmz(['partitions', 'list', '--json'], { DATABASE_URL: db.adminUrl });
    const logs = new Set(JSON.parse(out).map(({ log }: { log: string }) => log));
    expect(logs).toContain(LOG);
    expect(logs).toContain('game.events');
  });
});
