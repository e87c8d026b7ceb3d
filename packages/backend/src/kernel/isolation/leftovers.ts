/** What a connection keeps of the transaction before: after it has ended in each way, and in the real pool. */
import type pg from 'pg';
import { isDmzError } from '../errors/index.ts';
import { attempt, describeOutcome } from './attempt.ts';
import { enterTenant } from './enter-tenant.ts';
import type { Field, Target } from './field.ts';
import { type Group, judge, type Note } from './group.ts';
import { type OneConnection, openPool } from './pooled.ts';
import type { Verdict } from './tally.ts';

export const leftovers: Group = {
  name: 'leftovers',
  tries:
    'A read without a tenant right after a transaction of one was committed, rolled back, refused, timed out, cancelled, ended within a savepoint or with its connection; one prepared statement of two tenants; and the same through the real pool.',
  standsFor: 'A pooled connection that still is in the tenant of the request before.',
  remedy: 'set the context for the transaction alone, set_config(…, true), as dmz.set_context does',
  async attack(field, note) {
    const target = field.targets.find(({ filled, granted }) => filled && granted.includes('SELECT'));
    if (!target) return note({ rule: 'the-context-ends-with-its-transaction', object: 'every way' }, 'empty');
    const client = await field.connect();
    for (const [name, end] of Object.entries(ENDS)) {
      await client.query('BEGIN');
      await enterTenant(client, field.own.id);
      await end(client, target).catch(() => {}); // that it fails is its point
      await client.query('ROLLBACK');
      const outcome = await attempt(client, 'none', `SELECT FROM ${target.name} LIMIT 1`);
      const detail =
        outcome.state === undefined ? `answered without a tenant: ${describeOutcome(outcome)}` : undefined;
      note({ rule: 'the-context-ends-with-its-transaction', object: name }, judge(outcome, detail, true));
      await client.query('RESET ALL'); // so that one end does not answer for the next
    }
    for (const each of field.targets) await sharePrepared(field, client, each, note);
    await tryPool(field, target, note);
  },
};

type End = (client: pg.Client, target: Target) => Promise<unknown>;

const ENDS: Readonly<Record<string, End>> = {
  commit: (client) => client.query('COMMIT'),
  rollback: (client) => client.query('ROLLBACK'),
  'a refused statement': (client) => client.query('SELECT 1 / 0'),
  'a statement that timed out': (client) =>
    client.query('SET LOCAL statement_timeout = 5; SELECT pg_sleep(1)'),
  'a statement that was cancelled': (client) =>
    client.query('SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(1)'),
  'a commit that was refused': async (client) => {
    await client.query('SELECT 1 / 0').catch(() => {});
    await client.query('COMMIT');
  },
  'a transaction within it': async (client, { name }) => {
    await client.query(`SAVEPOINT within; SELECT FROM ${name} LIMIT 1; ROLLBACK TO within; COMMIT`);
  },
  'a transaction chained to it': (client) => client.query('COMMIT AND CHAIN'),
};

/** More than the five executions after which PostgreSQL plans a statement for any value. */
const EXECUTIONS = 7;

/** One statement by one name, first for the victim, then for the attacker. */
async function sharePrepared(
  { own, victim, place }: Field,
  client: pg.Client,
  target: Target,
  note: Note,
): Promise<void> {
  const aim = { rule: 'a-prepared-statement-serves-each-tenant-alone', object: target.name };
  // In a schema of its own the victim cannot be entered, so nothing of it was prepared there.
  if (!target.prey || !target.granted.includes('SELECT') || place.schema !== null) return note(aim, 'empty');
  const text = `SELECT tenant_id::text FROM ${target.name} ORDER BY 1 LIMIT 20`;
  const query = { name: `shared ${target.name}`.slice(0, 63), text };
  for (const { id } of [victim, own]) {
    await client.query('BEGIN');
    try {
      await enterTenant(client, id);
      for (let at = 0; at < EXECUTIONS; at += 1) {
        const { rows } = await client.query(query);
        const foreign = rows.filter(({ tenant_id }) => tenant_id !== id).length;
        if (foreign > 0) return note(aim, { through: `${foreign} rows of the tenant before` });
      }
    } finally {
      await client.query('ROLLBACK');
    }
  }
  note(aim, 'refused');
}

/** The victim works on the only connection, in a way that ends badly; then the attacker, then nobody. */
async function tryPool(field: Field, { name }: Target, note: Note): Promise<void> {
  const pool = openPool(field.place);
  const ends = {
    ...{ 'work that is done': 'SELECT 1', 'work that fails': 'SELECT 1 / 0' },
    'work that is cancelled': 'SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(1)',
    'a backend that is killed': 'SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(1)',
  };
  try {
    for (const [end, text] of Object.entries(ends)) {
      const aim = { rule: 'a-pooled-connection-has-no-past', object: `the pool, after ${end}` };
      await pool.inTenant(field.victim.id, text).catch(() => {});
      note(aim, await readNext(pool, field.own.id, name));
      note(aim, await pool.outside(`SELECT FROM ${name} LIMIT 1`));
    }
  } finally {
    await pool.close();
  }
}

async function readNext(pool: OneConnection, own: string, table: string): Promise<Verdict> {
  const others = `SELECT FROM ${table} WHERE tenant_id IS DISTINCT FROM '${own}' LIMIT 5`;
  try {
    const { rowCount } = await pool.inTenant(own, others);
    return rowCount ? { through: `${rowCount} rows of another tenant read` } : 'refused';
  } catch (error) {
    if (isDmzError(error, 'TENANCY_NO_CONTEXT'))
      return { through: 'the connection was still in the tenant before' };
    throw error;
  }
}
