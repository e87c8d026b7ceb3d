/**
 * Breaches that give nothing away to a forgotten WHERE: what is open for a row, a month, a token or a word that nobody has
 * used yet, what answers otherwise because of another tenant, and what was granted and never tried. Those of one batch keep
 * out of each other's way, so that they are made together and attacked once.
 */

export interface QuietBreach {
  /** What somebody did. */
  readonly name: string;
  /** The rule and the object, as the attack must name them. */
  readonly found: string;
  readonly sql: string;
}

export interface QuietBatch {
  readonly what: string;
  readonly groups: readonly string[];
  /** The tables that are attacked: few, so that it is soon over. */
  readonly tables: readonly string[];
  readonly breaches: readonly QuietBreach[];
}

const OWN = '(SELECT dmz.current_tenant())';
const DEFINER = "SECURITY DEFINER SET search_path = ''";
/** Rows of both tenants hold the same guesses, which a key that leaves the tenant out would not take. */
const TELL_APART = (table: string, column = 'name') =>
  `UPDATE ${table} SET ${column} = ${column} || tenant_id || id`;

/** Replaces a part of a function that is there. */
function altered(signature: string, from: string, to: string): string {
  return `DO $do$ DECLARE was text := pg_get_functiondef('${signature}'::regprocedure); BEGIN
    ASSERT strpos(was, $q$${from}$q$) > 0, '${signature} is written otherwise by now'; EXECUTE replace(was, $q$${from}$q$, $q$${to}$q$); END $do$`;
}

function trigger(table: string, { when, body }: { readonly when: string; readonly body: string }): string {
  const name = `${table}_tap`;
  return `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql ${DEFINER} AS $body$ BEGIN ${body} RETURN NEW; END $body$;
    CREATE TRIGGER zz_tap ${when} INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION ${name}()`;
}

const policies: QuietBatch = {
  what: 'policies that are open for rows that nobody has yet',
  groups: ['policies'],
  tables: [
    'org.teams',
    'org.departments',
    'auth.users',
    'game.emails',
    'game.worksheets',
    'game.decisions',
    'integration.jobs',
  ],
  breaches: [
    [
      'deleted rows are everybody’s',
      'org.teams',
      `ALTER POLICY tenant_isolation ON org.teams USING (tenant_id = ${OWN} OR deleted_at IS NOT NULL)`,
    ],
    [
      'the beginning of an id is compared',
      'org.departments',
      `ALTER POLICY tenant_isolation ON org.departments USING (left(tenant_id::text, 8) = left(${OWN}::text, 8))`,
    ],
    [
      'tenants before one’s own are shown',
      'auth.users',
      `ALTER POLICY tenant_isolation ON auth.users USING (tenant_id <= ${OWN})`,
    ],
    [
      'old rows are everybody’s',
      'game.emails',
      `ALTER POLICY tenant_isolation ON game.emails USING (tenant_id = ${OWN} OR created_at < now() - interval '1 year')`,
    ],
    [
      'a second policy is for DELETE alone',
      'game.worksheets',
      'CREATE POLICY clearing ON game.worksheets FOR DELETE USING (true)',
    ],
    [
      'a second policy takes what UPDATE makes',
      'game.decisions',
      'CREATE POLICY moving ON game.decisions FOR UPDATE USING (false) WITH CHECK (true)',
    ],
    [
      'jobs that are done are everybody’s',
      'integration.jobs',
      `ALTER POLICY tenant_isolation ON integration.jobs USING (tenant_id = ${OWN} OR state = 'done')`,
    ],
  ].map(([name = '', table = '', sql = '']) => ({
    name,
    found: `a-policy-lets-own-rows-alone-through ${table}`,
    sql,
  })),
};

const TOKEN = 'an-entry-needs-its-own-token';
const VERIFY = 'dmz.verify_token(uuid,bigint,text)';

