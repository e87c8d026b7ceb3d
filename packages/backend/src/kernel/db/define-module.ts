/**
 * `defineModule` gives a module its tables, each made by the constructor of its kind, so that the short way to write
 * a table is the right way: tenant and id columns, tenant-first keys and foreign keys, times, version, enumeration
 * checks and the index of every foreign key are added here and written nowhere else.
 *
 * The same definition serves every placement. `canonical` are the tables of the module schemas, which drizzle-kit
 * reads; calling the module with a transaction gives the tables at that transaction's placement, typed alike.
 */
import { is } from 'drizzle-orm';
import { type PgSchema, PgTable, pgSchema } from 'drizzle-orm/pg-core';
import { buildTable, type TablePlacement, tableIn } from './build-table.ts';
import type {
  deletedAtColumn,
  idColumn,
  tenantIdColumn,
  updatedAtColumn,
  validityColumns,
  versionColumn,
} from './columns.ts';
import type {
  AppendOnlyOptions,
  Columns,
  LogOptions,
  PlainOptions,
  Reference,
  Stamps,
  TableDraft,
  TenantOptions,
} from './table-draft.ts';
import { appendOnlyDraft, logDraft, plainDraft, tenantDraft } from './table-kinds.ts';
import type { ColumnBuilders, TableOf, TableRef } from './table-type.ts';

type TenantBase = ReturnType<typeof tenantIdColumn> & ReturnType<typeof idColumn>;
type Mutable = Stamps & ReturnType<typeof updatedAtColumn>;
type None = Record<never, never>;

type Evolving<O> = O extends { evolving: true } ? ReturnType<typeof versionColumn> : None;
type Recoverable<O> = O extends { recoverable: true } ? ReturnType<typeof deletedAtColumn> : None;
type Invalidatable<O> = O extends { invalidatable: true } ? ReturnType<typeof validityColumns> : None;

export interface TableKit {
  tenantTable<Name extends string, Map extends ColumnBuilders, const O extends TenantOptions<Map> = None>(
    name: Name,
    purpose: string,
    columns: Map,
    options?: O,
  ): TableOf<Name, TenantBase & Map & Evolving<O> & Recoverable<O> & Mutable>;
  appendOnlyTable<
    Name extends string,
    Map extends ColumnBuilders,
    const O extends AppendOnlyOptions<Map> = None,
  >(
    name: Name,
    purpose: string,
    columns: Map,
    options?: O,
  ): TableOf<Name, TenantBase & Map & Evolving<O> & Invalidatable<O> & Stamps>;
  partitionedLog<Name extends string, Map extends ColumnBuilders, const O extends LogOptions<Map>>(
    name: Name,
    purpose: string,
    columns: Map,
    options: O,
  ): TableOf<Name, TenantBase & Map & Evolving<O>>;
  referenceTable<Name extends string, Map extends ColumnBuilders, const O extends PlainOptions<Map>>(
    name: Name,
    purpose: string,
    columns: Map,
    options: O,
  ): TableOf<Name, Map & Evolving<O> & Mutable>;
  controlTable<Name extends string, Map extends ColumnBuilders, const O extends PlainOptions<Map>>(
    name: Name,
    purpose: string,
    columns: Map,
    options: O,
  ): TableOf<Name, Map & Evolving<O> & Mutable>;
  /** A reference from a column of this table to a row of another, or of this very table. */
  to(target: TableRef | 'self', from: string, onDelete?: Reference['onDelete']): Reference;
}

export type ModuleTables<Tables> = ((at: { readonly placement: TablePlacement }) => Tables) &
  Tables & { readonly canonical: Tables & { readonly schema: PgSchema } };

/**
 * @param namespace  the module's name and, at a shared or instance placement, its schema
 * @param build      makes the tables
 */
export function defineModule<Tables extends Record<string, TableRef>>(
  namespace: string,
  build: (kit: TableKit) => Tables,
): ModuleTables<Tables> {
  const shared = build(kitFor(namespace));
  const ownSchemas = new Map<string, Tables>();
  const at = ({ placement: { schema } }: { readonly placement: TablePlacement }): Tables => {
    if (schema === null) return shared;
    const placed = ownSchemas.get(schema) ?? madeWhenAsked(shared, schema);
    ownSchemas.set(schema, placed);
    return placed;
  };
  // drizzle-kit creates the schemas that it finds exported; `public` exists already and pgSchema refuses its name.
  const schema = namespace === 'public' ? undefined : pgSchema(namespace);
  return Object.assign(at, shared, { canonical: { ...shared, schema } }) as unknown as ModuleTables<Tables>;
}

/** A tenant's work touches a few tables of a module, and there are hundreds of tenants: each table is made at first use. */
function madeWhenAsked<Tables extends Record<string, TableRef>>(shared: Tables, schema: string): Tables {
  const made = new Map<PropertyKey, PgTable>();
  return new Proxy(shared, {
    get(_, key) {
      const table: unknown = Reflect.get(shared, key);
      if (!is(table, PgTable)) return table;
      const known = made.get(key) ?? tableIn(schema, table);
      made.set(key, known);
      return known;
    },
  });
}

function kitFor(namespace: string): TableKit {
  const build = (draft: TableDraft) => buildTable(namespace, draft);
  const kit = {
    tenantTable: (name: string, purpose: string, columns: Columns, options: TenantOptions<Columns> = {}) =>
      build(tenantDraft([name, purpose, columns], options)),
    appendOnlyTable: (
      name: string,
      purpose: string,
      columns: Columns,
      options: AppendOnlyOptions<Columns> = {},
    ) => build(appendOnlyDraft([name, purpose, columns], options)),
    partitionedLog: (name: string, purpose: string, columns: Columns, options: LogOptions<Columns>) =>
      build(logDraft([name, purpose, columns], options)),
    referenceTable: (name: string, purpose: string, columns: Columns, options: PlainOptions<Columns>) =>
      build(plainDraft('reference', [name, purpose, columns], options)),
    controlTable: (name: string, purpose: string, columns: Columns, options: PlainOptions<Columns>) =>
      build(plainDraft('control', [name, purpose, columns], options)),
    to: (target: PgTable | 'self', from: string, onDelete: Reference['onDelete'] = 'restrict') => ({
      target,
      from,
      onDelete,
    }),
  };
  // The interface says what each constructor adds to a table's type; at run time there are only columns.
  return kit as unknown as TableKit;
}
