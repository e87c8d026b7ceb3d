/**
 * What an attacker says in a request of its own tenant: to read another one's people at once, or to leave something in the
 * session that makes the next request of another tenant read, show or do what it should not. Each with its answer.
 */
import type { Party, Victim } from './context-attacks.ts';

export interface Injection {
  readonly name: string;
  /** Put into the text of the service's own statement, or statements that are whole. */
  readonly text: (victim: Victim, own: Party) => string | readonly string[];
  /** That the database refuses it; else it is carried out, to no effect on others. */
  readonly refused?: true;
}

export const usersOf = ({ schema }: Party): string =>
  schema === null ? 'auth.users' : `${schema}.auth_users`;
const read = (party: Party) => `SELECT id::text, created_at::text FROM ${usersOf(party)}`;
const roleOf = ({ schema }: Party) => (schema === null ? 'dmz_app' : `dmz_${schema}`);
const union = (first: string) => `' UNION SELECT (${first})::text, '' --`;

/** Settings that the next statement on the connection would feel, were they left in the session. */
const SETTINGS: Readonly<Record<string, string>> = {
  search_path: 'pg_temp',
  TimeZone: 'Pacific/Kiritimati',
  DateStyle: 'German',
  IntervalStyle: 'sql_standard',
  bytea_output: 'escape',
  extra_float_digits: '-15',
  default_transaction_read_only: 'on',
  default_transaction_isolation: 'serializable',
  row_security: 'off',
  statement_timeout: '300',
  lock_timeout: '1',
  idle_in_transaction_session_timeout: '0',
  enable_indexscan: 'off',
  work_mem: '64kB',
  application_name: 'somebody else',
  'dmz.tenant_id': '00000000-0000-0000-0000-000000000000',
};

/** Each reads or tries to; what it says is good for reading its own tenant alone. */
export const READING: readonly Injection[] = [
  { name: 'a condition that is always true', text: () => "' OR true --" },
  { name: 'a UNION with its own people', text: (_, own) => `' UNION ${read(own)} --` },
  { name: 'statements behind its own', text: (victim) => `'; ${read(victim)}; --`, refused: true },
  {
    name: 'an end and another beginning behind its own',
    text: ({ hex }) => `'; COMMIT; BEGIN; SELECT set_config('backtrace_functions', '${hex}', true); --`,
    refused: true,
  },
  {
    name: 'the context set within its own',
    text: ({ hex }) => union(`SELECT set_config('backtrace_functions', '${hex}', false)`),
    refused: true,
  },
  {
    name: 'a token of its own making',
    text: ({ id, epoch }) => union(`SELECT dmz.enter_tenant('${id}', ${epoch}, 'v1.token')`),
    refused: true,
  },
  { name: 'what others run at the moment', text: () => "' UNION SELECT query, '' FROM pg_stat_activity --" },
  {
    name: 'a transaction of its own, with a forged context',
    text: ({ hex }) => ['COMMIT', 'BEGIN', `SELECT set_config('backtrace_functions', '${hex}', true)`],
    refused: true,
  },
  {
    name: 'a transaction of its own without a context',
    text: (victim) => ['COMMIT', 'BEGIN', `SET ROLE ${roleOf(victim)}`, read(victim)],
    refused: true,
  },
  {
    name: 'one chained to its own',
    text: (victim) => ['COMMIT AND CHAIN', `SET ROLE ${roleOf(victim)}`, read(victim)],
    refused: true,
  },
  { name: 'everything reset', text: (victim) => ['RESET ALL', 'RESET ROLE', read(victim)], refused: true },
  { name: 'the owner’s role', text: () => ['SET ROLE dmz_owner'], refused: true },
  { name: 'the owner’s session', text: () => ['SET SESSION AUTHORIZATION dmz_owner'], refused: true },
  { name: 'a DO block', text: () => ['RESET ROLE', 'DO $$ BEGIN NULL; END $$'], refused: true },
  { name: 'a temporary table', text: () => ['CREATE TEMPORARY TABLE users (id text)'], refused: true },
  { name: 'a schema of its own', text: () => ['CREATE SCHEMA own'], refused: true },
  {
    name: 'a function of its own',
    text: () => ["CREATE FUNCTION public.current_tenant() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'"],
    refused: true,
  },
];

/** Each leaves something in the session, and is carried out. */
export const LEAVING: readonly Injection[] = [
  ...Object.entries(SETTINGS).map(([name, value]) => ({
    name: `the setting ${name}`,
    text: () => union(`SELECT set_config('${name}', '${value}', false)`),
  })),
  {
    name: 'all settings, from a transaction of its own',
    text: () => [
      'COMMIT',
      ...Object.entries(SETTINGS).map(([name, value]) => `SELECT set_config('${name}', '${value}', false)`),
      'BEGIN',
    ],
  },
  { name: 'its role', text: (_, own) => ['RESET ROLE', `SET SESSION ROLE ${roleOf(own)}`] },
  { name: 'the victim’s role', text: (victim) => ['COMMIT', `SET SESSION ROLE ${roleOf(victim)}`] },
  {
    name: 'a cursor that is held',
    text: (_, own) => [`DECLARE kept CURSOR WITH HOLD FOR ${read(own)}`],
  },
  { name: 'an ear', text: () => ['LISTEN sessions', 'LISTEN own'] },
  {
    name: 'the victim’s fence, locked',
    text: ({ id }) => union(`SELECT pg_advisory_lock(hashtextextended('fence:${id}', 0))`),
  },
  { name: 'a lock that is shared', text: () => union('SELECT pg_advisory_lock_shared(4711)') },
  {
    name: 'statements under the names that are known',
    text: (_, own) => [`PREPARE enter_tenant AS ${read(own)}`, `PREPARE enter_tenant_as AS ${read(own)}`],
  },
  { name: 'no statements', text: () => ['DEALLOCATE ALL'] },
  { name: 'nothing at all', text: () => ['COMMIT', 'DISCARD ALL'] },
];
