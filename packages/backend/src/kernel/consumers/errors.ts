/** What can go wrong with consumers, beside what a consumer itself fails with. */
import { defineErrors } from '../errors/index.ts';

export const consumerErrors = defineErrors({
  CONSUMER_UNKNOWN: {
    message: 'There is no consumer of this name.',
    next: 'pnpm dmz consumers list',
    exitCode: 2,
  },
  CONSUMER_SESSION_UNKNOWN: {
    message: 'There is no session of this id for the consumer to read.',
    next: 'pnpm dmz session list',
    exitCode: 1,
  },
  CONSUMER_CURSOR_MOVED: {
    message: 'A cursor was not where it was read, so the effect was rolled back with it.',
    next: 'make the same call again',
    exitCode: 1,
    retryable: true,
  },
  CONSUMER_GAP: {
    message: 'The events behind a cursor do not continue it, so nothing was handled.',
    next: 'pnpm dmz session replay <id> --verify, and mend the session before it is tried again',
    exitCode: 1,
  },
  CONSUMER_FAILED: {
    message: 'A consumer failed with an error of its own.',
    next: 'mend the consumer, then pnpm dmz consumers retry <name>',
    exitCode: 1,
  },
  CONSUMER_NOT_SETTLED: {
    message: 'Consumers did not reach the ends of all sessions in time.',
    next: 'pnpm dmz consumers status',
    exitCode: 1,
  },
});