const tokens: readonly QuietBatch[] = [
  [
    ['time is not looked at', 'of yesterday', 'IF age NOT BETWEEN -5000 AND 15000 THEN', 'IF false THEN'],
    [
      'connections are not compared',
      'of another connection',
      'IF parts[4] <> pg_catalog.pg_backend_pid()::text THEN',
      'IF false THEN',
    ],
    [
      'a retired key signs',
      'of a key that is retired',
      'AND (k.retired_at IS NULL OR k.retired_at > pg_catalog.statement_timestamp())',
      '',
    ],
    [
      'none is as good as one',
      'that is null',
      'IF token IS NULL OR',
      "IF token IS NULL THEN RETURN ''; END IF; IF",
    ],
    [
      'an unknown key signs',
      'of a key that is unknown',
      'IF NOT FOUND THEN',
      'IF NOT FOUND THEN RETURN parts[5]; END IF; IF false THEN',
    ],
  ],
  [
    [
      'a part of the code is compared',
      'with a digit changed',
      'pg_catalog.sha256(code::bytea) <> pg_catalog.sha256(parts[6]::bytea)',
      'left(code, 8) <> left(parts[6], 8)',
    ],
  ],
  [
    [
      'the tenant is not signed',
      'of another tenant',
      'tenant::text, coalesce(known_epoch',
      // Programs must still be able to ask where a tenant lives.
      "CASE parts[5] WHEN 'register' THEN tenant ELSE (SELECT id FROM public.tenants WHERE slug = 'consumers') END::text, coalesce(known_epoch",
    ],
  ],
].map((lines) => ({
  what: 'tokens that open what they must not',
  ...{ groups: ['tokens'], tables: ['org.teams'] },
  breaches: lines.map(([name = '', token = '', from = '', to = '']) => ({
    ...{ name, found: `${TOKEN} ${token}`, sql: altered(VERIFY, from, to) },
  })),
}));

const ALONE = 'an-answer-is-of-own-rows-alone';
const STAYS = 'a-write-stays-with-its-tenant';

const interference: QuietBatch = {
  what: 'answers and writes that another tenant has a part in',
  groups: ['interference'],
  tables: [
    'org.teams',
    'org.departments',
    'org.memberships',
    'game.actions',
    'game.decisions',
    'game.worksheets',
    'integration.jobs',
    'org.locations',
    'notification.messages',
  ],
  breaches: [
    {
      name: 'a key without the tenant is looked at in the end',
      found: `${ALONE} game.actions`,
      sql: 'ALTER TABLE game.actions ADD CONSTRAINT loose UNIQUE (id) DEFERRABLE INITIALLY DEFERRED',
    },
    {
      name: 'an exclusion leaves the tenant out',
      found: `${ALONE} org.teams`,
      sql: `${TELL_APART('org.teams')}; ALTER TABLE org.teams ADD CONSTRAINT apart EXCLUDE USING btree (name WITH =)`,
    },
    {
      name: 'a check asks for everybody’s rows',
      found: `${ALONE} org.departments`,
      sql: `CREATE FUNCTION org.is_free(wanted uuid) RETURNS boolean LANGUAGE sql ${DEFINER} AS 'SELECT NOT EXISTS (SELECT FROM org.departments WHERE id = wanted)';
        GRANT EXECUTE ON FUNCTION org.is_free(uuid) TO dmz_app; ALTER TABLE org.departments ADD CONSTRAINT free CHECK (org.is_free(id)) NOT VALID`,
    },
    {
      name: 'a trigger refuses what others have',
      found: `${ALONE} game.decisions`,
      sql: trigger('game.decisions', {
        when: 'BEFORE',
        body: "IF EXISTS (SELECT FROM game.decisions WHERE id = NEW.id) THEN RAISE EXCEPTION 'taken'; END IF;",
      }),
    },
    {
      name: 'a trigger fills in how many there are',
      found: `${ALONE} game.worksheets`,
      sql: trigger('game.worksheets', {
        when: 'BEFORE',
        body: 'NEW.marks_wrong := (SELECT count(*) FROM game.worksheets);',
      }),
    },
    {
      name: 'a trigger copies rows into an open table',
      found: `${STAYS} integration.jobs`,
      sql: `CREATE TABLE integration.copies (payload jsonb); GRANT SELECT ON integration.copies TO dmz_app;
        ${trigger('integration.jobs', { when: 'AFTER', body: 'INSERT INTO integration.copies VALUES (NEW.payload);' })}`,
    },
    {
      name: 'a rule copies rows into an open table',
      found: `${STAYS} org.locations`,
      sql: `CREATE TABLE org.copies (id uuid); ALTER TABLE org.copies OWNER TO dmz_owner; GRANT SELECT ON org.copies TO dmz_app;
        CREATE RULE copying AS ON INSERT TO org.locations DO ALSO INSERT INTO org.copies VALUES (NEW.id)`,
    },
    {
      name: 'a trigger changes the rows of everybody',
      found: `${STAYS} notification.messages`,
      sql: trigger('notification.messages', {
        when: 'AFTER',
        body: 'UPDATE org.memberships SET created_at = created_at WHERE tenant_id <> NEW.tenant_id;',
      }),
    },
  ],
};

export const quietBatches: readonly QuietBatch[] = [policies, ...tokens, interference];
