CREATE SCHEMA "ai";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "ai" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE SCHEMA "analytics";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "analytics" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE SCHEMA "billing";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "billing" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE SCHEMA "economy";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "economy" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE SCHEMA "facility";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "facility" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE SCHEMA "files";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "files" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE SCHEMA "governance";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "governance" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE SCHEMA "integration";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "integration" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE SCHEMA "lrs";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "lrs" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE SCHEMA "notification";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "notification" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE SCHEMA "phishing";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "phishing" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE SCHEMA "social";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "social" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE SCHEMA "story";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "story" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE SCHEMA "threat";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "threat" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE SCHEMA "training";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "training" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE SCHEMA "ugc";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "ugc" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE TABLE "admin"."audit_chain_heads" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"sequence" bigint DEFAULT 0 NOT NULL,
	"chain_sha256" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_chain_heads_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "audit_chain_heads_key" UNIQUE("tenant_id"),
	CONSTRAINT "audit_chain_heads_sequence_not_negative_check" CHECK ("sequence" >= 0),
	CONSTRAINT "audit_chain_heads_chain_sha256_form_check" CHECK ("chain_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "admin"."audit_checkpoints" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"sequence" bigint DEFAULT 0 NOT NULL,
	"chain_sha256" text NOT NULL,
	"previous_checkpoint_id" uuid,
	"merkle_root_sha256" text NOT NULL,
	"signature" text NOT NULL,
	"signing_key_id" text NOT NULL,
	"taken_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_checkpoints_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "audit_checkpoints_sequence_key" UNIQUE("tenant_id","sequence"),
	CONSTRAINT "audit_checkpoints_previous_checkpoint_id_key" UNIQUE("tenant_id","previous_checkpoint_id"),
	CONSTRAINT "audit_checkpoints_sequence_not_negative_check" CHECK ("sequence" >= 0),
	CONSTRAINT "audit_checkpoints_chain_sha256_form_check" CHECK ("chain_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "audit_checkpoints_merkle_root_form_check" CHECK ("merkle_root_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "audit_checkpoints_not_its_own_predecessor_check" CHECK ("previous_checkpoint_id" <> "id")
);
--> statement-breakpoint
CREATE TABLE "admin"."break_glass_grants" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"operator_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"ticket" text NOT NULL,
	"access" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"approver_kind" text NOT NULL,
	"approver_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'valid' NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "break_glass_grants_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "break_glass_grants_supersedes_id_key" UNIQUE("tenant_id","supersedes_id"),
	CONSTRAINT "break_glass_grants_reason_check" CHECK ("reason" in ('incident', 'support', 'data_recovery', 'security_investigation', 'legal_order')),
	CONSTRAINT "break_glass_grants_access_check" CHECK ("access" in ('read', 'write')),
	CONSTRAINT "break_glass_grants_approver_kind_check" CHECK ("approver_kind" in ('tenant_administrator', 'operator')),
	CONSTRAINT "break_glass_grants_status_check" CHECK ("status" in ('valid', 'superseded', 'invalidated')),
	CONSTRAINT "break_glass_grants_expires_within_a_day_check" CHECK ("expires_at" > "starts_at" and "expires_at" <= "starts_at" + interval '24 hours'),
	CONSTRAINT "break_glass_grants_not_approved_by_oneself_check" CHECK ("approver_id" <> "operator_id")
);
--> statement-breakpoint
CREATE TABLE "ai"."generation_jobs" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"prompt_template_version_id" uuid NOT NULL,
	"requested_by_id" uuid,
	"request_key" text NOT NULL,
	"inputs" jsonb NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"priority" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"max_attempts" integer DEFAULT 3 NOT NULL,
	"queued_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"lease_expires_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"error_code" text,
	"item_id" uuid,
	"budget_micros" bigint,
	"currency_code" text DEFAULT 'USD' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "generation_jobs_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "generation_jobs_request_key_key" UNIQUE("tenant_id","request_key"),
	CONSTRAINT "generation_jobs_state_check" CHECK ("state" in ('queued', 'running', 'succeeded', 'failed', 'cancelled', 'refused')),
	CONSTRAINT "generation_jobs_attempts_range_check" CHECK ("attempts" between 0 and "max_attempts"),
	CONSTRAINT "generation_jobs_budget_not_negative_check" CHECK ("budget_micros" >= 0),
	CONSTRAINT "generation_jobs_running_has_lease_check" CHECK ("state" <> 'running' or ("started_at" is not null and "lease_expires_at" is not null)),
	CONSTRAINT "generation_jobs_end_has_time_check" CHECK (("state" in ('queued', 'running')) = ("finished_at" is null)),
	CONSTRAINT "generation_jobs_failure_has_code_check" CHECK ("state" <> 'failed' or "error_code" is not null),
	CONSTRAINT "generation_jobs_times_in_order_check" CHECK ("started_at" >= "queued_at" and "finished_at" >= "queued_at")
);
--> statement-breakpoint
CREATE TABLE "ai"."generation_log" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"job_id" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"call" integer NOT NULL,
	"prompt_template_version_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"outcome" text NOT NULL,
	"error_code" text,
	"request_sha256" text NOT NULL,
	"response_sha256" text,
	"exchange_object_id" uuid,
	"input_tokens" integer DEFAULT 0 NOT NULL,
	"cached_input_tokens" integer DEFAULT 0 NOT NULL,
	"output_tokens" integer DEFAULT 0 NOT NULL,
	"cost_micros" bigint DEFAULT 0 NOT NULL,
	"called_at" timestamp with time zone NOT NULL,
	"latency_ms" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "generation_log_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "generation_log_job_id_attempt_call_key" UNIQUE("tenant_id","job_id","attempt","call"),
	CONSTRAINT "generation_log_outcome_check" CHECK ("outcome" in ('completed', 'truncated', 'refused', 'invalid_output', 'timed_out', 'failed')),
	CONSTRAINT "generation_log_order_positive_check" CHECK ("attempt" > 0 and "call" > 0),
	CONSTRAINT "generation_log_request_sha256_form_check" CHECK ("request_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "generation_log_response_sha256_form_check" CHECK ("response_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "generation_log_completed_has_response_check" CHECK ("outcome" <> 'completed' or "response_sha256" is not null),
	CONSTRAINT "generation_log_tokens_range_check" CHECK ("cached_input_tokens" between 0 and "input_tokens" and "output_tokens" >= 0),
	CONSTRAINT "generation_log_cost_not_negative_check" CHECK ("cost_micros" >= 0),
	CONSTRAINT "generation_log_latency_not_negative_check" CHECK ("latency_ms" >= 0)
);
--> statement-breakpoint
CREATE TABLE "ai"."prompt_template_versions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"prompt_template_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"instructions" text NOT NULL,
	"template" text NOT NULL,
	"input_schema" jsonb NOT NULL,
	"output_schema" jsonb NOT NULL,
	"temperature_permille" integer,
	"max_output_tokens" integer NOT NULL,
	"prompt_sha256" text NOT NULL,
	"author_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "prompt_template_versions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "prompt_template_versions_prompt_template_id_revision_key" UNIQUE("tenant_id","prompt_template_id","revision"),
	CONSTRAINT "prompt_template_versions_revision_positive_check" CHECK ("revision" > 0),
	CONSTRAINT "prompt_template_versions_temperature_range_check" CHECK ("temperature_permille" between 0 and 2000),
	CONSTRAINT "prompt_template_versions_max_output_tokens_positive_check" CHECK ("max_output_tokens" > 0),
	CONSTRAINT "prompt_template_versions_prompt_sha256_form_check" CHECK ("prompt_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "ai"."prompt_templates" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"task" text NOT NULL,
	"instructions" text NOT NULL,
	"template" text NOT NULL,
	"input_schema" jsonb NOT NULL,
	"output_schema" jsonb NOT NULL,
	"active_revision" integer,
	"owner_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "prompt_templates_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "prompt_templates_task_check" CHECK ("task" in ('write_email', 'write_document', 'write_scenario', 'write_lesson', 'translate', 'rate_difficulty', 'explain_mistake', 'review_safety')),
	CONSTRAINT "prompt_templates_key_form_check" CHECK ("key" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
	CONSTRAINT "prompt_templates_active_revision_positive_check" CHECK ("active_revision" > 0)
);
--> statement-breakpoint
CREATE TABLE "ai"."safety_findings" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"review_id" uuid NOT NULL,
	"hazard" text NOT NULL,
	"location" text DEFAULT '' NOT NULL,
	"severity" integer NOT NULL,
	"score_permille" integer,
	"treatment" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "safety_findings_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "safety_findings_review_id_hazard_location_key" UNIQUE("tenant_id","review_id","hazard","location"),
	CONSTRAINT "safety_findings_hazard_check" CHECK ("hazard" in ('real_person', 'real_brand', 'live_address', 'working_malware', 'attack_instructions', 'personal_data', 'hate', 'sexual', 'violence', 'self_harm', 'prompt_injection')),
	CONSTRAINT "safety_findings_treatment_check" CHECK ("treatment" in ('accepted', 'replaced', 'removed', 'blocked')),
	CONSTRAINT "safety_findings_severity_range_check" CHECK ("severity" between 1 and 4),
	CONSTRAINT "safety_findings_score_range_check" CHECK ("score_permille" between 0 and 1000)
);
--> statement-breakpoint
CREATE TABLE "ai"."safety_reviews" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"generation_log_id" uuid,
	"item_version_id" uuid,
	"content_sha256" text NOT NULL,
	"reviewer_id" uuid,
	"classifier" text,
	"policy" text NOT NULL,
	"verdict" text NOT NULL,
	"rationale" text,
	"reviewed_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'valid' NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "safety_reviews_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "safety_reviews_supersedes_id_key" UNIQUE("tenant_id","supersedes_id"),
	CONSTRAINT "safety_reviews_verdict_check" CHECK ("verdict" in ('passed', 'needs_person', 'blocked')),
	CONSTRAINT "safety_reviews_status_check" CHECK ("status" in ('valid', 'superseded', 'invalidated')),
	CONSTRAINT "safety_reviews_has_subject_check" CHECK (num_nonnulls("generation_log_id", "item_version_id") >= 1),
	CONSTRAINT "safety_reviews_one_reviewer_check" CHECK (num_nonnulls("reviewer_id", "classifier") = 1),
	CONSTRAINT "safety_reviews_person_decides_check" CHECK ("reviewer_id" is null or "verdict" <> 'needs_person'),
	CONSTRAINT "safety_reviews_content_sha256_form_check" CHECK ("content_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "analytics"."compliance_snapshots" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"framework_code" text NOT NULL,
	"department_id" uuid,
	"period_starts_on" date NOT NULL,
	"period_ends_on" date NOT NULL,
	"people_in_scope" integer NOT NULL,
	"people_trained" integer NOT NULL,
	"phishing_sends" integer NOT NULL,
	"phishing_clicks" integer NOT NULL,
	"phishing_reports" integer NOT NULL,
	"controls" jsonb NOT NULL,
	"content_sha256" text NOT NULL,
	"taken_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"status" text DEFAULT 'valid' NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "compliance_snapshots_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "compliance_snapshots_supersedes_id_key" UNIQUE("tenant_id","supersedes_id"),
	CONSTRAINT "compliance_snapshots_status_check" CHECK ("status" in ('valid', 'superseded', 'invalidated')),
	CONSTRAINT "compliance_snapshots_period_in_order_check" CHECK ("period_starts_on" <= "period_ends_on"),
	CONSTRAINT "compliance_snapshots_trained_are_in_scope_check" CHECK ("people_trained" between 0 and "people_in_scope"),
	CONSTRAINT "compliance_snapshots_answers_to_sends_check" CHECK ("phishing_clicks" between 0 and "phishing_sends" and "phishing_reports" between 0 and "phishing_sends"),
	CONSTRAINT "compliance_snapshots_content_sha256_form_check" CHECK ("content_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "analytics"."events" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"pseudonym_id" uuid NOT NULL,
	"source" text NOT NULL,
	"source_id" uuid NOT NULL,
	"session_id" uuid,
	"event_type" text NOT NULL,
	"event_data" jsonb NOT NULL,
	"server_time" timestamp with time zone NOT NULL,
	"client_time" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "events_pkey" PRIMARY KEY("tenant_id","id","server_time"),
	CONSTRAINT "events_source_source_id_server_time_key" UNIQUE("tenant_id","source","source_id","server_time"),
	CONSTRAINT "events_source_check" CHECK ("source" in ('game', 'training', 'phishing', 'lrs', 'social', 'web'))
) PARTITION BY RANGE ("server_time");
--> statement-breakpoint
CREATE TABLE "analytics"."experiment_assignments" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"experiment_id" uuid NOT NULL,
	"variant_id" uuid NOT NULL,
	"pseudonym_id" uuid NOT NULL,
	"assigned_at" timestamp with time zone NOT NULL,
	"exposed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "experiment_assignments_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "experiment_assignments_experiment_id_pseudonym_id_key" UNIQUE("tenant_id","experiment_id","pseudonym_id"),
	CONSTRAINT "experiment_assignments_exposed_after_assigned_check" CHECK ("exposed_at" >= "assigned_at")
);
--> statement-breakpoint
CREATE TABLE "analytics"."experiments" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"hypothesis" text NOT NULL,
	"primary_metric" text NOT NULL,
	"salt" text NOT NULL,
	"traffic_basis_points" integer NOT NULL,
	"minimum_sample" integer NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"starts_at" timestamp with time zone,
	"ends_at" timestamp with time zone,
	"conclusion" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "experiments_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "experiments_key_key" UNIQUE("tenant_id","key"),
	CONSTRAINT "experiments_status_check" CHECK ("status" in ('draft', 'running', 'paused', 'concluded', 'abandoned')),
	CONSTRAINT "experiments_traffic_range_check" CHECK ("traffic_basis_points" between 0 and 10000),
	CONSTRAINT "experiments_sample_positive_check" CHECK ("minimum_sample" > 0),
	CONSTRAINT "experiments_ends_after_start_check" CHECK ("ends_at" > "starts_at"),
	CONSTRAINT "experiments_start_dated_check" CHECK ("status" in ('draft', 'abandoned') or "starts_at" is not null),
	CONSTRAINT "experiments_conclusion_given_check" CHECK ("status" <> 'concluded' or "conclusion" is not null)
);
--> statement-breakpoint
CREATE TABLE "analytics"."player_profiles" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"pseudonym_id" uuid NOT NULL,
	"department_id" uuid,
	"decisions" integer DEFAULT 0 NOT NULL,
	"accuracy_permille" integer,
	"missed_permille" integer,
	"false_alarm_permille" integer,
	"median_decision_ms" integer,
	"risk_band" text DEFAULT 'unknown' NOT NULL,
	"competencies" jsonb NOT NULL,
	"last_active_at" timestamp with time zone,
	"model_version" integer NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "player_profiles_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "player_profiles_pseudonym_id_key" UNIQUE("tenant_id","pseudonym_id"),
	CONSTRAINT "player_profiles_risk_band_check" CHECK ("risk_band" in ('unknown', 'low', 'moderate', 'high')),
	CONSTRAINT "player_profiles_decisions_not_negative_check" CHECK ("decisions" >= 0 and "median_decision_ms" >= 0),
	CONSTRAINT "player_profiles_rates_in_range_check" CHECK (("accuracy_permille" is null or "accuracy_permille" between 0 and 1000) and ("missed_permille" is null or "missed_permille" between 0 and 1000) and ("false_alarm_permille" is null or "false_alarm_permille" between 0 and 1000))
);
--> statement-breakpoint
CREATE TABLE "analytics"."projection_cursors" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"consumer" text NOT NULL,
	"session_id" uuid NOT NULL,
	"sequence" bigint DEFAULT 0 NOT NULL,
	"projection_version" integer NOT NULL,
	"failed_at" timestamp with time zone,
	"error_code" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "projection_cursors_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "projection_cursors_consumer_session_id_key" UNIQUE("tenant_id","consumer","session_id"),
	CONSTRAINT "projection_cursors_sequence_not_negative_check" CHECK ("sequence" >= 0),
	CONSTRAINT "projection_cursors_failure_has_code_check" CHECK (num_nonnulls("failed_at", "error_code") in (0, 2))
);
--> statement-breakpoint
CREATE TABLE "analytics"."variants" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"experiment_id" uuid NOT NULL,
	"key" text NOT NULL,
	"control" boolean DEFAULT false NOT NULL,
	"weight" integer NOT NULL,
	"configuration" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "variants_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "variants_experiment_id_key_key" UNIQUE("tenant_id","experiment_id","key"),
	CONSTRAINT "variants_weight_not_negative_check" CHECK ("weight" >= 0)
);
--> statement-breakpoint
CREATE TABLE "auth"."abac_policies" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"effect" text NOT NULL,
	"permission_key" text,
	"condition" jsonb NOT NULL,
	"priority" integer DEFAULT 100 NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "abac_policies_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "abac_policies_name_key" UNIQUE("tenant_id","name"),
	CONSTRAINT "abac_policies_effect_check" CHECK ("effect" in ('permit', 'deny')),
	CONSTRAINT "abac_policies_status_check" CHECK ("status" in ('draft', 'active', 'retired')),
	CONSTRAINT "abac_policies_condition_is_an_object_check" CHECK (jsonb_typeof("condition") = 'object')
);
--> statement-breakpoint
CREATE TABLE "auth"."abac_policy_bindings" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"policy_id" uuid NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "abac_policy_bindings_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "abac_policy_bindings_policy_id_subject_kind_subject_id_key" UNIQUE("tenant_id","policy_id","subject_kind","subject_id"),
	CONSTRAINT "abac_policy_bindings_subject_kind_check" CHECK ("subject_kind" in ('tenant', 'department', 'team', 'role', 'user', 'api_key', 'oauth_client')),
	CONSTRAINT "abac_policy_bindings_everybody_is_the_tenant_check" CHECK ("subject_kind" <> 'tenant' or "subject_id" = "tenant_id")
);
--> statement-breakpoint
CREATE TABLE "auth"."identities" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"sso_connection_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"email" text,
	"last_used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "identities_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "identities_sso_connection_id_subject_key" UNIQUE("tenant_id","sso_connection_id","subject")
);
--> statement-breakpoint
CREATE TABLE "auth"."invitations" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"email" text NOT NULL,
	"role_id" uuid NOT NULL,
	"department_id" uuid,
	"team_id" uuid,
	"locale_tag" text,
	"message" text,
	"token_sha256" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"invited_by_user_id" uuid,
	"accepted_by_user_id" uuid,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "invitations_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "invitations_token_sha256_key" UNIQUE("tenant_id","token_sha256"),
	CONSTRAINT "invitations_status_check" CHECK ("status" in ('pending', 'accepted', 'revoked', 'expired')),
	CONSTRAINT "invitations_email_lower_case_check" CHECK ("email" = lower("email")),
	CONSTRAINT "invitations_token_sha256_form_check" CHECK ("token_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "invitations_accepted_at_a_time_check" CHECK (("status" = 'accepted') = ("accepted_at" is not null)),
	CONSTRAINT "invitations_accepted_in_time_check" CHECK ("accepted_at" <= "expires_at")
);
--> statement-breakpoint
CREATE TABLE "auth"."mfa_factors" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"secret_ciphertext" text,
	"key_id" uuid,
	"phone_number" text,
	"label" text,
	"last_step" bigint,
	"confirmed_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mfa_factors_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "mfa_factors_kind_check" CHECK ("kind" in ('totp', 'sms', 'email')),
	CONSTRAINT "mfa_factors_status_check" CHECK ("status" in ('pending', 'active', 'disabled')),
	CONSTRAINT "mfa_factors_secret_of_totp_check" CHECK (("kind" = 'totp') = ("secret_ciphertext" is not null)),
	CONSTRAINT "mfa_factors_secret_has_key_check" CHECK (("secret_ciphertext" is null) = ("key_id" is null)),
	CONSTRAINT "mfa_factors_number_of_sms_check" CHECK (("kind" = 'sms') = ("phone_number" is not null)),
	CONSTRAINT "mfa_factors_phone_number_form_check" CHECK ("phone_number" ~ '^[+][1-9][0-9]{6,14}$'),
	CONSTRAINT "mfa_factors_active_once_confirmed_check" CHECK ("status" <> 'active' or "confirmed_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "auth"."oauth_clients" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"client_id" text NOT NULL,
	"name" text NOT NULL,
	"owner_user_id" uuid,
	"confidentiality" text NOT NULL,
	"endpoint_auth_method" text NOT NULL,
	"client_secret_sha256" text,
	"secret_expires_at" timestamp with time zone,
	"jwks_uri" text,
	"grant_types" jsonb NOT NULL,
	"scopes" jsonb NOT NULL,
	"access_token_seconds" integer DEFAULT 600 NOT NULL,
	"refresh_token_seconds" integer DEFAULT 1209600 NOT NULL,
	"consent_required" boolean DEFAULT true NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "oauth_clients_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "oauth_clients_client_id_key" UNIQUE("tenant_id","client_id"),
	CONSTRAINT "oauth_clients_confidentiality_check" CHECK ("confidentiality" in ('confidential', 'public')),
	CONSTRAINT "oauth_clients_endpoint_auth_method_check" CHECK ("endpoint_auth_method" in ('none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt')),
	CONSTRAINT "oauth_clients_status_check" CHECK ("status" in ('active', 'suspended', 'retired')),
	CONSTRAINT "oauth_clients_public_has_no_authentication_check" CHECK (("confidentiality" = 'public') = ("endpoint_auth_method" = 'none')),
	CONSTRAINT "oauth_clients_secret_where_used_check" CHECK (("endpoint_auth_method" in ('client_secret_basic', 'client_secret_post')) = ("client_secret_sha256" is not null)),
	CONSTRAINT "oauth_clients_secret_form_check" CHECK ("client_secret_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "oauth_clients_keys_where_used_check" CHECK (("endpoint_auth_method" = 'private_key_jwt') = ("jwks_uri" is not null)),
	CONSTRAINT "oauth_clients_jwks_uri_form_check" CHECK ("jwks_uri" ~ '^https://'),
	CONSTRAINT "oauth_clients_lifetimes_positive_check" CHECK ("access_token_seconds" > 0 and "refresh_token_seconds" > 0)
);
--> statement-breakpoint
CREATE TABLE "auth"."oauth_grants" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"oauth_client_id" uuid NOT NULL,
	"scopes" jsonb NOT NULL,
	"granted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "oauth_grants_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "oauth_grants_user_id_oauth_client_id_key" UNIQUE("tenant_id","user_id","oauth_client_id"),
	CONSTRAINT "oauth_grants_revoked_after_granted_check" CHECK ("revoked_at" >= "granted_at")
);
--> statement-breakpoint
CREATE TABLE "auth"."oauth_redirect_uris" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"oauth_client_id" uuid NOT NULL,
	"uri" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "oauth_redirect_uris_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "oauth_redirect_uris_oauth_client_id_uri_key" UNIQUE("tenant_id","oauth_client_id","uri"),
	CONSTRAINT "oauth_redirect_uris_uri_form_check" CHECK ("uri" ~ '^(https://|http://(127[.]0[.]0[.]1|\[::1\])[:/]|[a-z][a-z0-9+-]*[.][a-z0-9.+-]+:/)' and "uri" !~ '[#*]')
);
--> statement-breakpoint
CREATE TABLE "auth"."oauth_refresh_tokens" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"oauth_grant_id" uuid NOT NULL,
	"family_id" uuid NOT NULL,
	"token_sha256" text NOT NULL,
	"ip_address" "inet",
	"user_agent" text,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "oauth_refresh_tokens_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "oauth_refresh_tokens_token_sha256_key" UNIQUE("tenant_id","token_sha256"),
	CONSTRAINT "oauth_refresh_tokens_token_sha256_form_check" CHECK ("token_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "auth"."one_time_tokens" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"token_sha256" text NOT NULL,
	"email" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "one_time_tokens_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "one_time_tokens_token_sha256_key" UNIQUE("tenant_id","token_sha256"),
	CONSTRAINT "one_time_tokens_purpose_check" CHECK ("purpose" in ('verify_email', 'reset_password', 'sign_in')),
	CONSTRAINT "one_time_tokens_token_sha256_form_check" CHECK ("token_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "one_time_tokens_email_lower_case_check" CHECK ("email" = lower("email")),
	CONSTRAINT "one_time_tokens_used_in_time_check" CHECK ("used_at" <= "expires_at")
);
--> statement-breakpoint
CREATE TABLE "auth"."password_credentials" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"password_hash" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"must_change" boolean DEFAULT false NOT NULL,
	"compromised_at" timestamp with time zone,
	"failed_attempts" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "password_credentials_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "password_credentials_user_id_key" UNIQUE("tenant_id","user_id"),
	CONSTRAINT "password_credentials_failed_attempts_not_negative_check" CHECK ("failed_attempts" >= 0)
);
--> statement-breakpoint
CREATE TABLE "auth"."password_history" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"password_hash_ciphertext" text NOT NULL,
	"key_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "password_history_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "password_history_reason_check" CHECK ("reason" in ('first', 'changed', 'reset', 'expired', 'compromised'))
);
--> statement-breakpoint
CREATE TABLE "auth"."permissions" (
	"key" text NOT NULL,
	"module" text NOT NULL,
	"description" text NOT NULL,
	"sensitive" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "permissions_pkey" PRIMARY KEY("key"),
	CONSTRAINT "permissions_key_form_check" CHECK ("key" ~ '^[a-z_]+([.][a-z_]+){2}$' and "key" like "module" || '.%')
);
--> statement-breakpoint
CREATE TABLE "auth"."recovery_codes" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "recovery_codes_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "auth"."role_permissions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"role_id" uuid NOT NULL,
	"permission_key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "role_permissions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "role_permissions_role_id_permission_key_key" UNIQUE("tenant_id","role_id","permission_key")
);
--> statement-breakpoint
CREATE TABLE "auth"."scim_connections" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"sso_connection_id" uuid,
	"status" text DEFAULT 'active' NOT NULL,
	"token_sha256" text NOT NULL,
	"token_expires_at" timestamp with time zone,
	"on_deprovision" text DEFAULT 'suspend' NOT NULL,
	"attribute_mapping" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"last_synced_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "scim_connections_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "scim_connections_name_key" UNIQUE("tenant_id","name"),
	CONSTRAINT "scim_connections_token_sha256_key" UNIQUE("tenant_id","token_sha256"),
	CONSTRAINT "scim_connections_status_check" CHECK ("status" in ('active', 'paused', 'revoked')),
	CONSTRAINT "scim_connections_on_deprovision_check" CHECK ("on_deprovision" in ('suspend', 'delete')),
	CONSTRAINT "scim_connections_token_sha256_form_check" CHECK ("token_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "auth"."scim_users" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"scim_connection_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"external_id" text,
	"user_name" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"last_synced_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "scim_users_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "scim_users_scim_connection_id_user_name_key" UNIQUE("tenant_id","scim_connection_id","user_name"),
	CONSTRAINT "scim_users_scim_connection_id_external_id_key" UNIQUE("tenant_id","scim_connection_id","external_id"),
	CONSTRAINT "scim_users_scim_connection_id_user_id_key" UNIQUE("tenant_id","scim_connection_id","user_id"),
	CONSTRAINT "scim_users_user_name_lower_case_check" CHECK ("user_name" = lower("user_name"))
);
--> statement-breakpoint
CREATE TABLE "auth"."sso_certificates" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"sso_connection_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"certificate" text NOT NULL,
	"certificate_sha256" text NOT NULL,
	"private_key_ciphertext" text,
	"key_id" uuid,
	"not_before" timestamp with time zone NOT NULL,
	"not_after" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sso_certificates_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "sso_certificates_sso_connection_id_purpose_certifi_0ed95aef_key" UNIQUE("tenant_id","sso_connection_id","purpose","certificate_sha256"),
	CONSTRAINT "sso_certificates_purpose_check" CHECK ("purpose" in ('idp_signing', 'sp_signing', 'sp_encryption')),
	CONSTRAINT "sso_certificates_certificate_sha256_form_check" CHECK ("certificate_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "sso_certificates_validity_order_check" CHECK ("not_after" > "not_before"),
	CONSTRAINT "sso_certificates_own_has_private_key_check" CHECK (("purpose" = 'idp_signing') = ("private_key_ciphertext" is null)),
	CONSTRAINT "sso_certificates_private_key_has_key_check" CHECK (("private_key_ciphertext" is null) = ("key_id" is null))
);
--> statement-breakpoint
CREATE TABLE "auth"."sso_connections" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"protocol" text NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"issuer" text NOT NULL,
	"sso_url" text,
	"slo_url" text,
	"name_id_format" text,
	"requests_signed" boolean DEFAULT true NOT NULL,
	"assertions_encrypted" boolean DEFAULT false NOT NULL,
	"idp_initiated" boolean DEFAULT false NOT NULL,
	"client_id" text,
	"client_secret_ciphertext" text,
	"key_id" uuid,
	"scopes" text DEFAULT 'openid email profile' NOT NULL,
	"attribute_mapping" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"creates_users" boolean DEFAULT false NOT NULL,
	"default_role_id" uuid,
	"clock_skew_seconds" integer DEFAULT 60 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sso_connections_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "sso_connections_name_key" UNIQUE("tenant_id","name"),
	CONSTRAINT "sso_connections_issuer_client_id_key" UNIQUE("tenant_id","issuer","client_id"),
	CONSTRAINT "sso_connections_protocol_check" CHECK ("protocol" in ('saml', 'oidc')),
	CONSTRAINT "sso_connections_status_check" CHECK ("status" in ('draft', 'active', 'disabled')),
	CONSTRAINT "sso_connections_saml_has_its_url_check" CHECK ("protocol" <> 'saml' or "sso_url" is not null),
	CONSTRAINT "sso_connections_oidc_has_its_client_check" CHECK (("protocol" = 'oidc') = ("client_id" is not null)),
	CONSTRAINT "sso_connections_sso_url_form_check" CHECK ("sso_url" ~ '^https://'),
	CONSTRAINT "sso_connections_slo_url_form_check" CHECK ("slo_url" ~ '^https://'),
	CONSTRAINT "sso_connections_secret_has_key_check" CHECK (("client_secret_ciphertext" is null) = ("key_id" is null)),
	CONSTRAINT "sso_connections_clock_skew_range_check" CHECK ("clock_skew_seconds" between 0 and 300)
);
--> statement-breakpoint
CREATE TABLE "auth"."sso_group_roles" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"sso_connection_id" uuid NOT NULL,
	"group_name" text NOT NULL,
	"role_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sso_group_roles_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "sso_group_roles_sso_connection_id_group_name_role_id_key" UNIQUE("tenant_id","sso_connection_id","group_name","role_id")
);
--> statement-breakpoint
CREATE TABLE "auth"."user_profiles" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"handle" text,
	"given_name" text,
	"middle_name" text,
	"family_name" text,
	"honorific_prefix" text,
	"honorific_suffix" text,
	"phone_number" text,
	"avatar_object_id" uuid,
	"accessibility" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_profiles_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "user_profiles_user_id_key" UNIQUE("tenant_id","user_id"),
	CONSTRAINT "user_profiles_handle_key" UNIQUE("tenant_id","handle"),
	CONSTRAINT "user_profiles_handle_form_check" CHECK ("handle" ~ '^[a-z0-9][a-z0-9_-]{2,23}$'),
	CONSTRAINT "user_profiles_phone_number_form_check" CHECK ("phone_number" ~ '^[+][1-9][0-9]{6,14}$')
);
--> statement-breakpoint
CREATE TABLE "auth"."webauthn_credentials" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"credential_id" text NOT NULL,
	"user_handle" text NOT NULL,
	"public_key" text NOT NULL,
	"algorithm" integer NOT NULL,
	"sign_count" bigint DEFAULT 0 NOT NULL,
	"aaguid" uuid,
	"rp_id" text NOT NULL,
	"transports" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"attestation_format" text DEFAULT 'none' NOT NULL,
	"discoverable" boolean NOT NULL,
	"user_verified" boolean NOT NULL,
	"backup_eligible" boolean DEFAULT false NOT NULL,
	"backed_up" boolean DEFAULT false NOT NULL,
	"label" text,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webauthn_credentials_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "webauthn_credentials_credential_id_key" UNIQUE("tenant_id","credential_id"),
	CONSTRAINT "webauthn_credentials_credential_id_form_check" CHECK ("credential_id" ~ '^[A-Za-z0-9_-]+$' and length("credential_id") <= 1364),
	CONSTRAINT "webauthn_credentials_user_handle_form_check" CHECK ("user_handle" ~ '^[A-Za-z0-9_-]{1,86}$'),
	CONSTRAINT "webauthn_credentials_sign_count_range_check" CHECK ("sign_count" between 0 and 4294967295),
	CONSTRAINT "webauthn_credentials_backed_up_if_eligible_check" CHECK ("backup_eligible" or not "backed_up")
);
--> statement-breakpoint
CREATE TABLE "billing"."accounts" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"legal_name" text NOT NULL,
	"billing_email" text NOT NULL,
	"street_address" text NOT NULL,
	"postal_code" text,
	"locality" text NOT NULL,
	"country_code" text NOT NULL,
	"tax_number" text,
	"tax_number_checked_at" timestamp with time zone,
	"purchase_order" text,
	"payment_term_days" integer DEFAULT 30 NOT NULL,
	"currency_code" text NOT NULL,
	"provider_reference" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "accounts_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "accounts_legal_name_key" UNIQUE("tenant_id","legal_name"),
	CONSTRAINT "accounts_billing_email_lower_case_check" CHECK ("billing_email" = lower("billing_email")),
	CONSTRAINT "accounts_payment_term_range_check" CHECK ("payment_term_days" between 0 and 180)
);
--> statement-breakpoint
CREATE TABLE "billing"."entitlements" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"feature_key" text NOT NULL,
	"source" text NOT NULL,
	"subscription_id" uuid,
	"license_key_id" uuid,
	"quantity" integer,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "entitlements_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "entitlements_feature_key_source_valid_from_key" UNIQUE("tenant_id","feature_key","source","valid_from"),
	CONSTRAINT "entitlements_source_check" CHECK ("source" in ('subscription', 'license', 'trial', 'courtesy')),
	CONSTRAINT "entitlements_quantity_not_negative_check" CHECK ("quantity" >= 0),
	CONSTRAINT "entitlements_validity_order_check" CHECK ("valid_until" > "valid_from"),
	CONSTRAINT "entitlements_subscription_where_named_check" CHECK ("source" <> 'subscription' or "subscription_id" is not null),
	CONSTRAINT "entitlements_license_where_named_check" CHECK ("source" <> 'license' or "license_key_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "billing"."features" (
	"key" text NOT NULL,
	"name" text NOT NULL,
	"measure" text NOT NULL,
	"unit" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "features_pkey" PRIMARY KEY("key"),
	CONSTRAINT "features_measure_check" CHECK ("measure" in ('switch', 'limit', 'metered')),
	CONSTRAINT "features_key_form_check" CHECK ("key" ~ '^[a-z_]+[.][a-z_]+$'),
	CONSTRAINT "features_unit_where_counted_check" CHECK (("measure" = 'switch') = ("unit" is null))
);
--> statement-breakpoint
CREATE TABLE "billing"."invoice_lines" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"invoice_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"feature_key" text,
	"description" text NOT NULL,
	"quantity_milli" bigint NOT NULL,
	"unit_minor" bigint NOT NULL,
	"net_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"tax_basis_points" integer DEFAULT 0 NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"period_end" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "invoice_lines_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "invoice_lines_invoice_id_position_key" UNIQUE("tenant_id","invoice_id","position"),
	CONSTRAINT "invoice_lines_kind_check" CHECK ("kind" in ('seats', 'usage', 'service', 'discount', 'proration', 'credit')),
	CONSTRAINT "invoice_lines_position_positive_check" CHECK ("position" > 0),
	CONSTRAINT "invoice_lines_quantity_not_negative_check" CHECK ("quantity_milli" >= 0),
	CONSTRAINT "invoice_lines_tax_rate_range_check" CHECK ("tax_basis_points" between 0 and 10000),
	CONSTRAINT "invoice_lines_period_in_order_check" CHECK ("period_end" > "period_start"),
	CONSTRAINT "invoice_lines_usage_names_feature_check" CHECK ("kind" <> 'usage' or "feature_key" is not null)
);
--> statement-breakpoint
CREATE TABLE "billing"."invoices" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"subscription_id" uuid,
	"kind" text DEFAULT 'invoice' NOT NULL,
	"number" text NOT NULL,
	"issued_on" date NOT NULL,
	"due_on" date NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"period_end" timestamp with time zone NOT NULL,
	"currency_code" text NOT NULL,
	"net_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"total_minor" bigint NOT NULL,
	"buyer_ciphertext" text NOT NULL,
	"key_id" uuid NOT NULL,
	"tax_note" text,
	"document_object_id" uuid,
	"status" text DEFAULT 'valid' NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "invoices_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "invoices_supersedes_id_key" UNIQUE("tenant_id","supersedes_id"),
	CONSTRAINT "invoices_kind_check" CHECK ("kind" in ('invoice', 'credit_note')),
	CONSTRAINT "invoices_status_check" CHECK ("status" in ('valid', 'superseded', 'invalidated')),
	CONSTRAINT "invoices_total_is_net_and_tax_check" CHECK ("total_minor" = "net_minor" + "tax_minor"),
	CONSTRAINT "invoices_sign_of_kind_check" CHECK (case "kind" when 'invoice' then "net_minor" >= 0 and "tax_minor" >= 0 else "net_minor" <= 0 and "tax_minor" <= 0 end),
	CONSTRAINT "invoices_credit_note_names_invoice_check" CHECK ("kind" <> 'credit_note' or "supersedes_id" is not null),
	CONSTRAINT "invoices_due_after_issue_check" CHECK ("due_on" >= "issued_on"),
	CONSTRAINT "invoices_period_in_order_check" CHECK ("period_end" > "period_start")
);
--> statement-breakpoint
CREATE TABLE "billing"."license_keys" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"plan_code" text NOT NULL,
	"key_sha256" text NOT NULL,
	"seats" integer NOT NULL,
	"signature" text NOT NULL,
	"issued_to_user_id" uuid,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone NOT NULL,
	"activated_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"revoked_reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "license_keys_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "license_keys_key_sha256_key" UNIQUE("tenant_id","key_sha256"),
	CONSTRAINT "license_keys_revoked_reason_check" CHECK ("revoked_reason" in ('replaced', 'leaked', 'unpaid', 'cancelled')),
	CONSTRAINT "license_keys_key_sha256_form_check" CHECK ("key_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "license_keys_seats_positive_check" CHECK ("seats" > 0),
	CONSTRAINT "license_keys_validity_order_check" CHECK ("valid_until" > "valid_from"),
	CONSTRAINT "license_keys_revoked_for_a_reason_check" CHECK (("revoked_at" is null) = ("revoked_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "billing"."payments" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"invoice_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"method" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency_code" text NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"provider_reference" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "payments_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "payments_provider_reference_key" UNIQUE("tenant_id","provider_reference"),
	CONSTRAINT "payments_kind_check" CHECK ("kind" in ('payment', 'refund', 'chargeback', 'write_off')),
	CONSTRAINT "payments_method_check" CHECK ("method" in ('card', 'direct_debit', 'transfer', 'none')),
	CONSTRAINT "payments_sign_of_kind_check" CHECK (case when "kind" in ('payment', 'write_off') then "amount_minor" > 0 else "amount_minor" < 0 end)
);
--> statement-breakpoint
CREATE TABLE "billing"."plan_features" (
	"plan_code" text NOT NULL,
	"feature_key" text NOT NULL,
	"quantity" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "plan_features_pkey" PRIMARY KEY("plan_code","feature_key"),
	CONSTRAINT "plan_features_quantity_not_negative_check" CHECK ("quantity" >= 0)
);
--> statement-breakpoint
CREATE TABLE "billing"."plan_prices" (
	"plan_code" text NOT NULL,
	"currency_code" text NOT NULL,
	"billing_interval" text NOT NULL,
	"seat_minor" bigint NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "plan_prices_pkey" PRIMARY KEY("plan_code","currency_code","billing_interval","valid_from"),
	CONSTRAINT "plan_prices_billing_interval_check" CHECK ("billing_interval" in ('month', 'year')),
	CONSTRAINT "plan_prices_price_not_negative_check" CHECK ("seat_minor" >= 0),
	CONSTRAINT "plan_prices_days_in_order_check" CHECK ("valid_until" >= "valid_from")
);
--> statement-breakpoint
CREATE TABLE "billing"."plans" (
	"code" text NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"position" integer NOT NULL,
	"isolation" text DEFAULT 'shared' NOT NULL,
	"min_seats" integer DEFAULT 1 NOT NULL,
	"max_seats" integer,
	"trial_days" integer DEFAULT 0 NOT NULL,
	"is_public" boolean DEFAULT true NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "plans_pkey" PRIMARY KEY("code"),
	CONSTRAINT "plans_position_key" UNIQUE("position"),
	CONSTRAINT "plans_isolation_check" CHECK ("isolation" in ('shared', 'schema', 'instance')),
	CONSTRAINT "plans_code_form_check" CHECK ("code" ~ '^[a-z][a-z0-9_]*$'),
	CONSTRAINT "plans_seats_range_check" CHECK ("min_seats" > 0 and "max_seats" >= "min_seats"),
	CONSTRAINT "plans_trial_days_not_negative_check" CHECK ("trial_days" >= 0)
);
--> statement-breakpoint
CREATE TABLE "billing"."subscriptions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"plan_code" text NOT NULL,
	"status" text NOT NULL,
	"seats" integer NOT NULL,
	"seat_minor" bigint NOT NULL,
	"currency_code" text NOT NULL,
	"billing_interval" text NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"period_end" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"trial_ends_at" timestamp with time zone,
	"cancel_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"provider_reference" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "subscriptions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "subscriptions_provider_reference_key" UNIQUE("tenant_id","provider_reference"),
	CONSTRAINT "subscriptions_status_check" CHECK ("status" in ('trialing', 'active', 'past_due', 'paused', 'cancelled', 'expired')),
	CONSTRAINT "subscriptions_billing_interval_check" CHECK ("billing_interval" in ('month', 'year')),
	CONSTRAINT "subscriptions_seats_positive_check" CHECK ("seats" > 0),
	CONSTRAINT "subscriptions_price_not_negative_check" CHECK ("seat_minor" >= 0),
	CONSTRAINT "subscriptions_period_in_order_check" CHECK ("period_end" > "period_start"),
	CONSTRAINT "subscriptions_ended_where_over_check" CHECK (("status" in ('cancelled', 'expired')) = ("ended_at" is not null)),
	CONSTRAINT "subscriptions_trial_has_an_end_check" CHECK ("status" <> 'trialing' or "trial_ends_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "billing"."usage_records" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"subscription_id" uuid NOT NULL,
	"feature_key" text NOT NULL,
	"quantity" bigint NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"period_end" timestamp with time zone NOT NULL,
	"source_key" text NOT NULL,
	"status" text DEFAULT 'valid' NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "usage_records_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "usage_records_supersedes_id_key" UNIQUE("tenant_id","supersedes_id"),
	CONSTRAINT "usage_records_status_check" CHECK ("status" in ('valid', 'superseded', 'invalidated')),
	CONSTRAINT "usage_records_quantity_not_negative_check" CHECK ("quantity" >= 0),
	CONSTRAINT "usage_records_period_in_order_check" CHECK ("period_end" > "period_start")
);
--> statement-breakpoint
CREATE TABLE "content"."assets" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"key" text NOT NULL,
	"object_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"alt_text" text,
	"width_px" integer,
	"height_px" integer,
	"duration_ms" integer,
	"licence" text NOT NULL,
	"attribution" text,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "assets_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "assets_kind_check" CHECK ("kind" in ('image', 'audio', 'video', 'font', 'document')),
	CONSTRAINT "assets_key_form_check" CHECK ("key" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
	CONSTRAINT "assets_image_has_alt_text_check" CHECK ("kind" <> 'image' or "alt_text" is not null),
	CONSTRAINT "assets_size_positive_check" CHECK ("width_px" > 0 and "height_px" > 0),
	CONSTRAINT "assets_size_complete_check" CHECK (("width_px" is null) = ("height_px" is null)),
	CONSTRAINT "assets_duration_positive_check" CHECK ("duration_ms" > 0)
);
--> statement-breakpoint
CREATE TABLE "content"."content_packs" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"number" integer NOT NULL,
	"pack_version" text NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"licence" text,
	"state" text DEFAULT 'draft' NOT NULL,
	"manifest_sha256" text,
	"released_by_id" uuid,
	"released_at" timestamp with time zone,
	"withdrawn_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "content_packs_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "content_packs_name_number_key" UNIQUE("tenant_id","name","number"),
	CONSTRAINT "content_packs_pack_version_key" UNIQUE("tenant_id","pack_version"),
	CONSTRAINT "content_packs_state_check" CHECK ("state" in ('draft', 'released', 'withdrawn')),
	CONSTRAINT "content_packs_name_form_check" CHECK ("name" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
	CONSTRAINT "content_packs_number_positive_check" CHECK ("number" > 0),
	CONSTRAINT "content_packs_pack_version_form_check" CHECK ("pack_version" = "name" || '@' || "number"),
	CONSTRAINT "content_packs_manifest_sha256_form_check" CHECK ("manifest_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "content_packs_release_complete_check" CHECK (("state" = 'draft') = ("released_at" is null) and ("state" = 'draft') = ("manifest_sha256" is null)),
	CONSTRAINT "content_packs_withdrawal_complete_check" CHECK (("state" = 'withdrawn') = ("withdrawn_at" is not null)),
	CONSTRAINT "content_packs_times_in_order_check" CHECK ("withdrawn_at" >= "released_at")
);
--> statement-breakpoint
CREATE TABLE "content"."document_templates" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"pack_version" text NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"supports" text NOT NULL,
	"difficulty" integer NOT NULL,
	"template" jsonb NOT NULL,
	"template_sha256" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "document_templates_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "document_templates_pack_version_key_key" UNIQUE("tenant_id","pack_version","key"),
	CONSTRAINT "document_templates_kind_check" CHECK ("kind" in ('registry_extract', 'callback_transcript', 'header_trace', 'identity_document', 'reference', 'site_photo')),
	CONSTRAINT "document_templates_supports_check" CHECK ("supports" in ('honest', 'deceptive', 'inconclusive')),
	CONSTRAINT "document_templates_difficulty_range_check" CHECK ("difficulty" between 1 and 5),
	CONSTRAINT "document_templates_template_sha256_form_check" CHECK ("template_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "content"."item_versions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"item_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"payload" jsonb NOT NULL,
	"payload_sha256" text NOT NULL,
	"change_note" text,
	"author_id" uuid,
	"generation_job_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "item_versions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "item_versions_item_id_revision_key" UNIQUE("tenant_id","item_id","revision"),
	CONSTRAINT "item_versions_revision_positive_check" CHECK ("revision" > 0),
	CONSTRAINT "item_versions_payload_sha256_form_check" CHECK ("payload_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "content"."items" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"source_locale_tag" text DEFAULT 'en' NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"origin" text DEFAULT 'authored' NOT NULL,
	"difficulty" integer,
	"attack_technique_id" text,
	"tags" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"draft" jsonb NOT NULL,
	"latest_revision" integer DEFAULT 0 NOT NULL,
	"author_id" uuid,
	"released_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "items_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "items_kind_check" CHECK ("kind" in ('email', 'document', 'scenario', 'campaign', 'story_node', 'lesson', 'landing_page', 'teachable_moment')),
	CONSTRAINT "items_state_check" CHECK ("state" in ('draft', 'in_review', 'approved', 'released', 'retired')),
	CONSTRAINT "items_origin_check" CHECK ("origin" in ('authored', 'generated', 'imported', 'community')),
	CONSTRAINT "items_key_form_check" CHECK ("key" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
	CONSTRAINT "items_difficulty_range_check" CHECK ("difficulty" between 1 and 5),
	CONSTRAINT "items_attack_technique_form_check" CHECK ("attack_technique_id" ~ '^T[0-9]{4}([.][0-9]{3})?$'),
	CONSTRAINT "items_tags_are_a_list_check" CHECK (jsonb_typeof("tags") = 'array'),
	CONSTRAINT "items_latest_revision_counted_check" CHECK ("latest_revision" >= 0),
	CONSTRAINT "items_released_has_version_check" CHECK ("state" <> 'released' or ("released_at" is not null and "latest_revision" > 0))
);
--> statement-breakpoint
CREATE TABLE "content"."localizations" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"item_version_id" uuid,
	"email_template_id" uuid,
	"locale_tag" text NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"method" text NOT NULL,
	"texts" jsonb NOT NULL,
	"source_sha256" text NOT NULL,
	"translator_id" uuid,
	"approver_id" uuid,
	"approved_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "localizations_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "localizations_item_version_id_locale_tag_key" UNIQUE("tenant_id","item_version_id","locale_tag"),
	CONSTRAINT "localizations_email_template_id_locale_tag_key" UNIQUE("tenant_id","email_template_id","locale_tag"),
	CONSTRAINT "localizations_state_check" CHECK ("state" in ('draft', 'in_review', 'approved', 'rejected', 'outdated')),
	CONSTRAINT "localizations_method_check" CHECK ("method" in ('human', 'machine', 'machine_post_edited')),
	CONSTRAINT "localizations_one_source_check" CHECK (num_nonnulls("item_version_id", "email_template_id") = 1),
	CONSTRAINT "localizations_source_sha256_form_check" CHECK ("source_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "localizations_human_has_translator_check" CHECK ("method" = 'machine' or "translator_id" is not null),
	CONSTRAINT "localizations_approved_by_another_check" CHECK ("approver_id" <> "translator_id"),
	CONSTRAINT "localizations_approval_complete_check" CHECK (("approver_id" is null) = ("approved_at" is null)),
	CONSTRAINT "localizations_approved_has_approval_check" CHECK ("state" <> 'approved' or "approved_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "content"."pack_items" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"pack_id" uuid NOT NULL,
	"item_version_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pack_items_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "pack_items_pack_id_item_version_id_key" UNIQUE("tenant_id","pack_id","item_version_id"),
	CONSTRAINT "pack_items_pack_id_position_key" UNIQUE("tenant_id","pack_id","position"),
	CONSTRAINT "pack_items_position_positive_check" CHECK ("position" > 0)
);
--> statement-breakpoint
CREATE TABLE "content"."reviews" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"item_version_id" uuid,
	"localization_id" uuid,
	"aspect" text NOT NULL,
	"verdict" text NOT NULL,
	"reviewer_id" uuid NOT NULL,
	"comment" text,
	"reviewed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"status" text DEFAULT 'valid' NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reviews_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "reviews_supersedes_id_key" UNIQUE("tenant_id","supersedes_id"),
	CONSTRAINT "reviews_aspect_check" CHECK ("aspect" in ('editorial', 'training_value', 'security', 'legal', 'accessibility', 'cultural', 'translation')),
	CONSTRAINT "reviews_verdict_check" CHECK ("verdict" in ('approved', 'changes_requested', 'rejected')),
	CONSTRAINT "reviews_status_check" CHECK ("status" in ('valid', 'superseded', 'invalidated')),
	CONSTRAINT "reviews_one_subject_check" CHECK (num_nonnulls("item_version_id", "localization_id") = 1),
	CONSTRAINT "reviews_refusal_says_why_check" CHECK ("verdict" = 'approved' or "comment" is not null)
);
--> statement-breakpoint
CREATE TABLE "content"."scenario_emails" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"scenario_id" uuid NOT NULL,
	"email_template_id" uuid NOT NULL,
	"day" integer NOT NULL,
	"position" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "scenario_emails_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "scenario_emails_scenario_id_day_position_key" UNIQUE("tenant_id","scenario_id","day","position"),
	CONSTRAINT "scenario_emails_scenario_id_email_template_id_key" UNIQUE("tenant_id","scenario_id","email_template_id"),
	CONSTRAINT "scenario_emails_day_positive_check" CHECK ("day" > 0),
	CONSTRAINT "scenario_emails_position_positive_check" CHECK ("position" > 0)
);
--> statement-breakpoint
CREATE TABLE "content"."scenarios" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"pack_version" text NOT NULL,
	"key" text NOT NULL,
	"title" text NOT NULL,
	"synopsis" text NOT NULL,
	"difficulty" integer NOT NULL,
	"days" integer NOT NULL,
	"opening_threat_tier" text DEFAULT 'LOW' NOT NULL,
	"template" jsonb NOT NULL,
	"template_sha256" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "scenarios_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "scenarios_pack_version_key_key" UNIQUE("tenant_id","pack_version","key"),
	CONSTRAINT "scenarios_opening_threat_tier_check" CHECK ("opening_threat_tier" in ('LOW', 'GUARDED', 'ELEVATED', 'HIGH', 'SEVERE')),
	CONSTRAINT "scenarios_difficulty_range_check" CHECK ("difficulty" between 1 and 5),
	CONSTRAINT "scenarios_template_sha256_form_check" CHECK ("template_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "scenarios_days_range_check" CHECK ("days" between 1 and 1000)
);
--> statement-breakpoint
CREATE TABLE "economy"."achievements" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"category" text NOT NULL,
	"tier" text NOT NULL,
	"criteria" jsonb NOT NULL,
	"hidden" boolean DEFAULT false NOT NULL,
	"experience_reward" integer DEFAULT 0 NOT NULL,
	"credits_reward" integer DEFAULT 0 NOT NULL,
	"retired_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "achievements_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "achievements_key_key" UNIQUE("tenant_id","key"),
	CONSTRAINT "achievements_category_check" CHECK ("category" in ('detection', 'verification', 'operations', 'story', 'social', 'learning')),
	CONSTRAINT "achievements_tier_check" CHECK ("tier" in ('bronze', 'silver', 'gold', 'platinum')),
	CONSTRAINT "achievements_rewards_not_negative_check" CHECK ("experience_reward" >= 0 and "credits_reward" >= 0)
);
--> statement-breakpoint
CREATE TABLE "economy"."inventory_items" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"item_key" text NOT NULL,
	"kind" text NOT NULL,
	"quantity" integer DEFAULT 1 NOT NULL,
	"equipped" boolean DEFAULT false NOT NULL,
	"transaction_id" uuid,
	"acquired_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inventory_items_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "inventory_items_user_id_item_key_key" UNIQUE("tenant_id","user_id","item_key"),
	CONSTRAINT "inventory_items_kind_check" CHECK ("kind" in ('tool', 'consumable', 'cosmetic', 'badge')),
	CONSTRAINT "inventory_items_quantity_not_negative_check" CHECK ("quantity" >= 0),
	CONSTRAINT "inventory_items_equipped_is_held_check" CHECK (not "equipped" or "quantity" > 0),
	CONSTRAINT "inventory_items_consumables_not_equipped_check" CHECK (not ("equipped" and "kind" = 'consumable')),
	CONSTRAINT "inventory_items_expires_after_acquired_check" CHECK ("expires_at" > "acquired_at")
);
--> statement-breakpoint
CREATE TABLE "economy"."ledger_entries" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"transaction_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"wallet_id" uuid NOT NULL,
	"currency" text NOT NULL,
	"amount" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ledger_entries_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "ledger_entries_transaction_id_position_key" UNIQUE("tenant_id","transaction_id","position"),
	CONSTRAINT "ledger_entries_currency_check" CHECK ("currency" in ('credits', 'intel', 'tokens', 'experience')),
	CONSTRAINT "ledger_entries_amount_not_zero_check" CHECK ("amount" <> 0),
	CONSTRAINT "ledger_entries_position_from_one_check" CHECK ("position" >= 1)
);
--> statement-breakpoint
CREATE TABLE "economy"."levels" (
	"level" integer NOT NULL,
	"title" text NOT NULL,
	"experience_required" bigint NOT NULL,
	"credits_reward" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "levels_pkey" PRIMARY KEY("level"),
	CONSTRAINT "levels_experience_required_key" UNIQUE("experience_required"),
	CONSTRAINT "levels_level_from_one_check" CHECK ("level" >= 1),
	CONSTRAINT "levels_amounts_not_negative_check" CHECK ("experience_required" >= 0 and "credits_reward" >= 0)
);
--> statement-breakpoint
CREATE TABLE "economy"."season_passes" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"season_id" uuid NOT NULL,
	"tier" text DEFAULT 'free' NOT NULL,
	"experience" bigint DEFAULT 0 NOT NULL,
	"level" integer DEFAULT 0 NOT NULL,
	"claimed_level" integer DEFAULT 0 NOT NULL,
	"transaction_id" uuid,
	"upgraded_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "season_passes_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "season_passes_user_id_season_id_key" UNIQUE("tenant_id","user_id","season_id"),
	CONSTRAINT "season_passes_tier_check" CHECK ("tier" in ('free', 'premium')),
	CONSTRAINT "season_passes_progress_order_check" CHECK ("experience" >= 0 and "claimed_level" between 0 and "level"),
	CONSTRAINT "season_passes_upgrade_dated_check" CHECK (("tier" = 'premium') = ("upgraded_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "economy"."transactions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"kind" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"session_id" uuid,
	"cause_type" text,
	"cause_id" uuid,
	"reverses_id" uuid,
	"entry_count" integer NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "transactions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "transactions_idempotency_key_key" UNIQUE("tenant_id","idempotency_key"),
	CONSTRAINT "transactions_reverses_id_key" UNIQUE("tenant_id","reverses_id"),
	CONSTRAINT "transactions_kind_check" CHECK ("kind" in ('award', 'purchase', 'sale', 'transfer', 'penalty', 'refund', 'reversal', 'adjustment')),
	CONSTRAINT "transactions_two_entries_at_least_check" CHECK ("entry_count" >= 2),
	CONSTRAINT "transactions_cause_complete_check" CHECK (num_nonnulls("cause_type", "cause_id") in (0, 2)),
	CONSTRAINT "transactions_reversal_names_its_original_check" CHECK (("kind" = 'reversal') = ("reverses_id" is not null)),
	CONSTRAINT "transactions_not_its_own_reversal_check" CHECK ("reverses_id" <> "id")
);
--> statement-breakpoint
CREATE TABLE "economy"."user_achievements" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"achievement_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"session_id" uuid,
	"transaction_id" uuid,
	"earned_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'valid' NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_achievements_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "user_achievements_supersedes_id_key" UNIQUE("tenant_id","supersedes_id"),
	CONSTRAINT "user_achievements_status_check" CHECK ("status" in ('valid', 'superseded', 'invalidated')),
	CONSTRAINT "user_achievements_ordinal_from_one_check" CHECK ("ordinal" >= 1),
	CONSTRAINT "user_achievements_awards_alternate_check" CHECK (("ordinal" % 2 = 1) = ("status" = 'valid')),
	CONSTRAINT "user_achievements_names_what_it_undoes_check" CHECK (("status" = 'valid') = ("supersedes_id" is null))
);
--> statement-breakpoint
CREATE TABLE "economy"."wallet_balances" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"wallet_id" uuid NOT NULL,
	"currency" text NOT NULL,
	"balance" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "wallet_balances_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "wallet_balances_wallet_id_currency_key" UNIQUE("tenant_id","wallet_id","currency"),
	CONSTRAINT "wallet_balances_currency_check" CHECK ("currency" in ('credits', 'intel', 'tokens', 'experience')),
	CONSTRAINT "wallet_balances_not_overdrawn_check" CHECK ("balance" >= 0)
);
--> statement-breakpoint
CREATE TABLE "economy"."wallets" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid,
	"corporation_id" uuid,
	"system_account" text,
	"status" text DEFAULT 'active' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "wallets_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "wallets_user_id_key" UNIQUE("tenant_id","user_id"),
	CONSTRAINT "wallets_corporation_id_key" UNIQUE("tenant_id","corporation_id"),
	CONSTRAINT "wallets_system_account_key" UNIQUE("tenant_id","system_account"),
	CONSTRAINT "wallets_system_account_check" CHECK ("system_account" in ('issuance', 'sink', 'escrow', 'fees')),
	CONSTRAINT "wallets_status_check" CHECK ("status" in ('active', 'frozen', 'closed')),
	CONSTRAINT "wallets_one_owner_check" CHECK (num_nonnulls("user_id", "corporation_id", "system_account") = 1)
);
--> statement-breakpoint
CREATE TABLE "facility"."capacity_readings" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"facility_id" uuid NOT NULL,
	"resource" text NOT NULL,
	"ceiling" integer NOT NULL,
	"online" integer NOT NULL,
	"occupied" integer NOT NULL,
	"sequence" bigint NOT NULL,
	"day" integer NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "capacity_readings_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "capacity_readings_facility_id_resource_sequence_key" UNIQUE("tenant_id","facility_id","resource","sequence"),
	CONSTRAINT "capacity_readings_resource_check" CHECK ("resource" in ('rackUnits', 'powerKw', 'coolingKw', 'bandwidthMbps')),
	CONSTRAINT "capacity_readings_capacity_order_check" CHECK (0 <= "occupied" and "occupied" <= "online" and "online" <= "ceiling"),
	CONSTRAINT "capacity_readings_sequence_positive_check" CHECK ("sequence" > 0),
	CONSTRAINT "capacity_readings_day_positive_check" CHECK ("day" > 0)
);
--> statement-breakpoint
CREATE TABLE "facility"."clients" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"facility_id" uuid NOT NULL,
	"client_key" text NOT NULL,
	"email_id" uuid NOT NULL,
	"organisation" text NOT NULL,
	"state" text DEFAULT 'hosted' NOT NULL,
	"admitted_day" integer NOT NULL,
	"departed_day" integer,
	"departure_reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "clients_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "clients_facility_id_client_key_key" UNIQUE("tenant_id","facility_id","client_key"),
	CONSTRAINT "clients_state_check" CHECK ("state" in ('hosted', 'departed')),
	CONSTRAINT "clients_departure_reason_check" CHECK ("departure_reason" in ('term_ended', 'evicted', 'breach')),
	CONSTRAINT "clients_client_key_form_check" CHECK ("client_key" ~ '^d[0-9]{2,4}-e[0-9]{2}-c$'),
	CONSTRAINT "clients_admitted_day_positive_check" CHECK ("admitted_day" > 0),
	CONSTRAINT "clients_departure_complete_check" CHECK (num_nonnulls("departed_day", "departure_reason") = case "state" when 'hosted' then 0 else 2 end),
	CONSTRAINT "clients_days_in_order_check" CHECK ("departed_day" >= "admitted_day")
);
--> statement-breakpoint
CREATE TABLE "facility"."facilities" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"session_id" uuid NOT NULL,
	"name" text,
	"tier" text DEFAULT 'outpost' NOT NULL,
	"state" text DEFAULT 'operating' NOT NULL,
	"upkeep_credits" integer NOT NULL,
	"layout" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "facilities_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "facilities_session_id_key" UNIQUE("tenant_id","session_id"),
	CONSTRAINT "facilities_tier_check" CHECK ("tier" in ('outpost', 'station', 'vault', 'fortress', 'citadel')),
	CONSTRAINT "facilities_state_check" CHECK ("state" in ('operating', 'degraded', 'offline', 'closed')),
	CONSTRAINT "facilities_upkeep_not_negative_check" CHECK ("upkeep_credits" >= 0)
);
--> statement-breakpoint
CREATE TABLE "facility"."leases" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"client_id" uuid NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"from_day" integer NOT NULL,
	"until_day" integer NOT NULL,
	"ended_day" integer,
	"credits_per_day" integer NOT NULL,
	"rack_units" integer DEFAULT 0 NOT NULL,
	"power_kw" integer DEFAULT 0 NOT NULL,
	"cooling_kw" integer DEFAULT 0 NOT NULL,
	"bandwidth_mbps" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "leases_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "leases_client_id_from_day_key" UNIQUE("tenant_id","client_id","from_day"),
	CONSTRAINT "leases_state_check" CHECK ("state" in ('running', 'ended', 'terminated')),
	CONSTRAINT "leases_days_in_order_check" CHECK ("from_day" > 0 and "until_day" >= "from_day"),
	CONSTRAINT "leases_end_complete_check" CHECK (("state" = 'running') = ("ended_day" is null)),
	CONSTRAINT "leases_end_within_term_check" CHECK ("ended_day" between "from_day" - 1 and "until_day"),
	CONSTRAINT "leases_terminated_before_term_check" CHECK ("state" <> 'terminated' or "ended_day" < "until_day"),
	CONSTRAINT "leases_credits_not_negative_check" CHECK ("credits_per_day" >= 0),
	CONSTRAINT "leases_occupies_not_negative_check" CHECK (least("rack_units", "power_kw", "cooling_kw", "bandwidth_mbps") >= 0)
);
--> statement-breakpoint
CREATE TABLE "facility"."maintenance_tasks" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"facility_id" uuid NOT NULL,
	"upgrade_id" uuid,
	"resource" text,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"priority" integer DEFAULT 3 NOT NULL,
	"state" text DEFAULT 'planned' NOT NULL,
	"due_day" integer NOT NULL,
	"started_day" integer,
	"finished_day" integer,
	"cost_credits" integer DEFAULT 0 NOT NULL,
	"offline_amount" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "maintenance_tasks_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "maintenance_tasks_resource_check" CHECK ("resource" in ('rackUnits', 'powerKw', 'coolingKw', 'bandwidthMbps')),
	CONSTRAINT "maintenance_tasks_kind_check" CHECK ("kind" in ('preventive', 'condition_based', 'corrective')),
	CONSTRAINT "maintenance_tasks_state_check" CHECK ("state" in ('planned', 'in_progress', 'done', 'skipped')),
	CONSTRAINT "maintenance_tasks_one_object_check" CHECK (num_nonnulls("upgrade_id", "resource") = 1),
	CONSTRAINT "maintenance_tasks_priority_range_check" CHECK ("priority" between 1 and 5),
	CONSTRAINT "maintenance_tasks_due_day_positive_check" CHECK ("due_day" > 0),
	CONSTRAINT "maintenance_tasks_started_has_day_check" CHECK ("state" in ('planned', 'skipped') or "started_day" is not null),
	CONSTRAINT "maintenance_tasks_end_has_day_check" CHECK (("state" in ('done', 'skipped')) = ("finished_day" is not null)),
	CONSTRAINT "maintenance_tasks_days_in_order_check" CHECK ("finished_day" >= "started_day"),
	CONSTRAINT "maintenance_tasks_cost_not_negative_check" CHECK ("cost_credits" >= 0),
	CONSTRAINT "maintenance_tasks_offline_of_resource_check" CHECK ("offline_amount" >= 0 and ("offline_amount" = 0 or "resource" is not null))
);
--> statement-breakpoint
CREATE TABLE "facility"."resources" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"facility_id" uuid NOT NULL,
	"resource" text NOT NULL,
	"ceiling" integer NOT NULL,
	"online" integer NOT NULL,
	"occupied" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "resources_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "resources_facility_id_resource_key" UNIQUE("tenant_id","facility_id","resource"),
	CONSTRAINT "resources_resource_check" CHECK ("resource" in ('rackUnits', 'powerKw', 'coolingKw', 'bandwidthMbps')),
	CONSTRAINT "resources_capacity_order_check" CHECK (0 <= "occupied" and "occupied" <= "online" and "online" <= "ceiling")
);
--> statement-breakpoint
CREATE TABLE "facility"."upgrades" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"facility_id" uuid NOT NULL,
	"upgrade" text NOT NULL,
	"level" integer DEFAULT 1 NOT NULL,
	"day" integer NOT NULL,
	"price_credits" integer NOT NULL,
	"price_intel" integer DEFAULT 0 NOT NULL,
	"purchased_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "upgrades_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "upgrades_facility_id_upgrade_level_key" UNIQUE("tenant_id","facility_id","upgrade","level"),
	CONSTRAINT "upgrades_upgrade_check" CHECK ("upgrade" in ('mail_gateway', 'awareness_training', 'segmentation', 'backup_vault', 'generator', 'verification_desk', 'intrusion_detection', 'facility')),
	CONSTRAINT "upgrades_level_of_upgrade_check" CHECK ("level" between 1 and case "upgrade" when 'facility' then 4 else 1 end),
	CONSTRAINT "upgrades_day_positive_check" CHECK ("day" > 0),
	CONSTRAINT "upgrades_price_not_negative_check" CHECK ("price_credits" >= 0 and "price_intel" >= 0)
);
--> statement-breakpoint
CREATE TABLE "files"."object_references" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"object_id" uuid NOT NULL,
	"owner_table" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"usage" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "object_references_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "object_references_object_id_owner_table_owner_id_usage_key" UNIQUE("tenant_id","object_id","owner_table","owner_id","usage"),
	CONSTRAINT "object_references_owner_table_form_check" CHECK ("owner_table" ~ '^[a-z0-9_]+[.][a-z0-9_]+$')
);
--> statement-breakpoint
CREATE TABLE "files"."objects" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"storage_key" text NOT NULL,
	"region_code" text NOT NULL,
	"file_name" text,
	"media_type" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"content_sha256" text NOT NULL,
	"key_id" uuid,
	"subject_user_id" uuid,
	"uploaded_by_user_id" uuid,
	"status" text DEFAULT 'uploading' NOT NULL,
	"scanned_at" timestamp with time zone,
	"is_public" boolean DEFAULT false NOT NULL,
	"retain_until" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "objects_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "objects_status_check" CHECK ("status" in ('uploading', 'scanning', 'available', 'quarantined')),
	CONSTRAINT "objects_content_sha256_form_check" CHECK ("content_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "objects_media_type_form_check" CHECK ("media_type" ~ '^[!-.0-~]+/[!-.0-~]+$' and "media_type" = lower("media_type")),
	CONSTRAINT "objects_size_not_negative_check" CHECK ("size_bytes" >= 0),
	CONSTRAINT "objects_served_once_scanned_check" CHECK ("status" <> 'available' or "scanned_at" is not null),
	CONSTRAINT "objects_personal_is_not_public_check" CHECK ("subject_user_id" is null or not "is_public")
);
--> statement-breakpoint
CREATE TABLE "governance"."consents" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"decision" text NOT NULL,
	"notice_version" text NOT NULL,
	"notice_sha256" text NOT NULL,
	"locale_tag" text NOT NULL,
	"channel" text NOT NULL,
	"by_guardian" boolean DEFAULT false NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"decided_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "consents_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "consents_decision_check" CHECK ("decision" in ('given', 'withdrawn')),
	CONSTRAINT "consents_channel_check" CHECK ("channel" in ('registration', 'settings', 'prompt', 'administrator', 'import')),
	CONSTRAINT "consents_purpose_form_check" CHECK ("purpose" ~ '^[a-z][a-z_]*([.][a-z_]+)*$'),
	CONSTRAINT "consents_notice_sha256_form_check" CHECK ("notice_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "consents_expires_after_decided_check" CHECK ("expires_at" > "decided_at")
);
--> statement-breakpoint
CREATE TABLE "governance"."erasure_certificates" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"privacy_request_id" uuid NOT NULL,
	"pseudonym_id" uuid NOT NULL,
	"catalogue_sha256" text NOT NULL,
	"rows_deleted" integer NOT NULL,
	"rows_changed" integer NOT NULL,
	"rows_shredded" integer NOT NULL,
	"rows_retained" integer NOT NULL,
	"keys_destroyed" integer NOT NULL,
	"report" jsonb NOT NULL,
	"document_object_id" uuid,
	"signature" text NOT NULL,
	"signing_key_id" text NOT NULL,
	"erased_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'valid' NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "erasure_certificates_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "erasure_certificates_supersedes_id_key" UNIQUE("tenant_id","supersedes_id"),
	CONSTRAINT "erasure_certificates_status_check" CHECK ("status" in ('valid', 'superseded', 'invalidated')),
	CONSTRAINT "erasure_certificates_catalogue_sha256_form_check" CHECK ("catalogue_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "erasure_certificates_counts_not_negative_check" CHECK (least("rows_deleted", "rows_changed", "rows_shredded", "rows_retained", "keys_destroyed") >= 0)
);
--> statement-breakpoint
CREATE TABLE "governance"."legal_holds" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"action" text NOT NULL,
	"releases_id" uuid,
	"matter" text NOT NULL,
	"scope" text NOT NULL,
	"user_id" uuid,
	"table_name" text,
	"grounds" text,
	"ordered_by_id" uuid NOT NULL,
	"effective_at" timestamp with time zone NOT NULL,
	"review_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "legal_holds_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "legal_holds_releases_id_key" UNIQUE("tenant_id","releases_id"),
	CONSTRAINT "legal_holds_action_check" CHECK ("action" in ('placed', 'released')),
	CONSTRAINT "legal_holds_scope_check" CHECK ("scope" in ('tenant', 'person', 'table')),
	CONSTRAINT "legal_holds_release_names_hold_check" CHECK (("action" = 'released') = ("releases_id" is not null)),
	CONSTRAINT "legal_holds_not_its_own_release_check" CHECK ("releases_id" <> "id"),
	CONSTRAINT "legal_holds_scope_is_named_check" CHECK (("scope" = 'person') = ("user_id" is not null) and ("scope" = 'table') = ("table_name" is not null)),
	CONSTRAINT "legal_holds_table_name_form_check" CHECK ("table_name" ~ '^[a-z][a-z_]*[.][a-z][a-z0-9_]*$')
);
--> statement-breakpoint
CREATE TABLE "governance"."privacy_requests" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"framework_code" text NOT NULL,
	"channel" text NOT NULL,
	"status" text DEFAULT 'received' NOT NULL,
	"message" text,
	"handler_id" uuid,
	"received_at" timestamp with time zone NOT NULL,
	"identity_verified_at" timestamp with time zone,
	"due_at" timestamp with time zone NOT NULL,
	"extended_until" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"refusal" text,
	"postponement" text,
	"legal_hold_id" uuid,
	"retry_at" timestamp with time zone,
	"export_object_id" uuid,
	"export_sha256" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "privacy_requests_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "privacy_requests_kind_check" CHECK ("kind" in ('access', 'rectification', 'erasure', 'restriction', 'portability', 'objection', 'human_review')),
	CONSTRAINT "privacy_requests_channel_check" CHECK ("channel" in ('self_service', 'e_mail', 'letter', 'administrator', 'authority')),
	CONSTRAINT "privacy_requests_status_check" CHECK ("status" in ('received', 'verifying_identity', 'in_progress', 'postponed', 'fulfilled', 'refused', 'withdrawn')),
	CONSTRAINT "privacy_requests_refusal_check" CHECK ("refusal" in ('identity_unproven', 'manifestly_unfounded', 'excessive', 'legal_obligation', 'legal_claims')),
	CONSTRAINT "privacy_requests_postponement_check" CHECK ("postponement" in ('legal_hold', 'retention_duty')),
	CONSTRAINT "privacy_requests_due_after_received_check" CHECK ("due_at" > "received_at"),
	CONSTRAINT "privacy_requests_extended_after_due_check" CHECK ("extended_until" > "due_at" and "extended_until" <= "received_at" + interval '3 months'),
	CONSTRAINT "privacy_requests_closed_has_time_check" CHECK (("status" in ('fulfilled', 'refused', 'withdrawn')) = ("closed_at" is not null)),
	CONSTRAINT "privacy_requests_refused_has_ground_check" CHECK (("status" = 'refused') = ("refusal" is not null)),
	CONSTRAINT "privacy_requests_postponed_has_cause_check" CHECK ("status" <> 'postponed' or "postponement" is not null),
	CONSTRAINT "privacy_requests_only_erasure_is_postponed_check" CHECK ("postponement" is null or "kind" = 'erasure'),
	CONSTRAINT "privacy_requests_hold_is_named_check" CHECK ("postponement" is distinct from 'legal_hold' or "legal_hold_id" is not null),
	CONSTRAINT "privacy_requests_identity_before_fulfilment_check" CHECK ("status" <> 'fulfilled' or "identity_verified_at" is not null),
	CONSTRAINT "privacy_requests_export_sha256_form_check" CHECK ("export_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "governance"."pseudonyms" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"pseudonym_id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pseudonyms_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "pseudonyms_user_id_purpose_key" UNIQUE("tenant_id","user_id","purpose"),
	CONSTRAINT "pseudonyms_pseudonym_id_key" UNIQUE("tenant_id","pseudonym_id"),
	CONSTRAINT "pseudonyms_purpose_check" CHECK ("purpose" in ('events', 'analytics', 'learning_records', 'research'))
);
--> statement-breakpoint
CREATE TABLE "governance"."retention_runs" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"run_id" uuid NOT NULL,
	"table_name" text NOT NULL,
	"cause" text NOT NULL,
	"framework_code" text,
	"cutoff_at" timestamp with time zone NOT NULL,
	"rows_purged" bigint NOT NULL,
	"rows_held" bigint NOT NULL,
	"partitions_dropped" integer DEFAULT 0 NOT NULL,
	"rehearsal" boolean NOT NULL,
	"outcome" text NOT NULL,
	"error_code" text,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "retention_runs_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "retention_runs_run_id_table_name_key" UNIQUE("tenant_id","run_id","table_name"),
	CONSTRAINT "retention_runs_cause_check" CHECK ("cause" in ('schedule', 'operator', 'tenant_deletion', 'move_completed')),
	CONSTRAINT "retention_runs_outcome_check" CHECK ("outcome" in ('completed', 'failed')),
	CONSTRAINT "retention_runs_table_name_form_check" CHECK ("table_name" ~ '^[a-z][a-z_]*[.][a-z][a-z0-9_]*$'),
	CONSTRAINT "retention_runs_counts_not_negative_check" CHECK (least("rows_purged", "rows_held", "partitions_dropped") >= 0),
	CONSTRAINT "retention_runs_rehearsal_drops_nothing_check" CHECK (not "rehearsal" or "partitions_dropped" = 0),
	CONSTRAINT "retention_runs_ended_after_started_check" CHECK ("ended_at" >= "started_at"),
	CONSTRAINT "retention_runs_failure_has_code_check" CHECK (("outcome" = 'failed') = ("error_code" is not null))
);
--> statement-breakpoint
CREATE TABLE "governance"."subject_keys" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"generation" integer DEFAULT 1 NOT NULL,
	"algorithm" text DEFAULT 'AES-256-GCM' NOT NULL,
	"wrapped_key_ciphertext" text,
	"wrapping_key_id" text NOT NULL,
	"destroyed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "subject_keys_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "subject_keys_user_id_generation_key" UNIQUE("tenant_id","user_id","generation"),
	CONSTRAINT "subject_keys_algorithm_check" CHECK ("algorithm" in ('AES-256-GCM')),
	CONSTRAINT "subject_keys_generation_positive_check" CHECK ("generation" > 0),
	CONSTRAINT "subject_keys_destroyed_has_no_key_check" CHECK ("destroyed_at" is null or "wrapped_key_ciphertext" is null)
);
--> statement-breakpoint
CREATE TABLE "governance"."transfer_log" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"kind" text NOT NULL,
	"recipient" text NOT NULL,
	"from_region" text NOT NULL,
	"to_region" text,
	"to_country" text,
	"ground" text NOT NULL,
	"data_categories" jsonb NOT NULL,
	"subjects" integer,
	"bytes" bigint,
	"content_sha256" text,
	"privacy_request_id" uuid,
	"move_id" uuid,
	"authorised_by_id" uuid,
	"transferred_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "transfer_log_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "transfer_log_kind_check" CHECK ("kind" in ('tenant_move', 'processor', 'disclosure', 'subject_export', 'integration')),
	CONSTRAINT "transfer_log_ground_check" CHECK ("ground" in ('none_needed', 'adequacy', 'standard_clauses', 'binding_rules', 'derogation', 'court_order')),
	CONSTRAINT "transfer_log_one_destination_check" CHECK (num_nonnulls("to_region", "to_country") = 1),
	CONSTRAINT "transfer_log_move_is_named_check" CHECK (("kind" = 'tenant_move') = ("move_id" is not null)),
	CONSTRAINT "transfer_log_amounts_not_negative_check" CHECK (least("subjects", "bytes") >= 0),
	CONSTRAINT "transfer_log_content_sha256_form_check" CHECK ("content_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "integration"."configurations" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"provider" text NOT NULL,
	"base_url" text,
	"settings" jsonb NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"configured_by_id" uuid,
	"last_succeeded_at" timestamp with time zone,
	"last_failed_at" timestamp with time zone,
	"last_error_code" text,
	"version" integer DEFAULT 1 NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "configurations_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "configurations_kind_check" CHECK ("kind" in ('hris', 'siem', 'soar', 'email_gateway', 'lms', 'chat', 'ticketing', 'storage')),
	CONSTRAINT "configurations_status_check" CHECK ("status" in ('draft', 'active', 'paused', 'failing')),
	CONSTRAINT "configurations_base_url_https_check" CHECK ("base_url" ~ '^https://')
);
--> statement-breakpoint
CREATE TABLE "integration"."credentials" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"configuration_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"secret_ciphertext" text NOT NULL,
	"key_reference" text NOT NULL,
	"fingerprint" text NOT NULL,
	"scopes" text,
	"valid_from" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "credentials_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "credentials_configuration_id_fingerprint_key" UNIQUE("tenant_id","configuration_id","fingerprint"),
	CONSTRAINT "credentials_kind_check" CHECK ("kind" in ('api_key', 'oauth_client', 'oauth_refresh_token', 'basic', 'tls_client', 'hmac', 'ssh_key')),
	CONSTRAINT "credentials_fingerprint_form_check" CHECK ("fingerprint" ~ '^[0-9a-f]{16}$'),
	CONSTRAINT "credentials_expires_after_start_check" CHECK ("expires_at" > "valid_from")
);
--> statement-breakpoint
CREATE TABLE "integration"."hris_sync_events" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"configuration_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"external_id_ciphertext" text NOT NULL,
	"subject_key_id" uuid NOT NULL,
	"user_id" uuid,
	"operation" text NOT NULL,
	"changed_attributes" jsonb NOT NULL,
	"outcome" text NOT NULL,
	"error_code" text,
	"occurred_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "hris_sync_events_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "hris_sync_events_operation_check" CHECK ("operation" in ('create', 'update', 'transfer', 'deactivate', 'reactivate', 'unchanged')),
	CONSTRAINT "hris_sync_events_outcome_check" CHECK ("outcome" in ('applied', 'skipped', 'conflict', 'failed')),
	CONSTRAINT "hris_sync_events_failure_has_code_check" CHECK (("outcome" in ('conflict', 'failed')) = ("error_code" is not null))
);
--> statement-breakpoint
CREATE TABLE "integration"."outbox" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"topic" text NOT NULL,
	"event_type" text NOT NULL,
	"ordering_key" uuid NOT NULL,
	"deduplication_key" text NOT NULL,
	"payload" jsonb NOT NULL,
	"available_at" timestamp with time zone DEFAULT now() NOT NULL,
	"leased_until" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error_code" text,
	"published_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "outbox_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "outbox_topic_deduplication_key_key" UNIQUE("tenant_id","topic","deduplication_key"),
	CONSTRAINT "outbox_topic_check" CHECK ("topic" in ('webhook', 'siem', 'hris', 'email', 'chat', 'ticketing')),
	CONSTRAINT "outbox_attempts_not_negative_check" CHECK ("attempts" >= 0)
);
--> statement-breakpoint
CREATE TABLE "integration"."siem_exports" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"configuration_id" uuid NOT NULL,
	"stream" text NOT NULL,
	"format" text NOT NULL,
	"batch" bigint NOT NULL,
	"attempt" integer NOT NULL,
	"records_from" timestamp with time zone NOT NULL,
	"records_until" timestamp with time zone NOT NULL,
	"record_count" integer NOT NULL,
	"size_bytes" bigint NOT NULL,
	"content_sha256" text NOT NULL,
	"outcome" text NOT NULL,
	"error_code" text,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "siem_exports_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "siem_exports_configuration_id_stream_batch_attempt_key" UNIQUE("tenant_id","configuration_id","stream","batch","attempt"),
	CONSTRAINT "siem_exports_stream_check" CHECK ("stream" in ('audit_log', 'security_events', 'phishing_reports')),
	CONSTRAINT "siem_exports_format_check" CHECK ("format" in ('cef', 'leef', 'ecs', 'ocsf', 'syslog', 'json')),
	CONSTRAINT "siem_exports_outcome_check" CHECK ("outcome" in ('accepted', 'partly_accepted', 'refused', 'unreachable')),
	CONSTRAINT "siem_exports_counted_from_one_check" CHECK ("batch" >= 1 and "attempt" >= 1),
	CONSTRAINT "siem_exports_records_in_order_check" CHECK ("records_from" <= "records_until"),
	CONSTRAINT "siem_exports_amounts_not_negative_check" CHECK ("record_count" >= 0 and "size_bytes" >= 0),
	CONSTRAINT "siem_exports_ended_after_start_check" CHECK ("ended_at" >= "started_at"),
	CONSTRAINT "siem_exports_content_sha256_form_check" CHECK ("content_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "siem_exports_failure_has_code_check" CHECK (("outcome" = 'accepted') = ("error_code" is null))
);
--> statement-breakpoint
CREATE TABLE "integration"."webhook_deliveries" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"subscription_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"event_type" text NOT NULL,
	"payload" jsonb NOT NULL,
	"payload_sha256" text NOT NULL,
	"outcome" text NOT NULL,
	"http_status" integer,
	"duration_ms" integer NOT NULL,
	"retry_at" timestamp with time zone,
	"attempted_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "webhook_deliveries_subscription_id_message_id_attempt_key" UNIQUE("tenant_id","subscription_id","message_id","attempt"),
	CONSTRAINT "webhook_deliveries_outcome_check" CHECK ("outcome" in ('delivered', 'refused', 'timed_out', 'unreachable', 'gave_up')),
	CONSTRAINT "webhook_deliveries_attempt_from_one_check" CHECK ("attempt" >= 1),
	CONSTRAINT "webhook_deliveries_http_status_range_check" CHECK ("http_status" between 100 and 599),
	CONSTRAINT "webhook_deliveries_delivered_is_2xx_check" CHECK ("outcome" <> 'delivered' or ("http_status" is not null and "http_status" between 200 and 299)),
	CONSTRAINT "webhook_deliveries_duration_not_negative_check" CHECK ("duration_ms" >= 0),
	CONSTRAINT "webhook_deliveries_payload_sha256_form_check" CHECK ("payload_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "webhook_deliveries_no_retry_after_the_end_check" CHECK ("outcome" not in ('delivered', 'gave_up') or "retry_at" is null)
);
--> statement-breakpoint
CREATE TABLE "integration"."webhook_subscription_events" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"subscription_id" uuid NOT NULL,
	"event_type" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_subscription_events_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "webhook_subscription_events_subscription_id_event_type_key" UNIQUE("tenant_id","subscription_id","event_type")
);
--> statement-breakpoint
CREATE TABLE "integration"."webhook_subscriptions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"secret_ciphertext" text NOT NULL,
	"key_reference" text NOT NULL,
	"previous_secret_ciphertext" text,
	"previous_secret_until" timestamp with time zone,
	"status" text DEFAULT 'active' NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"max_attempts" integer DEFAULT 8 NOT NULL,
	"timeout_ms" integer DEFAULT 10000 NOT NULL,
	"created_by_id" uuid,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_subscriptions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "webhook_subscriptions_status_check" CHECK ("status" in ('active', 'paused', 'disabled')),
	CONSTRAINT "webhook_subscriptions_url_https_check" CHECK ("url" ~ '^https://'),
	CONSTRAINT "webhook_subscriptions_failures_not_negative_check" CHECK ("failures" >= 0),
	CONSTRAINT "webhook_subscriptions_attempts_range_check" CHECK ("max_attempts" between 1 and 20),
	CONSTRAINT "webhook_subscriptions_timeout_range_check" CHECK ("timeout_ms" between 100 and 60000),
	CONSTRAINT "webhook_subscriptions_previous_secret_ends_check" CHECK (num_nonnulls("previous_secret_ciphertext", "previous_secret_until") in (0, 2))
);
--> statement-breakpoint
CREATE TABLE "lrs"."activities" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"iri" text NOT NULL,
	"activity_type" text,
	"interaction_type" text,
	"more_info" text,
	"definition" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "activities_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "activities_iri_key" UNIQUE("tenant_id","iri"),
	CONSTRAINT "activities_interaction_type_check" CHECK ("interaction_type" in ('true-false', 'choice', 'fill-in', 'long-fill-in', 'matching', 'performance', 'sequencing', 'likert', 'numeric', 'other')),
	CONSTRAINT "activities_iri_form_check" CHECK ("iri" ~ '^[A-Za-z][A-Za-z0-9+.-]*:' and octet_length("iri") <= 2000)
);
--> statement-breakpoint
CREATE TABLE "lrs"."activity_profiles" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"activity_id" uuid NOT NULL,
	"profile_key" text NOT NULL,
	"content_type" text NOT NULL,
	"content" text,
	"object_id" uuid,
	"length_bytes" bigint NOT NULL,
	"etag" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "activity_profiles_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "activity_profiles_activity_id_profile_key_key" UNIQUE("tenant_id","activity_id","profile_key"),
	CONSTRAINT "activity_profiles_one_content_check" CHECK (num_nonnulls("content", "object_id") = 1),
	CONSTRAINT "activity_profiles_etag_form_check" CHECK ("etag" ~ '^[0-9a-f]{40}$'),
	CONSTRAINT "activity_profiles_length_not_negative_check" CHECK ("length_bytes" >= 0)
);
--> statement-breakpoint
CREATE TABLE "lrs"."activity_states" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"activity_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	"registration" uuid,
	"state_key" text NOT NULL,
	"content_type" text NOT NULL,
	"content" text,
	"object_id" uuid,
	"length_bytes" bigint NOT NULL,
	"etag" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "activity_states_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "activity_states_activity_id_agent_id_state_key_registration_key" UNIQUE("tenant_id","activity_id","agent_id","state_key","registration"),
	CONSTRAINT "activity_states_one_content_check" CHECK (num_nonnulls("content", "object_id") = 1),
	CONSTRAINT "activity_states_etag_form_check" CHECK ("etag" ~ '^[0-9a-f]{40}$'),
	CONSTRAINT "activity_states_length_not_negative_check" CHECK ("length_bytes" >= 0)
);
--> statement-breakpoint
CREATE TABLE "lrs"."agent_profiles" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"agent_id" uuid NOT NULL,
	"profile_key" text NOT NULL,
	"content_type" text NOT NULL,
	"content" text,
	"object_id" uuid,
	"length_bytes" bigint NOT NULL,
	"etag" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agent_profiles_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "agent_profiles_agent_id_profile_key_key" UNIQUE("tenant_id","agent_id","profile_key"),
	CONSTRAINT "agent_profiles_one_content_check" CHECK (num_nonnulls("content", "object_id") = 1),
	CONSTRAINT "agent_profiles_etag_form_check" CHECK ("etag" ~ '^[0-9a-f]{40}$'),
	CONSTRAINT "agent_profiles_length_not_negative_check" CHECK ("length_bytes" >= 0)
);
--> statement-breakpoint
CREATE TABLE "lrs"."agents" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"object_type" text DEFAULT 'Agent' NOT NULL,
	"user_id" uuid,
	"name" text,
	"mbox" text,
	"mbox_sha1sum" text,
	"openid" text,
	"account_home_page" text,
	"account_name" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agents_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "agents_mbox_key" UNIQUE("tenant_id","mbox"),
	CONSTRAINT "agents_mbox_sha1sum_key" UNIQUE("tenant_id","mbox_sha1sum"),
	CONSTRAINT "agents_openid_key" UNIQUE("tenant_id","openid"),
	CONSTRAINT "agents_account_home_page_account_name_key" UNIQUE("tenant_id","account_home_page","account_name"),
	CONSTRAINT "agents_object_type_check" CHECK ("object_type" in ('Agent', 'Group')),
	CONSTRAINT "agents_one_identifier_check" CHECK (num_nonnulls("mbox", "mbox_sha1sum", "openid", "account_name") <= 1),
	CONSTRAINT "agents_account_complete_check" CHECK ("account_name" is null or "account_home_page" is not null)
);
--> statement-breakpoint
CREATE TABLE "lrs"."aicc_assignable_units" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"course_id" uuid NOT NULL,
	"system_key" text NOT NULL,
	"title" text NOT NULL,
	"launch_url" text NOT NULL,
	"launch_parameters" text,
	"mastery_score" numeric,
	"max_time_ms" bigint,
	"core_vendor" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "aicc_assignable_units_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "aicc_assignable_units_course_id_system_key_key" UNIQUE("tenant_id","course_id","system_key")
);
--> statement-breakpoint
CREATE TABLE "lrs"."aicc_courses" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"course_key" text NOT NULL,
	"title" text NOT NULL,
	"creator" text,
	"course_system" text,
	"package_object_id" uuid NOT NULL,
	"package_sha256" text NOT NULL,
	"structure" jsonb NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "aicc_courses_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "aicc_courses_package_sha256_form_check" CHECK ("package_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "lrs"."aicc_registrations" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"course_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"enrolment" integer DEFAULT 1 NOT NULL,
	"assignment_id" uuid,
	"lesson_status" text DEFAULT 'not attempted' NOT NULL,
	"completed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "aicc_registrations_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "aicc_registrations_course_id_user_id_enrolment_key" UNIQUE("tenant_id","course_id","user_id","enrolment"),
	CONSTRAINT "aicc_registrations_lesson_status_check" CHECK ("lesson_status" in ('passed', 'completed', 'failed', 'incomplete', 'browsed', 'not attempted')),
	CONSTRAINT "aicc_registrations_enrolment_positive_check" CHECK ("enrolment" > 0)
);
--> statement-breakpoint
CREATE TABLE "lrs"."aicc_results" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"session_id" uuid NOT NULL,
	"lesson_status" text NOT NULL,
	"score_raw" numeric,
	"score_min" numeric,
	"score_max" numeric,
	"session_time_ms" bigint,
	"request_sha256" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'valid' NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "aicc_results_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "aicc_results_supersedes_id_key" UNIQUE("tenant_id","supersedes_id"),
	CONSTRAINT "aicc_results_lesson_status_check" CHECK ("lesson_status" in ('passed', 'completed', 'failed', 'incomplete', 'browsed', 'not attempted')),
	CONSTRAINT "aicc_results_status_check" CHECK ("status" in ('valid', 'superseded', 'invalidated')),
	CONSTRAINT "aicc_results_score_min_below_max_check" CHECK ("score_min" < "score_max"),
	CONSTRAINT "aicc_results_score_raw_range_check" CHECK ("score_raw" >= "score_min" and "score_raw" <= "score_max"),
	CONSTRAINT "aicc_results_session_time_not_negative_check" CHECK ("session_time_ms" >= 0),
	CONSTRAINT "aicc_results_request_sha256_form_check" CHECK ("request_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "lrs"."aicc_sessions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"registration_id" uuid NOT NULL,
	"assignable_unit_id" uuid NOT NULL,
	"session_key_sha256" text NOT NULL,
	"mode" text DEFAULT 'normal' NOT NULL,
	"credit" text DEFAULT 'credit' NOT NULL,
	"exit" text,
	"lesson_location" text,
	"suspend_data" text,
	"launched_at" timestamp with time zone NOT NULL,
	"last_request_at" timestamp with time zone,
	"exited_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "aicc_sessions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "aicc_sessions_session_key_sha256_key" UNIQUE("tenant_id","session_key_sha256"),
	CONSTRAINT "aicc_sessions_mode_check" CHECK ("mode" in ('normal', 'browse', 'review')),
	CONSTRAINT "aicc_sessions_credit_check" CHECK ("credit" in ('credit', 'no-credit')),
	CONSTRAINT "aicc_sessions_exit_check" CHECK ("exit" in ('logout', 'time-out', 'suspend', 'normal')),
	CONSTRAINT "aicc_sessions_exited_after_launched_check" CHECK ("exited_at" >= "launched_at")
);
--> statement-breakpoint
CREATE TABLE "lrs"."attachments" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"statement_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"usage_type" text NOT NULL,
	"display" jsonb NOT NULL,
	"content_type" text NOT NULL,
	"length_bytes" bigint NOT NULL,
	"sha2" text NOT NULL,
	"file_url" text,
	"object_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "attachments_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "attachments_statement_id_position_key" UNIQUE("tenant_id","statement_id","position"),
	CONSTRAINT "attachments_length_not_negative_check" CHECK ("length_bytes" >= 0),
	CONSTRAINT "attachments_sha2_form_check" CHECK ("sha2" ~ '^[0-9a-f]{56,128}$'),
	CONSTRAINT "attachments_bytes_somewhere_check" CHECK (num_nonnulls("file_url", "object_id") >= 1)
);
--> statement-breakpoint
CREATE TABLE "lrs"."cmi5_assignable_units" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"course_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"publisher_iri" text NOT NULL,
	"activity_iri" text NOT NULL,
	"title" jsonb NOT NULL,
	"launch_url" text NOT NULL,
	"launch_method" text DEFAULT 'AnyWindow' NOT NULL,
	"launch_parameters" text,
	"move_on" text DEFAULT 'NotApplicable' NOT NULL,
	"mastery_score" numeric(5, 4),
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cmi5_assignable_units_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "cmi5_assignable_units_course_id_publisher_iri_key" UNIQUE("tenant_id","course_id","publisher_iri"),
	CONSTRAINT "cmi5_assignable_units_course_id_position_key" UNIQUE("tenant_id","course_id","position"),
	CONSTRAINT "cmi5_assignable_units_activity_iri_key" UNIQUE("tenant_id","activity_iri"),
	CONSTRAINT "cmi5_assignable_units_launch_method_check" CHECK ("launch_method" in ('OwnWindow', 'AnyWindow')),
	CONSTRAINT "cmi5_assignable_units_move_on_check" CHECK ("move_on" in ('Passed', 'Completed', 'CompletedAndPassed', 'CompletedOrPassed', 'NotApplicable')),
	CONSTRAINT "cmi5_assignable_units_mastery_score_range_check" CHECK ("mastery_score" between 0 and 1)
);
--> statement-breakpoint
CREATE TABLE "lrs"."cmi5_courses" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"iri" text NOT NULL,
	"title" jsonb NOT NULL,
	"package_object_id" uuid NOT NULL,
	"package_sha256" text NOT NULL,
	"structure" jsonb NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cmi5_courses_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "cmi5_courses_package_sha256_form_check" CHECK ("package_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "lrs"."cmi5_registrations" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"course_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	"enrolment" integer DEFAULT 1 NOT NULL,
	"assignment_id" uuid,
	"satisfied_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cmi5_registrations_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "cmi5_registrations_course_id_user_id_enrolment_key" UNIQUE("tenant_id","course_id","user_id","enrolment"),
	CONSTRAINT "cmi5_registrations_enrolment_positive_check" CHECK ("enrolment" > 0)
);
--> statement-breakpoint
CREATE TABLE "lrs"."cmi5_sessions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"registration_id" uuid NOT NULL,
	"assignable_unit_id" uuid NOT NULL,
	"launch_mode" text DEFAULT 'Normal' NOT NULL,
	"move_on" text DEFAULT 'NotApplicable' NOT NULL,
	"mastery_score" numeric(5, 4),
	"fetch_token_sha256" text NOT NULL,
	"fetched_at" timestamp with time zone,
	"auth_token_sha256" text,
	"launched_at" timestamp with time zone NOT NULL,
	"initialized_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"passed_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"terminated_at" timestamp with time zone,
	"abandoned_at" timestamp with time zone,
	"score_scaled" numeric(9, 8),
	"progress_percent" integer,
	"duration_ms" bigint,
	"returns_to_course" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cmi5_sessions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "cmi5_sessions_fetch_token_sha256_key" UNIQUE("tenant_id","fetch_token_sha256"),
	CONSTRAINT "cmi5_sessions_auth_token_sha256_key" UNIQUE("tenant_id","auth_token_sha256"),
	CONSTRAINT "cmi5_sessions_launch_mode_check" CHECK ("launch_mode" in ('Normal', 'Browse', 'Review')),
	CONSTRAINT "cmi5_sessions_move_on_check" CHECK ("move_on" in ('Passed', 'Completed', 'CompletedAndPassed', 'CompletedOrPassed', 'NotApplicable')),
	CONSTRAINT "cmi5_sessions_mastery_score_range_check" CHECK ("mastery_score" between 0 and 1),
	CONSTRAINT "cmi5_sessions_score_scaled_range_check" CHECK ("score_scaled" between 0 and 1),
	CONSTRAINT "cmi5_sessions_progress_range_check" CHECK ("progress_percent" between 0 and 100),
	CONSTRAINT "cmi5_sessions_duration_not_negative_check" CHECK ("duration_ms" >= 0),
	CONSTRAINT "cmi5_sessions_failed_before_passed_check" CHECK ("failed_at" <= "passed_at"),
	CONSTRAINT "cmi5_sessions_passed_meets_mastery_check" CHECK ("passed_at" is null or "score_scaled" >= "mastery_score"),
	CONSTRAINT "cmi5_sessions_ended_once_check" CHECK (num_nonnulls("terminated_at", "abandoned_at") <= 1),
	CONSTRAINT "cmi5_sessions_results_after_initialized_check" CHECK ("initialized_at" is not null or num_nonnulls("completed_at", "passed_at", "failed_at", "terminated_at") = 0),
	CONSTRAINT "cmi5_sessions_results_in_normal_mode_check" CHECK ("launch_mode" = 'Normal' or num_nonnulls("completed_at", "passed_at", "failed_at") = 0),
	CONSTRAINT "cmi5_sessions_token_after_fetch_check" CHECK (num_nulls("fetched_at", "auth_token_sha256") in (0, 2))
);
--> statement-breakpoint
CREATE TABLE "lrs"."cmi5_waivers" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"registration_id" uuid NOT NULL,
	"assignable_unit_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"waived_by_id" uuid,
	"waived_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cmi5_waivers_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "cmi5_waivers_registration_id_assignable_unit_id_key" UNIQUE("tenant_id","registration_id","assignable_unit_id"),
	CONSTRAINT "cmi5_waivers_reason_check" CHECK ("reason" in ('Tested Out', 'Equivalent AU', 'Equivalent Outside Activity', 'Administrative'))
);
--> statement-breakpoint
CREATE TABLE "lrs"."group_members" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"group_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "group_members_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "group_members_group_id_member_id_key" UNIQUE("tenant_id","group_id","member_id"),
	CONSTRAINT "group_members_not_its_own_member_check" CHECK ("group_id" <> "member_id")
);
--> statement-breakpoint
CREATE TABLE "lrs"."lti_deployments" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"issuer" text NOT NULL,
	"client_id" text NOT NULL,
	"deployment_id" text NOT NULL,
	"authentication_url" text NOT NULL,
	"token_url" text NOT NULL,
	"jwks_url" text NOT NULL,
	"signing_credential_id" uuid,
	"deep_linking" boolean DEFAULT false NOT NULL,
	"names_and_roles" boolean DEFAULT false NOT NULL,
	"grade_scopes" jsonb NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"last_launched_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "lti_deployments_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "lti_deployments_state_check" CHECK ("state" in ('pending', 'active', 'disabled')),
	CONSTRAINT "lti_deployments_issuer_form_check" CHECK ("issuer" ~ '^https://'),
	CONSTRAINT "lti_deployments_deployment_id_length_check" CHECK (char_length("deployment_id") between 1 and 255),
	CONSTRAINT "lti_deployments_endpoints_are_https_check" CHECK ("authentication_url" ~ '^https://' and "token_url" ~ '^https://' and "jwks_url" ~ '^https://')
);
--> statement-breakpoint
CREATE TABLE "lrs"."scorm_packages" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"title" text NOT NULL,
	"edition" text NOT NULL,
	"identifier" text NOT NULL,
	"package_object_id" uuid NOT NULL,
	"package_sha256" text NOT NULL,
	"activity_id" uuid,
	"manifest" jsonb NOT NULL,
	"imported_by_id" uuid NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "scorm_packages_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "scorm_packages_edition_check" CHECK ("edition" in ('1.2', '2004_2nd', '2004_3rd', '2004_4th')),
	CONSTRAINT "scorm_packages_package_sha256_form_check" CHECK ("package_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "lrs"."scorm_registrations" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"package_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"attempt" integer DEFAULT 1 NOT NULL,
	"assignment_id" uuid,
	"completion_status" text DEFAULT 'not attempted' NOT NULL,
	"success_status" text DEFAULT 'unknown' NOT NULL,
	"score_scaled" numeric(9, 8),
	"total_time_ms" bigint DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "scorm_registrations_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "scorm_registrations_package_id_user_id_attempt_key" UNIQUE("tenant_id","package_id","user_id","attempt"),
	CONSTRAINT "scorm_registrations_completion_status_check" CHECK ("completion_status" in ('completed', 'incomplete', 'not attempted', 'unknown')),
	CONSTRAINT "scorm_registrations_success_status_check" CHECK ("success_status" in ('passed', 'failed', 'unknown')),
	CONSTRAINT "scorm_registrations_score_scaled_range_check" CHECK ("score_scaled" between -1 and 1),
	CONSTRAINT "scorm_registrations_total_time_not_negative_check" CHECK ("total_time_ms" >= 0),
	CONSTRAINT "scorm_registrations_attempt_positive_check" CHECK ("attempt" > 0),
	CONSTRAINT "scorm_registrations_ended_after_started_check" CHECK ("ended_at" >= "started_at")
);
--> statement-breakpoint
CREATE TABLE "lrs"."scorm_runtime_states" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"registration_id" uuid NOT NULL,
	"sco_id" uuid NOT NULL,
	"completion_status" text DEFAULT 'not attempted' NOT NULL,
	"success_status" text DEFAULT 'unknown' NOT NULL,
	"score_scaled" numeric(9, 8),
	"total_time_ms" bigint DEFAULT 0 NOT NULL,
	"exit" text,
	"data_model" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "scorm_runtime_states_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "scorm_runtime_states_registration_id_sco_id_key" UNIQUE("tenant_id","registration_id","sco_id"),
	CONSTRAINT "scorm_runtime_states_completion_status_check" CHECK ("completion_status" in ('completed', 'incomplete', 'not attempted', 'unknown')),
	CONSTRAINT "scorm_runtime_states_success_status_check" CHECK ("success_status" in ('passed', 'failed', 'unknown')),
	CONSTRAINT "scorm_runtime_states_exit_check" CHECK ("exit" in ('time-out', 'suspend', 'logout', 'normal')),
	CONSTRAINT "scorm_runtime_states_score_scaled_range_check" CHECK ("score_scaled" between -1 and 1),
	CONSTRAINT "scorm_runtime_states_total_time_not_negative_check" CHECK ("total_time_ms" >= 0)
);
--> statement-breakpoint
CREATE TABLE "lrs"."scorm_scos" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"package_id" uuid NOT NULL,
	"identifier" text NOT NULL,
	"position" integer NOT NULL,
	"title" text NOT NULL,
	"href" text NOT NULL,
	"passing_score_scaled" numeric(9, 8),
	"max_time_ms" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "scorm_scos_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "scorm_scos_package_id_identifier_key" UNIQUE("tenant_id","package_id","identifier"),
	CONSTRAINT "scorm_scos_package_id_position_key" UNIQUE("tenant_id","package_id","position"),
	CONSTRAINT "scorm_scos_passing_score_range_check" CHECK ("passing_score_scaled" between -1 and 1)
);
--> statement-breakpoint
CREATE TABLE "lrs"."statement_context_activities" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"statement_id" uuid NOT NULL,
	"relation" text NOT NULL,
	"activity_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "statement_context_activities_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "statement_context_activities_statement_id_relation_2de82a09_key" UNIQUE("tenant_id","statement_id","relation","activity_id"),
	CONSTRAINT "statement_context_activities_relation_check" CHECK ("relation" in ('parent', 'grouping', 'category', 'other', 'sub_statement'))
);
--> statement-breakpoint
CREATE TABLE "lrs"."statement_context_agents" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"statement_id" uuid NOT NULL,
	"relation" text NOT NULL,
	"agent_id" uuid NOT NULL,
	"relevant_types" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "statement_context_agents_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "statement_context_agents_statement_id_relation_agent_id_key" UNIQUE("tenant_id","statement_id","relation","agent_id"),
	CONSTRAINT "statement_context_agents_relation_check" CHECK ("relation" in ('instructor', 'team', 'context_agent', 'context_group', 'sub_statement'))
);
--> statement-breakpoint
CREATE TABLE "lrs"."statement_voids" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"voided_id" uuid NOT NULL,
	"voiding_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "statement_voids_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "statement_voids_voided_id_key" UNIQUE("tenant_id","voided_id"),
	CONSTRAINT "statement_voids_voiding_id_key" UNIQUE("tenant_id","voiding_id"),
	CONSTRAINT "statement_voids_not_itself_check" CHECK ("voided_id" <> "voiding_id")
);
--> statement-breakpoint
CREATE TABLE "lrs"."statements" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"actor_id" uuid NOT NULL,
	"verb_iri" text NOT NULL,
	"object_type" text NOT NULL,
	"activity_id" uuid,
	"object_agent_id" uuid,
	"object_statement_id" uuid,
	"registration" uuid,
	"authority_id" uuid NOT NULL,
	"score_scaled" numeric(9, 8),
	"score_raw" numeric,
	"score_min" numeric,
	"score_max" numeric,
	"success" boolean,
	"completion" boolean,
	"duration_ms" bigint,
	"response" text,
	"occurred_at" timestamp with time zone NOT NULL,
	"xapi_version" text NOT NULL,
	"statement" jsonb NOT NULL,
	"statement_sha256" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "statements_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "statements_object_type_check" CHECK ("object_type" in ('Activity', 'Agent', 'Group', 'StatementRef', 'SubStatement')),
	CONSTRAINT "statements_xapi_version_check" CHECK ("xapi_version" in ('1.0.0', '1.0.1', '1.0.2', '1.0.3', '2.0.0')),
	CONSTRAINT "statements_object_given_check" CHECK (case
          when "object_type" = 'Activity' then "activity_id" is not null and num_nonnulls("object_agent_id", "object_statement_id") = 0
          when "object_type" in ('Agent', 'Group') then "object_agent_id" is not null and num_nonnulls("activity_id", "object_statement_id") = 0
          when "object_type" = 'StatementRef' then "object_statement_id" is not null and num_nonnulls("activity_id", "object_agent_id") = 0
          else num_nonnulls("activity_id", "object_agent_id", "object_statement_id") = 0 end),
	CONSTRAINT "statements_verb_iri_form_check" CHECK ("verb_iri" ~ '^[A-Za-z][A-Za-z0-9+.-]*:' and octet_length("verb_iri") <= 2000),
	CONSTRAINT "statements_score_scaled_range_check" CHECK ("score_scaled" between -1 and 1),
	CONSTRAINT "statements_score_min_below_max_check" CHECK ("score_min" < "score_max"),
	CONSTRAINT "statements_score_raw_range_check" CHECK ("score_raw" >= "score_min" and "score_raw" <= "score_max"),
	CONSTRAINT "statements_duration_not_negative_check" CHECK ("duration_ms" >= 0),
	CONSTRAINT "statements_statement_sha256_form_check" CHECK ("statement_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "notification"."deliveries" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"message_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"attempt" integer NOT NULL,
	"outcome" text NOT NULL,
	"template_id" uuid,
	"address_ciphertext" text,
	"subject_key_id" uuid,
	"provider_message_id" text,
	"status_code" text,
	"occurred_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "deliveries_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "deliveries_message_id_channel_attempt_outcome_key" UNIQUE("tenant_id","message_id","channel","attempt","outcome"),
	CONSTRAINT "deliveries_channel_check" CHECK ("channel" in ('in_app', 'email', 'web_push', 'sms', 'chat')),
	CONSTRAINT "deliveries_outcome_check" CHECK ("outcome" in ('sent', 'delivered', 'deferred', 'bounced', 'complained', 'suppressed', 'failed')),
	CONSTRAINT "deliveries_attempt_from_one_check" CHECK ("attempt" >= 1),
	CONSTRAINT "deliveries_address_has_a_key_check" CHECK (num_nonnulls("address_ciphertext", "subject_key_id") in (0, 2)),
	CONSTRAINT "deliveries_status_code_form_check" CHECK ("status_code" ~ '^([245]\.[0-9]{1,3}\.[0-9]{1,3}|[1-5][0-9]{2})$')
);
--> statement-breakpoint
CREATE TABLE "notification"."messages" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"template_key" text NOT NULL,
	"category" text NOT NULL,
	"deduplication_key" text NOT NULL,
	"parameters" jsonb,
	"not_before" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"read_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "messages_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "messages_user_id_deduplication_key_key" UNIQUE("tenant_id","user_id","deduplication_key"),
	CONSTRAINT "messages_category_check" CHECK ("category" in ('security', 'account', 'training', 'game', 'social', 'report')),
	CONSTRAINT "messages_expires_after_due_check" CHECK ("expires_at" > "not_before")
);
--> statement-breakpoint
CREATE TABLE "notification"."preferences" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"category" text NOT NULL,
	"channel" text NOT NULL,
	"enabled" boolean NOT NULL,
	"digest" text DEFAULT 'immediate' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "preferences_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "preferences_user_id_category_channel_key" UNIQUE("tenant_id","user_id","category","channel"),
	CONSTRAINT "preferences_category_check" CHECK ("category" in ('security', 'account', 'training', 'game', 'social', 'report')),
	CONSTRAINT "preferences_channel_check" CHECK ("channel" in ('in_app', 'email', 'web_push', 'sms', 'chat')),
	CONSTRAINT "preferences_digest_check" CHECK ("digest" in ('immediate', 'daily', 'weekly')),
	CONSTRAINT "preferences_mandatory_stays_on_check" CHECK ("enabled" or "category" not in ('security', 'account'))
);
--> statement-breakpoint
CREATE TABLE "notification"."push_subscriptions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"endpoint" text NOT NULL,
	"endpoint_sha256" text NOT NULL,
	"p256dh" text NOT NULL,
	"auth_ciphertext" text NOT NULL,
	"key_reference" text NOT NULL,
	"user_agent" text,
	"expires_at" timestamp with time zone,
	"last_accepted_at" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "push_subscriptions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "push_subscriptions_endpoint_sha256_key" UNIQUE("tenant_id","endpoint_sha256"),
	CONSTRAINT "push_subscriptions_endpoint_https_check" CHECK ("endpoint" ~ '^https://'),
	CONSTRAINT "push_subscriptions_endpoint_sha256_form_check" CHECK ("endpoint_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "push_subscriptions_p256dh_form_check" CHECK ("p256dh" ~ '^[A-Za-z0-9_-]{87}$'),
	CONSTRAINT "push_subscriptions_failures_not_negative_check" CHECK ("failures" >= 0)
);
--> statement-breakpoint
CREATE TABLE "notification"."quiet_hours" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"time_zone" text NOT NULL,
	"starts_minute" integer NOT NULL,
	"ends_minute" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "quiet_hours_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "quiet_hours_user_id_key" UNIQUE("tenant_id","user_id"),
	CONSTRAINT "quiet_hours_minutes_of_a_day_check" CHECK ("starts_minute" between 0 and 1439 and "ends_minute" between 0 and 1439),
	CONSTRAINT "quiet_hours_some_time_passes_check" CHECK ("starts_minute" <> "ends_minute")
);
--> statement-breakpoint
CREATE TABLE "notification"."templates" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"key" text NOT NULL,
	"category" text NOT NULL,
	"channel" text NOT NULL,
	"locale_tag" text NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"subject" text,
	"body" text NOT NULL,
	"variables" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "templates_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "templates_category_check" CHECK ("category" in ('security', 'account', 'training', 'game', 'social', 'report')),
	CONSTRAINT "templates_channel_check" CHECK ("channel" in ('in_app', 'email', 'web_push', 'sms', 'chat')),
	CONSTRAINT "templates_status_check" CHECK ("status" in ('draft', 'active', 'retired')),
	CONSTRAINT "templates_email_has_subject_check" CHECK ("channel" <> 'email' or "subject" is not null)
);
--> statement-breakpoint
CREATE TABLE "org"."locations" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"kind" text DEFAULT 'office' NOT NULL,
	"street_address" text,
	"postal_code" text,
	"locality" text,
	"region" text,
	"country_code" text NOT NULL,
	"time_zone" text NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "locations_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "locations_kind_check" CHECK ("kind" in ('office', 'data_centre', 'plant', 'shop', 'remote')),
	CONSTRAINT "locations_time_zone_form_check" CHECK ("time_zone" ~ '^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$')
);
--> statement-breakpoint
CREATE TABLE "org"."tenant_allowed_networks" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"profile_id" uuid NOT NULL,
	"network" "cidr" NOT NULL,
	"note" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenant_allowed_networks_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "tenant_allowed_networks_profile_id_network_key" UNIQUE("tenant_id","profile_id","network")
);
--> statement-breakpoint
CREATE TABLE "org"."tenant_branding" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"product_name" text,
	"logo_object_id" uuid,
	"dark_logo_object_id" uuid,
	"icon_object_id" uuid,
	"primary_color" text,
	"accent_color" text,
	"sender_name" text,
	"support_email" text,
	"support_url" text,
	"theme" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenant_branding_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "tenant_branding_key" UNIQUE("tenant_id"),
	CONSTRAINT "tenant_branding_primary_color_form_check" CHECK ("primary_color" ~ '^#[0-9a-f]{6}$'),
	CONSTRAINT "tenant_branding_accent_color_form_check" CHECK ("accent_color" ~ '^#[0-9a-f]{6}$'),
	CONSTRAINT "tenant_branding_support_url_form_check" CHECK ("support_url" ~ '^https://')
);
--> statement-breakpoint
CREATE TABLE "org"."tenant_frameworks" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"framework_code" text NOT NULL,
	"scope" text,
	"owner_user_id" uuid,
	"adopted_on" date NOT NULL,
	"next_audit_on" date,
	"ended_on" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenant_frameworks_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "tenant_frameworks_framework_code_adopted_on_key" UNIQUE("tenant_id","framework_code","adopted_on"),
	CONSTRAINT "tenant_frameworks_ends_after_adoption_check" CHECK ("ended_on" >= "adopted_on"),
	CONSTRAINT "tenant_frameworks_audit_after_adoption_check" CHECK ("next_audit_on" >= "adopted_on")
);
--> statement-breakpoint
CREATE TABLE "org"."tenant_retention_policies" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"data_class" text NOT NULL,
	"retention_days" integer NOT NULL,
	"on_expiry" text DEFAULT 'delete' NOT NULL,
	"legal_basis" text NOT NULL,
	"reason" text NOT NULL,
	"decided_by_user_id" uuid,
	"starts_on" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenant_retention_policies_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "tenant_retention_policies_data_class_starts_on_key" UNIQUE("tenant_id","data_class","starts_on"),
	CONSTRAINT "tenant_retention_policies_data_class_check" CHECK ("data_class" in ('evidence', 'audit', 'play', 'analytics', 'operational', 'accounts')),
	CONSTRAINT "tenant_retention_policies_on_expiry_check" CHECK ("on_expiry" in ('delete', 'anonymise')),
	CONSTRAINT "tenant_retention_policies_legal_basis_check" CHECK ("legal_basis" in ('consent', 'contract', 'legal_obligation', 'vital_interests', 'public_task', 'legitimate_interests')),
	CONSTRAINT "tenant_retention_policies_retention_days_positive_check" CHECK ("retention_days" between 1 and 36525)
);
--> statement-breakpoint
CREATE TABLE "org"."tenant_security_profiles" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"sso_required" boolean DEFAULT false NOT NULL,
	"mfa_requirement" text DEFAULT 'administrators' NOT NULL,
	"phishing_resistant_only" boolean DEFAULT false NOT NULL,
	"password_min_length" integer DEFAULT 12 NOT NULL,
	"password_history_count" integer DEFAULT 5 NOT NULL,
	"password_max_age_days" integer,
	"lockout_attempts" integer DEFAULT 10 NOT NULL,
	"lockout_minutes" integer DEFAULT 15 NOT NULL,
	"session_idle_minutes" integer DEFAULT 60 NOT NULL,
	"session_max_minutes" integer DEFAULT 720 NOT NULL,
	"policy" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenant_security_profiles_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "tenant_security_profiles_key" UNIQUE("tenant_id"),
	CONSTRAINT "tenant_security_profiles_mfa_requirement_check" CHECK ("mfa_requirement" in ('optional', 'administrators', 'everybody')),
	CONSTRAINT "tenant_security_profiles_password_min_length_range_check" CHECK ("password_min_length" between 8 and 64),
	CONSTRAINT "tenant_security_profiles_password_history_count_range_check" CHECK ("password_history_count" between 0 and 24),
	CONSTRAINT "tenant_security_profiles_password_max_age_positive_check" CHECK ("password_max_age_days" > 0),
	CONSTRAINT "tenant_security_profiles_lockout_attempts_range_check" CHECK ("lockout_attempts" between 3 and 100),
	CONSTRAINT "tenant_security_profiles_lockout_minutes_positive_check" CHECK ("lockout_minutes" > 0),
	CONSTRAINT "tenant_security_profiles_idle_within_session_check" CHECK ("session_idle_minutes" between 1 and "session_max_minutes")
);
--> statement-breakpoint
CREATE TABLE "org"."tenant_settings" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"locale_tag" text DEFAULT 'en' NOT NULL,
	"time_zone" text DEFAULT 'Etc/UTC' NOT NULL,
	"currency_code" text DEFAULT 'EUR' NOT NULL,
	"country_code" text,
	"industry_code" text,
	"week_starts_on" integer DEFAULT 1 NOT NULL,
	"fiscal_year_start_month" integer DEFAULT 1 NOT NULL,
	"workdays" jsonb DEFAULT '[1,2,3,4,5]'::jsonb NOT NULL,
	"features" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"options" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenant_settings_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "tenant_settings_key" UNIQUE("tenant_id"),
	CONSTRAINT "tenant_settings_time_zone_form_check" CHECK ("time_zone" ~ '^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$'),
	CONSTRAINT "tenant_settings_week_starts_on_range_check" CHECK ("week_starts_on" between 1 and 7),
	CONSTRAINT "tenant_settings_fiscal_year_start_month_range_check" CHECK ("fiscal_year_start_month" between 1 and 12),
	CONSTRAINT "tenant_settings_workdays_are_a_list_check" CHECK (jsonb_typeof("workdays") = 'array')
);
--> statement-breakpoint
CREATE TABLE "org"."user_assignments" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"department_id" uuid,
	"location_id" uuid,
	"manager_user_id" uuid,
	"job_title" text,
	"employee_number" text,
	"employment" text DEFAULT 'employee' NOT NULL,
	"organization" text,
	"division" text,
	"cost_center" text,
	"source" text DEFAULT 'manual' NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_assignments_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "user_assignments_user_id_starts_on_key" UNIQUE("tenant_id","user_id","starts_on"),
	CONSTRAINT "user_assignments_employment_check" CHECK ("employment" in ('employee', 'contractor', 'temporary', 'intern')),
	CONSTRAINT "user_assignments_source_check" CHECK ("source" in ('manual', 'scim', 'hris', 'import')),
	CONSTRAINT "user_assignments_days_in_order_check" CHECK ("ends_on" >= "starts_on"),
	CONSTRAINT "user_assignments_manager_is_another_check" CHECK ("manager_user_id" <> "user_id")
);
--> statement-breakpoint
CREATE TABLE "phishing"."campaign_templates" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"campaign_id" uuid NOT NULL,
	"template_id" uuid NOT NULL,
	"weight" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "campaign_templates_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "campaign_templates_campaign_id_template_id_key" UNIQUE("tenant_id","campaign_id","template_id"),
	CONSTRAINT "campaign_templates_weight_positive_check" CHECK ("weight" > 0)
);
--> statement-breakpoint
CREATE TABLE "phishing"."campaigns" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"purpose" text NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"schedule" jsonb NOT NULL,
	"messages_per_hour" integer,
	"audience" jsonb NOT NULL,
	"program_id" uuid,
	"created_by_id" uuid NOT NULL,
	"approved_by_id" uuid,
	"approved_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "campaigns_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "campaigns_purpose_check" CHECK ("purpose" in ('baseline', 'training', 'measurement', 'remediation')),
	CONSTRAINT "campaigns_status_check" CHECK ("status" in ('draft', 'approved', 'running', 'paused', 'completed', 'cancelled')),
	CONSTRAINT "campaigns_ends_after_start_check" CHECK ("ends_at" > "starts_at"),
	CONSTRAINT "campaigns_messages_per_hour_positive_check" CHECK ("messages_per_hour" > 0),
	CONSTRAINT "campaigns_approved_by_another_check" CHECK ("approved_by_id" <> "created_by_id"),
	CONSTRAINT "campaigns_approval_complete_check" CHECK (num_nulls("approved_by_id", "approved_at") in (0, 2)),
	CONSTRAINT "campaigns_runs_when_approved_check" CHECK ("status" in ('draft', 'cancelled') or "approved_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "phishing"."interactions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"send_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"report_channel" text,
	"teachable_moment_id" uuid,
	"automated" boolean NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"occurred_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'valid' NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "interactions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "interactions_supersedes_id_key" UNIQUE("tenant_id","supersedes_id"),
	CONSTRAINT "interactions_kind_check" CHECK ("kind" in ('opened', 'clicked', 'data_entered', 'attachment_opened', 'consent_granted', 'replied', 'called_back', 'reported', 'moment_viewed', 'moment_completed')),
	CONSTRAINT "interactions_report_channel_check" CHECK ("report_channel" in ('mail_button', 'forwarded', 'service_desk', 'chat')),
	CONSTRAINT "interactions_status_check" CHECK ("status" in ('valid', 'superseded', 'invalidated')),
	CONSTRAINT "interactions_report_has_channel_check" CHECK (("kind" = 'reported') = ("report_channel" is not null)),
	CONSTRAINT "interactions_moment_is_named_check" CHECK (("kind" in ('moment_viewed', 'moment_completed')) = ("teachable_moment_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "phishing"."landing_pages" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"locale_tag" text DEFAULT 'en' NOT NULL,
	"kind" text NOT NULL,
	"slug" text NOT NULL,
	"markup" text NOT NULL,
	"teachable_moment_id" uuid,
	"redirect_url" text,
	"version" integer DEFAULT 1 NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "landing_pages_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "landing_pages_kind_check" CHECK ("kind" in ('notice', 'credential_form', 'consent_screen', 'download', 'qr_handoff')),
	CONSTRAINT "landing_pages_slug_form_check" CHECK ("slug" ~ '^[a-z0-9][a-z0-9/-]{0,126}$'),
	CONSTRAINT "landing_pages_redirect_url_form_check" CHECK ("redirect_url" ~ '^https://'),
	CONSTRAINT "landing_pages_explains_or_redirects_check" CHECK (num_nonnulls("teachable_moment_id", "redirect_url") >= 1)
);
--> statement-breakpoint
CREATE TABLE "phishing"."sends" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"target_id" uuid NOT NULL,
	"template_id" uuid NOT NULL,
	"landing_page_id" uuid,
	"recipient_address" text,
	"tracking_sha256" text NOT NULL,
	"message_id" text,
	"status" text DEFAULT 'scheduled' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"reply_code" text,
	"scheduled_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sends_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "sends_tracking_sha256_key" UNIQUE("tenant_id","tracking_sha256"),
	CONSTRAINT "sends_message_id_key" UNIQUE("tenant_id","message_id"),
	CONSTRAINT "sends_status_check" CHECK ("status" in ('scheduled', 'sent', 'delivered', 'bounced', 'failed', 'cancelled')),
	CONSTRAINT "sends_tracking_sha256_form_check" CHECK ("tracking_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "sends_reply_code_form_check" CHECK ("reply_code" ~ '^[245][.][0-9]{1,3}[.][0-9]{1,3}$'),
	CONSTRAINT "sends_attempts_not_negative_check" CHECK ("attempts" >= 0),
	CONSTRAINT "sends_delivered_after_sent_check" CHECK ("delivered_at" >= "sent_at"),
	CONSTRAINT "sends_sent_has_time_check" CHECK ("status" in ('scheduled', 'failed', 'cancelled') or "sent_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "phishing"."targets" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"campaign_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"department_id" uuid,
	"cohort" text DEFAULT 'exposed' NOT NULL,
	"excluded_for" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "targets_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "targets_campaign_id_user_id_key" UNIQUE("tenant_id","campaign_id","user_id"),
	CONSTRAINT "targets_cohort_check" CHECK ("cohort" in ('exposed', 'control')),
	CONSTRAINT "targets_excluded_for_check" CHECK ("excluded_for" in ('absent', 'opted_out', 'left', 'protected', 'undeliverable'))
);
--> statement-breakpoint
CREATE TABLE "phishing"."teachable_moments" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"locale_tag" text DEFAULT 'en' NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"points_out_cues" boolean DEFAULT true NOT NULL,
	"module_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "teachable_moments_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "phishing"."template_cues" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"template_id" uuid NOT NULL,
	"category" text NOT NULL,
	"cue" text NOT NULL,
	"occurrences" integer DEFAULT 1 NOT NULL,
	"excerpt" text,
	"explanation" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "template_cues_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "template_cues_template_id_cue_key" UNIQUE("tenant_id","template_id","cue"),
	CONSTRAINT "template_cues_category_check" CHECK ("category" in ('error', 'technical_indicator', 'visual_presentation', 'language_and_content', 'common_tactic')),
	CONSTRAINT "template_cues_occurrences_positive_check" CHECK ("occurrences" > 0),
	CONSTRAINT "template_cues_cue_form_check" CHECK ("cue" ~ '^[a-z][a-z_]*$')
);
--> statement-breakpoint
CREATE TABLE "phishing"."templates" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"channel" text NOT NULL,
	"locale_tag" text DEFAULT 'en' NOT NULL,
	"lure" text NOT NULL,
	"technique_id" text NOT NULL,
	"from_name" text NOT NULL,
	"from_address" text NOT NULL,
	"reply_to_address" text,
	"subject" text,
	"body" jsonb NOT NULL,
	"landing_page_id" uuid,
	"state" text DEFAULT 'draft' NOT NULL,
	"cue_count" integer,
	"mimics_workplace" integer,
	"workplace_relevance" integer,
	"situational_fit" integer,
	"consequence_concern" integer,
	"prior_training" integer,
	"premise_alignment" text,
	"detection_difficulty" text,
	"version" integer DEFAULT 1 NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "templates_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "templates_channel_check" CHECK ("channel" in ('email', 'sms', 'voice', 'chat', 'qr_code')),
	CONSTRAINT "templates_lure_check" CHECK ("lure" in ('link', 'attachment', 'data_entry', 'reply', 'callback', 'oauth_consent')),
	CONSTRAINT "templates_state_check" CHECK ("state" in ('draft', 'approved', 'retired')),
	CONSTRAINT "templates_premise_alignment_check" CHECK ("premise_alignment" in ('weak', 'medium', 'strong')),
	CONSTRAINT "templates_detection_difficulty_check" CHECK ("detection_difficulty" in ('least', 'moderate_to_least', 'moderate', 'very')),
	CONSTRAINT "templates_technique_form_check" CHECK ("technique_id" ~ '^T[0-9]{4}([.][0-9]{3})?$'),
	CONSTRAINT "templates_email_has_subject_check" CHECK ("channel" <> 'email' or "subject" is not null),
	CONSTRAINT "templates_links_lead_somewhere_check" CHECK ("lure" not in ('link', 'data_entry', 'oauth_consent') or "landing_page_id" is not null),
	CONSTRAINT "templates_rated_as_a_whole_check" CHECK (num_nulls("cue_count", "mimics_workplace", "workplace_relevance", "situational_fit", "consequence_concern", "prior_training", "premise_alignment", "detection_difficulty") in (0, 8)),
	CONSTRAINT "templates_mimics_workplace_range_check" CHECK ("mimics_workplace" in (0, 2, 4, 6, 8)),
	CONSTRAINT "templates_workplace_relevance_range_check" CHECK ("workplace_relevance" in (0, 2, 4, 6, 8)),
	CONSTRAINT "templates_situational_fit_range_check" CHECK ("situational_fit" in (0, 2, 4, 6, 8)),
	CONSTRAINT "templates_consequence_concern_range_check" CHECK ("consequence_concern" in (0, 2, 4, 6, 8)),
	CONSTRAINT "templates_prior_training_range_check" CHECK ("prior_training" in (0, 2, 4, 6, 8)),
	CONSTRAINT "templates_cue_count_positive_check" CHECK ("cue_count" > 0),
	CONSTRAINT "templates_alignment_follows_check" CHECK ("premise_alignment" = case when ("mimics_workplace" + "workplace_relevance" + "situational_fit" + "consequence_concern" - "prior_training") >= 18 then 'strong' when ("mimics_workplace" + "workplace_relevance" + "situational_fit" + "consequence_concern" - "prior_training") >= 11 then 'medium' else 'weak' end),
	CONSTRAINT "templates_difficulty_follows_check" CHECK ("detection_difficulty" = case
    when "cue_count" <= 8 then case "premise_alignment" when 'weak' then 'moderate' else 'very' end
    when "cue_count" <= 14 then case "premise_alignment" when 'strong' then 'very' when 'medium' then 'moderate' else 'moderate_to_least' end
    else case "premise_alignment" when 'weak' then 'least' else 'moderate' end end)
);
--> statement-breakpoint
CREATE TABLE "currencies" (
	"code" text NOT NULL,
	"numeric_code" text NOT NULL,
	"name" text NOT NULL,
	"minor_units" integer,
	"withdrawn_on" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "currencies_pkey" PRIMARY KEY("code"),
	CONSTRAINT "currencies_code_form_check" CHECK ("code" ~ '^[A-Z]{3}$'),
	CONSTRAINT "currencies_numeric_code_form_check" CHECK ("numeric_code" ~ '^[0-9]{3}$'),
	CONSTRAINT "currencies_minor_units_range_check" CHECK ("minor_units" between 0 and 4)
);
--> statement-breakpoint
CREATE TABLE "framework_clauses" (
	"code" text NOT NULL,
	"framework_code" text NOT NULL,
	"clause" text NOT NULL,
	"summary" text NOT NULL,
	"evidence" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "framework_clauses_pkey" PRIMARY KEY("code"),
	CONSTRAINT "framework_clauses_framework_code_clause_key" UNIQUE("framework_code","clause"),
	CONSTRAINT "framework_clauses_evidence_check" CHECK ("evidence" in ('training', 'simulation', 'policy', 'access_control', 'incident_response', 'audit_log', 'retention'))
);
--> statement-breakpoint
CREATE TABLE "industries" (
	"code" text NOT NULL,
	"name" text NOT NULL,
	"revision" integer DEFAULT 5 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "industries_pkey" PRIMARY KEY("code"),
	CONSTRAINT "industries_code_form_check" CHECK ("code" ~ '^[A-Z]$'),
	CONSTRAINT "industries_revision_positive_check" CHECK ("revision" > 0)
);
--> statement-breakpoint
CREATE TABLE "languages" (
	"code" text NOT NULL,
	"alpha3" text NOT NULL,
	"name" text NOT NULL,
	"native_name" text,
	"direction" text DEFAULT 'ltr' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "languages_pkey" PRIMARY KEY("code"),
	CONSTRAINT "languages_alpha3_key" UNIQUE("alpha3"),
	CONSTRAINT "languages_direction_check" CHECK ("direction" in ('ltr', 'rtl')),
	CONSTRAINT "languages_code_form_check" CHECK ("code" ~ '^[a-z]{2,3}$'),
	CONSTRAINT "languages_alpha3_form_check" CHECK ("alpha3" ~ '^[a-z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "seed_runs" (
	"name" text NOT NULL,
	"sources_sha256" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "seed_runs_pkey" PRIMARY KEY("name"),
	CONSTRAINT "seed_runs_sources_sha256_form_check" CHECK ("sources_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "tenant_domains" (
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"domain" text NOT NULL,
	"purpose" text NOT NULL,
	"verification_method" text DEFAULT 'dns_txt' NOT NULL,
	"verification_value" text NOT NULL,
	"verified_at" timestamp with time zone,
	"last_checked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenant_domains_pkey" PRIMARY KEY("id"),
	CONSTRAINT "tenant_domains_domain_purpose_key" UNIQUE("tenant_id","domain","purpose"),
	CONSTRAINT "tenant_domains_purpose_check" CHECK ("purpose" in ('sign_in', 'web')),
	CONSTRAINT "tenant_domains_verification_method_check" CHECK ("verification_method" in ('dns_txt', 'dns_cname', 'http_file')),
	CONSTRAINT "tenant_domains_domain_form_check" CHECK ("domain" ~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$' and length("domain") <= 253)
);
--> statement-breakpoint
CREATE TABLE "social"."alliance_members" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"alliance_id" uuid NOT NULL,
	"corporation_id" uuid NOT NULL,
	"joined_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "alliance_members_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "social"."alliances" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"tag" text NOT NULL,
	"motto" text,
	"leader_corporation_id" uuid NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "alliances_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "alliances_tag_form_check" CHECK ("tag" ~ '^[A-Z0-9]{2,5}$')
);
--> statement-breakpoint
CREATE TABLE "social"."competitive_event_participants" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"competitive_event_id" uuid NOT NULL,
	"user_id" uuid,
	"team_id" uuid,
	"corporation_id" uuid,
	"status" text DEFAULT 'registered' NOT NULL,
	"seed_rank" integer,
	"points" integer DEFAULT 0 NOT NULL,
	"final_rank" integer,
	"registered_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "competitive_event_participants_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "competitive_event_participants_competitive_event_id_user_id_key" UNIQUE("tenant_id","competitive_event_id","user_id"),
	CONSTRAINT "competitive_event_participants_competitive_event_id_team_id_key" UNIQUE("tenant_id","competitive_event_id","team_id"),
	CONSTRAINT "competitive_event_participants_competitive_event_i_6b244e16_key" UNIQUE("tenant_id","competitive_event_id","corporation_id"),
	CONSTRAINT "competitive_event_participants_status_check" CHECK ("status" in ('registered', 'checked_in', 'eliminated', 'finished', 'withdrawn', 'disqualified')),
	CONSTRAINT "competitive_event_participants_one_entrant_check" CHECK (num_nonnulls("user_id", "team_id", "corporation_id") = 1),
	CONSTRAINT "competitive_event_participants_ranks_from_one_check" CHECK ("seed_rank" >= 1 and "final_rank" >= 1)
);
--> statement-breakpoint
CREATE TABLE "social"."competitive_events" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"format" text NOT NULL,
	"entrant" text NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"rules" jsonb NOT NULL,
	"max_participants" integer,
	"registration_closes_at" timestamp with time zone NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "competitive_events_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "competitive_events_format_check" CHECK ("format" in ('single_elimination', 'double_elimination', 'round_robin', 'swiss', 'time_trial')),
	CONSTRAINT "competitive_events_entrant_check" CHECK ("entrant" in ('person', 'team', 'corporation')),
	CONSTRAINT "competitive_events_status_check" CHECK ("status" in ('draft', 'announced', 'running', 'completed', 'cancelled')),
	CONSTRAINT "competitive_events_times_in_order_check" CHECK ("registration_closes_at" <= "starts_at" and "starts_at" < "ends_at"),
	CONSTRAINT "competitive_events_two_participants_at_least_check" CHECK ("max_participants" >= 2)
);
--> statement-breakpoint
CREATE TABLE "social"."corporation_members" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"corporation_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text DEFAULT 'recruit' NOT NULL,
	"joined_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "corporation_members_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "corporation_members_role_check" CHECK ("role" in ('founder', 'director', 'officer', 'member', 'recruit'))
);
--> statement-breakpoint
CREATE TABLE "social"."corporations" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"tag" text NOT NULL,
	"motto" text,
	"founder_id" uuid,
	"join_policy" text DEFAULT 'application' NOT NULL,
	"max_members" integer DEFAULT 50 NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "corporations_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "corporations_join_policy_check" CHECK ("join_policy" in ('open', 'application', 'invitation')),
	CONSTRAINT "corporations_tag_form_check" CHECK ("tag" ~ '^[A-Z0-9]{2,5}$'),
	CONSTRAINT "corporations_room_for_members_check" CHECK ("max_members" between 1 and 1000)
);
--> statement-breakpoint
CREATE TABLE "social"."friendships" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"lower_user_id" uuid NOT NULL,
	"higher_user_id" uuid NOT NULL,
	"initiator_id" uuid NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"responded_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "friendships_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "friendships_lower_user_id_higher_user_id_key" UNIQUE("tenant_id","lower_user_id","higher_user_id"),
	CONSTRAINT "friendships_status_check" CHECK ("status" in ('pending', 'accepted', 'declined', 'blocked')),
	CONSTRAINT "friendships_pair_in_order_check" CHECK ("lower_user_id" < "higher_user_id"),
	CONSTRAINT "friendships_initiator_of_pair_check" CHECK ("initiator_id" in ("lower_user_id", "higher_user_id")),
	CONSTRAINT "friendships_responded_after_requested_check" CHECK ("responded_at" >= "requested_at"),
	CONSTRAINT "friendships_answer_dated_check" CHECK ("status" not in ('accepted', 'declined') or "responded_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "social"."leaderboard_entries" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"leaderboard_id" uuid NOT NULL,
	"user_id" uuid,
	"team_id" uuid,
	"corporation_id" uuid,
	"score" bigint NOT NULL,
	"achieved_at" timestamp with time zone NOT NULL,
	"final_rank" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "leaderboard_entries_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "leaderboard_entries_leaderboard_id_user_id_key" UNIQUE("tenant_id","leaderboard_id","user_id"),
	CONSTRAINT "leaderboard_entries_leaderboard_id_team_id_key" UNIQUE("tenant_id","leaderboard_id","team_id"),
	CONSTRAINT "leaderboard_entries_leaderboard_id_corporation_id_key" UNIQUE("tenant_id","leaderboard_id","corporation_id"),
	CONSTRAINT "leaderboard_entries_one_entrant_check" CHECK (num_nonnulls("user_id", "team_id", "corporation_id") = 1),
	CONSTRAINT "leaderboard_entries_rank_from_one_check" CHECK ("final_rank" >= 1)
);
--> statement-breakpoint
CREATE TABLE "social"."leaderboards" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"metric" text NOT NULL,
	"entrant" text NOT NULL,
	"department_id" uuid,
	"cadence" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "leaderboards_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "leaderboards_key_starts_at_key" UNIQUE("tenant_id","key","starts_at"),
	CONSTRAINT "leaderboards_metric_check" CHECK ("metric" in ('score', 'accuracy', 'reports', 'streak', 'experience', 'credits')),
	CONSTRAINT "leaderboards_entrant_check" CHECK ("entrant" in ('person', 'team', 'corporation')),
	CONSTRAINT "leaderboards_cadence_check" CHECK ("cadence" in ('daily', 'weekly', 'monthly', 'season', 'all_time')),
	CONSTRAINT "leaderboards_ends_after_start_check" CHECK ("ends_at" > "starts_at"),
	CONSTRAINT "leaderboards_all_time_never_ends_check" CHECK (("cadence" = 'all_time') = ("ends_at" is null))
);
--> statement-breakpoint
CREATE TABLE "social"."match_participants" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"match_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"session_id" uuid,
	"side" integer NOT NULL,
	"score" integer,
	"outcome" text,
	"rating_before" integer,
	"rating_after" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "match_participants_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "match_participants_match_id_user_id_key" UNIQUE("tenant_id","match_id","user_id"),
	CONSTRAINT "match_participants_session_id_key" UNIQUE("tenant_id","session_id"),
	CONSTRAINT "match_participants_outcome_check" CHECK ("outcome" in ('win', 'loss', 'draw', 'forfeit')),
	CONSTRAINT "match_participants_side_from_one_check" CHECK ("side" >= 1),
	CONSTRAINT "match_participants_ratings_not_negative_check" CHECK ("rating_before" >= 0 and "rating_after" >= 0)
);
--> statement-breakpoint
CREATE TABLE "social"."matches" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"competitive_event_id" uuid,
	"round" integer,
	"mode" text NOT NULL,
	"status" text DEFAULT 'scheduled' NOT NULL,
	"seed" bigint NOT NULL,
	"content_version" text NOT NULL,
	"scheduled_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "matches_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "matches_mode_check" CHECK ("mode" in ('duel', 'co_op', 'team', 'free_for_all')),
	CONSTRAINT "matches_status_check" CHECK ("status" in ('scheduled', 'running', 'completed', 'cancelled', 'forfeited')),
	CONSTRAINT "matches_seed_range_check" CHECK ("seed" between 0 and 9007199254740991),
	CONSTRAINT "matches_round_of_event_check" CHECK ("round" is null or ("round" >= 1 and "competitive_event_id" is not null)),
	CONSTRAINT "matches_ended_after_start_check" CHECK ("ended_at" >= "started_at"),
	CONSTRAINT "matches_end_dated_check" CHECK ("status" <> 'completed' or "ended_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "story"."chapters" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"season_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"key" text NOT NULL,
	"title" text NOT NULL,
	"synopsis" text NOT NULL,
	"opens_after_days" integer DEFAULT 0 NOT NULL,
	"unlock_condition" jsonb,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "chapters_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "chapters_season_id_key_key" UNIQUE("tenant_id","season_id","key"),
	CONSTRAINT "chapters_season_id_position_key" UNIQUE("tenant_id","season_id","position"),
	CONSTRAINT "chapters_key_form_check" CHECK ("key" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
	CONSTRAINT "chapters_position_positive_check" CHECK ("position" > 0),
	CONSTRAINT "chapters_opens_not_before_season_check" CHECK ("opens_after_days" >= 0)
);
--> statement-breakpoint
CREATE TABLE "story"."choices" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"from_node_id" uuid NOT NULL,
	"to_node_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"label" text,
	"requirement" jsonb,
	"effects" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "choices_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "choices_from_node_id_position_key" UNIQUE("tenant_id","from_node_id","position"),
	CONSTRAINT "choices_position_positive_check" CHECK ("position" > 0),
	CONSTRAINT "choices_leads_elsewhere_check" CHECK ("from_node_id" <> "to_node_id")
);
--> statement-breakpoint
CREATE TABLE "story"."faction_relations" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"faction_id" uuid NOT NULL,
	"towards_faction_id" uuid NOT NULL,
	"standing" integer DEFAULT 0 NOT NULL,
	"reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "faction_relations_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "faction_relations_faction_id_towards_faction_id_key" UNIQUE("tenant_id","faction_id","towards_faction_id"),
	CONSTRAINT "faction_relations_standing_range_check" CHECK ("standing" between -100 and 100),
	CONSTRAINT "faction_relations_not_towards_itself_check" CHECK ("faction_id" <> "towards_faction_id")
);
--> statement-breakpoint
CREATE TABLE "story"."faction_standings" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"progress_id" uuid NOT NULL,
	"faction_id" uuid NOT NULL,
	"standing" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "faction_standings_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "faction_standings_progress_id_faction_id_key" UNIQUE("tenant_id","progress_id","faction_id"),
	CONSTRAINT "faction_standings_standing_range_check" CHECK ("standing" between -100 and 100)
);
--> statement-breakpoint
CREATE TABLE "story"."factions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"alignment" text NOT NULL,
	"domain" text,
	"colour" text NOT NULL,
	"emblem_key" text,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "factions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "factions_alignment_check" CHECK ("alignment" in ('ally', 'neutral', 'opportunist', 'hostile')),
	CONSTRAINT "factions_key_form_check" CHECK ("key" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
	CONSTRAINT "factions_domain_lower_case_check" CHECK ("domain" = lower("domain")),
	CONSTRAINT "factions_colour_form_check" CHECK ("colour" ~ '^#[0-9a-f]{6}$')
);
--> statement-breakpoint
CREATE TABLE "story"."nodes" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"chapter_id" uuid NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"entry" text DEFAULT 'inner' NOT NULL,
	"speaker" text,
	"scene" jsonb NOT NULL,
	"template_key" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "nodes_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "nodes_chapter_id_key_key" UNIQUE("tenant_id","chapter_id","key"),
	CONSTRAINT "nodes_kind_check" CHECK ("kind" in ('scene', 'dialogue', 'email', 'decision', 'ending')),
	CONSTRAINT "nodes_entry_check" CHECK ("entry" in ('first', 'inner')),
	CONSTRAINT "nodes_key_form_check" CHECK ("key" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
	CONSTRAINT "nodes_email_has_template_check" CHECK (("kind" = 'email') = ("template_key" is not null))
);
--> statement-breakpoint
CREATE TABLE "story"."player_choices" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"progress_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"choice_id" uuid NOT NULL,
	"chosen_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "player_choices_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "player_choices_progress_id_position_key" UNIQUE("tenant_id","progress_id","position"),
	CONSTRAINT "player_choices_position_positive_check" CHECK ("position" > 0)
);
--> statement-breakpoint
CREATE TABLE "story"."player_progress" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"season_id" uuid NOT NULL,
	"current_node_id" uuid,
	"state" text DEFAULT 'not_started' NOT NULL,
	"flags" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"started_at" timestamp with time zone,
	"last_played_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "player_progress_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "player_progress_user_id_season_id_key" UNIQUE("tenant_id","user_id","season_id"),
	CONSTRAINT "player_progress_state_check" CHECK ("state" in ('not_started', 'in_progress', 'completed')),
	CONSTRAINT "player_progress_started_has_time_check" CHECK (("state" = 'not_started') = ("started_at" is null)),
	CONSTRAINT "player_progress_completed_has_time_check" CHECK (("state" = 'completed') = ("completed_at" is not null)),
	CONSTRAINT "player_progress_started_has_node_check" CHECK ("state" = 'not_started' or "current_node_id" is not null),
	CONSTRAINT "player_progress_times_in_order_check" CHECK ("last_played_at" >= "started_at" and "completed_at" >= "started_at")
);
--> statement-breakpoint
CREATE TABLE "story"."seasons" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"key" text NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"synopsis" text NOT NULL,
	"pack_version" text,
	"state" text DEFAULT 'draft' NOT NULL,
	"starts_at" timestamp with time zone,
	"ends_at" timestamp with time zone,
	"presentation" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "seasons_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "seasons_state_check" CHECK ("state" in ('draft', 'scheduled', 'running', 'ended', 'withdrawn')),
	CONSTRAINT "seasons_key_form_check" CHECK ("key" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
	CONSTRAINT "seasons_number_positive_check" CHECK ("number" > 0),
	CONSTRAINT "seasons_times_in_order_check" CHECK ("ends_at" > "starts_at"),
	CONSTRAINT "seasons_end_has_start_check" CHECK ("ends_at" is null or "starts_at" is not null),
	CONSTRAINT "seasons_open_has_start_check" CHECK ("state" in ('draft', 'withdrawn') or "starts_at" is not null),
	CONSTRAINT "seasons_ended_has_end_check" CHECK ("state" <> 'ended' or "ends_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "threat"."attack_tactics" (
	"tactic_id" text NOT NULL,
	"short_name" text NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "attack_tactics_pkey" PRIMARY KEY("tactic_id"),
	CONSTRAINT "attack_tactics_short_name_key" UNIQUE("short_name"),
	CONSTRAINT "attack_tactics_position_key" UNIQUE("position"),
	CONSTRAINT "attack_tactics_tactic_id_form_check" CHECK ("tactic_id" ~ '^TA[0-9]{4}$'),
	CONSTRAINT "attack_tactics_position_positive_check" CHECK ("position" > 0)
);
--> statement-breakpoint
CREATE TABLE "threat"."attack_vector_tactics" (
	"technique_id" text NOT NULL,
	"tactic_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "attack_vector_tactics_pkey" PRIMARY KEY("technique_id","tactic_id")
);
--> statement-breakpoint
CREATE TABLE "threat"."attack_vectors" (
	"technique_id" text NOT NULL,
	"parent_technique_id" text,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"life_cycle" text DEFAULT 'active' NOT NULL,
	"replaced_by_id" text,
	"attack_release" text NOT NULL,
	"source_url" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "attack_vectors_pkey" PRIMARY KEY("technique_id"),
	CONSTRAINT "attack_vectors_life_cycle_check" CHECK ("life_cycle" in ('active', 'deprecated', 'revoked')),
	CONSTRAINT "attack_vectors_technique_id_form_check" CHECK ("technique_id" ~ '^T[0-9]{4}([.][0-9]{3})?$'),
	CONSTRAINT "attack_vectors_parent_is_id_without_suffix_check" CHECK (case when strpos("technique_id", '.') > 0 then "parent_technique_id" is not null and "parent_technique_id" = split_part("technique_id", '.', 1) else "parent_technique_id" is null end),
	CONSTRAINT "attack_vectors_only_revoked_is_replaced_check" CHECK ("replaced_by_id" is null or "life_cycle" = 'revoked'),
	CONSTRAINT "attack_vectors_not_replaced_by_itself_check" CHECK ("replaced_by_id" <> "technique_id"),
	CONSTRAINT "attack_vectors_attack_release_form_check" CHECK ("attack_release" ~ '^[0-9]+[.][0-9]+$'),
	CONSTRAINT "attack_vectors_source_url_form_check" CHECK ("source_url" ~ '^https://')
);
--> statement-breakpoint
CREATE TABLE "threat"."attacks" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"session_id" uuid NOT NULL,
	"attack_key" text NOT NULL,
	"kind" text NOT NULL,
	"severity" integer NOT NULL,
	"technique_id" text,
	"campaign_phase_id" uuid,
	"email_id" uuid,
	"day" integer NOT NULL,
	"due_day" integer NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"block_permille" integer,
	"launched_at" timestamp with time zone NOT NULL,
	"struck_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "attacks_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "attacks_session_id_attack_key_key" UNIQUE("tenant_id","session_id","attack_key"),
	CONSTRAINT "attacks_kind_check" CHECK ("kind" in ('credential_theft', 'ransomware', 'data_leak', 'sabotage')),
	CONSTRAINT "attacks_state_check" CHECK ("state" in ('pending', 'blocked', 'breached', 'expired')),
	CONSTRAINT "attacks_severity_range_check" CHECK ("severity" between 1 and 5),
	CONSTRAINT "attacks_day_positive_check" CHECK ("day" > 0),
	CONSTRAINT "attacks_attack_key_form_check" CHECK ("attack_key" ~ '^d[0-9]{2,4}-a[0-9]+$'),
	CONSTRAINT "attacks_days_in_order_check" CHECK ("due_day" >= "day"),
	CONSTRAINT "attacks_block_range_check" CHECK ("block_permille" between 0 and 1000),
	CONSTRAINT "attacks_strike_complete_check" CHECK (num_nonnulls("struck_at", "block_permille") = case when "state" in ('blocked', 'breached') then 2 else 0 end),
	CONSTRAINT "attacks_times_in_order_check" CHECK ("struck_at" >= "launched_at")
);
--> statement-breakpoint
CREATE TABLE "threat"."breaches" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"session_id" uuid NOT NULL,
	"attack_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"severity" integer NOT NULL,
	"day" integer NOT NULL,
	"dwell_days" integer NOT NULL,
	"credits_delta" integer NOT NULL,
	"trust_delta" integer NOT NULL,
	"heat_delta" integer NOT NULL,
	"ransom_credits" integer DEFAULT 0 NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "breaches_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "breaches_attack_id_key" UNIQUE("tenant_id","attack_id"),
	CONSTRAINT "breaches_kind_check" CHECK ("kind" in ('credential_theft', 'ransomware', 'data_leak', 'sabotage')),
	CONSTRAINT "breaches_severity_range_check" CHECK ("severity" between 1 and 5),
	CONSTRAINT "breaches_day_positive_check" CHECK ("day" > 0),
	CONSTRAINT "breaches_dwell_not_negative_check" CHECK ("dwell_days" >= 0),
	CONSTRAINT "breaches_ransom_not_negative_check" CHECK ("ransom_credits" >= 0)
);
--> statement-breakpoint
CREATE TABLE "threat"."campaign_phase_vectors" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"phase_id" uuid NOT NULL,
	"technique_id" text NOT NULL,
	"weight" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "campaign_phase_vectors_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "campaign_phase_vectors_phase_id_technique_id_key" UNIQUE("tenant_id","phase_id","technique_id"),
	CONSTRAINT "campaign_phase_vectors_weight_positive_check" CHECK ("weight" > 0)
);
--> statement-breakpoint
CREATE TABLE "threat"."campaign_phases" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"campaign_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"tactic_id" text NOT NULL,
	"name" text NOT NULL,
	"starts_after_days" integer NOT NULL,
	"days" integer NOT NULL,
	"intensity_permille" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "campaign_phases_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "campaign_phases_campaign_id_position_key" UNIQUE("tenant_id","campaign_id","position"),
	CONSTRAINT "campaign_phases_position_positive_check" CHECK ("position" > 0),
	CONSTRAINT "campaign_phases_days_range_check" CHECK ("starts_after_days" >= 0 and "days" > 0),
	CONSTRAINT "campaign_phases_intensity_range_check" CHECK ("intensity_permille" between 0 and 1000)
);
--> statement-breakpoint
CREATE TABLE "threat"."campaigns" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"pack_version" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"adversary" text NOT NULL,
	"objective" text NOT NULL,
	"sophistication" integer NOT NULL,
	"from_threat_tier" text DEFAULT 'LOW' NOT NULL,
	"plan" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "campaigns_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "campaigns_pack_version_key_key" UNIQUE("tenant_id","pack_version","key"),
	CONSTRAINT "campaigns_objective_check" CHECK ("objective" in ('credential_theft', 'ransomware', 'data_leak', 'sabotage')),
	CONSTRAINT "campaigns_from_threat_tier_check" CHECK ("from_threat_tier" in ('LOW', 'GUARDED', 'ELEVATED', 'HIGH', 'SEVERE')),
	CONSTRAINT "campaigns_sophistication_range_check" CHECK ("sophistication" between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "threat"."incident_actions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"incident_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"response" text NOT NULL,
	"day" integer NOT NULL,
	"cost_credits" integer NOT NULL,
	"credits_delta" integer NOT NULL,
	"trust_delta" integer NOT NULL,
	"heat_delta" integer NOT NULL,
	"intel_delta" integer NOT NULL,
	"action_id" uuid NOT NULL,
	"taken_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "incident_actions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "incident_actions_incident_id_position_key" UNIQUE("tenant_id","incident_id","position"),
	CONSTRAINT "incident_actions_response_check" CHECK ("response" in ('contain', 'restore_backup', 'pay_ransom', 'ignore')),
	CONSTRAINT "incident_actions_day_positive_check" CHECK ("day" > 0),
	CONSTRAINT "incident_actions_position_positive_check" CHECK ("position" > 0),
	CONSTRAINT "incident_actions_cost_not_negative_check" CHECK ("cost_credits" >= 0)
);
--> statement-breakpoint
CREATE TABLE "threat"."incidents" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"session_id" uuid NOT NULL,
	"breach_id" uuid NOT NULL,
	"incident_key" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"response" text,
	"opened_day" integer NOT NULL,
	"resolved_day" integer,
	"opened_at" timestamp with time zone NOT NULL,
	"resolved_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "incidents_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "incidents_session_id_incident_key_key" UNIQUE("tenant_id","session_id","incident_key"),
	CONSTRAINT "incidents_breach_id_key" UNIQUE("tenant_id","breach_id"),
	CONSTRAINT "incidents_state_check" CHECK ("state" in ('open', 'resolved')),
	CONSTRAINT "incidents_response_check" CHECK ("response" in ('contain', 'restore_backup', 'pay_ransom', 'ignore')),
	CONSTRAINT "incidents_incident_key_form_check" CHECK ("incident_key" ~ '^d[0-9]{2,4}-i[0-9]+$'),
	CONSTRAINT "incidents_opened_day_positive_check" CHECK ("opened_day" > 0),
	CONSTRAINT "incidents_resolution_complete_check" CHECK (num_nonnulls("response", "resolved_day", "resolved_at") = case "state" when 'open' then 0 else 3 end),
	CONSTRAINT "incidents_times_in_order_check" CHECK ("resolved_day" >= "opened_day" and "resolved_at" >= "opened_at")
);
--> statement-breakpoint
CREATE TABLE "threat"."intelligence_brief_vectors" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"brief_id" uuid NOT NULL,
	"technique_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "intelligence_brief_vectors_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "intelligence_brief_vectors_brief_id_technique_id_key" UNIQUE("tenant_id","brief_id","technique_id")
);
--> statement-breakpoint
CREATE TABLE "threat"."intelligence_briefs" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"session_id" uuid,
	"campaign_id" uuid,
	"key" text NOT NULL,
	"title" text NOT NULL,
	"findings" jsonb NOT NULL,
	"traffic_light" text DEFAULT 'green' NOT NULL,
	"source_reliability" text NOT NULL,
	"information_credibility" integer NOT NULL,
	"cost_intel" integer DEFAULT 0 NOT NULL,
	"day" integer,
	"published_at" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "intelligence_briefs_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "intelligence_briefs_session_id_key_key" UNIQUE("tenant_id","session_id","key"),
	CONSTRAINT "intelligence_briefs_traffic_light_check" CHECK ("traffic_light" in ('clear', 'green', 'amber', 'amber_strict', 'red')),
	CONSTRAINT "intelligence_briefs_source_reliability_check" CHECK ("source_reliability" in ('A', 'B', 'C', 'D', 'E', 'F')),
	CONSTRAINT "intelligence_briefs_credibility_range_check" CHECK ("information_credibility" between 1 and 6),
	CONSTRAINT "intelligence_briefs_cost_not_negative_check" CHECK ("cost_intel" >= 0),
	CONSTRAINT "intelligence_briefs_day_of_session_check" CHECK (("session_id" is null) = ("day" is null)),
	CONSTRAINT "intelligence_briefs_day_positive_check" CHECK ("day" > 0),
	CONSTRAINT "intelligence_briefs_validity_order_check" CHECK ("valid_until" > "published_at")
);
--> statement-breakpoint
CREATE TABLE "training"."assessment_results" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"assessment_id" uuid NOT NULL,
	"assignment_id" uuid,
	"user_id" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"questions_sha256" text NOT NULL,
	"points" integer NOT NULL,
	"points_possible" integer NOT NULL,
	"passed" boolean NOT NULL,
	"game_session_id" uuid,
	"answers" text,
	"started_at" timestamp with time zone NOT NULL,
	"submitted_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'valid' NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "assessment_results_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "assessment_results_supersedes_id_key" UNIQUE("tenant_id","supersedes_id"),
	CONSTRAINT "assessment_results_status_check" CHECK ("status" in ('valid', 'superseded', 'invalidated')),
	CONSTRAINT "assessment_results_attempt_positive_check" CHECK ("attempt" > 0),
	CONSTRAINT "assessment_results_points_range_check" CHECK ("points" between 0 and "points_possible" and "points_possible" > 0),
	CONSTRAINT "assessment_results_submitted_after_started_check" CHECK ("submitted_at" >= "started_at"),
	CONSTRAINT "assessment_results_questions_sha256_form_check" CHECK ("questions_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "training"."assessments" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"module_id" uuid NOT NULL,
	"title" text NOT NULL,
	"purpose" text NOT NULL,
	"pass_mark_permille" integer NOT NULL,
	"attempts_allowed" integer,
	"time_limit_seconds" integer,
	"shuffled" boolean DEFAULT true NOT NULL,
	"questions" jsonb NOT NULL,
	"questions_sha256" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "assessments_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "assessments_purpose_check" CHECK ("purpose" in ('baseline', 'formative', 'summative', 'retention')),
	CONSTRAINT "assessments_pass_mark_range_check" CHECK ("pass_mark_permille" between 0 and 1000),
	CONSTRAINT "assessments_attempts_allowed_positive_check" CHECK ("attempts_allowed" > 0),
	CONSTRAINT "assessments_time_limit_positive_check" CHECK ("time_limit_seconds" > 0),
	CONSTRAINT "assessments_questions_sha256_form_check" CHECK ("questions_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "training"."assignments" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"program_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"cycle" integer DEFAULT 1 NOT NULL,
	"origin" text NOT NULL,
	"assigned_by_id" uuid,
	"status" text DEFAULT 'assigned' NOT NULL,
	"progress_permille" integer DEFAULT 0 NOT NULL,
	"assigned_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"waiver_reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "assignments_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "assignments_program_id_user_id_cycle_key" UNIQUE("tenant_id","program_id","user_id","cycle"),
	CONSTRAINT "assignments_origin_check" CHECK ("origin" in ('audience_rule', 'onboarding', 'role_change', 'phishing_failure', 'manager', 'self', 'api')),
	CONSTRAINT "assignments_status_check" CHECK ("status" in ('assigned', 'in_progress', 'completed', 'overdue', 'waived', 'cancelled')),
	CONSTRAINT "assignments_cycle_positive_check" CHECK ("cycle" > 0),
	CONSTRAINT "assignments_progress_range_check" CHECK ("progress_permille" between 0 and 1000),
	CONSTRAINT "assignments_due_after_assigned_check" CHECK ("due_at" > "assigned_at"),
	CONSTRAINT "assignments_completed_has_time_check" CHECK (("status" = 'completed') = ("completed_at" is not null)),
	CONSTRAINT "assignments_started_before_completed_check" CHECK ("completed_at" >= "started_at")
);
--> statement-breakpoint
CREATE TABLE "training"."attestations" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"policy_version_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"method" text NOT NULL,
	"signatory_name" text,
	"ip_address" text,
	"user_agent" text,
	"attested_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'valid' NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "attestations_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "attestations_supersedes_id_key" UNIQUE("tenant_id","supersedes_id"),
	CONSTRAINT "attestations_method_check" CHECK ("method" in ('click', 'typed_name', 'step_up', 'electronic_signature')),
	CONSTRAINT "attestations_status_check" CHECK ("status" in ('valid', 'superseded', 'invalidated'))
);
--> statement-breakpoint
CREATE TABLE "training"."certificates" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"program_id" uuid NOT NULL,
	"completion_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"holder_name" text,
	"serial" text NOT NULL,
	"issued_on" date NOT NULL,
	"expires_on" date,
	"document_object_id" uuid,
	"signature" text NOT NULL,
	"signing_key_id" text NOT NULL,
	"status" text DEFAULT 'valid' NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "certificates_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "certificates_supersedes_id_key" UNIQUE("tenant_id","supersedes_id"),
	CONSTRAINT "certificates_status_check" CHECK ("status" in ('valid', 'superseded', 'invalidated')),
	CONSTRAINT "certificates_expires_after_issued_check" CHECK ("expires_on" > "issued_on")
);
--> statement-breakpoint
CREATE TABLE "training"."completions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"program_id" uuid NOT NULL,
	"module_id" uuid,
	"assignment_id" uuid,
	"user_id" uuid NOT NULL,
	"completed_at" timestamp with time zone NOT NULL,
	"valid_until" date,
	"assessment_result_id" uuid,
	"game_session_id" uuid,
	"statement_id" uuid,
	"score_permille" integer,
	"status" text DEFAULT 'valid' NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "completions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "completions_supersedes_id_key" UNIQUE("tenant_id","supersedes_id"),
	CONSTRAINT "completions_status_check" CHECK ("status" in ('valid', 'superseded', 'invalidated')),
	CONSTRAINT "completions_score_range_check" CHECK ("score_permille" between 0 and 1000)
);
--> statement-breakpoint
CREATE TABLE "training"."escalations" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"assignment_id" uuid NOT NULL,
	"level" integer NOT NULL,
	"reason" text NOT NULL,
	"recipient_id" uuid NOT NULL,
	"days_overdue" integer NOT NULL,
	"delivery_id" uuid,
	"escalated_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "escalations_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "escalations_assignment_id_reason_level_key" UNIQUE("tenant_id","assignment_id","reason","level"),
	CONSTRAINT "escalations_reason_check" CHECK ("reason" in ('due_soon', 'overdue', 'assessment_failed', 'repeat_clicker')),
	CONSTRAINT "escalations_level_range_check" CHECK ("level" between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "training"."jit_interventions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"module_id" uuid NOT NULL,
	"trigger" text NOT NULL,
	"game_session_id" uuid,
	"interaction_id" uuid,
	"status" text DEFAULT 'offered' NOT NULL,
	"offered_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"opened_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "jit_interventions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "jit_interventions_trigger_check" CHECK ("trigger" in ('phishing_click', 'data_entered', 'report_missed', 'game_mistake', 'policy_breach', 'lapsed_skill')),
	CONSTRAINT "jit_interventions_status_check" CHECK ("status" in ('offered', 'opened', 'completed', 'dismissed', 'expired')),
	CONSTRAINT "jit_interventions_expires_after_offered_check" CHECK ("expires_at" > "offered_at"),
	CONSTRAINT "jit_interventions_completed_has_time_check" CHECK (("status" = 'completed') = ("completed_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "training"."management_attestations" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"framework_code" text NOT NULL,
	"program_id" uuid,
	"user_id" uuid NOT NULL,
	"capacity" text NOT NULL,
	"period_starts_on" date NOT NULL,
	"period_ends_on" date NOT NULL,
	"wording" text NOT NULL,
	"signatory_name" text,
	"signature" text NOT NULL,
	"signing_key_id" text NOT NULL,
	"attested_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'valid' NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "management_attestations_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "management_attestations_supersedes_id_key" UNIQUE("tenant_id","supersedes_id"),
	CONSTRAINT "management_attestations_status_check" CHECK ("status" in ('valid', 'superseded', 'invalidated')),
	CONSTRAINT "management_attestations_period_order_check" CHECK ("period_ends_on" >= "period_starts_on")
);
--> statement-breakpoint
CREATE TABLE "training"."modules" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"program_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"title" text NOT NULL,
	"format" text NOT NULL,
	"required" boolean DEFAULT true NOT NULL,
	"estimated_minutes" integer,
	"content_item_id" uuid,
	"activity_iri" text,
	"settings" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "modules_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "modules_format_check" CHECK ("format" in ('lesson', 'game_session', 'assessment', 'video', 'policy', 'scorm', 'cmi5', 'aicc', 'lti')),
	CONSTRAINT "modules_position_positive_check" CHECK ("position" > 0),
	CONSTRAINT "modules_estimated_minutes_positive_check" CHECK ("estimated_minutes" > 0)
);
--> statement-breakpoint
CREATE TABLE "training"."policies" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"code" text NOT NULL,
	"title" text NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"owner_id" uuid,
	"review_months" integer DEFAULT 12 NOT NULL,
	"audience" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "policies_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "policies_state_check" CHECK ("state" in ('draft', 'in_force', 'withdrawn')),
	CONSTRAINT "policies_code_form_check" CHECK ("code" ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
	CONSTRAINT "policies_review_months_positive_check" CHECK ("review_months" > 0)
);
--> statement-breakpoint
CREATE TABLE "training"."policy_versions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"policy_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"locale_tag" text NOT NULL,
	"body" text NOT NULL,
	"body_sha256" text NOT NULL,
	"document_object_id" uuid,
	"change_summary" text,
	"requires_attestation" boolean DEFAULT true NOT NULL,
	"approved_by_id" uuid NOT NULL,
	"approved_at" timestamp with time zone NOT NULL,
	"effective_on" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "policy_versions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "policy_versions_policy_id_number_locale_tag_key" UNIQUE("tenant_id","policy_id","number","locale_tag"),
	CONSTRAINT "policy_versions_number_positive_check" CHECK ("number" > 0),
	CONSTRAINT "policy_versions_body_sha256_form_check" CHECK ("body_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "training"."program_clauses" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"program_id" uuid NOT NULL,
	"clause_code" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "program_clauses_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "program_clauses_program_id_clause_code_key" UNIQUE("tenant_id","program_id","clause_code")
);
--> statement-breakpoint
CREATE TABLE "training"."program_reviews" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"program_id" uuid NOT NULL,
	"reviewed_by_id" uuid NOT NULL,
	"reviewed_at" timestamp with time zone NOT NULL,
	"period_starts_on" date NOT NULL,
	"period_ends_on" date NOT NULL,
	"people_assigned" integer NOT NULL,
	"people_completed" integer NOT NULL,
	"click_rate_permille" integer,
	"report_rate_permille" integer,
	"conclusion" text NOT NULL,
	"findings" text,
	"next_review_on" date,
	"status" text DEFAULT 'valid' NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "program_reviews_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "program_reviews_supersedes_id_key" UNIQUE("tenant_id","supersedes_id"),
	CONSTRAINT "program_reviews_conclusion_check" CHECK ("conclusion" in ('continue', 'amend', 'retire')),
	CONSTRAINT "program_reviews_status_check" CHECK ("status" in ('valid', 'superseded', 'invalidated')),
	CONSTRAINT "program_reviews_period_order_check" CHECK ("period_ends_on" >= "period_starts_on"),
	CONSTRAINT "program_reviews_people_range_check" CHECK ("people_completed" between 0 and "people_assigned"),
	CONSTRAINT "program_reviews_click_rate_range_check" CHECK ("click_rate_permille" between 0 and 1000),
	CONSTRAINT "program_reviews_report_rate_range_check" CHECK ("report_rate_permille" between 0 and 1000)
);
--> statement-breakpoint
CREATE TABLE "training"."programs" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"code" text NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"cadence" text NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"locale_tag" text DEFAULT 'en' NOT NULL,
	"owner_id" uuid,
	"due_days" integer DEFAULT 30 NOT NULL,
	"validity_days" integer,
	"audience" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "programs_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "programs_cadence_check" CHECK ("cadence" in ('once', 'onboarding', 'quarterly', 'annual', 'event_driven')),
	CONSTRAINT "programs_state_check" CHECK ("state" in ('draft', 'active', 'retired')),
	CONSTRAINT "programs_code_form_check" CHECK ("code" ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
	CONSTRAINT "programs_due_days_positive_check" CHECK ("due_days" > 0),
	CONSTRAINT "programs_validity_days_positive_check" CHECK ("validity_days" > 0)
);
--> statement-breakpoint
CREATE TABLE "training"."spaced_repetition_reviews" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"state_id" uuid NOT NULL,
	"occasion" text NOT NULL,
	"game_session_id" uuid,
	"grade" integer NOT NULL,
	"response_ms" integer,
	"elapsed_days" integer NOT NULL,
	"scheduled_days" integer NOT NULL,
	"reviewed_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "spaced_repetition_reviews_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "spaced_repetition_reviews_occasion_check" CHECK ("occasion" in ('game', 'drill', 'assessment', 'phishing_simulation')),
	CONSTRAINT "spaced_repetition_reviews_grade_range_check" CHECK ("grade" between 0 and 5),
	CONSTRAINT "spaced_repetition_reviews_times_not_negative_check" CHECK (least("response_ms", "elapsed_days", "scheduled_days") >= 0)
);
--> statement-breakpoint
CREATE TABLE "training"."spaced_repetition_states" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"concept_key" text NOT NULL,
	"algorithm" text NOT NULL,
	"repetitions" integer DEFAULT 0 NOT NULL,
	"lapses" integer DEFAULT 0 NOT NULL,
	"interval_days" integer DEFAULT 0 NOT NULL,
	"ease_permille" integer,
	"stability_seconds" integer,
	"difficulty_permille" integer,
	"last_reviewed_at" timestamp with time zone,
	"due_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "spaced_repetition_states_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "spaced_repetition_states_user_id_concept_key_key" UNIQUE("tenant_id","user_id","concept_key"),
	CONSTRAINT "spaced_repetition_states_algorithm_check" CHECK ("algorithm" in ('sm2', 'fsrs')),
	CONSTRAINT "spaced_repetition_states_counts_not_negative_check" CHECK (least("repetitions", "lapses", "interval_days") >= 0),
	CONSTRAINT "spaced_repetition_states_sm2_ease_check" CHECK ("algorithm" <> 'sm2' or ("ease_permille" is not null and "ease_permille" >= 1300)),
	CONSTRAINT "spaced_repetition_states_fsrs_memory_check" CHECK ("algorithm" <> 'fsrs' or num_nulls("stability_seconds", "difficulty_permille") = 0),
	CONSTRAINT "spaced_repetition_states_stability_positive_check" CHECK ("stability_seconds" > 0),
	CONSTRAINT "spaced_repetition_states_difficulty_range_check" CHECK ("difficulty_permille" between 1000 and 10000)
);
--> statement-breakpoint
CREATE TABLE "ugc"."marketplace_listings" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"seller_id" uuid NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"currency" text NOT NULL,
	"price" bigint NOT NULL,
	"seller_share_basis_points" integer DEFAULT 8000 NOT NULL,
	"listed_at" timestamp with time zone,
	"delisted_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "marketplace_listings_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "marketplace_listings_status_check" CHECK ("status" in ('draft', 'listed', 'suspended', 'delisted')),
	CONSTRAINT "marketplace_listings_currency_check" CHECK ("currency" in ('credits', 'tokens')),
	CONSTRAINT "marketplace_listings_price_not_negative_check" CHECK ("price" >= 0),
	CONSTRAINT "marketplace_listings_share_range_check" CHECK ("seller_share_basis_points" between 0 and 10000),
	CONSTRAINT "marketplace_listings_listing_dated_check" CHECK ("status" = 'draft' or "listed_at" is not null),
	CONSTRAINT "marketplace_listings_delisted_after_listed_check" CHECK ("delisted_at" >= "listed_at")
);
--> statement-breakpoint
CREATE TABLE "ugc"."moderation_decisions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"version_id" uuid,
	"review_id" uuid,
	"decision" text NOT NULL,
	"trigger" text NOT NULL,
	"decided_by" text NOT NULL,
	"moderator_id" uuid,
	"ground_code" text NOT NULL,
	"confidence_permille" integer,
	"reasons_ciphertext" text,
	"subject_key_id" uuid,
	"decided_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'valid' NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "moderation_decisions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "moderation_decisions_supersedes_id_key" UNIQUE("tenant_id","supersedes_id"),
	CONSTRAINT "moderation_decisions_decision_check" CHECK ("decision" in ('approve', 'request_changes', 'reject', 'hide', 'remove', 'restore')),
	CONSTRAINT "moderation_decisions_trigger_check" CHECK ("trigger" in ('submission', 'report', 'own_initiative', 'appeal')),
	CONSTRAINT "moderation_decisions_decided_by_check" CHECK ("decided_by" in ('person', 'program')),
	CONSTRAINT "moderation_decisions_status_check" CHECK ("status" in ('valid', 'superseded', 'invalidated')),
	CONSTRAINT "moderation_decisions_one_object_check" CHECK (num_nonnulls("version_id", "review_id") = 1),
	CONSTRAINT "moderation_decisions_person_is_named_check" CHECK (("decided_by" = 'person') = ("moderator_id" is not null)),
	CONSTRAINT "moderation_decisions_confidence_of_program_check" CHECK ("confidence_permille" is null or ("decided_by" = 'program' and "confidence_permille" between 0 and 1000)),
	CONSTRAINT "moderation_decisions_reasons_have_a_key_check" CHECK (num_nonnulls("reasons_ciphertext", "subject_key_id") in (0, 2)),
	CONSTRAINT "moderation_decisions_refusal_gives_reasons_check" CHECK ("decision" in ('approve', 'restore') or "reasons_ciphertext" is not null)
);
--> statement-breakpoint
CREATE TABLE "ugc"."projects" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"owner_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"summary" text,
	"locale_tag" text NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"submitted_at" timestamp with time zone,
	"content_item_id" uuid,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "projects_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "projects_kind_check" CHECK ("kind" in ('email', 'scenario', 'content_pack', 'facility_skin')),
	CONSTRAINT "projects_status_check" CHECK ("status" in ('draft', 'submitted', 'in_moderation', 'published', 'rejected', 'removed')),
	CONSTRAINT "projects_submission_dated_check" CHECK ("status" = 'draft' or "submitted_at" is not null),
	CONSTRAINT "projects_published_is_in_library_check" CHECK ("status" <> 'published' or "content_item_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "ugc"."reviews" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"reviewer_id" uuid NOT NULL,
	"rating" integer NOT NULL,
	"comment" text,
	"visibility" text DEFAULT 'visible' NOT NULL,
	"reported_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reviews_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "reviews_project_id_reviewer_id_key" UNIQUE("tenant_id","project_id","reviewer_id"),
	CONSTRAINT "reviews_visibility_check" CHECK ("visibility" in ('visible', 'reported', 'hidden')),
	CONSTRAINT "reviews_rating_range_check" CHECK ("rating" between 1 and 5),
	CONSTRAINT "reviews_report_dated_check" CHECK ("visibility" <> 'reported' or "reported_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "ugc"."versions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"author_id" uuid NOT NULL,
	"format_version" integer NOT NULL,
	"content_ciphertext" text NOT NULL,
	"content_sha256" text NOT NULL,
	"change_note_ciphertext" text,
	"subject_key_id" uuid NOT NULL,
	"submitted_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "versions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "versions_project_id_number_key" UNIQUE("tenant_id","project_id","number"),
	CONSTRAINT "versions_number_from_one_check" CHECK ("number" >= 1 and "format_version" >= 1),
	CONSTRAINT "versions_content_sha256_form_check" CHECK ("content_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
ALTER TABLE "auth"."api_keys" ADD COLUMN "last_used_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "auth"."roles" ADD COLUMN "description" text;
--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD COLUMN "authentication_methods" jsonb DEFAULT '[]'::jsonb NOT NULL;
--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD COLUMN "assurance_level" integer DEFAULT 1 NOT NULL;
--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD COLUMN "authenticated_at" timestamp with time zone DEFAULT now() NOT NULL;
--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD COLUMN "ip_address" "inet";
--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD COLUMN "user_agent" text;
--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD COLUMN "last_used_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD COLUMN "idle_expires_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD COLUMN "revoked_reason" text;
--> statement-breakpoint
ALTER TABLE "auth"."user_roles" ADD COLUMN "source" text DEFAULT 'direct' NOT NULL;
--> statement-breakpoint
ALTER TABLE "auth"."user_roles" ADD COLUMN "granted_by_user_id" uuid;
--> statement-breakpoint
ALTER TABLE "auth"."user_roles" ADD COLUMN "expires_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "auth"."users" ADD COLUMN "email_verified_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "auth"."users" ADD COLUMN "time_zone" text;
--> statement-breakpoint
ALTER TABLE "auth"."users" ADD COLUMN "last_signed_in_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "auth"."users" ADD COLUMN "erased_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "org"."departments" ADD COLUMN "code" text;
--> statement-breakpoint
ALTER TABLE "org"."departments" ADD COLUMN "head_user_id" uuid;
--> statement-breakpoint
ALTER TABLE "org"."departments" ADD COLUMN "cost_center" text;
--> statement-breakpoint
ALTER TABLE "org"."teams" ADD COLUMN "description" text;
--> statement-breakpoint
ALTER TABLE "countries" ADD COLUMN "numeric_code" text;
--> statement-breakpoint
ALTER TABLE "countries" ADD COLUMN "currency_code" text;
--> statement-breakpoint
ALTER TABLE "countries" ADD COLUMN "transfer_basis" text DEFAULT 'safeguards_required' NOT NULL;
--> statement-breakpoint
ALTER TABLE "data_regions" ADD COLUMN "jurisdiction" text;
--> statement-breakpoint
ALTER TABLE "locales" ADD COLUMN "native_name" text;
--> statement-breakpoint
ALTER TABLE "locales" ADD COLUMN "language_code" text;
--> statement-breakpoint
ALTER TABLE "locales" ADD COLUMN "script_code" text;
--> statement-breakpoint
ALTER TABLE "locales" ADD COLUMN "country_code" text;
--> statement-breakpoint
ALTER TABLE "locales" ADD COLUMN "fallback_tag" text;
--> statement-breakpoint
ALTER TABLE "regulatory_frameworks" ADD COLUMN "kind" text DEFAULT 'law' NOT NULL;
--> statement-breakpoint
ALTER TABLE "regulatory_frameworks" ADD COLUMN "issuer" text;
--> statement-breakpoint
ALTER TABLE "regulatory_frameworks" ADD COLUMN "edition" text;
--> statement-breakpoint
ALTER TABLE "regulatory_frameworks" ADD COLUMN "country_code" text;
--> statement-breakpoint
ALTER TABLE "regulatory_frameworks" ADD COLUMN "retention_from" text DEFAULT 'creation' NOT NULL;
--> statement-breakpoint
ALTER TABLE "regulatory_frameworks" ADD COLUMN "months_at_hand" integer;
--> statement-breakpoint
ALTER TABLE "regulatory_frameworks" ADD COLUMN "source_url" text;
--> statement-breakpoint
ALTER TABLE "regulatory_frameworks" ADD COLUMN "effective_on" date;
--> statement-breakpoint
ALTER TABLE "regulatory_frameworks" ADD COLUMN "training_interval_months" integer;
--> statement-breakpoint
ALTER TABLE "regulatory_frameworks" ADD COLUMN "training_source" text;
--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "kind" text DEFAULT 'company' NOT NULL;
--> statement-breakpoint
ALTER TABLE "admin"."audit_checkpoints" ADD CONSTRAINT "audit_checkpoints_previous_checkpoint_id_fk" FOREIGN KEY ("tenant_id","previous_checkpoint_id") REFERENCES "admin"."audit_checkpoints"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "admin"."break_glass_grants" ADD CONSTRAINT "break_glass_grants_supersedes_id_fk" FOREIGN KEY ("tenant_id","supersedes_id") REFERENCES "admin"."break_glass_grants"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ai"."generation_jobs" ADD CONSTRAINT "generation_jobs_prompt_template_version_id_fk" FOREIGN KEY ("tenant_id","prompt_template_version_id") REFERENCES "ai"."prompt_template_versions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ai"."generation_jobs" ADD CONSTRAINT "generation_jobs_requested_by_id_fk" FOREIGN KEY ("tenant_id","requested_by_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ai"."generation_jobs" ADD CONSTRAINT "generation_jobs_item_id_fk" FOREIGN KEY ("tenant_id","item_id") REFERENCES "content"."items"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ai"."generation_jobs" ADD CONSTRAINT "generation_jobs_currency_code_fk" FOREIGN KEY ("currency_code") REFERENCES "public"."currencies"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ai"."generation_log" ADD CONSTRAINT "generation_log_job_id_fk" FOREIGN KEY ("tenant_id","job_id") REFERENCES "ai"."generation_jobs"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ai"."generation_log" ADD CONSTRAINT "generation_log_prompt_template_version_id_fk" FOREIGN KEY ("tenant_id","prompt_template_version_id") REFERENCES "ai"."prompt_template_versions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ai"."prompt_template_versions" ADD CONSTRAINT "prompt_template_versions_prompt_template_id_fk" FOREIGN KEY ("tenant_id","prompt_template_id") REFERENCES "ai"."prompt_templates"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ai"."prompt_template_versions" ADD CONSTRAINT "prompt_template_versions_author_id_fk" FOREIGN KEY ("tenant_id","author_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ai"."prompt_templates" ADD CONSTRAINT "prompt_templates_owner_id_fk" FOREIGN KEY ("tenant_id","owner_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ai"."safety_findings" ADD CONSTRAINT "safety_findings_review_id_fk" FOREIGN KEY ("tenant_id","review_id") REFERENCES "ai"."safety_reviews"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ai"."safety_reviews" ADD CONSTRAINT "safety_reviews_generation_log_id_fk" FOREIGN KEY ("tenant_id","generation_log_id") REFERENCES "ai"."generation_log"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ai"."safety_reviews" ADD CONSTRAINT "safety_reviews_reviewer_id_fk" FOREIGN KEY ("tenant_id","reviewer_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ai"."safety_reviews" ADD CONSTRAINT "safety_reviews_supersedes_id_fk" FOREIGN KEY ("tenant_id","supersedes_id") REFERENCES "ai"."safety_reviews"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "analytics"."compliance_snapshots" ADD CONSTRAINT "compliance_snapshots_framework_code_fk" FOREIGN KEY ("framework_code") REFERENCES "public"."regulatory_frameworks"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "analytics"."compliance_snapshots" ADD CONSTRAINT "compliance_snapshots_department_id_fk" FOREIGN KEY ("tenant_id","department_id") REFERENCES "org"."departments"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "analytics"."compliance_snapshots" ADD CONSTRAINT "compliance_snapshots_supersedes_id_fk" FOREIGN KEY ("tenant_id","supersedes_id") REFERENCES "analytics"."compliance_snapshots"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "analytics"."experiment_assignments" ADD CONSTRAINT "experiment_assignments_experiment_id_fk" FOREIGN KEY ("tenant_id","experiment_id") REFERENCES "analytics"."experiments"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "analytics"."experiment_assignments" ADD CONSTRAINT "experiment_assignments_variant_id_fk" FOREIGN KEY ("tenant_id","variant_id") REFERENCES "analytics"."variants"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "analytics"."player_profiles" ADD CONSTRAINT "player_profiles_department_id_fk" FOREIGN KEY ("tenant_id","department_id") REFERENCES "org"."departments"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "analytics"."projection_cursors" ADD CONSTRAINT "projection_cursors_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "analytics"."variants" ADD CONSTRAINT "variants_experiment_id_fk" FOREIGN KEY ("tenant_id","experiment_id") REFERENCES "analytics"."experiments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."abac_policies" ADD CONSTRAINT "abac_policies_permission_key_fk" FOREIGN KEY ("permission_key") REFERENCES "auth"."permissions"("key") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."abac_policy_bindings" ADD CONSTRAINT "abac_policy_bindings_policy_id_fk" FOREIGN KEY ("tenant_id","policy_id") REFERENCES "auth"."abac_policies"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."identities" ADD CONSTRAINT "identities_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."identities" ADD CONSTRAINT "identities_sso_connection_id_fk" FOREIGN KEY ("tenant_id","sso_connection_id") REFERENCES "auth"."sso_connections"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."invitations" ADD CONSTRAINT "invitations_role_id_fk" FOREIGN KEY ("tenant_id","role_id") REFERENCES "auth"."roles"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."invitations" ADD CONSTRAINT "invitations_locale_tag_fk" FOREIGN KEY ("locale_tag") REFERENCES "public"."locales"("tag") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."invitations" ADD CONSTRAINT "invitations_invited_by_user_id_fk" FOREIGN KEY ("tenant_id","invited_by_user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."invitations" ADD CONSTRAINT "invitations_accepted_by_user_id_fk" FOREIGN KEY ("tenant_id","accepted_by_user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."mfa_factors" ADD CONSTRAINT "mfa_factors_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."oauth_clients" ADD CONSTRAINT "oauth_clients_owner_user_id_fk" FOREIGN KEY ("tenant_id","owner_user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."oauth_grants" ADD CONSTRAINT "oauth_grants_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."oauth_grants" ADD CONSTRAINT "oauth_grants_oauth_client_id_fk" FOREIGN KEY ("tenant_id","oauth_client_id") REFERENCES "auth"."oauth_clients"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."oauth_redirect_uris" ADD CONSTRAINT "oauth_redirect_uris_oauth_client_id_fk" FOREIGN KEY ("tenant_id","oauth_client_id") REFERENCES "auth"."oauth_clients"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."oauth_refresh_tokens" ADD CONSTRAINT "oauth_refresh_tokens_oauth_grant_id_fk" FOREIGN KEY ("tenant_id","oauth_grant_id") REFERENCES "auth"."oauth_grants"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."one_time_tokens" ADD CONSTRAINT "one_time_tokens_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."password_credentials" ADD CONSTRAINT "password_credentials_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."password_history" ADD CONSTRAINT "password_history_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."role_permissions" ADD CONSTRAINT "role_permissions_role_id_fk" FOREIGN KEY ("tenant_id","role_id") REFERENCES "auth"."roles"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."role_permissions" ADD CONSTRAINT "role_permissions_permission_key_fk" FOREIGN KEY ("permission_key") REFERENCES "auth"."permissions"("key") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."scim_connections" ADD CONSTRAINT "scim_connections_sso_connection_id_fk" FOREIGN KEY ("tenant_id","sso_connection_id") REFERENCES "auth"."sso_connections"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."scim_users" ADD CONSTRAINT "scim_users_scim_connection_id_fk" FOREIGN KEY ("tenant_id","scim_connection_id") REFERENCES "auth"."scim_connections"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."scim_users" ADD CONSTRAINT "scim_users_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."sso_certificates" ADD CONSTRAINT "sso_certificates_sso_connection_id_fk" FOREIGN KEY ("tenant_id","sso_connection_id") REFERENCES "auth"."sso_connections"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."sso_connections" ADD CONSTRAINT "sso_connections_default_role_id_fk" FOREIGN KEY ("tenant_id","default_role_id") REFERENCES "auth"."roles"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."sso_group_roles" ADD CONSTRAINT "sso_group_roles_sso_connection_id_fk" FOREIGN KEY ("tenant_id","sso_connection_id") REFERENCES "auth"."sso_connections"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."sso_group_roles" ADD CONSTRAINT "sso_group_roles_role_id_fk" FOREIGN KEY ("tenant_id","role_id") REFERENCES "auth"."roles"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."user_profiles" ADD CONSTRAINT "user_profiles_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."webauthn_credentials" ADD CONSTRAINT "webauthn_credentials_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."accounts" ADD CONSTRAINT "accounts_country_code_fk" FOREIGN KEY ("country_code") REFERENCES "public"."countries"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."accounts" ADD CONSTRAINT "accounts_currency_code_fk" FOREIGN KEY ("currency_code") REFERENCES "public"."currencies"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."entitlements" ADD CONSTRAINT "entitlements_feature_key_fk" FOREIGN KEY ("feature_key") REFERENCES "billing"."features"("key") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."entitlements" ADD CONSTRAINT "entitlements_subscription_id_fk" FOREIGN KEY ("tenant_id","subscription_id") REFERENCES "billing"."subscriptions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."entitlements" ADD CONSTRAINT "entitlements_license_key_id_fk" FOREIGN KEY ("tenant_id","license_key_id") REFERENCES "billing"."license_keys"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."invoice_lines" ADD CONSTRAINT "invoice_lines_invoice_id_fk" FOREIGN KEY ("tenant_id","invoice_id") REFERENCES "billing"."invoices"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."invoice_lines" ADD CONSTRAINT "invoice_lines_feature_key_fk" FOREIGN KEY ("feature_key") REFERENCES "billing"."features"("key") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."invoices" ADD CONSTRAINT "invoices_account_id_fk" FOREIGN KEY ("tenant_id","account_id") REFERENCES "billing"."accounts"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."invoices" ADD CONSTRAINT "invoices_subscription_id_fk" FOREIGN KEY ("tenant_id","subscription_id") REFERENCES "billing"."subscriptions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."invoices" ADD CONSTRAINT "invoices_currency_code_fk" FOREIGN KEY ("currency_code") REFERENCES "public"."currencies"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."invoices" ADD CONSTRAINT "invoices_document_object_id_fk" FOREIGN KEY ("tenant_id","document_object_id") REFERENCES "files"."objects"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."invoices" ADD CONSTRAINT "invoices_supersedes_id_fk" FOREIGN KEY ("tenant_id","supersedes_id") REFERENCES "billing"."invoices"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."license_keys" ADD CONSTRAINT "license_keys_plan_code_fk" FOREIGN KEY ("plan_code") REFERENCES "billing"."plans"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."license_keys" ADD CONSTRAINT "license_keys_issued_to_user_id_fk" FOREIGN KEY ("tenant_id","issued_to_user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."payments" ADD CONSTRAINT "payments_invoice_id_fk" FOREIGN KEY ("tenant_id","invoice_id") REFERENCES "billing"."invoices"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."payments" ADD CONSTRAINT "payments_currency_code_fk" FOREIGN KEY ("currency_code") REFERENCES "public"."currencies"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."plan_features" ADD CONSTRAINT "plan_features_plan_code_fk" FOREIGN KEY ("plan_code") REFERENCES "billing"."plans"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."plan_features" ADD CONSTRAINT "plan_features_feature_key_fk" FOREIGN KEY ("feature_key") REFERENCES "billing"."features"("key") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."plan_prices" ADD CONSTRAINT "plan_prices_plan_code_fk" FOREIGN KEY ("plan_code") REFERENCES "billing"."plans"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."plan_prices" ADD CONSTRAINT "plan_prices_currency_code_fk" FOREIGN KEY ("currency_code") REFERENCES "public"."currencies"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."subscriptions" ADD CONSTRAINT "subscriptions_account_id_fk" FOREIGN KEY ("tenant_id","account_id") REFERENCES "billing"."accounts"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."subscriptions" ADD CONSTRAINT "subscriptions_plan_code_fk" FOREIGN KEY ("plan_code") REFERENCES "billing"."plans"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."subscriptions" ADD CONSTRAINT "subscriptions_currency_code_fk" FOREIGN KEY ("currency_code") REFERENCES "public"."currencies"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."usage_records" ADD CONSTRAINT "usage_records_subscription_id_fk" FOREIGN KEY ("tenant_id","subscription_id") REFERENCES "billing"."subscriptions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."usage_records" ADD CONSTRAINT "usage_records_feature_key_fk" FOREIGN KEY ("feature_key") REFERENCES "billing"."features"("key") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "billing"."usage_records" ADD CONSTRAINT "usage_records_supersedes_id_fk" FOREIGN KEY ("tenant_id","supersedes_id") REFERENCES "billing"."usage_records"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "content"."assets" ADD CONSTRAINT "assets_object_id_fk" FOREIGN KEY ("tenant_id","object_id") REFERENCES "files"."objects"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "content"."content_packs" ADD CONSTRAINT "content_packs_released_by_id_fk" FOREIGN KEY ("tenant_id","released_by_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "content"."item_versions" ADD CONSTRAINT "item_versions_item_id_fk" FOREIGN KEY ("tenant_id","item_id") REFERENCES "content"."items"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "content"."item_versions" ADD CONSTRAINT "item_versions_author_id_fk" FOREIGN KEY ("tenant_id","author_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "content"."items" ADD CONSTRAINT "items_author_id_fk" FOREIGN KEY ("tenant_id","author_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "content"."items" ADD CONSTRAINT "items_source_locale_tag_fk" FOREIGN KEY ("source_locale_tag") REFERENCES "public"."locales"("tag") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "content"."localizations" ADD CONSTRAINT "localizations_item_version_id_fk" FOREIGN KEY ("tenant_id","item_version_id") REFERENCES "content"."item_versions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "content"."localizations" ADD CONSTRAINT "localizations_email_template_id_fk" FOREIGN KEY ("tenant_id","email_template_id") REFERENCES "content"."email_templates"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "content"."localizations" ADD CONSTRAINT "localizations_locale_tag_fk" FOREIGN KEY ("locale_tag") REFERENCES "public"."locales"("tag") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "content"."localizations" ADD CONSTRAINT "localizations_translator_id_fk" FOREIGN KEY ("tenant_id","translator_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "content"."localizations" ADD CONSTRAINT "localizations_approver_id_fk" FOREIGN KEY ("tenant_id","approver_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "content"."pack_items" ADD CONSTRAINT "pack_items_pack_id_fk" FOREIGN KEY ("tenant_id","pack_id") REFERENCES "content"."content_packs"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "content"."pack_items" ADD CONSTRAINT "pack_items_item_version_id_fk" FOREIGN KEY ("tenant_id","item_version_id") REFERENCES "content"."item_versions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "content"."reviews" ADD CONSTRAINT "reviews_item_version_id_fk" FOREIGN KEY ("tenant_id","item_version_id") REFERENCES "content"."item_versions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "content"."reviews" ADD CONSTRAINT "reviews_localization_id_fk" FOREIGN KEY ("tenant_id","localization_id") REFERENCES "content"."localizations"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "content"."reviews" ADD CONSTRAINT "reviews_reviewer_id_fk" FOREIGN KEY ("tenant_id","reviewer_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "content"."reviews" ADD CONSTRAINT "reviews_supersedes_id_fk" FOREIGN KEY ("tenant_id","supersedes_id") REFERENCES "content"."reviews"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "content"."scenario_emails" ADD CONSTRAINT "scenario_emails_scenario_id_fk" FOREIGN KEY ("tenant_id","scenario_id") REFERENCES "content"."scenarios"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "content"."scenario_emails" ADD CONSTRAINT "scenario_emails_email_template_id_fk" FOREIGN KEY ("tenant_id","email_template_id") REFERENCES "content"."email_templates"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "economy"."inventory_items" ADD CONSTRAINT "inventory_items_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "economy"."inventory_items" ADD CONSTRAINT "inventory_items_transaction_id_fk" FOREIGN KEY ("tenant_id","transaction_id") REFERENCES "economy"."transactions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "economy"."ledger_entries" ADD CONSTRAINT "ledger_entries_transaction_id_fk" FOREIGN KEY ("tenant_id","transaction_id") REFERENCES "economy"."transactions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "economy"."ledger_entries" ADD CONSTRAINT "ledger_entries_wallet_id_fk" FOREIGN KEY ("tenant_id","wallet_id") REFERENCES "economy"."wallets"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "economy"."season_passes" ADD CONSTRAINT "season_passes_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "economy"."season_passes" ADD CONSTRAINT "season_passes_transaction_id_fk" FOREIGN KEY ("tenant_id","transaction_id") REFERENCES "economy"."transactions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "economy"."transactions" ADD CONSTRAINT "transactions_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "economy"."transactions" ADD CONSTRAINT "transactions_reverses_id_fk" FOREIGN KEY ("tenant_id","reverses_id") REFERENCES "economy"."transactions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "economy"."user_achievements" ADD CONSTRAINT "user_achievements_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "economy"."user_achievements" ADD CONSTRAINT "user_achievements_achievement_id_fk" FOREIGN KEY ("tenant_id","achievement_id") REFERENCES "economy"."achievements"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "economy"."user_achievements" ADD CONSTRAINT "user_achievements_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "economy"."user_achievements" ADD CONSTRAINT "user_achievements_transaction_id_fk" FOREIGN KEY ("tenant_id","transaction_id") REFERENCES "economy"."transactions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "economy"."user_achievements" ADD CONSTRAINT "user_achievements_supersedes_id_fk" FOREIGN KEY ("tenant_id","supersedes_id") REFERENCES "economy"."user_achievements"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "economy"."wallet_balances" ADD CONSTRAINT "wallet_balances_wallet_id_fk" FOREIGN KEY ("tenant_id","wallet_id") REFERENCES "economy"."wallets"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "economy"."wallets" ADD CONSTRAINT "wallets_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "facility"."capacity_readings" ADD CONSTRAINT "capacity_readings_facility_id_fk" FOREIGN KEY ("tenant_id","facility_id") REFERENCES "facility"."facilities"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "facility"."clients" ADD CONSTRAINT "clients_facility_id_fk" FOREIGN KEY ("tenant_id","facility_id") REFERENCES "facility"."facilities"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "facility"."facilities" ADD CONSTRAINT "facilities_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "facility"."leases" ADD CONSTRAINT "leases_client_id_fk" FOREIGN KEY ("tenant_id","client_id") REFERENCES "facility"."clients"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "facility"."maintenance_tasks" ADD CONSTRAINT "maintenance_tasks_facility_id_fk" FOREIGN KEY ("tenant_id","facility_id") REFERENCES "facility"."facilities"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "facility"."maintenance_tasks" ADD CONSTRAINT "maintenance_tasks_upgrade_id_fk" FOREIGN KEY ("tenant_id","upgrade_id") REFERENCES "facility"."upgrades"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "facility"."resources" ADD CONSTRAINT "resources_facility_id_fk" FOREIGN KEY ("tenant_id","facility_id") REFERENCES "facility"."facilities"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "facility"."upgrades" ADD CONSTRAINT "upgrades_facility_id_fk" FOREIGN KEY ("tenant_id","facility_id") REFERENCES "facility"."facilities"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "files"."object_references" ADD CONSTRAINT "object_references_object_id_fk" FOREIGN KEY ("tenant_id","object_id") REFERENCES "files"."objects"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "files"."objects" ADD CONSTRAINT "objects_region_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."data_regions"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "files"."objects" ADD CONSTRAINT "objects_subject_user_id_fk" FOREIGN KEY ("tenant_id","subject_user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "files"."objects" ADD CONSTRAINT "objects_uploaded_by_user_id_fk" FOREIGN KEY ("tenant_id","uploaded_by_user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "governance"."consents" ADD CONSTRAINT "consents_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "governance"."consents" ADD CONSTRAINT "consents_locale_tag_fk" FOREIGN KEY ("locale_tag") REFERENCES "public"."locales"("tag") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "governance"."erasure_certificates" ADD CONSTRAINT "erasure_certificates_privacy_request_id_fk" FOREIGN KEY ("tenant_id","privacy_request_id") REFERENCES "governance"."privacy_requests"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "governance"."erasure_certificates" ADD CONSTRAINT "erasure_certificates_document_object_id_fk" FOREIGN KEY ("tenant_id","document_object_id") REFERENCES "files"."objects"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "governance"."erasure_certificates" ADD CONSTRAINT "erasure_certificates_supersedes_id_fk" FOREIGN KEY ("tenant_id","supersedes_id") REFERENCES "governance"."erasure_certificates"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "governance"."legal_holds" ADD CONSTRAINT "legal_holds_releases_id_fk" FOREIGN KEY ("tenant_id","releases_id") REFERENCES "governance"."legal_holds"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "governance"."legal_holds" ADD CONSTRAINT "legal_holds_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "governance"."legal_holds" ADD CONSTRAINT "legal_holds_ordered_by_id_fk" FOREIGN KEY ("tenant_id","ordered_by_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "governance"."privacy_requests" ADD CONSTRAINT "privacy_requests_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "governance"."privacy_requests" ADD CONSTRAINT "privacy_requests_framework_code_fk" FOREIGN KEY ("framework_code") REFERENCES "public"."regulatory_frameworks"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "governance"."privacy_requests" ADD CONSTRAINT "privacy_requests_handler_id_fk" FOREIGN KEY ("tenant_id","handler_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "governance"."privacy_requests" ADD CONSTRAINT "privacy_requests_legal_hold_id_fk" FOREIGN KEY ("tenant_id","legal_hold_id") REFERENCES "governance"."legal_holds"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "governance"."privacy_requests" ADD CONSTRAINT "privacy_requests_export_object_id_fk" FOREIGN KEY ("tenant_id","export_object_id") REFERENCES "files"."objects"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "governance"."pseudonyms" ADD CONSTRAINT "pseudonyms_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "governance"."retention_runs" ADD CONSTRAINT "retention_runs_framework_code_fk" FOREIGN KEY ("framework_code") REFERENCES "public"."regulatory_frameworks"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "governance"."subject_keys" ADD CONSTRAINT "subject_keys_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "governance"."transfer_log" ADD CONSTRAINT "transfer_log_from_region_fk" FOREIGN KEY ("from_region") REFERENCES "public"."data_regions"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "governance"."transfer_log" ADD CONSTRAINT "transfer_log_to_region_fk" FOREIGN KEY ("to_region") REFERENCES "public"."data_regions"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "governance"."transfer_log" ADD CONSTRAINT "transfer_log_to_country_fk" FOREIGN KEY ("to_country") REFERENCES "public"."countries"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "governance"."transfer_log" ADD CONSTRAINT "transfer_log_privacy_request_id_fk" FOREIGN KEY ("tenant_id","privacy_request_id") REFERENCES "governance"."privacy_requests"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "governance"."transfer_log" ADD CONSTRAINT "transfer_log_authorised_by_id_fk" FOREIGN KEY ("tenant_id","authorised_by_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "integration"."configurations" ADD CONSTRAINT "configurations_configured_by_id_fk" FOREIGN KEY ("tenant_id","configured_by_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "integration"."credentials" ADD CONSTRAINT "credentials_configuration_id_fk" FOREIGN KEY ("tenant_id","configuration_id") REFERENCES "integration"."configurations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "integration"."hris_sync_events" ADD CONSTRAINT "hris_sync_events_configuration_id_fk" FOREIGN KEY ("tenant_id","configuration_id") REFERENCES "integration"."configurations"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "integration"."hris_sync_events" ADD CONSTRAINT "hris_sync_events_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "integration"."siem_exports" ADD CONSTRAINT "siem_exports_configuration_id_fk" FOREIGN KEY ("tenant_id","configuration_id") REFERENCES "integration"."configurations"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "integration"."webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_subscription_id_fk" FOREIGN KEY ("tenant_id","subscription_id") REFERENCES "integration"."webhook_subscriptions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "integration"."webhook_subscription_events" ADD CONSTRAINT "webhook_subscription_events_subscription_id_fk" FOREIGN KEY ("tenant_id","subscription_id") REFERENCES "integration"."webhook_subscriptions"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "integration"."webhook_subscriptions" ADD CONSTRAINT "webhook_subscriptions_created_by_id_fk" FOREIGN KEY ("tenant_id","created_by_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."activity_profiles" ADD CONSTRAINT "activity_profiles_activity_id_fk" FOREIGN KEY ("tenant_id","activity_id") REFERENCES "lrs"."activities"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."activity_profiles" ADD CONSTRAINT "activity_profiles_object_id_fk" FOREIGN KEY ("tenant_id","object_id") REFERENCES "files"."objects"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."activity_states" ADD CONSTRAINT "activity_states_activity_id_fk" FOREIGN KEY ("tenant_id","activity_id") REFERENCES "lrs"."activities"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."activity_states" ADD CONSTRAINT "activity_states_agent_id_fk" FOREIGN KEY ("tenant_id","agent_id") REFERENCES "lrs"."agents"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."activity_states" ADD CONSTRAINT "activity_states_object_id_fk" FOREIGN KEY ("tenant_id","object_id") REFERENCES "files"."objects"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."agent_profiles" ADD CONSTRAINT "agent_profiles_agent_id_fk" FOREIGN KEY ("tenant_id","agent_id") REFERENCES "lrs"."agents"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."agent_profiles" ADD CONSTRAINT "agent_profiles_object_id_fk" FOREIGN KEY ("tenant_id","object_id") REFERENCES "files"."objects"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."agents" ADD CONSTRAINT "agents_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."aicc_assignable_units" ADD CONSTRAINT "aicc_assignable_units_course_id_fk" FOREIGN KEY ("tenant_id","course_id") REFERENCES "lrs"."aicc_courses"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."aicc_courses" ADD CONSTRAINT "aicc_courses_package_object_id_fk" FOREIGN KEY ("tenant_id","package_object_id") REFERENCES "files"."objects"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."aicc_registrations" ADD CONSTRAINT "aicc_registrations_course_id_fk" FOREIGN KEY ("tenant_id","course_id") REFERENCES "lrs"."aicc_courses"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."aicc_registrations" ADD CONSTRAINT "aicc_registrations_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."aicc_results" ADD CONSTRAINT "aicc_results_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "lrs"."aicc_sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."aicc_results" ADD CONSTRAINT "aicc_results_supersedes_id_fk" FOREIGN KEY ("tenant_id","supersedes_id") REFERENCES "lrs"."aicc_results"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."aicc_sessions" ADD CONSTRAINT "aicc_sessions_registration_id_fk" FOREIGN KEY ("tenant_id","registration_id") REFERENCES "lrs"."aicc_registrations"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."aicc_sessions" ADD CONSTRAINT "aicc_sessions_assignable_unit_id_fk" FOREIGN KEY ("tenant_id","assignable_unit_id") REFERENCES "lrs"."aicc_assignable_units"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."attachments" ADD CONSTRAINT "attachments_statement_id_fk" FOREIGN KEY ("tenant_id","statement_id") REFERENCES "lrs"."statements"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."attachments" ADD CONSTRAINT "attachments_object_id_fk" FOREIGN KEY ("tenant_id","object_id") REFERENCES "files"."objects"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."cmi5_assignable_units" ADD CONSTRAINT "cmi5_assignable_units_course_id_fk" FOREIGN KEY ("tenant_id","course_id") REFERENCES "lrs"."cmi5_courses"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."cmi5_courses" ADD CONSTRAINT "cmi5_courses_package_object_id_fk" FOREIGN KEY ("tenant_id","package_object_id") REFERENCES "files"."objects"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."cmi5_registrations" ADD CONSTRAINT "cmi5_registrations_course_id_fk" FOREIGN KEY ("tenant_id","course_id") REFERENCES "lrs"."cmi5_courses"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."cmi5_registrations" ADD CONSTRAINT "cmi5_registrations_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."cmi5_registrations" ADD CONSTRAINT "cmi5_registrations_agent_id_fk" FOREIGN KEY ("tenant_id","agent_id") REFERENCES "lrs"."agents"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."cmi5_sessions" ADD CONSTRAINT "cmi5_sessions_registration_id_fk" FOREIGN KEY ("tenant_id","registration_id") REFERENCES "lrs"."cmi5_registrations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."cmi5_sessions" ADD CONSTRAINT "cmi5_sessions_assignable_unit_id_fk" FOREIGN KEY ("tenant_id","assignable_unit_id") REFERENCES "lrs"."cmi5_assignable_units"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."cmi5_waivers" ADD CONSTRAINT "cmi5_waivers_registration_id_fk" FOREIGN KEY ("tenant_id","registration_id") REFERENCES "lrs"."cmi5_registrations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."cmi5_waivers" ADD CONSTRAINT "cmi5_waivers_assignable_unit_id_fk" FOREIGN KEY ("tenant_id","assignable_unit_id") REFERENCES "lrs"."cmi5_assignable_units"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."cmi5_waivers" ADD CONSTRAINT "cmi5_waivers_waived_by_id_fk" FOREIGN KEY ("tenant_id","waived_by_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."group_members" ADD CONSTRAINT "group_members_group_id_fk" FOREIGN KEY ("tenant_id","group_id") REFERENCES "lrs"."agents"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."group_members" ADD CONSTRAINT "group_members_member_id_fk" FOREIGN KEY ("tenant_id","member_id") REFERENCES "lrs"."agents"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_packages" ADD CONSTRAINT "scorm_packages_package_object_id_fk" FOREIGN KEY ("tenant_id","package_object_id") REFERENCES "files"."objects"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_packages" ADD CONSTRAINT "scorm_packages_activity_id_fk" FOREIGN KEY ("tenant_id","activity_id") REFERENCES "lrs"."activities"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_packages" ADD CONSTRAINT "scorm_packages_imported_by_id_fk" FOREIGN KEY ("tenant_id","imported_by_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_registrations" ADD CONSTRAINT "scorm_registrations_package_id_fk" FOREIGN KEY ("tenant_id","package_id") REFERENCES "lrs"."scorm_packages"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_registrations" ADD CONSTRAINT "scorm_registrations_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_runtime_states" ADD CONSTRAINT "scorm_runtime_states_registration_id_fk" FOREIGN KEY ("tenant_id","registration_id") REFERENCES "lrs"."scorm_registrations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_runtime_states" ADD CONSTRAINT "scorm_runtime_states_sco_id_fk" FOREIGN KEY ("tenant_id","sco_id") REFERENCES "lrs"."scorm_scos"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_scos" ADD CONSTRAINT "scorm_scos_package_id_fk" FOREIGN KEY ("tenant_id","package_id") REFERENCES "lrs"."scorm_packages"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."statement_context_activities" ADD CONSTRAINT "statement_context_activities_statement_id_fk" FOREIGN KEY ("tenant_id","statement_id") REFERENCES "lrs"."statements"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."statement_context_activities" ADD CONSTRAINT "statement_context_activities_activity_id_fk" FOREIGN KEY ("tenant_id","activity_id") REFERENCES "lrs"."activities"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."statement_context_agents" ADD CONSTRAINT "statement_context_agents_statement_id_fk" FOREIGN KEY ("tenant_id","statement_id") REFERENCES "lrs"."statements"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."statement_context_agents" ADD CONSTRAINT "statement_context_agents_agent_id_fk" FOREIGN KEY ("tenant_id","agent_id") REFERENCES "lrs"."agents"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."statement_voids" ADD CONSTRAINT "statement_voids_voided_id_fk" FOREIGN KEY ("tenant_id","voided_id") REFERENCES "lrs"."statements"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."statement_voids" ADD CONSTRAINT "statement_voids_voiding_id_fk" FOREIGN KEY ("tenant_id","voiding_id") REFERENCES "lrs"."statements"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."statements" ADD CONSTRAINT "statements_actor_id_fk" FOREIGN KEY ("tenant_id","actor_id") REFERENCES "lrs"."agents"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."statements" ADD CONSTRAINT "statements_activity_id_fk" FOREIGN KEY ("tenant_id","activity_id") REFERENCES "lrs"."activities"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."statements" ADD CONSTRAINT "statements_object_agent_id_fk" FOREIGN KEY ("tenant_id","object_agent_id") REFERENCES "lrs"."agents"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."statements" ADD CONSTRAINT "statements_authority_id_fk" FOREIGN KEY ("tenant_id","authority_id") REFERENCES "lrs"."agents"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "notification"."deliveries" ADD CONSTRAINT "deliveries_message_id_fk" FOREIGN KEY ("tenant_id","message_id") REFERENCES "notification"."messages"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "notification"."deliveries" ADD CONSTRAINT "deliveries_template_id_fk" FOREIGN KEY ("tenant_id","template_id") REFERENCES "notification"."templates"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "notification"."messages" ADD CONSTRAINT "messages_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "notification"."preferences" ADD CONSTRAINT "preferences_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "notification"."push_subscriptions" ADD CONSTRAINT "push_subscriptions_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "notification"."quiet_hours" ADD CONSTRAINT "quiet_hours_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "notification"."templates" ADD CONSTRAINT "templates_locale_tag_fk" FOREIGN KEY ("locale_tag") REFERENCES "public"."locales"("tag") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "org"."locations" ADD CONSTRAINT "locations_country_code_fk" FOREIGN KEY ("country_code") REFERENCES "public"."countries"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "org"."tenant_allowed_networks" ADD CONSTRAINT "tenant_allowed_networks_profile_id_fk" FOREIGN KEY ("tenant_id","profile_id") REFERENCES "org"."tenant_security_profiles"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "org"."tenant_branding" ADD CONSTRAINT "tenant_branding_logo_object_id_fk" FOREIGN KEY ("tenant_id","logo_object_id") REFERENCES "files"."objects"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "org"."tenant_branding" ADD CONSTRAINT "tenant_branding_dark_logo_object_id_fk" FOREIGN KEY ("tenant_id","dark_logo_object_id") REFERENCES "files"."objects"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "org"."tenant_branding" ADD CONSTRAINT "tenant_branding_icon_object_id_fk" FOREIGN KEY ("tenant_id","icon_object_id") REFERENCES "files"."objects"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "org"."tenant_frameworks" ADD CONSTRAINT "tenant_frameworks_framework_code_fk" FOREIGN KEY ("framework_code") REFERENCES "public"."regulatory_frameworks"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "org"."tenant_frameworks" ADD CONSTRAINT "tenant_frameworks_owner_user_id_fk" FOREIGN KEY ("tenant_id","owner_user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "org"."tenant_retention_policies" ADD CONSTRAINT "tenant_retention_policies_decided_by_user_id_fk" FOREIGN KEY ("tenant_id","decided_by_user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "org"."tenant_settings" ADD CONSTRAINT "tenant_settings_locale_tag_fk" FOREIGN KEY ("locale_tag") REFERENCES "public"."locales"("tag") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "org"."tenant_settings" ADD CONSTRAINT "tenant_settings_currency_code_fk" FOREIGN KEY ("currency_code") REFERENCES "public"."currencies"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "org"."tenant_settings" ADD CONSTRAINT "tenant_settings_country_code_fk" FOREIGN KEY ("country_code") REFERENCES "public"."countries"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "org"."tenant_settings" ADD CONSTRAINT "tenant_settings_industry_code_fk" FOREIGN KEY ("industry_code") REFERENCES "public"."industries"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "org"."user_assignments" ADD CONSTRAINT "user_assignments_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "org"."user_assignments" ADD CONSTRAINT "user_assignments_department_id_fk" FOREIGN KEY ("tenant_id","department_id") REFERENCES "org"."departments"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "org"."user_assignments" ADD CONSTRAINT "user_assignments_location_id_fk" FOREIGN KEY ("tenant_id","location_id") REFERENCES "org"."locations"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "org"."user_assignments" ADD CONSTRAINT "user_assignments_manager_user_id_fk" FOREIGN KEY ("tenant_id","manager_user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "phishing"."campaign_templates" ADD CONSTRAINT "campaign_templates_campaign_id_fk" FOREIGN KEY ("tenant_id","campaign_id") REFERENCES "phishing"."campaigns"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "phishing"."campaign_templates" ADD CONSTRAINT "campaign_templates_template_id_fk" FOREIGN KEY ("tenant_id","template_id") REFERENCES "phishing"."templates"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "phishing"."campaigns" ADD CONSTRAINT "campaigns_created_by_id_fk" FOREIGN KEY ("tenant_id","created_by_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "phishing"."campaigns" ADD CONSTRAINT "campaigns_approved_by_id_fk" FOREIGN KEY ("tenant_id","approved_by_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "phishing"."interactions" ADD CONSTRAINT "interactions_send_id_fk" FOREIGN KEY ("tenant_id","send_id") REFERENCES "phishing"."sends"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "phishing"."interactions" ADD CONSTRAINT "interactions_teachable_moment_id_fk" FOREIGN KEY ("tenant_id","teachable_moment_id") REFERENCES "phishing"."teachable_moments"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "phishing"."interactions" ADD CONSTRAINT "interactions_supersedes_id_fk" FOREIGN KEY ("tenant_id","supersedes_id") REFERENCES "phishing"."interactions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "phishing"."landing_pages" ADD CONSTRAINT "landing_pages_locale_tag_fk" FOREIGN KEY ("locale_tag") REFERENCES "public"."locales"("tag") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "phishing"."landing_pages" ADD CONSTRAINT "landing_pages_teachable_moment_id_fk" FOREIGN KEY ("tenant_id","teachable_moment_id") REFERENCES "phishing"."teachable_moments"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "phishing"."sends" ADD CONSTRAINT "sends_target_id_fk" FOREIGN KEY ("tenant_id","target_id") REFERENCES "phishing"."targets"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "phishing"."sends" ADD CONSTRAINT "sends_template_id_fk" FOREIGN KEY ("tenant_id","template_id") REFERENCES "phishing"."templates"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "phishing"."sends" ADD CONSTRAINT "sends_landing_page_id_fk" FOREIGN KEY ("tenant_id","landing_page_id") REFERENCES "phishing"."landing_pages"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "phishing"."targets" ADD CONSTRAINT "targets_campaign_id_fk" FOREIGN KEY ("tenant_id","campaign_id") REFERENCES "phishing"."campaigns"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "phishing"."targets" ADD CONSTRAINT "targets_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "phishing"."targets" ADD CONSTRAINT "targets_department_id_fk" FOREIGN KEY ("tenant_id","department_id") REFERENCES "org"."departments"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "phishing"."teachable_moments" ADD CONSTRAINT "teachable_moments_locale_tag_fk" FOREIGN KEY ("locale_tag") REFERENCES "public"."locales"("tag") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "phishing"."template_cues" ADD CONSTRAINT "template_cues_template_id_fk" FOREIGN KEY ("tenant_id","template_id") REFERENCES "phishing"."templates"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "phishing"."templates" ADD CONSTRAINT "templates_locale_tag_fk" FOREIGN KEY ("locale_tag") REFERENCES "public"."locales"("tag") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "phishing"."templates" ADD CONSTRAINT "templates_landing_page_id_fk" FOREIGN KEY ("tenant_id","landing_page_id") REFERENCES "phishing"."landing_pages"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "framework_clauses" ADD CONSTRAINT "framework_clauses_framework_code_fk" FOREIGN KEY ("framework_code") REFERENCES "public"."regulatory_frameworks"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "tenant_domains" ADD CONSTRAINT "tenant_domains_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."alliance_members" ADD CONSTRAINT "alliance_members_alliance_id_fk" FOREIGN KEY ("tenant_id","alliance_id") REFERENCES "social"."alliances"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."alliance_members" ADD CONSTRAINT "alliance_members_corporation_id_fk" FOREIGN KEY ("tenant_id","corporation_id") REFERENCES "social"."corporations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."alliances" ADD CONSTRAINT "alliances_leader_corporation_id_fk" FOREIGN KEY ("tenant_id","leader_corporation_id") REFERENCES "social"."corporations"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."competitive_event_participants" ADD CONSTRAINT "competitive_event_participants_competitive_event_id_fk" FOREIGN KEY ("tenant_id","competitive_event_id") REFERENCES "social"."competitive_events"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."competitive_event_participants" ADD CONSTRAINT "competitive_event_participants_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."competitive_event_participants" ADD CONSTRAINT "competitive_event_participants_team_id_fk" FOREIGN KEY ("tenant_id","team_id") REFERENCES "org"."teams"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."competitive_event_participants" ADD CONSTRAINT "competitive_event_participants_corporation_id_fk" FOREIGN KEY ("tenant_id","corporation_id") REFERENCES "social"."corporations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."corporation_members" ADD CONSTRAINT "corporation_members_corporation_id_fk" FOREIGN KEY ("tenant_id","corporation_id") REFERENCES "social"."corporations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."corporation_members" ADD CONSTRAINT "corporation_members_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."corporations" ADD CONSTRAINT "corporations_founder_id_fk" FOREIGN KEY ("tenant_id","founder_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."friendships" ADD CONSTRAINT "friendships_lower_user_id_fk" FOREIGN KEY ("tenant_id","lower_user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."friendships" ADD CONSTRAINT "friendships_higher_user_id_fk" FOREIGN KEY ("tenant_id","higher_user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."friendships" ADD CONSTRAINT "friendships_initiator_id_fk" FOREIGN KEY ("tenant_id","initiator_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."leaderboard_entries" ADD CONSTRAINT "leaderboard_entries_leaderboard_id_fk" FOREIGN KEY ("tenant_id","leaderboard_id") REFERENCES "social"."leaderboards"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."leaderboard_entries" ADD CONSTRAINT "leaderboard_entries_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."leaderboard_entries" ADD CONSTRAINT "leaderboard_entries_team_id_fk" FOREIGN KEY ("tenant_id","team_id") REFERENCES "org"."teams"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."leaderboard_entries" ADD CONSTRAINT "leaderboard_entries_corporation_id_fk" FOREIGN KEY ("tenant_id","corporation_id") REFERENCES "social"."corporations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."leaderboards" ADD CONSTRAINT "leaderboards_department_id_fk" FOREIGN KEY ("tenant_id","department_id") REFERENCES "org"."departments"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."match_participants" ADD CONSTRAINT "match_participants_match_id_fk" FOREIGN KEY ("tenant_id","match_id") REFERENCES "social"."matches"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."match_participants" ADD CONSTRAINT "match_participants_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."match_participants" ADD CONSTRAINT "match_participants_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "social"."matches" ADD CONSTRAINT "matches_competitive_event_id_fk" FOREIGN KEY ("tenant_id","competitive_event_id") REFERENCES "social"."competitive_events"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "story"."chapters" ADD CONSTRAINT "chapters_season_id_fk" FOREIGN KEY ("tenant_id","season_id") REFERENCES "story"."seasons"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "story"."choices" ADD CONSTRAINT "choices_from_node_id_fk" FOREIGN KEY ("tenant_id","from_node_id") REFERENCES "story"."nodes"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "story"."choices" ADD CONSTRAINT "choices_to_node_id_fk" FOREIGN KEY ("tenant_id","to_node_id") REFERENCES "story"."nodes"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "story"."faction_relations" ADD CONSTRAINT "faction_relations_faction_id_fk" FOREIGN KEY ("tenant_id","faction_id") REFERENCES "story"."factions"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "story"."faction_relations" ADD CONSTRAINT "faction_relations_towards_faction_id_fk" FOREIGN KEY ("tenant_id","towards_faction_id") REFERENCES "story"."factions"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "story"."faction_standings" ADD CONSTRAINT "faction_standings_progress_id_fk" FOREIGN KEY ("tenant_id","progress_id") REFERENCES "story"."player_progress"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "story"."faction_standings" ADD CONSTRAINT "faction_standings_faction_id_fk" FOREIGN KEY ("tenant_id","faction_id") REFERENCES "story"."factions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "story"."nodes" ADD CONSTRAINT "nodes_chapter_id_fk" FOREIGN KEY ("tenant_id","chapter_id") REFERENCES "story"."chapters"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "story"."player_choices" ADD CONSTRAINT "player_choices_progress_id_fk" FOREIGN KEY ("tenant_id","progress_id") REFERENCES "story"."player_progress"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "story"."player_choices" ADD CONSTRAINT "player_choices_choice_id_fk" FOREIGN KEY ("tenant_id","choice_id") REFERENCES "story"."choices"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "story"."player_progress" ADD CONSTRAINT "player_progress_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "story"."player_progress" ADD CONSTRAINT "player_progress_season_id_fk" FOREIGN KEY ("tenant_id","season_id") REFERENCES "story"."seasons"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "story"."player_progress" ADD CONSTRAINT "player_progress_current_node_id_fk" FOREIGN KEY ("tenant_id","current_node_id") REFERENCES "story"."nodes"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "threat"."attack_vector_tactics" ADD CONSTRAINT "attack_vector_tactics_technique_id_fk" FOREIGN KEY ("technique_id") REFERENCES "threat"."attack_vectors"("technique_id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "threat"."attack_vector_tactics" ADD CONSTRAINT "attack_vector_tactics_tactic_id_fk" FOREIGN KEY ("tactic_id") REFERENCES "threat"."attack_tactics"("tactic_id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "threat"."attack_vectors" ADD CONSTRAINT "attack_vectors_parent_technique_id_fk" FOREIGN KEY ("parent_technique_id") REFERENCES "threat"."attack_vectors"("technique_id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "threat"."attack_vectors" ADD CONSTRAINT "attack_vectors_replaced_by_id_fk" FOREIGN KEY ("replaced_by_id") REFERENCES "threat"."attack_vectors"("technique_id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "threat"."attacks" ADD CONSTRAINT "attacks_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "threat"."attacks" ADD CONSTRAINT "attacks_technique_id_fk" FOREIGN KEY ("technique_id") REFERENCES "threat"."attack_vectors"("technique_id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "threat"."attacks" ADD CONSTRAINT "attacks_campaign_phase_id_fk" FOREIGN KEY ("tenant_id","campaign_phase_id") REFERENCES "threat"."campaign_phases"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "threat"."breaches" ADD CONSTRAINT "breaches_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "threat"."breaches" ADD CONSTRAINT "breaches_attack_id_fk" FOREIGN KEY ("tenant_id","attack_id") REFERENCES "threat"."attacks"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "threat"."campaign_phase_vectors" ADD CONSTRAINT "campaign_phase_vectors_phase_id_fk" FOREIGN KEY ("tenant_id","phase_id") REFERENCES "threat"."campaign_phases"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "threat"."campaign_phase_vectors" ADD CONSTRAINT "campaign_phase_vectors_technique_id_fk" FOREIGN KEY ("technique_id") REFERENCES "threat"."attack_vectors"("technique_id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "threat"."campaign_phases" ADD CONSTRAINT "campaign_phases_campaign_id_fk" FOREIGN KEY ("tenant_id","campaign_id") REFERENCES "threat"."campaigns"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "threat"."campaign_phases" ADD CONSTRAINT "campaign_phases_tactic_id_fk" FOREIGN KEY ("tactic_id") REFERENCES "threat"."attack_tactics"("tactic_id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "threat"."incident_actions" ADD CONSTRAINT "incident_actions_incident_id_fk" FOREIGN KEY ("tenant_id","incident_id") REFERENCES "threat"."incidents"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "threat"."incidents" ADD CONSTRAINT "incidents_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "threat"."incidents" ADD CONSTRAINT "incidents_breach_id_fk" FOREIGN KEY ("tenant_id","breach_id") REFERENCES "threat"."breaches"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "threat"."intelligence_brief_vectors" ADD CONSTRAINT "intelligence_brief_vectors_brief_id_fk" FOREIGN KEY ("tenant_id","brief_id") REFERENCES "threat"."intelligence_briefs"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "threat"."intelligence_brief_vectors" ADD CONSTRAINT "intelligence_brief_vectors_technique_id_fk" FOREIGN KEY ("technique_id") REFERENCES "threat"."attack_vectors"("technique_id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "threat"."intelligence_briefs" ADD CONSTRAINT "intelligence_briefs_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "threat"."intelligence_briefs" ADD CONSTRAINT "intelligence_briefs_campaign_id_fk" FOREIGN KEY ("tenant_id","campaign_id") REFERENCES "threat"."campaigns"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."assessment_results" ADD CONSTRAINT "assessment_results_assessment_id_fk" FOREIGN KEY ("tenant_id","assessment_id") REFERENCES "training"."assessments"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."assessment_results" ADD CONSTRAINT "assessment_results_assignment_id_fk" FOREIGN KEY ("tenant_id","assignment_id") REFERENCES "training"."assignments"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."assessment_results" ADD CONSTRAINT "assessment_results_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."assessment_results" ADD CONSTRAINT "assessment_results_game_session_id_fk" FOREIGN KEY ("tenant_id","game_session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."assessment_results" ADD CONSTRAINT "assessment_results_supersedes_id_fk" FOREIGN KEY ("tenant_id","supersedes_id") REFERENCES "training"."assessment_results"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."assessments" ADD CONSTRAINT "assessments_module_id_fk" FOREIGN KEY ("tenant_id","module_id") REFERENCES "training"."modules"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."assignments" ADD CONSTRAINT "assignments_program_id_fk" FOREIGN KEY ("tenant_id","program_id") REFERENCES "training"."programs"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."assignments" ADD CONSTRAINT "assignments_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."assignments" ADD CONSTRAINT "assignments_assigned_by_id_fk" FOREIGN KEY ("tenant_id","assigned_by_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."attestations" ADD CONSTRAINT "attestations_policy_version_id_fk" FOREIGN KEY ("tenant_id","policy_version_id") REFERENCES "training"."policy_versions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."attestations" ADD CONSTRAINT "attestations_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."attestations" ADD CONSTRAINT "attestations_supersedes_id_fk" FOREIGN KEY ("tenant_id","supersedes_id") REFERENCES "training"."attestations"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."certificates" ADD CONSTRAINT "certificates_program_id_fk" FOREIGN KEY ("tenant_id","program_id") REFERENCES "training"."programs"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."certificates" ADD CONSTRAINT "certificates_completion_id_fk" FOREIGN KEY ("tenant_id","completion_id") REFERENCES "training"."completions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."certificates" ADD CONSTRAINT "certificates_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."certificates" ADD CONSTRAINT "certificates_document_object_id_fk" FOREIGN KEY ("tenant_id","document_object_id") REFERENCES "files"."objects"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."certificates" ADD CONSTRAINT "certificates_supersedes_id_fk" FOREIGN KEY ("tenant_id","supersedes_id") REFERENCES "training"."certificates"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."completions" ADD CONSTRAINT "completions_program_id_fk" FOREIGN KEY ("tenant_id","program_id") REFERENCES "training"."programs"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."completions" ADD CONSTRAINT "completions_module_id_fk" FOREIGN KEY ("tenant_id","module_id") REFERENCES "training"."modules"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."completions" ADD CONSTRAINT "completions_assignment_id_fk" FOREIGN KEY ("tenant_id","assignment_id") REFERENCES "training"."assignments"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."completions" ADD CONSTRAINT "completions_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."completions" ADD CONSTRAINT "completions_assessment_result_id_fk" FOREIGN KEY ("tenant_id","assessment_result_id") REFERENCES "training"."assessment_results"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."completions" ADD CONSTRAINT "completions_game_session_id_fk" FOREIGN KEY ("tenant_id","game_session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."completions" ADD CONSTRAINT "completions_supersedes_id_fk" FOREIGN KEY ("tenant_id","supersedes_id") REFERENCES "training"."completions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."escalations" ADD CONSTRAINT "escalations_assignment_id_fk" FOREIGN KEY ("tenant_id","assignment_id") REFERENCES "training"."assignments"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."escalations" ADD CONSTRAINT "escalations_recipient_id_fk" FOREIGN KEY ("tenant_id","recipient_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."jit_interventions" ADD CONSTRAINT "jit_interventions_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."jit_interventions" ADD CONSTRAINT "jit_interventions_module_id_fk" FOREIGN KEY ("tenant_id","module_id") REFERENCES "training"."modules"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."jit_interventions" ADD CONSTRAINT "jit_interventions_game_session_id_fk" FOREIGN KEY ("tenant_id","game_session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."management_attestations" ADD CONSTRAINT "management_attestations_framework_code_fk" FOREIGN KEY ("framework_code") REFERENCES "public"."regulatory_frameworks"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."management_attestations" ADD CONSTRAINT "management_attestations_program_id_fk" FOREIGN KEY ("tenant_id","program_id") REFERENCES "training"."programs"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."management_attestations" ADD CONSTRAINT "management_attestations_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."management_attestations" ADD CONSTRAINT "management_attestations_supersedes_id_fk" FOREIGN KEY ("tenant_id","supersedes_id") REFERENCES "training"."management_attestations"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."modules" ADD CONSTRAINT "modules_program_id_fk" FOREIGN KEY ("tenant_id","program_id") REFERENCES "training"."programs"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."modules" ADD CONSTRAINT "modules_content_item_id_fk" FOREIGN KEY ("tenant_id","content_item_id") REFERENCES "content"."items"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."policies" ADD CONSTRAINT "policies_owner_id_fk" FOREIGN KEY ("tenant_id","owner_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."policy_versions" ADD CONSTRAINT "policy_versions_policy_id_fk" FOREIGN KEY ("tenant_id","policy_id") REFERENCES "training"."policies"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."policy_versions" ADD CONSTRAINT "policy_versions_locale_tag_fk" FOREIGN KEY ("locale_tag") REFERENCES "public"."locales"("tag") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."policy_versions" ADD CONSTRAINT "policy_versions_document_object_id_fk" FOREIGN KEY ("tenant_id","document_object_id") REFERENCES "files"."objects"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."policy_versions" ADD CONSTRAINT "policy_versions_approved_by_id_fk" FOREIGN KEY ("tenant_id","approved_by_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."program_clauses" ADD CONSTRAINT "program_clauses_program_id_fk" FOREIGN KEY ("tenant_id","program_id") REFERENCES "training"."programs"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."program_clauses" ADD CONSTRAINT "program_clauses_clause_code_fk" FOREIGN KEY ("clause_code") REFERENCES "public"."framework_clauses"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."program_reviews" ADD CONSTRAINT "program_reviews_program_id_fk" FOREIGN KEY ("tenant_id","program_id") REFERENCES "training"."programs"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."program_reviews" ADD CONSTRAINT "program_reviews_reviewed_by_id_fk" FOREIGN KEY ("tenant_id","reviewed_by_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."program_reviews" ADD CONSTRAINT "program_reviews_supersedes_id_fk" FOREIGN KEY ("tenant_id","supersedes_id") REFERENCES "training"."program_reviews"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."programs" ADD CONSTRAINT "programs_locale_tag_fk" FOREIGN KEY ("locale_tag") REFERENCES "public"."locales"("tag") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."programs" ADD CONSTRAINT "programs_owner_id_fk" FOREIGN KEY ("tenant_id","owner_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."spaced_repetition_reviews" ADD CONSTRAINT "spaced_repetition_reviews_state_id_fk" FOREIGN KEY ("tenant_id","state_id") REFERENCES "training"."spaced_repetition_states"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."spaced_repetition_reviews" ADD CONSTRAINT "spaced_repetition_reviews_game_session_id_fk" FOREIGN KEY ("tenant_id","game_session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "training"."spaced_repetition_states" ADD CONSTRAINT "spaced_repetition_states_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ugc"."marketplace_listings" ADD CONSTRAINT "marketplace_listings_project_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "ugc"."projects"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ugc"."marketplace_listings" ADD CONSTRAINT "marketplace_listings_version_id_fk" FOREIGN KEY ("tenant_id","version_id") REFERENCES "ugc"."versions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ugc"."marketplace_listings" ADD CONSTRAINT "marketplace_listings_seller_id_fk" FOREIGN KEY ("tenant_id","seller_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ugc"."moderation_decisions" ADD CONSTRAINT "moderation_decisions_version_id_fk" FOREIGN KEY ("tenant_id","version_id") REFERENCES "ugc"."versions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ugc"."moderation_decisions" ADD CONSTRAINT "moderation_decisions_moderator_id_fk" FOREIGN KEY ("tenant_id","moderator_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ugc"."moderation_decisions" ADD CONSTRAINT "moderation_decisions_supersedes_id_fk" FOREIGN KEY ("tenant_id","supersedes_id") REFERENCES "ugc"."moderation_decisions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ugc"."projects" ADD CONSTRAINT "projects_owner_id_fk" FOREIGN KEY ("tenant_id","owner_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ugc"."projects" ADD CONSTRAINT "projects_locale_tag_fk" FOREIGN KEY ("locale_tag") REFERENCES "public"."locales"("tag") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ugc"."projects" ADD CONSTRAINT "projects_content_item_id_fk" FOREIGN KEY ("tenant_id","content_item_id") REFERENCES "content"."items"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ugc"."reviews" ADD CONSTRAINT "reviews_project_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "ugc"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ugc"."reviews" ADD CONSTRAINT "reviews_version_id_fk" FOREIGN KEY ("tenant_id","version_id") REFERENCES "ugc"."versions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ugc"."reviews" ADD CONSTRAINT "reviews_reviewer_id_fk" FOREIGN KEY ("tenant_id","reviewer_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ugc"."versions" ADD CONSTRAINT "versions_project_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "ugc"."projects"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ugc"."versions" ADD CONSTRAINT "versions_author_id_fk" FOREIGN KEY ("tenant_id","author_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "break_glass_grants_expires_at_idx" ON "admin"."break_glass_grants" USING btree ("tenant_id","expires_at");
--> statement-breakpoint
CREATE INDEX "generation_jobs_state_priority_queued_at_idx" ON "ai"."generation_jobs" USING btree ("tenant_id","state","priority" DESC NULLS FIRST,"queued_at");
--> statement-breakpoint
CREATE INDEX "generation_jobs_prompt_template_version_id_idx" ON "ai"."generation_jobs" USING btree ("tenant_id","prompt_template_version_id");
--> statement-breakpoint
CREATE INDEX "generation_jobs_requested_by_id_idx" ON "ai"."generation_jobs" USING btree ("tenant_id","requested_by_id");
--> statement-breakpoint
CREATE INDEX "generation_jobs_item_id_idx" ON "ai"."generation_jobs" USING btree ("tenant_id","item_id");
--> statement-breakpoint
CREATE INDEX "generation_jobs_currency_code_idx" ON "ai"."generation_jobs" USING btree ("currency_code");
--> statement-breakpoint
CREATE INDEX "generation_log_called_at_idx" ON "ai"."generation_log" USING btree ("tenant_id","called_at");
--> statement-breakpoint
CREATE INDEX "generation_log_prompt_template_version_id_idx" ON "ai"."generation_log" USING btree ("tenant_id","prompt_template_version_id");
--> statement-breakpoint
CREATE INDEX "prompt_template_versions_author_id_idx" ON "ai"."prompt_template_versions" USING btree ("tenant_id","author_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "prompt_templates_key_key" ON "ai"."prompt_templates" USING btree ("tenant_id","key") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "prompt_templates_task_idx" ON "ai"."prompt_templates" USING btree ("tenant_id","task");
--> statement-breakpoint
CREATE INDEX "prompt_templates_owner_id_idx" ON "ai"."prompt_templates" USING btree ("tenant_id","owner_id");
--> statement-breakpoint
CREATE INDEX "safety_findings_hazard_created_at_idx" ON "ai"."safety_findings" USING btree ("tenant_id","hazard","created_at");
--> statement-breakpoint
CREATE INDEX "safety_reviews_content_sha256_reviewed_at_idx" ON "ai"."safety_reviews" USING btree ("tenant_id","content_sha256","reviewed_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "safety_reviews_verdict_reviewed_at_idx" ON "ai"."safety_reviews" USING btree ("tenant_id","verdict","reviewed_at");
--> statement-breakpoint
CREATE INDEX "safety_reviews_generation_log_id_idx" ON "ai"."safety_reviews" USING btree ("tenant_id","generation_log_id");
--> statement-breakpoint
CREATE INDEX "safety_reviews_reviewer_id_idx" ON "ai"."safety_reviews" USING btree ("tenant_id","reviewer_id");
--> statement-breakpoint
CREATE INDEX "compliance_snapshots_framework_code_period_ends_on_idx" ON "analytics"."compliance_snapshots" USING btree ("tenant_id","framework_code","period_ends_on" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "compliance_snapshots_framework_code_idx" ON "analytics"."compliance_snapshots" USING btree ("framework_code");
--> statement-breakpoint
CREATE INDEX "compliance_snapshots_department_id_idx" ON "analytics"."compliance_snapshots" USING btree ("tenant_id","department_id");
--> statement-breakpoint
CREATE INDEX "events_event_type_server_time_idx" ON "analytics"."events" USING btree ("tenant_id","event_type","server_time");
--> statement-breakpoint
CREATE INDEX "events_pseudonym_id_server_time_idx" ON "analytics"."events" USING btree ("tenant_id","pseudonym_id","server_time");
--> statement-breakpoint
CREATE INDEX "experiment_assignments_pseudonym_id_idx" ON "analytics"."experiment_assignments" USING btree ("tenant_id","pseudonym_id");
--> statement-breakpoint
CREATE INDEX "experiment_assignments_variant_id_idx" ON "analytics"."experiment_assignments" USING btree ("tenant_id","variant_id");
--> statement-breakpoint
CREATE INDEX "experiments_status_idx" ON "analytics"."experiments" USING btree ("tenant_id","status");
--> statement-breakpoint
CREATE INDEX "player_profiles_department_id_risk_band_idx" ON "analytics"."player_profiles" USING btree ("tenant_id","department_id","risk_band");
--> statement-breakpoint
CREATE INDEX "projection_cursors_consumer_failed_at_idx" ON "analytics"."projection_cursors" USING btree ("tenant_id","consumer","failed_at");
--> statement-breakpoint
CREATE INDEX "projection_cursors_session_id_idx" ON "analytics"."projection_cursors" USING btree ("tenant_id","session_id");
--> statement-breakpoint
CREATE INDEX "abac_policies_permission_key_idx" ON "auth"."abac_policies" USING btree ("permission_key");
--> statement-breakpoint
CREATE INDEX "abac_policy_bindings_subject_kind_subject_id_idx" ON "auth"."abac_policy_bindings" USING btree ("tenant_id","subject_kind","subject_id");
--> statement-breakpoint
CREATE INDEX "identities_user_id_idx" ON "auth"."identities" USING btree ("tenant_id","user_id");
--> statement-breakpoint
CREATE INDEX "invitations_email_idx" ON "auth"."invitations" USING btree ("tenant_id","email");
--> statement-breakpoint
CREATE INDEX "invitations_role_id_idx" ON "auth"."invitations" USING btree ("tenant_id","role_id");
--> statement-breakpoint
CREATE INDEX "invitations_locale_tag_idx" ON "auth"."invitations" USING btree ("locale_tag");
--> statement-breakpoint
CREATE INDEX "invitations_invited_by_user_id_idx" ON "auth"."invitations" USING btree ("tenant_id","invited_by_user_id");
--> statement-breakpoint
CREATE INDEX "invitations_accepted_by_user_id_idx" ON "auth"."invitations" USING btree ("tenant_id","accepted_by_user_id");
--> statement-breakpoint
CREATE INDEX "mfa_factors_user_id_idx" ON "auth"."mfa_factors" USING btree ("tenant_id","user_id");
--> statement-breakpoint
CREATE INDEX "oauth_clients_owner_user_id_idx" ON "auth"."oauth_clients" USING btree ("tenant_id","owner_user_id");
--> statement-breakpoint
CREATE INDEX "oauth_grants_oauth_client_id_idx" ON "auth"."oauth_grants" USING btree ("tenant_id","oauth_client_id");
--> statement-breakpoint
CREATE INDEX "oauth_refresh_tokens_family_id_idx" ON "auth"."oauth_refresh_tokens" USING btree ("tenant_id","family_id");
--> statement-breakpoint
CREATE INDEX "oauth_refresh_tokens_expires_at_idx" ON "auth"."oauth_refresh_tokens" USING btree ("tenant_id","expires_at");
--> statement-breakpoint
CREATE INDEX "oauth_refresh_tokens_oauth_grant_id_idx" ON "auth"."oauth_refresh_tokens" USING btree ("tenant_id","oauth_grant_id");
--> statement-breakpoint
CREATE INDEX "one_time_tokens_expires_at_idx" ON "auth"."one_time_tokens" USING btree ("tenant_id","expires_at");
--> statement-breakpoint
CREATE INDEX "one_time_tokens_user_id_idx" ON "auth"."one_time_tokens" USING btree ("tenant_id","user_id");
--> statement-breakpoint
CREATE INDEX "password_history_user_id_created_at_idx" ON "auth"."password_history" USING btree ("tenant_id","user_id","created_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "recovery_codes_user_id_idx" ON "auth"."recovery_codes" USING btree ("tenant_id","user_id");
--> statement-breakpoint
CREATE INDEX "role_permissions_permission_key_idx" ON "auth"."role_permissions" USING btree ("permission_key");
--> statement-breakpoint
CREATE INDEX "scim_connections_sso_connection_id_idx" ON "auth"."scim_connections" USING btree ("tenant_id","sso_connection_id");
--> statement-breakpoint
CREATE INDEX "scim_users_user_id_idx" ON "auth"."scim_users" USING btree ("tenant_id","user_id");
--> statement-breakpoint
CREATE INDEX "sso_certificates_not_after_idx" ON "auth"."sso_certificates" USING btree ("tenant_id","not_after");
--> statement-breakpoint
CREATE INDEX "sso_connections_default_role_id_idx" ON "auth"."sso_connections" USING btree ("tenant_id","default_role_id");
--> statement-breakpoint
CREATE INDEX "sso_group_roles_role_id_idx" ON "auth"."sso_group_roles" USING btree ("tenant_id","role_id");
--> statement-breakpoint
CREATE INDEX "webauthn_credentials_user_handle_idx" ON "auth"."webauthn_credentials" USING btree ("tenant_id","user_handle");
--> statement-breakpoint
CREATE INDEX "webauthn_credentials_user_id_idx" ON "auth"."webauthn_credentials" USING btree ("tenant_id","user_id");
--> statement-breakpoint
CREATE INDEX "accounts_country_code_idx" ON "billing"."accounts" USING btree ("country_code");
--> statement-breakpoint
CREATE INDEX "accounts_currency_code_idx" ON "billing"."accounts" USING btree ("currency_code");
--> statement-breakpoint
CREATE INDEX "entitlements_feature_key_idx" ON "billing"."entitlements" USING btree ("feature_key");
--> statement-breakpoint
CREATE INDEX "entitlements_subscription_id_idx" ON "billing"."entitlements" USING btree ("tenant_id","subscription_id");
--> statement-breakpoint
CREATE INDEX "entitlements_license_key_id_idx" ON "billing"."entitlements" USING btree ("tenant_id","license_key_id");
--> statement-breakpoint
CREATE INDEX "invoice_lines_feature_key_idx" ON "billing"."invoice_lines" USING btree ("feature_key");
--> statement-breakpoint
CREATE UNIQUE INDEX "invoices_number_key" ON "billing"."invoices" USING btree ("tenant_id","number") WHERE "supersedes_id" is null;
--> statement-breakpoint
CREATE INDEX "invoices_issued_on_idx" ON "billing"."invoices" USING btree ("tenant_id","issued_on" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "invoices_account_id_idx" ON "billing"."invoices" USING btree ("tenant_id","account_id");
--> statement-breakpoint
CREATE INDEX "invoices_subscription_id_idx" ON "billing"."invoices" USING btree ("tenant_id","subscription_id");
--> statement-breakpoint
CREATE INDEX "invoices_currency_code_idx" ON "billing"."invoices" USING btree ("currency_code");
--> statement-breakpoint
CREATE INDEX "invoices_document_object_id_idx" ON "billing"."invoices" USING btree ("tenant_id","document_object_id");
--> statement-breakpoint
CREATE INDEX "license_keys_plan_code_idx" ON "billing"."license_keys" USING btree ("plan_code");
--> statement-breakpoint
CREATE INDEX "license_keys_issued_to_user_id_idx" ON "billing"."license_keys" USING btree ("tenant_id","issued_to_user_id");
--> statement-breakpoint
CREATE INDEX "payments_invoice_id_idx" ON "billing"."payments" USING btree ("tenant_id","invoice_id");
--> statement-breakpoint
CREATE INDEX "payments_currency_code_idx" ON "billing"."payments" USING btree ("currency_code");
--> statement-breakpoint
CREATE INDEX "plan_features_feature_key_idx" ON "billing"."plan_features" USING btree ("feature_key");
--> statement-breakpoint
CREATE INDEX "plan_prices_currency_code_idx" ON "billing"."plan_prices" USING btree ("currency_code");
--> statement-breakpoint
CREATE INDEX "subscriptions_status_period_end_idx" ON "billing"."subscriptions" USING btree ("tenant_id","status","period_end");
--> statement-breakpoint
CREATE INDEX "subscriptions_account_id_idx" ON "billing"."subscriptions" USING btree ("tenant_id","account_id");
--> statement-breakpoint
CREATE INDEX "subscriptions_plan_code_idx" ON "billing"."subscriptions" USING btree ("plan_code");
--> statement-breakpoint
CREATE INDEX "subscriptions_currency_code_idx" ON "billing"."subscriptions" USING btree ("currency_code");
--> statement-breakpoint
CREATE UNIQUE INDEX "usage_records_feature_key_source_key_key" ON "billing"."usage_records" USING btree ("tenant_id","feature_key","source_key") WHERE "supersedes_id" is null;
--> statement-breakpoint
CREATE INDEX "usage_records_subscription_id_feature_key_period_start_idx" ON "billing"."usage_records" USING btree ("tenant_id","subscription_id","feature_key","period_start");
--> statement-breakpoint
CREATE INDEX "usage_records_feature_key_idx" ON "billing"."usage_records" USING btree ("feature_key");
--> statement-breakpoint
CREATE UNIQUE INDEX "assets_key_key" ON "content"."assets" USING btree ("tenant_id","key") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "assets_object_id_idx" ON "content"."assets" USING btree ("tenant_id","object_id");
--> statement-breakpoint
CREATE INDEX "content_packs_released_by_id_idx" ON "content"."content_packs" USING btree ("tenant_id","released_by_id");
--> statement-breakpoint
CREATE INDEX "item_versions_author_id_idx" ON "content"."item_versions" USING btree ("tenant_id","author_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "items_kind_key_key" ON "content"."items" USING btree ("tenant_id","kind","key") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "items_state_created_at_idx" ON "content"."items" USING btree ("tenant_id","state","created_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "items_author_id_idx" ON "content"."items" USING btree ("tenant_id","author_id");
--> statement-breakpoint
CREATE INDEX "items_source_locale_tag_idx" ON "content"."items" USING btree ("source_locale_tag");
--> statement-breakpoint
CREATE INDEX "localizations_locale_tag_state_idx" ON "content"."localizations" USING btree ("tenant_id","locale_tag","state");
--> statement-breakpoint
CREATE INDEX "localizations_locale_tag_idx" ON "content"."localizations" USING btree ("locale_tag");
--> statement-breakpoint
CREATE INDEX "localizations_translator_id_idx" ON "content"."localizations" USING btree ("tenant_id","translator_id");
--> statement-breakpoint
CREATE INDEX "localizations_approver_id_idx" ON "content"."localizations" USING btree ("tenant_id","approver_id");
--> statement-breakpoint
CREATE INDEX "pack_items_item_version_id_idx" ON "content"."pack_items" USING btree ("tenant_id","item_version_id");
--> statement-breakpoint
CREATE INDEX "reviews_item_version_id_idx" ON "content"."reviews" USING btree ("tenant_id","item_version_id");
--> statement-breakpoint
CREATE INDEX "reviews_localization_id_idx" ON "content"."reviews" USING btree ("tenant_id","localization_id");
--> statement-breakpoint
CREATE INDEX "reviews_reviewer_id_idx" ON "content"."reviews" USING btree ("tenant_id","reviewer_id");
--> statement-breakpoint
CREATE INDEX "scenario_emails_email_template_id_idx" ON "content"."scenario_emails" USING btree ("tenant_id","email_template_id");
--> statement-breakpoint
CREATE INDEX "inventory_items_transaction_id_idx" ON "economy"."inventory_items" USING btree ("tenant_id","transaction_id");
--> statement-breakpoint
CREATE INDEX "ledger_entries_wallet_id_created_at_idx" ON "economy"."ledger_entries" USING btree ("tenant_id","wallet_id","created_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "season_passes_transaction_id_idx" ON "economy"."season_passes" USING btree ("tenant_id","transaction_id");
--> statement-breakpoint
CREATE INDEX "transactions_session_id_idx" ON "economy"."transactions" USING btree ("tenant_id","session_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "user_achievements_user_id_achievement_id_ordinal_key" ON "economy"."user_achievements" USING btree ("tenant_id","user_id","achievement_id","ordinal") WHERE "supersedes_id" is null;
--> statement-breakpoint
CREATE INDEX "user_achievements_user_id_idx" ON "economy"."user_achievements" USING btree ("tenant_id","user_id");
--> statement-breakpoint
CREATE INDEX "user_achievements_achievement_id_idx" ON "economy"."user_achievements" USING btree ("tenant_id","achievement_id");
--> statement-breakpoint
CREATE INDEX "user_achievements_session_id_idx" ON "economy"."user_achievements" USING btree ("tenant_id","session_id");
--> statement-breakpoint
CREATE INDEX "user_achievements_transaction_id_idx" ON "economy"."user_achievements" USING btree ("tenant_id","transaction_id");
--> statement-breakpoint
CREATE INDEX "clients_facility_id_state_idx" ON "facility"."clients" USING btree ("tenant_id","facility_id","state");
--> statement-breakpoint
CREATE INDEX "maintenance_tasks_facility_id_state_due_day_idx" ON "facility"."maintenance_tasks" USING btree ("tenant_id","facility_id","state","due_day");
--> statement-breakpoint
CREATE INDEX "maintenance_tasks_upgrade_id_idx" ON "facility"."maintenance_tasks" USING btree ("tenant_id","upgrade_id");
--> statement-breakpoint
CREATE INDEX "object_references_owner_table_owner_id_idx" ON "files"."object_references" USING btree ("tenant_id","owner_table","owner_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "objects_storage_key_key" ON "files"."objects" USING btree ("tenant_id","storage_key") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "objects_content_sha256_idx" ON "files"."objects" USING btree ("tenant_id","content_sha256");
--> statement-breakpoint
CREATE INDEX "objects_region_code_idx" ON "files"."objects" USING btree ("region_code");
--> statement-breakpoint
CREATE INDEX "objects_subject_user_id_idx" ON "files"."objects" USING btree ("tenant_id","subject_user_id");
--> statement-breakpoint
CREATE INDEX "objects_uploaded_by_user_id_idx" ON "files"."objects" USING btree ("tenant_id","uploaded_by_user_id");
--> statement-breakpoint
CREATE INDEX "consents_user_id_purpose_decided_at_idx" ON "governance"."consents" USING btree ("tenant_id","user_id","purpose","decided_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "consents_expires_at_idx" ON "governance"."consents" USING btree ("tenant_id","expires_at");
--> statement-breakpoint
CREATE INDEX "consents_locale_tag_idx" ON "governance"."consents" USING btree ("locale_tag");
--> statement-breakpoint
CREATE UNIQUE INDEX "erasure_certificates_privacy_request_id_key" ON "governance"."erasure_certificates" USING btree ("tenant_id","privacy_request_id") WHERE "supersedes_id" is null;
--> statement-breakpoint
CREATE INDEX "erasure_certificates_privacy_request_id_idx" ON "governance"."erasure_certificates" USING btree ("tenant_id","privacy_request_id");
--> statement-breakpoint
CREATE INDEX "erasure_certificates_document_object_id_idx" ON "governance"."erasure_certificates" USING btree ("tenant_id","document_object_id");
--> statement-breakpoint
CREATE INDEX "legal_holds_user_id_effective_at_idx" ON "governance"."legal_holds" USING btree ("tenant_id","user_id","effective_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "legal_holds_scope_table_name_idx" ON "governance"."legal_holds" USING btree ("tenant_id","scope","table_name");
--> statement-breakpoint
CREATE INDEX "legal_holds_ordered_by_id_idx" ON "governance"."legal_holds" USING btree ("tenant_id","ordered_by_id");
--> statement-breakpoint
CREATE INDEX "privacy_requests_status_due_at_idx" ON "governance"."privacy_requests" USING btree ("tenant_id","status","due_at");
--> statement-breakpoint
CREATE INDEX "privacy_requests_user_id_idx" ON "governance"."privacy_requests" USING btree ("tenant_id","user_id");
--> statement-breakpoint
CREATE INDEX "privacy_requests_framework_code_idx" ON "governance"."privacy_requests" USING btree ("framework_code");
--> statement-breakpoint
CREATE INDEX "privacy_requests_handler_id_idx" ON "governance"."privacy_requests" USING btree ("tenant_id","handler_id");
--> statement-breakpoint
CREATE INDEX "privacy_requests_legal_hold_id_idx" ON "governance"."privacy_requests" USING btree ("tenant_id","legal_hold_id");
--> statement-breakpoint
CREATE INDEX "privacy_requests_export_object_id_idx" ON "governance"."privacy_requests" USING btree ("tenant_id","export_object_id");
--> statement-breakpoint
CREATE INDEX "retention_runs_table_name_started_at_idx" ON "governance"."retention_runs" USING btree ("tenant_id","table_name","started_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "retention_runs_framework_code_idx" ON "governance"."retention_runs" USING btree ("framework_code");
--> statement-breakpoint
CREATE INDEX "subject_keys_wrapping_key_id_idx" ON "governance"."subject_keys" USING btree ("tenant_id","wrapping_key_id");
--> statement-breakpoint
CREATE INDEX "transfer_log_transferred_at_idx" ON "governance"."transfer_log" USING btree ("tenant_id","transferred_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "transfer_log_from_region_idx" ON "governance"."transfer_log" USING btree ("from_region");
--> statement-breakpoint
CREATE INDEX "transfer_log_to_region_idx" ON "governance"."transfer_log" USING btree ("to_region");
--> statement-breakpoint
CREATE INDEX "transfer_log_to_country_idx" ON "governance"."transfer_log" USING btree ("to_country");
--> statement-breakpoint
CREATE INDEX "transfer_log_privacy_request_id_idx" ON "governance"."transfer_log" USING btree ("tenant_id","privacy_request_id");
--> statement-breakpoint
CREATE INDEX "transfer_log_authorised_by_id_idx" ON "governance"."transfer_log" USING btree ("tenant_id","authorised_by_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "configurations_name_key" ON "integration"."configurations" USING btree ("tenant_id","name") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "configurations_kind_status_idx" ON "integration"."configurations" USING btree ("tenant_id","kind","status");
--> statement-breakpoint
CREATE INDEX "configurations_configured_by_id_idx" ON "integration"."configurations" USING btree ("tenant_id","configured_by_id");
--> statement-breakpoint
CREATE INDEX "credentials_expires_at_idx" ON "integration"."credentials" USING btree ("tenant_id","expires_at");
--> statement-breakpoint
CREATE INDEX "hris_sync_events_run_id_outcome_idx" ON "integration"."hris_sync_events" USING btree ("tenant_id","run_id","outcome");
--> statement-breakpoint
CREATE INDEX "hris_sync_events_user_id_occurred_at_idx" ON "integration"."hris_sync_events" USING btree ("tenant_id","user_id","occurred_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "hris_sync_events_configuration_id_idx" ON "integration"."hris_sync_events" USING btree ("tenant_id","configuration_id");
--> statement-breakpoint
CREATE INDEX "outbox_topic_published_at_available_at_idx" ON "integration"."outbox" USING btree ("tenant_id","topic","published_at","available_at");
--> statement-breakpoint
CREATE INDEX "webhook_deliveries_subscription_id_attempted_at_idx" ON "integration"."webhook_deliveries" USING btree ("tenant_id","subscription_id","attempted_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "webhook_subscription_events_event_type_idx" ON "integration"."webhook_subscription_events" USING btree ("tenant_id","event_type");
--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_subscriptions_name_key" ON "integration"."webhook_subscriptions" USING btree ("tenant_id","name") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "webhook_subscriptions_created_by_id_idx" ON "integration"."webhook_subscriptions" USING btree ("tenant_id","created_by_id");
--> statement-breakpoint
CREATE INDEX "activity_profiles_object_id_idx" ON "lrs"."activity_profiles" USING btree ("tenant_id","object_id");
--> statement-breakpoint
CREATE INDEX "activity_states_agent_id_idx" ON "lrs"."activity_states" USING btree ("tenant_id","agent_id");
--> statement-breakpoint
CREATE INDEX "activity_states_object_id_idx" ON "lrs"."activity_states" USING btree ("tenant_id","object_id");
--> statement-breakpoint
CREATE INDEX "agent_profiles_object_id_idx" ON "lrs"."agent_profiles" USING btree ("tenant_id","object_id");
--> statement-breakpoint
CREATE INDEX "agents_user_id_idx" ON "lrs"."agents" USING btree ("tenant_id","user_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "aicc_courses_course_key_package_sha256_key" ON "lrs"."aicc_courses" USING btree ("tenant_id","course_key","package_sha256") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "aicc_courses_package_object_id_idx" ON "lrs"."aicc_courses" USING btree ("tenant_id","package_object_id");
--> statement-breakpoint
CREATE INDEX "aicc_registrations_user_id_idx" ON "lrs"."aicc_registrations" USING btree ("tenant_id","user_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "aicc_results_session_id_request_sha256_key" ON "lrs"."aicc_results" USING btree ("tenant_id","session_id","request_sha256") WHERE "supersedes_id" is null;
--> statement-breakpoint
CREATE INDEX "aicc_results_session_id_received_at_idx" ON "lrs"."aicc_results" USING btree ("tenant_id","session_id","received_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "aicc_sessions_registration_id_launched_at_idx" ON "lrs"."aicc_sessions" USING btree ("tenant_id","registration_id","launched_at");
--> statement-breakpoint
CREATE INDEX "aicc_sessions_assignable_unit_id_idx" ON "lrs"."aicc_sessions" USING btree ("tenant_id","assignable_unit_id");
--> statement-breakpoint
CREATE INDEX "attachments_sha2_idx" ON "lrs"."attachments" USING btree ("tenant_id","sha2");
--> statement-breakpoint
CREATE INDEX "attachments_object_id_idx" ON "lrs"."attachments" USING btree ("tenant_id","object_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "cmi5_courses_iri_package_sha256_key" ON "lrs"."cmi5_courses" USING btree ("tenant_id","iri","package_sha256") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "cmi5_courses_package_object_id_idx" ON "lrs"."cmi5_courses" USING btree ("tenant_id","package_object_id");
--> statement-breakpoint
CREATE INDEX "cmi5_registrations_user_id_idx" ON "lrs"."cmi5_registrations" USING btree ("tenant_id","user_id");
--> statement-breakpoint
CREATE INDEX "cmi5_registrations_agent_id_idx" ON "lrs"."cmi5_registrations" USING btree ("tenant_id","agent_id");
--> statement-breakpoint
CREATE INDEX "cmi5_sessions_registration_id_launched_at_idx" ON "lrs"."cmi5_sessions" USING btree ("tenant_id","registration_id","launched_at");
--> statement-breakpoint
CREATE INDEX "cmi5_sessions_assignable_unit_id_idx" ON "lrs"."cmi5_sessions" USING btree ("tenant_id","assignable_unit_id");
--> statement-breakpoint
CREATE INDEX "cmi5_waivers_assignable_unit_id_idx" ON "lrs"."cmi5_waivers" USING btree ("tenant_id","assignable_unit_id");
--> statement-breakpoint
CREATE INDEX "cmi5_waivers_waived_by_id_idx" ON "lrs"."cmi5_waivers" USING btree ("tenant_id","waived_by_id");
--> statement-breakpoint
CREATE INDEX "group_members_member_id_idx" ON "lrs"."group_members" USING btree ("tenant_id","member_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "lti_deployments_issuer_client_id_deployment_id_key" ON "lrs"."lti_deployments" USING btree ("tenant_id","issuer","client_id","deployment_id") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "scorm_packages_package_sha256_key" ON "lrs"."scorm_packages" USING btree ("tenant_id","package_sha256") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "scorm_packages_package_object_id_idx" ON "lrs"."scorm_packages" USING btree ("tenant_id","package_object_id");
--> statement-breakpoint
CREATE INDEX "scorm_packages_activity_id_idx" ON "lrs"."scorm_packages" USING btree ("tenant_id","activity_id");
--> statement-breakpoint
CREATE INDEX "scorm_packages_imported_by_id_idx" ON "lrs"."scorm_packages" USING btree ("tenant_id","imported_by_id");
--> statement-breakpoint
CREATE INDEX "scorm_registrations_user_id_idx" ON "lrs"."scorm_registrations" USING btree ("tenant_id","user_id");
--> statement-breakpoint
CREATE INDEX "scorm_runtime_states_sco_id_idx" ON "lrs"."scorm_runtime_states" USING btree ("tenant_id","sco_id");
--> statement-breakpoint
CREATE INDEX "statement_context_activities_activity_id_idx" ON "lrs"."statement_context_activities" USING btree ("tenant_id","activity_id");
--> statement-breakpoint
CREATE INDEX "statement_context_agents_agent_id_idx" ON "lrs"."statement_context_agents" USING btree ("tenant_id","agent_id");
--> statement-breakpoint
CREATE INDEX "statements_created_at_idx" ON "lrs"."statements" USING btree ("tenant_id","created_at");
--> statement-breakpoint
CREATE INDEX "statements_actor_id_created_at_idx" ON "lrs"."statements" USING btree ("tenant_id","actor_id","created_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "statements_activity_id_created_at_idx" ON "lrs"."statements" USING btree ("tenant_id","activity_id","created_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "statements_verb_iri_created_at_idx" ON "lrs"."statements" USING btree ("tenant_id","verb_iri","created_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "statements_registration_created_at_idx" ON "lrs"."statements" USING btree ("tenant_id","registration","created_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "statements_object_statement_id_idx" ON "lrs"."statements" USING btree ("tenant_id","object_statement_id");
--> statement-breakpoint
CREATE INDEX "statements_object_agent_id_idx" ON "lrs"."statements" USING btree ("tenant_id","object_agent_id");
--> statement-breakpoint
CREATE INDEX "statements_authority_id_idx" ON "lrs"."statements" USING btree ("tenant_id","authority_id");
--> statement-breakpoint
CREATE INDEX "deliveries_provider_message_id_idx" ON "notification"."deliveries" USING btree ("tenant_id","provider_message_id");
--> statement-breakpoint
CREATE INDEX "deliveries_template_id_idx" ON "notification"."deliveries" USING btree ("tenant_id","template_id");
--> statement-breakpoint
CREATE INDEX "messages_user_id_created_at_idx" ON "notification"."messages" USING btree ("tenant_id","user_id","created_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "messages_not_before_idx" ON "notification"."messages" USING btree ("tenant_id","not_before");
--> statement-breakpoint
CREATE INDEX "push_subscriptions_user_id_idx" ON "notification"."push_subscriptions" USING btree ("tenant_id","user_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "templates_key_channel_locale_tag_key" ON "notification"."templates" USING btree ("tenant_id","key","channel","locale_tag") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "templates_locale_tag_idx" ON "notification"."templates" USING btree ("locale_tag");
--> statement-breakpoint
CREATE UNIQUE INDEX "locations_name_key" ON "org"."locations" USING btree ("tenant_id","name") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "locations_country_code_idx" ON "org"."locations" USING btree ("country_code");
--> statement-breakpoint
CREATE INDEX "tenant_branding_logo_object_id_idx" ON "org"."tenant_branding" USING btree ("tenant_id","logo_object_id");
--> statement-breakpoint
CREATE INDEX "tenant_branding_dark_logo_object_id_idx" ON "org"."tenant_branding" USING btree ("tenant_id","dark_logo_object_id");
--> statement-breakpoint
CREATE INDEX "tenant_branding_icon_object_id_idx" ON "org"."tenant_branding" USING btree ("tenant_id","icon_object_id");
--> statement-breakpoint
CREATE INDEX "tenant_frameworks_framework_code_idx" ON "org"."tenant_frameworks" USING btree ("framework_code");
--> statement-breakpoint
CREATE INDEX "tenant_frameworks_owner_user_id_idx" ON "org"."tenant_frameworks" USING btree ("tenant_id","owner_user_id");
--> statement-breakpoint
CREATE INDEX "tenant_retention_policies_decided_by_user_id_idx" ON "org"."tenant_retention_policies" USING btree ("tenant_id","decided_by_user_id");
--> statement-breakpoint
CREATE INDEX "tenant_settings_locale_tag_idx" ON "org"."tenant_settings" USING btree ("locale_tag");
--> statement-breakpoint
CREATE INDEX "tenant_settings_currency_code_idx" ON "org"."tenant_settings" USING btree ("currency_code");
--> statement-breakpoint
CREATE INDEX "tenant_settings_country_code_idx" ON "org"."tenant_settings" USING btree ("country_code");
--> statement-breakpoint
CREATE INDEX "tenant_settings_industry_code_idx" ON "org"."tenant_settings" USING btree ("industry_code");
--> statement-breakpoint
CREATE INDEX "user_assignments_employee_number_idx" ON "org"."user_assignments" USING btree ("tenant_id","employee_number");
--> statement-breakpoint
CREATE INDEX "user_assignments_department_id_idx" ON "org"."user_assignments" USING btree ("tenant_id","department_id");
--> statement-breakpoint
CREATE INDEX "user_assignments_location_id_idx" ON "org"."user_assignments" USING btree ("tenant_id","location_id");
--> statement-breakpoint
CREATE INDEX "user_assignments_manager_user_id_idx" ON "org"."user_assignments" USING btree ("tenant_id","manager_user_id");
--> statement-breakpoint
CREATE INDEX "campaign_templates_template_id_idx" ON "phishing"."campaign_templates" USING btree ("tenant_id","template_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "campaigns_name_key" ON "phishing"."campaigns" USING btree ("tenant_id","name") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "campaigns_status_starts_at_idx" ON "phishing"."campaigns" USING btree ("tenant_id","status","starts_at");
--> statement-breakpoint
CREATE INDEX "campaigns_created_by_id_idx" ON "phishing"."campaigns" USING btree ("tenant_id","created_by_id");
--> statement-breakpoint
CREATE INDEX "campaigns_approved_by_id_idx" ON "phishing"."campaigns" USING btree ("tenant_id","approved_by_id");
--> statement-breakpoint
CREATE INDEX "interactions_send_id_occurred_at_idx" ON "phishing"."interactions" USING btree ("tenant_id","send_id","occurred_at");
--> statement-breakpoint
CREATE INDEX "interactions_kind_occurred_at_idx" ON "phishing"."interactions" USING btree ("tenant_id","kind","occurred_at");
--> statement-breakpoint
CREATE INDEX "interactions_teachable_moment_id_idx" ON "phishing"."interactions" USING btree ("tenant_id","teachable_moment_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "landing_pages_slug_key" ON "phishing"."landing_pages" USING btree ("tenant_id","slug") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "landing_pages_name_locale_tag_key" ON "phishing"."landing_pages" USING btree ("tenant_id","name","locale_tag") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "landing_pages_locale_tag_idx" ON "phishing"."landing_pages" USING btree ("locale_tag");
--> statement-breakpoint
CREATE INDEX "landing_pages_teachable_moment_id_idx" ON "phishing"."landing_pages" USING btree ("tenant_id","teachable_moment_id");
--> statement-breakpoint
CREATE INDEX "sends_status_scheduled_at_idx" ON "phishing"."sends" USING btree ("tenant_id","status","scheduled_at");
--> statement-breakpoint
CREATE INDEX "sends_target_id_idx" ON "phishing"."sends" USING btree ("tenant_id","target_id");
--> statement-breakpoint
CREATE INDEX "sends_template_id_idx" ON "phishing"."sends" USING btree ("tenant_id","template_id");
--> statement-breakpoint
CREATE INDEX "sends_landing_page_id_idx" ON "phishing"."sends" USING btree ("tenant_id","landing_page_id");
--> statement-breakpoint
CREATE INDEX "targets_user_id_idx" ON "phishing"."targets" USING btree ("tenant_id","user_id");
--> statement-breakpoint
CREATE INDEX "targets_department_id_idx" ON "phishing"."targets" USING btree ("tenant_id","department_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "teachable_moments_name_locale_tag_key" ON "phishing"."teachable_moments" USING btree ("tenant_id","name","locale_tag") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "teachable_moments_locale_tag_idx" ON "phishing"."teachable_moments" USING btree ("locale_tag");
--> statement-breakpoint
CREATE UNIQUE INDEX "templates_name_locale_tag_key" ON "phishing"."templates" USING btree ("tenant_id","name","locale_tag") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "templates_state_detection_difficulty_idx" ON "phishing"."templates" USING btree ("tenant_id","state","detection_difficulty");
--> statement-breakpoint
CREATE INDEX "templates_locale_tag_idx" ON "phishing"."templates" USING btree ("locale_tag");
--> statement-breakpoint
CREATE INDEX "templates_landing_page_id_idx" ON "phishing"."templates" USING btree ("tenant_id","landing_page_id");
--> statement-breakpoint
CREATE INDEX "tenant_domains_domain_purpose_idx" ON "tenant_domains" USING btree ("domain","purpose");
--> statement-breakpoint
CREATE UNIQUE INDEX "alliance_members_corporation_id_key" ON "social"."alliance_members" USING btree ("tenant_id","corporation_id") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "alliance_members_corporation_id_idx" ON "social"."alliance_members" USING btree ("tenant_id","corporation_id");
--> statement-breakpoint
CREATE INDEX "alliance_members_alliance_id_idx" ON "social"."alliance_members" USING btree ("tenant_id","alliance_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "alliances_name_key" ON "social"."alliances" USING btree ("tenant_id","name") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "alliances_tag_key" ON "social"."alliances" USING btree ("tenant_id","tag") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "alliances_leader_corporation_id_idx" ON "social"."alliances" USING btree ("tenant_id","leader_corporation_id");
--> statement-breakpoint
CREATE INDEX "competitive_event_participants_user_id_idx" ON "social"."competitive_event_participants" USING btree ("tenant_id","user_id");
--> statement-breakpoint
CREATE INDEX "competitive_event_participants_team_id_idx" ON "social"."competitive_event_participants" USING btree ("tenant_id","team_id");
--> statement-breakpoint
CREATE INDEX "competitive_event_participants_corporation_id_idx" ON "social"."competitive_event_participants" USING btree ("tenant_id","corporation_id");
--> statement-breakpoint
CREATE INDEX "competitive_events_status_starts_at_idx" ON "social"."competitive_events" USING btree ("tenant_id","status","starts_at");
--> statement-breakpoint
CREATE UNIQUE INDEX "corporation_members_user_id_key" ON "social"."corporation_members" USING btree ("tenant_id","user_id") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "corporation_members_user_id_idx" ON "social"."corporation_members" USING btree ("tenant_id","user_id");
--> statement-breakpoint
CREATE INDEX "corporation_members_corporation_id_idx" ON "social"."corporation_members" USING btree ("tenant_id","corporation_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "corporations_name_key" ON "social"."corporations" USING btree ("tenant_id","name") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "corporations_tag_key" ON "social"."corporations" USING btree ("tenant_id","tag") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "corporations_founder_id_idx" ON "social"."corporations" USING btree ("tenant_id","founder_id");
--> statement-breakpoint
CREATE INDEX "friendships_higher_user_id_idx" ON "social"."friendships" USING btree ("tenant_id","higher_user_id");
--> statement-breakpoint
CREATE INDEX "friendships_initiator_id_idx" ON "social"."friendships" USING btree ("tenant_id","initiator_id");
--> statement-breakpoint
CREATE INDEX "leaderboard_entries_leaderboard_id_score_achieved_at_idx" ON "social"."leaderboard_entries" USING btree ("tenant_id","leaderboard_id","score" DESC NULLS FIRST,"achieved_at");
--> statement-breakpoint
CREATE INDEX "leaderboard_entries_user_id_idx" ON "social"."leaderboard_entries" USING btree ("tenant_id","user_id");
--> statement-breakpoint
CREATE INDEX "leaderboard_entries_team_id_idx" ON "social"."leaderboard_entries" USING btree ("tenant_id","team_id");
--> statement-breakpoint
CREATE INDEX "leaderboard_entries_corporation_id_idx" ON "social"."leaderboard_entries" USING btree ("tenant_id","corporation_id");
--> statement-breakpoint
CREATE INDEX "leaderboards_department_id_idx" ON "social"."leaderboards" USING btree ("tenant_id","department_id");
--> statement-breakpoint
CREATE INDEX "match_participants_user_id_idx" ON "social"."match_participants" USING btree ("tenant_id","user_id");
--> statement-breakpoint
CREATE INDEX "matches_status_scheduled_at_idx" ON "social"."matches" USING btree ("tenant_id","status","scheduled_at");
--> statement-breakpoint
CREATE INDEX "matches_competitive_event_id_idx" ON "social"."matches" USING btree ("tenant_id","competitive_event_id");
--> statement-breakpoint
CREATE INDEX "choices_to_node_id_idx" ON "story"."choices" USING btree ("tenant_id","to_node_id");
--> statement-breakpoint
CREATE INDEX "faction_relations_towards_faction_id_idx" ON "story"."faction_relations" USING btree ("tenant_id","towards_faction_id");
--> statement-breakpoint
CREATE INDEX "faction_standings_faction_id_idx" ON "story"."faction_standings" USING btree ("tenant_id","faction_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "factions_key_key" ON "story"."factions" USING btree ("tenant_id","key") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "factions_name_key" ON "story"."factions" USING btree ("tenant_id","name") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "player_choices_choice_id_idx" ON "story"."player_choices" USING btree ("tenant_id","choice_id");
--> statement-breakpoint
CREATE INDEX "player_progress_season_id_state_idx" ON "story"."player_progress" USING btree ("tenant_id","season_id","state");
--> statement-breakpoint
CREATE INDEX "player_progress_current_node_id_idx" ON "story"."player_progress" USING btree ("tenant_id","current_node_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "seasons_key_key" ON "story"."seasons" USING btree ("tenant_id","key") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "seasons_number_key" ON "story"."seasons" USING btree ("tenant_id","number") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "seasons_state_starts_at_idx" ON "story"."seasons" USING btree ("tenant_id","state","starts_at");
--> statement-breakpoint
CREATE INDEX "attack_vector_tactics_tactic_id_idx" ON "threat"."attack_vector_tactics" USING btree ("tactic_id");
--> statement-breakpoint
CREATE INDEX "attack_vectors_parent_technique_id_idx" ON "threat"."attack_vectors" USING btree ("parent_technique_id");
--> statement-breakpoint
CREATE INDEX "attack_vectors_replaced_by_id_idx" ON "threat"."attack_vectors" USING btree ("replaced_by_id");
--> statement-breakpoint
CREATE INDEX "attacks_session_id_due_day_idx" ON "threat"."attacks" USING btree ("tenant_id","session_id","due_day");
--> statement-breakpoint
CREATE INDEX "attacks_technique_id_idx" ON "threat"."attacks" USING btree ("technique_id");
--> statement-breakpoint
CREATE INDEX "attacks_campaign_phase_id_idx" ON "threat"."attacks" USING btree ("tenant_id","campaign_phase_id");
--> statement-breakpoint
CREATE INDEX "breaches_session_id_day_idx" ON "threat"."breaches" USING btree ("tenant_id","session_id","day");
--> statement-breakpoint
CREATE INDEX "breaches_kind_occurred_at_idx" ON "threat"."breaches" USING btree ("tenant_id","kind","occurred_at");
--> statement-breakpoint
CREATE INDEX "campaign_phase_vectors_technique_id_idx" ON "threat"."campaign_phase_vectors" USING btree ("technique_id");
--> statement-breakpoint
CREATE INDEX "campaign_phases_tactic_id_idx" ON "threat"."campaign_phases" USING btree ("tactic_id");
--> statement-breakpoint
CREATE INDEX "incidents_session_id_state_idx" ON "threat"."incidents" USING btree ("tenant_id","session_id","state");
--> statement-breakpoint
CREATE INDEX "intelligence_brief_vectors_technique_id_idx" ON "threat"."intelligence_brief_vectors" USING btree ("technique_id");
--> statement-breakpoint
CREATE INDEX "intelligence_briefs_published_at_idx" ON "threat"."intelligence_briefs" USING btree ("tenant_id","published_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "intelligence_briefs_campaign_id_idx" ON "threat"."intelligence_briefs" USING btree ("tenant_id","campaign_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "assessment_results_assessment_id_user_id_attempt_key" ON "training"."assessment_results" USING btree ("tenant_id","assessment_id","user_id","attempt") WHERE "supersedes_id" is null;
--> statement-breakpoint
CREATE INDEX "assessment_results_user_id_submitted_at_idx" ON "training"."assessment_results" USING btree ("tenant_id","user_id","submitted_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "assessment_results_assessment_id_idx" ON "training"."assessment_results" USING btree ("tenant_id","assessment_id");
--> statement-breakpoint
CREATE INDEX "assessment_results_assignment_id_idx" ON "training"."assessment_results" USING btree ("tenant_id","assignment_id");
--> statement-breakpoint
CREATE INDEX "assessment_results_game_session_id_idx" ON "training"."assessment_results" USING btree ("tenant_id","game_session_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "assessments_module_id_title_key" ON "training"."assessments" USING btree ("tenant_id","module_id","title") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "assessments_module_id_idx" ON "training"."assessments" USING btree ("tenant_id","module_id");
--> statement-breakpoint
CREATE INDEX "assignments_user_id_due_at_idx" ON "training"."assignments" USING btree ("tenant_id","user_id","due_at");
--> statement-breakpoint
CREATE INDEX "assignments_status_due_at_idx" ON "training"."assignments" USING btree ("tenant_id","status","due_at");
--> statement-breakpoint
CREATE INDEX "assignments_assigned_by_id_idx" ON "training"."assignments" USING btree ("tenant_id","assigned_by_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "attestations_policy_version_id_user_id_key" ON "training"."attestations" USING btree ("tenant_id","policy_version_id","user_id") WHERE "supersedes_id" is null;
--> statement-breakpoint
CREATE INDEX "attestations_user_id_attested_at_idx" ON "training"."attestations" USING btree ("tenant_id","user_id","attested_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "attestations_policy_version_id_idx" ON "training"."attestations" USING btree ("tenant_id","policy_version_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "certificates_serial_key" ON "training"."certificates" USING btree ("tenant_id","serial") WHERE "supersedes_id" is null;
--> statement-breakpoint
CREATE INDEX "certificates_user_id_created_at_idx" ON "training"."certificates" USING btree ("tenant_id","user_id","created_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "certificates_expires_on_idx" ON "training"."certificates" USING btree ("tenant_id","expires_on");
--> statement-breakpoint
CREATE INDEX "certificates_program_id_idx" ON "training"."certificates" USING btree ("tenant_id","program_id");
--> statement-breakpoint
CREATE INDEX "certificates_completion_id_idx" ON "training"."certificates" USING btree ("tenant_id","completion_id");
--> statement-breakpoint
CREATE INDEX "certificates_document_object_id_idx" ON "training"."certificates" USING btree ("tenant_id","document_object_id");
--> statement-breakpoint
CREATE INDEX "completions_user_id_completed_at_idx" ON "training"."completions" USING btree ("tenant_id","user_id","completed_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "completions_program_id_completed_at_idx" ON "training"."completions" USING btree ("tenant_id","program_id","completed_at");
--> statement-breakpoint
CREATE INDEX "completions_valid_until_idx" ON "training"."completions" USING btree ("tenant_id","valid_until");
--> statement-breakpoint
CREATE INDEX "completions_module_id_idx" ON "training"."completions" USING btree ("tenant_id","module_id");
--> statement-breakpoint
CREATE INDEX "completions_assignment_id_idx" ON "training"."completions" USING btree ("tenant_id","assignment_id");
--> statement-breakpoint
CREATE INDEX "completions_assessment_result_id_idx" ON "training"."completions" USING btree ("tenant_id","assessment_result_id");
--> statement-breakpoint
CREATE INDEX "completions_game_session_id_idx" ON "training"."completions" USING btree ("tenant_id","game_session_id");
--> statement-breakpoint
CREATE INDEX "escalations_recipient_id_idx" ON "training"."escalations" USING btree ("tenant_id","recipient_id");
--> statement-breakpoint
CREATE INDEX "jit_interventions_user_id_status_offered_at_idx" ON "training"."jit_interventions" USING btree ("tenant_id","user_id","status","offered_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "jit_interventions_status_expires_at_idx" ON "training"."jit_interventions" USING btree ("tenant_id","status","expires_at");
--> statement-breakpoint
CREATE INDEX "jit_interventions_module_id_idx" ON "training"."jit_interventions" USING btree ("tenant_id","module_id");
--> statement-breakpoint
CREATE INDEX "jit_interventions_game_session_id_idx" ON "training"."jit_interventions" USING btree ("tenant_id","game_session_id");
--> statement-breakpoint
CREATE INDEX "management_attestations_framework_code_idx" ON "training"."management_attestations" USING btree ("framework_code");
--> statement-breakpoint
CREATE INDEX "management_attestations_program_id_idx" ON "training"."management_attestations" USING btree ("tenant_id","program_id");
--> statement-breakpoint
CREATE INDEX "management_attestations_user_id_idx" ON "training"."management_attestations" USING btree ("tenant_id","user_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "modules_program_id_position_key" ON "training"."modules" USING btree ("tenant_id","program_id","position") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "modules_program_id_idx" ON "training"."modules" USING btree ("tenant_id","program_id");
--> statement-breakpoint
CREATE INDEX "modules_content_item_id_idx" ON "training"."modules" USING btree ("tenant_id","content_item_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "policies_code_key" ON "training"."policies" USING btree ("tenant_id","code") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "policies_owner_id_idx" ON "training"."policies" USING btree ("tenant_id","owner_id");
--> statement-breakpoint
CREATE INDEX "policy_versions_locale_tag_idx" ON "training"."policy_versions" USING btree ("locale_tag");
--> statement-breakpoint
CREATE INDEX "policy_versions_document_object_id_idx" ON "training"."policy_versions" USING btree ("tenant_id","document_object_id");
--> statement-breakpoint
CREATE INDEX "policy_versions_approved_by_id_idx" ON "training"."policy_versions" USING btree ("tenant_id","approved_by_id");
--> statement-breakpoint
CREATE INDEX "program_clauses_clause_code_idx" ON "training"."program_clauses" USING btree ("clause_code");
--> statement-breakpoint
CREATE INDEX "program_reviews_program_id_reviewed_at_idx" ON "training"."program_reviews" USING btree ("tenant_id","program_id","reviewed_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "program_reviews_reviewed_by_id_idx" ON "training"."program_reviews" USING btree ("tenant_id","reviewed_by_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "programs_code_key" ON "training"."programs" USING btree ("tenant_id","code") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "programs_locale_tag_idx" ON "training"."programs" USING btree ("locale_tag");
--> statement-breakpoint
CREATE INDEX "programs_owner_id_idx" ON "training"."programs" USING btree ("tenant_id","owner_id");
--> statement-breakpoint
CREATE INDEX "spaced_repetition_reviews_state_id_reviewed_at_idx" ON "training"."spaced_repetition_reviews" USING btree ("tenant_id","state_id","reviewed_at");
--> statement-breakpoint
CREATE INDEX "spaced_repetition_reviews_game_session_id_idx" ON "training"."spaced_repetition_reviews" USING btree ("tenant_id","game_session_id");
--> statement-breakpoint
CREATE INDEX "spaced_repetition_states_user_id_due_at_idx" ON "training"."spaced_repetition_states" USING btree ("tenant_id","user_id","due_at");
--> statement-breakpoint
CREATE UNIQUE INDEX "marketplace_listings_project_id_key" ON "ugc"."marketplace_listings" USING btree ("tenant_id","project_id") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "marketplace_listings_status_listed_at_idx" ON "ugc"."marketplace_listings" USING btree ("tenant_id","status","listed_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "marketplace_listings_project_id_idx" ON "ugc"."marketplace_listings" USING btree ("tenant_id","project_id");
--> statement-breakpoint
CREATE INDEX "marketplace_listings_version_id_idx" ON "ugc"."marketplace_listings" USING btree ("tenant_id","version_id");
--> statement-breakpoint
CREATE INDEX "marketplace_listings_seller_id_idx" ON "ugc"."marketplace_listings" USING btree ("tenant_id","seller_id");
--> statement-breakpoint
CREATE INDEX "moderation_decisions_review_id_decided_at_idx" ON "ugc"."moderation_decisions" USING btree ("tenant_id","review_id","decided_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "moderation_decisions_version_id_idx" ON "ugc"."moderation_decisions" USING btree ("tenant_id","version_id");
--> statement-breakpoint
CREATE INDEX "moderation_decisions_moderator_id_idx" ON "ugc"."moderation_decisions" USING btree ("tenant_id","moderator_id");
--> statement-breakpoint
CREATE INDEX "projects_status_submitted_at_idx" ON "ugc"."projects" USING btree ("tenant_id","status","submitted_at");
--> statement-breakpoint
CREATE INDEX "projects_owner_id_idx" ON "ugc"."projects" USING btree ("tenant_id","owner_id");
--> statement-breakpoint
CREATE INDEX "projects_locale_tag_idx" ON "ugc"."projects" USING btree ("locale_tag");
--> statement-breakpoint
CREATE INDEX "projects_content_item_id_idx" ON "ugc"."projects" USING btree ("tenant_id","content_item_id");
--> statement-breakpoint
CREATE INDEX "reviews_visibility_reported_at_idx" ON "ugc"."reviews" USING btree ("tenant_id","visibility","reported_at");
--> statement-breakpoint
CREATE INDEX "reviews_version_id_idx" ON "ugc"."reviews" USING btree ("tenant_id","version_id");
--> statement-breakpoint
CREATE INDEX "reviews_reviewer_id_idx" ON "ugc"."reviews" USING btree ("tenant_id","reviewer_id");
--> statement-breakpoint
CREATE INDEX "versions_author_id_idx" ON "ugc"."versions" USING btree ("tenant_id","author_id");
--> statement-breakpoint
ALTER TABLE "auth"."user_roles" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "auth"."users" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "auth"."user_roles" ADD CONSTRAINT "user_roles_granted_by_user_id_fk" FOREIGN KEY ("tenant_id","granted_by_user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."user_roles" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "auth"."users" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "auth"."users" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "org"."departments" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "org"."departments" ADD CONSTRAINT "departments_head_user_id_fk" FOREIGN KEY ("tenant_id","head_user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."users" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "org"."departments" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "countries" ADD CONSTRAINT "countries_currency_code_fk" FOREIGN KEY ("currency_code") REFERENCES "public"."currencies"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "instances" ADD CONSTRAINT "instances_region_fk" FOREIGN KEY ("region") REFERENCES "public"."data_regions"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "locales" ADD CONSTRAINT "locales_language_code_fk" FOREIGN KEY ("language_code") REFERENCES "public"."languages"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "locales" ADD CONSTRAINT "locales_country_code_fk" FOREIGN KEY ("country_code") REFERENCES "public"."countries"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "locales" ADD CONSTRAINT "locales_fallback_tag_fk" FOREIGN KEY ("fallback_tag") REFERENCES "public"."locales"("tag") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "regulatory_frameworks" ADD CONSTRAINT "regulatory_frameworks_country_code_fk" FOREIGN KEY ("country_code") REFERENCES "public"."countries"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "tenants" ADD CONSTRAINT "tenants_region_fk" FOREIGN KEY ("region") REFERENCES "public"."data_regions"("code") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "user_roles_granted_by_user_id_idx" ON "auth"."user_roles" USING btree ("tenant_id","granted_by_user_id");
--> statement-breakpoint
CREATE INDEX "users_status_idx" ON "auth"."users" USING btree ("tenant_id","status");
--> statement-breakpoint
CREATE UNIQUE INDEX "departments_code_key" ON "org"."departments" USING btree ("tenant_id","code") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "departments_head_user_id_idx" ON "org"."departments" USING btree ("tenant_id","head_user_id");
--> statement-breakpoint
CREATE INDEX "countries_currency_code_idx" ON "countries" USING btree ("currency_code");
--> statement-breakpoint
CREATE INDEX "instances_region_idx" ON "instances" USING btree ("region");
--> statement-breakpoint
CREATE INDEX "locales_language_code_idx" ON "locales" USING btree ("language_code");
--> statement-breakpoint
CREATE INDEX "locales_country_code_idx" ON "locales" USING btree ("country_code");
--> statement-breakpoint
CREATE INDEX "locales_fallback_tag_idx" ON "locales" USING btree ("fallback_tag");
--> statement-breakpoint
CREATE INDEX "regulatory_frameworks_country_code_idx" ON "regulatory_frameworks" USING btree ("country_code");
--> statement-breakpoint
CREATE INDEX "tenants_region_idx" ON "tenants" USING btree ("region");
--> statement-breakpoint
ALTER TABLE "countries" ADD CONSTRAINT "countries_numeric_code_key" UNIQUE("numeric_code");
--> statement-breakpoint
ALTER TABLE "auth"."api_keys" ADD CONSTRAINT "api_keys_key_sha256_form_check" CHECK ("key_sha256" ~ '^[0-9a-f]{64}$');
--> statement-breakpoint
ALTER TABLE "auth"."api_keys" ADD CONSTRAINT "api_keys_key_prefix_length_check" CHECK (length("key_prefix") <= 16);
--> statement-breakpoint
ALTER TABLE "auth"."api_keys" ADD CONSTRAINT "api_keys_scopes_are_a_list_check" CHECK (jsonb_typeof("scopes") = 'array');
--> statement-breakpoint
ALTER TABLE "auth"."roles" ADD CONSTRAINT "roles_key_form_check" CHECK ("key" ~ '^[a-z][a-z0-9_]{1,62}$');
--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD CONSTRAINT "sessions_revoked_reason_check" CHECK ("revoked_reason" in ('signed_out', 'administrator', 'password_changed', 'suspended', 'identity_provider', 'replay'));
--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD CONSTRAINT "sessions_token_sha256_form_check" CHECK ("token_sha256" ~ '^[0-9a-f]{64}$');
--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD CONSTRAINT "sessions_assurance_level_range_check" CHECK ("assurance_level" between 1 and 3);
--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD CONSTRAINT "sessions_idle_before_end_check" CHECK ("idle_expires_at" <= "expires_at");
--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD CONSTRAINT "sessions_revoked_for_a_reason_check" CHECK (("revoked_at" is null) = ("revoked_reason" is null));
--> statement-breakpoint
ALTER TABLE "auth"."user_roles" ADD CONSTRAINT "user_roles_source_check" CHECK ("source" in ('direct', 'invitation', 'sso', 'scim'));
--> statement-breakpoint
ALTER TABLE "auth"."users" ADD CONSTRAINT "users_time_zone_form_check" CHECK ("time_zone" ~ '^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$');
--> statement-breakpoint
ALTER TABLE "auth"."users" ADD CONSTRAINT "users_erased_at_a_time_check" CHECK (("status" = 'erased') = ("erased_at" is not null));
--> statement-breakpoint
ALTER TABLE "countries" ADD CONSTRAINT "countries_transfer_basis_check" CHECK ("transfer_basis" in ('eea', 'adequacy_decision', 'safeguards_required'));
--> statement-breakpoint
ALTER TABLE "countries" ADD CONSTRAINT "countries_numeric_code_form_check" CHECK ("numeric_code" ~ '^[0-9]{3}$');
--> statement-breakpoint
ALTER TABLE "locales" ADD CONSTRAINT "locales_tag_form_check" CHECK ("tag" ~ '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$');
--> statement-breakpoint
ALTER TABLE "locales" ADD CONSTRAINT "locales_script_code_form_check" CHECK ("script_code" ~ '^[A-Z][a-z]{3}$');
--> statement-breakpoint
ALTER TABLE "locales" ADD CONSTRAINT "locales_not_its_own_fallback_check" CHECK ("fallback_tag" <> "tag");
--> statement-breakpoint
ALTER TABLE "regulatory_frameworks" ADD CONSTRAINT "regulatory_frameworks_kind_check" CHECK ("kind" in ('law', 'standard', 'attestation'));
--> statement-breakpoint
ALTER TABLE "regulatory_frameworks" ADD CONSTRAINT "regulatory_frameworks_retention_from_check" CHECK ("retention_from" in ('creation', 'last_effective', 'end_of_year'));
--> statement-breakpoint
ALTER TABLE "regulatory_frameworks" ADD CONSTRAINT "regulatory_frameworks_at_hand_within_retention_check" CHECK ("months_at_hand" between 1 and "retention_years" * 12);
--> statement-breakpoint
ALTER TABLE "regulatory_frameworks" ADD CONSTRAINT "regulatory_frameworks_training_interval_positive_check" CHECK ("training_interval_months" > 0);
--> statement-breakpoint
ALTER TABLE "regulatory_frameworks" ADD CONSTRAINT "regulatory_frameworks_source_url_form_check" CHECK ("source_url" ~ '^https://');
--> statement-breakpoint
ALTER TABLE "tenants" ADD CONSTRAINT "tenants_kind_check" CHECK ("kind" in ('company', 'consumers'));
--> statement-breakpoint
ALTER TABLE "admin"."audit_chain_heads" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "admin"."audit_chain_heads" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "admin"."audit_chain_heads" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT ON "admin"."audit_chain_heads" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "admin"."audit_chain_heads" IS 'Where the tenant’s audit chain stands: one row a tenant, locked and advanced by the audit log’s trigger alone.
@kind tenant
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_chain_heads"."sequence" IS 'Number of entries that the chain has; 0 before the first.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_chain_heads"."chain_sha256" IS 'SHA-256 of the last entry, which covers the one before it; all zeros before the first.';
--> statement-breakpoint
ALTER TABLE "admin"."audit_checkpoints" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "admin"."audit_checkpoints" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "admin"."audit_checkpoints" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "admin"."audit_checkpoints" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "admin"."audit_checkpoints" IS 'Signed Merkle roots over the audit log, which prove inclusion, order and completeness without the database.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_checkpoints"."sequence" IS 'Number of entries that the chain has; 0 before the first.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_checkpoints"."chain_sha256" IS 'SHA-256 of the last entry, which covers the one before it; all zeros before the first.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_checkpoints"."previous_checkpoint_id" IS 'Null for the tenant’s first.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_checkpoints"."merkle_root_sha256" IS 'Root over entries 1 to sequence, hashed as a Merkle tree of RFC 9162, section 2.1.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_checkpoints"."signature" IS 'Ed25519 (RFC 8032) over the checkpoint’s canonical JSON (RFC 8785), base64url.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_checkpoints"."signing_key_id" IS 'RFC 7638 thumbprint of the public key.';
--> statement-breakpoint
ALTER TABLE "admin"."break_glass_grants" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "admin"."break_glass_grants" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "admin"."break_glass_grants" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "admin"."break_glass_grants" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "admin"."break_glass_grants" IS 'Emergency access to the tenant, for whom, why and until when. Ended early by a later record that invalidates it.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."break_glass_grants"."operator_id" IS 'Id in the operators’ directory, which alone knows the name.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."break_glass_grants"."ticket" IS 'The case that says why in full.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."break_glass_grants"."access" IS 'Whether the operator may change what they see.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."break_glass_grants"."scopes" IS 'Permissions that are granted.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."break_glass_grants"."approver_kind" IS 'Who agreed; nobody grants access to themselves.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."break_glass_grants"."approver_id" IS 'Id in auth.users of the administrator who agreed, or in the operators’ directory.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."break_glass_grants"."expires_at" IS 'At most 24 hours after the start.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."break_glass_grants"."supersedes_id" IS 'The record that this one supersedes or invalidates.';
--> statement-breakpoint
COMMENT ON INDEX "admin"."break_glass_grants_expires_at_idx" IS 'grants that are in force';
--> statement-breakpoint
ALTER TABLE "ai"."generation_jobs" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "ai"."generation_jobs" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "ai"."generation_jobs" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "ai"."generation_jobs" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "ai"."generation_jobs" IS 'Requests to generate content: by whom, with which prompt, how far they are, and what became of them.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."generation_jobs"."requested_by_id" IS 'Null where a schedule asked.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."generation_jobs"."request_key" IS 'Given by the sender; a repeated request finds the first job.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."generation_jobs"."inputs" IS 'Values of the prompt’s placeholders, by its input schema.
Kept for telling the model what to write.
@pii free_text
@erasure replace';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."generation_jobs"."priority" IS 'Higher runs first.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."generation_jobs"."attempts" IS 'Runs so far, the present one included.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."generation_jobs"."lease_expires_at" IS 'A running job whose worker has not renewed it by then is taken by another.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."generation_jobs"."error_code" IS 'Code of the last failure; its text may quote the inputs.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."generation_jobs"."item_id" IS 'The content item that the result became a draft of.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."generation_jobs"."budget_micros" IS 'Most that its calls may cost, in millionths of the currency’s unit: a call costs less than a cent.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."generation_jobs"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON INDEX "ai"."generation_jobs_state_priority_queued_at_idx" IS 'the next job to run';
--> statement-breakpoint
COMMENT ON INDEX "ai"."generation_jobs_prompt_template_version_id_idx" IS 'rows that refer to one target, and the check of foreign key generation_jobs_prompt_template_version_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "ai"."generation_jobs_requested_by_id_idx" IS 'rows that refer to one target, and the check of foreign key generation_jobs_requested_by_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "ai"."generation_jobs_item_id_idx" IS 'rows that refer to one target, and the check of foreign key generation_jobs_item_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "ai"."generation_jobs_currency_code_idx" IS 'rows that refer to one target, and the check of foreign key generation_jobs_currency_code_fk';
--> statement-breakpoint
ALTER TABLE "ai"."generation_log" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "ai"."generation_log" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ai"."generation_log" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "ai"."generation_log" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "ai"."generation_log" IS 'Every call to a model, as Regulation (EU) 2024/1689, Art. 12, asks: which model, what it cost, how it ended.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."generation_log"."attempt" IS 'Which run of the job it belongs to, from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."generation_log"."call" IS 'Order of the call within the run, from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."generation_log"."provider" IS 'Who ran the model.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."generation_log"."model" IS 'The model’s full name, its version included.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."generation_log"."request_sha256" IS 'Hash of all that was sent.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."generation_log"."response_sha256" IS 'Hash of the answer; null where none came.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."generation_log"."exchange_object_id" IS 'Id in files.objects: request and answer, encrypted; null where the tenant keeps none.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."generation_log"."cached_input_tokens" IS 'Of the input, read from the cache.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."generation_log"."cost_micros" IS 'Price of the call in millionths of the unit of the job’s currency.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."generation_log"."latency_ms" IS 'From sending to the end of the answer.';
--> statement-breakpoint
COMMENT ON INDEX "ai"."generation_log_called_at_idx" IS 'calls and their cost over a period';
--> statement-breakpoint
COMMENT ON INDEX "ai"."generation_log_prompt_template_version_id_idx" IS 'rows that refer to one target, and the check of foreign key generation_log_prompt_template_version_id_fk';
--> statement-breakpoint
ALTER TABLE "ai"."prompt_template_versions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "ai"."prompt_template_versions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ai"."prompt_template_versions" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "ai"."prompt_template_versions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "ai"."prompt_template_versions" IS 'Every version of a prompt that was ever released to jobs, so that what was generated can be explained.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."prompt_template_versions"."revision" IS 'Counts the prompt’s versions from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."prompt_template_versions"."instructions" IS 'What the model is told before the request.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."prompt_template_versions"."template" IS 'The request, with a placeholder for each input.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."prompt_template_versions"."input_schema" IS 'JSON Schema (draft 2020-12) of the inputs that fill the placeholders.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."prompt_template_versions"."output_schema" IS 'JSON Schema that an answer must meet to be taken.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."prompt_template_versions"."temperature_permille" IS 'Sampling temperature in thousandths; null for the model’s default.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."prompt_template_versions"."prompt_sha256" IS 'SHA-256 of the canonical JSON (RFC 8785) of instructions, template, schemas and settings.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."prompt_template_versions"."author_id" IS 'Who released it; null for what the platform ships.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."prompt_template_versions"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON INDEX "ai"."prompt_template_versions_author_id_idx" IS 'rows that refer to one target, and the check of foreign key prompt_template_versions_author_id_fk';
--> statement-breakpoint
ALTER TABLE "ai"."prompt_templates" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "ai"."prompt_templates" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "ai"."prompt_templates" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "ai"."prompt_templates" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "ai"."prompt_templates" IS 'Prompts by the task that they are for, each with the draft that is being worked on.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."prompt_templates"."instructions" IS 'What the model is told before the request.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."prompt_templates"."template" IS 'The request, with a placeholder for each input.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."prompt_templates"."input_schema" IS 'JSON Schema (draft 2020-12) of the inputs that fill the placeholders.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."prompt_templates"."output_schema" IS 'JSON Schema that an answer must meet to be taken.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."prompt_templates"."active_revision" IS 'Revision in prompt_template_versions that new jobs run; null while none is approved.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."prompt_templates"."owner_id" IS 'Who answers for it; null for what the platform ships.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."prompt_templates"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."prompt_templates"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "ai"."prompt_templates_task_idx" IS 'prompts for a task';
--> statement-breakpoint
COMMENT ON INDEX "ai"."prompt_templates_owner_id_idx" IS 'rows that refer to one target, and the check of foreign key prompt_templates_owner_id_fk';
--> statement-breakpoint
ALTER TABLE "ai"."safety_findings" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "ai"."safety_findings" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ai"."safety_findings" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "ai"."safety_findings" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "ai"."safety_findings" IS 'What a safety review found: the hazard, where it stands, how sure the reviewer is, and what was done.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."safety_findings"."location" IS 'JSON Pointer (RFC 6901) into the content; empty for the whole of it.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."safety_findings"."severity" IS '1 slight to 4 severe.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."safety_findings"."score_permille" IS 'How sure the classifier is, of 1000; null where a person reviewed.';
--> statement-breakpoint
COMMENT ON INDEX "ai"."safety_findings_hazard_created_at_idx" IS 'how often a hazard is found';
--> statement-breakpoint
ALTER TABLE "ai"."safety_reviews" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "ai"."safety_reviews" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ai"."safety_reviews" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "ai"."safety_reviews" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "ai"."safety_reviews" IS 'Verdicts on whether generated content may be shown; a later verdict supersedes an earlier one.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."safety_reviews"."generation_log_id" IS 'The call whose answer is reviewed; null for content from elsewhere.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."safety_reviews"."item_version_id" IS 'Id in content.item_versions; null until the answer became a version.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."safety_reviews"."content_sha256" IS 'Hash of exactly what was reviewed: a changed text needs a new review.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."safety_reviews"."reviewer_id" IS 'The person who reviewed; null where a classifier did.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."safety_reviews"."classifier" IS 'Name and version of the program that reviewed; null where a person did.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."safety_reviews"."policy" IS 'Name and version of the safety policy that was applied.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."safety_reviews"."supersedes_id" IS 'The record that this one supersedes or invalidates.';
--> statement-breakpoint
COMMENT ON COLUMN "ai"."safety_reviews"."rationale" IS 'Kept for explaining the verdict.
@pii free_text
@erasure shred';
--> statement-breakpoint
COMMENT ON INDEX "ai"."safety_reviews_content_sha256_reviewed_at_idx" IS 'whether this very content has passed';
--> statement-breakpoint
COMMENT ON INDEX "ai"."safety_reviews_verdict_reviewed_at_idx" IS 'what waits for a person';
--> statement-breakpoint
COMMENT ON INDEX "ai"."safety_reviews_generation_log_id_idx" IS 'rows that refer to one target, and the check of foreign key safety_reviews_generation_log_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "ai"."safety_reviews_reviewer_id_idx" IS 'rows that refer to one target, and the check of foreign key safety_reviews_reviewer_id_fk';
--> statement-breakpoint
ALTER TABLE "analytics"."compliance_snapshots" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "analytics"."compliance_snapshots" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "analytics"."compliance_snapshots" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "analytics"."compliance_snapshots" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "analytics"."compliance_snapshots" IS 'How a tenant, or one of its departments, stood with a regulatory framework at the end of a period.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."compliance_snapshots"."department_id" IS 'Null for the whole tenant.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."compliance_snapshots"."period_ends_on" IS 'Last day, inclusive.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."compliance_snapshots"."people_trained" IS 'Those who had completed all that the framework asks of them.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."compliance_snapshots"."controls" IS 'Each control of the framework: met or not, and by which evidence.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."compliance_snapshots"."content_sha256" IS 'SHA-256 of the snapshot’s canonical JSON (RFC 8785).';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."compliance_snapshots"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."compliance_snapshots"."supersedes_id" IS 'The record that this one supersedes or invalidates.';
--> statement-breakpoint
COMMENT ON INDEX "analytics"."compliance_snapshots_framework_code_period_ends_on_idx" IS 'the standing with a framework over time';
--> statement-breakpoint
COMMENT ON INDEX "analytics"."compliance_snapshots_framework_code_idx" IS 'rows that refer to one target, and the check of foreign key compliance_snapshots_framework_code_fk';
--> statement-breakpoint
COMMENT ON INDEX "analytics"."compliance_snapshots_department_id_idx" IS 'rows that refer to one target, and the check of foreign key compliance_snapshots_department_id_fk';
--> statement-breakpoint
ALTER TABLE "analytics"."events" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "analytics"."events" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "analytics"."events" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "analytics"."events" TO "dmz_app";
--> statement-breakpoint
SELECT "dmz"."ensure_partitions"('analytics.events', 3);
--> statement-breakpoint
COMMENT ON TABLE "analytics"."events" IS 'What people did anywhere on the platform, as analysts may see it: by pseudonym, without free text.
@kind partitioned_log
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."events"."pseudonym_id" IS 'The person, by id in governance.pseudonyms; erasure removes what leads back (GDPR, Art. 4(5)).';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."events"."source" IS 'The module whose fact it is.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."events"."source_id" IS 'Id of the fact in its source: each is counted once.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."events"."session_id" IS 'Id in game.sessions; not a foreign key, since the log is hot and outlives sessions.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."events"."event_type" IS 'As module.object.verb.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."events"."event_data" IS 'Measures of the type and version; never names, addresses or text that people wrote.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."events"."server_time" IS 'The time of the fact at its source.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."events"."client_time" IS 'What the person’s clock said; never trusted.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."events"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON INDEX "analytics"."events_event_type_server_time_idx" IS 'events of one type over a time';
--> statement-breakpoint
COMMENT ON INDEX "analytics"."events_pseudonym_id_server_time_idx" IS 'what one person did over a time';
--> statement-breakpoint
ALTER TABLE "analytics"."experiment_assignments" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "analytics"."experiment_assignments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "analytics"."experiment_assignments" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "analytics"."experiment_assignments" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "analytics"."experiment_assignments" IS 'Which variant a person sees in an experiment; it stays the same however often they come.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."experiment_assignments"."pseudonym_id" IS 'The person, by id in governance.pseudonyms; erasure removes what leads back (GDPR, Art. 4(5)).';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."experiment_assignments"."exposed_at" IS 'When they first saw it: only then do they count.';
--> statement-breakpoint
COMMENT ON INDEX "analytics"."experiment_assignments_pseudonym_id_idx" IS 'the experiments that a person takes part in';
--> statement-breakpoint
COMMENT ON INDEX "analytics"."experiment_assignments_variant_id_idx" IS 'rows that refer to one target, and the check of foreign key experiment_assignments_variant_id_fk';
--> statement-breakpoint
ALTER TABLE "analytics"."experiments" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "analytics"."experiments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "analytics"."experiments" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "analytics"."experiments" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "analytics"."experiments" IS 'Controlled comparisons of variants, each with the question it is to answer, stated before it starts.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."experiments"."key" IS 'Stable name that code asks by.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."experiments"."hypothesis" IS 'What is expected, in a sentence.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."experiments"."primary_metric" IS 'The measure that decides it.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."experiments"."salt" IS 'Hashed with the pseudonym to choose a variant, so that experiments are independent.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."experiments"."traffic_basis_points" IS 'Share of people who take part, in hundredths of a percent.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."experiments"."minimum_sample" IS 'People a variant before it is looked at, from the power analysis.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."experiments"."conclusion" IS 'What was found, in a sentence.';
--> statement-breakpoint
COMMENT ON INDEX "analytics"."experiments_status_idx" IS 'experiments that are running';
--> statement-breakpoint
ALTER TABLE "analytics"."player_profiles" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "analytics"."player_profiles" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "analytics"."player_profiles" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "analytics"."player_profiles" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "analytics"."player_profiles" IS 'How well each person recognises deception, folded from the events; can be emptied and rebuilt.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."player_profiles"."pseudonym_id" IS 'The person, by id in governance.pseudonyms; erasure removes what leads back (GDPR, Art. 4(5)).';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."player_profiles"."department_id" IS 'For reports on groups.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."player_profiles"."decisions" IS 'Decisions that the rates are of.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."player_profiles"."model_version" IS 'Version of the fold that made it.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."player_profiles"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."player_profiles"."accuracy_permille" IS 'Kept for right decisions in a thousand.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."player_profiles"."missed_permille" IS 'Kept for deceptive e-mails let through, in a thousand of them.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."player_profiles"."false_alarm_permille" IS 'Kept for honest e-mails kept out, in a thousand of them.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."player_profiles"."median_decision_ms" IS 'Kept for half of the decisions are faster.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."player_profiles"."risk_band" IS 'Kept for offering training to those who need it most.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."player_profiles"."competencies" IS 'Kept for mastery of each technique, for adaptive difficulty.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."player_profiles"."last_active_at" IS 'Kept for knowing who has stopped playing.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON INDEX "analytics"."player_profiles_department_id_risk_band_idx" IS 'people of a department by risk';
--> statement-breakpoint
ALTER TABLE "analytics"."projection_cursors" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "analytics"."projection_cursors" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "analytics"."projection_cursors" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "analytics"."projection_cursors" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "analytics"."projection_cursors" IS 'How far each consumer has read each session; moved in the transaction of the effect, so none is lost or doubled.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."projection_cursors"."consumer" IS 'Stable name of the projection that reads.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."projection_cursors"."sequence" IS 'The last sequence handled; 0 before the first.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."projection_cursors"."projection_version" IS 'Version of the consumer; a newer one reads again from the start.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."projection_cursors"."failed_at" IS 'When the next event could not be handled; null while all is well.';
--> statement-breakpoint
COMMENT ON INDEX "analytics"."projection_cursors_consumer_failed_at_idx" IS 'sessions that a consumer is stuck at';
--> statement-breakpoint
COMMENT ON INDEX "analytics"."projection_cursors_session_id_idx" IS 'rows that refer to one target, and the check of foreign key projection_cursors_session_id_fk';
--> statement-breakpoint
ALTER TABLE "analytics"."variants" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "analytics"."variants" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "analytics"."variants" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "analytics"."variants" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "analytics"."variants" IS 'What an experiment compares: one control, and what is tried against it.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."variants"."key" IS 'Stable name that code switches on.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."variants"."control" IS 'What the others are compared with.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."variants"."weight" IS 'Share of the participants, relative to the other weights.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."variants"."configuration" IS 'What is different under it.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."variants"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
ALTER TABLE "auth"."abac_policies" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."abac_policies" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."abac_policies" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."abac_policies" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."abac_policies" IS 'Rules that permit or deny an act by attributes of the person, of what is acted on, and of the circumstances.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."abac_policies"."permission_key" IS 'The act that it is about; null for every act.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."abac_policies"."condition" IS 'Expression over subject, resource and environment attributes; an empty one always holds.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."abac_policies"."priority" IS 'Order of evaluation, lowest first.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."abac_policies"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON INDEX "auth"."abac_policies_permission_key_idx" IS 'rows that refer to one target, and the check of foreign key abac_policies_permission_key_fk';
--> statement-breakpoint
ALTER TABLE "auth"."abac_policy_bindings" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."abac_policy_bindings" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."abac_policy_bindings" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."abac_policy_bindings" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."abac_policy_bindings" IS 'Whom a policy is for. One without a binding has no effect.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."abac_policy_bindings"."subject_id" IS 'Id in the table of that kind: org.departments, org.teams or one of auth; for everybody the tenant’s own.';
--> statement-breakpoint
COMMENT ON INDEX "auth"."abac_policy_bindings_subject_kind_subject_id_idx" IS 'policies for one person, role, team or department';
--> statement-breakpoint
ALTER TABLE "auth"."identities" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."identities" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."identities" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."identities" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."identities" IS 'Who a person is at an identity provider: what a sign-in there is recognised by.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."identities"."subject" IS 'SAML: NameID. OIDC: sub, never reassigned (OpenID Connect Core, section 5.7).
Kept for recognising a sign-in through the provider.
@pii identity
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."identities"."email" IS 'As the provider last asserted it; never what a person is found by.
Kept for noticing that the provider’s address changed.
@pii contact
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."identities"."last_used_at" IS 'Kept for finding what is no longer used.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON INDEX "auth"."identities_user_id_idx" IS 'rows that refer to one target, and the check of foreign key identities_user_id_fk';
--> statement-breakpoint
ALTER TABLE "auth"."invitations" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."invitations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."invitations" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."invitations" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."invitations" IS 'People who were asked to join a tenant, and what became of it.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."invitations"."role_id" IS 'Role that the person gets on joining.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."invitations"."department_id" IS 'Id in org.departments that the person joins.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."invitations"."team_id" IS 'Id in org.teams that the person joins.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."invitations"."locale_tag" IS 'Language of the invitation; null for the tenant’s own.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."invitations"."invited_by_user_id" IS 'Null where a program invited.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."invitations"."email" IS 'Kept for sending the invitation.
@pii contact
@erasure replace';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."invitations"."message" IS 'Kept for greeting in the words of who invites.
@pii free_text
@erasure null';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."invitations"."token_sha256" IS 'Kept for recognising the link that was sent.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON INDEX "auth"."invitations_email_idx" IS 'the invitations of an address';
--> statement-breakpoint
COMMENT ON INDEX "auth"."invitations_role_id_idx" IS 'rows that refer to one target, and the check of foreign key invitations_role_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "auth"."invitations_locale_tag_idx" IS 'rows that refer to one target, and the check of foreign key invitations_locale_tag_fk';
--> statement-breakpoint
COMMENT ON INDEX "auth"."invitations_invited_by_user_id_idx" IS 'rows that refer to one target, and the check of foreign key invitations_invited_by_user_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "auth"."invitations_accepted_by_user_id_idx" IS 'rows that refer to one target, and the check of foreign key invitations_accepted_by_user_id_fk';
--> statement-breakpoint
ALTER TABLE "auth"."mfa_factors" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."mfa_factors" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."mfa_factors" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."mfa_factors" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."mfa_factors" IS 'Second factors other than passkeys: one-time passwords, and codes sent to a telephone or mailbox.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."mfa_factors"."secret_ciphertext" IS 'Encrypted (AES-256-GCM) with the key that `key_id` names.
Kept for computing one-time passwords (RFC 6238).
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."mfa_factors"."key_id" IS 'Id in governance.subject_keys; null where nothing here is encrypted.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."mfa_factors"."phone_number" IS 'E.164, with its plus sign.
Kept for sending a sign-in code.
@pii contact
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."mfa_factors"."last_step" IS 'Last time step that was accepted, so that a code works once (RFC 6238, section 5.2).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."mfa_factors"."label" IS 'Kept for telling one’s factors apart.
@pii free_text
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."mfa_factors"."last_used_at" IS 'Kept for finding what is no longer used.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON INDEX "auth"."mfa_factors_user_id_idx" IS 'rows that refer to one target, and the check of foreign key mfa_factors_user_id_fk';
--> statement-breakpoint
ALTER TABLE "auth"."oauth_clients" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."oauth_clients" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."oauth_clients" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."oauth_clients" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."oauth_clients" IS 'Applications that may ask for access tokens (OAuth 2.0, RFC 6749), by their metadata (RFC 7591, section 2).
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."oauth_clients"."client_id" IS 'Public identifier, never reused.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."oauth_clients"."owner_user_id" IS 'The person who answers for it; null once nobody does.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."oauth_clients"."confidentiality" IS 'Whether it can keep a secret (RFC 6749, section 2.1).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."oauth_clients"."endpoint_auth_method" IS 'token_endpoint_auth_method (RFC 7591, section 2).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."oauth_clients"."jwks_uri" IS 'Where its public keys are, with private_key_jwt.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."oauth_clients"."grant_types" IS 'authorization_code, refresh_token or client_credentials; the implicit and password grants are gone (RFC 9700).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."oauth_clients"."scopes" IS 'Permissions that it may ask for at most.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."oauth_clients"."client_secret_sha256" IS 'Kept for recognising the application.
@pii credential
@erasure null';
--> statement-breakpoint
COMMENT ON INDEX "auth"."oauth_clients_owner_user_id_idx" IS 'rows that refer to one target, and the check of foreign key oauth_clients_owner_user_id_fk';
--> statement-breakpoint
ALTER TABLE "auth"."oauth_grants" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."oauth_grants" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."oauth_grants" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."oauth_grants" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."oauth_grants" IS 'What a person let an application do on their behalf.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."oauth_grants"."scopes" IS 'Permissions that the person agreed to.';
--> statement-breakpoint
COMMENT ON INDEX "auth"."oauth_grants_oauth_client_id_idx" IS 'rows that refer to one target, and the check of foreign key oauth_grants_oauth_client_id_fk';
--> statement-breakpoint
ALTER TABLE "auth"."oauth_redirect_uris" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."oauth_redirect_uris" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."oauth_redirect_uris" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."oauth_redirect_uris" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."oauth_redirect_uris" IS 'Where an application’s users may be sent back to; compared character by character (RFC 9700, section 2.1).
@kind tenant
@retention tenant';
--> statement-breakpoint
ALTER TABLE "auth"."oauth_refresh_tokens" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."oauth_refresh_tokens" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."oauth_refresh_tokens" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."oauth_refresh_tokens" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."oauth_refresh_tokens" IS 'Refresh tokens, each used once; a second use revokes its whole family (RFC 9700, section 4.14.2).
@kind tenant
@retention operational';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."oauth_refresh_tokens"."family_id" IS 'Common to all tokens that descend from one sign-in.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."oauth_refresh_tokens"."used_at" IS 'When it was exchanged for the next one.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."oauth_refresh_tokens"."token_sha256" IS 'Kept for recognising the application’s session.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."oauth_refresh_tokens"."ip_address" IS 'Kept for noticing a stolen token.
@pii network
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."oauth_refresh_tokens"."user_agent" IS 'Kept for noticing a stolen token.
@pii network
@erasure delete_row';
--> statement-breakpoint
COMMENT ON INDEX "auth"."oauth_refresh_tokens_family_id_idx" IS 'the family of a token that was used twice';
--> statement-breakpoint
COMMENT ON INDEX "auth"."oauth_refresh_tokens_expires_at_idx" IS 'tokens that have expired, to be removed';
--> statement-breakpoint
COMMENT ON INDEX "auth"."oauth_refresh_tokens_oauth_grant_id_idx" IS 'rows that refer to one target, and the check of foreign key oauth_refresh_tokens_oauth_grant_id_fk';
--> statement-breakpoint
ALTER TABLE "auth"."one_time_tokens" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."one_time_tokens" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."one_time_tokens" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."one_time_tokens" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."one_time_tokens" IS 'Links sent to a person that work once: to confirm an address, reset a password or sign in.
@kind tenant
@retention operational';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."one_time_tokens"."email" IS 'A link is void once the person’s address is another.
Kept for tying the link to the address it went to.
@pii contact
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."one_time_tokens"."token_sha256" IS 'Kept for recognising the link.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON INDEX "auth"."one_time_tokens_expires_at_idx" IS 'links that have expired, to be removed';
--> statement-breakpoint
COMMENT ON INDEX "auth"."one_time_tokens_user_id_idx" IS 'rows that refer to one target, and the check of foreign key one_time_tokens_user_id_fk';
--> statement-breakpoint
ALTER TABLE "auth"."password_credentials" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."password_credentials" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."password_credentials" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."password_credentials" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."password_credentials" IS 'The password of each person who signs in with one, and how often it was lately mistaken.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."password_credentials"."password_hash" IS 'Salted hash in PHC string format, such as $argon2id$v=19$…
Kept for checking a password.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."password_credentials"."compromised_at" IS 'When it was found in a list of breached passwords (NIST SP 800-63B, section 5.1.1.2).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."password_credentials"."failed_attempts" IS 'Consecutive failures since the last success.';
--> statement-breakpoint
ALTER TABLE "auth"."password_history" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."password_history" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "auth"."password_history" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "auth"."password_history" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."password_history" IS 'Passwords that a person had, so that one is not chosen again, and why each was set.
@kind append_only
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."password_history"."password_hash_ciphertext" IS 'The PHC string, encrypted with the person’s key.
Kept for refusing a password that was used before.
@pii credential
@erasure shred';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."password_history"."key_id" IS 'Id in governance.subject_keys.';
--> statement-breakpoint
COMMENT ON INDEX "auth"."password_history_user_id_created_at_idx" IS 'a person’s past passwords, newest first';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."permissions" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT ON "auth"."permissions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."permissions" IS 'Everything that can be allowed, as code asks for it.
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."permissions"."key" IS 'module.resource.action, such as training.certificates.issue.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."permissions"."module" IS 'Module that asks for it.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."permissions"."description" IS 'What it allows, for the person who grants it.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."permissions"."sensitive" IS 'Asks for a recent sign-in at assurance level 2 (NIST SP 800-63B).';
--> statement-breakpoint
ALTER TABLE "auth"."recovery_codes" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."recovery_codes" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."recovery_codes" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."recovery_codes" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."recovery_codes" IS 'Codes that let a person in once when the other factors are lost.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."recovery_codes"."code_hash" IS 'Salted hash in PHC string format.
Kept for letting in a person who lost their factors.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON INDEX "auth"."recovery_codes_user_id_idx" IS 'rows that refer to one target, and the check of foreign key recovery_codes_user_id_fk';
--> statement-breakpoint
ALTER TABLE "auth"."role_permissions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."role_permissions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."role_permissions" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."role_permissions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."role_permissions" IS 'Which permission belongs to which role.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON INDEX "auth"."role_permissions_permission_key_idx" IS 'rows that refer to one target, and the check of foreign key role_permissions_permission_key_fk';
--> statement-breakpoint
ALTER TABLE "auth"."scim_connections" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."scim_connections" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."scim_connections" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."scim_connections" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."scim_connections" IS 'Directories that keep a tenant’s people up to date (SCIM 2.0, RFC 7643 and 7644).
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."scim_connections"."sso_connection_id" IS 'How the people it provisions sign in.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."scim_connections"."token_sha256" IS 'SHA-256 of the bearer token (RFC 7644, section 2).
Kept for recognising the directory.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."scim_connections"."on_deprovision" IS 'What happens to a person whom the directory deactivates or deletes.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."scim_connections"."attribute_mapping" IS 'Which attribute or claim of theirs fills which of ours.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."scim_connections"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON INDEX "auth"."scim_connections_sso_connection_id_idx" IS 'rows that refer to one target, and the check of foreign key scim_connections_sso_connection_id_fk';
--> statement-breakpoint
ALTER TABLE "auth"."scim_users" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."scim_users" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."scim_users" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."scim_users" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."scim_users" IS 'Which person a directory means by which of its records.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."scim_users"."external_id" IS 'The directory’s own identifier (RFC 7643, section 3.1).
Kept for matching the directory’s records.
@pii identity
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."scim_users"."user_name" IS 'userName, unique at the directory without regard to case (RFC 7643, section 4.1.1).
Kept for matching the directory’s records.
@pii identity
@erasure delete_row';
--> statement-breakpoint
COMMENT ON INDEX "auth"."scim_users_user_id_idx" IS 'rows that refer to one target, and the check of foreign key scim_users_user_id_fk';
--> statement-breakpoint
ALTER TABLE "auth"."sso_certificates" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."sso_certificates" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."sso_certificates" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."sso_certificates" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."sso_certificates" IS 'Certificates that SAML messages are checked and encrypted with; several at once while one is replaced.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_certificates"."certificate" IS 'X.509, PEM.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_certificates"."certificate_sha256" IS 'SHA-256 of the DER form.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_certificates"."private_key_ciphertext" IS 'PKCS #8, encrypted with the key that `key_id` names; null for the provider’s certificates.
Kept for signing requests and reading encrypted assertions.
@pii credential
@erasure null';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_certificates"."key_id" IS 'Id of the tenant’s key; null where nothing here is encrypted.';
--> statement-breakpoint
COMMENT ON INDEX "auth"."sso_certificates_not_after_idx" IS 'certificates that expire soon';
--> statement-breakpoint
ALTER TABLE "auth"."sso_connections" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."sso_connections" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."sso_connections" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."sso_connections" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."sso_connections" IS 'Identity providers that a tenant’s people sign in with.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."issuer" IS 'SAML: entityID of the provider (saml-core, section 8.3.6). OIDC: issuer identifier (Discovery 1.0, section 3).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."sso_url" IS 'SAML: SingleSignOnService of the provider; OIDC discovers its own.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."slo_url" IS 'SAML: SingleLogoutService of the provider.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."name_id_format" IS 'SAML: NameIDPolicy that is asked for (saml-core, section 8.3).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."requests_signed" IS 'SAML: AuthnRequestsSigned.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."assertions_encrypted" IS 'SAML: an unencrypted assertion is refused. An unsigned one always is.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."idp_initiated" IS 'SAML: whether a response that nobody asked for is accepted (saml-profiles, section 4.1.5).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."client_id" IS 'OIDC: the platform’s client identifier at the provider.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."client_secret_ciphertext" IS 'OIDC: encrypted with the key that `key_id` names; null with private_key_jwt.
Kept for redeeming a code at the provider.
@pii credential
@erasure null';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."key_id" IS 'Id of the tenant’s key; null where nothing here is encrypted.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."scopes" IS 'OIDC: separated by spaces.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."attribute_mapping" IS 'Which attribute or claim of theirs fills which of ours.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."creates_users" IS 'Whether somebody unknown is made a user at the first sign-in.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."default_role_id" IS 'Role of a user who is made so.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON INDEX "auth"."sso_connections_default_role_id_idx" IS 'rows that refer to one target, and the check of foreign key sso_connections_default_role_id_fk';
--> statement-breakpoint
ALTER TABLE "auth"."sso_group_roles" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."sso_group_roles" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."sso_group_roles" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."sso_group_roles" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."sso_group_roles" IS 'Which role a group of the identity provider gives.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_group_roles"."group_name" IS 'As the provider sends it.';
--> statement-breakpoint
COMMENT ON INDEX "auth"."sso_group_roles_role_id_idx" IS 'rows that refer to one target, and the check of foreign key sso_group_roles_role_id_fk';
--> statement-breakpoint
ALTER TABLE "auth"."user_profiles" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."user_profiles" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."user_profiles" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."user_profiles" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."user_profiles" IS 'What a person or their directory tells of them beyond the name shown (RFC 7643, section 4.1).
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."user_profiles"."handle" IS 'Name in play, lower case; null until one is chosen.
Kept for shown to other players instead of the name.
@pii identity
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."user_profiles"."phone_number" IS 'E.164, with its plus sign.
Kept for reaching the person, and simulated calls.
@pii contact
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."user_profiles"."avatar_object_id" IS 'Id in files.objects.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."user_profiles"."accessibility" IS 'Choices such as reduced motion, contrast and text size; they can tell of health (GDPR Art. 9).
Kept for showing everything the way the person can use it.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."user_profiles"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."user_profiles"."given_name" IS 'Kept for addressing the person.
@pii identity
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."user_profiles"."middle_name" IS 'Kept for addressing the person.
@pii identity
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."user_profiles"."family_name" IS 'Kept for addressing the person.
@pii identity
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."user_profiles"."honorific_prefix" IS 'Kept for addressing the person.
@pii identity
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."user_profiles"."honorific_suffix" IS 'Kept for addressing the person.
@pii identity
@erasure delete_row';
--> statement-breakpoint
ALTER TABLE "auth"."webauthn_credentials" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."webauthn_credentials" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."webauthn_credentials" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."webauthn_credentials" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."webauthn_credentials" IS 'Passkeys and security keys that people registered (WebAuthn Level 2, section 7.1).
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."credential_id" IS 'Base64url without padding; at most 1023 bytes (section 4, Credential ID).
Kept for finding the key that answered.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."user_handle" IS 'Random, at most 64 bytes, base64url; tells nothing of the person (section 14.6.1).
Kept for finding the person of a passkey.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."public_key" IS 'COSE_Key (RFC 9052, section 7), base64url.
Kept for checking an assertion.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."algorithm" IS 'COSE algorithm, such as -7 for ES256 (RFC 9053).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."sign_count" IS 'Last signature counter; one that does not grow hints at a cloned key (section 6.1.1).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."aaguid" IS 'Model of the authenticator; null where it was not told.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."rp_id" IS 'Relying party ID that the key is bound to.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."transports" IS 'How the authenticator is reached: usb, nfc, ble, internal, hybrid (section 5.8.4).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."attestation_format" IS 'Section 8.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."discoverable" IS 'Signs in without a name typed first.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."user_verified" IS 'Asks for a gesture or code of the person.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."label" IS 'Kept for telling one’s keys apart.
@pii free_text
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."last_used_at" IS 'Kept for finding what is no longer used.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON INDEX "auth"."webauthn_credentials_user_handle_idx" IS 'the person of a passkey';
--> statement-breakpoint
COMMENT ON INDEX "auth"."webauthn_credentials_user_id_idx" IS 'rows that refer to one target, and the check of foreign key webauthn_credentials_user_id_fk';
--> statement-breakpoint
ALTER TABLE "billing"."accounts" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "billing"."accounts" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "billing"."accounts" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "billing"."accounts" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "billing"."accounts" IS 'Whom a tenant’s invoices are made out to.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."accounts"."locality" IS 'City or town.
Kept for making out invoices.
@pii contact
@erasure replace';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."accounts"."tax_number" IS 'VAT identification number or the like, as checked with the authority.
Kept for reverse charge and tax returns.
@pii identity
@erasure null';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."accounts"."purchase_order" IS 'What the tenant wants printed on its invoices.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."accounts"."provider_reference" IS 'Its id at the payment provider; null where none is involved.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."accounts"."legal_name" IS 'Kept for making out invoices.
@pii identity
@erasure replace';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."accounts"."billing_email" IS 'Kept for making out invoices.
@pii contact
@erasure replace';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."accounts"."street_address" IS 'Kept for making out invoices.
@pii contact
@erasure replace';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."accounts"."postal_code" IS 'Kept for making out invoices.
@pii contact
@erasure replace';
--> statement-breakpoint
COMMENT ON INDEX "billing"."accounts_country_code_idx" IS 'rows that refer to one target, and the check of foreign key accounts_country_code_fk';
--> statement-breakpoint
COMMENT ON INDEX "billing"."accounts_currency_code_idx" IS 'rows that refer to one target, and the check of foreign key accounts_currency_code_fk';
--> statement-breakpoint
ALTER TABLE "billing"."entitlements" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "billing"."entitlements" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "billing"."entitlements" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "billing"."entitlements" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "billing"."entitlements" IS 'What a tenant may use now, and how much of it: the one place that features are asked for.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."entitlements"."subscription_id" IS 'The subscription it comes from, if any.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."entitlements"."license_key_id" IS 'The license it comes from, if any.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."entitlements"."quantity" IS 'Null for a switch, and for as much as is wanted.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."entitlements"."valid_until" IS 'Null without an end.';
--> statement-breakpoint
COMMENT ON INDEX "billing"."entitlements_feature_key_idx" IS 'rows that refer to one target, and the check of foreign key entitlements_feature_key_fk';
--> statement-breakpoint
COMMENT ON INDEX "billing"."entitlements_subscription_id_idx" IS 'rows that refer to one target, and the check of foreign key entitlements_subscription_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "billing"."entitlements_license_key_id_idx" IS 'rows that refer to one target, and the check of foreign key entitlements_license_key_id_fk';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "billing"."features" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT ON "billing"."features" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "billing"."features" IS 'What a plan can contain: a thing that is there or not, or one that is counted.
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."features"."key" IS 'module.feature, such as phishing.campaigns.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."features"."measure" IS 'There or not; there up to a number; or paid by use.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."features"."unit" IS 'What is counted, such as seats or GiB; null for a switch.';
--> statement-breakpoint
ALTER TABLE "billing"."invoice_lines" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "billing"."invoice_lines" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "billing"."invoice_lines" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "billing"."invoice_lines" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "billing"."invoice_lines" IS 'The positions of an invoice, which add up to its amounts.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."invoice_lines"."feature_key" IS 'What was used, on a line of usage.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."invoice_lines"."description" IS 'As printed; names no person.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."invoice_lines"."quantity_milli" IS 'In thousandths, so that half a month of a seat is 500.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."invoice_lines"."unit_minor" IS 'Price of one, in minor units, without tax.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."invoice_lines"."net_minor" IS 'Without tax, in minor units; negative on a credit note.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."invoice_lines"."tax_basis_points" IS 'Tax rate in hundredths of a per cent: 1900 is 19 %.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."invoice_lines"."period_end" IS 'The first instant that is no longer of it.';
--> statement-breakpoint
COMMENT ON INDEX "billing"."invoice_lines_feature_key_idx" IS 'rows that refer to one target, and the check of foreign key invoice_lines_feature_key_fk';
--> statement-breakpoint
ALTER TABLE "billing"."invoices" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "billing"."invoices" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "billing"."invoices" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "billing"."invoices" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "billing"."invoices" IS 'Invoices and credit notes as they were issued (Directive 2006/112/EC, Art. 226). A credit note supersedes what it corrects.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."invoices"."subscription_id" IS 'Null for what is no subscription’s.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."invoices"."number" IS 'Sequential and unique, as printed (Art. 226(2)).';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."invoices"."period_end" IS 'The first instant that is no longer of it.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."invoices"."net_minor" IS 'Without tax, in minor units; negative on a credit note.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."invoices"."total_minor" IS 'Net and tax.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."invoices"."buyer_ciphertext" IS 'Name, address and tax number as printed: JSON, encrypted with the key that `key_id` names.
Kept for proving who was billed, as long as tax law asks.
@pii identity
@erasure shred';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."invoices"."key_id" IS 'Id of the tenant’s key, destroyed when the tax law’s period is over.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."invoices"."tax_note" IS 'Why no tax was charged, such as reverse charge (Art. 226(11a)).';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."invoices"."document_object_id" IS 'The document that was sent.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."invoices"."supersedes_id" IS 'The record that this one supersedes or invalidates.';
--> statement-breakpoint
COMMENT ON INDEX "billing"."invoices_issued_on_idx" IS 'a tenant’s invoices, newest first';
--> statement-breakpoint
COMMENT ON INDEX "billing"."invoices_account_id_idx" IS 'rows that refer to one target, and the check of foreign key invoices_account_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "billing"."invoices_subscription_id_idx" IS 'rows that refer to one target, and the check of foreign key invoices_subscription_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "billing"."invoices_currency_code_idx" IS 'rows that refer to one target, and the check of foreign key invoices_currency_code_fk';
--> statement-breakpoint
COMMENT ON INDEX "billing"."invoices_document_object_id_idx" IS 'rows that refer to one target, and the check of foreign key invoices_document_object_id_fk';
--> statement-breakpoint
ALTER TABLE "billing"."license_keys" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "billing"."license_keys" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "billing"."license_keys" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "billing"."license_keys" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "billing"."license_keys" IS 'Keys that entitle an installation of a tenant’s own to a plan, also where it cannot ask the platform.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."license_keys"."signature" IS 'Ed25519 (RFC 8032) over the license’s canonical JSON (RFC 8785), base64url.
Kept for proving the license without asking the platform.
@pii credential
@erasure replace';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."license_keys"."issued_to_user_id" IS 'The person who received the key.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."license_keys"."key_sha256" IS 'Kept for recognising an installation.
@pii credential
@erasure replace';
--> statement-breakpoint
COMMENT ON INDEX "billing"."license_keys_plan_code_idx" IS 'rows that refer to one target, and the check of foreign key license_keys_plan_code_fk';
--> statement-breakpoint
COMMENT ON INDEX "billing"."license_keys_issued_to_user_id_idx" IS 'rows that refer to one target, and the check of foreign key license_keys_issued_to_user_id_fk';
--> statement-breakpoint
ALTER TABLE "billing"."payments" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "billing"."payments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "billing"."payments" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "billing"."payments" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "billing"."payments" IS 'Money that moved for an invoice. What is still owed is its total less the sum of these.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."payments"."amount_minor" IS 'In minor units; negative where money went back.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."payments"."provider_reference" IS 'Its id at the payment provider; null where none is involved.';
--> statement-breakpoint
COMMENT ON INDEX "billing"."payments_invoice_id_idx" IS 'rows that refer to one target, and the check of foreign key payments_invoice_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "billing"."payments_currency_code_idx" IS 'rows that refer to one target, and the check of foreign key payments_currency_code_fk';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "billing"."plan_features" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT ON "billing"."plan_features" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "billing"."plan_features" IS 'What a plan contains, and how much of it.
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."plan_features"."quantity" IS 'Null for a switch, and for as much as is wanted.';
--> statement-breakpoint
COMMENT ON INDEX "billing"."plan_features_feature_key_idx" IS 'rows that refer to one target, and the check of foreign key plan_features_feature_key_fk';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "billing"."plan_prices" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT ON "billing"."plan_prices" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "billing"."plan_prices" IS 'What a seat of a plan costs, by currency, interval and the day from which the price holds.
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."plan_prices"."seat_minor" IS 'Per seat and interval, in minor units, without tax.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."plan_prices"."valid_until" IS 'Last day; null while it holds.';
--> statement-breakpoint
COMMENT ON INDEX "billing"."plan_prices_currency_code_idx" IS 'rows that refer to one target, and the check of foreign key plan_prices_currency_code_fk';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "billing"."plans" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT ON "billing"."plans" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "billing"."plans" IS 'Plans that tenants can subscribe to.
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."plans"."position" IS 'Order in which plans are shown, smallest first.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."plans"."isolation" IS 'How its tenants are kept apart, as public.tenants.tier.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."plans"."max_seats" IS 'Null without a limit.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."plans"."is_public" IS 'Whether a tenant can choose it alone; others are agreed on.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."plans"."details" IS 'What the price page shows beyond features and limits.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."plans"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
ALTER TABLE "billing"."subscriptions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "billing"."subscriptions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "billing"."subscriptions" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "billing"."subscriptions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "billing"."subscriptions" IS 'Plans that a tenant subscribed to, at the price that was agreed.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."subscriptions"."seat_minor" IS 'Agreed per seat and interval, in minor units, without tax.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."subscriptions"."period_end" IS 'The first instant that is no longer of it.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."subscriptions"."cancel_at" IS 'When it ends as things stand; null while it renews itself.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."subscriptions"."provider_reference" IS 'Its id at the payment provider; null where none is involved.';
--> statement-breakpoint
COMMENT ON INDEX "billing"."subscriptions_status_period_end_idx" IS 'subscriptions to renew or to end';
--> statement-breakpoint
COMMENT ON INDEX "billing"."subscriptions_account_id_idx" IS 'rows that refer to one target, and the check of foreign key subscriptions_account_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "billing"."subscriptions_plan_code_idx" IS 'rows that refer to one target, and the check of foreign key subscriptions_plan_code_fk';
--> statement-breakpoint
COMMENT ON INDEX "billing"."subscriptions_currency_code_idx" IS 'rows that refer to one target, and the check of foreign key subscriptions_currency_code_fk';
--> statement-breakpoint
ALTER TABLE "billing"."usage_records" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "billing"."usage_records" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "billing"."usage_records" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "billing"."usage_records" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "billing"."usage_records" IS 'How much of a metered feature a tenant used. What was counted wrongly is superseded.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."usage_records"."period_end" IS 'The first instant that is no longer of it.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."usage_records"."source_key" IS 'Names the count that it reports, so that the same one reported twice is kept once.';
--> statement-breakpoint
COMMENT ON COLUMN "billing"."usage_records"."supersedes_id" IS 'The record that this one supersedes or invalidates.';
--> statement-breakpoint
COMMENT ON INDEX "billing"."usage_records_subscription_id_feature_key_period_start_idx" IS 'usage to be billed for a period';
--> statement-breakpoint
COMMENT ON INDEX "billing"."usage_records_feature_key_idx" IS 'rows that refer to one target, and the check of foreign key usage_records_feature_key_fk';
--> statement-breakpoint
ALTER TABLE "content"."assets" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "content"."assets" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "content"."assets" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "content"."assets" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "content"."assets" IS 'Images, sounds, films and typefaces that content shows; the bytes are an object of files.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "content"."assets"."key" IS 'Stable name that content refers to it by.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."assets"."object_id" IS 'The bytes, with their type, size and hash.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."assets"."alt_text" IS 'What it shows, in words (WCAG 2.2, success criterion 1.1.1); empty for what only decorates.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."assets"."licence" IS 'SPDX licence expression, or LicenseRef-… of the tenant’s.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."assets"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."assets"."attribution" IS 'Kept for naming the author, as the licence asks.
@pii identity
@erasure null';
--> statement-breakpoint
COMMENT ON INDEX "content"."assets_object_id_idx" IS 'rows that refer to one target, and the check of foreign key assets_object_id_fk';
--> statement-breakpoint
ALTER TABLE "content"."content_packs" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "content"."content_packs" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "content"."content_packs" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "content"."content_packs" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "content"."content_packs" IS 'Packs of content by name and number; once released, a pack keeps its content for good.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "content"."content_packs"."name" IS 'Name that the numbers count under, such as base.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."content_packs"."number" IS 'Counts the pack’s releases from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."content_packs"."pack_version" IS 'Pack and version that a session names, such as base@1.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."content_packs"."licence" IS 'SPDX licence expression; null for the tenant’s own.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."content_packs"."manifest_sha256" IS 'SHA-256 over the hashes of all that it holds, in the order of their keys; null while a draft.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."content_packs"."withdrawn_at" IS 'From then on no new session takes it; old ones still replay.';
--> statement-breakpoint
COMMENT ON INDEX "content"."content_packs_released_by_id_idx" IS 'rows that refer to one target, and the check of foreign key content_packs_released_by_id_fk';
--> statement-breakpoint
ALTER TABLE "content"."document_templates" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "content"."document_templates" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "content"."document_templates" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "content"."document_templates" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "content"."document_templates" IS 'The papers that a verification can bring, genuine and forged: extracts, transcripts, traces, identity papers.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "content"."document_templates"."pack_version" IS 'Pack and version that a session names, such as base@1.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."document_templates"."supports" IS 'What the paper, read carefully, speaks for.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."document_templates"."difficulty" IS 'How hard it is to read: 1 plain to 5 expert.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."document_templates"."template" IS 'Text with its placeholders, and what gives a forgery away.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."document_templates"."template_sha256" IS 'SHA-256 of the template’s canonical JSON (RFC 8785).';
--> statement-breakpoint
COMMENT ON COLUMN "content"."document_templates"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
ALTER TABLE "content"."item_versions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "content"."item_versions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "content"."item_versions" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "content"."item_versions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "content"."item_versions" IS 'Every version of an item, as it was when it was frozen for review or release.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "content"."item_versions"."revision" IS 'Counts the item’s versions from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."item_versions"."payload" IS 'The whole item in the shape of its kind.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."item_versions"."payload_sha256" IS 'SHA-256 of the payload’s canonical JSON (RFC 8785).';
--> statement-breakpoint
COMMENT ON COLUMN "content"."item_versions"."author_id" IS 'Who froze it; null for what the platform ships or a model generated.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."item_versions"."generation_job_id" IS 'Id in ai.generation_jobs; null where no model wrote it.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."item_versions"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."item_versions"."change_note" IS 'Kept for telling reviewers what changed.
@pii free_text
@erasure shred';
--> statement-breakpoint
COMMENT ON INDEX "content"."item_versions_author_id_idx" IS 'rows that refer to one target, and the check of foreign key item_versions_author_id_fk';
--> statement-breakpoint
ALTER TABLE "content"."items" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "content"."items" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "content"."items" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "content"."items" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "content"."items" IS 'Pieces of content of every kind, each with the draft that is being worked on.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "content"."items"."key" IS 'Stable name, which the released content carries too.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."items"."source_locale_tag" IS 'Language that the item is written in (BCP 47); translations start from it.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."items"."origin" IS 'Where it came from; generated content is marked as such, Regulation (EU) 2024/1689, Art. 50(2).';
--> statement-breakpoint
COMMENT ON COLUMN "content"."items"."difficulty" IS '1 obvious to 5 expert; null where the kind has none.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."items"."attack_technique_id" IS 'What it trains to recognise: key of threat.attack_vectors, such as T1566.002.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."items"."tags" IS 'Words that editors file it under.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."items"."draft" IS 'The item as it stands, in the shape of its kind; a version freezes it.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."items"."latest_revision" IS 'Revision of the newest of item_versions; 0 before the first.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."items"."author_id" IS 'Who answers for it; null for what the platform ships.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."items"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."items"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "content"."items_state_created_at_idx" IS 'items in a state, newest first';
--> statement-breakpoint
COMMENT ON INDEX "content"."items_author_id_idx" IS 'rows that refer to one target, and the check of foreign key items_author_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "content"."items_source_locale_tag_idx" IS 'rows that refer to one target, and the check of foreign key items_source_locale_tag_fk';
--> statement-breakpoint
ALTER TABLE "content"."localizations" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "content"."localizations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "content"."localizations" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "content"."localizations" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "content"."localizations" IS 'The texts of an item version, or of a released e-mail, in another language.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "content"."localizations"."item_version_id" IS 'What is translated: this, or an e-mail template.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."localizations"."method" IS 'How it was made; post-editing in the sense of ISO 18587.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."localizations"."texts" IS 'Translated text by the JSON Pointer (RFC 6901) of what it replaces.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."localizations"."source_sha256" IS 'Hash of the source that was translated; another hash there makes this outdated.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."localizations"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON INDEX "content"."localizations_locale_tag_state_idx" IS 'translations into a language that wait for work';
--> statement-breakpoint
COMMENT ON INDEX "content"."localizations_locale_tag_idx" IS 'rows that refer to one target, and the check of foreign key localizations_locale_tag_fk';
--> statement-breakpoint
COMMENT ON INDEX "content"."localizations_translator_id_idx" IS 'rows that refer to one target, and the check of foreign key localizations_translator_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "content"."localizations_approver_id_idx" IS 'rows that refer to one target, and the check of foreign key localizations_approver_id_fk';
--> statement-breakpoint
ALTER TABLE "content"."pack_items" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "content"."pack_items" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "content"."pack_items" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "content"."pack_items" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "content"."pack_items" IS 'Which version of which item a pack holds.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "content"."pack_items"."position" IS 'Order in the pack’s listing, from 1.';
--> statement-breakpoint
COMMENT ON INDEX "content"."pack_items_item_version_id_idx" IS 'rows that refer to one target, and the check of foreign key pack_items_item_version_id_fk';
--> statement-breakpoint
ALTER TABLE "content"."reviews" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "content"."reviews" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "content"."reviews" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "content"."reviews" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "content"."reviews" IS 'Verdicts of editors, trainers and lawyers on one item version or translation, before its release.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "content"."reviews"."item_version_id" IS 'What is reviewed: this, or a translation.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."reviews"."aspect" IS 'What the reviewer looked at; a release may ask for several aspects.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."reviews"."supersedes_id" IS 'The record that this one supersedes or invalidates.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."reviews"."comment" IS 'Kept for telling the author what to change.
@pii free_text
@erasure shred';
--> statement-breakpoint
COMMENT ON INDEX "content"."reviews_item_version_id_idx" IS 'rows that refer to one target, and the check of foreign key reviews_item_version_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "content"."reviews_localization_id_idx" IS 'rows that refer to one target, and the check of foreign key reviews_localization_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "content"."reviews_reviewer_id_idx" IS 'rows that refer to one target, and the check of foreign key reviews_reviewer_id_fk';
--> statement-breakpoint
ALTER TABLE "content"."scenario_emails" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "content"."scenario_emails" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "content"."scenario_emails" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "content"."scenario_emails" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "content"."scenario_emails" IS 'The e-mails that arrive in a scenario whatever is drawn, and on which day.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "content"."scenario_emails"."position" IS 'Order of arrival within the day, from 1.';
--> statement-breakpoint
COMMENT ON INDEX "content"."scenario_emails_email_template_id_idx" IS 'rows that refer to one target, and the check of foreign key scenario_emails_email_template_id_fk';
--> statement-breakpoint
ALTER TABLE "content"."scenarios" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "content"."scenarios" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "content"."scenarios" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "content"."scenarios" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "content"."scenarios" IS 'Prepared courses of a game: its length, how it opens, and which e-mails must arrive.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "content"."scenarios"."pack_version" IS 'Pack and version that a session names, such as base@1.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."scenarios"."days" IS 'Length of the game in game days.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."scenarios"."opening_threat_tier" IS 'Threat of the first day, in the words of the game’s events.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."scenarios"."template" IS 'Opening state and scripted turns; its e-mails are rows of scenario_emails.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."scenarios"."template_sha256" IS 'SHA-256 of the template’s canonical JSON (RFC 8785).';
--> statement-breakpoint
COMMENT ON COLUMN "content"."scenarios"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
ALTER TABLE "economy"."achievements" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "economy"."achievements" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "economy"."achievements" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "economy"."achievements" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "economy"."achievements" IS 'What a person can be distinguished for, and what must be done to earn it.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."achievements"."key" IS 'Stable name that code and content use.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."achievements"."criteria" IS 'Condition over the player’s events, in the form that version names.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."achievements"."hidden" IS 'Not shown until it is earned.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."achievements"."retired_at" IS 'From then on it is no longer awarded.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."achievements"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
ALTER TABLE "economy"."inventory_items" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "economy"."inventory_items" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "economy"."inventory_items" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "economy"."inventory_items" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "economy"."inventory_items" IS 'What people own: tools, consumables and decoration, each kind once with its quantity.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."inventory_items"."item_key" IS 'The item’s stable name in the content.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."inventory_items"."transaction_id" IS 'The purchase or award that it was last acquired by.';
--> statement-breakpoint
COMMENT ON INDEX "economy"."inventory_items_transaction_id_idx" IS 'rows that refer to one target, and the check of foreign key inventory_items_transaction_id_fk';
--> statement-breakpoint
ALTER TABLE "economy"."ledger_entries" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "economy"."ledger_entries" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "economy"."ledger_entries" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "economy"."ledger_entries" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "economy"."ledger_entries" IS 'The lines of a transaction. Over each transaction and currency they add up to zero, which COMMIT enforces.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."ledger_entries"."position" IS 'Line within the transaction, from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."ledger_entries"."currency" IS 'A currency of the game, never real money: experience is only earned, tokens are bought or granted by a season.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."ledger_entries"."amount" IS 'In whole units of the currency: positive into the wallet, negative out of it.';
--> statement-breakpoint
COMMENT ON INDEX "economy"."ledger_entries_wallet_id_created_at_idx" IS 'a wallet’s statement, newest first';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "economy"."levels" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT ON "economy"."levels" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "economy"."levels" IS 'The ranks of operators, the same for every tenant, and the experience that each one takes.
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."levels"."experience_required" IS 'Experience earned in all from which the level is held.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."levels"."credits_reward" IS 'Paid once, on reaching the level.';
--> statement-breakpoint
ALTER TABLE "economy"."season_passes" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "economy"."season_passes" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "economy"."season_passes" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "economy"."season_passes" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "economy"."season_passes" IS 'A person’s way through the rewards of one season.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."season_passes"."season_id" IS 'Id in story.seasons.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."season_passes"."experience" IS 'Experience earned in this season.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."season_passes"."claimed_level" IS 'Rewards are claimed up to this level.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."season_passes"."transaction_id" IS 'The purchase of the premium tier; null where it was granted.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."season_passes"."upgraded_at" IS 'When the premium tier began.';
--> statement-breakpoint
COMMENT ON INDEX "economy"."season_passes_transaction_id_idx" IS 'rows that refer to one target, and the check of foreign key season_passes_transaction_id_fk';
--> statement-breakpoint
ALTER TABLE "economy"."transactions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "economy"."transactions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "economy"."transactions" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "economy"."transactions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "economy"."transactions" IS 'Movements of value between wallets, each with the entries that make it up and the reason for it.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."transactions"."idempotency_key" IS 'Given by the caller: the same request, sent again, finds this transaction and books nothing.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."transactions"."session_id" IS 'The game that it was earned or spent in, if any.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."transactions"."cause_type" IS 'What it was booked for, as module.table, such as ugc.marketplace_listings.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."transactions"."reverses_id" IS 'The transaction that this one undoes; each can be undone once.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."transactions"."entry_count" IS 'How many entries it has: fewer cannot commit, and none can be added later.';
--> statement-breakpoint
COMMENT ON INDEX "economy"."transactions_session_id_idx" IS 'rows that refer to one target, and the check of foreign key transactions_session_id_fk';
--> statement-breakpoint
ALTER TABLE "economy"."user_achievements" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "economy"."user_achievements" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "economy"."user_achievements" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "economy"."user_achievements" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "economy"."user_achievements" IS 'Achievements that people earned, and the invalidation of those that they should not have.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."user_achievements"."ordinal" IS 'Counts the records of one person and achievement: odd ones award, even ones invalidate, so none is awarded twice.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."user_achievements"."session_id" IS 'The game that it was earned in, if any.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."user_achievements"."transaction_id" IS 'The booking of its reward.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."user_achievements"."supersedes_id" IS 'The record that this one supersedes or invalidates.';
--> statement-breakpoint
COMMENT ON INDEX "economy"."user_achievements_user_id_idx" IS 'rows that refer to one target, and the check of foreign key user_achievements_user_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "economy"."user_achievements_achievement_id_idx" IS 'rows that refer to one target, and the check of foreign key user_achievements_achievement_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "economy"."user_achievements_session_id_idx" IS 'rows that refer to one target, and the check of foreign key user_achievements_session_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "economy"."user_achievements_transaction_id_idx" IS 'rows that refer to one target, and the check of foreign key user_achievements_transaction_id_fk';
--> statement-breakpoint
ALTER TABLE "economy"."wallet_balances" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "economy"."wallet_balances" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "economy"."wallet_balances" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT ON "economy"."wallet_balances" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "economy"."wallet_balances" IS 'What a person’s or corporation’s wallet holds of each currency. Written by the trigger of ledger entries alone.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."wallet_balances"."currency" IS 'A currency of the game, never real money: experience is only earned, tokens are bought or granted by a season.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."wallet_balances"."balance" IS 'Sum of the wallet’s entries in the currency; a wallet cannot be overdrawn.';
--> statement-breakpoint
ALTER TABLE "economy"."wallets" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "economy"."wallets" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "economy"."wallets" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "economy"."wallets" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "economy"."wallets" IS 'The accounts of the ledger: one for each person and corporation, and those that the system issues from and collects in.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."wallets"."corporation_id" IS 'Id in social.corporations; null unless a corporation owns the wallet.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."wallets"."system_account" IS 'Role of a system wallet: issuance creates, sink destroys, escrow holds what is being traded.';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."wallets"."status" IS 'A frozen wallet is under review: nothing may be paid from it.';
--> statement-breakpoint
ALTER TABLE "facility"."capacity_readings" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "facility"."capacity_readings" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "facility"."capacity_readings" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "facility"."capacity_readings" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "facility"."capacity_readings" IS 'How a facility’s resources stood after an event, so that shortage can be seen coming and explained later.
@kind append_only
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."capacity_readings"."resource" IS 'In the words of the game’s events; the unit is part of the word.';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."capacity_readings"."ceiling" IS 'Most that the house can hold at its tier.';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."capacity_readings"."online" IS 'Brought into service, and paid for.';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."capacity_readings"."occupied" IS 'Taken by guests.';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."capacity_readings"."sequence" IS 'Sequence of the session’s event that it stood so after.';
--> statement-breakpoint
ALTER TABLE "facility"."clients" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "facility"."clients" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "facility"."clients" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "facility"."clients" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "facility"."clients" IS 'The guests of a facility: invented organisations whose request the player approved.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."clients"."client_key" IS 'Name within the session, such as d03-e07-c.';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."clients"."email_id" IS 'Id in game.emails: the request that let it in.';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."clients"."organisation" IS 'Invented organisation, from the content.';
--> statement-breakpoint
COMMENT ON INDEX "facility"."clients_facility_id_state_idx" IS 'guests of a facility who are still there';
--> statement-breakpoint
ALTER TABLE "facility"."facilities" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "facility"."facilities" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "facility"."facilities" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "facility"."facilities" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "facility"."facilities" IS 'The data centre of a session: its tier, its upkeep, how it stands.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."facilities"."upkeep_credits" IS 'Due at the end of each game day.';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."facilities"."layout" IS 'Where rooms and racks stand, for the view of the house; no rule reads it.';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."facilities"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."facilities"."name" IS 'Kept for the player’s own name for the house.
@pii free_text
@erasure null';
--> statement-breakpoint
ALTER TABLE "facility"."leases" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "facility"."leases" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "facility"."leases" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "facility"."leases" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "facility"."leases" IS 'What a guest occupies and pays a day, from one game day to another; a renewal is another lease.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."leases"."until_day" IS 'The last day that it is agreed for.';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."leases"."ended_day" IS 'The last day it was paid for; before until_day where terminated.';
--> statement-breakpoint
ALTER TABLE "facility"."maintenance_tasks" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "facility"."maintenance_tasks" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "facility"."maintenance_tasks" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "facility"."maintenance_tasks" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "facility"."maintenance_tasks" IS 'Work that a facility needs: planned, forced by a failure, or put off at a risk.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."maintenance_tasks"."upgrade_id" IS 'What is maintained; null where it is a resource.';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."maintenance_tasks"."resource" IS 'What is maintained; null where it is an upgrade.';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."maintenance_tasks"."kind" IS 'Maintenance types of EN 13306.';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."maintenance_tasks"."priority" IS '1 at once to 5 whenever.';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."maintenance_tasks"."offline_amount" IS 'How much of the resource is out of service meanwhile.';
--> statement-breakpoint
COMMENT ON INDEX "facility"."maintenance_tasks_facility_id_state_due_day_idx" IS 'tasks of a facility in a state, by the day they are due';
--> statement-breakpoint
COMMENT ON INDEX "facility"."maintenance_tasks_upgrade_id_idx" IS 'rows that refer to one target, and the check of foreign key maintenance_tasks_upgrade_id_fk';
--> statement-breakpoint
ALTER TABLE "facility"."resources" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "facility"."resources" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "facility"."resources" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "facility"."resources" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "facility"."resources" IS 'How much of each resource a facility can hold, has online, and has given away.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."resources"."resource" IS 'In the words of the game’s events; the unit is part of the word.';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."resources"."ceiling" IS 'Most that the house can hold at its tier.';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."resources"."online" IS 'Brought into service, and paid for.';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."resources"."occupied" IS 'Taken by guests.';
--> statement-breakpoint
ALTER TABLE "facility"."upgrades" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "facility"."upgrades" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "facility"."upgrades" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "facility"."upgrades" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "facility"."upgrades" IS 'What a facility bought: its defences, each once, and its next tiers.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."upgrades"."level" IS 'For the facility the tier reached, 1 station to 4 citadel; a defence has level 1 alone.';
--> statement-breakpoint
COMMENT ON COLUMN "facility"."upgrades"."price_intel" IS 'Fragments of intel paid.';
--> statement-breakpoint
ALTER TABLE "files"."object_references" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "files"."object_references" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "files"."object_references" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "files"."object_references" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "files"."object_references" IS 'Which row of which module uses a file. A file that nothing refers to may be removed.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "files"."object_references"."owner_table" IS 'Namespace and table, such as training.certificates.';
--> statement-breakpoint
COMMENT ON COLUMN "files"."object_references"."owner_id" IS 'Id of the row there.';
--> statement-breakpoint
COMMENT ON COLUMN "files"."object_references"."usage" IS 'What the row uses it as, such as logo or attachment.';
--> statement-breakpoint
COMMENT ON INDEX "files"."object_references_owner_table_owner_id_idx" IS 'the files of one row';
--> statement-breakpoint
ALTER TABLE "files"."objects" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "files"."objects" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "files"."objects" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "files"."objects" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "files"."objects" IS 'Files of a tenant: what each one is, where its bytes lie, and whether they are safe to serve.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "files"."objects"."storage_key" IS 'Key in object storage; begins with the tenant’s id.';
--> statement-breakpoint
COMMENT ON COLUMN "files"."objects"."region_code" IS 'Data region that the bytes lie in.';
--> statement-breakpoint
COMMENT ON COLUMN "files"."objects"."media_type" IS 'Media type (RFC 6838) as found in the bytes, not as the uploader said.';
--> statement-breakpoint
COMMENT ON COLUMN "files"."objects"."content_sha256" IS 'SHA-256 of the bytes before encryption.';
--> statement-breakpoint
COMMENT ON COLUMN "files"."objects"."key_id" IS 'Id in governance.subject_keys, where the bytes are about one person and encrypted for them; null otherwise.';
--> statement-breakpoint
COMMENT ON COLUMN "files"."objects"."subject_user_id" IS 'The person that the bytes are about; null where they are about none.';
--> statement-breakpoint
COMMENT ON COLUMN "files"."objects"."uploaded_by_user_id" IS 'Null where a program made it.';
--> statement-breakpoint
COMMENT ON COLUMN "files"."objects"."status" IS 'Only what is available is served.';
--> statement-breakpoint
COMMENT ON COLUMN "files"."objects"."scanned_at" IS 'When it was last scanned for malware.';
--> statement-breakpoint
COMMENT ON COLUMN "files"."objects"."is_public" IS 'Served without signing in, such as a logo on the sign-in page.';
--> statement-breakpoint
COMMENT ON COLUMN "files"."objects"."retain_until" IS 'Locked against removal until then; null where no duty holds it.';
--> statement-breakpoint
COMMENT ON COLUMN "files"."objects"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON COLUMN "files"."objects"."file_name" IS 'Kept for naming the file when it is downloaded.
@pii free_text
@erasure null';
--> statement-breakpoint
COMMENT ON INDEX "files"."objects_content_sha256_idx" IS 'a file with the same content';
--> statement-breakpoint
COMMENT ON INDEX "files"."objects_region_code_idx" IS 'rows that refer to one target, and the check of foreign key objects_region_code_fk';
--> statement-breakpoint
COMMENT ON INDEX "files"."objects_subject_user_id_idx" IS 'rows that refer to one target, and the check of foreign key objects_subject_user_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "files"."objects_uploaded_by_user_id_idx" IS 'rows that refer to one target, and the check of foreign key objects_uploaded_by_user_id_fk';
--> statement-breakpoint
ALTER TABLE "governance"."consents" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "governance"."consents" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "governance"."consents" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "governance"."consents" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "governance"."consents" IS 'Each time a person gave or withdrew consent for a purpose (GDPR Art. 7); the last record of a purpose holds.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."consents"."purpose" IS 'What for, such as leaderboard.public or research.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."consents"."notice_version" IS 'The wording that the person was shown.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."consents"."notice_sha256" IS 'SHA-256 of that wording.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."consents"."locale_tag" IS 'Language that it was shown in.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."consents"."by_guardian" IS 'Given by the holder of parental responsibility (GDPR Art. 8).';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."consents"."expires_at" IS 'When the person is asked again.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."consents"."ip_address" IS 'Kept for proving that consent was given.
@pii network
@erasure shred';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."consents"."user_agent" IS 'Kept for proving that consent was given.
@pii network
@erasure shred';
--> statement-breakpoint
COMMENT ON INDEX "governance"."consents_user_id_purpose_decided_at_idx" IS 'what a person last decided about a purpose';
--> statement-breakpoint
COMMENT ON INDEX "governance"."consents_expires_at_idx" IS 'consents that expire, to be asked for again';
--> statement-breakpoint
COMMENT ON INDEX "governance"."consents_locale_tag_idx" IS 'rows that refer to one target, and the check of foreign key consents_locale_tag_fk';
--> statement-breakpoint
ALTER TABLE "governance"."erasure_certificates" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "governance"."erasure_certificates" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "governance"."erasure_certificates" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "governance"."erasure_certificates" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "governance"."erasure_certificates" IS 'Signed proof of what an erasure did, naming the person by a pseudonym that leads nowhere any more.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."erasure_certificates"."pseudonym_id" IS 'The person, as events knew them.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."erasure_certificates"."catalogue_sha256" IS 'SHA-256 of the catalogue of personal data that was followed.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."erasure_certificates"."rows_changed" IS 'Rows with columns nulled or replaced.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."erasure_certificates"."rows_shredded" IS 'Rows that only the destroyed keys could read.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."erasure_certificates"."rows_retained" IS 'Rows that a duty of retention keeps.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."erasure_certificates"."report" IS 'The same by table and column, and the ground for each row retained.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."erasure_certificates"."document_object_id" IS 'The certificate for printing.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."erasure_certificates"."signature" IS 'Ed25519 (RFC 8032) over the certificate’s canonical JSON (RFC 8785), base64url.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."erasure_certificates"."signing_key_id" IS 'RFC 7638 thumbprint of the public key.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."erasure_certificates"."supersedes_id" IS 'The record that this one supersedes or invalidates.';
--> statement-breakpoint
COMMENT ON INDEX "governance"."erasure_certificates_privacy_request_id_idx" IS 'rows that refer to one target, and the check of foreign key erasure_certificates_privacy_request_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "governance"."erasure_certificates_document_object_id_idx" IS 'rows that refer to one target, and the check of foreign key erasure_certificates_document_object_id_fk';
--> statement-breakpoint
ALTER TABLE "governance"."legal_holds" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "governance"."legal_holds" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "governance"."legal_holds" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "governance"."legal_holds" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "governance"."legal_holds" IS 'Orders to keep data for a dispute or an authority, and their release by a later record.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."legal_holds"."releases_id" IS 'The hold that this record releases.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."legal_holds"."matter" IS 'File number of the case or authority.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."legal_holds"."user_id" IS 'The person whose data is held.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."legal_holds"."table_name" IS 'The table that is held, as schema.table.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."legal_holds"."ordered_by_id" IS 'The person who ordered it for the tenant.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."legal_holds"."review_at" IS 'When somebody must ask whether it is still needed.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."legal_holds"."grounds" IS 'Kept for why the data must be kept or no longer be.
@pii free_text
@erasure shred';
--> statement-breakpoint
COMMENT ON INDEX "governance"."legal_holds_user_id_effective_at_idx" IS 'holds that concern a person';
--> statement-breakpoint
COMMENT ON INDEX "governance"."legal_holds_scope_table_name_idx" IS 'holds that concern a table or the tenant';
--> statement-breakpoint
COMMENT ON INDEX "governance"."legal_holds_ordered_by_id_idx" IS 'rows that refer to one target, and the check of foreign key legal_holds_ordered_by_id_fk';
--> statement-breakpoint
ALTER TABLE "governance"."privacy_requests" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "governance"."privacy_requests" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "governance"."privacy_requests" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "governance"."privacy_requests" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "governance"."privacy_requests" IS 'What people ask under their rights over their data (GDPR Art. 15 to 22), from receipt to answer.
@kind tenant
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."privacy_requests"."user_id" IS 'The data subject.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."privacy_requests"."framework_code" IS 'The law that it is made under.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."privacy_requests"."handler_id" IS 'The person who answers it.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."privacy_requests"."due_at" IS 'One month after receipt (GDPR Art. 12(3)).';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."privacy_requests"."extended_until" IS 'Up to two further months, with the reason told.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."privacy_requests"."refusal" IS 'Why it is refused (GDPR Art. 12(5), 12(6) and 17(3)).';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."privacy_requests"."postponement" IS 'What keeps an erasure waiting.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."privacy_requests"."legal_hold_id" IS 'The hold that postpones it.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."privacy_requests"."retry_at" IS 'When what postpones it is over, as far as known.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."privacy_requests"."export_object_id" IS 'The archive handed out, while it can be fetched.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."privacy_requests"."export_sha256" IS 'SHA-256 of the archive, kept as evidence.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."privacy_requests"."message" IS 'Kept for what the person wrote.
@pii free_text
@erasure null';
--> statement-breakpoint
COMMENT ON INDEX "governance"."privacy_requests_status_due_at_idx" IS 'open requests, next due first';
--> statement-breakpoint
COMMENT ON INDEX "governance"."privacy_requests_user_id_idx" IS 'rows that refer to one target, and the check of foreign key privacy_requests_user_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "governance"."privacy_requests_framework_code_idx" IS 'rows that refer to one target, and the check of foreign key privacy_requests_framework_code_fk';
--> statement-breakpoint
COMMENT ON INDEX "governance"."privacy_requests_handler_id_idx" IS 'rows that refer to one target, and the check of foreign key privacy_requests_handler_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "governance"."privacy_requests_legal_hold_id_idx" IS 'rows that refer to one target, and the check of foreign key privacy_requests_legal_hold_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "governance"."privacy_requests_export_object_id_idx" IS 'rows that refer to one target, and the check of foreign key privacy_requests_export_object_id_fk';
--> statement-breakpoint
ALTER TABLE "governance"."pseudonyms" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "governance"."pseudonyms" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "governance"."pseudonyms" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "governance"."pseudonyms" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "governance"."pseudonyms" IS 'Which person stands behind a pseudonym: the one bridge from events and analytics to people (GDPR Art. 4(5)).
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."pseudonyms"."purpose" IS 'Each has its own, so that data sets cannot be joined.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."pseudonyms"."pseudonym_id" IS 'Random (RFC 9562, section 5.4), so that it tells nothing of its making.
Kept for referring to a person without naming them.
@pii identity
@erasure delete_row';
--> statement-breakpoint
ALTER TABLE "governance"."retention_runs" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "governance"."retention_runs" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "governance"."retention_runs" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "governance"."retention_runs" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "governance"."retention_runs" IS 'What each run of retention purged from one table, by which rule, and what a hold made it keep.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."retention_runs"."run_id" IS 'The same for every table of one run.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."retention_runs"."table_name" IS 'As schema.table.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."retention_runs"."framework_code" IS 'The framework whose period was the longest.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."retention_runs"."cutoff_at" IS 'Rows older than this were due.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."retention_runs"."rows_held" IS 'Due, and kept by a legal hold.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."retention_runs"."rehearsal" IS 'Only counted, nothing purged.';
--> statement-breakpoint
COMMENT ON INDEX "governance"."retention_runs_table_name_started_at_idx" IS 'runs over a table, newest first';
--> statement-breakpoint
COMMENT ON INDEX "governance"."retention_runs_framework_code_idx" IS 'rows that refer to one target, and the check of foreign key retention_runs_framework_code_fk';
--> statement-breakpoint
ALTER TABLE "governance"."subject_keys" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "governance"."subject_keys" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "governance"."subject_keys" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "governance"."subject_keys" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "governance"."subject_keys" IS 'The key that a person’s text in append-only records is encrypted with, wrapped by the tenant’s key.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."subject_keys"."generation" IS 'From 1; the highest encrypts.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."subject_keys"."wrapped_key_ciphertext" IS 'Base64url; null once destroyed, which no backup of the tenant’s key can undo.
Kept for reading what the person wrote into append-only records.
@pii credential
@erasure null';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."subject_keys"."wrapping_key_id" IS 'The tenant’s key, in the key service.';
--> statement-breakpoint
COMMENT ON INDEX "governance"."subject_keys_wrapping_key_id_idx" IS 'keys under one of the tenant’s keys, to be wrapped anew';
--> statement-breakpoint
ALTER TABLE "governance"."transfer_log" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "governance"."transfer_log" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "governance"."transfer_log" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "governance"."transfer_log" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "governance"."transfer_log" IS 'Personal data that left the tenant or its region: to whom, on which ground (GDPR Art. 30(1)(e), Ch. V).
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."transfer_log"."recipient" IS 'Organisation or system that received it.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."transfer_log"."to_region" IS 'Where it stays within the platform.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."transfer_log"."to_country" IS 'Where it leaves the platform.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."transfer_log"."ground" IS 'GDPR Art. 45, 46(2)(c), 47, 49 and 48, in this order after none.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."transfer_log"."data_categories" IS 'Categories of the catalogue of personal data.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."transfer_log"."subjects" IS 'Number of people concerned; null where not counted.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."transfer_log"."content_sha256" IS 'SHA-256 of what was sent, where it was one file.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."transfer_log"."privacy_request_id" IS 'The request that it answers.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."transfer_log"."move_id" IS 'The move of the tenant that it was part of.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."transfer_log"."authorised_by_id" IS 'The person who allowed it; null for a standing rule.';
--> statement-breakpoint
COMMENT ON INDEX "governance"."transfer_log_transferred_at_idx" IS 'transfers of a period, for the record of processing';
--> statement-breakpoint
COMMENT ON INDEX "governance"."transfer_log_from_region_idx" IS 'rows that refer to one target, and the check of foreign key transfer_log_from_region_fk';
--> statement-breakpoint
COMMENT ON INDEX "governance"."transfer_log_to_region_idx" IS 'rows that refer to one target, and the check of foreign key transfer_log_to_region_fk';
--> statement-breakpoint
COMMENT ON INDEX "governance"."transfer_log_to_country_idx" IS 'rows that refer to one target, and the check of foreign key transfer_log_to_country_fk';
--> statement-breakpoint
COMMENT ON INDEX "governance"."transfer_log_privacy_request_id_idx" IS 'rows that refer to one target, and the check of foreign key transfer_log_privacy_request_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "governance"."transfer_log_authorised_by_id_idx" IS 'rows that refer to one target, and the check of foreign key transfer_log_authorised_by_id_fk';
--> statement-breakpoint
ALTER TABLE "integration"."configurations" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "integration"."configurations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "integration"."configurations" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "integration"."configurations" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "integration"."configurations" IS 'Connections of a tenant to its other systems, one row a connection.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."configurations"."provider" IS 'Product at the other end, such as workday or splunk.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."configurations"."settings" IS 'What the provider’s adapter needs, without secrets.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."configurations"."configured_by_id" IS 'The administrator who last changed it.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."configurations"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."configurations"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "integration"."configurations_kind_status_idx" IS 'connections of one kind that are in use';
--> statement-breakpoint
COMMENT ON INDEX "integration"."configurations_configured_by_id_idx" IS 'rows that refer to one target, and the check of foreign key configurations_configured_by_id_fk';
--> statement-breakpoint
ALTER TABLE "integration"."credentials" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "integration"."credentials" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "integration"."credentials" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "integration"."credentials" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "integration"."credentials" IS 'Secrets that a connection authenticates with, encrypted; a rotated one stays until its overlap ends.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."credentials"."key_reference" IS 'The tenant’s key that the secret is encrypted with (AES-256-GCM).';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."credentials"."fingerprint" IS 'First 16 hexadecimal digits of an HMAC-SHA-256 of the secret, by which people tell secrets apart.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."credentials"."scopes" IS 'What the secret is limited to, space-separated (RFC 6749, section 3.3).';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."credentials"."secret_ciphertext" IS 'Kept for authenticating to the tenant’s system, at times with a person’s own grant.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON INDEX "integration"."credentials_expires_at_idx" IS 'secrets that are about to expire';
--> statement-breakpoint
ALTER TABLE "integration"."hris_sync_events" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "integration"."hris_sync_events" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "integration"."hris_sync_events" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "integration"."hris_sync_events" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "integration"."hris_sync_events" IS 'What a synchronisation with an HR system found and did about each person: proof of joiners, movers and leavers.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."hris_sync_events"."run_id" IS 'The synchronisation that it belongs to.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."hris_sync_events"."subject_key_id" IS 'Id in governance.subject_keys.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."hris_sync_events"."user_id" IS 'Null where no person was made or found.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."hris_sync_events"."changed_attributes" IS 'Names of the SCIM attributes that changed (RFC 7643, section 4), without their values.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."hris_sync_events"."external_id_ciphertext" IS 'Kept for matching the person with the HR record (externalId, RFC 7643, section 3.1).
@pii identity
@erasure shred';
--> statement-breakpoint
COMMENT ON INDEX "integration"."hris_sync_events_run_id_outcome_idx" IS 'what one synchronisation did';
--> statement-breakpoint
COMMENT ON INDEX "integration"."hris_sync_events_user_id_occurred_at_idx" IS 'what was synchronised of a person, newest first';
--> statement-breakpoint
COMMENT ON INDEX "integration"."hris_sync_events_configuration_id_idx" IS 'rows that refer to one target, and the check of foreign key hris_sync_events_configuration_id_fk';
--> statement-breakpoint
ALTER TABLE "integration"."outbox" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "integration"."outbox" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "integration"."outbox" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "integration"."outbox" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "integration"."outbox" IS 'Messages that must leave the platform, written in the transaction that caused them and published afterwards, at least once.
@kind tenant
@retention operational';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."outbox"."topic" IS 'The publisher that takes it.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."outbox"."event_type" IS 'As module.object.verb.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."outbox"."ordering_key" IS 'Messages of one key, such as a person’s or session’s id, leave in the order they were written.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."outbox"."deduplication_key" IS 'Names the occasion: the same one is written once a topic.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."outbox"."payload" IS 'People by id, without personal data.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."outbox"."available_at" IS 'Not to be taken before; moved on by each failure.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."outbox"."leased_until" IS 'A publisher has taken it until then; afterwards another may.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."outbox"."published_at" IS 'Null until it has left.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."outbox"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON INDEX "integration"."outbox_topic_published_at_available_at_idx" IS 'what has not left yet and is due';
--> statement-breakpoint
ALTER TABLE "integration"."siem_exports" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "integration"."siem_exports" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "integration"."siem_exports" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "integration"."siem_exports" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "integration"."siem_exports" IS 'Batches of audit and security events that were handed to a tenant’s SIEM, and how it answered.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."siem_exports"."format" IS 'Common Event Format, Log Event Extended Format, Elastic Common Schema, Open Cybersecurity Schema, RFC 5424, or plain JSON.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."siem_exports"."batch" IS 'Counts the batches of a connection and stream from 1, without a gap.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."siem_exports"."attempt" IS 'Counts the attempts at the batch from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."siem_exports"."records_from" IS 'Time of the first record, inclusive.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."siem_exports"."records_until" IS 'Time of the last record, inclusive.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."siem_exports"."content_sha256" IS 'SHA-256 of the bytes sent.';
--> statement-breakpoint
ALTER TABLE "integration"."webhook_deliveries" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "integration"."webhook_deliveries" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "integration"."webhook_deliveries" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "integration"."webhook_deliveries" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "integration"."webhook_deliveries" IS 'Attempts to deliver an event to a webhook, with what was sent and how it was answered.
@kind append_only
@retention operational';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."webhook_deliveries"."message_id" IS 'Id of the row in integration.outbox, sent along so that the receiver drops repeats; that row is gone sooner.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."webhook_deliveries"."attempt" IS 'Counts the attempts from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."webhook_deliveries"."payload" IS 'Body as it was signed and sent: people by id, without personal data.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."webhook_deliveries"."payload_sha256" IS 'SHA-256 of the bytes sent.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."webhook_deliveries"."http_status" IS 'Null where no answer came.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."webhook_deliveries"."retry_at" IS 'When the next attempt is due; null after the last.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."webhook_deliveries"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON INDEX "integration"."webhook_deliveries_subscription_id_attempted_at_idx" IS 'what a webhook was sent, newest first';
--> statement-breakpoint
ALTER TABLE "integration"."webhook_subscription_events" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "integration"."webhook_subscription_events" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "integration"."webhook_subscription_events" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "integration"."webhook_subscription_events" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "integration"."webhook_subscription_events" IS 'Which types of event a webhook subscription asks for.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."webhook_subscription_events"."event_type" IS 'As module.object.verb.';
--> statement-breakpoint
COMMENT ON INDEX "integration"."webhook_subscription_events_event_type_idx" IS 'subscriptions that ask for a type of event';
--> statement-breakpoint
ALTER TABLE "integration"."webhook_subscriptions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "integration"."webhook_subscriptions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "integration"."webhook_subscriptions" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "integration"."webhook_subscriptions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "integration"."webhook_subscriptions" IS 'Addresses of a tenant that are told of events, each with the secret that its requests are signed with.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."webhook_subscriptions"."key_reference" IS 'The tenant’s key that the secret is encrypted with (AES-256-GCM).';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."webhook_subscriptions"."status" IS 'Disabled by the platform after too many failures in a row.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."webhook_subscriptions"."failures" IS 'Failures in a row.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."webhook_subscriptions"."created_by_id" IS 'The administrator who set it up.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."webhook_subscriptions"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."webhook_subscriptions"."secret_ciphertext" IS 'Kept for signing requests with HMAC-SHA-256 (RFC 2104).
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."webhook_subscriptions"."previous_secret_ciphertext" IS 'Kept for signing too, while the receiver changes over to the new secret.
@pii credential
@erasure null';
--> statement-breakpoint
COMMENT ON INDEX "integration"."webhook_subscriptions_created_by_id_idx" IS 'rows that refer to one target, and the check of foreign key webhook_subscriptions_created_by_id_fk';
--> statement-breakpoint
ALTER TABLE "lrs"."activities" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."activities" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."activities" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "lrs"."activities" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."activities" IS 'What people can do and learn, by activity id, with the definition that was last received (xAPI Part Two §2.4.4.1).
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."activities"."iri" IS 'The activity’s id.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."activities"."activity_type" IS 'IRI of its type.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."activities"."more_info" IS 'IRL of what describes it to people.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."activities"."definition" IS 'Canonical definition: names and descriptions by language, interaction parts, extensions.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."activities"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
ALTER TABLE "lrs"."activity_profiles" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."activity_profiles" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."activity_profiles" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "lrs"."activity_profiles" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."activity_profiles" IS 'What an activity keeps for everybody (xAPI Part Three §2.7).
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."activity_profiles"."profile_key" IS 'The profileId parameter.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."activity_profiles"."content" IS 'The document as sent, where it is text; JSON is merged by POST.
Kept for what a course remembers.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."activity_profiles"."object_id" IS 'The document, where it is binary.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."activity_profiles"."etag" IS 'Hex SHA-1 of the bytes, which If-Match and If-None-Match compare.';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."activity_profiles_object_id_idx" IS 'rows that refer to one target, and the check of foreign key activity_profiles_object_id_fk';
--> statement-breakpoint
ALTER TABLE "lrs"."activity_states" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."activity_states" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."activity_states" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "lrs"."activity_states" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."activity_states" IS 'What an activity remembers about one person, such as a bookmark (xAPI Part Three §2.3).
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."activity_states"."registration" IS 'The attempt; null where it belongs to none.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."activity_states"."state_key" IS 'The stateId parameter.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."activity_states"."content" IS 'The document as sent, where it is text; JSON is merged by POST.
Kept for what a course remembers.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."activity_states"."object_id" IS 'The document, where it is binary.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."activity_states"."etag" IS 'Hex SHA-1 of the bytes, which If-Match and If-None-Match compare.';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."activity_states_agent_id_idx" IS 'rows that refer to one target, and the check of foreign key activity_states_agent_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."activity_states_object_id_idx" IS 'rows that refer to one target, and the check of foreign key activity_states_object_id_fk';
--> statement-breakpoint
ALTER TABLE "lrs"."agent_profiles" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."agent_profiles" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."agent_profiles" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "lrs"."agent_profiles" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."agent_profiles" IS 'What is kept about a person across activities, such as cmi5 learner preferences (xAPI Part Three §2.6).
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."agent_profiles"."profile_key" IS 'The profileId parameter.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."agent_profiles"."content" IS 'The document as sent, where it is text; JSON is merged by POST.
Kept for what a course remembers.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."agent_profiles"."object_id" IS 'The document, where it is binary.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."agent_profiles"."etag" IS 'Hex SHA-1 of the bytes, which If-Match and If-None-Match compare.';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."agent_profiles_object_id_idx" IS 'rows that refer to one target, and the check of foreign key agent_profiles_object_id_fk';
--> statement-breakpoint
ALTER TABLE "lrs"."agents" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."agents" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."agents" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "lrs"."agents" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."agents" IS 'Who statements are about or were made by: people, groups and systems, by one identifier each (xAPI Part Two §2.4.2).
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."agents"."user_id" IS 'The person of the tenant, where it is one.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."agents"."name" IS 'As the statement gave it; no identifier.
Kept for recognising who a statement is about.
@pii identity
@erasure null';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."agents"."mbox" IS 'E-mail address as mailto IRI.
Kept for recognising who a statement is about.
@pii identity
@erasure null';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."agents"."mbox_sha1sum" IS 'Hex SHA-1 of the mailto IRI.
Kept for recognising who a statement is about.
@pii identity
@erasure null';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."agents"."openid" IS 'OpenID URI.
Kept for recognising who a statement is about.
@pii identity
@erasure null';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."agents"."account_home_page" IS 'Where the account lives, as IRL.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."agents"."account_name" IS 'Account at its home page; a pseudonym for the tenant’s people.
Kept for recognising who a statement is about.
@pii identity
@erasure null';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."agents_user_id_idx" IS 'rows that refer to one target, and the check of foreign key agents_user_id_fk';
--> statement-breakpoint
ALTER TABLE "lrs"."aicc_assignable_units" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."aicc_assignable_units" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."aicc_assignable_units" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "lrs"."aicc_assignable_units" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."aicc_assignable_units" IS 'The parts of an AICC course that are launched, from its .au file.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_assignable_units"."system_key" IS 'System_ID within the course, such as A1.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_assignable_units"."launch_url" IS 'File_Name.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_assignable_units"."launch_parameters" IS 'Web_Launch.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_assignable_units"."mastery_score" IS 'Raw score that passes; null where none is set.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_assignable_units"."max_time_ms" IS 'Max_Time_Allowed.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_assignable_units"."core_vendor" IS 'Sent to the unit as it is.';
--> statement-breakpoint
ALTER TABLE "lrs"."aicc_courses" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."aicc_courses" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."aicc_courses" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "lrs"."aicc_courses" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."aicc_courses" IS 'Courses that were imported by their AICC course structure files.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_courses"."course_key" IS 'Course_ID of the .crs file.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_courses"."creator" IS 'Course_Creator: the maker’s firm.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_courses"."course_system" IS 'Course_System: the authoring tool.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_courses"."package_object_id" IS 'The course structure files.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_courses"."structure" IS 'The .crs, .des, .cst and prerequisite files, parsed.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_courses"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."aicc_courses_package_object_id_idx" IS 'rows that refer to one target, and the check of foreign key aicc_courses_package_object_id_fk';
--> statement-breakpoint
ALTER TABLE "lrs"."aicc_registrations" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."aicc_registrations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."aicc_registrations" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "lrs"."aicc_registrations" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."aicc_registrations" IS 'A learner’s enrolment in an AICC course, rolled up over its units.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_registrations"."enrolment" IS 'From 1, for each learner and course.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_registrations"."assignment_id" IS 'Id in training.assignments: what it counts towards.';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."aicc_registrations_user_id_idx" IS 'rows that refer to one target, and the check of foreign key aicc_registrations_user_id_fk';
--> statement-breakpoint
ALTER TABLE "lrs"."aicc_results" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."aicc_results" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "lrs"."aicc_results" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "lrs"."aicc_results" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."aicc_results" IS 'What a unit put with each PutParam: status, score and time; the last valid one of a session counts.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_results"."session_time_ms" IS 'Time in this launch.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_results"."request_sha256" IS 'SHA-256 of the request’s body, so that a repeated request is written once.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_results"."supersedes_id" IS 'The record that this one supersedes or invalidates.';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."aicc_results_session_id_received_at_idx" IS 'results of a session, newest first';
--> statement-breakpoint
ALTER TABLE "lrs"."aicc_sessions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."aicc_sessions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."aicc_sessions" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "lrs"."aicc_sessions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."aicc_sessions" IS 'One launch of an AICC unit until it leaves, and what it needs to resume.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_sessions"."session_key_sha256" IS 'Hash of the aicc_sid that the unit sends with each request.
Kept for recognising a launched unit.
@pii credential
@erasure replace';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_sessions"."exit" IS 'How it was left.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_sessions"."suspend_data" IS 'The [Core_Lesson] group, as the unit wrote it.
Kept for resuming the unit.
@pii behaviour
@erasure null';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_sessions"."lesson_location" IS 'Kept for resuming the unit.
@pii behaviour
@erasure null';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."aicc_sessions_registration_id_launched_at_idx" IS 'launches of a registration, in order';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."aicc_sessions_assignable_unit_id_idx" IS 'rows that refer to one target, and the check of foreign key aicc_sessions_assignable_unit_id_fk';
--> statement-breakpoint
ALTER TABLE "lrs"."attachments" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."attachments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."attachments" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "lrs"."attachments" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."attachments" IS 'Files that belong to a statement, such as a certificate or its signature (xAPI Part Two §2.4.11).
@kind tenant
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."attachments"."position" IS 'Order in the statement, from 0.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."attachments"."usage_type" IS 'IRI that says what the file is for.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."attachments"."display" IS 'Title by language (BCP 47).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."attachments"."sha2" IS 'Hex SHA-2 of the bytes, 224 to 512 bits.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."attachments"."file_url" IS 'Where the sender keeps it.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."attachments"."object_id" IS 'The bytes, where they were sent.';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."attachments_sha2_idx" IS 'the bytes of an attachment, by hash';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."attachments_object_id_idx" IS 'rows that refer to one target, and the check of foreign key attachments_object_id_fk';
--> statement-breakpoint
ALTER TABLE "lrs"."cmi5_assignable_units" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."cmi5_assignable_units" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."cmi5_assignable_units" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "lrs"."cmi5_assignable_units" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."cmi5_assignable_units" IS 'The parts of a cmi5 course that are launched and tracked one by one.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_assignable_units"."position" IS 'Order in the course, from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_assignable_units"."publisher_iri" IS 'The publisher’s id of the unit.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_assignable_units"."activity_iri" IS 'The id that we launch it under (§8.1.5).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_assignable_units"."title" IS 'By language (BCP 47).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_assignable_units"."move_on" IS 'What satisfies the unit (cmi5 §13.1.4).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_assignable_units"."mastery_score" IS 'Scaled score from 0 to 1 that passes.';
--> statement-breakpoint
ALTER TABLE "lrs"."cmi5_courses" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."cmi5_courses" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."cmi5_courses" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "lrs"."cmi5_courses" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."cmi5_courses" IS 'Courses that were imported by their cmi5 course structure.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_courses"."iri" IS 'The publisher’s id of the course.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_courses"."title" IS 'By language (BCP 47).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_courses"."package_object_id" IS 'The package as uploaded.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_courses"."structure" IS 'Blocks, units and objectives from cmi5.xml (§13).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_courses"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."cmi5_courses_package_object_id_idx" IS 'rows that refer to one target, and the check of foreign key cmi5_courses_package_object_id_fk';
--> statement-breakpoint
ALTER TABLE "lrs"."cmi5_registrations" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."cmi5_registrations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."cmi5_registrations" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "lrs"."cmi5_registrations" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."cmi5_registrations" IS 'A learner’s enrolment in a cmi5 course; the row’s id is the registration that statements carry (§9.6.1).
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_registrations"."agent_id" IS 'The actor that units are launched for; an account (§9.2).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_registrations"."enrolment" IS 'From 1, for each learner and course.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_registrations"."assignment_id" IS 'Id in training.assignments: what it counts towards.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_registrations"."satisfied_at" IS 'When every unit’s moveOn was met (§9.3.9).';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."cmi5_registrations_user_id_idx" IS 'rows that refer to one target, and the check of foreign key cmi5_registrations_user_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."cmi5_registrations_agent_id_idx" IS 'rows that refer to one target, and the check of foreign key cmi5_registrations_agent_id_fk';
--> statement-breakpoint
ALTER TABLE "lrs"."cmi5_sessions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."cmi5_sessions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."cmi5_sessions" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "lrs"."cmi5_sessions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."cmi5_sessions" IS 'One launch of an assignable unit until it ends; the row’s id is the session id that its statements carry (§9.6.3.1).
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_sessions"."move_on" IS 'What satisfies the unit (cmi5 §13.1.4).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_sessions"."mastery_score" IS 'Scaled score from 0 to 1 that passes.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_sessions"."fetch_token_sha256" IS 'Hash of the fetch URL’s token (§8.2).
Kept for recognising a launched unit.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_sessions"."fetched_at" IS 'When the token was exchanged, which works once.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_sessions"."auth_token_sha256" IS 'Hash of the token that the unit then uses.
Kept for recognising a launched unit.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_sessions"."abandoned_at" IS 'When we ended it, since the unit did not (§9.3.6).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_sessions"."score_scaled" IS 'From 0 to 1 (§9.5.1).';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."cmi5_sessions_registration_id_launched_at_idx" IS 'launches of a unit in a registration, in order';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."cmi5_sessions_assignable_unit_id_idx" IS 'rows that refer to one target, and the check of foreign key cmi5_sessions_assignable_unit_id_fk';
--> statement-breakpoint
ALTER TABLE "lrs"."cmi5_waivers" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."cmi5_waivers" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."cmi5_waivers" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "lrs"."cmi5_waivers" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."cmi5_waivers" IS 'Units that a learner need not take in a registration (§9.3.7).
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_waivers"."reason" IS 'As the waived statement says it (§9.5.5.2).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_waivers"."waived_by_id" IS 'The person who waived it; null for a rule.';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."cmi5_waivers_assignable_unit_id_idx" IS 'rows that refer to one target, and the check of foreign key cmi5_waivers_assignable_unit_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."cmi5_waivers_waived_by_id_idx" IS 'rows that refer to one target, and the check of foreign key cmi5_waivers_waived_by_id_fk';
--> statement-breakpoint
ALTER TABLE "lrs"."group_members" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."group_members" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."group_members" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "lrs"."group_members" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."group_members" IS 'The agents that a group names as its members (xAPI Part Two §2.4.2.2).
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."group_members_member_id_idx" IS 'rows that refer to one target, and the check of foreign key group_members_member_id_fk';
--> statement-breakpoint
ALTER TABLE "lrs"."lti_deployments" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."lti_deployments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."lti_deployments" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "lrs"."lti_deployments" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."lti_deployments" IS 'Deployments of the tenant’s courses in a learning platform, by LTI 1.3 Core and its Advantage services.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."issuer" IS 'The platform’s iss (LTI 1.3 Security Framework §5.1.2).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."client_id" IS 'What the platform calls us; aud of its id tokens.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."deployment_id" IS 'The deployment_id claim (LTI 1.3 Core §5.3.3).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."authentication_url" IS 'OIDC authorisation endpoint.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."token_url" IS 'OAuth 2 token endpoint, for the services.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."jwks_url" IS 'The platform’s public keys (RFC 7517).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."signing_credential_id" IS 'Id in integration.credentials: the private key that we sign with.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."deep_linking" IS 'LTI Deep Linking 2.0.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."names_and_roles" IS 'Names and Role Provisioning Services 2.0.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."grade_scopes" IS 'Scopes of Assignment and Grade Services 2.0 that the platform granted.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_packages" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."scorm_packages" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."scorm_packages" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "lrs"."scorm_packages" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."scorm_packages" IS 'Courses that were imported as SCORM packages, with the manifest that says how to run them.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_packages"."identifier" IS 'The manifest’s identifier (SCORM 2004 CAM §3.4.1).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_packages"."package_object_id" IS 'The ZIP as uploaded.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_packages"."activity_id" IS 'The activity that its statements are about.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_packages"."manifest" IS 'Organisations, resources and sequencing from imsmanifest.xml.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_packages"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."scorm_packages_package_object_id_idx" IS 'rows that refer to one target, and the check of foreign key scorm_packages_package_object_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."scorm_packages_activity_id_idx" IS 'rows that refer to one target, and the check of foreign key scorm_packages_activity_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."scorm_packages_imported_by_id_idx" IS 'rows that refer to one target, and the check of foreign key scorm_packages_imported_by_id_fk';
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_registrations" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."scorm_registrations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."scorm_registrations" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "lrs"."scorm_registrations" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."scorm_registrations" IS 'A learner’s attempts at a SCORM package, rolled up over its parts; the row’s id is the xAPI registration.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_registrations"."attempt" IS 'From 1, for each learner and package.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_registrations"."assignment_id" IS 'Id in training.assignments: what it counts towards.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_registrations"."score_scaled" IS 'From -1 to 1.';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."scorm_registrations_user_id_idx" IS 'rows that refer to one target, and the check of foreign key scorm_registrations_user_id_fk';
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_runtime_states" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."scorm_runtime_states" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."scorm_runtime_states" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "lrs"."scorm_runtime_states" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."scorm_runtime_states" IS 'The run-time data of one part in one attempt, which the course reads and writes through the SCORM API.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_runtime_states"."score_scaled" IS 'From -1 to 1.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_runtime_states"."exit" IS 'cmi.exit.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_runtime_states"."data_model" IS 'The remaining elements: suspend data, location, interactions, objectives, comments.
Kept for resuming the course where the learner left it.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_runtime_states"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."scorm_runtime_states_sco_id_idx" IS 'rows that refer to one target, and the check of foreign key scorm_runtime_states_sco_id_fk';
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_scos" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."scorm_scos" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."scorm_scos" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "lrs"."scorm_scos" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."scorm_scos" IS 'The parts of a package that are launched and report back: its sharable content objects.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_scos"."identifier" IS 'The manifest’s item identifier.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_scos"."position" IS 'Order in the organisation, from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_scos"."href" IS 'Path in the package, with its parameters.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_scos"."passing_score_scaled" IS 'From -1 to 1 (cmi.scaled_passing_score); a SCORM 1.2 mastery score divided by 100.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_scos"."max_time_ms" IS 'Time allowed for an attempt.';
--> statement-breakpoint
ALTER TABLE "lrs"."statement_context_activities" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."statement_context_activities" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "lrs"."statement_context_activities" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "lrs"."statement_context_activities" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."statement_context_activities" IS 'Activities that a statement names as its context, for queries with related_activities.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."statement_context_activities_activity_id_idx" IS 'rows that refer to one target, and the check of foreign key statement_context_activities_activity_id_fk';
--> statement-breakpoint
ALTER TABLE "lrs"."statement_context_agents" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."statement_context_agents" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "lrs"."statement_context_agents" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "lrs"."statement_context_agents" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."statement_context_agents" IS 'Agents that a statement names beside its actor, for queries with related_agents.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."statement_context_agents"."relevant_types" IS 'IRIs of how they took part; xAPI 2.0 contextAgents and contextGroups alone have them.';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."statement_context_agents_agent_id_idx" IS 'rows that refer to one target, and the check of foreign key statement_context_agents_agent_id_fk';
--> statement-breakpoint
ALTER TABLE "lrs"."statement_voids" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."statement_voids" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "lrs"."statement_voids" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "lrs"."statement_voids" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."statement_voids" IS 'Which statement voids which: a voided one is found by its id alone (xAPI Part Two §2.3.2).
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."statement_voids"."voided_id" IS 'Voided once, and no voiding statement itself.';
--> statement-breakpoint
ALTER TABLE "lrs"."statements" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."statements" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "lrs"."statements" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "lrs"."statements" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."statements" IS 'What somebody did, as xAPI 2.0 (IEEE 9274.1.1) states it; the row’s id is the statement’s, created_at its stored.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."statements"."verb_iri" IS 'Id of the verb.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."statements"."activity_id" IS 'The object, where it is an activity.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."statements"."object_agent_id" IS 'The object, where it is an agent or a group.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."statements"."object_statement_id" IS 'The object, where it refers to a statement, which need not be here.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."statements"."registration" IS 'The attempt or enrolment that it belongs to.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."statements"."authority_id" IS 'The agent who asserts it, set by the store.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."statements"."score_scaled" IS 'From -1 to 1.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."statements"."duration_ms" IS 'From the ISO 8601 duration.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."statements"."response" IS 'Encrypted with the person’s key, and absent from the statement beside it.
Kept for what the learner answered.
@pii free_text
@erasure shred';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."statements"."occurred_at" IS 'The statement’s timestamp.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."statements"."statement" IS 'The statement as accepted, with every agent replaced by its id in agents.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."statements"."statement_sha256" IS 'SHA-256 of its canonical JSON (RFC 8785): a repeated id must come with the same statement.';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."statements_created_at_idx" IS 'all statements in the order they were stored, for since and until';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."statements_actor_id_created_at_idx" IS 'an actor’s statements, newest first';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."statements_activity_id_created_at_idx" IS 'statements about an activity, newest first';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."statements_verb_iri_created_at_idx" IS 'statements with a verb, newest first';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."statements_registration_created_at_idx" IS 'statements of a registration';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."statements_object_statement_id_idx" IS 'statements that refer to a statement';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."statements_object_agent_id_idx" IS 'rows that refer to one target, and the check of foreign key statements_object_agent_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."statements_authority_id_idx" IS 'rows that refer to one target, and the check of foreign key statements_authority_id_fk';
--> statement-breakpoint
ALTER TABLE "notification"."deliveries" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "notification"."deliveries" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "notification"."deliveries" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "notification"."deliveries" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "notification"."deliveries" IS 'What became of each attempt to deliver a message, one row an outcome, as the provider reported it.
@kind append_only
@retention operational';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."deliveries"."attempt" IS 'Counts the attempts on the channel from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."deliveries"."template_id" IS 'The wording that was used.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."deliveries"."subject_key_id" IS 'Id in governance.subject_keys: the recipient’s key.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."deliveries"."provider_message_id" IS 'The provider’s name for it, by which later reports are matched.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."deliveries"."status_code" IS 'Enhanced mail status (RFC 3463) or HTTP status of the provider.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."deliveries"."address_ciphertext" IS 'Kept for proving where a message went.
@pii contact
@erasure shred';
--> statement-breakpoint
COMMENT ON INDEX "notification"."deliveries_provider_message_id_idx" IS 'the delivery that a provider’s report is about';
--> statement-breakpoint
COMMENT ON INDEX "notification"."deliveries_template_id_idx" IS 'rows that refer to one target, and the check of foreign key deliveries_template_id_fk';
--> statement-breakpoint
ALTER TABLE "notification"."messages" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "notification"."messages" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "notification"."messages" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "notification"."messages" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "notification"."messages" IS 'What one person is to be told, on whichever channels: the inbox within the application.
@kind tenant
@retention operational';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."messages"."template_key" IS 'Kind of message; the wording follows channel and language.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."messages"."category" IS 'Security and account are mandatory: they are sent whatever a person prefers.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."messages"."deduplication_key" IS 'Names the occasion: the same one is told once.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."messages"."not_before" IS 'Held back until then by quiet hours or a digest.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."messages"."expires_at" IS 'Not worth telling any more after this.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."messages"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."messages"."parameters" IS 'Kept for filled into the wording.
@pii free_text
@erasure null';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."messages"."read_at" IS 'Kept for telling unread messages from read ones.
@pii behaviour
@erasure null';
--> statement-breakpoint
COMMENT ON INDEX "notification"."messages_user_id_created_at_idx" IS 'a person’s messages, newest first';
--> statement-breakpoint
COMMENT ON INDEX "notification"."messages_not_before_idx" IS 'messages that were held back and are due';
--> statement-breakpoint
ALTER TABLE "notification"."preferences" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "notification"."preferences" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "notification"."preferences" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "notification"."preferences" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "notification"."preferences" IS 'Where a person departs from the default: categories switched on or off by channel, or gathered into a digest.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."preferences"."category" IS 'Security and account are mandatory: they are sent whatever a person prefers.';
--> statement-breakpoint
ALTER TABLE "notification"."push_subscriptions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "notification"."push_subscriptions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "notification"."push_subscriptions" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "notification"."push_subscriptions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "notification"."push_subscriptions" IS 'Browsers that a person receives web push messages in (RFC 8030).
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."push_subscriptions"."endpoint_sha256" IS 'SHA-256 of the endpoint, to recognise a browser that subscribes again.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."push_subscriptions"."key_reference" IS 'The key that the secret is encrypted with.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."push_subscriptions"."expires_at" IS 'Given by the browser, if at all.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."push_subscriptions"."last_accepted_at" IS 'When the push service last accepted a message for it.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."push_subscriptions"."failures" IS 'Failures in a row; a 404 or 410 removes the row (RFC 8030, section 7.3).';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."push_subscriptions"."endpoint" IS 'Kept for address of the push resource (RFC 8030, section 5).
@pii network
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."push_subscriptions"."p256dh" IS 'Kept for the browser’s P-256 public key, base64url (RFC 8291, section 3.1).
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."push_subscriptions"."auth_ciphertext" IS 'Kept for the authentication secret (RFC 8291, section 3.2), encrypted.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."push_subscriptions"."user_agent" IS 'Kept for telling a person’s browsers apart in their settings.
@pii network
@erasure delete_row';
--> statement-breakpoint
COMMENT ON INDEX "notification"."push_subscriptions_user_id_idx" IS 'rows that refer to one target, and the check of foreign key push_subscriptions_user_id_fk';
--> statement-breakpoint
ALTER TABLE "notification"."quiet_hours" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "notification"."quiet_hours" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "notification"."quiet_hours" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "notification"."quiet_hours" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "notification"."quiet_hours" IS 'When a person is not to be disturbed; what is not mandatory waits until they are over.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."quiet_hours"."time_zone" IS 'IANA time zone, such as Europe/Vienna.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."quiet_hours"."starts_minute" IS 'Minute of the local day, 0 to 1439.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."quiet_hours"."ends_minute" IS 'Minute of the local day; before the start where they span midnight.';
--> statement-breakpoint
ALTER TABLE "notification"."templates" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "notification"."templates" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "notification"."templates" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "notification"."templates" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "notification"."templates" IS 'Wordings of each kind of message, by channel and language.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."templates"."key" IS 'Kind of message, such as training.assignment.due.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."templates"."category" IS 'Security and account are mandatory: they are sent whatever a person prefers.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."templates"."subject" IS 'Subject line or title; null where the channel has none.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."templates"."variables" IS 'JSON Schema (2020-12) of the values that the wording needs.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."templates"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON COLUMN "notification"."templates"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "notification"."templates_locale_tag_idx" IS 'rows that refer to one target, and the check of foreign key templates_locale_tag_fk';
--> statement-breakpoint
ALTER TABLE "org"."locations" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "org"."locations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "org"."locations" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "org"."locations" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "org"."locations" IS 'Places where a tenant’s people work.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "org"."locations"."locality" IS 'City or town (RFC 7643, section 4.1.2).
Kept for naming where a location is.
@pii contact
@erasure null';
--> statement-breakpoint
COMMENT ON COLUMN "org"."locations"."region" IS 'State or province; ISO 3166-2 where there is a code.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."locations"."country_code" IS 'Its law holds for the people who work there.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."locations"."time_zone" IS 'IANA time zone, such as Europe/Berlin.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."locations"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."locations"."street_address" IS 'Kept for naming where a location is.
@pii contact
@erasure null';
--> statement-breakpoint
COMMENT ON COLUMN "org"."locations"."postal_code" IS 'Kept for naming where a location is.
@pii contact
@erasure null';
--> statement-breakpoint
COMMENT ON INDEX "org"."locations_country_code_idx" IS 'rows that refer to one target, and the check of foreign key locations_country_code_fk';
--> statement-breakpoint
ALTER TABLE "org"."tenant_allowed_networks" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "org"."tenant_allowed_networks" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "org"."tenant_allowed_networks" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "org"."tenant_allowed_networks" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "org"."tenant_allowed_networks" IS 'Networks that a tenant’s people must sign in from. Without any, they may from anywhere.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_allowed_networks"."note" IS 'What the network is, such as the head office.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_allowed_networks"."network" IS 'Kept for refusing sign-ins from elsewhere.
@pii network
@erasure delete_row';
--> statement-breakpoint
ALTER TABLE "org"."tenant_branding" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "org"."tenant_branding" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "org"."tenant_branding" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "org"."tenant_branding" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "org"."tenant_branding" IS 'How the platform looks and calls itself for a tenant’s people.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_branding"."product_name" IS 'What the platform is called there; null for its own name.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_branding"."logo_object_id" IS 'On a light ground.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_branding"."dark_logo_object_id" IS 'On a dark ground.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_branding"."primary_color" IS 'sRGB as #rrggbb, lower case.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_branding"."accent_color" IS 'sRGB as #rrggbb, lower case.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_branding"."sender_name" IS 'Display name of the platform’s own e-mails.
Kept for telling people whom to ask.
@pii contact
@erasure null';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_branding"."theme" IS 'Design tokens beyond the columns, checked for contrast (WCAG 2.2, 1.4.3) before they are stored.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_branding"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_branding"."support_email" IS 'Kept for telling people whom to ask.
@pii contact
@erasure null';
--> statement-breakpoint
COMMENT ON INDEX "org"."tenant_branding_logo_object_id_idx" IS 'rows that refer to one target, and the check of foreign key tenant_branding_logo_object_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "org"."tenant_branding_dark_logo_object_id_idx" IS 'rows that refer to one target, and the check of foreign key tenant_branding_dark_logo_object_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "org"."tenant_branding_icon_object_id_idx" IS 'rows that refer to one target, and the check of foreign key tenant_branding_icon_object_id_fk';
--> statement-breakpoint
ALTER TABLE "org"."tenant_frameworks" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "org"."tenant_frameworks" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "org"."tenant_frameworks" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "org"."tenant_frameworks" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "org"."tenant_frameworks" IS 'Regulations and standards that a tenant says it is bound by. Retention and reports follow from them.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_frameworks"."scope" IS 'What of the tenant is bound, such as cardholder data systems; null for all of it.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_frameworks"."owner_user_id" IS 'The person whom auditors speak to.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_frameworks"."ended_on" IS 'Last day that it bound the tenant; evidence of the time before is still kept for its period.';
--> statement-breakpoint
COMMENT ON INDEX "org"."tenant_frameworks_framework_code_idx" IS 'rows that refer to one target, and the check of foreign key tenant_frameworks_framework_code_fk';
--> statement-breakpoint
COMMENT ON INDEX "org"."tenant_frameworks_owner_user_id_idx" IS 'rows that refer to one target, and the check of foreign key tenant_frameworks_owner_user_id_fk';
--> statement-breakpoint
ALTER TABLE "org"."tenant_retention_policies" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "org"."tenant_retention_policies" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "org"."tenant_retention_policies" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "org"."tenant_retention_policies" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "org"."tenant_retention_policies" IS 'How long a tenant keeps a class of data beyond what its frameworks ask for, and why it may.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_retention_policies"."data_class" IS 'Training evidence, the audit log, game sessions, analytics, deliveries, or people who left.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_retention_policies"."retention_days" IS 'Counted from the record’s making; for accounts from the day the person left.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_retention_policies"."legal_basis" IS 'GDPR Art. 6(1)(a) to (f).';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_retention_policies"."reason" IS 'Why this long, as the record of processing says (GDPR Art. 30(1)(f)).';
--> statement-breakpoint
COMMENT ON INDEX "org"."tenant_retention_policies_decided_by_user_id_idx" IS 'rows that refer to one target, and the check of foreign key tenant_retention_policies_decided_by_user_id_fk';
--> statement-breakpoint
ALTER TABLE "org"."tenant_security_profiles" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "org"."tenant_security_profiles" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "org"."tenant_security_profiles" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "org"."tenant_security_profiles" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "org"."tenant_security_profiles" IS 'How strictly a tenant’s people sign in (NIST SP 800-63B), and for how long.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_security_profiles"."sso_required" IS 'Whether a password is refused to those who have an identity provider.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_security_profiles"."phishing_resistant_only" IS 'Whether only passkeys count as a second factor.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_security_profiles"."password_history_count" IS 'How many past passwords may not be chosen again.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_security_profiles"."password_max_age_days" IS 'Null for no expiry, as section 5.1.1.2 advises; some frameworks still ask for one.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_security_profiles"."session_max_minutes" IS 'After which a person signs in again, however busy (section 7.2).';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_security_profiles"."policy" IS 'Rules that have no column of their own.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_security_profiles"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
ALTER TABLE "org"."tenant_settings" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "org"."tenant_settings" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "org"."tenant_settings" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "org"."tenant_settings" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "org"."tenant_settings" IS 'What holds for a tenant’s people unless they choose for themselves, and what is switched on for them.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_settings"."time_zone" IS 'IANA time zone.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_settings"."country_code" IS 'Seat of the company.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_settings"."industry_code" IS 'What benchmarks compare it by.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_settings"."week_starts_on" IS 'ISO 8601: 1 Monday to 7 Sunday.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_settings"."workdays" IS 'Days of the week on which people may be sent training and simulations, 1 Monday to 7 Sunday.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_settings"."features" IS 'Switches of features by name; what a plan does not entitle to stays off.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_settings"."options" IS 'Settings of modules, by the module’s name.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_settings"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON INDEX "org"."tenant_settings_locale_tag_idx" IS 'rows that refer to one target, and the check of foreign key tenant_settings_locale_tag_fk';
--> statement-breakpoint
COMMENT ON INDEX "org"."tenant_settings_currency_code_idx" IS 'rows that refer to one target, and the check of foreign key tenant_settings_currency_code_fk';
--> statement-breakpoint
COMMENT ON INDEX "org"."tenant_settings_country_code_idx" IS 'rows that refer to one target, and the check of foreign key tenant_settings_country_code_fk';
--> statement-breakpoint
COMMENT ON INDEX "org"."tenant_settings_industry_code_idx" IS 'rows that refer to one target, and the check of foreign key tenant_settings_industry_code_fk';
--> statement-breakpoint
ALTER TABLE "org"."user_assignments" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "org"."user_assignments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "org"."user_assignments" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "org"."user_assignments" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "org"."user_assignments" IS 'Where a person works, as what and under whom, over time (RFC 7643, section 4.3). Who had to complete what is answered from it.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "org"."user_assignments"."manager_user_id" IS 'Whom escalations and reports about the person go to.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."user_assignments"."organization" IS 'Legal entity that employs the person.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."user_assignments"."cost_center" IS 'Null for the department’s own.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."user_assignments"."source" IS 'Who keeps it: what a directory keeps is not edited by hand.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."user_assignments"."ends_on" IS 'Last day; null while it goes on.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."user_assignments"."job_title" IS 'Kept for choosing training that fits the work.
@pii identity
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "org"."user_assignments"."employee_number" IS 'Kept for matching the HR system’s records.
@pii identity
@erasure delete_row';
--> statement-breakpoint
COMMENT ON INDEX "org"."user_assignments_employee_number_idx" IS 'the person of an employee number';
--> statement-breakpoint
COMMENT ON INDEX "org"."user_assignments_department_id_idx" IS 'rows that refer to one target, and the check of foreign key user_assignments_department_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "org"."user_assignments_location_id_idx" IS 'rows that refer to one target, and the check of foreign key user_assignments_location_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "org"."user_assignments_manager_user_id_idx" IS 'rows that refer to one target, and the check of foreign key user_assignments_manager_user_id_fk';
--> statement-breakpoint
ALTER TABLE "phishing"."campaign_templates" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "phishing"."campaign_templates" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "phishing"."campaign_templates" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "phishing"."campaign_templates" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "phishing"."campaign_templates" IS 'The templates that a campaign draws from, and how often each.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."campaign_templates"."weight" IS 'Share among the campaign’s templates.';
--> statement-breakpoint
COMMENT ON INDEX "phishing"."campaign_templates_template_id_idx" IS 'rows that refer to one target, and the check of foreign key campaign_templates_template_id_fk';
--> statement-breakpoint
ALTER TABLE "phishing"."campaigns" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "phishing"."campaigns" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "phishing"."campaigns" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "phishing"."campaigns" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "phishing"."campaigns" IS 'Series of simulated phishing messages: when they go out, to whom, and who allowed it.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."campaigns"."ends_at" IS 'Interactions count until then.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."campaigns"."schedule" IS 'Hours, weekdays and time zone in which messages go out.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."campaigns"."messages_per_hour" IS 'Null for as many as the mail server takes.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."campaigns"."audience" IS 'Rule that selected the targets; the targets themselves are rows.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."campaigns"."program_id" IS 'Id in training.programs: what those who fall for it must take.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."campaigns"."approved_by_id" IS 'Somebody other than the maker.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."campaigns"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."campaigns"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "phishing"."campaigns_status_starts_at_idx" IS 'campaigns to be started or ended';
--> statement-breakpoint
COMMENT ON INDEX "phishing"."campaigns_created_by_id_idx" IS 'rows that refer to one target, and the check of foreign key campaigns_created_by_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "phishing"."campaigns_approved_by_id_idx" IS 'rows that refer to one target, and the check of foreign key campaigns_approved_by_id_fk';
--> statement-breakpoint
ALTER TABLE "phishing"."interactions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "phishing"."interactions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "phishing"."interactions" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "phishing"."interactions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "phishing"."interactions" IS 'What people did with a simulated message. One that a mail scanner caused is invalidated by a later record.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."interactions"."report_channel" IS 'How it was reported; null for every other kind.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."interactions"."teachable_moment_id" IS 'The explanation that was shown.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."interactions"."automated" IS 'Whether it looks like a mail scanner’s work.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."interactions"."supersedes_id" IS 'The record that this one supersedes or invalidates.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."interactions"."ip_address" IS 'Kept for telling people from mail scanners.
@pii network
@erasure shred';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."interactions"."user_agent" IS 'Kept for telling people from mail scanners.
@pii network
@erasure shred';
--> statement-breakpoint
COMMENT ON INDEX "phishing"."interactions_send_id_occurred_at_idx" IS 'what became of one message, in order';
--> statement-breakpoint
COMMENT ON INDEX "phishing"."interactions_kind_occurred_at_idx" IS 'interactions of a kind in a period, for reports';
--> statement-breakpoint
COMMENT ON INDEX "phishing"."interactions_teachable_moment_id_idx" IS 'rows that refer to one target, and the check of foreign key interactions_teachable_moment_id_fk';
--> statement-breakpoint
ALTER TABLE "phishing"."landing_pages" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "phishing"."landing_pages" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "phishing"."landing_pages" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "phishing"."landing_pages" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "phishing"."landing_pages" IS 'The pages that simulated messages lead to. What people type into them is discarded in the browser.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."landing_pages"."locale_tag" IS 'Language that it is written in (BCP 47).';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."landing_pages"."slug" IS 'Path of the page on the simulation’s host.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."landing_pages"."markup" IS 'HTML without scripts; the platform adds what it records.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."landing_pages"."teachable_moment_id" IS 'What is explained after the mistake.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."landing_pages"."redirect_url" IS 'Where the person is sent when nothing is explained.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."landing_pages"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."landing_pages"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "phishing"."landing_pages_locale_tag_idx" IS 'rows that refer to one target, and the check of foreign key landing_pages_locale_tag_fk';
--> statement-breakpoint
COMMENT ON INDEX "phishing"."landing_pages_teachable_moment_id_idx" IS 'rows that refer to one target, and the check of foreign key landing_pages_teachable_moment_id_fk';
--> statement-breakpoint
ALTER TABLE "phishing"."sends" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "phishing"."sends" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "phishing"."sends" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "phishing"."sends" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "phishing"."sends" IS 'Each simulated message to one person, from being scheduled to its delivery.
@kind tenant
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."sends"."tracking_sha256" IS 'Hash of the token in the message’s links, by which an interaction finds its message.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."sends"."message_id" IS 'Message-ID (RFC 5322, section 3.6.4), for matching reports.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."sends"."reply_code" IS 'Enhanced status code of the mail server (RFC 3463).';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."sends"."recipient_address" IS 'Kept for delivering the simulated message.
@pii contact
@erasure null';
--> statement-breakpoint
COMMENT ON INDEX "phishing"."sends_status_scheduled_at_idx" IS 'messages that are due, soonest first';
--> statement-breakpoint
COMMENT ON INDEX "phishing"."sends_target_id_idx" IS 'rows that refer to one target, and the check of foreign key sends_target_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "phishing"."sends_template_id_idx" IS 'rows that refer to one target, and the check of foreign key sends_template_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "phishing"."sends_landing_page_id_idx" IS 'rows that refer to one target, and the check of foreign key sends_landing_page_id_fk';
--> statement-breakpoint
ALTER TABLE "phishing"."targets" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "phishing"."targets" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "phishing"."targets" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "phishing"."targets" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "phishing"."targets" IS 'The people that a campaign reaches, with the department that each belonged to at the time.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."targets"."department_id" IS 'As it was at the start, for fair comparison later.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."targets"."excluded_for" IS 'Why nothing is sent after all; null for everyone else.';
--> statement-breakpoint
COMMENT ON INDEX "phishing"."targets_user_id_idx" IS 'rows that refer to one target, and the check of foreign key targets_user_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "phishing"."targets_department_id_idx" IS 'rows that refer to one target, and the check of foreign key targets_department_id_fk';
--> statement-breakpoint
ALTER TABLE "phishing"."teachable_moments" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "phishing"."teachable_moments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "phishing"."teachable_moments" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "phishing"."teachable_moments" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "phishing"."teachable_moments" IS 'The short explanation that a person sees right after falling for a simulation.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."teachable_moments"."locale_tag" IS 'Language that it is written in (BCP 47).';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."teachable_moments"."body" IS 'Markdown (CommonMark).';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."teachable_moments"."points_out_cues" IS 'Whether the cues of the very message are shown in place.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."teachable_moments"."module_id" IS 'Id in training.modules: the lesson offered next.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."teachable_moments"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."teachable_moments"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "phishing"."teachable_moments_locale_tag_idx" IS 'rows that refer to one target, and the check of foreign key teachable_moments_locale_tag_fk';
--> statement-breakpoint
ALTER TABLE "phishing"."template_cues" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "phishing"."template_cues" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "phishing"."template_cues" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "phishing"."template_cues" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "phishing"."template_cues" IS 'The cues in a message by which it can be recognised, of the kinds that the NIST Phish Scale counts (TN 2276).
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."template_cues"."cue" IS 'Cue within its category, such as domain_spoofing.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."template_cues"."excerpt" IS 'The place in the message, which the teachable moment points out.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."template_cues"."explanation" IS 'What the person is told about it.';
--> statement-breakpoint
ALTER TABLE "phishing"."templates" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "phishing"."templates" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "phishing"."templates" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "phishing"."templates" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "phishing"."templates" IS 'Simulated phishing messages, each rated by how hard it is to detect (NIST Phish Scale).
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."templates"."locale_tag" IS 'Language that it is written in (BCP 47).';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."templates"."technique_id" IS 'Id in threat.attack_vectors: the MITRE ATT&CK technique, such as T1566.002.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."templates"."from_name" IS 'Fictional sender.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."templates"."from_address" IS 'Fictional sender’s address or number.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."templates"."reply_to_address" IS 'Fictional address for replies.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."templates"."subject" IS 'Null where the channel has none.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."templates"."body" IS 'Parts of the message by MIME type, with placeholders for the recipient.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."templates"."cue_count" IS 'Occurrences of cues: few up to 8, some up to 14, many from 15 on. Null while the template is not rated.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."templates"."mimics_workplace" IS 'NIST Phish Scale premise element, 0 to 8 in steps of 2: how far it mimics a workplace process or practice.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."templates"."workplace_relevance" IS 'NIST Phish Scale premise element, 0 to 8 in steps of 2: how far it is relevant to the workplace.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."templates"."situational_fit" IS 'NIST Phish Scale premise element, 0 to 8 in steps of 2: how far it aligns with other situations or events, also outside work.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."templates"."consequence_concern" IS 'NIST Phish Scale premise element, 0 to 8 in steps of 2: how far it makes people fear what follows from not clicking.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."templates"."prior_training" IS 'NIST Phish Scale premise element, 0 to 8 in steps of 2: how far people were trained on it or warned; it is subtracted.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."templates"."premise_alignment" IS 'By the sum of the elements: weak up to 10, medium up to 17, strong from 18 on (NIST TN 2276).';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."templates"."detection_difficulty" IS 'How hard it is for people to detect, from cues and alignment (NIST TN 2276).';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."templates"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON COLUMN "phishing"."templates"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "phishing"."templates_state_detection_difficulty_idx" IS 'approved templates of a difficulty';
--> statement-breakpoint
COMMENT ON INDEX "phishing"."templates_locale_tag_idx" IS 'rows that refer to one target, and the check of foreign key templates_locale_tag_fk';
--> statement-breakpoint
COMMENT ON INDEX "phishing"."templates_landing_page_id_idx" IS 'rows that refer to one target, and the check of foreign key templates_landing_page_id_fk';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."currencies" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT ON "public"."currencies" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "public"."currencies" IS 'Currencies by ISO 4217. An amount of money is a whole number of minor units of one of them.
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."currencies"."code" IS 'ISO 4217 alphabetic code.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."currencies"."numeric_code" IS 'ISO 4217 numeric code, with leading zeros.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."currencies"."minor_units" IS 'Decimal places of an amount; null where ISO 4217 says N.A., as of gold.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."currencies"."withdrawn_on" IS 'Last day of its use; null while it circulates.';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."framework_clauses" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT ON "public"."framework_clauses" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "public"."framework_clauses" IS 'Clauses of a framework that training, simulations or their records give evidence for.
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."framework_clauses"."code" IS 'Framework and clause, such as pci-dss:12.6.3.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."framework_clauses"."clause" IS 'Number as the framework prints it.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."framework_clauses"."summary" IS 'What it asks for, in our words.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."framework_clauses"."evidence" IS 'What the platform shows for it.';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."industries" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT ON "public"."industries" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "public"."industries" IS 'Sections of the United Nations’ classification of economic activities (ISIC): what benchmarks compare tenants by.
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."industries"."code" IS 'ISIC section, one letter.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."industries"."revision" IS 'Revision of ISIC that the section is of.';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."languages" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT ON "public"."languages" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "public"."languages" IS 'Languages by ISO 639.
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."languages"."code" IS 'Primary language subtag: the shortest ISO 639 code (RFC 5646, section 2.2.1).';
--> statement-breakpoint
COMMENT ON COLUMN "public"."languages"."alpha3" IS 'ISO 639-3; for the languages of ISO 639-2 its T code.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."languages"."name" IS 'English name.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."languages"."native_name" IS 'The language’s name in itself.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."languages"."direction" IS 'The way it is written: left to right, or right to left.';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."seed_runs" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
COMMENT ON TABLE "public"."seed_runs" IS 'What this database was last seeded with, so that an unchanged seed need not be compared row by row.
@kind control
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."seed_runs"."sources_sha256" IS 'SHA-256 over everything that the seed is made from.';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."tenant_domains" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
COMMENT ON TABLE "public"."tenant_domains" IS 'Internet domains that a tenant has shown to be its own: whose addresses sign in there, and where it is served.
@kind control
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenant_domains"."domain" IS 'Lower case, an internationalised one as A-labels (RFC 5890).';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenant_domains"."purpose" IS 'Whether people with addresses of the domain are the tenant’s, or the tenant’s pages are served under it.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenant_domains"."verification_value" IS 'What the record or file must show; everybody can read it there.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenant_domains"."verified_at" IS 'When control was last shown; null while it has not been, and the domain then has no effect.';
--> statement-breakpoint
COMMENT ON INDEX "public"."tenant_domains_domain_purpose_idx" IS 'the tenant of an address’s or a page’s domain';
--> statement-breakpoint
ALTER TABLE "social"."alliance_members" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "social"."alliance_members" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "social"."alliance_members" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "social"."alliance_members" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "social"."alliance_members" IS 'Which corporation belongs to which alliance; one that has left is a deleted row.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "social"."alliance_members"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "social"."alliance_members_corporation_id_idx" IS 'the alliances that a corporation has been in';
--> statement-breakpoint
COMMENT ON INDEX "social"."alliance_members_alliance_id_idx" IS 'rows that refer to one target, and the check of foreign key alliance_members_alliance_id_fk';
--> statement-breakpoint
ALTER TABLE "social"."alliances" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "social"."alliances" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "social"."alliances" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "social"."alliances" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "social"."alliances" IS 'Corporations that hold together against the others.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "social"."alliances"."tag" IS 'Two to five capitals or digits that stand before members’ names.';
--> statement-breakpoint
COMMENT ON COLUMN "social"."alliances"."leader_corporation_id" IS 'The corporation that speaks for the alliance.';
--> statement-breakpoint
COMMENT ON COLUMN "social"."alliances"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON COLUMN "social"."alliances"."motto" IS 'Kept for shown on the group’s page, written by its founder.
@pii free_text
@erasure null';
--> statement-breakpoint
COMMENT ON INDEX "social"."alliances_leader_corporation_id_idx" IS 'rows that refer to one target, and the check of foreign key alliances_leader_corporation_id_fk';
--> statement-breakpoint
ALTER TABLE "social"."competitive_event_participants" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "social"."competitive_event_participants" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "social"."competitive_event_participants" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "social"."competitive_event_participants" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "social"."competitive_event_participants" IS 'Who entered a competitive event, and how it ended for them.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "social"."competitive_event_participants"."seed_rank" IS 'Place in the seeding, 1 for the favourite.';
--> statement-breakpoint
COMMENT ON INDEX "social"."competitive_event_participants_user_id_idx" IS 'rows that refer to one target, and the check of foreign key competitive_event_participants_user_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "social"."competitive_event_participants_team_id_idx" IS 'rows that refer to one target, and the check of foreign key competitive_event_participants_team_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "social"."competitive_event_participants_corporation_id_idx" IS 'rows that refer to one target, and the check of foreign key competitive_event_participants_corporation_id_fk';
--> statement-breakpoint
ALTER TABLE "social"."competitive_events" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "social"."competitive_events" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "social"."competitive_events" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "social"."competitive_events" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "social"."competitive_events" IS 'Tournaments and challenges of a tenant, from announcement to final places.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "social"."competitive_events"."rules" IS 'Settings of the format: rounds, points, handicaps.';
--> statement-breakpoint
COMMENT ON COLUMN "social"."competitive_events"."max_participants" IS 'Null where anyone may enter.';
--> statement-breakpoint
COMMENT ON COLUMN "social"."competitive_events"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON COLUMN "social"."competitive_events"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "social"."competitive_events_status_starts_at_idx" IS 'events that are coming or running';
--> statement-breakpoint
ALTER TABLE "social"."corporation_members" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "social"."corporation_members" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "social"."corporation_members" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "social"."corporation_members" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "social"."corporation_members" IS 'Who belongs to which corporation, and as what; one who has left is a deleted row.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "social"."corporation_members"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "social"."corporation_members_user_id_idx" IS 'the corporations that a person has been in';
--> statement-breakpoint
COMMENT ON INDEX "social"."corporation_members_corporation_id_idx" IS 'rows that refer to one target, and the check of foreign key corporation_members_corporation_id_fk';
--> statement-breakpoint
ALTER TABLE "social"."corporations" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "social"."corporations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "social"."corporations" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "social"."corporations" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "social"."corporations" IS 'Companies that players run together, with a wallet of their own in the economy.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "social"."corporations"."tag" IS 'Two to five capitals or digits that stand before members’ names.';
--> statement-breakpoint
COMMENT ON COLUMN "social"."corporations"."founder_id" IS 'Null once the founder is gone.';
--> statement-breakpoint
COMMENT ON COLUMN "social"."corporations"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON COLUMN "social"."corporations"."motto" IS 'Kept for shown on the group’s page, written by its founder.
@pii free_text
@erasure null';
--> statement-breakpoint
COMMENT ON INDEX "social"."corporations_founder_id_idx" IS 'rows that refer to one target, and the check of foreign key corporations_founder_id_fk';
--> statement-breakpoint
ALTER TABLE "social"."friendships" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "social"."friendships" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "social"."friendships" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "social"."friendships" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "social"."friendships" IS 'Pairs of people who are friends, were asked to be, or of whom one blocked the other: one row a pair.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "social"."friendships"."lower_user_id" IS 'Of the two, the person with the lower id.';
--> statement-breakpoint
COMMENT ON COLUMN "social"."friendships"."initiator_id" IS 'Of the two, the one whose act the status goes back to: who asked, or who blocked.';
--> statement-breakpoint
COMMENT ON INDEX "social"."friendships_higher_user_id_idx" IS 'rows that refer to one target, and the check of foreign key friendships_higher_user_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "social"."friendships_initiator_id_idx" IS 'rows that refer to one target, and the check of foreign key friendships_initiator_id_fk';
--> statement-breakpoint
ALTER TABLE "social"."leaderboard_entries" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "social"."leaderboard_entries" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "social"."leaderboard_entries" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "social"."leaderboard_entries" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "social"."leaderboard_entries" IS 'The place of one person, team or corporation on a leaderboard.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "social"."leaderboard_entries"."achieved_at" IS 'When the score was reached; of equal scores the earlier one is ahead.';
--> statement-breakpoint
COMMENT ON COLUMN "social"."leaderboard_entries"."final_rank" IS 'Place once the board is closed; null until then.';
--> statement-breakpoint
COMMENT ON INDEX "social"."leaderboard_entries_leaderboard_id_score_achieved_at_idx" IS 'the head of a leaderboard';
--> statement-breakpoint
COMMENT ON INDEX "social"."leaderboard_entries_user_id_idx" IS 'rows that refer to one target, and the check of foreign key leaderboard_entries_user_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "social"."leaderboard_entries_team_id_idx" IS 'rows that refer to one target, and the check of foreign key leaderboard_entries_team_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "social"."leaderboard_entries_corporation_id_idx" IS 'rows that refer to one target, and the check of foreign key leaderboard_entries_corporation_id_fk';
--> statement-breakpoint
ALTER TABLE "social"."leaderboards" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "social"."leaderboards" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "social"."leaderboards" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "social"."leaderboards" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "social"."leaderboards" IS 'Rankings of a tenant: by which measure, among whom, and over which period.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "social"."leaderboards"."key" IS 'Stable name that code uses; the same for every period.';
--> statement-breakpoint
COMMENT ON COLUMN "social"."leaderboards"."entrant" IS 'What is ranked on it.';
--> statement-breakpoint
COMMENT ON COLUMN "social"."leaderboards"."department_id" IS 'Only this department is ranked; null for the whole tenant.';
--> statement-breakpoint
COMMENT ON COLUMN "social"."leaderboards"."ends_at" IS 'Null for an all-time board.';
--> statement-breakpoint
COMMENT ON COLUMN "social"."leaderboards"."closed_at" IS 'When its places became final.';
--> statement-breakpoint
COMMENT ON INDEX "social"."leaderboards_department_id_idx" IS 'rows that refer to one target, and the check of foreign key leaderboards_department_id_fk';
--> statement-breakpoint
ALTER TABLE "social"."match_participants" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "social"."match_participants" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "social"."match_participants" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "social"."match_participants" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "social"."match_participants" IS 'Who plays in a match, on which side, in which session, and with what result.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "social"."match_participants"."session_id" IS 'The session that is played for it; null until it starts.';
--> statement-breakpoint
COMMENT ON COLUMN "social"."match_participants"."side" IS 'Side in the match, from 1; people of one side share it.';
--> statement-breakpoint
COMMENT ON COLUMN "social"."match_participants"."rating_before" IS 'Elo rating on entering.';
--> statement-breakpoint
COMMENT ON INDEX "social"."match_participants_user_id_idx" IS 'rows that refer to one target, and the check of foreign key match_participants_user_id_fk';
--> statement-breakpoint
ALTER TABLE "social"."matches" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "social"."matches" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "social"."matches" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "social"."matches" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "social"."matches" IS 'Games that people play against or with each other, on the same seed and content so that they compare.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "social"."matches"."competitive_event_id" IS 'Null for a match outside any event.';
--> statement-breakpoint
COMMENT ON COLUMN "social"."matches"."round" IS 'Round of the event, from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "social"."matches"."seed" IS 'Seed of every participant’s session, 0 to 2^53 - 1.';
--> statement-breakpoint
COMMENT ON INDEX "social"."matches_status_scheduled_at_idx" IS 'matches to be started';
--> statement-breakpoint
COMMENT ON INDEX "social"."matches_competitive_event_id_idx" IS 'rows that refer to one target, and the check of foreign key matches_competitive_event_id_fk';
--> statement-breakpoint
ALTER TABLE "story"."chapters" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "story"."chapters" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "story"."chapters" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "story"."chapters" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "story"."chapters" IS 'Chapters of a season, told in their order.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "story"."chapters"."position" IS 'Order in the telling, from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "story"."chapters"."opens_after_days" IS 'Days from the season’s start until players may enter it.';
--> statement-breakpoint
COMMENT ON COLUMN "story"."chapters"."unlock_condition" IS 'Flags, standings and days that must hold, as the story’s rules define them; null where nothing must.';
--> statement-breakpoint
COMMENT ON COLUMN "story"."chapters"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
ALTER TABLE "story"."choices" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "story"."choices" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "story"."choices" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "story"."choices" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "story"."choices" IS 'Ways from one scene to the next; a scene with one way and no label goes on by itself.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "story"."choices"."position" IS 'Order in the telling, from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "story"."choices"."label" IS 'What the player reads; null where the story goes on by itself.';
--> statement-breakpoint
COMMENT ON COLUMN "story"."choices"."requirement" IS 'Flags, standings and days that must hold, as the story’s rules define them; null where nothing must.';
--> statement-breakpoint
COMMENT ON COLUMN "story"."choices"."effects" IS 'Flags that it sets and standings that it changes.';
--> statement-breakpoint
COMMENT ON COLUMN "story"."choices"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON INDEX "story"."choices_to_node_id_idx" IS 'rows that refer to one target, and the check of foreign key choices_to_node_id_fk';
--> statement-breakpoint
ALTER TABLE "story"."faction_relations" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "story"."faction_relations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "story"."faction_relations" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "story"."faction_relations" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "story"."faction_relations" IS 'How one faction regards another when a story begins; the other may see it differently.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "story"."faction_relations"."standing" IS 'From -100 at war to 100 sworn ally; 0 indifferent.';
--> statement-breakpoint
COMMENT ON COLUMN "story"."faction_relations"."reason" IS 'What lies between them, for writers.';
--> statement-breakpoint
COMMENT ON INDEX "story"."faction_relations_towards_faction_id_idx" IS 'rows that refer to one target, and the check of foreign key faction_relations_towards_faction_id_fk';
--> statement-breakpoint
ALTER TABLE "story"."faction_standings" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "story"."faction_standings" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "story"."faction_standings" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "story"."faction_standings" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "story"."faction_standings" IS 'How a faction regards a player by now, in one season.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "story"."faction_standings"."standing" IS 'From -100 at war to 100 sworn ally; 0 indifferent.
Kept for letting factions answer to what the player did.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON INDEX "story"."faction_standings_faction_id_idx" IS 'rows that refer to one target, and the check of foreign key faction_standings_faction_id_fk';
--> statement-breakpoint
ALTER TABLE "story"."factions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "story"."factions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "story"."factions" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "story"."factions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "story"."factions" IS 'The powers of the invented world: governments, relief bodies, guilds, and those behind the attacks.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "story"."factions"."domain" IS 'Domain that it truly writes from, in the content’s e-mails.';
--> statement-breakpoint
COMMENT ON COLUMN "story"."factions"."colour" IS 'sRGB as #rrggbb.';
--> statement-breakpoint
COMMENT ON COLUMN "story"."factions"."emblem_key" IS 'Key in content.assets.';
--> statement-breakpoint
COMMENT ON COLUMN "story"."factions"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
ALTER TABLE "story"."nodes" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "story"."nodes" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "story"."nodes" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "story"."nodes" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "story"."nodes" IS 'Scenes of a chapter: what is shown at a point of the story, and what it changes.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "story"."nodes"."entry" IS 'Whether the chapter begins here.';
--> statement-breakpoint
COMMENT ON COLUMN "story"."nodes"."speaker" IS 'Invented character who speaks; null for the narrator.';
--> statement-breakpoint
COMMENT ON COLUMN "story"."nodes"."scene" IS 'Texts, art and effects, in the shape of its kind.';
--> statement-breakpoint
COMMENT ON COLUMN "story"."nodes"."template_key" IS 'Key in content.email_templates of the season’s pack; null for what is no e-mail.';
--> statement-breakpoint
COMMENT ON COLUMN "story"."nodes"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
ALTER TABLE "story"."player_choices" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "story"."player_choices" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "story"."player_choices" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "story"."player_choices" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "story"."player_choices" IS 'The choices that a player made in a season: the way through its scenes.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "story"."player_choices"."position" IS 'Order in which they were made, from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "story"."player_choices"."choice_id" IS 'Kept for telling the story that the player’s choices lead to.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON INDEX "story"."player_choices_choice_id_idx" IS 'rows that refer to one target, and the check of foreign key player_choices_choice_id_fk';
--> statement-breakpoint
ALTER TABLE "story"."player_progress" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "story"."player_progress" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "story"."player_progress" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "story"."player_progress" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "story"."player_progress" IS 'How far a player is in a season: the scene where the story goes on, and what it remembers.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "story"."player_progress"."current_node_id" IS 'Null before the first scene.
Kept for going on where the player stopped.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "story"."player_progress"."flags" IS 'What the story remembers of the player’s choices, by flag.
Kept for telling the story that the player’s choices lead to.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "story"."player_progress"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON INDEX "story"."player_progress_season_id_state_idx" IS 'how far players are in a season';
--> statement-breakpoint
COMMENT ON INDEX "story"."player_progress_current_node_id_idx" IS 'rows that refer to one target, and the check of foreign key player_progress_current_node_id_fk';
--> statement-breakpoint
ALTER TABLE "story"."seasons" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "story"."seasons" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "story"."seasons" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "story"."seasons" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "story"."seasons" IS 'Seasons of the story, each open to players for a time.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "story"."seasons"."number" IS 'Counts the seasons from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "story"."seasons"."pack_version" IS 'Content pack that its sessions are played with, such as base@1; null for the tenant’s current one.';
--> statement-breakpoint
COMMENT ON COLUMN "story"."seasons"."ends_at" IS 'First instant after it; null for a season without an end.';
--> statement-breakpoint
COMMENT ON COLUMN "story"."seasons"."presentation" IS 'Colours, music and art by their asset keys.';
--> statement-breakpoint
COMMENT ON COLUMN "story"."seasons"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON COLUMN "story"."seasons"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "story"."seasons_state_starts_at_idx" IS 'the season that runs now';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "threat"."attack_tactics" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT ON "threat"."attack_tactics" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "threat"."attack_tactics" IS 'Tactics of MITRE ATT&CK: what an adversary is after at a step, in the order of the matrix.
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."attack_tactics"."tactic_id" IS 'ATT&CK id, such as TA0001.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."attack_tactics"."short_name" IS 'Name in ATT&CK’s STIX data, such as initial-access.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."attack_tactics"."position" IS 'Place in the matrix from the left, from 1.';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "threat"."attack_vector_tactics" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT ON "threat"."attack_vector_tactics" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "threat"."attack_vector_tactics" IS 'Which tactics a technique serves; some serve several.
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON INDEX "threat"."attack_vector_tactics_tactic_id_idx" IS 'rows that refer to one target, and the check of foreign key attack_vector_tactics_tactic_id_fk';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "threat"."attack_vectors" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT ON "threat"."attack_vectors" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "threat"."attack_vectors" IS 'Techniques and sub-techniques of MITRE ATT&CK that concern initial access, phishing and credential theft.
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."attack_vectors"."technique_id" IS 'ATT&CK id, such as T1566.002.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."attack_vectors"."parent_technique_id" IS 'The technique that it is a kind of; null where it is none’s.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."attack_vectors"."life_cycle" IS 'MITRE keeps ids for good: what is no longer used is deprecated or revoked.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."attack_vectors"."replaced_by_id" IS 'The technique that MITRE revoked it in favour of.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."attack_vectors"."attack_release" IS 'Release of ATT&CK that the row was taken from, such as 17.1.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."attack_vectors"."source_url" IS 'The technique’s page at attack.mitre.org.';
--> statement-breakpoint
COMMENT ON INDEX "threat"."attack_vectors_parent_technique_id_idx" IS 'rows that refer to one target, and the check of foreign key attack_vectors_parent_technique_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "threat"."attack_vectors_replaced_by_id_idx" IS 'rows that refer to one target, and the check of foreign key attack_vectors_replaced_by_id_fk';
--> statement-breakpoint
ALTER TABLE "threat"."attacks" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "threat"."attacks" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "threat"."attacks" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "threat"."attacks" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "threat"."attacks" IS 'Attacks that were launched in a session: by what way, when they strike, and whether they were stopped.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."attacks"."attack_key" IS 'Name within the session, such as d03-a1.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."attacks"."severity" IS '1 nuisance to 5 disaster.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."attacks"."technique_id" IS 'How it got in; null where the content does not say.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."attacks"."campaign_phase_id" IS 'Null for an attack outside of any campaign.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."attacks"."email_id" IS 'Id in game.emails: the approved e-mail that let it in; null for a probe of the worm itself.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."attacks"."day" IS 'Game day of its launch.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."attacks"."due_day" IS 'Game day on which it strikes.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."attacks"."block_permille" IS 'Chance of 1000 that the defences had; null until it struck.';
--> statement-breakpoint
COMMENT ON INDEX "threat"."attacks_session_id_due_day_idx" IS 'attacks of a session that strike on a day';
--> statement-breakpoint
COMMENT ON INDEX "threat"."attacks_technique_id_idx" IS 'rows that refer to one target, and the check of foreign key attacks_technique_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "threat"."attacks_campaign_phase_id_idx" IS 'rows that refer to one target, and the check of foreign key attacks_campaign_phase_id_fk';
--> statement-breakpoint
ALTER TABLE "threat"."breaches" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "threat"."breaches" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "threat"."breaches" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "threat"."breaches" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "threat"."breaches" IS 'Attacks that got through, and what they cost at once.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."breaches"."severity" IS '1 nuisance to 5 disaster.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."breaches"."dwell_days" IS 'Game days from its launch to the breach.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."breaches"."heat_delta" IS 'Change of the attackers’ attention, 0 to 100.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."breaches"."ransom_credits" IS 'Demanded; 0 where nobody asks for a ransom.';
--> statement-breakpoint
COMMENT ON INDEX "threat"."breaches_session_id_day_idx" IS 'breaches of a session, by day';
--> statement-breakpoint
COMMENT ON INDEX "threat"."breaches_kind_occurred_at_idx" IS 'breaches of a tenant over a period, by kind';
--> statement-breakpoint
ALTER TABLE "threat"."campaign_phase_vectors" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "threat"."campaign_phase_vectors" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "threat"."campaign_phase_vectors" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "threat"."campaign_phase_vectors" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "threat"."campaign_phase_vectors" IS 'Techniques that a campaign uses in a phase, and how often each is drawn.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."campaign_phase_vectors"."weight" IS 'Drawn in proportion to the others’ weights.';
--> statement-breakpoint
COMMENT ON INDEX "threat"."campaign_phase_vectors_technique_id_idx" IS 'rows that refer to one target, and the check of foreign key campaign_phase_vectors_technique_id_fk';
--> statement-breakpoint
ALTER TABLE "threat"."campaign_phases" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "threat"."campaign_phases" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "threat"."campaign_phases" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "threat"."campaign_phases" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "threat"."campaign_phases" IS 'Steps of a campaign, each one tactic for a span of game days.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."campaign_phases"."position" IS 'Order within the campaign, from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."campaign_phases"."starts_after_days" IS 'Game days from the campaign’s first to this phase’s first.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."campaign_phases"."days" IS 'Length in game days.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."campaign_phases"."intensity_permille" IS 'Chance of an attack on a day of the phase, of 1000.';
--> statement-breakpoint
COMMENT ON INDEX "threat"."campaign_phases_tactic_id_idx" IS 'rows that refer to one target, and the check of foreign key campaign_phases_tactic_id_fk';
--> statement-breakpoint
ALTER TABLE "threat"."campaigns" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "threat"."campaigns" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "threat"."campaigns" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "threat"."campaigns" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "threat"."campaigns" IS 'Plans of an invented adversary that sessions can meet; released in a content pack and never changed after.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."campaigns"."pack_version" IS 'Pack and version that a session names, such as base@1.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."campaigns"."adversary" IS 'The invented group behind it.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."campaigns"."sophistication" IS '1 opportunist to 5 state-like.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."campaigns"."from_threat_tier" IS 'Lowest threat at which a session can meet it.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."campaigns"."plan" IS 'What the phases have no column for: lures, branching, texts.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."campaigns"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
ALTER TABLE "threat"."incident_actions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "threat"."incident_actions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "threat"."incident_actions" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "threat"."incident_actions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "threat"."incident_actions" IS 'What the player did about an incident, in order, and what each step cost.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."incident_actions"."position" IS 'Order within the incident, from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."incident_actions"."cost_credits" IS 'Price of the response.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."incident_actions"."heat_delta" IS 'Change of the attackers’ attention, 0 to 100.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."incident_actions"."action_id" IS 'Id in game.actions: the player’s action.';
--> statement-breakpoint
ALTER TABLE "threat"."incidents" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "threat"."incidents" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "threat"."incidents" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "threat"."incidents" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "threat"."incidents" IS 'What a breach leaves to be dealt with; a session goes on once none is open.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."incidents"."incident_key" IS 'Name within the session, such as d03-i1.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."incidents"."response" IS 'The action that resolved it; null while it is open.';
--> statement-breakpoint
COMMENT ON INDEX "threat"."incidents_session_id_state_idx" IS 'open incidents of a session';
--> statement-breakpoint
ALTER TABLE "threat"."intelligence_brief_vectors" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "threat"."intelligence_brief_vectors" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "threat"."intelligence_brief_vectors" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "threat"."intelligence_brief_vectors" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "threat"."intelligence_brief_vectors" IS 'Techniques that a brief warns of.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON INDEX "threat"."intelligence_brief_vectors_technique_id_idx" IS 'rows that refer to one target, and the check of foreign key intelligence_brief_vectors_technique_id_fk';
--> statement-breakpoint
ALTER TABLE "threat"."intelligence_briefs" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "threat"."intelligence_briefs" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "threat"."intelligence_briefs" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "threat"."intelligence_briefs" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "threat"."intelligence_briefs" IS 'What players are told about the adversary: to everybody, or in one session that paid for it.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."intelligence_briefs"."session_id" IS 'The session that got it; null for a brief to all.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."intelligence_briefs"."findings" IS 'Paragraphs, indicators of compromise, and what to do.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."intelligence_briefs"."traffic_light" IS 'Who may be told (FIRST, Traffic Light Protocol 2.0).';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."intelligence_briefs"."source_reliability" IS 'Admiralty Code (NATO AJP-2.1): A reliable to E unreliable, F cannot be judged.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."intelligence_briefs"."information_credibility" IS 'Admiralty Code: 1 confirmed to 5 improbable, 6 cannot be judged.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."intelligence_briefs"."cost_intel" IS 'Fragments of intel that it costs.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."intelligence_briefs"."day" IS 'Game day that it came on; null for a brief to all.';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."intelligence_briefs"."valid_until" IS 'No longer to be relied on from then (STIX 2.1, valid_until).';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."intelligence_briefs"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON INDEX "threat"."intelligence_briefs_published_at_idx" IS 'briefs, newest first';
--> statement-breakpoint
COMMENT ON INDEX "threat"."intelligence_briefs_campaign_id_idx" IS 'rows that refer to one target, and the check of foreign key intelligence_briefs_campaign_id_fk';
--> statement-breakpoint
ALTER TABLE "training"."assessment_results" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "training"."assessment_results" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "training"."assessment_results" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "training"."assessment_results" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "training"."assessment_results" IS 'What a person scored in one attempt at an assessment, and which questions they were asked.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "training"."assessment_results"."assignment_id" IS 'Null where the person took it unasked.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."assessment_results"."attempt" IS 'From 1, for each person and assessment.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."assessment_results"."questions_sha256" IS 'Hash of the questions as asked.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."assessment_results"."game_session_id" IS 'The game that was assessed, where it was one.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."assessment_results"."answers" IS 'JSON, encrypted with the person’s key.
Kept for showing the person and their trainer what was answered.
@pii behaviour
@erasure shred';
--> statement-breakpoint
COMMENT ON COLUMN "training"."assessment_results"."supersedes_id" IS 'The record that this one supersedes or invalidates.';
--> statement-breakpoint
COMMENT ON INDEX "training"."assessment_results_user_id_submitted_at_idx" IS 'a person’s results, newest first';
--> statement-breakpoint
COMMENT ON INDEX "training"."assessment_results_assessment_id_idx" IS 'rows that refer to one target, and the check of foreign key assessment_results_assessment_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "training"."assessment_results_assignment_id_idx" IS 'rows that refer to one target, and the check of foreign key assessment_results_assignment_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "training"."assessment_results_game_session_id_idx" IS 'rows that refer to one target, and the check of foreign key assessment_results_game_session_id_fk';
--> statement-breakpoint
ALTER TABLE "training"."assessments" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "training"."assessments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "training"."assessments" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "training"."assessments" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "training"."assessments" IS 'Tests of what was learnt, with their questions and what counts as passing.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "training"."assessments"."pass_mark_permille" IS 'Share of the points, in 1/1000.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."assessments"."attempts_allowed" IS 'Null for as many as the person likes.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."assessments"."shuffled" IS 'Whether questions change order.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."assessments"."questions" IS 'Questions, choices, keys and points.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."assessments"."questions_sha256" IS 'SHA-256 of the questions’ canonical JSON (RFC 8785), which each result names.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."assessments"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."assessments"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "training"."assessments_module_id_idx" IS 'rows that refer to one target, and the check of foreign key assessments_module_id_fk';
--> statement-breakpoint
ALTER TABLE "training"."assignments" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "training"."assignments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "training"."assignments" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "training"."assignments" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "training"."assignments" IS 'That a person must complete a programme by a day, once for each cycle, and how far they are.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "training"."assignments"."cycle" IS 'How many times the programme came round.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."assignments"."origin" IS 'What made the person be assigned.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."assignments"."assigned_by_id" IS 'The person who assigned it; null for a rule.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."assignments"."progress_permille" IS 'In 1/1000.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."assignments"."waiver_reason" IS 'Kept for saying why a person need not complete it.
@pii free_text
@erasure null';
--> statement-breakpoint
COMMENT ON INDEX "training"."assignments_user_id_due_at_idx" IS 'a person’s assignments, next due first';
--> statement-breakpoint
COMMENT ON INDEX "training"."assignments_status_due_at_idx" IS 'open assignments that fall due, to be reminded of or escalated';
--> statement-breakpoint
COMMENT ON INDEX "training"."assignments_assigned_by_id_idx" IS 'rows that refer to one target, and the check of foreign key assignments_assigned_by_id_fk';
--> statement-breakpoint
ALTER TABLE "training"."attestations" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "training"."attestations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "training"."attestations" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "training"."attestations" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "training"."attestations" IS 'That a person declared to have read a policy’s version and to follow it.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "training"."attestations"."method" IS 'How the declaration was made; step_up follows a fresh sign-in.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."attestations"."supersedes_id" IS 'The record that this one supersedes or invalidates.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."attestations"."signatory_name" IS 'Kept for naming who signed.
@pii identity
@erasure shred';
--> statement-breakpoint
COMMENT ON COLUMN "training"."attestations"."ip_address" IS 'Kept for proving where the declaration came from.
@pii network
@erasure shred';
--> statement-breakpoint
COMMENT ON COLUMN "training"."attestations"."user_agent" IS 'Kept for proving which browser the declaration came from.
@pii network
@erasure shred';
--> statement-breakpoint
COMMENT ON INDEX "training"."attestations_user_id_attested_at_idx" IS 'a person’s attestations, newest first';
--> statement-breakpoint
COMMENT ON INDEX "training"."attestations_policy_version_id_idx" IS 'rows that refer to one target, and the check of foreign key attestations_policy_version_id_fk';
--> statement-breakpoint
ALTER TABLE "training"."certificates" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "training"."certificates" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "training"."certificates" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "training"."certificates" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "training"."certificates" IS 'Signed proof, for printing and for verifying, that a person completed a programme.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "training"."certificates"."completion_id" IS 'The completion that is certified.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."certificates"."serial" IS 'Printed number by which anyone can have it verified.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."certificates"."expires_on" IS 'Last day that it is good for; null without end.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."certificates"."document_object_id" IS 'The PDF as issued.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."certificates"."signature" IS 'Ed25519 (RFC 8032) over the certificate’s canonical JSON (RFC 8785), base64url.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."certificates"."signing_key_id" IS 'RFC 7638 thumbprint of the public key.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."certificates"."supersedes_id" IS 'The record that this one supersedes or invalidates.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."certificates"."holder_name" IS 'Kept for printed on the certificate.
@pii identity
@erasure shred';
--> statement-breakpoint
COMMENT ON INDEX "training"."certificates_user_id_created_at_idx" IS 'a person’s certificates, newest first';
--> statement-breakpoint
COMMENT ON INDEX "training"."certificates_expires_on_idx" IS 'certificates that expire, to be renewed';
--> statement-breakpoint
COMMENT ON INDEX "training"."certificates_program_id_idx" IS 'rows that refer to one target, and the check of foreign key certificates_program_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "training"."certificates_completion_id_idx" IS 'rows that refer to one target, and the check of foreign key certificates_completion_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "training"."certificates_document_object_id_idx" IS 'rows that refer to one target, and the check of foreign key certificates_document_object_id_fk';
--> statement-breakpoint
ALTER TABLE "training"."completions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "training"."completions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "training"."completions" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "training"."completions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "training"."completions" IS 'That a person completed a programme, or one module of it, and what that rests on.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "training"."completions"."module_id" IS 'The module completed; null for the programme as a whole.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."completions"."assignment_id" IS 'Null where the person was not assigned.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."completions"."valid_until" IS 'Last day that it counts; null where it does not lapse.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."completions"."assessment_result_id" IS 'The result that it rests on.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."completions"."game_session_id" IS 'The game that it rests on.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."completions"."statement_id" IS 'Id in lrs.statements: the statement that it rests on.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."completions"."score_permille" IS 'In 1/1000; null where nothing was scored.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."completions"."supersedes_id" IS 'The record that this one supersedes or invalidates.';
--> statement-breakpoint
COMMENT ON INDEX "training"."completions_user_id_completed_at_idx" IS 'a person’s completions, newest first';
--> statement-breakpoint
COMMENT ON INDEX "training"."completions_program_id_completed_at_idx" IS 'who completed a programme in a period';
--> statement-breakpoint
COMMENT ON INDEX "training"."completions_valid_until_idx" IS 'completions that lapse, to be assigned again';
--> statement-breakpoint
COMMENT ON INDEX "training"."completions_module_id_idx" IS 'rows that refer to one target, and the check of foreign key completions_module_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "training"."completions_assignment_id_idx" IS 'rows that refer to one target, and the check of foreign key completions_assignment_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "training"."completions_assessment_result_id_idx" IS 'rows that refer to one target, and the check of foreign key completions_assessment_result_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "training"."completions_game_session_id_idx" IS 'rows that refer to one target, and the check of foreign key completions_game_session_id_fk';
--> statement-breakpoint
ALTER TABLE "training"."escalations" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "training"."escalations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "training"."escalations" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "training"."escalations" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "training"."escalations" IS 'That somebody was told of an assignment which was not completed in time: the proof that the tenant insisted.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "training"."escalations"."level" IS '1 reminds the person; each higher one tells a superior.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."escalations"."recipient_id" IS 'The person who was told.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."escalations"."days_overdue" IS 'Negative before the assignment is due.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."escalations"."delivery_id" IS 'Id in notification.deliveries: the message sent.';
--> statement-breakpoint
COMMENT ON INDEX "training"."escalations_recipient_id_idx" IS 'rows that refer to one target, and the check of foreign key escalations_recipient_id_fk';
--> statement-breakpoint
ALTER TABLE "training"."jit_interventions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "training"."jit_interventions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "training"."jit_interventions" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "training"."jit_interventions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "training"."jit_interventions" IS 'Short lessons given just in time, at the moment when a person made a mistake.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "training"."jit_interventions"."game_session_id" IS 'The game in which the mistake was made.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."jit_interventions"."interaction_id" IS 'Id in phishing.interactions: the mistake made there.';
--> statement-breakpoint
COMMENT ON INDEX "training"."jit_interventions_user_id_status_offered_at_idx" IS 'a person’s lessons on offer';
--> statement-breakpoint
COMMENT ON INDEX "training"."jit_interventions_status_expires_at_idx" IS 'offers that have expired, to be closed';
--> statement-breakpoint
COMMENT ON INDEX "training"."jit_interventions_module_id_idx" IS 'rows that refer to one target, and the check of foreign key jit_interventions_module_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "training"."jit_interventions_game_session_id_idx" IS 'rows that refer to one target, and the check of foreign key jit_interventions_game_session_id_fk';
--> statement-breakpoint
ALTER TABLE "training"."management_attestations" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "training"."management_attestations" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "training"."management_attestations" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "training"."management_attestations" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "training"."management_attestations" IS 'That a member of management vouched for the training of a period, as NIS2 Art. 20 and DORA Art. 5 expect.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "training"."management_attestations"."framework_code" IS 'The rule under which it is given.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."management_attestations"."program_id" IS 'The programme vouched for; null for all of them.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."management_attestations"."user_id" IS 'The person who vouches.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."management_attestations"."capacity" IS 'Office that the person held, such as CISO.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."management_attestations"."period_ends_on" IS 'Last day of the period.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."management_attestations"."wording" IS 'What was declared, from the framework’s template.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."management_attestations"."signature" IS 'Ed25519 (RFC 8032) over the declaration’s canonical JSON (RFC 8785), base64url.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."management_attestations"."signing_key_id" IS 'RFC 7638 thumbprint of the public key.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."management_attestations"."supersedes_id" IS 'The record that this one supersedes or invalidates.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."management_attestations"."signatory_name" IS 'Kept for naming who signed.
@pii identity
@erasure shred';
--> statement-breakpoint
COMMENT ON INDEX "training"."management_attestations_framework_code_idx" IS 'rows that refer to one target, and the check of foreign key management_attestations_framework_code_fk';
--> statement-breakpoint
COMMENT ON INDEX "training"."management_attestations_program_id_idx" IS 'rows that refer to one target, and the check of foreign key management_attestations_program_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "training"."management_attestations_user_id_idx" IS 'rows that refer to one target, and the check of foreign key management_attestations_user_id_fk';
--> statement-breakpoint
ALTER TABLE "training"."modules" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "training"."modules" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "training"."modules" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "training"."modules" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "training"."modules" IS 'The parts of a programme, in the order that they are taken.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "training"."modules"."position" IS 'Order within the programme, from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."modules"."required" IS 'Whether completion depends on it.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."modules"."content_item_id" IS 'What is shown, where the content module holds it.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."modules"."activity_iri" IS 'Its activity id in xAPI statements (Part Two §2.4.4.1).';
--> statement-breakpoint
COMMENT ON COLUMN "training"."modules"."settings" IS 'Particulars of the format, such as the package to launch or the length of the game.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."modules"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."modules"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "training"."modules_program_id_idx" IS 'rows that refer to one target, and the check of foreign key modules_program_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "training"."modules_content_item_id_idx" IS 'rows that refer to one target, and the check of foreign key modules_content_item_id_fk';
--> statement-breakpoint
ALTER TABLE "training"."policies" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "training"."policies" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "training"."policies" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "training"."policies" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "training"."policies" IS 'Rules of the tenant that its people must know, such as acceptable use; the wording is in the versions.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "training"."policies"."code" IS 'Stable short name.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."policies"."owner_id" IS 'The person who answers for the policy.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."policies"."review_months" IS 'Months between its reviews.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."policies"."audience" IS 'Rule that selects who must attest to it.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."policies"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."policies"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "training"."policies_owner_id_idx" IS 'rows that refer to one target, and the check of foreign key policies_owner_id_fk';
--> statement-breakpoint
ALTER TABLE "training"."policy_versions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "training"."policy_versions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "training"."policy_versions" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "training"."policy_versions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "training"."policy_versions" IS 'The wording of a policy as it was approved; what people attested to can be read for ever.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "training"."policy_versions"."number" IS 'From 1, for each policy.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."policy_versions"."locale_tag" IS 'Language of this wording.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."policy_versions"."body" IS 'The wording, as Markdown (CommonMark).';
--> statement-breakpoint
COMMENT ON COLUMN "training"."policy_versions"."document_object_id" IS 'The same as a document for printing.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."policy_versions"."change_summary" IS 'What changed since the version before.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."policy_versions"."requires_attestation" IS 'Whether people must attest again; false for a correction of spelling.';
--> statement-breakpoint
COMMENT ON INDEX "training"."policy_versions_locale_tag_idx" IS 'rows that refer to one target, and the check of foreign key policy_versions_locale_tag_fk';
--> statement-breakpoint
COMMENT ON INDEX "training"."policy_versions_document_object_id_idx" IS 'rows that refer to one target, and the check of foreign key policy_versions_document_object_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "training"."policy_versions_approved_by_id_idx" IS 'rows that refer to one target, and the check of foreign key policy_versions_approved_by_id_fk';
--> statement-breakpoint
ALTER TABLE "training"."program_clauses" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "training"."program_clauses" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "training"."program_clauses" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "training"."program_clauses" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "training"."program_clauses" IS 'Which clauses of regulations and standards a programme answers.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON INDEX "training"."program_clauses_clause_code_idx" IS 'rows that refer to one target, and the check of foreign key program_clauses_clause_code_fk';
--> statement-breakpoint
ALTER TABLE "training"."program_reviews" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "training"."program_reviews" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "training"."program_reviews" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "training"."program_reviews" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "training"."program_reviews" IS 'The regular look back at whether a programme works, with the figures as they stood (NIST SP 800-50r1).
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "training"."program_reviews"."period_ends_on" IS 'Last day of the period.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."program_reviews"."click_rate_permille" IS 'Simulated phishing clicked, in 1/1000.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."program_reviews"."report_rate_permille" IS 'Simulated phishing reported, in 1/1000.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."program_reviews"."supersedes_id" IS 'The record that this one supersedes or invalidates.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."program_reviews"."findings" IS 'Kept for what the reviewer found and recommends.
@pii free_text
@erasure shred';
--> statement-breakpoint
COMMENT ON INDEX "training"."program_reviews_program_id_reviewed_at_idx" IS 'reviews of a programme, newest first';
--> statement-breakpoint
COMMENT ON INDEX "training"."program_reviews_reviewed_by_id_idx" IS 'rows that refer to one target, and the check of foreign key program_reviews_reviewed_by_id_fk';
--> statement-breakpoint
ALTER TABLE "training"."programs" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "training"."programs" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "training"."programs" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "training"."programs" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "training"."programs" IS 'Courses of study that a tenant requires of its people or offers them.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "training"."programs"."code" IS 'Stable short name that reports and integrations use.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."programs"."cadence" IS 'What starts a new cycle of assignments.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."programs"."locale_tag" IS 'Language that it was written in.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."programs"."owner_id" IS 'The person who answers for the programme.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."programs"."due_days" IS 'Days from assignment until it is due.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."programs"."validity_days" IS 'Days that a completion counts; null where it does not lapse.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."programs"."audience" IS 'Rule that selects who is assigned, by department, team, role or location.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."programs"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."programs"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "training"."programs_locale_tag_idx" IS 'rows that refer to one target, and the check of foreign key programs_locale_tag_fk';
--> statement-breakpoint
COMMENT ON INDEX "training"."programs_owner_id_idx" IS 'rows that refer to one target, and the check of foreign key programs_owner_id_fk';
--> statement-breakpoint
ALTER TABLE "training"."spaced_repetition_reviews" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "training"."spaced_repetition_reviews" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "training"."spaced_repetition_reviews" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "training"."spaced_repetition_reviews" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "training"."spaced_repetition_reviews" IS 'Each time a person was asked for a concept, and how it went; states can be recomputed from these.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "training"."spaced_repetition_reviews"."grade" IS 'Quality of the recall, 0 (blackout) to 5 (perfect), as in SM-2.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."spaced_repetition_reviews"."response_ms" IS 'Time taken to answer.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."spaced_repetition_reviews"."elapsed_days" IS 'Days since the review before.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."spaced_repetition_reviews"."scheduled_days" IS 'Interval that followed.';
--> statement-breakpoint
COMMENT ON INDEX "training"."spaced_repetition_reviews_state_id_reviewed_at_idx" IS 'the reviews of one concept in order';
--> statement-breakpoint
COMMENT ON INDEX "training"."spaced_repetition_reviews_game_session_id_idx" IS 'rows that refer to one target, and the check of foreign key spaced_repetition_reviews_game_session_id_fk';
--> statement-breakpoint
ALTER TABLE "training"."spaced_repetition_states" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "training"."spaced_repetition_states" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "training"."spaced_repetition_states" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "training"."spaced_repetition_states" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "training"."spaced_repetition_states" IS 'How well a person knows a concept and when to ask again, as scheduled by SM-2 or FSRS.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "training"."spaced_repetition_states"."concept_key" IS 'What is to be remembered, such as lookalike_domain.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."spaced_repetition_states"."repetitions" IS 'Successes in a row.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."spaced_repetition_states"."lapses" IS 'Times that it was forgotten.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."spaced_repetition_states"."ease_permille" IS 'SM-2 easiness factor in 1/1000, at least 1300.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."spaced_repetition_states"."stability_seconds" IS 'FSRS stability: time until recall is down to 90 %.';
--> statement-breakpoint
COMMENT ON COLUMN "training"."spaced_repetition_states"."difficulty_permille" IS 'FSRS difficulty, 1 to 10, in 1/1000.';
--> statement-breakpoint
COMMENT ON INDEX "training"."spaced_repetition_states_user_id_due_at_idx" IS 'what a person should be asked next';
--> statement-breakpoint
ALTER TABLE "ugc"."marketplace_listings" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "ugc"."marketplace_listings" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "ugc"."marketplace_listings" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "ugc"."marketplace_listings" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "ugc"."marketplace_listings" IS 'Offers of a project to the tenant’s players, at a price in a currency of the game.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."marketplace_listings"."currency" IS 'A currency of the game, as in economy.ledger_entries.';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."marketplace_listings"."price" IS 'In whole units of the currency; 0 where it is free.';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."marketplace_listings"."seller_share_basis_points" IS 'The seller’s share of the price in hundredths of a percent; the rest is the fee.';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."marketplace_listings"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "ugc"."marketplace_listings_status_listed_at_idx" IS 'what is on offer, newest first';
--> statement-breakpoint
COMMENT ON INDEX "ugc"."marketplace_listings_project_id_idx" IS 'all offers that a project ever had';
--> statement-breakpoint
COMMENT ON INDEX "ugc"."marketplace_listings_version_id_idx" IS 'rows that refer to one target, and the check of foreign key marketplace_listings_version_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "ugc"."marketplace_listings_seller_id_idx" IS 'rows that refer to one target, and the check of foreign key marketplace_listings_seller_id_fk';
--> statement-breakpoint
ALTER TABLE "ugc"."moderation_decisions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "ugc"."moderation_decisions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ugc"."moderation_decisions" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "ugc"."moderation_decisions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "ugc"."moderation_decisions" IS 'Decisions on players’ work and reviews, with the statement of reasons that the author is owed (Regulation (EU) 2022/2065, Art. 17).
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."moderation_decisions"."review_id" IS 'The review decided on; not a foreign key, since reviews vanish with their writer.';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."moderation_decisions"."trigger" IS 'What the decision answers; an appeal supersedes the decision appealed against (Art. 20).';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."moderation_decisions"."decided_by" IS 'Whether it was taken by automated means, which must be said (Art. 17(3)(c)).';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."moderation_decisions"."moderator_id" IS 'The person who decided; null for a program.';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."moderation_decisions"."ground_code" IS 'Clause of the terms or of the law that it rests on (Art. 17(3)(d) and (e)).';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."moderation_decisions"."confidence_permille" IS 'How sure the program was; null for a person.';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."moderation_decisions"."subject_key_id" IS 'Id in governance.subject_keys: the key of the author concerned.';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."moderation_decisions"."supersedes_id" IS 'The record that this one supersedes or invalidates.';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."moderation_decisions"."reasons_ciphertext" IS 'Kept for the facts relied on, told to the author.
@pii free_text
@erasure shred';
--> statement-breakpoint
COMMENT ON INDEX "ugc"."moderation_decisions_review_id_decided_at_idx" IS 'decisions on one review';
--> statement-breakpoint
COMMENT ON INDEX "ugc"."moderation_decisions_version_id_idx" IS 'rows that refer to one target, and the check of foreign key moderation_decisions_version_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "ugc"."moderation_decisions_moderator_id_idx" IS 'rows that refer to one target, and the check of foreign key moderation_decisions_moderator_id_fk';
--> statement-breakpoint
ALTER TABLE "ugc"."projects" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "ugc"."projects" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "ugc"."projects" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "ugc"."projects" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "ugc"."projects" IS 'Pieces of content that a player is making: an e-mail, a scenario, a pack or a skin.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."projects"."owner_id" IS 'The player who makes it and answers for it.';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."projects"."submitted_at" IS 'When its latest version was handed in.';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."projects"."content_item_id" IS 'What it became in the tenant’s library; null until published.';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."projects"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."projects"."title" IS 'Kept for what the project is found by, written by its owner.
@pii free_text
@erasure replace';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."projects"."summary" IS 'Kept for shown where the project is offered, written by its owner.
@pii free_text
@erasure null';
--> statement-breakpoint
COMMENT ON INDEX "ugc"."projects_status_submitted_at_idx" IS 'projects that wait for moderation';
--> statement-breakpoint
COMMENT ON INDEX "ugc"."projects_owner_id_idx" IS 'rows that refer to one target, and the check of foreign key projects_owner_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "ugc"."projects_locale_tag_idx" IS 'rows that refer to one target, and the check of foreign key projects_locale_tag_fk';
--> statement-breakpoint
COMMENT ON INDEX "ugc"."projects_content_item_id_idx" IS 'rows that refer to one target, and the check of foreign key projects_content_item_id_fk';
--> statement-breakpoint
ALTER TABLE "ugc"."reviews" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "ugc"."reviews" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "ugc"."reviews" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "ugc"."reviews" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "ugc"."reviews" IS 'What players who used a project think of it, one review a player.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."reviews"."rating" IS 'One to five stars.';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."reviews"."visibility" IS 'Reported reviews stay visible until a moderator decides.';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."reviews"."comment" IS 'Kept for helping others to choose.
@pii free_text
@erasure delete_row';
--> statement-breakpoint
COMMENT ON INDEX "ugc"."reviews_visibility_reported_at_idx" IS 'reviews that wait for a moderator';
--> statement-breakpoint
COMMENT ON INDEX "ugc"."reviews_version_id_idx" IS 'rows that refer to one target, and the check of foreign key reviews_version_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "ugc"."reviews_reviewer_id_idx" IS 'rows that refer to one target, and the check of foreign key reviews_reviewer_id_fk';
--> statement-breakpoint
ALTER TABLE "ugc"."versions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "ugc"."versions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ugc"."versions" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "ugc"."versions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "ugc"."versions" IS 'The versions of a project as their author submitted them, encrypted with the author’s key.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."versions"."number" IS 'Counts the project’s versions from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."versions"."format_version" IS 'Version of the content’s format.';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."versions"."content_sha256" IS 'SHA-256 of the ciphertext.';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."versions"."subject_key_id" IS 'Id in governance.subject_keys: the author’s key.';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."versions"."content_ciphertext" IS 'Kept for the work itself.
@pii free_text
@erasure shred';
--> statement-breakpoint
COMMENT ON COLUMN "ugc"."versions"."change_note_ciphertext" IS 'Kept for what the author says is new.
@pii free_text
@erasure shred';
--> statement-breakpoint
COMMENT ON INDEX "ugc"."versions_author_id_idx" IS 'rows that refer to one target, and the check of foreign key versions_author_id_fk';
--> statement-breakpoint
COMMENT ON TABLE "public"."countries" IS 'Countries by ISO 3166-1.
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."countries"."code" IS 'ISO 3166-1 alpha-2.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."countries"."alpha3" IS 'ISO 3166-1 alpha-3.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."countries"."numeric_code" IS 'ISO 3166-1 numeric, with leading zeros.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."countries"."name" IS 'English short name.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."countries"."currency_code" IS 'The currency that prices are shown in there.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."countries"."transfer_basis" IS 'On what ground personal data may go there from the EEA (GDPR Art. 45 and 46).';
--> statement-breakpoint
COMMENT ON INDEX "public"."countries_currency_code_idx" IS 'rows that refer to one target, and the check of foreign key countries_currency_code_fk';
--> statement-breakpoint
COMMENT ON TABLE "public"."data_regions" IS 'Regions that data can be bound to.
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."data_regions"."jurisdiction" IS 'Law that data kept there is under, such as EEA; a transfer is a move out of it (GDPR Art. 44).';
--> statement-breakpoint
COMMENT ON TABLE "public"."instances" IS 'The PostgreSQL instances that tenants are placed on. Addresses and credentials are configuration, not rows.
@kind control
@retention platform';
--> statement-breakpoint
COMMENT ON INDEX "public"."instances_region_idx" IS 'rows that refer to one target, and the check of foreign key instances_region_fk';
--> statement-breakpoint
COMMENT ON TABLE "public"."locales" IS 'Languages and regional forms that content can be shown in (BCP 47, RFC 5646).
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."locales"."tag" IS 'BCP 47 language tag, such as en-GB.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."locales"."native_name" IS 'Its name in its own language, for the list people choose from.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."locales"."script_code" IS 'ISO 15924; null where the language’s usual script goes without saying (RFC 5646, section 3.1.3).';
--> statement-breakpoint
COMMENT ON COLUMN "public"."locales"."country_code" IS 'Region subtag; null for the language as such.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."locales"."fallback_tag" IS 'Locale that is shown where a text has none in this one (RFC 4647, section 3.4); null at the end of the chain.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."locales"."direction" IS 'The way it is written: left to right, or right to left.';
--> statement-breakpoint
COMMENT ON INDEX "public"."locales_language_code_idx" IS 'rows that refer to one target, and the check of foreign key locales_language_code_fk';
--> statement-breakpoint
COMMENT ON INDEX "public"."locales_country_code_idx" IS 'rows that refer to one target, and the check of foreign key locales_country_code_fk';
--> statement-breakpoint
COMMENT ON INDEX "public"."locales_fallback_tag_idx" IS 'rows that refer to one target, and the check of foreign key locales_fallback_tag_fk';
--> statement-breakpoint
COMMENT ON TABLE "public"."regulatory_frameworks" IS 'Regulations and standards that a tenant can be bound by, and how long each one has evidence kept.
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."kind" IS 'Binding by law, by certification or contract, or an auditor’s report on chosen criteria.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."issuer" IS 'Who made it, such as PCI Security Standards Council.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."edition" IS 'Edition that these figures are of, such as v4.0.1.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."country_code" IS 'The country it is the law of; null where it is of several or of none.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."retention_years" IS 'Years that evidence is kept; null where the rule names no period.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."retention_from" IS 'What the years count from: the record’s making, its last day in force, or the end of the fiscal year it is of.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."months_at_hand" IS 'Months of the period that must be readable at once, without an archive; null where the rule asks for none.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."source" IS 'Section that the period is taken from, or that names none.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."source_url" IS 'Where the text can be read.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."effective_on" IS 'First day that it applies.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."training_interval_months" IS 'How often people must be trained; null where the rule names no interval.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."training_source" IS 'Section that asks for training.';
--> statement-breakpoint
COMMENT ON INDEX "public"."regulatory_frameworks_country_code_idx" IS 'rows that refer to one target, and the check of foreign key regulatory_frameworks_country_code_fk';
--> statement-breakpoint
COMMENT ON TABLE "public"."tenants" IS 'The register of tenants: each company that plays, and one tenant for all consumers.
@kind control
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenants"."slug" IS 'Short name for people, commands and schema names.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenants"."kind" IS 'A company, or the one tenant that holds all consumers.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenants"."tier" IS 'How the tenant is kept apart: by row-level security, by a schema, or by an instance of its own.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenants"."region" IS 'Data region that the tenant’s rows must stay in.';
--> statement-breakpoint
COMMENT ON INDEX "public"."tenants_region_idx" IS 'rows that refer to one target, and the check of foreign key tenants_region_fk';
--> statement-breakpoint
COMMENT ON TABLE "auth"."api_keys" IS 'Keys that programs of a tenant sign in with. Only the hash of a key is kept.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."api_keys"."user_id" IS 'The person who made the key and answers for it.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."api_keys"."key_prefix" IS 'First characters of the key, for people to recognise it by.
Kept for telling keys apart.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."api_keys"."scopes" IS 'Permissions that the key is limited to.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."api_keys"."name" IS 'Kept for telling keys apart.
@pii free_text
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."api_keys"."key_sha256" IS 'Kept for recognising a program.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."api_keys"."last_used_at" IS 'Kept for finding what is no longer used.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON INDEX "auth"."api_keys_user_id_idx" IS 'rows that refer to one target, and the check of foreign key api_keys_user_id_fk';
--> statement-breakpoint
COMMENT ON TABLE "auth"."roles" IS 'Named sets of permissions within a tenant; the five built-in ones come with every tenant.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."roles"."key" IS 'Stable name that code and commands use.';
--> statement-breakpoint
COMMENT ON TABLE "auth"."sessions" IS 'Signed-in sessions of people. Only the hash of a token is kept.
@kind tenant
@retention operational';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sessions"."authentication_methods" IS 'How the person signed in, as values of amr (RFC 8176), such as pwd and otp.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sessions"."assurance_level" IS 'Authenticator assurance level, 1 to 3 (NIST SP 800-63B, section 4).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sessions"."authenticated_at" IS 'When the person last proved who they are; a grave act asks for a recent time.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sessions"."idle_expires_at" IS 'When it ends unless it is used before.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sessions"."expires_at" IS 'When it ends, however much it is used.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sessions"."token_sha256" IS 'Kept for recognising a signed-in browser.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sessions"."ip_address" IS 'Kept for showing a person where they are signed in.
@pii network
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sessions"."user_agent" IS 'Kept for showing a person where they are signed in.
@pii network
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sessions"."last_used_at" IS 'Kept for finding what is no longer used.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON INDEX "auth"."sessions_expires_at_idx" IS 'sessions that have expired, to be removed';
--> statement-breakpoint
COMMENT ON INDEX "auth"."sessions_user_id_idx" IS 'rows that refer to one target, and the check of foreign key sessions_user_id_fk';
--> statement-breakpoint
COMMENT ON TABLE "auth"."user_roles" IS 'Which person holds which role.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."user_roles"."source" IS 'What gave it; what an identity provider gave, it also takes away.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."user_roles"."granted_by_user_id" IS 'Null where a program granted it.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."user_roles"."expires_at" IS 'When it ends by itself; null for one without an end.';
--> statement-breakpoint
COMMENT ON INDEX "auth"."user_roles_role_id_idx" IS 'rows that refer to one target, and the check of foreign key user_roles_role_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "auth"."user_roles_granted_by_user_id_idx" IS 'rows that refer to one target, and the check of foreign key user_roles_granted_by_user_id_fk';
--> statement-breakpoint
COMMENT ON TABLE "auth"."users" IS 'The people of a tenant: players, trainers and administrators.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."users"."time_zone" IS 'IANA time zone, such as Europe/Berlin; null for the tenant’s own.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."users"."erased_at" IS 'When the person was forgotten; the row stays for what refers to it.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."users"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."users"."email" IS 'Kept for signing in and being invited.
@pii contact
@erasure replace';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."users"."display_name" IS 'Kept for shown to the person and to colleagues.
@pii identity
@erasure replace';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."users"."last_signed_in_at" IS 'Kept for finding accounts that nobody uses.
@pii behaviour
@erasure null';
--> statement-breakpoint
COMMENT ON INDEX "auth"."users_status_idx" IS 'people of a tenant by their standing';
--> statement-breakpoint
COMMENT ON INDEX "auth"."users_locale_tag_idx" IS 'rows that refer to one target, and the check of foreign key users_locale_tag_fk';
--> statement-breakpoint
COMMENT ON TABLE "org"."departments" IS 'Departments of a tenant, as a tree.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "org"."departments"."code" IS 'The tenant’s own short name for it, as its HR system knows it.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."departments"."parent_id" IS 'The department above; null at the top.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."departments"."head_user_id" IS 'The person who leads it.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."departments"."cost_center" IS 'costCenter of RFC 7643, section 4.3.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."departments"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "org"."departments_parent_id_idx" IS 'departments below one, and its deletion';
--> statement-breakpoint
COMMENT ON INDEX "org"."departments_head_user_id_idx" IS 'rows that refer to one target, and the check of foreign key departments_head_user_id_fk';
--> statement-breakpoint
COMMENT ON TABLE "org"."teams" IS 'Teams of a department.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "org"."teams"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "org"."teams_department_id_idx" IS 'teams of a department, and its deletion';
