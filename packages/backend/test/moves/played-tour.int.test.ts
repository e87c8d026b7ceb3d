/**
 * Twenty bots play in a program of their own while another one moves their tenant through every tier and back: nobody is
 * failed, what was acknowledged is there once and unchanged, sessions replay, and what follows from play is what it would
 * be without any move. The audit chain is not there yet, so the entries of the audit log are compared themselves.
 */
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { allSessions, verifySessions } from '../../src/cli/replay-sessions.ts';
import { runAsOwner } from '../../src/kernel/db/index.ts';
import type { RunningPostgres } from '../../src/kernel/stack/index.ts';
import { READ_MODELS } from '../../src/modules/game/index.ts';
import { moveRegister } from '../../src/modules/public/index.ts';
import type { MoveReport } from '../../src/moving/move-report.ts';
import { checkAckLog, type SimulationReport } from '../../src/simulate/index.ts';
import type { SqlClient } from '../harness/by-hand.ts';
import { useDatabase } from '../harness/database.ts';
import { type Ended, ended, runDmz, startDmz } from '../harness/run-dmz.ts';
import { longestBetween, longestOf, type Wait, waitsOf } from '../harness/waits.ts';

const TENANT = 'small-company';
const ACKS_BETWEEN = 60;
const PATIENCE_MS = 60_000;
/** What `tenant move` allows by default. */
const MAX_PAUSE_MS = 500;
const TOUR = ['schema', 'instance', 'schema', 'shared', 'instance'] as const;

interface Switch extends Cutover {
  readonly to: string;
  readonly at: number;
}
type Cutover = MoveReport['cutover'];

