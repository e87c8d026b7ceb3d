import { describe, expect, it } from 'vitest';
import { lintTexts, rulesBrokenBy } from '../temporary-series.ts';

const OLD_SHAPE = 'old-shape-outside-contract';

describe('outside a contract', () => {
  it.each([
    'ALTER TABLE game.sessions DROP COLUMN mood',
    'ALTER TABLE game.sessions DROP CONSTRAINT sessions_pkey',
    'ALTER TABLE game.sessions RENAME TO games',
    'ALTER TABLE game.sessions RENAME CONSTRAINT sessions_pkey TO sessions_key',
    'ALTER TABLE game.sessions SET SCHEMA public',
    'DROP TABLE game.sessions',
    'DROP SCHEMA game CASCADE',
    'DROP FUNCTION IF EXISTS game.score(uuid)',
    'DROP VIEW game.open_sessions',
    'DROP TYPE game.mood',
    'DROP TRIGGER keep_in_step ON game.sessions',
    'DROP OWNED BY dmz_maintenance',
    'ALTER FUNCTION game.score(uuid) RENAME TO rate',
    "ALTER TYPE game.mood RENAME VALUE 'calm' TO 'quiet'",
    'ALTER TYPE game.point RENAME ATTRIBUTE x TO y',
    'ALTER TABLE game.sessions ALTER COLUMN seed TYPE text',
  ])('%s is refused', async (sql) => {
    expect(await rulesBrokenBy(`${sql};`)).toContain(OLD_SHAPE);
  });

  it.each([
    'CREATE FUNCTION game.f() RETURNS integer LANGUAGE sql AS $$SELECT 1$$; DROP FUNCTION game.f()',
    'CREATE VIEW game.v WITH (security_invoker) AS SELECT 1 AS one; DROP VIEW game.v',
    'DROP TRIGGER keep ON game.sessions; CREATE TRIGGER keep AFTER UPDATE ON game.sessions FOR EACH ROW EXECUTE FUNCTION game.keep()',
    'ALTER INDEX game.sessions_pkey RENAME TO sessions_key',
    'CREATE OR REPLACE FUNCTION game.score(uuid) RETURNS integer LANGUAGE sql AS $$SELECT 1$$',
    'ALTER TABLE game.sessions ALTER COLUMN day DROP NOT NULL',
  ])('%s is accepted', async (sql) => {
    expect(await lintTexts(`${sql};`)).toEqual([]);
  });

  it('a CHECK gives way to one that allows more in one transaction, and stays NOT VALID until later', async () => {
    const added = 'ALTER TABLE game.sessions ADD CONSTRAINT c CHECK (day > 0) NOT VALID;';
    const wider = `ALTER TABLE game.sessions DROP CONSTRAINT c;\nALTER TABLE game.sessions ADD CONSTRAINT c CHECK (day > -1) NOT VALID;`;
    const validated = 'ALTER TABLE game.sessions VALIDATE CONSTRAINT c;';
    expect(await rulesBrokenBy(added, wider, validated)).toEqual([]);
    expect(await rulesBrokenBy(added, `-- phase: expand\n-- transaction: none\n${wider}`)).toContain(
      OLD_SHAPE,
    );
  });

  it('a column may become wider, as long as no value is rounded and none is refused', async () => {
    const grown = (was: string, is: string) =>
      rulesBrokenBy(
        `-- lint: allow squawk/prefer-text-field because this is about types\n-- lint: allow squawk/prefer-timestamp-tz because this is about types\nALTER TABLE game.sessions ADD COLUMN a ${was};`,
        `ALTER TABLE game.sessions ALTER COLUMN a TYPE ${is};`,
      ).then((broken) => broken.filter((rule) => !/excuse|squawk/.test(rule)));
    expect(await grown('varchar(20)', 'varchar(30)')).toEqual([]);
    expect(await grown('varchar(20)', 'text')).toEqual([]);
    expect(await grown('numeric(8,2)', 'numeric(10,2)')).toEqual([]);
    expect(await grown('timestamptz(0)', 'timestamptz(3)')).toEqual([]);
    for (const [was, is] of [
      ['varchar(30)', 'varchar(20)'],
      ['numeric(8,2)', 'numeric(10,3)'],
      ['text', 'varchar(20)'],
      ['integer', 'bigint'],
      ['timestamp', 'timestamptz'],
    ] as const)
      expect(await grown(was, is)).toEqual([OLD_SHAPE, 'type-change-rewrites']);
  });
});

describe('a contract', () => {
  const expand = 'ALTER TABLE game.sessions ADD COLUMN seed_text text;';
  const contract = (completes: string) =>
    `-- phase: contract\n${completes}ALTER TABLE game.sessions DROP COLUMN seed;`;

  it('drops what an earlier expansion replaced', async () => {
    expect(await rulesBrokenBy(expand, contract('-- completes: {first}\n'))).toEqual([]);
  });

  it.each([
    ['no completes', ''],
    ['a file that is not there', '-- completes: 0001_elsewhere\n'],
    ['itself', '-- completes: 0028_example\n'],
    ['a later file', '-- completes: 0029_example\n'],
  ])('with %s is refused', async (_, completes) => {
    expect(await rulesBrokenBy(expand, contract(completes), expand.replace('text', 'number'))).toContain(
      'contract-names-its-expansion',
    );
  });

  it('completes no backfill and no other contract', async () => {
    const backfill = '-- phase: backfill\nUPDATE game.sessions SET day = 0 WHERE id = $1;';
    expect(await rulesBrokenBy(backfill, contract('-- completes: {first}\n'))).toEqual([
      'contract-names-its-expansion',
    ]);
  });
});

describe('the header', () => {
  it.each([
    ['none', '-- phase and the like are missing here.\nSELECT 1;', 'no phase'],
    ['a phase that nobody knows', '-- phase: enlarge\nSELECT 1;', 'phase: '],
    ['a phase twice', '-- phase: expand\n-- phase: backfill\nSELECT 1;', 'phase is said twice'],
    [
      'completes without a contract',
      '-- phase: expand\n-- completes: 0001_x\nSELECT 1;',
      'completes another',
    ],
    ['another transaction', '-- phase: expand\n-- transaction: some\nSELECT 1;', 'transaction: '],
    [
      'a line after a statement',
      '-- phase: expand\nSELECT 1;\n-- transaction: none\nSELECT 2;',
      'nothing reads it',
    ],
    ['a line after prose', '-- phase: expand\n-- Adds.\n-- transaction: none\nSELECT 2;', 'nothing reads it'],
  ])('with %s is refused', async (_, text, problem) => {
    const findings = await lintTexts(text);
    const [finding] = findings.filter(({ rule }) => rule === 'migration-header');
    expect(finding?.detail).toContain(problem);
    expect(finding?.object).toBe('0027_example');
  });

  it('stands above everything else, in any order', async () => {
    const text =
      '-- role: administrator\n-- transaction: none\n-- phase: expand\n-- Adds a mood.\nALTER TABLE game.sessions ADD COLUMN IF NOT EXISTS mood text;';
    expect(await lintTexts(text)).toEqual([]);
  });
});
