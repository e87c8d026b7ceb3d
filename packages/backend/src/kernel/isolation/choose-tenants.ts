/** Which of the tenants at a place attack and are attacked: those with rows in most tables, since there is most to take. */
import { connectAsAdministrator } from '../db/index.ts';
import type { Tenant } from './field.ts';
import { readTenantTables } from './tenant-tables.ts';

/** Each costs a look into every table. */
const LOOKED_AT = 12;

/** @returns the tenants, the one with rows in most tables first */
export async function sortByRows(
  adminUrl: string,
  place: { readonly schema: string | null; readonly role: string },
  tenants: readonly Tenant[],
): Promise<Tenant[]> {
  const considered = tenants.slice(0, LOOKED_AT);
  const admin = await connectAsAdministrator(adminUrl, 'dmz-isolation');
  try {
    const held = new Map<string, number>();
    for (const { name } of await readTenantTables(admin, place)) {
      const { rows } = await admin.query(
        `SELECT id::text FROM unnest($1::uuid[]) AS id WHERE EXISTS (SELECT FROM ${name} WHERE tenant_id = id)`,
        [considered.map(({ id }) => id)],
      );
      for (const { id } of rows) held.set(id, (held.get(id) ?? 0) + 1);
    }
    const heldBy = ({ id }: Tenant) => held.get(id) ?? 0;
    return [...considered].sort((one, other) => heldBy(other) - heldBy(one));
  } finally {
    await admin.end();
  }
}
