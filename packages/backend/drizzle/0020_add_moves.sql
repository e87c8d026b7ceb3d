CREATE TABLE "move_ends" (
	"move_id" uuid NOT NULL,
	"side" text NOT NULL,
	"tenant_id" uuid NOT NULL,
	"tenant_slug" text NOT NULL,
	"attempt" integer NOT NULL,
	"lsn" text,
	"changes_applied" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "move_ends_pkey" PRIMARY KEY("move_id","side"),
	CONSTRAINT "move_ends_side_check" CHECK ("side" in ('source', 'target')),
	CONSTRAINT "move_ends_lsn_form_check" CHECK ("lsn" ~ '^[0-9A-F]{1,8}/[0-9A-F]{1,8}$')
);
--> statement-breakpoint
CREATE TABLE "move_steps" (
	"move_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"step" text NOT NULL,
	"attempt" integer NOT NULL,
	"lsn" text,
	"details" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "move_steps_pkey" PRIMARY KEY("move_id","number"),
	CONSTRAINT "move_steps_step_check" CHECK ("step" in ('planned', 'claimed', 'prepared', 'copying', 'copied', 'verified', 'departed', 'arrived', 'flipped', 'completed', 'purged', 'rolling_back', 'rolled_back')),
	CONSTRAINT "move_steps_lsn_form_check" CHECK ("lsn" ~ '^[0-9A-F]{1,8}/[0-9A-F]{1,8}$')
);
--> statement-breakpoint
CREATE TABLE "moves" (
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"from_tier" text NOT NULL,
	"from_instance_id" uuid NOT NULL,
	"from_schema" text,
	"from_epoch" bigint NOT NULL,
	"to_tier" text NOT NULL,
	"to_instance_id" uuid NOT NULL,
	"to_schema" text,
	"step" text DEFAULT 'planned' NOT NULL,
	"wish" text DEFAULT 'go' NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"approval" text,
	"max_pause_ms" integer NOT NULL,
	"keep_source_seconds" integer NOT NULL,
	"max_wal_bytes" bigint NOT NULL,
	"rows_copied" bigint DEFAULT 0 NOT NULL,
	"changes_applied" bigint DEFAULT 0 NOT NULL,
	"rows_verified" bigint DEFAULT 0 NOT NULL,
	"pause_ms" integer,
	"longest_wait_ms" integer,
	"error_code" text,
	"error_found" text,
	"kept_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "moves_pkey" PRIMARY KEY("id"),
	CONSTRAINT "moves_from_tier_check" CHECK ("from_tier" in ('shared', 'schema', 'instance')),
	CONSTRAINT "moves_to_tier_check" CHECK ("to_tier" in ('shared', 'schema', 'instance')),
	CONSTRAINT "moves_step_check" CHECK ("step" in ('planned', 'claimed', 'prepared', 'copying', 'copied', 'verified', 'departed', 'arrived', 'flipped', 'completed', 'purged', 'rolling_back', 'rolled_back')),
	CONSTRAINT "moves_wish_check" CHECK ("wish" in ('go', 'pause', 'stop')),
	CONSTRAINT "moves_attempt_not_negative_check" CHECK ("attempt" >= 0)
);
--> statement-breakpoint
CREATE TABLE "purges" (
	"tenant_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"table_name" text NOT NULL,
	"rows_purged" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "purges_pkey" PRIMARY KEY("tenant_id","reason","table_name"),
	CONSTRAINT "purges_reason_given_check" CHECK ("reason" ~ '\S')
);
--> statement-breakpoint
ALTER TABLE "residents" ADD COLUMN "interrupted_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "move_steps" ADD CONSTRAINT "move_steps_move_id_fk" FOREIGN KEY ("move_id") REFERENCES "public"."moves"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "moves" ADD CONSTRAINT "moves_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "moves" ADD CONSTRAINT "moves_from_instance_id_fk" FOREIGN KEY ("from_instance_id") REFERENCES "public"."instances"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "moves" ADD CONSTRAINT "moves_to_instance_id_fk" FOREIGN KEY ("to_instance_id") REFERENCES "public"."instances"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "moves_created_at_idx" ON "moves" USING btree ("tenant_id","created_at" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX "moves_from_instance_id_idx" ON "moves" USING btree ("from_instance_id");
--> statement-breakpoint
CREATE INDEX "moves_to_instance_id_idx" ON "moves" USING btree ("to_instance_id");
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."move_ends" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
COMMENT ON TABLE "public"."move_ends" IS 'The moves that are under way at this instance, and how far each is here. While there is any, no migration runs.
@kind control
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."move_ends"."move_id" IS 'A move of the control database.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."move_ends"."tenant_slug" IS 'For people who meet the row here.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."move_ends"."attempt" IS 'Of the program that may work here; an earlier one may not.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."move_ends"."lsn" IS 'Position in the log of the source; all of the tenant’s that was committed before is here.';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."move_steps" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
COMMENT ON TABLE "public"."move_steps" IS 'What each move has reached, when, and at which position of the log.
@kind control
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."move_steps"."number" IS 'From 1, in the order in which they were reached.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."move_steps"."lsn" IS 'Position in the log of the instance that the step was about; null where it is about none.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."move_steps"."details" IS 'Numbers that belong to it.';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."moves" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
COMMENT ON TABLE "public"."moves" IS 'Moves of tenants between placements; at most one of a tenant is under way.
@kind control
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."moves"."from_epoch" IS 'Epoch of the placement that is left; the new one has the next.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."moves"."step" IS 'The last one reached.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."moves"."wish" IS 'What the program that works on the move is asked to do.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."moves"."attempt" IS 'Grows with every program that takes the move up; what an earlier one still does is refused.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."moves"."approval" IS 'Reference of the approval of a move to another region.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."moves"."max_pause_ms" IS 'How long the tenant may be fenced before the fence is lifted and tried again.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."moves"."keep_source_seconds" IS 'How long the rows that are left behind are kept.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."moves"."max_wal_bytes" IS 'The move stops itself when its slot holds back more log than this.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."moves"."pause_ms" IS 'How long the tenant was fenced when it was switched.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."moves"."longest_wait_ms" IS 'The longest that a transaction waited at the fence.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."moves"."error_code" IS 'Why the last program stopped; null while all is well.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."moves"."error_found" IS 'What it found, without personal data.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."moves"."kept_until" IS 'When the rows that were left behind may be purged.';
--> statement-breakpoint
COMMENT ON INDEX "public"."moves_created_at_idx" IS 'moves of a tenant, newest first';
--> statement-breakpoint
COMMENT ON INDEX "public"."moves_from_instance_id_idx" IS 'rows that refer to one target, and the check of foreign key moves_from_instance_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "public"."moves_to_instance_id_idx" IS 'rows that refer to one target, and the check of foreign key moves_to_instance_id_fk';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."purges" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
COMMENT ON TABLE "public"."purges" IS 'What left this instance through the door for append-only rows, and why.
@kind control
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."purges"."table_name" IS 'As schema.table.';
--> statement-breakpoint
COMMENT ON TABLE "public"."residents" IS 'The tenants that this very instance serves, at which epoch: what a tenant transaction is admitted by.
@kind control
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."residents"."state" IS 'Suspended ones are refused, archived ones but for reading; departed rows refuse a router that has not yet heard of a move.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."residents"."schema_name" IS 'The schema that serves the tenant here; null for the module schemas. A context opens that place alone.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."residents"."interrupted_at" IS 'When a move last cancelled what ran here for too long; whoever was cancelled then tries again.';
