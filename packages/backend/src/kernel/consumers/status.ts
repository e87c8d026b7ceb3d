/** How consumers stand in a tenant: what each has not handled yet, for how long, and where it is stuck. */
import type { TenantTx } from '../tenancy/index.ts';
import type { Workplace } from './advance.ts';
import type { EventfulSession, SequencedEvent } from './define-consumer.ts';
import { SESSIONS_PER_PAGE } from './discover.ts';
import type { Cursor, Head, Reader } from './ports.ts';

/** Ages are asked of so many sessions that are behind; a consumer with more of them is late enough to be seen. */
const AGES_ASKED = 100;

export interface StuckSession {
  readonly sessionId: string;
  /** Of the event that could not be handled. */
  readonly sequence: number;
  readonly code: string;
  readonly text: string;
  readonly attempts: number;
  readonly since: Date;
  /** Null for a parked session. */
  readonly retryAt: Date | null;
}

export interface ConsumerStatus {
  readonly consumer: string;
  readonly version: number;
  readonly sessions: number;
  /** Sessions that must be read again from their first event. */
  readonly toRebuild: number;
  readonly sessionsBehind: number;
  readonly eventsBehind: number;
  /** Age of the oldest event that was not handled, parked sessions included; null when there is none. */
  readonly oldestMs: number | null;
  readonly parked: number;
  readonly stuck: readonly StuckSession[];
}

interface Count {
  sessions: number;
  toRebuild: number;
  sessionsBehind: number;
  eventsBehind: number;
  readonly behind: Place[];
  readonly stuck: StuckSession[];
}

/** Walks all of the tenant's sessions; for one snapshot of them, give it a transaction with `snapshot`. */
export async function consumerStatus<Event extends SequencedEvent, Session extends EventfulSession>(
  tx: TenantTx,
  place: Workplace<Event, Session>,
  readers: readonly Reader[],
): Promise<ConsumerStatus[]> {
  const counts = new Map<string, Count>(readers.map(({ name }) => [name, emptyCount()]));
  let below: string | undefined;
  do {
    const heads: readonly Head[] = await place.source.heads(tx, { limit: SESSIONS_PER_PAGE, below });
    const [last, first] = [heads[0]?.sessionId, heads.at(-1)?.sessionId];
    if (last === undefined || first === undefined) break;
    const cursors = await place.cursors.positions(tx, readers, { first, last });
    const byKey = new Map(cursors.map((each) => [`${each.consumer}/${each.sessionId}`, each]));
    for (const head of heads)
      for (const reader of readers) {
        const count = counts.get(reader.name);
        if (count) countSession(count, reader, head, byKey.get(`${reader.name}/${head.sessionId}`));
      }
    below = heads.length < SESSIONS_PER_PAGE ? undefined : first;
  } while (below !== undefined);
  const timeOf = nextTimes(tx, place);
  return Promise.all(
    readers.map(async ({ name, version }) => {
      const { behind, ...count } = counts.get(name) ?? emptyCount();
      // The sessions come newest first.
      const times = await Promise.all(behind.slice(-AGES_ASKED).map(timeOf));
      const oldest = Math.min(...times);
      const oldestMs = Number.isFinite(oldest) ? Math.max(0, tx.now.getTime() - oldest) : null;
      const parked = count.stuck.filter(({ retryAt }) => retryAt === null).length;
      return { consumer: name, version, ...count, oldestMs, parked };
    }),
  );
}

const emptyCount = (): Count => ({
  sessions: 0,
  toRebuild: 0,
  sessionsBehind: 0,
  eventsBehind: 0,
  behind: [],
  stuck: [],
});

function countSession(count: Count, { version }: Reader, head: Head, cursor: Cursor | undefined): void {
  const { sessionId } = head;
  count.sessions += 1;
  const outdated = cursor !== undefined && cursor.version < version;
  if (outdated) count.toRebuild += 1;
  const after = outdated ? 0 : (cursor?.sequence ?? 0);
  if (after < head.sequence) {
    count.sessionsBehind += 1;
    count.eventsBehind += head.sequence - after;
    count.behind.push({ sessionId, after });
  }
  if (!cursor?.failure) return;
  const { code, text, attempts, at: since, retryAt } = cursor.failure;
  count.stuck.push({ sessionId, sequence: cursor.sequence + 1, code, text, attempts, since, retryAt });
}

interface Place {
  readonly sessionId: string;
  readonly after: number;
}

/** When the event behind a place was stored, in ms; each place is looked at once for all consumers that stand there. */
function nextTimes<Event extends SequencedEvent, Session extends EventfulSession>(
  tx: TenantTx,
  { source }: Workplace<Event, Session>,
): (place: Place) => Promise<number> {
  const known = new Map<string, Promise<number>>();
  const look = async ({ sessionId, after }: Place) => {
    const [session] = await source.sessions(tx, [sessionId]);
    const [next] = session ? await source.read(tx, session, { after, limit: 1 }) : [];
    return next?.serverTime.getTime() ?? Number.POSITIVE_INFINITY;
  };
  return (place) => {
    const key = `${place.sessionId}/${place.after}`;
    const time = known.get(key) ?? look(place);
    known.set(key, time);
    return time;
  };
}
