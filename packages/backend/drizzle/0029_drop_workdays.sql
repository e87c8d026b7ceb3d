-- phase: contract
-- completes: 0027_add_working_days
-- The trigger first: from then on nothing names the old column.
DROP TRIGGER "carry_working_days" ON "org"."tenant_settings";
--> statement-breakpoint
DROP FUNCTION "org"."carry_working_days"();
--> statement-breakpoint
ALTER TABLE "org"."tenant_settings" DROP CONSTRAINT "tenant_settings_workdays_are_a_list_check";
--> statement-breakpoint
ALTER TABLE "org"."tenant_settings" DROP COLUMN "workdays";
