/** What an attacker tries who can run any SQL as `dmz_app`, to become a tenant; each with what the database answers. */
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { type Claims, tokenFor } from '../../src/kernel/isolation/enter-tenant.ts';

export interface Party {
  readonly id: string;
  readonly schema: string | null;
}

/** What an attacker knows of its victim, who need not be a secret. */
export interface Victim extends Party {
  readonly epoch: number;
  readonly hex: string;
}

export interface Attack {
  readonly name: string;
  /** SQLSTATE inside a tenant's transaction; undefined where the statement is carried out, to no effect. */
  readonly state: string | undefined;
  /** The same outside, where it differs. */
  readonly alone?: string;
  readonly statement: (victim: Victim, client: pg.Client) => string | Promise<string>;
}

export const entry = (claims: Claims) => async (victim: Victim, client: pg.Client) => {
  const token = await tokenFor(client, victim.id, { epoch: victim.epoch, ...claims });
  return `SELECT dmz.enter_tenant('${victim.id}', ${victim.epoch}, '${token}')`;
};
const GUESSED = Buffer.alloc(32, 7);
const caught = (statement: string) =>
  `DO $$ BEGIN PERFORM ${statement}; EXCEPTION WHEN OTHERS THEN NULL; END $$`;

/** On a tenant at whichever place. */
export const ATTACKS: readonly Attack[] = [
  ...["'dmz.tenant_id'", "'dmz.entered'", "'app.tenant'"].map((name) => ({
    name: `the variable ${name} set`,
    state: undefined,
    statement: ({ id, schema }: Victim) =>
      `SELECT set_config(${name}, '${id}${schema === null ? '' : `@${schema}`}', true)`,
  })),
  {
    name: 'the context set for the transaction',
    state: '42501',
    statement: ({ hex }) => `SELECT set_config('backtrace_functions', '${hex}', true)`,
  },
  { name: 'for the session', state: '42501', statement: ({ hex }) => `SET backtrace_functions = '${hex}'` },
  {
    name: 'by the view of settings',
    state: '42501',
    statement: ({ hex }) => `UPDATE pg_settings SET setting = '${hex}' WHERE name = 'backtrace_functions'`,
  },
  {
    name: 'for the role',
    state: '42501',
    statement: ({ hex }) => `ALTER ROLE dmz_app SET backtrace_functions = '${hex}'`,
  },
  {
    name: 'by a function with a setting',
    state: '42501',
    statement: ({ hex }) =>
      `CREATE FUNCTION pg_temp.f() RETURNS text LANGUAGE sql SET backtrace_functions = '${hex}' AS 'SELECT 1'`,
  },
  { name: 'put back', state: '42501', statement: () => 'RESET backtrace_functions' },
  { name: 'everything put back', state: undefined, statement: () => 'RESET ALL' },
  { name: 'everything thrown away', state: '25001', statement: () => 'DISCARD ALL' },
  {
    name: 'the former way in',
    state: 'ZD004',
    alone: 'ZD001',
    statement: ({ id }) => `SELECT dmz.enter_tenant('${id}')`,
  },
  {
    name: 'the former way in, with its refusal caught',
    state: undefined,
    statement: ({ id }) => caught(`dmz.enter_tenant('${id}')`),
  },
  {
    name: 'a function that enters by itself',
    state: 'ZD004',
    alone: 'ZD001',
    statement: ({ id, epoch }) => `SELECT admin.read_audit_log('${id}', ${epoch}, NULL, 0, NULL, 10)`,
  },
  {
    name: 'one that works as the owner',
    state: 'ZD004',
    alone: 'ZD001',
    statement: ({ id, epoch }) => `SELECT admin.open_audit_chain('${id}', ${epoch}, NULL)`,
  },
  {
    name: 'an append',
    state: 'ZD004',
    alone: 'ZD001',
    statement: ({ id, epoch }) =>
      `SELECT game.append_events('${id}', ${epoch}, NULL, ${"'{}', ".repeat(16)}'{}')`,
  },
  {
    name: 'what only the owner may call',
    state: '42501',
    statement: ({ id }) => `SELECT dmz.set_context('${id}', NULL)`,
  },
  { name: 'its door', state: '42501', statement: ({ id }) => `SELECT dmz.open_tenant('${id}')` },
  {
    name: 'the door of the maintenance role',
    state: '42501',
    statement: ({ id }) => `SELECT dmz.purge_tenant_rows('auth.users', '${id}', 1, 'x')`,
  },
  { name: 'the secret read', state: '42501', statement: () => 'SELECT * FROM public.context_keys' },
  {
    name: 'the secret copied',
    state: '42501',
    statement: () => 'COPY public.context_keys (inner_pad) TO STDOUT',
  },
  {
    name: 'a token tried without an entry',
    state: '42501',
    statement: ({ id }) => `SELECT dmz.verify_token('${id}', 1, 'x')`,
  },
  {
    name: 'no token',
    state: 'ZD080',
    statement: ({ id, epoch }) => `SELECT dmz.enter_tenant('${id}', ${epoch}, NULL)`,
  },
  {
    name: 'any text for a token',
    state: 'ZD080',
    statement: ({ id, epoch }) => `SELECT dmz.enter_tenant('${id}', ${epoch}, 'v1.token')`,
  },
  { name: 'a token of a key of one’s own', state: 'ZD081', statement: entry({ keyId: uuidv7() }) },
  { name: 'a token signed with a guess', state: 'ZD082', statement: entry({ secret: GUESSED }) },
  { name: 'a token for another tenant', state: 'ZD082', statement: entry({ tenantId: uuidv7() }) },
  { name: 'a token for another epoch', state: 'ZD082', statement: entry({ epoch: 77 }) },
  { name: 'a token for another database', state: 'ZD082', statement: entry({ database: 'elsewhere' }) },
  { name: 'a token of another connection', state: 'ZD083', statement: entry({ processId: 1 }) },
  { name: 'a token of earlier', state: 'ZD084', statement: entry({ aheadMs: -20_000 }) },
  { name: 'a token for later', state: 'ZD084', statement: entry({ aheadMs: 10_000 }) },
];

/** On one with a schema of its own, beside those. */
export const BECOMING: readonly Attack[] = [
  {
    name: 'its role',
    state: undefined,
    statement: ({ schema }) => `SET LOCAL ROLE dmz_${schema}`,
  },
  {
    name: 'its role, for the session',
    state: undefined,
    statement: ({ schema }) => `SELECT set_config('role', 'dmz_${schema}', false)`,
  },
  {
    name: 'its own append as its role',
    state: 'ZD004',
    alone: 'ZD001',
    statement: ({ id, epoch, schema }) =>
      `SET LOCAL ROLE dmz_${schema}; SELECT ${schema}.game_append_events('${id}', ${epoch}, NULL, ${"'{}', ".repeat(16)}'{}')`,
  },
  {
    name: 'the former way in as its role',
    state: 'ZD004',
    alone: 'ZD001',
    statement: ({ id, schema }) => `SET LOCAL ROLE dmz_${schema}; SELECT dmz.enter_tenant('${id}')`,
  },
  {
    name: 'a token for the module schemas',
    state: 'ZD004',
    alone: 'ZD082',
    statement: entry({ schema: null }),
  },
];
