/**
 * Redis as the platform uses it: scripts that run as one, on keys of one tenant. What Redis cannot answer is answered by
 * `undefined`, within a twentieth of a second once and at once from then on; a caller then asks PostgreSQL, which has the truth.
 */
import { createHmac } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { saysAbsent, saysElsewhere, saysMoved, saysUnreadable, within } from './client.ts';
import { type CacheKey, requireOneTenant } from './keys.ts';
import type { Link } from './link.ts';
import { parseRedisUrl } from './redis-url.ts';
import { type Argument, type CacheScript, evaluate } from './script.ts';
import { openWays, type Ways } from './ways.ts';

/**
 * A healthy server takes less than one, and a few more while it works on a page of a board. Shorter, a busy host's pauses
 * would shut the way now and then, which costs a tenth of a second of PostgreSQL; longer, a slow link would slow every action.
 */
const ANSWER_MS = 50;

export interface CacheOptions {
  /** REDIS_URL, or that of the stack's own; null where there is no Redis. */
  readonly url: string | null;
  readonly log: Logger;
  readonly answerMs?: number;
  /** Known to the platform's programs alone, and the same to all of them: whoever can merely write to Redis has no seal. */
  readonly secret?: string;
}

/** What cannot be used is removed and made again, so it is told of once; a server that refuses all the time, now and then. */
const TOLD_EACH_MS = 60_000;

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
  readonly #secret: string;
  readonly #toldAt = new Map<string, number>();

  /** Connects in the background. @throws CACHE_URL_INVALID */
  constructor({ url, log, answerMs = ANSWER_MS, secret = '' }: CacheOptions) {
    this.#ways = url === null ? undefined : openWays(parseRedisUrl(url), { log, answerMs });
    this.#log = log;
    this.#answerMs = answerMs;
    this.#secret = secret;
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

  /** Proves that one of the platform's programs wrote these very parts, at this very key. */
  seal(key: CacheKey, ...parts: readonly Argument[]): string {
    const hmac = createHmac('sha256', this.#secret);
    // With its length before it, no part can pass for the end of another one.
    for (const part of [key, ...parts].map(String)) hmac.update(`${part.length}:`).update(part);
    return hmac.digest('base64url');
  }

  /**
   * Runs a script on keys of one tenant. Never fails for want of Redis: what it cannot have is undefined. Keys that hold what
   * the script cannot read were written by somebody else; they are removed, since else nobody would ever have a copy there.
   */
  call<Reply>(
    script: CacheScript<Reply>,
    keys: readonly CacheKey[],
    args: readonly Argument[],
  ): Promise<Reply | undefined> {
    requireOneTenant(keys);
    const work = async (client: Redis) => {
      try {
        return (await evaluate(client, script, keys, args)) as Reply;
      } catch (error) {
        if (saysUnreadable(error) && keys.length > 0) await client.unlink(...keys);
        throw error;
      }
    };
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
      if (saysMoved(error)) this.#ways?.redirected(link, client, error);
      else if (saysElsewhere(error)) return undefined;
      else if (saysAbsent(error)) link.fail(client, error);
      else this.#tell(error);
      return undefined;
    }
  }

  #tell(error: unknown): void {
    const reason = String(error).replace(/\b[\da-f]{40}\b.*/, '');
    if (performance.now() - (this.#toldAt.get(reason) ?? Number.NEGATIVE_INFINITY) < TOLD_EACH_MS) return;
    this.#toldAt.set(reason, performance.now());
    this.#log.error({ reason }, 'Redis refused a command: going on without its answer');
  }
}
