/**
 * A rule about the live database, as one query over PostgreSQL's catalogue that returns what breaks the rule. Rules
 * read the migrated catalogue and never the TypeScript that made it: what somebody did by hand is found too.
 */
import type { ClientBase } from 'pg';
import type { Finding } from './finding.ts';
import { AS_QUERIES, AS_TABLES } from './relations.ts';

export interface CatalogueRule {
  readonly name: string;
  readonly remedy: string;
  /**
   * A SELECT of `object` and `detail`, one row a breach, none while the rule is kept. It may read the relations of
   * relations.ts, and `$1`, the namespaces of the modules.
   */
  readonly sql: string;
}

/** @param namespaces  the modules' names, each a schema */
export function findBreaches(
  client: ClientBase,
  rule: CatalogueRule,
  namespaces: readonly string[],
): Promise<Finding[]> {
  return ask(client, AS_QUERIES, rule, namespaces);
}

/** The same once `gatherRelations` has been called in this transaction. */
export function findGathered(
  client: ClientBase,
  rule: CatalogueRule,
  namespaces: readonly string[],
): Promise<Finding[]> {
  return ask(client, AS_TABLES, rule, namespaces);
}

async function ask(
  client: ClientBase,
  relations: string,
  { name, remedy, sql }: CatalogueRule,
  namespaces: readonly string[],
): Promise<Finding[]> {
  const { rows } = await client.query<{ object: string; detail: string }>(`${relations}\n${sql}`, [
    namespaces,
  ]);
  return rows
    .map(({ object, detail }) => ({ rule: name, object, detail, remedy }))
    .sort((one, other) => (one.object < other.object ? -1 : 1));
}
