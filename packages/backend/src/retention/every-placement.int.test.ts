/** Retention goes through tenants wherever they live, and drops the months that it has emptied. The other tests are at the shared placement. */
import { beforeAll, describe, expect, it } from 'vitest';
import { exportAndVerify, useFolder } from '../../test/harness/audit-log.ts';
import type { SqlClient } from '../../test/harness/by-hand.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { moveIntoPast } from '../../test/harness/past.ts';
import { playedGame } from '../../test/harness/play.ts';
import { callDmz } from '../../test/harness/run-dmz.ts';
import type { TenantRetention } from './run-retention.ts';

const TENANTS = [
  ['kept-schema', 'main', 'tenant_kept_schema', ['--plan', 'professional', '--region', 'eu']],
  ['kept-instance', 'second', null, ['--plan', 'enterprise', '--region', 'us', '--instance', 'second']],
] as const;
const YEARS_AGO = new Date(new Date().setUTCFullYear(new Date().getUTCFullYear() - 6));
const MONTH = YEARS_AGO.toISOString().slice(0, 7);

describe('retention at every placement', () => {
  const db = useDatabase({ instances: { second: { from: 'empty', region: 'us' } } });
  const folder = useFolder();
  const admins: Record<string, SqlClient> = {};

  const dmz = (...args: string[]) => callDmz(args, db.environment);
  async function run(...args: string[]): Promise<{ tenants: TenantRetention[]; months: { log: string }[] }> {
    const { out, err } = await dmz('retention', 'run', '--json', ...args);
    if (out === '') throw new Error(err);
    return JSON.parse(out);
  }
  const logIn = (schema: string | null, module = 'game') =>
    schema === null ? `${module}.events` : `${schema}.${module}_events`;

  beforeAll(async () => {
    for (const instance of ['main', 'second']) admins[instance] = await db.connectAsAdmin(instance);
    for (const [slug, instance, schema, args] of TENANTS) {
      const made = await dmz(
        'tenant',
        'create',
        '--slug',
        slug,
        '--name',
        slug,
        '--trial-people',
        '2',
        ...args,
      );
      expect([slug, made.status, made.err]).toEqual([slug, 0, expect.any(String)]);
      await playedGame(db.platform, slug, { days: 2 });
      const admin = admins[instance]!;
      for (const module of ['game', 'analytics'])
        await admin.query('SELECT dmz.ensure_partition($1, $2)', [logIn(schema, module), `${MONTH}-01`]);
      await moveIntoPast(admin, (await db.platform.tenancy.locate(slug)).id, '6 years', schema);
    }
  });

  it('takes at each what its rehearsal said, and drops the months that are empty then', async () => {
    const rehearsed = await run('--dry-run');
    const ended = await run('--scheduled');
    const gone = ({ tenants }: typeof ended) =>
      tenants.map(({ tenant, tables }) => [
        tenant,
        Object.fromEntries(tables.map((each) => [each.table, each.purged])),
      ]);
    expect(gone(ended)).toEqual(gone(rehearsed));
    for (const [slug, , schema] of TENANTS) {
      const at = ended.tenants.find(({ tenant }) => tenant === slug);
      expect(at?.tables).toContainEqual(
        expect.objectContaining({ table: 'game.sessions', purged: 1, kept: {} }),
      );
      expect(await exportAndVerify(db.platform, slug, folder)).toEqual([]);
      expect(ended.months).toContainEqual({ log: logIn(schema), month: MONTH });
    }
    const again = await run();
    expect(again.tenants.every(({ runId }) => runId === null)).toBe(true);
    expect(again.months).toEqual([]);
  });

  it('prints a table for people, and leaves out who is not served', async () => {
    await dmz('tenant', 'suspend', 'kept-schema', '--reason', 'unpaid');
    const printed = await dmz('retention', 'run', '--dry-run');
    expect(printed).toMatchObject({
      status: 0,
      out: expect.stringContaining('0 rows would go, and 0 empty months'),
    });
    expect(printed.out).not.toContain('kept-schema');
    const refused = await dmz('retention', 'run', '--tenant', 'kept-schema', '--json');
    expect(JSON.parse(refused.err).error.code).toBe('TENANCY_NOT_SERVED');
  });
});
