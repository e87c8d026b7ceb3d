/**
 * Compares all that Redis has with what PostgreSQL has. A copy that is behind, or not there, is no finding: whoever wants
 * it notices, and asks PostgreSQL. One that would be used and is wrong is.
 *
 * Answers that are read through, limits and presence are looked at by name, type and expiry alone: the former end within a
 * minute, and may differ meanwhile by what was committed just now; the latter are nowhere else.
 */
import { validate as isUuid } from 'uuid';
import {
  type Cache,
  inspectKeys,
  type KeyFacts,
  type KnownKey,
  readKey,
  scanKeys,
  typeOf,
} from '../kernel/cache/index.ts';
import type { CheckReport, Finding } from '../kernel/check/index.ts';
import type { Tenancy } from '../kernel/tenancy/index.ts';
import { DIFFICULTIES, verifyPool } from '../modules/content/index.ts';
import { verifyHotSession } from '../modules/game/index.ts';
import { listBoards, verifyBoard } from '../modules/social/index.ts';

export interface Keeper {
  readonly tenancy: Tenancy;
  readonly cache: Cache;
  readonly onProgress?: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface ServedTenant {
  readonly id: string;
  readonly slug: string;
  /** Those that are not are looked at by their names alone: nobody reads their copies. */
  readonly active: boolean;
}

const REMEDY = 'pnpm dmz cache rebuild';

/**
 * @param only  ids of the tenants to look at; all when undefined
 * @returns undefined where Redis went away before the end
 */
export async function verifyCache(
  keeper: Keeper,
  tenants: readonly ServedTenant[],
  only?: string,
): Promise<CheckReport | undefined> {
  const findings: Finding[] = [];
  const sessions = new Map<string, Set<string>>();
  let checked = 0;
  const known = new Map(tenants.map((tenant) => [tenant.id, tenant]));
  const pattern = only === undefined ? '*' : `{${only}}:*`;
  let answered = true;
  const whole = await scanKeys(keeper.cache, pattern, async (names, ask) => {
    const ownOf = new Map<string, KnownKey[]>();
    for (const name of names) {
      checked += 1;
      const key = readKey(name);
      if (key === undefined) findings.push(strangerKey(name));
      else if (key !== 'platform' && !known.has(key.tenantId)) findings.push(orphanKey(name));
      else if (key !== 'platform') ownOf.set(key.tenantId, [...(ownOf.get(key.tenantId) ?? []), key]);
    }
    for (const own of ownOf.values()) {
      const facts = await inspectKeys(ask, own.map(nameOf));
      answered &&= facts !== undefined;
      const odd = (facts ?? []).flatMap(oddKey);
      findings.push(...odd);
      for (const key of own)
        if (key.area === 'session' && !odd.some(({ object }) => object === nameOf(key)))
          addTo(sessions, key.tenantId, key.parts.join(':'));
    }
  });
  if (!whole || !answered) return undefined;
  for (const tenant of tenants.filter(({ id, active }) => active && (only ?? id) === id)) {
    keeper.onProgress?.(`comparing ${tenant.slug}: ${checked} keys, ${findings.length} findings`);
    findings.push(...(await verifySessions(keeper, tenant, sessions.get(tenant.id) ?? [])));
    findings.push(...(await verifyBoards(keeper, tenant)));
    findings.push(...(await verifyPools(keeper, tenant)));
    if (keeper.signal?.aborted) break;
  }
  return keeper.cache.isOpen ? { checked, findings } : undefined;
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set.add(value));
}

const strangerKey = (name: string): Finding => ({
  rule: 'key-is-of-a-tenant',
  object: name,
  detail: 'it is of no tenant, and not among the platform’s own',
  remedy: 'find out who wrote it, and remove it; give Redis to nobody else, or a database of its own',
});

const orphanKey = (name: string): Finding => ({
  rule: 'tenant-is-registered',
  object: name,
  detail: 'no such tenant is registered',
  remedy: REMEDY,
});

const nameOf = ({ tenantId, area, parts }: KnownKey): string => [`{${tenantId}}`, area, ...parts].join(':');

/** What no program of the platform wrote. It is removed when somebody meets it, and may never be met. */
function oddKey({ name, type, expires }: KeyFacts): Finding[] {
  const key = readKey(name);
  const wanted = key === undefined || key === 'platform' ? type : typeOf(key);
  const remedy = REMEDY;
  if (type !== wanted)
    return [{ rule: 'key-is-of-its-kind', object: name, detail: `a ${type}, not a ${wanted}`, remedy }];
  return expires ? [] : [{ rule: 'key-expires', object: name, detail: 'it would stay for ever', remedy }];
}

async function verifySessions(
  { tenancy, cache, signal }: Keeper,
  { slug }: ServedTenant,
  ids: Iterable<string>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const id of ids) {
    if (signal?.aborted) break;
    const wrong = isUuid(id)
      ? await tenancy.run(slug, (tx) => verifyHotSession(tx, cache, id))
      : 'is of a session that cannot be';
    if (!wrong) continue;
    findings.push({
      rule: 'session-is-its-events',
      object: `${slug} session ${id}`,
      detail: wrong,
      remedy: REMEDY,
    });
  }
  return findings;
}

async function verifyBoards({ tenancy, cache, signal }: Keeper, { slug }: ServedTenant): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const board of await tenancy.run(slug, listBoards)) {
    if (signal?.aborted) break;
    const comparison = await tenancy.run(slug, (tx) => verifyBoard(tx, cache, board));
    for (const detail of comparison?.differences ?? [])
      findings.push({
        rule: 'board-is-its-rows',
        object: `${slug} board ${board.id}`,
        detail,
        remedy: REMEDY,
      });
  }
  return findings;
}

async function verifyPools({ tenancy, cache }: Keeper, { slug }: ServedTenant): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const difficulty of DIFFICULTIES) {
    const differences = await tenancy.run(slug, (tx) => verifyPool(tx, cache, difficulty));
    for (const detail of differences ?? [])
      findings.push({
        rule: 'pool-is-its-rows',
        object: `${slug} pool ${difficulty}`,
        detail,
        remedy: REMEDY,
      });
  }
  return findings;
}
