/**
 * Who calls which function of the database, and from where. `from` is the file that has the call, so that a test can hold
 * this list to the code; a function that another one or a policy calls as its caller says which.
 */
import { type Need, OWN_SCHEMA_ROLE } from '../kernel/rights/index.ts';

interface Call {
  /** As schema.function/arity. */
  readonly name: string;
  readonly roles: readonly string[];
  /** From src, or the database's own that calls it. */
  readonly from: string;
}

const APPLICATION = ['dmz_app'];
/** As itself, and as the role of a tenant with a schema of its own. */
const EVERY_TENANT = ['dmz_app', 'dmz_tenant'];
const MAINTENANCE = ['dmz_maintenance'];
const MOVER = ['dmz_mover'];
const POLICIES = 'row-level security';

export const functionCalls: readonly Call[] = [
  { name: 'dmz.enter_tenant/3', roles: APPLICATION, from: 'kernel/tenancy/enter.ts' },
  { name: 'dmz.context_key/0', roles: APPLICATION, from: 'kernel/context/signer.ts' },
  { name: 'dmz.enter_tenant/2', roles: EVERY_TENANT, from: 'game.append_events, admin.read_audit_log' },
  { name: 'dmz.current_tenant/0', roles: APPLICATION, from: POLICIES },
  { name: 'dmz.current_tenant_in/1', roles: ['dmz_tenant'], from: POLICIES },
  { name: 'dmz.refuse_context/1', roles: EVERY_TENANT, from: POLICIES },
  { name: 'dmz.locate_tenant/2', roles: APPLICATION, from: 'kernel/tenancy/router.ts' },
  { name: 'dmz.interrupted_by_move/1', roles: APPLICATION, from: 'kernel/tenancy/router.ts' },
  { name: 'dmz.report_program/5', roles: APPLICATION, from: 'kernel/programs/report-program.ts' },
  { name: 'dmz.sign_off_program/1', roles: APPLICATION, from: 'kernel/programs/report-program.ts' },

  { name: 'dmz.hold_move/2', roles: MOVER, from: 'kernel/mover/copy.ts' },
  { name: 'dmz.advance_move/4', roles: MOVER, from: 'kernel/mover/apply.ts' },
  { name: 'dmz.delete_moved_row/4', roles: MOVER, from: 'kernel/mover/apply.ts' },

  { name: 'dmz.active_tenants/0', roles: MAINTENANCE, from: 'kernel/tenancy/active-tenants.ts' },
  { name: 'dmz.placement_of/1', roles: MAINTENANCE, from: 'kernel/partitions/list.ts' },
  { name: 'dmz.find_month/2', roles: MAINTENANCE, from: 'kernel/partitions/ensure.ts' },
  { name: 'dmz.prepare_month/3', roles: MAINTENANCE, from: 'kernel/partitions/ensure.ts' },
  { name: 'dmz.attach_month/2', roles: MAINTENANCE, from: 'kernel/partitions/ensure.ts' },
  { name: 'dmz.detach_month/2', roles: MAINTENANCE, from: 'kernel/partitions/detach.ts' },
  { name: 'dmz.count_strays/1', roles: MAINTENANCE, from: 'kernel/partitions/strays.ts' },
  { name: 'dmz.count_month/2', roles: MAINTENANCE, from: 'kernel/partitions/purge.ts' },
  { name: 'dmz.drop_month/4', roles: MAINTENANCE, from: 'kernel/partitions/purge.ts' },
  { name: 'dmz.is_served_from/2', roles: MAINTENANCE, from: 'kernel/mover/purge.ts' },
  { name: 'dmz.purge_unmoved_rows/6', roles: MAINTENANCE, from: 'kernel/mover/purge.ts' },
  { name: 'dmz.purge_due_rows/8', roles: MAINTENANCE, from: 'kernel/purges/purge-door.ts' },
  { name: 'dmz.purge_audit_entries/8', roles: MAINTENANCE, from: 'kernel/purges/purge-door.ts' },
  { name: 'dmz.latest_retention_run/1', roles: MAINTENANCE, from: 'kernel/purges/purge-door.ts' },
];

/** Functions that modules call as a whole tenant transaction, `tenantFunction`; the module's own schema has them. */
export const tenantCalls: readonly Omit<Call, 'roles'>[] = [
  { name: 'game.append_events/20', from: 'modules/game/append-events.ts' },
  { name: 'admin.open_audit_chain/3', from: 'modules/admin/audit-chain.ts' },
  { name: 'admin.read_audit_log/6', from: 'modules/admin/audit-chain.ts' },
];

/** What these functions do with tables as whoever calls them; the others run as their owner, or change nothing. */
export const doneAsCaller = [
  { table: 'game.actions', operation: 'insert', useCase: 'game.append_events' },
  { table: 'game.events', operation: 'insert', useCase: 'game.append_events' },
] as const;

const execute = (role: string, object: string, useCase: string, at: Need['at']): Need => ({
  role,
  on: 'function',
  object,
  privilege: 'EXECUTE',
  useCase,
  at,
});

export const functionNeeds: readonly Need[] = [
  ...functionCalls.flatMap(({ name, roles, from }) =>
    roles.map((role) => execute(role, name, from, 'database')),
  ),
  ...tenantCalls.flatMap(({ name, from }) => [
    execute('dmz_app', name, from, 'database'),
    execute(OWN_SCHEMA_ROLE, name, from, 'own schema'),
  ]),
];
