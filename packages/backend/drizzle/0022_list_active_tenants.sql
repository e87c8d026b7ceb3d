-- Programs that work for every tenant in turn, such as those that run the consumers, know tenants by this list alone.
-- They need no administrator for it, and the application still finds only the tenant that it can name.
CREATE FUNCTION "dmz"."active_tenants"() RETURNS TABLE ("slug" text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT t.slug FROM public.tenants AS t WHERE t.status = 'active' ORDER BY t.slug
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."active_tenants"() IS 'Slugs of the tenants that are active, by the register of this database. SECURITY DEFINER because the register is closed to every role but its owner.';
--> statement-breakpoint
REVOKE ALL ON FUNCTION "dmz"."active_tenants"() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."active_tenants"() TO "dmz_maintenance";
