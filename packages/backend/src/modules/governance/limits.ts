/** How often people may ask for their data. */
import { defineLimit } from '../../kernel/cache/index.ts';

/**
 * Requests of one person for all that there is of them: each reads every table, and the law asks for one a month. One that is
 * open already is answered once, however often it is asked for.
 *
 * Without Redis each program counts for itself: an export is what somebody would ask for again and again to slow others.
 */
export const EXPORT_REQUESTS = defineLimit({
  name: 'export',
  most: 3,
  perMs: 24 * 60 * 60_000,
  withoutRedis: 'counted_here',
});
