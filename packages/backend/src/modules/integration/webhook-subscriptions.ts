/**
 * Who wants to hear of what, and what became of telling them. A subscription that failed too often in a row is disabled;
 * nothing is told to one that is not active, nor later of what it missed.
 */

import { and, asc, eq, isNull, max } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Keys } from '../../kernel/privacy/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { requireList } from '../../kernel/values/index.ts';
import { integrationTables } from './schema.ts';

/** A receiver that is away for a day, with some events an hour, stays below it. */
export const MOST_FAILURES_IN_A_ROW = 500;

export interface NewSubscription {
  readonly name: string;
  readonly url: string;
  /** Signs what is sent. */
  readonly secret: string;
  readonly eventTypes: readonly string[];
}

/** @returns its id @throws DATABASE_*  for a name that is taken */
export async function subscribe(tx: TenantTx, keys: Keys, wanted: NewSubscription): Promise<string> {
  const { webhookSubscriptions: subscriptions, webhookSubscriptionEvents: asked } = integrationTables(tx);
  const { tenantId } = tx;
  const { name, url, secret, eventTypes } = wanted;
  requireList('events of a webhook', eventTypes);
  const id = uuidv7();
  const sealed = await keys.sealForTenant(tx, subscriptions, id, { secretCiphertext: secret });
  const keyReference = sealed.keyId ?? '';
  await tx.insert(subscriptions).values({ id, tenantId, name, url, keyReference, ...sealed.columns });
  await tx
    .insert(asked)
    .values([...new Set(eventTypes)].map((eventType) => ({ tenantId, subscriptionId: id, eventType })));
  return id;
}

type Status = typeof integrationTables.webhookSubscriptions.$inferSelect.status;
export type SubscriptionStatus = Status;

export interface Subscription {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly status: Status;
  readonly failures: number;
}

export function listSubscriptions(tx: TenantTx): Promise<Subscription[]> {
  const { webhookSubscriptions: of } = integrationTables(tx);
  return tx
    .select({ id: of.id, name: of.name, url: of.url, status: of.status, failures: of.failures })
    .from(of)
    .where(isNull(of.deletedAt))
    .orderBy(asc(of.name));
}

/** Begins to count failures anew. @returns whether there is one of the name */
export async function changeSubscription(tx: TenantTx, name: string, status: Status): Promise<boolean> {
  const { webhookSubscriptions: subscriptions } = integrationTables(tx);
  const { rowCount } = await tx
    .update(subscriptions)
    .set({ status, failures: 0 })
    .where(and(eq(subscriptions.name, name), isNull(subscriptions.deletedAt)));
  return rowCount === 1;
}

export interface DueDelivery {
  readonly url: string;
  readonly secrets: readonly string[];
  readonly timeoutMs: number;
  readonly maxAttempts: number;
  readonly eventType: string;
  readonly version: number;
  readonly payload: Record<string, unknown>;
}

export interface DeliveryName {
  readonly subscriptionId: string;
  /** Id of the message in the outbox. */
  readonly messageId: string;
}

/** Undefined where the subscription is not active any more, or the message has outlived its time. */
export async function findDelivery(
  tx: TenantTx,
  keys: Keys,
  { subscriptionId, messageId }: DeliveryName,
): Promise<DueDelivery | undefined> {
  const { webhookSubscriptions: subscriptions, outbox } = integrationTables(tx);
  const rows = await tx
    .select()
    .from(subscriptions)
    .where(
      and(
        eq(subscriptions.id, subscriptionId),
        eq(subscriptions.status, 'active'),
        isNull(subscriptions.deletedAt),
      ),
    );
  const [message] = await tx.select().from(outbox).where(eq(outbox.id, messageId));
  const [subscription] = await keys.open(tx, subscriptions, rows);
  if (!subscription || !message) return undefined;
  const { url, timeoutMs, maxAttempts, secretCiphertext, previousSecretCiphertext, previousSecretUntil } =
    subscription;
  const previous = previousSecretUntil && previousSecretUntil > tx.now ? previousSecretCiphertext : null;
  const secrets = [secretCiphertext.text, previous?.text].filter((text) => typeof text === 'string');
  const { eventType, version, payload } = message;
  return { url, secrets, timeoutMs, maxAttempts, eventType, version, payload };
}

type DeliveryRow = typeof integrationTables.webhookDeliveries.$inferInsert;
export type DeliveryResult = Pick<
  DeliveryRow,
  | 'eventType'
  | 'version'
  | 'payload'
  | 'payloadSha256'
  | 'outcome'
  | 'httpStatus'
  | 'durationMs'
  | 'retryAt'
  | 'attemptedAt'
>;

/**
 * @param gone  the receiver says that it is there no more
 * @returns whether the subscription is disabled by this
 */
export async function recordDelivery(
  tx: TenantTx,
  { subscriptionId, messageId }: DeliveryName,
  result: DeliveryResult,
  { gone = false }: { readonly gone?: boolean } = {},
): Promise<boolean> {
  const {
    webhookSubscriptions: subscriptions,
    webhookDeliveries: deliveries,
    outbox,
  } = integrationTables(tx);
  // Held until the end, so that two attempts at one message have two numbers.
  const [before] = await tx
    .select({ failures: subscriptions.failures })
    .from(subscriptions)
    .where(eq(subscriptions.id, subscriptionId))
    .for('update');
  const [last] = await tx
    .select({ attempt: max(deliveries.attempt) })
    .from(deliveries)
    .where(and(eq(deliveries.subscriptionId, subscriptionId), eq(deliveries.messageId, messageId)));
  const attempt = (last?.attempt ?? 0) + 1;
  await tx
    .insert(deliveries)
    .values({ tenantId: tx.tenantId, subscriptionId, messageId, attempt, ...result });
  const isDelivered = result.outcome === 'delivered';
  const failures = isDelivered ? 0 : (before?.failures ?? 0) + 1;
  const isDisabled = gone || failures >= MOST_FAILURES_IN_A_ROW;
  await tx
    .update(subscriptions)
    .set({ failures, ...(isDisabled ? { status: 'disabled' } : {}) })
    .where(eq(subscriptions.id, subscriptionId));
  if (isDelivered)
    await tx
      .update(outbox)
      .set({ publishedAt: tx.now })
      .where(and(eq(outbox.id, messageId), isNull(outbox.publishedAt)));
  return isDisabled;
}
