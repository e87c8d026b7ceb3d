/**
 * A multiplication that is killed, with the program or with PostgreSQL, leaves whole batches or nothing; started again,
 * it ends with the very rows that one undisturbed run would have made.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectAsAdministrator } from '../src/kernel/db/index.ts';
import type { RunningPostgres } from '../src/kernel/stack/index.ts';
import { type TemporaryStack, temporaryStack } from '../src/kernel/stack/temporary-stack.ts';
import { SCALED_TABLES } from '../src/scale/batch.ts';
import { dmzProgram } from './harness/run-dmz.ts';

/** The larger tenants have more than one batch, so that a kill can fall between two. */
const SCALE = 20;
const ALL_PEOPLE = 320 * SCALE;
/** When so many are committed, a kill meets other batches half-way. */
const SOME_PEOPLE = 400;

const WAIT = { timeout: 240_000, interval: 20 };

describe('killing a multiplication', { timeout: 600_000 }, () => {
  let stack: TemporaryStack;
  let postgres: RunningPostgres;
  beforeAll(async () => {
    vi.stubEnv('DATABASE_URL', '');
    stack = temporaryStack();
    await finished(dmz('db', 'migrate'));
    await finished(dmz('db', 'seed'));
    ({ postgres } = await stack.up());
  }, 240_000);
  afterAll(() => stack.remove());

  it('leaves nothing that a second run does not complete, whoever is killed', async () => {
    const program = scale();
    await committed(SOME_PEOPLE);
    await copying();
    program.kill('SIGKILL');
    await once(program, 'exit');
    await expectWholeBatches();

    const interrupted = scale();
    await copying();
    interrupted.kill('SIGINT');
    await once(interrupted, 'exit');
    await expectWholeBatches();

    const orphan = scale();
    const exit = once(orphan, 'exit');
    await copying();
    process.kill(postgres.pid!, 'SIGKILL');
    const [code] = await exit;
    ({ postgres } = await stack.up());
    await expectWholeBatches();
    // The processes of a killed server end what they are at: where that was the last batch, the program has done its work.
    if (code !== 1) expect([code, await scaledPeople()]).toEqual([0, ALL_PEOPLE]);

    await finished(scale());
    expect(await scaledPeople()).toBe(ALL_PEOPLE);
    expect(await count('game.sessions')).toBe(ALL_PEOPLE / 4 + 12);
    const reached = await allCounts();
    await finished(scale());
    expect(await allCounts()).toEqual(reached);
  });

  /** The last table of a batch agrees with the first one, and every head with its events. */
  async function expectWholeBatches(): Promise<void> {
    const people = await scaledPeople();
    expect(await count('economy.wallets WHERE user_id IS NOT NULL')).toBe(people + 320);
    expect(await count('analytics.events WHERE session_id IS NULL')).toBe(people * 20);
    expect(
      await count(`game.session_heads AS head WHERE sequence IS DISTINCT FROM (SELECT max(sequence)
        FROM game.events AS event WHERE event.tenant_id = head.tenant_id AND event.session_id = head.id)`),
    ).toBe(0);
  }

  const scaledPeople = () => count(`auth.users WHERE email LIKE 'scaled%'`);

  async function committed(people: number): Promise<void> {
    await vi.waitUntil(async () => (await scaledPeople()) >= people, WAIT);
  }

  /** A batch is half written: its COPY is under way. */
  async function copying(): Promise<void> {
    await vi.waitUntil(
      async () => (await count(`pg_stat_activity WHERE query LIKE 'COPY game.%'`)) > 0,
      WAIT,
    );
  }

  async function allCounts(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const table of SCALED_TABLES) counts[table] = await count(table);
    return counts;
  }

  async function count(what: string): Promise<number> {
    const admin = await connectAsAdministrator(postgres.adminUrl);
    try {
      const { rows } = await admin.query(`SELECT count(*)::int AS rows FROM ${what}`);
      return rows[0].rows;
    } finally {
      await admin.end();
    }
  }

  const scale = () => dmz('db', 'seed', '--scale', String(SCALE));

  function dmz(...args: string[]): ChildProcess {
    const env = { ...process.env, DMZ_HOME: stack.state };
    return spawn(process.execPath, [dmzProgram, ...args], { env, stdio: 'ignore' });
  }
});

async function finished(program: ChildProcess): Promise<void> {
  expect(await once(program, 'exit')).toEqual([0, null]);
}
