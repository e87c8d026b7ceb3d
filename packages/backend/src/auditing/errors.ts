/** What can be wrong with an audit chain when it is signed or proven, and with what is asked of it. */
import { defineErrors } from '../kernel/errors/index.ts';

export const auditingErrors = defineErrors({
  AUDIT_CHAIN_BROKEN: {
    message: 'The audit chain does not verify, so nothing was signed and nothing proven.',
    next: 'pnpm dmz audit export <tenant> --out <file>, then pnpm dmz audit verify <file>; keep the database as it is',
    exitCode: 1,
  },
  AUDIT_CHAIN_EMPTY: {
    message: 'The tenant has no audit entries to sign.',
    next: 'take a checkpoint once something was done in the tenant',
    exitCode: 1,
  },
  AUDIT_ENTRY_UNKNOWN: {
    message: 'The chain has no such entry.',
    next: 'take its sequence or id from an export: pnpm dmz audit export <tenant> --out <file>',
    exitCode: 1,
  },
  AUDIT_ENTRY_REMOVED: {
    message: 'Retention has removed the entry: its hash is left, and nobody can tell any more what it said.',
    next: 'take it from an export of before; audit verify holds that against the checkpoints of then',
    exitCode: 1,
  },
  AUDIT_CHECKPOINT_UNKNOWN: {
    message: 'No checkpoint fits what is to be proven.',
    next: 'pnpm dmz audit checkpoint <tenant>',
    exitCode: 1,
  },
  AUDIT_FILE_MISSING: {
    message: 'A file cannot be read.',
    next: 'give exports, checkpoints and proofs by the names that they have here',
    exitCode: 2,
  },
});
