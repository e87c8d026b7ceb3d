/** The event store's first promise: a session is one contiguous stream, whoever writes to it. */

import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { startedSession } from '../../../test/harness/play.ts';
import { appendEvents } from './index.ts';

const WRITERS = 200;
const paused = { type: 'game.session.paused', version: 1, data: { day: 1 } } as const;

describe('appending to a session', () => {
  const db = useDatabase();

  it('lets one of two hundred writers win that expect the same sequence, and tells the others what is there', async () => {
    const { sessionId, lastSequence } = await startedSession(db.platform, 'consumers');
    const platform = db.open({ poolSize: 100, retryMs: 0 });
    const results = await Promise.allSettled(
      Array.from({ length: WRITERS }, () =>
        platform.tenancy.run(
          'consumers',
          (tx) =>
            appendEvents(tx, {
              sessionId,
              expectedSequence: lastSequence,
              actionId: uuidv7(),
              events: [paused],
              clientTime: null,
            }).done,
        ),
      ),
    );
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refused).toHaveLength(WRITERS - 1);
    for (const error of refused) {
      expect(error).toMatchObject({
        code: 'GAME_SEQUENCE_CONFLICT',
        retryable: true,
        data: { expected: lastSequence, actual: lastSequence + 1 },
      });
    }
    expect(await sequences(sessionId)).toEqual(Array.from({ length: lastSequence + 1 }, (_, at) => at + 1));
  });

  async function sequences(sessionId: string): Promise<number[]> {
    const admin = await db.connectAsAdmin();
    const { rows } = await admin.query(
      'SELECT sequence::int FROM game.events WHERE session_id = $1 ORDER BY sequence',
      [sessionId],
    );
    return rows.map(({ sequence }) => sequence);
  }
});
