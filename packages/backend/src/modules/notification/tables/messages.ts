/** What is said: templates, the messages made from them, and every attempt to deliver one. */
import { integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import {
  described,
  encrypted,
  instant,
  pii,
  type TableKit,
  type TableRef,
} from '../../../kernel/db/index.ts';
import { authTargets } from '../../auth/schema.ts';
import { publicTargets } from '../../public/schema.ts';
import { category, channel } from './vocabulary.ts';

export function messageTables(kit: TableKit) {
  const templates = templateTable(kit);
  const messages = messageTable(kit);
  return { templates, messages, deliveries: deliveryTable(kit, messages, templates) };
}

function templateTable({ tenantTable, to }: TableKit) {
  return tenantTable(
    'templates',
    'Wordings of each kind of message, by channel and language.',
    {
      key: described(text('key').notNull(), 'Kind of message, such as training.assignment.due.'),
      category: category(),
      channel: channel(),
      localeTag: text('locale_tag').notNull(),
      status: text('status', { enum: ['draft', 'active', 'retired'] })
        .notNull()
        .default('draft'),
      subject: described(text('subject'), 'Subject line or title; null where the channel has none.'),
      body: text('body').notNull(),
      variables: described(
        jsonb('variables').$type<Record<string, unknown>>().notNull(),
        'JSON Schema (2020-12) of the values that the wording needs.',
      ),
    },
    {
      evolving: true,
      recoverable: true,
      unique: [['key', 'channel', 'localeTag']],
      references: [to(publicTargets.locales, 'localeTag')],
      checks: { email_has_subject: `"channel" <> 'email' or "subject" is not null` },
    },
  );
}

function messageTable({ tenantTable, to }: TableKit) {
  return tenantTable(
    'messages',
    'What one person is to be told, on whichever channels: the inbox within the application.',
    {
      userId: uuid('user_id').notNull(),
      templateKey: described(
        text('template_key').notNull(),
        'Kind of message; the wording follows channel and language.',
      ),
      category: category(),
      deduplicationKey: described(
        text('deduplication_key').notNull(),
        'Names the occasion: the same one is told once.',
      ),
      parameters: pii(jsonb('parameters').$type<Record<string, unknown>>(), {
        category: 'free_text',
        purpose: 'filled into the wording',
        onErasure: 'null',
      }),
      notBefore: described(instant('not_before'), 'Held back until then by quiet hours or a digest.'),
      expiresAt: described(instant('expires_at'), 'Not worth telling any more after this.'),
      readAt: pii(instant('read_at'), {
        category: 'behaviour',
        purpose: 'telling unread messages from read ones',
        onErasure: 'null',
      }),
    },
    {
      evolving: true,
      retention: 'operational',
      unique: [['userId', 'deduplicationKey']],
      references: [to(authTargets.users, 'userId')],
      indexes: {
        'a person’s messages, newest first': ['userId', 'createdAt desc'],
        'messages that were held back and are due': ['notBefore'],
      },
      checks: { expires_after_due: `"expires_at" > "not_before"` },
    },
  );
}

function deliveryTable({ appendOnlyTable, to }: TableKit, messages: TableRef, templates: TableRef) {
  return appendOnlyTable(
    'deliveries',
    'What became of each attempt to deliver a message, one row an outcome, as the provider reported it.',
    {
      messageId: uuid('message_id').notNull(),
      channel: channel(),
      attempt: described(integer('attempt').notNull(), 'Counts the attempts on the channel from 1.'),
      outcome: text('outcome', {
        enum: ['sent', 'delivered', 'deferred', 'bounced', 'complained', 'suppressed', 'failed'],
      }).notNull(),
      templateId: described(uuid('template_id'), 'The wording that was used.'),
      addressCiphertext: pii(encrypted('address_ciphertext', 'person'), {
        category: 'contact',
        purpose: 'proving where a message went',
        onErasure: 'shred',
      }),
      subjectKeyId: described(uuid('subject_key_id'), 'Id in governance.subject_keys: the recipient’s key.'),
      providerMessageId: described(
        text('provider_message_id'),
        'The provider’s name for it, by which later reports are matched.',
      ),
      statusCode: described(
        text('status_code'),
        'Enhanced mail status (RFC 3463) or HTTP status of the provider.',
      ),
      occurredAt: instant('occurred_at').notNull(),
    },
    {
      subject: 'messageId',
      retention: 'operational',
      unique: [['messageId', 'channel', 'attempt', 'outcome']],
      references: [to(messages, 'messageId'), to(templates, 'templateId')],
      indexes: { 'the delivery that a provider’s report is about': ['providerMessageId'] },
      checks: {
        attempt_from_one: `"attempt" >= 1`,
        address_has_a_key: `num_nonnulls("address_ciphertext", "subject_key_id") in (0, 2)`,
        status_code_form: `"status_code" ~ '^([245]\\.[0-9]{1,3}\\.[0-9]{1,3}|[1-5][0-9]{2})$'`,
      },
    },
  );
}
