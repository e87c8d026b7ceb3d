/**
 * The latest state of something that grows by a sequence. A write counts only if it is newer than what is there, also
 * when two programs write at once and the later one comes first; what is of an earlier placement of the tenant is older
 * than anything of the present one. What no program of ours wrote, or somebody has changed, is told apart by its seal.
 */
import type { Cache } from './cache.ts';
import type { CacheAddress } from './keys.ts';
import { defineScript } from './script.ts';

export interface LatestState {
  readonly sequence: number;
  /** What the caller knows this very sequence by, such as the id of the event at it. */
  readonly mark: string;
  /** Which releases can read it: one that makes states of another form passes it over. */
  readonly form: string;
  readonly text: string;
}

const KEEP = defineScript<number>(`
  local epoch, sequence = tonumber(ARGV[1]), tonumber(ARGV[2])
  local known = redis.call('HMGET', KEYS[1], 'epoch', 'sequence', 'form')
  if known[1] then
    local at, reached = tonumber(known[1]), tonumber(known[2])
    if at > epoch or (at == epoch and (reached > sequence or (reached == sequence and known[3] == ARGV[4]))) then
      return 0
    end
  end
  redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'sequence', ARGV[2], 'mark', ARGV[3], 'form', ARGV[4],
    'seal', ARGV[5], 'text', ARGV[6])
  redis.call('EXPIRE', KEYS[1], ARGV[7])
  return 1`);

/** What is too long to be waited for is not read: each reader would take Redis for silent. */
const READ = defineScript<(string | null)[]>(`
  if redis.call('HSTRLEN', KEYS[1], 'text') > tonumber(ARGV[1]) then return { 'too long' } end
  return redis.call('HMGET', KEYS[1], 'epoch', 'sequence', 'mark', 'form', 'seal', 'text')`);
/** Of text; a state is some ten thousand, and a healthy server hands out this much in a few milliseconds. */
const MOST_BYTES = 1_000_000;

const DISCARD = defineScript<number>(`
  local known = redis.call('HMGET', KEYS[1], 'sequence', 'mark')
  if known[1] == ARGV[1] and known[2] == ARGV[2] then return redis.call('DEL', KEYS[1]) end
  return 0`);

const FORGET = defineScript<number>(`return redis.call('UNLINK', unpack(KEYS))`);
const KEYS_PER_CALL = 1_000;

/** @returns whether it was newer than what was there; undefined without Redis */
export async function keepLatest(
  cache: Cache,
  { key, epoch }: CacheAddress,
  { sequence, mark, form, text }: LatestState,
  forSeconds: number,
): Promise<boolean | undefined> {
  if (text.length > MOST_BYTES) return false;
  const seal = cache.seal(key, epoch, String(sequence), mark, form, text);
  const args = [epoch, sequence, mark, form, seal, text, forSeconds];
  const kept = await cache.call(KEEP, [key], args);
  return kept === undefined ? undefined : kept === 1;
}

/**
 * Undefined where there is none of this placement, and without Redis. One that was written by nobody of ours, or changed
 * since, is `unreadable`: as long as it is there it can keep others from its place, so whoever does not merely look removes it.
 */
export async function readLatest(
  cache: Cache,
  { key, epoch }: CacheAddress,
): Promise<LatestState | 'unreadable' | undefined> {
  const [at, sequence, mark, form, seal, text] = (await cache.call(READ, [key], [MOST_BYTES])) ?? [];
  if (at === undefined || at === null) return undefined;
  if (sequence && mark && form && text && cache.seal(key, Number(at), sequence, mark, form, text) === seal)
    return Number(at) === epoch ? { sequence: Number(sequence), mark, form, text } : undefined;
  return 'unreadable';
}

/** Removes a state that was found to be wrong, unless another has taken its place since. */
export async function discardLatest(
  cache: Cache,
  { key }: CacheAddress,
  { sequence, mark }: Pick<LatestState, 'sequence' | 'mark'>,
): Promise<void> {
  await cache.call(DISCARD, [key], [sequence, mark]);
}

/** @returns whether Redis did so */
export async function forgetLatest(cache: Cache, addresses: readonly CacheAddress[]): Promise<boolean> {
  for (let at = 0; at < addresses.length; at += KEYS_PER_CALL) {
    const keys = addresses.slice(at, at + KEYS_PER_CALL).map(({ key }) => key);
    if ((await cache.call(FORGET, keys, [])) === undefined) return false;
  }
  return true;
}
