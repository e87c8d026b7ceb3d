/**
 * Which table an expression of a module's code stands for. A table is reached in one way alone, by asking the module's
 * schema for it (`gameTables(tx)`), so what it is called from there on can be followed without types: through
 * destructuring, a member, another name, a choice, a loop, `alias` and a cast. What cannot be followed is undefined here,
 * and reported by whoever asked.
 */
import ts from 'typescript';

/** What a name stands for: all tables of the module, some of them by their keys, or what a function is given. */
export type Meaning =
  | { readonly kind: 'tables' }
  | { readonly kind: 'table'; readonly keys: readonly string[] }
  | { readonly kind: 'parameter'; readonly of: ts.SignatureDeclaration; readonly index: number };

/** Calls that give back the very table that they are given. */
const SAME_TABLE = ['alias', 'drawn'];
/** What a file calls the tables of its module when it was given them together. */
const TABLES = 'tables';

export class TableExpressions {
  readonly #source: ts.SourceFile;
  /** The module's tables by the keys that code knows them by. */
  readonly #keys: ReadonlySet<string>;
  readonly #schemas: ReadonlySet<string>;

  constructor(source: ts.SourceFile, keys: ReadonlySet<string>) {
    this.#source = source;
    this.#keys = keys;
    this.#schemas = new Set(importedSchemas(source));
  }

  meaningOf(given: ts.Expression): Meaning | undefined {
    const expression = bare(given);
    if (ts.isIdentifier(expression)) return this.#named(expression);
    if (ts.isConditionalExpression(expression))
      return this.#either([expression.whenTrue, expression.whenFalse]);
    if (ts.isPropertyAccessExpression(expression)) {
      const key = expression.name.text;
      return this.#member(this.meaningOf(expression.expression), key);
    }
    if (!ts.isCallExpression(expression)) return undefined;
    const called = this.meaningOf(expression.expression);
    if (called?.kind === 'tables') return called;
    const [first] = expression.arguments;
    return first && SAME_TABLE.includes(nameOfCall(expression)) ? this.meaningOf(first) : undefined;
  }

  #either(expressions: readonly ts.Expression[]): Meaning | undefined {
    const found = expressions.map((each) => this.meaningOf(each));
    const keys = found.flatMap((meaning) => (meaning?.kind === 'table' ? meaning.keys : []));
    return keys.length < found.length ? undefined : { kind: 'table', keys };
  }

  #member(owner: Meaning | undefined, key: string): Meaning | undefined {
    if (owner?.kind === 'tables')
      return key === 'canonical' ? owner : this.#keys.has(key) ? { kind: 'table', keys: [key] } : undefined;
    return key === TABLES && owner?.kind !== 'table' ? { kind: 'tables' } : undefined;
  }

  #named(name: ts.Identifier): Meaning | undefined {
    const binding = bindingOf(name, this.#source);
    if (!binding) return this.#schemas.has(name.text) ? { kind: 'tables' } : undefined;
    if (ts.isParameter(binding)) return name.text === TABLES ? { kind: 'tables' } : parameter(binding);
    if (ts.isBindingElement(binding)) return this.#destructured(binding);
    if (binding.initializer) return this.meaningOf(binding.initializer);
    const loop = binding.parent.parent;
    return ts.isForOfStatement(loop) && ts.isArrayLiteralExpression(loop.expression)
      ? this.#either(loop.expression.elements)
      : undefined;
  }

  #destructured(binding: ts.BindingElement): Meaning | undefined {
    const key = textOf(binding.propertyName ?? binding.name);
    const declaration = binding.parent.parent;
    if (ts.isParameter(declaration)) return this.#member(undefined, key);
    if (!ts.isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
    return this.#member(this.meaningOf(declaration.initializer), key);
  }
}

const textOf = (node: ts.Node): string => (ts.isIdentifier(node) ? node.text : '');

function parameter(binding: ts.ParameterDeclaration): Meaning {
  const of = binding.parent;
  return { kind: 'parameter', of, index: of.parameters.indexOf(binding) };
}

/** Without what only the types see. */
export function bare(expression: ts.Expression): ts.Expression {
  return ts.isAsExpression(expression) ||
    ts.isParenthesizedExpression(expression) ||
    ts.isNonNullExpression(expression)
    ? bare(expression.expression)
    : expression;
}

export function nameOfCall({ expression }: ts.CallExpression | ts.NewExpression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
}

/** What a file imports from its module's schema and asks for tables. */
function importedSchemas(source: ts.SourceFile): string[] {
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const named = statement.importClause?.namedBindings;
    if (!statement.moduleSpecifier.text.endsWith('/schema.ts') || !named || !ts.isNamedImports(named))
      return [];
    return named.elements.map(({ name }) => name.text).filter((name) => name.endsWith('Tables'));
  });
}

type Binding = ts.BindingElement | ts.VariableDeclaration | ts.ParameterDeclaration;

/** Where a name was given, in the scopes around its use. */
export function bindingOf(name: ts.Identifier, source: ts.SourceFile): Binding | undefined {
  for (let scope: ts.Node = name; scope !== source; ) {
    scope = scope.parent;
    const found = bindingsIn(scope).find((binding) => textOf(binding.name) === name.text);
    if (found) return found;
  }
  return undefined;
}

function bindingsIn(scope: ts.Node): Binding[] {
  if (ts.isFunctionLike(scope)) return scope.parameters.flatMap(namesIn);
  if (ts.isBlock(scope) || ts.isSourceFile(scope))
    return scope.statements.flatMap((each) =>
      ts.isVariableStatement(each) ? declaredIn(each.declarationList) : [],
    );
  const loop = ts.isForOfStatement(scope) || ts.isForStatement(scope) ? scope.initializer : undefined;
  return loop && ts.isVariableDeclarationList(loop) ? declaredIn(loop) : [];
}

const declaredIn = ({ declarations }: ts.VariableDeclarationList): Binding[] => declarations.flatMap(namesIn);

function namesIn(binding: Binding): Binding[] {
  if (ts.isIdentifier(binding.name)) return [binding];
  return binding.name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesIn(element) : []));
}
