/** Sizes are of each tenant at its own place: near the truth by statistics, and the truth when counted. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlClient } from '../../test/harness/by-hand.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { flip } from '../../test/harness/flip.ts';
import { callDmz } from '../../test/harness/run-dmz.ts';
import { schemaTenant } from '../../test/harness/schema-tenant.ts';
import type { TenantSize } from './tenant-sizes.ts';

describe('the sizes of tenants', () => {
  const db = useDatabase({ instances: { second: { from: 'copy' } } });
  let control: SqlClient;

  beforeAll(async () => {
    control = await db.connectAsAdmin();
    const second = await db.connectAsAdmin('second');
    await schemaTenant(db, 'apart');
    const { id: tenantId } = await db.platform.tenancy.locate('mid-company');
    await flip({ tenantId, control, source: control, target: second, to: 'second', purged: true });
    for (const each of [control, second]) await each.query('ANALYZE');
  });

  const dmz = (...args: string[]) => callDmz(['tenant', ...args], db.environment);
  async function sizes(...args: string[]): Promise<Map<string, TenantSize>> {
    const { out, err } = await dmz('sizes', ...args, '--json');
    if (out === '') throw new Error(err);
    return new Map((JSON.parse(out) as TenantSize[]).map((each) => [each.slug, each]));
  }

  it('are estimated near what is counted, at every placement', async () => {
    const [estimates, counts] = [await sizes(), await sizes('--exact')];
    expect([...estimates.keys()].sort()).toEqual(['apart', 'consumers', 'mid-company', 'small-company']);
    for (const [slug, { rows, exact }] of counts) {
      expect(exact).toBe(true);
      expect(rows).toBeGreaterThan(100);
      const estimated = estimates.get(slug);
      expect(estimated).toMatchObject({ exact: false });
      expect(Math.abs(Number(estimated?.rows) - Number(rows)) / Number(rows)).toBeLessThan(0.1);
    }
    expect(estimates.get('apart')).toMatchObject({ instance: 'main', schema: 'tenant_apart' });
    expect(estimates.get('mid-company')).toMatchObject({ instance: 'second', schema: null });
  });

  it('divide a shared table’s bytes among its tenants, and give a schema’s to its own', async () => {
    const all = await sizes();
    const { rows } = await control.query(
      `SELECT sum(pg_total_relation_size(c.oid)) FILTER (WHERE n.nspname = 'tenant_apart')::float8 AS apart,
         sum(pg_total_relation_size(c.oid)) FILTER (WHERE n.nspname NOT LIKE 'tenant%')::float8 AS shared
       FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
       JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'tenant_id' WHERE c.relkind = 'r' AND n.nspname <> 'public'`,
    );
    expect(all.get('apart')?.bytes).toBe(rows[0].apart);
    const together = (all.get('consumers')?.bytes ?? 0) + (all.get('small-company')?.bytes ?? 0);
    expect(together).toBeGreaterThan(0);
    expect(together).toBeLessThanOrEqual(rows[0].shared);
  });

  it('of a suspended tenant are not counted, but estimated', async () => {
    const reason = ['--reason', 'test'];
    await dmz('suspend', 'small-company', ...reason);
    expect((await sizes('--exact')).get('small-company')).toMatchObject({ rows: null });
    expect((await sizes()).get('small-company')?.rows).toBeGreaterThan(100);
    await dmz('resume', 'small-company', ...reason);
  });

  it('lead to suggestions with their reason, and to the load of each instance', async () => {
    const { id } = await db.platform.tenancy.locate('apart');
    await control.query("UPDATE public.tenants SET tier = 'shared' WHERE id = $1", [id]);
    await control.query(
      "INSERT INTO public.tenant_runs (tenant_id, kind, request, step) VALUES ($1, 'creation', $2, 'open')",
      [
        id,
        JSON.stringify({
          ...{ name: 'Apart', plan: 'professional', seats: 50, region: 'eu', tier: 'shared', instance: null },
          ...{ frameworks: [], trialPeople: 0, invites: false },
        }),
      ],
    );
    const { out } = await dmz('suggest', '--json');
    const balance = JSON.parse(out);
    expect(balance.tenants).toEqual([
      {
        slug: 'apart',
        reason: 'its plan promises tier schema',
        command: 'pnpm dmz tenant move apart --to schema',
      },
    ]);
    expect(balance.instances).toMatchObject([
      { instance: 'main', tenants: 3, region: 'eu' },
      { instance: 'second', tenants: 1, region: 'eu' },
    ]);
    expect((await dmz('suggest')).out).toContain('its plan promises tier schema');
  });
});
