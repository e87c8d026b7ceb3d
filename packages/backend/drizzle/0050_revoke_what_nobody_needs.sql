-- phase: contract
-- completes: 0048_sign_entries_into_tenants
-- role: administrator
-- Whatever no use case needs (docs/reference/rights.md) is nobody's any more. No program of any release has used it: services
-- that would write these tables are not written yet, and get the right with the migration that they come with. Columns that
-- an erasure changes are granted behind, since a right that is taken from a table is taken from its columns.
SET LOCAL ROLE "dmz_owner";
--> statement-breakpoint
REVOKE DELETE ON "ai"."prompt_templates", "analytics"."projection_cursors", "auth"."users", "game"."decisions", "game"."verification_packets", "game"."worksheets", "integration"."outbox", "integration"."webhook_subscriptions", "social"."leaderboards" FROM "dmz_app";
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION "dmz"."current_tenant"(), "dmz"."current_tenant_in"(text), "dmz"."ensure_partition"(regclass,date), "dmz"."ensure_partitions"(regclass,integer), "dmz"."locate_tenant"(text), "dmz"."purge_tenant_rows"(regclass,uuid,integer,text), "dmz"."refuse_context"(text) FROM "dmz_maintenance";
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION "dmz"."current_tenant"(), "dmz"."current_tenant_in"(text), "dmz"."locate_tenant"(text), "dmz"."refuse_context"(text) FROM "dmz_mover";
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION "dmz"."current_tenant_in"(text), "dmz"."tenant_of_domain"(text,text), "game"."append_events"(uuid,bigint,timestamp with time zone,jsonb), "game"."append_events"(uuid,bigint,timestamp with time zone,jsonb,jsonb) FROM "dmz_app";
--> statement-breakpoint
REVOKE INSERT ON "ai"."safety_findings", "auth"."password_history", "billing"."invoice_lines", "billing"."payments", "content"."document_templates", "content"."item_versions", "content"."scenario_emails", "content"."scenarios", "facility"."capacity_readings", "facility"."upgrades", "governance"."consents", "governance"."legal_holds", "integration"."hris_sync_events", "integration"."siem_exports", "lrs"."attachments", "lrs"."statement_context_activities", "lrs"."statement_context_agents", "lrs"."statement_voids", "lrs"."statements", "story"."player_choices", "threat"."breaches", "threat"."campaign_phase_vectors", "threat"."campaign_phases", "threat"."campaigns", "threat"."incident_actions", "training"."policy_versions", "training"."spaced_repetition_reviews", "ugc"."versions" FROM "dmz_app";
--> statement-breakpoint
REVOKE INSERT, UPDATE ON "analytics"."player_profiles", "auth"."api_keys", "auth"."identities", "auth"."mfa_factors", "auth"."oauth_refresh_tokens", "auth"."one_time_tokens", "auth"."password_credentials", "auth"."recovery_codes", "auth"."scim_users", "auth"."sessions", "auth"."webauthn_credentials", "billing"."license_keys", "billing"."subscriptions", "content"."content_packs", "lrs"."activity_states", "lrs"."agent_profiles", "lrs"."aicc_sessions", "lrs"."cmi5_sessions", "lrs"."scorm_runtime_states", "notification"."push_subscriptions", "story"."faction_standings", "story"."player_progress", "threat"."attacks", "threat"."incidents", "ugc"."reviews" FROM "dmz_app";
--> statement-breakpoint
REVOKE INSERT, UPDATE, DELETE ON "analytics"."experiment_assignments", "analytics"."experiments", "analytics"."variants", "auth"."abac_policies", "auth"."abac_policy_bindings", "auth"."oauth_clients", "auth"."oauth_grants", "auth"."oauth_redirect_uris", "auth"."scim_connections", "auth"."scim_group_members", "auth"."scim_groups", "auth"."sso_certificates", "auth"."sso_connections", "auth"."sso_group_roles", "billing"."accounts", "content"."assets", "content"."items", "content"."localizations", "content"."pack_items", "economy"."achievements", "economy"."inventory_items", "economy"."season_passes", "facility"."clients", "facility"."facilities", "facility"."leases", "facility"."maintenance_tasks", "facility"."resources", "files"."object_references", "files"."objects", "integration"."configurations", "integration"."credentials", "lrs"."activities", "lrs"."activity_profiles", "lrs"."agents", "lrs"."aicc_assignable_units", "lrs"."aicc_courses", "lrs"."aicc_registrations", "lrs"."cmi5_assignable_units", "lrs"."cmi5_courses", "lrs"."cmi5_registrations", "lrs"."cmi5_waivers", "lrs"."group_members", "lrs"."lti_deployments", "lrs"."lti_resource_links", "lrs"."scorm_packages", "lrs"."scorm_registrations", "lrs"."scorm_scos", "notification"."quiet_hours", "org"."tenant_allowed_networks", "org"."tenant_branding", "phishing"."template_cues", "social"."alliance_members", "social"."alliances", "social"."competitive_event_participants", "social"."competitive_events", "social"."corporation_members", "social"."corporations", "social"."friendships", "social"."match_participants", "social"."matches", "story"."chapters", "story"."choices", "story"."faction_relations", "story"."factions", "story"."nodes", "story"."seasons", "threat"."intelligence_brief_vectors", "threat"."intelligence_briefs", "training"."jit_interventions", "training"."policies", "training"."program_clauses", "training"."spaced_repetition_states", "ugc"."marketplace_listings", "ugc"."projects" FROM "dmz_app";
--> statement-breakpoint
REVOKE SELECT ON "billing"."plan_features", "billing"."plan_prices", "economy"."levels", "public"."languages", "threat"."attack_vector_tactics" FROM "dmz_mover";
--> statement-breakpoint
REVOKE UPDATE ("status") ON "economy"."wallets" FROM "dmz_app";
--> statement-breakpoint
REVOKE UPDATE ON "game"."day_summaries", "game"."threat_assessments", "org"."tenant_security_profiles", "org"."user_assignments", "phishing"."sends", "training"."assignments" FROM "dmz_app";
--> statement-breakpoint
REVOKE UPDATE, DELETE ON "auth"."role_permissions", "auth"."roles", "billing"."entitlements", "game"."blacklist_entries", "game"."email_attachments", "game"."email_headers", "game"."email_indicators", "game"."verification_artifacts", "game"."whitelist_entries", "integration"."webhook_subscription_events", "notification"."messages", "notification"."preferences", "notification"."templates", "org"."departments", "org"."locations", "org"."memberships", "org"."teams", "org"."tenant_frameworks", "org"."tenant_retention_policies", "phishing"."campaign_templates", "phishing"."campaigns", "phishing"."landing_pages", "phishing"."targets", "phishing"."teachable_moments", "phishing"."templates", "training"."assessments", "training"."modules", "training"."programs" FROM "dmz_app";
--> statement-breakpoint
REVOKE USAGE ON SCHEMA "public" FROM "dmz_maintenance";
--> statement-breakpoint
GRANT UPDATE ("account_name"), UPDATE ("mbox"), UPDATE ("mbox_sha1sum"), UPDATE ("name"), UPDATE ("openid") ON "lrs"."agents" TO "dmz_app";
--> statement-breakpoint
GRANT UPDATE ("client_secret_sha256") ON "auth"."oauth_clients" TO "dmz_app";
--> statement-breakpoint
GRANT UPDATE ("file_name") ON "files"."objects" TO "dmz_app";
--> statement-breakpoint
GRANT UPDATE ("key_sha256"), UPDATE ("signature") ON "billing"."license_keys" TO "dmz_app";
--> statement-breakpoint
GRANT UPDATE ("lesson_location"), UPDATE ("session_key_sha256"), UPDATE ("suspend_data") ON "lrs"."aicc_sessions" TO "dmz_app";
--> statement-breakpoint
GRANT UPDATE ("motto") ON "social"."alliances", "social"."corporations" TO "dmz_app";
--> statement-breakpoint
GRANT UPDATE ("name") ON "facility"."facilities" TO "dmz_app";
--> statement-breakpoint
GRANT UPDATE ("parameters"), UPDATE ("read_at") ON "notification"."messages" TO "dmz_app";
--> statement-breakpoint
GRANT UPDATE ("recipient_address") ON "phishing"."sends" TO "dmz_app";
--> statement-breakpoint
GRANT UPDATE ("summary"), UPDATE ("title") ON "ugc"."projects" TO "dmz_app";
--> statement-breakpoint
GRANT UPDATE ("waiver_reason") ON "training"."assignments" TO "dmz_app";
--> statement-breakpoint
RESET ROLE;
--> statement-breakpoint
-- Nobody but who makes the platform's functions writes code in the database. Languages are a superuser's to grant.
DO $$
BEGIN
  IF (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = CURRENT_USER) THEN
    GRANT USAGE ON LANGUAGE plpgsql, sql TO dmz_owner;
    REVOKE USAGE ON LANGUAGE plpgsql, sql FROM PUBLIC;
  END IF;
END
$$;
--> statement-breakpoint
-- The owner makes schemas of tenants' own, and nobody connects as it.
CREATE OR REPLACE FUNCTION "dmz"."secure_database"() RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  opener regprocedure;
BEGIN
  EXECUTE pg_catalog.format('REVOKE ALL ON DATABASE %I FROM PUBLIC, dmz_owner', pg_catalog.current_database());
  EXECUTE pg_catalog.format('GRANT CONNECT ON DATABASE %I TO dmz_app, dmz_mover, dmz_maintenance', pg_catalog.current_database());
  EXECUTE pg_catalog.format('GRANT CREATE ON DATABASE %I TO dmz_owner', pg_catalog.current_database());
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
