/** A tenant is created whole at each tier, from its plan; or not at all, and then finished by the next call. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlClient } from '../../test/harness/by-hand.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { startedSession } from '../../test/harness/play.ts';
import { callDmz, expectFailure, runDmz } from '../../test/harness/run-dmz.ts';
import { findingsIn } from '../../test/harness/server-findings.ts';
import { killAt, type StallPoint } from '../../test/harness/stalled-command.ts';
import { stopInstance } from '../kernel/instances/index.ts';
import { allTables } from '../modules/registry.ts';

const BASE = ['--plan', 'starter', '--region', 'eu', '--frameworks', 'hipaa,gdpr'];

describe('dmz tenant create', () => {
  const db = useDatabase({
    instances: { second: { from: 'empty', region: 'us' }, third: { from: 'empty', region: 'us' } },
  });
  const admins: Record<string, SqlClient> = {};

  beforeAll(async () => {
    for (const instance of ['main', 'second', 'third']) admins[instance] = await db.connectAsAdmin(instance);
  });

  const dmz = (...args: string[]) => callDmz(['tenant', ...args], db.environment);
  async function create(slug: string, ...args: string[]) {
    const { out, err } = await dmz('create', '--slug', slug, ...args, '--json');
    if (out === '') throw new Error(err);
    return JSON.parse(out);
  }
  const listed = async (slug: string) =>
    JSON.parse((await dmz('list', '--json')).out).find((each: { slug: string }) => each.slug === slug);

  /** Rows of the tenant by table, wherever it lives. */
  async function holdings(slug: string): Promise<Record<string, number>> {
    const { id, instance, schema } = await listed(slug);
    const tables = allTables().filter(({ kind }) => kind !== 'reference' && kind !== 'control');
    const counts = tables.map(({ namespace, name }) => {
      const table = schema === null ? `${namespace}.${name}` : `${schema}.${namespace}_${name}`;
      return `SELECT '${namespace}.${name}' AS name, count(*)::int AS n FROM ${table} WHERE tenant_id = '${id}'`;
    });
    const { rows } = await admins[instance]!.query(
      `SELECT * FROM (${counts.join(' UNION ALL ')}) AS c WHERE n > 0 ORDER BY name`,
    );
    return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
  }

  describe.each([
    ['shared', 'one', 'starter', 'eu', { instance: 'main', schema: null }],
    ['schema', 'two', 'professional', 'us', { instance: 'second', schema: 'tenant_two' }],
    ['instance', 'three', 'enterprise', 'us', { instance: 'third', schema: null }],
  ])('for tier %s', (tier, slug, plan, region, place) => {
    it('places the tenant by its plan, furnishes it, and lets it play', async () => {
      const where = tier === 'instance' ? ['--instance', 'third'] : [];
      const args = ['--name', `Company ${slug}`, '--plan', plan, '--region', region, ...where];
      const email = 'Admin@company.example';
      const created = await create(slug, ...args, '--admin-email', email, '--trial-people', '3');
      expect(created).toMatchObject({ slug, tier, region, status: 'active', created: true, ...place });
      expect(await listed(slug)).toMatchObject({ tier, status: 'active', ...place });

      const has = await holdings(slug);
      expect(has).toMatchObject({
        'auth.users': 4,
        'auth.roles': 5,
        'auth.invitations': 1,
        'org.tenant_retention_policies': 6,
        'org.tenant_settings': 1,
        'admin.audit_chain_heads': 1,
        'admin.audit_log': 1,
      });
      expect(has['billing.entitlements']).toBeGreaterThan(5);
      const { token } = created.invitation;
      const { sha256, status } = await invitationOf(slug);
      expect([sha256, status]).toEqual([createHash('sha256').update(token).digest('hex'), 'pending']);

      const { sessionId } = await startedSession(db.platform, slug);
      expect((await db.platform.game.replay(slug, sessionId)).mismatches).toEqual([]);
      const check = await callDmz(['instance', 'check', place.instance, '--json'], db.environment);
      expect(findingsIn(check)).toEqual([]);
    });

    it('does nothing the second time, and a new invitation replaces one that was not accepted', async () => {
      const before = await holdings(slug);
      expect(await create(slug)).toMatchObject({ created: false, invitation: null, ...place });
      expect(await holdings(slug)).toEqual(before);
      const old = await invitationOf(slug);
      const again = await create(slug, '--admin-email', 'admin@company.example');
      expect(again).toMatchObject({ created: false, invitation: { token: expect.any(String) } });
      const present = await invitationOf(slug);
      expect([present.status, present.pending]).toEqual(['pending', 1]);
      expect(present.sha256).not.toBe(old.sha256);
    });
  });

  async function invitationOf(slug: string): Promise<{ sha256: string; status: string; pending: number }> {
    const { id, instance, schema } = await listed(slug);
    const table = schema === null ? 'auth.invitations' : `${schema}.auth_invitations`;
    const { rows } = await admins[instance]!.query(
      `SELECT token_sha256 AS sha256, status, count(*) FILTER (WHERE status = 'pending') OVER ()::int AS pending
       FROM ${table} WHERE tenant_id = $1 ORDER BY created_at DESC LIMIT 1`,
      [id],
    );
    return rows[0];
  }

  it('gives a plan’s trial an end, and what is agreed on none', async () => {
    const sources = async (instance: string, table: string) =>
      (
        await admins[instance]!.query(
          `SELECT DISTINCT source, valid_until - valid_from AS period FROM ${table} ORDER BY source`,
        )
      ).rows;
    expect(await sources('second', 'tenant_two.billing_entitlements')).toMatchObject([
      { source: 'trial', period: { days: 30 } },
    ]);
    expect(await sources('third', 'billing.entitlements')).toEqual([{ source: 'courtesy', period: null }]);
  });

  describe('is refused, and registers nothing,', () => {
    it.each([
      ['without a name', ['--plan', 'free', '--region', 'eu'], 'TENANT_OPTION_MISSING', 2],
      ['of a plan that is unknown', ['--plan', 'gold'], 'BILLING_PLAN_UNKNOWN', 2],
      ['with more people than the plan allows', ['--seats', '101'], 'BILLING_SEATS_OUT_OF_PLAN', 2],
      ['in a region that is unknown', ['--region', 'moon'], 'TENANT_NO_INSTANCE', 1],
      ['in a region without a shared instance', ['--region', 'uk'], 'TENANT_NO_INSTANCE', 1],
      ['on an instance in another region', ['--instance', 'second'], 'TENANT_NO_INSTANCE', 1],
      ['on an instance that is unknown', ['--instance', 'nowhere'], 'TENANT_NO_INSTANCE', 1],
      [
        'alone on an instance with others',
        ['--tier', 'instance', '--instance', 'main'],
        'TENANT_NO_INSTANCE',
        1,
      ],
      ['with a framework that is unknown', ['--frameworks', 'gdpr,iso'], 'TENANT_OPTION_INVALID', 2],
      ['with an address that is none', ['--admin-email', 'admin'], 'TENANT_OPTION_INVALID', 2],
    ] as const)('%s', async (_, args, code, status) => {
      const given = (option: string, value: string) =>
        args.includes(option as never) ? [] : [option, value];
      const rest = [...given('--plan', 'starter'), ...given('--region', 'eu')];
      const name = _ === 'without a name' ? [] : ['--name', 'Never'];
      expectFailure(await dmz('create', '--slug', 'never', ...name, ...rest, ...args), code, status);
      const { rows } = await admins.main!.query("SELECT FROM public.tenants WHERE slug = 'never'");
      expect(rows).toEqual([]);
    });

    it('with a slug that is another tenant’s, or none', async () => {
      const more = ['--name', 'X', ...BASE];
      expectFailure(await dmz('create', '--slug', 'consumers', ...more), 'TENANT_EXISTS', 1);
      expectFailure(await dmz('create', '--slug', 'one', '--name', 'Another'), 'TENANT_EXISTS', 1);
      expectFailure(await dmz('create', '--slug', 'No', ...more), 'TENANT_SLUG_INVALID', 2);
      expectFailure(await dmz('create'), 'CLI_OPTION_MISSING', 2);
    });
  });

  describe('killed', () => {
    const ADMIN = ['--admin-email', 'first@company.example'];
    let whole: Record<string, number>;
    beforeAll(async () => {
      await create('whole', '--name', 'Whole', ...BASE, ...ADMIN);
      whole = await holdings('whole');
    });

    const step = (name: string): StallPoint => ({
      table: 'public.tenant_runs',
      event: 'UPDATE',
      when: `NEW.step = '${name}'`,
    });
    const POINTS: readonly (readonly [string, string, StallPoint])[] = [
      ['before anything is registered', 'shared', { table: 'public.tenant_runs', event: 'INSERT' }],
      ['while it is placed', 'shared', { table: 'public.placements', event: 'INSERT' }],
      ['when it is placed', 'shared', step('placed')],
      ['while it is admitted', 'schema', { table: 'public.residents', event: 'INSERT' }],
      ['when it is prepared', 'schema', step('prepared')],
      ['while it is furnished', 'shared', { table: 'content.email_templates', event: 'INSERT' }],
      ['when it is furnished', 'schema', step('furnished')],
      ['while somebody is invited', 'shared', { table: 'auth.invitations', event: 'INSERT' }],
      ['when somebody is invited', 'shared', step('invited')],
      ['while it is opened', 'shared', { table: 'public.tenants', event: 'UPDATE' }],
      ['when it is open', 'schema', step('open')],
    ];

    it.each(POINTS)(
      '%s, tier %s, it is not open, and is whole after the next call',
      async (_, tier, point) => {
        const slug = `killed-${POINTS.findIndex(([, , each]) => each === point)}`;
        const args = [
          'tenant',
          'create',
          '--slug',
          slug,
          '--name',
          'Killed',
          ...BASE,
          '--tier',
          tier,
          ...ADMIN,
        ];
        const holder = await db.connectAsAdmin();
        await killAt(holder, point, args, db.environment);
        await holder.end();
        const { rows } = await admins.main!.query('SELECT status FROM public.tenants WHERE slug = $1', [
          slug,
        ]);
        if (point.table !== 'public.tenant_runs' || point.event !== 'INSERT')
          expect(rows).toEqual([{ status: point.when?.includes("'open'") ? 'active' : 'provisioning' }]);
        const resumed = rows.length > 0 ? [] : ['--name', 'Killed', ...BASE, '--tier', tier];
        expect(await create(slug, ...resumed, ...ADMIN)).toMatchObject({ status: 'active', tier });
        const { 'auth.invitations': invitations, ...others } = await holdings(slug);
        const { 'auth.invitations': _one, ...expected } = whole;
        expect(others).toEqual(expected);
        expect([(await invitationOf(slug)).pending, invitations]).toEqual([1, expect.any(Number)]);
      },
    );

    it('is finished with its own options alone, and asks for the address again', async () => {
      const args = ['tenant', 'create', '--slug', 'options', '--name', 'Options', ...BASE, ...ADMIN];
      const holder = await db.connectAsAdmin();
      await killAt(holder, step('furnished'), args, db.environment);
      await holder.end();
      const again = (...more: string[]) => dmz('create', '--slug', 'options', ...more);
      expectFailure(await again('--plan', 'free', ...ADMIN), 'TENANT_CREATION_DIFFERS', 1);
      expectFailure(await again(), 'TENANT_INVITATION_MISSING', 2);
      expect((await again('--name', 'Options', ...ADMIN)).status).toBe(0);
    });

    it('while its own instance is being added, it finds that again', async () => {
      const args = ['--slug', 'apart', '--name', 'Apart', '--plan', 'enterprise', '--region', 'eu'];
      const holder = await db.connectAsAdmin();
      const point = { table: 'public.instances', event: 'INSERT' } as const;
      try {
        await killAt(holder, point, ['tenant', 'create', ...args], db.environment);
        await holder.end();
        expect(await create('apart')).toMatchObject({ instance: 'apart', tier: 'instance', created: true });
        const check = await callDmz(['instance', 'check', 'apart', '--json'], db.environment);
        expect(findingsIn(check)).toEqual([]);
        await db.platform.tenancy.run('apart', async (tx) => expect(tx.placement.schema).toBeNull());
      } finally {
        await stopInstance('apart', db.environment.DMZ_HOME);
      }
    }, 120_000);
  });

  it('may be given twice at once, and the tenant is created once', async () => {
    const args = ['tenant', 'create', '--slug', 'twins', '--name', 'Twins', ...BASE, '--json'];
    const both = await Promise.all([runDmz(args, db.environment), runDmz(args, db.environment)]);
    expect(both.map(({ out }) => JSON.parse(out).created).sort()).toEqual([false, true]);
    expect((await holdings('twins'))['admin.audit_log']).toBe(1);
  });
});
