-- role: administrator
-- What the mover needs: to follow a tenant's changes, to write its rows without their triggers, and a door by which rows leave.

-- A copy is of rows that were accepted at their source, so it is written past row security and triggers, and verified.
ALTER ROLE "dmz_mover" REPLICATION BYPASSRLS;
--> statement-breakpoint
-- The owner could disable triggers anyway, but only for everybody at once and under a lock that writers meet.
GRANT SET ON PARAMETER "session_replication_role" TO "dmz_mover", "dmz_owner";
--> statement-breakpoint
SET LOCAL ROLE "dmz_owner";
--> statement-breakpoint
-- DELETE is for what a source's transactions have deleted; rows of append-only tables go by a function alone, as anywhere.
GRANT SELECT, INSERT, DELETE ON
  "auth"."abac_policies", "auth"."abac_policy_bindings", "auth"."api_keys", "auth"."identities", "auth"."invitations", "auth"."mfa_factors", "auth"."oauth_clients", "auth"."oauth_grants", "auth"."oauth_redirect_uris", "auth"."oauth_refresh_tokens", "auth"."one_time_tokens", "auth"."password_credentials", "auth"."recovery_codes", "auth"."role_permissions", "auth"."roles", "auth"."scim_connections", "auth"."scim_group_members", "auth"."scim_groups", "auth"."scim_users", "auth"."sessions", "auth"."sso_certificates", "auth"."sso_connections", "auth"."sso_group_roles", "auth"."user_profiles", "auth"."user_roles", "auth"."users", "auth"."webauthn_credentials",
  "files"."object_references", "files"."objects",
  "org"."departments", "org"."locations", "org"."memberships", "org"."teams", "org"."tenant_allowed_networks", "org"."tenant_branding", "org"."tenant_frameworks", "org"."tenant_retention_policies", "org"."tenant_security_profiles", "org"."tenant_settings", "org"."user_assignments",
  "admin"."audit_chain_heads",
  "content"."assets", "content"."content_packs", "content"."document_templates", "content"."email_templates", "content"."items", "content"."localizations", "content"."pack_items", "content"."scenario_emails", "content"."scenarios",
  "ai"."generation_jobs", "ai"."prompt_templates",
  "game"."blacklist_entries", "game"."day_summaries", "game"."decisions", "game"."email_attachments", "game"."email_headers", "game"."email_indicators", "game"."emails", "game"."session_heads", "game"."sessions", "game"."threat_assessments", "game"."verification_artifacts", "game"."verification_packets", "game"."whitelist_entries", "game"."worksheets",
  "threat"."attacks", "threat"."campaign_phase_vectors", "threat"."campaign_phases", "threat"."campaigns", "threat"."incidents", "threat"."intelligence_brief_vectors", "threat"."intelligence_briefs",
  "facility"."clients", "facility"."facilities", "facility"."leases", "facility"."maintenance_tasks", "facility"."resources", "facility"."upgrades",
  "economy"."achievements", "economy"."inventory_items", "economy"."season_passes", "economy"."wallet_balances", "economy"."wallets",
  "story"."chapters", "story"."choices", "story"."faction_relations", "story"."faction_standings", "story"."factions", "story"."nodes", "story"."player_choices", "story"."player_progress", "story"."seasons",
  "social"."alliance_members", "social"."alliances", "social"."competitive_event_participants", "social"."competitive_events", "social"."corporation_members", "social"."corporations", "social"."friendships", "social"."leaderboard_entries", "social"."leaderboards", "social"."match_participants", "social"."matches",
  "ugc"."marketplace_listings", "ugc"."projects", "ugc"."reviews",
  "training"."assessments", "training"."assignments", "training"."jit_interventions", "training"."modules", "training"."policies", "training"."program_clauses", "training"."programs", "training"."spaced_repetition_states",
  "phishing"."campaign_templates", "phishing"."campaigns", "phishing"."landing_pages", "phishing"."sends", "phishing"."targets", "phishing"."teachable_moments", "phishing"."template_cues", "phishing"."templates",
  "lrs"."activities", "lrs"."activity_profiles", "lrs"."activity_states", "lrs"."agent_profiles", "lrs"."agents", "lrs"."aicc_assignable_units", "lrs"."aicc_courses", "lrs"."aicc_registrations", "lrs"."aicc_sessions", "lrs"."attachments", "lrs"."cmi5_assignable_units", "lrs"."cmi5_courses", "lrs"."cmi5_registrations", "lrs"."cmi5_sessions", "lrs"."cmi5_waivers", "lrs"."group_members", "lrs"."lti_deployments", "lrs"."lti_resource_links", "lrs"."scorm_packages", "lrs"."scorm_registrations", "lrs"."scorm_runtime_states", "lrs"."scorm_scos",
  "analytics"."experiment_assignments", "analytics"."experiments", "analytics"."player_profiles", "analytics"."projection_cursors", "analytics"."variants",
  "integration"."configurations", "integration"."credentials", "integration"."outbox", "integration"."webhook_subscription_events", "integration"."webhook_subscriptions",
  "notification"."messages", "notification"."preferences", "notification"."push_subscriptions", "notification"."quiet_hours", "notification"."templates",
  "billing"."accounts", "billing"."entitlements", "billing"."license_keys", "billing"."subscriptions",
  "governance"."privacy_requests", "governance"."pseudonyms", "governance"."subject_keys"
  TO "dmz_mover";
