/** What can be wrong with the platform's signing key. */
import { defineErrors } from '../errors/index.ts';

export const signingErrors = defineErrors({
  SIGNING_KEY_INVALID: {
    message: 'The file does not hold a private Ed25519 key.',
    next: 'restore the platform’s key, or set DMZ_SIGNING_KEY to a file with one (PKCS #8, PEM)',
    exitCode: 1,
  },
});
