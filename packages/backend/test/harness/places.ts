/** What must hold of a tenant at the places between which it moves, read from each of them without the platform. */
import pg from 'pg';
import { expect } from 'vitest';
import { placedTable, tenantRole } from '../../src/kernel/db/index.ts';
import { enterTenant } from '../../src/kernel/isolation/enter-tenant.ts';
import { RUNNER_LOCK } from '../../src/kernel/migrations/runner-lock.ts';
import { moverOptions } from '../../src/moving/mover-options.ts';
import type { KilledServers, ServerName } from './killed-servers.ts';

const TABLES = moverOptions('postgresql://localhost').tables;

export interface Place {
  readonly server: ServerName;
  readonly tier: 'shared' | 'schema' | 'instance';
  /** The tenant's own schema; null in the module schemas. */
  readonly schema: string | null;
}

const tableAt = ({ schema }: Place, namespace: string, name: string): string =>
  schema === null ? `${namespace}.${name}` : `${schema}.${placedTable(namespace, name)}`;

/** Longer than a write takes, and shorter than a fence is held while one looks. */
const LOCK_TIMEOUT_MS = 300;

/**
 * Writes as any program could that logs in as `dmz_app` and believes that the tenant is there; it takes it back again.
 *
 * @returns `accepted`, or the SQLSTATE that it is refused with: 55P03 under the fence
 */
export async function writeAt(servers: KilledServers, place: Place, tenantId: string): Promise<string> {
  const client = new pg.Client({ connectionString: servers.url(place.server, 'dmz_app') });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(`SET lock_timeout = ${LOCK_TIMEOUT_MS}; BEGIN`);
    await enterTenant(client, tenantId, place);
    if (place.schema !== null) await client.query(`SET LOCAL ROLE ${tenantRole(place.schema)}`);
    const departments = tableAt(place, 'org', 'departments');
    await client.query(`INSERT INTO ${departments} (tenant_id, name) VALUES ($1, 'Too late')`, [tenantId]);
    return 'accepted';
  } catch (error) {
    return (error as pg.DatabaseError).code ?? String(error);
  } finally {
    // Not committed, so nothing is written.
    await client.end();
  }
}

/** The tenant does not live there, or has moved; or what it had there is gone: its role, its schema. */
export const REFUSED = /^(ZD002|ZD005|ZD082|22023|3F000)$/;

/** Those of the places that accept writes of the tenant at present. */
export async function acceptingAt(
  servers: KilledServers,
  places: readonly Place[],
  tenantId: string,
): Promise<Place[]> {
  const answers = await Promise.all(places.map((place) => writeAt(servers, place, tenantId)));
  return places.filter((_, at) => answers[at] === 'accepted');
}

/**
 * What a move keeps at a server while it is under way: slots, publications, open ends, sessions, the lock of whoever makes
 * and drops schemas, and roles of schemas that are not there.
 */
export async function keptAt(servers: KilledServers, name: ServerName): Promise<unknown[]> {
  return servers.ask(
    name,
    `SELECT 'slot' AS what, slot_name::text AS name FROM pg_replication_slots
     UNION ALL SELECT 'publication', pubname FROM pg_publication
     UNION ALL SELECT 'end', move_id::text FROM public.move_ends
     UNION ALL SELECT 'session', application_name FROM pg_stat_activity WHERE application_name ~ '^dmz-(move|purge)'
     UNION ALL SELECT 'lock', pid::text FROM pg_locks WHERE locktype = 'advisory' AND objid = ${RUNNER_LOCK}
     UNION ALL SELECT 'role', rolname FROM pg_roles
       WHERE rolname LIKE 'dmz\\_tenant\\_%' AND to_regnamespace(substr(rolname, 5)) IS NULL`,
  );
}

/** Every row of the tenant in tables of some kinds, hashed, with the table's name in its module. */
async function rowsAt(
  servers: KilledServers,
  place: Place,
  tenantId: string,
  kinds: readonly string[],
): Promise<Set<string>> {
  const { server, schema } = place;
  const there = await servers.ask(server, 'SELECT FROM pg_namespace WHERE nspname = $1', [schema ?? 'game']);
  if (there.length === 0) return new Set();
  const selects = TABLES.filter(({ kind }) => kinds.includes(kind)).map(
    ({ namespace, name }) =>
      `SELECT '${namespace}.${name} ' || md5(t::text) AS row FROM ${tableAt(place, namespace, name)} AS t WHERE tenant_id = $1`,
  );
  const rows = await servers.ask(server, selects.join(' UNION ALL '), [tenantId]);
  return new Set([...rows.map(({ row }) => String(row)), ...(schema === null ? [] : [`schema ${schema}`])]);
}

const ANY_KIND = ['tenant', 'append_only', 'partitioned_log'];

/** All that a place has of a tenant, as one value; empty where it has nothing, not even a schema. */
export async function contentAt(servers: KilledServers, place: Place, tenantId: string): Promise<string> {
  return [...(await rowsAt(servers, place, tenantId, ANY_KIND))].sort().join('\n');
}

/** Whatever was ever accepted at the old place is at the new one, unchanged: nobody wrote there after the switch. */
export async function expectLeftBehind(servers: KilledServers, left: Place, now: Place, tenantId: string) {
  const kinds = ['append_only', 'partitioned_log'];
  const [old, current] = [
    await rowsAt(servers, left, tenantId, kinds),
    await rowsAt(servers, now, tenantId, kinds),
  ];
  old.delete(`schema ${left.schema}`);
  expect(old.size).toBeGreaterThan(0);
  expect([...old].filter((row) => !current.has(row))).toEqual([]);
}
