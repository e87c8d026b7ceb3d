/** What must hold of a tenant at the two servers between which it moves, read from each of them without the platform. */
import pg from 'pg';
import { expect } from 'vitest';
import { moverOptions } from '../../src/moving/mover-options.ts';
import { type KilledServers, SERVERS, type ServerName } from './killed-servers.ts';

const TABLES = moverOptions('postgresql://localhost').tables;

/** The servers that would let the tenant in. */
export async function servedAt(servers: KilledServers, tenantId: string): Promise<ServerName[]> {
  const text = `SELECT FROM public.residents WHERE tenant_id = $1 AND state <> 'departed'`;
  const served: ServerName[] = [];
  for (const name of SERVERS) if ((await servers.ask(name, text, [tenantId])).length > 0) served.push(name);
  return served;
}

/** As any program could that logs in as `dmz_app`, and believes that the tenant is still there. */
export async function refusedAt(servers: KilledServers, name: ServerName, tenantId: string): Promise<string> {
  const client = new pg.Client({ connectionString: servers.url(name, 'dmz_app') });
  await client.connect();
  try {
    await client.query('SELECT dmz.enter_tenant($1)', [tenantId]);
    return 'let in';
  } catch (error) {
    return (error as pg.DatabaseError).code ?? String(error);
  } finally {
    await client.end();
  }
}

/** What a move keeps at a server while it is under way: slots, publications, open ends, and sessions. */
export async function keptAt(servers: KilledServers, name: ServerName): Promise<unknown[]> {
  return servers.ask(
    name,
    `SELECT 'slot' AS what, slot_name::text AS name FROM pg_replication_slots
     UNION ALL SELECT 'publication', pubname FROM pg_publication
     UNION ALL SELECT 'end', move_id::text FROM public.move_ends
     UNION ALL SELECT 'session', application_name FROM pg_stat_activity WHERE application_name LIKE 'dmz-move %'`,
  );
}

/** Every row of the tenant in tables of some kinds, hashed, with the table's name. */
async function rowsAt(
  servers: KilledServers,
  name: ServerName,
  tenantId: string,
  kinds: readonly string[],
): Promise<Set<string>> {
  const selects = TABLES.filter(({ kind }) => kinds.includes(kind)).map(
    (table) =>
      `SELECT '${table.namespace}.${table.name} ' || md5(t::text) AS row FROM ${table.namespace}.${table.name} AS t WHERE tenant_id = $1`,
  );
  const rows = await servers.ask(name, selects.join(' UNION ALL '), [tenantId]);
  return new Set(rows.map(({ row }) => String(row)));
}

const ANY_KIND = ['tenant', 'append_only', 'partitioned_log'];

/** All that a server has of a tenant, as one value; empty where it has nothing. */
export async function contentAt(servers: KilledServers, name: ServerName, tenantId: string): Promise<string> {
  return [...(await rowsAt(servers, name, tenantId, ANY_KIND))].sort().join('\n');
}

/** Whatever was ever accepted at the old place is at the new one, unchanged: nobody wrote there after the switch. */
export async function expectLeftBehind(servers: KilledServers, left: ServerName, tenantId: string) {
  const at = left === 'main' ? 'second' : 'main';
  const kinds = ['append_only', 'partitioned_log'];
  const [old, now] = [
    await rowsAt(servers, left, tenantId, kinds),
    await rowsAt(servers, at, tenantId, kinds),
  ];
  expect(old.size).toBeGreaterThan(0);
  expect([...old].filter((row) => !now.has(row))).toEqual([]);
}
