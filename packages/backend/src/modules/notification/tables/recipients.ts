/** How people want to be reached: what they switched on and off, when they rest, and which browsers listen. */
import { boolean, integer, text, uuid } from 'drizzle-orm/pg-core';
import { described, encrypted, instant, pii, type TableKit } from '../../../kernel/db/index.ts';
import { authTargets } from '../../auth/schema.ts';
import { category, channel } from './vocabulary.ts';

export function recipientTables(kit: TableKit) {
  return {
    preferences: preferenceTable(kit),
    quietHours: quietHourTable(kit),
    pushSubscriptions: pushSubscriptionTable(kit),
  };
}

function preferenceTable({ tenantTable, to }: TableKit) {
  return tenantTable(
    'preferences',
    'Where a person departs from the default: categories switched on or off by channel, or gathered into a digest.',
    {
      userId: uuid('user_id').notNull(),
      category: category(),
      channel: channel(),
      enabled: boolean('enabled').notNull(),
      digest: text('digest', { enum: ['immediate', 'daily', 'weekly'] })
        .notNull()
        .default('immediate'),
    },
    {
      unique: [['userId', 'category', 'channel']],
      references: [to(authTargets.users, 'userId', 'cascade')],
      checks: { mandatory_stays_on: `"enabled" or "category" not in ('security', 'account')` },
    },
  );
}

function quietHourTable({ tenantTable, to }: TableKit) {
  const minuteOfDay = (name: string, note: string) => described(integer(name).notNull(), note);
  return tenantTable(
    'quiet_hours',
    'When a person is not to be disturbed; what is not mandatory waits until they are over.',
    {
      userId: uuid('user_id').notNull(),
      timeZone: described(text('time_zone').notNull(), 'IANA time zone, such as Europe/Vienna.'),
      startsMinute: minuteOfDay('starts_minute', 'Minute of the local day, 0 to 1439.'),
      endsMinute: minuteOfDay(
        'ends_minute',
        'Minute of the local day; before the start where they span midnight.',
      ),
    },
    {
      unique: [['userId']],
      references: [to(authTargets.users, 'userId', 'cascade')],
      checks: {
        minutes_of_a_day: `"starts_minute" between 0 and 1439 and "ends_minute" between 0 and 1439`,
        some_time_passes: `"starts_minute" <> "ends_minute"`,
      },
    },
  );
}

function pushSubscriptionTable({ tenantTable, to }: TableKit) {
  const secret = (purpose: string) => ({ category: 'credential', purpose, onErasure: 'delete_row' }) as const;
  return tenantTable(
    'push_subscriptions',
    'Browsers that a person receives web push messages in (RFC 8030).',
    {
      userId: uuid('user_id').notNull(),
      endpoint: pii(text('endpoint').notNull(), {
        category: 'network',
        purpose: 'address of the push resource (RFC 8030, section 5)',
        onErasure: 'delete_row',
      }),
      endpointSha256: described(
        text('endpoint_sha256').notNull(),
        'SHA-256 of the endpoint, to recognise a browser that subscribes again.',
      ),
      p256dh: pii(
        text('p256dh').notNull(),
        secret('the browser’s P-256 public key, base64url (RFC 8291, section 3.1)'),
      ),
      authCiphertext: pii(
        encrypted('auth_ciphertext', 'tenant').notNull(),
        secret('the authentication secret (RFC 8291, section 3.2), encrypted'),
      ),
      keyReference: described(text('key_reference').notNull(), 'The key that the secret is encrypted with.'),
      userAgent: pii(text('user_agent'), {
        category: 'network',
        purpose: 'telling a person’s browsers apart in their settings',
        onErasure: 'delete_row',
      }),
      expiresAt: described(instant('expires_at'), 'Given by the browser, if at all.'),
      lastAcceptedAt: described(
        instant('last_accepted_at'),
        'When the push service last accepted a message for it.',
      ),
      failures: described(
        integer('failures').notNull().default(0),
        'Failures in a row; a 404 or 410 removes the row (RFC 8030, section 7.3).',
      ),
    },
    {
      unique: [['endpointSha256']],
      references: [to(authTargets.users, 'userId', 'cascade')],
      checks: {
        endpoint_https: `"endpoint" ~ '^https://'`,
        endpoint_sha256_form: `"endpoint_sha256" ~ '^[0-9a-f]{64}$'`,
        p256dh_form: `"p256dh" ~ '^[A-Za-z0-9_-]{87}$'`,
        failures_not_negative: `"failures" >= 0`,
      },
    },
  );
}
