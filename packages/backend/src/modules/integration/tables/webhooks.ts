/** Webhooks: who wants to hear of what, and every attempt to tell them. */
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
import { secret } from './secrets.ts';

export function webhookTables(kit: TableKit) {
  const webhookSubscriptions = subscriptionTable(kit);
  return {
    webhookSubscriptions,
    webhookSubscriptionEvents: subscriptionEventTable(kit, webhookSubscriptions),
    webhookDeliveries: deliveryTable(kit, webhookSubscriptions),
  };
}

function subscriptionTable({ tenantTable, to }: TableKit) {
  return tenantTable(
    'webhook_subscriptions',
    'Addresses of a tenant that are told of events, each with the secret that its requests are signed with.',
    {
      name: text('name').notNull(),
      url: text('url').notNull(),
      ...secret('signing requests with HMAC-SHA-256 (RFC 2104)'),
      previousSecretCiphertext: pii(encrypted('previous_secret_ciphertext', 'tenant'), {
        category: 'credential',
        purpose: 'signing too, while the receiver changes over to the new secret',
        onErasure: 'null',
      }),
      previousSecretUntil: instant('previous_secret_until'),
      status: described(
        text('status', { enum: ['active', 'paused', 'disabled'] })
          .notNull()
          .default('active'),
        'Disabled by the platform after too many failures in a row.',
      ),
      failures: described(integer('failures').notNull().default(0), 'Failures in a row.'),
      maxAttempts: integer('max_attempts').notNull().default(8),
      timeoutMs: integer('timeout_ms').notNull().default(10000),
      createdById: described(uuid('created_by_id'), 'The administrator who set it up.'),
    },
    {
      subject: 'nobody',
      recoverable: true,
      unique: [['name']],
      references: [to(authTargets.users, 'createdById')],
      checks: {
        url_https: `"url" ~ '^https://'`,
        failures_not_negative: `"failures" >= 0`,
        attempts_range: `"max_attempts" between 1 and 20`,
        timeout_range: `"timeout_ms" between 100 and 60000`,
        previous_secret_ends: `num_nonnulls("previous_secret_ciphertext", "previous_secret_until") in (0, 2)`,
      },
    },
  );
}

function subscriptionEventTable({ tenantTable, to }: TableKit, webhookSubscriptions: TableRef) {
  return tenantTable(
    'webhook_subscription_events',
    'Which types of event a webhook subscription asks for.',
    {
      subscriptionId: uuid('subscription_id').notNull(),
      eventType: described(text('event_type').notNull(), 'As module.object.verb.'),
    },
    {
      unique: [['subscriptionId', 'eventType']],
      references: [to(webhookSubscriptions, 'subscriptionId', 'cascade')],
      indexes: { 'subscriptions that ask for a type of event': ['eventType'] },
    },
  );
}

function deliveryTable({ appendOnlyTable, to }: TableKit, webhookSubscriptions: TableRef) {
  return appendOnlyTable(
    'webhook_deliveries',
    'Attempts to deliver an event to a webhook, with what was sent and how it was answered.',
    {
      subscriptionId: uuid('subscription_id').notNull(),
      messageId: described(
        uuid('message_id').notNull(),
        'Id of the row in integration.outbox, sent along so that the receiver drops repeats; that row is gone sooner.',
      ),
      attempt: described(integer('attempt').notNull(), 'Counts the attempts from 1.'),
      eventType: text('event_type').notNull(),
      payload: described(
        jsonb('payload').$type<Record<string, unknown>>().notNull(),
        'Body as it was signed and sent: people by id, without personal data.',
      ),
      payloadSha256: described(text('payload_sha256').notNull(), 'SHA-256 of the bytes sent.'),
      outcome: text('outcome', {
        enum: ['delivered', 'refused', 'timed_out', 'unreachable', 'gave_up'],
      }).notNull(),
      httpStatus: described(integer('http_status'), 'Null where no answer came.'),
      durationMs: integer('duration_ms').notNull(),
      retryAt: described(instant('retry_at'), 'When the next attempt is due; null after the last.'),
      attemptedAt: instant('attempted_at').notNull(),
    },
    {
      evolving: true,
      retention: 'operational',
      unique: [['subscriptionId', 'messageId', 'attempt']],
      references: [to(webhookSubscriptions, 'subscriptionId')],
      indexes: { 'what a webhook was sent, newest first': ['subscriptionId', 'attemptedAt desc'] },
      checks: {
        attempt_from_one: `"attempt" >= 1`,
        http_status_range: `"http_status" between 100 and 599`,
        delivered_is_2xx: `"outcome" <> 'delivered' or ("http_status" is not null and "http_status" between 200 and 299)`,
        duration_not_negative: `"duration_ms" >= 0`,
        payload_sha256_form: `"payload_sha256" ~ '^[0-9a-f]{64}$'`,
        no_retry_after_the_end: `"outcome" not in ('delivered', 'gave_up') or "retry_at" is null`,
      },
    },
  );
}
