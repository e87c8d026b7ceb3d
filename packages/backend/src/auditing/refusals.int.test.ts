/** What the database refuses a transaction of a tenant is written down in that tenant's log, and is no way to fill it. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { entriesOf, exportAndVerify, useFolder } from '../../test/harness/audit-log.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { departments } from '../modules/org/schema.ts';

const TENANT = 'small-company';

describe('a refused tenant context', () => {
  const db = useDatabase();
  const folder = useFolder();

  it('has an entry, which tells how many like it were left out within a minute', async () => {
    const platform = db.open({});
    const { id: tenantId } = await platform.tenancy.locate('mid-company');
    const intrude = () =>
      platform.tenancy.run(TENANT, (tx) => tx.insert(departments).values({ tenantId, name: randomUUID() }));
    for (let attempt = 0; attempt < 20; attempt += 1)
      await expect(intrude()).rejects.toMatchObject({ code: 'DATABASE_REFUSED' });
    await platform.close();
    const refusals = (await entriesOf(db.platform, TENANT)).filter(
      ({ action }) => action === 'admin.tenant_context.refused',
    );
    expect(refusals.map(({ actorKind, details }) => ({ actorKind, ...JSON.parse(details) }))).toEqual([
      { actorKind: 'program', refusal: 'other_tenant', leftOut: 0 },
    ]);
    const others = await entriesOf(db.platform, 'mid-company');
    expect(others.filter(({ action }) => action === 'admin.tenant_context.refused')).toEqual([]);
    expect(await exportAndVerify(db.platform, TENANT, folder)).toEqual([]);
  });

  it('has none where something else failed', async () => {
    const before = await entriesOf(db.platform, TENANT);
    const platform = db.open({});
    const twice = platform.tenancy.run(TENANT, async (tx) => {
      const row = { tenantId: tx.tenantId, id: randomUUID(), name: 'Twice' };
      await tx.insert(departments).values([row, row]);
    });
    await expect(twice).rejects.toMatchObject({ code: 'DATABASE_REFUSED' });
    await platform.close();
    expect(await entriesOf(db.platform, TENANT)).toEqual(before);
  });
});
