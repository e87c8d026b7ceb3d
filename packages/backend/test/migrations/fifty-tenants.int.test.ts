/** A fleet of fifty schemas of tenants' own, one of which fails in the middle: the others stay whole, and all get there. */
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { fleetStatus } from '../../src/instances/fleet-status.ts';
import { type FleetStep, migrateInstances } from '../../src/instances/upgrade-instances.ts';
import { createSchemaPlacement } from '../../src/kernel/schema-tier/index.ts';
import { FOUNDATION, nothingToSettle, statements, useSmallSeries } from '../harness/small-series.ts';

const TENANTS = 50;
const JOBS = 4;
const FAILING = 'tenant_small_25';

const SERIES = {
  ...FOUNDATION,
  '0002_add_name': statements('-- phase: expand\nALTER TABLE game.teams ADD COLUMN name text;'),
  '0003_require_name': statements(
    '-- phase: expand\nALTER TABLE game.teams ADD COLUMN rank integer;',
    'ALTER TABLE game.teams ADD CONSTRAINT teams_named CHECK (name IS NOT NULL);',
  ),
  '0004_add_colour': statements('-- phase: expand\nALTER TABLE game.teams ADD COLUMN colour text;'),
};

describe('fifty schemas of tenants’ own', { timeout: 60_000 }, () => {
  const small = useSmallSeries();
  let adminUrl = '';
  let admin: pg.Client;
  let folder = '';
  const schemas = Array.from({ length: TENANTS }, (_, at) => `tenant_small_${String(at).padStart(2, '0')}`);

  beforeAll(async () => {
    adminUrl = await small.database();
    admin = await small.connect(adminUrl);
    const foundation = small.folder(FOUNDATION);
    await migrateInstances(adminUrl, { folder: foundation, settle: nothingToSettle });
    for (const schema of schemas)
      await createSchemaPlacement(adminUrl, schema.replace('tenant_', '').replaceAll('_', '-'), foundation);
    folder = small.folder(SERIES);
    // A row without a name is what the constraint fails at.
    await admin.query(`INSERT INTO ${FAILING}.game_teams (id) VALUES (1)`);
  });

  const up = (onStep?: (step: FleetStep) => void) =>
    migrateInstances(adminUrl, {
      folder,
      jobs: JOBS,
      settle: nothingToSettle,
      ...(onStep ? { onStep } : {}),
    });

  /** Columns of each schema's table, which tell how far it is. */
  async function columns(): Promise<Map<string, string[]>> {
    const { rows } = await admin.query<{ schema: string; names: string[] }>(
      `SELECT table_schema AS schema, array_agg(column_name::text ORDER BY ordinal_position) AS names
       FROM information_schema.columns WHERE table_name = 'game_teams' GROUP BY 1`,
    );
    return new Map(rows.map(({ schema, names }) => [schema, names]));
  }
  const AFTER: Readonly<Record<number, string[]>> = {
    2: ['tenant_id', 'id'],
    3: ['tenant_id', 'id', 'name'],
    4: ['tenant_id', 'id', 'name', 'rank'],
    5: ['tenant_id', 'id', 'name', 'rank', 'colour'],
  };

  it('stop where one fails, each of them whole, and say who is where', async () => {
    const steps: FleetStep[] = [];
    await expect(up((step) => steps.push(step))).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      found: expect.stringMatching(
        new RegExp(`schema ${FAILING}: 0003_require_name, statement 2 of 2: 23514 `),
      ),
    });
    const status = await fleetStatus(adminUrl, folder);
    expect(status).toHaveLength(TENANTS + 1);
    const found = await columns();
    for (const { schema, applied, pending } of status) {
      expect(applied + pending).toBe(Object.keys(SERIES).length);
      if (schema !== null) expect(found.get(schema)).toEqual(AFTER[applied]);
    }
    const failed = status.filter((each) => each.failed > 0);
    expect(failed).toMatchObject([
      {
        instance: 'main',
        schema: FAILING,
        applied: 3,
        pending: 2,
        failure: { code: '23514', file: '0003_require_name', statement: 2 },
      },
    ]);
    // It was in the middle: some had everything, some had nothing yet, and nobody began once it had failed.
    expect(status.filter(({ pending }) => pending === 0).length).toBeGreaterThan(10);
    expect(status.filter(({ applied }) => applied === 2).length).toBeGreaterThan(10);
    expect(new Set(steps.map(({ schema }) => schema)).size).toBeLessThan(40);
  });

  it('stop there again as long as nobody has mended it', async () => {
    await expect(up()).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
    const failed = (await fleetStatus(adminUrl, folder)).filter((each) => each.failed > 0);
    expect(failed.map(({ schema }) => schema)).toEqual([FAILING]);
  });

  it('all get there when it is mended and the same is asked for again, several at once', async () => {
    await admin.query(`UPDATE ${FAILING}.game_teams SET name = 'one'`);
    const { placements } = await up();
    expect(placements.length).toBeGreaterThan(0);
    const status = await fleetStatus(adminUrl, folder);
    expect(status.filter(({ pending, failed }) => pending > 0 || failed > 0)).toEqual([]);
    for (const [, names] of await columns()) expect(names).toEqual(AFTER[5]);
    expect(await up()).toMatchObject({ applied: [], placements: [] });
  });
});
