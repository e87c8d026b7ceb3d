-- phase: expand
-- SECURITY DEFINER: the register of moves is closed to the maintenance role.
CREATE FUNCTION "dmz"."purge_unmoved_rows"("move" uuid, "known_attempt" integer, "place" regclass, "tenant" uuid, "most" integer, "reason" text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  bringing record;
BEGIN
  SELECT move_id, attempt INTO bringing FROM public.move_ends WHERE tenant_id = tenant AND side = 'target' FOR SHARE;
  IF bringing.move_id IS DISTINCT FROM move OR bringing.attempt IS DISTINCT FROM known_attempt THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD060', MESSAGE = 'another program has taken this place over';
  END IF;
  RETURN dmz.purge_tenant_rows(place, tenant, most, reason);
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."purge_unmoved_rows"(uuid, integer, regclass, uuid, integer, text) IS 'As purge_tenant_rows, for the attempt of the move that brings the tenant here, or for nobody’s (null) while none does: ZD060 where it is another’s. SECURITY DEFINER because the register of moves is closed to the maintenance role.';
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."purge_unmoved_rows"(uuid, integer, regclass, uuid, integer, text) TO "dmz_maintenance";
