/** Every table as the reference shows it: what its constructor knows, with its columns, keys and foreign keys. */
import { is, SQL, StringChunk } from 'drizzle-orm';
import { getTableConfig, type PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { metaOf, type TableMeta } from '../kernel/db/index.ts';
import type { Need } from '../kernel/rights/index.ts';
import { modules } from '../modules/registry.ts';
import { platformNeeds } from '../rights/index.ts';

export interface DefinedColumn {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly defaultsTo: string | null;
  /** What it may hold, where that is an enumeration. */
  readonly values: readonly string[];
}

export interface DefinedReference {
  readonly columns: readonly string[];
  /** Namespace and name. */
  readonly target: string;
  readonly targetColumns: readonly string[];
  readonly onDelete: string;
  /** A row without a target is possible. */
  readonly optional: boolean;
  /** At most one row refers to the same target: a key of the table says so. */
  readonly single: boolean;
}

export interface DefinedIndex {
  readonly name: string;
  readonly columns: readonly string[];
  /** The rows that it holds, where it does not hold all. */
  readonly where: string | null;
}

export interface DefinedTable {
  readonly meta: TableMeta;
  /** What the application needs of it, in the modules' schemas. */
  readonly needs: readonly Need[];
  readonly columns: readonly DefinedColumn[];
  readonly primaryKey: readonly string[];
  readonly uniques: readonly DefinedIndex[];
  readonly references: readonly DefinedReference[];
  readonly indexes: readonly DefinedIndex[];
  /** Rules of the table's own, in SQL; what enumerations allow stands with their columns. */
  readonly checks: readonly { readonly name: string; readonly condition: string }[];
}

export interface DefinedNamespace {
  readonly name: string;
  readonly purpose: string;
  readonly dependsOn: readonly string[];
  readonly tables: readonly DefinedTable[];
}

export function definedNamespaces(): DefinedNamespace[] {
  const needs = platformNeeds().filter(({ role, at }) => role === 'dmz_app' && at === 'database');
  return modules.map(({ name, purpose, dependsOn, tables }) => ({
    name,
    purpose,
    dependsOn,
    tables: Object.values(tables.canonical)
      .filter((value): value is PgTable => is(value, PgTable))
      .map((table) => describeTable(table, needs))
      .sort((one, other) => (one.meta.name < other.meta.name ? -1 : 1)),
  }));
}

type Config = ReturnType<typeof getTableConfig>;

function describeTable(table: PgTable, needs: readonly Need[]): DefinedTable {
  const config = getTableConfig(table);
  const meta = metaOf(table);
  const name = `${meta.namespace}.${meta.name}`;
  const indexes = config.indexes.map(({ config: { name, unique, columns, where } }) => ({
    name: name ?? '',
    unique,
    columns: columns.map((column) => indexed(column)),
    where: where ? textOf(where) : null,
  }));
  const primaryKey = config.primaryKeys.flatMap(({ columns }) => columns.map(({ name }) => name));
  const uniques = [
    ...config.uniqueConstraints.map(({ name, columns }) => ({
      name: name ?? '',
      columns: columns.map((column) => column.name),
      where: null,
    })),
    ...indexes.filter(({ unique }) => unique),
  ];
  const keys = [primaryKey, ...uniques.map(({ columns }) => columns)];
  return {
    meta,
    needs: needs.filter(
      ({ on, object }) =>
        (on === 'table' && object === name) || (on === 'column' && object.startsWith(`${name}.`)),
    ),
    columns: config.columns.map(describeColumn),
    primaryKey,
    uniques,
    references: config.foreignKeys.map((key) => describeReference(key, keys)),
    indexes: indexes.filter(({ unique }) => !unique),
    checks: config.checks
      .map(({ name, value }) => ({ name, condition: textOf(value) }))
      .filter(({ condition }) => !/^"\w+" in \([^)]*\)$/.test(condition)),
  };
}

function describeColumn(column: PgColumn): DefinedColumn {
  return {
    name: column.name,
    type: shortType(column.getSQLType()),
    required: column.notNull,
    defaultsTo: column.hasDefault ? printDefault(column.default) : null,
    values: column.enumValues ?? [],
  };
}

function describeReference(
  key: Config['foreignKeys'][number],
  keys: readonly (readonly string[])[],
): DefinedReference {
  const { columns: from, foreignColumns, foreignTable } = key.reference();
  const { namespace, name } = metaOf(foreignTable);
  const columns = from.map((column) => column.name);
  return {
    columns,
    target: `${namespace}.${name}`,
    targetColumns: foreignColumns.map((column) => column.name),
    onDelete: key.onDelete ?? 'no action',
    optional: from.some(({ notNull }) => !notNull),
    single: keys.some((unique) => unique.every((column) => columns.includes(column))),
  };
}

function indexed(column: object): string {
  const { name, indexConfig } = column as { name?: string; indexConfig?: { order?: string } };
  return `${name ?? 'expression'}${indexConfig?.order === 'desc' ? ' desc' : ''}`;
}

const shortType = (type: string) => type.replace('timestamp with time zone', 'timestamptz');

const printDefault = (value: unknown) => (is(value, SQL) ? textOf(value) : JSON.stringify(value));

/** Defaults and conditions are written as plain SQL, which Drizzle keeps in chunks. */
const textOf = (expression: SQL) =>
  expression.queryChunks.flatMap((chunk) => (is(chunk, StringChunk) ? chunk.value : [])).join('');
