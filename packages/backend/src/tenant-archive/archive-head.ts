/** What the manifest of a tenant's archive says of the tenant: enough to know, before any row is read, whether it fits. */
import { z } from 'zod';
import { archiveErrors, type Manifest } from '../kernel/archive/index.ts';
import { readMigrations } from '../kernel/migrations/journal.ts';
import { parseMonth } from '../kernel/partitions/index.ts';
import type { Standing } from '../kernel/tenancy/index.ts';
import { tenantArchiveErrors } from './errors.ts';

export const FORMAT = { format: 'archive-gate/tenant', version: 1 } as const;

const Migration = z.strictObject({ tag: z.string(), sha256: z.string() });

const ArchiveHead = z.strictObject({
  tenant: z.strictObject({
    id: z.uuid(),
    slug: z.string(),
    name: z.string(),
    kind: z.enum(['company', 'consumers']),
    tier: z.enum(['shared', 'schema', 'instance']),
    status: z.enum(['active', 'suspended', 'archived']),
    region: z.string(),
    archivedAt: z.iso.datetime().nullable(),
  }),
  domains: z.array(
    z.strictObject({
      domain: z.string(),
      purpose: z.enum(['sign_in', 'web']),
      verificationMethod: z.enum(['dns_txt', 'dns_cname', 'http_file']),
      verificationValue: z.string(),
    }),
  ),
  /** The last of the series that the tables had. */
  migration: Migration,
  /** Months that the logs were divided by. */
  months: z.array(z.strictObject({ log: z.string(), month: z.string().transform(parseMonth) })),
  /** The tenant's keys as the keeper of the master keys wrapped them. */
  keys: z.array(
    z.strictObject({ id: z.string(), generation: z.int(), masterKeyId: z.string(), wrappedKey: z.string() }),
  ),
  tables: z.array(
    z.strictObject({
      name: z.string(),
      columns: z.array(z.string()),
      rows: z.int().positive(),
      /** Of the rows, in whatever order, as moves compare them. */
      sum: z.string(),
    }),
  ),
});
export type ArchiveHead = z.infer<typeof ArchiveHead>;

/** How a tenant of a status is served where it lives. */
export const STANDINGS = {
  active: 'serving',
  suspended: 'suspended',
  archived: 'archived',
} as const satisfies Record<ArchiveHead['tenant']['status'], Standing>;

export const fileOfTable = (name: string): string => `tables/${name}.csv`;

/** @throws ARCHIVE_MANIFEST_INVALID */
export function readHead({ head }: Manifest): ArchiveHead {
  const parsed = ArchiveHead.safeParse(head);
  if (parsed.success) return parsed.data;
  throw archiveErrors.ARCHIVE_MANIFEST_INVALID({
    found: `a head that is not one of ${FORMAT.format}, version ${FORMAT.version}`,
    cause: parsed.error,
  });
}

/** The version that this program's tables have. */
export function presentMigration(): z.infer<typeof Migration> {
  const last = readMigrations().at(-1);
  if (!last) throw new Error('The series has a first migration.');
  return { tag: last.tag, sha256: last.sha256 };
}

/** @throws TENANT_IMPORT_VERSION */
export function requireSameVersion({ migration }: ArchiveHead): void {
  const present = presentMigration();
  if (migration.tag === present.tag && migration.sha256 === present.sha256) return;
  throw tenantArchiveErrors.TENANT_IMPORT_VERSION({
    found: `${migration.tag}, SHA-256 ${migration.sha256.slice(0, 12)}…, in the archive`,
    expected: `${present.tag}, SHA-256 ${present.sha256.slice(0, 12)}…, here`,
  });
}
