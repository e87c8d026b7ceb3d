import { describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { recordAudit } from '../../modules/admin/index.ts';
import { tenancyErrors } from './errors.ts';
import type { TenantTx } from './index.ts';

const TENANT = 'consumers';

describe('the end of a tenant transaction', () => {
  const db = useDatabase();

  const written = async (action: string): Promise<number> => {
    const admin = await db.connectAsAdmin();
    const { rows } = await admin.query('SELECT count(*)::int FROM admin.audit_log WHERE action = $1', [
      action,
    ]);
    return rows[0].count;
  };
  const write = (tx: TenantTx, action: string) =>
    recordAudit(tx, {
      actor: { kind: 'operator' },
      action,
      subject: { type: 'test', id: tx.tenantId },
      details: {},
    });

  it('does what was put off, in its order and as part of it, and tells whom it concerns once it is committed', async () => {
    const order: string[] = [];
    const result = await db.platform.tenancy.run(TENANT, async (tx) => {
      tx.afterCommit(() => order.push('committed'));
      tx.beforeCommit(async () => {
        await write(tx, 'test.put.off');
        order.push('first');
        tx.beforeCommit(async () => void order.push('third'));
      });
      tx.beforeCommit(async () => void order.push('second'));
      order.push('work');
      return 'result';
    });
    expect(result).toBe('result');
    expect(order).toEqual(['work', 'first', 'second', 'third', 'committed']);
    expect(await written('test.put.off')).toBe(1);
  });

  it('is a rollback where what was put off fails, and nobody is told of a commit', async () => {
    const told: string[] = [];
    const failing = db.platform.tenancy.run(TENANT, async (tx) => {
      await write(tx, 'test.taken.back');
      tx.afterCommit(() => told.push('committed'));
      tx.beforeCommit(async () => {
        throw new RangeError('not so');
      });
    });
    await expect(failing).rejects.toThrow('not so');
    expect(await written('test.taken.back')).toBe(0);
    expect(told).toEqual([]);
  });

  it('forgets what a failed attempt has put off, when the work is done again', async () => {
    let attempts = 0;
    let told = 0;
    await db.platform.tenancy.run(TENANT, async (tx) => {
      attempts += 1;
      tx.beforeCommit(() => write(tx, 'test.once'));
      tx.afterCommit(() => {
        told += 1;
      });
      if (attempts === 1) throw tenancyErrors.TENANCY_INTERRUPTED();
    });
    expect({ attempts, told }).toEqual({ attempts: 2, told: 1 });
    expect(await written('test.once')).toBe(1);
  });
});
