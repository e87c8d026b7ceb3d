/** Campaigns, whom they reach, each message sent, and what people did with it. */
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
  readonly departments: TableRef;
  readonly templates: TableRef;
  readonly landingPages: TableRef;
  readonly teachableMoments: TableRef;
}

export function campaignTables(kit: TableKit, near: Neighbours) {
  const campaigns = campaignTable(kit, near);
  const targets = targetTable(kit, campaigns, near);
  const sends = sendTable(kit, targets, near);
  return {
    campaigns,
    campaignTemplates: campaignTemplateTable(kit, campaigns, near),
    targets,
    sends,
    interactions: interactionTable(kit, sends, near),
  };
}

function campaignTable({ tenantTable, to }: TableKit, { users }: Neighbours) {
  return tenantTable(
    'campaigns',
    'Series of simulated phishing messages: when they go out, to whom, and who allowed it.',
    {
      name: text('name').notNull(),
      purpose: text('purpose', { enum: ['baseline', 'training', 'measurement', 'remediation'] }).notNull(),
      status: text('status', {
        enum: ['draft', 'approved', 'running', 'paused', 'completed', 'cancelled'],
      })
        .notNull()
        .default('draft'),
      startsAt: instant('starts_at').notNull(),
      endsAt: described(instant('ends_at').notNull(), 'Interactions count until then.'),
      schedule: described(
        jsonb('schedule').$type<Record<string, unknown>>().notNull(),
        'Hours, weekdays and time zone in which messages go out.',
      ),
      messagesPerHour: described(integer('messages_per_hour'), 'Null for as many as the mail server takes.'),
      audience: described(
        jsonb('audience').$type<Record<string, unknown>>().notNull(),
        'Rule that selected the targets; the targets themselves are rows.',
      ),
      programId: described(
        uuid('program_id'),
        'Id in training.programs: what those who fall for it must take.',
      ),
      createdById: uuid('created_by_id').notNull(),
      approvedById: described(uuid('approved_by_id'), 'Somebody other than the maker.'),
      approvedAt: instant('approved_at'),
    },
    {
      recoverable: true,
      evolving: true,
      unique: [['name']],
      references: [to(users, 'createdById'), to(users, 'approvedById')],
      indexes: { 'campaigns to be started or ended': ['status', 'startsAt'] },
      checks: {
        ends_after_start: `"ends_at" > "starts_at"`,
        messages_per_hour_positive: `"messages_per_hour" > 0`,
        approved_by_another: `"approved_by_id" <> "created_by_id"`,
        approval_complete: `num_nulls("approved_by_id", "approved_at") in (0, 2)`,
        runs_when_approved: `"status" in ('draft', 'cancelled') or "approved_at" is not null`,
      },
    },
  );
}

function campaignTemplateTable(
  { tenantTable, to }: TableKit,
  campaigns: TableRef,
  { templates }: Neighbours,
) {
  return tenantTable(
    'campaign_templates',
    'The templates that a campaign draws from, and how often each.',
    {
      campaignId: uuid('campaign_id').notNull(),
      templateId: uuid('template_id').notNull(),
      weight: described(integer('weight').notNull().default(1), 'Share among the campaign’s templates.'),
    },
    {
      unique: [['campaignId', 'templateId']],
      references: [to(campaigns, 'campaignId', 'cascade'), to(templates, 'templateId')],
      checks: { weight_positive: `"weight" > 0` },
    },
  );
}

function targetTable({ tenantTable, to }: TableKit, campaigns: TableRef, { users, departments }: Neighbours) {
  return tenantTable(
    'targets',
    'The people that a campaign reaches, with the department that each belonged to at the time.',
    {
      campaignId: uuid('campaign_id').notNull(),
      userId: uuid('user_id').notNull(),
      departmentId: described(uuid('department_id'), 'As it was at the start, for fair comparison later.'),
      cohort: text('cohort', { enum: ['exposed', 'control'] })
        .notNull()
        .default('exposed'),
      excludedFor: described(
        text('excluded_for', { enum: ['absent', 'opted_out', 'left', 'protected', 'undeliverable'] }),
        'Why nothing is sent after all; null for everyone else.',
      ),
    },
    {
      unique: [['campaignId', 'userId']],
      references: [to(campaigns, 'campaignId'), to(users, 'userId'), to(departments, 'departmentId')],
    },
  );
}

