/**
 * Functions of the database that enter the tenant themselves, so that one statement is a whole tenant transaction and one
 * round trip. Their first parameters are the tenant, the epoch that the router knows, and the time, or null for the
 * database's own; a module declares what follows and what comes back.
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

/** The prepared statement that calls the function at a placement. */
export function callOf(
  { namespace, name, arity }: Callable,
  { schema }: TablePlacement,
): { readonly name: string; readonly text: string } {
  const qualified =
    schema === null ? `"${namespace}"."${name}"` : `"${schema}"."${placedName(namespace, name)}"`;
  const parameters = Array.from({ length: OWN_PARAMETERS + arity }, (_, at) => `$${at + 1}`);
  return { name: qualified, text: `SELECT * FROM ${qualified}(${parameters.join(', ')})` };
}
