/**
 * What a tenant owes the people whose data it holds, and the evidence that it is done: requests, consents, keys and
 * pseudonyms, holds, retention and transfers. Destroying a person's key is what makes append-only records forget.
 */
export { keyStore } from './key-store.ts';
export { holdsInForce, type LegalHold } from './legal-holds.ts';
export { type ListedTenantKey, listKeys, type TenantKeyList } from './list-keys.ts';
export { type PseudonymPurpose, pseudonymsOf } from './pseudonyms.ts';
export { erasureCertificates } from './records.ts';
export { isRunRecorded, type RetentionRun, recordRetentionRun } from './retention-runs.ts';
export { type MoveTransfer, recordMoveTransfer, TRANSFER_GROUNDS } from './transfers.ts';
