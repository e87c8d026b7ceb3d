-- Whoever is cancelled asks whether it was for a move; if so, the work is simply done again where the tenant lives then.

-- SECURITY DEFINER: the register of residents is closed to the application. A few seconds are long for an answer to come
-- back to its program, and short beside the time between two moves.
CREATE FUNCTION "dmz"."interrupted_by_move"("tenant" uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT EXISTS (SELECT FROM public.residents
    WHERE tenant_id = tenant AND interrupted_at > pg_catalog.clock_timestamp() - interval '10 seconds')
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."interrupted_by_move"(uuid) IS 'Whether a move has just cancelled transactions of the tenant here, because they kept it from being fenced. SECURITY DEFINER because the register of residents is closed to the application.';
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."interrupted_by_move"(uuid) TO "dmz_app";
