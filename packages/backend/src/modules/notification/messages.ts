/**
 * Messages to people, from their being written to their having arrived. What is to be told is one row, told once for an
 * occasion; each channel that it goes by is worded, delivered and recorded for itself, and never twice.
 */

import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Keys } from '../../kernel/privacy/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { requireList } from '../../kernel/values/index.ts';
import { notificationErrors } from './errors.ts';
import { quietUntil } from './quiet-time.ts';
import { notificationTables } from './schema.ts';

/** Those that something delivers by. */
export const CHANNELS = ['in_app', 'email'] as const;
export type Channel = (typeof CHANNELS)[number];

type MessageRow = typeof notificationTables.messages.$inferSelect;
export type Category = MessageRow['category'];

/** Are sent whatever a person prefers, and at any hour. */
const MANDATORY: readonly Category[] = ['security', 'account'];

export interface NewMessage {
  readonly userId: string;
  /** Kind of message, by which its wordings are found. */
  readonly templateKey: string;
  readonly category: Category;
  /** Names the occasion: the same one is told once. */
  readonly deduplicationKey: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

export interface Dispatch {
  readonly channel: Channel;
  readonly notBefore: Date;
}

export interface WrittenMessage {
  readonly id: string;
  /** Channels that it goes by; none of one that the person has switched off. */
  readonly dispatches: readonly Dispatch[];
}

/** @returns undefined where the occasion was told before */
export async function writeMessage(tx: TenantTx, message: NewMessage): Promise<WrittenMessage | undefined> {
  const { messages } = notificationTables(tx);
  const { userId, category } = message;
  const dispatches = await dispatchesFor(tx, userId, category);
  const email = dispatches.find(({ channel }) => channel === 'email');
  const [written] = await tx
    .insert(messages)
    .values({
      ...{ id: uuidv7(), tenantId: tx.tenantId, parameters: {} },
      ...message,
      notBefore: email && email.notBefore > tx.now ? email.notBefore : null,
    })
    .onConflictDoNothing({ target: [messages.tenantId, messages.userId, messages.deduplicationKey] })
    .returning({ id: messages.id });
  return written && { id: written.id, dispatches };
}

/** The inbox disturbs nobody; an e-mail waits for the end of quiet hours, or for the day of a digest. */
async function dispatchesFor(tx: TenantTx, userId: string, category: Category): Promise<Dispatch[]> {
  const everywhere: Dispatch[] = CHANNELS.map((channel) => ({ channel, notBefore: tx.now }));
  if (MANDATORY.includes(category)) return everywhere;
  const { preferences, quietHours } = notificationTables(tx);
  const chosen = await tx
    .select()
    .from(preferences)
    .where(and(eq(preferences.userId, userId), eq(preferences.category, category)));
  const [quiet] = await tx.select().from(quietHours).where(eq(quietHours.userId, userId));
  return everywhere.flatMap(({ channel, notBefore }): Dispatch[] => {
    const choice = chosen.find((each) => each.channel === channel);
    if (choice?.enabled === false) return [];
    if (channel === 'in_app') return [{ channel, notBefore }];
    return [{ channel, notBefore: quietUntil(tx.now, quiet, choice?.digest ?? 'immediate') }];
  });
}

export interface WordedMessage {
  readonly templateId: string;
  readonly subject: string;
  readonly body: string;
  readonly writtenAt: Date;
}

export interface MessageName {
  readonly messageId: string;
  readonly channel: Channel;
}

/**
 * Undefined where there is nothing to deliver: it has arrived, has outlived its time, or has no wording on this channel.
 *
 * @param localeTags  the languages to look for, the best one first
 * @throws NOTIFICATION_VALUE_MISSING
 */
export async function wordMessage(
  tx: TenantTx,
  { messageId, channel }: MessageName,
  localeTags: readonly string[],
): Promise<WordedMessage | undefined> {
  requireList('languages', localeTags);
  const { messages, templates, deliveries } = notificationTables(tx);
  const [message] = await tx.select().from(messages).where(eq(messages.id, messageId));
  if (!message || (message.expiresAt !== null && message.expiresAt <= tx.now)) return undefined;
  const arrived = await tx
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(
      and(
        ...[eq(deliveries.messageId, messageId), eq(deliveries.channel, channel)],
        inArray(deliveries.outcome, ['sent', 'delivered']),
      ),
    )
    .limit(1);
  if (arrived.length > 0) return undefined;
  const wordings = await tx
    .select()
    .from(templates)
    .where(
      and(
        ...[eq(templates.key, message.templateKey), eq(templates.channel, channel)],
        ...[inArray(templates.localeTag, [...localeTags]), eq(templates.status, 'active')],
        isNull(templates.deletedAt),
      ),
    );
  const rank = ({ localeTag }: { localeTag: string }) => localeTags.indexOf(localeTag);
  const [wording] = wordings.toSorted((one, other) => rank(one) - rank(other));
  if (!wording) return undefined;
  const say = (text: string) => filledIn(text, message.templateKey, message.parameters ?? {});
  return {
    ...{ templateId: wording.id, writtenAt: message.createdAt },
    ...{ subject: say(wording.subject ?? ''), body: say(wording.body) },
  };
}

/** The name of a value alone is told, since the value can say something of a person. */
function filledIn(text: string, templateKey: string, values: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    throw notificationErrors.NOTIFICATION_VALUE_MISSING({ found: `${templateKey} without ${name}` });
  });
}

export interface Delivered {
  readonly outcome: 'sent' | 'delivered' | 'deferred';
  readonly templateId: string;
  /** Where it went, kept under the person's key; null within the application. */
  readonly to: { readonly userId: string; readonly address: string } | null;
  readonly providerMessageId: string | null;
}

/** One row an attempt, numbered on its channel. */
export async function recordMessageDelivery(
  tx: TenantTx,
  keys: Keys,
  name: MessageName,
  { outcome, templateId, to, providerMessageId }: Delivered,
): Promise<void> {
  const { deliveries } = notificationTables(tx);
  const { tenantId } = tx;
  const [last] = await tx
    .select({ attempt: deliveries.attempt })
    .from(deliveries)
    .where(and(eq(deliveries.messageId, name.messageId), eq(deliveries.channel, name.channel)))
    .orderBy(desc(deliveries.attempt))
    .limit(1);
  const id = uuidv7();
  const sealed =
    to && (await keys.sealForPerson(tx, to.userId, deliveries, id, { addressCiphertext: to.address }));
  await tx.insert(deliveries).values({
    ...{ id, tenantId, ...name, attempt: (last?.attempt ?? 0) + 1, outcome, templateId, providerMessageId },
    ...(sealed ? { ...sealed.columns, subjectKeyId: sealed.keyId } : {}),
    occurredAt: tx.now,
  });
}
