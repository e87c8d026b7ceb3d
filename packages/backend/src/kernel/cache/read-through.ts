/**
 * Answers that many ask for and few change, kept in Redis for some seconds: Redis first, else PostgreSQL, whose answer is
 * then stored. Three things keep a stored answer from outliving what it says.
 *
 * - Whoever changes the rows says so (`outdate`), and the answer goes when that is committed.
 * - Whoever finds none is given a ticket, and stores with it alone. What goes takes the ticket with it: who read before a
 *   change cannot store behind it ("leases", Nishtala et al., Scaling Memcache at Facebook, NSDI 2013, section 3.2.1).
 * - Where a program is killed between commit and removal, or cannot reach Redis then, the answer's time ends it. That time
 *   is how long one can be wrong at the very most.
 *
 * The ticket is also the short lock between programs: the one that has it asks PostgreSQL, others wait a moment, and ask
 * for themselves where that was too short, so that none depends on another one's health. Renewing by chance before the end
 * would spare even that wait, but not where a change has removed what all want, which is the usual end of an answer here.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { seesOneMoment, type TenantTx } from '../tenancy/index.ts';
import type { Cache } from './cache.ts';
import { type Area, addressIn, type CacheAddress } from './keys.ts';
import { defineScript } from './script.ts';

export interface ReadThrough<Value> {
  readonly area: Area;
  /** The form of what is kept. What does not have it, such as another release's, is not used. */
  readonly schema: z.ZodType<Value>;
  /** How long an answer can be wrong where its removal was missed. */
  readonly ttlMs: number;
}

/** Longer than any of these questions takes; a program that was killed with a ticket keeps others from storing so long. */
const TICKET_MS = 2_000;
/** A question takes a few milliseconds. Who waits holds a connection, so it is no longer than asking twice. */
const WAIT_MS = 20;
const WAIT_STEP_MS = 5;

/** Of text; what is longer was not written here, and each reader would take Redis for silent while it comes. */
const MOST_BYTES = 1_000_000;

/**
 * An answer; that one is being made by somebody else; that there is one for a later placement; or nothing, and the ticket is
 * taken. What would last for longer than answers do is nothing: the server's clock was set back since, or somebody wrote it.
 */
const READ = defineScript<[found: 'value' | 'busy' | 'later' | 'taken', text?: string, seal?: string]>(`
  local epoch = tonumber(ARGV[1])
  local known = redis.call('HMGET', KEYS[1], 'epoch', 'seal')
  local left, most = redis.call('PTTL', KEYS[1]), tonumber(known[2] and ARGV[4] or ARGV[3])
  if known[1] and left >= 0 and left <= most and redis.call('HSTRLEN', KEYS[1], 'value') <= tonumber(ARGV[5]) then
    if tonumber(known[1]) > epoch then return { 'later' } end
    if tonumber(known[1]) == epoch then
      if known[2] then return { 'value', redis.call('HGET', KEYS[1], 'value') or '', known[2] } end
      return { 'busy' }
    end
  end
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'ticket', ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  return { 'taken' }`);

const STORE = defineScript<number>(`
  if redis.call('HGET', KEYS[1], 'ticket') ~= ARGV[1] then return 0 end
  redis.call('HSET', KEYS[1], 'value', ARGV[2], 'seal', ARGV[4])
  redis.call('HDEL', KEYS[1], 'ticket')
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  return 1`);

const REMOVE = defineScript<number>(`return redis.call('DEL', KEYS[1])`);

/** Questions that a program is asking now, and removals that Redis has not confirmed to it: then it asks PostgreSQL. */
interface UnderWay {
  readonly loads: Map<string, Promise<unknown>>;
  readonly removals: Map<string, number>;
}
const underWayOf = new WeakMap<Cache, UnderWay>();

/** What a transaction has changed: it alone sees that, so it neither reads nor stores what others do. */
const changedIn = new WeakMap<TenantTx, Set<string>>();

/**
 * Needs a tenant transaction; one that sees a single moment (`snapshot`) is answered from that moment, by PostgreSQL.
 *
 * @param id    whose answer it is, within the area and the tenant; none where the tenant has one of them
 * @param load  asks PostgreSQL, in the same transaction
 */
export async function cached<Value>(
  tx: TenantTx,
  cache: Cache,
  kind: ReadThrough<Value>,
  id: string | null,
  load: () => Promise<Value>,
): Promise<Value> {
  const address = addressOf(tx, kind.area, id);
  const underWay = underWayIn(cache);
  if (seesOneMoment(tx) || changedIn.get(tx)?.has(address.key) || underWay.removals.has(address.key))
    return load();
  const name = `${address.epoch}/${address.key}`;
  const other = underWay.loads.get(name) as Promise<Value> | undefined;
  // Its transaction can fail for reasons of its own.
  if (other) return other.catch(load);
  const own = readOrLoad(cache, kind, address, load);
  underWay.loads.set(name, own);
  try {
    return await own;
  } finally {
    if (underWay.loads.get(name) === own) underWay.loads.delete(name);
  }
}

async function readOrLoad<Value>(
  cache: Cache,
  { schema, ttlMs }: ReadThrough<Value>,
  { key, epoch }: CacheAddress,
  load: () => Promise<Value>,
): Promise<Value> {
  const ticket = randomUUID();
  const read = () => cache.call(READ, [key], [epoch, ticket, TICKET_MS, ttlMs, MOST_BYTES]);
  let reply = await read();
  for (let waited = 0; reply?.[0] === 'busy' && waited < WAIT_MS; waited += WAIT_STEP_MS) {
    await sleep(WAIT_STEP_MS);
    reply = await read();
  }
  if (reply?.[0] === 'value') {
    const [, text = '', seal] = reply;
    const value = cache.seal(key, epoch, text) === seal ? parse(schema, text) : undefined;
    if (value !== undefined) return value;
    await cache.call(REMOVE, [key], []);
  }
  const value = await load();
  const text = JSON.stringify(value);
  if (reply?.[0] === 'taken' && text.length <= MOST_BYTES)
    await cache.call(STORE, [key], [ticket, text, ttlMs, cache.seal(key, epoch, text)]);
  return value;
}

/** Say it in the transaction that changes what the answer is made of: once that is committed, the answer is gone. */
export function outdate(tx: TenantTx, cache: Cache, area: Area, id: string | null): void {
  const { key, epoch } = addressOf(tx, area, id);
  const changed = changedIn.get(tx) ?? new Set();
  changedIn.set(tx, changed.add(key));
  tx.afterCommit(() => {
    const { loads, removals } = underWayIn(cache);
    loads.delete(`${epoch}/${key}`);
    removals.set(key, (removals.get(key) ?? 0) + 1);
    void cache.call(REMOVE, [key], []).then(() => {
      const left = (removals.get(key) ?? 1) - 1;
      if (left > 0) removals.set(key, left);
      else removals.delete(key);
    });
  });
}

/** Removes an answer at once, for an erasure. @returns whether Redis did so */
export const forgetCached = async (tx: TenantTx, cache: Cache, area: Area, id: string): Promise<boolean> =>
  (await cache.call(REMOVE, [addressOf(tx, area, id).key], [])) !== undefined;

const addressOf = (tx: TenantTx, area: Area, id: string | null): CacheAddress =>
  id === null ? addressIn(tx, area) : addressIn(tx, area, id);

function underWayIn(cache: Cache): UnderWay {
  const known = underWayOf.get(cache) ?? { loads: new Map(), removals: new Map() };
  underWayOf.set(cache, known);
  return known;
}

function parse<Value>(schema: z.ZodType<Value>, text: string): Value | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
