/** A month goes only when nothing asks for its rows any longer, and what went is written down for each tenant. */
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { allow } from '../../test/harness/allow.ts';
import { insertEvents, insertSession, inTenant, refusalOfSql } from '../../test/harness/by-hand.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { callDmz, expectFailure } from '../../test/harness/run-dmz.ts';
import { tenantIdOf } from '../kernel/isolation/tenant-tables.ts';

const LOG = 'analytics.events';
const DAYS = 400;

describe('purging a month', () => {
  const db = useDatabase();
  let admin: pg.Client;
  let app: pg.Client;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    app = await db.connectAsApp();
    await allow(db, ['INSERT ON governance.legal_holds']);
    for (const slug of ['consumers', 'mid-company', 'small-company']) {
      ids[slug] = await tenantIdOf(admin, slug);
      await free(slug);
    }
  });

  /** As a superuser: nothing binds the tenant, and it keeps analytics for some 13 months. */
  async function free(slug: string): Promise<void> {
    const id = ids[slug];
    await admin.query('DELETE FROM org.tenant_frameworks WHERE tenant_id = $1', [id]);
    await admin.query('DELETE FROM org.tenant_retention_policies WHERE tenant_id = $1', [id]);
    await admin.query(
      `INSERT INTO org.tenant_retention_policies (tenant_id, data_class, retention_days, legal_basis, reason, starts_on)
       VALUES ($1, 'analytics', $2, 'contract', 'a year and a month', '2015-01-01')`,
      [id, DAYS],
    );
    await admin.query('SET session_replication_role = replica');
    await admin.query('DELETE FROM governance.legal_holds WHERE tenant_id = $1', [id]);
    await admin.query('SET session_replication_role = origin');
  }

  async function fillMonth(month: string, ...slugs: string[]): Promise<void> {
    await admin.query('SELECT dmz.ensure_partition($1, $2)', [LOG, `${month}-01`]);
    for (const slug of slugs)
      await inTenant(app, ids[slug]!, () =>
        app.query(
          `INSERT INTO analytics.events (tenant_id, pseudonym_id, source, source_id, event_type, event_data, server_time)
           VALUES ($1, uuidv7(), 'web', uuidv7(), 'web.page.opened', '{}', $2)`,
          [ids[slug], `${month}-15T00:00:00Z`],
        ),
      );
  }

  const purge = (month: string, ...more: string[]) =>
    callDmz(['partitions', 'purge', LOG, month, '--json', ...more], { DATABASE_URL: db.adminUrl });
  const exists = async (month: string) =>
    (await admin.query('SELECT to_regclass($1) IS NOT NULL AS there', [`${LOG}_y${month.replace('-', 'm')}`]))
      .rows[0].there;

  it('drops it, with an audit entry and a record of the run for each tenant that had rows in it, and for no other', async () => {
    await fillMonth('2018-01', 'consumers', 'mid-company');
    const rehearsed = JSON.parse((await purge('2018-01', '--rehearse')).out);
    expect(rehearsed).toMatchObject({ rows: 2, dropped: false, held: [] });
    expect(await exists('2018-01')).toBe(true);
    const ended = await purge('2018-01', '--reason', 'end of retention');
    expect(JSON.parse(ended.out)).toMatchObject({ rows: 2, dropped: true, held: [] });
    expect(await exists('2018-01')).toBe(false);
    const { rows: audited } = await admin.query(
      `SELECT tenant_id, actor_kind, details FROM admin.audit_log WHERE action = 'governance.month.purged' ORDER BY tenant_id`,
    );
    const details = { log: LOG, month: '2018-01', rows: 1, reason: 'end of retention' };
    const holders = [ids.consumers!, ids['mid-company']!].sort();
    expect(audited).toEqual(holders.map((tenant_id) => ({ tenant_id, actor_kind: 'operator', details })));
    const { rows: runs } = await admin.query(
      `SELECT tenant_id, table_name, cutoff_at, rows_purged::int, partitions_dropped, rehearsal, outcome FROM governance.retention_runs
       WHERE cause = 'operator' AND cutoff_at = '2018-02-01Z' ORDER BY rehearsal, tenant_id`,
    );
    const run = { table_name: LOG, cutoff_at: new Date('2018-02-01T00:00:00Z'), outcome: 'completed' };
    expect(runs).toEqual([
      ...holders.map((tenant_id) => ({
        tenant_id,
        ...run,
        rows_purged: 1,
        partitions_dropped: 1,
        rehearsal: false,
      })),
      ...holders.map((tenant_id) => ({
        tenant_id,
        ...run,
        rows_purged: 0,
        partitions_dropped: 0,
        rehearsal: true,
      })),
    ]);
  });

  const bind = (code: string, ended: string | null = null) =>
    admin.query(
      `INSERT INTO org.tenant_frameworks (tenant_id, framework_code, adopted_on, ended_on) VALUES ($1, $2, '2015-01-01', $3)`,
      [ids['mid-company'], code, ended],
    );
  const hold = (scope: string, tableName: string | null, userId: string | null = null) =>
    inTenant(app, ids['mid-company']!, () =>
      app.query(
        `INSERT INTO governance.legal_holds (tenant_id, action, matter, scope, table_name, user_id, ordered_by_id, effective_at)
         SELECT tenant_id, 'placed', 'AZ 7/26', $1, $2, $3, id, now() FROM auth.users LIMIT 1 RETURNING id`,
        [scope, tableName, userId],
      ),
    );

  it.each([
    ['a legal hold on the tenant', () => hold('tenant', null), 'legal hold AZ 7/26'],
    ['a legal hold on the log', () => hold('table', LOG), 'legal hold AZ 7/26'],
    ['a framework whose years are not over', () => bind('sox'), 'Sarbanes'],
    ['a framework that ended after the rows were written', () => bind('sox', '2021-06-30'), 'Sarbanes'],
    [
      'a policy that is longer than the framework',
      () =>
        admin.query('UPDATE org.tenant_retention_policies SET retention_days = 36000 WHERE tenant_id = $1', [
          ids['mid-company'],
        ]),
      'policy for analytics',
    ],
    [
      'a tenant that has said nothing',
      () =>
        admin.query('DELETE FROM org.tenant_retention_policies WHERE tenant_id = $1', [ids['mid-company']]),
      'says how long',
    ],
    [
      'a tenant that cannot be asked',
      () =>
        admin.query("UPDATE public.residents SET state = 'suspended' WHERE tenant_id = $1", [
          ids['mid-company'],
        ]),
      'not served',
    ],
  ])('is refused for the rows of all by %s of one', async (_, arrange, ground) => {
    await fillMonth('2020-01', 'consumers', 'mid-company');
    await arrange();
    const refused = await purge('2020-01', '--reason', 'end of retention');
    await admin.query("UPDATE public.residents SET state = 'serving'");
    await free('mid-company');
    expect(refused.status).toBe(1);
    expect(JSON.parse(refused.err).error).toMatchObject({
      code: 'PARTITION_HELD',
      found: expect.stringContaining('mid-company: '),
    });
    expect(JSON.parse(refused.err).error.found).toContain(ground);
    expect(refused.err).not.toContain('consumers:');
    expect(await exists('2020-01')).toBe(true);
    const { rows } = await admin.query(
      `SELECT count(*)::int AS n FROM ${LOG} WHERE server_time < '2020-02-01' AND server_time >= '2020-01-01'`,
    );
    expect(rows[0].n).toBeGreaterThan(0);
  });

  it.each([
    ['a hold on another table', () => hold('table', 'game.actions')],
    ['a framework that ended before the rows were written', () => bind('sox', '2017-12-31')],
    [
      'a hold that was released',
      async () => {
        const { rows } = await hold('tenant', null);
        await inTenant(app, ids['mid-company']!, () =>
          app.query(
            `INSERT INTO governance.legal_holds (tenant_id, action, releases_id, matter, scope, ordered_by_id, effective_at)
             SELECT tenant_id, 'released', id, matter, scope, ordered_by_id, now() FROM governance.legal_holds WHERE id = $1`,
            [rows[0].id],
          ),
        );
      },
    ],
  ])('is not kept by %s', async (_, arrange) => {
    await fillMonth('2018-03', 'mid-company');
    await arrange();
    expect(JSON.parse((await purge('2018-03', '--rehearse')).out)).toMatchObject({ held: [] });
    await free('mid-company');
  });

  it('is refused for events of games, which go as a whole', async () => {
    await admin.query('SELECT dmz.ensure_partition($1, $2)', ['game.events', '2018-06-01']);
    const sessionId = await insertSession(app, ids.consumers!);
    await admin.query("UPDATE game.session_heads SET started_at = '2018-06-01Z' WHERE id = $1", [sessionId]);
    await inTenant(app, ids.consumers!, () =>
      insertEvents(app, ids.consumers!, [{ sessionId, sequence: 1, serverTime: '2018-06-15T00:00:00Z' }]),
    );
    const args = ['partitions', 'purge', 'game.events', '2018-06', '--rehearse', '--json'];
    const { out } = await callDmz(args, { DATABASE_URL: db.adminUrl });
    expect(JSON.parse(out).held).toMatchObject([
      { tenant: 'consumers', ground: expect.stringContaining('as a whole') },
      {},
    ]);
  });

  it('is refused without a reason, and for a month that is not past', async () => {
    await fillMonth('2018-04', 'consumers');
    const run = (...args: string[]) =>
      callDmz(['partitions', 'purge', LOG, ...args], { DATABASE_URL: db.adminUrl });
    expectFailure(await run('2018-04'), 'CLI_OPTION_MISSING', 2);
    expectFailure(
      await run(new Date().toISOString().slice(0, 7), '--reason', 'tidy'),
      'PARTITION_MONTH_NEEDED',
      1,
    );
    expect(await exists('2018-04')).toBe(true);
  });

  it('drops no rows that nobody looked at, and only what is detached', async () => {
    await fillMonth('2018-05', 'consumers');
    const maintenance = await db.connectAsAdmin();
    await maintenance.query('SET ROLE dmz_maintenance');
    const drop = (expected: object, reason = 'tidy') =>
      refusalOfSql(
        maintenance.query('SELECT dmz.drop_month($1, $2, $3, $4)', [
          LOG,
          '2018-05-01',
          reason,
          JSON.stringify(expected),
        ]),
      );
    expect(await drop({ [ids.consumers!]: 1 })).toMatchObject({ state: 'ZD051' });
    await maintenance.query('SELECT dmz.detach_month($1, $2)', [LOG, '2018-05-01']);
    expect(await drop({})).toMatchObject({ state: 'ZD052', detail: { expected: 0, actual: 1 } });
    expect(await drop({ [uuidv7()]: 1 })).toMatchObject({ state: 'ZD002' });
    expect(await drop({ [ids.consumers!]: 1 }, ' ')).toMatchObject({ state: 'ZD053' });
    expect(await exists('2018-05')).toBe(true);
    expect(await drop({ [ids.consumers!]: 1 })).toBeUndefined();
    expect(await exists('2018-05')).toBe(false);
  });
});
