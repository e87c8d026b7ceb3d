/**
 * Locks on filled tables. A change of the catalogue alone may take ACCESS EXCLUSIVE for a moment: the runner waits for it no
 * longer than lock_timeout, and tries again. What holds it while rows are read or written is refused.
 * (Manual of PostgreSQL 18: 13.3 Explicit Locking, and the notes of each statement.)
 */
import { isNode, type TableName, tableOf } from '../../../schema-tier/syntax-tree.ts';
import { type Breach, named, namedIn, type Scene, type StatementRule } from '../lint-rule.ts';
import {
  type Alteration,
  alterationsOf,
  constraintsMadeBy,
  droppedBy,
  isOn,
  optionsOf,
  qualify,
} from '../read-alteration.ts';
import { listOf } from '../read-list.ts';
import type { Statement } from '../read-migration.ts';
import { changesRows } from './rows.ts';

const heldLong: StatementRule = {
  name: 'strong-lock-held-long',
  danger:
    'A lock stronger than SHARE UPDATE EXCLUSIVE that is held for as long as a filled table is read, written anew or waited for stops everybody who works with it.',
  remedy:
    'VACUUM without FULL; DETACH PARTITION … CONCURRENTLY; REFRESH … CONCURRENTLY; before ATTACH PARTITION a validated CHECK of the partition’s bounds. For the rest, a new table that is filled beside the old one',
  bad: 'LOCK TABLE game.sessions IN EXCLUSIVE MODE;',
  safe: ['ALTER TABLE game.sessions ADD COLUMN mood text;'],
  findIn: (statement, scene) => [
    ...ofCommands(statement, scene),
    ...ofAlterations(statement, scene),
    ...newPartition(statement, scene),
  ],
};

/** In the grammar's numbers, from ACCESS SHARE, 1. */
const SHARE_UPDATE_EXCLUSIVE = 4;

function ofCommands({ kind, node }: Statement, scene: Scene): Breach[] {
  const inFull = kind === 'VacuumStmt' && isOn(optionsOf(node.options), 'full');
  const named = {
    LockStmt: Number(node.mode) > SHARE_UPDATE_EXCLUSIVE ? 'It locks' : undefined,
    ClusterStmt: 'CLUSTER writes anew',
    RepackStmt: 'REPACK writes anew',
    AlterTableMoveAllStmt: 'SET TABLESPACE copies',
    TruncateStmt: 'TRUNCATE empties',
    VacuumStmt: inFull ? 'VACUUM FULL writes anew' : undefined,
    RefreshMatViewStmt: node.concurrent === true ? undefined : 'REFRESH without CONCURRENTLY writes anew',
  }[kind];
  return named === undefined
    ? []
    : subjectsOf(node, scene).map((object) => ({ object, found: `${named} ${object}` }));
}

/** Filled tables that a command names, or everything where it names none. */
function subjectsOf(node: Statement['node'], scene: Scene): string[] {
  const inList = [...listOf(node.relations), ...listOf(node.rels)].map(({ RangeVar, VacuumRelation }) =>
    tableOf(RangeVar ?? (isNode(VacuumRelation) ? VacuumRelation.relation : undefined)),
  );
  const tables = [tableOf(node.relation), ...inList].filter((table) => table !== undefined);
  if (tables.length === 0) return ['every table'];
  return tables.filter((table) => scene.isFilled(table)).map(named);
}

const REWRITING: Readonly<Record<string, string>> = {
  AT_SetLogged: 'SET LOGGED writes anew',
  AT_SetUnLogged: 'SET UNLOGGED writes anew',
  AT_SetTableSpace: 'SET TABLESPACE copies',
  AT_SetAccessMethod: 'SET ACCESS METHOD writes anew',
};

function ofAlterations(statement: Statement, scene: Scene): Breach[] {
  return alterationsOf(statement).flatMap((alteration) => {
    const { table, subtype, definition } = alteration;
    const object = named(table);
    if (subtype === 'AT_AttachPartition') return attaching(alteration, scene);
    if (!scene.isFilled(table)) return [];
    const rewriting = REWRITING[subtype];
    if (rewriting) return [{ object, found: `${rewriting} ${object}` }];
    if (subtype === 'AT_DetachPartition' && definition?.concurrent !== true)
      return [
        {
          object,
          found: `DETACH PARTITION without CONCURRENTLY locks ${object} and every query of it waits`,
        },
      ];
    if (subtype === 'AT_AlterConstraint' && definition?.alterEnforceability && definition.is_enforced)
      return [
        {
          object: namedIn(table, String(definition.conname)),
          found: `ENFORCED reads every row of ${object}`,
        },
      ];
    return [];
  });
}

/** The parent is locked lightly; the partition is read under ACCESS EXCLUSIVE, unless a CHECK proves what it holds. */
function attaching({ definition }: Alteration, scene: Scene): Breach[] {
  const part = tableOf(definition?.name);
  if (!part || !scene.isFilled(part)) return [];
  const constraints = [...(scene.catalogue.table(part)?.constraints.values() ?? [])];
  if (constraints.some(({ type, valid }) => type === 'check' && valid)) return [];
  return [
    {
      object: named(part),
      found: `ATTACH PARTITION reads every row of ${named(part)}, of which no valid CHECK is known`,
    },
  ];
}

/** PARTITION OF locks the parent with ACCESS EXCLUSIVE, and reads its default partition meanwhile. */
function newPartition(statement: Statement, scene: Scene): Breach[] {
  const parent = parentOf(statement);
  if (!parent || !scene.isFilled(parent)) return [];
  const found = `PARTITION OF locks ${named(parent)} and reads its default partition`;
  return [
    { object: named(parent), found, remedy: 'let dmz.ensure_partitions make the month, which attaches it' },
  ];
}

