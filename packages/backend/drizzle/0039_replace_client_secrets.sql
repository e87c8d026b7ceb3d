-- phase: expand
-- An application that signs in with a secret must have one: of a forgotten owner's, one that nobody knows.
COMMENT ON COLUMN "auth"."oauth_clients"."client_secret_sha256" IS 'Kept for recognising the application.
@pii credential
@erasure replace';
