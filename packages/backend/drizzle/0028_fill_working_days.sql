-- phase: backfill
-- completes: 0027_add_working_days
-- Said once for each range of keys; the trigger writes the old column again, with the same days.
UPDATE "org"."tenant_settings" SET "working_days" = ARRAY(SELECT DISTINCT day::integer FROM jsonb_array_elements_text("workdays") AS day WHERE day ~ '^[1-7]$' ORDER BY 1)
WHERE ("tenant_id", "id") > ($1, $2) AND ("tenant_id", "id") <= ($3, $4)
  AND "working_days" <> ARRAY(SELECT DISTINCT day::integer FROM jsonb_array_elements_text("workdays") AS day WHERE day ~ '^[1-7]$' ORDER BY 1);
--> statement-breakpoint
ALTER TABLE "org"."tenant_settings" VALIDATE CONSTRAINT "tenant_settings_working_days_of_a_week_check";
