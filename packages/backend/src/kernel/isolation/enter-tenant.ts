/** The honest way into a tenant, as the program takes it: the one place here that knows what an entry needs. */
import type pg from 'pg';

/** Enters a tenant in the transaction that is open on a connection. What it is refused with is the caller's to judge. */
export async function enterTenant(client: pg.Client, tenantId: string): Promise<void> {
  await client.query('SELECT dmz.enter_tenant($1)', [tenantId]);
}
