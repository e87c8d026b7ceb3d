/**
 * Writes what webhooks are to be told of play into the outbox, and a job for each subscription that asks for it: the events
 * of the types that an active subscription of the tenant asks for. The event's id names the occasion, so each is written
 * once for all subscriptions, also when events are read again.
 */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { defineConsumer } from '../../kernel/consumers/index.ts';
import { insertMissingAndTell, type TenantTx } from '../../kernel/tenancy/index.ts';
import type { GameConsumer, StoredEvent } from '../game/index.ts';
import { insertJobs } from './job-rows.ts';
import { integrationTables } from './schema.ts';

export const playOutbox: GameConsumer = defineConsumer({
  name: 'integration.play-outbox',
  handles: 'every type',
  async apply(tx, batches) {
    const types = new Set(batches.flatMap(({ events }) => events.map(({ type }) => type)));
    const wanted = await subscriptionsByType(tx, [...types]);
    const rows = batches.flatMap(({ session, events }) =>
      events.filter(({ type }) => wanted.has(type)).map((event) => rowOf(session.id, event)),
    );
    if (rows.length === 0) return;
    const written = await insertMissingAndTell(tx, integrationTables(tx).outbox, rows);
    const jobs = rows
      .filter(({ id }) => written.has(id))
      .flatMap(({ id: messageId, eventType }) =>
        [...(wanted.get(eventType) ?? [])].map((subscriptionId) => ({
          name: 'webhooks' as const,
          payload: { messageId, subscriptionId },
        })),
      );
    await insertJobs(tx, jobs);
  },
});

function rowOf(sessionId: string, event: StoredEvent) {
  const { id, type, version, sequence, data, serverTime } = event;
  return {
    id: uuidv7(),
    topic: 'webhook' as const,
    eventType: type,
    version,
    orderingKey: sessionId,
    deduplicationKey: id,
    payload: { id, type, version, sessionId, sequence, occurredAt: serverTime.toISOString(), data },
  };
}

async function subscriptionsByType(
  tx: TenantTx,
  types: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { webhookSubscriptions: subscriptions, webhookSubscriptionEvents: asked } = integrationTables(tx);
  const rows = await tx
    .select({ eventType: asked.eventType, id: subscriptions.id })
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
  const byType = new Map<string, Set<string>>();
  for (const { eventType, id } of rows)
    byType.set(eventType, (byType.get(eventType) ?? new Set<string>()).add(id));
  return byType;
}
