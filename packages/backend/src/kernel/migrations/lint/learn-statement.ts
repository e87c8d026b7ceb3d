/**
 * Folds the statements of the series into the catalogue, one after the other. What a rule does not ask about (policies,
 * grants, the bodies of functions and of DO) leaves no trace.
 */
import { isNode, type Node, nameOf, type TableName, tableOf } from '../../schema-tier/syntax-tree.ts';
import { type Catalogue, type ConstraintModel, type TableModel, written } from './catalogue.ts';
import {
  type AddedColumn,
  type Alteration,
  alterationsOf,
  columnOf,
  constraintOfType,
  constraintsMadeBy,
  droppedBy,
  optionsOf,
  qualify,
  typeOf,
} from './read-alteration.ts';
import { listOf } from './read-list.ts';
import type { MigrationFile, Statement } from './read-migration.ts';

/**
 * Kinds are said by comments that come after the table, so those of a file's new tables are learnt before its statements. What
 * a table was of before the file, it stays until the statement that says otherwise.
 */
export function learnKinds({ statements }: MigrationFile, catalogue: Catalogue): void {
  for (const statement of statements) {
    const said = kindSaidBy(statement);
    if (said?.kind) keepFirst(catalogue.kinds, written(said.table), said.kind);
  }
}

/** What a comment says of a table's kind. */
export function kindSaidBy({
  kind,
  node,
}: Statement): { table: TableName; kind: string | undefined } | undefined {
  const parts = kind === 'CommentStmt' && node.objtype === 'OBJECT_TABLE' ? nameOf(node.object) : undefined;
  return parts && { table: qualify(parts), kind: /@kind (\S+)/.exec(String(node.comment ?? ''))?.[1] };
}

/** @param tag  the migration that the statement is of */
export function learnStatement(statement: Statement, tag: string, catalogue: Catalogue): void {
  const { kind, node } = statement;
  if (kind === 'CreateStmt') learnTable(statement, tag, catalogue);
  if (kind === 'AlterTableStmt')
    for (const alteration of alterationsOf(statement)) learnAlteration(alteration, catalogue);
  if (kind === 'IndexStmt') learnIndex(node, tag, catalogue);
  if (kind === 'DropStmt') for (const dropped of droppedBy(statement)) learnDrop(dropped, catalogue);
  if (kind === 'RenameStmt') learnRename(node, catalogue);
  if (kind === 'AlterObjectSchemaStmt') learnMove(node, catalogue);
  for (const added of constraintsMadeBy(statement)) {
    const { table, name, type, columns, proves, unchecked, enforced } = added;
    const valid = enforced && !unchecked;
    catalogue.table(table)?.constraints.set(name, { type, columns, proves, valid });
    if (type === 'primary') for (const column of columns) requireColumn(catalogue.table(table), column);
  }
  const said = kindSaidBy(statement);
  if (said?.kind) catalogue.kinds.set(written(said.table), said.kind);
  learnObject(kind, node, tag, catalogue);
}

function learnObject(kind: string, node: Node, tag: string, catalogue: Catalogue): void {
  const nameIn = (list: unknown) => written(qualify(nameOf(list) ?? []));
  const view = tableOf(kind === 'ViewStmt' ? node.view : undefined);
  if (view) keepFirst(catalogue.views, written(view), { since: tag });
  if (kind === 'CreateSchemaStmt') keepFirst(catalogue.schemas, String(node.schemaname), { since: tag });
  if (kind === 'CreateEnumStmt') catalogue.types.set(nameIn(node.typeName), { since: tag, checked: false });
  if (kind === 'CompositeTypeStmt') {
    const type = tableOf(node.typevar);
    if (type) catalogue.types.set(written(type), { since: tag, checked: false });
  }
  if (kind === 'CreateDomainStmt')
    catalogue.types.set(nameIn(node.domainname), {
      since: tag,
      checked: listOf(node.constraints).length > 0,
    });
  if (kind !== 'CreateFunctionStmt') return;
  const name = nameIn(node.funcname);
  const volatility = optionsOf(node.options).get('volatility');
  const said = isNode(volatility) && isNode(volatility.String) ? volatility.String.sval : 'volatile';
  const since = catalogue.functions.get(name)?.since ?? tag;
  catalogue.functions.set(name, { since, volatile: said === 'volatile' });
}

function keepFirst<Model>(models: Map<string, Model>, name: string, model: Model): void {
  if (!models.has(name)) models.set(name, model);
}

function learnTable({ node, within }: Statement, since: string, catalogue: Catalogue): void {
  const name = tableOf(node.relation);
  const perhaps = node.if_not_exists === true || within !== undefined;
  if (!name || (perhaps && catalogue.table(name))) return;
  const columns = listOf(node.tableElts).flatMap((element) =>
    isNode(element.ColumnDef) ? [columnOf(name, element.ColumnDef)] : [],
  );
  const [parent] = listOf(node.inhRelations).map(({ RangeVar }) => tableOf(RangeVar));
  const inherited = (parent && catalogue.table(parent)?.columns) ?? [];
  catalogue.tables.set(written(name), {
    since,
    partitioned: isNode(node.partspec),
    columns: new Map([...inherited, ...columns.map((column) => [column.name, modelOf(column)] as const)]),
    constraints: new Map(),
  });
  // A partition is of its parent's kind, and nothing says so but that.
  const kind = parent && catalogue.kindOf(parent);
  if (kind) keepFirst(catalogue.kinds, written(name), kind);
}

