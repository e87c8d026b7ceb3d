/**
 * Consumers whose only effect can be counted: a row for each event that they are given, in a table that has no key. So
 * an event that was missed or handled twice can be seen.
 */
import { sql } from 'drizzle-orm';
import { defineConsumer } from '../../src/kernel/consumers/index.ts';
import type { TenantTx } from '../../src/kernel/tenancy/index.ts';
import type { GameConsumer, StoredEvent } from '../../src/modules/game/index.ts';
import type { SqlClient } from './by-hand.ts';
import { execute } from './execute.ts';

export async function makeEffectsTable(admin: SqlClient): Promise<void> {
  await admin.query(
    'CREATE TABLE public.effects (consumer text, session_id uuid, sequence bigint, at timestamptz DEFAULT clock_timestamp())',
  );
  await admin.query('GRANT SELECT, INSERT, DELETE ON public.effects TO dmz_app');
}

export interface CountingOptions {
  readonly version?: number;
  readonly handles?: GameConsumer['handles'];
  /** Called when the rows of a batch have been written, and before its cursor moves. */
  readonly afterEffect?: (tx: TenantTx, events: readonly StoredEvent[]) => Promise<void> | void;
  readonly resettable?: boolean;
}

export function countingConsumer(name: string, options: CountingOptions = {}): GameConsumer {
  const { afterEffect, resettable, handles = 'every type', version } = options;
  return defineConsumer({
    name,
    handles,
    ...(version === undefined ? {} : { version }),
    async apply(tx, batches) {
      for (const { session, events } of batches) {
        const sequences = JSON.stringify(events.map(({ sequence }) => sequence));
        await execute(
          tx,
          sql`INSERT INTO public.effects (consumer, session_id, sequence)
            SELECT ${name}, ${session.id}::uuid, value::bigint FROM jsonb_array_elements_text(${sequences}::jsonb) AS t(value)`,
        );
        await afterEffect?.(tx, events);
      }
    },
    ...(resettable
      ? {
          reset: async (tx: TenantTx, sessionId: string) => {
            await execute(
              tx,
              sql`DELETE FROM public.effects WHERE consumer = ${name} AND session_id = ${sessionId}::uuid`,
            );
          },
        }
      : {}),
  });
}

/** The sequences that a consumer wrote down for a session, in the order of writing. */
export async function effectsOf(admin: SqlClient, consumer: string, sessionId: string): Promise<number[]> {
  const { rows } = await admin.query(
    'SELECT sequence::int FROM public.effects WHERE consumer = $1 AND session_id = $2 ORDER BY at, sequence',
    [consumer, sessionId],
  );
  return rows.map(({ sequence }) => sequence);
}

/** Events that were not handled exactly once by a consumer, over all sessions. */
export async function deviations(admin: SqlClient, consumer: string): Promise<Record<string, unknown>[]> {
  const { rows } = await admin.query(
    `SELECT session_id, sequence, count(effect.sequence)::int AS times
     FROM game.events AS event LEFT JOIN public.effects AS effect USING (session_id, sequence)
     WHERE effect.consumer IS NULL OR effect.consumer = $1
     GROUP BY session_id, sequence HAVING count(effect.sequence) <> 1`,
    [consumer],
  );
  return rows;
}

export const upTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);
