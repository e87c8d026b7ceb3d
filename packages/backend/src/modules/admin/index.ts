/** The audit log: one entry for each act that an auditor may ask about, in the transaction of the act. */
export { type AuditEntry, recordAudit } from './service.ts';
