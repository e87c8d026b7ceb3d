/**
 * Moves cursors: reads the events behind them, lets the consumers write what follows, and moves the cursors, all in the
 * caller's transaction. So an effect without its cursor, or a cursor without its effect, cannot be committed. A batch
 * ends where an action ends, since an action's events belong together.
 */
import type { TenantTx } from '../tenancy/index.ts';
import type { Batch, Consumer, EventfulSession, SequencedEvent } from './define-consumer.ts';
import { consumerErrors } from './errors.ts';
import type { Cursor, CursorStore, EventSource, Step } from './ports.ts';

/** What one transaction reads: enough to make its own cost small, and little enough that it takes no second. */
const EVENTS_PER_TRANSACTION = 2_000;
/** Of each session at least, however many share the transaction. */
const LEAST_EVENTS_PER_SESSION = 50;

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
 * @param eventsPerSession  1 ends each batch with the first action
 * @throws CONSUMER_GAP, CONSUMER_CURSOR_MOVED, and whatever a consumer throws
 */
export async function advanceSessions<Event extends SequencedEvent, Session extends EventfulSession>(
  tx: TenantTx,
  { source, cursors }: Workplace<Event, Session>,
  consumers: readonly Consumer<Event, Session>[],
  sessionIds: readonly string[],
  eventsPerSession = shareOf(sessionIds.length),
): Promise<Advanced> {
  const [locked, sessions] = await Promise.all([
    cursors.lock(tx, consumers, sessionIds),
    source.sessions(tx, sessionIds),
  ]);
  const due = locked.filter(({ failure }) => isDue(failure, tx.now));
  const versions = new Map(consumers.map(({ name, version }) => [name, version]));
  const outdated = due.filter(({ consumer, version }) => version < (versions.get(consumer) ?? 0));
  const current = due.filter(({ consumer, version }) => version === versions.get(consumer));
  const passages = await all(
    sessions.map(async (session) => {
      const own = current.filter(({ sessionId }) => sessionId === session.id);
      return { session, own, ...(await readPassage(tx, source, session, own, eventsPerSession)) };
    }),
  );
  const applied = await all(consumers.map((consumer) => applyPassages(tx, consumer, passages)));
  const steps = applied.flat();
  await moveCursors(tx, cursors, steps);
  return {
    events: steps.reduce((sum, { from, to }) => sum + to - from, 0),
    unfinished: passages.filter(({ full }) => full).map(({ session }) => session.id),
    outdated,
  };
}

const shareOf = (sessions: number) =>
  Math.max(LEAST_EVENTS_PER_SESSION, Math.floor(EVENTS_PER_TRANSACTION / sessions));

/** All are awaited before the first failure is passed on: none may go on after the transaction's end. */
async function all<Result>(work: readonly Promise<Result>[]): Promise<Result[]> {
  return (await Promise.allSettled(work)).map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
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
    const { events, full } = await readPassageAfter(tx, source, session, after, EVENTS_PER_TRANSACTION);
    const batch = batchOf(consumer, session, after, events);
    if (batch.events.length > 0) await consumer.apply(tx, [batch]);
    after = batch.until;
    if (!full) break;
  }
  await moveCursors(tx, cursors, [{ reader: consumer, sessionId, from: cursor.sequence, to: after }]);
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

interface SessionPassage<Event, Session> extends Passage<Event> {
  readonly session: Session;
  /** Cursors that may advance. */
  readonly own: readonly Cursor[];
}

/** @returns how far the consumer's cursors are to be moved */
async function applyPassages<Event extends SequencedEvent, Session extends EventfulSession>(
  tx: TenantTx,
  consumer: Consumer<Event, Session>,
  passages: readonly SessionPassage<Event, Session>[],
): Promise<Step[]> {
  const batches = passages.flatMap(({ session, own, events }) => {
    const from = own.find((cursor) => cursor.consumer === consumer.name)?.sequence;
    const [first, last] = [events[0]?.sequence, events.at(-1)?.sequence];
    if (from === undefined || first === undefined || last === undefined || from >= last) return [];
    // The very same list for all that stand at its start, so that they can share what they make of it.
    const behind = from < first ? events : events.slice(from - first + 1);
    return [batchOf(consumer, session, from, behind)];
  });
  await all(
    batches.filter(({ after }) => after === 0).map(async ({ session }) => consumer.reset?.(tx, session.id)),
  );
  const filled = batches.filter(({ events }) => events.length > 0);
  if (filled.length > 0) await consumer.apply(tx, filled);
  return batches.map(({ session, after, until }) => ({
    reader: consumer,
    sessionId: session.id,
    from: after,
    to: until,
  }));
}

function batchOf<Event extends SequencedEvent, Session extends EventfulSession>(
  { handles }: Consumer<Event, Session>,
  session: Session,
  after: number,
  read: readonly Event[],
): Batch<Event, Session> {
  const events = handles === 'every type' ? read : read.filter(({ type }) => handles.includes(type));
  return { session, after, until: after + read.length, events };
}

async function moveCursors(tx: TenantTx, store: CursorStore, steps: readonly Step[]): Promise<void> {
  const moved = await store.move(tx, steps);
  if (moved === steps.length) return;
  const found = steps.map(({ reader, sessionId }) => `${reader.name} in ${sessionId}`);
  throw consumerErrors.CONSUMER_CURSOR_MOVED({ found: `${steps.length - moved} of ${found.join(', ')}` });
}
