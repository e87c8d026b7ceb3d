/** `pnpm db:check` finds nothing in what the migrations make, and finds whatever is done to it, by name. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { definedSchema } from '../src/defined-schema.ts';
import { catalogueRules } from '../src/kernel/check/catalogue.ts';
import { findBreaches } from '../src/kernel/check/catalogue-rule.ts';
import { checkDatabase, compareSnapshot, listCatalogue, readSnapshot } from '../src/kernel/check/index.ts';
import { checkHistory, checkSchema, compareSchemas } from '../src/kernel/check/series.ts';
import { projectRoot } from '../src/kernel/project.ts';
import { breaches } from './catalogue-breaches.ts';
import { useDatabase } from './harness/database.ts';

const db = useDatabase();
const defined = definedSchema();
let admin: pg.Client;

beforeAll(async () => {
  admin = await db.connectAsAdmin();
});

/** What is done to the database is undone, so that each test finds it as it was migrated. */
async function afterDoing<Result>(sql: string, look: () => Promise<Result>): Promise<Result> {
  await admin.query('BEGIN');
  try {
    await admin.query(sql);
    await admin.query("SET LOCAL search_path = ''");
    return await look();
  } finally {
    await admin.query('ROLLBACK');
  }
}

function runCheck(): Promise<{ status: number; stdout: string }> {
  const program = path.join(projectRoot, 'packages/backend/bin/dmz.mjs');
  const env = { ...process.env, DATABASE_URL: db.adminUrl };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, 'db', 'check', '--json'], { env }, (error, stdout) =>
      resolve({ status: Number(error?.code ?? 0), stdout }),
    );
  });
}

