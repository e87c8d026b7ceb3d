/**
 * Moves cursors: reads the events behind them, lets the consumers write what follows, and moves the cursors, all in the
 * caller's transaction. So an effect without its cursor, or a cursor without its effect, cannot be committed. A batch
 * ends where an action ends, since an action's events belong together.
 */
import type { TenantTx } from '../tenancy/index.ts';
import type { Batch, Consumer, EventfulSession, SequencedEvent } from './define-consumer.ts';
import { consumerErrors } from './errors.ts';
import type { Cursor, CursorStore, EventSource } from './ports.ts';

/** Enough that a session which is far behind costs few transactions, and few enough that none of them takes long. */
export const EVENTS_PER_BATCH = 500;

/** What consumers of one platform work with. */
export interface Workplace<Event extends SequencedEvent, Session extends EventfulSession> {
  readonly source: EventSource<Event, Session>;
  readonly cursors: CursorStore;
}

export interface Advanced {
  /** Events handled, each counted once for each consumer. */
  readonly events: number;
  /** Sessions that have more to read. */
  readonly unfinished: readonly string[];
  /** Sessions with a cursor that must be read again from the start. */
  readonly outdated: readonly { readonly sessionId: string; readonly consumer: string }[];
}

/**
 * Advances the cursors of some sessions by one batch each. Cursors that another worker holds, that are parked or that
 * wait for their next try are passed over.
 *
 * @param eventsPerBatch  1 ends each batch with the first action
 * @throws CONSUMER_GAP, CONSUMER_CURSOR_MOVED, and whatever a consumer throws
 */
export async function advanceSessions<Event extends SequencedEvent, Session extends EventfulSession>(
  tx: TenantTx,
  { source, cursors }: Workplace<Event, Session>,
  consumers: readonly Consumer<Event, Session>[],
  sessionIds: readonly string[],
  eventsPerBatch = EVENTS_PER_BATCH,
): Promise<Advanced> {
  const [locked, sessions] = await Promise.all([
    cursors.lock(tx, consumers, sessionIds),
    source.sessions(tx, sessionIds),
  ]);
  const due = locked.filter(({ failure }) => isDue(failure, tx.now));
  const versions = new Map(consumers.map(({ name, version }) => [name, version]));
  const outdated = due.filter(({ consumer, version }) => version < (versions.get(consumer) ?? 0));
  const unfinished: string[] = [];
  const work = sessions.map(async (session) => {
    const own = due.filter(
      ({ sessionId, consumer, version }) => sessionId === session.id && version === versions.get(consumer),
    );
    const passage = await readPassage(tx, source, session, own, eventsPerBatch);
    if (passage.full) unfinished.push(session.id);
    return applyPassage(tx, cursors, consumers, session, own, passage.events);
  });
  // All of them are awaited before the first failure is passed on: none may go on after the transaction's end.
  const counts = (await Promise.allSettled(work)).map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
  const events = counts.reduce((sum, count) => sum + count, 0);
  return { events, unfinished, outdated };
}

export const isDue = (failure: Cursor['failure'], now: Date): boolean =>
  failure === null || (failure.retryAt !== null && failure.retryAt <= now);

/**
 * Reads one session again from its first event, for one consumer. Others see what followed before until the caller's
 * transaction commits.
 *
 * @returns how many events the session has; undefined when another worker holds the cursor
 */
export async function rebuildSession<Event extends SequencedEvent, Session extends EventfulSession>(
  tx: TenantTx,
  { source, cursors }: Workplace<Event, Session>,
  consumer: Consumer<Event, Session>,
  sessionId: string,
): Promise<number | undefined> {
  const [[cursor], [session]] = await Promise.all([
    cursors.lock(tx, [consumer], [sessionId]),
    source.sessions(tx, [sessionId]),
  ]);
  if (!session) throw consumerErrors.CONSUMER_SESSION_UNKNOWN({ found: sessionId });
  if (!cursor) return undefined;
  await consumer.reset?.(tx, sessionId);
  let after = 0;
  for (;;) {
    const { events, full } = await readPassageAfter(tx, source, session, after, EVENTS_PER_BATCH);
    await applyEvents(tx, consumer, session, after, events);
    after += events.length;
    if (!full) break;
  }
  const moved = await cursors.move(tx, [consumer], sessionId, { from: cursor.sequence, to: after });
  if (moved !== 1) throw consumerErrors.CONSUMER_CURSOR_MOVED({ found: `${consumer.name}, ${sessionId}` });
  return after;
}

