/**
 * Writes a tenant's audit log to a file that verifies by itself: one JSON object a line, first what it is, then every stored
 * checkpoint, the entries and what is left of removed ones, and the chain's head. That it was exported is an entry too, the last one of it.
 */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EXPORT, isRemoval } from '../audit-verifier/index.ts';
import { isDmzError } from '../kernel/errors/index.ts';
import { partOf, requireRoom } from '../kernel/given-file.ts';
import type { Tenancy } from '../kernel/tenancy/index.ts';
import { listCheckpoints, recordAudit } from '../modules/admin/index.ts';
import { walkLog } from './walk-chain.ts';

export interface ExportedLog {
  readonly tenant: string;
  readonly entries: number;
  /** What is left of entries that retention removed. */
  readonly removals: number;
  readonly checkpoints: number;
  /** Of the chain's last entry. */
  readonly sequence: number;
  readonly file: string;
}

/** @throws TENANCY_*, and what writing the file fails with */
export async function exportLog(tenancy: Tenancy, tenant: string, file: string): Promise<ExportedLog> {
  const { slug, id } = await tenancy.locate(tenant);
  requireRoom(file);
  await recordExport(tenancy, tenant);
  const counts = { entries: 0, removals: 0, checkpoints: 0, sequence: 0 };
  await writeWhole(file, linesOf(tenancy, { slug, id }, counts));
  return { tenant: slug, ...counts, file };
}

/** Nothing can be written into an archived tenant; the reading of it is then recorded nowhere. */
async function recordExport(tenancy: Tenancy, tenant: string): Promise<void> {
  try {
    await tenancy.run(tenant, (tx) =>
      recordAudit(tx, { actor: { kind: 'operator' }, action: 'admin.audit_log.exported' }),
    );
  } catch (error) {
    if (!isDmzError(error, 'TENANCY_NOT_SERVED')) throw error;
  }
}

async function* linesOf(
  tenancy: Tenancy,
  { slug, id }: { readonly slug: string; readonly id: string },
  counts: { entries: number; removals: number; checkpoints: number; sequence: number },
): AsyncGenerator<string> {
  const line = (value: object) => `${JSON.stringify(value)}\n`;
  yield line({ type: EXPORT, tenantId: id, tenant: slug, exportedAt: new Date().toISOString() });
  for (const checkpoint of await tenancy.run(id, listCheckpoints, { snapshot: true })) {
    counts.checkpoints += 1;
    yield line(checkpoint);
  }
  const entries = walkLog(tenancy, id);
  let next = await entries.next();
  for (; !next.done; next = await entries.next()) {
    const isGone = isRemoval(next.value);
    counts[isGone ? 'removals' : 'entries'] += 1;
    yield line({ type: isGone ? 'removal' : 'entry', ...next.value });
  }
  counts.sequence = next.value.sequence;
  yield line({ type: 'end', ...next.value });
}

/** Under its name only once it is whole, and for its owner's eyes alone. */
export async function writeWhole(
  file: string,
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  requireRoom(file);
  const beside = partOf(file);
  try {
    await pipeline(Readable.from(lines), createWriteStream(beside, { mode: 0o600, flags: 'wx' }));
    await rename(beside, file);
  } finally {
    await rm(beside, { force: true });
  }
}
