/** Statements, the voiding of statements, what statements are found by, and their attachments. */
import { bigint, boolean, integer, jsonb, numeric, text, uuid } from 'drizzle-orm/pg-core';
import {
  described,
  encrypted,
  instant,
  pii,
  type TableKit,
  type TableRef,
} from '../../../kernel/db/index.ts';

interface Neighbours {
  readonly agents: TableRef;
  readonly activities: TableRef;
  readonly objects: TableRef;
}

export function statementTables(kit: TableKit, near: Neighbours) {
  const statements = statementTable(kit, near);
  return {
    statements,
    statementVoids: voidTable(kit, statements),
    ...contextTables(kit, statements, near),
    attachments: attachmentTable(kit, statements, near),
  };
}

/** xAPI Part Two §2.4.5. */
const result = () => ({
  scoreScaled: described(numeric('score_scaled', { precision: 9, scale: 8 }), 'From -1 to 1.'),
  scoreRaw: described(numeric('score_raw'), 'Points reached, between the least and the most.'),
  scoreMin: described(numeric('score_min'), 'The least points that can be reached.'),
  scoreMax: described(numeric('score_max'), 'The most points that can be reached.'),
  success: boolean('success'),
  completion: boolean('completion'),
  durationMs: described(bigint('duration_ms', { mode: 'number' }), 'From the ISO 8601 duration.'),
  response: described(
    pii(encrypted('response', 'person'), {
      category: 'free_text',
      purpose: 'what the learner answered',
      onErasure: 'shred',
    }),
    'Encrypted with the person’s key, and absent from the statement beside it.',
  ),
});

function statementTable({ appendOnlyTable, to }: TableKit, { agents, activities }: Neighbours) {
  return appendOnlyTable(
    'statements',
    'What somebody did, as xAPI 2.0 (IEEE 9274.1.1) states it; the row’s id is the statement’s, created_at its stored.',
    {
      actorId: uuid('actor_id').notNull(),
      verbIri: described(text('verb_iri').notNull(), 'Id of the verb.'),
      objectType: text('object_type', {
        enum: ['Activity', 'Agent', 'Group', 'StatementRef', 'SubStatement'],
      }).notNull(),
      activityId: described(uuid('activity_id'), 'The object, where it is an activity.'),
      objectAgentId: described(uuid('object_agent_id'), 'The object, where it is an agent or a group.'),
      objectStatementId: described(
        uuid('object_statement_id'),
        'The object, where it refers to a statement, which need not be here.',
      ),
      registration: described(uuid('registration'), 'The attempt or enrolment that it belongs to.'),
      authorityId: described(uuid('authority_id').notNull(), 'The agent who asserts it, set by the store.'),
      ...result(),
      occurredAt: described(instant('occurred_at').notNull(), 'The statement’s timestamp.'),
      xapiVersion: text('xapi_version', { enum: ['1.0.0', '1.0.1', '1.0.2', '1.0.3', '2.0.0'] }).notNull(),
      statement: described(
        jsonb('statement').$type<Record<string, unknown>>().notNull(),
        'The statement as accepted, with every agent replaced by its id in agents.',
      ),
      statementSha256: described(
        text('statement_sha256').notNull(),
        'SHA-256 of its canonical JSON (RFC 8785): a repeated id must come with the same statement.',
      ),
    },
    {
      subject: ['actorId', 'objectAgentId'],
      references: [
        to(agents, 'actorId'),
        to(activities, 'activityId'),
        to(agents, 'objectAgentId'),
        to(agents, 'authorityId'),
      ],
      indexes: {
        'all statements in the order they were stored, for since and until': ['createdAt'],
        'an actor’s statements, newest first': ['actorId', 'createdAt desc'],
        'statements about an activity, newest first': ['activityId', 'createdAt desc'],
        'statements with a verb, newest first': ['verbIri', 'createdAt desc'],
        'statements of a registration': ['registration', 'createdAt desc'],
        'statements that refer to a statement': ['objectStatementId'],
      },
      checks: {
        object_given: `case
          when "object_type" = 'Activity' then "activity_id" is not null and num_nonnulls("object_agent_id", "object_statement_id") = 0
          when "object_type" in ('Agent', 'Group') then "object_agent_id" is not null and num_nonnulls("activity_id", "object_statement_id") = 0
          when "object_type" = 'StatementRef' then "object_statement_id" is not null and num_nonnulls("activity_id", "object_agent_id") = 0
          else num_nonnulls("activity_id", "object_agent_id", "object_statement_id") = 0 end`,
        verb_iri_form: `"verb_iri" ~ '^[A-Za-z][A-Za-z0-9+.-]*:' and octet_length("verb_iri") <= 2000`,
        score_scaled_range: `"score_scaled" between -1 and 1`,
        score_min_below_max: `"score_min" < "score_max"`,
        score_raw_range: `"score_raw" >= "score_min" and "score_raw" <= "score_max"`,
        duration_not_negative: `"duration_ms" >= 0`,
        statement_sha256_form: `"statement_sha256" ~ '^[0-9a-f]{64}$'`,
      },
    },
  );
}