describe('a tenant that twenty people play at while it moves', { timeout: 180_000 }, () => {
  const db = useDatabase({ instances: { second: { from: 'empty' } } });
  let log = '';
  let tenantId = '';
  let simulation: ChildProcess;
  let over: Promise<Ended>;
  const clients: Record<string, SqlClient> = {};
  const switches: Switch[] = [];

  beforeAll(async () => {
    log = path.join(db.environment.DMZ_HOME, 'acks.ndjson');
    for (const instance of ['main', 'second']) clients[instance] = await db.connectAsAdmin(instance);
    tenantId = (await db.platform.tenancy.locate(TENANT)).id;
    const players = ['--players', '20', '--seconds', '3600', '--ack-log', log, '--json'];
    simulation = startDmz(['simulate', '--tenant', TENANT, ...players], db.environment);
    over = ended(simulation);
    await acknowledged(2 * ACKS_BETWEEN);
  });
  afterAll(() => simulation.kill('SIGKILL'));

  it.each(TOUR)('goes to tier %s with its audit log, and pauses for no longer than it may', async (to) => {
    const entries = await rowsOf('admin.audit_log');
    const { pauseMs, longestWaitMs } = (await move(to)).cutover;
    await acknowledged(linesOf(log) + ACKS_BETWEEN);
    expect(await rowsOf('admin.audit_log')).toEqual(expect.arrayContaining(entries));
    expect(pauseMs).toBeLessThanOrEqual(MAX_PAUSE_MS);
    switches.push({ to, pauseMs, longestWaitMs, at: await flippedAt() });
  });

  it('fails nobody, and loses, doubles and changes nothing', async () => {
    simulation.kill('SIGINT');
    const { status, out, err } = await over;
    expect(status, err).toBe(0);
    const report: SimulationReport = JSON.parse(out);
    expect(report).toMatchObject({ failed: 0, refused: 0, actions: linesOf(log) });

    const { verified, missing, different } = await checkAckLog(db.platform, log);
    expect({ verified, missing, different }).toEqual({
      verified: report.actions,
      missing: [],
      different: [],
    });
    const place = { platform: db.platform, postgres: { adminUrl: db.adminUrl } as RunningPostgres };
    const replayed = await verifySessions(place, await allSessions(place, TENANT));
    expect(replayed).toMatchObject({
      identical: true,
      mismatches: [],
      events: report.events,
      sessions: report.sessions,
    });
  });

  it('kept nobody waiting for longer than the pause and one retry', () => {
    const waits = waitsOf(log);
    const isOfSwitch = ({ from, to }: Wait) =>
      switches.some(({ at }) => from <= at && to >= at - MAX_PAUSE_MS);
    /** One retry is an action like any other of this run, at its slowest. */
    const slowest = longestOf(waits.filter((wait) => !isOfSwitch(wait)));
    expect(switches).toHaveLength(TOUR.length);
    for (const { to, pauseMs, longestWaitMs, at } of switches) {
      const longest = longestBetween(waits, at - MAX_PAUSE_MS, at);
      console.info(
        `to ${to}: pause ${pauseMs} ms, longest wait at the fence ${longestWaitMs} ms, of a client ${longest} ms`,
      );
      expect(longest).toBeGreaterThan(0);
      expect(longest).toBeLessThanOrEqual(MAX_PAUSE_MS + slowest);
    }
    console.info(`longest wait of any client at another time: ${slowest} ms`);
  });

  it('has followed all of it, once, as reading everything anew would', async () => {
    await db.platform.consumers.settle(TENANT);
    const followed = await readModels();
    expect(followed).toMatchObject({ behind: 0, doubled: 0 });
    expect(followed.analysed).toBe(followed.events);
    await db.platform.consumers.rebuild(TENANT, READ_MODELS);
    expect(await readModels()).toEqual(followed);
  });

  it('has one entry in its audit log of each move’s beginning and of its end', async () => {
    const entries = await rowsOf('admin.audit_log');
    const actions = entries
      .map((entry) => JSON.parse(entry).action)
      .filter((each) => each.startsWith('public.move.'));
    const ofEach = ['public.move.started', 'public.move.completed'];
    expect(actions.sort()).toEqual(TOUR.flatMap(() => ofEach).sort());
  });

  const acknowledged = (lines: number) =>
    vi.waitUntil(() => linesOf(log) >= lines, { timeout: PATIENCE_MS, interval: 20 });

  async function move(to: string): Promise<MoveReport> {
    const { status, out, err } = await runDmz(
      // Other tests' tenants are at work on the same server, and are not given way to.
      ['tenant', 'move', TENANT, '--to', to, '--nice-ratio', '0', '--json'],
      db.environment,
    );
    expect({ status, err: err.split('\n').filter((line) => /^[A-Z_]+ {2}/.test(line)) }).toEqual({
      status: 0,
      err: [],
    });
    const report: MoveReport = JSON.parse(out);
    expect(report).toMatchObject({ to, step: 'completed', verified: true });
    return report;
  }

  /** Of the last move, by the clock that the acknowledgements have too. */
  async function flippedAt(): Promise<number> {
    const steps = await runAsOwner(db.adminUrl, async (tx) => {
      const last = await moveRegister.latest(tx, TENANT);
      return moveRegister.steps(tx, last!.id);
    });
    return +steps.findLast(({ step }) => step === 'flipped')!.at;
  }

  /** A table as it is called where the tenant lives, and the connection that reaches it. */
  async function placed(): Promise<{ client: SqlClient; table: (name: string) => string }> {
    const { rows } = await clients.main!.query(
      `SELECT i.name AS instance, p.schema_name AS schema FROM public.placements AS p
       JOIN public.instances AS i ON i.id = p.instance_id WHERE tenant_id = $1`,
      [tenantId],
    );
    const [{ instance, schema }] = rows as [{ instance: string; schema: string | null }];
    const table = (name: string) => (schema === null ? name : `${schema}.${name.replace('.', '_')}`);
    return { client: clients[instance]!, table };
  }

  async function rowsOf(name: string): Promise<string[]> {
    const { client, table } = await placed();
    const text = `SELECT to_jsonb(t)::text AS row FROM ${table(name)} AS t WHERE tenant_id = $1 ORDER BY id`;
    return (await client.query(text, [tenantId])).rows.map(({ row }) => row);
  }

  async function readModels(): Promise<Record<string, number>> {
    const { client, table } = await placed();
    const { rows } = await client.query(
      `SELECT (SELECT count(*)::int FROM ${table('game.events')} WHERE tenant_id = $1) AS events,
         (SELECT count(*)::int FROM ${table('analytics.events')} WHERE tenant_id = $1) AS analysed,
         (SELECT count(*)::int - count(DISTINCT source_id)::int FROM ${table('analytics.events')} WHERE tenant_id = $1) AS doubled,
         (SELECT count(*)::int FROM ${table('game.session_heads')} AS head
          JOIN ${table('analytics.projection_cursors')} AS reached ON reached.tenant_id = head.tenant_id AND reached.session_id = head.id
          WHERE head.tenant_id = $1 AND reached.sequence <> head.sequence) AS behind,
         (SELECT count(*)::int FROM ${table('game.emails')} WHERE tenant_id = $1) AS emails,
         (SELECT count(*)::int FROM ${table('economy.transactions')} WHERE tenant_id = $1) AS booked,
         (SELECT coalesce(sum(abs(amount)), 0)::int FROM ${table('economy.ledger_entries')} WHERE tenant_id = $1) AS turned_over`,
      [tenantId],
    );
    return rows[0];
  }
});

function linesOf(file: string): number {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').length - 1 : 0;
}
