/**
 * Names at a placement in a schema of the tenant's own, where all modules share one namespace: everything carries its
 * module's name in front. Modules' names have no underscore, so two names that differ stay different; what would pass
 * PostgreSQL's 63 bytes (NAMEDATALEN) is shortened by a hash. Tables never are: `db check` holds them to names that fit.
 */
import { createHash } from 'node:crypto';

const MAX_BYTES = 63;
const HASH_CHARACTERS = 10;

/** The schema of a tenant's own; a slug has hyphens and no underscores, so no two slugs share one. */
export const tenantSchema = (slug: string): string => `tenant_${slug.replaceAll('-', '_')}`;

/** The role that transactions in that schema work as. */
export const tenantRole = (schema: string): string => `dmz_${schema}`;

/** Name of a module's table there. */
export const placedTable = (namespace: string, name: string): string => `${namespace}_${name}`;

/** Name of a module's function, constraint or index there. */
export function placedName(namespace: string, name: string): string {
  const full = `${namespace}_${name}`;
  if (Buffer.byteLength(full) <= MAX_BYTES) return full;
  const hash = createHash('sha256').update(full).digest('hex').slice(0, HASH_CHARACTERS);
  let kept = full;
  while (Buffer.byteLength(kept) > MAX_BYTES - HASH_CHARACTERS - 1) kept = kept.slice(0, -1);
  return `${kept}_${hash}`;
}