function voidTable({ appendOnlyTable, to }: TableKit, statements: TableRef) {
  return appendOnlyTable(
    'statement_voids',
    'Which statement voids which: a voided one is found by its id alone (xAPI Part Two §2.3.2).',
    {
      voidedId: described(uuid('voided_id').notNull(), 'Voided once, and no voiding statement itself.'),
      voidingId: uuid('voiding_id').notNull(),
    },
    {
      subject: 'voidedId',
      unique: [['voidedId'], ['voidingId']],
      references: [to(statements, 'voidedId'), to(statements, 'voidingId')],
      checks: { not_itself: `"voided_id" <> "voiding_id"` },
    },
  );
}

function contextTables(
  { appendOnlyTable, to }: TableKit,
  statements: TableRef,
  { agents, activities }: Neighbours,
) {
  const statementContextActivities = appendOnlyTable(
    'statement_context_activities',
    'Activities that a statement names as its context, for queries with related_activities.',
    {
      statementId: uuid('statement_id').notNull(),
      relation: text('relation', {
        enum: ['parent', 'grouping', 'category', 'other', 'sub_statement'],
      }).notNull(),
      activityId: uuid('activity_id').notNull(),
    },
    {
      subject: 'statementId',
      unique: [['statementId', 'relation', 'activityId']],
      references: [to(statements, 'statementId'), to(activities, 'activityId')],
    },
  );

  const statementContextAgents = appendOnlyTable(
    'statement_context_agents',
    'Agents that a statement names beside its actor, for queries with related_agents.',
    {
      statementId: uuid('statement_id').notNull(),
      relation: text('relation', {
        enum: ['instructor', 'team', 'context_agent', 'context_group', 'sub_statement'],
      }).notNull(),
      agentId: uuid('agent_id').notNull(),
      relevantTypes: described(
        jsonb('relevant_types').$type<readonly string[]>(),
        'IRIs of how they took part; xAPI 2.0 contextAgents and contextGroups alone have them.',
      ),
    },
    {
      subject: 'agentId',
      unique: [['statementId', 'relation', 'agentId']],
      references: [to(statements, 'statementId'), to(agents, 'agentId')],
    },
  );

  return { statementContextActivities, statementContextAgents };
}

function attachmentTable({ tenantTable, to }: TableKit, statements: TableRef, { objects }: Neighbours) {
  return tenantTable(
    'attachments',
    'Files that belong to a statement, such as a certificate or its signature (xAPI Part Two §2.4.11).',
    {
      statementId: uuid('statement_id').notNull(),
      position: described(integer('position').notNull(), 'Order in the statement, from 0.'),
      usageType: described(text('usage_type').notNull(), 'IRI that says what the file is for.'),
      display: described(
        jsonb('display').$type<Record<string, string>>().notNull(),
        'Title by language (BCP 47).',
      ),
      contentType: text('content_type').notNull(),
      lengthBytes: bigint('length_bytes', { mode: 'number' }).notNull(),
      sha2: described(text('sha2').notNull(), 'Hex SHA-2 of the bytes, 224 to 512 bits.'),
      fileUrl: described(text('file_url'), 'Where the sender keeps it.'),
      objectId: described(uuid('object_id'), 'The bytes, where they were sent.'),
    },
    {
      subject: 'statementId',
      privileges: ['select', 'insert'],
      retention: 'evidence',
      unique: [['statementId', 'position']],
      references: [to(statements, 'statementId'), to(objects, 'objectId')],
      indexes: { 'the bytes of an attachment, by hash': ['sha2'] },
      checks: {
        length_not_negative: `"length_bytes" >= 0`,
        sha2_form: `"sha2" ~ '^[0-9a-f]{56,128}$'`,
        bytes_somewhere: `num_nonnulls("file_url", "object_id") >= 1`,
      },
    },
  );
}
