-- phase: expand
ALTER TABLE "social"."leaderboard_entries" ADD COLUMN "revision" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "social"."leaderboards" ADD COLUMN "revision" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
COMMENT ON COLUMN "social"."leaderboard_entries"."revision" IS 'Revision of the board at which the place last changed: a copy of the board goes on from there.';
--> statement-breakpoint
COMMENT ON COLUMN "social"."leaderboards"."revision" IS 'Counts the changes of its places; who makes one holds this row until it is committed.';
