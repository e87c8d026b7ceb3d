-- role: administrator
-- Each tenant with a schema of its own has a role of its own, which reaches that schema. What all of them share, the
-- functions of the context and the reference tables, is granted once, to the role that they are members of: a right
-- granted to each would make every check of rights on a reference table longer by a tenant.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'dmz_tenant') THEN
    CREATE ROLE dmz_tenant NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;
--> statement-breakpoint
SET LOCAL ROLE "dmz_owner";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "dmz", "public", "auth", "billing", "economy", "threat" TO "dmz_tenant";
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."enter_tenant"(uuid, bigint), "dmz"."current_tenant_in"(text), "dmz"."look_up_context"(text) TO "dmz_tenant";
--> statement-breakpoint
GRANT SELECT ON "public"."countries", "public"."currencies", "public"."data_regions", "public"."framework_clauses",
  "public"."industries", "public"."languages", "public"."locales", "public"."regulatory_frameworks",
  "auth"."permissions", "billing"."features", "billing"."plan_features", "billing"."plan_prices", "billing"."plans",
  "economy"."levels", "threat"."attack_tactics", "threat"."attack_vector_tactics", "threat"."attack_vectors" TO "dmz_tenant";
--> statement-breakpoint
RESET ROLE;
