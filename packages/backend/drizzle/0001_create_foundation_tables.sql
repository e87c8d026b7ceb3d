CREATE SCHEMA "admin";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "admin" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE SCHEMA "auth";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "auth" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE SCHEMA "content";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "content" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE SCHEMA "game";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "game" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE SCHEMA "org";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "org" TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
CREATE TABLE "admin"."audit_log" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"occurred_at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"action" text NOT NULL,
	"subject_type" text,
	"subject_id" uuid,
	"details" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "audit_log_pkey" PRIMARY KEY("tenant_id","id","occurred_at"),
	CONSTRAINT "audit_log_actor_kind_check" CHECK ("actor_kind" in ('person', 'operator', 'program'))
) PARTITION BY RANGE ("occurred_at");
--> statement-breakpoint
CREATE TABLE "auth"."api_keys" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"key_prefix" text NOT NULL,
	"key_sha256" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_keys_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "api_keys_key_sha256_key" UNIQUE("tenant_id","key_sha256")
);
--> statement-breakpoint
CREATE TABLE "auth"."roles" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"origin" text DEFAULT 'custom' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "roles_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "roles_key_key" UNIQUE("tenant_id","key"),
	CONSTRAINT "roles_origin_check" CHECK ("origin" in ('built_in', 'custom'))
);
--> statement-breakpoint
CREATE TABLE "auth"."sessions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"token_sha256" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sessions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "sessions_token_sha256_key" UNIQUE("tenant_id","token_sha256")
);
--> statement-breakpoint
CREATE TABLE "auth"."user_roles" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"role_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_roles_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "user_roles_user_id_role_id_key" UNIQUE("tenant_id","user_id","role_id")
);
--> statement-breakpoint
CREATE TABLE "auth"."users" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"email" text NOT NULL,
	"display_name" text NOT NULL,
	"locale_tag" text DEFAULT 'en' NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "users_status_check" CHECK ("status" in ('invited', 'active', 'suspended', 'erased')),
	CONSTRAINT "users_email_lower_case_check" CHECK ("email" = lower("email"))
);
--> statement-breakpoint
CREATE TABLE "content"."email_templates" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"pack_version" text NOT NULL,
	"key" text NOT NULL,
	"category" text NOT NULL,
	"legitimate" boolean NOT NULL,
	"difficulty" integer NOT NULL,
	"subject" text NOT NULL,
	"template" jsonb NOT NULL,
	"template_sha256" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "email_templates_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "email_templates_pack_version_key_key" UNIQUE("tenant_id","pack_version","key"),
	CONSTRAINT "email_templates_difficulty_range_check" CHECK ("difficulty" between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "game"."actions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"session_id" uuid NOT NULL,
	"action_type" text NOT NULL,
	"payload" jsonb NOT NULL,
	"payload_sha256" text NOT NULL,
	"first_sequence" bigint NOT NULL,
	"last_sequence" bigint NOT NULL,
	"events_sha256" text NOT NULL,
	"server_time" timestamp with time zone NOT NULL,
	"client_time" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "actions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "actions_sequence_order_check" CHECK ("first_sequence" between 1 and "last_sequence")
);
--> statement-breakpoint
CREATE TABLE "game"."blacklist_entries" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"session_id" uuid NOT NULL,
	"email_id" uuid NOT NULL,
	"domain" text NOT NULL,
	"listed_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "blacklist_entries_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "blacklist_entries_session_id_domain_key" UNIQUE("tenant_id","session_id","domain")
);
--> statement-breakpoint
CREATE TABLE "game"."day_summaries" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"session_id" uuid NOT NULL,
	"day" integer NOT NULL,
	"emails_received" integer NOT NULL,
	"emails_decided" integer NOT NULL,
	"decisions_correct" integer NOT NULL,
	"emails_deferred" integer NOT NULL,
	"emails_expired" integer NOT NULL,
	"breaches" integer NOT NULL,
	"credits" integer NOT NULL,
	"trust" integer NOT NULL,
	"intel" integer NOT NULL,
	"threat_tier" text NOT NULL,
	"score" integer NOT NULL,
	"ended_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "day_summaries_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "day_summaries_session_id_day_key" UNIQUE("tenant_id","session_id","day")
);
--> statement-breakpoint
CREATE TABLE "game"."decisions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"session_id" uuid NOT NULL,
	"email_id" uuid NOT NULL,
	"decision" text NOT NULL,
	"time_spent_ms" integer NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	"outcome" text,
	"correct" boolean,
	"credits_delta" integer,
	"trust_delta" integer,
	"intel_delta" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "decisions_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "game"."email_attachments" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"email_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"mime_type" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "email_attachments_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "email_attachments_email_id_position_key" UNIQUE("tenant_id","email_id","position")
);
--> statement-breakpoint
CREATE TABLE "game"."email_headers" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"email_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"value" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "email_headers_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "email_headers_email_id_position_key" UNIQUE("tenant_id","email_id","position")
);
--> statement-breakpoint
CREATE TABLE "game"."email_indicators" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"session_id" uuid NOT NULL,
	"email_id" uuid NOT NULL,
	"technique" text NOT NULL,
	"location" text NOT NULL,
	"correct" boolean NOT NULL,
	"marked_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "email_indicators_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "email_indicators_email_id_technique_location_key" UNIQUE("tenant_id","email_id","technique","location")
);
--> statement-breakpoint
CREATE TABLE "game"."emails" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"session_id" uuid NOT NULL,
	"email_key" text NOT NULL,
	"template_key" text NOT NULL,
	"day" integer NOT NULL,
	"category" text NOT NULL,
	"difficulty" integer NOT NULL,
	"legitimate" boolean NOT NULL,
	"subject" text NOT NULL,
	"from_name" text NOT NULL,
	"from_address" text NOT NULL,
	"reply_to_address" text,
	"status" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"opened_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "emails_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "emails_session_id_email_key_key" UNIQUE("tenant_id","session_id","email_key"),
	CONSTRAINT "emails_status_check" CHECK ("status" in ('unread', 'open', 'verifying', 'deferred', 'decided', 'expired'))
);
--> statement-breakpoint
CREATE TABLE "game"."events" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"session_id" uuid NOT NULL,
	"sequence" bigint NOT NULL,
	"event_type" text NOT NULL,
	"event_data" jsonb NOT NULL,
	"action_id" uuid NOT NULL,
	"server_time" timestamp with time zone DEFAULT now() NOT NULL,
	"client_time" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "events_pkey" PRIMARY KEY("tenant_id","session_id","sequence","id","server_time"),
	CONSTRAINT "events_sequence_positive_check" CHECK ("sequence" > 0)
) PARTITION BY RANGE ("server_time");
--> statement-breakpoint
CREATE TABLE "game"."session_heads" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"sequence" bigint DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "session_heads_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "game"."sessions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"player_id" uuid NOT NULL,
	"seed" bigint NOT NULL,
	"engine_version" text NOT NULL,
	"rules_version" integer NOT NULL,
	"content_version" text NOT NULL,
	"days" integer NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"day" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sessions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "sessions_status_check" CHECK ("status" in ('active', 'paused', 'breach_recovery', 'completed', 'abandoned')),
	CONSTRAINT "sessions_seed_range_check" CHECK ("seed" between 0 and 9007199254740991),
	CONSTRAINT "sessions_days_positive_check" CHECK ("days" > 0)
);
--> statement-breakpoint
CREATE TABLE "game"."snapshots" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"session_id" uuid NOT NULL,
	"sequence" bigint NOT NULL,
	"reducer_version" integer NOT NULL,
	"day" integer NOT NULL,
	"state" jsonb NOT NULL,
	"state_sha256" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "snapshots_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "snapshots_session_id_reducer_version_sequence_key" UNIQUE("tenant_id","session_id","reducer_version","sequence")
);
--> statement-breakpoint
CREATE TABLE "game"."threat_assessments" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"session_id" uuid NOT NULL,
	"day" integer NOT NULL,
	"threat_tier" text NOT NULL,
	"previous_tier" text NOT NULL,
	"score" integer NOT NULL,
	"heat" integer NOT NULL,
	"assessed_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "threat_assessments_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "threat_assessments_session_id_day_key" UNIQUE("tenant_id","session_id","day")
);
--> statement-breakpoint
CREATE TABLE "game"."verification_artifacts" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"email_id" uuid NOT NULL,
	"packet_key" text NOT NULL,
	"artifact_key" text NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"supports" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "verification_artifacts_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "verification_artifacts_email_id_artifact_key_key" UNIQUE("tenant_id","email_id","artifact_key")
);
--> statement-breakpoint
CREATE TABLE "game"."verification_packets" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"session_id" uuid NOT NULL,
	"email_id" uuid NOT NULL,
	"packet_key" text NOT NULL,
	"due_day" integer NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"delivered_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "verification_packets_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "verification_packets_session_id_packet_key_key" UNIQUE("tenant_id","session_id","packet_key")
);
--> statement-breakpoint
CREATE TABLE "game"."whitelist_entries" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"session_id" uuid NOT NULL,
	"email_id" uuid NOT NULL,
	"domain" text NOT NULL,
	"listed_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "whitelist_entries_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "whitelist_entries_session_id_domain_key" UNIQUE("tenant_id","session_id","domain")
);
--> statement-breakpoint
CREATE TABLE "game"."worksheets" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"session_id" uuid NOT NULL,
	"email_id" uuid NOT NULL,
	"marks_correct" integer DEFAULT 0 NOT NULL,
	"marks_wrong" integer DEFAULT 0 NOT NULL,
	"packets_requested" integer DEFAULT 0 NOT NULL,
	"time_spent_ms" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "worksheets_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "worksheets_email_id_key" UNIQUE("tenant_id","email_id")
);
--> statement-breakpoint
CREATE TABLE "org"."departments" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"parent_id" uuid,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "departments_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "departments_not_its_own_parent_check" CHECK ("parent_id" <> "id")
);
--> statement-breakpoint
CREATE TABLE "org"."memberships" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"team_id" uuid NOT NULL,
	"position" text DEFAULT 'member' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "memberships_user_id_team_id_key" UNIQUE("tenant_id","user_id","team_id"),
	CONSTRAINT "memberships_position_check" CHECK ("position" in ('member', 'lead'))
);
--> statement-breakpoint
CREATE TABLE "org"."teams" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"department_id" uuid NOT NULL,
	"name" text NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "teams_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "countries" (
	"code" text NOT NULL,
	"alpha3" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "countries_pkey" PRIMARY KEY("code"),
	CONSTRAINT "countries_alpha3_key" UNIQUE("alpha3"),
	CONSTRAINT "countries_code_form_check" CHECK ("code" ~ '^[A-Z]{2}$'),
	CONSTRAINT "countries_alpha3_form_check" CHECK ("alpha3" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "data_regions" (
	"code" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "data_regions_pkey" PRIMARY KEY("code")
);
--> statement-breakpoint
CREATE TABLE "instances" (
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"region" text NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "instances_pkey" PRIMARY KEY("id"),
	CONSTRAINT "instances_name_key" UNIQUE("name"),
	CONSTRAINT "instances_status_check" CHECK ("status" in ('active', 'draining', 'retired'))
);
--> statement-breakpoint
CREATE TABLE "locales" (
	"tag" text NOT NULL,
	"name" text NOT NULL,
	"direction" text DEFAULT 'ltr' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "locales_pkey" PRIMARY KEY("tag"),
	CONSTRAINT "locales_direction_check" CHECK ("direction" in ('ltr', 'rtl'))
);
--> statement-breakpoint
CREATE TABLE "placements" (
	"tenant_id" uuid NOT NULL,
	"instance_id" uuid NOT NULL,
	"schema_name" text,
	"epoch" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "placements_pkey" PRIMARY KEY("tenant_id")
);
--> statement-breakpoint
CREATE TABLE "regulatory_frameworks" (
	"code" text NOT NULL,
	"name" text NOT NULL,
	"retention_years" integer,
	"source" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "regulatory_frameworks_pkey" PRIMARY KEY("code"),
	CONSTRAINT "regulatory_frameworks_retention_positive_check" CHECK ("retention_years" > 0)
);
--> statement-breakpoint
CREATE TABLE "residents" (
	"tenant_id" uuid NOT NULL,
	"epoch" bigint DEFAULT 1 NOT NULL,
	"state" text DEFAULT 'serving' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "residents_pkey" PRIMARY KEY("tenant_id"),
	CONSTRAINT "residents_state_check" CHECK ("state" in ('serving', 'suspended', 'departed'))
);
--> statement-breakpoint
CREATE TABLE "tenants" (
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"tier" text DEFAULT 'shared' NOT NULL,
	"status" text DEFAULT 'provisioning' NOT NULL,
	"region" text NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenants_pkey" PRIMARY KEY("id"),
	CONSTRAINT "tenants_slug_key" UNIQUE("slug"),
	CONSTRAINT "tenants_tier_check" CHECK ("tier" in ('shared', 'schema', 'instance')),
	CONSTRAINT "tenants_status_check" CHECK ("status" in ('provisioning', 'active', 'suspended', 'archived', 'deleted')),
	CONSTRAINT "tenants_slug_form_check" CHECK ("slug" ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$')
);
--> statement-breakpoint
ALTER TABLE "auth"."api_keys" ADD CONSTRAINT "api_keys_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD CONSTRAINT "sessions_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."user_roles" ADD CONSTRAINT "user_roles_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."user_roles" ADD CONSTRAINT "user_roles_role_id_fk" FOREIGN KEY ("tenant_id","role_id") REFERENCES "auth"."roles"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."users" ADD CONSTRAINT "users_locale_tag_fk" FOREIGN KEY ("locale_tag") REFERENCES "public"."locales"("tag") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."actions" ADD CONSTRAINT "actions_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."blacklist_entries" ADD CONSTRAINT "blacklist_entries_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."blacklist_entries" ADD CONSTRAINT "blacklist_entries_email_id_fk" FOREIGN KEY ("tenant_id","email_id") REFERENCES "game"."emails"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."day_summaries" ADD CONSTRAINT "day_summaries_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."decisions" ADD CONSTRAINT "decisions_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."decisions" ADD CONSTRAINT "decisions_email_id_fk" FOREIGN KEY ("tenant_id","email_id") REFERENCES "game"."emails"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."email_attachments" ADD CONSTRAINT "email_attachments_email_id_fk" FOREIGN KEY ("tenant_id","email_id") REFERENCES "game"."emails"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."email_headers" ADD CONSTRAINT "email_headers_email_id_fk" FOREIGN KEY ("tenant_id","email_id") REFERENCES "game"."emails"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."email_indicators" ADD CONSTRAINT "email_indicators_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."email_indicators" ADD CONSTRAINT "email_indicators_email_id_fk" FOREIGN KEY ("tenant_id","email_id") REFERENCES "game"."emails"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."emails" ADD CONSTRAINT "emails_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."session_heads" ADD CONSTRAINT "session_heads_id_fk" FOREIGN KEY ("tenant_id","id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."sessions" ADD CONSTRAINT "sessions_player_id_fk" FOREIGN KEY ("tenant_id","player_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."snapshots" ADD CONSTRAINT "snapshots_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."threat_assessments" ADD CONSTRAINT "threat_assessments_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."verification_artifacts" ADD CONSTRAINT "verification_artifacts_email_id_fk" FOREIGN KEY ("tenant_id","email_id") REFERENCES "game"."emails"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."verification_packets" ADD CONSTRAINT "verification_packets_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."verification_packets" ADD CONSTRAINT "verification_packets_email_id_fk" FOREIGN KEY ("tenant_id","email_id") REFERENCES "game"."emails"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."whitelist_entries" ADD CONSTRAINT "whitelist_entries_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."whitelist_entries" ADD CONSTRAINT "whitelist_entries_email_id_fk" FOREIGN KEY ("tenant_id","email_id") REFERENCES "game"."emails"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."worksheets" ADD CONSTRAINT "worksheets_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."worksheets" ADD CONSTRAINT "worksheets_email_id_fk" FOREIGN KEY ("tenant_id","email_id") REFERENCES "game"."emails"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "org"."departments" ADD CONSTRAINT "departments_parent_id_fk" FOREIGN KEY ("tenant_id","parent_id") REFERENCES "org"."departments"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "org"."memberships" ADD CONSTRAINT "memberships_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "org"."memberships" ADD CONSTRAINT "memberships_team_id_fk" FOREIGN KEY ("tenant_id","team_id") REFERENCES "org"."teams"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "org"."teams" ADD CONSTRAINT "teams_department_id_fk" FOREIGN KEY ("tenant_id","department_id") REFERENCES "org"."departments"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_instance_id_fk" FOREIGN KEY ("instance_id") REFERENCES "public"."instances"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "audit_log_subject_id_occurred_at_idx" ON "admin"."audit_log" USING btree ("tenant_id","subject_id","occurred_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "api_keys_user_id_idx" ON "auth"."api_keys" USING btree ("tenant_id","user_id");
--> statement-breakpoint
CREATE INDEX "sessions_expires_at_idx" ON "auth"."sessions" USING btree ("tenant_id","expires_at");
--> statement-breakpoint
CREATE INDEX "sessions_user_id_idx" ON "auth"."sessions" USING btree ("tenant_id","user_id");
--> statement-breakpoint
CREATE INDEX "user_roles_role_id_idx" ON "auth"."user_roles" USING btree ("tenant_id","role_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "auth"."users" USING btree ("tenant_id","email") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "users_locale_tag_idx" ON "auth"."users" USING btree ("locale_tag");
--> statement-breakpoint
CREATE INDEX "actions_session_id_first_sequence_idx" ON "game"."actions" USING btree ("tenant_id","session_id","first_sequence");
--> statement-breakpoint
CREATE INDEX "blacklist_entries_email_id_idx" ON "game"."blacklist_entries" USING btree ("tenant_id","email_id");
--> statement-breakpoint
CREATE INDEX "decisions_session_id_idx" ON "game"."decisions" USING btree ("tenant_id","session_id");
--> statement-breakpoint
CREATE INDEX "decisions_email_id_idx" ON "game"."decisions" USING btree ("tenant_id","email_id");
--> statement-breakpoint
CREATE INDEX "email_indicators_session_id_idx" ON "game"."email_indicators" USING btree ("tenant_id","session_id");
--> statement-breakpoint
CREATE INDEX "sessions_started_at_idx" ON "game"."sessions" USING btree ("tenant_id","started_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "sessions_player_id_idx" ON "game"."sessions" USING btree ("tenant_id","player_id");
--> statement-breakpoint
CREATE INDEX "verification_packets_email_id_idx" ON "game"."verification_packets" USING btree ("tenant_id","email_id");
--> statement-breakpoint
CREATE INDEX "whitelist_entries_email_id_idx" ON "game"."whitelist_entries" USING btree ("tenant_id","email_id");
--> statement-breakpoint
CREATE INDEX "worksheets_session_id_idx" ON "game"."worksheets" USING btree ("tenant_id","session_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "departments_parent_id_name_key" ON "org"."departments" USING btree ("tenant_id","parent_id","name") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "departments_parent_id_idx" ON "org"."departments" USING btree ("tenant_id","parent_id");
--> statement-breakpoint
CREATE INDEX "memberships_team_id_idx" ON "org"."memberships" USING btree ("tenant_id","team_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "teams_department_id_name_key" ON "org"."teams" USING btree ("tenant_id","department_id","name") WHERE "deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "teams_department_id_idx" ON "org"."teams" USING btree ("tenant_id","department_id");
--> statement-breakpoint
CREATE INDEX "placements_instance_id_idx" ON "placements" USING btree ("instance_id");
--> statement-breakpoint
ALTER TABLE "admin"."audit_log" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "admin"."audit_log" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "admin"."audit_log" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "admin"."audit_log" TO "dmz_app";
--> statement-breakpoint
SELECT "dmz"."ensure_partitions"('admin.audit_log', 3);
--> statement-breakpoint
COMMENT ON TABLE "admin"."audit_log" IS 'Everything that an auditor may ask about, one entry an act, in the order it was committed.
@kind partitioned_log
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_log"."actor_id" IS 'The person who acted, by id; null for operators and programs.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_log"."action" IS 'What was done, as module.object.verb.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_log"."details" IS 'Particulars, without personal data.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_log"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON INDEX "admin"."audit_log_subject_id_occurred_at_idx" IS 'what happened to one subject, newest first';
--> statement-breakpoint
ALTER TABLE "auth"."api_keys" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."api_keys" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."api_keys" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."api_keys" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."api_keys" IS 'Keys that programs of a tenant sign in with. Only the hash of a key is kept.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."api_keys"."user_id" IS 'The person who made the key and answers for it.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."api_keys"."key_prefix" IS 'First characters of the key, for people to recognise it by.
Kept for recognising a program that signs in.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."api_keys"."scopes" IS 'Permissions that the key is limited to.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."api_keys"."key_sha256" IS 'Kept for recognising a program that signs in.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON INDEX "auth"."api_keys_user_id_idx" IS 'rows that refer to one target, and the check of foreign key api_keys_user_id_fk';
--> statement-breakpoint
ALTER TABLE "auth"."roles" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."roles" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."roles" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."roles" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."roles" IS 'Named sets of permissions within a tenant; the five built-in ones come with every tenant.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."roles"."key" IS 'Stable name that code and commands use.';
--> statement-breakpoint
ALTER TABLE "auth"."sessions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."sessions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."sessions" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."sessions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."sessions" IS 'Signed-in sessions of people. Only the hash of a token is kept.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sessions"."token_sha256" IS 'Kept for recognising a signed-in browser.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON INDEX "auth"."sessions_expires_at_idx" IS 'sessions that have expired, to be removed';
--> statement-breakpoint
COMMENT ON INDEX "auth"."sessions_user_id_idx" IS 'rows that refer to one target, and the check of foreign key sessions_user_id_fk';
--> statement-breakpoint
ALTER TABLE "auth"."user_roles" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."user_roles" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."user_roles" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."user_roles" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."user_roles" IS 'Which person holds which role.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON INDEX "auth"."user_roles_role_id_idx" IS 'rows that refer to one target, and the check of foreign key user_roles_role_id_fk';
--> statement-breakpoint
ALTER TABLE "auth"."users" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."users" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."users" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."users" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."users" IS 'The people of a tenant: players, trainers and administrators.
@kind tenant
@retention tenant';
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
COMMENT ON INDEX "auth"."users_locale_tag_idx" IS 'rows that refer to one target, and the check of foreign key users_locale_tag_fk';
--> statement-breakpoint
ALTER TABLE "content"."email_templates" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "content"."email_templates" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "content"."email_templates" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "content"."email_templates" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "content"."email_templates" IS 'The e-mails that can arrive in a game, honest and deceptive, each with its annotated indicators.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "content"."email_templates"."pack_version" IS 'Pack and version that a session names, such as base@1.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."email_templates"."template" IS 'The whole template, as the engine reads it.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."email_templates"."template_sha256" IS 'SHA-256 of the template’s canonical JSON (RFC 8785).';
--> statement-breakpoint
COMMENT ON COLUMN "content"."email_templates"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
ALTER TABLE "game"."actions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game"."actions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "game"."actions" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "game"."actions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "game"."actions" IS 'Every accepted action by the id its sender gave it: what makes a repeated action answer the same and write nothing.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "game"."actions"."payload" IS 'The action, as it was decided on.';
--> statement-breakpoint
COMMENT ON COLUMN "game"."actions"."payload_sha256" IS 'SHA-256 of the payload’s canonical JSON (RFC 8785).';
--> statement-breakpoint
COMMENT ON COLUMN "game"."actions"."events_sha256" IS 'SHA-256 over the events, as docs/ARCHITECTURE.md defines it.';
--> statement-breakpoint
COMMENT ON COLUMN "game"."actions"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON INDEX "game"."actions_session_id_first_sequence_idx" IS 'actions of a session in order';
--> statement-breakpoint
ALTER TABLE "game"."blacklist_entries" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game"."blacklist_entries" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "game"."blacklist_entries" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "game"."blacklist_entries" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "game"."blacklist_entries" IS 'Domains that the player’s denials put on the blacklist.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON INDEX "game"."blacklist_entries_email_id_idx" IS 'rows that refer to one target, and the check of foreign key blacklist_entries_email_id_fk';
--> statement-breakpoint
ALTER TABLE "game"."day_summaries" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game"."day_summaries" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "game"."day_summaries" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "game"."day_summaries" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "game"."day_summaries" IS 'How each game day went: the shift report.
@kind tenant
@retention tenant';
--> statement-breakpoint
ALTER TABLE "game"."decisions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game"."decisions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "game"."decisions" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "game"."decisions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "game"."decisions" IS 'What the player decided about an e-mail, and how that turned out.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "game"."decisions"."outcome" IS 'Null until the day’s decisions are resolved.';
--> statement-breakpoint
COMMENT ON INDEX "game"."decisions_session_id_idx" IS 'rows that refer to one target, and the check of foreign key decisions_session_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "game"."decisions_email_id_idx" IS 'rows that refer to one target, and the check of foreign key decisions_email_id_fk';
--> statement-breakpoint
ALTER TABLE "game"."email_attachments" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game"."email_attachments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "game"."email_attachments" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "game"."email_attachments" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "game"."email_attachments" IS 'Attachments of an e-mail: their descriptions; there are no bytes.
@kind tenant
@retention tenant';
--> statement-breakpoint
ALTER TABLE "game"."email_headers" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game"."email_headers" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "game"."email_headers" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "game"."email_headers" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "game"."email_headers" IS 'Transport headers of an e-mail, in their order.
@kind tenant
@retention tenant';
--> statement-breakpoint
ALTER TABLE "game"."email_indicators" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game"."email_indicators" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "game"."email_indicators" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "game"."email_indicators" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "game"."email_indicators" IS 'Indicators that the player marked on an e-mail, and whether they were there.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON INDEX "game"."email_indicators_session_id_idx" IS 'rows that refer to one target, and the check of foreign key email_indicators_session_id_fk';
--> statement-breakpoint
ALTER TABLE "game"."emails" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game"."emails" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "game"."emails" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "game"."emails" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "game"."emails" IS 'The e-mails that arrived in a session, and what became of each.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "game"."emails"."email_key" IS 'The e-mail’s name within its session, such as d03-e07.';
--> statement-breakpoint
COMMENT ON COLUMN "game"."emails"."legitimate" IS 'The truth, which the player is not shown.';
--> statement-breakpoint
COMMENT ON COLUMN "game"."emails"."from_name" IS 'Fictional sender, from the content.';
--> statement-breakpoint
ALTER TABLE "game"."events" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game"."events" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "game"."events" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "game"."events" TO "dmz_app";
--> statement-breakpoint
SELECT "dmz"."ensure_partitions"('game.events', 3);
--> statement-breakpoint
COMMENT ON TABLE "game"."events" IS 'What happened in each session, in a contiguous sequence from 1. The truth that everything else is derived from.
@kind partitioned_log
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "game"."events"."sequence" IS 'Position in the session, from 1 without a gap.';
--> statement-breakpoint
COMMENT ON COLUMN "game"."events"."event_data" IS 'Payload of the type and version.';
--> statement-breakpoint
COMMENT ON COLUMN "game"."events"."action_id" IS 'The action that caused it.';
--> statement-breakpoint
COMMENT ON COLUMN "game"."events"."client_time" IS 'What the player’s clock said; never trusted.';
--> statement-breakpoint
COMMENT ON COLUMN "game"."events"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
ALTER TABLE "game"."session_heads" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game"."session_heads" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "game"."session_heads" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT ON "game"."session_heads" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "game"."session_heads" IS 'The last sequence of each session, by the session’s id. Written by the triggers of sessions and events alone.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "game"."session_heads"."started_at" IS 'When the session started; no event of it is much older.';
--> statement-breakpoint
ALTER TABLE "game"."sessions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game"."sessions" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "game"."sessions" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ("status", "day", "ended_at") ON "game"."sessions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "game"."sessions" IS 'One game, from its start to its end: what it needs to be replayed, and how it stands.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "game"."sessions"."player_id" IS 'The person who plays; events know the session alone.';
--> statement-breakpoint
COMMENT ON COLUMN "game"."sessions"."seed" IS 'Key of every random draw, 0 to 2^53 - 1.';
--> statement-breakpoint
COMMENT ON COLUMN "game"."sessions"."days" IS 'Length of the game in game days.';
--> statement-breakpoint
COMMENT ON COLUMN "game"."sessions"."day" IS 'The game day that the session is at; 0 before the first.';
--> statement-breakpoint
COMMENT ON INDEX "game"."sessions_started_at_idx" IS 'sessions of a tenant, newest first';
--> statement-breakpoint
COMMENT ON INDEX "game"."sessions_player_id_idx" IS 'rows that refer to one target, and the check of foreign key sessions_player_id_fk';
--> statement-breakpoint
ALTER TABLE "game"."snapshots" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game"."snapshots" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "game"."snapshots" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "game"."snapshots" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "game"."snapshots" IS 'A session’s state after a sequence, so that opening it need not read every event. Never trusted over the events.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "game"."snapshots"."reducer_version" IS 'Version of the reducer that folded it.';
--> statement-breakpoint
COMMENT ON COLUMN "game"."snapshots"."state_sha256" IS 'SHA-256 of the state’s canonical JSON (RFC 8785).';
--> statement-breakpoint
ALTER TABLE "game"."threat_assessments" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game"."threat_assessments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "game"."threat_assessments" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "game"."threat_assessments" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "game"."threat_assessments" IS 'The threat as it stood on each game day.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "game"."threat_assessments"."threat_tier" IS 'In force from the next day on.';
--> statement-breakpoint
COMMENT ON COLUMN "game"."threat_assessments"."heat" IS 'What is left of the attackers’ attention, 0 to 100.';
--> statement-breakpoint
ALTER TABLE "game"."verification_artifacts" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game"."verification_artifacts" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "game"."verification_artifacts" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "game"."verification_artifacts" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "game"."verification_artifacts" IS 'The papers that were delivered about an e-mail’s sender.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "game"."verification_artifacts"."supports" IS 'What the paper speaks for, which the player must find out.';
--> statement-breakpoint
ALTER TABLE "game"."verification_packets" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game"."verification_packets" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "game"."verification_packets" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "game"."verification_packets" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "game"."verification_packets" IS 'Requests for papers about an e-mail’s sender.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON INDEX "game"."verification_packets_email_id_idx" IS 'rows that refer to one target, and the check of foreign key verification_packets_email_id_fk';
--> statement-breakpoint
ALTER TABLE "game"."whitelist_entries" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game"."whitelist_entries" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "game"."whitelist_entries" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "game"."whitelist_entries" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "game"."whitelist_entries" IS 'Domains that the player’s approvals put on the whitelist.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON INDEX "game"."whitelist_entries_email_id_idx" IS 'rows that refer to one target, and the check of foreign key whitelist_entries_email_id_fk';
--> statement-breakpoint
ALTER TABLE "game"."worksheets" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game"."worksheets" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "game"."worksheets" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "game"."worksheets" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "game"."worksheets" IS 'The player’s work on one e-mail: marks right and wrong, papers asked for, time spent.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON INDEX "game"."worksheets_session_id_idx" IS 'rows that refer to one target, and the check of foreign key worksheets_session_id_fk';
--> statement-breakpoint
ALTER TABLE "org"."departments" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "org"."departments" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "org"."departments" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "org"."departments" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "org"."departments" IS 'Departments of a tenant, as a tree.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "org"."departments"."parent_id" IS 'The department above; null at the top.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."departments"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "org"."departments_parent_id_idx" IS 'rows that refer to one target, and the check of foreign key departments_parent_id_fk';
--> statement-breakpoint
ALTER TABLE "org"."memberships" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "org"."memberships" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "org"."memberships" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "org"."memberships" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "org"."memberships" IS 'Which person belongs to which team, and as what.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON INDEX "org"."memberships_team_id_idx" IS 'rows that refer to one target, and the check of foreign key memberships_team_id_fk';
--> statement-breakpoint
ALTER TABLE "org"."teams" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "org"."teams" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "org"."teams" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "org"."teams" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "org"."teams" IS 'Teams of a department.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "org"."teams"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON INDEX "org"."teams_department_id_idx" IS 'rows that refer to one target, and the check of foreign key teams_department_id_fk';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."countries" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT ON "public"."countries" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "public"."countries" IS 'Countries by ISO 3166-1.
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."countries"."code" IS 'ISO 3166-1 alpha-2.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."countries"."alpha3" IS 'ISO 3166-1 alpha-3.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."countries"."name" IS 'English short name.';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."data_regions" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT ON "public"."data_regions" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "public"."data_regions" IS 'Regions that data can be bound to.
@kind reference
@retention platform';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."instances" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
COMMENT ON TABLE "public"."instances" IS 'The PostgreSQL instances that tenants are placed on. Addresses and credentials are configuration, not rows.
@kind control
@retention platform';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."locales" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT ON "public"."locales" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "public"."locales" IS 'Languages and regional forms that content can be shown in (BCP 47, RFC 5646).
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."locales"."tag" IS 'BCP 47 language tag, such as en-GB.';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."placements" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
COMMENT ON TABLE "public"."placements" IS 'Where each tenant’s rows live. The epoch grows with every move, so that a stale router is recognised.
@kind control
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."placements"."schema_name" IS 'The tenant’s own schema; null where it lives in the module schemas.';
--> statement-breakpoint
COMMENT ON INDEX "public"."placements_instance_id_idx" IS 'rows that refer to one target, and the check of foreign key placements_instance_id_fk';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."regulatory_frameworks" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT ON "public"."regulatory_frameworks" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "public"."regulatory_frameworks" IS 'Regulations and standards that a tenant can be bound by, and how long each one has evidence kept.
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."retention_years" IS 'Years that evidence is kept; null where the rule names no period.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."source" IS 'Section that the period is taken from, or that names none.';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."residents" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
COMMENT ON TABLE "public"."residents" IS 'The tenants that this very instance serves, at which epoch: what a tenant transaction is admitted by.
@kind control
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."residents"."state" IS 'Departed rows refuse a router that has not yet heard of a move.';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."tenants" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
COMMENT ON TABLE "public"."tenants" IS 'The register of tenants: each company that plays, and one tenant for all consumers.
@kind control
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenants"."slug" IS 'Short name for people, commands and schema names.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenants"."tier" IS 'How the tenant is kept apart: by row-level security, by a schema, or by an instance of its own.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenants"."region" IS 'Data region that the tenant’s rows must stay in.';
