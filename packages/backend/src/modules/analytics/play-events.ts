/**
 * Takes the events of play into the log that analysts see: the person by pseudonym, the event's own id, and what it
 * measured. The log is append-only, so an event that is read again finds its row and adds none.
 */
import { defineConsumer } from '../../kernel/consumers/index.ts';
import type { GameConsumer } from '../game/index.ts';
import { pseudonymOf } from '../governance/index.ts';
import { analyticsTables } from './schema.ts';

export const playEvents: GameConsumer = defineConsumer({
  name: 'analytics.events',
  handles: 'every type',
  async apply(tx, { session, events }) {
    const { events: log } = analyticsTables(tx);
    const pseudonymId = await pseudonymOf(tx, session.playerId, 'analytics');
    const rows = events.map(({ id, type, version, data, serverTime }) => ({
      tenantId: tx.tenantId,
      id,
      pseudonymId,
      source: 'game' as const,
      sourceId: id,
      sessionId: session.id,
      eventType: type,
      version,
      eventData: { ...data },
      serverTime,
    }));
    await tx.insert(log).values(rows).onConflictDoNothing();
  },
});
