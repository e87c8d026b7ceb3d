-- phase: expand
-- Where a tenant lives, and what it is called, was told to whoever knew its slug or could find its id: so a statement that was
-- injected into one customer's request could ask whether somebody else is one. A program signs what it asks, as it signs its
-- entries; programs of before, which bring no token, go on asking until 0054.

-- The token is an entry's (dmz.verify_token) with a hash of the question for its tenant, and for its schema a name that no
-- tenant's schema has: so it opens nothing, and no entry's token asks anything.
-- SECURITY DEFINER because the keys and the register are closed to the application.
CREATE FUNCTION "dmz"."locate_tenant"("reference" text, "token" text)
RETURNS TABLE("id" uuid, "slug" text, "name" text, "tier" text, "status" text, "region" text, "instance" text, "schema" text, "epoch" bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  question uuid := pg_catalog.left(pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(reference, 'UTF8')), 'hex'), 32)::uuid;
BEGIN
  IF dmz.verify_token(question, NULL, token) <> 'register' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD082', MESSAGE = 'the token was not signed for a question of the register';
  END IF;
  RETURN QUERY SELECT * FROM dmz.locate_tenant(reference);
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."locate_tenant"(text, text) IS 'Where the tenant with this id or slug lives, for a program that shows by a token of this moment, connection and question that it is one. SECURITY DEFINER because the keys and the register are closed to the application.';
--> statement-breakpoint
REVOKE ALL ON FUNCTION "dmz"."locate_tenant"(text, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."locate_tenant"(text, text) TO "dmz_app";