function parentOf({ kind, node }: Statement): TableName | undefined {
  const [parent] = kind === 'CreateStmt' && node.partbound !== undefined ? listOf(node.inhRelations) : [];
  return tableOf(parent?.RangeVar);
}

const workUnderLock: StatementRule = {
  name: 'work-under-strong-lock',
  danger:
    'A transaction keeps its locks to its end: what reads or changes many rows after a statement that locked a filled table makes everybody wait who works with that one.',
  remedy: 'put it into a later migration, so that the lock is let go first',
  bad: 'ALTER TABLE game.sessions ADD CONSTRAINT sessions_day_check CHECK (day >= 0) NOT VALID;\nALTER TABLE game.sessions VALIDATE CONSTRAINT sessions_day_check;',
  safe: [
    'ALTER TABLE game.sessions ADD CONSTRAINT sessions_day_check CHECK (day >= 0) NOT VALID;',
    'ALTER TABLE game.sessions VALIDATE CONSTRAINT sessions_day_check;',
  ],
  findIn: (statement, scene) => {
    const work = workOf(statement, scene);
    if (!work || !scene.inTransaction) return [];
    for (const earlier of scene.before) {
      const [locked] = stronglyLocked(earlier, scene);
      if (locked)
        return [
          {
            object: work.object,
            found: `${work.what} while ${named(locked)} is locked since line ${earlier.line}`,
          },
        ];
    }
    return [];
  },
};

function workOf(statement: Statement, scene: Scene): { object: string; what: string } | undefined {
  const validated = alterationsOf(statement).find(
    ({ subtype, table }) => subtype === 'AT_ValidateConstraint' && scene.isFilled(table),
  );
  if (validated)
    return { object: namedIn(validated.table, validated.name), what: 'VALIDATE CONSTRAINT reads every row' };
  const [changed] = changesRows(statement, scene);
  if (changed) return { object: named(changed.table), what: `${changed.what} of ${named(changed.table)}` };
  const read = statement.kind === 'SelectStmt' ? listOf(statement.node.fromClause) : [];
  const large = read.map(({ RangeVar }) => tableOf(RangeVar)).find((table) => table && scene.isLarge(table));
  return large && { object: named(large), what: `SELECT reads rows of ${named(large)}` };
}

/** Alterations that take no more than SHARE UPDATE EXCLUSIVE. */
const LIGHT = [
  ...['AT_ValidateConstraint', 'AT_SetStatistics', 'AT_SetRelOptions', 'AT_ResetRelOptions', 'AT_ClusterOn'],
  ...['AT_DropCluster', 'AT_SetOptions', 'AT_ResetOptions', 'AT_AttachPartition'],
];
const LOCKING_ITS_TABLE = [
  'CreateTrigStmt',
  'CreatePolicyStmt',
  'AlterPolicyStmt',
  'RuleStmt',
  'RenameStmt',
  'AlterObjectSchemaStmt',
];

/** Filled tables on which a statement takes a lock that writers meet. */
function stronglyLocked(statement: Statement, scene: Scene): TableName[] {
  const { kind, node } = statement;
  const altered = alterationsOf(statement)
    .filter(({ subtype }) => !LIGHT.includes(subtype))
    .map(({ table }) => table);
  const referred = constraintsMadeBy(statement).map(({ target }) => target);
  const own = LOCKING_ITS_TABLE.includes(kind) ? [tableOf(node.relation ?? node.table)] : [];
  const dropped = droppedBy(statement)
    .filter(({ type }) => ['OBJECT_TABLE', 'OBJECT_TRIGGER', 'OBJECT_POLICY'].includes(type))
    .map(({ parts }) => qualify(parts.slice(0, 2)));
  return [...altered, ...referred, ...own, ...dropped, parentOf(statement)].filter(
    (table): table is TableName => table !== undefined && scene.isFilled(table),
  );
}

const opaqueBlock: StatementRule = {
  name: 'opaque-block',
  danger:
    'What a block runs by EXECUTE is a text that is put together when it runs: nobody can say beforehand what it locks or drops. The plain statements of a block are read like any others.',
  remedy: 'write the statements out, or excuse the block and say what it does to which tables',
  bad: "DO $$ BEGIN EXECUTE format('DROP TABLE %I', 'sessions'); END $$;",
  safe: [
    "DO $$ BEGIN IF NOT EXISTS (SELECT FROM public.countries) THEN INSERT INTO public.countries VALUES ('XX', 'Nowhere'); END IF; END $$;",
  ],
  findIn: ({ opaque }, { file }) =>
    opaque ? [{ object: file.tag, found: 'It runs a DO block that executes texts' }] : [],
};

const timeoutChanged: StatementRule = {
  name: 'lock-timeout-changed',
  danger:
    'Whoever waits for a lock makes everybody after him wait too, so the runner waits a short time only, and tries again.',
  remedy: 'leave lock_timeout to the runner',
  bad: 'SET LOCAL lock_timeout = 0;',
  safe: ["SET LOCAL work_mem = '64MB';"],
  findIn: ({ kind, node }, { file }) => {
    const all = node.kind === 'VAR_RESET_ALL';
    if (kind !== 'VariableSetStmt' || !(all || node.name === 'lock_timeout')) return [];
    return [{ object: file.tag, found: all ? 'It resets every setting' : 'It sets lock_timeout' }];
  },
};

export const lockRules = [heldLong, workUnderLock, opaqueBlock, timeoutChanged] as const;
