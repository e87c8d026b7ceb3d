-- phase: expand
-- transaction: none
CREATE INDEX CONCURRENTLY IF NOT EXISTS "moderation_decisions_subject_key_id_idx" ON "ugc"."moderation_decisions" USING btree ("tenant_id","subject_key_id");
--> statement-breakpoint
COMMENT ON INDEX "ugc"."moderation_decisions_subject_key_id_idx" IS 'decisions whose reasons one author was told';
