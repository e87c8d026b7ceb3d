/** A backfill fills rows of every tenant at every placement, in short batches, and goes on where it was interrupted. */
import type pg from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Filled } from '../../src/kernel/migrations/backfill.ts';
import { type MigrateOptions, migrate } from '../../src/kernel/migrations/runner.ts';
import { createSchemaPlacement } from '../../src/kernel/schema-tier/index.ts';
import {
  FOUNDATION,
  nothingToSettle,
  type Series,
  statements,
  useSmallSeries,
} from '../harness/small-series.ts';

const RANGE = '("tenant_id", "id") > ($1, $2) AND ("tenant_id", "id") <= ($3, $4)';
const PLAYERS: Series = {
  ...FOUNDATION,
  '0002_add_players': statements(
    `CREATE TABLE "game"."players" ("tenant_id" uuid NOT NULL, "id" uuid DEFAULT uuidv7() NOT NULL, "name" text NOT NULL,
      CONSTRAINT "players_pkey" PRIMARY KEY ("tenant_id", "id"))`,
    `COMMENT ON TABLE "game"."players" IS E'Players.\\n@kind tenant'`,
  ),
};
const EXPANSION: Series = {
  ...PLAYERS,
  '0003_add_short_name': statements(
    '-- phase: expand\nALTER TABLE "game"."players" ADD COLUMN "short_name" text, ADD COLUMN "times_filled" integer DEFAULT 0',
    `CREATE FUNCTION "game"."keep_short_name"() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
     BEGIN NEW.short_name := pg_catalog.left(NEW.name, 3); RETURN NEW; END $$`,
    `CREATE TRIGGER "keep_short_name" BEFORE INSERT OR UPDATE OF "name" ON "game"."players"
     FOR EACH ROW EXECUTE FUNCTION "game"."keep_short_name"()`,
  ),
};
const BACKFILL: Series = {
  ...EXPANSION,
  '0004_fill_short_name': `-- phase: backfill\n-- completes: 0003_add_short_name
UPDATE "game"."players" SET "short_name" = left("name", 3), "times_filled" = "times_filled" + 1 WHERE "short_name" IS NULL AND ${RANGE};`,
};
const CONTRACTION: Series = {
  ...BACKFILL,
  '0005_drop_trigger': statements(
    '-- phase: contract\n-- completes: 0003_add_short_name\nDROP TRIGGER "keep_short_name" ON "game"."players"',
    'DROP FUNCTION "game"."keep_short_name"()',
  ),
};
const OWN = 'tenant_small_filled';
const TENANTS = 3;
const ROWS_EACH = 700;

