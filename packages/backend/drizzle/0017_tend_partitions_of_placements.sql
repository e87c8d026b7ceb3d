-- A log is of the module schemas or of one tenant's own: its residents are the tenants that this instance serves there.
-- Functions of `dmz` are the database's and serve every placement, so what they read or write beside a log is found from
-- the log that they are called with.
CREATE FUNCTION "dmz"."placement_of"("log" regclass, OUT "own_schema" name, OUT "canonical" text)
LANGUAGE sql STABLE STRICT SET search_path = '' AS $$
  SELECT CASE WHEN n.nspname LIKE 'tenant\_%' THEN n.nspname END,
    CASE WHEN n.nspname LIKE 'tenant\_%' THEN pg_catalog.regexp_replace(c.relname, '_', '.') ELSE n.nspname || '.' || c.relname END
  FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE c.oid = log
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."placement_of"(regclass) IS 'The schema of a tenant’s own that a table is in, null for the module schemas; and the name that its module gave it, such as game.events.';
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."placement_of"(regclass) TO "dmz_maintenance";
--> statement-breakpoint
CREATE OR REPLACE FUNCTION "dmz"."count_strays"("log" regclass) RETURNS TABLE ("month" date, "found" bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  it record;
  entered text := coalesce(pg_catalog.current_setting('dmz.tenant_id', true), '');
  resident uuid;
BEGIN
  it := dmz.find_month(log, pg_catalog.now()::date);
  IF it.rest IS NULL OR pg_catalog.pg_relation_size(it.rest) = 0 THEN
    RETURN;
  END IF;
  FOR resident IN SELECT r.tenant_id FROM public.residents AS r
    WHERE r.state = 'serving' AND r.schema_name IS NOT DISTINCT FROM (dmz.placement_of(log)).own_schema
  LOOP
    PERFORM pg_catalog.set_config('dmz.tenant_id', resident::text, true);
    RETURN QUERY EXECUTE pg_catalog.format(
      'SELECT pg_catalog.date_trunc(''month'', %1$I AT TIME ZONE ''UTC'')::date, pg_catalog.count(*) FROM %2$s GROUP BY 1', it.time_column, it.rest);
  END LOOP;
  PERFORM pg_catalog.set_config('dmz.tenant_id', entered, true);
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION "dmz"."count_month"("log" regclass, "month" date) RETURNS TABLE ("tenant" uuid, "served" boolean, "rows" bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  it record;
  entered text := coalesce(pg_catalog.current_setting('dmz.tenant_id', true), '');
  resident record;
BEGIN
  it := dmz.find_month(log, month);
  IF it.state NOT IN ('attached', 'detached') THEN
    PERFORM dmz.refuse_month(it.part, it.state);
  END IF;
  FOR resident IN SELECT r.tenant_id, r.state = 'serving' AS served FROM public.residents AS r
    WHERE r.schema_name IS NOT DISTINCT FROM (dmz.placement_of(log)).own_schema
  LOOP
    tenant := resident.tenant_id;
    served := resident.served;
    rows := NULL;
    IF served THEN
      PERFORM pg_catalog.set_config('dmz.tenant_id', tenant::text, true);
      EXECUTE pg_catalog.format('SELECT pg_catalog.count(*) FROM %s', it.part) INTO rows;
    END IF;
    RETURN NEXT;
  END LOOP;
  PERFORM pg_catalog.set_config('dmz.tenant_id', entered, true);
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION "dmz"."drop_month"("log" regclass, "month" date, "reason" text, "expected" jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  it record;
  place record := dmz.placement_of(log);
  audit regclass := coalesce(pg_catalog.quote_ident(place.own_schema) || '.admin_audit_log', 'admin.audit_log')::regclass;
  present bigint;
  holder record;
  entered text := coalesce(pg_catalog.current_setting('dmz.tenant_id', true), '');
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
    PERFORM pg_catalog.set_config('dmz.tenant_id', holder.tenant::text, true);
    EXECUTE pg_catalog.format('INSERT INTO %s (tenant_id, actor_kind, action, details) VALUES ($1, ''operator'', ''governance.month.purged'', $2)', audit)
      USING holder.tenant, pg_catalog.jsonb_build_object('log', place.canonical,
        'month', pg_catalog.to_char(it.first AT TIME ZONE 'UTC', 'YYYY-MM'), 'rows', holder.rows, 'reason', reason);
  END LOOP;
  PERFORM pg_catalog.set_config('dmz.tenant_id', entered, true);
  EXECUTE pg_catalog.format('DROP TABLE %s', it.part);
  RETURN present;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."drop_month"(regclass, date, text, jsonb) IS 'A door in append-only: drops a detached month for a reason that is audited, where the log is, with each tenant that had rows in it. expected is the number of rows by tenant that the caller found free to go; ZD052 where there are others. SECURITY DEFINER so that the maintenance role can call it without owning the log.';
