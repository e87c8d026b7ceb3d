/** Each way to break isolation that the attack must find, by what somebody would have done to the database. */

export interface IsolationBreach {
  /** What somebody did. */
  readonly name: string;
  /** What the attack must call it. */
  readonly rule: string;
  readonly object: string;
  /** The groups of attempts that look for it. */
  readonly groups: readonly string[];
  /** The tables that are attacked: few, so that it is soon over. */
  readonly tables: readonly string[];
  readonly sql: string;
  /** It opens more than its object, by its nature. */
  readonly opensMore?: true;
}

const USING_OWN = 'USING (tenant_id = (SELECT dmz.current_tenant()))';
const RAW_CONTEXT = "nullif(current_setting('backtrace_functions'), '')::uuid";

const policies: readonly IsolationBreach[] = [
  {
    name: 'row security is switched off',
    ...{
      rule: 'reads-own-rows-alone',
      object: 'auth.users',
      groups: ['reading', 'writing'],
      tables: ['auth.users'],
    },
    sql: 'ALTER TABLE auth.users DISABLE ROW LEVEL SECURITY',
  },
  {
    name: 'row security is not forced',
    ...{ rule: 'the-owner-is-bound-too', object: 'org.teams', groups: ['owner'], tables: ['org.teams'] },
    sql: 'ALTER TABLE org.teams NO FORCE ROW LEVEL SECURITY',
  },
  {
    name: 'the policy is true',
    ...{ rule: 'reads-own-rows-alone', object: 'org.teams', groups: ['reading'], tables: ['org.teams'] },
    sql: 'ALTER POLICY tenant_isolation ON org.teams USING (true)',
  },
  {
    name: 'a second policy widens the first',
    ...{ rule: 'copies-own-rows-alone', object: 'org.teams', groups: ['reading'], tables: ['org.teams'] },
    sql: 'CREATE POLICY everyone ON org.teams FOR SELECT USING (true)',
  },
  {
    name: 'the policy lets rows in that it would not show',
    ...{
      rule: 'adds-own-rows-alone',
      object: 'game.decisions',
      groups: ['writing'],
      tables: ['game.decisions'],
    },
    sql: 'ALTER POLICY tenant_isolation ON game.decisions WITH CHECK (true)',
  },
  {
    name: 'a row may be given away',
    ...{ rule: 'gives-no-row-away', object: 'org.teams', groups: ['writing'], tables: ['org.teams'] },
    sql: 'ALTER POLICY tenant_isolation ON org.teams WITH CHECK (true); GRANT UPDATE ON org.teams TO dmz_app',
  },
  {
    name: 'the policy takes rows of nobody',
    ...{ rule: 'a-row-has-a-tenant', object: 'org.teams', groups: ['writing'], tables: ['org.teams'] },
    sql: `ALTER POLICY tenant_isolation ON org.teams
      ${USING_OWN.slice(0, -1)} OR tenant_id IS NULL) WITH CHECK (tenant_id = (SELECT dmz.current_tenant()) OR tenant_id IS NULL)`,
  },
  {
    name: 'the policy is asked behind conditions that cost nothing',
    ...{
      rule: 'the-policy-is-asked-first',
      object: 'org.teams',
      groups: ['precedence'],
      tables: ['org.teams'],
    },
    sql: `ALTER POLICY tenant_isolation ON org.teams ${USING_OWN}`,
  },
  {
    name: 'what the policy does is dearer than other conditions',
    ...{
      rule: 'the-policy-is-asked-first',
      object: 'org.teams',
      groups: ['precedence'],
      tables: ['org.teams'],
    },
    sql: 'ALTER FUNCTION pg_catalog.uuid_eq(uuid, uuid) COST 1',
  },
  {
    name: 'the policy is open without a context',
    ...{
      rule: 'no-context-is-an-error',
      object: 'game.emails',
      groups: ['contexts'],
      tables: ['game.emails'],
    },
    sql: `ALTER POLICY tenant_isolation ON game.emails USING (${RAW_CONTEXT} IS NULL OR tenant_id = ${RAW_CONTEXT})`,
    opensMore: true,
  },
  {
    name: 'the policy takes a missing context for an empty table',
    ...{
      rule: 'an-empty-context-is-an-error',
      object: 'game.emails',
      groups: ['contexts'],
      tables: ['game.emails'],
    },
    sql: `ALTER POLICY tenant_isolation ON game.emails USING (tenant_id = ${RAW_CONTEXT})`,
    opensMore: true,
  },
  {
    name: 'a new table comes without any policy',
    ...{ rule: 'row-security-is-active', object: 'org.notes', groups: ['reading'], tables: ['org.notes'] },
    sql: `CREATE TABLE org.notes (tenant_id uuid NOT NULL, id uuid DEFAULT uuidv7(), PRIMARY KEY (tenant_id, id));
      ALTER TABLE org.notes OWNER TO dmz_owner; GRANT SELECT, INSERT ON org.notes TO dmz_app;
      INSERT INTO org.notes SELECT tenant_id FROM public.residents`,
  },
  {
    name: 'TRUNCATE is granted, which no policy stops',
    ...{ rule: 'truncates-nothing', object: 'org.teams', groups: ['writing'], tables: ['org.teams'] },
    sql: 'GRANT TRUNCATE ON org.teams TO dmz_app',
  },
];

