/**
 * The lock that a statement takes on which table, by the manual of PostgreSQL 18: "Explicit Locking" (13.3.1), and the
 * notes on each form of ALTER TABLE. A kind of statement that is not known here is said to take ACCESS EXCLUSIVE, and
 * what a block of code or a function does is not known either.
 */
import { type Node, nameOf, tableOf, walk } from '../schema-tier/syntax-tree.ts';
import { alterTableLocks } from './lock-levels-of-alter-table.ts';
import type { ParsedStatement } from './parse-statements.ts';

/** From the weakest to the strongest. */
export const LOCKS = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
] as const;
export type LockLevel = (typeof LOCKS)[number];

export interface TableLock {
  readonly lock: LockLevel;
  /** `schema.table`; null where the statement does not say which. */
  readonly table: string | null;
}

/** Nobody can tell which. */
export const UNKNOWN: TableLock = { lock: 'ACCESS EXCLUSIVE', table: null };

/** @returns no locks where the statement takes none on tables that were there before it */
export function locksOf({ kind, node }: Pick<ParsedStatement, 'kind' | 'node'>): TableLock[] {
  const known = KINDS[kind];
  if (known) return strongest(known(node));
  return NO_TABLE.test(kind) ? [] : [UNKNOWN];
}

/** Statements about what is no table: they lock rows of the catalogue alone. */
const NO_TABLE =
  /^(Create(Schema|Function|Role|Enum|Range|Domain|Seq|Extension|Event|OpClass|OpFamily|Cast|Conversion|Am|Publication)|AlterRole|AlterRoleSet|AlterFunction|AlterSeq|AlterDefaultPrivileges|AlterDatabaseSet|AlterDomain|AlterEnum|AlterOwner|GrantRole|DropRole|VariableSet|VariableShow|CompositeType|Define|Notify|Listen|Checkpoint|Discard|Transaction)(Stmt)?$/;

type LocksOfKind = (node: Node) => TableLock[];

