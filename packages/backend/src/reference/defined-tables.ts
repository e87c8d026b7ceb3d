/** Every table as the reference shows it: what its constructor knows, with its columns, keys and foreign keys. */
import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { metaOf, type TableMeta } from '../kernel/db/index.ts';
import { modules } from '../modules/registry.ts';

export interface DefinedColumn {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly defaultsTo: string | null;
}

export interface DefinedReference {
  readonly columns: readonly string[];
  /** Namespace and name. */
  readonly target: string;
  readonly onDelete: string;
  /** A row without a target is possible. */
  readonly optional: boolean;
}

export interface DefinedTable {
  readonly meta: TableMeta;
  readonly columns: readonly DefinedColumn[];
  readonly primaryKey: readonly string[];
  readonly uniques: readonly { readonly columns: readonly string[]; readonly amongLiving: boolean }[];
  readonly references: readonly DefinedReference[];
  readonly indexes: readonly { readonly name: string; readonly columns: readonly string[] }[];
}

export interface DefinedNamespace {
  readonly name: string;
  readonly purpose: string;
  readonly dependsOn: readonly string[];
  readonly tables: readonly DefinedTable[];
}

export function definedNamespaces(): DefinedNamespace[] {
  return modules.map(({ name, purpose, dependsOn, tables }) => ({
    name,
    purpose,
    dependsOn,
    tables: Object.values(tables.canonical)
      .filter((value): value is PgTable => is(value, PgTable))
      .map(describeTable)
      .sort((one, other) => (one.meta.name < other.meta.name ? -1 : 1)),
  }));
}

type Config = ReturnType<typeof getTableConfig>;

function describeTable(table: PgTable): DefinedTable {
  const config = getTableConfig(table);
  const indexes = config.indexes.map(({ config: { name, unique, columns } }) => ({
    name: name ?? '',
    unique,
    columns: columns.map((column) => indexed(column)),
  }));
  return {
    meta: metaOf(table),
    columns: config.columns.map((column) => ({
      name: column.name,
      type: shortType(column.getSQLType()),
      required: column.notNull,
      defaultsTo: column.hasDefault ? printDefault(column.default) : null,
    })),
    primaryKey: config.primaryKeys.flatMap(({ columns }) => columns.map(({ name }) => name)),
    uniques: [
      ...config.uniqueConstraints.map(({ columns }) => ({
        columns: columns.map(({ name }) => name),
        amongLiving: false,
      })),
      ...indexes.filter(({ unique }) => unique).map(({ columns }) => ({ columns, amongLiving: true })),
    ],
    references: config.foreignKeys.map(describeReference),
    indexes: indexes.filter(({ unique }) => !unique),
  };
}

function describeReference(key: Config['foreignKeys'][number]): DefinedReference {
  const { columns, foreignTable } = key.reference();
  const { namespace, name } = metaOf(foreignTable);
  return {
    columns: columns.map((column) => column.name),
    target: `${namespace}.${name}`,
    onDelete: key.onDelete ?? 'no action',
    optional: columns.some(({ notNull }) => !notNull),
  };
}

function indexed(column: object): string {
  const { name, indexConfig } = column as { name?: string; indexConfig?: { order?: string } };
  return `${name ?? 'expression'}${indexConfig?.order === 'desc' ? ' desc' : ''}`;
}

const shortType = (type: string) => type.replace('timestamp with time zone', 'timestamptz');

/** An SQL default is made of chunks, of which ours have one. */
function printDefault(value: unknown): string {
  const chunks = (value as { queryChunks?: readonly { value?: readonly string[] }[] } | null)?.queryChunks;
  return chunks ? chunks.flatMap((chunk) => chunk.value ?? []).join('') : JSON.stringify(value);
}