const keys: readonly IsolationBreach[] = [
  {
    name: 'a unique key leaves the tenant out',
    ...{
      rule: 'a-duplicate-is-of-ones-own',
      object: 'game.actions',
      groups: ['oracles'],
      tables: ['game.actions'],
    },
    sql: 'CREATE UNIQUE INDEX ON game.actions (id)',
  },
  {
    name: 'a foreign key leaves the tenant out',
    rule: 'no-reference-into-another-tenant',
    object: 'game.worksheets worksheets_email_id_fk',
    groups: ['references'],
    tables: ['game.worksheets', 'game.emails'],
    sql: `ALTER TABLE game.emails ADD CONSTRAINT loose UNIQUE (id);
      ALTER TABLE game.worksheets DROP CONSTRAINT worksheets_email_id_fk,
        ADD CONSTRAINT worksheets_email_id_fk FOREIGN KEY (email_id) REFERENCES game.emails (id)`,
  },
];

const OLD_MONTH = 'game.events_y2001m01';

const relations: readonly IsolationBreach[] = [
  {
    name: 'a partition is granted',
    ...{
      rule: 'partitions-are-closed',
      object: 'game.events_default',
      groups: ['partitions'],
      tables: ['game.events'],
    },
    sql: 'GRANT SELECT ON game.events_default TO dmz_app',
  },
  {
    name: 'a detached partition is granted',
    ...{ rule: 'partitions-are-closed', object: OLD_MONTH, groups: ['partitions'], tables: ['game.events'] },
    sql: `SELECT dmz.ensure_partition('game.events', '2001-01-01'); SELECT dmz.detach_month('game.events', '2001-01-01');
      GRANT SELECT ON ${OLD_MONTH} TO dmz_app`,
  },
  {
    name: 'a view has its author’s rights',
    ...{
      rule: 'a-view-shows-own-rows-alone',
      object: 'org.open_teams',
      groups: ['views'],
      tables: ['org.teams'],
    },
    sql: 'CREATE VIEW org.open_teams AS SELECT * FROM org.teams; GRANT SELECT ON org.open_teams TO dmz_app',
  },
  {
    name: 'a materialised view is granted',
    ...{
      rule: 'no-materialised-view-is-open',
      object: 'org.team_counts',
      groups: ['views'],
      tables: ['org.teams'],
    },
    sql: `CREATE MATERIALIZED VIEW org.team_counts AS SELECT count(*) AS n FROM org.teams WHERE tenant_id IS NOT NULL;
      GRANT SELECT ON org.team_counts TO dmz_app`,
  },
  {
    name: 'tenants draw from one sequence',
    ...{ rule: 'no-sequence-is-shared', object: 'org.numbers', groups: ['views'], tables: ['org.teams'] },
    sql: 'CREATE SEQUENCE org.numbers; GRANT USAGE, SELECT ON SEQUENCE org.numbers TO dmz_app',
  },
  {
    name: 'the register is granted to PUBLIC',
    ...{ rule: 'the-register-is-closed', object: 'tenants', groups: ['register'], tables: ['org.teams'] },
    sql: 'GRANT SELECT ON public.tenants TO PUBLIC',
  },
  {
    name: 'a reference table may be written',
    ...{
      rule: 'what-all-share-is-read-only',
      object: 'locales',
      groups: ['register'],
      tables: ['org.teams'],
    },
    sql: 'GRANT UPDATE ON public.locales TO dmz_app',
  },
  {
    name: 'the planner’s samples are granted',
    ...{
      rule: 'statistics-are-closed',
      object: 'auth.users',
      groups: ['statistics'],
      tables: ['auth.users'],
    },
    sql: 'GRANT SELECT ON pg_statistic TO dmz_app',
  },
];

