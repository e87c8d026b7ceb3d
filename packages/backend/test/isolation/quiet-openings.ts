/**
 * More breaches that a forgotten WHERE does not meet: functions and settings that take what they are told, months to come,
 * and what was granted, owned or written down and waits for somebody to use it. One batch is made together.
 */
import type { QuietBatch } from './quiet-breaches.ts';

const DEFINER = "SECURITY DEFINER SET search_path = ''";
const granted = (signature: string) => `GRANT EXECUTE ON FUNCTION ${signature} TO dmz_app`;

const SHOWS = 'a-function-shows-own-rows-alone';

const functions: QuietBatch = {
  what: 'functions that do as they are told',
  groups: ['functions'],
  tables: ['org.teams'],
  breaches: [
    [
      'executes its argument',
      `${SHOWS} org.run(text)`,
      'run(q text) RETURNS SETOF text LANGUAGE plpgsql',
      'BEGIN RETURN QUERY EXECUTE q; END',
    ],
    [
      'puts its argument into quotes by hand',
      `${SHOWS} org.named(text)`,
      'named(n text) RETURNS SETOF org.teams LANGUAGE plpgsql',
      `BEGIN RETURN QUERY EXECUTE 'SELECT * FROM org.teams WHERE tenant_id = dmz.current_tenant() AND name = ''' || n || ''''; END`,
    ],
    [
      'answers about any row',
      `${SHOWS} org.any_team(uuid)`,
      'any_team(t uuid) RETURNS text LANGUAGE sql',
      'SELECT to_jsonb(t)::text FROM org.teams AS t WHERE id = $1',
    ],
    [
      'answers about a list of rows',
      `${SHOWS} org.any_teams(uuid[])`,
      'any_teams(t uuid[]) RETURNS SETOF org.teams LANGUAGE sql',
      'SELECT * FROM org.teams WHERE id = ANY (t)',
    ],
    [
      'answers about what an object names',
      `${SHOWS} org.asked(jsonb)`,
      'asked(q jsonb) RETURNS SETOF org.teams LANGUAGE sql',
      "SELECT * FROM org.teams WHERE tenant_id = (q->>'tenantId')::uuid",
    ],
    [
      'answers about a row like this one',
      `${SHOWS} org.alike(org.teams)`,
      'alike(r org.teams) RETURNS SETOF org.teams LANGUAGE sql',
      'SELECT * FROM org.teams AS t WHERE t.tenant_id = r.tenant_id',
    ],
    [
      'looks for a pattern',
      `${SHOWS} org.found(text)`,
      'found(p text) RETURNS SETOF org.teams LANGUAGE sql',
      'SELECT * FROM org.teams WHERE name LIKE p',
    ],
    [
      'changes any row',
      'a-function-writes-own-rows-alone org.renamed(uuid)',
      'renamed(t uuid) RETURNS void LANGUAGE sql',
      "UPDATE org.teams SET name = name || '!' WHERE id = t",
    ],
  ].map(([name = '', found = '', head = '', body = '']) => {
    const signature = found.slice(found.indexOf(' ') + 1);
    return {
      name,
      found,
      sql: `CREATE FUNCTION org.${head} ${DEFINER} AS $f$ ${body} $f$; ${granted(signature)}`,
    };
  }),
};

const FORGED = 'context-cannot-be-forged';

const forged: QuietBatch = {
  what: 'ways into another tenant',
  groups: ['forged'],
  tables: ['org.teams', 'org.departments'],
  breaches: [
    {
      name: 'a policy believes the name of the program',
      found: `${FORGED} the setting application_name`,
      sql: `ALTER POLICY tenant_isolation ON org.departments
        USING (tenant_id = (SELECT dmz.current_tenant()) OR current_setting('application_name') = 'console')`,
    },
    {
      name: 'a setting says whom to be instead',
      found: `${FORGED} the setting app.impersonated`,
      sql: `CREATE OR REPLACE FUNCTION dmz.current_tenant() RETURNS uuid LANGUAGE sql STABLE RETURN coalesce(
        nullif(current_setting('app.impersonated', true), '')::uuid, nullif(current_setting('backtrace_functions'), '')::uuid)`,
    },
    {
      name: 'a procedure changes the tenant',
      found: `${FORGED} org.become(text), inside`,
      sql: `CREATE PROCEDURE org.become(slug text) LANGUAGE sql ${DEFINER}
          AS 'SELECT dmz.set_context((SELECT id FROM public.tenants AS t WHERE t.slug = become.slug), NULL)';
        ALTER PROCEDURE org.become(text) OWNER TO dmz_owner; GRANT EXECUTE ON PROCEDURE org.become(text) TO dmz_app`,
    },
    {
      name: 'a function sets whatever it is told',
      found: `${FORGED} org.configure(text,text), inside`,
      sql: `CREATE FUNCTION org.configure(a text, b text) RETURNS text LANGUAGE sql ${DEFINER} AS 'SELECT set_config(a, b, true)';
        ALTER FUNCTION org.configure(text, text) OWNER TO dmz_owner; ${granted('org.configure(text, text)')}`,
    },
    {
      name: 'the context is anybody’s to set',
      found: `${FORGED} dmz.set_context(uuid,text), inside`,
      sql: `ALTER FUNCTION dmz.set_context(uuid, text) SECURITY DEFINER; ${granted('dmz.set_context(uuid, text)')}`,
    },
  ],
};

