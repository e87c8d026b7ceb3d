/** The wordings of a demonstration tenant's messages, and what some of its people prefer. Repeatable. */
import { drawn } from '../../kernel/demonstration.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { notificationTables } from './schema.ts';

const WORDINGS = [
  {
    key: 'training.assignment.made',
    category: 'training',
    subject: 'New training: {{programTitle}}',
    body: 'You have been assigned {{programTitle}}. It is due on {{dueOn}}.',
    values: ['programTitle', 'dueOn'],
  },
  {
    key: 'training.assignment.due',
    category: 'training',
    subject: 'Due soon: {{programTitle}}',
    body: '{{programTitle}} is due on {{dueOn}}.',
    values: ['programTitle', 'dueOn'],
  },
  {
    key: 'training.certificate.issued',
    category: 'training',
    subject: 'Your certificate {{serial}}',
    body: 'You completed {{programTitle}}. Your certificate is {{serial}}.',
    values: ['programTitle', 'serial'],
  },
  {
    key: 'auth.session.opened',
    category: 'security',
    subject: 'A new sign-in',
    body: 'Somebody signed in to your account at {{at}}. If it was not you, end the session.',
    values: ['at'],
  },
  {
    key: 'governance.export.ready',
    category: 'account',
    subject: 'Your data are ready',
    body: 'The data that you asked for are ready to be handed to you. Your request is {{requestId}}.',
    values: ['requestId'],
  },
] as const;
const CHANNELS = ['in_app', 'email'] as const;

/** What one person in so many prefers; the others are content with the default. */
const CHOICES = [
  { category: 'game', enabled: false, digest: 'immediate' },
  { category: 'training', enabled: true, digest: 'weekly' },
] as const;
const ONE_IN = 6;

interface Person {
  readonly id: string;
  readonly email: string;
}

export async function seedNotifications(tx: TenantTx, people: readonly Person[]): Promise<void> {
  const { templates, preferences } = notificationTables(tx);
  const { tenantId } = tx;
  const wordings = WORDINGS.flatMap(({ values, ...wording }) =>
    CHANNELS.map((channel) => ({
      ...wording,
      tenantId,
      channel,
      localeTag: 'en',
      status: 'active' as const,
      variables: {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        properties: Object.fromEntries(values.map((name) => [name, { type: 'string' }])),
        required: values,
      },
    })),
  );
  await tx.insert(templates).values(wordings).onConflictDoNothing();
  const chosen = people.flatMap(({ id, email }) => {
    const choice = CHOICES[drawn(`preference:${email}`, ONE_IN)];
    return choice ? [{ ...choice, tenantId, userId: id, channel: 'email' as const }] : [];
  });
  if (chosen.length > 0) await tx.insert(preferences).values(chosen).onConflictDoNothing();
}
