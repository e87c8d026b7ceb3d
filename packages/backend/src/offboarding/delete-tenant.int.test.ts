/** A tenant goes as a whole, when nothing holds it, with a certificate; and a killed deletion is finished by the next. */
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlClient } from '../../test/harness/by-hand.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { startedSession } from '../../test/harness/play.ts';
import { redisOfFile, withRedis } from '../../test/harness/redis.ts';
import { callDmz, expectFailure } from '../../test/harness/run-dmz.ts';
import { findingsIn } from '../../test/harness/server-findings.ts';
import { killAt, type StallPoint } from '../../test/harness/stalled-command.ts';
import { isSignedBy } from '../kernel/signing/index.ts';
import { allTables } from '../modules/registry.ts';

const REASON = ['--reason', 'contract ended'];

describe('dmz tenant delete', () => {
  const db = useDatabase({ instances: { second: { from: 'empty', region: 'us' } } });
  const admins: Record<string, SqlClient> = {};
  let others: Record<string, number>;

  beforeAll(async () => {
    for (const instance of ['main', 'second']) admins[instance] = await db.connectAsAdmin(instance);
    others = await rowsOf('main', null, (await db.platform.tenancy.locate('consumers')).id);
  });

  const dmz = (...args: string[]) => callDmz(['tenant', ...args], db.environment);
  async function json(...args: string[]) {
    const { out, err } = await dmz(...args, '--json');
    if (out === '') throw new Error(err);
    return JSON.parse(out);
  }
  async function archived(slug: string, ...args: string[]): Promise<string> {
    const made = ['--slug', slug, '--name', slug, '--trial-people', '2', ...args];
    const { id } = await json('create', ...made);
    await startedSession(db.platform, slug);
    await db.platform.consumers.settle(slug);
    await json('archive', slug, ...REASON);
    return id;
  }
  const longAgo = (slug: string) =>
    admins.main!.query(
      "UPDATE public.tenants SET archived_at = now() - interval '11 years' WHERE slug = $1",
      [slug],
    );
  async function rowsOf(instance: string, schema: string | null, id: string) {
    const tables = allTables().filter(({ kind }) => kind !== 'reference' && kind !== 'control');
    const counts = tables.map(({ namespace, name }) => {
      const table = schema === null ? `${namespace}.${name}` : `${schema}.${namespace}_${name}`;
      return `SELECT '${namespace}.${name}' AS name, count(*)::int AS n FROM ${table} WHERE tenant_id = '${id}'`;
    });
    const text = `SELECT * FROM (${counts.join(' UNION ALL ')}) AS c WHERE n > 0`;
    const { rows } = await admins[instance]!.query(text);
    return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
  }
  async function expectGone(slug: string, id: string, instance: string): Promise<void> {
    expect(await rowsOf(instance, null, id)).toEqual({});
    const schema = `tenant_${slug.replaceAll('-', '_')}`;
    const left = await admins[instance]!.query(
      'SELECT to_regnamespace($1) AS schema, (SELECT count(*)::int FROM public.residents WHERE tenant_id = $2) AS residents',
      [schema, id],
    );
    expect(left.rows).toEqual([{ schema: null, residents: 0 }]);
    const register = await admins.main!.query(
      'SELECT status, deleted_at, (SELECT count(*)::int FROM public.placements WHERE tenant_id = id) AS placements FROM public.tenants WHERE id = $1',
      [id],
    );
    expect(register.rows).toEqual([{ status: 'deleted', deleted_at: expect.any(Date), placements: 0 }]);
    await expect(db.platform.tenancy.run(slug, async () => {})).rejects.toMatchObject({
      code: 'TENANCY_UNKNOWN_TENANT',
    });
    expect(await withRedis(redisOfFile(), (redis) => redis.keys(`*${id}*`))).toEqual([]);
    const check = await callDmz(['instance', 'check', '--json'], db.environment);
    expect(findingsIn(check)).toEqual([]);
  }

  describe.each([
    ['shared', 'leaves-shared', ['--plan', 'starter', '--region', 'eu'], 'main', null],
    ['schema', 'leaves-schema', ['--plan', 'professional', '--region', 'eu'], 'main', 'tenant_leaves_schema'],
    [
      'instance',
      'leaves-instance',
      ['--plan', 'enterprise', '--region', 'us', '--instance', 'second'],
      'second',
      null,
    ],
  ])('at tier %s', (_, slug, args, instance, schema) => {
    let id = '';
    let before: Record<string, number>;
    beforeAll(async () => {
      id = await archived(slug, ...args);
      before = await rowsOf(instance, schema, id);
    });

    it('is refused while a period runs, and says until when', async () => {
      expectFailure(await dmz('delete', slug, ...REASON), 'TENANT_HELD', 1);
      const { status, out } = await dmz('delete', slug, '--rehearse', '--json');
      expect(status).toBe(1);
      const report = JSON.parse(out);
      expect(report).toMatchObject({ deleted: false, rows: before, certificate: null });
      expect(report.held.map(({ ground }: { ground: string }) => ground)).toContain(
        'the tenant’s policy for audit',
      );
      expect(await rowsOf(instance, schema, id)).toEqual(before);
    });

    it('is refused while a legal hold is in force, however long ago it was archived', async () => {
      await longAgo(slug);
      const admin = admins[instance]!;
      const [holds, users] = ['governance.legal_holds', 'auth.users'].map((table) =>
        schema === null ? table : `${schema}.${table.replace('.', '_')}`,
      );
      await admin.query(
        `INSERT INTO ${holds} (tenant_id, action, matter, scope, ordered_by_id, effective_at)
         SELECT tenant_id, 'placed', '4 O 17/26', 'tenant', id, now() FROM ${users} WHERE tenant_id = $1 LIMIT 1`,
        [id],
      );
      const refused = await dmz('delete', slug, ...REASON);
      expectFailure(refused, 'TENANT_HELD', 1);
      expect(refused.err).toContain('legal hold 4 O 17/26');
      await admin.query(
        `INSERT INTO ${holds} (tenant_id, action, releases_id, matter, scope, ordered_by_id, effective_at)
         SELECT tenant_id, 'released', id, matter, scope, ordered_by_id, now() FROM ${holds} WHERE tenant_id = $1`,
        [id],
      );
    });

    it('deletes everything of the tenant and nothing of others, and certifies it', async () => {
      const rehearsed = await json('delete', slug, '--rehearse');
      expect(rehearsed.held).toEqual([]);
      const deletion = await json('delete', slug, ...REASON);
      expect(deletion).toMatchObject({
        deleted: true,
        rows: { ...before, 'governance.legal_holds': 2 },
        certificate: { document: { slug, reason: 'contract ended', instance, schema } },
      });
      await expectGone(slug, id, instance);
      const { id: other } = await db.platform.tenancy.locate('consumers');
      expect(await rowsOf('main', null, other)).toEqual(others);
      const file = path.join(db.environment.DMZ_HOME, 'signing-key.pem');
      const key = createPublicKey(readFileSync(file, 'utf8'));
      expect(isSignedBy(deletion.certificate.document, deletion.certificate, key)).toBe(true);
      expect(deletion.certificate.document.total).toBe(
        Object.values<number>(deletion.rows).reduce((sum, count) => sum + count, 0),
      );
      expect((await json('delete', slug, ...REASON)).certificate).toEqual(deletion.certificate);
    });
  });

  it('is refused for a tenant that is not archived, that of all consumers, and one that is not there', async () => {
    expectFailure(await dmz('delete', 'small-company', ...REASON), 'TENANT_NOT_ARCHIVED', 1);
    expectFailure(await dmz('delete', 'consumers', ...REASON), 'TENANT_OF_CONSUMERS', 1);
    expectFailure(await dmz('delete', 'nobody', ...REASON), 'TENANT_UNKNOWN', 1);
    expectFailure(await dmz('delete', 'small-company'), 'CLI_OPTION_MISSING', 2);
  });

  it('is refused while a move has left rows of the tenant elsewhere', async () => {
    const id = await archived('moved-once', '--plan', 'starter', '--region', 'eu');
    await longAgo('moved-once');
    await admins.main!.query(
      `INSERT INTO public.moves (tenant_id, from_tier, from_instance_id, from_epoch, to_tier, to_instance_id, step, max_pause_ms, keep_source_seconds, max_wal_bytes)
       SELECT $1, 'schema', id, 1, 'shared', id, 'completed', 500, 60, 1 FROM public.instances WHERE name = 'main'`,
      [id],
    );
    expectFailure(await dmz('delete', 'moved-once', ...REASON), 'TENANT_MOVE_UNFINISHED', 1);
    await admins.main!.query("UPDATE public.moves SET step = 'purged' WHERE tenant_id = $1", [id]);
    await json('delete', 'moved-once', ...REASON);
    await expectGone('moved-once', id, 'main');
  });

  it('gives up a creation that was begun, and frees its slug', async () => {
    const args = ['--slug', 'given-up', '--name', 'Given up', '--plan', 'starter', '--region', 'eu'];
    const holder = await db.connectAsAdmin();
    const point = { table: 'public.tenant_runs', event: 'UPDATE', when: "NEW.step = 'furnished'" } as const;
    await killAt(holder, point, ['tenant', 'create', ...args], db.environment);
    await holder.end();
    const { rows } = await admins.main!.query("SELECT id FROM public.tenants WHERE slug = 'given-up'");
    expect(Object.keys(await rowsOf('main', null, rows[0].id)).length).toBeGreaterThan(5);
    expect(await json('delete', 'given-up', ...REASON)).toMatchObject({ deleted: true, certificate: null });
    expect(await rowsOf('main', null, rows[0].id)).toEqual({});
    expect(await json('create', ...args)).toMatchObject({ created: true });
  });

  describe('killed', () => {
    const step = (name: string): StallPoint => ({
      table: 'public.tenant_runs',
      event: 'UPDATE',
      when: `NEW.step = '${name}'`,
    });
    const POINTS: readonly (readonly [string, 'shared' | 'schema', StallPoint])[] = [
      ['before it is decided', 'shared', { table: 'public.tenant_runs', event: 'INSERT' }],
      [
        'while it departs',
        'shared',
        { table: 'public.residents', event: 'UPDATE', when: "NEW.state = 'departed'" },
      ],
      ['when it has departed', 'schema', step('departed')],
      [
        'in the middle of its rows',
        'shared',
        { table: 'public.purges', event: 'INSERT', when: "NEW.table_name = 'game.sessions'" },
      ],
      ['when its rows are gone', 'schema', step('emptied')],
      ['while it is certified', 'shared', { table: 'public.destruction_certificates', event: 'INSERT' }],
      ['when it is certified', 'schema', step('certified')],
      ['while it is forgotten', 'shared', { table: 'public.placements', event: 'DELETE' }],
      ['when it is forgotten', 'shared', step('forgotten')],
    ];

    it.each(POINTS)('%s, at tier %s, it is finished by the same command', async (_, tier, point) => {
      const slug = `ends-${POINTS.findIndex(([, , each]) => each === point)}`;
      const id = await archived(slug, '--plan', 'starter', '--region', 'eu', '--tier', tier);
      await longAgo(slug);
      const before = await rowsOf('main', tier === 'schema' ? `tenant_${slug.replace('-', '_')}` : null, id);
      const holder = await db.connectAsAdmin();
      await killAt(holder, point, ['tenant', 'delete', slug, ...REASON], db.environment);
      await holder.end();
      const deletion = await json('delete', slug, ...REASON);
      expect(deletion).toMatchObject({ deleted: true, rows: before, certificate: { document: { slug } } });
      await expectGone(slug, id, 'main');
    });
  });
});
