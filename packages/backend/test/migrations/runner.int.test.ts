/**
 * The runner's promises beside surviving a kill: one at a time, in order or not at all, nobody waits behind it for long, and
 * a file that has changed is refused by every database.
 */
import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { fleetStatus } from '../../src/instances/fleet-status.ts';
import { planFleet } from '../../src/instances/plan-fleet.ts';
import { migrateInstances } from '../../src/instances/upgrade-instances.ts';
import type { Patience } from '../../src/kernel/migrations/patient-transaction.ts';
import {
  FOUNDATION,
  nothingToSettle,
  type Series,
  statements,
  useSmallSeries,
  writeJournal,
  writeSeries,
} from '../harness/small-series.ts';

const ADD_NAME = { '0002_add_name': '-- phase: expand\nALTER TABLE game.teams ADD COLUMN name text;' };

describe('the runner', { timeout: 30_000 }, () => {
  const small = useSmallSeries();
  let adminUrl = '';
  let admin: pg.Client;

  beforeEach(async () => {
    adminUrl = await small.database();
    admin = await small.connect(adminUrl);
    await up(small.folder(FOUNDATION));
  });

  const up = (folder: string, patience?: Patience) =>
    migrateInstances(adminUrl, { folder, settle: nothingToSettle, ...(patience ? { patience } : {}) });
  const upWith = (series: Series, patience?: Patience) =>
    up(small.folder({ ...FOUNDATION, ...series }), patience);
  const columns = async () => {
    const { rows } = await admin.query(
      "SELECT attname AS name FROM pg_attribute WHERE attrelid = 'game.teams'::regclass AND attnum > 0 ORDER BY attnum",
    );
    return rows.map(({ name }) => name);
  };

  it('is alone at a database: a second one waits, and finds nothing to do', async () => {
    const folder = small.folder({
      ...FOUNDATION,
      '0002_be_slow': 'SELECT pg_catalog.pg_sleep(1);',
      ...shifted(ADD_NAME),
    });
    const waited: string[] = [];
    const first = up(folder);
    await sleep(300);
    const second = migrateInstances(adminUrl, {
      folder,
      settle: nothingToSettle,
      onWait: (at) => waited.push(at),
    });
    expect((await first).applied).toEqual(['0002_be_slow', '0003_add_name']);
    expect((await second).applied).toEqual([]);
    expect(waited).toEqual(['main']);
  });

  it('waits for what a killed one has left running beside its lock', async () => {
    const folder = small.folder({ ...FOUNDATION, ...ADD_NAME });
    await admin.query('SELECT pg_advisory_lock_shared($1)', [0x646d7a02]);
    const run = up(folder);
    await sleep(400);
    expect(await columns()).toEqual(['tenant_id', 'id']);
    await admin.query('SELECT pg_advisory_unlock_shared($1)', [0x646d7a02]);
    expect((await run).applied).toEqual(['0002_add_name']);
  });

  it('lets no writer wait longer than the lock timeout, beside a long transaction', async () => {
    const lockTimeoutMs = 300;
    await admin.query('INSERT INTO game.teams (id) VALUES (1)');
    const reader = await small.connect(adminUrl);
    await reader.query('BEGIN; SELECT FROM game.teams');
    const two = {
      '0002_change_two': statements(
        'ALTER TABLE game.events ADD COLUMN a text;',
        'ALTER TABLE game.teams ADD COLUMN a text;',
      ),
    };
    const migrating = upWith(two, { lockTimeoutMs, attempts: 50 });
    const longest = Math.max(
      ...(await Promise.all(['game.teams SET tenant_id = NULL', 'game.events SET at = 1'].map(writeFor))),
    );
    await reader.query('COMMIT');
    expect((await migrating).applied).toEqual(['0002_change_two']);
    expect(longest).toBeGreaterThan(50);
    // A writer waits for as long as the statement does, and some time on the processor.
    expect(longest).toBeLessThan(lockTimeoutMs + 200);
  });

  /** Updates again and again, for two seconds. @returns the longest that one took, in ms */
  async function writeFor(update: string): Promise<number> {
    const writer = await small.connect(adminUrl);
    let longest = 0;
    for (const until = Date.now() + 2_000; Date.now() < until; ) {
      const startedAt = performance.now();
      await writer.query(`UPDATE ${update}`);
      longest = Math.max(longest, performance.now() - startedAt);
      await sleep(5);
    }
    return longest;
  }

  it('waits long enough for an autovacuum to let it pass', async () => {
    const looks = `DO $$ BEGIN ASSERT current_setting('deadlock_timeout')::interval < current_setting('lock_timeout')::interval; END $$;`;
    expect((await upWith({ '0002_look_around': looks })).applied).toEqual(['0002_look_around']);
  });

  it('gives up in the end where a lock never comes, and says so', async () => {
    const reader = await small.connect(adminUrl);
    await reader.query('BEGIN; SELECT FROM game.teams');
    await expect(upWith(ADD_NAME, { lockTimeoutMs: 50, attempts: 2 })).rejects.toMatchObject({
      code: 'MIGRATION_LOCK_TIMEOUT',
      found: expect.stringMatching(/0002_add_name, statement 1 of 1: 55P03/),
    });
    await reader.query('COMMIT');
    expect(await upWith(ADD_NAME)).toMatchObject({ applied: ['0002_add_name'] });
  });

  it('refuses a file that came with a lower number than what is applied', async () => {
    await upWith(ADD_NAME);
    const late = { '0002_come_late': 'SELECT 1;', ...shifted(ADD_NAME) };
    await expect(upWith(late)).rejects.toMatchObject({
      code: 'MIGRATION_OUT_OF_ORDER',
      found: expect.stringMatching(/^0002_come_late\.sql, while database t_\w+ has applied 0003_add_name$/),
    });
    expect(await columns()).toEqual(['tenant_id', 'id', 'name']);
  });

  it('refuses a file of which one byte was edited, in the repository and in the database', async () => {
    const folder = small.folder({ ...FOUNDATION, ...ADD_NAME });
    await up(folder);
    appendFileSync(path.join(folder, '0002_add_name.sql'), ' ');
    await expect(up(folder)).rejects.toMatchObject({
      code: 'MIGRATION_FILE_CHANGED',
      found: expect.stringMatching(/^0002_add_name\.sql with SHA-256/),
    });
    // Also where the record in the repository was edited along with it.
    writeSeries(folder, { ...FOUNDATION, '0002_add_name': `${ADD_NAME['0002_add_name']} ` });
    await expect(up(folder)).rejects.toMatchObject({
      code: 'MIGRATION_HISTORY_DIFFERS',
      found: expect.stringMatching(/^database t_\w+ applied as number 2: 0002_add_name, SHA-256/),
      expected: expect.stringMatching(/^0002_add_name\.sql, SHA-256/),
    });
    expect(await fleetStatus(adminUrl, folder)).toMatchObject([
      { instance: 'main', schema: null, failed: 1, failure: { code: 'MIGRATION_HISTORY_DIFFERS' } },
    ]);
  });

  it('refuses a file that was renamed, whatever its record in the repository says', async () => {
    await upWith(ADD_NAME);
    await expect(upWith({ '0002_give_name': ADD_NAME['0002_add_name'] })).rejects.toMatchObject({
      code: 'MIGRATION_HISTORY_DIFFERS',
      found: expect.stringMatching(/applied as number 2: 0002_add_name,/),
      expected: expect.stringMatching(/^0002_give_name\.sql/),
    });
  });

  it('refuses a series with a gap, a number twice, a file beside the journal, or an entry without its file', async () => {
    const broken = (change: (folder: string) => void) => {
      const folder = small.folder({ ...FOUNDATION, ...ADD_NAME });
      change(folder);
      return expect(up(folder)).rejects;
    };
    const tags = Object.keys(FOUNDATION);
    const file = (folder: string, tag: string) => path.join(folder, `${tag}.sql`);
    const code = 'MIGRATION_SERIES_BROKEN';
    await broken((folder) => rmSync(file(folder, '0002_add_name'))).toMatchObject({
      code,
      expected: '0002_add_name.sql',
    });
    await broken((folder) => writeFileSync(file(folder, '0003_x'), '')).toMatchObject({
      code,
      found: expect.stringMatching(/^0003_x/),
    });
    await broken((folder) => {
      renameSync(file(folder, '0002_add_name'), file(folder, '0003_add_name'));
      writeJournal(folder, [...tags, '0003_add_name']);
    }).toMatchObject({ code, found: '0003_add_name.sql as entry 0002' });
    await broken((folder) => {
      writeFileSync(file(folder, '0002_other'), '');
      writeJournal(folder, [...tags, '0002_add_name', '0002_other']);
    }).toMatchObject({ code, found: '0002_add_name.sql and 0002_other.sql have one number' });
  });

  it('drops an invalid index that a killed run has left, and makes it again', async () => {
    await admin.query('INSERT INTO game.teams (id) VALUES (1)');
    const blocker = await small.connect(adminUrl);
    await blocker.query('BEGIN; UPDATE game.teams SET id = 1');
    const index = {
      '0002_index_teams':
        '-- transaction: none\nCREATE INDEX CONCURRENTLY teams_idx ON game.teams (tenant_id);',
    };
    const running = upWith(index).catch((error: unknown) => error);
    const state = async () =>
      (await admin.query("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('game.teams_idx')"))
        .rows;
    while ((await state()).length === 0) await sleep(20);
    await admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONCURRENTLY teams_idx%'",
    );
    expect(await running).toMatchObject({ code: expect.stringMatching(/^MIGRATION_/) });
    expect(await state()).toEqual([{ indisvalid: false }]);
    await blocker.query('COMMIT');
    expect((await upWith(index)).applied).toEqual(['0002_index_teams']);
    expect(await state()).toEqual([{ indisvalid: true }]);
  });

  it('leaves no invalid index where one cannot be made, and says why', async () => {
    await admin.query('INSERT INTO game.teams (id) VALUES (1), (2)');
    await admin.query('ALTER TABLE game.teams ADD COLUMN same integer DEFAULT 7');
    const unique = {
      '0002_index_teams':
        '-- transaction: none\nCREATE UNIQUE INDEX CONCURRENTLY same_idx ON game.teams (same);',
    };
    await expect(upWith(unique)).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      found: expect.stringMatching(/23505/),
    });
    const { rows } = await admin.query("SELECT to_regclass('game.same_idx') AS index");
    expect(rows).toEqual([{ index: null }]);
  });

  it('says which header a statement needs that cannot be in a transaction', async () => {
    const index = { '0002_index_teams': 'CREATE INDEX CONCURRENTLY teams_idx ON game.teams (tenant_id);' };
    await expect(upWith(index)).rejects.toMatchObject({
      code: 'MIGRATION_STATEMENT_UNSUITABLE',
      expected: expect.stringMatching(/-- transaction: none/),
    });
  });

  it('refuses to go on with a file of which a part is applied and the rest was edited', async () => {
    const half = (rest: string) => ({
      '0002_do_half': statements('-- transaction: none\nALTER TABLE game.teams ADD COLUMN a text;', rest),
    });
    await expect(upWith(half('SELECT 1/0;'))).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
    expect(await columns()).toContain('a');
    await expect(upWith(half('SELECT 1;'))).rejects.toMatchObject({
      code: 'MIGRATION_HISTORY_DIFFERS',
      found: expect.stringMatching(/has applied 1 statements of 0002_do_half/),
    });
  });

  it('plans without running anything', async () => {
    const folder = small.folder({ ...FOUNDATION, ...ADD_NAME });
    expect(await planFleet(adminUrl, folder)).toEqual([
      {
        file: '0002_add_name',
        phase: 'expand',
        completes: null,
        inTransaction: true,
        runs: [
          {
            placements: [{ instance: 'main', schema: null }],
            statements: [
              {
                sql: 'ALTER TABLE game.teams ADD COLUMN name text',
                locks: [{ lock: 'ACCESS EXCLUSIVE', table: 'game.teams' }],
              },
            ],
          },
        ],
      },
    ]);
    expect(await columns()).toEqual(['tenant_id', 'id']);
  });

  it('knows what an earlier version has applied, whose history has names and numbers by a sequence', async () => {
    const folder = small.folder({ ...FOUNDATION, ...ADD_NAME });
    const { rows } = await admin.query(
      'SELECT hash, created_at, name FROM drizzle.__drizzle_migrations ORDER BY id',
    );
    await admin.query(`DROP SCHEMA drizzle CASCADE; CREATE SCHEMA drizzle; CREATE TABLE drizzle.__drizzle_migrations
      (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint, name text, applied_at timestamptz NOT NULL DEFAULT now())`);
    for (const { hash, created_at, name } of rows)
      await admin.query(
        'INSERT INTO drizzle.__drizzle_migrations (hash, created_at, name) VALUES ($1, $2, $3)',
        [hash, created_at, name],
      );
    expect((await up(folder)).applied).toEqual(['0002_add_name']);
    expect(readFileSync(path.join(folder, '0002_add_name.sql'), 'utf8')).toBe(ADD_NAME['0002_add_name']);
  });
});

/** The same files with numbers that are one higher. */
function shifted(series: Series): Series {
  const entries = Object.entries(series).map(([tag, text]) => {
    const number = String(Number(tag.slice(0, 4)) + 1).padStart(4, '0');
    return [`${number}${tag.slice(4)}`, text];
  });
  return Object.fromEntries(entries);
}
