/**
 * What each kind of table adds to what its author wrote: columns, key, privileges, retention (DESIGN section 4). A kind
 * is decided here and nowhere else; what follows from it in SQL is in constraint-plan.ts and kind-statements.ts.
 */
import {
  createdAtColumn,
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
  TableDraft,
  TableOptions,
  TenantOptions,
} from './table-draft.ts';
import type { Privilege, Retention, TableKind } from './table-meta.ts';

const PRIVILEGES: Record<TableKind, readonly Privilege[]> = {
  tenant: ['select', 'insert', 'update', 'delete'],
  append_only: ['select', 'insert'],
  partitioned_log: ['select', 'insert'],
  reference: ['select'],
  control: [],
};

const RETENTION: Record<TableKind, Retention> = {
  tenant: 'tenant',
  append_only: 'evidence',
  partitioned_log: 'evidence',
  reference: 'platform',
  control: 'platform',
};

/** What every constructor is called with: the table's name, its purpose, its own columns. */
type Written = readonly [name: string, purpose: string, columns: Columns];

const versionIf = (evolving: boolean | undefined): Columns => (evolving ? versionColumn() : {});

export function tenantDraft([name, purpose, columns]: Written, options: TenantOptions<Columns>): TableDraft {
  const all = {
    ...tenantIdColumn(),
    ...idColumn(),
    ...columns,
    ...versionIf(options.evolving),
    ...(options.recoverable ? deletedAtColumn() : {}),
    ...createdAtColumn(),
    ...updatedAtColumn(),
  };
  const draft = draftOf('tenant', [name, purpose, all], ['tenantId', 'id'], options);
  return { ...draft, recoverable: options.recoverable ?? false };
}

export function appendOnlyDraft(
  [name, purpose, columns]: Written,
  options: AppendOnlyOptions<Columns>,
): TableDraft {
  const all = {
    ...tenantIdColumn(),
    ...idColumn(),
    ...columns,
    ...versionIf(options.evolving),
    ...(options.invalidatable ? validityColumns() : {}),
    ...createdAtColumn(),
  };
  const supersedes: Reference[] = options.invalidatable
    ? [{ target: 'self', from: 'supersedesId', onDelete: 'restrict' }]
    : [];
  const references = [...(options.references ?? []), ...supersedes];
  const draft = draftOf('append_only', [name, purpose, all], ['tenantId', 'id'], { ...options, references });
  return { ...draft, invalidatable: options.invalidatable ?? false };
}

export function logDraft([name, purpose, columns]: Written, options: LogOptions<Columns>): TableDraft {
  const all = { ...tenantIdColumn(), ...idColumn(), ...columns, ...versionIf(options.evolving) };
  const key = ['tenantId', ...(options.key ?? ['id']), options.partitionBy];
  return {
    ...draftOf('partitioned_log', [name, purpose, all], key, options),
    partitionBy: options.partitionBy,
  };
}

/** Reference and control tables, which belong to no tenant. */
export function plainDraft(
  kind: 'reference' | 'control',
  [name, purpose, columns]: Written,
  options: PlainOptions<Columns>,
): TableDraft {
  const all = { ...columns, ...versionIf(options.evolving), ...createdAtColumn(), ...updatedAtColumn() };
  return draftOf(kind, [name, purpose, all], options.key, options);
}

function draftOf(
  kind: TableKind,
  [name, purpose, columns]: Written,
  key: readonly string[],
  options: TableOptions<Columns>,
): TableDraft {
  return {
    name,
    kind,
    purpose,
    columns,
    key,
    options,
    privileges: options.privileges ?? PRIVILEGES[kind],
    retention: options.retention ?? RETENTION[kind],
  };
}
