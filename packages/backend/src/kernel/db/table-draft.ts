/** What a table constructor takes and hands on, before any placement gives it a schema. */
import type { PgColumnBuilderBase, PgTable } from 'drizzle-orm/pg-core';
import type { createdAtColumn } from './columns.ts';
import type { Privilege, Retention, TableKind } from './table-meta.ts';

export type Columns = Record<string, PgColumnBuilderBase>;
export type Stamps = ReturnType<typeof createdAtColumn>;

/** A reference to another table's row: tenant-first where the target belongs to a tenant. */
export interface Reference {
  readonly target: PgTable | 'self';
  readonly from: string;
  readonly onDelete: 'restrict' | 'cascade';
}

export type Key<Map> = keyof Map & string;
type Sorted<Map> = Key<Map> | `${Key<Map>} desc` | 'id';

/** A column that leads to a person, by a value of another table's column, where no foreign key says so. */
export interface LooseSubject<Map> {
  readonly from: Key<Map> | 'id';
  /** As schema.table. */
  readonly target: string;
  /** The target's column, by the key that code knows it by. */
  readonly key: string;
}

/**
 * Whose rows they are (GDPR Art. 4(1)): the column that leads to the person, directly or over the table that it refers to.
 * Of people's own rows, `itself`; of what a tenant has as an organisation, `nobody`.
 */
export type Subject<Map> = 'itself' | 'nobody' | Key<Map> | 'id' | LooseSubject<Map>;

export interface TableOptions<Map> {
  /** By itself, the column `userId` that refers to another table. Several where rows are about several people. */
  readonly subject?: Subject<Map> | readonly Subject<Map>[];
  /** Keys beside the primary one, without `tenant_id`, which is put in front where the kind has it. */
  readonly unique?: readonly (readonly Key<Map>[])[];
  readonly references?: readonly Reference[];
  /** The query that an index serves, and its columns; `tenant_id` is put in front where the kind has it. */
  readonly indexes?: Readonly<Record<string, readonly Sorted<Map & Stamps>[]>>;
  /** Conditions in SQL, by a name that says the rule. */
  readonly checks?: Readonly<Record<string, string>>;
  /** How long rows are kept, where it is not what the kind implies. */
  readonly retention?: Retention;
  /** The most that the application can come to need, where it is less than the kind allows; it is granted what it needs. */
  readonly privileges?: readonly Privilege[];
  /** The columns that the application can come to update, where it is never the whole row. */
  readonly updatable?: readonly Key<Map>[];
}

export interface TenantOptions<Map> extends TableOptions<Map> {
  /** Rows are deleted softly, by `deleted_at`; a `unique` key then holds among the living alone. */
  readonly recoverable?: boolean;
  /** The payload's shape evolves: adds `version`. */
  readonly evolving?: boolean;
}
export interface AppendOnlyOptions<Map> extends TableOptions<Map> {
  readonly evolving?: boolean;
  /** A record can be superseded or invalidated by a later one: adds `status` and `supersedes_id`. */
  readonly invalidatable?: boolean;
}
export interface LogOptions<Map> extends TableOptions<Map> {
  readonly evolving?: boolean;
  /** The time column that divides the log by month; it is appended to every key. */
  readonly partitionBy: Key<Map>;
  /** The primary key between `tenant_id` and the time; the row's id unless an access path needs another. */
  readonly key?: readonly (Key<Map> | 'id')[];
}
export interface PlainOptions<Map> extends TableOptions<Map> {
  readonly evolving?: boolean;
  readonly key: readonly Key<Map>[];
}

/** One table as a constructor hands it on: everything that does not depend on the placement. */
export interface TableDraft {
  readonly name: string;
  readonly kind: TableKind;
  readonly purpose: string;
  readonly columns: Columns;
  readonly key: readonly string[];
  readonly privileges: readonly Privilege[];
  readonly retention: Retention;
  readonly partitionBy?: string;
  readonly recoverable?: boolean;
  readonly invalidatable?: boolean;
  readonly options: TableOptions<Columns>;
}
