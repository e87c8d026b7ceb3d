/** Looks after what Redis has of the pools as a whole: makes it again, and compares it with the rows. */
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { validate as isUuid } from 'uuid';
import { addressIn, type Cache, listSupply, replaceSupply } from '../../kernel/cache/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import type { Difficulty } from './email-pool.ts';
import { contentTables } from './schema.ts';

/** @returns whether Redis took it */
export async function rebuildPool(tx: TenantTx, cache: Cache, difficulty: Difficulty): Promise<boolean> {
  return replaceSupply(cache, addressIn(tx, 'pool', String(difficulty)), await waitingIdsOf(tx, difficulty));
}

/**
 * What Redis would give out and PostgreSQL would not: an id that no e-mail of the pool has. One that was taken a moment ago
 * may still be there; it is passed over when it is drawn.
 *
 * @returns undefined without Redis
 */
export async function verifyPool(
  tx: TenantTx,
  cache: Cache,
  difficulty: Difficulty,
): Promise<string[] | undefined> {
  const ids = await listSupply(cache, addressIn(tx, 'pool', String(difficulty)));
  if (ids === undefined || ids.length === 0) return ids && [];
  const { poolEmails: pool } = contentTables(tx);
  const uuids = ids.filter((id) => isUuid(id));
  const rows = await tx
    .select({ id: pool.id })
    .from(pool)
    .where(and(inArray(pool.id, uuids), eq(pool.difficulty, difficulty)));
  const known = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !known.has(id)).map((id) => `no e-mail of the pool has the id ${id}`);
}

async function waitingIdsOf(tx: TenantTx, difficulty: Difficulty): Promise<string[]> {
  const { poolEmails: pool } = contentTables(tx);
  const rows = await tx
    .select({ id: pool.id })
    .from(pool)
    .where(and(eq(pool.difficulty, difficulty), isNull(pool.takenBySessionId)))
    .orderBy(asc(pool.id));
  return rows.map(({ id }) => id);
}
