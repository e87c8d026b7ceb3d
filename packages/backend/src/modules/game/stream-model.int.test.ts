/** Random appends by several writers at once, right and wrong ones: the stream is always what was acknowledged. */
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import {
  insertEvents,
  insertSession,
  inTenant,
  refusalOfSql,
  type SqlClient,
} from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';

const WRITERS = 4;

interface Write {
  /** Where the writer believes the head to be, relative to where it is before the round. */
  readonly belief: number;
  readonly events: number;
  /** Whether it commits, or throws its work away. */
  readonly ending: 'commit' | 'rollback' | 'savepoint';
}

const write: fc.Arbitrary<Write> = fc.record({
  belief: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.integer({ min: -3, max: 4 }) },
  ),
  events: fc.integer({ min: 1, max: 4 }),
  ending: fc.oneof(
    { weight: 4, arbitrary: fc.constant('commit' as const) },
    { weight: 1, arbitrary: fc.constantFrom('rollback' as const, 'savepoint' as const) },
  ),
});
/** Writes of one round run at once. */
const rounds = fc.array(fc.array(write, { minLength: 1, maxLength: WRITERS }), {
  minLength: 1,
  maxLength: 8,
});

describe('a stream that several writers append to', () => {
  const db = useDatabase();

  it('holds what was acknowledged, once and in order, and nothing else', { timeout: 60_000 }, async () => {
    const tenantId = (await db.platform.tenancy.locate('consumers')).id;
    const clients = await Promise.all(Array.from({ length: WRITERS }, () => db.connectAsApp()));
    const admin = await db.connectAsAdmin();
    await fc.assert(
      fc.asyncProperty(rounds, async (plan) => {
        const sessionId = await insertSession(clients[0]!, tenantId);
        const model: string[] = [];
        for (const round of plan) {
          const acknowledged = await playRound(clients, tenantId, sessionId, model.length, round);
          model.push(...acknowledged);
          expect(await stream(admin, sessionId)).toEqual(model);
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** @returns the action ids of the events that the round added, in order */
async function playRound(
  clients: readonly SqlClient[],
  tenantId: string,
  sessionId: string,
  head: number,
  round: readonly Write[],
): Promise<string[]> {
  const results = await Promise.all(
    round.map(async ({ belief, events, ending }, at) => {
      const client = clients[at]!;
      const actionId = uuidv7();
      const first = Math.max(1, head + belief + 1);
      const rows = Array.from({ length: events }, (_, offset) => ({
        sessionId,
        sequence: first + offset,
        actionId,
      }));
      const refusal = await refusalOfSql(runWrite(client, tenantId, rows, ending).catch(swallowIntent));
      if (refusal) expect(refusal.state).toBe('ZD020');
      return { first, actionId, events, written: refusal === undefined && ending === 'commit' };
    }),
  );
  const written = results.filter((result) => result.written).sort((a, b) => a.first - b.first);
  const right = round.some(
    ({ belief, ending }, at) => results[at]?.first === head + 1 && belief <= 0 && ending === 'commit',
  );
  expect(written.length > 0, 'somebody wins whenever somebody is right').toBe(right);
  return written.flatMap(({ actionId, events }) => Array.from({ length: events }, () => actionId));
}

class Intended extends Error {}
const swallowIntent = (error: unknown) => {
  if (!(error instanceof Intended)) throw error;
};

function runWrite(
  client: SqlClient,
  tenantId: string,
  rows: Parameters<typeof insertEvents>[2],
  ending: Write['ending'],
): Promise<void> {
  return inTenant(client, tenantId, async () => {
    await client.query('SAVEPOINT before');
    await insertEvents(client, tenantId, rows);
    if (ending === 'savepoint') await client.query('ROLLBACK TO SAVEPOINT before');
    if (ending === 'rollback') throw new Intended();
  });
}

async function stream(admin: SqlClient, sessionId: string): Promise<string[]> {
  const { rows } = await admin.query(
    `SELECT e.sequence::int, action_id, h.sequence::int AS head FROM game.events AS e
     JOIN game.session_heads AS h ON h.id = session_id WHERE session_id = $1 ORDER BY e.sequence`,
    [sessionId],
  );
  expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, at) => at + 1));
  if (rows.length > 0) expect(rows[0].head).toBe(rows.length);
  return rows.map(({ action_id }) => action_id);
}
