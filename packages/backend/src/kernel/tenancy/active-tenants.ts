/**
 * The tenants that programs work for in turn. The register is closed to the application; the maintenance role may ask
 * for the slugs of those that are active, by a function, and for nothing else of it.
 */
import pg from 'pg';
import { translateDriverError } from '../db/database-errors.ts';

/**
 * @param maintenanceUrl  of the control database
 * @returns slugs, in their order
 * @throws DATABASE_UNAVAILABLE, DATABASE_ROLE_REFUSED, DATABASE_NOT_MIGRATED
 */
export async function activeTenants(maintenanceUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: maintenanceUrl, application_name: 'dmz-tenants' });
  // A server that goes away between statements is reported by the statement that meets it.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ slug: string }>('SELECT slug FROM dmz.active_tenants()');
    return rows.map(({ slug }) => slug);
  } catch (error) {
    throw translateDriverError(error);
  } finally {
    await client.end().catch(() => {});
  }
}
