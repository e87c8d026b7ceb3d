/**
 * Maps one parsed statement of the series to a placement: tables, indexes, constraints and functions get the names that
 * they have there, rights of the application go to the tenant's role, and policies ask for a context of that schema.
 * Names of triggers and policies belong to their table, and stay. A statement about what is the database's maps to nothing.
 */
import { placedName, placedTable } from '../db/placed-name.ts';
import { schemaTierErrors } from './errors.ts';
import { mapText, placedString } from './map-text.ts';
import { PLACEHOLDER, ROLE_PLACEHOLDER } from './placeholder.ts';
import type { SeriesNames } from './series-names.ts';
import { isNode, type Node, nameNodes, nameOf, tableOf, unwrap } from './syntax-tree.ts';

const APPLICATION = 'dmz_app';
/** What is named inside a table, and keeps its name. */
const WITHIN_TABLE = ['OBJECT_COLUMN', 'OBJECT_TRIGGER', 'OBJECT_POLICY', 'OBJECT_RULE'];
const TABLES = ['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_SEQUENCE'];
const BY_CONSTRAINT = ['AT_DropConstraint', 'AT_ValidateConstraint', 'AT_AlterConstraint'];
const BY_INDEX = ['AT_ClusterOn'];
const QUERIES = /^(Select|Insert|Update|Delete|Merge)Stmt$/;

/**
 * @param names  what the series has made up to this statement, the statement included
 * @returns the statement at the placement, or undefined where it says nothing of a placement
 */
export function mapStatement(statement: Node, names: SeriesNames): Node | undefined {
  const { kind, node } = unwrap(statement);
  const subject = node.relation ?? node.table ?? node.view;
  if (isNode(subject) && !isOwnRelation(subject, names)) return undefined;
  const [schema = ''] = nameOf(node.funcname) ?? [];
  if (kind === 'CreateFunctionStmt' && !names.isNamespace(schema)) return undefined;
  const mapper = new StatementMapper(names, tableOf(subject)?.schema ?? schema);
  const mapped = mapper.statement(kind, node);
  return mapped && mapper.touched ? { [kind]: mapped } : undefined;
}

function isOwnRelation(relation: Node, names: SeriesNames): boolean {
  const found = tableOf(relation);
  if (!found || !names.isNamespace(found.schema)) return false;
  if (names.isOwnTable(found) || names.isOwnIndex(found.schema, found.table)) return true;
  if (names.isKnown(found.schema, found.table)) return false;
  return refuse(`${found.schema}.${found.table}, which no migration has made`);
}

function refuse(found: string): never {
  throw schemaTierErrors.SCHEMA_TIER_UNMAPPABLE({ found });
}

class StatementMapper {
  touched = false;
  readonly #names: SeriesNames;
  readonly #namespace: string;

  constructor(names: SeriesNames, namespace: string) {
    this.#names = names;
    this.#namespace = namespace;
  }

  statement(kind: string, node: Node): Node | undefined {
    if (kind === 'CommentStmt') return this.#comment(node);
    if (kind === 'DropStmt') return this.#objects(node, String(node.removeType));
    if (kind === 'GrantStmt') return this.#grant(node);
    if (kind === 'RenameStmt') return this.#rename(node);
    return this.#node(node, QUERIES.test(kind));
  }

