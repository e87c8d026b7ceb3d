import { describe, expect, it } from 'vitest';
import { lintTexts, rulesBrokenBy } from '../temporary-series.ts';

const OF_TENANT = 'tenant_id = (SELECT dmz.current_tenant())';

describe('the wall between tenants', () => {
  it.each([
    ['ALTER TABLE game.sessions DISABLE ROW LEVEL SECURITY', 'row-security-loosened'],
    ['ALTER TABLE game.sessions NO FORCE ROW LEVEL SECURITY', 'row-security-loosened'],
    [
      'ALTER TABLE game.sessions FORCE ROW LEVEL SECURITY; ALTER TABLE game.sessions NO FORCE ROW LEVEL SECURITY',
      'row-security-loosened',
    ],
    ['DROP POLICY tenant_isolation ON game.sessions', 'policy-weakened'],
    ['CREATE POLICY all_of_it ON game.sessions USING (true)', 'policy-weakened'],
    ['CREATE POLICY mine ON game.sessions USING (tenant_id = tenant_id)', 'policy-weakened'],
    [`CREATE POLICY mine ON game.sessions USING (${OF_TENANT} OR day > 1)`, 'policy-weakened'],
    [`CREATE POLICY mine ON game.sessions USING (${OF_TENANT}) WITH CHECK (true)`, 'policy-weakened'],
    ['ALTER POLICY tenant_isolation ON game.sessions USING (true)', 'policy-weakened'],
    ["COMMENT ON TABLE game.events IS '@kind tenant'", 'kind-changed'],
    ['COMMENT ON TABLE game.events IS NULL', 'kind-changed'],
    ['ALTER TABLE game.sessions REPLICA IDENTITY FULL', 'kind-changed'],
  ])('%s is refused', async (sql, rule) => {
    expect(await rulesBrokenBy(`${sql};`)).toContain(rule);
  });

  it('a policy may be made anew as it has to be, in one transaction', async () => {
    const anew = `DROP POLICY tenant_isolation ON game.sessions;\nCREATE POLICY tenant_isolation ON game.sessions USING (${OF_TENANT} AND day > 0) WITH CHECK (${OF_TENANT});`;
    expect(await lintTexts(anew)).toEqual([]);
  });

  it('NO FORCE outside a transaction is seen by others, whatever follows', async () => {
    const text =
      '-- phase: expand\n-- transaction: none\nALTER TABLE game.sessions NO FORCE ROW LEVEL SECURITY;\nALTER TABLE game.sessions FORCE ROW LEVEL SECURITY;';
    expect(await rulesBrokenBy(text)).toEqual(['row-security-loosened']);
  });
});

describe('append-only tables', () => {
  it.each([
    'ALTER TABLE game.actions DISABLE TRIGGER ALL',
    'ALTER TABLE game.actions DISABLE TRIGGER USER',
    'ALTER TABLE game.actions DISABLE TRIGGER refuse_change',
    'ALTER TABLE game.events ENABLE REPLICA TRIGGER refuse_change',
    'ALTER TABLE game.events_y2026m11 DISABLE TRIGGER refuse_change',
    'DROP TRIGGER refuse_change ON game.actions',
    'DROP FUNCTION dmz.refuse_change() CASCADE',
    "CREATE OR REPLACE FUNCTION dmz.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS 'BEGIN RETURN NULL; END'",
    'SET LOCAL session_replication_role = replica',
    // A kind that the same file takes away protects until then.
    "COMMENT ON TABLE game.actions IS '@kind tenant'; ALTER TABLE game.actions DISABLE TRIGGER ALL",
  ])('%s is refused', async (sql) => {
    expect(await rulesBrokenBy(`${sql};`)).toContain('append-only-guard-removed');
  });

  it('other triggers of them may be turned off', async () => {
    expect(await lintTexts('ALTER TABLE game.actions DISABLE TRIGGER note_action;')).toEqual([]);
  });
});

