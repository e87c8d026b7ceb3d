-- phase: expand
-- Keys of tenants, which wrap those of people. What only a key may read gets a form that the database holds it to: nothing has
-- written these columns yet, and who does so in plain text by mistake is refused. Records that supersede others say why.
CREATE TABLE "governance"."tenant_keys" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"generation" integer NOT NULL,
	"algorithm" text DEFAULT 'AES-256-GCM' NOT NULL,
	"wrapped_key_ciphertext" text NOT NULL,
	"master_key_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenant_keys_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "tenant_keys_generation_key" UNIQUE("tenant_id","generation"),
	CONSTRAINT "tenant_keys_algorithm_check" CHECK ("algorithm" in ('AES-256-GCM')),
	CONSTRAINT "tenant_keys_wrapped_key_ciphertext_encrypted_check" CHECK ("wrapped_key_ciphertext" ~ '^dmz:[1-9][0-9]*:master:[A-Za-z0-9%._~-]+:[A-Za-z0-9_-]+$'),
	CONSTRAINT "tenant_keys_generation_positive_check" CHECK ("generation" > 0)
);
--> statement-breakpoint
CREATE INDEX "tenant_keys_master_key_id_idx" ON "governance"."tenant_keys" USING btree ("tenant_id","master_key_id");
--> statement-breakpoint
ALTER TABLE "governance"."tenant_keys" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "governance"."tenant_keys" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "governance"."tenant_keys" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ("wrapped_key_ciphertext", "master_key_id") ON "governance"."tenant_keys" TO "dmz_app";
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "governance"."tenant_keys" TO "dmz_mover";
--> statement-breakpoint
COMMENT ON TABLE "governance"."tenant_keys" IS 'The keys of the tenant: each wraps people’s keys and encrypts secrets, and is itself wrapped by a master key.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."tenant_keys"."generation" IS 'From 1; the highest wraps and encrypts, the others only read.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."tenant_keys"."wrapped_key_ciphertext" IS 'As the keeper of the master keys made it.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."tenant_keys"."master_key_id" IS 'Which master key it is wrapped by, in the words of their keeper.';
--> statement-breakpoint
COMMENT ON INDEX "governance"."tenant_keys_master_key_id_idx" IS 'keys under one master key, to be wrapped anew';
--> statement-breakpoint
ALTER TABLE "admin"."break_glass_grants" ADD COLUMN "status_reason" text;
--> statement-breakpoint
ALTER TABLE "ai"."safety_reviews" ADD COLUMN "status_reason" text;
--> statement-breakpoint
ALTER TABLE "analytics"."compliance_snapshots" ADD COLUMN "status_reason" text;
--> statement-breakpoint
ALTER TABLE "billing"."invoices" ADD COLUMN "status_reason" text;
--> statement-breakpoint
ALTER TABLE "billing"."usage_records" ADD COLUMN "status_reason" text;
--> statement-breakpoint
ALTER TABLE "content"."reviews" ADD COLUMN "status_reason" text;
--> statement-breakpoint
ALTER TABLE "economy"."user_achievements" ADD COLUMN "status_reason" text;
--> statement-breakpoint
ALTER TABLE "governance"."erasure_certificates" ADD COLUMN "status_reason" text;
--> statement-breakpoint
ALTER TABLE "lrs"."aicc_results" ADD COLUMN "status_reason" text;
--> statement-breakpoint
ALTER TABLE "phishing"."interactions" ADD COLUMN "status_reason" text;
--> statement-breakpoint
ALTER TABLE "training"."assessment_results" ADD COLUMN "status_reason" text;
--> statement-breakpoint
ALTER TABLE "training"."attestations" ADD COLUMN "status_reason" text;
--> statement-breakpoint
ALTER TABLE "training"."certificates" ADD COLUMN "status_reason" text;
--> statement-breakpoint
ALTER TABLE "training"."completions" ADD COLUMN "status_reason" text;
--> statement-breakpoint
ALTER TABLE "training"."management_attestations" ADD COLUMN "status_reason" text;
--> statement-breakpoint
ALTER TABLE "training"."program_reviews" ADD COLUMN "status_reason" text;
--> statement-breakpoint
ALTER TABLE "ugc"."moderation_decisions" ADD COLUMN "status_reason" text;
--> statement-breakpoint
ALTER TABLE "admin"."break_glass_grants" ADD CONSTRAINT "break_glass_grants_status_reason_check" CHECK ("status_reason" in ('correction', 'duplicate', 'wrong_person', 'misconduct', 'automation', 'withdrawal', 'revocation', 'appeal', 'renewal')) NOT VALID;
--> statement-breakpoint
ALTER TABLE "ai"."safety_reviews" ADD CONSTRAINT "safety_reviews_status_reason_check" CHECK ("status_reason" in ('correction', 'duplicate', 'wrong_person', 'misconduct', 'automation', 'withdrawal', 'revocation', 'appeal', 'renewal')) NOT VALID;
--> statement-breakpoint
ALTER TABLE "ai"."safety_reviews" ADD CONSTRAINT "safety_reviews_rationale_encrypted_check" CHECK ("rationale" ~ '^dmz:[1-9][0-9]*:(person:[0-9a-f-]{36}|tenant:[0-9a-f-]{36}):[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "analytics"."compliance_snapshots" ADD CONSTRAINT "compliance_snapshots_status_reason_check" CHECK ("status_reason" in ('correction', 'duplicate', 'wrong_person', 'misconduct', 'automation', 'withdrawal', 'revocation', 'appeal', 'renewal')) NOT VALID;
--> statement-breakpoint
ALTER TABLE "auth"."mfa_factors" ADD CONSTRAINT "mfa_factors_secret_ciphertext_encrypted_check" CHECK ("secret_ciphertext" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "auth"."password_history" ADD CONSTRAINT "password_history_password_hash_ciphertext_encrypted_check" CHECK ("password_hash_ciphertext" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "auth"."sso_certificates" ADD CONSTRAINT "sso_certificates_private_key_ciphertext_encrypted_check" CHECK ("private_key_ciphertext" ~ '^dmz:[1-9][0-9]*:tenant:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "auth"."sso_connections" ADD CONSTRAINT "sso_connections_client_secret_ciphertext_encrypted_check" CHECK ("client_secret_ciphertext" ~ '^dmz:[1-9][0-9]*:tenant:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "billing"."invoices" ADD CONSTRAINT "invoices_status_reason_check" CHECK ("status_reason" in ('correction', 'duplicate', 'wrong_person', 'misconduct', 'automation', 'withdrawal', 'revocation', 'appeal', 'renewal')) NOT VALID;
--> statement-breakpoint
ALTER TABLE "billing"."invoices" ADD CONSTRAINT "invoices_buyer_ciphertext_encrypted_check" CHECK ("buyer_ciphertext" ~ '^dmz:[1-9][0-9]*:tenant:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "billing"."usage_records" ADD CONSTRAINT "usage_records_status_reason_check" CHECK ("status_reason" in ('correction', 'duplicate', 'wrong_person', 'misconduct', 'automation', 'withdrawal', 'revocation', 'appeal', 'renewal')) NOT VALID;
--> statement-breakpoint
ALTER TABLE "content"."item_versions" ADD CONSTRAINT "item_versions_change_note_encrypted_check" CHECK ("change_note" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "content"."reviews" ADD CONSTRAINT "reviews_status_reason_check" CHECK ("status_reason" in ('correction', 'duplicate', 'wrong_person', 'misconduct', 'automation', 'withdrawal', 'revocation', 'appeal', 'renewal')) NOT VALID;
--> statement-breakpoint
ALTER TABLE "content"."reviews" ADD CONSTRAINT "reviews_comment_encrypted_check" CHECK ("comment" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "economy"."user_achievements" ADD CONSTRAINT "user_achievements_status_reason_check" CHECK ("status_reason" in ('correction', 'duplicate', 'wrong_person', 'misconduct', 'automation', 'withdrawal', 'revocation', 'appeal', 'renewal')) NOT VALID;
--> statement-breakpoint
ALTER TABLE "governance"."consents" ADD CONSTRAINT "consents_ip_address_encrypted_check" CHECK ("ip_address" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "governance"."consents" ADD CONSTRAINT "consents_user_agent_encrypted_check" CHECK ("user_agent" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "governance"."erasure_certificates" ADD CONSTRAINT "erasure_certificates_status_reason_check" CHECK ("status_reason" in ('correction', 'duplicate', 'wrong_person', 'misconduct', 'automation', 'withdrawal', 'revocation', 'appeal', 'renewal')) NOT VALID;
--> statement-breakpoint
ALTER TABLE "governance"."legal_holds" ADD CONSTRAINT "legal_holds_grounds_encrypted_check" CHECK ("grounds" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "governance"."subject_keys" ADD CONSTRAINT "subject_keys_wrapped_key_ciphertext_encrypted_check" CHECK ("wrapped_key_ciphertext" ~ '^dmz:[1-9][0-9]*:tenant:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "integration"."credentials" ADD CONSTRAINT "credentials_secret_ciphertext_encrypted_check" CHECK ("secret_ciphertext" ~ '^dmz:[1-9][0-9]*:tenant:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "integration"."hris_sync_events" ADD CONSTRAINT "hris_sync_events_external_id_ciphertext_encrypted_check" CHECK ("external_id_ciphertext" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "integration"."webhook_subscriptions" ADD CONSTRAINT "webhook_subscriptions_secret_ciphertext_encrypted_check" CHECK ("secret_ciphertext" ~ '^dmz:[1-9][0-9]*:tenant:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "integration"."webhook_subscriptions" ADD CONSTRAINT "webhook_subscriptions_previous_secret_ciphertext_bbee4f5c_check" CHECK ("previous_secret_ciphertext" ~ '^dmz:[1-9][0-9]*:tenant:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "lrs"."aicc_results" ADD CONSTRAINT "aicc_results_status_reason_check" CHECK ("status_reason" in ('correction', 'duplicate', 'wrong_person', 'misconduct', 'automation', 'withdrawal', 'revocation', 'appeal', 'renewal')) NOT VALID;
--> statement-breakpoint
ALTER TABLE "lrs"."statements" ADD CONSTRAINT "statements_response_encrypted_check" CHECK ("response" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "notification"."deliveries" ADD CONSTRAINT "deliveries_address_ciphertext_encrypted_check" CHECK ("address_ciphertext" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "notification"."push_subscriptions" ADD CONSTRAINT "push_subscriptions_auth_ciphertext_encrypted_check" CHECK ("auth_ciphertext" ~ '^dmz:[1-9][0-9]*:tenant:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "phishing"."interactions" ADD CONSTRAINT "interactions_status_reason_check" CHECK ("status_reason" in ('correction', 'duplicate', 'wrong_person', 'misconduct', 'automation', 'withdrawal', 'revocation', 'appeal', 'renewal')) NOT VALID;
--> statement-breakpoint
ALTER TABLE "phishing"."interactions" ADD CONSTRAINT "interactions_ip_address_encrypted_check" CHECK ("ip_address" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "phishing"."interactions" ADD CONSTRAINT "interactions_user_agent_encrypted_check" CHECK ("user_agent" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "training"."assessment_results" ADD CONSTRAINT "assessment_results_status_reason_check" CHECK ("status_reason" in ('correction', 'duplicate', 'wrong_person', 'misconduct', 'automation', 'withdrawal', 'revocation', 'appeal', 'renewal')) NOT VALID;
--> statement-breakpoint
ALTER TABLE "training"."assessment_results" ADD CONSTRAINT "assessment_results_answers_encrypted_check" CHECK ("answers" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "training"."attestations" ADD CONSTRAINT "attestations_status_reason_check" CHECK ("status_reason" in ('correction', 'duplicate', 'wrong_person', 'misconduct', 'automation', 'withdrawal', 'revocation', 'appeal', 'renewal')) NOT VALID;
--> statement-breakpoint
ALTER TABLE "training"."attestations" ADD CONSTRAINT "attestations_signatory_name_encrypted_check" CHECK ("signatory_name" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "training"."attestations" ADD CONSTRAINT "attestations_ip_address_encrypted_check" CHECK ("ip_address" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "training"."attestations" ADD CONSTRAINT "attestations_user_agent_encrypted_check" CHECK ("user_agent" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "training"."certificates" ADD CONSTRAINT "certificates_status_reason_check" CHECK ("status_reason" in ('correction', 'duplicate', 'wrong_person', 'misconduct', 'automation', 'withdrawal', 'revocation', 'appeal', 'renewal')) NOT VALID;
--> statement-breakpoint
ALTER TABLE "training"."certificates" ADD CONSTRAINT "certificates_holder_name_encrypted_check" CHECK ("holder_name" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "training"."completions" ADD CONSTRAINT "completions_status_reason_check" CHECK ("status_reason" in ('correction', 'duplicate', 'wrong_person', 'misconduct', 'automation', 'withdrawal', 'revocation', 'appeal', 'renewal')) NOT VALID;
--> statement-breakpoint
ALTER TABLE "training"."management_attestations" ADD CONSTRAINT "management_attestations_status_reason_check" CHECK ("status_reason" in ('correction', 'duplicate', 'wrong_person', 'misconduct', 'automation', 'withdrawal', 'revocation', 'appeal', 'renewal')) NOT VALID;
--> statement-breakpoint
ALTER TABLE "training"."management_attestations" ADD CONSTRAINT "management_attestations_signatory_name_encrypted_check" CHECK ("signatory_name" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "training"."program_reviews" ADD CONSTRAINT "program_reviews_status_reason_check" CHECK ("status_reason" in ('correction', 'duplicate', 'wrong_person', 'misconduct', 'automation', 'withdrawal', 'revocation', 'appeal', 'renewal')) NOT VALID;
--> statement-breakpoint
ALTER TABLE "training"."program_reviews" ADD CONSTRAINT "program_reviews_findings_encrypted_check" CHECK ("findings" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "ugc"."moderation_decisions" ADD CONSTRAINT "moderation_decisions_status_reason_check" CHECK ("status_reason" in ('correction', 'duplicate', 'wrong_person', 'misconduct', 'automation', 'withdrawal', 'revocation', 'appeal', 'renewal')) NOT VALID;
--> statement-breakpoint
ALTER TABLE "ugc"."moderation_decisions" ADD CONSTRAINT "moderation_decisions_reasons_ciphertext_encrypted_check" CHECK ("reasons_ciphertext" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "ugc"."versions" ADD CONSTRAINT "versions_content_ciphertext_encrypted_check" CHECK ("content_ciphertext" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
ALTER TABLE "ugc"."versions" ADD CONSTRAINT "versions_change_note_ciphertext_encrypted_check" CHECK ("change_note_ciphertext" ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$') NOT VALID;
--> statement-breakpoint
COMMENT ON COLUMN "admin"."break_glass_grants"."status_reason" IS 'Why it supersedes or invalidates another record.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."reviews"."status_reason" IS 'Why it supersedes or invalidates another record.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."safety_reviews"."status_reason" IS 'Why it supersedes or invalidates another record.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."user_achievements"."status_reason" IS 'Why it supersedes or invalidates another record.';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."moderation_decisions"."status_reason" IS 'Why it supersedes or invalidates another record.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."assessment_results"."status_reason" IS 'Why it supersedes or invalidates another record.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."attestations"."status_reason" IS 'Why it supersedes or invalidates another record.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."certificates"."status_reason" IS 'Why it supersedes or invalidates another record.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."completions"."status_reason" IS 'Why it supersedes or invalidates another record.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."management_attestations"."status_reason" IS 'Why it supersedes or invalidates another record.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."program_reviews"."status_reason" IS 'Why it supersedes or invalidates another record.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."interactions"."status_reason" IS 'Why it supersedes or invalidates another record.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_results"."status_reason" IS 'Why it supersedes or invalidates another record.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."compliance_snapshots"."status_reason" IS 'Why it supersedes or invalidates another record.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."invoices"."status_reason" IS 'Why it supersedes or invalidates another record.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."usage_records"."status_reason" IS 'Why it supersedes or invalidates another record.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."erasure_certificates"."status_reason" IS 'Why it supersedes or invalidates another record.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."subject_keys"."wrapped_key_ciphertext" IS 'Null once destroyed, which no backup of the tenant’s key can undo.
Kept for reading what the person wrote into append-only records.
@pii credential
@erasure null';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."subject_keys"."wrapping_key_id" IS 'Id in governance.tenant_keys.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."certificates"."holder_name" IS 'JSON, encrypted with the person’s key: the name, what the programme was called, and a random salt, so that nobody can try names on the signature.
Kept for printed on the certificate.
@pii identity
@erasure shred';
