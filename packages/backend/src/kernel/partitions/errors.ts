/** What can keep a month of a log from coming or going. */
import { defineErrors } from '../errors/index.ts';

export const partitionErrors = defineErrors({
  PARTITION_LOCK_TIMEOUT: {
    message:
      'A lock that others hold was not to be had in the time allowed; nothing was changed, and no writer waited for longer than a tenth of a second.',
    next: 'make the same call again when the transaction that is named has ended, or end it (pg_terminate_backend)',
    exitCode: 1,
    retryable: true,
  },
  PARTITION_HOLD_TOO_SHORT: {
    message: 'The change takes longer than writers may be kept waiting; it was rolled back.',
    next: 'run it at a quiet time with a longer --hold-ms, for which writers of the default partition then wait',
    exitCode: 1,
  },
  PARTITION_NAME_TAKEN: {
    message: 'A table that is no month of the log has the name that the month’s partition needs.',
    next: 'look what the table is, rename or drop it, then pnpm dmz partitions ensure',
    exitCode: 1,
  },
  PARTITION_STATE_REFUSED: {
    message: 'This cannot be done to the month as it stands.',
    next: 'pnpm dmz partitions list',
    exitCode: 1,
  },
  PARTITION_MONTH_NEEDED: {
    message: 'The month is the present one or a coming one: its log needs it.',
    next: 'detach and purge months that are past',
    exitCode: 1,
  },
  PARTITION_MONTH_INVALID: {
    message: 'This is not a month.',
    next: 'write the year and the month, such as 2026-01',
    exitCode: 2,
  },
  PARTITION_LOG_UNKNOWN: {
    message: 'No log of this name is divided by month.',
    next: 'pnpm dmz partitions list',
    exitCode: 2,
  },
  PARTITION_HELD: {
    message: 'Rows of the month must still be kept; nothing was dropped.',
    next: 'wait until the last duty has ended, or have the hold released',
    exitCode: 1,
  },
  PARTITION_ROWS_DIFFER: {
    message:
      'The month holds rows that no tenant who was asked has; it is detached, and nothing was dropped.',
    next: 'purge it again; if it happens again, a tenant has left rows behind: pnpm dmz partitions attach, then finish its move',
    exitCode: 1,
  },
  PARTITION_REASON_MISSING: {
    message: 'Rows leave an append-only log for a reason that is audited, and none was given.',
    next: 'say why with --reason',
    exitCode: 2,
  },
});