--> statement-breakpoint
GRANT SELECT, INSERT ON
  "auth"."password_history",
  "admin"."audit_checkpoints", "admin"."audit_log", "admin"."break_glass_grants",
  "content"."item_versions", "content"."reviews",
  "ai"."generation_log", "ai"."prompt_template_versions", "ai"."safety_findings", "ai"."safety_reviews",
  "game"."actions", "game"."events", "game"."snapshots",
  "threat"."breaches", "threat"."incident_actions",
  "facility"."capacity_readings",
  "economy"."ledger_entries", "economy"."transactions", "economy"."user_achievements",
  "ugc"."moderation_decisions", "ugc"."versions",
  "training"."assessment_results", "training"."attestations", "training"."certificates", "training"."completions", "training"."escalations", "training"."management_attestations", "training"."policy_versions", "training"."program_reviews", "training"."spaced_repetition_reviews",
  "phishing"."interactions",
  "lrs"."aicc_results", "lrs"."statement_context_activities", "lrs"."statement_context_agents", "lrs"."statement_voids", "lrs"."statements",
  "analytics"."compliance_snapshots", "analytics"."events",
  "integration"."hris_sync_events", "integration"."siem_exports", "integration"."webhook_deliveries",
  "notification"."deliveries",
  "billing"."invoice_lines", "billing"."invoices", "billing"."payments", "billing"."usage_records",
  "governance"."consents", "governance"."erasure_certificates", "governance"."legal_holds", "governance"."retention_runs", "governance"."transfer_log"
  TO "dmz_mover";
--> statement-breakpoint
GRANT SELECT ON
  "public"."countries", "public"."currencies", "public"."data_regions", "public"."framework_clauses", "public"."industries", "public"."languages", "public"."locales", "public"."regulatory_frameworks",
  "auth"."permissions",
  "threat"."attack_tactics", "threat"."attack_vector_tactics", "threat"."attack_vectors",
  "economy"."levels",
  "billing"."features", "billing"."plan_features", "billing"."plan_prices", "billing"."plans"
  TO "dmz_mover";
--> statement-breakpoint
-- At most one move of a tenant is under way, whoever plans another one at the same time.
CREATE UNIQUE INDEX "moves_under_way_key" ON "public"."moves" ("tenant_id") WHERE "step" NOT IN ('completed', 'purged', 'rolled_back');
--> statement-breakpoint
COMMENT ON INDEX "public"."moves_under_way_key" IS 'that no tenant moves twice at once';
--> statement-breakpoint
-- SECURITY DEFINER: the register of moves is closed to the mover.
CREATE FUNCTION "dmz"."hold_move"("move" uuid, "known_attempt" integer) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM FROM public.move_ends WHERE move_id = move AND side = 'target' AND attempt = known_attempt FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD060', MESSAGE = 'another program has taken this move over';
  END IF;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."hold_move"(uuid, integer) IS 'Makes a transaction at the target of a move one of its attempt: ZD060 where another one has begun, and none can begin before it ends. SECURITY DEFINER because the register of moves is closed to the mover.';
