/**
 * What applying pending files would say to a database, statement by statement, and which locks it would take. Nothing is
 * run: files are read, taken apart and looked up.
 */

import { tableOf } from '../schema-tier/syntax-tree.ts';
import type { Applicable } from './apply-file.ts';
import { locksOf, type TableLock } from './lock-levels.ts';

export interface PlannedStatement {
  readonly sql: string;
  /** On tables that others may be working with; none where it takes none. */
  readonly locks: readonly TableLock[];
}

export async function planStatements({
  statements,
}: Pick<Applicable, 'statements'>): Promise<PlannedStatement[]> {
  // The parser is loaded for nothing else that a command does.
  const { parseStatements } = await import('./parse-statements.ts');
  const parsed = await parseStatements(statements);
  const made = new Set<string>();
  return parsed.map((statement) => {
    // What this very file has made, nobody else can be waiting for.
    const locks = locksOf(statement).filter(({ table }) => table === null || !made.has(table));
    const own = tableOf(statement.kind === 'CreateStmt' ? statement.node.relation : undefined);
    if (own) made.add(`${own.schema}.${own.table}`);
    return { sql: statement.text, locks };
  });
}