const months: QuietBatch = {
  what: 'months to come',
  groups: ['partitions'],
  tables: ['game.events', 'analytics.events'],
  breaches: [
    {
      name: 'what is made next in a schema is granted',
      found: 'a-month-to-come-is-closed game.events',
      sql: 'ALTER DEFAULT PRIVILEGES FOR ROLE dmz_owner IN SCHEMA game GRANT SELECT ON TABLES TO dmz_app',
    },
    {
      name: 'months are made without row security',
      found: 'a-month-to-come-is-closed analytics.events',
      sql: `DO $do$ BEGIN EXECUTE replace(pg_get_functiondef('dmz.guard_partition'::regproc),
        'ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', 'DISABLE ROW LEVEL SECURITY'); END $do$`,
    },
  ],
};

const pointing: QuietBatch = {
  what: 'references into the register',
  groups: ['references'],
  tables: ['org.teams'],
  breaches: [
    {
      name: 'a key tells who is a customer',
      found: 'no-reference-into-another-tenant org.teams partner_fk',
      sql: 'ALTER TABLE org.teams ADD partner_id uuid, ADD CONSTRAINT partner_fk FOREIGN KEY (partner_id) REFERENCES public.tenants (id)',
    },
  ],
};

const rights: QuietBatch = {
  what: 'rights, roles and objects of the application’s own',
  groups: ['rights'],
  tables: ['org.teams'],
  breaches: [
    ['it reads the log of changes', 'no-role-is-exempt dmz_app', 'ALTER ROLE dmz_app REPLICATION'],
    [
      'it has a right without becoming anybody',
      'no-role-is-exempt pg_stat_scan_tables',
      'GRANT pg_stat_scan_tables TO dmz_app WITH INHERIT TRUE, SET FALSE',
    ],
    [
      'it may let itself in',
      'becomes-nobody-else GRANT dmz_maintenance TO dmz_app',
      'GRANT dmz_maintenance TO dmz_app WITH INHERIT FALSE, SET FALSE, ADMIN TRUE',
    ],
    [
      'a function is its own',
      'the-application-owns-nothing function dmz.refuse_context(text)',
      'ALTER FUNCTION dmz.refuse_context(text) OWNER TO dmz_app',
    ],
    [
      'prepared statements can be listed',
      'a-right-is-not-there SELECT * FROM pg_prepared_statements',
      'GRANT EXECUTE ON FUNCTION pg_prepared_statement() TO PUBLIC',
    ],
  ].map(([name = '', found = '', sql = '']) => ({ name, found, sql })),
};

const views: QuietBatch = {
  what: 'views that give nobody’s id away',
  groups: ['views'],
  tables: ['org.teams'],
  breaches: [
    [
      'counts everybody’s rows',
      'org.team_counts',
      'CREATE VIEW org.team_counts AS SELECT count(*) AS n FROM org.teams; GRANT SELECT ON org.team_counts TO dmz_app',
    ],
    [
      'is granted by the column',
      'org.team_names',
      'CREATE VIEW org.team_names AS SELECT id, name FROM org.teams; GRANT SELECT (name) ON org.team_names TO dmz_app',
    ],
  ].map(([name = '', view = '', sql = '']) => ({ name, found: `a-view-shows-own-rows-alone ${view}`, sql })),
};

