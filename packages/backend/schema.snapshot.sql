-- What the migrations make of an empty database, as PostgreSQL itself describes it. Not to be run, and not to be edited:
-- `pnpm dmz db snapshot` writes it, and `pnpm db:check` compares it with the database.

CREATE SCHEMA admin;
GRANT USAGE ON SCHEMA admin TO dmz_app;
GRANT USAGE ON SCHEMA admin TO dmz_maintenance;
GRANT USAGE ON SCHEMA admin TO dmz_mover;

CREATE TABLE admin.audit_log (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  occurred_at timestamp with time zone NOT NULL DEFAULT now(),
  actor_kind text NOT NULL,
  actor_id uuid,
  action text NOT NULL,
  subject_type text,
  subject_id uuid,
  details jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1
) PARTITION BY RANGE (occurred_at);
ALTER TABLE admin.audit_log ADD CONSTRAINT audit_log_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['person'::text, 'operator'::text, 'program'::text])));
ALTER TABLE admin.audit_log ADD CONSTRAINT audit_log_pkey PRIMARY KEY (tenant_id, id, occurred_at);
CREATE INDEX audit_log_subject_id_occurred_at_idx ON ONLY admin.audit_log USING btree (tenant_id, subject_id, occurred_at DESC);
ALTER TABLE admin.audit_log ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON admin.audit_log AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON admin.audit_log FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE admin.audit_log TO dmz_app;
COMMENT ON TABLE admin.audit_log IS 'Everything that an auditor may ask about, one entry an act, in the order it was committed.
@kind partitioned_log
@retention evidence';
COMMENT ON COLUMN admin.audit_log.action IS 'What was done, as module.object.verb.';
COMMENT ON COLUMN admin.audit_log.actor_id IS 'The person who acted, by id; null for operators and programs.';
COMMENT ON COLUMN admin.audit_log.details IS 'Particulars, without personal data.';
COMMENT ON COLUMN admin.audit_log.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX admin.audit_log_subject_id_occurred_at_idx IS 'what happened to one subject, newest first';

CREATE TABLE admin.audit_log_default (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  occurred_at timestamp with time zone NOT NULL DEFAULT now(),
  actor_kind text NOT NULL,
  actor_id uuid,
  action text NOT NULL,
  subject_type text,
  subject_id uuid,
  details jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1
) PARTITION OF admin.audit_log DEFAULT;
ALTER TABLE admin.audit_log_default ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON admin.audit_log_default AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON admin.audit_log_default FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();

CREATE SCHEMA auth;
GRANT USAGE ON SCHEMA auth TO dmz_app;
GRANT USAGE ON SCHEMA auth TO dmz_maintenance;
GRANT USAGE ON SCHEMA auth TO dmz_mover;

