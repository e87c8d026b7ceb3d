-- phase: expand
ALTER TABLE "governance"."privacy_requests" ADD COLUMN "erasure" jsonb;
--> statement-breakpoint
COMMENT ON COLUMN "governance"."privacy_requests"."erasure" IS 'What an erasure found to do when it began, by table and column, for its certificate; nothing that it erased.';
