-- phase: expand
CREATE TABLE "running_programs" (
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"program_version" text NOT NULL,
	"schema_number" integer NOT NULL,
	"host" text NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "running_programs_pkey" PRIMARY KEY("id"),
	CONSTRAINT "running_programs_name_given_check" CHECK ("name" ~ '\S' and length("name") <= 200),
	CONSTRAINT "running_programs_schema_number_range_check" CHECK ("schema_number" between 0 and 9999)
);
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "public"."running_programs" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
COMMENT ON TABLE "public"."running_programs" IS 'Programs that are running, and the last migration that each knows: a contraction waits until none needs the old shape.
@kind control
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."running_programs"."id" IS 'Of the one process; a program that starts again is another one.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."running_programs"."name" IS 'What it is called by whoever runs it.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."running_programs"."schema_number" IS 'Number of the last migration that it knows, and works with.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."running_programs"."host" IS 'Machine and process, so that it can be found.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."running_programs"."seen_at" IS 'When it last said that it runs; who is silent for five minutes is taken for dead.';
--> statement-breakpoint
-- SECURITY DEFINER: the register of programs is closed to the application, which says of itself alone that it runs. The
-- time is the database's, since clocks of programs differ.
CREATE FUNCTION "dmz"."report_program"("program" uuid, "called" text, "of_version" text, "knows" integer, "running_at" text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO public.running_programs (id, name, program_version, schema_number, host)
  VALUES (program, called, of_version, knows, running_at)
  ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, program_version = EXCLUDED.program_version,
    schema_number = EXCLUDED.schema_number, host = EXCLUDED.host, seen_at = pg_catalog.now()
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."report_program"(uuid, text, text, integer, text) IS 'Says that a program runs, and the last migration that it knows. SECURITY DEFINER because the register of programs is closed to every role but its owner.';
--> statement-breakpoint
REVOKE ALL ON FUNCTION "dmz"."report_program"(uuid, text, text, integer, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."report_program"(uuid, text, text, integer, text) TO "dmz_app";
--> statement-breakpoint
-- SECURITY DEFINER for the same reason.
CREATE FUNCTION "dmz"."sign_off_program"("program" uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
  DELETE FROM public.running_programs WHERE id = program
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."sign_off_program"(uuid) IS 'Says that a program has ended. SECURITY DEFINER because the register of programs is closed to every role but its owner.';
--> statement-breakpoint
REVOKE ALL ON FUNCTION "dmz"."sign_off_program"(uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."sign_off_program"(uuid) TO "dmz_app";
