/** How often people may try to prove who they are. */
import { defineLimit } from '../../kernel/cache/index.ts';

/**
 * Attempts to sign in as one person: ten at once, then one each minute and a half. NIST SP 800-63B-4, section 3.2.2 allows a
 * hundred failures in a row; a guesser has less than a thousand a day here, and somebody who forgot has enough.
 *
 * Without Redis each program counts for itself: to let everybody pass would invite to break Redis first, and to refuse
 * everybody would make it as needed as PostgreSQL. A guesser then has as many times the attempts as programs run.
 */
export const SIGN_IN_ATTEMPTS = defineLimit({
  name: 'sign-in',
  most: 10,
  perMs: 15 * 60_000,
  withoutRedis: 'counted_here',
});
