/** The rights of one database against those that are needed there. */
import type pg from 'pg';
import { connectAsAdministrator } from '../db/index.ts';
import { schemaPlacements } from '../schema-tier/index.ts';
import { compareRights, type RightsDifference } from './compare-rights.ts';
import { readHeldRights } from './held-rights.ts';
import type { Need } from './right.ts';

/** @param client  an administrator's, whose search_path is empty */
export async function differenceAt(client: pg.Client, needs: readonly Need[]): Promise<RightsDifference> {
  const { rows } = await client.query<{ rolsuper: boolean }>(
    'SELECT rolsuper FROM pg_roles WHERE rolname = current_user',
  );
  // Languages are a superuser's to grant: where there is none to ask, everybody has what PostgreSQL came with.
  const isSettled = ({ on }: { readonly on: string }) => on !== 'language' || rows[0]?.rolsuper === true;
  const held = await readHeldRights(client);
  return compareRights(held.filter(isSettled), needs.filter(isSettled), await schemaPlacements(client));
}

/** @throws STACK_* when the server cannot be reached */
export async function rightsDifference(adminUrl: string, needs: readonly Need[]): Promise<RightsDifference> {
  const client = await connectAsAdministrator(adminUrl);
  try {
    await client.query("SET search_path = ''");
    return await differenceAt(client, needs);
  } finally {
    await client.end();
  }
}
