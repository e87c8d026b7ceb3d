import { describe, expect, it } from 'vitest';
import { lintTexts, rulesBrokenBy } from '../temporary-series.ts';

const alter = (what: string) => `ALTER TABLE game.sessions ${what};`;

describe('constraints on a filled table', () => {
  it.each([
    ['ADD CONSTRAINT c CHECK (day > 0)', 'constraint-without-not-valid'],
    ['ADD CHECK (day > 0)', 'constraint-without-not-valid'],
    ['ADD COLUMN turn integer CHECK (turn > 0)', 'constraint-without-not-valid'],
    ['ADD CONSTRAINT c NOT NULL day', 'constraint-without-not-valid'],
    [
      'ADD CONSTRAINT c FOREIGN KEY (tenant_id, id) REFERENCES game.actions (tenant_id, id)',
      'constraint-without-not-valid',
    ],
    ["ADD COLUMN code text DEFAULT 'XX' REFERENCES public.countries (code)", 'constraint-without-not-valid'],
    ['ALTER COLUMN day SET NOT NULL', 'not-null-without-proof'],
    ['ADD COLUMN turn integer NOT NULL', 'not-null-without-proof'],
    ['ADD CONSTRAINT c UNIQUE (tenant_id, day)', 'key-without-index'],
    ['ADD COLUMN turn integer UNIQUE', 'key-without-index'],
    ['ADD CONSTRAINT c EXCLUDE USING gist (day WITH =)', 'key-without-index'],
  ])('%s is refused', async (what, rule) => {
    expect(await rulesBrokenBy(alter(what))).toContain(rule);
  });

  it.each([
    'ADD COLUMN turn integer NOT NULL DEFAULT 0',
    'ADD COLUMN code text REFERENCES public.countries (code)',
    'ADD CONSTRAINT c CHECK (day > 0) NOT ENFORCED',
    'ALTER COLUMN seed SET NOT NULL',
    'ADD CONSTRAINT seed_there NOT NULL seed',
  ])('%s is accepted', async (what) => {
    expect(await lintTexts(alter(what))).toEqual([]);
  });

  it('SET NOT NULL is proven by a validated CHECK of an earlier migration, and by no other', async () => {
    const check = (condition: string) => alter(`ADD CONSTRAINT c CHECK (${condition}) NOT VALID`);
    const validate = alter('VALIDATE CONSTRAINT c');
    const set = alter('ALTER COLUMN day SET NOT NULL');
    expect(await rulesBrokenBy(check('day IS NOT NULL'), validate, set)).toEqual([]);
    expect(await rulesBrokenBy(check('day IS NOT NULL AND day > 0'), validate, set)).toEqual([]);
    expect(await rulesBrokenBy(check('day IS NOT NULL OR day > 0'), validate, set)).toEqual([
      'not-null-without-proof',
    ]);
    expect(await rulesBrokenBy(check('mood IS NOT NULL'), validate, set)).toEqual(['not-null-without-proof']);
    expect(await rulesBrokenBy(check('day IS NOT NULL'), set, validate)).toEqual(['not-null-without-proof']);
  });

  it('a key of a partitioned table begins at the parent alone', async () => {
    expect(
      await rulesBrokenBy('ALTER TABLE ONLY game.events ADD CONSTRAINT k UNIQUE (tenant_id, server_time);'),
    ).toEqual([]);
    expect(
      await rulesBrokenBy('ALTER TABLE game.events ADD CONSTRAINT k UNIQUE (tenant_id, server_time);'),
    ).toEqual(['key-without-index']);
  });

  it('are named in the finding, with the safe way', async () => {
    const [finding] = await lintTexts(alter('ADD CONSTRAINT c CHECK (day > 0)'));
    expect(finding).toMatchObject({
      rule: 'constraint-without-not-valid',
      object: 'game.sessions.c',
      line: 2,
    });
    expect(finding?.remedy).toContain('NOT VALID');
  });
});

describe('columns on a filled table', () => {
  it.each([
    ['ADD COLUMN a uuid DEFAULT uuidv7()', 'volatile-default'],
    ['ADD COLUMN a timestamptz DEFAULT clock_timestamp()', 'volatile-default'],
    ['ADD COLUMN a bigint GENERATED ALWAYS AS IDENTITY', 'volatile-default'],
    ['ADD COLUMN a bigserial', 'volatile-default'],
    ['ADD COLUMN a integer DEFAULT game.unknown()', 'volatile-default'],
    ['ALTER COLUMN seed TYPE bigint USING seed + 1', 'type-change-rewrites'],
  ])('%s is refused', async (what, rule) => {
    expect(await rulesBrokenBy(alter(what))).toContain(rule);
  });

  it.each([
    'ADD COLUMN a timestamptz DEFAULT now()',
    "ADD COLUMN a jsonb NOT NULL DEFAULT '{}'::jsonb",
    'ADD COLUMN a timestamptz DEFAULT CURRENT_TIMESTAMP',
    "ADD COLUMN a text[] DEFAULT ARRAY['x']",
  ])('%s is accepted', async (what) => {
    expect(await lintTexts(alter(what))).toEqual([]);
  });

  it('a function of our own is as volatile as its migration made it', async () => {
    const make = (how: string) =>
      `CREATE FUNCTION game.f() RETURNS integer LANGUAGE sql ${how} AS 'SELECT 1';`;
    const use = alter('ADD COLUMN a integer DEFAULT game.f()');
    expect(await rulesBrokenBy(make('STABLE'), use)).toEqual([]);
    expect(await rulesBrokenBy(make(''), use)).toEqual(['volatile-default']);
  });

  it('a domain with a CHECK is as costly as the CHECK', async () => {
    const domain =
      '-- lint: allow squawk/ban-create-domain-with-constraint because this is about its use\nCREATE DOMAIN game.score AS integer CHECK (value > 0);';
    expect(await rulesBrokenBy(domain, alter('ADD COLUMN a game.score'))).toEqual(['volatile-default']);
  });
});
