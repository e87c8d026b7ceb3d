/**
 * How often somebody may do something: GCRA (ITU-T I.371), which keeps one number for each, the time at which all that was
 * taken is used up. At most `most` at once; then one each `perMs / most`. So a span of `perMs` sees fewer than twice
 * `most`; a log of times would be exact there, and take `most` numbers for each person instead of one. What is refused
 * takes nothing. Redis alone keeps it: where it is lost, everybody begins anew.
 */
import type { TenantTx } from '../tenancy/index.ts';
import type { Cache } from './cache.ts';
import { addressIn } from './keys.ts';
import { defineScript } from './script.ts';

export interface Limit {
  /** Part of a key. */
  readonly name: string;
  readonly most: number;
  readonly perMs: number;
  /** `open` lets everybody pass; `counted_here` is as strict, but each program counts for itself. */
  readonly withoutRedis: 'open' | 'counted_here';
}

export type Decision =
  | { readonly allowed: true }
  /** From when on one is allowed again. */
  | { readonly allowed: false; readonly retryInMs: number };

/** @throws RangeError  for one that allows nothing, or more than one a microsecond */
export function defineLimit(limit: Limit): Limit {
  const { most, perMs } = limit;
  if (most < 1 || perMs < 1 || !Number.isInteger(most) || perMs * 1_000 < most)
    throw new RangeError(`The limit ${limit.name} cannot be counted.`);
  return limit;
}

/** In microseconds of the server's clock, which stay whole in a double. Programs' own clocks differ. */
const TAKE = defineScript<number>(`
  local time = redis.call('TIME')
  local now = time[1] * 1000000 + time[2]
  local step, span = tonumber(ARGV[1]), tonumber(ARGV[2])
  local known = tonumber(redis.call('GET', KEYS[1]) or '0')
  -- Nobody can have used up more than a span: the server's clock was ahead then, and would refuse until it is there again.
  if known > now + span then known = now end
  local used = math.max(known, now) + step
  local early = used - span - now
  if early > 0 then return math.ceil(early / 1000) end
  redis.call('SET', KEYS[1], string.format('%.0f', used), 'PX', math.ceil((used - now) / 1000))
  return 0`);

const FORGET = defineScript<number>(`return redis.call('DEL', unpack(KEYS))`);

/** Takes one. @param subjectId  who does it, within the tenant */
export async function allow(tx: TenantTx, cache: Cache, limit: Limit, subjectId: string): Promise<Decision> {
  const { key } = addressIn(tx, 'limit', limit.name, subjectId);
  const { stepUs, spanUs } = stepsOf(limit);
  const waitMs = await cache.call(TAKE, [key], [stepUs, spanUs]);
  if (waitMs !== undefined) return decisionOf(waitMs);
  return limit.withoutRedis === 'open' ? { allowed: true } : decisionOf(takeHere(cache, key, limit));
}

/** Whole steps, since a sum of fractions is just above the span for one who is just allowed. */
function stepsOf({ most, perMs }: Limit): { readonly stepUs: number; readonly spanUs: number } {
  const stepUs = Math.ceil((perMs * 1_000) / most);
  return { stepUs, spanUs: stepUs * most };
}

/** Enough for whom one program serves at a time. Where it is full of people who wait, whoever comes is refused. */
const MOST_COUNTED_HERE = 10_000;
const countedHere = new WeakMap<Cache, Map<string, number>>();

function takeHere(cache: Cache, key: string, limit: Limit): number {
  const counted = countedHere.get(cache) ?? new Map<string, number>();
  countedHere.set(cache, counted);
  const nowUs = Math.floor(performance.now() * 1_000);
  const { stepUs, spanUs } = stepsOf(limit);
  if (counted.size >= MOST_COUNTED_HERE && !counted.has(key))
    for (const [each, usedUs] of counted) if (usedUs <= nowUs) counted.delete(each);
  if (counted.size >= MOST_COUNTED_HERE && !counted.has(key)) return Math.ceil(limit.perMs / limit.most);
  const usedUs = Math.max(counted.get(key) ?? 0, nowUs) + stepUs;
  const earlyUs = usedUs - spanUs - nowUs;
  if (earlyUs > 0) return Math.ceil(earlyUs / 1_000);
  counted.set(key, usedUs);
  return 0;
}

const decisionOf = (waitMs: number): Decision =>
  waitMs === 0 ? { allowed: true } : { allowed: false, retryInMs: waitMs };

/** Forgets what somebody has taken, for an erasure. @returns whether Redis did so */
export async function forgetLimits(
  tx: TenantTx,
  cache: Cache,
  limits: readonly Limit[],
  subjectId: string,
): Promise<boolean> {
  const keys = limits.map(({ name }) => addressIn(tx, 'limit', name, subjectId).key);
  for (const key of keys) countedHere.get(cache)?.delete(key);
  return (await cache.call(FORGET, keys, [])) !== undefined;
}
