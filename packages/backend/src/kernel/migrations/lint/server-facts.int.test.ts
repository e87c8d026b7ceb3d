/**
 * What lint takes for costly, PostgreSQL does work for, and for nothing else: the server itself says at DEBUG1 when a statement
 * reads a table to check it, writes it anew, builds an index or validates a foreign key.
 */
import { loadModule } from 'libpg-query';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../../test/harness/database.ts';
import { lintSeries } from './lint-series.ts';
import { readMigrationFile } from './read-migration.ts';

const WORK = /^(verifying table|rewriting table|building index|validating foreign key)/;
/** Rules about what a statement costs on a filled table. */
const COSTLY = [
  ...['constraint-without-not-valid', 'not-null-without-proof', 'key-without-index', 'volatile-default'],
  ...['generated-column-stored', 'type-change-rewrites', 'index-not-concurrent', 'strong-lock-held-long'],
];

const MADE = `CREATE SCHEMA facts;
CREATE DOMAIN facts.score AS integer CHECK (value > 0);
CREATE TABLE facts.codes (code text PRIMARY KEY);
CREATE TABLE facts.t (id integer PRIMARY KEY, a integer, b integer NOT NULL, short varchar(10), long text, amount numeric(8,2),
  at timestamptz(0), net cidr, stored integer GENERATED ALWAYS AS (b + 1) STORED);
ALTER TABLE facts.t ADD CONSTRAINT a_there CHECK (a IS NOT NULL) NOT VALID;
ALTER TABLE facts.t ADD CONSTRAINT loose CHECK (b > 5) NOT ENFORCED;
CREATE TABLE facts.v (b integer, virtual integer GENERATED ALWAYS AS (b + 1) VIRTUAL);
CREATE TABLE facts.log (id integer, at integer) PARTITION BY RANGE (at);
CREATE TABLE facts.log_1 PARTITION OF facts.log FOR VALUES FROM (0) TO (10);
CREATE TABLE facts.apart (id integer, at integer NOT NULL);
CREATE TABLE facts.proven (id integer, at integer NOT NULL, CHECK (at >= 20 AND at < 30));
CREATE UNIQUE INDEX t_a_key ON facts.t (a);`;

const FREE = [
  'ALTER TABLE facts.t ADD COLUMN x integer',
  'ALTER TABLE facts.t ADD COLUMN x integer NOT NULL DEFAULT 7',
  'ALTER TABLE facts.t ADD COLUMN x timestamptz NOT NULL DEFAULT now()',
  'ALTER TABLE facts.t ADD COLUMN x integer GENERATED ALWAYS AS (b * 2) VIRTUAL',
  'ALTER TABLE facts.t ADD COLUMN x text REFERENCES facts.codes (code)',
  'ALTER TABLE facts.t ADD CONSTRAINT c CHECK (b > 0) NOT VALID',
  'ALTER TABLE facts.t ADD CONSTRAINT c CHECK (b > 0) NOT ENFORCED',
  'ALTER TABLE facts.t ADD CONSTRAINT c FOREIGN KEY (long) REFERENCES facts.codes (code) NOT VALID',
  'ALTER TABLE facts.t ADD CONSTRAINT c NOT NULL a NOT VALID',
  'ALTER TABLE facts.t ADD CONSTRAINT c UNIQUE USING INDEX t_a_key',
  'ALTER TABLE facts.t ALTER COLUMN b SET NOT NULL',
  'ALTER TABLE facts.t ALTER COLUMN short TYPE varchar(20)',
  'ALTER TABLE facts.t ALTER COLUMN short TYPE text',
  'ALTER TABLE facts.t ALTER COLUMN long TYPE varchar',
  'ALTER TABLE facts.t ALTER COLUMN amount TYPE numeric(10,2)',
  'ALTER TABLE facts.t ALTER COLUMN amount TYPE numeric',
  'ALTER TABLE facts.t ALTER COLUMN at TYPE timestamptz(3)',
  'ALTER TABLE facts.t ALTER COLUMN net TYPE inet',
  'ALTER TABLE facts.v ALTER COLUMN virtual SET EXPRESSION AS (b + 2)',
  'ALTER TABLE facts.t ALTER COLUMN a SET DEFAULT random()',
  'ALTER TABLE facts.t DROP COLUMN long',
  'ALTER TABLE ONLY facts.log ADD CONSTRAINT k UNIQUE (id, at)',
  'CREATE INDEX i ON ONLY facts.log (id)',
  'ALTER TABLE facts.log ATTACH PARTITION facts.proven FOR VALUES FROM (20) TO (30)',
];

