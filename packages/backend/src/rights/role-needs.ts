/** What roles are and may at the database itself: who logs in, who becomes whom, and what is set past the walls. */
import { type Need, OWN_SCHEMA_ROLE } from '../kernel/rights/index.ts';

const once = (role: string, on: string, object: string, privilege: string, useCase: string): Need => ({
  role,
  on,
  object,
  privilege,
  useCase,
  at: 'database',
});

const LOGINS = [
  ['dmz_app', 'every service: what the program logs in as'],
  ['dmz_mover', 'tenant move, export, import: copies of whole tenants'],
  ['dmz_maintenance', 'partitions, retention, and purges of tenants that have left'],
] as const;

export const roleNeeds: readonly Need[] = [
  ...LOGINS.flatMap(([role, useCase]) => [
    once(role, 'attribute', '', 'LOGIN', useCase),
    once(role, 'database', '', 'CONNECT', useCase),
  ]),
  once('dmz_owner', 'database', '', 'CREATE', 'tenant create, tenant move: makes a schema of a tenant’s own'),
  ...['plpgsql', 'sql'].map((language) =>
    once('dmz_owner', 'language', language, 'USAGE', 'migrations make functions; nobody else writes code'),
  ),
  once('dmz_mover', 'attribute', '', 'REPLICATION', 'tenant move: follows changes by logical decoding'),
  once(
    'dmz_mover',
    'attribute',
    '',
    'BYPASSRLS',
    'tenant move, export, import: works in no tenant’s context, on the rows of one',
  ),
  once(
    'dmz_mover',
    'parameter',
    'session_replication_role',
    'SET',
    'tenant move, import: rows come as they were accepted, so no trigger runs',
  ),
  once(
    'dmz_owner',
    'parameter',
    'session_replication_role',
    'SET',
    'retention and purges: the doors delete what triggers protect from everybody',
  ),
  once(
    'dmz_owner',
    'parameter',
    'backtrace_functions',
    'SET',
    'every entry into a tenant: the context is where nobody else can write',
  ),
  ofOwnSchema(
    'dmz_app',
    OWN_SCHEMA_ROLE,
    'SET',
    'each transaction of a tenant with a schema of its own becomes its role',
  ),
  ofOwnSchema(
    OWN_SCHEMA_ROLE,
    'dmz_tenant',
    'INHERIT',
    'what all tenants with schemas of their own do alike is granted once',
  ),
];

function ofOwnSchema(role: string, object: string, privilege: string, useCase: string): Need {
  return { role, on: 'membership', object, privilege, useCase, at: 'own schema' };
}
