import { describe, expect, it } from 'vitest';
import { lintTexts, rulesBrokenBy } from '../temporary-series.ts';

const outside = (sql: string) => `-- phase: expand\n-- transaction: none\n${sql}`;

describe('indexes of a filled table', () => {
  it.each([
    ['CREATE INDEX i ON game.sessions (tenant_id)', 'index-not-concurrent'],
    ['CREATE INDEX i ON game.events (tenant_id)', 'index-not-concurrent'],
    ['CREATE INDEX i ON ONLY game.sessions (tenant_id)', 'index-not-concurrent'],
    ['CREATE INDEX i ON game.events_y2026m11 (tenant_id)', 'index-not-concurrent'],
    ['DROP INDEX game.i', 'index-not-concurrent'],
    ['REINDEX TABLE game.sessions', 'index-not-concurrent'],
    ['REINDEX (CONCURRENTLY false) INDEX game.sessions_pkey', 'index-not-concurrent'],
    ['REINDEX TABLE CONCURRENTLY game.sessions', 'concurrently-in-transaction'],
    ['VACUUM game.sessions', 'concurrently-in-transaction'],
    [
      'ALTER TABLE game.events DETACH PARTITION game.events_y2026m11 CONCURRENTLY',
      'concurrently-in-transaction',
    ],
  ])('%s is refused', async (sql, rule) => {
    expect(await rulesBrokenBy(`${sql};`)).toContain(rule);
  });

  it('an index of a partitioned table goes by its partitions, and the finding says how', async () => {
    const [finding] = await lintTexts('CREATE INDEX i ON game.events (tenant_id);');
    expect(finding?.remedy).toMatch(/ON ONLY.*CONCURRENTLY on each partition.*ATTACH PARTITION/);
    const made = 'CREATE INDEX i ON ONLY game.events (tenant_id);';
    expect(await rulesBrokenBy(made, 'DROP INDEX game.i;')).toEqual([]);
    expect(await rulesBrokenBy(made, outside('DROP INDEX CONCURRENTLY IF EXISTS game.i;'))).toEqual([
      'concurrently-on-partitioned',
    ]);
  });

  it('an index that the same file made may go as it came', async () => {
    const table = 'CREATE TEMP TABLE t (a integer);\nCREATE INDEX i ON pg_temp.t (a);';
    expect(await rulesBrokenBy(`${table}\nDROP INDEX pg_temp.i;`)).not.toContain(
      'old-shape-outside-contract',
    );
  });
});

describe('strong locks on a filled table', () => {
  it.each([
    'LOCK TABLE game.sessions',
    'LOCK TABLE game.sessions IN SHARE MODE',
    'CLUSTER game.sessions USING sessions_pkey',
    'TRUNCATE game.sessions',
    'ALTER TABLE game.sessions SET UNLOGGED',
    'ALTER TABLE game.sessions SET TABLESPACE fast',
    'ALTER TABLE game.sessions SET ACCESS METHOD heap',
    'ALTER TABLE game.events DETACH PARTITION game.events_y2026m11',
    'ALTER TABLE game.events ATTACH PARTITION game.events_y2026m11 FOR VALUES FROM (1) TO (2)',
    'ALTER TABLE game.sessions ALTER CONSTRAINT c ENFORCED',
    'REFRESH MATERIALIZED VIEW game.totals',
    'CREATE TABLE game.events_old PARTITION OF game.events FOR VALUES FROM (1) TO (2)',
  ])('%s is refused', async (sql) => {
    expect(await rulesBrokenBy(`${sql};`)).toContain('strong-lock-held-long');
  });

  it('VACUUM is refused with FULL alone', async () => {
    expect(await rulesBrokenBy(outside('VACUUM (FULL, ANALYZE) game.sessions;'))).toEqual([
      'strong-lock-held-long',
    ]);
    expect(await rulesBrokenBy(outside('VACUUM (FULL false) game.sessions;'))).toEqual([]);
  });

  it.each([
    'LOCK TABLE game.sessions IN SHARE UPDATE EXCLUSIVE MODE',
    'ALTER TABLE game.sessions SET (fillfactor = 50)',
    'ALTER TABLE game.sessions ALTER COLUMN day SET STATISTICS 500',
    'ALTER TABLE game.sessions ALTER COLUMN day SET DEFAULT 1',
    'ANALYZE game.sessions',
    'CREATE TRIGGER t AFTER INSERT ON game.sessions FOR EACH ROW EXECUTE FUNCTION game.t()',
  ])('%s is accepted', async (sql) => {
    expect(await lintTexts(`${sql};`)).toEqual([]);
  });

  it.each([
    ['UPDATE game.sessions SET day = 0 WHERE id = $1', []],
    ['SELECT count(*) FROM game.sessions', ['work-under-strong-lock']],
    [
      'INSERT INTO public.countries SELECT status, status FROM game.sessions',
      ['rows-without-key-range', 'work-under-strong-lock'],
    ],
    ['INSERT INTO public.countries VALUES (1, 2)', []],
    ['SELECT dmz.ensure_partitions(1)', []],
  ] as const)('after ADD COLUMN in one transaction, %s breaks %j', async (sql, rules) => {
    expect(await rulesBrokenBy(`ALTER TABLE game.sessions ADD COLUMN a text;\n${sql};`)).toEqual(rules);
  });
});

