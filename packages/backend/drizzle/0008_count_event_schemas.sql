ALTER TABLE "game"."snapshots" ADD COLUMN "event_schemas" integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
COMMENT ON TABLE "game"."snapshots" IS 'A session’s state after a sequence, so that opening it need not read every event. Never trusted over the events.
@kind append_only
@retention evidence';
--> statement-breakpoint
COMMENT ON COLUMN "game"."snapshots"."reducer_version" IS 'Version of the reducer that folded it.';
--> statement-breakpoint
COMMENT ON COLUMN "game"."snapshots"."event_schemas" IS 'How many event schemas the program knew that wrote it; one that knows fewer passes it over, since the events before it may be of versions that it does not know.';
--> statement-breakpoint
COMMENT ON COLUMN "game"."snapshots"."state" IS 'The state of the game after that event, as the reducer of that version folds it.';
--> statement-breakpoint
COMMENT ON COLUMN "game"."snapshots"."state_sha256" IS 'SHA-256 of the state’s canonical JSON (RFC 8785).';
