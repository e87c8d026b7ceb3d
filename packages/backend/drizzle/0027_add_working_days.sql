-- phase: expand
-- "workdays" is a JSONB list of which nothing holds but that it is one; sending asks whether a day is in it. It becomes an
-- array of integers that must be days of a week. Programs of before write the old column and those of now the new one, so
-- the trigger carries over whichever was written; 0029 takes it and the old column away.
ALTER TABLE "org"."tenant_settings" ADD COLUMN "working_days" integer[] DEFAULT '{1,2,3,4,5}' NOT NULL;
--> statement-breakpoint
ALTER TABLE "org"."tenant_settings" ADD CONSTRAINT "tenant_settings_working_days_of_a_week_check" CHECK ("working_days" <@ '{1,2,3,4,5,6,7}'::integer[]) NOT VALID;
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_settings"."working_days" IS 'Days of the week on which people may be sent training and simulations, 1 Monday to 7 Sunday.';
--> statement-breakpoint
CREATE FUNCTION "org"."carry_working_days"() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  new_shape boolean;
BEGIN
  IF TG_OP = 'INSERT' THEN
    -- What was not written has its default.
    new_shape := NEW.working_days <> '{1,2,3,4,5}' OR NEW.workdays = '[1, 2, 3, 4, 5]';
  ELSE
    new_shape := NEW.working_days IS DISTINCT FROM OLD.working_days OR NEW.workdays IS NOT DISTINCT FROM OLD.workdays;
    -- A row that is not filled yet, and of which something else is changed, is left to the backfill.
    IF new_shape AND NEW.working_days IS NOT DISTINCT FROM OLD.working_days THEN
      RETURN NEW;
    END IF;
  END IF;
  IF new_shape THEN
    NEW.workdays := pg_catalog.to_jsonb(NEW.working_days);
  ELSE
    NEW.working_days := ARRAY(SELECT DISTINCT day::integer FROM pg_catalog.jsonb_array_elements_text(NEW.workdays) AS day
      WHERE day ~ '^[1-7]$' ORDER BY 1);
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "carry_working_days" BEFORE INSERT OR UPDATE ON "org"."tenant_settings" FOR EACH ROW EXECUTE FUNCTION "org"."carry_working_days"();
