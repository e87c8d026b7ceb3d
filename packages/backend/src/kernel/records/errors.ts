/** Why a record cannot be superseded or invalidated. */
import { defineErrors } from '../errors/index.ts';

export const recordErrors = defineErrors({
  RECORDS_TABLE_UNKNOWN: {
    message: 'No table of records has this name.',
    next: 'take one of those that are expected',
    exitCode: 2,
  },
  RECORDS_UNKNOWN: {
    message: 'The tenant has no such record.',
    next: 'take the id from pnpm dmz records list or from the page that shows the record',
    exitCode: 1,
  },
  RECORDS_NOT_VALID: {
    message: 'The record says that another one does not hold; it cannot be taken back itself.',
    next: 'issue the record anew, if it holds after all',
    exitCode: 1,
  },
  RECORDS_ALREADY_SUCCEEDED: {
    message: 'The record was superseded or invalidated already; the first to do so has won.',
    next: 'look at its history with pnpm dmz records show, and act on the record that is valid now',
    exitCode: 1,
  },
  RECORDS_SUCCESSION_REFUSED: {
    message: 'Records of this table are not taken back in this way.',
    next: 'use the way that is named as expected',
    exitCode: 1,
  },
});
