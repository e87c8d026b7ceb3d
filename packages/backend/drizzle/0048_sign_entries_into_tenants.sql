-- role: administrator
-- phase: expand
-- A tenant is entered with a token that the program signs, and the context is where only the owner can write: policies
-- trust nothing else. Programs of before, which bring no token, go on entering until 0049.

-- A parameter that PostgreSQL lets no ordinary role set, neither by SET nor for a role: what dmz_owner's functions write
-- into it for a transaction, everybody may read and nobody may write. It is meant for names of PostgreSQL's own
-- functions, of which an error is to be traced; no function is called like a tenant.
GRANT SET ON PARAMETER "backtrace_functions" TO "dmz_owner";
--> statement-breakpoint
-- A prepared statement outlives its tenant's transaction, and who knows its name can put another one in its place.
CREATE OR REPLACE FUNCTION "dmz"."secure_database"() RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  opener regprocedure;
BEGIN
  EXECUTE pg_catalog.format('REVOKE ALL ON DATABASE %I FROM PUBLIC', pg_catalog.current_database());
  EXECUTE pg_catalog.format('GRANT CONNECT ON DATABASE %I TO dmz_app, dmz_mover, dmz_maintenance', pg_catalog.current_database());
  EXECUTE pg_catalog.format('GRANT CONNECT, CREATE ON DATABASE %I TO dmz_owner', pg_catalog.current_database());
  -- Large objects know no row-level security. Only a superuser can close them, and the list of prepared statements.
  IF (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = CURRENT_USER) THEN
    FOR opener IN
      SELECT oid::regprocedure FROM pg_catalog.pg_proc
      WHERE pronamespace = 'pg_catalog'::regnamespace
        AND (proname LIKE 'lo\_%' OR proname IN ('loread', 'lowrite', 'pg_prepared_statement'))
    LOOP
      EXECUTE pg_catalog.format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', opener);
    END LOOP;
  END IF;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."secure_database"() IS 'Leaves PUBLIC no right on this database nor, where a superuser runs it, on large objects and the list of prepared statements, and gives each role its own. For its administrator.';
