/**
 * THE list of modules: each owns the namespace of its name, says in one line what it is for, and names the modules
 * whose service interfaces it may use. The boundary rules and the catalogue check read this list.
 */
import { getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { metaOf, type TableMeta } from '../kernel/db/index.ts';
import { adminTables } from './admin/schema.ts';
import { authTables } from './auth/schema.ts';
import { contentTables } from './content/schema.ts';
import { gameTables } from './game/schema.ts';
import { orgTables } from './org/schema.ts';
import { publicTables } from './public/schema.ts';

export interface ModuleEntry {
  readonly name: string;
  readonly purpose: string;
  readonly dependsOn: readonly string[];
  readonly tables: { readonly canonical: object };
}

export const modules: readonly ModuleEntry[] = [
  {
    name: 'public',
    purpose: 'The register of tenants, and reference data.',
    dependsOn: [],
    tables: publicTables,
  },
  {
    name: 'auth',
    purpose: 'People, roles, and how they sign in.',
    dependsOn: ['public'],
    tables: authTables,
  },
  {
    name: 'org',
    purpose: 'Departments, teams, and who belongs where.',
    dependsOn: ['auth'],
    tables: orgTables,
  },
  {
    name: 'content',
    purpose: 'What is played with: e-mails and their indicators.',
    dependsOn: [],
    tables: contentTables,
  },
  {
    name: 'game',
    purpose: 'Sessions as streams of events, and the read models derived from them.',
    dependsOn: ['auth', 'content', 'admin'],
    tables: gameTables,
  },
  { name: 'admin', purpose: 'The audit log.', dependsOn: [], tables: adminTables },
];

/** Every table that the platform defines, by what its constructor knows of it. */
export function allTables(): readonly TableMeta[] {
  return modules.flatMap(({ tables }) => tablesOf(tables.canonical).map(metaOf));
}

function tablesOf(canonical: object): PgTable[] {
  const tables = Object.values(canonical).filter((value): value is PgTable => is(value, PgTable));
  return tables.sort((one, other) => getTableName(one).localeCompare(getTableName(other)));
}
