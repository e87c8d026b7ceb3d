/**
 * Nothing that was acknowledged is lost, doubled or changed, whoever is killed and whenever: five times the program,
 * five times PostgreSQL, while bots play; then every acknowledgement is looked up and every session replayed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { allSessions, verifySessions } from '../src/cli/replay-sessions.ts';
import { projectRoot } from '../src/kernel/project.ts';
import type { RunningPostgres } from '../src/kernel/stack/index.ts';
import { type TemporaryStack, temporaryStack } from '../src/kernel/stack/temporary-stack.ts';
import { openPlatform } from '../src/platform.ts';
import { checkAckLog, type SimulationReport } from '../src/simulate/index.ts';

const KILLS = 5;
/** How many acknowledgements there must be between two kills, so that each one meets a game in full play. */
const ACKS_BETWEEN = 150;
const PATIENCE_MS = 60_000;

describe('killing processes while people play', { timeout: 120_000 }, () => {
  let stack: TemporaryStack;
  let postgres: RunningPostgres;
  beforeAll(async () => {
    vi.stubEnv('DATABASE_URL', '');
    stack = temporaryStack();
    await finished(dmz('db', 'migrate'));
    await finished(dmz('db', 'seed'));
    ({ postgres } = await stack.up());
  }, 60_000);
  afterAll(() => stack.remove());

  it('the program, five times: every acknowledgement holds, every session replays', async () => {
    const log = path.join(stack.state, 'program.ndjson');
    for (let round = 0; round < KILLS; round += 1) {
      const program = simulation(log, round);
      // Not at the same point each time: between, before and after the writes of an action.
      await acknowledged(log, ACKS_BETWEEN * (round + 1) + 7 * round);
      program.kill('SIGKILL');
      await once(program, 'exit');
      expect(program.signalCode).toBe('SIGKILL');
    }
    await expectNothingLost(log);
  });

  it('PostgreSQL, five times: the program waits for it, fails nobody, and every acknowledgement holds', async () => {
    const log = path.join(stack.state, 'server.ndjson');
    const program = simulation(log, 100);
    const output = collect(program);
    for (let round = 0; round < KILLS; round += 1) {
      await acknowledged(log, linesOf(log) + ACKS_BETWEEN);
      process.kill(postgres.pid!, 'SIGKILL');
      ({ postgres } = await stack.up());
    }
    await acknowledged(log, linesOf(log) + ACKS_BETWEEN);
    program.kill('SIGINT');
    const [status] = await once(program, 'exit');
    const report: SimulationReport = JSON.parse(output());
    expect(report).toMatchObject({ failed: 0, refused: 0, actions: linesOf(log) });
    expect(report.retried).toBeGreaterThanOrEqual(KILLS);
    expect(status).toBe(0);
    await expectNothingLost(log);
  });

  /** Holds the log, and all that was ever played here, against the database. */
  async function expectNothingLost(log: string): Promise<void> {
    const platform = openPlatform({ appUrl: postgres.appUrl });
    try {
      const { lines, verified, missing, different } = await checkAckLog(platform, log);
      expect({ missing, different }).toEqual({ missing: [], different: [] });
      expect(verified).toBe(lines);
      expect(lines).toBeGreaterThanOrEqual(ACKS_BETWEEN * KILLS);
      const replayed = await verifySessions({ platform }, await allSessions({ platform, postgres }));
      expect(replayed).toMatchObject({ identical: true, mismatches: [] });
      expect(replayed.events).toBeGreaterThanOrEqual(lines);
    } finally {
      await platform.close();
    }
  }

  function simulation(log: string, seed: number): ChildProcess {
    const limits = ['--players', '8', '--seconds', '600', '--seed', String(seed)];
    return dmz('simulate', '--tenant', 'consumers', ...limits, '--ack-log', log, '--json');
  }

  function dmz(...args: string[]): ChildProcess {
    const program = path.join(projectRoot, 'packages/backend/bin/dmz.mjs');
    const env = { ...process.env, DMZ_HOME: stack.state };
    return spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  }
});

async function finished(program: ChildProcess): Promise<void> {
  program.stdout?.resume();
  expect(await once(program, 'exit')).toEqual([0, null]);
}

function collect(program: ChildProcess): () => string {
  let text = '';
  program.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  return () => text;
}

function linesOf(file: string): number {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').length - 1 : 0;
}

async function acknowledged(file: string, lines: number): Promise<void> {
  await vi.waitUntil(() => linesOf(file) >= lines, { timeout: PATIENCE_MS, interval: 20 });
}
