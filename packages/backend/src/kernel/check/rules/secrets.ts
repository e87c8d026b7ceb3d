/**
 * What only a key may read is held to the form of a ciphertext by the database itself, and what proves who somebody is
 * stands nowhere in plain text: it is encrypted where it must be read again, and hashed where it must only be recognised.
 */
import type { CatalogueRule } from '../catalogue-rule.ts';

/** Names of what opens something for whoever has it. */
const SECRETS =
  'password|passwd|passphrase|secret|token|otp|totp|pin|private_key|api_key|access_key|refresh_token|credential|credentials';
/** Endings of what was made of a secret so that it no longer is one, or that says something about it. */
const HARMLESS =
  'sha256|sha1sum|sha1|hash|id|url|at|until|count|type|kind|ttl|expires|expiry|minutes|seconds|days';

/** Columns that are declared as credentials, or sound like secrets, each with why anybody may read it. */
export const publicCredentials: Readonly<Record<string, string>> = {
  'auth.api_keys.key_prefix': 'the beginning of a key, by which people tell keys apart',
  'auth.sessions.provider_session': 'names a session at the identity provider, and opens none',
  'auth.webauthn_credentials.credential_id': 'sent to whoever signs in (WebAuthn, section 5.8.3)',
  'auth.webauthn_credentials.user_handle': 'a random name of the person at this site',
  'auth.webauthn_credentials.public_key': 'a public key',
  'auth.webauthn_credentials.attestation_object': 'a statement about a public key',
  'auth.webauthn_credentials.attestation_client_data':
    'what the browser signed, with a challenge that is used up',
  'billing.license_keys.signature': 'the platform’s signature of the license',
  'notification.push_subscriptions.p256dh': 'a public key',
};

const list = (values: readonly string[]) => `('${values.join("', '")}')`;

export const secretRules: readonly CatalogueRule[] = [
  {
    name: 'ciphertext-has-its-form',
    remedy: 'declare the column by encrypted(…), whose CHECK refuses a plain text',
    sql: `
SELECT object, 'nothing keeps a plain text out of it' AS detail
FROM columns AS c WHERE (coalesce(comment, '') ~ '@erasure shred' OR name ~ '_ciphertext$')
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = table_oid AND contype = 'c' AND conkey = ARRAY[attnum]
    AND convalidated AND conenforced AND pg_get_constraintdef(oid) ~ ' ~ ''\\^dmz:[^'']*\\$''::text\\)\\)$')`,
  },
  {
    name: 'secret-is-not-plain',
    remedy:
      'encrypt it by encrypted(…), or keep a hash in a column that ends in _sha256 or _hash; what anybody may read goes into the list in rules/secrets.ts',
    sql: `
SELECT object, 'it looks like a secret, and would be stored as it is' AS detail
FROM columns WHERE kind <> 'reference' AND type ~ '^(text|character|citext|json|bytea)'
  AND (coalesce(comment, '') ~ '@pii credential' OR name ~ '(^|_)(${SECRETS})(_|$)')
  AND name !~ '_(ciphertext|${HARMLESS})$' AND canonical_table || '.' || name NOT IN ${list(Object.keys(publicCredentials))}`,
  },
  {
    name: 'public-credential-exists',
    remedy: 'remove the column from the list in rules/secrets.ts: a stale exemption would hide a new column',
    sql: `
SELECT wanted AS object, 'the column is listed as no secret, and does not exist' AS detail
FROM unnest(ARRAY['${Object.keys(publicCredentials).join("', '")}']) AS wanted WHERE wanted NOT IN (SELECT canonical_table || '.' || name FROM columns)`,
  },
];
