/**
 * Writes what webhooks are to be told of play into the outbox: the events of the types that an active subscription of
 * the tenant asks for. The event's id names the occasion, so each leaves once for all subscriptions.
 */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { defineConsumer } from '../../kernel/consumers/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import type { GameConsumer } from '../game/index.ts';
import { integrationTables } from './schema.ts';

export const playOutbox: GameConsumer = defineConsumer({
  name: 'integration.play-outbox',
  handles: 'every type',
  async apply(tx, { session, events }) {
    const wanted = await subscribedTypes(tx, [...new Set(events.map(({ type }) => type))]);
    const rows = events
      .filter(({ type }) => wanted.has(type))
      .map(({ id, type, version, sequence, data, serverTime }) => ({
        tenantId: tx.tenantId,
        topic: 'webhook' as const,
        eventType: type,
        version,
        orderingKey: session.id,
        deduplicationKey: id,
        payload: {
          id,
          type,
          version,
          sessionId: session.id,
          sequence,
          occurredAt: serverTime.toISOString(),
          data,
        },
      }));
    const { outbox } = integrationTables(tx);
    if (rows.length > 0) await tx.insert(outbox).values(rows).onConflictDoNothing();
  },
});

async function subscribedTypes(tx: TenantTx, types: readonly string[]): Promise<Set<string>> {
  const { webhookSubscriptions: subscriptions, webhookSubscriptionEvents: asked } = integrationTables(tx);
  const rows = await tx
    .selectDistinct({ eventType: asked.eventType })
    .from(asked)
    .innerJoin(
      subscriptions,
      and(eq(subscriptions.tenantId, asked.tenantId), eq(subscriptions.id, asked.subscriptionId)),
    )
    .where(
      and(
        inArray(asked.eventType, [...types]),
        eq(subscriptions.status, 'active'),
        isNull(subscriptions.deletedAt),
      ),
    );
  return new Set(rows.map(({ eventType }) => eventType));
}
