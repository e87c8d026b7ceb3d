/** Makes Drizzle's table of a draft, keeps what its constructor knows of it, and makes it again for other placements. */
import {
  type ExtraConfigColumn,
  type PgColumnBuilderBase,
  type PgTable,
  pgSchema,
  pgTable,
} from 'drizzle-orm/pg-core';
import { holdToColumns } from './column-values.ts';
import { noteOf, piiOf } from './columns.ts';
import { buildConstraints, planConstraints } from './constraint-plan.ts';
import { ownersOf } from './encrypted.ts';
import { placedTable } from './placed-name.ts';
import { subjectsOf } from './subject-path.ts';
import type { TableDraft } from './table-draft.ts';
import { attachMeta, metaOf, type PiiDeclaration } from './table-meta.ts';

/** Where a module's tables are: the module's own schema, or all modules' in one schema of the tenant's. */
export interface TablePlacement {
  /** Null at a shared or instance placement; `tenant_<slug>` where the tenant has a schema of its own. */
  readonly schema: string | null;
}

/** What each table of a module schema was made of. */
const sources = new WeakMap<PgTable, { readonly namespace: string; readonly draft: TableDraft }>();

/** The table in a schema of a tenant's own; reference and control tables are where they are for everybody. */
export function tableIn(schema: string, table: PgTable): PgTable {
  const source = sources.get(table);
  if (!source) throw new Error('This table was not made by a constructor of defineModule.');
  const { namespace, draft } = source;
  if (draft.kind === 'reference' || draft.kind === 'control') return table;
  // Constraints and indexes concern migrations alone; queries need names and types.
  const placed = pgSchema(schema).table(placedTable(namespace, draft.name), draft.columns);
  attachMeta(placed, metaOf(table));
  holdToColumns(`${namespace}.${draft.name}`, placed);
  return placed;
}

/** The table in its module's schema. */
export function buildTable(namespace: string, draft: TableDraft): PgTable {
  const sqlNames = new Map(
    Object.entries(draft.columns).map(([key, builder]) => [
      key,
      (builder as unknown as { config: { name: string } }).config.name,
    ]),
  );
  const plan = planConstraints(draft, sqlNames);
  const make: typeof pgTable = namespace === 'public' ? pgTable : (pgSchema(namespace).table as never);
  const table = make(draft.name, draft.columns, (self) =>
    buildConstraints(plan, self as Record<string, ExtraConfigColumn>),
  );
  sources.set(table, { namespace, draft });
  const sqlName = (key: string) => sqlNames.get(key) ?? key;
  const noted = Object.entries(draft.columns).map(([key, builder]) => ({ column: sqlName(key), builder }));
  attachMeta(table, {
    namespace,
    name: draft.name,
    kind: draft.kind,
    purpose: draft.purpose,
    retention: draft.retention,
    privileges: draft.privileges,
    updatable: (draft.options.updatable ?? []).map(sqlName),
    key: draft.key,
    indexes: plan.indexes,
    columnNotes: collect(noted, noteOf),
    pii: collect<PiiDeclaration>(noted, piiOf),
    ...subjectsOf(draft, sqlName, collect<PiiDeclaration>(noted, piiOf)),
    encrypted: new Map(
      Object.entries(draft.columns)
        .filter(([, builder]) => ownersOf(builder))
        .map(([key]) => [key, sqlName(key)]),
    ),
    hasUpdatedAt: 'updatedAt' in draft.columns,
    evolving: 'version' in draft.columns,
    ...(draft.partitionBy ? { partitionColumn: sqlName(draft.partitionBy) } : {}),
  });
  holdToColumns(`${namespace}.${draft.name}`, table);
  return table;
}

function collect<Value>(
  columns: readonly { column: string; builder: PgColumnBuilderBase }[],
  read: (builder: PgColumnBuilderBase) => Value | undefined,
): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const { column, builder } of columns) {
    const value = read(builder);
    if (value !== undefined) found.set(column, value);
  }
  return found;
}
