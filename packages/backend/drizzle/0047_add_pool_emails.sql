-- phase: expand
CREATE TABLE "content"."pool_emails" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"key" text NOT NULL,
	"difficulty" integer NOT NULL,
	"template" jsonb NOT NULL,
	"template_sha256" text NOT NULL,
	"generation_job_id" uuid NOT NULL,
	"taken_by_session_id" uuid,
	"taken_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pool_emails_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "pool_emails_key_key" UNIQUE("tenant_id","key"),
	CONSTRAINT "pool_emails_template_sha256_key" UNIQUE("tenant_id","template_sha256"),
	CONSTRAINT "pool_emails_difficulty_range_check" CHECK ("difficulty" between 1 and 5),
	CONSTRAINT "pool_emails_template_sha256_form_check" CHECK ("template_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "pool_emails_taken_has_time_check" CHECK (num_nonnulls("taken_by_session_id", "taken_at") in (0, 2))
);
--> statement-breakpoint
CREATE INDEX "pool_emails_difficulty_taken_by_session_id_id_idx" ON "content"."pool_emails" USING btree ("tenant_id","difficulty","taken_by_session_id","id");
--> statement-breakpoint
CREATE INDEX "pool_emails_taken_by_session_id_key_idx" ON "content"."pool_emails" USING btree ("tenant_id","taken_by_session_id","key");
--> statement-breakpoint
ALTER TABLE "content"."pool_emails" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "content"."pool_emails" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "content"."pool_emails" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "content"."pool_emails" TO "dmz_app";
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "content"."pool_emails" TO "dmz_mover";
--> statement-breakpoint
COMMENT ON TABLE "content"."pool_emails" IS 'E-mails that were written ahead and reviewed: each is given to one session, and never changed.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "content"."pool_emails"."key" IS 'As the template has it.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."pool_emails"."template" IS 'The whole template, as the engine reads it.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."pool_emails"."template_sha256" IS 'SHA-256 of the template’s canonical JSON (RFC 8785).';
--> statement-breakpoint
COMMENT ON COLUMN "content"."pool_emails"."generation_job_id" IS 'Id in ai.generation_jobs.';
--> statement-breakpoint
COMMENT ON COLUMN "content"."pool_emails"."taken_by_session_id" IS 'Id in game.sessions, which is played and replayed with it; null while it waits.';
--> statement-breakpoint
COMMENT ON INDEX "content"."pool_emails_difficulty_taken_by_session_id_id_idx" IS 'e-mails of a difficulty that wait';
--> statement-breakpoint
COMMENT ON INDEX "content"."pool_emails_taken_by_session_id_key_idx" IS 'what a session was given';
