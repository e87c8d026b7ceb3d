/** The event store as consumers read it: heads, what a session is played with, and the events behind a sequence. */
import { and, asc, desc, eq, gt, gte, inArray, lt } from 'drizzle-orm';
import type { Consumer, EventSource } from '../../kernel/consumers/index.ts';
import { placeholder } from '../../kernel/db/index.ts';
import { prepared } from '../../kernel/tenancy/index.ts';
import { earliest, storedEventColumns, toStoredEvent } from './read-stream.ts';
import { gameTables } from './schema.ts';
import type { StoredEvent } from './stream.ts';

/** What does not change in a session. */
export interface PlayedSession {
  readonly id: string;
  readonly playerId: string;
  readonly contentVersion: string;
  readonly startedAt: Date;
  /** Of a what-if copy, the session that it was copied from. */
  readonly branchedFromId: string | null;
}

export type GameConsumer = Consumer<StoredEvent, PlayedSession>;

export const eventSource: EventSource<StoredEvent, PlayedSession> = {
  heads(tx, { below, among, limit }) {
    const { sessionHeads } = gameTables(tx);
    return tx
      .select({ sessionId: sessionHeads.id, sequence: sessionHeads.sequence })
      .from(sessionHeads)
      .where(
        and(
          below === undefined ? undefined : lt(sessionHeads.id, below),
          among && inArray(sessionHeads.id, [...among]),
        ),
      )
      .orderBy(desc(sessionHeads.id))
      .limit(limit);
  },

  sessions(tx, ids) {
    const { sessions } = gameTables(tx);
    const { id, playerId, contentVersion, startedAt, branchedFromId } = sessions;
    return tx
      .select({ id, playerId, contentVersion, startedAt, branchedFromId })
      .from(sessions)
      .where(inArray(sessions.id, [...ids]));
  },

  async read(tx, { id, startedAt }, { after, limit }) {
    const { events } = gameTables(tx);
    const statement = prepared(tx, 'read_behind', (db, name) =>
      db
        .select(storedEventColumns(events))
        .from(events)
        .where(
          and(
            eq(events.sessionId, placeholder('sessionId')),
            gt(events.sequence, placeholder('after')),
            gte(events.serverTime, placeholder('notBefore')),
          ),
        )
        .orderBy(asc(events.sequence))
        .limit(placeholder('limit'))
        .prepare(name),
    );
    const rows = await statement.execute({ sessionId: id, after, limit, notBefore: earliest(startedAt) });
    return rows.map(toStoredEvent);
  },
};
