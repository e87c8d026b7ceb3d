-- phase: contract
-- completes: 0053_sign_questions_of_the_register
-- From here on nobody but the owner, and its function that verifies a token, asks the register without one.
REVOKE EXECUTE ON FUNCTION "dmz"."locate_tenant"(text) FROM "dmz_app";
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."locate_tenant"(text) IS 'Where the tenant with this id or slug lives. For the owner alone; SECURITY DEFINER because programs of before asked it, to whom the register is closed.';
