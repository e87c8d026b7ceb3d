/** A tenant’s rows stay in its region, whoever writes the register, and in whichever order. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlClient } from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { runAsOwner } from '../../kernel/db/index.ts';
import { placeTenant, registerProvisioning } from './index.ts';

describe('the region of a tenant', () => {
  const db = useDatabase({ instances: { abroad: { from: 'empty', region: 'us' } } });
  let control: SqlClient;
  beforeAll(async () => {
    control = await db.connectAsOwner();
  });

  const MOVE = `UPDATE public.placements SET instance_id = (SELECT id FROM public.instances WHERE name = 'abroad')
    WHERE tenant_id = (SELECT id FROM public.tenants WHERE slug = 'mid-company')`;
  const CHANGE = "UPDATE public.tenants SET region = 'us' WHERE slug = 'mid-company'";
  const RELABEL = "UPDATE public.instances SET region = 'us' WHERE name = 'main'";

  it.each([
    ['its placement', MOVE],
    ['itself', CHANGE],
    ['its instance', RELABEL],
  ])('is kept when %s changes alone', async (_, statement) => {
    await expect(control.query(statement)).rejects.toMatchObject({ code: 'ZD070' });
  });

  it.each([
    [MOVE, CHANGE],
    [CHANGE, MOVE],
  ])('may change together with its placement, in either order', async (first, second) => {
    await control.query('BEGIN');
    await control.query(first);
    await control.query(second);
    await control.query('SET CONSTRAINTS ALL IMMEDIATE');
    await control.query('ROLLBACK');
  });

  it('is explained to who places a new tenant elsewhere', async () => {
    const placed = runAsOwner(db.adminUrl, async (tx) => {
      const tenant = { slug: 'stranger', name: 'Stranger', tier: 'shared', region: 'eu' } as const;
      const tenantId = await registerProvisioning(tx, tenant);
      await placeTenant(tx, { tenantId, instance: 'abroad', schema: null });
    });
    await expect(placed).rejects.toMatchObject({
      code: 'TENANCY_REGION_DIFFERS',
      found: expect.stringContaining('stranger belongs in region eu, and instance abroad is in us'),
    });
  });
});
