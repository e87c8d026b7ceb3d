/**
 * What a statement does to tables, read from its parse tree: the commands of ALTER TABLE, the columns and constraints that
 * it adds, types as they are written. Rules and the catalogue read the same.
 */
import { isNode, type Node, nameOf, type TableName, tableOf, unwrap } from '../../schema-tier/syntax-tree.ts';
import type { ConstraintType } from './catalogue.ts';
import { provenByCheck } from './read-expression.ts';
import { inside, listOf, nodesInside } from './read-list.ts';
import type { Statement } from './read-migration.ts';

export interface Alteration {
  readonly table: TableName;
  /** Of the grammar, such as `AT_DropColumn`. */
  readonly subtype: string;
  readonly name: string;
  readonly command: Node;
  /** The definition that the command carries, out of its wrapping. */
  readonly definition: Node | undefined;
  /** ALTER TABLE ONLY. */
  readonly only: boolean;
}

/** Commands of ALTER TABLE; none of ALTER INDEX, ALTER VIEW and the like. */
export function alterationsOf({ kind, node }: Statement): Alteration[] {
  const table = tableOf(node.relation);
  if (kind !== 'AlterTableStmt' || node.objtype !== 'OBJECT_TABLE' || !table) return [];
  const only = !(isNode(node.relation) && node.relation.inh === true);
  return listOf(node.cmds).flatMap((wrapped) => {
    const command = inside(wrapped, 'AlterTableCmd');
    if (!command) return [];
    const definition = isNode(command.def) ? unwrap(command.def).node : undefined;
    return [
      {
        table,
        subtype: String(command.subtype),
        name: String(command.name ?? ''),
        command,
        definition,
        only,
      },
    ];
  });
}

export interface AddedColumn {
  readonly table: TableName;
  readonly name: string;
  readonly type: string;
  readonly constraints: readonly Node[];
}

/** Columns that ALTER TABLE adds. */
export function columnsAddedBy(statement: Statement): AddedColumn[] {
  return alterationsOf(statement).flatMap(({ table, subtype, definition }) =>
    subtype === 'AT_AddColumn' && definition ? [columnOf(table, definition)] : [],
  );
}

export const columnOf = (table: TableName, definition: Node): AddedColumn => ({
  table,
  name: String(definition.colname),
  type: typeOf(definition.typeName),
  constraints: nodesInside(definition.constraints, 'Constraint'),
});

export const constraintOfType = ({ constraints }: AddedColumn, contype: string): Node | undefined =>
  constraints.find((constraint) => constraint.contype === contype);

export interface AddedConstraint {
  readonly table: TableName;
  readonly type: ConstraintType;
  readonly name: string;
  readonly columns: readonly string[];
  /** Its own column, where it was written with one. */
  readonly column: AddedColumn | undefined;
  readonly target: TableName | undefined;
  readonly proves: readonly string[];
  /** NOT VALID or NOT ENFORCED: existing rows are not read. */
  readonly unchecked: boolean;
  readonly enforced: boolean;
  readonly usingIndex: string | undefined;
  readonly only: boolean;
}

const TYPES: Readonly<Record<string, ConstraintType>> = {
  CONSTR_CHECK: 'check',
  CONSTR_FOREIGN: 'foreign',
  CONSTR_PRIMARY: 'primary',
  CONSTR_UNIQUE: 'unique',
  CONSTR_EXCLUSION: 'exclusion',
  CONSTR_NOTNULL: 'notnull',
};

/** Constraints that CREATE TABLE or ALTER TABLE makes, with those that are written with a column. */
export function constraintsMadeBy(statement: Statement): AddedConstraint[] {
  return [...constraintsAddedBy(statement), ...constraintsOfNewTable(statement)];
}

/** Those of ALTER TABLE alone. */
export function constraintsAddedBy(statement: Statement): AddedConstraint[] {
  return alterationsOf(statement).flatMap(({ table, subtype, definition, only }) => {
    if (subtype === 'AT_AddConstraint' && definition) return constraintOf(table, definition, undefined, only);
    if (subtype !== 'AT_AddColumn' || !definition) return [];
    const column = columnOf(table, definition);
    return column.constraints.flatMap((each) => constraintOf(table, each, column, only));
  });
}

