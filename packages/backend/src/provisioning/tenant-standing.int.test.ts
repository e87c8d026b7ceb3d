/** A suspended tenant is refused and keeps its data, an archived one can be read, and both come back as they were. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlClient } from '../../test/harness/by-hand.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { execute } from '../../test/harness/execute.ts';
import { flip } from '../../test/harness/flip.ts';
import { startedSession } from '../../test/harness/play.ts';
import { callDmz, expectFailure } from '../../test/harness/run-dmz.ts';
import { schemaTenant } from '../../test/harness/schema-tenant.ts';
import { findingsIn } from '../../test/harness/server-findings.ts';
import { killAt } from '../../test/harness/stalled-command.ts';
import { enterTenant } from '../kernel/isolation/enter-tenant.ts';
import { countSessions } from '../modules/game/index.ts';

const OTHER = 'consumers';
const acknowledge = { type: 'acknowledge_day' } as const;

describe('the standing of a tenant', () => {
  const db = useDatabase({ instances: { second: { from: 'copy' } } });
  let control: SqlClient;
  const sessions: Record<string, string> = {};

  beforeAll(async () => {
    control = await db.connectAsAdmin();
    await schemaTenant(db, 'with-schema');
    for (const slug of ['small-company', 'with-schema'])
      sessions[slug] = (await startedSession(db.platform, slug)).sessionId;
    const { id: tenantId } = await db.platform.tenancy.locate('mid-company');
    const target = await db.connectAsAdmin('second');
    await flip({ tenantId, control, source: control, target, to: 'second' });
    sessions['mid-company'] = (await startedSession(db.platform, 'mid-company')).sessionId;
  });

  const REASON = ['--reason', 'contract ended'];
  const dmz = (verb: string, slug: string, ...more: string[]) =>
    callDmz(['tenant', verb, slug, ...REASON, ...more], db.environment);
  async function json(verb: string, slug: string) {
    return JSON.parse((await dmz(verb, slug, '--json')).out);
  }
  const act = (slug: string, retryMs = 0) =>
    db.open({ retryMs }).game.act(slug, {
      ...{ sessionId: sessions[slug]!, actionId: uuidv7(), action: acknowledge },
    });
  const entries = async (slug: string) => {
    const text = sql`SELECT action, details->>'reason' AS reason FROM admin.audit_log WHERE action LIKE 'public.tenant.%' ORDER BY occurred_at`;
    return db.platform.tenancy.run(slug, async (tx) => {
      const own = sql`SELECT action, details->>'reason' AS reason FROM tenant_with_schema.admin_audit_log WHERE action LIKE 'public.tenant.%' ORDER BY occurred_at`;
      return (await execute(tx, tx.placement.schema === null ? text : own)).rows;
    });
  };

  it.each(['small-company', 'with-schema', 'mid-company'])(
    'of %s: suspended, archived, resumed',
    async (slug) => {
      const before = await db.platform.tenancy.run(slug, countSessions);
      expect(await json('suspend', slug)).toEqual({ slug, status: 'suspended', changed: true });
      expect(await json('suspend', slug)).toMatchObject({ changed: false });
      await expect(act(slug)).rejects.toMatchObject({ code: 'TENANCY_NOT_SERVED' });
      const reading = () => db.platform.tenancy.run(slug, countSessions, { snapshot: true });
      await expect(reading()).rejects.toMatchObject({ code: 'TENANCY_NOT_SERVED' });
      await db.platform.tenancy.run(OTHER, async () => {});

      expect(await json('archive', slug)).toMatchObject({ status: 'archived', changed: true });
      await expect(act(slug)).rejects.toMatchObject({ code: 'TENANCY_NOT_SERVED' });
      expect(await reading()).toEqual(before);
      expect((await db.platform.game.replay(slug, sessions[slug]!)).mismatches).toEqual([]);
      const { rows } = await control.query('SELECT status, archived_at FROM public.tenants WHERE slug = $1', [
        slug,
      ]);
      expect(rows).toEqual([{ status: 'archived', archived_at: expect.any(Date) }]);

      expect(await json('resume', slug)).toMatchObject({ status: 'active', changed: true });
      expect(await db.platform.tenancy.run(slug, countSessions)).toEqual(before);
      await act(slug);
      expect(await entries(slug)).toEqual(
        ['suspended', 'archived', 'resumed'].map((verb) => ({
          action: `public.tenant.${verb}`,
          reason: 'contract ended',
        })),
      );
      const check = await callDmz(['instance', 'check', '--json'], db.environment);
      expect(findingsIn(check)).toEqual([]);
    },
  );

  it('archived admits nobody who writes, however a transaction is begun', async () => {
    await json('archive', 'small-company');
    const app = await db.connectAsApp();
    const { id } = await db.platform.tenancy.locate('small-company');
    const enter = () => enterTenant(app, id);
    await app.query('BEGIN');
    await expect(enter()).rejects.toMatchObject({ code: 'ZD003' });
    await app.query('ROLLBACK');
    await app.query('BEGIN READ ONLY');
    await enter();
    expect((await app.query('SELECT count(*)::int AS n FROM auth.users')).rows[0].n).toBeGreaterThan(0);
    await expect(app.query('SET TRANSACTION READ WRITE')).rejects.toMatchObject({ code: '25001' });
    await app.query('ROLLBACK');
    await app.query('BEGIN READ ONLY');
    await enter();
    await expect(
      app.query("INSERT INTO org.departments (tenant_id, name) VALUES ($1, 'late')", [id]),
    ).rejects.toMatchObject({ code: '25006' });
    await app.query('ROLLBACK');
    await json('resume', 'small-company');
  });

  it('changes when those who were in the tenant have left, and not before', async () => {
    let left = false;
    const inside = db.platform.tenancy.run('small-company', async (tx) => {
      await execute(tx, 'SELECT pg_sleep(1)');
      left = true;
    });
    await sleep(200);
    expect(await json('suspend', 'small-company')).toMatchObject({ changed: true });
    expect(left).toBe(true);
    await inside;
    await json('resume', 'small-company');
  });

  it('is finished by the same command after a kill between register and instance', async () => {
    const holder = await db.connectAsAdmin();
    const point = { table: 'public.residents', event: 'UPDATE', when: "NEW.state = 'suspended'" } as const;
    await killAt(holder, point, ['tenant', 'suspend', 'small-company', ...REASON], db.environment);
    await holder.end();
    await db.platform.tenancy.run('small-company', async () => {});
    expect(await json('suspend', 'small-company')).toMatchObject({ status: 'suspended', changed: true });
    await expect(act('small-company')).rejects.toMatchObject({ code: 'TENANCY_NOT_SERVED' });
    await json('resume', 'small-company');
    const of = (await entries('small-company')).filter(({ action }) => action === 'public.tenant.suspended');
    expect(of).toHaveLength(3);
  });

  it('is refused where it makes no sense, and without a reason', async () => {
    expectFailure(await dmz('suspend', 'nobody'), 'TENANT_UNKNOWN', 1);
    await json('archive', 'small-company');
    expectFailure(await dmz('suspend', 'small-company'), 'TENANT_STATUS_REFUSED', 1);
    await json('resume', 'small-company');
    const bare = await callDmz(['tenant', 'suspend', 'small-company'], db.environment);
    expectFailure(bare, 'CLI_OPTION_MISSING', 2);
  });
});
