/**
 * Which tables retention goes through, and by which class of data; and what goes with what. A game is kept, and goes, as a
 * whole: its events, actions, snapshots and all that was derived from them.
 */
import { getTableColumns } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import { metaOf } from '../kernel/db/index.ts';
import type { Part } from '../kernel/purges/index.ts';
import type { DataClass } from '../modules/org/index.ts';
import { tenantTablesAt } from '../modules/registry.ts';

/**
 * Records that say how things stand, however old they are. They are kept as long as the tenant is a customer, or until the
 * person whom they are about is forgotten.
 */
export const IN_FORCE: Readonly<Record<string, string>> = {
  'admin.audit_checkpoints': 'the audit chain is verified against them',
  'governance.consents': 'the last one says what a person has agreed to',
  'content.item_versions': 'the last one is what is played',
  'training.policy_versions': 'the last one is the policy',
  'ugc.versions': 'the last one is what a project is',
  'economy.user_achievements': 'a player has them',
  'files.objects': 'the bytes go first',
};

/** What is nothing without its whole, and what a whole is not whole without. */
const OF_RECORDS: readonly Part[] = [
  { child: 'ai.safety_findings', column: 'review_id', of: 'ai.safety_reviews' },
  { child: 'billing.invoice_lines', column: 'invoice_id', of: 'billing.invoices' },
  { child: 'lrs.statement_context_activities', column: 'statement_id', of: 'lrs.statements' },
  { child: 'lrs.statement_context_agents', column: 'statement_id', of: 'lrs.statements' },
  { child: 'lrs.statement_voids', column: 'voided_id', of: 'lrs.statements' },
  { child: 'lrs.attachments', column: 'statement_id', of: 'lrs.statements' },
];

const SESSIONS = 'game.sessions';
/**
 * Events and actions know their session without a foreign key. Bookings go with it and not before, since a ledger that is read
 * again from events would book them again; what they came to stays in the balances.
 */
const OF_SESSIONS: readonly Part[] = [
  { child: 'game.events', column: 'session_id', of: SESSIONS },
  { child: 'game.actions', column: 'session_id', of: SESSIONS },
  { child: 'economy.transactions', column: 'session_id', of: SESSIONS },
  { child: 'economy.ledger_entries', column: 'transaction_id', of: 'economy.transactions' },
];
const MODULES_OF_A_GAME = ['game', 'facility', 'threat'];

export interface RetainedTable {
  /** As schema.table. */
  readonly name: string;
  readonly dataClass: DataClass;
}

const MODULE_SCHEMAS = { placement: { schema: null } };

/** Roots alone: parts go with them. Those that refer to others come first. */
export function retainedTables(parts: readonly Part[]): RetainedTable[] {
  const isPart = new Set(parts.map(({ child }) => child));
  const roots = tenantTablesAt(MODULE_SCHEMAS).filter(({ name }) => !isPart.has(name) && !(name in IN_FORCE));
  return roots.reverse().flatMap(({ name, table }) => {
    const dataClass = classOf(name, table);
    return dataClass === undefined ? [] : [{ name, dataClass }];
  });
}

/** @returns undefined where rows are kept for as long as the tenant is a customer */
function classOf(name: string, table: PgTable): DataClass | undefined {
  const { retention, namespace } = metaOf(table);
  if (retention === 'operational') return 'operational';
  if (retention === 'tenant')
    return 'deletedAt' in getTableColumns(table)
      ? name === 'auth.users'
        ? 'accounts'
        : 'operational'
      : undefined;
  if (retention !== 'evidence') return undefined;
  if (namespace === 'admin') return 'audit';
  if (namespace === 'analytics') return 'analytics';
  return MODULES_OF_A_GAME.includes(namespace) ? 'play' : 'evidence';
}

/** What goes with a row of another table: of a game, whatever refers to the session or to something of it. */
export function partsOfUnits(): Part[] {
  const links = tenantTablesAt(MODULE_SCHEMAS)
    .filter(({ table }) => MODULES_OF_A_GAME.includes(metaOf(table).namespace))
    .flatMap(({ name, table }) => referencesOf(name, table));
  const members = new Set([SESSIONS]);
  for (let before = 0; before < members.size; ) {
    before = members.size;
    for (const { child, of } of links) if (members.has(of)) members.add(child);
  }
  const ofGames = links.filter(({ child, of }) => members.has(of) && child !== of);
  return [...OF_SESSIONS, ...ofGames, ...OF_RECORDS];
}

/** Every table whose rows a foreign key deletes with those of another; some of them are roots as well. */
export function partsByCascade(): Part[] {
  return tenantTablesAt(MODULE_SCHEMAS).flatMap(({ name, table }) => referencesOf(name, table, 'cascade'));
}

function referencesOf(child: string, table: PgTable, onDelete?: 'cascade'): Part[] {
  return getTableConfig(table).foreignKeys.flatMap((key) => {
    if (onDelete !== undefined && key.onDelete !== onDelete) return [];
    const { columns, foreignTable } = key.reference();
    const { namespace, name } = metaOf(foreignTable);
    return columns
      .filter((column) => column.name !== 'tenant_id')
      .map((column) => ({ child, column: column.name, of: `${namespace}.${name}` }));
  });
}
