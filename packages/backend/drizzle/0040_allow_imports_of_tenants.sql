-- phase: expand
ALTER TABLE "tenant_runs" DROP CONSTRAINT "tenant_runs_kind_check";
--> statement-breakpoint
-- lint: allow constraint-without-not-valid because the table has some rows a tenant, and the application cannot read it
ALTER TABLE "tenant_runs" ADD CONSTRAINT "tenant_runs_kind_check" CHECK ("kind" in ('creation', 'deletion', 'import'));
--> statement-breakpoint
COMMENT ON TABLE "public"."tenant_runs" IS 'Creations, imports and deletions of tenants: what was asked for and what is done, so that a command which was killed is finished by the next.
@kind control
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenant_runs"."request" IS 'What was asked for; no personal data.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenant_runs"."step" IS 'The last step that is done.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenant_runs"."finished_at" IS 'When everything was done; null while it is not.';
