-- phase: expand
-- transaction: none
CREATE INDEX CONCURRENTLY IF NOT EXISTS "leaderboard_entries_leaderboard_id_revision_id_idx" ON "social"."leaderboard_entries" USING btree ("tenant_id","leaderboard_id","revision","id");
--> statement-breakpoint
COMMENT ON INDEX "social"."leaderboard_entries_leaderboard_id_revision_id_idx" IS 'places that a copy of the board does not have yet';