interface Passage<Event> {
  readonly events: readonly Event[];
  /** There may be more behind it. */
  readonly full: boolean;
}

async function readPassage<Event extends SequencedEvent, Session extends EventfulSession>(
  tx: TenantTx,
  source: EventSource<Event, Session>,
  session: Session,
  own: readonly Cursor[],
  limit: number,
): Promise<Passage<Event>> {
  if (own.length === 0) return { events: [], full: false };
  const after = Math.min(...own.map(({ sequence }) => sequence));
  return readPassageAfter(tx, source, session, after, limit);
}

/** Reads at least one whole action, if there is one, and none in part. */
async function readPassageAfter<Event extends SequencedEvent, Session extends EventfulSession>(
  tx: TenantTx,
  source: EventSource<Event, Session>,
  session: Session,
  after: number,
  limit: number,
): Promise<Passage<Event>> {
  // One more than the batch tells whether its last action goes on.
  for (let wanted = limit + 1; ; wanted *= 2) {
    const events = await source.read(tx, session, { after, limit: wanted });
    requireContiguous(session.id, events, after);
    if (events.length < wanted) {
      const end = limit === 1 ? firstActionOf(events) : events.length;
      return { events: events.slice(0, end), full: end < events.length };
    }
    const end = limit === 1 ? firstActionOf(events) : startOfLastAction(events);
    if (end > 0 && end < events.length) return { events: events.slice(0, end), full: true };
  }
}

function firstActionOf(events: readonly SequencedEvent[]): number {
  const end = events.findIndex(({ actionId }) => actionId !== events[0]?.actionId);
  return end < 0 ? events.length : end;
}

function startOfLastAction(events: readonly SequencedEvent[]): number {
  return events.findLastIndex(({ actionId }) => actionId !== events.at(-1)?.actionId) + 1;
}

/** Heads are advanced one writer at a time, so a session's events become visible in their order; a gap is damage. */
function requireContiguous(sessionId: string, events: readonly SequencedEvent[], after: number): void {
  const broken = events.findIndex(({ sequence }, at) => sequence !== after + 1 + at);
  if (broken < 0) return;
  throw consumerErrors.CONSUMER_GAP({
    found: `sequence ${events[broken]?.sequence} of session ${sessionId}`,
    expected: `sequence ${after + broken + 1}`,
  });
}

/** @returns how many events were handled, each counted once for each consumer */
async function applyPassage<Event extends SequencedEvent, Session extends EventfulSession>(
  tx: TenantTx,
  store: CursorStore,
  consumers: readonly Consumer<Event, Session>[],
  session: Session,
  own: readonly Cursor[],
  events: readonly Event[],
): Promise<number> {
  const until = events.at(-1)?.sequence ?? 0;
  const behind = own.filter(({ sequence }) => sequence < until);
  const first = events[0]?.sequence ?? 0;
  const applied = behind.map(async ({ consumer: name, sequence }) => {
    const consumer = consumers.find((each) => each.name === name);
    if (!consumer) return;
    if (sequence === 0) await consumer.reset?.(tx, session.id);
    // The very same list for all that stand at its start, so that they can share what they make of it.
    const own = sequence < first ? events : events.slice(sequence - first + 1);
    await applyEvents(tx, consumer, session, sequence, own);
  });
  for (const end of await Promise.allSettled(applied)) if (end.status === 'rejected') throw end.reason;
  for (const from of new Set(behind.map(({ sequence }) => sequence))) {
    const names = behind.filter(({ sequence }) => sequence === from).map(({ consumer }) => consumer);
    const movers = consumers.filter(({ name }) => names.includes(name));
    const moved = await store.move(tx, movers, session.id, { from, to: until });
    if (moved === movers.length) continue;
    throw consumerErrors.CONSUMER_CURSOR_MOVED({ found: `${names.join(', ')}, session ${session.id}` });
  }
  return behind.reduce((sum, { sequence }) => sum + until - sequence, 0);
}

async function applyEvents<Event extends SequencedEvent, Session extends EventfulSession>(
  tx: TenantTx,
  consumer: Consumer<Event, Session>,
  session: Session,
  after: number,
  all: readonly Event[],
): Promise<void> {
  const { handles } = consumer;
  const events = handles === 'every type' ? all : all.filter(({ type }) => handles.includes(type));
  if (events.length === 0) return;
  const batch: Batch<Event, Session> = { session, after, until: after + all.length, events };
  await consumer.apply(tx, batch);
}
