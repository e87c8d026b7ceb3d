/** What crosses the platform's border: the outbox, changes of people from HR systems, and exports to a SIEM. */
import { bigint, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import {
  described,
  encrypted,
  instant,
  pii,
  type TableKit,
  type TableRef,
} from '../../../kernel/db/index.ts';
import { authTargets } from '../../auth/schema.ts';

export function exchangeTables(kit: TableKit, configurations: TableRef) {
  return {
    outbox: outboxTable(kit),
    hrisSyncEvents: hrisSyncEventTable(kit, configurations),
    siemExports: siemExportTable(kit, configurations),
  };
}

function outboxTable({ tenantTable }: TableKit) {
  return tenantTable(
    'outbox',
    'Messages that must leave the platform, written in the transaction that caused them and published afterwards, at least once.',
    {
      topic: described(
        text('topic', { enum: ['webhook', 'siem', 'hris', 'email', 'chat', 'ticketing'] }).notNull(),
        'The publisher that takes it.',
      ),
      eventType: described(text('event_type').notNull(), 'As module.object.verb.'),
      orderingKey: described(
        uuid('ordering_key').notNull(),
        'Messages of one key, such as a person’s or session’s id, leave in the order they were written.',
      ),
      deduplicationKey: described(
        text('deduplication_key').notNull(),
        'Names the occasion: the same one is written once a topic.',
      ),
      payload: described(
        jsonb('payload').$type<Record<string, unknown>>().notNull(),
        'People by id, without personal data.',
      ),
      availableAt: described(
        instant('available_at').notNull().defaultNow(),
        'Not to be taken before; moved on by each failure.',
      ),
      leasedUntil: described(
        instant('leased_until'),
        'A publisher has taken it until then; afterwards another may.',
      ),
      attempts: integer('attempts').notNull().default(0),
      lastErrorCode: text('last_error_code'),
      publishedAt: described(instant('published_at'), 'Null until it has left.'),
    },
    {
      evolving: true,
      retention: 'operational',
      unique: [['topic', 'deduplicationKey']],
      indexes: { 'what has not left yet and is due': ['topic', 'publishedAt', 'availableAt'] },
      checks: { attempts_not_negative: `"attempts" >= 0` },
    },
  );
}

function hrisSyncEventTable({ appendOnlyTable, to }: TableKit, configurations: TableRef) {
  return appendOnlyTable(
    'hris_sync_events',
    'What a synchronisation with an HR system found and did about each person: proof of joiners, movers and leavers.',
    {
      configurationId: uuid('configuration_id').notNull(),
      runId: described(uuid('run_id').notNull(), 'The synchronisation that it belongs to.'),
      externalIdCiphertext: pii(encrypted('external_id_ciphertext', 'person').notNull(), {
        category: 'identity',
        purpose: 'matching the person with the HR record (externalId, RFC 7643, section 3.1)',
        onErasure: 'shred',
      }),
      subjectKeyId: described(uuid('subject_key_id').notNull(), 'Id in governance.subject_keys.'),
      userId: described(uuid('user_id'), 'Null where no person was made or found.'),
      operation: text('operation', {
        enum: ['create', 'update', 'transfer', 'deactivate', 'reactivate', 'unchanged'],
      }).notNull(),
      changedAttributes: described(
        jsonb('changed_attributes').$type<string[]>().notNull(),
        'Names of the SCIM attributes that changed (RFC 7643, section 4), without their values.',
      ),
      outcome: text('outcome', { enum: ['applied', 'skipped', 'conflict', 'failed'] }).notNull(),
      errorCode: text('error_code'),
      occurredAt: instant('occurred_at').notNull(),
    },
    {
      references: [to(configurations, 'configurationId'), to(authTargets.users, 'userId')],
      indexes: {
        'what one synchronisation did': ['runId', 'outcome'],
        'what was synchronised of a person, newest first': ['userId', 'occurredAt desc'],
      },
      checks: {
        failure_has_code: `("outcome" in ('conflict', 'failed')) = ("error_code" is not null)`,
      },
    },
  );
}

function siemExportTable({ appendOnlyTable, to }: TableKit, configurations: TableRef) {
  return appendOnlyTable(
    'siem_exports',
    'Batches of audit and security events that were handed to a tenant’s SIEM, and how it answered.',
    {
      configurationId: uuid('configuration_id').notNull(),
      stream: text('stream', { enum: ['audit_log', 'security_events', 'phishing_reports'] }).notNull(),
      format: described(
        text('format', { enum: ['cef', 'leef', 'ecs', 'ocsf', 'syslog', 'json'] }).notNull(),
        'Common Event Format, Log Event Extended Format, Elastic Common Schema, Open Cybersecurity Schema, RFC 5424, or plain JSON.',
      ),
      batch: described(
        bigint('batch', { mode: 'number' }).notNull(),
        'Counts the batches of a connection and stream from 1, without a gap.',
      ),
      attempt: described(integer('attempt').notNull(), 'Counts the attempts at the batch from 1.'),
      recordsFrom: described(instant('records_from').notNull(), 'Time of the first record, inclusive.'),
      recordsUntil: described(instant('records_until').notNull(), 'Time of the last record, inclusive.'),
      recordCount: integer('record_count').notNull(),
      sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
      contentSha256: described(text('content_sha256').notNull(), 'SHA-256 of the bytes sent.'),
      outcome: text('outcome', { enum: ['accepted', 'partly_accepted', 'refused', 'unreachable'] }).notNull(),
      errorCode: text('error_code'),
      startedAt: instant('started_at').notNull(),
      endedAt: instant('ended_at').notNull(),
    },
    {
      unique: [['configurationId', 'stream', 'batch', 'attempt']],
      references: [to(configurations, 'configurationId')],
      checks: {
        counted_from_one: `"batch" >= 1 and "attempt" >= 1`,
        records_in_order: `"records_from" <= "records_until"`,
        amounts_not_negative: `"record_count" >= 0 and "size_bytes" >= 0`,
        ended_after_start: `"ended_at" >= "started_at"`,
        content_sha256_form: `"content_sha256" ~ '^[0-9a-f]{64}$'`,
        failure_has_code: `("outcome" = 'accepted') = ("error_code" is null)`,
      },
    },
  );
}
