ALTER TABLE "game"."sessions" ADD COLUMN "branched_from_id" uuid;
--> statement-breakpoint
ALTER TABLE "game"."sessions" ADD COLUMN "branched_at_sequence" bigint;
--> statement-breakpoint
ALTER TABLE "game"."sessions" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "game"."sessions" ADD CONSTRAINT "sessions_branched_from_id_fk" FOREIGN KEY ("tenant_id","branched_from_id") REFERENCES "game"."sessions"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "game"."sessions" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE INDEX "sessions_branched_from_id_idx" ON "game"."sessions" USING btree ("tenant_id","branched_from_id");
--> statement-breakpoint
ALTER TABLE "game"."sessions" ADD CONSTRAINT "sessions_branch_complete_check" CHECK (("branched_from_id" is null) = ("branched_at_sequence" is null));
--> statement-breakpoint
ALTER TABLE "game"."sessions" ADD CONSTRAINT "sessions_branch_positive_check" CHECK ("branched_at_sequence" > 0);
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
COMMENT ON COLUMN "game"."sessions"."branched_from_id" IS 'The session that this one is a what-if copy of; what is copied counts for nothing: no ledger, no board, no report.';
--> statement-breakpoint
COMMENT ON COLUMN "game"."sessions"."branched_at_sequence" IS 'The last sequence that was copied from it.';
--> statement-breakpoint
COMMENT ON INDEX "game"."sessions_started_at_idx" IS 'sessions of a tenant, newest first';
--> statement-breakpoint
COMMENT ON INDEX "game"."sessions_player_id_idx" IS 'rows that refer to one target, and the check of foreign key sessions_player_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "game"."sessions_branched_from_id_idx" IS 'rows that refer to one target, and the check of foreign key sessions_branched_from_id_fk';
