/**
 * Redis as the platform uses it: scripts that run as one, on keys of one tenant. What Redis cannot answer is answered by
 * `undefined`, within a twentieth of a second once and at once from then on; a caller then asks PostgreSQL, which has the truth.
 */
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { type Client, saysAbsent, within } from './client.ts';
import { type CacheKey, requireOneTenant } from './keys.ts';
import { Link } from './link.ts';
import { parseRedisUrl } from './redis-url.ts';

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

export class Cache {
  readonly #link: Link | undefined;
  readonly #log: Logger;
  readonly #answerMs: number;

  /** Connects in the background. @throws CACHE_URL_INVALID */
  constructor({ url, log, answerMs = ANSWER_MS }: CacheOptions) {
    this.#link = url === null ? undefined : new Link(parseRedisUrl(url), log);
    this.#log = log;
    this.#answerMs = answerMs;
  }

  /** Whether there is meant to be a Redis at all. */
  get isConfigured(): boolean {
    return this.#link !== undefined;
  }

  /** Whether Redis answered last. */
  get isOpen(): boolean {
    return this.#link?.client !== undefined;
  }

  /** Runs a script on keys of one tenant. Never fails for want of Redis: what it cannot have is undefined. */
  call<Reply>(
    script: CacheScript<Reply>,
    keys: readonly CacheKey[],
    args: readonly Argument[],
  ): Promise<Reply | undefined> {
    requireOneTenant(keys);
    return this.ask((client) => evaluate(client, script, keys, args) as Promise<Reply>);
  }

  /**
   * The same for whatever the connection can do: for what looks after Redis itself.
   *
   * @param answerMs  how long the answer may take
   */
  async ask<Reply>(
    work: (client: Client) => Promise<Reply>,
    answerMs = this.#answerMs,
  ): Promise<Reply | undefined> {
    const client = this.#link?.client;
    if (!client) return undefined;
    try {
      return await within(answerMs, work(client));
    } catch (error) {
      if (saysAbsent(error)) this.#link?.fail(client, error);
      else this.#log.error({ reason: String(error) }, 'Redis refused a command: going on without its answer');
      return undefined;
    }
  }

  /** For commands that are about Redis. @returns whether it answers */
  async whenOpen(ms = 2_000): Promise<boolean> {
    return (await this.#link?.whenOpen(ms)) ?? false;
  }

  close(): void {
    this.#link?.close();
  }
}

async function evaluate(
  client: Client,
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
