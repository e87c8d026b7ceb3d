/**
 * What the series of migrations has made so far, and whose it is. A table of a tenant, its indexes, and the functions of
 * module namespaces are a placement's own; reference and control tables are the database's, as is everything in the
 * schemas `public` and `dmz`. A table's kind is said by its comment, which can come after the table.
 */
import { schemaTierErrors } from './errors.ts';
import { isNode, type Node, nameOf, type TableName, tableOf, unwrap, walk } from './syntax-tree.ts';

const KINDS_OF_TENANTS = ['tenant', 'append_only', 'partitioned_log'];
const OF_THE_DATABASE = ['public', 'dmz'];
const WITH_INDEX = ['CONSTR_PRIMARY', 'CONSTR_UNIQUE', 'CONSTR_EXCLUSION'];

const joined = (schema: string, name: string) => `${schema}.${name}`;

export class SeriesNames {
  readonly #kinds = new Map<string, string>();
  readonly #namespaces = new Set<string>();
  readonly #tables = new Set<string>();
  readonly #functions = new Set<string>();
  /** Qualified names of indexes, and of their tables. */
  readonly #indexes = new Map<string, string>();

  /** @param series  every statement of every migration, in order */
  constructor(series: readonly Node[]) {
    for (const statement of series) {
      const { kind, node } = unwrap(statement);
      if (kind === 'CreateSchemaStmt') this.#namespaces.add(String(node.schemaname));
      if (kind !== 'CommentStmt' || node.objtype !== 'OBJECT_TABLE') continue;
      const table = nameOf(node.object)?.join('.');
      const said = /@kind (\S+)/.exec(String(node.comment))?.[1];
      if (table && said) this.#kinds.set(table, said);
    }
    for (const schema of OF_THE_DATABASE) this.#namespaces.delete(schema);
  }

  /** Takes note of what a statement makes; it is called in the order of the series. */
  learn(statement: Node): void {
    const { kind, node } = unwrap(statement);
    const table = tableOf(node.relation);
    if (kind === 'CreateFunctionStmt') this.#learnFunction(nameOf(node.funcname) ?? []);
    else if (kind === 'CreateStmt' && table) this.#learnTable(table);
    else if (kind === 'ViewStmt') this.#learnView(tableOf(node.view));
    else if (kind === 'IndexStmt' && table) this.#learnIndex(table, node.idxname);
    else if (kind === 'RenameStmt' && table) this.#learnRename(table, node);
    if (kind === 'CreateStmt' || kind === 'AlterTableStmt')
      walk(node, ({ contype, conname }) => {
        if (table && WITH_INDEX.includes(String(contype))) this.#learnIndex(table, conname);
      });
  }

  isNamespace(schema: string): boolean {
    return this.#namespaces.has(schema);
  }

  isOwnTable({ schema, table }: TableName): boolean {
    const name = joined(schema, table);
    return this.#tables.has(name) && KINDS_OF_TENANTS.includes(this.#kinds.get(name) ?? '');
  }

  isOwnFunction(schema: string, name: string): boolean {
    return this.#namespaces.has(schema) && this.#functions.has(joined(schema, name));
  }

  isOwnIndex(schema: string, name: string): boolean {
    const [ofSchema, table] = this.#indexes.get(joined(schema, name))?.split('.') ?? [];
    return ofSchema !== undefined && table !== undefined && this.isOwnTable({ schema: ofSchema, table });
  }

  /** It is there, whosoever it is. */
  isKnown(schema: string, name: string): boolean {
    const full = joined(schema, name);
    return this.#tables.has(full) || this.#functions.has(full) || this.#indexes.has(full);
  }

  /** A placement's own tables of a module. */
  ownTablesOf(schema: string): string[] {
    return [...this.#tables]
      .map((name) => name.split('.'))
      .filter(([of, table]) => of === schema && table !== undefined && this.isOwnTable({ schema, table }))
      .map(([, table]) => String(table));
  }

  #learnTable(name: TableName): void {
    const full = joined(name.schema, name.table);
    if (!this.#kinds.has(full)) {
      throw schemaTierErrors.SCHEMA_TIER_UNMAPPABLE({
        found: `the table ${full}, whose comment names no kind`,
        expected: 'a table made by a constructor of defineModule',
      });
    }
    this.#tables.add(full);
  }

  /** A view shows rows, and is whosesoever they are: a tenant's, unless it is in a schema of the database's. */
  #learnView(view: TableName | undefined): void {
    if (!view) return;
    const name = joined(view.schema, view.table);
    this.#kinds.set(name, OF_THE_DATABASE.includes(view.schema) ? 'reference' : 'tenant');
    this.#tables.add(name);
  }

  #learnFunction(name: readonly string[]): void {
    this.#functions.add(name.join('.'));
  }

  #learnIndex({ schema, table }: TableName, name: unknown): void {
    if (typeof name === 'string') this.#indexes.set(joined(schema, name), joined(schema, table));
  }

  #learnRename({ schema, table }: TableName, { renameType, newname, subname }: Node): void {
    const was = joined(schema, table);
    if (renameType === 'OBJECT_TABLE') {
      this.#tables.add(joined(schema, String(newname)));
      for (const [index, of] of this.#indexes)
        if (of === was) this.#indexes.set(index, joined(schema, String(newname)));
    }
    if (renameType === 'OBJECT_INDEX') {
      const of = this.#indexes.get(was);
      if (of) this.#indexes.set(joined(schema, String(newname)), of);
    }
    if (renameType === 'OBJECT_TABCONSTRAINT' && this.#indexes.has(joined(schema, String(subname))))
      this.#learnIndex({ schema, table }, newname);
  }
}

/** Every statement of a text, without where in it each stood. */
export function statementsOf(parsed: unknown): Node[] {
  const statements: Node[] = [];
  if (isNode(parsed) && Array.isArray(parsed.stmts))
    for (const each of parsed.stmts) if (isNode(each) && isNode(each.stmt)) statements.push(each.stmt);
  return statements;
}
