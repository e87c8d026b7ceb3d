ALTER TABLE "analytics"."projection_cursors" ADD COLUMN "error_text" text;
--> statement-breakpoint
ALTER TABLE "analytics"."projection_cursors" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "analytics"."projection_cursors" ADD COLUMN "retry_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "analytics"."projection_cursors" ADD CONSTRAINT "projection_cursors_retry_after_failure_check" CHECK ("retry_at" is null or "failed_at" is not null);
--> statement-breakpoint
ALTER TABLE "analytics"."projection_cursors" ADD CONSTRAINT "projection_cursors_attempts_not_negative_check" CHECK ("attempts" >= 0);
--> statement-breakpoint
COMMENT ON TABLE "analytics"."projection_cursors" IS 'How far each consumer has read each session; moved in the transaction of the effect, so none is lost or doubled.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."projection_cursors"."consumer" IS 'Stable name of the projection that reads.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."projection_cursors"."sequence" IS 'The last sequence handled; 0 before the first.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."projection_cursors"."projection_version" IS 'Version of the consumer; a newer one reads again from the start. 0 where that was asked for.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."projection_cursors"."failed_at" IS 'When the next event could not be handled; null while all is well.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."projection_cursors"."error_text" IS 'What was found, without personal data.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."projection_cursors"."attempts" IS 'Tries of the next event so far.';
--> statement-breakpoint
COMMENT ON COLUMN "analytics"."projection_cursors"."retry_at" IS 'When it is tried again by itself; null for a parked session, which waits for somebody.';
--> statement-breakpoint
COMMENT ON INDEX "analytics"."projection_cursors_consumer_failed_at_idx" IS 'sessions that a consumer is stuck at';
--> statement-breakpoint
COMMENT ON INDEX "analytics"."projection_cursors_session_id_idx" IS 'rows that refer to one target, and the check of foreign key projection_cursors_session_id_fk';
--> statement-breakpoint
-- A cursor moves with every batch: room on the page keeps the update HOT.
ALTER TABLE "analytics"."projection_cursors" SET (fillfactor = 50);
