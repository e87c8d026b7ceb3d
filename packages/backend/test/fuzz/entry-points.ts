/**
 * Finds every way into the services: what a module's `index.ts` gives out, and what the folders of use cases export, as
 * far as it takes a tenant's transaction, or something that leads into tenants, first. Found in the sources, so that
 * tomorrow's function is found too.
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

export function findEntryPoints(): EntryPoint[] {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => /(?<!\.test)\.ts$/.test(file) && !NO_USE_CASES.test(file))
    .sort();
  const texts = files.map((file) => [file, readFileSync(path.join(sources, file), 'utf8')] as const);
  // Parsing all of them takes seconds, and most of a module's files are about tables.
  const telling = texts.filter(
    ([file, text]) =>
      !file.startsWith('modules/') || file.endsWith('/index.ts') || WAYS.some((way) => text.includes(way)),
  );
  const parsed = new Map(telling.map(([file, text]) => [file, parse(file, text)]));
  const ways = waysIntoTenants([...parsed.values()]);
  return [...parsed].flatMap(([file, source]) => {
    if (file.endsWith('/index.ts') && file.startsWith('modules/'))
      return givenOut(file, source, parsed, ways);
    return file.startsWith('modules/') || !file.includes('/') ? [] : declaredIn(file, source, ways);
  });
}

const parse = (file: string, text: string) => ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);

type Functions = Map<string, ts.NodeArray<ts.ParameterDeclaration>>;

function givenOut(
  file: string,
  source: ts.SourceFile,
  parsed: ReadonlyMap<string, ts.SourceFile>,
  ways: ReadonlySet<string>,
): EntryPoint[] {
  const room = path.posix.dirname(file);
  return source.statements.filter(ts.isExportDeclaration).flatMap(({ exportClause, moduleSpecifier }) => {
    if (!exportClause || !ts.isNamedExports(exportClause) || !moduleSpecifier) return [];
    const from = path.posix.join(room, (moduleSpecifier as ts.StringLiteral).text);
    const origin = parsed.get(from);
    const functions: Functions = origin ? exportedFunctions(origin) : new Map();
    const names = exportClause.elements.map(
      ({ name, propertyName }) => [name.text, propertyName?.text] as const,
    );
    return names.flatMap(([name, original = name]) =>
      entryPoint(room, file, name, functions.get(original), ways),
    );
  });
}

const declaredIn = (file: string, source: ts.SourceFile, ways: ReadonlySet<string>): EntryPoint[] =>
  [...exportedFunctions(source)].flatMap(([name, parameters]) =>
    entryPoint(path.posix.dirname(file), file, name, parameters, ways),
  );

function entryPoint(
  room: string,
  file: string,
  name: string,
  parameters: Functions extends Map<string, infer List> ? List | undefined : never,
  ways: ReadonlySet<string>,
): EntryPoint[] {
  const type = parameters?.[0]?.type?.getText() ?? '';
  if (!parameters || !wordsOf(type).some((word) => ways.has(word))) return [];
  const how = { inTransaction: type === 'TenantTx', takesValues: parameters.length > 1 };
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
        if (initializer && ts.isArrowFunction(initializer)) found.set(name.getText(), initializer.parameters);
  }
  return found;
}

const isExported = (node: ts.HasModifiers) =>
  ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;

/** The types that lead into tenants: the three that do, and whatever has a member of one of them, or extends one. */
function waysIntoTenants(files: readonly ts.SourceFile[]): ReadonlySet<string> {
  const ways = new Set(WAYS);
  const interfaces = files.flatMap((file) => file.statements.filter(ts.isInterfaceDeclaration));
  for (let known = 0; known < ways.size; ) {
    known = ways.size;
    for (const each of interfaces) if (leadsIn(each, ways)) ways.add(each.name.text);
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
