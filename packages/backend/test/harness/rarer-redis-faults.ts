/**
 * What befalls Redis more seldom, by those who have a right to be at it or who should not be there: commands that are denied,
 * scripts that never end, clients that are cut off, keys that are dropped or written by somebody else, ports that are another's.
 */
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { byHand, type FaultyPlace, type RedisFault } from './redis-faults.ts';

const OPERATOR = 'operator';

/** Who administers the server is not bound by what befalls its users. */
async function asOperator<Result>(
  { primary }: FaultyPlace,
  work: (redis: Redis) => Promise<Result>,
): Promise<Result> {
  const url = new URL(primary.url);
  await byHand(url.href, (redis) =>
    redis.call('ACL', 'SETUSER', OPERATOR, 'on', `>${url.password}`, '~*', '&*', '+@all'),
  );
  url.username = OPERATOR;
  return byHand(url.href, work);
}

const between =
  (begin: (redis: Redis) => Promise<unknown>, end: (redis: Redis) => Promise<unknown>): RedisFault =>
  (place, during) =>
    asOperator(place, async (redis) => {
      await begin(redis);
      await during().finally(() => end(redis));
    });

const againAndAgain =
  (eachMs: number, what: (redis: Redis) => Promise<unknown>): RedisFault =>
  (place, during) =>
    asOperator(place, async (redis) => {
      let over = false;
      const going = (async () => {
        for (; !over; await sleep(eachMs)) await what(redis);
      })();
      await during().finally(() => {
        over = true;
      });
      await going;
    });

const rights = (...rules: string[]) =>
  between(
    (redis) => redis.call('ACL', 'SETUSER', 'default', ...rules),
    (redis) => redis.call('ACL', 'SETUSER', 'default', '+@all'),
  );

const config = (
  changes: Readonly<Record<string, string>>,
  more: (redis: Redis) => Promise<unknown> = async () => {},
) => {
  const before = new Map<string, string>();
  return between(
    async (redis) => {
      for (const [name, value] of Object.entries(changes)) {
        before.set(name, ((await redis.config('GET', name)) as string[])[1] ?? '');
        await redis.config('SET', name, value);
      }
      await more(redis);
    },
    async (redis) => {
      for (const [name, value] of before) await redis.config('SET', name, value);
    },
  );
};

const hangUp = (redis: Redis) => redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');

const runForEver: RedisFault = (place, during) =>
  asOperator(place, async (redis) => {
    await redis.config('SET', 'busy-reply-threshold', '100');
    const running = byHand(place.primary.url, (other) => other.eval('while true do end', 0)).catch(() => {});
    await during().finally(() => redis.script('KILL'));
    await running;
  });

/** The program is led to somebody else, and back. */
const beAnother =
  (listen: () => net.Server): RedisFault =>
  async ({ primary, proxy }, during) => {
    const server = listen();
    const sockets = new Set<net.Socket>();
    server.on('connection', (socket) => sockets.add(socket.on('error', () => {})));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    proxy.leadTo(`redis://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await during().finally(() => proxy.leadTo(primary.url));
    for (const socket of sockets) socket.destroy();
    server.close();
  };

const namesOf = async (redis: Redis) =>
  (await redis.keys('{*')).filter((name) => !name.includes('dmz:queue'));

/** What somebody writes who takes our keys for their own; at once, since a player would write in between. */
const strangeValues: readonly ((redis: Redis, name: string) => Promise<unknown>)[] = [
  (redis, name) => redis.set(name, 'x'),
  (redis, name) => redis.multi().del(name).rpush(name, 'x').exec(),
  (redis, name) => redis.multi().del(name).hset(name, { epoch: 'x', sequence: 'x', cursor: 'x' }).exec(),
  (redis, name) => redis.multi().del(name).zadd(name, 'inf', 'x', '-inf', 'y').exec(),
  (redis, name) => redis.hset(name, { sequence: '999999', text: '{"half' }).catch(() => {}),
  (redis, name) => redis.hset(name, { epoch: '999', cursor: '999/x', places: '-1' }).catch(() => {}),
];

async function writeStrangely(redis: Redis): Promise<void> {
  for (const [at, name] of (await namesOf(redis)).entries())
    await strangeValues[at % strangeValues.length]?.(redis, name);
}

async function dropHalf(redis: Redis): Promise<void> {
  const dropped = (await redis.keys('*')).filter(() => Math.random() < 0.5);
  if (dropped.length > 0) await redis.unlink(...dropped);
}

const SOON_MS = 20;
const NOW_AND_THEN_MS = 150;

/** By what players would say of it. */
export const rarerRedisFaults = {
  'denies scripts': rights('-eval', '-evalsha'),
  'denies one command': rights('-hset'),
  'denies all writes': rights('-@write'),
  'denies everything': rights('-@all'),
  'runs a script for ever': runForEver,
  'cannot keep its dump': config({ save: '3600 1' }, async (redis) => {
    await redis.bgsave().catch(() => {});
    while (!/rdb_last_bgsave_status:err/.test(await redis.info('persistence'))) await sleep(SOON_MS);
  }),
  'is made a replica of nobody': between(
    (redis) => redis.call('REPLICAOF', '127.0.0.1', '1'),
    (redis) => redis.call('REPLICAOF', 'NO', 'ONE'),
  ),
  'forgets its scripts again and again': againAndAgain(SOON_MS, (redis) => redis.script('FLUSH')),
  'hangs up on everybody again and again': againAndAgain(NOW_AND_THEN_MS, hangUp),
  'takes no more clients': config({ maxclients: '1' }, hangUp),
  'hangs up on who is idle': config({ timeout: '1' }),
  'hangs up on who is told much': config({ 'client-output-buffer-limit': 'normal 2048 0 0' }),
  'sleeps now and then': againAndAgain(NOW_AND_THEN_MS, (redis) => redis.call('DEBUG', 'SLEEP', '0.2')),
  'drops half of all keys again and again': againAndAgain(NOW_AND_THEN_MS, dropHalf),
  'evicts what it likes': config({ maxmemory: '3mb', 'maxmemory-policy': 'allkeys-random' }),
  'swaps its databases again and again': againAndAgain(NOW_AND_THEN_MS, (redis) =>
    redis.call('SWAPDB', '0', '1'),
  ),
  'is written to by somebody else': againAndAgain(NOW_AND_THEN_MS, writeStrangely),
  'is a web server': beAnother(() => http.createServer((_, response) => void response.end('no'))),
  'hangs up at once': beAnother(() => net.createServer((socket) => void socket.destroy())),
  'talks nonsense': beAnother(() =>
    net.createServer((socket) => void socket.on('data', () => socket.write('\u0000$-7\r\n*9\r\nhm'))),
  ),
} as const satisfies Readonly<Record<string, RedisFault>>;
