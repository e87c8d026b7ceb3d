CREATE TABLE "destruction_certificates" (
	"tenant_id" uuid NOT NULL,
	"document" jsonb NOT NULL,
	"signature" text NOT NULL,
	"signing_key_id" text NOT NULL,
	"destroyed_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "destruction_certificates_pkey" PRIMARY KEY("tenant_id")
);
--> statement-breakpoint
CREATE TABLE "tenant_runs" (
	"tenant_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"request" jsonb NOT NULL,
	"step" text NOT NULL,
	"finished_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenant_runs_pkey" PRIMARY KEY("tenant_id","kind"),
	CONSTRAINT "tenant_runs_kind_check" CHECK ("kind" in ('creation', 'deletion'))
);
--> statement-breakpoint
ALTER TABLE "residents" DROP CONSTRAINT "residents_state_check";
--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "archived_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "destruction_certificates" ADD CONSTRAINT "destruction_certificates_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "tenant_runs" ADD CONSTRAINT "tenant_runs_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "residents" ADD CONSTRAINT "residents_state_check" CHECK ("state" in ('serving', 'suspended', 'archived', 'departed'));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."destruction_certificates" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
COMMENT ON TABLE "public"."destruction_certificates" IS 'Signed proof that everything of a tenant was deleted, when, and that no duty to keep it was left.
@kind control
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."destruction_certificates"."document" IS 'What was deleted, in rows by table, and every duty that had ended by then.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."destruction_certificates"."signature" IS 'Ed25519 (RFC 8032) over the document’s canonical JSON (RFC 8785), base64url.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."destruction_certificates"."signing_key_id" IS 'RFC 7638 thumbprint of the public key.';
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."tenant_runs" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
COMMENT ON TABLE "public"."tenant_runs" IS 'Creations and deletions of tenants: what was asked for and what is done, so that a command which was killed is finished by the next.
@kind control
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenant_runs"."request" IS 'What was asked for; no personal data.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenant_runs"."step" IS 'The last step that is done.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenant_runs"."finished_at" IS 'When everything was done; null while it is not.';
--> statement-breakpoint
COMMENT ON TABLE "public"."residents" IS 'The tenants that this very instance serves, at which epoch: what a tenant transaction is admitted by.
@kind control
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."residents"."state" IS 'Suspended ones are refused, archived ones but for reading; departed rows refuse a router that has not yet heard of a move.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."residents"."schema_name" IS 'The schema that serves the tenant here; null for the module schemas. A context opens that place alone.';
--> statement-breakpoint
COMMENT ON TABLE "public"."tenants" IS 'The register of tenants: each company that plays, and one tenant for all consumers.
@kind control
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenants"."slug" IS 'Short name for people, commands and schema names.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenants"."kind" IS 'A company, or the one tenant that holds all consumers.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenants"."tier" IS 'How the tenant is kept apart: by row-level security, by a schema, or by an instance of its own.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenants"."region" IS 'Data region that the tenant’s rows must stay in.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."tenants"."archived_at" IS 'Since when nothing of the tenant changes any more; periods of retention are counted from it.';
--> statement-breakpoint
COMMENT ON INDEX "public"."tenants_region_idx" IS 'rows that refer to one target, and the check of foreign key tenants_region_fk';
