/** What can be wrong with keys and with what they encrypt. None of these says a text, a key or a person. */
import { defineErrors } from '../errors/index.ts';

export const keyErrors = defineErrors({
  KEYS_MASTER_MISSING: {
    message: 'There is no master key here, and none is made where a folder was named for them.',
    next: 'restore the folder, or name the right one in DMZ_MASTER_KEYS; for a new platform, pnpm dmz keys create',
    exitCode: 1,
  },
  KEYS_MASTER_EXPOSED: {
    message: 'Others than its owner can read a master key, so it is not used.',
    next: 'chmod 600 the file, find out who could read it, then pnpm dmz keys rotate --master',
    exitCode: 1,
  },
  KEYS_MASTER_INVALID: {
    message: 'A file of a master key does not hold the key that its name says.',
    next: 'restore the file from where master keys are kept safe; nothing was changed',
    exitCode: 1,
  },
  KEYS_MASTER_UNKNOWN: {
    message: 'A key of the tenant is wrapped by a master key that is not here; nothing was changed.',
    next: 'restore that master key, or name the right folder in DMZ_MASTER_KEYS; pnpm dmz keys check shows what needs it',
    exitCode: 1,
  },
  KEYS_MASTER_WRONG: {
    message: 'The master key does not open a key of the tenant; nothing was changed.',
    next: 'name the folder of this platform’s master keys in DMZ_MASTER_KEYS, or restore the key’s row from a backup',
    exitCode: 1,
  },
  KEYS_KEY_UNKNOWN: {
    message: 'A ciphertext names a key that the tenant does not have.',
    next: 'restore the key’s row from a backup, if there is one; pnpm dmz keys check shows whether others lack theirs',
    exitCode: 1,
  },
  KEYS_KEY_ALTERED: {
    message: 'A person’s key does not open with the tenant’s key that wrapped it; nothing was changed.',
    next: 'restore the row of governance.subject_keys from a backup',
    exitCode: 1,
  },
  KEYS_CIPHERTEXT_INVALID: {
    message: 'What is stored is no ciphertext that this version can read.',
    next: 'if a newer version of the program wrote it, use that one; else restore the row from a backup',
    exitCode: 1,
  },
  KEYS_CIPHERTEXT_ALTERED: {
    message: 'A ciphertext was changed, or comes from another row, column or tenant.',
    next: 'restore the row from a backup, and find out who can write to the database beside the program',
    exitCode: 1,
  },
  KEYS_PERSON_FORGOTTEN: {
    message: 'The person’s keys were destroyed, so nothing more can be written for them.',
    next: 'leave the person out; who comes back is a new person with a new id',
    exitCode: 1,
  },
});