--> statement-breakpoint
-- SECURITY DEFINER: the register of moves is closed to the mover.
CREATE FUNCTION "dmz"."advance_move"("move" uuid, "known_attempt" integer, "reached" text, "changes" bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  UPDATE public.move_ends SET lsn = reached, changes_applied = changes_applied + changes
    WHERE move_id = move AND side = 'target' AND attempt = known_attempt;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD060', MESSAGE = 'another program has taken this move over';
  END IF;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."advance_move"(uuid, integer, text, bigint) IS 'Says up to which position of the source’s log the target has everything, in the transaction that brought it there; ZD060 where another program has taken the move over. SECURITY DEFINER because the register of moves is closed to the mover.';
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."hold_move"(uuid, integer), "dmz"."advance_move"(uuid, integer, text, bigint) TO "dmz_mover";
--> statement-breakpoint
-- A row is named by its partition and its place there, as the caller has just found it.
CREATE FUNCTION "dmz"."delete_moved_row"("move" uuid, "known_attempt" integer, "part" oid, "place" tid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  tenant uuid;
  space name;
BEGIN
  SELECT tenant_id INTO tenant FROM public.move_ends WHERE move_id = move AND side = 'target' AND attempt = known_attempt;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD060', MESSAGE = 'another program has taken this move over';
  END IF;
  SELECT nspname INTO space FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE c.oid = part;
  IF dmz.is_served_from(tenant, CASE WHEN space LIKE 'tenant\_%' THEN space END) THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD062', MESSAGE = 'the tenant is served from here, so its rows stay';
  END IF;
  PERFORM pg_catalog.set_config('dmz.tenant_id', tenant::text, true),
    pg_catalog.set_config('dmz.entered', tenant::text || CASE WHEN space LIKE 'tenant\_%' THEN '@' || space ELSE '' END, true);
  EXECUTE pg_catalog.format('DELETE FROM ONLY %s WHERE ctid = $1 AND tenant_id = $2', part::regclass) USING place, tenant;
  PERFORM pg_catalog.set_config('dmz.tenant_id', '', true), pg_catalog.set_config('dmz.entered', '', true);
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."delete_moved_row"(uuid, integer, oid, tid) IS 'A door in append-only: deletes at the target of a move what its source’s transactions have deleted, which was let go by a door there; for a session that is a replica, and while the tenant is not served from here. SECURITY DEFINER because nobody but the owner may delete what is append-only.';
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."delete_moved_row"(uuid, integer, oid, tid) TO "dmz_mover";
--> statement-breakpoint
-- SECURITY DEFINER: the register of residents is closed to the maintenance role.
CREATE FUNCTION "dmz"."is_served_from"("tenant" uuid, "place" text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT EXISTS (SELECT FROM public.residents
    WHERE tenant_id = tenant AND state <> 'departed' AND schema_name IS NOT DISTINCT FROM place)
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."is_served_from"(uuid, text) IS 'Whether a tenant lives here in that schema, or in the module schemas where it is null. SECURITY DEFINER because the register of residents is closed to the maintenance role.';
--> statement-breakpoint
-- The rows are found by their place on the page, in each partition by itself, so a batch costs what it deletes. Triggers are
-- off for the deletion: an append-only row may leave by this door, and what refers to it leaves by it as well.
CREATE FUNCTION "dmz"."purge_tenant_rows"("place" regclass, "tenant" uuid, "most" integer, "reason" text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  part regclass;
  purged bigint := 0;
  found_rows bigint;
BEGIN
  IF reason !~ '\S' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD053', MESSAGE = 'rows are purged for a reason, and none was given';
  END IF;
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.oid = place AND c.relowner = 'dmz_owner'::regrole AND NOT c.relispartition AND n.nspname NOT LIKE 'tenant\_%'
      AND pg_catalog.obj_description(c.oid, 'pg_class') ~ '@kind (tenant|append_only|partitioned_log)\M') THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD061', MESSAGE = pg_catalog.format('%s is no table of tenants in the module schemas', place);
  END IF;
  IF dmz.is_served_from(tenant, NULL) THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD062', MESSAGE = 'the tenant is served from here, so its rows stay';
  END IF;
  PERFORM pg_catalog.set_config('dmz.tenant_id', tenant::text, true), pg_catalog.set_config('dmz.entered', tenant::text, true),
    pg_catalog.set_config('session_replication_role', 'replica', true);
  FOR part IN
    SELECT place WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_partitioned_table WHERE partrelid = place)
    UNION ALL
    SELECT relid FROM pg_catalog.pg_partition_tree(place) WHERE isleaf
    UNION ALL
    SELECT apart.oid FROM pg_catalog.pg_class AS log JOIN pg_catalog.pg_class AS apart ON apart.relnamespace = log.relnamespace
    WHERE log.oid = place AND log.relkind = 'p' AND apart.relkind = 'r' AND NOT apart.relispartition
      AND apart.relname ~ ('^' || log.relname || '_y[0-9]{4}m(0[1-9]|1[0-2])$')
      AND pg_catalog.obj_description(apart.oid, 'pg_class') LIKE '%@month detached'
  LOOP
    EXECUTE pg_catalog.format(
      'DELETE FROM ONLY %1$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM ONLY %1$s WHERE tenant_id = $1 LIMIT $2))', part)
      USING tenant, most - purged;
    GET DIAGNOSTICS found_rows = ROW_COUNT;
    purged := purged + found_rows;
    EXIT WHEN purged >= most;
  END LOOP;
  PERFORM pg_catalog.set_config('session_replication_role', 'origin', true), pg_catalog.set_config('dmz.tenant_id', '', true),
    pg_catalog.set_config('dmz.entered', '', true);
  IF purged > 0 THEN
    INSERT INTO public.purges (tenant_id, reason, table_name, rows_purged) VALUES (tenant, reason, place::text, purged)
    ON CONFLICT ON CONSTRAINT purges_pkey DO UPDATE SET rows_purged = purges.rows_purged + excluded.rows_purged;
  END IF;
  RETURN purged;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."purge_tenant_rows"(regclass, uuid, integer, text) IS 'A door in append-only: deletes up to so many rows of a tenant from one table of the module schemas, for a reason that is kept in public.purges with their number, and returns it; ZD062 where the tenant is served from here. SECURITY DEFINER because nobody but the owner may delete what is append-only.';
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."is_served_from"(uuid, text), "dmz"."purge_tenant_rows"(regclass, uuid, integer, text) TO "dmz_maintenance";
--> statement-breakpoint
RESET ROLE;
