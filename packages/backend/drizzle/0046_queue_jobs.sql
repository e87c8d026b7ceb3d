-- phase: expand
CREATE TABLE "integration"."jobs" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"key" text,
	"payload" jsonb NOT NULL,
	"user_id" uuid,
	"state" text DEFAULT 'waiting' NOT NULL,
	"due_at" timestamp with time zone,
	"lease_id" uuid,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error_code" text,
	"ended_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "jobs_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "jobs_name_key_key" UNIQUE("tenant_id","name","key"),
	CONSTRAINT "jobs_name_check" CHECK ("name" in ('provisioning', 'exports', 'erasures', 'content', 'generation', 'notifications', 'analytics', 'webhooks', 'partition-upkeep', 'retention', 'checkpoints')),
	CONSTRAINT "jobs_state_check" CHECK ("state" in ('waiting', 'running', 'done', 'dead')),
	CONSTRAINT "jobs_attempts_not_negative_check" CHECK ("attempts" >= 0),
	CONSTRAINT "jobs_due_until_the_end_check" CHECK (("due_at" is null) = ("state" in ('done', 'dead'))),
	CONSTRAINT "jobs_ended_at_the_end_check" CHECK (("ended_at" is not null) = ("state" in ('done', 'dead'))),
	CONSTRAINT "jobs_leased_while_running_check" CHECK (("lease_id" is not null) = ("state" = 'running'))
);
--> statement-breakpoint
ALTER TABLE "integration"."jobs" ADD CONSTRAINT "jobs_user_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "auth"."users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "jobs_name_due_at_idx" ON "integration"."jobs" USING btree ("tenant_id","name","due_at");
--> statement-breakpoint
CREATE INDEX "jobs_state_name_idx" ON "integration"."jobs" USING btree ("tenant_id","state","name");
--> statement-breakpoint
CREATE INDEX "jobs_user_id_idx" ON "integration"."jobs" USING btree ("tenant_id","user_id");
--> statement-breakpoint
ALTER TABLE "integration"."jobs" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "integration"."jobs" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "integration"."jobs" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "integration"."jobs" TO "dmz_app";
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "integration"."jobs" TO "dmz_mover";
--> statement-breakpoint
COMMENT ON TABLE "integration"."jobs" IS 'Work to be done later, written in the transaction that wants it, and what became of it.
@kind tenant
@retention operational
@evolving
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."jobs"."name" IS 'The queue that it is in.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."jobs"."key" IS 'Names the occasion: asked for again, it is the same job.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."jobs"."payload" IS 'People by id, without personal data; emptied once the job is done.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."jobs"."user_id" IS 'Whom it is about, where it is about a person, until it is done.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."jobs"."state" IS 'Dead after too many failures, until somebody has it tried again.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."jobs"."due_at" IS 'Not to be taken before. While it runs, the end of its lease, after which another may take it.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."jobs"."lease_id" IS 'Of the run that it was taken for; no other may end it.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."jobs"."attempts" IS 'How often it was taken.';
--> statement-breakpoint
COMMENT ON COLUMN "integration"."jobs"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON INDEX "integration"."jobs_name_due_at_idx" IS 'jobs of a kind that are due, the longest due first';
--> statement-breakpoint
COMMENT ON INDEX "integration"."jobs_state_name_idx" IS 'jobs in a state, such as the dead ones';
--> statement-breakpoint
COMMENT ON INDEX "integration"."jobs_user_id_idx" IS 'rows that refer to one target, and the check of foreign key jobs_user_id_fk';
