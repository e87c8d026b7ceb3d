/**
 * Reads the statements of a backfill. One that fills rows is an UPDATE that leaves a range of its table's key open,
 * `(tenant_id, id) > ($1, $2) AND (tenant_id, id) <= ($3, $4)`; the runner says it once for each batch. Any other
 * statement of the file has no parameters, and is said once.
 */
import { isNode, type TableName, tableOf, walk } from '../schema-tier/syntax-tree.ts';
import { migrationErrors } from './errors.ts';
import { parseStatements } from './parse-statements.ts';

export interface BackfillStatement {
  readonly text: string;
  /** Whose rows it fills, a range at a time; undefined where it is said once. */
  readonly table?: TableName;
}

/** Tenant and id to begin after, then those to end with. */
const PARAMETERS = [1, 2, 3, 4];

/** @throws MIGRATION_STATEMENT_UNSUITABLE */
export async function readBackfill(tag: string, texts: readonly string[]): Promise<BackfillStatement[]> {
  const statements = await parseStatements(texts);
  return statements.map(({ kind, node, text }) => {
    const numbers = new Set<number>();
    walk(node, ({ ParamRef }) => {
      if (isNode(ParamRef)) numbers.add(Number(ParamRef.number));
    });
    if (numbers.size === 0) return { text };
    const table = kind === 'UpdateStmt' ? tableOf(node.relation) : undefined;
    if (table && [...numbers].sort().join() === PARAMETERS.join()) return { text, table };
    throw migrationErrors.MIGRATION_STATEMENT_UNSUITABLE({
      found: `${tag}.sql: ${text.slice(0, 200)}`,
      expected:
        'an UPDATE with (tenant_id, id) > ($1, $2) AND (tenant_id, id) <= ($3, $4) in its WHERE, or no parameters',
    });
  });
}
