/** What can be wrong with the platform's signing key. */
import { defineErrors } from '../errors/index.ts';

export const signingErrors = defineErrors({
  SIGNING_KEY_INVALID: {
    message: 'This is not a private Ed25519 key.',
    next: 'restore the platform’s key, or set DMZ_SIGNING_KEY to one, or to a file with one (PKCS #8, PEM)',
    exitCode: 1,
  },
  SIGNING_KEY_GIVEN: {
    message: 'The signing key is given by the environment, so it is replaced there.',
    next: 'set DMZ_SIGNING_KEY to the new key, and DMZ_SIGNING_KEY_FORMER to this one until everybody has the new public key',
    exitCode: 2,
  },
  SIGNING_OVERLAP_OPEN: {
    message: 'The key before this one is still in use, so no further one was made.',
    next: 'pnpm dmz audit rotate-key --end-overlap, once everybody has the public key of now',
    exitCode: 1,
  },
});
