/** The proof that everything of a tenant was deleted, signed so that it can be checked without the platform. */
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { signDocument } from '../kernel/signing/index.ts';
import type { Certificate } from '../modules/public/index.ts';

const Destruction = z.strictObject({
  tenantId: z.uuid(),
  slug: z.string(),
  name: z.string(),
  region: z.string(),
  instance: z.string(),
  schema: z.string().nullable(),
  archivedAt: z.iso.datetime(),
  reason: z.string(),
  /** By table. */
  rows: z.record(z.string(), z.int()),
  /** Every duty to keep them, each with the moment at which it had ended. */
  duties: z.array(z.strictObject({ ground: z.string(), until: z.string() })),
});
/** What is to be deleted, and why it may be. */
export type Destruction = z.infer<typeof Destruction>;

export const storedDestruction = (request: unknown): Destruction => Destruction.parse(request);

export function certify(destruction: Destruction, destroyedAt: Date, key?: KeyObject): Certificate {
  const { tenantId } = destruction;
  const document = {
    type: 'archive-gate/destruction-of-a-tenant',
    version: 1,
    ...destruction,
    total: Object.values(destruction.rows).reduce((sum, rows) => sum + rows, 0),
    destroyedAt: destroyedAt.toISOString(),
  };
  return { tenantId, document, ...signDocument(document, key), destroyedAt };
}
