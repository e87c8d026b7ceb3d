-- role: administrator
-- The roles that the platform knows, the schema of its database functions, and the context of a tenant transaction.

-- Roles belong to the whole server, so another database of it may have made them already, or be making them just now.
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['dmz_owner', 'dmz_app', 'dmz_mover', 'dmz_maintenance'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN
        EXECUTE pg_catalog.format(
          'CREATE ROLE %I %s NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT',
          wanted, CASE wanted WHEN 'dmz_owner' THEN 'NOLOGIN' ELSE 'LOGIN' END);
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END LOOP;
END
$$;
--> statement-breakpoint
-- Migrations of a server whose administrator is no superuser need to become the owner.
GRANT "dmz_owner" TO CURRENT_USER;
--> statement-breakpoint
CREATE SCHEMA "dmz" AUTHORIZATION "dmz_owner";
--> statement-breakpoint
COMMENT ON SCHEMA "dmz" IS 'Functions of the platform: tenant context, guards of table kinds, partitions. It holds no tables.';
--> statement-breakpoint
GRANT USAGE ON SCHEMA "dmz" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
ALTER SCHEMA "public" OWNER TO "dmz_owner";
--> statement-breakpoint
REVOKE ALL ON SCHEMA "public" FROM PUBLIC;
--> statement-breakpoint
GRANT USAGE ON SCHEMA "public" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
-- What nobody granted, nobody has: PUBLIC would get EXECUTE on every new function otherwise.
ALTER DEFAULT PRIVILEGES FOR ROLE "dmz_owner" REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
--> statement-breakpoint
-- Rights on a database are not copied with a template, so every migration run and every clone calls this.
CREATE FUNCTION "dmz"."secure_database"() RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION "dmz"."secure_database"() FROM PUBLIC;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."secure_database"() IS 'Leaves PUBLIC no right on this database nor, where a superuser runs it, on large objects, and gives each role its own. For its administrator.';
--> statement-breakpoint
SELECT "dmz"."secure_database"();
--> statement-breakpoint
SET LOCAL ROLE "dmz_owner";
--> statement-breakpoint
-- SECURITY DEFINER: the register of residents is closed to the application.
-- current_setting gives '' rather than null once a transaction that had a context has ended.
CREATE FUNCTION "dmz"."current_tenant"() RETURNS uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."current_tenant"() IS 'The tenant that this transaction entered. Policies compare tenant_id with it through a scalar sub-select, so it runs once a statement. No context, a malformed one and an unknown tenant are errors ZD001 and ZD002, never an empty answer. SECURITY DEFINER to read the residents.';
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."current_tenant"() TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
-- The fence is taken before the register is read: whoever waited behind a move then sees where the move put the tenant,
-- because a volatile function takes a new snapshot for each of its statements.
CREATE FUNCTION "dmz"."enter_tenant"("tenant" uuid, "known_epoch" bigint DEFAULT NULL) RETURNS timestamptz
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."enter_tenant"(uuid, bigint) IS 'Opens a tenant transaction: takes the shared fence that a move needs, checks that the tenant lives here at the epoch that the caller knows and may be served, and sets the context until the transaction ends. Returns the time of the transaction. SECURITY DEFINER to read the residents.';
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."enter_tenant"(uuid, bigint) TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE FUNCTION "dmz"."set_updated_at"() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  NEW.updated_at := pg_catalog.now();
  RETURN NEW;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."set_updated_at"() IS 'Trigger of every table with updated_at.';
--> statement-breakpoint
CREATE FUNCTION "dmz"."refuse_change"() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'ZD010',
    MESSAGE = pg_catalog.format('%s is append-only: %s is refused for everyone', TG_RELID::regclass, TG_OP),
    HINT = 'A correction or an invalidation is a new record.';
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."refuse_change"() IS 'Trigger of every append-only table: refuses UPDATE, DELETE and TRUNCATE, for the owner too.';
--> statement-breakpoint
-- Statement triggers fire for the table that a statement names, so a partition needs its parent's, and a policy of its own.
CREATE FUNCTION "dmz"."guard_partition"("parent" regclass, "part" regclass) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."guard_partition"(regclass, regclass) IS 'Gives a partition the row-level security and the statement triggers of its parent. Repeatable.';
--> statement-breakpoint
-- SECURITY DEFINER: dmz_maintenance makes partitions of tables that it does not own.
CREATE FUNCTION "dmz"."ensure_partition"("parent" regclass, "month" date) RETURNS regclass
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."ensure_partition"(regclass, date) IS 'Makes the partition of a month (UTC) if it is missing, and guards it; null, with a warning, where the default partition holds rows of the month. SECURITY DEFINER so that the maintenance role can call it without owning the log.';
--> statement-breakpoint
CREATE FUNCTION "dmz"."ensure_partitions"("parent" regclass, "months_ahead" integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."ensure_partitions"(regclass, integer) IS 'Makes the default partition and those of this month and the given number of months ahead, where they are missing. SECURITY DEFINER so that the maintenance role can call it without owning the log.';
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."ensure_partition"(regclass, date), "dmz"."ensure_partitions"(regclass, integer) TO "dmz_maintenance";
--> statement-breakpoint
RESET ROLE;
