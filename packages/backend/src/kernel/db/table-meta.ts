/**
 * What the constructors know of a table beyond Drizzle: its kind, its purpose, its personal data, and the query that
 * each index serves. Migrations are completed from it and the database's comments repeat it, so that the catalogue
 * check can hold the migrated database, not the TypeScript, against the rules.
 */
import type { PgTable } from 'drizzle-orm/pg-core';

/** DESIGN section 4; `control` is the platform's own register, which the application reaches by functions alone. */
export type TableKind = 'tenant' | 'append_only' | 'partitioned_log' | 'reference' | 'control';

/**
 * How long rows are kept. `tenant`: as long as the tenant is a customer. `evidence`: as long as the longest of the
 * tenant's regulatory frameworks asks for. `operational`: 90 days, since nobody needs them longer. `platform`: as long
 * as the platform runs.
 */
export type Retention = 'tenant' | 'evidence' | 'operational' | 'platform';

export type Privilege = 'select' | 'insert' | 'update' | 'delete';

/** GDPR Art. 4(1) and Art. 30: what a column can say about a person, why it is kept, and what erasure does to it. */
export interface PiiDeclaration {
  readonly category: 'identity' | 'contact' | 'credential' | 'network' | 'behaviour' | 'free_text';
  readonly purpose: string;
  readonly onErasure: 'delete_row' | 'null' | 'replace' | 'shred';
  /** The column that leads to the person it is about, where that is somebody else than whose row it is. */
  readonly subject?: string;
}

/** How rows lead to the person that they are about: a column of theirs, and the column of another table that it names. */
export interface SubjectPath {
  /** By the key that code knows the column by. */
  readonly from: string;
  /** Its name in SQL. */
  readonly column: string;
  /** As schema.table. */
  readonly target: string;
  /** The target's column, by the key that code knows it by. */
  readonly key: string;
}

export interface IndexMeta {
  readonly name: string;
  readonly query: string;
}

export interface TableMeta {
  readonly namespace: string;
  readonly name: string;
  readonly kind: TableKind;
  readonly purpose: string;
  readonly retention: Retention;
  /** The most that `dmz_app` can come to need of it. */
  readonly privileges: readonly Privilege[];
  /** Columns that it can come to update where it is never the whole row. */
  readonly updatable: readonly string[];
  /** The time column that a partitioned log is divided by, in SQL. */
  readonly partitionColumn?: string;
  /** Keys of the primary key's columns, in order. */
  readonly key: readonly string[];
  readonly indexes: readonly IndexMeta[];
  /** By SQL column name. */
  readonly columnNotes: ReadonlyMap<string, string>;
  readonly pii: ReadonlyMap<string, PiiDeclaration>;
  /** Columns that only a key can read: SQL name by the key that code knows them by. */
  readonly encrypted: ReadonlyMap<string, string>;
  /** Whose rows they are; empty where nothing was said. */
  readonly subject: 'itself' | 'nobody' | readonly SubjectPath[];
  /** The same for columns that are about somebody else, by SQL name. */
  readonly subjectOf: ReadonlyMap<string, SubjectPath>;
  readonly hasUpdatedAt: boolean;
  /** Its payload changes form, and `version` says which form a row has. */
  readonly evolving: boolean;
}

const metaOfTable = new WeakMap<PgTable, TableMeta>();

export function attachMeta(table: PgTable, meta: TableMeta): void {
  metaOfTable.set(table, meta);
}

export function metaOf(table: PgTable): TableMeta {
  const meta = metaOfTable.get(table);
  if (!meta) throw new Error('This table was not made by a constructor of defineModule.');
  return meta;
}
