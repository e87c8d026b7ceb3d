/**
 * The tables that answer questions about sessions without reading their events. Each row is derived from events and
 * content by the consumer `game.read-models`, behind the events; ids are the ids of the events that the rows come from.
 */
import { boolean, integer, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

const sessionId = () => ({ sessionId: uuid('session_id').notNull() });
const emailOfSession = () => ({ ...sessionId(), emailId: uuid('email_id').notNull() });

export function readModelTables(kit: TableKit, sessions: TableRef) {
  const inbox = inboxTables(kit, sessions);
  return {
    ...inbox,
    ...workTables(kit, sessions, inbox.emails),
    ...verificationTables(kit, sessions, inbox.emails),
    ...senderLists(kit, sessions, inbox.emails),
    ...dayTables(kit, sessions),
  };
}

/** What arrived. */
function inboxTables({ tenantTable, to }: TableKit, sessions: TableRef) {
  const emails = tenantTable(
    'emails',
    'The e-mails that arrived in a session, and what became of each.',
    {
      ...sessionId(),
      emailKey: described(
        text('email_key').notNull(),
        'The e-mail’s name within its session, such as d03-e07.',
      ),
      templateKey: text('template_key').notNull(),
      day: integer('day').notNull(),
      category: text('category').notNull(),
      difficulty: integer('difficulty').notNull(),
      legitimate: described(boolean('legitimate').notNull(), 'The truth, which the player is not shown.'),
      subject: text('subject').notNull(),
      fromName: described(text('from_name').notNull(), 'Fictional sender, from the content.'),
      fromAddress: text('from_address').notNull(),
      replyToAddress: text('reply_to_address'),
      status: text('status', {
        enum: ['unread', 'open', 'verifying', 'deferred', 'decided', 'expired'],
      }).notNull(),
      receivedAt: instant('received_at').notNull(),
      openedAt: instant('opened_at'),
    },
    { subject: 'sessionId', unique: [['sessionId', 'emailKey']], references: [to(sessions, 'sessionId')] },
  );

  const emailHeaders = tenantTable(
    'email_headers',
    'Transport headers of an e-mail, in their order.',
    {
      emailId: uuid('email_id').notNull(),
      position: integer('position').notNull(),
      name: text('name').notNull(),
      value: text('value').notNull(),
    },
    { subject: 'emailId', unique: [['emailId', 'position']], references: [to(emails, 'emailId', 'cascade')] },
  );

  const emailAttachments = tenantTable(
    'email_attachments',
    'Attachments of an e-mail: their descriptions; there are no bytes.',
    {
      emailId: uuid('email_id').notNull(),
      position: integer('position').notNull(),
      name: text('name').notNull(),
      mimeType: text('mime_type').notNull(),
      sizeBytes: integer('size_bytes').notNull(),
    },
    { subject: 'emailId', unique: [['emailId', 'position']], references: [to(emails, 'emailId', 'cascade')] },
  );

  return { emails, emailHeaders, emailAttachments };
}

/** What the player did with it. */
function workTables({ tenantTable, to }: TableKit, sessions: TableRef, emails: TableRef) {
  const references = [to(sessions, 'sessionId'), to(emails, 'emailId', 'cascade')];

  const emailIndicators = tenantTable(
    'email_indicators',
    'Indicators that the player marked on an e-mail, and whether they were there.',
    {
      ...emailOfSession(),
      technique: text('technique').notNull(),
      location: text('location').notNull(),
      correct: boolean('correct').notNull(),
      markedAt: instant('marked_at').notNull(),
    },
    { subject: 'emailId', unique: [['emailId', 'technique', 'location']], references },
  );

  const decisions = tenantTable(
    'decisions',
    'What the player decided about an e-mail, and how that turned out.',
    {
      ...emailOfSession(),
      decision: text('decision').notNull(),
      timeSpentMs: integer('time_spent_ms').notNull(),
      decidedAt: instant('decided_at').notNull(),
      outcome: described(text('outcome'), 'Null until the day’s decisions are resolved.'),
      correct: boolean('correct'),
      creditsDelta: integer('credits_delta'),
      trustDelta: integer('trust_delta'),
      intelDelta: integer('intel_delta'),
    },
    { subject: 'sessionId', references },
  );

  const worksheets = tenantTable(
    'worksheets',
    'The player’s work on one e-mail: marks right and wrong, papers asked for, time spent.',
    {
      ...emailOfSession(),
      marksCorrect: integer('marks_correct').notNull().default(0),
      marksWrong: integer('marks_wrong').notNull().default(0),
      packetsRequested: integer('packets_requested').notNull().default(0),
      timeSpentMs: integer('time_spent_ms').notNull().default(0),
    },
    { subject: 'sessionId', unique: [['emailId']], references },
  );

  return { emailIndicators, decisions, worksheets };
}

/** The papers that the player asked for. */
function verificationTables({ tenantTable, to }: TableKit, sessions: TableRef, emails: TableRef) {
  const verificationPackets = tenantTable(
    'verification_packets',
    'Requests for papers about an e-mail’s sender.',
    {
      ...emailOfSession(),
      packetKey: text('packet_key').notNull(),
      dueDay: integer('due_day').notNull(),
      requestedAt: instant('requested_at').notNull(),
      deliveredAt: instant('delivered_at'),
    },
    {
      subject: 'sessionId',
      unique: [['sessionId', 'packetKey']],
      references: [to(sessions, 'sessionId'), to(emails, 'emailId', 'cascade')],
    },
  );

  const verificationArtifacts = tenantTable(
    'verification_artifacts',
    'The papers that were delivered about an e-mail’s sender.',
    {
      emailId: uuid('email_id').notNull(),
      packetKey: text('packet_key').notNull(),
      artifactKey: text('artifact_key').notNull(),
      kind: text('kind').notNull(),
      title: text('title').notNull(),
      supports: described(
        text('supports').notNull(),
        'What the paper speaks for, which the player must find out.',
      ),
    },
    {
      subject: 'emailId',
      unique: [['emailId', 'artifactKey']],
      references: [to(emails, 'emailId', 'cascade')],
    },
  );

  return { verificationPackets, verificationArtifacts };
}

/** Whom the player let in and kept out. */
function senderLists({ tenantTable, to }: TableKit, sessions: TableRef, emails: TableRef) {
  const senderList = (name: 'blacklist_entries' | 'whitelist_entries', purpose: string) =>
    tenantTable(
      name,
      purpose,
      { ...emailOfSession(), domain: text('domain').notNull(), listedAt: instant('listed_at').notNull() },
      {
        subject: 'sessionId',
        unique: [['sessionId', 'domain']],
        references: [to(sessions, 'sessionId'), to(emails, 'emailId', 'cascade')],
      },
    );

  return {
    blacklistEntries: senderList(
      'blacklist_entries',
      'Domains that the player’s denials put on the blacklist.',
    ),
    whitelistEntries: senderList(
      'whitelist_entries',
      'Domains that the player’s approvals put on the whitelist.',
    ),
  };
}

/** How the days went. */
function dayTables({ tenantTable, to }: TableKit, sessions: TableRef) {
  const daySummaries = tenantTable(
    'day_summaries',
    'How each game day went: the shift report.',
    {
      ...sessionId(),
      day: integer('day').notNull(),
      emailsReceived: integer('emails_received').notNull(),
      emailsDecided: integer('emails_decided').notNull(),
      decisionsCorrect: integer('decisions_correct').notNull(),
      emailsDeferred: integer('emails_deferred').notNull(),
      emailsExpired: integer('emails_expired').notNull(),
      breaches: integer('breaches').notNull(),
      credits: integer('credits').notNull(),
      trust: integer('trust').notNull(),
      intel: integer('intel').notNull(),
      threatTier: text('threat_tier').notNull(),
      score: integer('score').notNull(),
      endedAt: instant('ended_at').notNull(),
    },
    { subject: 'sessionId', unique: [['sessionId', 'day']], references: [to(sessions, 'sessionId')] },
  );

  const threatAssessments = tenantTable(
    'threat_assessments',
    'The threat as it stood on each game day.',
    {
      ...sessionId(),
      day: integer('day').notNull(),
      threatTier: described(text('threat_tier').notNull(), 'In force from the next day on.'),
      previousTier: text('previous_tier').notNull(),
      score: integer('score').notNull(),
      heat: described(integer('heat').notNull(), 'What is left of the attackers’ attention, 0 to 100.'),
      assessedAt: instant('assessed_at').notNull(),
    },
    { subject: 'sessionId', unique: [['sessionId', 'day']], references: [to(sessions, 'sessionId')] },
  );

  return { daySummaries, threatAssessments };
}
