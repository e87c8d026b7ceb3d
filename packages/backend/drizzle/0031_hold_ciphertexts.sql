-- phase: expand
-- transaction: none
-- Rows are read while others write; each statement is a transaction of its own, so that none holds a lock for the others.
ALTER TABLE "admin"."break_glass_grants" VALIDATE CONSTRAINT "break_glass_grants_status_reason_check";
--> statement-breakpoint
ALTER TABLE "ai"."safety_reviews" VALIDATE CONSTRAINT "safety_reviews_status_reason_check";
--> statement-breakpoint
ALTER TABLE "ai"."safety_reviews" VALIDATE CONSTRAINT "safety_reviews_rationale_encrypted_check";
--> statement-breakpoint
ALTER TABLE "analytics"."compliance_snapshots" VALIDATE CONSTRAINT "compliance_snapshots_status_reason_check";
--> statement-breakpoint
ALTER TABLE "auth"."mfa_factors" VALIDATE CONSTRAINT "mfa_factors_secret_ciphertext_encrypted_check";
--> statement-breakpoint
ALTER TABLE "auth"."password_history" VALIDATE CONSTRAINT "password_history_password_hash_ciphertext_encrypted_check";
--> statement-breakpoint
ALTER TABLE "auth"."sso_certificates" VALIDATE CONSTRAINT "sso_certificates_private_key_ciphertext_encrypted_check";
--> statement-breakpoint
ALTER TABLE "auth"."sso_connections" VALIDATE CONSTRAINT "sso_connections_client_secret_ciphertext_encrypted_check";
--> statement-breakpoint
ALTER TABLE "billing"."invoices" VALIDATE CONSTRAINT "invoices_status_reason_check";
--> statement-breakpoint
ALTER TABLE "billing"."invoices" VALIDATE CONSTRAINT "invoices_buyer_ciphertext_encrypted_check";
--> statement-breakpoint
ALTER TABLE "billing"."usage_records" VALIDATE CONSTRAINT "usage_records_status_reason_check";
--> statement-breakpoint
ALTER TABLE "content"."item_versions" VALIDATE CONSTRAINT "item_versions_change_note_encrypted_check";
--> statement-breakpoint
ALTER TABLE "content"."reviews" VALIDATE CONSTRAINT "reviews_status_reason_check";
--> statement-breakpoint
ALTER TABLE "content"."reviews" VALIDATE CONSTRAINT "reviews_comment_encrypted_check";
--> statement-breakpoint
ALTER TABLE "economy"."user_achievements" VALIDATE CONSTRAINT "user_achievements_status_reason_check";
--> statement-breakpoint
ALTER TABLE "governance"."consents" VALIDATE CONSTRAINT "consents_ip_address_encrypted_check";
--> statement-breakpoint
ALTER TABLE "governance"."consents" VALIDATE CONSTRAINT "consents_user_agent_encrypted_check";
--> statement-breakpoint
ALTER TABLE "governance"."erasure_certificates" VALIDATE CONSTRAINT "erasure_certificates_status_reason_check";
--> statement-breakpoint
ALTER TABLE "governance"."legal_holds" VALIDATE CONSTRAINT "legal_holds_grounds_encrypted_check";
--> statement-breakpoint
ALTER TABLE "governance"."subject_keys" VALIDATE CONSTRAINT "subject_keys_wrapped_key_ciphertext_encrypted_check";
--> statement-breakpoint
ALTER TABLE "integration"."credentials" VALIDATE CONSTRAINT "credentials_secret_ciphertext_encrypted_check";
--> statement-breakpoint
ALTER TABLE "integration"."hris_sync_events" VALIDATE CONSTRAINT "hris_sync_events_external_id_ciphertext_encrypted_check";
--> statement-breakpoint
ALTER TABLE "integration"."webhook_subscriptions" VALIDATE CONSTRAINT "webhook_subscriptions_secret_ciphertext_encrypted_check";
--> statement-breakpoint
ALTER TABLE "integration"."webhook_subscriptions" VALIDATE CONSTRAINT "webhook_subscriptions_previous_secret_ciphertext_bbee4f5c_check";
--> statement-breakpoint
ALTER TABLE "lrs"."aicc_results" VALIDATE CONSTRAINT "aicc_results_status_reason_check";
--> statement-breakpoint
ALTER TABLE "lrs"."statements" VALIDATE CONSTRAINT "statements_response_encrypted_check";
--> statement-breakpoint
ALTER TABLE "notification"."deliveries" VALIDATE CONSTRAINT "deliveries_address_ciphertext_encrypted_check";
--> statement-breakpoint
ALTER TABLE "notification"."push_subscriptions" VALIDATE CONSTRAINT "push_subscriptions_auth_ciphertext_encrypted_check";
--> statement-breakpoint
ALTER TABLE "phishing"."interactions" VALIDATE CONSTRAINT "interactions_status_reason_check";
--> statement-breakpoint
ALTER TABLE "phishing"."interactions" VALIDATE CONSTRAINT "interactions_ip_address_encrypted_check";
--> statement-breakpoint
ALTER TABLE "phishing"."interactions" VALIDATE CONSTRAINT "interactions_user_agent_encrypted_check";
--> statement-breakpoint
ALTER TABLE "training"."assessment_results" VALIDATE CONSTRAINT "assessment_results_status_reason_check";
--> statement-breakpoint
ALTER TABLE "training"."assessment_results" VALIDATE CONSTRAINT "assessment_results_answers_encrypted_check";
--> statement-breakpoint
ALTER TABLE "training"."attestations" VALIDATE CONSTRAINT "attestations_status_reason_check";
--> statement-breakpoint
ALTER TABLE "training"."attestations" VALIDATE CONSTRAINT "attestations_signatory_name_encrypted_check";
--> statement-breakpoint
ALTER TABLE "training"."attestations" VALIDATE CONSTRAINT "attestations_ip_address_encrypted_check";
--> statement-breakpoint
ALTER TABLE "training"."attestations" VALIDATE CONSTRAINT "attestations_user_agent_encrypted_check";
--> statement-breakpoint
ALTER TABLE "training"."certificates" VALIDATE CONSTRAINT "certificates_status_reason_check";
--> statement-breakpoint
ALTER TABLE "training"."certificates" VALIDATE CONSTRAINT "certificates_holder_name_encrypted_check";
--> statement-breakpoint
ALTER TABLE "training"."completions" VALIDATE CONSTRAINT "completions_status_reason_check";
--> statement-breakpoint
ALTER TABLE "training"."management_attestations" VALIDATE CONSTRAINT "management_attestations_status_reason_check";
--> statement-breakpoint
ALTER TABLE "training"."management_attestations" VALIDATE CONSTRAINT "management_attestations_signatory_name_encrypted_check";
--> statement-breakpoint
ALTER TABLE "training"."program_reviews" VALIDATE CONSTRAINT "program_reviews_status_reason_check";
--> statement-breakpoint
ALTER TABLE "training"."program_reviews" VALIDATE CONSTRAINT "program_reviews_findings_encrypted_check";
--> statement-breakpoint
ALTER TABLE "ugc"."moderation_decisions" VALIDATE CONSTRAINT "moderation_decisions_status_reason_check";
--> statement-breakpoint
ALTER TABLE "ugc"."moderation_decisions" VALIDATE CONSTRAINT "moderation_decisions_reasons_ciphertext_encrypted_check";
--> statement-breakpoint
ALTER TABLE "ugc"."versions" VALIDATE CONSTRAINT "versions_content_ciphertext_encrypted_check";
--> statement-breakpoint
ALTER TABLE "ugc"."versions" VALIDATE CONSTRAINT "versions_change_note_ciphertext_encrypted_check";
