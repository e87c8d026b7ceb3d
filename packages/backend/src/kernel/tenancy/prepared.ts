/**
 * Prepared statements of hot paths. Drizzle builds and PostgreSQL plans each one once a connection; a tenant's context
 * is not part of a plan, so one statement serves every tenant at the same placement.
 */
import type { TenantTx } from './tenant-tx.ts';

const statementsOfConnection = new WeakMap<object, Map<string, unknown>>();

/**
 * @param name   unique among the platform's prepared statements
 * @param build  makes the statement, `query.prepare(name)`; called once a connection and placement
 */
export function prepared<Statement>(
  tx: TenantTx,
  name: string,
  build: (name: string) => Statement,
): Statement {
  const connection = Object.getPrototypeOf(tx) as object;
  let statements = statementsOfConnection.get(connection);
  if (!statements) {
    statements = new Map();
    statementsOfConnection.set(connection, statements);
  }
  const key = tx.placement.schema === null ? name : `${tx.placement.schema}.${name}`;
  const known = statements.get(key) as Statement | undefined;
  if (known) return known;
  const built = build(key);
  statements.set(key, built);
  return built;
}
