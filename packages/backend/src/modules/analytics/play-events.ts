/**
 * Takes the events of play into the log that analysts see: the person by pseudonym, the event's own id, and what it
 * measured. The log is append-only, so an event that is read again finds its row and adds none.
 */
import { defineConsumer } from '../../kernel/consumers/index.ts';
import { insertMissingRows } from '../../kernel/tenancy/index.ts';
import type { GameConsumer } from '../game/index.ts';
import { pseudonymsOf } from '../governance/index.ts';
import { analyticsTables } from './schema.ts';

export const playEvents: GameConsumer = defineConsumer({
  name: 'analytics.events',
  handles: 'every type',
  async apply(tx, batches) {
    const players = batches.map(({ session }) => session.playerId);
    const pseudonyms = await pseudonymsOf(tx, players, 'analytics');
    const rows = batches.flatMap(({ session, events }) =>
      events.map(({ id, type, version, data, serverTime }) => ({
        id,
        pseudonymId: pseudonyms(session.playerId),
        source: 'game' as const,
        sourceId: id,
        sessionId: session.id,
        eventType: type,
        version,
        eventData: { ...data },
        serverTime,
      })),
    );
    await insertMissingRows(tx, analyticsTables(tx).events, rows);
  },
});
