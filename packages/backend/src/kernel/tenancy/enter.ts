/**
 * How a tenant transaction begins. Entering takes the fence, checks residence and sets the context; where the tenant has
 * a schema of its own, the same statement then becomes that schema's role. Both end with the transaction, whatever ends it.
 */
import type pg from 'pg';
import { databaseErrorOf, translateDriverError } from '../db/database-errors.ts';
import { tenantRole } from '../db/index.ts';
import { tenancyErrors } from './errors.ts';
import type { TenantLocation } from './router.ts';
import { callOf, type TenantFunction } from './tenant-function.ts';

/** SQLSTATE of dmz.enter_tenant when the context is already another tenant's. */
export const OTHER_TENANT_ENTERED = 'ZD004';

/** @returns the time of the transaction */
export async function enter(client: pg.PoolClient, location: TenantLocation, begin: string): Promise<Date> {
  try {
    const [, entered] = await Promise.all([client.query(begin), client.query(entering(location))]);
    return entered.rows[0].now;
  } catch (error) {
    if (databaseErrorOf(error)?.code === OTHER_TENANT_ENTERED)
      throw tenancyErrors.TENANCY_CONNECTION_TAINTED({ cause: error });
    throw translateDriverError(error);
  }
}

/** The role comes second: who comes too late to a place that the tenant has left is told so, not that a role is gone. */
function entering({ id, epoch, schema }: TenantLocation): pg.QueryConfig {
  if (schema === null) {
    return { name: 'enter_tenant', text: 'SELECT dmz.enter_tenant($1, $2) AS now', values: [id, epoch] };
  }
  return {
    name: 'enter_tenant_as',
    text: "SELECT dmz.enter_tenant($1, $2) AS now, set_config('role', $3, true)",
    values: [id, epoch, tenantRole(schema)],
  };
}

/**
 * Calls a function that is a whole tenant transaction; in a schema of the tenant's own, as its role. There all of the
 * transaction goes out at once: where a statement fails, those behind it are refused, and COMMIT rolls back.
 */
export async function callAlone<Values extends readonly unknown[], Row>(
  client: pg.PoolClient,
  location: TenantLocation,
  fn: TenantFunction<Values, Row>,
  values: Values,
  time: Date | undefined,
): Promise<pg.QueryResult> {
  const statement = {
    ...callOf(fn, location),
    values: [location.id, location.epoch, time ?? null, ...values],
  };
  if (location.schema === null) return client.query(statement);
  const [, , called] = await Promise.all([
    client.query('BEGIN'),
    client.query(entering(location)),
    client.query(statement),
    client.query('COMMIT'),
  ]);
  return called;
}