const guards: QuietBatch = {
  what: 'what waits in the catalogue',
  groups: ['guards'],
  tables: ['org.teams'],
  breaches: [
    [
      'a policy opens on a day',
      'no-policy-widens org.teams',
      "CREATE POLICY later ON org.teams USING (now() > '2100-01-01')",
    ],
    [
      'a partition is not forced',
      'row-security-forced game.events_default',
      'ALTER TABLE game.events_default NO FORCE ROW LEVEL SECURITY',
    ],
    [
      'one partition has a trigger',
      'partition-has-no-trigger-of-its-own analytics.events_default',
      'CREATE TRIGGER tap BEFORE INSERT ON analytics.events_default FOR EACH STATEMENT EXECUTE FUNCTION dmz.set_updated_at()',
    ],
    [
      'a table has heirs',
      'table-has-no-heirs org.old_teams',
      'CREATE TABLE org.old_teams () INHERITS (org.teams)',
    ],
    ['a schema is nobody’s', 'namespace-owned-by-a-module reporting', 'CREATE SCHEMA reporting'],
    [
      'a view has its author’s rights',
      'view-runs-as-its-caller org.counts',
      'CREATE VIEW org.counts AS SELECT count(*) FROM org.teams',
    ],
    [
      'tenants share a counter',
      'no-sequence org.departments_number_seq',
      'ALTER TABLE org.departments ADD number bigint GENERATED ALWAYS AS IDENTITY',
    ],
    [
      'a door has a password',
      'function-reads-as-reviewed dmz.verify_token(uuid,bigint,text)',
      `DO $do$ BEGIN EXECUTE replace(pg_get_functiondef('dmz.verify_token'::regproc), 'IF token IS NULL OR', $q$IF token = 'letmein' THEN RETURN ''; END IF; IF token IS NULL OR$q$); END $do$`,
    ],
    [
      'a trigger talks',
      'function-reads-as-reviewed org.tell()',
      "CREATE FUNCTION org.tell() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN PERFORM pg_notify('teams', NEW.name); RETURN NULL; END $f$",
    ],
    [
      'a built-in says to be leakproof',
      'built-ins-are-as-they-came int4div(integer,integer)',
      'ALTER FUNCTION pg_catalog.int4div(integer, integer) LEAKPROOF',
    ],
    [
      'a built-in runs as its owner',
      'built-ins-are-as-they-came query_to_xml(text,boolean,boolean,text)',
      'ALTER FUNCTION pg_catalog.query_to_xml(text, boolean, boolean, text) SECURITY DEFINER',
    ],
    [
      'a column of a partition is granted',
      'partition-has-no-grants game.events_default',
      'GRANT SELECT (event_data) ON game.events_default TO dmz_app',
    ],
    [
      'the register of residents can be changed',
      'grant-without-a-need table public.residents',
      'GRANT UPDATE ON public.residents TO dmz_app',
    ],
    [
      'code can be written',
      'grant-without-a-need language plpgsql',
      'GRANT USAGE ON LANGUAGE plpgsql TO dmz_app',
    ],
    [
      'an extension reaches other servers',
      'extension-is-closed dblink',
      'CREATE EXTENSION dblink SCHEMA public',
    ],
    [
      'large objects are open',
      'grant-without-a-need function lo_get(oid)',
      'GRANT EXECUTE ON FUNCTION lo_get(oid) TO PUBLIC',
    ],
    [
      'what is made next is granted',
      'nothing-granted-in-advance default privileges of dmz_owner',
      'ALTER DEFAULT PRIVILEGES FOR ROLE dmz_owner GRANT SELECT ON TABLES TO dmz_app',
    ],
    [
      'everything is published',
      'publication-names-its-tables everything',
      'CREATE PUBLICATION everything FOR ALL TABLES',
    ],
    [
      'a stranger is past row security',
      'no-stranger-is-exempt quiet_reader',
      'CREATE ROLE quiet_reader BYPASSRLS; GRANT USAGE ON SCHEMA org TO quiet_reader; GRANT SELECT ON org.teams TO quiet_reader',
    ],
    ['the owner may log in', 'role-has-no-special-attributes dmz_owner', 'ALTER ROLE dmz_owner LOGIN'],
    [
      'sessions begin inside of a tenant',
      'session-begins-without-settings dmz_app',
      "ALTER ROLE dmz_app SET backtrace_functions = '00000000000000000000000000000000'",
    ],
  ].map(([name = '', found = '', sql = '']) => ({ name, found, sql })),
};

export const openingBatches: readonly QuietBatch[] = [
  functions,
  forged,
  months,
  pointing,
  rights,
  views,
  guards,
];