CREATE TABLE auth.api_keys (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  name text NOT NULL,
  key_prefix text NOT NULL,
  key_sha256 text NOT NULL,
  scopes jsonb NOT NULL,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.api_keys ADD CONSTRAINT api_keys_key_sha256_key UNIQUE (tenant_id, key_sha256);
ALTER TABLE auth.api_keys ADD CONSTRAINT api_keys_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.api_keys ADD CONSTRAINT api_keys_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX api_keys_user_id_idx ON auth.api_keys USING btree (tenant_id, user_id);
ALTER TABLE auth.api_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.api_keys AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.api_keys FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE auth.api_keys TO dmz_app;
COMMENT ON TABLE auth.api_keys IS 'Keys that programs of a tenant sign in with. Only the hash of a key is kept.
@kind tenant
@retention tenant';
COMMENT ON COLUMN auth.api_keys.key_prefix IS 'First characters of the key, for people to recognise it by.
Kept for recognising a program that signs in.
@pii credential
@erasure delete_row';
COMMENT ON COLUMN auth.api_keys.key_sha256 IS 'Kept for recognising a program that signs in.
@pii credential
@erasure delete_row';
COMMENT ON COLUMN auth.api_keys.scopes IS 'Permissions that the key is limited to.';
COMMENT ON COLUMN auth.api_keys.user_id IS 'The person who made the key and answers for it.';
COMMENT ON INDEX auth.api_keys_user_id_idx IS 'rows that refer to one target, and the check of foreign key api_keys_user_id_fk';

CREATE TABLE auth.roles (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  key text NOT NULL,
  name text NOT NULL,
  origin text NOT NULL DEFAULT 'custom'::text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.roles ADD CONSTRAINT roles_key_key UNIQUE (tenant_id, key);
ALTER TABLE auth.roles ADD CONSTRAINT roles_origin_check CHECK ((origin = ANY (ARRAY['built_in'::text, 'custom'::text])));
ALTER TABLE auth.roles ADD CONSTRAINT roles_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.roles ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.roles AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.roles FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE auth.roles TO dmz_app;
COMMENT ON TABLE auth.roles IS 'Named sets of permissions within a tenant; the five built-in ones come with every tenant.
@kind tenant
@retention tenant';
COMMENT ON COLUMN auth.roles.key IS 'Stable name that code and commands use.';

CREATE TABLE auth.sessions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  token_sha256 text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  revoked_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.sessions ADD CONSTRAINT sessions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.sessions ADD CONSTRAINT sessions_token_sha256_key UNIQUE (tenant_id, token_sha256);
ALTER TABLE auth.sessions ADD CONSTRAINT sessions_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX sessions_expires_at_idx ON auth.sessions USING btree (tenant_id, expires_at);
CREATE INDEX sessions_user_id_idx ON auth.sessions USING btree (tenant_id, user_id);
ALTER TABLE auth.sessions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.sessions AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.sessions FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE auth.sessions TO dmz_app;
COMMENT ON TABLE auth.sessions IS 'Signed-in sessions of people. Only the hash of a token is kept.
@kind tenant
@retention tenant';
COMMENT ON COLUMN auth.sessions.token_sha256 IS 'Kept for recognising a signed-in browser.
@pii credential
@erasure delete_row';
COMMENT ON INDEX auth.sessions_expires_at_idx IS 'sessions that have expired, to be removed';
COMMENT ON INDEX auth.sessions_user_id_idx IS 'rows that refer to one target, and the check of foreign key sessions_user_id_fk';

CREATE TABLE auth.user_roles (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  role_id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.user_roles ADD CONSTRAINT user_roles_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.user_roles ADD CONSTRAINT user_roles_role_id_fk FOREIGN KEY (tenant_id, role_id) REFERENCES auth.roles(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE auth.user_roles ADD CONSTRAINT user_roles_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE auth.user_roles ADD CONSTRAINT user_roles_user_id_role_id_key UNIQUE (tenant_id, user_id, role_id);
CREATE INDEX user_roles_role_id_idx ON auth.user_roles USING btree (tenant_id, role_id);
ALTER TABLE auth.user_roles ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.user_roles AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.user_roles FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE auth.user_roles TO dmz_app;
COMMENT ON TABLE auth.user_roles IS 'Which person holds which role.
@kind tenant
@retention tenant';
COMMENT ON INDEX auth.user_roles_role_id_idx IS 'rows that refer to one target, and the check of foreign key user_roles_role_id_fk';

CREATE TABLE auth.users (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  email text NOT NULL,
  display_name text NOT NULL,
  locale_tag text NOT NULL DEFAULT 'en'::text,
  status text NOT NULL DEFAULT 'active'::text,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.users ADD CONSTRAINT users_email_lower_case_check CHECK ((email = lower(email)));
ALTER TABLE auth.users ADD CONSTRAINT users_locale_tag_fk FOREIGN KEY (locale_tag) REFERENCES public.locales(tag) ON DELETE RESTRICT;
ALTER TABLE auth.users ADD CONSTRAINT users_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.users ADD CONSTRAINT users_status_check CHECK ((status = ANY (ARRAY['invited'::text, 'active'::text, 'suspended'::text, 'erased'::text])));
CREATE INDEX users_locale_tag_idx ON auth.users USING btree (locale_tag);
CREATE UNIQUE INDEX users_email_key ON auth.users USING btree (tenant_id, email) WHERE (deleted_at IS NULL);
ALTER TABLE auth.users ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.users AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.users FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE auth.users TO dmz_app;
COMMENT ON TABLE auth.users IS 'The people of a tenant: players, trainers and administrators.
@kind tenant
@retention tenant';
COMMENT ON COLUMN auth.users.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN auth.users.display_name IS 'Kept for shown to the person and to colleagues.
@pii identity
@erasure replace';
COMMENT ON COLUMN auth.users.email IS 'Kept for signing in and being invited.
@pii contact
@erasure replace';
COMMENT ON INDEX auth.users_locale_tag_idx IS 'rows that refer to one target, and the check of foreign key users_locale_tag_fk';

CREATE SCHEMA content;
GRANT USAGE ON SCHEMA content TO dmz_app;
GRANT USAGE ON SCHEMA content TO dmz_maintenance;
GRANT USAGE ON SCHEMA content TO dmz_mover;

CREATE TABLE content.email_templates (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  pack_version text NOT NULL,
  key text NOT NULL,
  category text NOT NULL,
  legitimate boolean NOT NULL,
  difficulty integer NOT NULL,
  subject text NOT NULL,
  template jsonb NOT NULL,
  template_sha256 text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE content.email_templates ADD CONSTRAINT email_templates_difficulty_range_check CHECK (((difficulty >= 1) AND (difficulty <= 5)));
ALTER TABLE content.email_templates ADD CONSTRAINT email_templates_pack_version_key_key UNIQUE (tenant_id, pack_version, key);
ALTER TABLE content.email_templates ADD CONSTRAINT email_templates_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE content.email_templates ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON content.email_templates AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON content.email_templates FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT INSERT, SELECT ON TABLE content.email_templates TO dmz_app;
COMMENT ON TABLE content.email_templates IS 'The e-mails that can arrive in a game, honest and deceptive, each with its annotated indicators.
@kind tenant
@retention tenant';
COMMENT ON COLUMN content.email_templates.pack_version IS 'Pack and version that a session names, such as base@1.';
COMMENT ON COLUMN content.email_templates.template IS 'The whole template, as the engine reads it.';
COMMENT ON COLUMN content.email_templates.template_sha256 IS 'SHA-256 of the template’s canonical JSON (RFC 8785).';
COMMENT ON COLUMN content.email_templates.version IS 'Version of the payload’s shape.';

CREATE SCHEMA dmz;
COMMENT ON SCHEMA dmz IS 'Functions of the platform: tenant context, guards of table kinds, partitions. It holds no tables.';
GRANT USAGE ON SCHEMA dmz TO dmz_app;
GRANT USAGE ON SCHEMA dmz TO dmz_maintenance;
GRANT USAGE ON SCHEMA dmz TO dmz_mover;

CREATE OR REPLACE FUNCTION dmz.current_tenant()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  context text := pg_catalog.current_setting('dmz.tenant_id', true);
BEGIN
  IF context IS NULL OR context = '' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD001', MESSAGE = 'no tenant has been entered in this transaction',
      HINT = 'SELECT dmz.enter_tenant(<tenant id>) after BEGIN.';
  END IF;
  IF NOT pg_catalog.pg_input_is_valid(context, 'uuid') THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD001', MESSAGE = 'the tenant context is not a uuid',
      HINT = 'SELECT dmz.enter_tenant(<tenant id>) after BEGIN.';
  END IF;
  IF NOT EXISTS (SELECT FROM public.residents WHERE tenant_id = context::uuid AND state = 'serving') THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD002', MESSAGE = 'the tenant of the context is not served here';
  END IF;
  RETURN context::uuid;
END
$function$;
GRANT EXECUTE ON FUNCTION dmz.current_tenant() TO dmz_app;
GRANT EXECUTE ON FUNCTION dmz.current_tenant() TO dmz_maintenance;
GRANT EXECUTE ON FUNCTION dmz.current_tenant() TO dmz_mover;
COMMENT ON FUNCTION dmz.current_tenant() IS 'The tenant that this transaction entered. Policies compare tenant_id with it through a scalar sub-select, so it runs once a statement. No context, a malformed one and an unknown tenant are errors ZD001 and ZD002, never an empty answer. SECURITY DEFINER to read the residents.';

CREATE OR REPLACE FUNCTION dmz.ensure_partition(parent regclass, month date)
 RETURNS regclass
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  first_day date := pg_catalog.date_trunc('month', month)::date;
  space name;
  base name;
  part text;
BEGIN
  SELECT nspname, relname INTO STRICT space, base
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.oid = parent AND c.relkind = 'p';
  part := pg_catalog.format('%I.%I', space, base || pg_catalog.to_char(first_day, '"_y"YYYY"m"MM'));
  IF pg_catalog.to_regclass(part) IS NULL THEN
    BEGIN
      EXECUTE pg_catalog.format('CREATE TABLE %s PARTITION OF %s FOR VALUES FROM (%L) TO (%L)', part, parent,
        first_day || ' 00:00:00+00', (first_day + interval '1 month')::date || ' 00:00:00+00');
    EXCEPTION WHEN check_violation THEN
      -- Rows came before their partition. They are safe where they are, and everything else can go on.
      RAISE WARNING 'the default partition of % holds rows of %, so its partition cannot be made', parent, first_day;
      RETURN NULL;
    END;
  END IF;
  PERFORM dmz.guard_partition(parent, part::regclass);
  RETURN part::regclass;
END
$function$;
GRANT EXECUTE ON FUNCTION dmz.ensure_partition(regclass,date) TO dmz_maintenance;
COMMENT ON FUNCTION dmz.ensure_partition(regclass,date) IS 'Makes the partition of a month (UTC) if it is missing, and guards it; null, with a warning, where the default partition holds rows of the month. SECURITY DEFINER so that the maintenance role can call it without owning the log.';

CREATE OR REPLACE FUNCTION dmz.ensure_partitions(parent regclass, months_ahead integer)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  this_month date := pg_catalog.date_trunc('month', pg_catalog.now() AT TIME ZONE 'UTC')::date;
  rest text;
  ahead integer;
BEGIN
  SELECT pg_catalog.format('%I.%I', nspname, relname || '_default') INTO STRICT rest
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.oid = parent AND c.relkind = 'p';
  IF pg_catalog.to_regclass(rest) IS NULL THEN
    EXECUTE pg_catalog.format('CREATE TABLE %s PARTITION OF %s DEFAULT', rest, parent);
  END IF;
  PERFORM dmz.guard_partition(parent, rest::regclass);
  FOR ahead IN 0..months_ahead LOOP
    PERFORM dmz.ensure_partition(parent, (this_month + pg_catalog.make_interval(months => ahead))::date);
  END LOOP;
END
$function$;
GRANT EXECUTE ON FUNCTION dmz.ensure_partitions(regclass,integer) TO dmz_maintenance;
COMMENT ON FUNCTION dmz.ensure_partitions(regclass,integer) IS 'Makes the default partition and those of this month and the given number of months ahead, where they are missing. SECURITY DEFINER so that the maintenance role can call it without owning the log.';

CREATE OR REPLACE FUNCTION dmz.enter_tenant(tenant uuid, known_epoch bigint DEFAULT NULL::bigint)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  entered text := pg_catalog.current_setting('dmz.tenant_id', true);
  resident record;
BEGIN
  IF tenant IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD001', MESSAGE = 'no tenant was named';
  END IF;
  IF entered <> '' AND entered <> tenant::text THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD004', MESSAGE = 'this transaction has entered another tenant',
      HINT = 'A transaction serves one tenant. Begin another one.';
  END IF;
  PERFORM pg_catalog.pg_advisory_xact_lock_shared(pg_catalog.hashtextextended('fence:' || tenant::text, 0));
  SELECT * INTO resident FROM public.residents WHERE tenant_id = tenant;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD002', MESSAGE = 'the tenant does not live here';
  END IF;
  IF resident.state = 'departed' OR known_epoch <> resident.epoch THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD005', MESSAGE = 'the tenant has moved since this router looked',
      DETAIL = pg_catalog.json_build_object('expected', known_epoch, 'actual', resident.epoch)::text;
  END IF;
  IF resident.state <> 'serving' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD003', MESSAGE = pg_catalog.format('the tenant is %s', resident.state),
      DETAIL = pg_catalog.json_build_object('state', resident.state)::text;
  END IF;
  PERFORM pg_catalog.set_config('dmz.tenant_id', tenant::text, true);
  RETURN pg_catalog.now();
END
$function$;
GRANT EXECUTE ON FUNCTION dmz.enter_tenant(uuid,bigint) TO dmz_app;
GRANT EXECUTE ON FUNCTION dmz.enter_tenant(uuid,bigint) TO dmz_maintenance;
GRANT EXECUTE ON FUNCTION dmz.enter_tenant(uuid,bigint) TO dmz_mover;
COMMENT ON FUNCTION dmz.enter_tenant(uuid,bigint) IS 'Opens a tenant transaction: takes the shared fence that a move needs, checks that the tenant lives here at the epoch that the caller knows and may be served, and sets the context until the transaction ends. Returns the time of the transaction. SECURITY DEFINER to read the residents.';

CREATE OR REPLACE FUNCTION dmz.guard_partition(parent regclass, part regclass)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  guard record;
BEGIN
  -- Nothing is locked where nothing is missing.
  IF EXISTS (SELECT FROM pg_catalog.pg_class WHERE oid = part AND NOT (relrowsecurity AND relforcerowsecurity)) THEN
    EXECUTE pg_catalog.format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', part);
  END IF;
  FOR guard IN
    SELECT polname, pg_catalog.pg_get_expr(polqual, polrelid) AS condition FROM pg_catalog.pg_policy AS wanted
    WHERE polrelid = parent
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_policy AS present WHERE present.polrelid = part AND present.polname = wanted.polname)
  LOOP
    EXECUTE pg_catalog.format('CREATE POLICY %I ON %s USING (%s) WITH CHECK (%s)', guard.polname, part, guard.condition, guard.condition);
  END LOOP;
  FOR guard IN
    SELECT pg_catalog.pg_get_triggerdef(oid) AS definition FROM pg_catalog.pg_trigger AS wanted
    WHERE tgrelid = parent AND NOT tgisinternal AND (tgtype & 1) = 0 -- bit 1 is FOR EACH ROW, which partitions inherit
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger AS present WHERE present.tgrelid = part AND present.tgname = wanted.tgname)
  LOOP
    EXECUTE pg_catalog.replace(guard.definition, pg_catalog.format(' ON %s ', parent), pg_catalog.format(' ON %s ', part));
  END LOOP;
END
$function$;
COMMENT ON FUNCTION dmz.guard_partition(regclass,regclass) IS 'Gives a partition the row-level security and the statement triggers of its parent. Repeatable.';

CREATE OR REPLACE FUNCTION dmz.locate_tenant(reference text)
 RETURNS TABLE(id uuid, slug text, name text, tier text, status text, region text, instance text, schema text, epoch bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT t.id, t.slug, t.name, t.tier, t.status, t.region, i.name, p.schema_name, p.epoch
  FROM public.tenants AS t
  JOIN public.placements AS p ON p.tenant_id = t.id
  JOIN public.instances AS i ON i.id = p.instance_id
  WHERE t.slug = reference OR t.id::text = reference
$function$;
GRANT EXECUTE ON FUNCTION dmz.locate_tenant(text) TO dmz_app;
GRANT EXECUTE ON FUNCTION dmz.locate_tenant(text) TO dmz_maintenance;
GRANT EXECUTE ON FUNCTION dmz.locate_tenant(text) TO dmz_mover;
COMMENT ON FUNCTION dmz.locate_tenant(text) IS 'Where the tenant with this id or slug lives. SECURITY DEFINER because the register is closed to the application.';

CREATE OR REPLACE FUNCTION dmz.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'ZD010',
    MESSAGE = pg_catalog.format('%s is append-only: %s is refused for everyone', TG_RELID::regclass, TG_OP),
    HINT = 'A correction or an invalidation is a new record.';
END
$function$;
COMMENT ON FUNCTION dmz.refuse_change() IS 'Trigger of every append-only table: refuses UPDATE, DELETE and TRUNCATE, for the owner too.';

CREATE OR REPLACE FUNCTION dmz.secure_database()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  opener regprocedure;
BEGIN
  EXECUTE pg_catalog.format('REVOKE ALL ON DATABASE %I FROM PUBLIC', pg_catalog.current_database());
  EXECUTE pg_catalog.format('GRANT CONNECT ON DATABASE %I TO dmz_app, dmz_mover, dmz_maintenance', pg_catalog.current_database());
  EXECUTE pg_catalog.format('GRANT CONNECT, CREATE ON DATABASE %I TO dmz_owner', pg_catalog.current_database());
  -- Large objects know no row-level security. Only a superuser can close them.
  IF (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = CURRENT_USER) THEN
    FOR opener IN
      SELECT oid::regprocedure FROM pg_catalog.pg_proc
      WHERE pronamespace = 'pg_catalog'::regnamespace AND (proname LIKE 'lo\_%' OR proname IN ('loread', 'lowrite'))
    LOOP
      EXECUTE pg_catalog.format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', opener);
    END LOOP;
  END IF;
END
$function$;
ALTER FUNCTION dmz.secure_database() OWNER TO administrator;
COMMENT ON FUNCTION dmz.secure_database() IS 'Leaves PUBLIC no right on this database nor, where a superuser runs it, on large objects, and gives each role its own. For its administrator.';

CREATE OR REPLACE FUNCTION dmz.set_updated_at()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
BEGIN
  NEW.updated_at := pg_catalog.now();
  RETURN NEW;
END
$function$;
COMMENT ON FUNCTION dmz.set_updated_at() IS 'Trigger of every table with updated_at.';

CREATE SCHEMA game;
GRANT USAGE ON SCHEMA game TO dmz_app;
GRANT USAGE ON SCHEMA game TO dmz_maintenance;
GRANT USAGE ON SCHEMA game TO dmz_mover;

CREATE TABLE game.actions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  action_type text NOT NULL,
  payload jsonb NOT NULL,
  payload_sha256 text NOT NULL,
  first_sequence bigint NOT NULL,
  last_sequence bigint NOT NULL,
  events_sha256 text NOT NULL,
  server_time timestamp with time zone NOT NULL,
  client_time timestamp with time zone,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.actions ADD CONSTRAINT actions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.actions ADD CONSTRAINT actions_sequence_order_check CHECK (((first_sequence >= 1) AND (first_sequence <= last_sequence)));
ALTER TABLE game.actions ADD CONSTRAINT actions_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX actions_session_id_first_sequence_idx ON game.actions USING btree (tenant_id, session_id, first_sequence);
ALTER TABLE game.actions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.actions AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON game.actions FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE game.actions TO dmz_app;
COMMENT ON TABLE game.actions IS 'Every accepted action by the id its sender gave it: what makes a repeated action answer the same and write nothing.
@kind append_only
@retention evidence';
COMMENT ON COLUMN game.actions.events_sha256 IS 'SHA-256 over the events, as docs/ARCHITECTURE.md defines it.';
COMMENT ON COLUMN game.actions.payload IS 'The action, as it was decided on.';
COMMENT ON COLUMN game.actions.payload_sha256 IS 'SHA-256 of the payload’s canonical JSON (RFC 8785).';
COMMENT ON COLUMN game.actions.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX game.actions_session_id_first_sequence_idx IS 'actions of a session in order';

CREATE OR REPLACE FUNCTION game.advance_session_heads()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  refused record;
  actual bigint;
  started timestamptz;
BEGIN
  WITH batch AS (
    SELECT tenant_id, session_id, min(sequence) AS first, max(sequence) AS last,
      count(*) AS events, count(DISTINCT sequence) AS positions, min(server_time) AS earliest
    FROM appended GROUP BY tenant_id, session_id
  ), advanced AS (
    UPDATE game.session_heads AS head SET sequence = batch.last FROM batch
    WHERE head.tenant_id = batch.tenant_id AND head.id = batch.session_id AND head.sequence = batch.first - 1
      AND batch.positions = batch.last - batch.first + 1 AND batch.events = batch.positions
      AND batch.earliest >= head.started_at - interval '1 day'
    RETURNING head.id
  )
  SELECT batch.* INTO refused FROM batch WHERE NOT EXISTS (SELECT FROM advanced WHERE advanced.id = batch.session_id) LIMIT 1;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  SELECT sequence, started_at INTO actual, started FROM game.session_heads WHERE tenant_id = refused.tenant_id AND id = refused.session_id;
  IF actual IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD021', MESSAGE = 'events were appended to a session that does not exist',
      DETAIL = pg_catalog.json_build_object('sessionId', refused.session_id)::text;
  END IF;
  IF refused.earliest < started - interval '1 day' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD022', MESSAGE = 'an event is older than its session',
      DETAIL = pg_catalog.json_build_object('sessionId', refused.session_id, 'serverTime', refused.earliest, 'startedAt', started)::text,
      HINT = 'server_time is when the event was appended.';
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'ZD020', MESSAGE = 'the events do not continue their session without a gap or a fork',
    DETAIL = pg_catalog.json_build_object('sessionId', refused.session_id, 'expected', refused.first - 1, 'actual', actual,
      'first', refused.first, 'last', refused.last, 'events', refused.events)::text,
    HINT = 'Read the session again and append after its last event.';
END
$function$;
COMMENT ON FUNCTION game.advance_session_heads() IS 'Checks that the inserted events continue each session’s head without gap or fork and advances it, once a statement whatever its size; ZD020 is the conflict, ZD021 an unknown session, ZD022 an event older than its session. SECURITY DEFINER because the application may not write heads.';

CREATE TABLE game.blacklist_entries (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  email_id uuid NOT NULL,
  domain text NOT NULL,
  listed_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.blacklist_entries ADD CONSTRAINT blacklist_entries_email_id_fk FOREIGN KEY (tenant_id, email_id) REFERENCES game.emails(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE game.blacklist_entries ADD CONSTRAINT blacklist_entries_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.blacklist_entries ADD CONSTRAINT blacklist_entries_session_id_domain_key UNIQUE (tenant_id, session_id, domain);
ALTER TABLE game.blacklist_entries ADD CONSTRAINT blacklist_entries_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX blacklist_entries_email_id_idx ON game.blacklist_entries USING btree (tenant_id, email_id);
ALTER TABLE game.blacklist_entries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.blacklist_entries AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.blacklist_entries FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE game.blacklist_entries TO dmz_app;
COMMENT ON TABLE game.blacklist_entries IS 'Domains that the player’s denials put on the blacklist.
@kind tenant
@retention tenant';
COMMENT ON INDEX game.blacklist_entries_email_id_idx IS 'rows that refer to one target, and the check of foreign key blacklist_entries_email_id_fk';

CREATE TABLE game.day_summaries (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  day integer NOT NULL,
  emails_received integer NOT NULL,
  emails_decided integer NOT NULL,
  decisions_correct integer NOT NULL,
  emails_deferred integer NOT NULL,
  emails_expired integer NOT NULL,
  breaches integer NOT NULL,
  credits integer NOT NULL,
  trust integer NOT NULL,
  intel integer NOT NULL,
  threat_tier text NOT NULL,
  score integer NOT NULL,
  ended_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.day_summaries ADD CONSTRAINT day_summaries_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.day_summaries ADD CONSTRAINT day_summaries_session_id_day_key UNIQUE (tenant_id, session_id, day);
ALTER TABLE game.day_summaries ADD CONSTRAINT day_summaries_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE game.day_summaries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.day_summaries AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.day_summaries FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE game.day_summaries TO dmz_app;
COMMENT ON TABLE game.day_summaries IS 'How each game day went: the shift report.
@kind tenant
@retention tenant';

CREATE TABLE game.decisions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  email_id uuid NOT NULL,
  decision text NOT NULL,
  time_spent_ms integer NOT NULL,
  decided_at timestamp with time zone NOT NULL,
  outcome text,
  correct boolean,
  credits_delta integer,
  trust_delta integer,
  intel_delta integer,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.decisions ADD CONSTRAINT decisions_email_id_fk FOREIGN KEY (tenant_id, email_id) REFERENCES game.emails(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE game.decisions ADD CONSTRAINT decisions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.decisions ADD CONSTRAINT decisions_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX decisions_email_id_idx ON game.decisions USING btree (tenant_id, email_id);
CREATE INDEX decisions_session_id_idx ON game.decisions USING btree (tenant_id, session_id);
ALTER TABLE game.decisions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.decisions AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.decisions FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE game.decisions TO dmz_app;
COMMENT ON TABLE game.decisions IS 'What the player decided about an e-mail, and how that turned out.
@kind tenant
@retention tenant';
COMMENT ON COLUMN game.decisions.outcome IS 'Null until the day’s decisions are resolved.';
COMMENT ON INDEX game.decisions_email_id_idx IS 'rows that refer to one target, and the check of foreign key decisions_email_id_fk';
COMMENT ON INDEX game.decisions_session_id_idx IS 'rows that refer to one target, and the check of foreign key decisions_session_id_fk';

CREATE TABLE game.email_attachments (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  email_id uuid NOT NULL,
  "position" integer NOT NULL,
  name text NOT NULL,
  mime_type text NOT NULL,
  size_bytes integer NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.email_attachments ADD CONSTRAINT email_attachments_email_id_fk FOREIGN KEY (tenant_id, email_id) REFERENCES game.emails(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE game.email_attachments ADD CONSTRAINT email_attachments_email_id_position_key UNIQUE (tenant_id, email_id, "position");
ALTER TABLE game.email_attachments ADD CONSTRAINT email_attachments_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.email_attachments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.email_attachments AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.email_attachments FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE game.email_attachments TO dmz_app;
COMMENT ON TABLE game.email_attachments IS 'Attachments of an e-mail: their descriptions; there are no bytes.
@kind tenant
@retention tenant';

CREATE TABLE game.email_headers (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  email_id uuid NOT NULL,
  "position" integer NOT NULL,
  name text NOT NULL,
  value text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.email_headers ADD CONSTRAINT email_headers_email_id_fk FOREIGN KEY (tenant_id, email_id) REFERENCES game.emails(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE game.email_headers ADD CONSTRAINT email_headers_email_id_position_key UNIQUE (tenant_id, email_id, "position");
ALTER TABLE game.email_headers ADD CONSTRAINT email_headers_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.email_headers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.email_headers AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.email_headers FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE game.email_headers TO dmz_app;
COMMENT ON TABLE game.email_headers IS 'Transport headers of an e-mail, in their order.
@kind tenant
@retention tenant';

CREATE TABLE game.email_indicators (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  email_id uuid NOT NULL,
  technique text NOT NULL,
  location text NOT NULL,
  correct boolean NOT NULL,
  marked_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.email_indicators ADD CONSTRAINT email_indicators_email_id_fk FOREIGN KEY (tenant_id, email_id) REFERENCES game.emails(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE game.email_indicators ADD CONSTRAINT email_indicators_email_id_technique_location_key UNIQUE (tenant_id, email_id, technique, location);
ALTER TABLE game.email_indicators ADD CONSTRAINT email_indicators_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.email_indicators ADD CONSTRAINT email_indicators_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX email_indicators_session_id_idx ON game.email_indicators USING btree (tenant_id, session_id);
ALTER TABLE game.email_indicators ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.email_indicators AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.email_indicators FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE game.email_indicators TO dmz_app;
COMMENT ON TABLE game.email_indicators IS 'Indicators that the player marked on an e-mail, and whether they were there.
@kind tenant
@retention tenant';
COMMENT ON INDEX game.email_indicators_session_id_idx IS 'rows that refer to one target, and the check of foreign key email_indicators_session_id_fk';

CREATE TABLE game.emails (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  email_key text NOT NULL,
  template_key text NOT NULL,
  day integer NOT NULL,
  category text NOT NULL,
  difficulty integer NOT NULL,
  legitimate boolean NOT NULL,
  subject text NOT NULL,
  from_name text NOT NULL,
  from_address text NOT NULL,
  reply_to_address text,
  status text NOT NULL,
  received_at timestamp with time zone NOT NULL,
  opened_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.emails ADD CONSTRAINT emails_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.emails ADD CONSTRAINT emails_session_id_email_key_key UNIQUE (tenant_id, session_id, email_key);
ALTER TABLE game.emails ADD CONSTRAINT emails_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE game.emails ADD CONSTRAINT emails_status_check CHECK ((status = ANY (ARRAY['unread'::text, 'open'::text, 'verifying'::text, 'deferred'::text, 'decided'::text, 'expired'::text])));
ALTER TABLE game.emails ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.emails AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.emails FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE game.emails TO dmz_app;
COMMENT ON TABLE game.emails IS 'The e-mails that arrived in a session, and what became of each.
@kind tenant
@retention tenant';
COMMENT ON COLUMN game.emails.email_key IS 'The e-mail’s name within its session, such as d03-e07.';
COMMENT ON COLUMN game.emails.from_name IS 'Fictional sender, from the content.';
COMMENT ON COLUMN game.emails.legitimate IS 'The truth, which the player is not shown.';

CREATE TABLE game.events (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  sequence bigint NOT NULL,
  event_type text NOT NULL,
  event_data jsonb NOT NULL,
  action_id uuid NOT NULL,
  server_time timestamp with time zone NOT NULL DEFAULT now(),
  client_time timestamp with time zone,
  version integer NOT NULL DEFAULT 1
) PARTITION BY RANGE (server_time);
ALTER TABLE game.events ADD CONSTRAINT events_pkey PRIMARY KEY (tenant_id, session_id, sequence, id, server_time);
ALTER TABLE game.events ADD CONSTRAINT events_sequence_positive_check CHECK ((sequence > 0));
ALTER TABLE game.events ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.events AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER advance_session_heads AFTER INSERT ON game.events REFERENCING NEW TABLE AS appended FOR EACH STATEMENT EXECUTE FUNCTION game.advance_session_heads();
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON game.events FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE game.events TO dmz_app;
COMMENT ON TABLE game.events IS 'What happened in each session, in a contiguous sequence from 1. The truth that everything else is derived from.
@kind partitioned_log
@retention evidence';
COMMENT ON COLUMN game.events.action_id IS 'The action that caused it.';
COMMENT ON COLUMN game.events.client_time IS 'What the player’s clock said; never trusted.';
COMMENT ON COLUMN game.events.event_data IS 'Payload of the type and version.';
COMMENT ON COLUMN game.events.sequence IS 'Position in the session, from 1 without a gap.';
COMMENT ON COLUMN game.events.version IS 'Version of the payload’s shape.';

CREATE TABLE game.events_default (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  sequence bigint NOT NULL,
  event_type text NOT NULL,
  event_data jsonb NOT NULL,
  action_id uuid NOT NULL,
  server_time timestamp with time zone NOT NULL DEFAULT now(),
  client_time timestamp with time zone,
  version integer NOT NULL DEFAULT 1
) PARTITION OF game.events DEFAULT;
ALTER TABLE game.events_default ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.events_default AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER advance_session_heads AFTER INSERT ON game.events_default REFERENCING NEW TABLE AS appended FOR EACH STATEMENT EXECUTE FUNCTION game.advance_session_heads();
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON game.events_default FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();

CREATE OR REPLACE FUNCTION game.open_session_heads()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  INSERT INTO game.session_heads (tenant_id, id, started_at) SELECT tenant_id, id, started_at FROM opened;
  RETURN NULL;
END
$function$;
COMMENT ON FUNCTION game.open_session_heads() IS 'Gives a new session its head at sequence 0. SECURITY DEFINER because the application may not write heads.';

CREATE TABLE game.session_heads (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  sequence bigint NOT NULL DEFAULT 0,
  started_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
) WITH (fillfactor=50);
ALTER TABLE game.session_heads ADD CONSTRAINT session_heads_id_fk FOREIGN KEY (tenant_id, id) REFERENCES game.sessions(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE game.session_heads ADD CONSTRAINT session_heads_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.session_heads ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.session_heads AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.session_heads FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE game.session_heads TO dmz_app;
COMMENT ON TABLE game.session_heads IS 'The last sequence of each session, by the session’s id. Written by the triggers of sessions and events alone.
@kind tenant
@retention tenant';
COMMENT ON COLUMN game.session_heads.started_at IS 'When the session started; no event of it is much older.';

CREATE TABLE game.sessions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  player_id uuid NOT NULL,
  seed bigint NOT NULL,
  engine_version text NOT NULL,
  rules_version integer NOT NULL,
  content_version text NOT NULL,
  days integer NOT NULL,
  status text NOT NULL DEFAULT 'active'::text,
  day integer NOT NULL DEFAULT 0,
  started_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
) WITH (fillfactor=80);
ALTER TABLE game.sessions ADD CONSTRAINT sessions_days_positive_check CHECK ((days > 0));
ALTER TABLE game.sessions ADD CONSTRAINT sessions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.sessions ADD CONSTRAINT sessions_player_id_fk FOREIGN KEY (tenant_id, player_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE game.sessions ADD CONSTRAINT sessions_seed_range_check CHECK (((seed >= 0) AND (seed <= '9007199254740991'::bigint)));
ALTER TABLE game.sessions ADD CONSTRAINT sessions_status_check CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text, 'breach_recovery'::text, 'completed'::text, 'abandoned'::text])));
CREATE INDEX sessions_player_id_idx ON game.sessions USING btree (tenant_id, player_id);
CREATE INDEX sessions_started_at_idx ON game.sessions USING btree (tenant_id, started_at DESC);
ALTER TABLE game.sessions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.sessions AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER open_session_heads AFTER INSERT ON game.sessions REFERENCING NEW TABLE AS opened FOR EACH STATEMENT EXECUTE FUNCTION game.open_session_heads();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.sessions FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT INSERT, SELECT ON TABLE game.sessions TO dmz_app;
GRANT UPDATE ON COLUMN game.sessions.day TO dmz_app;
GRANT UPDATE ON COLUMN game.sessions.ended_at TO dmz_app;
GRANT UPDATE ON COLUMN game.sessions.status TO dmz_app;
COMMENT ON TABLE game.sessions IS 'One game, from its start to its end: what it needs to be replayed, and how it stands.
@kind tenant
@retention tenant';
COMMENT ON COLUMN game.sessions.day IS 'The game day that the session is at; 0 before the first.';
COMMENT ON COLUMN game.sessions.days IS 'Length of the game in game days.';
COMMENT ON COLUMN game.sessions.player_id IS 'The person who plays; events know the session alone.';
COMMENT ON COLUMN game.sessions.seed IS 'Key of every random draw, 0 to 2^53 - 1.';
COMMENT ON INDEX game.sessions_player_id_idx IS 'rows that refer to one target, and the check of foreign key sessions_player_id_fk';
COMMENT ON INDEX game.sessions_started_at_idx IS 'sessions of a tenant, newest first';

CREATE TABLE game.snapshots (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  sequence bigint NOT NULL,
  reducer_version integer NOT NULL,
  day integer NOT NULL,
  state jsonb NOT NULL,
  state_sha256 text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.snapshots ADD CONSTRAINT snapshots_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.snapshots ADD CONSTRAINT snapshots_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE game.snapshots ADD CONSTRAINT snapshots_session_id_reducer_version_sequence_key UNIQUE (tenant_id, session_id, reducer_version, sequence);
ALTER TABLE game.snapshots ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.snapshots AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON game.snapshots FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE game.snapshots TO dmz_app;
COMMENT ON TABLE game.snapshots IS 'A session’s state after a sequence, so that opening it need not read every event. Never trusted over the events.
@kind append_only
@retention evidence';
COMMENT ON COLUMN game.snapshots.reducer_version IS 'Version of the reducer that folded it.';
COMMENT ON COLUMN game.snapshots.state_sha256 IS 'SHA-256 of the state’s canonical JSON (RFC 8785).';

CREATE TABLE game.threat_assessments (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  day integer NOT NULL,
  threat_tier text NOT NULL,
  previous_tier text NOT NULL,
  score integer NOT NULL,
  heat integer NOT NULL,
  assessed_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.threat_assessments ADD CONSTRAINT threat_assessments_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.threat_assessments ADD CONSTRAINT threat_assessments_session_id_day_key UNIQUE (tenant_id, session_id, day);
ALTER TABLE game.threat_assessments ADD CONSTRAINT threat_assessments_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE game.threat_assessments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.threat_assessments AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.threat_assessments FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE game.threat_assessments TO dmz_app;
COMMENT ON TABLE game.threat_assessments IS 'The threat as it stood on each game day.
@kind tenant
@retention tenant';
COMMENT ON COLUMN game.threat_assessments.heat IS 'What is left of the attackers’ attention, 0 to 100.';
COMMENT ON COLUMN game.threat_assessments.threat_tier IS 'In force from the next day on.';

CREATE TABLE game.verification_artifacts (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  email_id uuid NOT NULL,
  packet_key text NOT NULL,
  artifact_key text NOT NULL,
  kind text NOT NULL,
  title text NOT NULL,
  supports text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.verification_artifacts ADD CONSTRAINT verification_artifacts_email_id_artifact_key_key UNIQUE (tenant_id, email_id, artifact_key);
ALTER TABLE game.verification_artifacts ADD CONSTRAINT verification_artifacts_email_id_fk FOREIGN KEY (tenant_id, email_id) REFERENCES game.emails(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE game.verification_artifacts ADD CONSTRAINT verification_artifacts_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.verification_artifacts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.verification_artifacts AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.verification_artifacts FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE game.verification_artifacts TO dmz_app;
COMMENT ON TABLE game.verification_artifacts IS 'The papers that were delivered about an e-mail’s sender.
@kind tenant
@retention tenant';
COMMENT ON COLUMN game.verification_artifacts.supports IS 'What the paper speaks for, which the player must find out.';

CREATE TABLE game.verification_packets (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  email_id uuid NOT NULL,
  packet_key text NOT NULL,
  due_day integer NOT NULL,
  requested_at timestamp with time zone NOT NULL,
  delivered_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.verification_packets ADD CONSTRAINT verification_packets_email_id_fk FOREIGN KEY (tenant_id, email_id) REFERENCES game.emails(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE game.verification_packets ADD CONSTRAINT verification_packets_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.verification_packets ADD CONSTRAINT verification_packets_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE game.verification_packets ADD CONSTRAINT verification_packets_session_id_packet_key_key UNIQUE (tenant_id, session_id, packet_key);
CREATE INDEX verification_packets_email_id_idx ON game.verification_packets USING btree (tenant_id, email_id);
ALTER TABLE game.verification_packets ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.verification_packets AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.verification_packets FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE game.verification_packets TO dmz_app;
COMMENT ON TABLE game.verification_packets IS 'Requests for papers about an e-mail’s sender.
@kind tenant
@retention tenant';
COMMENT ON INDEX game.verification_packets_email_id_idx IS 'rows that refer to one target, and the check of foreign key verification_packets_email_id_fk';

CREATE TABLE game.whitelist_entries (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  email_id uuid NOT NULL,
  domain text NOT NULL,
  listed_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.whitelist_entries ADD CONSTRAINT whitelist_entries_email_id_fk FOREIGN KEY (tenant_id, email_id) REFERENCES game.emails(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE game.whitelist_entries ADD CONSTRAINT whitelist_entries_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.whitelist_entries ADD CONSTRAINT whitelist_entries_session_id_domain_key UNIQUE (tenant_id, session_id, domain);
ALTER TABLE game.whitelist_entries ADD CONSTRAINT whitelist_entries_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX whitelist_entries_email_id_idx ON game.whitelist_entries USING btree (tenant_id, email_id);
ALTER TABLE game.whitelist_entries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.whitelist_entries AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.whitelist_entries FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE game.whitelist_entries TO dmz_app;
COMMENT ON TABLE game.whitelist_entries IS 'Domains that the player’s approvals put on the whitelist.
@kind tenant
@retention tenant';
COMMENT ON INDEX game.whitelist_entries_email_id_idx IS 'rows that refer to one target, and the check of foreign key whitelist_entries_email_id_fk';

CREATE TABLE game.worksheets (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  email_id uuid NOT NULL,
  marks_correct integer NOT NULL DEFAULT 0,
  marks_wrong integer NOT NULL DEFAULT 0,
  packets_requested integer NOT NULL DEFAULT 0,
  time_spent_ms integer NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.worksheets ADD CONSTRAINT worksheets_email_id_fk FOREIGN KEY (tenant_id, email_id) REFERENCES game.emails(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE game.worksheets ADD CONSTRAINT worksheets_email_id_key UNIQUE (tenant_id, email_id);
ALTER TABLE game.worksheets ADD CONSTRAINT worksheets_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.worksheets ADD CONSTRAINT worksheets_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX worksheets_session_id_idx ON game.worksheets USING btree (tenant_id, session_id);
ALTER TABLE game.worksheets ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.worksheets AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.worksheets FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE game.worksheets TO dmz_app;
COMMENT ON TABLE game.worksheets IS 'The player’s work on one e-mail: marks right and wrong, papers asked for, time spent.
@kind tenant
@retention tenant';
COMMENT ON INDEX game.worksheets_session_id_idx IS 'rows that refer to one target, and the check of foreign key worksheets_session_id_fk';

CREATE SCHEMA org;
GRANT USAGE ON SCHEMA org TO dmz_app;
GRANT USAGE ON SCHEMA org TO dmz_maintenance;
GRANT USAGE ON SCHEMA org TO dmz_mover;

CREATE TABLE org.departments (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  parent_id uuid,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE org.departments ADD CONSTRAINT departments_not_its_own_parent_check CHECK ((parent_id <> id));
ALTER TABLE org.departments ADD CONSTRAINT departments_parent_id_fk FOREIGN KEY (tenant_id, parent_id) REFERENCES org.departments(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE org.departments ADD CONSTRAINT departments_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX departments_parent_id_idx ON org.departments USING btree (tenant_id, parent_id);
CREATE UNIQUE INDEX departments_parent_id_name_key ON org.departments USING btree (tenant_id, parent_id, name) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX departments_top_name_key ON org.departments USING btree (tenant_id, name) WHERE ((parent_id IS NULL) AND (deleted_at IS NULL));
ALTER TABLE org.departments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON org.departments AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON org.departments FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE org.departments TO dmz_app;
COMMENT ON TABLE org.departments IS 'Departments of a tenant, as a tree.
@kind tenant
@retention tenant';
COMMENT ON COLUMN org.departments.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN org.departments.parent_id IS 'The department above; null at the top.';
COMMENT ON INDEX org.departments_parent_id_idx IS 'rows that refer to one target, and the check of foreign key departments_parent_id_fk';

CREATE TABLE org.memberships (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  team_id uuid NOT NULL,
  "position" text NOT NULL DEFAULT 'member'::text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE org.memberships ADD CONSTRAINT memberships_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE org.memberships ADD CONSTRAINT memberships_position_check CHECK (("position" = ANY (ARRAY['member'::text, 'lead'::text])));
ALTER TABLE org.memberships ADD CONSTRAINT memberships_team_id_fk FOREIGN KEY (tenant_id, team_id) REFERENCES org.teams(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE org.memberships ADD CONSTRAINT memberships_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE org.memberships ADD CONSTRAINT memberships_user_id_team_id_key UNIQUE (tenant_id, user_id, team_id);
CREATE INDEX memberships_team_id_idx ON org.memberships USING btree (tenant_id, team_id);
ALTER TABLE org.memberships ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON org.memberships AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON org.memberships FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE org.memberships TO dmz_app;
COMMENT ON TABLE org.memberships IS 'Which person belongs to which team, and as what.
@kind tenant
@retention tenant';
COMMENT ON INDEX org.memberships_team_id_idx IS 'rows that refer to one target, and the check of foreign key memberships_team_id_fk';

CREATE TABLE org.teams (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  department_id uuid NOT NULL,
  name text NOT NULL,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE org.teams ADD CONSTRAINT teams_department_id_fk FOREIGN KEY (tenant_id, department_id) REFERENCES org.departments(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE org.teams ADD CONSTRAINT teams_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX teams_department_id_idx ON org.teams USING btree (tenant_id, department_id);
CREATE UNIQUE INDEX teams_department_id_name_key ON org.teams USING btree (tenant_id, department_id, name) WHERE (deleted_at IS NULL);
ALTER TABLE org.teams ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON org.teams AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) WITH CHECK (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON org.teams FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE org.teams TO dmz_app;
COMMENT ON TABLE org.teams IS 'Teams of a department.
@kind tenant
@retention tenant';
COMMENT ON COLUMN org.teams.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON INDEX org.teams_department_id_idx IS 'rows that refer to one target, and the check of foreign key teams_department_id_fk';

CREATE SCHEMA public;
COMMENT ON SCHEMA public IS 'standard public schema';
GRANT USAGE ON SCHEMA public TO dmz_app;
GRANT USAGE ON SCHEMA public TO dmz_maintenance;
GRANT USAGE ON SCHEMA public TO dmz_mover;

CREATE TABLE public.countries (
  code text NOT NULL,
  alpha3 text NOT NULL,
  name text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.countries ADD CONSTRAINT countries_alpha3_form_check CHECK ((alpha3 ~ '^[A-Z]{3}$'::text));
ALTER TABLE public.countries ADD CONSTRAINT countries_alpha3_key UNIQUE (alpha3);
ALTER TABLE public.countries ADD CONSTRAINT countries_code_form_check CHECK ((code ~ '^[A-Z]{2}$'::text));
ALTER TABLE public.countries ADD CONSTRAINT countries_pkey PRIMARY KEY (code);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.countries FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE public.countries TO dmz_app;
COMMENT ON TABLE public.countries IS 'Countries by ISO 3166-1.
@kind reference
@retention platform';
COMMENT ON COLUMN public.countries.alpha3 IS 'ISO 3166-1 alpha-3.';
COMMENT ON COLUMN public.countries.code IS 'ISO 3166-1 alpha-2.';
COMMENT ON COLUMN public.countries.name IS 'English short name.';

CREATE TABLE public.data_regions (
  code text NOT NULL,
  name text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.data_regions ADD CONSTRAINT data_regions_pkey PRIMARY KEY (code);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.data_regions FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE public.data_regions TO dmz_app;
COMMENT ON TABLE public.data_regions IS 'Regions that data can be bound to.
@kind reference
@retention platform';

CREATE TABLE public.instances (
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  region text NOT NULL,
  status text NOT NULL DEFAULT 'active'::text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.instances ADD CONSTRAINT instances_name_key UNIQUE (name);
ALTER TABLE public.instances ADD CONSTRAINT instances_pkey PRIMARY KEY (id);
ALTER TABLE public.instances ADD CONSTRAINT instances_status_check CHECK ((status = ANY (ARRAY['active'::text, 'draining'::text, 'retired'::text])));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.instances FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
COMMENT ON TABLE public.instances IS 'The PostgreSQL instances that tenants are placed on. Addresses and credentials are configuration, not rows.
@kind control
@retention platform';

CREATE TABLE public.locales (
  tag text NOT NULL,
  name text NOT NULL,
  direction text NOT NULL DEFAULT 'ltr'::text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.locales ADD CONSTRAINT locales_direction_check CHECK ((direction = ANY (ARRAY['ltr'::text, 'rtl'::text])));
ALTER TABLE public.locales ADD CONSTRAINT locales_pkey PRIMARY KEY (tag);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.locales FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE public.locales TO dmz_app;
COMMENT ON TABLE public.locales IS 'Languages and regional forms that content can be shown in (BCP 47, RFC 5646).
@kind reference
@retention platform';
COMMENT ON COLUMN public.locales.tag IS 'BCP 47 language tag, such as en-GB.';

CREATE TABLE public.placements (
  tenant_id uuid NOT NULL,
  instance_id uuid NOT NULL,
  schema_name text,
  epoch bigint NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.placements ADD CONSTRAINT placements_fk FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE RESTRICT;
ALTER TABLE public.placements ADD CONSTRAINT placements_instance_id_fk FOREIGN KEY (instance_id) REFERENCES public.instances(id) ON DELETE RESTRICT;
ALTER TABLE public.placements ADD CONSTRAINT placements_pkey PRIMARY KEY (tenant_id);
CREATE INDEX placements_instance_id_idx ON public.placements USING btree (instance_id);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.placements FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
COMMENT ON TABLE public.placements IS 'Where each tenant’s rows live. The epoch grows with every move, so that a stale router is recognised.
@kind control
@retention platform';
COMMENT ON COLUMN public.placements.schema_name IS 'The tenant’s own schema; null where it lives in the module schemas.';
COMMENT ON INDEX public.placements_instance_id_idx IS 'rows that refer to one target, and the check of foreign key placements_instance_id_fk';

CREATE TABLE public.regulatory_frameworks (
  code text NOT NULL,
  name text NOT NULL,
  retention_years integer,
  source text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.regulatory_frameworks ADD CONSTRAINT regulatory_frameworks_pkey PRIMARY KEY (code);
ALTER TABLE public.regulatory_frameworks ADD CONSTRAINT regulatory_frameworks_retention_positive_check CHECK ((retention_years > 0));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.regulatory_frameworks FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE public.regulatory_frameworks TO dmz_app;
COMMENT ON TABLE public.regulatory_frameworks IS 'Regulations and standards that a tenant can be bound by, and how long each one has evidence kept.
@kind reference
@retention platform';
COMMENT ON COLUMN public.regulatory_frameworks.retention_years IS 'Years that evidence is kept; null where the rule names no period.';
COMMENT ON COLUMN public.regulatory_frameworks.source IS 'Section that the period is taken from, or that names none.';

CREATE TABLE public.residents (
  tenant_id uuid NOT NULL,
  epoch bigint NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'serving'::text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.residents ADD CONSTRAINT residents_pkey PRIMARY KEY (tenant_id);
ALTER TABLE public.residents ADD CONSTRAINT residents_state_check CHECK ((state = ANY (ARRAY['serving'::text, 'suspended'::text, 'departed'::text])));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.residents FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
COMMENT ON TABLE public.residents IS 'The tenants that this very instance serves, at which epoch: what a tenant transaction is admitted by.
@kind control
@retention platform';
COMMENT ON COLUMN public.residents.state IS 'Departed rows refuse a router that has not yet heard of a move.';

CREATE TABLE public.tenants (
  id uuid NOT NULL DEFAULT uuidv7(),
  slug text NOT NULL,
  name text NOT NULL,
  tier text NOT NULL DEFAULT 'shared'::text,
  status text NOT NULL DEFAULT 'provisioning'::text,
  region text NOT NULL,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.tenants ADD CONSTRAINT tenants_pkey PRIMARY KEY (id);
ALTER TABLE public.tenants ADD CONSTRAINT tenants_slug_form_check CHECK ((slug ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$'::text));
ALTER TABLE public.tenants ADD CONSTRAINT tenants_slug_key UNIQUE (slug);
ALTER TABLE public.tenants ADD CONSTRAINT tenants_status_check CHECK ((status = ANY (ARRAY['provisioning'::text, 'active'::text, 'suspended'::text, 'archived'::text, 'deleted'::text])));
ALTER TABLE public.tenants ADD CONSTRAINT tenants_tier_check CHECK ((tier = ANY (ARRAY['shared'::text, 'schema'::text, 'instance'::text])));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.tenants FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
COMMENT ON TABLE public.tenants IS 'The register of tenants: each company that plays, and one tenant for all consumers.
@kind control
@retention platform';
COMMENT ON COLUMN public.tenants.region IS 'Data region that the tenant’s rows must stay in.';
COMMENT ON COLUMN public.tenants.slug IS 'Short name for people, commands and schema names.';
COMMENT ON COLUMN public.tenants.tier IS 'How the tenant is kept apart: by row-level security, by a schema, or by an instance of its own.';