describe('rights', () => {
  it.each([
    'GRANT UPDATE ON game.actions TO dmz_mover',
    'GRANT UPDATE (id) ON game.events TO dmz_app',
    'GRANT DELETE ON game.events_y2026m11 TO dmz_app',
    'GRANT ALL ON game.events TO dmz_maintenance',
    'GRANT SELECT, DELETE ON ALL TABLES IN SCHEMA game TO dmz_app',
    'GRANT SELECT ON game.sessions TO PUBLIC',
    'GRANT EXECUTE ON FUNCTION game.f(uuid) TO PUBLIC',
    'GRANT USAGE ON SCHEMA game TO PUBLIC',
    'GRANT SELECT ON game.sessions TO dmz_app WITH GRANT OPTION',
    'GRANT TRUNCATE ON game.sessions TO dmz_app',
    'GRANT INSERT ON public.countries TO dmz_app',
    'GRANT SELECT ON public.tenants TO dmz_app',
    'ALTER DEFAULT PRIVILEGES FOR ROLE dmz_owner GRANT SELECT ON TABLES TO dmz_app',
    'ALTER TABLE game.sessions OWNER TO dmz_app',
  ])('%s is refused', async (sql) => {
    expect(await rulesBrokenBy(`${sql};`)).toEqual(['grant-widened']);
  });

  it.each([
    'ALTER ROLE dmz_app SUPERUSER',
    'CREATE ROLE helper LOGIN BYPASSRLS',
    'ALTER ROLE dmz_mover CREATEROLE',
    'GRANT dmz_owner TO dmz_app',
    'GRANT pg_read_all_data TO dmz_maintenance',
  ])('%s is refused', async (sql) => {
    expect(await rulesBrokenBy(`${sql};`)).toEqual(['role-widened']);
  });

  it.each([
    'GRANT SELECT, INSERT, UPDATE, DELETE ON game.sessions TO dmz_app',
    'GRANT SELECT, INSERT ON game.events TO dmz_app, dmz_mover',
    'GRANT SELECT ON public.countries TO dmz_app, dmz_tenant',
    'REVOKE UPDATE ON game.actions FROM PUBLIC',
    'ALTER DEFAULT PRIVILEGES FOR ROLE dmz_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC',
    'ALTER ROLE dmz_app NOSUPERUSER NOBYPASSRLS',
    'GRANT dmz_tenant TO dmz_app',
  ])('%s is accepted', async (sql) => {
    expect(await lintTexts(`${sql};`)).toEqual([]);
  });

  it.each([
    "CREATE FUNCTION game.f() RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
    "CREATE FUNCTION game.f() RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = game AS 'SELECT 1'",
    "CREATE FUNCTION game.f() RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS 'SELECT 1'",
    'ALTER FUNCTION game.f() SECURITY DEFINER',
    'ALTER FUNCTION game.f() RESET search_path',
    'ALTER FUNCTION game.f() RESET ALL',
    'ALTER FUNCTION game.f() SET search_path = game, pg_temp',
  ])('%s is refused', async (sql) => {
    expect(await rulesBrokenBy(`${sql};`)).toEqual(['definer-without-search-path']);
  });
});

describe('a new table', () => {
  const table = (inner: string, kind: string) =>
    `CREATE TABLE game.notes (${inner});\nALTER TABLE game.notes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;\nCREATE POLICY tenant_isolation ON game.notes USING (${OF_TENANT}) WITH CHECK (${OF_TENANT});\nCOMMENT ON TABLE game.notes IS '@kind ${kind}';`;
  const keys = 'tenant_id uuid NOT NULL, id uuid NOT NULL, PRIMARY KEY (tenant_id, id)';

  it.each([
    [table('tenant_id uuid, id uuid PRIMARY KEY', 'tenant'), 'tenant-first-key'],
    [table('tenant_id uuid, id uuid', 'tenant'), 'tenant-first-key'],
    [table(`${keys}, UNIQUE (id)`, 'tenant'), 'tenant-first-key'],
    [table(`${keys}, FOREIGN KEY (id) REFERENCES game.sessions (id)`, 'tenant'), 'tenant-first-key'],
    [`${table(keys, 'tenant')}\nCREATE UNIQUE INDEX i ON game.notes (id);`, 'tenant-first-key'],
    [table(keys, 'append_only'), 'table-without-guards'],
    [table(keys, 'nothing'), 'table-without-kind'],
    ['CREATE TABLE game.notes (id uuid PRIMARY KEY);', 'table-without-kind'],
    ['CREATE TABLE game.notes AS SELECT 1 AS one;', 'table-without-kind'],
  ])('%s is refused', async (sql, rule) => {
    expect(await rulesBrokenBy(sql)).toEqual([rule]);
  });

  it('is nobody’s yet, and may be changed at will', async () => {
    const changed = `${table(keys, 'tenant')}
CREATE INDEX i ON game.notes (tenant_id);
ALTER TABLE game.notes ADD COLUMN a uuid NOT NULL DEFAULT uuidv7(), ADD CHECK (id IS NOT NULL);
ALTER TABLE game.notes ADD CONSTRAINT f FOREIGN KEY (tenant_id, id) REFERENCES game.sessions (tenant_id, id);
ALTER TABLE game.notes DROP COLUMN a;
UPDATE game.notes SET id = tenant_id;`;
    expect(await lintTexts(changed)).toEqual([]);
  });

  it('is filled from the next migration on, and so is one that was there before IF NOT EXISTS', async () => {
    const index = 'CREATE INDEX i ON game.notes (tenant_id);';
    expect(await rulesBrokenBy(table(keys, 'tenant'), index)).toEqual(['index-not-concurrent']);
    const again = 'CREATE TABLE IF NOT EXISTS game.notes (id uuid);';
    expect(await rulesBrokenBy(table(keys, 'tenant'), `${again}\n${index}`)).toContain(
      'index-not-concurrent',
    );
  });
});
