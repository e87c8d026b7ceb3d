/**
 * The audit log: one entry for each act that an auditor may ask about, in the transaction of the act, chained so that
 * none can be left out; and the emergency access that is granted to operators.
 */
export {
  BEFORE_CHAIN,
  CHAIN_START,
  chainHead,
  type LogPlace,
  lastRemoval,
  openAuditChain,
  readAuditEntries,
  readRemovals,
  sequenceOfEntry,
} from './audit-chain.ts';
export {
  BREAK_GLASS_REASONS,
  type BreakGlassGrant,
  type BreakGlassRequest,
  endBreakGlass,
  grantBreakGlass,
  grantsInForce,
} from './break-glass.ts';
export { listCheckpoints, storeCheckpoint } from './checkpoints.ts';
export { adminErrors } from './errors.ts';
export { breakGlassGrants } from './records.ts';
export { type AuditEntry, isAudited, recordAudit, sealAuditDetails } from './service.ts';
