/**
 * What is in Redis, looked through key by key, and cleared away by tenant: for commands, for the end of a tenant and for
 * its move. These are the only ways to a tenant's keys from outside of the tenant; they tell names and remove, and read
 * nothing.
 */
import { Cluster } from 'ioredis';
import type { Cache } from './cache.ts';
import type { Client } from './client.ts';

/** A scan goes on while others are served; a thousand names take it a fraction of a millisecond. */
const NAMES_PER_STEP = 1_000;
const STEP_MS = 5_000;

/** One node is asked after the other, since each has its own keys. */
const nodesOf = (client: Client) => (client instanceof Cluster ? client.nodes('master') : [client]);

/** Names by batches; one can be told twice. @returns false where Redis went away before the end */
export async function scanKeys(
  cache: Cache,
  pattern: string,
  take: (names: readonly string[]) => Promise<void> | void,
): Promise<boolean> {
  const nodes = await cache.ask(async (client) => nodesOf(client).length, STEP_MS);
  if (nodes === undefined) return false;
  for (let node = 0; node < nodes; node += 1) {
    let cursor = '0';
    do {
      const step = await cache.ask(
        async (client) => nodesOf(client)[node]?.scan(cursor, 'MATCH', pattern, 'COUNT', NAMES_PER_STEP),
        STEP_MS,
      );
      if (!step) return false;
      cursor = step[0];
      if (step[1].length > 0) await take(step[1]);
    } while (cursor !== '0');
  }
  return true;
}

/**
 * Removes all that Redis has of a tenant.
 *
 * @returns how many keys; undefined where Redis did not do it, all of which then expires within a day
 */
export async function forgetTenant(cache: Cache, tenantId: string): Promise<number | undefined> {
  // A command can be here before its connection is.
  if (!(await cache.whenOpen())) return undefined;
  let removed = 0;
  let answered = true;
  const scanned = await scanKeys(cache, `{${tenantId}}:*`, async (names) => {
    // All of one tenant are on one node.
    const count = await cache.ask((client) => client.unlink(...names), STEP_MS);
    answered &&= count !== undefined;
    removed += count ?? 0;
  });
  return scanned && answered ? removed : undefined;
}

export interface ServerFacts {
  /** Another one after each start. */
  readonly runId: string;
  readonly version: string;
  readonly mode: string;
  readonly usedBytes: number;
  /** 0 when it may use all there is. */
  readonly maxBytes: number;
  readonly policy: string;
}

/** Of the first node, where there are several. */
export async function askServer(cache: Cache): Promise<ServerFacts | undefined> {
  const info = await cache.ask(async (client) => nodesOf(client)[0]?.info(), STEP_MS);
  if (info === undefined) return undefined;
  const fact = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  return {
    runId: fact('run_id') ?? '',
    version: `${fact('server_name') ?? 'redis'} ${fact('valkey_version') ?? fact('redis_version') ?? 'unknown'}`,
    mode: fact('redis_mode') ?? fact('server_mode') ?? 'unknown',
    usedBytes: Number(fact('used_memory') ?? 0),
    maxBytes: Number(fact('maxmemory') ?? 0),
    policy: fact('maxmemory_policy') ?? 'unknown',
  };
}