describe('checking the database', () => {
  it('finds nothing in what the migrations make', async () => {
    const report = await checkDatabase(db.adminUrl, defined);
    expect(report.findings).toEqual([]);
    expect(report.checked).toBeGreaterThan(catalogueRules.length);
  });

  it.each(breaches)('finds by $rule: $sql', async ({ rule, object, sql }) => {
    const found = await afterDoing(sql, () =>
      findBreaches(admin, catalogueRules.find(({ name }) => name === rule)!, defined.namespaces),
    );
    expect(found.map((finding) => finding.object)).toContain(object);
    for (const finding of found)
      expect(finding).toMatchObject({
        rule,
        detail: expect.stringMatching(/\w/),
        remedy: expect.stringMatching(/\w/),
      });
  });

  it('answers a program with its findings and status 1', async () => {
    const owner = await db.connectAsOwner();
    await owner.query('GRANT TRUNCATE ON org.teams TO dmz_app');
    try {
      const { status, stdout } = await runCheck();
      const report = JSON.parse(stdout);
      expect(status).toBe(1);
      expect(report.checked).toBeGreaterThan(50);
      expect(report.findings).toContainEqual({
        rule: 'application-cannot-change-tables',
        object: 'org.teams',
        detail: 'dmz_app may TRUNCATE',
        remedy: expect.any(String),
      });
    } finally {
      await owner.query('REVOKE TRUNCATE ON org.teams FROM dmz_app');
    }
  });

  it('has a breach for every rule, and no rule twice', () => {
    const names = catalogueRules.map(({ name }) => name);
    expect([...new Set(breaches.map(({ rule }) => rule))].sort()).toEqual([...names].sort());
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('comparing schema, migrations and history', () => {
  it('finds a table that is defined and not migrated, and the other way round', async () => {
    const { 'org.teams': teams, ...others } = defined.definitions;
    expect(teams).toBeDefined();
    expect(await checkSchema(others)).toMatchObject([
      {
        rule: 'schema-has-its-migration',
        object: 'org.teams',
        detail: expect.stringMatching(/defined nowhere/),
      },
    ]);
  });

  it('names the value that is defined otherwise', () => {
    const table = (notNull: boolean) => ({ tables: { 'org.teams': { columns: { name: { notNull } } } } });
    expect(compareSchemas(table(true), table(false))).toMatchObject([
      { object: 'org.teams', detail: expect.stringMatching(/columns\.name\.notNull/) },
    ]);
    expect(compareSchemas(table(true), table(true))).toEqual([]);
  });

  it('finds a migration that the database has not applied, and one that it applied differently', async () => {
    const history = 'drizzle.__drizzle_migrations';
    const last = `id = (SELECT max(id) FROM ${history})`;
    const pending = await afterDoing(`DELETE FROM ${history} WHERE ${last}`, () => checkHistory(admin));
    expect(pending).toMatchObject([{ rule: 'database-has-every-migration', remedy: 'pnpm db:migrate' }]);
    const forged = await afterDoing(`UPDATE ${history} SET hash = 'forged' WHERE ${last}`, () =>
      checkHistory(admin),
    );
    expect(forged).toMatchObject([
      { rule: 'database-has-every-migration', detail: expect.stringMatching(/forged/) },
    ]);
  });
});

describe('the listing of the catalogue', () => {
  const list = (sql = 'SELECT 1') => afterDoing(sql, () => listCatalogue(admin, defined.namespaces));

  it('is the same twice, and depends on no month and no administrator', async () => {
    const listing = await list();
    expect(await list()).toBe(listing);
    expect(listing).not.toMatch(/_y\d{4}m\d{2}/);
    const { rows } = await admin.query('SELECT current_user AS name');
    expect(listing).not.toMatch(new RegExp(`(TO|FROM|ROLE) ${rows[0].name}\\b`));
    expect(listing).toContain('CREATE TABLE game.events_default');
  });

  it.each([
    ['a column', 'ALTER TABLE org.teams ADD motto text'],
    ['a default', "ALTER TABLE org.teams ALTER name SET DEFAULT 'x'"],
    ['a constraint', 'ALTER TABLE org.teams ADD CHECK (name IS NOT NULL)'],
    ['an index', 'CREATE INDEX ON org.teams (name)'],
    ['a policy', 'ALTER POLICY tenant_isolation ON org.teams USING (true)'],
    ['row security', 'ALTER TABLE org.teams NO FORCE ROW LEVEL SECURITY'],
    ['a trigger', 'ALTER TABLE org.teams DISABLE TRIGGER set_updated_at'],
    ['a grant', 'GRANT TRUNCATE ON org.teams TO dmz_app'],
    ['a column’s grant', 'GRANT UPDATE (sequence) ON game.session_heads TO dmz_app'],
    ['a comment', "COMMENT ON COLUMN org.teams.name IS 'x'"],
    ['an owner', 'ALTER TABLE org.teams OWNER TO CURRENT_USER'],
    ['a storage parameter', 'ALTER TABLE org.teams SET (fillfactor = 30)'],
    ['a function', 'ALTER FUNCTION dmz.set_updated_at() SECURITY DEFINER'],
    ['a schema’s grant', 'GRANT CREATE ON SCHEMA game TO dmz_app'],
    ['a view', 'CREATE VIEW org.team_views AS SELECT 1 AS one'],
  ])('tells of %s', async (_what, sql) => {
    const listing = await list();
    const [finding, ...others] = compareSnapshot(await list(sql), listing);
    expect(finding).toMatchObject({
      rule: 'catalogue-equals-snapshot',
      object: expect.stringMatching(/^packages\/backend\/schema\.snapshot\.sql:\d+$/),
      remedy: expect.stringMatching(/pnpm dmz db snapshot/),
    });
    expect(others).toEqual([]);
  });

  it('names the first line that differs', () => {
    expect(compareSnapshot('one\ntwo\nthree\n', 'one\n2\n3\n')).toMatchObject([
      { object: expect.stringMatching(/:2$/), detail: 'the database says “two”, the file “2”' },
    ]);
    expect(compareSnapshot('one\n', 'one\n')).toEqual([]);
    expect(readSnapshot()).not.toBe('');
  });
});
