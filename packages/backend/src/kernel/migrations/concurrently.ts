/**
 * Statements that refuse to run in a transaction, because they let others work meanwhile. Each can be killed at any
 * moment and leaves something: an invalid index, a partition half detached. So each is begun by looking at what an
 * earlier attempt has left, and done again from there.
 */
import type pg from 'pg';
import { isNode, type Node, nameOf, tableOf } from '../schema-tier/syntax-tree.ts';
import { createIndexConcurrently, findIndex } from './concurrent-index.ts';
import { migrationErrors } from './errors.ts';
import type { ParsedStatement } from './parse-statements.ts';
import type { Patience } from './patient-transaction.ts';

export interface Work {
  readonly client: pg.Client;
  readonly patience: Patience;
  /** An earlier attempt has begun this very statement, and nobody knows how it ended. */
  readonly again: boolean;
}

type RunConcurrently = (work: Work, statement: ParsedStatement) => Promise<void>;

/**
 * @returns how a statement is run outside of a transaction; undefined where it can be in one, as nearly all can
 * @throws MIGRATION_STATEMENT_UNSUITABLE  for one that could not be done again after a kill
 */
export function outsideTransaction({ kind, node, text }: ParsedStatement): RunConcurrently | undefined {
  if (kind === 'IndexStmt' && node.concurrent) return createIndexConcurrently;
  if (kind === 'DropStmt' && node.concurrent) return dropConcurrently;
  if (kind === 'AlterTableStmt' && detached(node)?.concurrent) return detachConcurrently;
  if (kind === 'VacuumStmt') return repeat;
  if (!NEVER_IN_TRANSACTION.includes(kind) && !(kind === 'ReindexStmt' && /\bCONCURRENTLY\b/i.test(text)))
    return undefined;
  throw migrationErrors.MIGRATION_STATEMENT_UNSUITABLE({
    found: text.slice(0, 120),
    expected: 'CREATE or DROP INDEX CONCURRENTLY, DETACH PARTITION … CONCURRENTLY, VACUUM or ANALYZE',
    next: 'do it by hand: a migration must be able to go on after a kill at any moment',
  });
}

const NEVER_IN_TRANSACTION = [
  'CreatedbStmt',
  'DropdbStmt',
  'CreateTableSpaceStmt',
  'DropTableSpaceStmt',
  'AlterSystemStmt',
  'CreateSubscriptionStmt',
  'DropSubscriptionStmt',
];

const repeat: RunConcurrently = async ({ client }, { text }) => {
  await client.query(text);
};

/** A killed one leaves an invalid index, which is dropped like any other. */
const dropConcurrently: RunConcurrently = async ({ client, again }, { node, text }) => {
  const [name] = Array.isArray(node.objects) ? node.objects : [];
  const index = nameOf(name);
  if (again && index && !(await findIndex(client, index.at(-2), index.at(-1) ?? ''))) return;
  await client.query(text);
};

function detached(node: Node): Node | undefined {
  const [command] = Array.isArray(node.cmds) ? node.cmds : [];
  const cmd = isNode(command) && isNode(command.AlterTableCmd) ? command.AlterTableCmd : undefined;
  if (cmd?.subtype !== 'AT_DetachPartition' || !isNode(cmd.def)) return undefined;
  return isNode(cmd.def.PartitionCmd) ? cmd.def.PartitionCmd : undefined;
}

/** It is two transactions; between them the partition is marked, and the second one can be asked for alone. */
const detachConcurrently: RunConcurrently = async ({ client, again }, { node, text }) => {
  const partition = tableOf(detached(node)?.name);
  if (again && partition) {
    const { rows } = await client.query<{ pending: boolean }>(
      `SELECT inhdetachpending AS pending FROM pg_inherits
       JOIN pg_class AS c ON c.oid = inhrelid WHERE relname = $2 AND relnamespace = to_regnamespace(quote_ident($1))`,
      [partition.schema, partition.table],
    );
    if (!rows[0]) return;
    if (rows[0].pending) {
      await client.query(text.replace(/\bCONCURRENTLY\s*;?\s*$/i, 'FINALIZE'));
      return;
    }
  }
  await client.query(text);
};
