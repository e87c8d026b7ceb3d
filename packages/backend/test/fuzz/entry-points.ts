/**
 * Finds every way into the services: what a module's `index.ts` gives out, and what the folders of use cases export, as
 * far as it takes a tenant's transaction, or something that leads into tenants. Found in the sources, so that tomorrow's
 * function is found too; what is exported and called, and cannot be read there, is told.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { projectRoot } from '../../src/kernel/project.ts';

const sources = path.join(projectRoot, 'packages/backend/src');

/** Not use cases: the edges, what owns no tables, and what is only read. */
const NO_USE_CASES = /^(kernel|cli|http|reference|audit-verifier|released-events)\//;

const WAYS = ['TenantTx', 'Tenancy', 'Platform'];

export interface EntryPoint {
  /** `modules/game/listSessions`, or `provisioning/createTenant`: the room that gives it out, and its name. */
  readonly name: string;
  /** The file to import it from. */
  readonly file: string;
  readonly export: string;
  /** Whether its first parameter is a tenant's transaction; else it opens its own. */
  readonly inTransaction: boolean;
  /** Whether anybody gives it a value, beside what leads into the tenant. */
  readonly takesValues: boolean;
}

export interface Exports {
  readonly entryPoints: readonly EntryPoint[];
  /** By file: exported functions whose parameters were read, entry points or not. */
  readonly read: ReadonlyMap<string, ReadonlySet<string>>;
}

export function findExports(): Exports {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => /(?<!\.test)\.ts$/.test(file) && !NO_USE_CASES.test(file))
    .sort();
  const texts = new Map(files.map((file) => [file, readFileSync(path.join(sources, file), 'utf8')] as const));
  const parsed = new Map<string, ts.SourceFile>();
  const parsedOf = (file: string) => {
    const text = texts.get(file);
    if (text !== undefined && !parsed.has(file)) parsed.set(file, parse(file, text));
    return parsed.get(file);
  };
  // Parsing all of them takes seconds, and most of a module's files are about tables.
  for (const [file, text] of texts)
    if (!file.startsWith('modules/') || isDoor(file) || WAYS.some((way) => text.includes(way)))
      parsedOf(file);
  const ways = waysIntoTenants([...parsed.values()]);
  const doors = [...parsed].filter(([file]) => file.includes('/') && isDoor(file));
  const found = doors.map(([file, source]) => [file, functionsBehind(file, source, parsedOf)] as const);
  return {
    entryPoints: found.flatMap(([file, functions]) =>
      [...functions].flatMap(([name, parameters]) => entryPoint(file, name, parameters, ways)),
    ),
    read: new Map(
      found.map(([file, functions]) => [path.join(sources, file), new Set(functions.keys())] as const),
    ),
  };
}

/** Of a module that is its index alone. */
const isDoor = (file: string) => !file.startsWith('modules/') || /^modules\/[^/]+\/index\.ts$/.test(file);

const parse = (file: string, text: string) => ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);

type Functions = Map<string, ts.NodeArray<ts.ParameterDeclaration>>;

/** What a file declares, and what it gives out of the files beside it. */
function functionsBehind(
  file: string,
  source: ts.SourceFile,
  parsedOf: (file: string) => ts.SourceFile | undefined,
): Functions {
  const functions: Functions = new Map(exportedFunctions(source));
  for (const { exportClause, moduleSpecifier } of source.statements.filter(ts.isExportDeclaration)) {
    if (!exportClause || !ts.isNamedExports(exportClause) || !moduleSpecifier) continue;
    const from = path.posix.join(path.posix.dirname(file), (moduleSpecifier as ts.StringLiteral).text);
    const origin = parsedOf(from);
    const known: Functions = origin ? exportedFunctions(origin) : new Map();
    for (const { name, propertyName } of exportClause.elements) {
      const parameters = known.get((propertyName ?? name).text);
      if (parameters) functions.set(name.text, parameters);
    }
  }
  return functions;
}

function entryPoint(
  file: string,
  name: string,
  parameters: Functions extends Map<string, infer List> ? List : never,
  ways: ReadonlySet<string>,
): EntryPoint[] {
  const types = parameters.map(({ type }) => type?.getText() ?? '');
  if (!types.some((type) => wordsOf(type).some((word) => ways.has(word)))) return [];
  const how = { inTransaction: types[0] === 'TenantTx', takesValues: parameters.length > 1 };
  const room = path.posix.dirname(file);
  return [{ name: `${room}/${name}`, file: path.join(sources, file), export: name, ...how }];
}

/** Exported functions with their parameters. */
function exportedFunctions(source: ts.SourceFile): Functions {
  const found: Functions = new Map();
  for (const statement of source.statements) {
    if (!ts.canHaveModifiers(statement) || !isExported(statement)) continue;
    if (ts.isFunctionDeclaration(statement) && statement.name)
      found.set(statement.name.text, statement.parameters);
    if (ts.isVariableStatement(statement))
      for (const { name, initializer } of statement.declarationList.declarations)
        if (initializer && isFunction(initializer)) found.set(name.getText(), initializer.parameters);
  }
  return found;
}

const isFunction = (node: ts.Expression) => ts.isArrowFunction(node) || ts.isFunctionExpression(node);

const isExported = (node: ts.HasModifiers) =>
  ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;

/** The types that lead into tenants: the three that do, and whatever has a member of one of them, or extends one. */
function waysIntoTenants(files: readonly ts.SourceFile[]): ReadonlySet<string> {
  const ways = new Set(WAYS);
  const interfaces = files.flatMap((file) => file.statements.filter(ts.isInterfaceDeclaration));
  const aliases = files.flatMap((file) => file.statements.filter(ts.isTypeAliasDeclaration));
  for (let known = 0; known < ways.size; ) {
    known = ways.size;
    for (const each of interfaces) if (leadsIn(each, ways)) ways.add(each.name.text);
    for (const { name, type } of aliases)
      if (!ts.isFunctionTypeNode(type) && wordsOf(type.getText()).some((word) => ways.has(word)))
        ways.add(name.text);
  }
  return ways;
}

const leadsIn = (
  { members, heritageClauses = [] as never }: ts.InterfaceDeclaration,
  ways: ReadonlySet<string>,
) =>
  [
    ...members
      .filter(ts.isPropertySignature)
      .flatMap(({ type }) => (type && !ts.isFunctionTypeNode(type) ? [type] : [])),
    ...heritageClauses.flatMap(({ types }) => types),
  ].some((node) => wordsOf(node.getText()).some((word) => ways.has(word)));

const wordsOf = (text: string): readonly string[] => text.match(/\w+/g) ?? [];
