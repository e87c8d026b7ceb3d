/**
 * What a tenant owes the people whose data it holds, and the evidence that it is done: requests, consents, keys and
 * pseudonyms, holds, retention and transfers. Destroying a person's key is what makes append-only records forget.
 */

export { governanceErrors } from './errors.ts';
export { keyStore } from './key-store.ts';
export { holdsInForce, type LegalHold } from './legal-holds.ts';
export { EXPORT_REQUESTS } from './limits.ts';
export { type ListedTenantKey, listKeys, type TenantKeyList } from './list-keys.ts';
export {
  beginRequest,
  extendRequest,
  findRequest,
  fulfilledRequestOf,
  fulfilRequest,
  listRequests,
  monthsAfter,
  OPEN_REQUESTS,
  openRequest,
  openRequestOf,
  type Postponement,
  type PrivacyRequest,
  type PrivacyRight,
  postponeRequest,
  type RefusalGround,
  refuseRequest,
  requireOpenRequest,
} from './privacy-requests.ts';
export { type PseudonymPurpose, pseudonymsOf } from './pseudonyms.ts';
export { erasureCertificates } from './records.ts';
export { isRunRecorded, type RetentionRun, recordRetentionRun } from './retention-runs.ts';
export {
  type MoveTransfer,
  recordMoveTransfer,
  recordSubjectExport,
  TRANSFER_GROUNDS,
} from './transfers.ts';