const modelOf = (column: AddedColumn) => {
  const generated = constraintOfType(column, 'CONSTR_GENERATED');
  const required = ['CONSTR_NOTNULL', 'CONSTR_PRIMARY', 'CONSTR_IDENTITY'];
  return {
    type: column.type,
    notNull: required.some((contype) => constraintOfType(column, contype)),
    generated: generated && (generated.generated_kind === 's' ? ('stored' as const) : ('virtual' as const)),
  };
};

function requireColumn(table: TableModel | undefined, column: string): void {
  const model = table?.columns.get(column);
  if (model) table?.columns.set(column, { ...model, notNull: true });
}

function learnAlteration(
  { table: name, subtype, name: of, command, definition }: Alteration,
  catalogue: Catalogue,
): void {
  const table = catalogue.table(name);
  const column = table?.columns.get(of);
  if (!table) return;
  if (subtype === 'AT_AddColumn' && definition) {
    const added = columnOf(name, definition);
    if (command.missing_ok === true) keepFirst(table.columns, added.name, modelOf(added));
    else table.columns.set(added.name, modelOf(added));
  }
  if (subtype === 'AT_DropColumn') forgetColumn(table, of);
  if (subtype === 'AT_DropConstraint') table.constraints.delete(of);
  if (subtype === 'AT_ValidateConstraint') {
    const constraint = table.constraints.get(of);
    if (constraint) table.constraints.set(of, { ...constraint, valid: true });
  }
  if (subtype === 'AT_SetNotNull') requireColumn(table, of);
  if (!column) return;
  if (subtype === 'AT_DropNotNull') table.columns.set(of, { ...column, notNull: false });
  if (subtype === 'AT_AlterColumnType')
    table.columns.set(of, { ...column, type: typeOf(definition?.typeName) });
}

function forgetColumn(table: TableModel, column: string): void {
  table.columns.delete(column);
  for (const [name, { columns, proves }] of table.constraints)
    if (columns.includes(column) || proves.includes(column)) table.constraints.delete(name);
}

function learnIndex(node: Node, since: string, catalogue: Catalogue): void {
  const table = tableOf(node.relation);
  if (!table || typeof node.idxname !== 'string') return;
  keepFirst(catalogue.indexes, written({ schema: table.schema, table: node.idxname }), { since, table });
}

function learnDrop({ type, parts }: ReturnType<typeof droppedBy>[number], catalogue: Catalogue): void {
  const name = written(qualify(parts));
  if (type === 'OBJECT_TABLE') {
    catalogue.tables.delete(name);
    catalogue.kinds.delete(name);
    for (const [index, { table }] of catalogue.indexes)
      if (written(table) === name) catalogue.indexes.delete(index);
  }
  if (type === 'OBJECT_INDEX') catalogue.indexes.delete(name);
  if (type === 'OBJECT_FUNCTION') catalogue.functions.delete(name);
  if (type === 'OBJECT_VIEW') catalogue.views.delete(name);
  if (type === 'OBJECT_TYPE' || type === 'OBJECT_DOMAIN') catalogue.types.delete(name);
  if (type === 'OBJECT_SCHEMA') catalogue.schemas.delete(String(parts[0]));
}

function learnRename(node: Node, catalogue: Catalogue): void {
  const subject = tableOf(node.relation);
  const [from, to] = [String(node.subname), String(node.newname)];
  if (!subject) return;
  const table = catalogue.table(subject);
  if (node.renameType === 'OBJECT_TABLE') moveTable(subject, { ...subject, table: to }, catalogue);
  if (node.renameType === 'OBJECT_INDEX')
    moveEntry(catalogue.indexes, written(subject), `${subject.schema}.${to}`);
  if (!table) return;
  if (node.renameType === 'OBJECT_TABCONSTRAINT') moveEntry(table.constraints, from, to);
  if (node.renameType !== 'OBJECT_COLUMN') return;
  moveEntry(table.columns, from, to);
  const renamed = (columns: readonly string[]) => columns.map((column) => (column === from ? to : column));
  for (const [name, constraint] of table.constraints) {
    const { columns, proves } = constraint;
    table.constraints.set(name, {
      ...constraint,
      columns: renamed(columns),
      proves: renamed(proves),
    } as ConstraintModel);
  }
}

function learnMove(node: Node, catalogue: Catalogue): void {
  const subject = tableOf(node.relation);
  if (subject && node.objectType === 'OBJECT_TABLE')
    moveTable(subject, { ...subject, schema: String(node.newschema) }, catalogue);
}

function moveTable(from: TableName, to: TableName, catalogue: Catalogue): void {
  moveEntry(catalogue.tables, written(from), written(to));
  moveEntry(catalogue.kinds, written(from), written(to));
  for (const [index, model] of catalogue.indexes)
    if (written(model.table) === written(from)) catalogue.indexes.set(index, { ...model, table: to });
}

function moveEntry<Model>(models: Map<string, Model>, from: string, to: string): void {
  const model = models.get(from);
  if (model === undefined) return;
  models.delete(from);
  models.set(to, model);
}