function sendTable(
  { tenantTable, to }: TableKit,
  targets: TableRef,
  { templates, landingPages }: Neighbours,
) {
  return tenantTable(
    'sends',
    'Each simulated message to one person, from being scheduled to its delivery.',
    {
      targetId: uuid('target_id').notNull(),
      templateId: uuid('template_id').notNull(),
      landingPageId: uuid('landing_page_id'),
      recipientAddress: pii(text('recipient_address'), {
        category: 'contact',
        purpose: 'delivering the simulated message',
        onErasure: 'null',
      }),
      trackingSha256: described(
        text('tracking_sha256').notNull(),
        'Hash of the token in the message’s links, by which an interaction finds its message.',
      ),
      messageId: described(text('message_id'), 'Message-ID (RFC 5322, section 3.6.4), for matching reports.'),
      status: text('status', { enum: ['scheduled', 'sent', 'delivered', 'bounced', 'failed', 'cancelled'] })
        .notNull()
        .default('scheduled'),
      attempts: integer('attempts').notNull().default(0),
      replyCode: described(text('reply_code'), 'Enhanced status code of the mail server (RFC 3463).'),
      scheduledAt: instant('scheduled_at').notNull(),
      sentAt: instant('sent_at'),
      deliveredAt: instant('delivered_at'),
    },
    {
      subject: 'targetId',
      privileges: ['select', 'insert', 'update'],
      retention: 'evidence',
      unique: [['trackingSha256'], ['messageId']],
      references: [to(targets, 'targetId'), to(templates, 'templateId'), to(landingPages, 'landingPageId')],
      indexes: { 'messages that are due, soonest first': ['status', 'scheduledAt'] },
      checks: {
        tracking_sha256_form: `"tracking_sha256" ~ '^[0-9a-f]{64}$'`,
        reply_code_form: `"reply_code" ~ '^[245][.][0-9]{1,3}[.][0-9]{1,3}$'`,
        attempts_not_negative: `"attempts" >= 0`,
        delivered_after_sent: `"delivered_at" >= "sent_at"`,
        sent_has_time: `"status" in ('scheduled', 'failed', 'cancelled') or "sent_at" is not null`,
      },
    },
  );
}

function interactionTable(
  { appendOnlyTable, to }: TableKit,
  sends: TableRef,
  { teachableMoments }: Neighbours,
) {
  return appendOnlyTable(
    'interactions',
    'What people did with a simulated message. One that a mail scanner caused is invalidated by a later record.',
    {
      sendId: uuid('send_id').notNull(),
      kind: text('kind', {
        enum: [
          'opened',
          'clicked',
          'data_entered',
          'attachment_opened',
          'consent_granted',
          'replied',
          'called_back',
          'reported',
          'moment_viewed',
          'moment_completed',
        ],
      }).notNull(),
      reportChannel: described(
        text('report_channel', { enum: ['mail_button', 'forwarded', 'service_desk', 'chat'] }),
        'How it was reported; null for every other kind.',
      ),
      teachableMomentId: described(uuid('teachable_moment_id'), 'The explanation that was shown.'),
      automated: described(boolean('automated').notNull(), 'Whether it looks like a mail scanner’s work.'),
      ipAddress: pii(encrypted('ip_address', 'person'), {
        category: 'network',
        purpose: 'telling people from mail scanners',
        onErasure: 'shred',
      }),
      userAgent: pii(encrypted('user_agent', 'person'), {
        category: 'network',
        purpose: 'telling people from mail scanners',
        onErasure: 'shred',
      }),
      occurredAt: instant('occurred_at').notNull(),
    },
    {
      subject: 'sendId',
      invalidatable: true,
      references: [to(sends, 'sendId'), to(teachableMoments, 'teachableMomentId')],
      indexes: {
        'what became of one message, in order': ['sendId', 'occurredAt'],
        'interactions of a kind in a period, for reports': ['kind', 'occurredAt'],
      },
      checks: {
        report_has_channel: `("kind" = 'reported') = ("report_channel" is not null)`,
        moment_is_named: `("kind" in ('moment_viewed', 'moment_completed')) = ("teachable_moment_id" is not null)`,
      },
    },
  );
}
