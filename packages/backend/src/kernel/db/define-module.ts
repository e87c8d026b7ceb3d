/**
 * `defineModule` gives a module its tables, each made by the constructor of its kind, so that the short way to write
 * a table is the right way: tenant and id columns, tenant-first keys and foreign keys, times, version, enumeration
 * checks and the index of every foreign key are added here and written nowhere else.
 *
 * The same definition serves every placement. `canonical` are the tables of the module schemas, which drizzle-kit
 * reads; calling the module with a transaction gives the tables at that transaction's placement, typed alike.
 */
import type { BuildColumns } from 'drizzle-orm/column-builder';
import {
  type ExtraConfigColumn,
  type PgColumnBuilderBase,
  type PgSchema,
  type PgTable,
  type PgTableWithColumns,
  pgSchema,
  pgTable,
} from 'drizzle-orm/pg-core';
import {
  createdAtColumn,
  deletedAtColumn,
  idColumn,
  noteOf,
  piiOf,
  tenantIdColumn,
  updatedAtColumn,
  validityColumns,
  versionColumn,
} from './columns.ts';
import { buildConstraints, planConstraints } from './constraint-plan.ts';
import type { Columns, CommonOptions, Key, Reference, Stamps, TableDraft } from './table-draft.ts';
import {
  attachMeta,
  type PiiDeclaration,
  type Privilege,
  type Retention,
  type TableKind,
} from './table-meta.ts';

type Table<Name extends string, Map extends Columns> = PgTableWithColumns<{
  name: Name;
  schema: string;
  columns: BuildColumns<Name, Map, 'pg'>;
  dialect: 'pg';
}>;

/** Where a module's tables are: the module's own schema, or all modules' in one schema of the tenant's. */
export interface TablePlacement {
  /** Null at a shared or instance placement; `tenant_<slug>` where the tenant has a schema of its own. */
  readonly schema: string | null;
}

type TenantBase = ReturnType<typeof tenantIdColumn> & ReturnType<typeof idColumn>;
type Mutable = Stamps & ReturnType<typeof updatedAtColumn>;
type None = Record<never, never>;

interface TenantOptions<Map extends Columns> extends CommonOptions<Map> {
  /** Rows are deleted softly, by `deleted_at`; a `unique` key then holds among the living alone. */
  readonly recoverable?: boolean;
  /** The payload's shape evolves: adds `version`. */
  readonly evolving?: boolean;
}
interface AppendOnlyOptions<Map extends Columns> extends CommonOptions<Map> {
  readonly evolving?: boolean;
  /** A record can be superseded or invalidated by a later one: adds `status` and `supersedes_id`. */
  readonly invalidatable?: boolean;
}
interface LogOptions<Map extends Columns> extends CommonOptions<Map> {
  readonly evolving?: boolean;
  /** The time column that divides the log by month; it is appended to every key. */
  readonly partitionBy: Key<Map>;
  /** The primary key between `tenant_id` and the time; the row's id unless an access path needs another. */
  readonly key?: readonly Key<Map>[];
}
interface PlainOptions<Map extends Columns> extends CommonOptions<Map> {
  readonly key: readonly Key<Map>[];
}

type Evolving<O> = O extends { evolving: true } ? ReturnType<typeof versionColumn> : None;
type Recoverable<O> = O extends { recoverable: true } ? ReturnType<typeof deletedAtColumn> : None;
type Invalidatable<O> = O extends { invalidatable: true } ? ReturnType<typeof validityColumns> : None;

export interface TableKit {
  tenantTable<Name extends string, Map extends Columns, const O extends TenantOptions<Map> = None>(
    name: Name,
    purpose: string,
    columns: Map,
    options?: O,
  ): Table<Name, TenantBase & Map & Evolving<O> & Recoverable<O> & Mutable>;
  appendOnlyTable<Name extends string, Map extends Columns, const O extends AppendOnlyOptions<Map> = None>(
    name: Name,
    purpose: string,
    columns: Map,
    options?: O,
  ): Table<Name, TenantBase & Map & Evolving<O> & Invalidatable<O> & Stamps>;
  partitionedLog<Name extends string, Map extends Columns, const O extends LogOptions<Map>>(
    name: Name,
    purpose: string,
    columns: Map,
    options: O,
  ): Table<Name, TenantBase & Map & Evolving<O>>;
  referenceTable<Name extends string, Map extends Columns, const O extends PlainOptions<Map>>(
    name: Name,
    purpose: string,
    columns: Map,
    options: O,
  ): Table<Name, Map & Mutable>;
  controlTable<Name extends string, Map extends Columns, const O extends PlainOptions<Map>>(
    name: Name,
    purpose: string,
    columns: Map,
    options: O,
  ): Table<Name, Map & Mutable>;
  /** A reference from a column of this table to a row of another, or of this very table. */
  to(target: PgTable | 'self', from: string, onDelete?: Reference['onDelete']): Reference;
}

const privilegesOfKind: Record<TableKind, readonly Privilege[]> = {
  tenant: ['select', 'insert', 'update', 'delete'],
  append_only: ['select', 'insert'],
  partitioned_log: ['select', 'insert'],
  reference: ['select'],
  control: [],
};

const retentionOfKind: Record<TableKind, Retention> = {
  tenant: 'tenant',
  append_only: 'evidence',
  partitioned_log: 'evidence',
  reference: 'platform',
  control: 'platform',
};

