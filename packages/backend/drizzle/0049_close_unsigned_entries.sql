-- phase: contract
-- completes: 0048_sign_entries_into_tenants
-- From here on nobody enters without a token. What is left of the old way is for functions that are called inside the tenant.
CREATE OR REPLACE FUNCTION "dmz"."enter_tenant"("tenant" uuid, "known_epoch" bigint DEFAULT NULL) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
DECLARE
  context text := pg_catalog.current_setting('backtrace_functions');
BEGIN
  IF pg_catalog.left(context, 32) = pg_catalog.replace(tenant::text, '-', '') THEN
    RETURN pg_catalog.now();
  END IF;
  IF context ~ '^[0-9a-f]{32}( |$)' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD004', MESSAGE = 'this transaction has entered another tenant',
      HINT = 'A transaction serves one tenant. Begin another one.';
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'ZD001', MESSAGE = 'no tenant has been entered in this transaction',
    HINT = 'A program enters with dmz.enter_tenant(tenant, epoch, token) after BEGIN.';
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."enter_tenant"(uuid, bigint) IS 'Says at what time this transaction entered the tenant, for functions that work in it: ZD001 where it has entered none, ZD004 where it has entered another.';
--> statement-breakpoint
-- They never called it: what they do in a tenant they do by functions of the owner.
REVOKE EXECUTE ON FUNCTION "dmz"."enter_tenant"(uuid, bigint) FROM "dmz_maintenance", "dmz_mover";
--> statement-breakpoint
DROP FUNCTION "dmz"."look_up_context"(text);