function constraintsOfNewTable({ kind, node }: Statement): AddedConstraint[] {
  const table = tableOf(node.relation);
  if (kind !== 'CreateStmt' || !table) return [];
  return listOf(node.tableElts).flatMap((element) => {
    const constraint = inside(element, 'Constraint');
    if (constraint) return constraintOf(table, constraint, undefined, false);
    const definition = inside(element, 'ColumnDef');
    if (!definition) return [];
    const column = columnOf(table, definition);
    return column.constraints.flatMap((each) => constraintOf(table, each, column, false));
  });
}

function constraintOf(
  table: TableName,
  node: Node,
  column: AddedColumn | undefined,
  only: boolean,
): AddedConstraint[] {
  const type = TYPES[String(node.contype)];
  if (!type) return [];
  const named = nameOf(node.fk_attrs) ?? nameOf(node.keys);
  const columns = named ?? (column ? [column.name] : []);
  const own = type === 'notnull' ? columns : [];
  return [
    {
      ...{ table, type, columns, column, only },
      name: typeof node.conname === 'string' ? node.conname : nameByDefault(table, type, columns),
      target: tableOf(node.pktable),
      proves: type === 'check' ? provenByCheck(node.raw_expr) : own,
      unchecked: node.skip_validation === true,
      enforced: node.is_enforced === true || !['check', 'foreign'].includes(type),
      usingIndex: typeof node.indexname === 'string' ? node.indexname : undefined,
    },
  ];
}

const ENDINGS: Readonly<Record<ConstraintType, string>> = {
  check: 'check',
  foreign: 'fkey',
  primary: 'pkey',
  unique: 'key',
  exclusion: 'excl',
  notnull: 'not_null',
};

/** As PostgreSQL names what was given no name, long names aside. */
function nameByDefault({ table }: TableName, type: ConstraintType, columns: readonly string[]): string {
  const middle = type === 'primary' ? [] : columns;
  return [table, ...middle, ENDINGS[type]].join('_');
}

/** A type as it is written, its built-in schema left out: `varchar(20)`, `uuid[]`. */
export function typeOf(node: unknown): string {
  if (!isNode(node)) return '';
  const parts = nameOf(node.names) ?? [];
  const name = parts[0] === 'pg_catalog' ? parts.slice(1).join('.') : parts.join('.');
  const modifiers = listOf(node.typmods).map((each) => {
    const constant = inside(each, 'A_Const');
    return String(isNode(constant?.ival) ? (constant.ival.ival ?? 0) : '?');
  });
  const dimensions = '[]'.repeat(listOf(node.arrayBounds).length);
  return `${name}${modifiers.length > 0 ? `(${modifiers.join(',')})` : ''}${dimensions}`;
}

/** Names of what a DROP statement drops, as written: `["game", "events"]`. */
export function droppedBy({
  kind,
  node,
}: Statement): { readonly type: string; readonly parts: readonly string[] }[] {
  if (kind !== 'DropStmt') return [];
  return listOf(node.objects).map((object) => ({ type: String(node.removeType), parts: partsOf(object) }));
}

/** The name of any kind of object, as its parts. */
export function partsOf(object: Node): readonly string[] {
  if (isNode(object.String)) return [String(object.String.sval)];
  const withArguments = inside(object, 'ObjectWithArgs');
  const type = inside(object, 'TypeName');
  return nameOf(withArguments?.objname ?? type?.names ?? object) ?? [];
}

/** drizzle-kit leaves the schema `public` out. */
export function qualify(parts: readonly string[]): TableName {
  const [first = '', second] = parts;
  return second === undefined ? { schema: 'public', table: first } : { schema: first, table: second };
}

export const isCreatedIn = (tag: string, made: { readonly since: string } | undefined) => made?.since === tag;

/** DefElems of a statement by their name, the last of each. */
export function optionsOf(list: unknown): ReadonlyMap<string, unknown> {
  return new Map(
    listOf(list).flatMap((each) => {
      const element = inside(each, 'DefElem');
      return element ? [[String(element.defname), element.arg] as const] : [];
    }),
  );
}

/** Whether an option is set: written alone, or with anything but false, off or 0. */
export function isOn(options: ReadonlyMap<string, unknown>, name: string): boolean {
  if (!options.has(name)) return false;
  const value = options.get(name);
  if (!isNode(value)) return true;
  if (isNode(value.Boolean)) return value.Boolean.boolval === true;
  if (isNode(value.Integer)) return Number(value.Integer.ival ?? 0) !== 0;
  return !(isNode(value.String) && ['false', 'off', '0', 'no'].includes(String(value.String.sval)));
}
