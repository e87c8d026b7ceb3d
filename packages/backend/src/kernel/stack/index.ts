/**
 * The services that every command stands on. `stackUp` gives the URLs to connect with, `roleUrl` and `rolePassword`
 * those of the database's other roles, and `explainConnectionError` says what a failed connection means.
 */
export { explainConnectionError } from './connection-errors.ts';
export { describeTarget, maskPassword, parseDatabaseUrl } from './database-url.ts';
export { stackErrors } from './errors.ts';
export { explainFileError } from './file-errors.ts';
export { withStackLock } from './lock.ts';
export { type RedisOptions, type RedisState, redisDown, redisStatus, redisUp } from './redis-server.ts';
export { rolePassword, roleUrl } from './role-credentials.ts';
export {
  type AbsentPostgres,
  APP_ROLE,
  type RunningPostgres,
  type Stack,
  type StackOptions,
  type StackStatus,
  stackDown,
  stackStatus,
  stackUp,
} from './stack.ts';
export { createFileOnce, makeFolder, writeWhole } from './state-file.ts';