describe('rows of a filled table', () => {
  it.each([
    'UPDATE game.sessions SET day = 0',
    'UPDATE game.sessions SET day = 0 WHERE tenant_id = $1',
    'UPDATE game.sessions SET day = 0 WHERE id > $1',
    "UPDATE game.sessions SET day = 0 WHERE id = $1 OR status = 'open'",
    'UPDATE game.sessions SET day = 0 FROM game.actions WHERE actions.id = sessions.id',
    'DELETE FROM game.actions',
    'DELETE FROM game.sessions WHERE id IN (SELECT id FROM game.sessions)',
    'WITH gone AS (DELETE FROM game.sessions RETURNING id) SELECT * FROM gone',
    'MERGE INTO game.sessions USING game.actions ON sessions.id = actions.id WHEN MATCHED THEN DELETE',
    'INSERT INTO game.actions SELECT tenant_id, id FROM game.sessions',
  ])('%s is refused', async (sql) => {
    expect(await rulesBrokenBy(`${sql};`)).toContain('rows-without-key-range');
    expect(await rulesBrokenBy(`-- phase: backfill\n${sql};`)).toContain('rows-without-key-range');
  });

  it.each([
    'UPDATE game.sessions SET day = 0 WHERE id = ANY ($1)',
    'UPDATE game.sessions SET day = 0 WHERE id BETWEEN $1 AND $2',
    'UPDATE game.sessions SET day = 0 WHERE (tenant_id, id) > ($1, $2) AND ($3, $4) >= (tenant_id, id)',
    'UPDATE game.sessions SET day = 0 WHERE (tenant_id, id) IN (SELECT tenant_id, id FROM game.sessions WHERE day IS NULL LIMIT 1000)',
    "UPDATE public.countries SET name = 'Here'",
    "INSERT INTO game.actions VALUES ('a', 'b')",
  ])('%s is accepted in a backfill', async (sql) => {
    expect(await lintTexts(`-- phase: backfill\n${sql};`)).toEqual([]);
  });
});

describe('a file outside a transaction', () => {
  it.each([
    'CREATE INDEX CONCURRENTLY i ON game.sessions (tenant_id)',
    'DROP INDEX CONCURRENTLY game.i',
    'ALTER TABLE game.sessions ADD COLUMN a text',
    'ALTER TABLE game.sessions ADD CONSTRAINT c CHECK (day > 0) NOT VALID',
    'CREATE FUNCTION game.f() RETURNS integer LANGUAGE sql AS $$SELECT 1$$',
    'CREATE TRIGGER t AFTER INSERT ON game.sessions FOR EACH ROW EXECUTE FUNCTION game.t()',
    'CREATE VIEW game.v AS SELECT 1 AS one',
    'CREATE POLICY p ON game.sessions AS RESTRICTIVE USING (day > 0)',
    'CREATE SCHEMA other',
    "INSERT INTO public.countries VALUES ('XX', 'Nowhere')",
    "ALTER TYPE game.mood ADD VALUE 'calm' BEFORE 'angry'",
    'ALTER TABLE game.sessions ADD CONSTRAINT c UNIQUE USING INDEX i',
  ])('with %s is refused', async (sql) => {
    expect(await rulesBrokenBy(outside(`${sql};`))).toContain('not-repeatable');
  });

  it.each([
    'ALTER TABLE game.sessions ADD COLUMN IF NOT EXISTS a text',
    'CREATE OR REPLACE FUNCTION game.f() RETURNS integer LANGUAGE sql AS $$SELECT 1$$',
    'CREATE OR REPLACE TRIGGER t AFTER INSERT ON game.sessions FOR EACH ROW EXECUTE FUNCTION game.t()',
    "INSERT INTO public.countries VALUES ('XX', 'Nowhere') ON CONFLICT DO NOTHING",
    'GRANT SELECT ON game.sessions TO dmz_maintenance',
    'ALTER TABLE game.sessions ALTER COLUMN day DROP NOT NULL',
  ])('with %s is accepted', async (sql) => {
    expect(await lintTexts(outside(`${sql};`))).toEqual([]);
  });
});
