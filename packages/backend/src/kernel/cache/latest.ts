/**
 * The latest state of something that grows by a sequence. A write counts only if it is newer than what is there, also
 * when two programs write at once and the later one comes first; what is of an earlier placement of the tenant is older
 * than anything of the present one.
 */
import { hash } from 'node:crypto';
import { type Cache, defineScript } from './cache.ts';
import type { CacheAddress } from './keys.ts';

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
    'sha', ARGV[5], 'text', ARGV[6])
  redis.call('EXPIRE', KEYS[1], ARGV[7])
  return 1`);

const READ = defineScript<(string | null)[]>(
  `return redis.call('HMGET', KEYS[1], 'epoch', 'sequence', 'mark', 'form', 'sha', 'text')`,
);

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
  const args = [epoch, sequence, mark, form, hash('sha256', text), text, forSeconds];
  const kept = await cache.call(KEEP, [key], args);
  return kept === undefined ? undefined : kept === 1;
}

/** Undefined where there is none of this placement, or one that is damaged, and without Redis. */
export async function readLatest(
  cache: Cache,
  { key, epoch }: CacheAddress,
): Promise<LatestState | undefined> {
  const [at, sequence, mark, form, sha, text] = (await cache.call(READ, [key], [])) ?? [];
  if (!sequence || !mark || !form || !text || Number(at) !== epoch) return undefined;
  return hash('sha256', text) === sha ? { sequence: Number(sequence), mark, form, text } : undefined;
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
