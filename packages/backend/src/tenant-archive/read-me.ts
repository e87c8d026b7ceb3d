/** The page in an archive that tells whoever opens it, perhaps years later and without us, what is in it. */
import type { ArchiveHead } from './archive-head.ts';

export function readMe({ tenant, keys, tables, migration }: ArchiveHead, madeAt: Date): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const masters = [...new Set(keys.map(({ masterKeyId }) => masterKeyId))];
  return `# ${tenant.name} (${tenant.slug})

This archive is all that the tenant ${tenant.id} had in the platform on ${madeAt.toISOString()}: ${rows} rows of
${tables.length} tables, as one moment had them. It was written at migration ${migration.tag}.

## What is in it

- \`manifest.json\`: what the tenant is, its tables with their columns, numbers of rows and checksums, and each file with
  its bytes and SHA-256. \`head.keys\` are the tenant's keys, wrapped.
- \`manifest.sig.json\`: the signature of \`manifest.json\`, Ed25519 (RFC 8032) over its canonical JSON (RFC 8785).
- \`tables/<module>.<table>.csv\`: the rows of a table in the order of their keys: CSV in UTF-8, the first line names the
  columns. A value without quotes and without characters is null; times are in UTC; binary values are hexadecimal behind \\x.
- The audit log is \`tables/admin.audit_log.csv\`, its signed checkpoints are \`tables/admin.audit_checkpoints.csv\`.

Tables without rows have no file. What is derived and can be built again, such as caches and queues, is not in it; nor is
what the platform keeps of its own work, such as the record of moves.

## What is needed to restore it

\`pnpm dmz tenant import <this file>\`, in a platform at the same migration that has no such tenant, with

- the **public key** of the platform that wrote it, where that is another one (\`pnpm dmz certificate public-key\` there;
  \`--key <file>\` here). Obtain it by another way than this archive;
- ${describeMasters(masters)}.

Domains are taken over as claims, and have to be shown anew.

## Keep it safe

It holds personal data, and is not encrypted as a whole. Whoever has it and the master key can read everything.
`;
}

const describeMasters = (masters: readonly string[]): string =>
  masters.length === 0
    ? 'no master key: nothing of the tenant was encrypted'
    : `the **master key** ${masters.join(', ')}, which is not in this archive (\`DMZ_MASTER_KEYS\`). Without it, texts that people
  wrote into records that are never changed, and secrets such as those of webhooks, stay unreadable for ever`;
