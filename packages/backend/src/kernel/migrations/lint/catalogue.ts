/**
 * What the series of migrations has made up to a statement: tables with their columns and constraints, indexes, functions
 * and types, each with the file that made it. It holds what the rules ask, and no more of PostgreSQL's catalogue.
 * What functions make when they run (months of a log) is not known here, and counts as filled.
 */
import type { TableName } from '../../schema-tier/syntax-tree.ts';

export interface ColumnModel {
  /** As it was declared, such as `varchar(20)`. */
  readonly type: string;
  readonly notNull: boolean;
  readonly generated: 'stored' | 'virtual' | undefined;
}

export type ConstraintType = 'check' | 'foreign' | 'primary' | 'unique' | 'exclusion' | 'notnull';

export interface ConstraintModel {
  readonly type: ConstraintType;
  readonly columns: readonly string[];
  readonly valid: boolean;
  /** Columns that it proves to hold no nulls once it is valid. */
  readonly proves: readonly string[];
}

export interface TableModel {
  /** Tag of the migration that made it. */
  readonly since: string;
  readonly partitioned: boolean;
  readonly columns: Map<string, ColumnModel>;
  readonly constraints: Map<string, ConstraintModel>;
}

export interface IndexModel {
  readonly since: string;
  readonly table: TableName;
}

/** Kinds of tables whose rows belong to tenants. */
export const KINDS_OF_TENANTS: readonly string[] = ['tenant', 'append_only', 'partitioned_log'];
export const APPEND_ONLY_KINDS: readonly string[] = ['append_only', 'partitioned_log'];
/** Kinds of tables that the platform fills: a few thousand rows at the most. */
export const SMALL_KINDS: readonly string[] = ['reference', 'control'];

/** How functions name the partitions that they make of a log; these are of its kind. */
const PART = /(_y\d{4}m\d{2}|_default)$/;

export const written = ({ schema, table }: TableName) => `${schema}.${table}`;

export class Catalogue {
  /** By `schema.name`, as are all of these. */
  readonly tables = new Map<string, TableModel>();
  readonly kinds = new Map<string, string>();
  readonly indexes = new Map<string, IndexModel>();
  readonly functions = new Map<string, { readonly since: string; readonly volatile: boolean }>();
  readonly types = new Map<string, { readonly since: string; readonly checked: boolean }>();
  readonly views = new Map<string, { readonly since: string }>();
  readonly schemas = new Map<string, { readonly since: string }>();

  table(name: TableName): TableModel | undefined {
    return this.tables.get(written(name));
  }

  column(name: TableName, column: string): ColumnModel | undefined {
    return this.table(name)?.columns.get(column);
  }

  kindOf(name: TableName): string | undefined {
    const full = written(name);
    return this.kinds.get(full) ?? this.kinds.get(full.replace(PART, ''));
  }

  belongsToTenants(name: TableName): boolean {
    return KINDS_OF_TENANTS.includes(this.kindOf(name) ?? '');
  }

  isAppendOnly(name: TableName): boolean {
    return APPEND_ONLY_KINDS.includes(this.kindOf(name) ?? '');
  }

  isSmall(name: TableName): boolean {
    return SMALL_KINDS.includes(this.kindOf(name) ?? '');
  }

  tablesOf(schema: string): TableName[] {
    return [...this.tables.keys()]
      .map((name) => name.split('.'))
      .flatMap(([of, table]) => (of === schema && table !== undefined ? [{ schema, table }] : []));
  }

  /** Columns of the primary key, in order. */
  keyOf(name: TableName): readonly string[] {
    const constraints = [...(this.table(name)?.constraints.values() ?? [])];
    return constraints.find(({ type }) => type === 'primary')?.columns ?? [];
  }

  /** Whether a valid constraint says that the column holds no nulls. */
  isProvenNotNull(name: TableName, column: string): boolean {
    if (this.column(name, column)?.notNull) return true;
    const constraints = [...(this.table(name)?.constraints.values() ?? [])];
    return constraints.some(({ proves, valid }) => valid && proves.includes(column));
  }
}
