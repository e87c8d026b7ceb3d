/**
 * How a tenant transaction begins. Entering shows the program's token, takes the fence, checks residence and sets the
 * context; where the tenant has a schema of its own, the same statement then becomes that schema's role. Both end with
 * the transaction, whatever ends it.
 */

import type pg from 'pg';
import type { Sign, Signer } from '../context/index.ts';
import { translateDriverError } from '../db/database-errors.ts';
import { tenantRole } from '../db/index.ts';
import { requireSendable } from '../db/sendable-values.ts';
import type { TenantLocation } from './router.ts';
import { callInside, callOf, type TenantFunction } from './tenant-function.ts';

/** @returns the time of the transaction */
export async function enter(
  client: pg.PoolClient,
  location: TenantLocation,
  signer: Signer,
  begin: string,
): Promise<Date> {
  try {
    return await signer.entering(
      location.instance,
      client,
      async (sign) => {
        const [, entered] = await Promise.all([client.query(begin), client.query(entering(location, sign))]);
        return entered.rows[0].now;
      },
      () => client.query('ROLLBACK'),
    );
  } catch (error) {
    throw translateDriverError(error);
  }
}

const tokenFor = ({ id: tenantId, epoch, schema }: TenantLocation, sign: Sign): string =>
  sign({ tenantId, epoch, schema });

/** The role comes second: who comes too late to a place that the tenant has left is told so, not that a role is gone. */
function entering(location: TenantLocation, sign: Sign): pg.QueryConfig {
  const { id, epoch, schema } = location;
  const values = [id, epoch, tokenFor(location, sign)];
  if (schema === null)
    return { name: 'enter_tenant', text: 'SELECT dmz.enter_tenant($1, $2, $3) AS now', values };
  return {
    name: 'enter_tenant_as',
    text: "SELECT dmz.enter_tenant($1, $2, $3) AS now, set_config('role', $4, true)",
    values: [...values, tenantRole(schema)],
  };
}

/**
 * Calls a function in a transaction of its own, which one statement enters and calls it in; in a schema of the tenant's
 * own, as its role. There all of the transaction goes out at once: where a statement fails, those behind it are refused,
 * and COMMIT rolls back.
 */
export async function callAlone<Values extends readonly unknown[], Row>(
  client: pg.PoolClient,
  location: TenantLocation,
  signer: Signer,
  { fn, values, time }: { fn: TenantFunction<Values, Row>; values: Values; time: Date | undefined },
): Promise<pg.QueryResult> {
  requireSendable(values);
  const own = [location.id, location.epoch, time ?? null, ...values];
  return signer.entering(location.instance, client, async (sign) => {
    if (location.schema === null)
      return client.query({ ...callOf(fn, location), values: [...own, tokenFor(location, sign)] });
    const [, , called] = await Promise.all([
      client.query('BEGIN'),
      client.query(entering(location, sign)),
      client.query({ ...callInside(fn, location), values: own }),
      client.query('COMMIT'),
    ]);
    return called;
  });
}
