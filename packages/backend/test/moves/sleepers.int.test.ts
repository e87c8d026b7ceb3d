/**
 * Whoever slept through a move, and wakes with what he knew before: a router, a connection with prepared statements, a
 * transaction's context, a job. Each ends at the new place, or is refused; none writes to the old one.
 */
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { tenantRole, tenantSchema } from '../../src/kernel/db/index.ts';
import { enterTenant } from '../../src/kernel/isolation/enter-tenant.ts';
import { type Move, type MovePlace, runMove } from '../../src/kernel/mover/index.ts';
import type { TenantTx } from '../../src/kernel/tenancy/index.ts';
import { orgTables } from '../../src/modules/org/schema.ts';
import { refusalOfSql, type SqlClient } from '../harness/by-hand.ts';
import { useDatabase } from '../harness/database.ts';
import { optionsFor, placeOf, plannedMove } from '../harness/mover.ts';
import { playedGame, startedSession } from '../harness/play.ts';

const TENANT = 'small-company';
const SCHEMA = tenantSchema(TENANT);
/** Any number that nothing else in the platform locks. */
const GATE = 4243;
const DEPARTMENTS: [string, string] = ['org', 'departments'];

const HOME = placeOf('shared', 'main');
const MOVES: [string, MovePlace, MovePlace][] = [
  ['to another instance', HOME, placeOf('instance', 'second')],
  ['back from there', placeOf('instance', 'second'), HOME],
  ['into a schema of its own, in the same database', HOME, placeOf('schema', 'main', SCHEMA)],
  ['out of it again', placeOf('schema', 'main', SCHEMA), HOME],
];

