/**
 * What the services of a module do with its tables, read off their code. Reading the code was chosen over watching test
 * runs: a trace knows the paths that some test takes, and is silent about the others; and over a list beside the code,
 * which nobody would shorten. It cannot be silent, since a table that is handled in a way that is not understood is a
 * finding: every mention of a table, and every statement, is either one of the ways below or named in `unread`.
 */
import ts from 'typescript';
import type { Operation } from './service-uses.ts';
import { bare, bindingOf, nameOfCall, TableExpressions } from './table-expressions.ts';

export interface TableUse {
  /** Of the table, as its module's code knows it. */
  readonly key: string;
  readonly operation: Operation;
}

export interface FileUses {
  readonly uses: readonly TableUse[];
  /** Mentions that nobody understands, as `line: text`. */
  readonly unread: readonly string[];
}

/** What calls do with the table that they are given, by their names. Drizzle's first, then those of the kernel. */
const CALLS: Readonly<Record<string, readonly Operation[]>> = {
  from: ['select'],
  innerJoin: ['select'],
  leftJoin: ['select'],
  rightJoin: ['select'],
  fullJoin: ['select'],
  $count: ['select'],
  insert: ['insert'],
  update: ['update'],
  delete: ['delete'],
  insertRows: ['insert'],
  insertMissingRows: ['insert'],
  insertMissingAndTell: ['insert'],
  updateRows: ['update'],
  streamRows: ['select'],
  make: ['insert'],
  makeMissing: ['insert'],
  change: ['update'],
  recordsOf: ['select', 'insert'],
  // These encrypt, decrypt, or look at the definition; they send nothing.
  sealForPerson: [],
  sealForTenant: [],
  sealInto: [],
  open: [],
  alias: [],
  getTableColumns: [],
};
/** Of Drizzle, where a table that is not understood would be a statement that nobody has read. */
const STATEMENTS = [
  'from',
  'innerJoin',
  'leftJoin',
  'rightJoin',
  'fullJoin',
  '$count',
  'insert',
  'update',
  'delete',
];
/** Constructors that keep tables only for calls of their own, which are above. */
const HOLDERS = ['GatheredRows'];
/** Owners of tables need no right on them: what is done in their transactions is no use. */
const OF_OWNER = /\bOwnerTx\b/;
const BY_OWNER = ['keepReferenceRows'];

/** Finds a function of the module by its name. */
export type FindFunction = (name: string) => ModuleFunction | undefined;

export interface ModuleFunction {
  readonly node: ts.SignatureDeclaration;
  readonly reader: FileReader;
}

export class FileReader {
  readonly #source: ts.SourceFile;
  readonly #tables: TableExpressions;
  readonly #find: FindFunction;

  constructor(source: ts.SourceFile, keys: ReadonlySet<string>, find: FindFunction) {
    this.#source = source;
    this.#tables = new TableExpressions(source, keys);
    this.#find = find;
  }

