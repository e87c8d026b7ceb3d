/**
 * E-mails that were written ahead, in pools by difficulty: each is given to one session and to no other, and a session is
 * played and replayed with what it was given. PostgreSQL has the truth; Redis has ids of those that wait, so that many who
 * take at once do not look for the same rows. An id that PostgreSQL does not confirm is worth nothing.
 */
import { createHash } from 'node:crypto';
import { canonicalJson, EmailTemplate } from '@archive-gate/game-engine';
import { and, asc, count, desc, eq, inArray, isNull } from 'drizzle-orm';
import { validate as isUuid, v7 as uuidv7 } from 'uuid';
import {
  addressIn,
  addToSupply,
  type Cache,
  drawFromSupply,
  removeFromSupply,
} from '../../kernel/cache/index.ts';
import { insertMissingAndTell, type TenantTx } from '../../kernel/tenancy/index.ts';
import { requireList } from '../../kernel/values/index.ts';
import { checkContent } from './check-content.ts';
import { contentTables } from './schema.ts';

/**
 * Below this many that wait, more are asked for. Sessions that start at once do not see what the others take, so it can be the
 * next one that asks; ten that start meanwhile are served all the same.
 */
export const POOL_LEAST = 20;
/** It is filled up to this. */
export const POOL_FULL = 50;

export const DIFFICULTIES = [1, 2, 3, 4, 5] as const;
export type Difficulty = (typeof DIFFICULTIES)[number];

const supplyOf = (tx: TenantTx, difficulty: Difficulty) => addressIn(tx, 'pool', String(difficulty));

/** A pool that has become low. Whoever finds it so gives the same occasion, until it has been filled. */
export interface LowPool {
  readonly difficulty: Difficulty;
  readonly occasion: string;
}

/**
 * Gives a session some e-mails of a difficulty; fewer where the pool has no more.
 *
 * @returns how many, and whether the pool wants filling
 */
export async function takeEmails(
  tx: TenantTx,
  cache: Cache,
  sessionId: string,
  difficulty: Difficulty,
  wanted: number,
): Promise<{ readonly taken: number; readonly low: LowPool | undefined }> {
  const supply = supplyOf(tx, difficulty);
  const drawn = ((await drawFromSupply(cache, supply, wanted)) ?? []).filter((each) => isUuid(each));
  const taken = drawn.length === 0 ? [] : await take(tx, sessionId, difficulty, wanted, drawn);
  if (taken.length < wanted) {
    const past = await take(tx, sessionId, difficulty, wanted - taken.length);
    tx.afterCommit(() => void removeFromSupply(cache, supply, past));
    taken.push(...past);
  }
  return { taken: taken.length, low: await lowPool(tx, difficulty) };
}

/**
 * Takes those that wait, and passes over any that another transaction is about to take, so that nobody waits.
 *
 * @param among  ids; any of the difficulty unless given
 */
async function take(
  tx: TenantTx,
  sessionId: string,
  difficulty: Difficulty,
  most: number,
  among?: readonly string[],
): Promise<string[]> {
  const { poolEmails: pool } = contentTables(tx);
  const waiting = await tx
    .select({ id: pool.id })
    .from(pool)
    .where(and(isWaiting(tx, difficulty), among && inArray(pool.id, [...among])))
    .orderBy(asc(pool.id))
    .limit(most)
    .for('update', { skipLocked: true });
  const ids = waiting.map(({ id }) => id);
  if (ids.length > 0)
    await tx.update(pool).set({ takenBySessionId: sessionId, takenAt: tx.now }).where(inArray(pool.id, ids));
  return ids;
}

function isWaiting(tx: TenantTx, difficulty: Difficulty) {
  const { poolEmails: pool } = contentTables(tx);
  return and(eq(pool.difficulty, difficulty), isNull(pool.takenBySessionId));
}

export async function countWaiting(tx: TenantTx, difficulty: Difficulty): Promise<number> {
  const { poolEmails: pool } = contentTables(tx);
  const [row] = await tx.select({ waiting: count() }).from(pool).where(isWaiting(tx, difficulty));
  return row?.waiting ?? 0;
}

/** The occasion is the last e-mail that was put in: it stays the same until somebody puts in more. */
async function lowPool(tx: TenantTx, difficulty: Difficulty): Promise<LowPool | undefined> {
  if ((await countWaiting(tx, difficulty)) >= POOL_LEAST) return undefined;
  const { poolEmails: pool } = contentTables(tx);
  const [last] = await tx
    .select({ id: pool.id })
    .from(pool)
    .where(eq(pool.difficulty, difficulty))
    .orderBy(desc(pool.id))
    .limit(1);
  return { difficulty, occasion: `${difficulty}:${last?.id ?? 'empty'}` };
}

/**
 * Puts e-mails in that are not there yet.
 *
 * @param generationJobId  in ai.generation_jobs, which says how they came about
 * @returns how many were new
 * @throws CONTENT_FILE_INVALID, VALUE_REFUSED  for an e-mail that could not be played with
 */
export async function putIntoPool(
  tx: TenantTx,
  cache: Cache,
  difficulty: Difficulty,
  emails: readonly EmailTemplate[],
  generationJobId: string,
): Promise<number> {
  const rows = checked(emails).map((template) => {
    const templateSha256 = hashOf(template);
    return { id: uuidv7(), key: template.key, difficulty, template, templateSha256, generationJobId };
  });
  const written = await insertMissingAndTell(tx, contentTables(tx).poolEmails, rows);
  const supply = supplyOf(tx, difficulty);
  tx.afterCommit(() => void addToSupply(cache, supply, [...written]));
  return written.size;
}

/** A pool is filled with fifty; many more would hold up whoever waits for the program. */
const MOST_AT_ONCE = 1_000;

function checked(emails: readonly EmailTemplate[]): EmailTemplate[] {
  requireList('e-mails of a pool', emails, { most: MOST_AT_ONCE });
  return emails.map((email) => checkContent('an e-mail of a pool', email, EmailTemplate));
}

/** Those that the pools have not had yet, waiting or taken. */
export async function newToPools(tx: TenantTx, emails: readonly EmailTemplate[]): Promise<EmailTemplate[]> {
  const { poolEmails: pool } = contentTables(tx);
  const keys = checked(emails).map(({ key }) => key);
  const rows = await tx.select({ key: pool.key }).from(pool).where(inArray(pool.key, keys));
  const known = new Set(rows.map(({ key }) => key));
  return emails.filter(({ key }) => !known.has(key));
}

/** As reviews and the library know a template. */
export const hashOf = (template: EmailTemplate): string =>
  createHash('sha256').update(canonicalJson(template)).digest('hex');

/** What a session was given, in the order of the keys, which a replay draws from too. */
export async function emailsOfSession(tx: TenantTx, sessionId: string): Promise<EmailTemplate[]> {
  const { poolEmails: pool } = contentTables(tx);
  const rows = await tx
    .select({ template: pool.template })
    .from(pool)
    .where(eq(pool.takenBySessionId, sessionId))
    .orderBy(asc(pool.key));
  return rows.map(({ template }) => EmailTemplate.parse(template));
}
