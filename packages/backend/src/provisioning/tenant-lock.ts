/** One command at a time changes what a tenant is, from its creation to its deletion. */
import { createHash } from 'node:crypto';
import { exclusively } from '../kernel/db/index.ts';

/** Whoever comes second waits, and then finds what the first has done. */
export function aloneWithTenant<Result>(
  controlUrl: string,
  slug: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const lock = createHash('sha256').update(`tenant:${slug}`).digest().readUIntBE(0, 6);
  return exclusively(controlUrl, lock, work);
}
