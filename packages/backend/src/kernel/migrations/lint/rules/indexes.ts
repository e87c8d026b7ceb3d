/** Indexes of filled tables are built, rebuilt and dropped while others write: CONCURRENTLY, outside a transaction. */
import { isNode, type Node, type TableName, tableOf } from '../../../schema-tier/syntax-tree.ts';
import { type Breach, named, type Scene, type StatementRule } from '../lint-rule.ts';
import { alterationsOf, droppedBy, isCreatedIn, isOn, optionsOf, qualify } from '../read-alteration.ts';
import type { Statement } from '../read-migration.ts';

const ON_PARTITIONED =
  'CREATE INDEX … ON ONLY the parent, CREATE INDEX CONCURRENTLY on each partition (dmz.ensure_partitions makes those of months to come), then ALTER INDEX … ATTACH PARTITION each';

const notConcurrent: StatementRule = {
  name: 'index-not-concurrent',
  danger:
    'CREATE INDEX and REINDEX keep every writer out until all rows are read; DROP INDEX waits for ACCESS EXCLUSIVE on the table, with everybody behind it.',
  remedy: 'say CONCURRENTLY, in a file with `-- transaction: none`, with IF NOT EXISTS or IF EXISTS',
  bad: 'CREATE INDEX sessions_seed_idx ON game.sessions (tenant_id, seed);',
  safe: [
    '-- phase: expand\n-- transaction: none\nCREATE INDEX CONCURRENTLY IF NOT EXISTS sessions_seed_idx ON game.sessions (tenant_id, seed);',
  ],
  findIn: (statement, scene) => [
    ...created(statement, scene),
    ...droppedIndexes(statement, scene),
    ...rebuilt(statement, scene),
  ],
};

function created({ kind, node }: Statement, scene: Scene): Breach[] {
  const table = tableOf(node.relation);
  if (kind !== 'IndexStmt' || !table || node.concurrent === true || !scene.isFilled(table)) return [];
  const partitioned = scene.catalogue.table(table)?.partitioned === true;
  // ON ONLY a parent makes an entry of the catalogue, which has no rows to read.
  if (partitioned && isOnOnly(node)) return [];
  const found = `It builds ${node.idxname ?? 'an index'} on the filled table ${named(table)} without CONCURRENTLY`;
  return [{ object: indexIn(table, node), found, ...(partitioned ? { remedy: ON_PARTITIONED } : {}) }];
}

const indexIn = ({ schema, table }: TableName, { idxname }: Node) =>
  typeof idxname === 'string' ? `${schema}.${idxname}` : `${schema}.${table}`;

const isOnOnly = ({ relation }: Node) => isNode(relation) && relation.inh !== true;

function droppedIndexes(statement: Statement, scene: Scene): Breach[] {
  if (statement.node.concurrent === true) return [];
  return droppedBy(statement)
    .filter(({ type }) => type === 'OBJECT_INDEX')
    .flatMap(({ parts }) => {
      const name = named(qualify(parts));
      const index = scene.catalogue.indexes.get(name);
      // The index of a partitioned table cannot be dropped otherwise, and one of this file is nobody's yet.
      if (isCreatedIn(scene.file.tag, index) || (index && !scene.isFilled(index.table))) return [];
      if (index && scene.catalogue.table(index.table)?.partitioned) return [];
      return [{ object: name, found: `It drops the index ${name} without CONCURRENTLY` }];
    });
}

/** The runner could not tell, after a kill, how far a REINDEX came. */
const BY_HAND =
  'REINDEX … CONCURRENTLY by hand, at one placement after the other; it changes no shape, and is no migration';

function rebuilt({ kind, node }: Statement, scene: Scene): Breach[] {
  if (kind !== 'ReindexStmt' || isOn(optionsOf(node.params), 'concurrently')) return [];
  const subject = tableOf(node.relation);
  if (subject && scene.catalogue.table(subject) && !scene.isFilled(subject)) return [];
  const object = subject ? named(subject) : String(node.name ?? 'the database');
  return [{ object, found: `It rebuilds the indexes of ${object} without CONCURRENTLY`, remedy: BY_HAND }];
}

const inTransaction: StatementRule = {
  name: 'concurrently-in-transaction',
  danger:
    'What is done CONCURRENTLY commits on its way, so PostgreSQL refuses it inside a transaction, and VACUUM too.',
  remedy: 'put it into a file of its own with `-- transaction: none`, outside of any block',
  bad: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS sessions_seed_idx ON game.sessions (tenant_id, seed);',
  safe: [
    '-- phase: expand\n-- transaction: none\nCREATE INDEX CONCURRENTLY IF NOT EXISTS sessions_seed_idx ON game.sessions (tenant_id, seed);',
  ],
  findIn: (statement, scene) => {
    const what = runsOutside(statement);
    if (!what) return [];
    if (statement.within)
      return [{ object: scene.file.tag, found: `${what} in a DO block, which is a transaction` }];
    if (!scene.inTransaction) return [];
    return [{ object: scene.file.tag, found: `${what} in a file that runs as one transaction` }];
  },
};

/** What PostgreSQL refuses inside a transaction block, in words. */
export function runsOutside(statement: Statement): string | undefined {
  const { kind, node } = statement;
  const partition = alterationsOf(statement).find(({ subtype }) => subtype === 'AT_DetachPartition');
  if (partition?.definition?.concurrent === true) return 'DETACH PARTITION CONCURRENTLY';
  if (kind === 'IndexStmt' && node.concurrent === true) return 'CREATE INDEX CONCURRENTLY';
  if (kind === 'DropStmt' && node.concurrent === true) return 'DROP INDEX CONCURRENTLY';
  if (kind === 'ReindexStmt' && isOn(optionsOf(node.params), 'concurrently')) return 'REINDEX CONCURRENTLY';
  return kind === 'VacuumStmt' && node.is_vacuumcmd === true ? 'VACUUM' : undefined;
}

const onPartitioned: StatementRule = {
  name: 'concurrently-on-partitioned',
  danger:
    'PostgreSQL can neither build nor drop an index of a partitioned table CONCURRENTLY, only those of its partitions.',
  remedy: `${ON_PARTITIONED}; to drop one, DROP INDEX the parent’s, which takes its parts with it`,
  bad: '-- phase: expand\n-- transaction: none\nCREATE INDEX CONCURRENTLY IF NOT EXISTS events_type_idx ON game.events (tenant_id, event_type);',
  safe: [
    'CREATE INDEX events_type_idx ON ONLY game.events (tenant_id, event_type);',
    '-- phase: expand\n-- transaction: none\nCREATE INDEX CONCURRENTLY IF NOT EXISTS events_y2026m11_type_idx ON game.events_y2026m11 (tenant_id, event_type);\n--> statement-breakpoint\nALTER INDEX game.events_type_idx ATTACH PARTITION game.events_y2026m11_type_idx;',
  ],
  findIn: (statement, scene) => {
    const { kind, node } = statement;
    if (node.concurrent !== true) return [];
    const table = tableOf(node.relation);
    if (kind === 'IndexStmt' && table && scene.catalogue.table(table)?.partitioned)
      return [{ object: indexIn(table, node), found: `The table ${named(table)} is partitioned` }];
    return droppedBy(statement).flatMap(({ parts }) => {
      const index = scene.catalogue.indexes.get(named(qualify(parts)));
      const partitioned = index && scene.catalogue.table(index.table)?.partitioned;
      return partitioned
        ? [{ object: named(qualify(parts)), found: `The table ${named(index.table)} is partitioned` }]
        : [];
    });
  },
};

export const indexRules = [notConcurrent, inTransaction, onPartitioned] as const;
