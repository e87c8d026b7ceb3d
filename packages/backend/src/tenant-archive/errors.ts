/** What keeps a tenant from being archived to a file, or restored from one. */
import { defineErrors } from '../kernel/errors/index.ts';

export const tenantArchiveErrors = defineErrors({
  TENANT_EXPORT_REFUSED: {
    message: 'A tenant is archived to a file from its opening to its deletion.',
    next: 'pnpm dmz tenant list; a creation that was begun is finished by tenant create',
    exitCode: 1,
  },
  TENANT_EXPORT_MONTH_DETACHED: {
    message:
      'Some of the tenant’s rows are in months that are apart from their log, so the archive would lack them.',
    next: 'pnpm dmz partitions attach <log> <month>, then make the same call again',
    exitCode: 1,
  },
  TENANT_IMPORT_VERSION: {
    message: 'The archive was written at another version of the schema than this platform has.',
    next: 'import it with the release that wrote it, then migrate; or migrate this platform: pnpm dmz migrate up',
    exitCode: 1,
  },
  TENANT_IMPORT_EXISTS: {
    message: 'The tenant of the archive is here already, or something of it is; nothing was changed.',
    next: 'pnpm dmz tenant list; what is here is moved, not imported, and a deleted tenant stays deleted',
    exitCode: 1,
  },
  TENANT_IMPORT_SLUG_TAKEN: {
    message: 'Another tenant has this slug.',
    next: 'choose one that is free: --slug <slug>',
    exitCode: 1,
  },
  TENANT_IMPORT_DIFFERS: {
    message: 'The import of this tenant was begun otherwise.',
    next: 'give the same archive and options again, or give it up: pnpm dmz tenant delete <slug> --reason …',
    exitCode: 1,
  },
  TENANT_IMPORT_KEYS_MISSING: {
    message: 'Texts of the tenant are encrypted by keys that cannot be unwrapped here.',
    next: 'bring the master keys (DMZ_MASTER_KEYS), then make the same call again; --without-keys imports all the same, and until they are brought these texts cannot be read nor new ones written',
    exitCode: 1,
  },
  TENANT_IMPORT_EVIDENCE: {
    message: 'What was restored does not prove what happened, so nobody can enter the tenant.',
    next: 'keep the archive as evidence; pnpm dmz tenant delete <slug> --reason … gives the import up',
    exitCode: 1,
  },
});
