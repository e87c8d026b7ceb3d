/**
 * Reading a session's stream: from a sequence, forwards or backwards, by event type, page by page. A reader looks only
 * into the months that the session lived in. That it began no earlier is kept by the trigger of game.events; that it
 * lasted no longer is a likely guess, which is used only after the contiguous sequence has proven it.
 */
import { parseEvent } from '@archive-gate/game-engine';
import { and, asc, between, count, desc, eq, gt, gte, inArray, lt, lte, or } from 'drizzle-orm';
import { placeholder } from '../../kernel/db/index.ts';
import { prepared, type TenantTx } from '../../kernel/tenancy/index.ts';
import { translateEngineError } from './errors.ts';
import { readHead } from './replay-source.ts';
import { gameTables } from './schema.ts';
import type { StoredEvent } from './stream.ts';

const EVENTS_PER_READ = 1_000;
/** Events carry the times of their transactions, which are not quite in order; a day is far more than they can differ. */
const PRUNING_MARGIN_MS = 24 * 60 * 60 * 1_000;
/** The latest time that a Date can hold. */
const END_OF_TIME = new Date(8.64e15);

export type EventRow = typeof gameTables.events.$inferSelect;

export interface StreamQuery {
  /** Lowest sequence wanted. */
  readonly from?: number;
  /** Highest sequence wanted. */
  readonly to?: number;
  /** Events of these types alone. */
  readonly types?: readonly string[];
  /** From the highest sequence to the lowest. */
  readonly backwards?: boolean;
  /** At most this many. */
  readonly limit?: number;
}