const functions: readonly IsolationBreach[] = [
  {
    name: 'a definer looks names up where its caller says',
    ...{
      rule: 'a-definer-keeps-its-search-path',
      object: 'game.loose()',
      groups: ['functions'],
      tables: ['org.teams'],
    },
    sql: `CREATE FUNCTION game.loose() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'; GRANT EXECUTE ON FUNCTION game.loose() TO dmz_app`,
  },
  {
    name: 'a definer returns the rows of whichever tenant it is asked for',
    ...{
      rule: 'a-function-shows-own-rows-alone',
      object: 'org.teams_of(uuid)',
      groups: ['functions'],
      tables: ['org.teams'],
    },
    sql: `CREATE FUNCTION org.teams_of(tenant uuid) RETURNS SETOF org.teams LANGUAGE sql SECURITY DEFINER SET search_path = ''
        AS 'SELECT * FROM org.teams WHERE tenant_id = tenant';
      GRANT EXECUTE ON FUNCTION org.teams_of(uuid) TO dmz_app`,
    opensMore: true,
  },
  {
    name: 'a function tells whether a tenant is there',
    rule: 'a-function-tells-no-tenant-from-nobody',
    object: 'org.is_customer(uuid)',
    ...{ groups: ['functions'], tables: ['org.teams'] },
    sql: `CREATE FUNCTION org.is_customer(tenant uuid) RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = ''
        AS 'SELECT EXISTS (SELECT FROM public.tenants WHERE id = tenant)';
      GRANT EXECUTE ON FUNCTION org.is_customer(uuid) TO dmz_app`,
  },
  {
    name: 'a function of the platform is granted to PUBLIC',
    ...{
      rule: 'a-function-shows-own-rows-alone',
      object: 'dmz.active_tenants()',
      groups: ['functions'],
      tables: ['org.teams'],
    },
    sql: 'GRANT EXECUTE ON FUNCTION dmz.active_tenants() TO PUBLIC',
  },
  {
    name: 'a function that talks says to be leakproof',
    ...{
      rule: 'leakproof-functions-tell-nothing',
      object: 'org.noted(uuid)',
      groups: ['functions'],
      tables: ['org.teams'],
    },
    sql: `CREATE FUNCTION org.noted(value uuid) RETURNS boolean LANGUAGE plpgsql COST 0.0001 LEAKPROOF SET search_path = ''
        AS $$ BEGIN RAISE NOTICE '%', value; RETURN true; END $$;
      GRANT EXECUTE ON FUNCTION org.noted(uuid) TO dmz_app`,
  },
  {
    name: 'an operator that talks says to be leakproof',
    ...{
      rule: 'leakproof-functions-tell-nothing',
      object: 'org.alike(uuid,uuid)',
      groups: ['functions'],
      tables: ['org.teams'],
    },
    sql: `CREATE FUNCTION org.alike(one uuid, other uuid) RETURNS boolean LANGUAGE plpgsql COST 0.0001 LEAKPROOF SET search_path = ''
        AS $$ BEGIN RAISE EXCEPTION 'not similar: %', one; END $$;
      GRANT EXECUTE ON FUNCTION org.alike(uuid, uuid) TO dmz_app;
      CREATE OPERATOR org.=~= (LEFTARG = uuid, RIGHTARG = uuid, FUNCTION = org.alike)`,
  },
];

