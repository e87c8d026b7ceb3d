-- Archived tenants can be read and not written, and a tenant lives in its region.

-- As before, but that an archived tenant is open to transactions which cannot write. Such a transaction cannot become one
-- that writes once it has asked anything.
CREATE OR REPLACE FUNCTION "dmz"."enter_tenant"("tenant" uuid, "known_epoch" bigint DEFAULT NULL) RETURNS timestamptz
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  entered text := pg_catalog.current_setting('dmz.tenant_id', true);
  fence text;
  resident record;
BEGIN
  IF tenant IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD001', MESSAGE = 'no tenant was named';
  END IF;
  IF entered <> '' AND entered <> tenant::text THEN
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
  entered := pg_catalog.set_config('dmz.tenant_id', tenant::text, true);
  entered := pg_catalog.set_config('dmz.entered', entered || coalesce('@' || resident.schema_name, ''), true);
  RETURN pg_catalog.now();
END
$$;
--> statement-breakpoint
-- Deferred, so that a move may write the tenant and its placement in either order.
CREATE FUNCTION "dmz"."refuse_foreign_region"() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  misplaced record;
BEGIN
  SELECT t.slug, t.region AS tenant_region, i.name AS instance, i.region AS instance_region INTO misplaced
  FROM public.placements AS p JOIN public.tenants AS t ON t.id = p.tenant_id JOIN public.instances AS i ON i.id = p.instance_id
  WHERE t.region <> i.region AND CASE TG_RELID
    WHEN 'public.placements'::regclass THEN p.tenant_id = (pg_catalog.to_jsonb(NEW)->>'tenant_id')::uuid
    WHEN 'public.tenants'::regclass THEN t.id = (pg_catalog.to_jsonb(NEW)->>'id')::uuid
    ELSE i.id = (pg_catalog.to_jsonb(NEW)->>'id')::uuid END
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD070', MESSAGE = pg_catalog.format('%s belongs in region %s, and instance %s is in %s',
      misplaced.slug, misplaced.tenant_region, misplaced.instance, misplaced.instance_region);
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."refuse_foreign_region"() IS 'Trigger of the register: at the end of a transaction a tenant’s region is that of its instance, or ZD070.';
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "refuse_foreign_region" AFTER INSERT OR UPDATE ON "public"."placements"
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "dmz"."refuse_foreign_region"();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "refuse_foreign_region" AFTER UPDATE OF "region" ON "public"."tenants"
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "dmz"."refuse_foreign_region"();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "refuse_foreign_region" AFTER UPDATE OF "region" ON "public"."instances"
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "dmz"."refuse_foreign_region"();
--> statement-breakpoint
-- SECURITY DEFINER: the heads of audit chains are written by the database alone.
CREATE FUNCTION "admin"."open_audit_chain"("tenant" uuid, "known_epoch" bigint, "at_time" timestamptz, OUT "opened" boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  entered timestamptz := dmz.enter_tenant(tenant, known_epoch);
BEGIN
  INSERT INTO admin.audit_chain_heads (tenant_id, sequence, chain_sha256)
  VALUES (tenant, 0, pg_catalog.repeat('0', 64)) ON CONFLICT (tenant_id) DO NOTHING;
  opened := FOUND;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "admin"."open_audit_chain"(uuid, bigint, timestamptz) IS 'Enters the tenant, and gives it the head of an audit chain without entries, if it has none; says whether it did. SECURITY DEFINER because the application may not write heads.';
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "admin"."open_audit_chain"(uuid, bigint, timestamptz) TO "dmz_app";
