/** The list of tenants: what the maintenance role may know of the register, and nobody else. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlClient } from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { urlsOf } from '../instances/index.ts';
import { activeTenants } from './index.ts';

describe('the list of active tenants', () => {
  const db = useDatabase();
  let admin: SqlClient;
  const maintenanceUrl = () => urlsOf(db.adminUrl).maintenanceUrl;

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
  });

  it('has those that are active, and no other', async () => {
    const everybody = ['consumers', 'mid-company', 'small-company'];
    expect(await activeTenants(maintenanceUrl())).toEqual(everybody);
    for (const status of ['provisioning', 'suspended', 'archived', 'deleted']) {
      await admin.query('BEGIN');
      await admin.query(
        "UPDATE public.tenants SET status = $1, deleted_at = CASE $1 WHEN 'deleted' THEN now() END WHERE slug = 'mid-company'",
        [status],
      );
      const { rows } = await admin.query('SELECT slug FROM dmz.active_tenants()');
      await admin.query('ROLLBACK');
      expect(rows, status).toEqual([{ slug: 'consumers' }, { slug: 'small-company' }]);
    }
  });

  it('is all of the register that the maintenance role sees, and more than the application does', async () => {
    await admin.query('SET ROLE dmz_maintenance');
    await expect(admin.query('SELECT slug FROM public.tenants')).rejects.toMatchObject({ code: '42501' });
    await admin.query('RESET ROLE');
    await expect(activeTenants(db.appUrl)).rejects.toMatchObject({ code: 'DATABASE_REFUSED' });
  });

  it('says that the database is away when it is', async () => {
    const elsewhere = maintenanceUrl().replace(/:\d+\//, ':1/');
    await expect(activeTenants(elsewhere)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });
});
