/** How Redis is, and how much it has of what: told by names of keys alone. */
import {
  AREAS,
  type Area,
  askServer,
  type Cache,
  readKey,
  type ServerFacts,
  scanKeys,
} from '../kernel/cache/index.ts';

export interface CacheStatus {
  readonly reachable: boolean;
  readonly server: Omit<ServerFacts, 'runId'> | null;
  readonly tenants: number;
  /** Keys by what they hold; `stranger` are none of the platform's. */
  readonly keys: Readonly<Record<Area | 'platform' | 'stranger', number>>;
}

export async function cacheStatus(cache: Cache): Promise<CacheStatus> {
  const keys: Record<string, number> = Object.fromEntries(
    [...AREAS, 'platform', 'stranger'].map((of) => [of, 0]),
  );
  const tenants = new Set<string>();
  const facts = await askServer(cache);
  await scanKeys(cache, '*', (names) => {
    for (const name of names) {
      const key = readKey(name);
      const kind = key === undefined ? 'stranger' : key === 'platform' ? 'platform' : key.area;
      keys[kind] = (keys[kind] ?? 0) + 1;
      if (key !== undefined && key !== 'platform') tenants.add(key.tenantId);
    }
  });
  const { runId: _, ...server } = facts ?? { runId: '' };
  return {
    reachable: facts !== undefined,
    server: facts === undefined ? null : (server as Omit<ServerFacts, 'runId'>),
    tenants: tenants.size,
    keys: keys as CacheStatus['keys'],
  };
}