describe('who slept through a move', { timeout: 120_000 }, () => {
  const db = useDatabase({ instances: { second: { from: 'empty' } } });
  const clients: Record<string, SqlClient> = {};
  let tenantId = '';
  beforeAll(async () => {
    for (const instance of ['main', 'second']) clients[instance] = await db.connectAsAdmin(instance);
    tenantId = (await db.platform.tenancy.locate(TENANT)).id;
  });

  const move = async (to: MovePlace, onStep: (move: Move) => Promise<void> | void = () => {}) => {
    const { id } = await plannedMove(db, TENANT, to, { maxPauseMs: 500 });
    return runMove(optionsFor(db, { onStep }), id);
  };
  const tableAt = ({ schema }: MovePlace, module: string, table: string) =>
    schema === null ? `${module}.${table}` : `${schema}.${module}_${table}`;
  /** Rows of a table at a place, by a condition with one value. */
  async function countAt(place: MovePlace, table: [string, string], where: string, value: string) {
    const text = `SELECT count(*)::int AS n FROM ${tableAt(place, ...table)} WHERE ${where} = $1`;
    return (await clients[place.instance]!.query(text, [value])).rows[0].n as number;
  }
  const addDepartment = (tx: TenantTx, name: string) =>
    tx.insert(orgTables(tx).departments).values({ tenantId: tx.tenantId, name });
  const departments = (place: MovePlace, name: string) => countAt(place, DEPARTMENTS, 'name', name);

  describe.each(MOVES)('%s', (way, from, to) => {
    it('a router finds the new place, on connections and by statements that it has from before', async () => {
      const asleep = db.open({ poolSize: 1, idlePoolMs: 600_000 });
      const { sessionId, lastSequence } = await startedSession(asleep, TENANT);
      await asleep.tenancy.run(TENANT, (tx) => addDepartment(tx, `awake, ${way}`));
      await move(to);

      const retries: string[] = [];
      await asleep.tenancy.run(TENANT, (tx) => addDepartment(tx, `asleep, ${way}`), {
        onRetry: (error) => void retries.push((error as { code: string }).code),
      });
      expect(retries).toEqual(['TENANCY_MOVED']);
      expect([await departments(from, `awake, ${way}`), await departments(to, `awake, ${way}`)]).toEqual([
        1, 1,
      ]);
      expect([await departments(from, `asleep, ${way}`), await departments(to, `asleep, ${way}`)]).toEqual([
        0, 1,
      ]);

      const action = { type: 'acknowledge_day' } as const;
      const acted = await asleep.game.act(TENANT, { sessionId, actionId: uuidv7(), action });
      const events = (place: MovePlace) => countAt(place, ['game', 'events'], 'session_id', sessionId);
      expect([await events(from), await events(to)]).toEqual([lastSequence, acted.lastSequence]);
    });
  });

  describe.each(MOVES)('%s', (_, from, to) => {
    it('a job that was waiting, and one that was at work, are done at the new place, once', async () => {
      const unfollowed = db.open({ consumers: [] });
      const worker = db.open({});
      await worker.consumers.settle(TENANT);
      const waiting = await playedGame(unfollowed, TENANT, { seed: 21, days: 1 });
      await closeGate(from);
      let working: Promise<number> | undefined;
      await move(to, async ({ step }) => {
        if (step !== 'copied') return;
        working = worker.consumers.settle(TENANT);
        await expect.poll(() => waitingAtGate(from), { timeout: 20_000 }).toBeGreaterThan(0);
      });
      await working;
      await openGate(from);
      const { sessionId, state } = waiting;
      const analysed = (place: MovePlace) => countAt(place, ['analytics', 'events'], 'session_id', sessionId);
      const booked = (place: MovePlace) =>
        countAt(place, ['economy', 'transactions'], 'session_id', sessionId);
      expect([await analysed(from), await booked(from)]).toEqual([0, 0]);
      expect(await analysed(to)).toBe(state.sequence);
      expect(await booked(to)).toBeGreaterThan(0);
      const once = `SELECT count(DISTINCT source_id)::int AS n FROM ${tableAt(to, 'analytics', 'events')} WHERE session_id = $1`;
      expect((await clients[to.instance]!.query(once, [sessionId])).rows).toEqual([{ n: state.sequence }]);
    });
  });

  /** Whoever moves a cursor at that place has written his effects, and waits there. */
  async function closeGate(place: MovePlace): Promise<void> {
    const client = clients[place.instance]!;
    await client.query(`
      CREATE OR REPLACE FUNCTION public.wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_advisory_xact_lock(${GATE}); RETURN NEW; END $$;
      CREATE TRIGGER wait_at_gate BEFORE UPDATE OF sequence ON ${tableAt(place, 'analytics', 'projection_cursors')}
        FOR EACH ROW EXECUTE FUNCTION public.wait_at_gate()`);
    await client.query('SELECT pg_advisory_lock($1)', [GATE]);
  }
  async function openGate(place: MovePlace): Promise<void> {
    const client = clients[place.instance]!;
    await client.query('SELECT pg_advisory_unlock($1)', [GATE]);
    await client.query(`DROP TRIGGER wait_at_gate ON ${tableAt(place, 'analytics', 'projection_cursors')}`);
  }
  async function waitingAtGate(place: MovePlace): Promise<number> {
    const text = `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = ${GATE}`;
    return (await clients[place.instance]!.query(text)).rows[0].n;
  }

  describe.each(MOVES)('%s', (way, from, to) => {
    it('a prepared statement is refused, in whatever context it is executed, and writes nothing', async () => {
      const placed = 'SELECT epoch FROM public.placements WHERE tenant_id = $1';
      const { epoch } = (await clients.main!.query(placed, [tenantId])).rows[0];
      const url = from.instance === 'main' ? db.appUrl : db.instance(from.instance).appUrl;
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const role = from.schema === null ? 'SELECT' : `SET LOCAL ROLE ${tenantRole(from.schema)}`;
      const addition = `INSERT INTO ${tableAt(from, ...DEPARTMENTS)} (tenant_id, name) VALUES ('${tenantId}', $1)`;
      const within = async (enter: () => Promise<void>, ...statements: string[]) => {
        await client.query('BEGIN');
        try {
          await enter();
          for (const statement of [role, ...statements]) await client.query(statement);
          await client.query('COMMIT');
        } finally {
          await client.query('ROLLBACK');
        }
      };
      const add = (name: string) => `EXECUTE addition('${name}, ${way}')`;
      const known = () => enterTenant(client, tenantId, { ...from, epoch });
      const unknown = () => enterTenant(client, tenantId);
      const nowhere = async () => {};
      try {
        await within(known, `PREPARE addition(text) AS ${addition}`, add('prepared'));
        await move(to);
        const stateOf = async (enter: () => Promise<void>) =>
          (await refusalOfSql(within(enter, add('late'))))?.state;
        expect(await stateOf(known)).toBe('ZD005');
        expect(await stateOf(unknown)).toBe(from.instance === to.instance ? 'ZD002' : 'ZD005');
        expect(await stateOf(nowhere)).toBe('ZD001');
      } finally {
        await client.end();
      }
      expect([
        await departments(from, `prepared, ${way}`),
        await departments(to, `prepared, ${way}`),
      ]).toEqual([1, 1]);
      expect([await departments(from, `late, ${way}`), await departments(to, `late, ${way}`)]).toEqual([
        0, 0,
      ]);
    });
  });
});
