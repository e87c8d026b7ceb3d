/**
 * The types of the tables that constructors make. They are Drizzle's, so that its query builder takes them, but built
 * the cheap way: every column's type is a named interface whose members are worked out only when somebody asks, and
 * where it matters only that something is a table, or a column, no more of it is compared. Drizzle's own `BuildColumns`
 * and `PgTable` copy and compare every column instead: a quarter more for a type check, twice as long for a completion.
 */
import type { PgColumn, PgTableWithColumns } from 'drizzle-orm/pg-core';

/** Any table, where its columns do not matter: as the target of a foreign key, or among a module's tables. */
export interface TableRef {
  readonly _: { readonly brand: 'Table' };
}

/** The tables of a module that others' foreign keys may point at: nothing can be read or written by them. */
export type Targets<Names extends string> = Readonly<Record<Names, TableRef>>;

/** What a column's builder knows: its value in TypeScript, and what the chain of calls on it added. */
interface BuilderFacts {
  readonly name: string;
  readonly dataType: PgColumn['dataType'];
  readonly columnType: string;
  readonly data: unknown;
  readonly driverParam: unknown;
  readonly enumValues: string[] | undefined;
}

export type ColumnBuilders = Record<string, { readonly _: BuilderFacts }>;

/** The facts of a column in a table, by the names that Drizzle asks for them. */
interface ColumnFacts<TableName extends string, Facts extends BuilderFacts> {
  name: Facts['name'];
  tableName: TableName;
  dataType: Facts['dataType'];
  columnType: Facts['columnType'];
  data: Facts extends { $type: infer Given } ? Given : Facts['data'];
  driverParam: Facts['driverParam'];
  notNull: Facts extends { notNull: true } ? true : false;
  hasDefault: Facts extends { hasDefault: true } ? true : false;
  isPrimaryKey: Facts extends { isPrimaryKey: true } ? true : false;
  isAutoincrement: false;
  hasRuntimeDefault: Facts extends { hasRuntimeDefault: true } ? true : false;
  enumValues: Facts['enumValues'];
  baseColumn: never;
  identity: Facts extends { identity: infer Identity extends 'always' | 'byDefault' } ? Identity : undefined;
  generated: Facts extends { generated: infer Generated extends object } ? Generated : undefined;
}

export type TableOf<Name extends string, Map extends ColumnBuilders> = PgTableWithColumns<{
  name: Name;
  schema: string;
  columns: { [Key in keyof Map]: PgColumn<ColumnFacts<Name, Map[Key]['_']>> };
  dialect: 'pg';
}>;
