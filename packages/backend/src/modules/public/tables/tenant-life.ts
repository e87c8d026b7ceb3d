/**
 * What is done to a tenant as a whole: its creation or import and its deletion, step by step, and the proof of the latter. Of people
 * they say nothing, since the register outlives every tenant.
 */
import { jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

export function tenantLifeTables(kit: TableKit, tenants: TableRef) {
  return { ...runTables(kit, tenants), ...certificateTables(kit, tenants) };
}

function runTables({ controlTable, to }: TableKit, tenants: TableRef) {
  const tenantRuns = controlTable(
    'tenant_runs',
    'Creations, imports and deletions of tenants: what was asked for and what is done, so that a command which was killed is finished by the next.',
    {
      tenantId: uuid('tenant_id').notNull(),
      kind: text('kind', { enum: ['creation', 'deletion', 'import'] }).notNull(),
      request: described(
        jsonb('request').$type<Record<string, unknown>>().notNull(),
        'What was asked for; no personal data.',
      ),
      step: described(text('step').notNull(), 'The last step that is done.'),
      finishedAt: described(instant('finished_at'), 'When everything was done; null while it is not.'),
    },
    { key: ['tenantId', 'kind'], references: [to(tenants, 'tenantId')] },
  );
  return { tenantRuns };
}

function certificateTables({ controlTable, to }: TableKit, tenants: TableRef) {
  const destructionCertificates = controlTable(
    'destruction_certificates',
    'Signed proof that everything of a tenant was deleted, when, and that no duty to keep it was left.',
    {
      tenantId: uuid('tenant_id').notNull(),
      document: described(
        jsonb('document').$type<Record<string, unknown>>().notNull(),
        'What was deleted, in rows by table, and every duty that had ended by then.',
      ),
      signature: described(
        text('signature').notNull(),
        'Ed25519 (RFC 8032) over the document’s canonical JSON (RFC 8785), base64url.',
      ),
      signingKeyId: described(text('signing_key_id').notNull(), 'RFC 7638 thumbprint of the public key.'),
      destroyedAt: instant('destroyed_at').notNull(),
    },
    { key: ['tenantId'], references: [to(tenants, 'tenantId')] },
  );
  return { destructionCertificates };
}
