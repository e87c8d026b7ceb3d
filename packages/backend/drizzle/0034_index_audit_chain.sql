-- phase: expand
-- transaction: none
-- lint: allow concurrently-on-partitioned because the runner makes it month by month, an empty one on the parent first
CREATE INDEX CONCURRENTLY IF NOT EXISTS "audit_log_sequence_idx" ON "admin"."audit_log" USING btree ("tenant_id","sequence");
--> statement-breakpoint
COMMENT ON INDEX "admin"."audit_log_sequence_idx" IS 'entries in the order of the chain';
--> statement-breakpoint
ALTER TABLE "admin"."audit_log" VALIDATE CONSTRAINT "audit_log_chain_link_whole_check";
--> statement-breakpoint
ALTER TABLE "admin"."audit_log" VALIDATE CONSTRAINT "audit_log_chain_link_form_check";
