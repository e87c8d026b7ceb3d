/**
 * Writes what webhooks are to be told of play into the outbox: the events of the types that an active subscription of
 * the tenant asks for. The event's id names the occasion, so each leaves once for all subscriptions.
 */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { defineConsumer } from '../../kernel/consumers/index.ts';
import { insertMissingRows, type TenantTx } from '../../kernel/tenancy/index.ts';
import type { GameConsumer, StoredEvent } from '../game/index.ts';
import { integrationTables } from './schema.ts';

export const playOutbox: GameConsumer = defineConsumer({
  name: 'integration.play-outbox',
  handles: 'every type',
  async apply(tx, batches) {
    const types = new Set(batches.flatMap(({ events }) => events.map(({ type }) => type)));
    const wanted = await subscribedTypes(tx, [...types]);
    const rows = batches.flatMap(({ session, events }) =>
      events.filter(({ type }) => wanted.has(type)).map((event) => rowOf(session.id, event)),
    );
    if (rows.length > 0) await insertMissingRows(tx, integrationTables(tx).outbox, rows);
  },
});

function rowOf(sessionId: string, event: StoredEvent) {
  const { id, type, version, sequence, data, serverTime } = event;
  return {
    topic: 'webhook' as const,
    eventType: type,
    version,
    orderingKey: sessionId,
    deduplicationKey: id,
    payload: { id, type, version, sessionId, sequence, occurredAt: serverTime.toISOString(), data },
  };
}

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