describe('a backfill', { timeout: 60_000 }, () => {
  const small = useSmallSeries();
  let adminUrl = '';
  let admin: pg.Client;
  const up = (series: Series, options: MigrateOptions = {}) =>
    migrate(adminUrl, { folder: small.folder(series), settle: nothingToSettle, ...options });
  const number = async (text: string): Promise<number> =>
    Number((await admin.query({ text, rowMode: 'array' })).rows[0]?.[0]);

  beforeEach(async () => {
    adminUrl = await small.database();
    admin = await small.connect(adminUrl);
    await up(PLAYERS);
    await createSchemaPlacement(adminUrl, 'small-filled', small.folder(PLAYERS));
    await admin.query(
      `INSERT INTO game.players (tenant_id, name) SELECT tenant, 'player ' || n
       FROM (SELECT gen_random_uuid() FROM generate_series(1, ${TENANTS})) AS tenants (tenant), generate_series(1, ${ROWS_EACH}) AS n;
       INSERT INTO ${OWN}.game_players (tenant_id, name) SELECT gen_random_uuid(), 'own ' || n FROM generate_series(1, 40) AS n;
       ALTER TABLE game.players ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`,
    );
  });

  it('fills each row once, of every tenant, at every placement, and leaves no word of its progress', async () => {
    const batches: Filled[] = [];
    const { applied, placements } = await up(BACKFILL, {
      onBatch: ({ schema }, filled) => schema === null && batches.push(filled),
    });
    expect(applied).toEqual(['0003_add_short_name', '0004_fill_short_name']);
    expect(placements).toMatchObject([{ schema: OWN, applied }]);
    expect(
      await number('SELECT count(*) FROM game.players WHERE short_name = left(name, 3) AND times_filled = 1'),
    ).toBe(TENANTS * ROWS_EACH);
    expect(await number(`SELECT count(*) FROM ${OWN}.game_players WHERE short_name = 'own'`)).toBe(40);
    expect(batches.length).toBeGreaterThan(TENANTS);
    expect(batches.at(-1)).toMatchObject({ table: 'game.players', rows: TENANTS * ROWS_EACH });
    expect(await number('SELECT count(*) FROM drizzle.__backfill_progress')).toBe(0);
    expect(await up(BACKFILL)).toMatchObject({ applied: [], placements: [] });
  });

  it('goes on after the last batch when its connection was cut, and fills nothing twice', async () => {
    await up(EXPANSION);
    let rows = 0;
    const cut = up(BACKFILL, {
      onBatch: (_, filled) => {
        rows = filled.rows;
        void admin.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'dmz-migrate' AND datname = current_database()",
        );
      },
      pace: { rowsPerSecond: 400 },
    });
    await expect(cut).rejects.toThrow();
    expect(await number('SELECT rows FROM drizzle.__backfill_progress')).toBe(rows);
    const seen: number[] = [];
    await up(BACKFILL, { onBatch: ({ schema }, filled) => schema === null && seen.push(filled.rows) });
    expect(seen[0]).toBeGreaterThan(rows);
    expect(seen.at(-1)).toBe(TENANTS * ROWS_EACH);
    expect(await number('SELECT count(*) FROM game.players WHERE times_filled = 1')).toBe(
      TENANTS * ROWS_EACH,
    );
  });

  it('keeps to its pace, lets others work meanwhile, and what they write is right when the trigger has gone', async () => {
    await up(EXPANSION);
    const startedAt = performance.now();
    let batches = 0;
    await up(CONTRACTION, {
      pace: { rowsPerSecond: 1_000 },
      onBatch: ({ schema }, { rows }) => {
        // What is sent after the last batch may come when the contraction is done.
        if (schema !== null || rows === TENANTS * ROWS_EACH) return;
        batches += 1;
        void admin.query(`INSERT INTO game.players (tenant_id, name) VALUES (gen_random_uuid(), 'new ${batches}');
          UPDATE game.players SET name = 'changed' WHERE id = (SELECT id FROM game.players ORDER BY random() LIMIT 1)`);
      },
    });
    expect(performance.now() - startedAt).toBeGreaterThan((TENANTS - 1) * ROWS_EACH);
    expect(
      await number('SELECT count(*) FROM game.players WHERE short_name IS DISTINCT FROM left(name, 3)'),
    ).toBe(0);
    expect(await number("SELECT count(*) FROM game.players WHERE name LIKE 'new %'")).toBe(batches);
    expect(await number("SELECT count(*) FROM pg_trigger WHERE tgname = 'keep_short_name'")).toBe(0);
  });

  it('is applied alone where it is asked for, and says what comes before it', async () => {
    const only = { only: 'backfill' } as const;
    expect(await up(CONTRACTION, only)).toMatchObject({ applied: [] });
    await expect(up(CONTRACTION, { ...only, to: '0004' })).rejects.toMatchObject({
      code: 'MIGRATION_BACKFILL_WAITS',
      found: '0003_add_short_name, of the phase expand',
    });
    await expect(up(CONTRACTION, { to: '0009_nowhere' })).rejects.toMatchObject({
      code: 'MIGRATION_UNKNOWN',
    });
    expect((await up(CONTRACTION, { to: '0003_add_short_name' })).applied).toEqual(['0003_add_short_name']);
    expect((await up(CONTRACTION, only)).applied).toEqual(['0004_fill_short_name']);
    expect((await up(CONTRACTION)).applied).toEqual(['0005_drop_trigger']);
  });

  it('refuses a statement whose range it cannot fill in', async () => {
    const wrong = {
      ...EXPANSION,
      '0004_fill_wrong': BACKFILL['0004_fill_short_name']?.replace('<= ($3, $4)', '<= ($3, $3)') ?? '',
    };
    await expect(up(wrong)).rejects.toMatchObject({ code: 'MIGRATION_STATEMENT_UNSUITABLE' });
    expect(await number('SELECT count(*) FROM game.players WHERE times_filled > 0')).toBe(0);
  });
});
