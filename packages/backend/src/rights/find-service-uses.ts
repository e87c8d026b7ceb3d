/**
 * What all services together do with tables, by table and operation: the files of each module that its tables cannot be
 * reached around. Each file is a use case, or the part of one that has a name.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import ts from 'typescript';
import { projectRoot } from '../kernel/project.ts';
import { modules } from '../modules/registry.ts';
import { rightsErrors } from './errors.ts';
import { FileReader, type ModuleFunction } from './find-table-uses.ts';
import { type Operation, SERVICE_USES_FILE, type ServiceUses } from './service-uses.ts';

const FOLDER = path.join(projectRoot, 'packages/backend/src/modules');
/** Definitions of tables, and tests, which do with tables what no use case does. */
const NO_SERVICE = /(^|\/)(schema|index)\.ts$|(^|\/)tables\/|\.test\.ts$/;

/** @throws RIGHTS_USE_UNREADABLE */
export function findServiceUses(): ServiceUses {
  const rows: Row[] = [];
  const unread: string[] = [];
  for (const { name, tables } of modules) {
    const names = namesOfTables(name, tables.canonical);
    for (const { file, reader } of readersOf(name, new Set(names.keys()))) {
      const useCase = `${name}/${file.replace(/\.ts$/, '')}`;
      const found = reader.read();
      rows.push(
        ...found.uses.map(({ key, operation }) => ({ table: names.get(key) ?? key, operation, useCase })),
      );
      unread.push(...found.unread.map((mention) => `${name}/${file}:${mention}`));
    }
  }
  if (unread.length > 0) throw rightsErrors.RIGHTS_USE_UNREADABLE({ found: unread.join('; ') });
  return gathered(rows);
}

function namesOfTables(namespace: string, tables: object): Map<string, string> {
  return new Map(
    Object.entries(tables).flatMap(([key, table]: [string, unknown]) =>
      is(table, PgTable) ? [[key, `${namespace}.${getTableName(table)}`] as const] : [],
    ),
  );
}

function readersOf(module: string, keys: ReadonlySet<string>) {
  const folder = path.join(FOLDER, module);
  const functions = new Map<string, ModuleFunction>();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => file.endsWith('.ts') && !NO_SERVICE.test(file))
    .sort();
  return files.map((file) => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const reader = new FileReader(source, keys, (name) => functions.get(name));
    for (const [name, node] of functionsIn(source)) functions.set(name, { node, reader });
    return { file, reader };
  });
}

function functionsIn(source: ts.SourceFile): [string, ts.SignatureDeclaration][] {
  return source.statements.flatMap((statement): [string, ts.SignatureDeclaration][] => {
    if (ts.isFunctionDeclaration(statement) && statement.name) return [[statement.name.text, statement]];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
      ts.isIdentifier(name) && initializer && ts.isArrowFunction(initializer)
        ? [[name.text, initializer] as [string, ts.SignatureDeclaration]]
        : [],
    );
  });
}

interface Row {
  readonly table: string;
  readonly operation: Operation;
  readonly useCase: string;
}

function gathered(rows: readonly Row[]): ServiceUses {
  const uses: Record<string, Partial<Record<Operation, string[]>>> = {};
  const order = ({ table, operation, useCase }: Row) => `${table} ${operation} ${useCase}`;
  for (const { table, operation, useCase } of [...rows].sort((one, other) =>
    order(one) < order(other) ? -1 : 1,
  )) {
    const ofTable = uses[table] ?? {};
    uses[table] = { ...ofTable, [operation]: [...new Set([...(ofTable[operation] ?? []), useCase])] };
  }
  return uses;
}

/** Writes what services do into the repository. @returns the file, where it was another before */
export function recordServiceUses(): string[] {
  const text = printed(findServiceUses());
  if (isRecorded(text)) return [];
  writeFileSync(FILE, text);
  return [SERVICE_USES_FILE];
}

/** @returns the file, where it is not what the code says */
export const staleServiceUses = (): string[] =>
  isRecorded(printed(findServiceUses())) ? [] : [SERVICE_USES_FILE];

const FILE = path.join(projectRoot, SERVICE_USES_FILE);
const printed = (uses: ServiceUses) => `${JSON.stringify(uses, null, 2)}\n`;
const isRecorded = (text: string) => existsSync(FILE) && readFileSync(FILE, 'utf8') === text;
