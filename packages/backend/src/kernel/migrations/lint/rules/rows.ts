/** Rows of filled tables are changed in batches by key, by a backfill, and never all of them in one transaction. */
import { isNode, type Node, type TableName, tableOf, walk } from '../../../schema-tier/syntax-tree.ts';
import { named, type Scene, type StatementRule } from '../lint-rule.ts';
import { boundsKey } from '../read-expression.ts';
import { listOf } from '../read-list.ts';
import type { Statement } from '../read-migration.ts';

const withoutRange: StatementRule = {
  name: 'rows-without-key-range',
  danger:
    'Changing or copying all rows of a large table in one statement holds their locks, and the transaction every cleaner waits for, until the last one is done.',
  remedy:
    'put it into a migration with `-- phase: backfill`, in batches by a range of the primary key. Reference and control tables are small, and may be changed at once',
  bad: "UPDATE game.sessions SET status = 'won' WHERE status = 'finished';",
  safe: [
    "-- phase: backfill\nUPDATE game.sessions SET status = 'won' WHERE status = 'finished' AND (tenant_id, id) > ($1, $2) AND (tenant_id, id) <= ($3, $4);",
  ],
  findIn: (statement, scene) =>
    changesRows(statement, scene).map(({ table, what }) => ({
      object: named(table),
      found: `${what} of ${named(table)} without a range of its key`,
    })),
};

export const rowRules = [withoutRange] as const;

interface RowChange {
  readonly table: TableName;
  readonly what: string;
}

const WHAT: Readonly<Record<string, string>> = {
  UpdateStmt: 'UPDATE changes rows',
  DeleteStmt: 'DELETE removes rows',
  MergeStmt: 'MERGE changes rows',
};

/** Large tables that a statement, or a query in it, changes or copies without bounds. */
export function changesRows({ kind, node }: Statement, scene: Scene): RowChange[] {
  // The bodies of functions and triggers run later, a row or a call at a time.
  if (!/^(Select|Insert|Update|Delete|Merge|CreateTableAs)Stmt$/.test(kind)) return [];
  const found: RowChange[] = [];
  walk({ [kind]: node }, (each) => {
    for (const [inner, what] of Object.entries(WHAT)) {
      const table = isNode(each[inner]) ? tableOf(each[inner].relation) : undefined;
      if (table && isUnbounded(table, each[inner], scene)) found.push({ table, what });
    }
    const copied = isNode(each.InsertStmt) ? copiedBy(each.InsertStmt, scene) : undefined;
    if (copied) found.push({ table: copied, what: 'INSERT … SELECT copies rows' });
  });
  return found;
}

function isUnbounded(table: TableName, change: unknown, scene: Scene): boolean {
  if (!scene.isLarge(table) || !isNode(change)) return false;
  return !boundsKey(change.whereClause ?? change.joinCondition, keyOf(table, scene));
}

function copiedBy({ selectStmt }: Node, scene: Scene): TableName | undefined {
  const query = isNode(selectStmt) && isNode(selectStmt.SelectStmt) ? selectStmt.SelectStmt : undefined;
  if (!query || query.limitCount !== undefined) return undefined;
  const from = listOf(query.fromClause).map(({ RangeVar }) => tableOf(RangeVar));
  return from.find(
    (table): table is TableName =>
      table !== undefined && scene.isLarge(table) && !boundsKey(query.whereClause, keyOf(table, scene)),
  );
}

/** Of a month of a log, say, the series knows no columns; its rows have the key that all tables of tenants have. */
function keyOf(table: TableName, { catalogue }: Scene): readonly string[] {
  const key = catalogue.keyOf(table);
  return key.length > 0 ? key : ['tenant_id', 'id'];
}