--> statement-breakpoint
SET LOCAL ROLE "dmz_owner";
--> statement-breakpoint
CREATE TABLE "context_keys" (
	"id" uuid NOT NULL,
	"salt" text NOT NULL,
	"inner_pad" text NOT NULL,
	"outer_pad" text NOT NULL,
	"retired_at" timestamp with time zone,
	"spread_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "context_keys_pkey" PRIMARY KEY("id"),
	CONSTRAINT "context_keys_salt_in_hex_check" CHECK ("salt" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "context_keys_pads_in_hex_check" CHECK ("inner_pad" ~ '^[0-9a-f]{128}$' and "outer_pad" ~ '^[0-9a-f]{128}$')
);
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."context_keys" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
COMMENT ON TABLE "public"."context_keys" IS 'Keys that programs sign their entries into tenants with; the newest that is not retired signs.
@kind control
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."context_keys"."id" IS 'The same at every instance that one rotation has reached.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."context_keys"."salt" IS 'What the key is derived with, from the password of the application’s role; in hex.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."context_keys"."inner_pad" IS 'The key, as HMAC’s inner hash begins with it (RFC 2104); in hex.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."context_keys"."outer_pad" IS 'The same for its outer hash.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."context_keys"."retired_at" IS 'From when on entries that it signed are refused; null while it signs.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."context_keys"."spread_at" IS 'At the control database: when every instance had it; null while a rotation is under way.';

--> statement-breakpoint
-- The one place that writes the context: the tenant's id without hyphens, and behind a space the schema of its own.
CREATE FUNCTION "dmz"."set_context"("tenant" uuid, "own_schema" text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
BEGIN
  PERFORM pg_catalog.set_config('backtrace_functions',
    coalesce(pg_catalog.replace(tenant::text, '-', '') || coalesce(' ' || own_schema, ''), ''), true);
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."set_context"(uuid, text) IS 'Sets the tenant that policies compare with until the transaction ends, in the module schemas or in a schema of its own; with nulls, none. For the owner alone: whoever may call it is every tenant.';
--> statement-breakpoint
REVOKE ALL ON FUNCTION "dmz"."set_context"(uuid, text) FROM PUBLIC;
--> statement-breakpoint
CREATE FUNCTION "dmz"."refuse_context"("own_schema" text) RETURNS uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = '' AS $$
BEGIN
  IF pg_catalog.current_setting('backtrace_functions') ~ '^[0-9a-f]{32}( |$)' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD002', MESSAGE = 'the tenant of the context is not served here';
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'ZD001', MESSAGE = 'no tenant has been entered in this transaction',
    HINT = 'A program enters with dmz.enter_tenant(tenant, epoch, token) after BEGIN.';
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."refuse_context"(text) IS 'Says why no tenant is entered in a schema, or with null in the module schemas: ZD001 without a context, ZD002 where it is of another place.';
--> statement-breakpoint
REVOKE ALL ON FUNCTION "dmz"."refuse_context"(text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."refuse_context"(text) TO "dmz_app", "dmz_maintenance", "dmz_mover", "dmz_tenant";
--> statement-breakpoint
CREATE OR REPLACE FUNCTION "dmz"."current_tenant"() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN length(current_setting('backtrace_functions')) = 32
  THEN current_setting('backtrace_functions')::uuid ELSE dmz.refuse_context(NULL) END;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."current_tenant"() IS 'The tenant that this transaction entered in the module schemas. Policies compare tenant_id with it through a scalar sub-select, so it runs once a statement. No context, and one of a schema of its own, are errors ZD001 and ZD002, never an empty answer.';
--> statement-breakpoint
CREATE OR REPLACE FUNCTION "dmz"."current_tenant_in"("own_schema" text) RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN substr(current_setting('backtrace_functions'), 34) = own_schema
  THEN left(current_setting('backtrace_functions'), 32)::uuid ELSE dmz.refuse_context(own_schema) END;
--> statement-breakpoint
CREATE FUNCTION "dmz"."open_tenant"("tenant" uuid, "known_epoch" bigint DEFAULT NULL) RETURNS timestamptz
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
DECLARE
  context text := pg_catalog.current_setting('backtrace_functions');
  fence text;
  resident record;
BEGIN
  IF tenant IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD001', MESSAGE = 'no tenant was named';
  END IF;
  IF context ~ '^[0-9a-f]{32}( |$)' AND pg_catalog.left(context, 32) <> pg_catalog.replace(tenant::text, '-', '') THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD004', MESSAGE = 'this transaction has entered another tenant',
      HINT = 'A transaction serves one tenant. Begin another one.';
  END IF;
  fence := pg_catalog.pg_advisory_xact_lock_shared(pg_catalog.hashtextextended('fence:' || tenant::text, 0))::text;
  SELECT state, epoch, schema_name INTO resident FROM public.residents WHERE tenant_id = tenant;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD002', MESSAGE = 'the tenant does not live here';
  END IF;
  IF resident.state = 'departed' OR known_epoch <> resident.epoch THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD005', MESSAGE = 'the tenant has moved since this router looked',
      DETAIL = pg_catalog.json_build_object('expected', known_epoch, 'actual', resident.epoch)::text;
  END IF;
  IF resident.state <> 'serving' AND NOT (resident.state = 'archived' AND pg_catalog.current_setting('transaction_read_only') = 'on') THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD003', MESSAGE = pg_catalog.format('the tenant is %s', resident.state),
      DETAIL = pg_catalog.json_build_object('state', resident.state)::text;
  END IF;
  PERFORM dmz.set_context(tenant, resident.schema_name);
  RETURN pg_catalog.now();
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."open_tenant"(uuid, bigint) IS 'Opens a tenant transaction: takes the shared fence that a move needs, checks that the tenant lives here at the epoch that the caller knows and may be served, and sets the context until the transaction ends. Returns the time of the transaction. For the owner and its functions, which have checked who asks.';
--> statement-breakpoint
REVOKE ALL ON FUNCTION "dmz"."open_tenant"(uuid, bigint) FROM PUBLIC;
--> statement-breakpoint
-- The token is v1.<key>.<time in ms>.<process of the connection>.<schema, or nothing>.<HMAC-SHA-256 in hex>. The time is
-- the statement's, so waiting for the fence uses none of it up. SQL has no comparison that takes as long whatever it
-- compares; hashes of both are compared, of which what is found out by timing says nothing about the code itself.
CREATE FUNCTION "dmz"."verify_token"("tenant" uuid, "known_epoch" bigint, "token" text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
DECLARE
  parts text[] := pg_catalog.string_to_array(token, '.');
  signer record;
  code text;
  age bigint;
BEGIN
  -- Lengths are not counted: that took PostgreSQL ten times as long as all that follows.
  IF token IS NULL OR token !~ '^v1[.][0-9a-f-]+[.][0-9]+[.][0-9]+[.][a-z0-9_]*[.][0-9a-f]+$' OR NOT pg_catalog.pg_input_is_valid(parts[2], 'uuid') THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD080', MESSAGE = 'a tenant is entered with a token, and this is none';
  END IF;
  SELECT k.inner_pad, k.outer_pad INTO signer FROM public.context_keys AS k
  WHERE k.id = parts[2]::uuid AND (k.retired_at IS NULL OR k.retired_at > pg_catalog.statement_timestamp());
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD081', MESSAGE = 'the key that signed the token is unknown here, or retired';
  END IF;
  code := pg_catalog.encode(pg_catalog.sha256(pg_catalog.decode(signer.outer_pad, 'hex') || pg_catalog.sha256(
    pg_catalog.decode(signer.inner_pad, 'hex') || pg_catalog.convert_to(pg_catalog.concat_ws(E'\n', 'dmz-context-v1', parts[3], parts[4],
      tenant::text, coalesce(known_epoch::text, ''), parts[5], pg_catalog.current_database()), 'UTF8'))), 'hex');
  IF pg_catalog.sha256(code::bytea) <> pg_catalog.sha256(parts[6]::bytea) THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD082', MESSAGE = 'the token was not signed for this entry';
  END IF;
  IF parts[4] <> pg_catalog.pg_backend_pid()::text THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD083', MESSAGE = 'the token was made for another connection',
      HINT = 'A pooler that lends connections by transaction cannot stand between a program and the database.';
  END IF;
  age := extract(epoch FROM pg_catalog.statement_timestamp()) * 1000 - parts[3]::bigint;
  IF age NOT BETWEEN -5000 AND 15000 THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD084', MESSAGE = pg_catalog.format('the token was made %s s %s', pg_catalog.round(abs(age) / 1000.0, 1),
        CASE WHEN age > 0 THEN 'ago' ELSE 'ahead of this database''s clock' END),
      DETAIL = pg_catalog.json_build_object('ageMs', age)::text;
  END IF;
  RETURN parts[5];
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."verify_token"(uuid, bigint, text) IS 'Holds a token against what is entered: ZD080 for what is none, ZD081 for an unknown or retired key, ZD082 where it is not signed for this tenant, epoch and database, ZD083 on another connection than its own, ZD084 when it is older than 15 s or more than 5 s ahead. Returns the schema that it is for, empty for the module schemas.';
--> statement-breakpoint
REVOKE ALL ON FUNCTION "dmz"."verify_token"(uuid, bigint, text) FROM PUBLIC;
--> statement-breakpoint
-- SECURITY DEFINER to read the keys and the residents, and to set the context.
CREATE FUNCTION "dmz"."enter_tenant"("tenant" uuid, "known_epoch" bigint, "token" text) RETURNS timestamptz
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  asked text := dmz.verify_token(tenant, known_epoch, token);
  entered timestamptz := dmz.open_tenant(tenant, known_epoch);
BEGIN
  IF asked <> pg_catalog.substr(pg_catalog.current_setting('backtrace_functions'), 34) THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD082', MESSAGE = 'the token was signed for another place of the tenant';
  END IF;
  RETURN entered;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."enter_tenant"(uuid, bigint, text) IS 'Opens a tenant transaction for a program that shows, by a token of this moment, connection, tenant and place, that it is one: what dmz.open_tenant does after dmz.verify_token. SECURITY DEFINER to read the keys and the residents, and to set the context.';
--> statement-breakpoint
REVOKE ALL ON FUNCTION "dmz"."enter_tenant"(uuid, bigint, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."enter_tenant"(uuid, bigint, text) TO "dmz_app";
--> statement-breakpoint
-- Functions that enter by themselves say this, and so do programs of before.
CREATE OR REPLACE FUNCTION "dmz"."enter_tenant"("tenant" uuid, "known_epoch" bigint DEFAULT NULL) RETURNS timestamptz
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  IF pg_catalog.left(pg_catalog.current_setting('backtrace_functions'), 32) = pg_catalog.replace(tenant::text, '-', '') THEN
    RETURN pg_catalog.now();
  END IF;
  RETURN dmz.open_tenant(tenant, known_epoch);
END
$$;
--> statement-breakpoint
-- SECURITY DEFINER because the keys are closed to every role but their owner.
CREATE FUNCTION "dmz"."context_key"() RETURNS TABLE("id" uuid, "salt" text, "database" name, "at" timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT k.id, k.salt, pg_catalog.current_database(), pg_catalog.clock_timestamp()
  FROM public.context_keys AS k WHERE k.retired_at IS NULL ORDER BY k.created_at DESC, k.id DESC LIMIT 1
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."context_key"() IS 'What a program needs to sign entries: which key, the salt to derive it with, and by which name and clock this database goes. The key itself stays here. SECURITY DEFINER because the keys are closed to every role but their owner.';
--> statement-breakpoint
REVOKE ALL ON FUNCTION "dmz"."context_key"() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."context_key"() TO "dmz_app";
--> statement-breakpoint
-- What works as the owner without being a program's entry sets the context in the same one way.
CREATE OR REPLACE FUNCTION "dmz"."count_month"(log regclass, month date)
 RETURNS TABLE(tenant uuid, served boolean, rows bigint)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $$
DECLARE
  it record;
  own_schema name := (dmz.placement_of(log)).own_schema;
  resident record;
BEGIN
  it := dmz.find_month(log, month);
  IF it.state NOT IN ('attached', 'detached') THEN
    PERFORM dmz.refuse_month(it.part, it.state);
  END IF;
  FOR resident IN SELECT r.tenant_id, r.state = 'serving' AS served FROM public.residents AS r
    WHERE r.schema_name IS NOT DISTINCT FROM own_schema
  LOOP
    tenant := resident.tenant_id;
    served := resident.served;
    rows := NULL;
    IF served THEN
      PERFORM dmz.set_context(tenant, own_schema);
      EXECUTE pg_catalog.format('SELECT pg_catalog.count(*) FROM %s', it.part) INTO rows;
    END IF;
    RETURN NEXT;
  END LOOP;
  PERFORM dmz.set_context(NULL, NULL);
END
$$
--> statement-breakpoint
CREATE OR REPLACE FUNCTION "dmz"."count_strays"(log regclass)
 RETURNS TABLE(month date, found bigint)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $$
DECLARE
  it record;
  own_schema name := (dmz.placement_of(log)).own_schema;
  resident uuid;
BEGIN
  it := dmz.find_month(log, pg_catalog.now()::date);
  IF it.rest IS NULL OR pg_catalog.pg_relation_size(it.rest) = 0 THEN
    RETURN;
  END IF;
  FOR resident IN SELECT r.tenant_id FROM public.residents AS r
    WHERE r.state = 'serving' AND r.schema_name IS NOT DISTINCT FROM own_schema
  LOOP
    PERFORM dmz.set_context(resident, own_schema);
    RETURN QUERY EXECUTE pg_catalog.format(
      'SELECT pg_catalog.date_trunc(''month'', %1$I AT TIME ZONE ''UTC'')::date, pg_catalog.count(*) FROM %2$s GROUP BY 1', it.time_column, it.rest);
  END LOOP;
  PERFORM dmz.set_context(NULL, NULL);
END
$$
--> statement-breakpoint
CREATE OR REPLACE FUNCTION "dmz"."drop_month"(log regclass, month date, reason text, expected jsonb)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $$
DECLARE
  it record;
  place record := dmz.placement_of(log);
  audit regclass := dmz.table_beside(log, 'admin.audit_log');
  present bigint;
  holder record;
  sequences bigint[];
  known bigint := (SELECT coalesce(pg_catalog.sum(value::bigint), 0) FROM pg_catalog.jsonb_each_text(expected));
BEGIN
  IF reason !~ '\S' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD053', MESSAGE = 'a month is dropped for a reason, and none was given';
  END IF;
  it := dmz.find_month(log, month);
  IF it.state <> 'detached' THEN
    PERFORM dmz.refuse_month(it.part, it.state);
  END IF;
  EXECUTE pg_catalog.format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', it.part);
  EXECUTE pg_catalog.format('SELECT pg_catalog.count(*) FROM %s', it.part) INTO present;
  IF present <> known THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD052', MESSAGE = pg_catalog.format('%s holds other rows than were looked at', it.part),
      DETAIL = pg_catalog.json_build_object('expected', known, 'actual', present)::text;
  END IF;
  FOR holder IN SELECT key::uuid AS tenant, value::bigint AS rows FROM pg_catalog.jsonb_each_text(expected) WHERE value::bigint > 0 LOOP
    IF NOT EXISTS (SELECT FROM public.residents AS r WHERE r.tenant_id = holder.tenant AND r.state = 'serving'
      AND r.schema_name IS NOT DISTINCT FROM place.own_schema) THEN
      RAISE EXCEPTION USING ERRCODE = 'ZD002', MESSAGE = 'the tenant is not served here';
    END IF;
    PERFORM dmz.set_context(holder.tenant, place.own_schema);
    IF place.canonical = 'admin.audit_log' THEN
      EXECUTE pg_catalog.format('SELECT coalesce(pg_catalog.array_agg(sequence) FILTER (WHERE sequence IS NOT NULL AND action <> ''admin.audit_chain.begun''), ''{}'') FROM %s WHERE tenant_id = $1', it.part)
        INTO sequences USING holder.tenant;
      IF pg_catalog.cardinality(sequences) < holder.rows THEN
        RAISE EXCEPTION USING ERRCODE = 'ZD051', MESSAGE = pg_catalog.format('%s holds entries from before chains were kept', it.part);
      END IF;
      PERFORM dmz.leave_audit_hashes(pg_catalog.uuidv7(), audit, it.part, holder.tenant, sequences);
    END IF;
    EXECUTE pg_catalog.format('INSERT INTO %s (tenant_id, actor_kind, action, details) VALUES ($1, ''operator'', ''governance.month.purged'', $2)', audit)
      USING holder.tenant, pg_catalog.jsonb_build_object('log', place.canonical,
        'month', pg_catalog.to_char(it.first AT TIME ZONE 'UTC', 'YYYY-MM'), 'rows', holder.rows, 'reason', reason);
  END LOOP;
  PERFORM dmz.set_context(NULL, NULL);
  EXECUTE pg_catalog.format('DROP TABLE %s', it.part);
  RETURN present;
END
$$
--> statement-breakpoint
CREATE OR REPLACE FUNCTION "dmz"."delete_moved_row"(move uuid, known_attempt integer, part oid, place tid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $$
DECLARE
  tenant uuid;
  space name;
BEGIN
  SELECT tenant_id INTO tenant FROM public.move_ends WHERE move_id = move AND side = 'target' AND attempt = known_attempt;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD060', MESSAGE = 'another program has taken this move over';
  END IF;
  SELECT nspname INTO space FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE c.oid = part;
  IF dmz.is_served_from(tenant, CASE WHEN space LIKE 'tenant\_%' THEN space END) THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD062', MESSAGE = 'the tenant is served from here, so its rows stay';
  END IF;
  PERFORM dmz.set_context(tenant, CASE WHEN space LIKE 'tenant\_%' THEN space END);
  EXECUTE pg_catalog.format('DELETE FROM ONLY %s WHERE ctid = $1 AND tenant_id = $2', part::regclass) USING place, tenant;
  PERFORM dmz.set_context(NULL, NULL);
END
$$
--> statement-breakpoint
CREATE OR REPLACE FUNCTION "dmz"."purge_tenant_rows"(place regclass, tenant uuid, most integer, reason text)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $$
DECLARE
  part regclass;
  purged bigint := 0;
  found_rows bigint;
BEGIN
  IF reason !~ '\S' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD053', MESSAGE = 'rows are purged for a reason, and none was given';
  END IF;
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.oid = place AND c.relowner = 'dmz_owner'::regrole AND NOT c.relispartition AND n.nspname NOT LIKE 'tenant\_%'
      AND pg_catalog.obj_description(c.oid, 'pg_class') ~ '@kind (tenant|append_only|partitioned_log)\M') THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD061', MESSAGE = pg_catalog.format('%s is no table of tenants in the module schemas', place);
  END IF;
  IF dmz.is_served_from(tenant, NULL) THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD062', MESSAGE = 'the tenant is served from here, so its rows stay';
  END IF;
  PERFORM dmz.set_context(tenant, NULL), pg_catalog.set_config('session_replication_role', 'replica', true);
  FOR part IN
    SELECT place WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_partitioned_table WHERE partrelid = place)
    UNION ALL
    SELECT relid FROM pg_catalog.pg_partition_tree(place) WHERE isleaf
    UNION ALL
    SELECT apart.oid FROM pg_catalog.pg_class AS log JOIN pg_catalog.pg_class AS apart ON apart.relnamespace = log.relnamespace
    WHERE log.oid = place AND log.relkind = 'p' AND apart.relkind = 'r' AND NOT apart.relispartition
      AND apart.relname ~ ('^' || log.relname || '_y[0-9]{4}m(0[1-9]|1[0-2])$')
      AND pg_catalog.obj_description(apart.oid, 'pg_class') LIKE '%@month detached'
  LOOP
    EXECUTE pg_catalog.format(
      'DELETE FROM ONLY %1$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM ONLY %1$s WHERE tenant_id = $1 LIMIT $2))', part)
      USING tenant, most - purged;
    GET DIAGNOSTICS found_rows = ROW_COUNT;
    purged := purged + found_rows;
    EXIT WHEN purged >= most;
  END LOOP;
  PERFORM pg_catalog.set_config('session_replication_role', 'origin', true), dmz.set_context(NULL, NULL);
  IF purged > 0 THEN
    INSERT INTO public.purges (tenant_id, reason, table_name, rows_purged) VALUES (tenant, reason, place::text, purged)
    ON CONFLICT ON CONSTRAINT purges_pkey DO UPDATE SET rows_purged = purges.rows_purged + excluded.rows_purged;
  END IF;
  RETURN purged;
END
$$
--> statement-breakpoint
CREATE OR REPLACE FUNCTION "dmz"."purge_due_rows"(run uuid, place regclass, tenant uuid, known_epoch bigint, due tstzmultirange, parts jsonb, after uuid, most integer, OUT last uuid, OUT matched bigint, OUT purged jsonb, OUT kept jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $$
DECLARE
  condition text;
  candidates uuid[];
  members uuid[];
  more uuid[];
  grounds jsonb;
  grown jsonb;
  link record;
  hold record;
BEGIN
  PERFORM dmz.open_tenant(tenant, known_epoch);
  condition := dmz.due_condition(place);
  EXECUTE pg_catalog.format('SELECT coalesce(pg_catalog.array_agg(id ORDER BY id), ''{}'') FROM (SELECT t.id FROM %s AS t WHERE t.id > $1 AND %s ORDER BY t.id LIMIT $3) AS batch',
    place, condition) INTO candidates USING after, due, most;
  matched := pg_catalog.cardinality(candidates);
  last := candidates[matched::integer];
  purged := '{}';
  kept := '{}';
  SELECT * INTO hold FROM dmz.holds_over(place, parts) WHERE person IS NULL LIMIT 1;
  IF FOUND OR matched = 0 THEN
    IF matched > 0 THEN
      kept := pg_catalog.jsonb_build_object(hold.ground, matched);
    END IF;
    RETURN;
  END IF;
  members := candidates;
  LOOP
    more := '{}';
    FOR link IN SELECT * FROM dmz.links_to(place, parts) AS l WHERE l.is_self LOOP
      EXECUTE pg_catalog.format('SELECT $2 || coalesce(pg_catalog.array_agg(DISTINCT n), ''{}'') FROM (SELECT c.id AS n FROM %1$s AS c JOIN %1$s AS t ON %2$s WHERE t.id = ANY ($1)
        UNION SELECT t.id FROM %1$s AS c JOIN %1$s AS t ON %2$s WHERE c.id = ANY ($1)) AS near WHERE n <> ALL ($1)', place, link.condition) INTO more USING members, more;
    END LOOP;
    EXIT WHEN more = '{}';
    members := ARRAY(SELECT DISTINCT pg_catalog.unnest(members || more));
  END LOOP;
  EXECUTE pg_catalog.format('SELECT FROM %s AS t WHERE t.id = ANY ($1) ORDER BY t.id FOR UPDATE', place) USING members;
  EXECUTE pg_catalog.format('SELECT coalesce(pg_catalog.jsonb_object_agg(id, ground), ''{}'') FROM (
      SELECT t.id, ''a row of its chain is not due'' AS ground FROM %1$s AS t WHERE t.id = ANY ($1) AND NOT coalesce(%2$s, false)
      UNION ALL SELECT b.id, b.ground FROM dmz.find_blocks($3, $1, $2, $4) AS b
      UNION ALL SELECT t.id, h.ground FROM %1$s AS t JOIN dmz.holds_over($3, $4) AS h ON h.person = t.%3$I WHERE t.id = ANY ($1)) AS blocked',
    place, condition, coalesce(dmz.person_column(place), 'id')) INTO grounds USING members, due, place, parts;
  LOOP
    grown := grounds;
    FOR link IN SELECT * FROM dmz.links_to(place, parts) AS l WHERE l.is_self LOOP
      EXECUTE pg_catalog.format('SELECT coalesce(pg_catalog.jsonb_object_agg(n, ''a row of its chain stays''), ''{}'') || $2 FROM (
          SELECT c.id AS n FROM %1$s AS c JOIN %1$s AS t ON %2$s WHERE t.id = ANY ($1) AND $2 ? t.id::text
          UNION SELECT t.id FROM %1$s AS c JOIN %1$s AS t ON %2$s WHERE c.id = ANY ($1) AND $2 ? c.id::text) AS near', place, link.condition)
        INTO grown USING members, grown;
    END LOOP;
    EXIT WHEN grown = grounds;
    grounds := grown;
  END LOOP;
  SELECT coalesce(pg_catalog.jsonb_object_agg(ground, n), '{}') INTO kept FROM (SELECT value AS ground, pg_catalog.count(*) AS n
    FROM pg_catalog.jsonb_each_text(grounds) WHERE key::uuid = ANY (candidates) GROUP BY value) AS counted;
  members := ARRAY(SELECT m FROM pg_catalog.unnest(members) AS m WHERE NOT grounds ? m::text);
  IF members <> '{}' THEN
    PERFORM pg_catalog.set_config('session_replication_role', 'replica', true);
    purged := dmz.delete_units(place, members, parts);
    PERFORM pg_catalog.set_config('session_replication_role', 'origin', true), dmz.note_purge(run, tenant, purged);
  END IF;
END
$$
--> statement-breakpoint
CREATE OR REPLACE FUNCTION "dmz"."purge_audit_entries"(run uuid, place regclass, tenant uuid, known_epoch bigint, due tstzmultirange, after bigint, most integer, rehearsal boolean, OUT last bigint, OUT matched bigint, OUT purged jsonb, OUT kept jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $$
DECLARE
  sequences bigint[];
  hold record;
BEGIN
  PERFORM dmz.open_tenant(tenant, known_epoch);
  IF (dmz.placement_of(place)).canonical <> 'admin.audit_log' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD061', MESSAGE = pg_catalog.format('%s is no audit log', place);
  END IF;
  EXECUTE pg_catalog.format('SELECT coalesce(pg_catalog.array_agg(sequence ORDER BY sequence), ''{}'') FROM (SELECT t.sequence FROM %s AS t
    WHERE t.sequence > $1 AND t.occurred_at <@ $2 AND t.action <> ''admin.audit_chain.begun'' ORDER BY t.sequence LIMIT $3) AS batch', place) INTO sequences USING after, due, most;
  matched := pg_catalog.cardinality(sequences);
  last := sequences[matched::integer];
  purged := '{}';
  kept := '{}';
  IF matched = 0 THEN
    RETURN;
  END IF;
  SELECT * INTO hold FROM dmz.holds_over(place, '[]') LIMIT 1;
  IF FOUND THEN
    kept := pg_catalog.jsonb_build_object(hold.ground, matched);
    RETURN;
  END IF;
  purged := pg_catalog.jsonb_build_object('admin.audit_log', matched);
  IF rehearsal THEN
    RETURN;
  END IF;
  PERFORM dmz.leave_audit_hashes(run, place, place, tenant, sequences);
  PERFORM pg_catalog.set_config('session_replication_role', 'replica', true);
  EXECUTE pg_catalog.format('DELETE FROM %s AS t WHERE t.sequence = ANY ($1)', place) USING sequences;
  PERFORM pg_catalog.set_config('session_replication_role', 'origin', true), dmz.note_purge(run, tenant, purged);
END
$$
--> statement-breakpoint
RESET ROLE;
