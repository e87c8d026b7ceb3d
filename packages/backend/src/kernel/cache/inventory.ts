/**
 * What is in Redis, looked through key by key, and cleared away by tenant: for commands, for the end of a tenant and for
 * its move. These are the only ways to a tenant's keys from outside of the tenant; they tell names and remove, and read
 * nothing.
 */
import { z } from 'zod';
import type { Ask, Cache } from './cache.ts';
import { defineScript, evaluate } from './script.ts';

/** A scan goes on while others are served; a thousand names take it a fraction of a millisecond. */
const NAMES_PER_STEP = 1_000;
const STEP_MS = 5_000;

/** @param ask  the node that has them */
type Take = (names: readonly string[], ask: Ask) => Promise<void> | void;

/** Names by batches, one node after the other; one can be told twice. @returns false where Redis went away before the end */
export async function scanKeys(cache: Cache, pattern: string, take: Take): Promise<boolean> {
  const nodes = cache.everyNode();
  for (const ask of nodes) if (!(await scanNode(ask, pattern, take))) return false;
  return nodes.length > 0;
}

async function scanNode(ask: Ask, pattern: string, take: Take): Promise<boolean> {
  let cursor = '0';
  do {
    const step = await ask(
      (client) => client.scan(cursor, 'MATCH', pattern, 'COUNT', NAMES_PER_STEP),
      STEP_MS,
    );
    if (!step) return false;
    cursor = step[0];
    if (step[1].length > 0) await take(step[1], ask);
  } while (cursor !== '0');
  return true;
}

/**
 * Removes all that Redis has of a tenant, which is on one node.
 *
 * @returns how many keys; undefined where Redis did not do it, all of which then expires within a day
 */
export async function forgetTenant(cache: Cache, tenantId: string): Promise<number | undefined> {
  // A command can be here before its connection is.
  await cache.whenOpen();
  const tag = `{${tenantId}}`;
  const ask = cache.nodeOf(tag);
  let removed = 0;
  let answered = true;
  const scanned = await scanNode(ask, `${tag}:*`, async (names) => {
    const count = await ask((client) => client.unlink(...names), STEP_MS);
    answered &&= count !== undefined;
    removed += count ?? 0;
  });
  return scanned && answered ? removed : undefined;
}

export interface KeyFacts {
  readonly name: string;
  /** As Redis calls it. */
  readonly type: string;
  readonly expires: boolean;
}

const Facts = z.array(z.tuple([z.string(), z.number()]));
const FACTS = defineScript<unknown>(`
  local facts = {}
  for at = 1, #KEYS do
    facts[at] = { redis.call('TYPE', KEYS[at]).ok, redis.call('PTTL', KEYS[at]) }
  end
  return facts`);

/** @param names  of one tenant, at the node that is asked. @returns none of those that are gone; undefined where it did not answer */
export async function inspectKeys(ask: Ask, names: readonly string[]): Promise<KeyFacts[] | undefined> {
  const answer = Facts.safeParse(await ask((client) => evaluate(client, FACTS, names, []), STEP_MS));
  return answer.data?.flatMap(([type, leftMs], at) =>
    type === 'none' ? [] : [{ name: names[at] ?? '', type, expires: leftMs >= 0 }],
  );
}

export interface ServerFacts {
  /** Another one after each start, of any node. */
  readonly runId: string;
  readonly version: string;
  readonly mode: string;
  readonly usedBytes: number;
  /** 0 when it may use all there is. */
  readonly maxBytes: number;
  readonly policy: string;
}

/** Of the first node that answers, where there are several. */
export async function askServer(cache: Cache): Promise<ServerFacts | undefined> {
  const infos = await Promise.all(cache.everyNode().map((ask) => ask((client) => client.info(), STEP_MS)));
  const [info] = infos.filter((each) => each !== undefined);
  if (info === undefined) return undefined;
  const factOf = (name: string, text = '') => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(text)?.[1];
  const fact = (name: string) => factOf(name, info);
  return {
    runId: infos.map((each) => factOf('run_id', each) ?? '').join(' '),
    version: `${fact('server_name') ?? 'redis'} ${fact('valkey_version') ?? fact('redis_version') ?? 'unknown'}`,
    mode: fact('redis_mode') ?? fact('server_mode') ?? 'unknown',
    usedBytes: Number(fact('used_memory') ?? 0),
    maxBytes: Number(fact('maxmemory') ?? 0),
    policy: fact('maxmemory_policy') ?? 'unknown',
  };
}
