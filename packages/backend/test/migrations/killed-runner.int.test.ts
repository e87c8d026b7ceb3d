/**
 * A runner that is killed, or cut off, at any statement leaves every placement as it was before the file or in the middle
 * of one that says how far it is; the next run ends in the same catalogue as one that nobody disturbed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { fleetStatus } from '../../src/instances/fleet-status.ts';
import { migrateInstances } from '../../src/instances/upgrade-instances.ts';
import { createSchemaPlacement } from '../../src/kernel/schema-tier/index.ts';
import { gatedProxy, type Moment } from '../harness/gated-proxy.ts';
import {
  catalogueOf,
  FOUNDATION,
  nothingToSettle,
  statements,
  useSmallSeries,
} from '../harness/small-series.ts';

const IN_ONE = statements(
  '-- phase: expand\nALTER TABLE game.teams ADD COLUMN first integer;',
  'ALTER TABLE game.teams ADD COLUMN second integer NOT NULL DEFAULT 2;',
  'CREATE INDEX teams_second_idx ON game.teams (second);',
);
const ONE_BY_ONE = statements(
  '-- transaction: none\n-- phase: expand\nCREATE INDEX CONCURRENTLY teams_first_idx ON game.teams (first);',
  'ALTER TABLE game.teams ADD COLUMN third integer;',
  'CREATE INDEX CONCURRENTLY events_at_idx ON game.events (at, tenant_id);',
  'DROP INDEX CONCURRENTLY game.teams_second_idx;',
  'ALTER TABLE game.events DETACH PARTITION game.events_default;',
  'ALTER TABLE game.events DETACH PARTITION game.events_first CONCURRENTLY;',
);
const SERIES = { ...FOUNDATION, '0002_add_columns': IN_ONE, '0003_index_columns': ONE_BY_ONE };
const TENANT = 'small-one';

/** Each statement of the files at the database and at the schema, those that come with them included. */
const SAID: readonly string[] = [
  'ALTER TABLE game.teams ADD COLUMN first',
  'ALTER TABLE game.teams ADD COLUMN second',
  'CREATE INDEX teams_second_idx',
  'INSERT INTO drizzle.__drizzle_migrations',
  'CREATE INDEX CONCURRENTLY teams_first_idx',
  'ALTER TABLE game.teams ADD COLUMN third',
  'CREATE INDEX events_at_idx ON ONLY',
  'CREATE INDEX CONCURRENTLY events_default_at_idx',
  'ALTER INDEX "game"."events_at_idx" ATTACH PARTITION "game"."events_default_at_idx"',
  'CREATE INDEX CONCURRENTLY events_first_at_idx',
  'ALTER INDEX "game"."events_at_idx" ATTACH PARTITION "game"."events_first_at_idx"',
  'DROP INDEX CONCURRENTLY game.teams_second_idx',
  'DETACH PARTITION game.events_default',
  'DETACH PARTITION game.events_first CONCURRENTLY',
  'ALTER TABLE tenant_small_one.game_teams',
  'CREATE INDEX CONCURRENTLY game_teams_first_idx',
  'CREATE INDEX CONCURRENTLY game_events_first_at_idx',
];

/** Where each is stopped: before the server has it, and when it has done it and nobody was told. */
const MOMENTS: readonly [string, Moment['keeps'], 'killed' | 'cut'][] = SAID.flatMap((text, at) => [
  [text, at % 2 === 0 ? 'statement' : 'answer', 'killed'] as const,
  [text, at % 2 === 0 ? 'answer' : 'statement', 'cut'] as const,
]);

const literally = (text: string) =>
  new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+'));

describe('a runner', { timeout: 20_000 }, () => {
  const small = useSmallSeries();
  let folder = '';
  let undisturbed: string[] = [];

  const run = (adminUrl: string) => migrateInstances(adminUrl, { folder, jobs: 1, settle: nothingToSettle });

  async function founded(): Promise<string> {
    const adminUrl = await small.database();
    const foundation = small.folder(FOUNDATION);
    await migrateInstances(adminUrl, { folder: foundation, settle: nothingToSettle });
    await createSchemaPlacement(adminUrl, TENANT, foundation);
    return adminUrl;
  }

  async function catalogueAt(adminUrl: string): Promise<string[]> {
    const client = await small.connect(adminUrl);
    const catalogue = await catalogueOf(client);
    await client.end();
    return catalogue;
  }

  beforeAll(async () => {
    folder = small.folder(SERIES);
    const adminUrl = await founded();
    const { applied, placements } = await run(adminUrl);
    expect(applied).toEqual(['0002_add_columns', '0003_index_columns']);
    expect(placements).toEqual([{ schema: 'tenant_small_one', applied }]);
    undisturbed = await catalogueAt(adminUrl);
    expect(undisturbed.join('\n')).toContain('0 files in the middle');
    expect(undisturbed.filter((line) => line.includes('valid f'))).toEqual([]);
  });

  function program(adminUrl: string): ChildProcess {
    const script = fileURLToPath(new URL('../harness/migrate-process.ts', import.meta.url));
    return spawn(process.execPath, ['--import', 'tsx', script, adminUrl, folder], { stdio: 'ignore' });
  }

  it.each(MOMENTS)('at “%s”, before its %s, %s: goes on from there', async (text, keeps, how) => {
    const adminUrl = await founded();
    const proxy = await gatedProxy(adminUrl, () => Number(new URL(adminUrl).port));
    try {
      const reached = proxy.stopAt({ says: literally(text), keeps });
      if (how === 'killed') {
        const child = program(proxy.url);
        await reached;
        child.kill('SIGKILL');
        await once(child, 'exit');
      } else {
        const failing = run(proxy.url).then(
          () => 'done',
          () => 'failed',
        );
        await reached;
        proxy.cut(false);
        expect(await failing).toBe('failed');
      }
      await proxy.lost();
    } finally {
      await proxy.close();
    }
    await run(adminUrl);
    expect(await catalogueAt(adminUrl)).toEqual(undisturbed);
    expect(await fleetStatus(adminUrl, folder)).toMatchObject([
      { schema: null, applied: 4, pending: 0, failed: 0 },
      { schema: 'tenant_small_one', applied: 4, pending: 0, failed: 0 },
    ]);
  });
});
