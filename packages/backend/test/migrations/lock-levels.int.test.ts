/** What `migrate plan` says of locks is what PostgreSQL takes: each statement is run, and the locks of its transaction read. */
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { LOCKS, locksOf } from '../../src/kernel/migrations/lock-levels.ts';
import { parseStatements } from '../../src/kernel/migrations/parse-statements.ts';
import { useSmallSeries } from '../harness/small-series.ts';

const TABLES = `CREATE SCHEMA s;
  CREATE FUNCTION s.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE TABLE s.b (id integer PRIMARY KEY);
  CREATE TABLE s.a (id integer PRIMARY KEY, x integer, y text, CONSTRAINT c CHECK (x > 0) NOT VALID, CONSTRAINT k FOREIGN KEY (x) REFERENCES s.b NOT VALID);
  CREATE TABLE s.p (at integer) PARTITION BY RANGE (at);
  CREATE TABLE s.p1 PARTITION OF s.p FOR VALUES FROM (0) TO (1);
  CREATE TABLE s.p2 (at integer);
  CREATE INDEX a_x_idx ON s.a (x);
  CREATE TRIGGER t BEFORE UPDATE ON s.a FOR EACH ROW EXECUTE FUNCTION s.f();
  CREATE POLICY q ON s.a USING (true);
  CREATE MATERIALIZED VIEW s.m AS SELECT 1 AS one;
  CREATE VIEW s.v AS SELECT id FROM s.b`;

const STATEMENTS = [
  'ALTER TABLE s.a ADD COLUMN z integer',
  'ALTER TABLE s.a DROP COLUMN y',
  'ALTER TABLE s.a ALTER x SET DEFAULT 3',
  'ALTER TABLE s.a ALTER x SET NOT NULL',
  'ALTER TABLE s.a ALTER x TYPE bigint',
  'ALTER TABLE s.a ALTER x SET STATISTICS 500',
  'ALTER TABLE s.a ALTER x SET (n_distinct = 5)',
  'ALTER TABLE s.a SET (fillfactor = 80)',
  'ALTER TABLE s.a SET (autovacuum_enabled = false)',
  'ALTER TABLE s.a ADD CONSTRAINT d CHECK (x < 9) NOT VALID',
  'ALTER TABLE s.a ADD CONSTRAINT d UNIQUE (y)',
  'ALTER TABLE s.a ADD CONSTRAINT d FOREIGN KEY (id) REFERENCES s.b (id) NOT VALID',
  'ALTER TABLE s.a VALIDATE CONSTRAINT c',
  'ALTER TABLE s.a DROP CONSTRAINT c',
  'ALTER TABLE s.a DROP CONSTRAINT k',
  'ALTER TABLE s.a DISABLE TRIGGER t',
  'ALTER TABLE s.a ENABLE ROW LEVEL SECURITY',
  'ALTER TABLE s.a REPLICA IDENTITY FULL',
  'ALTER TABLE s.a CLUSTER ON a_pkey',
  'ALTER TABLE s.a OWNER TO dmz_owner',
  'ALTER TABLE s.a SET SCHEMA public',
  'ALTER TABLE s.a RENAME TO d',
  'ALTER TABLE s.a RENAME COLUMN x TO d',
  'ALTER TABLE s.a RENAME CONSTRAINT c TO d',
  'ALTER TABLE s.p ATTACH PARTITION s.p2 FOR VALUES FROM (1) TO (2)',
  'ALTER TABLE s.p DETACH PARTITION s.p1',
  'CREATE TABLE s.n (id integer REFERENCES s.b)',
  'CREATE TABLE s.n PARTITION OF s.p FOR VALUES FROM (5) TO (6)',
  'CREATE INDEX d ON s.a (y)',
  'CREATE TRIGGER d BEFORE INSERT ON s.a FOR EACH ROW EXECUTE FUNCTION s.f()',
  'DROP TRIGGER t ON s.a',
  'CREATE POLICY d ON s.a USING (true)',
  'ALTER POLICY q ON s.a USING (false)',
  'DROP POLICY q ON s.a',
  'CREATE STATISTICS s.d ON id, x FROM s.a',
  "COMMENT ON TABLE s.a IS 'x'",
  "COMMENT ON COLUMN s.a.x IS 'x'",
  "COMMENT ON TRIGGER t ON s.a IS 'x'",
  "COMMENT ON CONSTRAINT c ON s.a IS 'x'",
  'GRANT SELECT ON s.a TO dmz_app',
  'TRUNCATE s.p2',
  'LOCK TABLE s.a IN SHARE MODE',
  'SELECT FROM s.a',
  'SELECT FROM s.a FOR UPDATE',
  'INSERT INTO s.p2 SELECT id FROM s.a',
  'UPDATE s.p2 SET at = 2 WHERE at IN (SELECT id FROM s.a)',
  'DELETE FROM s.p2 USING s.a WHERE a.id = at',
  'CREATE VIEW s.w AS SELECT id FROM s.a',
  'CREATE TABLE s.n AS SELECT id FROM s.a',
  'REFRESH MATERIALIZED VIEW s.m',
  'ANALYZE s.a',
  'REINDEX TABLE s.a',
  'DROP TABLE s.p2',
  'CREATE RULE r AS ON UPDATE TO s.p2 DO INSTEAD NOTHING',
];

