/** What starting a server and migrating do for logs: the months that they need now, without standing in anybody's way. */
import type { Logger } from 'pino';
import { DmzError } from '../errors/index.ts';
import { ensurePartitions } from './ensure.ts';
import { sharedPlace } from './place.ts';

/** Rows are safe in the default partition until somebody makes the month at a better time. */
const CAN_WAIT = ['PARTITION_LOCK_TIMEOUT', 'PARTITION_HOLD_TOO_SHORT'];

/** @throws what `ensurePartitions` throws, except that a month which cannot be made just now is a warning */
export async function keepMonthsReady(adminUrl: string, log: Logger): Promise<void> {
  try {
    await ensurePartitions(sharedPlace(adminUrl));
  } catch (error) {
    if (!(error instanceof DmzError) || !CAN_WAIT.includes(error.code)) throw error;
    const { code, found } = error;
    log.warn(
      { code, found, next: 'pnpm dmz partitions ensure' },
      'a month of a log could not be made just now',
    );
  }
}