const KINDS: Readonly<Record<string, LocksOfKind>> = {
  AlterTableStmt: alterTableLocks,
  CreateStmt: created,
  CreateTableAsStmt: (node) => queried(node.query, 'ACCESS SHARE'),
  ViewStmt: (node) => [
    ...queried(node.query, 'ACCESS SHARE'),
    ...on(node.view, 'ACCESS EXCLUSIVE', node.replace === true),
  ],
  IndexStmt: (node) => on(node.relation, node.concurrent ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE'),
  CreateTrigStmt: (node) => on(node.relation, 'SHARE ROW EXCLUSIVE'),
  CreatePolicyStmt: (node) => on(node.table, 'ACCESS EXCLUSIVE'),
  AlterPolicyStmt: (node) => on(node.table, 'ACCESS EXCLUSIVE'),
  RuleStmt: (node) => on(node.relation, 'ACCESS EXCLUSIVE'),
  RenameStmt: (node) =>
    on(node.relation, node.renameType === 'OBJECT_INDEX' ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE'),
  AlterObjectSchemaStmt: (node) => on(node.relation, 'ACCESS EXCLUSIVE'),
  CreateStatsStmt: (node) => relationsIn(node.relations, 'SHARE UPDATE EXCLUSIVE'),
  CommentStmt: commented,
  GrantStmt: () => [],
  DropStmt: dropped,
  DropOwnedStmt: () => [UNKNOWN],
  TruncateStmt: (node) => relationsIn(node.relations, 'ACCESS EXCLUSIVE'),
  LockStmt: (node) => relationsIn(node.relations, LOCKS[Number(node.mode) - 1] ?? 'ACCESS EXCLUSIVE'),
  VacuumStmt: (node) => relationsIn(node.rels, isFull(node) ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE'),
  ReindexStmt: (node) => [...on(node.relation, 'SHARE'), ...(node.relation ? [] : [UNKNOWN])],
  RefreshMatViewStmt: (node) => on(node.relation, node.concurrent ? 'EXCLUSIVE' : 'ACCESS EXCLUSIVE'),
  SelectStmt: (node) => queried(node, node.lockingClause ? 'ROW SHARE' : 'ACCESS SHARE'),
  InsertStmt: written,
  UpdateStmt: written,
  DeleteStmt: written,
  MergeStmt: written,
  CopyStmt: (node) => on(node.relation, node.is_from ? 'ROW EXCLUSIVE' : 'ACCESS SHARE'),
};

/** The table that a node names, where a condition holds. */
function on(relation: unknown, lock: LockLevel, holds = true): TableLock[] {
  const found = tableOf(relation);
  return found && holds ? [{ lock, table: `${found.schema}.${found.table}` }] : [];
}

/** Every table that is named anywhere in a part of a statement. */
function relationsIn(part: unknown, lock: LockLevel): TableLock[] {
  const found: TableLock[] = [];
  walk(part, (node) => found.push(...on(node, lock)));
  return found;
}

/** The new table is nobody else's; those that it refers to, or is a part of, are. */
function created(node: Node): TableLock[] {
  const parents = relationsIn(
    node.inhRelations,
    node.partbound ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE',
  );
  const referred: TableLock[] = [];
  walk([node.tableElts, node.constraints], ({ pktable }) =>
    referred.push(...on(pktable, 'SHARE ROW EXCLUSIVE')),
  );
  return [...parents, ...referred];
}

function commented({ objtype, object }: Node): TableLock[] {
  const depth = {
    OBJECT_TABLE: 0,
    OBJECT_VIEW: 0,
    OBJECT_COLUMN: 1,
    OBJECT_TRIGGER: 1,
    OBJECT_POLICY: 1,
    OBJECT_TABCONSTRAINT: 1,
  }[String(objtype)];
  const name = nameOf(object);
  if (depth === undefined || !name) return [];
  const weak =
    objtype === 'OBJECT_TRIGGER' || objtype === 'OBJECT_POLICY' || objtype === 'OBJECT_TABCONSTRAINT';
  return [
    {
      lock: weak ? 'ACCESS SHARE' : 'SHARE UPDATE EXCLUSIVE',
      table: qualified(name.slice(0, name.length - depth)),
    },
  ];
}

/** Of dropped triggers, policies and rules the table is named; of an index it is not. */
function dropped({ removeType, objects, concurrent, behavior }: Node): TableLock[] {
  const names = (Array.isArray(objects) ? objects : []).map(nameOf);
  const cascade = behavior === 'DROP_CASCADE' ? [UNKNOWN] : [];
  if (['OBJECT_TRIGGER', 'OBJECT_POLICY', 'OBJECT_RULE'].includes(String(removeType)))
    return names.flatMap((name) => [
      { lock: 'ACCESS EXCLUSIVE' as const, table: name ? qualified(name.slice(0, -1)) : null },
    ]);
  // A table's foreign keys go with it, and are dropped from the tables at their other end too.
  if (removeType === 'OBJECT_TABLE') cascade.push(UNKNOWN);
  if (['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW'].includes(String(removeType)))
    return [
      ...names.map((name) => ({ lock: 'ACCESS EXCLUSIVE' as const, table: name ? qualified(name) : null })),
      ...cascade,
    ];
  if (removeType === 'OBJECT_INDEX')
    return [{ lock: concurrent ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE', table: null }];
  return removeType === 'OBJECT_FUNCTION' || removeType === 'OBJECT_SEQUENCE' ? cascade : [UNKNOWN];
}

function written(node: Node): TableLock[] {
  const { relation, ...rest } = node;
  return [...on(relation, 'ROW EXCLUSIVE'), ...queried(rest, 'ACCESS SHARE')];
}

/** What is read; a function of ours may do anything. */
function queried(part: unknown, lock: LockLevel): TableLock[] {
  let calls = false;
  walk(part, ({ funcname }) => {
    const name = nameOf(funcname) ?? [];
    calls ||= name.length > 1 && name[0] !== 'pg_catalog';
  });
  return [...relationsIn(part, lock), ...(calls ? [UNKNOWN] : [])];
}

const qualified = (name: readonly string[]): string =>
  name.length > 1 ? name.join('.') : `public.${name[0] ?? ''}`;

function isFull({ options }: Node): boolean {
  let full = false;
  walk(options, ({ defname }) => {
    full ||= defname === 'full';
  });
  return full;
}

/** One lock a table: the strongest that the statement takes. */
function strongest(locks: readonly TableLock[]): TableLock[] {
  const byTable = new Map<string | null, LockLevel>();
  for (const { table, lock } of locks) {
    const known = byTable.get(table);
    if (!known || LOCKS.indexOf(lock) > LOCKS.indexOf(known)) byTable.set(table, lock);
  }
  return [...byTable].map(([table, lock]) => ({ table, lock }));
}
