/** The people whose data is held: what they ask, what they agreed to, their keys and their pseudonyms. */
import { boolean, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import {
  described,
  encrypted,
  instant,
  pii,
  type TableKit,
  type TableRef,
} from '../../../kernel/db/index.ts';

interface Neighbours {
  readonly users: TableRef;
  readonly locales: TableRef;
  readonly frameworks: TableRef;
  readonly objects: TableRef;
  readonly legalHolds: TableRef;
}

export function dataSubjectTables(kit: TableKit, near: Neighbours) {
  const privacyRequests = requestTable(kit, near);
  return {
    privacyRequests,
    tenantKeys: tenantKeyTable(kit),
    subjectKeys: subjectKeyTable(kit, near),
    ...pseudonymTable(kit, near),
    erasureCertificates: certificateTable(kit, privacyRequests, near),
    consents: consentTable(kit, near),
  };
}

const deadlines = () => ({
  receivedAt: instant('received_at').notNull(),
  identityVerifiedAt: instant('identity_verified_at'),
  dueAt: described(instant('due_at').notNull(), 'One month after receipt (GDPR Art. 12(3)).'),
  extendedUntil: described(instant('extended_until'), 'Up to two further months, with the reason told.'),
  closedAt: instant('closed_at'),
});

/** What keeps a request from being fulfilled, for good or for a time. */
const obstacles = () => ({
  refusal: described(
    text('refusal', {
      enum: ['identity_unproven', 'manifestly_unfounded', 'excessive', 'legal_obligation', 'legal_claims'],
    }),
    'Why it is refused (GDPR Art. 12(5), 12(6) and 17(3)).',
  ),
  postponement: described(
    text('postponement', { enum: ['legal_hold', 'retention_duty'] }),
    'What keeps an erasure waiting.',
  ),
  legalHoldId: described(uuid('legal_hold_id'), 'The hold that postpones it.'),
  retryAt: described(instant('retry_at'), 'When what postpones it is over, as far as known.'),
});

const requestChecks = {
  due_after_received: `"due_at" > "received_at"`,
  extended_after_due: `"extended_until" > "due_at" and "extended_until" <= "received_at" + interval '3 months'`,
  closed_has_time: `("status" in ('fulfilled', 'refused', 'withdrawn')) = ("closed_at" is not null)`,
  refused_has_ground: `("status" = 'refused') = ("refusal" is not null)`,
  postponed_has_cause: `"status" <> 'postponed' or "postponement" is not null`,
  only_erasure_is_postponed: `"postponement" is null or "kind" = 'erasure'`,
  hold_is_named: `"postponement" is distinct from 'legal_hold' or "legal_hold_id" is not null`,
  identity_before_fulfilment: `"status" <> 'fulfilled' or "identity_verified_at" is not null`,
  export_sha256_form: `"export_sha256" ~ '^[0-9a-f]{64}$'`,
};

function requestTable({ tenantTable, to }: TableKit, { users, frameworks, objects, legalHolds }: Neighbours) {
  return tenantTable(
    'privacy_requests',
    'What people ask under their rights over their data (GDPR Art. 15 to 22), from receipt to answer.',
    {
      userId: described(uuid('user_id').notNull(), 'The data subject.'),
      kind: text('kind', {
        enum: [
          'access',
          'rectification',
          'erasure',
          'restriction',
          'portability',
          'objection',
          'human_review',
        ],
      }).notNull(),
      frameworkCode: described(text('framework_code').notNull(), 'The law that it is made under.'),
      channel: text('channel', {
        enum: ['self_service', 'e_mail', 'letter', 'administrator', 'authority'],
      }).notNull(),
      status: text('status', {
        enum: [
          'received',
          'verifying_identity',
          'in_progress',
          'postponed',
          'fulfilled',
          'refused',
          'withdrawn',
        ],
      })
        .notNull()
        .default('received'),
      message: pii(text('message'), {
        category: 'free_text',
        purpose: 'what the person wrote',
        onErasure: 'null',
      }),
      handlerId: described(uuid('handler_id'), 'The person who answers it.'),
      ...deadlines(),
      ...obstacles(),
      erasure: described(
        jsonb('erasure').$type<Record<string, unknown>>(),
        'What an erasure found to do when it began, by table and column, for its certificate; nothing that it erased.',
      ),
      exportObjectId: described(uuid('export_object_id'), 'The archive handed out, while it can be fetched.'),
      exportSha256: described(text('export_sha256'), 'SHA-256 of the archive, kept as evidence.'),
    },
    {
      privileges: ['select', 'insert', 'update'],
      retention: 'evidence',
      references: [
        to(users, 'userId'),
        to(frameworks, 'frameworkCode'),
        to(users, 'handlerId'),
        to(legalHolds, 'legalHoldId'),
        to(objects, 'exportObjectId'),
      ],
      indexes: { 'open requests, next due first': ['status', 'dueAt'] },
      checks: requestChecks,
    },
  );
}

function certificateTable(
  { appendOnlyTable, to }: TableKit,
  privacyRequests: TableRef,
  { objects }: Neighbours,
) {
  return appendOnlyTable(
    'erasure_certificates',
    'Signed proof of what an erasure did, naming the person by a pseudonym that leads nowhere any more.',
    {
      privacyRequestId: uuid('privacy_request_id').notNull(),
      pseudonymId: described(uuid('pseudonym_id').notNull(), 'The person, as events knew them.'),
      catalogueSha256: described(
        text('catalogue_sha256').notNull(),
        'SHA-256 of the catalogue of personal data that was followed.',
      ),
      rowsDeleted: integer('rows_deleted').notNull(),
      rowsChanged: described(integer('rows_changed').notNull(), 'Rows with columns nulled or replaced.'),
      rowsShredded: described(
        integer('rows_shredded').notNull(),
        'Rows that only the destroyed keys could read.',
      ),
      rowsRetained: described(integer('rows_retained').notNull(), 'Rows that a duty of retention keeps.'),
      keysDestroyed: integer('keys_destroyed').notNull(),
      report: described(
        jsonb('report').$type<Record<string, unknown>>().notNull(),
        'The same by table and column, and the ground for each row retained.',
      ),
      documentObjectId: described(uuid('document_object_id'), 'The certificate for printing.'),
      signature: described(
        text('signature').notNull(),
        'Ed25519 (RFC 8032) over the certificate’s canonical JSON (RFC 8785), base64url.',
      ),
      signingKeyId: described(text('signing_key_id').notNull(), 'RFC 7638 thumbprint of the public key.'),
      erasedAt: instant('erased_at').notNull(),
    },
    {
      subject: 'privacyRequestId',
      invalidatable: true,
      unique: [['privacyRequestId']],
      references: [to(privacyRequests, 'privacyRequestId'), to(objects, 'documentObjectId')],
      checks: {
        catalogue_sha256_form: `"catalogue_sha256" ~ '^[0-9a-f]{64}$'`,
        counts_not_negative: `least("rows_deleted", "rows_changed", "rows_shredded", "rows_retained", "keys_destroyed") >= 0`,
      },
    },
  );
}

function tenantKeyTable({ tenantTable }: TableKit) {
  return tenantTable(
    'tenant_keys',
    'The keys of the tenant: each wraps people’s keys and encrypts secrets, and is itself wrapped by a master key.',
    {
      generation: described(
        integer('generation').notNull(),
        'From 1; the highest wraps and encrypts, the others only read.',
      ),
      algorithm: text('algorithm', { enum: ['AES-256-GCM'] })
        .notNull()
        .default('AES-256-GCM'),
      wrappedKeyCiphertext: described(
        encrypted('wrapped_key_ciphertext', 'master').notNull(),
        'As the keeper of the master keys made it.',
      ),
      masterKeyId: described(
        text('master_key_id').notNull(),
        'Which master key it is wrapped by, in the words of their keeper.',
      ),
    },
    {
      privileges: ['select', 'insert'],
      updatable: ['wrappedKeyCiphertext', 'masterKeyId'],
      unique: [['generation']],
      indexes: { 'keys under one master key, to be wrapped anew': ['masterKeyId'] },
      checks: { generation_positive: `"generation" > 0` },
    },
  );
}

function subjectKeyTable({ tenantTable, to }: TableKit, { users }: Neighbours) {
  return tenantTable(
    'subject_keys',
    'The key that a person’s text in append-only records is encrypted with, wrapped by the tenant’s key.',
    {
      userId: uuid('user_id').notNull(),
      generation: described(
        integer('generation').notNull().default(1),
        'From 1; the highest of those that keep the same encrypts.',
      ),
      keeps: described(
        text('keeps', { enum: ['evidence', 'ordinary'] })
          .notNull()
          .default('evidence'),
        'What it reads: evidence, which duties of retention can make outlast an erasure, or all else.',
      ),
      algorithm: text('algorithm', { enum: ['AES-256-GCM'] })
        .notNull()
        .default('AES-256-GCM'),
      wrappedKeyCiphertext: described(
        pii(encrypted('wrapped_key_ciphertext', 'tenant'), {
          category: 'credential',
          purpose: 'reading what the person wrote into append-only records',
          onErasure: 'null',
        }),
        'Null once destroyed, which no backup of the tenant’s key can undo.',
      ),
      wrappingKeyId: described(text('wrapping_key_id').notNull(), 'Id in governance.tenant_keys.'),
      destroyedAt: instant('destroyed_at'),
    },
    {
      privileges: ['select', 'insert', 'update'],
      unique: [['userId', 'generation']],
      references: [to(users, 'userId')],
      indexes: { 'keys under one of the tenant’s keys, to be wrapped anew': ['wrappingKeyId'] },
      checks: {
        generation_positive: `"generation" > 0`,
        destroyed_has_no_key: `"destroyed_at" is null or "wrapped_key_ciphertext" is null`,
      },
    },
  );
}

function pseudonymTable({ tenantTable, to }: TableKit, { users }: Neighbours) {
  const pseudonyms = tenantTable(
    'pseudonyms',
    'Which person stands behind a pseudonym: the one bridge from events and analytics to people (GDPR Art. 4(5)).',
    {
      userId: uuid('user_id').notNull(),
      purpose: described(
        text('purpose', { enum: ['events', 'analytics', 'learning_records', 'research'] }).notNull(),
        'Each has its own, so that data sets cannot be joined.',
      ),
      pseudonymId: described(
        pii(uuid('pseudonym_id').notNull().defaultRandom(), {
          category: 'identity',
          purpose: 'referring to a person without naming them',
          onErasure: 'delete_row',
        }),
        'Random (RFC 9562, section 5.4), so that it tells nothing of its making.',
      ),
    },
    {
      privileges: ['select', 'insert', 'delete'],
      unique: [['userId', 'purpose'], ['pseudonymId']],
      references: [to(users, 'userId', 'cascade')],
    },
  );

  return { pseudonyms };
}

function consentTable({ appendOnlyTable, to }: TableKit, { users, locales }: Neighbours) {
  return appendOnlyTable(
    'consents',
    'Each time a person gave or withdrew consent for a purpose (GDPR Art. 7); the last record of a purpose holds.',
    {
      userId: uuid('user_id').notNull(),
      purpose: described(text('purpose').notNull(), 'What for, such as leaderboard.public or research.'),
      decision: text('decision', { enum: ['given', 'withdrawn'] }).notNull(),
      noticeVersion: described(text('notice_version').notNull(), 'The wording that the person was shown.'),
      noticeSha256: described(text('notice_sha256').notNull(), 'SHA-256 of that wording.'),
      localeTag: described(text('locale_tag').notNull(), 'Language that it was shown in.'),
      channel: text('channel', {
        enum: ['registration', 'settings', 'prompt', 'administrator', 'import'],
      }).notNull(),
      byGuardian: described(
        boolean('by_guardian').notNull().default(false),
        'Given by the holder of parental responsibility (GDPR Art. 8).',
      ),
      ipAddress: pii(encrypted('ip_address', 'person'), {
        category: 'network',
        purpose: 'proving that consent was given',
        onErasure: 'shred',
      }),
      userAgent: pii(encrypted('user_agent', 'person'), {
        category: 'network',
        purpose: 'proving that consent was given',
        onErasure: 'shred',
      }),
      decidedAt: instant('decided_at').notNull(),
      expiresAt: described(instant('expires_at'), 'When the person is asked again.'),
    },
    {
      references: [to(users, 'userId'), to(locales, 'localeTag')],
      indexes: {
        'what a person last decided about a purpose': ['userId', 'purpose', 'decidedAt desc'],
        'consents that expire, to be asked for again': ['expiresAt'],
      },
      checks: {
        purpose_form: `"purpose" ~ '^[a-z][a-z_]*([.][a-z_]+)*$'`,
        notice_sha256_form: `"notice_sha256" ~ '^[0-9a-f]{64}$'`,
        expires_after_decided: `"expires_at" > "decided_at"`,
      },
    },
  );
}
