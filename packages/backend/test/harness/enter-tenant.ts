/** Enters a tenant by hand, as a program does that signs for itself: for tests that work without the platform. */
import type pg from 'pg';
import { contextSecret, type Entry, signEntry } from '../../src/kernel/context/index.ts';

/** What an entry is signed as, where a test says otherwise than is true. */
export interface Claims extends Partial<Entry> {
  readonly database?: string;
  readonly processId?: number;
  readonly aheadMs?: number;
  readonly secret?: Buffer;
  readonly keyId?: string;
}

type Connected = pg.Client & { readonly processID: number; readonly password: string };

/** A token for the tenant on this connection, and what is claimed beside. */
export async function tokenFor(client: pg.Client, tenantId: string, claims: Claims = {}): Promise<string> {
  const { password, processID } = client as Connected;
  const { rows } = await client.query('SELECT * FROM dmz.context_key()');
  const { id, salt, database, at } = rows[0];
  return signEntry(
    { tenantId, epoch: null, schema: null, ...claims },
    {
      keyId: claims.keyId ?? id,
      secret: claims.secret ?? contextSecret(password, salt),
      database: claims.database ?? database,
      processId: claims.processId ?? processID,
      timeMs: at.getTime() + (claims.aheadMs ?? 0),
    },
  );
}

/** Of a connection as `dmz_app` that has begun a transaction. */
export async function enterTenant(
  client: pg.Client,
  tenantId: string,
  claims: Partial<Entry> = {},
): Promise<void> {
  const token = await tokenFor(client, tenantId, claims);
  await client.query('SELECT dmz.enter_tenant($1, $2, $3)', [tenantId, claims.epoch ?? null, token]);
}
