/**
 * Names of what is kept in Redis. A tenant's begins with the tenant in a hash tag, `{<tenantId>}:<area>:<rest>`, so that
 * all of a tenant's are on one node of a cluster, and the tenant comes from the open transaction, never from who asks.
 * So a program that is in one tenant has no way to name what is another's. What belongs to no tenant is listed here.
 */
import { locationIn, type TenantTx } from '../tenancy/index.ts';
import { refuseValue } from '../values/index.ts';

declare const brand: unique symbol;
/** Can be made here alone, and nothing else can be sent. */
export type CacheKey = string & { readonly [brand]: 'CacheKey' };

/**
 * What is kept of tenants. Of `session`, `board` and `pool`, copies that PostgreSQL confirms; of `settings`, `entitlements` and
 * `permissions`, ones that are read through for some seconds; `limit` and `presence` are nowhere else, and may be lost.
 */
export const AREAS = [
  'session',
  'board',
  'pool',
  'settings',
  'entitlements',
  'permissions',
  'limit',
  'presence',
] as const;
export type Area = (typeof AREAS)[number];

/** As Redis calls what is under a key of an area. */
export const typeOf = ({ area, parts }: KnownKey): string => {
  if (area === 'board') return parts[1] === 'places' ? 'zset' : 'hash';
  return (
    ({ pool: 'set', limit: 'string', presence: 'zset' } as Partial<Record<Area, string>>)[area] ?? 'hash'
  );
};

/** What a program writes to see whether Redis takes it. */
export const PROBE = 'dmz:probe' as CacheKey;
const PROBE_KEY = /^dmz:probe(:\d+)?$/;

/** One that a node of a cluster has. @param isThere  whether a key is; some are */
export function probeAmong(isThere: (key: CacheKey) => boolean): CacheKey {
  for (let number = 0; ; number += 1) {
    const key = `${PROBE}:${number}` as CacheKey;
    if (isThere(key)) return key;
  }
}

/**
 * Queues are of the platform: what they carry is a tenant's id and a job's, and a worker that blocks on each tenant's queue
 * of its own would need a connection for each. The tag keeps one queue on one node, and spreads several.
 */
export const queuePrefix = (queue: string): string => `{dmz:queue:${queue}}`;
const QUEUE_KEY = /^\{dmz:queue:([a-z-]+)\}:\1(:|$)/;

/** Where a copy is, and the tenant's placement that it is a copy of: one that was made before a move is not used after it. */
export interface CacheAddress {
  readonly key: CacheKey;
  readonly epoch: number;
}

const PART = /^[\w.-]{1,200}$/;

/**
 * @param parts  ids and the like; no part can break out of its place
 * @throws TENANCY_TRANSACTION_ENDED  after the transaction's end: it would name a tenant that one has left
 * @throws VALUE_REFUSED  for a part that is no id
 */
export function addressIn(tx: TenantTx, area: Area, ...parts: readonly string[]): CacheAddress {
  const { id, epoch } = locationIn(tx);
  const odd = parts.find((part) => !PART.test(part));
  if (odd !== undefined)
    throw refuseValue(`a key of ${area}`, 'a part that is no id', 'letters, digits, dots and dashes');
  return { key: [`{${id}}`, area, ...parts].join(':') as CacheKey, epoch };
}

/** A name beside it, of the same tenant. */
export const beside = ({ key }: CacheAddress, part: 'places' | 'members'): CacheKey =>
  `${key}:${part}` as CacheKey;

export interface KnownKey {
  readonly tenantId: string;
  readonly area: Area;
  readonly parts: readonly string[];
}

/** @throws RangeError  for keys that a cluster could have on several nodes */
export function requireOneTenant(keys: readonly CacheKey[]): void {
  const tags = new Set(keys.map((key) => key.slice(0, key.indexOf('}') + 1)));
  if (tags.size > 1) throw new RangeError('The keys of one script are of one tenant.');
}

const TENANT_KEY = /^\{([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\}:(.+)$/;

/** What a name that was found in Redis stands for; undefined where nobody can have made it here. */
export function readKey(name: string): KnownKey | 'platform' | undefined {
  if (PROBE_KEY.test(name) || QUEUE_KEY.test(name)) return 'platform';
  const [, tenantId, rest = ''] = TENANT_KEY.exec(name) ?? [];
  const [word, ...parts] = rest.split(':');
  const area = AREAS.find((each) => each === word);
  return tenantId === undefined || area === undefined ? undefined : { tenantId, area, parts };
}