/** A session, and when it lived; a row of game.sessions. */
export interface Lifetime {
  readonly id: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

/** Partitions outside of it are not looked at. */
interface TimeWindow {
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

/** Reads what the session's head covers, each event lifted to the latest version of its type. */
export async function* readEvents(
  tx: TenantTx,
  session: Lifetime,
  query: StreamQuery = {},
): AsyncGenerator<StoredEvent> {
  for await (const row of readCoveredRows(tx, session, query)) yield toStoredEvent(row);
}

/** Reads what the session's head covers, as it is stored. */
export async function* readCoveredRows(
  tx: TenantTx,
  session: Lifetime,
  query: StreamQuery = {},
): AsyncGenerator<EventRow> {
  const head = await readHead(tx, session.id);
  const from = Math.max(1, query.from ?? 1);
  const to = Math.min(head, query.to ?? head);
  if (from > to) return;
  const window = await provenWindow(tx, session, from, to);
  yield* readRows(tx, session.id, { ...query, from, to }, window);
}

/** Reads rows as they are stored, whether or not the head covers them; in every partition unless a window is given. */
export async function* readRows(
  tx: TenantTx,
  sessionId: string,
  query: StreamQuery = {},
  window: TimeWindow = {},
): AsyncGenerator<EventRow> {
  let left = query.limit ?? Number.POSITIVE_INFINITY;
  let after: EventRow | undefined;
  while (left > 0) {
    const limit = Math.min(left, EVENTS_PER_READ);
    const page = await readPage(tx, sessionId, { ...query, limit }, window, after);
    yield* page;
    left -= page.length;
    after = page.at(-1);
    if (!after || page.length < limit) return;
  }
}

/** Sequences are unique in every stream that the trigger kept; ids tell apart what was smuggled past it. */
function readPage(
  tx: TenantTx,
  sessionId: string,
  { from, to, types, backwards = false, limit = EVENTS_PER_READ }: StreamQuery,
  { notBefore, notAfter }: TimeWindow,
  after?: EventRow,
) {
  const { events } = gameTables(tx);
  const [order, beyond, atOrBeyond] = backwards ? [desc, lt, lte] : [asc, gt, gte];
  const behind = after && [
    atOrBeyond(events.sequence, after.sequence),
    or(
      beyond(events.sequence, after.sequence),
      and(eq(events.sequence, after.sequence), beyond(events.id, after.id)),
    ),
  ];
  return tx
    .select()
    .from(events)
    .where(
      and(
        eq(events.sessionId, sessionId),
        from === undefined ? undefined : gte(events.sequence, from),
        to === undefined ? undefined : lte(events.sequence, to),
        ...(behind ?? []),
        types && inArray(events.eventType, [...types]),
        notBefore && gte(events.serverTime, notBefore),
        notAfter && lte(events.serverTime, notAfter),
      ),
    )
    .orderBy(order(events.sequence), order(events.id))
    .limit(limit);
}

/** From the start, which the trigger holds every event to, until the end or now: clocks of other writers may be ahead. */
function likelyWindow(tx: TenantTx, { startedAt, endedAt }: Lifetime): Required<TimeWindow> {
  const until = endedAt ?? tx.now;
  return {
    notBefore: earliest(startedAt),
    notAfter: new Date(until.getTime() + PRUNING_MARGIN_MS),
  };
}

/** No event of a session that started then is dated before this. */
export const earliest = (startedAt: Date) => new Date(startedAt.getTime() - PRUNING_MARGIN_MS);

/** The likely window where it holds as many events as the range has sequences, and one without an end where it does not. */
async function provenWindow(tx: TenantTx, session: Lifetime, from: number, to: number): Promise<TimeWindow> {
  const { events } = gameTables(tx);
  const { notBefore, notAfter } = likelyWindow(tx, session);
  const [found] = await tx
    .select({ events: count() })
    .from(events)
    .where(
      and(
        eq(events.sessionId, session.id),
        between(events.sequence, from, to),
        between(events.serverTime, notBefore, notAfter),
      ),
    );
  return found?.events === to - from + 1 ? { notBefore, notAfter } : { notBefore };
}

/**
 * The events after a sequence, at once: the tail behind a snapshot.
 *
 * @param head  the last sequence that is known to exist
 */
export async function readTail(
  tx: TenantTx,
  session: Lifetime,
  after: number,
  head: number,
): Promise<StoredEvent[]> {
  const { events } = gameTables(tx);
  const statement = prepared(tx, 'read_tail', (db, name) =>
    db
      .select(storedEventColumns(events))
      .from(events)
      .where(
        and(
          eq(events.sessionId, placeholder('sessionId')),
          gt(events.sequence, placeholder('after')),
          gte(events.serverTime, placeholder('notBefore')),
          lte(events.serverTime, placeholder('notAfter')),
        ),
      )
      .orderBy(asc(events.sequence))
      .prepare(name),
  );
  const values = { sessionId: session.id, after, ...likelyWindow(tx, session) };
  let rows = await statement.execute(values);
  const last = rows.at(-1)?.sequence ?? after;
  if (last < head || rows.length !== last - after)
    rows = await statement.execute({ ...values, notAfter: END_OF_TIME });
  return rows.map(toStoredEvent);
}

/** The last sequence that is dated at an instant or before it; 0 where there is none. */
export async function lastSequenceAt(
  tx: TenantTx,
  { id, startedAt }: Lifetime,
  instant: Date,
): Promise<number> {
  const { events } = gameTables(tx);
  const [last] = await tx
    .select({ sequence: events.sequence })
    .from(events)
    .where(and(eq(events.sessionId, id), between(events.serverTime, earliest(startedAt), instant)))
    .orderBy(desc(events.sequence))
    .limit(1);
  return last?.sequence ?? 0;
}

/** What `toStoredEvent` needs: the rest of a row is the same for all of a session, or nobody's here. */
export const storedEventColumns = (events: typeof gameTables.events) => {
  const { id, sequence, eventType, version, eventData, actionId, serverTime } = events;
  return { id, sequence, eventType, version, eventData, actionId, serverTime };
};

export function toStoredEvent(row: Pick<EventRow, keyof ReturnType<typeof storedEventColumns>>): StoredEvent {
  try {
    const event = parseEvent(row.eventType, row.version, row.eventData);
    return {
      ...event,
      id: row.id,
      sequence: row.sequence,
      actionId: row.actionId,
      serverTime: row.serverTime,
    };
  } catch (error) {
    throw translateEngineError(error);
  }
}
