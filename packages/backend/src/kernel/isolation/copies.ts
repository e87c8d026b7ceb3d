/** What is in Redis: whose every key is, what one tenant's transaction can name there, and what queues carry. */
import { AREAS, addressIn, Cache, readKey, scanKeys } from '../cache/index.ts';
import { isDmzError } from '../errors/index.ts';
import { createLogger } from '../log.ts';
import { createTenancy, type TenantTx } from '../tenancy/index.ts';
import type { Field } from './field.ts';
import type { Group, Note } from './group.ts';
import { markIn, marksOf } from './marks.ts';

export const copies: Group = {
  name: 'copies',
  tries:
    'Every key in Redis, for its tenant; what the other tenant’s keys are called, asked for in one’s own transaction, also with names that try to break out; what is under one’s own keys; and what the queues’ jobs carry.',
  standsFor: 'A cache that answers one tenant with what another one has asked for.',
  remedy:
    'name keys by addressIn(tx, …), which takes the tenant from the transaction; let jobs carry ids alone',
  async attack(field, note) {
    const { redisUrl, appUrlOf } = field.place;
    if (redisUrl === null)
      return note({ rule: 'a-key-names-its-tenant', object: 'Redis' }, { untried: 'there is no Redis here' });
    const log = createLogger('silent');
    const cache = new Cache({ url: redisUrl, log, answerMs: ANSWER_MS });
    const tenancy = createTenancy({ appUrlOf, poolSize: 1, retryMs: 0, log });
    try {
      if (!(await cache.whenOpen()))
        return note(
          { rule: 'a-key-names-its-tenant', object: 'Redis' },
          { untried: 'Redis does not answer' },
        );
      const names = await namesIn(cache, note);
      await tenancy.run(field.own.id, async (tx) => nameOthers(tx, field, names, note));
      for (const name of names) await lookInto(cache, field, name, note);
    } finally {
      await tenancy.close();
      cache.close();
    }
  },
};

const ANSWER_MS = 5_000;
/** The names of more are made alike. */
const LOOKED_INTO = 500;

async function namesIn(cache: Cache, note: Note): Promise<string[]> {
  const names: string[] = [];
  await scanKeys(cache, '*', (found) => {
    for (const name of found) {
      const stranger = readKey(name) === undefined;
      note(
        { rule: 'a-key-names-its-tenant', object: stranger ? name : 'keys' },
        stranger ? { through: 'it is of no tenant, so any can be answered with it' } : 'refused',
      );
      if (names.length < LOOKED_INTO) names.push(name);
    }
  });
  return names;
}

function nameOthers(tx: TenantTx, { own, victim }: Field, names: readonly string[], note: Note): void {
  const known = names
    .map(readKey)
    .flatMap((key) => (typeof key === 'object' && key.tenantId === victim.id ? [key.parts] : []));
  const hostile = [
    `x}:{${victim.id}}:session:x`,
    `}{${victim.id}}`,
    '../x',
    'x:y',
    '*',
    'x\r\nGET y',
    '',
    `{${victim.id}}`,
  ];
  for (const area of AREAS)
    for (const parts of [...known.slice(0, 20), ...hostile.map((part) => [part])]) {
      const key = nameOf(tx, area, parts);
      const inside =
        key === undefined || (key.startsWith(`{${own.id}}:${area}`) && key.split('{').length === 2);
      note(
        { rule: 'a-transaction-names-own-keys-alone', object: area },
        inside ? 'refused' : { through: `it named ${JSON.stringify(key)}` },
      );
    }
}

function nameOf(tx: TenantTx, area: (typeof AREAS)[number], parts: readonly string[]): string | undefined {
  try {
    return addressIn(tx, area, ...parts).key;
  } catch (error) {
    if (isDmzError(error, 'VALUE_REFUSED')) return undefined;
    throw error;
  }
}

/** Under a tenant's key nothing of the other is kept; a queue carries ids. */
async function lookInto(cache: Cache, field: Field, name: string, note: Note): Promise<void> {
  const key = readKey(name);
  const queue = key === 'platform';
  const ofOwn = typeof key === 'object' && key.tenantId === field.own.id;
  if (!queue && !ofOwn) return;
  const text =
    (await cache.nodeOf(name)(async (client) => JSON.stringify(await contentOf(client, name)), ANSWER_MS)) ??
    '';
  const marks = marksOf(field, queue ? 'every value' : 'ids');
  // A job's own id and its tenant's are what a queue is for.
  const shown = markIn([text], marks, queue ? [field.victim.id, ...marksOf(field)] : []);
  const rule = queue ? 'queues-carry-ids-alone' : 'a-copy-holds-own-rows-alone';
  note(
    { rule, object: name },
    shown ? { through: `it holds what is of another tenant: ${shown}` } : 'refused',
  );
}

type Client = Parameters<Parameters<ReturnType<Cache['nodeOf']>>[0]>[0];

async function contentOf(client: Client, name: string): Promise<unknown> {
  const type = await client.type(name);
  if (type === 'string') return client.get(name);
  if (type === 'hash') return client.hgetall(name);
  if (type === 'set') return client.smembers(name);
  if (type === 'zset') return client.zrange(name, '0', '1000');
  if (type === 'stream') return client.xrange(name, '-', '+', 'COUNT', 1_000);
  return type === 'list' ? client.lrange(name, 0, 1_000) : undefined;
}
