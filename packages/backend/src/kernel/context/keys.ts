/**
 * The keys of entries at one instance, for its administrator: the first one, a new one, and what they were derived from.
 * A database has one key that signs at most; what it signed before is accepted for a while.
 */
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { APP_ROLE, rolePassword } from '../stack/index.ts';
import { contextSecret, padsOf } from './token.ts';

/**
 * For how long a former key is accepted. A program that hears that it is retired asks for the new one and enters again,
 * so this is no promise that programs rely on; it spares all of them from asking at the same moment.
 */
export const OVERLAP_SECONDS = 60;

export interface ContextKeyState {
  readonly id: string;
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
  /** Of the control database's: whether every instance had it. */
  readonly isSpread: boolean;
}

const TABLE = 'public.context_keys';

/**
 * Gives a database its first key, and sets keys again whose secret no longer follows from the administrator's password.
 * Does nothing at a version that has no keys yet.
 */
export async function settleContextKeys(client: pg.Client, adminUrl: string): Promise<void> {
  const { rows: known } = await client.query('SELECT to_regclass($1) IS NOT NULL AS known', [TABLE]);
  if (!known[0].known) return;
  const { rows } = await client.query<{ id: string; salt: string; inner_pad: string }>(
    `SELECT id, salt, inner_pad FROM ${TABLE} WHERE retired_at IS NULL OR retired_at > now()`,
  );
  for (const { id, salt, inner_pad } of rows) {
    const { innerPad, outerPad } = padsAt(adminUrl, salt);
    if (innerPad === inner_pad) continue;
    const set = `UPDATE ${TABLE} SET inner_pad = $2, outer_pad = $3 WHERE id = $1`;
    await client.query(set, [id, innerPad, outerPad]);
  }
  if (rows.length > 0) return;
  await insertKey(client, adminUrl, uuidv7());
  await client.query(`UPDATE ${TABLE} SET spread_at = now() WHERE retired_at IS NULL`);
}

/**
 * Has a new key sign, and retires the former after the overlap; in one step, so nobody finds it half done.
 *
 * @param id  of the new key; where it is there already nothing is done
 * @returns whether it was made now
 */
export async function rotateContextKey(client: pg.Client, adminUrl: string, id: string): Promise<boolean> {
  await client.query('BEGIN');
  try {
    const made = await insertKey(client, adminUrl, id);
    if (made) {
      const retire = `UPDATE ${TABLE} SET retired_at = now() + make_interval(secs => $2) WHERE id <> $1 AND retired_at IS NULL`;
      await client.query(retire, [id, OVERLAP_SECONDS]);
    }
    await client.query('COMMIT');
    return made;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

/** Newest first. */
export async function listContextKeys(client: pg.Client): Promise<ContextKeyState[]> {
  const { rows } = await client.query<ContextKeyState>(
    `SELECT id, created_at AS "createdAt", retired_at AS "retiredAt", spread_at IS NOT NULL AS "isSpread"
     FROM ${TABLE} ORDER BY created_at DESC, id DESC`,
  );
  return rows;
}

/** At the control database, once every instance has the key. */
export async function markSpread(client: pg.Client, id: string): Promise<void> {
  await client.query(`UPDATE ${TABLE} SET spread_at = now() WHERE id = $1 AND spread_at IS NULL`, [id]);
}

const padsAt = (adminUrl: string, salt: string) =>
  padsOf(contextSecret(rolePassword(adminUrl, APP_ROLE), salt));

/** @returns whether it was not there yet */
async function insertKey(client: pg.Client, adminUrl: string, id: string): Promise<boolean> {
  const salt = randomBytes(32).toString('hex');
  const { innerPad, outerPad } = padsAt(adminUrl, salt);
  const { rowCount } = await client.query(
    `INSERT INTO ${TABLE} (id, salt, inner_pad, outer_pad) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING`,
    [id, salt, innerPad, outerPad],
  );
  return rowCount === 1;
}
