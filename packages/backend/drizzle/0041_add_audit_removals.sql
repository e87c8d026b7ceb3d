-- phase: expand
CREATE TABLE "admin"."audit_removals" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"number" bigint NOT NULL,
	"run_id" uuid NOT NULL,
	"first_sequence" bigint NOT NULL,
	"last_sequence" bigint NOT NULL,
	"entry_hashes" text NOT NULL,
	"removals_sha256" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_removals_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "audit_removals_number_key" UNIQUE("tenant_id","number"),
	CONSTRAINT "audit_removals_first_sequence_key" UNIQUE("tenant_id","first_sequence"),
	CONSTRAINT "audit_removals_number_positive_check" CHECK ("number" >= 1),
	CONSTRAINT "audit_removals_range_order_check" CHECK ("first_sequence" between 1 and "last_sequence"),
	CONSTRAINT "audit_removals_a_hash_for_each_check" CHECK (length("entry_hashes") = 64 * ("last_sequence" - "first_sequence" + 1) and "entry_hashes" ~ '^[0-9a-f]+$'),
	CONSTRAINT "audit_removals_removals_sha256_form_check" CHECK ("removals_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
ALTER TABLE "admin"."audit_removals" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "admin"."audit_removals" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "admin"."audit_removals" FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();
--> statement-breakpoint
GRANT SELECT ON "admin"."audit_removals" TO "dmz_app";
--> statement-breakpoint
GRANT SELECT, INSERT ON "admin"."audit_removals" TO "dmz_mover";
--> statement-breakpoint
COMMENT ON TABLE "admin"."audit_removals" IS 'What retention has left of the audit entries that it removed: their hashes, which keep the rest verifiable.
@kind append_only
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_removals"."number" IS 'Place among the tenant’s removals, from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_removals"."run_id" IS 'The run of retention that removed them.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_removals"."first_sequence" IS 'Of the first entry.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_removals"."last_sequence" IS 'Of the last entry; all between them were removed too.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_removals"."entry_hashes" IS 'entry_sha256 of each, in the order of the chain, one behind the other.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_removals"."removals_sha256" IS 'SHA-256 of this removal, which covers the one before it; an audit entry of the same transaction names the last.';

--> statement-breakpoint
COMMENT ON TABLE "game"."sessions" IS 'One game, from its start to its end: what it needs to be replayed, and how it stands.
@kind tenant
@retention evidence
@subject player_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "admin"."audit_chain_heads" IS 'Where the tenant’s audit chain stands: one row a tenant, locked and advanced by the audit log’s trigger alone.
@kind tenant
@retention tenant';