export type ModuleTables<Tables> = ((at: { readonly placement: TablePlacement }) => Tables) &
  Tables & { readonly canonical: Tables & { readonly schema: PgSchema } };

/**
 * @param namespace  the module's name and, at a shared or instance placement, its schema
 * @param build      makes the tables; run once for each placement, so it must do nothing else
 */
export function defineModule<Tables extends Record<string, PgTable>>(
  namespace: string,
  build: (kit: TableKit) => Tables,
): ModuleTables<Tables> {
  const shared = build(kitFor(namespace, { schema: null }));
  const ownSchemas = new Map<string, Tables>();
  const at = ({ placement }: { readonly placement: TablePlacement }): Tables => {
    if (placement.schema === null) return shared;
    const known = ownSchemas.get(placement.schema);
    if (known) return known;
    const built = build(kitFor(namespace, placement));
    ownSchemas.set(placement.schema, built);
    return built;
  };
  // drizzle-kit creates the schemas that it finds exported; `public` exists already and pgSchema refuses its name.
  const schema = namespace === 'public' ? undefined : pgSchema(namespace);
  return Object.assign(at, shared, { canonical: { ...shared, schema } }) as unknown as ModuleTables<Tables>;
}

function kitFor(namespace: string, placement: TablePlacement): TableKit {
  const draftOf = (
    kind: TableKind,
    name: string,
    purpose: string,
    columns: Columns,
    key: readonly string[],
    options: CommonOptions<Columns>,
    more: Pick<TableDraft, 'partitionBy' | 'recoverable'> = {},
  ) =>
    buildTable(namespace, placement, {
      name,
      kind,
      purpose,
      columns,
      key,
      privileges: options.privileges ?? privilegesOfKind[kind],
      options,
      ...more,
    });
  const kit = {
    tenantTable(name: string, purpose: string, columns: Columns, options: TenantOptions<Columns> = {}) {
      const all = {
        ...tenantIdColumn(),
        ...idColumn(),
        ...columns,
        ...(options.evolving ? versionColumn() : {}),
        ...(options.recoverable ? deletedAtColumn() : {}),
        ...createdAtColumn(),
        ...updatedAtColumn(),
      };
      return draftOf('tenant', name, purpose, all, ['tenantId', 'id'], options, {
        recoverable: options.recoverable ?? false,
      });
    },
    appendOnlyTable(
      name: string,
      purpose: string,
      columns: Columns,
      options: AppendOnlyOptions<Columns> = {},
    ) {
      const all = {
        ...tenantIdColumn(),
        ...idColumn(),
        ...columns,
        ...(options.evolving ? versionColumn() : {}),
        ...(options.invalidatable ? validityColumns() : {}),
        ...createdAtColumn(),
      };
      const supersedes = options.invalidatable ? [kit.to('self', 'supersedesId')] : [];
      const references = [...(options.references ?? []), ...supersedes];
      return draftOf('append_only', name, purpose, all, ['tenantId', 'id'], { ...options, references });
    },
    partitionedLog(name: string, purpose: string, columns: Columns, options: LogOptions<Columns>) {
      const all = {
        ...tenantIdColumn(),
        ...idColumn(),
        ...columns,
        ...(options.evolving ? versionColumn() : {}),
      };
      const key = ['tenantId', ...(options.key ?? ['id']), options.partitionBy];
      return draftOf('partitioned_log', name, purpose, all, key, options, {
        partitionBy: options.partitionBy,
      });
    },
    referenceTable(name: string, purpose: string, columns: Columns, options: PlainOptions<Columns>) {
      return draftOf(
        'reference',
        name,
        purpose,
        { ...columns, ...createdAtColumn(), ...updatedAtColumn() },
        options.key,
        options,
      );
    },
    controlTable(name: string, purpose: string, columns: Columns, options: PlainOptions<Columns>) {
      return draftOf(
        'control',
        name,
        purpose,
        { ...columns, ...createdAtColumn(), ...updatedAtColumn() },
        options.key,
        options,
      );
    },
    to: (target: PgTable | 'self', from: string, onDelete: Reference['onDelete'] = 'restrict') => ({
      target,
      from,
      onDelete,
    }),
  };
  return kit as unknown as TableKit;
}

function buildTable(namespace: string, placement: TablePlacement, draft: TableDraft): PgTable {
  if (placement.schema !== null && draft.kind !== 'reference' && draft.kind !== 'control') {
    // Constraints and indexes concern migrations alone; queries need names and types.
    return pgSchema(placement.schema).table(`${namespace}_${draft.name}`, draft.columns);
  }
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
  const sqlName = (key: string) => sqlNames.get(key) ?? key;
  const noted = Object.entries(draft.columns).map(([key, builder]) => ({ column: sqlName(key), builder }));
  attachMeta(table, {
    namespace,
    name: draft.name,
    kind: draft.kind,
    purpose: draft.purpose,
    retention: draft.options.retention ?? retentionOfKind[draft.kind],
    privileges: draft.privileges,
    key: draft.key,
    indexes: plan.indexes,
    columnNotes: collect(noted, noteOf),
    pii: collect<PiiDeclaration>(noted, piiOf),
    hasUpdatedAt: 'updatedAt' in draft.columns,
    ...(draft.partitionBy ? { partitionColumn: sqlName(draft.partitionBy) } : {}),
  });
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
