-- phase: expand
-- transaction: none
-- PostgreSQL asks conditions of a statement that it holds for harmless, such as email < 'm', before a policy's equality: that is
-- kept back for indexes, and comes last. Whether the policy was asked at all then told what a row of another tenant holds, to
-- whoever could send a statement, without any tenant. So each policy makes its comparison a second time, in a form that is
-- asked first. Each statement is a transaction of its own, so that no table is locked for the others.
ALTER POLICY "tenant_isolation" ON "admin"."audit_chain_heads" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "admin"."audit_checkpoints" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "admin"."audit_log" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "admin"."audit_removals" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "admin"."break_glass_grants" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "ai"."generation_jobs" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "ai"."generation_log" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "ai"."prompt_template_versions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "ai"."prompt_templates" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "ai"."safety_findings" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "ai"."safety_reviews" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "analytics"."compliance_snapshots" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "analytics"."events" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "analytics"."experiment_assignments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "analytics"."experiments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "analytics"."player_profiles" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "analytics"."projection_cursors" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "analytics"."variants" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."abac_policies" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."abac_policy_bindings" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."api_keys" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."identities" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."invitations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."mfa_factors" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."oauth_clients" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."oauth_grants" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."oauth_redirect_uris" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."oauth_refresh_tokens" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."one_time_tokens" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."password_credentials" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."password_history" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."recovery_codes" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."role_permissions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."roles" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."scim_connections" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."scim_group_members" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."scim_groups" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."scim_users" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."sessions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."sso_certificates" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."sso_connections" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."sso_group_roles" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."user_profiles" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."user_roles" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."users" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "auth"."webauthn_credentials" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "billing"."accounts" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "billing"."entitlements" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "billing"."invoice_lines" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "billing"."invoices" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "billing"."license_keys" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "billing"."payments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "billing"."subscriptions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "billing"."usage_records" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "content"."assets" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "content"."content_packs" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "content"."document_templates" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "content"."email_templates" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "content"."item_versions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "content"."items" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "content"."localizations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "content"."pack_items" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "content"."pool_emails" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "content"."reviews" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "content"."scenario_emails" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "content"."scenarios" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "economy"."achievements" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "economy"."inventory_items" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "economy"."ledger_entries" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "economy"."season_passes" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "economy"."transactions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "economy"."user_achievements" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "economy"."wallet_balances" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "economy"."wallets" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "facility"."capacity_readings" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "facility"."clients" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "facility"."facilities" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "facility"."leases" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "facility"."maintenance_tasks" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "facility"."resources" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "facility"."upgrades" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "files"."object_references" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "files"."objects" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "game"."actions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "game"."blacklist_entries" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "game"."day_summaries" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "game"."decisions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "game"."email_attachments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "game"."email_headers" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "game"."email_indicators" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "game"."emails" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "game"."events" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "game"."session_heads" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "game"."sessions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "game"."snapshots" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "game"."threat_assessments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "game"."verification_artifacts" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "game"."verification_packets" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "game"."whitelist_entries" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "game"."worksheets" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "governance"."consents" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "governance"."erasure_certificates" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "governance"."legal_holds" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "governance"."privacy_requests" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "governance"."pseudonyms" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "governance"."retention_runs" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "governance"."subject_keys" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "governance"."tenant_keys" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "governance"."transfer_log" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "integration"."configurations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "integration"."credentials" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "integration"."hris_sync_events" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "integration"."jobs" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "integration"."outbox" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "integration"."siem_exports" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "integration"."webhook_deliveries" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "integration"."webhook_subscription_events" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "integration"."webhook_subscriptions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."activities" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."activity_profiles" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."activity_states" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."agent_profiles" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."agents" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."aicc_assignable_units" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."aicc_courses" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."aicc_registrations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."aicc_results" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."aicc_sessions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."attachments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."cmi5_assignable_units" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."cmi5_courses" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."cmi5_registrations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."cmi5_sessions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."cmi5_waivers" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."group_members" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."lti_deployments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."lti_resource_links" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."scorm_packages" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."scorm_registrations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."scorm_runtime_states" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."scorm_scos" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."statement_context_activities" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."statement_context_agents" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."statement_voids" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "lrs"."statements" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "notification"."deliveries" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "notification"."messages" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "notification"."preferences" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "notification"."push_subscriptions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "notification"."quiet_hours" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "notification"."templates" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "org"."departments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "org"."locations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "org"."memberships" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "org"."teams" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "org"."tenant_allowed_networks" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "org"."tenant_branding" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "org"."tenant_frameworks" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "org"."tenant_retention_policies" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "org"."tenant_security_profiles" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "org"."tenant_settings" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "org"."user_assignments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "phishing"."campaign_templates" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "phishing"."campaigns" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "phishing"."interactions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "phishing"."landing_pages" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "phishing"."sends" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "phishing"."targets" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "phishing"."teachable_moments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "phishing"."template_cues" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "phishing"."templates" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "social"."alliance_members" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "social"."alliances" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "social"."competitive_event_participants" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "social"."competitive_events" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "social"."corporation_members" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "social"."corporations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "social"."friendships" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "social"."leaderboard_entries" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "social"."leaderboards" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "social"."match_participants" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "social"."matches" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "story"."chapters" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "story"."choices" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "story"."faction_relations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "story"."faction_standings" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "story"."factions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "story"."nodes" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "story"."player_choices" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "story"."player_progress" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "story"."seasons" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "threat"."attacks" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "threat"."breaches" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "threat"."campaign_phase_vectors" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "threat"."campaign_phases" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "threat"."campaigns" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "threat"."incident_actions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "threat"."incidents" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "threat"."intelligence_brief_vectors" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "threat"."intelligence_briefs" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "training"."assessment_results" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "training"."assessments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "training"."assignments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "training"."attestations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "training"."certificates" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "training"."completions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "training"."escalations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "training"."jit_interventions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "training"."management_attestations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "training"."modules" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "training"."policies" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "training"."policy_versions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "training"."program_clauses" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "training"."program_reviews" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "training"."programs" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "training"."spaced_repetition_reviews" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "training"."spaced_repetition_states" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "ugc"."marketplace_listings" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "ugc"."moderation_decisions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "ugc"."projects" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "ugc"."reviews" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
ALTER POLICY "tenant_isolation" ON "ugc"."versions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()) AND CASE WHEN "tenant_id" = (SELECT "dmz"."current_tenant"()) THEN true END IS NOT NULL);
--> statement-breakpoint
SELECT "dmz"."guard_months"('admin.audit_log');
--> statement-breakpoint
SELECT "dmz"."guard_months"('analytics.events');
--> statement-breakpoint
SELECT "dmz"."guard_months"('game.events');
