/** Rows that a move left behind go, unless a move brings the tenant there by now that is not the caller's. */
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { optionsFor } from '../../../test/harness/mover.ts';
import { emptyPlace } from './index.ts';

const TABLE = 'org.departments';
const ROWS = 3;

describe('a place that is emptied', () => {
  const db = useDatabase();
  const tenantId = randomUUID();
  const moveId = randomUUID();

  const empty = async (reason: string, by?: { moveId: string; attempt: number }) => {
    const urls = await optionsFor(db).urlsOf('main');
    const place = { urls, schema: null, slug: 'gone', tables: [TABLE], restRatio: 0, tenantId };
    return emptyPlace({ ...place, ...(by ? { by } : {}) }, reason);
  };
  async function leftBehind(): Promise<void> {
    const admin = await db.connectAsAdmin();
    await admin.query('SET session_replication_role = replica');
    await admin.query(
      `INSERT INTO ${TABLE} (tenant_id, name) SELECT $1, 'number ' || n FROM generate_series(1, ${ROWS}) AS n`,
      [tenantId],
    );
  }
  async function bringing(attempt: number): Promise<void> {
    await (await db.connectAsAdmin()).query(
      `INSERT INTO public.move_ends (move_id, side, tenant_id, tenant_slug, attempt) VALUES ($1, 'target', $2, 'gone', $3)`,
      [moveId, tenantId, attempt],
    );
  }
  async function left(): Promise<number> {
    const admin = await db.connectAsAdmin();
    return (await admin.query(`SELECT count(*)::int AS n FROM ${TABLE} WHERE tenant_id = $1`, [tenantId]))
      .rows[0].n;
  }
  afterEach(async () => {
    await (await db.connectAsAdmin()).query('DELETE FROM public.move_ends WHERE tenant_id = $1', [tenantId]);
    await empty('test');
  });

  it('has no row left, where no move brings the tenant there', async () => {
    await leftBehind();
    expect(await empty('left behind')).toBe(ROWS);
    expect(await left()).toBe(0);
  });

  it('is cleared by the attempt that brings the tenant there, and by no other', async () => {
    await leftBehind();
    await bringing(2);
    const takenOver = { code: 'TENANCY_MOVE_TAKEN_OVER' };
    await expect(empty('slept', { moveId, attempt: 1 })).rejects.toMatchObject(takenOver);
    await expect(empty('slept', { moveId: randomUUID(), attempt: 2 })).rejects.toMatchObject(takenOver);
    await expect(empty('what an earlier move left')).rejects.toMatchObject(takenOver);
    expect(await left()).toBe(ROWS);
    expect(await empty('cleared', { moveId, attempt: 2 })).toBe(ROWS);
  });

  it('is left alone by an attempt whose move has ended there', async () => {
    await leftBehind();
    await expect(empty('slept', { moveId, attempt: 1 })).rejects.toMatchObject({
      code: 'TENANCY_MOVE_TAKEN_OVER',
    });
    expect(await left()).toBe(ROWS);
  });
});