  #comment(node: Node): Node | undefined {
    const object = this.#object(String(node.objtype), node.object);
    return object && { ...node, object };
  }

  #grant(node: Node): Node | undefined {
    if (node.targtype !== 'ACL_TARGET_ALL_IN_SCHEMA') return this.#objects(node, String(node.objtype));
    const tables = (nameOf(node.objects) ?? []).flatMap((schemaname) =>
      this.#names
        .ownTablesOf(schemaname)
        .map((relname) => ({ RangeVar: { schemaname, relname, inh: true, relpersistence: 'p' } })),
    );
    if (node.objtype !== 'OBJECT_TABLE' || tables.length === 0) return undefined;
    return this.#objects({ ...node, targtype: 'ACL_TARGET_OBJECT', objects: tables }, 'OBJECT_TABLE');
  }

  /** Of the objects that a statement names, those of the placement. */
  #objects(node: Node, type: string): Node | undefined {
    const given = Array.isArray(node.objects) ? node.objects : [];
    const objects = given
      .map((object) => this.#object(type, object))
      .filter((object) => object !== undefined);
    return objects.length === 0 ? undefined : { ...this.#node({ ...node, objects: [] }, false), objects };
  }

  #object(type: string, object: unknown): Node | undefined {
    if (isNode(object) && (object.RangeVar || object.ObjectWithArgs)) {
      const before = this.touched;
      this.touched = false;
      const mapped = this.#node(object, false);
      const own = this.touched;
      this.touched ||= before;
      return own ? mapped : undefined;
    }
    const parts = nameOf(object);
    if (!parts) return undefined;
    const mapped = this.#nameOfObject(type, parts);
    if (!mapped) return undefined;
    this.touched = true;
    return { List: { items: nameNodes(mapped) } };
  }

  #nameOfObject(type: string, [schema = '', name = '', inner = '']: readonly string[]): string[] | undefined {
    if (!this.#names.isNamespace(schema)) return undefined;
    if (type === 'OBJECT_INDEX')
      return this.#names.isOwnIndex(schema, name) ? [PLACEHOLDER, placedName(schema, name)] : undefined;
    if (!this.#names.isOwnTable({ schema, table: name })) return undefined;
    const table = [PLACEHOLDER, placedTable(schema, name)];
    if (TABLES.includes(type)) return table;
    if (WITHIN_TABLE.includes(type)) return [...table, inner];
    if (type === 'OBJECT_TABCONSTRAINT') return [...table, placedName(schema, inner)];
    return refuse(`${type} ${schema}.${name}`);
  }

  #rename(node: Node): Node {
    const { renameType, subname, newname } = node;
    const mapped = { ...this.#node(node, false) };
    const placed = (name: unknown) => placedName(this.#namespace, String(name));
    if (renameType === 'OBJECT_TABLE') mapped.newname = placedTable(this.#namespace, String(newname));
    else if (renameType === 'OBJECT_INDEX') mapped.newname = placed(newname);
    else if (renameType === 'OBJECT_TABCONSTRAINT')
      Object.assign(mapped, { subname: placed(subname), newname: placed(newname) });
    else if (!WITHIN_TABLE.includes(String(renameType))) refuse(`a renaming of ${renameType}`);
    return mapped;
  }

  #value(value: unknown, inQuery: boolean): unknown {
    if (Array.isArray(value)) return value.map((each) => this.#value(each, inQuery));
    return isNode(value) ? this.#node(value, inQuery) : value;
  }

  #node(node: Node, inQuery: boolean): Node {
    const renamed = this.#renamed(node, inQuery);
    const mapped: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(node))
      mapped[key] = key in renamed ? renamed[key] : this.#value(value, inQuery || QUERIES.test(key));
    return { ...mapped, ...renamed };
  }

  /** The fields of a node that are otherwise at the placement. */
  #renamed(node: Node, inQuery: boolean): Node {
    if (typeof node.relname === 'string') return this.#relation(node, inQuery);
    if (typeof node.conname === 'string') return { conname: placedName(this.#namespace, node.conname) };
    if (typeof node.idxname === 'string') return { idxname: placedName(this.#namespace, node.idxname) };
    if (node.rolename === APPLICATION) return { rolename: ROLE_PLACEHOLDER };
    if (BY_CONSTRAINT.includes(String(node.subtype)) || BY_INDEX.includes(String(node.subtype)))
      return { name: placedName(this.#namespace, String(node.name)) };
    if (node.defname === 'as') return this.#body(node);
    if (isNode(node.sval)) return this.#constant(node.sval);
    return this.#listed(node);
  }

  #relation(node: Node, inQuery: boolean): Node {
    const found = tableOf(node);
    if (!found || !isOwnRelation(node, this.#names)) return {};
    const { schema, table } = found;
    if (this.#names.isOwnIndex(schema, table)) return this.#own({ relname: placedName(schema, table) });
    // Columns may be qualified by the table's bare name.
    const alias = inQuery && !node.alias ? { alias: { aliasname: table } } : {};
    return this.#own({ relname: placedTable(schema, table), ...alias });
  }

  #own(relation: Node): Node {
    this.touched = true;
    return { schemaname: PLACEHOLDER, ...relation };
  }

  #body(node: Node): Node {
    return { arg: this.#bodyText(node.arg) };
  }

  #bodyText(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => this.#bodyText(each));
    if (!isNode(value)) return value;
    if (typeof value.sval === 'string') {
      const { text, touched } = mapText(value.sval, this.#names, this.#namespace);
      this.touched ||= touched;
      return { ...value, sval: text };
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.#bodyText(inner)]));
  }

  #constant({ sval }: Node): Node {
    const placed = typeof sval === 'string' ? placedString(sval, this.#names) : undefined;
    if (placed === undefined) return {};
    this.touched = true;
    return { sval: { sval: placed } };
  }

  /** Names that are lists: of functions, of types, and of columns with their table. */
  #listed(node: Node): Node {
    for (const key of ['funcname', 'objname']) {
      const mapped = this.#functionNamed(nameOf(node[key]));
      if (mapped) return { [key]: nameNodes(mapped), ...this.#contextOf(node, nameOf(node[key])) };
    }
    const type = nameOf(node.names);
    if (type && this.#isOwn(type)) return { names: nameNodes(this.#placed(type)) };
    const column = nameOf(node.fields);
    if (column && column.length > 2 && this.#isOwn(column)) return { fields: nameNodes(column.slice(1)) };
    return {};
  }

  #functionNamed(name: readonly string[] | undefined): string[] | undefined {
    const [schema = '', fn = ''] = name ?? [];
    if (schema === 'dmz' && fn === 'current_tenant') return ['dmz', 'current_tenant_in'];
    if (!this.#names.isNamespace(schema)) return undefined;
    if (!this.#names.isOwnFunction(schema, fn))
      return refuse(`the function ${schema}.${fn}, which no migration has made`);
    this.touched = true;
    return [PLACEHOLDER, placedName(schema, fn)];
  }

  /** A policy asks for the context of its own schema. */
  #contextOf(node: Node, name: readonly string[] | undefined): Node {
    if (name?.[0] !== 'dmz' || node.objargs) return {};
    return { args: [{ A_Const: { sval: { sval: PLACEHOLDER } } }] };
  }

  #isOwn([schema = '', table = '']: readonly string[]): boolean {
    return this.#names.isOwnTable({ schema, table });
  }

  #placed([schema = '', table = '', ...rest]: readonly string[]): string[] {
    this.touched = true;
    return [PLACEHOLDER, placedTable(schema, table), ...rest];
  }
}