  read(): FileUses {
    const uses: TableUse[] = [];
    const unread: string[] = [];
    const visit = (node: ts.Node) => {
      if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
      if (ts.isCallExpression(node) && this.#isUnreadStatement(node)) unread.push(this.#place(node));
      const meaning = isMention(node) ? this.#tables.meaningOf(node) : undefined;
      if (meaning?.kind === 'table' && !this.#isOfOwner(node)) {
        const operations = this.#operationsOn(node);
        if (operations)
          for (const key of meaning.keys) uses.push(...operations.map((operation) => ({ key, operation })));
        else unread.push(this.#place(node));
      }
      ts.forEachChild(node, visit);
    };
    visit(this.#source);
    return { uses, unread };
  }

  /** What a function does with the table that it is given; undefined where that cannot be told. */
  operationsOfParameter(fn: ts.SignatureDeclaration, index: number): Operation[] | undefined {
    const found: (Operation[] | undefined)[] = [];
    const visit = (node: ts.Node) => {
      if (ts.isTypeNode(node)) return;
      const meaning = isMention(node) ? this.#tables.meaningOf(node) : undefined;
      if (meaning?.kind === 'parameter' && meaning.of === fn && meaning.index === index)
        found.push(this.#operationsOn(node));
      ts.forEachChild(node, visit);
    };
    if ('body' in fn && fn.body) visit(fn.body);
    return found.every((operations) => operations !== undefined) ? found.flat() : undefined;
  }

  /** @returns undefined where nobody can tell */
  #operationsOn(mention: ts.Node): Operation[] | undefined {
    const outer = aroundCasts(mention);
    const { parent } = outer;
    if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) return [];
    if (ts.isVariableDeclaration(parent) || ts.isConditionalExpression(parent)) return [];
    if (ts.isCallExpression(parent) && parent.expression !== outer)
      return this.#operationsOfCall(parent, outer);
    if (ts.isArrayLiteralExpression(parent)) return isFollowedArray(parent) ? [] : undefined;
    // recordsOf((at) => trainingTables(at).completions)
    if (ts.isArrowFunction(parent) && ts.isCallExpression(parent.parent))
      return this.#operationsOfCall(parent.parent, parent);
    return undefined;
  }

  #operationsOfCall(call: ts.CallExpression, argument: ts.Node): Operation[] | undefined {
    const name = nameOfCall(call);
    const known = Object.hasOwn(CALLS, name) ? CALLS[name] : undefined;
    if (known) return [...known, ...furtherIn(call)];
    const index = call.arguments.indexOf(argument as ts.Expression);
    const fn = this.#find(name);
    return fn?.reader.operationsOfParameter(fn.node, index);
  }

  #isUnreadStatement(call: ts.CallExpression): boolean {
    const [target] = call.arguments;
    if (!target || !STATEMENTS.includes(nameOfCall(call)) || !startsWithTransaction(call)) return false;
    if (this.#isOfOwner(call)) return false;
    return this.#tables.meaningOf(target) === undefined && !this.#isSubquery(target);
  }

  #isSubquery(target: ts.Expression): boolean {
    const named = bare(target);
    const binding = ts.isIdentifier(named) ? bindingOf(named, this.#source) : undefined;
    const made = binding && ts.isVariableDeclaration(binding) ? binding.initializer : undefined;
    return made !== undefined && ts.isCallExpression(made) && nameOfCall(made) === 'as';
  }

  /** Whether the innermost function that has a transaction has the owner's. */
  #isOfOwner(node: ts.Node): boolean {
    for (let at: ts.Node = node; at !== this.#source; at = at.parent) {
      if (ts.isCallExpression(at) && BY_OWNER.includes(nameOfCall(at))) return true;
      const given = ts.isFunctionLike(at)
        ? at.parameters.map(({ type }) => type?.getText(this.#source) ?? '')
        : [];
      if (given.some((type) => OF_OWNER.test(type))) return true;
      if (given.some((type) => /\bTenantTx\b/.test(type))) return false;
    }
    return false;
  }

  #place(node: ts.Node): string {
    const { line } = this.#source.getLineAndCharacterOfPosition(node.getStart(this.#source));
    return `${line + 1}: ${node.parent.getText(this.#source).split('\n')[0]}`;
  }
}

/** An expression that may stand for a table, and not the name of something else. */
function isMention(node: ts.Node): node is ts.Identifier | ts.PropertyAccessExpression | ts.CallExpression {
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) return true;
  if (!ts.isIdentifier(node)) return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isVariableDeclaration(parent)) return parent.initializer === node;
  return !ts.isBindingElement(parent) && !ts.isParameter(parent);
}

function aroundCasts(node: ts.Node): ts.Node {
  const { parent } = node;
  return ts.isAsExpression(parent) || ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent)
    ? aroundCasts(parent)
    : node;
}

/** A loop's, or what a holder of tables is given. */
function isFollowedArray(array: ts.ArrayLiteralExpression): boolean {
  const { parent } = array;
  if (ts.isForOfStatement(parent)) return true;
  return ts.isNewExpression(parent) && HOLDERS.includes(nameOfCall(parent));
}

/** `insert(x)…onConflictDoUpdate` updates too; `from(x)…for('update')` locks, which asks for the right to update. */
function furtherIn(call: ts.CallExpression): Operation[] {
  const further: Operation[] = [];
  for (let at: ts.Node = call; ; ) {
    const member = at.parent;
    if (!ts.isPropertyAccessExpression(member) || !ts.isCallExpression(member.parent)) return further;
    at = member.parent;
    if (['onConflictDoUpdate', 'for'].includes(member.name.text)) further.push('update');
  }
}

function startsWithTransaction(call: ts.CallExpression): boolean {
  let root: ts.Expression = call;
  while (ts.isCallExpression(root) || ts.isPropertyAccessExpression(root)) root = root.expression;
  return ts.isIdentifier(root) && /^(tx|owner|db)$/.test(root.text);
}
