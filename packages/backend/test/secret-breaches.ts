/** What somebody could do so that a secret, or a person behind a pseudonym, could be read from the database. */
import { breach } from './breach.ts';

const HOOKS = 'integration.webhook_subscriptions';
const HOOK_FORM = 'webhook_subscriptions_secret_ciphertext_encrypted_check';

export const secretBreaches = [
  breach(
    'ciphertext-has-its-form',
    `${HOOKS}.secret_ciphertext`,
    `ALTER TABLE ${HOOKS} DROP CONSTRAINT ${HOOK_FORM}`,
  ),
  breach(
    'ciphertext-has-its-form',
    `${HOOKS}.secret_ciphertext`,
    `ALTER TABLE ${HOOKS} DROP CONSTRAINT ${HOOK_FORM};
     ALTER TABLE ${HOOKS} ADD CONSTRAINT ${HOOK_FORM} CHECK (secret_ciphertext ~ '^dmz:[^ ]*$' OR true)`,
  ),
  breach(
    'ciphertext-has-its-form',
    `${HOOKS}.secret_ciphertext`,
    `ALTER TABLE ${HOOKS} DROP CONSTRAINT ${HOOK_FORM};
     ALTER TABLE ${HOOKS} ADD CONSTRAINT ${HOOK_FORM} CHECK (secret_ciphertext ~ '^dmz:[^ ]*$') NOT VALID`,
  ),
  breach(
    'ciphertext-has-its-form',
    'training.certificates.holder_name',
    'ALTER TABLE training.certificates DROP CONSTRAINT certificates_holder_name_encrypted_check',
  ),
  breach('secret-is-not-plain', `${HOOKS}.signing_secret`, `ALTER TABLE ${HOOKS} ADD signing_secret text`),
  breach('secret-is-not-plain', 'org.teams.token', 'ALTER TABLE org.teams ADD token bytea'),
  breach(
    'secret-is-not-plain',
    'org.teams.door',
    "ALTER TABLE org.teams ADD door text; COMMENT ON COLUMN org.teams.door IS E'Kept for doors.\\n@pii credential\\n@erasure null'",
  ),
  breach(
    'public-credential-exists',
    'auth.api_keys.key_prefix',
    'ALTER TABLE auth.api_keys RENAME key_prefix TO beginning',
  ),
  breach(
    'pseudonymous-table-knows-no-person',
    'analytics.variants.user_id',
    'ALTER TABLE analytics.variants ADD user_id uuid',
  ),
  breach(
    'pseudonymous-table-knows-no-person',
    'game.events.player_id',
    'ALTER TABLE game.events ADD player_id uuid',
  ),
  breach(
    'pseudonymous-table-knows-no-person',
    'analytics.variants.liked_by',
    'ALTER TABLE analytics.variants ADD liked_by uuid, ADD FOREIGN KEY (tenant_id, liked_by) REFERENCES auth.users (tenant_id, id)',
  ),
];
