ALTER TABLE "game"."actions" DROP CONSTRAINT "actions_session_id_fk";
--> statement-breakpoint
ALTER TABLE "residents" ADD COLUMN "schema_name" text;
--> statement-breakpoint
COMMENT ON TABLE "public"."residents" IS 'The tenants that this very instance serves, at which epoch: what a tenant transaction is admitted by.
@kind control
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."residents"."state" IS 'Departed rows refuse a router that has not yet heard of a move.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."residents"."schema_name" IS 'The schema that serves the tenant here; null for the module schemas. A context opens that place alone.';
--> statement-breakpoint
COMMENT ON TABLE "game"."actions" IS 'Every accepted action by the id its sender gave it: what makes a repeated action answer the same and write nothing.
@kind append_only
@retention evidence
@evolving';
--> statement-breakpoint
COMMENT ON COLUMN "game"."actions"."session_id" IS 'Without a foreign key: that the session exists is proven by its head, which the action’s events advance.';
--> statement-breakpoint
COMMENT ON COLUMN "game"."actions"."payload" IS 'The action, as it was decided on.';
--> statement-breakpoint
COMMENT ON COLUMN "game"."actions"."payload_sha256" IS 'SHA-256 of the payload’s canonical JSON (RFC 8785).';
--> statement-breakpoint
COMMENT ON COLUMN "game"."actions"."events_sha256" IS 'SHA-256 over the events, as docs/ARCHITECTURE.md defines it.';
--> statement-breakpoint
COMMENT ON COLUMN "game"."actions"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON INDEX "game"."actions_session_id_first_sequence_idx" IS 'actions of a session in order';
