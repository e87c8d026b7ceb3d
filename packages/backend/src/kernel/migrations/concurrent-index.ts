/**
 * CREATE INDEX CONCURRENTLY that can be killed. What a killed one leaves is an invalid index, which costs every writer and
 * serves nobody: it is dropped and made again. A partitioned table, which PostgreSQL refuses, gets its index the known
 * way: an empty one on the parent alone, one made concurrently on each partition, and each of those attached.
 */
import type pg from 'pg';
import { deparseSync } from 'pgsql-parser';
import { constraintName } from '../db/constraint-name.ts';
import { isNode, type Node, tableOf } from '../schema-tier/syntax-tree.ts';
import type { Work } from './concurrently.ts';
import { migrationErrors } from './errors.ts';
import type { ParsedStatement } from './parse-statements.ts';
import { inPatientTransaction } from './patient-transaction.ts';

interface FoundIndex {
  readonly valid: boolean;
  readonly table: string;
}

export async function createIndexConcurrently(work: Work, { node, text }: ParsedStatement): Promise<void> {
  const table = tableOf(node.relation);
  const name = typeof node.idxname === 'string' ? node.idxname : undefined;
  if (!table || !name)
    throw migrationErrors.MIGRATION_STATEMENT_UNSUITABLE({
      found: text.slice(0, 120),
      expected: 'a name for the index, by which it is found again after a kill',
    });
  const { rows } = await work.client.query<{ kind: string }>(
    'SELECT relkind AS kind FROM pg_class WHERE oid = to_regclass(quote_ident($1) || $3 || quote_ident($2))',
    [table.schema, table.table, '.'],
  );
  if (rows[0]?.kind === 'p') await indexPartitions(work, node, { ...table, name });
  else await makeIndex(work, { schema: table.schema, name, sql: text });
}

interface WantedIndex {
  readonly schema: string;
  readonly name: string;
  /** The whole statement. */
  readonly sql: string;
}

/** A valid index of that name is taken for ours only where we have begun it: otherwise PostgreSQL says that it exists. */
async function makeIndex(
  { client, again }: Pick<Work, 'client' | 'again'>,
  wanted: WantedIndex,
): Promise<void> {
  const { schema, name, sql } = wanted;
  if (again) {
    await dropInvalid(client, schema, name);
    if (await findIndex(client, schema, name)) return;
  }
  try {
    await client.query(sql);
  } catch (error) {
    // An invalid unique index still refuses what others write, so it does not stay until somebody tries again.
    await dropInvalid(client, schema, name).catch(() => {});
    throw error;
  }
}

export async function findIndex(
  client: pg.Client,
  schema: string | undefined,
  name: string,
): Promise<FoundIndex | undefined> {
  const { rows } = await client.query<FoundIndex>(
    `SELECT indisvalid AS valid, indrelid::regclass::text AS table FROM pg_index JOIN pg_class AS c ON c.oid = indexrelid
     WHERE c.relname = $2 AND c.relnamespace = to_regnamespace(quote_ident($1))`,
    [schema ?? 'public', name],
  );
  return rows[0];
}

export async function dropInvalid(client: pg.Client, schema: string, name: string): Promise<void> {
  const found = await findIndex(client, schema, name);
  if (found?.valid === false) await client.query(`DROP INDEX CONCURRENTLY ${quoted(schema, name)}`);
}

interface PartitionedIndex {
  readonly schema: string;
  readonly table: string;
  readonly name: string;
}

async function indexPartitions(work: Work, node: Node, index: PartitionedIndex): Promise<void> {
  const { client, again, patience } = work;
  const { schema, name } = index;
  const known = await findIndex(client, schema, name);
  if (!known || !again) await inPatientTransaction(client, (send) => send(onlyParent(node)), patience);
  // A month that comes meanwhile brings its index along, and one that goes is not found again.
  for (;;) {
    const lacking = await partitionsWithout(client, index);
    if (lacking.length === 0) return;
    for (const partition of lacking) {
      const own = indexOfPartition(index, partition.table);
      // Nothing but this statement makes an index of that name, so what is there was ours.
      await makeIndex(
        { client, again: true },
        { ...partition, name: own, sql: onPartition(node, partition, own) },
      );
      const attach = `ALTER INDEX ${quoted(schema, name)} ATTACH PARTITION ${quoted(partition.schema, own)}`;
      await inPatientTransaction(client, (send) => send(attach), patience);
    }
  }
}

interface Partition {
  readonly schema: string;
  readonly table: string;
}

/** @throws MIGRATION_STATEMENT_UNSUITABLE  for a partition that is divided itself */
async function partitionsWithout(
  client: pg.Client,
  { schema, table, name }: PartitionedIndex,
): Promise<Partition[]> {
  const { rows } = await client.query<Partition & { kind: string }>(
    `SELECT relnamespace::regnamespace::text AS schema, relname AS table, relkind AS kind
     FROM pg_inherits AS part JOIN pg_class AS c ON c.oid = part.inhrelid
     WHERE part.inhparent = to_regclass($1) AND NOT EXISTS (
       SELECT FROM pg_index AS own JOIN pg_inherits AS attached ON attached.inhrelid = own.indexrelid
       WHERE own.indrelid = c.oid AND attached.inhparent = to_regclass($2))
     ORDER BY relname`,
    [quoted(schema, table), quoted(schema, name)],
  );
  const divided = rows.find(({ kind }) => kind !== 'r');
  if (!divided) return rows;
  throw migrationErrors.MIGRATION_STATEMENT_UNSUITABLE({
    found: `${divided.schema}.${divided.table} is a partition of ${schema}.${table}, and no plain table`,
    expected: 'partitions that are not divided again',
  });
}

/** As PostgreSQL itself names indexes of partitions: the table's name in front is the partition's. */
function indexOfPartition({ table, name }: PartitionedIndex, partition: string): string {
  const rest = name.startsWith(`${table}_`) ? name.slice(table.length + 1) : name;
  const words = rest.split('_');
  return constraintName(partition, words.slice(0, -1), words.at(-1) ?? 'idx');
}

/** An index on the parent alone holds no rows: it is there at once, and valid when the last partition has its own. */
function onlyParent(node: Node): string {
  const relation = isNode(node.relation) ? { ...node.relation, inh: false } : node.relation;
  return deparsed({ ...node, relation, concurrent: false });
}

function onPartition(node: Node, { schema, table }: Partition, idxname: string): string {
  const relation = isNode(node.relation)
    ? { ...node.relation, schemaname: schema, relname: table }
    : node.relation;
  return deparsed({ ...node, relation, idxname });
}

// The library types every kind of node; this one is as it was parsed, but for names.
const deparsed = (node: Node): string =>
  deparseSync({ IndexStmt: node } as Parameters<typeof deparseSync>[0]);

const quoted = (schema: string, name: string): string => `"${schema}"."${name}"`;
