/** Names of constraints and indexes, which PostgreSQL cuts at 63 bytes without a word (NAMEDATALEN). */
import { createHash } from 'node:crypto';

const MAX_BYTES = 63;

/** `<table>_<columns>_<suffix>`, shortened by a hash where it would be cut. */
export function constraintName(table: string, columns: readonly string[], suffix: string): string {
  const full = [table, ...columns, suffix].join('_');
  if (Buffer.byteLength(full) <= MAX_BYTES) return full;
  const hash = createHash('sha256').update(full).digest('hex').slice(0, 8);
  return `${full.slice(0, MAX_BYTES - hash.length - suffix.length - 2)}_${hash}_${suffix}`;
}