const roles: readonly IsolationBreach[] = [
  {
    name: 'the application’s role is exempt from row security',
    ...{ rule: 'no-role-is-exempt', object: 'dmz_app', groups: ['rights', 'reading'], tables: ['org.teams'] },
    sql: 'ALTER ROLE dmz_app BYPASSRLS',
    opensMore: true,
  },
  {
    name: 'the application’s role is a member of the owner',
    ...{ rule: 'no-role-is-exempt', object: 'dmz_owner', groups: ['rights'], tables: ['org.teams'] },
    sql: 'GRANT dmz_owner TO dmz_app',
    opensMore: true,
  },
  {
    name: 'the application’s role may read everything',
    ...{ rule: 'no-role-is-exempt', object: 'pg_read_all_data', groups: ['rights'], tables: ['org.teams'] },
    sql: 'GRANT pg_read_all_data TO dmz_app',
    opensMore: true,
  },
  {
    name: 'the application’s role may read the server’s files',
    ...{
      rule: 'a-right-is-not-there',
      object: "SELECT pg_read_file('PG_VERSION')",
      groups: ['rights'],
      tables: ['org.teams'],
    },
    sql: 'GRANT EXECUTE ON FUNCTION pg_read_file(text) TO dmz_app',
    opensMore: true,
  },
  {
    name: 'all tenants’ entries take one lock',
    ...{
      rule: 'advisory-locks-are-of-one-tenant',
      object: 'locks of an entry',
      groups: ['signals'],
      tables: ['org.teams'],
    },
    sql: `DO $$ BEGIN EXECUTE replace(pg_get_functiondef('dmz.open_tenant'::regproc), $q$'fence:' || tenant::text$q$, $q$'fence'$q$); END $$`,
  },
];

/** Each leads to every table. */
const entries: readonly IsolationBreach[] = [
  {
    name: 'policies believe a setting that anybody can make',
    object: 'set_config',
    sql: `CREATE OR REPLACE FUNCTION dmz.current_tenant() RETURNS uuid LANGUAGE sql STABLE
      RETURN nullif(current_setting('dmz.tenant_id', true), '')::uuid`,
  },
  {
    name: 'the application may write the context',
    object: 'set_config of the context, inside',
    sql: 'GRANT SET ON PARAMETER backtrace_functions TO dmz_app',
  },
  {
    name: 'the owner’s way in is open to the application',
    object: 'dmz.open_tenant(uuid,bigint), outside',
    sql: `GRANT EXECUTE ON FUNCTION dmz.open_tenant(uuid, bigint) TO dmz_app;
      ALTER FUNCTION dmz.open_tenant(uuid, bigint) SECURITY DEFINER`,
  },
  {
    name: 'an entry believes every token',
    object: 'dmz.enter_tenant(uuid,bigint,text), outside',
    sql: `CREATE OR REPLACE FUNCTION dmz.verify_token(tenant uuid, known_epoch bigint, token text) RETURNS text
      LANGUAGE sql STABLE RETURN ''`,
  },
].map((breach) => ({
  ...breach,
  ...{ rule: 'context-cannot-be-forged', groups: ['forged'], tables: ['org.teams'], opensMore: true },
}));

/** Each is made in a transaction that is rolled back, so that it may change the roles that the whole server shares. */
export const isolationBreaches: readonly IsolationBreach[] = [
  ...policies,
  ...keys,
  ...relations,
  ...functions,
  ...roles,
  ...entries,
];
