/** `indexes.md`: every index with the query that it is for; one that serves none would only slow down writing. */
import type { DefinedNamespace, DefinedTable } from './defined-tables.ts';
import { qualified } from './entity-model.ts';
import { code, page, table } from './markdown.ts';

export function indexRegister(namespaces: readonly DefinedNamespace[]): string {
  const intro =
    'Every index by table, and what it is for. Those of a tenant’s table begin with `tenant_id`, so that they serve ' +
    'row-level security too. `pnpm db:check` fails for a foreign key without an index, for an index without a query in ' +
    'its comment, and for more indexes on a partitioned log than it has queries.';
  const sections = namespaces.flatMap(({ name, tables }) => [
    `## ${name}`,
    table(['table', 'columns', 'kind', 'serves'], tables.flatMap(rowsOf)),
  ]);
  return page('Indexes', intro, sections);
}

function rowsOf({ meta, primaryKey, uniques, indexes }: DefinedTable): string[][] {
  const queries = new Map(meta.indexes.map(({ name, query }) => [name, query]));
  const row = (columns: readonly string[], kind: string, serves: string) => [
    code(qualified(meta)),
    code(columns.join(', ')),
    kind,
    serves,
  ];
  return [
    row(primaryKey, 'primary key', 'one row by its key, and the references to it'),
    ...uniques.map(({ columns, where }) =>
      row(columns, 'unique', `that none is there twice${where ? ` where ${code(where)}` : ''}`),
    ),
    ...indexes.map(({ name, columns }) => row(columns, 'index', queries.get(name) ?? '')),
  ];
}
