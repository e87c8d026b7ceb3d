-- role: administrator
-- phase: expand
-- What PostgreSQL opens to everybody, and what tells of other tenants, is closed by one list, which `dmz db check` reads too.
-- And of a row's conditions the policy comes first: see 0052.
CREATE FUNCTION "dmz"."closed_to_everybody"() RETURNS TABLE("kind" text, "object" oid)
LANGUAGE sql STABLE SET search_path = '' AS $$
  -- Large objects know no row-level security. A prepared statement outlives its tenant's transaction, and who knows its name
  -- can put another one in its place. What is published for a move names the tenant that moves.
  SELECT 'function', oid FROM pg_catalog.pg_proc
  WHERE pronamespace = 'pg_catalog'::regnamespace
    AND (proname LIKE 'lo\_%' OR proname IN ('loread', 'lowrite', 'pg_prepared_statement', 'pg_get_publication_tables'))
  UNION ALL SELECT 'table', oid FROM pg_catalog.pg_class
  WHERE relnamespace = 'pg_catalog'::regnamespace AND relname IN ('pg_publication_rel', 'pg_publication_tables')
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."closed_to_everybody"() IS 'What of PostgreSQL’s own PUBLIC has no right on, as dmz.secure_database leaves it and dmz db check expects it.';
--> statement-breakpoint
REVOKE ALL ON FUNCTION "dmz"."closed_to_everybody"() FROM PUBLIC;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION "dmz"."secure_database"() RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  closed record;
BEGIN
  EXECUTE pg_catalog.format('REVOKE ALL ON DATABASE %I FROM PUBLIC, dmz_owner', pg_catalog.current_database());
  EXECUTE pg_catalog.format('GRANT CONNECT ON DATABASE %I TO dmz_app, dmz_mover, dmz_maintenance', pg_catalog.current_database());
  EXECUTE pg_catalog.format('GRANT CREATE ON DATABASE %I TO dmz_owner', pg_catalog.current_database());
  -- What came with PostgreSQL is a superuser's.
  IF (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = CURRENT_USER) THEN
    FOR closed IN SELECT * FROM dmz.closed_to_everybody() LOOP
      EXECUTE pg_catalog.format('REVOKE ALL ON %s %s FROM PUBLIC', closed.kind,
        CASE closed.kind WHEN 'function' THEN closed.object::regprocedure::text ELSE closed.object::regclass::text END);
    END LOOP;
    -- PostgreSQL asks the cheapest conditions of a row first, and of equals the policy. Only here can a cost be nothing, which
    -- is what it takes to be no dearer than IS NULL.
    UPDATE pg_catalog.pg_proc SET procost = 0 WHERE oid = 'pg_catalog.uuid_eq(uuid,uuid)'::regprocedure AND procost <> 0;
  END IF;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."secure_database"() IS 'Leaves PUBLIC no right on this database nor, where a superuser runs it, on what dmz.closed_to_everybody lists; has policies asked before other conditions; and gives each role its own. For its administrator.';
--> statement-breakpoint
SET LOCAL ROLE "dmz_owner";
--> statement-breakpoint
-- A policy that is another one than the log's is replaced; until now one was only made where there was none.
CREATE OR REPLACE FUNCTION "dmz"."guard_partition"("parent" regclass, "part" regclass) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  guard record;
BEGIN
  -- Nothing is locked where nothing is missing.
  IF EXISTS (SELECT FROM pg_catalog.pg_class WHERE oid = part AND NOT (relrowsecurity AND relforcerowsecurity)) THEN
    EXECUTE pg_catalog.format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', part);
  END IF;
  FOR guard IN
    SELECT polname, pg_catalog.pg_get_expr(polqual, polrelid) AS condition FROM pg_catalog.pg_policy WHERE polrelid = parent
    EXCEPT
    SELECT polname, pg_catalog.pg_get_expr(polqual, polrelid) FROM pg_catalog.pg_policy WHERE polrelid = part
  LOOP
    EXECUTE pg_catalog.format('DROP POLICY IF EXISTS %I ON %s', guard.polname, part);
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
CREATE FUNCTION "dmz"."guard_months"("log" regclass) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  part regclass;
BEGIN
  FOR part IN
    SELECT inhrelid FROM pg_catalog.pg_inherits WHERE inhparent = log
    UNION ALL
    SELECT apart.oid FROM pg_catalog.pg_class AS whole JOIN pg_catalog.pg_class AS apart ON apart.relnamespace = whole.relnamespace
    WHERE whole.oid = log AND apart.relkind = 'r' AND NOT apart.relispartition
      AND apart.relname ~ ('^' || whole.relname || '_y[0-9]+m(0[1-9]|1[0-2])$')
      AND pg_catalog.obj_description(apart.oid, 'pg_class') ~ '@month (prepared|detached)$'
  LOOP
    PERFORM dmz.guard_partition(log, part);
  END LOOP;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."guard_months"(regclass) IS 'For migrations that change the policy of a log: gives it to every partition, and to months that are not attached. Repeatable.';
--> statement-breakpoint
REVOKE ALL ON FUNCTION "dmz"."guard_months"(regclass) FROM PUBLIC;
--> statement-breakpoint
RESET ROLE;
