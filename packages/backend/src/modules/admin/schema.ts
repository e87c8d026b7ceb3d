/**
 * The audit log and what proves it whole: a head for each tenant's chain, and signed checkpoints that can be kept
 * elsewhere. Every other module may write to the log, so this one refers to none of their tables.
 */
import { bigint, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { defineModule, described, instant, type TableKit } from '../../kernel/db/index.ts';

function auditLogTable({ partitionedLog }: TableKit) {
  return partitionedLog(
    'audit_log',
    'Everything that an auditor may ask about, one entry an act, in the order it was committed.',
    {
      occurredAt: instant('occurred_at').notNull().defaultNow(),
      actorKind: text('actor_kind', { enum: ['person', 'operator', 'program'] }).notNull(),
      actorId: described(uuid('actor_id'), 'The person who acted, by id; null for operators and programs.'),
      action: described(text('action').notNull(), 'What was done, as module.object.verb.'),
      subjectType: text('subject_type'),
      subjectId: described(
        uuid('subject_id'),
        'Id of the row that it was done to, in the table of the subject’s type.',
      ),
      details: described(
        jsonb('details').$type<Record<string, unknown>>().notNull(),
        'Particulars, without personal data.',
      ),
      ...chainLink(),
    },
    {
      subject: { from: 'subjectId', target: 'auth.users', key: 'id' },
      partitionBy: 'occurredAt',
      evolving: true,
      checks: chainLinkChecks,
      indexes: {
        'what happened to one subject, newest first': ['subjectId', 'occurredAt desc'],
        'entries in the order of the chain': ['sequence'],
      },
    },
  );
}

/** An entry's place in the tenant's chain. The trigger decides all three, whatever a writer sends. */
const chainLink = () => ({
  sequence: described(
    bigint('sequence', { mode: 'number' }),
    'Place in the tenant’s chain, from 1, given by the trigger; null for entries from before chains were kept.',
  ),
  previousSha256: described(
    text('previous_sha256'),
    'SHA-256 of the entry before, all zeros for the first; null outside of the chain.',
  ),
  entrySha256: described(
    text('entry_sha256'),
    'SHA-256 of this entry, as docs/adr/0007-audit-chain.md encodes it; null outside of the chain.',
  ),
});
const LINK = '"sequence", "previous_sha256", "entry_sha256"';
const chainLinkChecks = {
  chain_link_whole: `num_nulls(${LINK}) in (0, 3)`,
  chain_link_form: `"sequence" >= 1 and "previous_sha256" ~ '^[0-9a-f]{64}$' and "entry_sha256" ~ '^[0-9a-f]{64}$'`,
};

/** How many entries a tenant's chain has, and the hash of the last one. */
const chainPosition = () => ({
  sequence: described(
    bigint('sequence', { mode: 'number' }).notNull().default(0),
    'Number of entries that the chain has; 0 before the first.',
  ),
  chainSha256: described(
    text('chain_sha256').notNull(),
    'SHA-256 of the last entry, which covers the one before it; all zeros before the first.',
  ),
});
const chainChecks = {
  sequence_not_negative: `"sequence" >= 0`,
  chain_sha256_form: `"chain_sha256" ~ '^[0-9a-f]{64}$'`,
};

/** Public keys as `x` of RFC 8037, so that a checkpoint can be read by who has never seen its key. */
const checkpointKeys = () => ({
  publicKey: described(text('public_key'), 'The Ed25519 public key, 32 bytes as base64url.'),
  cosigningPublicKey: described(
    text('cosigning_public_key'),
    'The key before this one, as long as both are in use; else null.',
  ),
  cosignature: described(
    text('cosignature'),
    'Signature by the key before, over the same document; null outside of an overlap.',
  ),
});

function auditProofTables({ tenantTable, appendOnlyTable, to }: TableKit) {
  const auditChainHeads = tenantTable(
    'audit_chain_heads',
    'Where the tenant’s audit chain stands: one row a tenant, locked and advanced by the audit log’s trigger alone.',
    chainPosition(),
    { privileges: ['select'], unique: [[]], checks: chainChecks },
  );

  const auditCheckpoints = appendOnlyTable(
    'audit_checkpoints',
    'Signed Merkle roots over the audit log, which prove inclusion, order and completeness without the database.',
    {
      ...chainPosition(),
      previousCheckpointId: described(uuid('previous_checkpoint_id'), 'Null for the tenant’s first.'),
      merkleRootSha256: described(
        text('merkle_root_sha256').notNull(),
        'Root over entries 1 to sequence, hashed as a Merkle tree of RFC 9162, section 2.1.',
      ),
      signature: described(
        text('signature').notNull(),
        'Ed25519 (RFC 8032) over the checkpoint’s canonical JSON (RFC 8785), base64url.',
      ),
      signingKeyId: described(text('signing_key_id').notNull(), 'RFC 7638 thumbprint of the public key.'),
      ...checkpointKeys(),
      takenAt: instant('taken_at').notNull(),
    },
    {
      unique: [['sequence'], ['previousCheckpointId']],
      references: [to('self', 'previousCheckpointId')],
      checks: {
        ...chainChecks,
        merkle_root_form: `"merkle_root_sha256" ~ '^[0-9a-f]{64}$'`,
        not_its_own_predecessor: `"previous_checkpoint_id" <> "id"`,
      },
    },
  );

  return { auditChainHeads, auditCheckpoints };
}

/** Never purged: as long as the chain is verified, what is left of its removed entries is needed for it. */
function auditRemovalTable({ appendOnlyTable }: TableKit) {
  return appendOnlyTable(
    'audit_removals',
    'What retention has left of the audit entries that it removed: their hashes, which keep the rest verifiable.',
    {
      number: described(
        bigint('number', { mode: 'number' }).notNull(),
        'Place among the tenant’s removals, from 1.',
      ),
      runId: described(uuid('run_id').notNull(), 'The run of retention that removed them.'),
      firstSequence: described(bigint('first_sequence', { mode: 'number' }).notNull(), 'Of the first entry.'),
      lastSequence: described(
        bigint('last_sequence', { mode: 'number' }).notNull(),
        'Of the last entry; all between them were removed too.',
      ),
      entryHashes: described(
        text('entry_hashes').notNull(),
        'entry_sha256 of each, in the order of the chain, one behind the other.',
      ),
      removalsSha256: described(
        text('removals_sha256').notNull(),
        'SHA-256 of this removal, which covers the one before it; an audit entry of the same transaction names the last.',
      ),
    },
    {
      retention: 'tenant',
      unique: [['number'], ['firstSequence']],
      checks: {
        number_positive: `"number" >= 1`,
        range_order: `"first_sequence" between 1 and "last_sequence"`,
        a_hash_for_each: `length("entry_hashes") = 64 * ("last_sequence" - "first_sequence" + 1) and "entry_hashes" ~ '^[0-9a-f]+$'`,
        removals_sha256_form: `"removals_sha256" ~ '^[0-9a-f]{64}$'`,
      },
      privileges: ['select'],
    },
  );
}

function breakGlassTable({ appendOnlyTable }: TableKit) {
  return appendOnlyTable(
    'break_glass_grants',
    'Emergency access to the tenant, for whom, why and until when. Ended early by a later record that invalidates it.',
    {
      operatorId: described(
        uuid('operator_id').notNull(),
        'Id in the operators’ directory, which alone knows the name.',
      ),
      reason: text('reason', {
        enum: ['incident', 'support', 'data_recovery', 'security_investigation', 'legal_order'],
      }).notNull(),
      ticket: described(text('ticket').notNull(), 'The case that says why in full.'),
      access: described(
        text('access', { enum: ['read', 'write'] }).notNull(),
        'Whether the operator may change what they see.',
      ),
      scopes: described(
        jsonb('scopes').$type<readonly string[]>().notNull(),
        'Permissions that are granted.',
      ),
      approverKind: described(
        text('approver_kind', { enum: ['tenant_administrator', 'operator'] }).notNull(),
        'Who agreed; nobody grants access to themselves.',
      ),
      approverId: described(
        uuid('approver_id').notNull(),
        'Id in auth.users of the administrator who agreed, or in the operators’ directory.',
      ),
      startsAt: instant('starts_at').notNull(),
      expiresAt: described(instant('expires_at').notNull(), 'At most 24 hours after the start.'),
    },
    {
      invalidatable: true,
      indexes: { 'grants that are in force': ['expiresAt'] },
      checks: {
        expires_within_a_day: `"expires_at" > "starts_at" and "expires_at" <= "starts_at" + interval '24 hours'`,
        not_approved_by_oneself: `"approver_id" <> "operator_id"`,
      },
    },
  );
}

export const adminTables = defineModule('admin', (kit) => ({
  auditLog: auditLogTable(kit),
  ...auditProofTables(kit),
  auditRemovals: auditRemovalTable(kit),
  breakGlassGrants: breakGlassTable(kit),
}));

export const { schema, auditLog, auditChainHeads, auditCheckpoints, auditRemovals, breakGlassGrants } =
  adminTables.canonical;