const COSTING = [
  'ALTER TABLE facts.t ADD COLUMN x uuid DEFAULT uuidv7()',
  'ALTER TABLE facts.t ADD COLUMN x integer GENERATED ALWAYS AS IDENTITY',
  'ALTER TABLE facts.t ADD COLUMN x serial',
  'ALTER TABLE facts.t ADD COLUMN x facts.score',
  'ALTER TABLE facts.t ADD COLUMN x integer GENERATED ALWAYS AS (b * 2) STORED',
  'ALTER TABLE facts.t ADD COLUMN x integer CHECK (x > 0)',
  "ALTER TABLE facts.t ADD COLUMN x text DEFAULT 'A' REFERENCES facts.codes (code)",
  'ALTER TABLE facts.t ADD CONSTRAINT c CHECK (b > 0)',
  'ALTER TABLE facts.t ADD CONSTRAINT c FOREIGN KEY (long) REFERENCES facts.codes (code)',
  'ALTER TABLE facts.t ADD CONSTRAINT c NOT NULL a',
  'ALTER TABLE facts.t ADD CONSTRAINT c UNIQUE (b, id)',
  'ALTER TABLE facts.t ADD COLUMN x integer UNIQUE',
  'ALTER TABLE facts.t ADD CONSTRAINT c EXCLUDE (b WITH =)',
  'ALTER TABLE facts.t ALTER COLUMN a SET NOT NULL',
  'ALTER TABLE facts.t ALTER COLUMN short TYPE varchar(5)',
  'ALTER TABLE facts.t ALTER COLUMN long TYPE varchar(50)',
  'ALTER TABLE facts.t ALTER COLUMN id TYPE bigint',
  'ALTER TABLE facts.t ALTER COLUMN amount TYPE numeric(10,3)',
  'ALTER TABLE facts.t ALTER COLUMN at TYPE date',
  'ALTER TABLE facts.t ALTER COLUMN stored SET EXPRESSION AS (b + 2)',
  'ALTER TABLE facts.t SET UNLOGGED',
  'CREATE INDEX i ON facts.t (b)',
  'CREATE INDEX i ON facts.log (id)',
  'REINDEX TABLE facts.t',
  'ALTER TABLE facts.log ATTACH PARTITION facts.apart FOR VALUES FROM (10) TO (20)',
];

describe('what lint says a statement costs', () => {
  const database = useDatabase();
  let client: pg.Client;
  const said: string[] = [];

  beforeAll(async () => {
    await loadModule();
    client = await database.connectAsAdmin();
    client.on('notice', ({ message }) => said.push(message ?? ''));
    await client.query(MADE);
    await client.query(`INSERT INTO facts.codes VALUES ('A');
      ALTER TABLE facts.t DROP CONSTRAINT a_there;
      INSERT INTO facts.t (id, a, b, short, long) SELECT n, n, n, n, 'A' FROM generate_series(1, 50) AS n;
      ALTER TABLE facts.t ADD CONSTRAINT a_there CHECK (a IS NOT NULL) NOT VALID;
      INSERT INTO facts.log SELECT n, n FROM generate_series(0, 9) AS n; INSERT INTO facts.apart VALUES (1, 15); INSERT INTO facts.proven VALUES (1, 25)`);
  });

  async function workOf(...statements: string[]): Promise<string[]> {
    await client.query('BEGIN');
    try {
      for (const statement of statements.slice(0, -1)) await client.query(statement);
      await client.query('SET LOCAL client_min_messages = debug1');
      said.length = 0;
      await client.query(statements.at(-1) ?? '');
      return said.filter((message) => WORK.test(message));
    } finally {
      await client.query('ROLLBACK');
    }
  }

  function costsOf(...statements: string[]): string[] {
    const texts = [MADE, ...statements].map((text) => `-- phase: expand\n${text};`);
    const series = texts.map((text, at) => readMigrationFile(`00${30 + at}_fact`, text.replace(/;;$/, ';')));
    const findings = lintSeries(series, (file) => file === series.at(-1));
    return findings.map(({ rule }) => rule).filter((rule) => COSTLY.includes(rule));
  }

  it.each(FREE)('nothing: %s', async (statement) => {
    expect({ work: await workOf(statement), costs: costsOf(statement) }).toEqual({ work: [], costs: [] });
  });

  it.each(COSTING)('work on every row: %s', async (statement) => {
    expect(await workOf(statement)).not.toEqual([]);
    expect(costsOf(statement)).not.toEqual([]);
  });

  it.each([
    ['a validated CHECK', 'ALTER TABLE facts.t VALIDATE CONSTRAINT a_there'],
    [
      'NOT NULL NOT VALID, validated',
      'ALTER TABLE facts.t ADD CONSTRAINT n NOT NULL a NOT VALID',
      'ALTER TABLE facts.t VALIDATE CONSTRAINT n',
    ],
  ])('nothing: SET NOT NULL after %s', async (_, ...before) => {
    const set = 'ALTER TABLE facts.t ALTER COLUMN a SET NOT NULL';
    expect({ work: await workOf(...before, set), costs: costsOf(...before, set) }).toEqual({
      work: [],
      costs: [],
    });
  });

  it('a required column without a default fails on the first row', async () => {
    const statement = 'ALTER TABLE facts.t ADD COLUMN x integer NOT NULL';
    await expect(workOf(statement)).rejects.toMatchObject({ code: '23502' });
    expect(costsOf(statement)).toEqual(['not-null-without-proof']);
  });

  const BEHIND_ROW_SECURITY = `ALTER TABLE facts.t ADD CONSTRAINT c FOREIGN KEY (long) REFERENCES facts.codes (code) NOT VALID;
    GRANT ALL ON SCHEMA facts TO dmz_owner;
    ALTER TABLE facts.t OWNER TO dmz_owner;
    ALTER TABLE facts.codes OWNER TO dmz_owner;
    ALTER TABLE facts.t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant_isolation ON facts.t USING ((SELECT dmz.current_tenant()) IS NOT NULL)`;
  const VALIDATE = 'ALTER TABLE facts.t VALIDATE CONSTRAINT c';

  it('an administrator validates a foreign key behind forced row security, and the owner cannot', async () => {
    expect(await workOf(BEHIND_ROW_SECURITY, VALIDATE)).toEqual([expect.stringMatching(WORK)]);
    const asOwner = workOf(BEHIND_ROW_SECURITY, 'SET LOCAL ROLE dmz_owner', VALIDATE);
    await expect(asOwner).rejects.toMatchObject({ code: 'ZD001' });
  });
});
