/** What can go wrong with Redis for somebody who asked for Redis itself; whoever merely uses a copy goes on without it. */
import { defineErrors } from '../errors/index.ts';

export const cacheErrors = defineErrors({
  CACHE_URL_INVALID: {
    message: 'The address of Redis cannot be used.',
    next: 'set REDIS_URL to redis://user:password@host:port/0, or to redis+cluster:// with its hosts divided by commas',
    exitCode: 2,
  },
  CACHE_ABSENT: {
    message: 'There is no Redis to work on; everything is served from PostgreSQL.',
    next: 'set REDIS_URL, or install redis-server or valkey-server and run pnpm dmz stack up',
    exitCode: 1,
  },
  CACHE_UNREACHABLE: {
    message: 'Redis does not answer; everything is served from PostgreSQL meanwhile.',
    next: 'look at the server that REDIS_URL names, or run pnpm dmz stack up; then make the same call again',
    exitCode: 1,
    retryable: true,
  },
});
