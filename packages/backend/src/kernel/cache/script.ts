/** Scripts, which Redis runs as one: told by their hash, and sent whole to a server that does not know them yet. */
import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

export type Argument = string | number;

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

export async function evaluate(
  client: Redis,
  { lua, sha }: CacheScript<unknown>,
  keys: readonly string[],
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