describe('the lock of a statement', () => {
  const small = useSmallSeries();
  let admin: pg.Client;
  beforeAll(async () => {
    admin = await small.connect(await small.database());
    await admin.query(TABLES);
  });

  /** The strongest on each table that was there before. */
  async function taken(statement: string): Promise<Record<string, string>> {
    await admin.query('BEGIN');
    try {
      const { rows: before } = await admin.query(
        "SELECT oid, oid::regclass::text AS name FROM pg_class WHERE relnamespace = 's'::regnamespace AND relkind IN ('r', 'p', 'm', 'v')",
      );
      await admin.query(statement);
      const { rows: locks } = await admin.query(
        'SELECT relation, mode FROM pg_locks WHERE pid = pg_backend_pid() AND granted AND relation = ANY ($1)',
        [before.map(({ oid }) => oid)],
      );
      const found: Record<string, string> = {};
      for (const { relation, mode } of locks) {
        const name = before.find(({ oid }) => oid === relation)?.name;
        const lock = String(mode)
          .replace(/Lock$/, '')
          .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
          .toUpperCase();
        if (!found[name] || rank(lock) > rank(found[name])) found[name] = lock;
      }
      return found;
    } finally {
      await admin.query('ROLLBACK');
    }
  }
  const rank = (lock: string) => (LOCKS as readonly string[]).indexOf(lock);

  it.each(STATEMENTS)('is told as it is: %s', async (statement) => {
    const [parsed] = await parseStatements([statement]);
    const told: Record<string, string> = Object.fromEntries(
      locksOf(parsed!).map(({ lock, table }) => [table, lock]),
    );
    const actual = await taken(statement);
    for (const [table, lock] of Object.entries(actual)) {
      // Who reads a table's definition keeps nobody from anything.
      if (rank(lock) <= rank('ROW SHARE') && !told[table]) continue;
      expect(told[table] ?? told.null, `the lock on ${table}`).toBe(lock);
    }
    for (const table of Object.keys(told).filter((name) => name !== 'null'))
      expect(actual[table], `a lock on ${table} that is told`).toBeDefined();
  });

  it.each([
    'DO $$ BEGIN NULL; END $$',
    "SELECT dmz.ensure_partitions('game.events', 3)",
    'DROP SCHEMA s CASCADE',
    'IMPORT FOREIGN SCHEMA x FROM SERVER y INTO z',
  ])('is said to be ACCESS EXCLUSIVE where nobody can tell: %s', async (statement) => {
    const [parsed] = await parseStatements([statement]);
    expect(locksOf(parsed!)).toContainEqual({ lock: 'ACCESS EXCLUSIVE', table: null });
  });
});
