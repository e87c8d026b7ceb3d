/**
 * Redis as the platform uses it: scripts that run as one, on keys of one tenant. What Redis cannot answer is answered by
 * `undefined`, within a twentieth of a second once and at once from then on; a caller then asks PostgreSQL, which has the truth.
 */
import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { saysAbsent, saysElsewhere, within } from './client.ts';
import { type CacheKey, requireOneTenant } from './keys.ts';
import type { Link } from './link.ts';
import { parseRedisUrl } from './redis-url.ts';
import { openWays, type Ways } from './ways.ts';

/**
 * A healthy server takes less than one, and a few more while it works on a page of a board. Shorter, a busy host's pauses
 * would shut the way now and then, which costs a tenth of a second of PostgreSQL; longer, a slow link would slow every action.
 */
const ANSWER_MS = 50;

type Argument = string | number;

export interface CacheScript<Reply> {
  readonly lua: string;
  readonly sha: string;
  readonly reply?: Reply;
}

/** @param lua  touches only the KEYS that it is given, whose hash tag is one */
export const defineScript = <Reply>(lua: string): CacheScript<Reply> => ({
  lua,
  sha: createHash('sha1').update(lua).digest('hex'),
});

export interface CacheOptions {
  /** REDIS_URL, or that of the stack's own; null where there is no Redis. */
  readonly url: string | null;
  readonly log: Logger;
  readonly answerMs?: number;
}

/**
 * For what looks after Redis itself: whatever a connection can do, at one server, or one node of a cluster.
 *
 * @param answerMs  how long the answer may take
 */
export type Ask = <Reply>(
  work: (client: Redis) => Promise<Reply>,
  answerMs: number,
) => Promise<Reply | undefined>;

export class Cache {
  readonly #ways: Ways | undefined;
  readonly #log: Logger;
  readonly #answerMs: number;

  /** Connects in the background. @throws CACHE_URL_INVALID */
  constructor({ url, log, answerMs = ANSWER_MS }: CacheOptions) {
    this.#ways = url === null ? undefined : openWays(parseRedisUrl(url), { log, answerMs });
    this.#log = log;
    this.#answerMs = answerMs;
  }

  /** Whether there is meant to be a Redis at all. */
  get isConfigured(): boolean {
    return this.#ways !== undefined;
  }

  /** Whether Redis answered last; all of it, where it is a cluster. */
  get isOpen(): boolean {
    return this.#ways?.isOpen ?? false;
  }

  /** Whether who has this key answered last. */
  reaches(key: CacheKey): boolean {
    return this.#ways?.to(key)?.client !== undefined;
  }

  /** Runs a script on keys of one tenant. Never fails for want of Redis: what it cannot have is undefined. */
  call<Reply>(
    script: CacheScript<Reply>,
    keys: readonly CacheKey[],
    args: readonly Argument[],
  ): Promise<Reply | undefined> {
    requireOneTenant(keys);
    const work = (client: Redis) => evaluate(client, script, keys, args) as Promise<Reply>;
    return this.#ask(this.#ways?.to(keys[0] ?? ''), work, this.#answerMs);
  }

  /** One for each server that has keys; none while that is not known. */
  everyNode(): readonly Ask[] {
    return (this.#ways?.all() ?? []).map((link) => this.#askAt(link));
  }

  /** The one that has the keys of a hash tag. */
  nodeOf(tag: string): Ask {
    return this.#askAt(this.#ways?.to(tag));
  }

  /** For commands that are about Redis. @returns whether all of it answers */
  async whenOpen(ms = 2_000): Promise<boolean> {
    return (await this.#ways?.whenOpen(ms)) ?? false;
  }

  close(): void {
    this.#ways?.close();
  }

  #askAt =
    (link: Link | undefined): Ask =>
    (work, answerMs) =>
      this.#ask(link, work, answerMs);

  async #ask<Reply>(
    link: Link | undefined,
    work: (client: Redis) => Promise<Reply>,
    answerMs: number,
  ): Promise<Reply | undefined> {
    const client = link?.client;
    if (!link || !client) return undefined;
    try {
      return await within(answerMs, work(client));
    } catch (error) {
      if (saysElsewhere(error)) this.#ways?.redirected(link, client, error);
      else if (saysAbsent(error)) link.fail(client, error);
      else this.#log.error({ reason: String(error) }, 'Redis refused a command: going on without its answer');
      return undefined;
    }
  }
}

async function evaluate(
  client: Redis,
  { lua, sha }: CacheScript<unknown>,
  keys: readonly CacheKey[],
  args: readonly Argument[],
): Promise<unknown> {
  const operands = [...keys, ...args];
  try {
    return await client.evalsha(sha, keys.length, ...operands);
  } catch (error) {
    // A server that was started since does not know the script yet; sending it teaches it.
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
    return client.eval(lua, keys.length, ...operands);
  }
}
