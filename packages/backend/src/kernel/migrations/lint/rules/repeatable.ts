/** A file outside a transaction stops in the middle when it fails, so running any of its statements again must do no harm. */
import { isNode, type Node, tableOf } from '../../../schema-tier/syntax-tree.ts';
import { type Breach, namedIn, type Scene, type StatementRule } from '../lint-rule.ts';
import { alterationsOf, constraintsAddedBy, droppedBy, isOn, optionsOf } from '../read-alteration.ts';
import type { Statement } from '../read-migration.ts';

const notRepeatable: StatementRule = {
  name: 'not-repeatable',
  danger:
    'What a file with `-- transaction: none` has done stays when it is stopped, and a statement that nobody knows the end of is run again: what it made may be there already.',
  remedy:
    'write IF NOT EXISTS, IF EXISTS, OR REPLACE or ON CONFLICT; before ADD CONSTRAINT and CREATE POLICY, DROP … IF EXISTS; or move the statement into a file that is one transaction',
  bad: '-- phase: expand\n-- transaction: none\nCREATE INDEX CONCURRENTLY sessions_seed_idx ON game.sessions (tenant_id, seed);',
  safe: [
    '-- phase: expand\n-- transaction: none\nCREATE INDEX CONCURRENTLY IF NOT EXISTS sessions_seed_idx ON game.sessions (tenant_id, seed);',
  ],
  outsideBlocks: true,
  findIn: (statement, scene) => {
    if (scene.inTransaction) return [];
    return [
      ...ofStatement(statement, scene),
      ...ofAlterations(statement),
      ...ofConstraints(statement, scene),
    ];
  },
};

const IN_TRANSACTION = 'move it into a later file that is one transaction';

export const repeatableRules = [notRepeatable] as const;

/** Statements that make a thing, the field by which they say that it may be there, and how that is written. */
const GUARDED: Readonly<Record<string, readonly [field: string, wording: string]>> = {
  CreateStmt: ['if_not_exists', 'CREATE TABLE without IF NOT EXISTS'],
  CreateTableAsStmt: ['if_not_exists', 'CREATE TABLE AS without IF NOT EXISTS'],
  IndexStmt: ['if_not_exists', 'CREATE INDEX without IF NOT EXISTS'],
  CreateSchemaStmt: ['if_not_exists', 'CREATE SCHEMA without IF NOT EXISTS'],
  CreateSeqStmt: ['if_not_exists', 'CREATE SEQUENCE without IF NOT EXISTS'],
  CreateStatsStmt: ['if_not_exists', 'CREATE STATISTICS without IF NOT EXISTS'],
  CreateExtensionStmt: ['if_not_exists', 'CREATE EXTENSION without IF NOT EXISTS'],
  DropStmt: ['missing_ok', 'DROP without IF EXISTS'],
  CreateFunctionStmt: ['replace', 'CREATE FUNCTION without OR REPLACE'],
  CreateTrigStmt: ['replace', 'CREATE TRIGGER without OR REPLACE'],
  ViewStmt: ['replace', 'CREATE VIEW without OR REPLACE'],
  RuleStmt: ['replace', 'CREATE RULE without OR REPLACE'],
  InsertStmt: ['onConflictClause', 'INSERT without ON CONFLICT'],
};
/** What has no word for it. */
const UNGUARDED: Readonly<Record<string, string>> = {
  RenameStmt: 'RENAME, which fails when it is done',
  CreateEnumStmt: 'CREATE TYPE, which fails when it is done',
  CompositeTypeStmt: 'CREATE TYPE, which fails when it is done',
  CreateDomainStmt: 'CREATE DOMAIN, which fails when it is done',
  CreateRoleStmt: 'CREATE ROLE, which fails when it is done',
};

function ofStatement(statement: Statement, scene: Scene): Breach[] {
  const { kind, node } = statement;
  const object = objectOf(statement, scene);
  if (kind === 'CreatePolicyStmt') {
    const name = String(node.policy_name);
    const found = 'CREATE POLICY without DROP POLICY IF EXISTS before it';
    return isDroppedBefore('OBJECT_POLICY', name, scene) ? [] : [{ object, found }];
  }
  if (kind === 'AlterEnumStmt' && node.skipIfNewValExists !== true)
    return [{ object, found: 'ALTER TYPE … ADD VALUE without IF NOT EXISTS' }];
  const [field, wording] = GUARDED[kind] ?? [];
  const guarded = field !== undefined && (node[field] === true || isNode(node[field]) || isReplaced(node));
  const found = field === undefined ? UNGUARDED[kind] : wording;
  return guarded || found === undefined ? [] : [{ object, found }];
}

/** In the grammar of functions OR REPLACE is a field, in that of some others an option. */
const isReplaced = ({ options }: Node) => isOn(optionsOf(options), 'replace');

function objectOf(statement: Statement, { file }: Scene): string {
  const { node } = statement;
  const [dropped] = droppedBy(statement);
  if (dropped) return dropped.parts.join('.');
  const table = tableOf(node.relation ?? node.table ?? node.view);
  if (table && typeof node.idxname === 'string') return `${table.schema}.${node.idxname}`;
  return table ? `${table.schema}.${table.table}` : file.tag;
}

const isDroppedBefore = (type: string, name: string, { before }: Scene) =>
  before.flatMap(droppedBy).some((dropped) => dropped.type === type && dropped.parts.at(-1) === name);

const GUARDED_ALTERATIONS: Readonly<Record<string, string>> = {
  AT_AddColumn: 'ADD COLUMN without IF NOT EXISTS',
  AT_DropColumn: 'DROP COLUMN without IF EXISTS',
  AT_DropConstraint: 'DROP CONSTRAINT without IF EXISTS',
};

const PARTITIONS: Readonly<Record<string, string>> = {
  AT_AttachPartition: 'ATTACH PARTITION, which fails when it is done',
  AT_DetachPartition: 'DETACH PARTITION, which fails when it is done',
};
const BY_FUNCTION =
  'let pnpm dmz partitions attach and detach months, which look first; or excuse it where it is the file’s only statement';

function ofAlterations(statement: Statement): Breach[] {
  return alterationsOf(statement).flatMap(({ table, subtype, name, command, definition }) => {
    const partition = PARTITIONS[subtype];
    if (partition)
      return [{ object: `${table.schema}.${table.table}`, found: partition, remedy: BY_FUNCTION }];
    const found = GUARDED_ALTERATIONS[subtype];
    if (!found || command.missing_ok === true) return [];
    return [{ object: namedIn(table, name || String(definition?.colname)), found }];
  });
}

function ofConstraints(statement: Statement, { before }: Scene): Breach[] {
  const dropped = [...before, statement]
    .flatMap(alterationsOf)
    .filter(({ subtype, command }) => subtype === 'AT_DropConstraint' && command.missing_ok === true)
    .map(({ table, name }) => namedIn(table, name));
  return constraintsAddedBy(statement)
    .filter(({ column }) => !column)
    .flatMap(({ table, name, usingIndex }): Breach[] => {
      const object = namedIn(table, name);
      // Dropped before it is made again, the constraint would take the index with it.
      if (usingIndex)
        return [
          {
            object,
            found: 'ADD CONSTRAINT … USING INDEX, which fails when it is done',
            remedy: IN_TRANSACTION,
          },
        ];
      if (dropped.includes(object)) return [];
      return [{ object, found: 'ADD CONSTRAINT without DROP CONSTRAINT IF EXISTS before it' }];
    });
}
