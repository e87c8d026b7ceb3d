/**
 * Functions of the database that are called with entering their tenant, so that one statement is a whole tenant transaction
 * and one round trip. Their first parameters are the tenant, the epoch that the router knows, and the time, or null for the
 * database's own; a module declares what follows and what comes back. Each makes sure that its tenant was entered.
 */
import { placedName, type TablePlacement } from '../db/index.ts';

declare const shape: unique symbol;

interface Callable {
  readonly namespace: string;
  readonly name: string;
  /** Number of the values that follow tenant, epoch and time. */
  readonly arity: number;
}

export interface TenantFunction<Values extends readonly unknown[], Row> extends Callable {
  readonly [shape]?: (...values: Values) => Row;
}

/** @param name  of a function in the module's schema, defined by a migration */
export function tenantFunction<Values extends readonly unknown[], Row>(
  namespace: string,
  name: string,
  arity: Values['length'],
): TenantFunction<Values, Row> {
  return { namespace, name, arity };
}

const OWN_PARAMETERS = 3;

interface Statement {
  readonly name: string;
  readonly text: string;
}

/** The prepared statement that calls the function inside a transaction that has entered the tenant. */
export function callInside(fn: Callable, placement: TablePlacement): Statement {
  const { qualified, parameters } = partsOf(fn, placement);
  return { name: qualified, text: `SELECT * FROM ${qualified}(${parameters.join(', ')})` };
}

/**
 * The one that enters the tenant first, with a token as the last value. The function is handed the time that entering
 * returns, so PostgreSQL cannot call it any earlier.
 */
export function callOf(fn: Callable, placement: TablePlacement): Statement {
  const { qualified, parameters } = partsOf(fn, placement);
  const [tenant, epoch, time, ...values] = parameters;
  const enter = `dmz.enter_tenant(${tenant}, ${epoch}, $${parameters.length + 1}) AS entered(at)`;
  const call = `${qualified}(${[tenant, epoch, `coalesce(${time}, entered.at)`, ...values].join(', ')})`;
  return { name: `enter ${qualified}`, text: `SELECT called.* FROM ${enter}, LATERAL ${call} AS called` };
}

function partsOf({ namespace, name, arity }: Callable, { schema }: TablePlacement) {
  const qualified =
    schema === null ? `"${namespace}"."${name}"` : `"${schema}"."${placedName(namespace, name)}"`;
  return { qualified, parameters: Array.from({ length: OWN_PARAMETERS + arity }, (_, at) => `$${at + 1}`) };
}
