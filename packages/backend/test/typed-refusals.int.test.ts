/** What triggers of the modules refuse reaches a caller of tenancy.run as an error with a stable code. */
import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { readTenantTables, tenantIdOf } from '../src/kernel/isolation/tenant-tables.ts';
import type { TenantTx } from '../src/kernel/tenancy/index.ts';
import { billingTables } from '../src/modules/billing/schema.ts';
import { orgTables } from '../src/modules/org/schema.ts';
import { allow } from './harness/allow.ts';
import { useDatabase } from './harness/database.ts';
import { execute } from './harness/execute.ts';
import { fillTables } from './isolation/fill-tables.ts';

const TENANT = 'consumers';

describe('a refusal of the data model', () => {
  const db = useDatabase();
  const run = (work: (tx: TenantTx) => Promise<unknown>) => db.platform.tenancy.run(TENANT, work);
  beforeAll(async () => {
    const admin = await db.connectAsAdmin();
    await fillTables(admin, await readTenantTables(admin), await tenantIdOf(admin, TENANT));
    await allow(db, ['INSERT ON billing.invoice_lines', 'UPDATE ON org.departments']);
  });

  const addLine = async (tx: TenantTx) => {
    const { invoiceLines } = billingTables(tx);
    const [line] = await tx.select().from(invoiceLines).limit(1);
    await tx
      .insert(invoiceLines)
      .values({ ...line!, id: uuidv7(), position: 99, netMinor: line!.netMinor + 100 });
  };

  it('is BILLING_INVOICE_UNBALANCED for a line that an issued invoice does not account for', async () => {
    await expect(run(addLine)).rejects.toMatchObject({
      code: 'BILLING_INVOICE_UNBALANCED',
      retryable: false,
      data: { invoiceId: expect.any(String) },
    });
  });

  it('is no way round that check: COMMIT in no tenant’s context refuses it', async () => {
    const refusal = run(async (tx) => {
      await addLine(tx);
      await execute(tx, 'RESET ALL');
    });
    await expect(refusal).rejects.toMatchObject({ code: 'TENANCY_NO_CONTEXT' });
  });

  it('is ORG_DEPARTMENT_CIRCLE for a department below itself', async () => {
    await expect(
      run(async (tx) => {
        const { departments } = orgTables(tx);
        const [one] = await tx.select().from(departments).limit(1);
        await tx.update(departments).set({ parentId: one!.id }).where(eq(departments.id, one!.id));
      }),
    ).rejects.toMatchObject({
      code: 'ORG_DEPARTMENT_CIRCLE',
      retryable: false,
      data: { departmentId: expect.any(String), parentId: expect.any(String) },
    });
  });
});
