/**
 * Brings sessions of one tenant to their ends, a group of them in one transaction. Where a group fails, each consumer
 * of each of its sessions is tried alone, action by action, so that a poison event stops one consumer at one place of
 * one session and nothing else.
 */
import type { Tenancy } from '../tenancy/index.ts';
import { advanceSessions, rebuildSession, type Workplace } from './advance.ts';
import type { Consumer, EventfulSession, SequencedEvent } from './define-consumer.ts';
import { asDmzError, describeFailure, isOfPlatform } from './failure.ts';

/** More would hold their locks for longer, and hardly save anything: their rows go into the same few statements. */
export const SESSIONS_PER_TRANSACTION = 64;

export interface Crew<Event extends SequencedEvent, Session extends EventfulSession>
  extends Workplace<Event, Session> {
  readonly tenancy: Tenancy;
  readonly consumers: readonly Consumer<Event, Session>[];
}

export interface Drained {
  readonly events: number;
  /** Sessions that have more to read. */
  readonly unfinished: readonly string[];
}

/** Makes the cursors of sessions that nobody has read yet, before they are locked. */
export async function ensureCursors<Event extends SequencedEvent, Session extends EventfulSession>(
  { tenancy, cursors, consumers }: Crew<Event, Session>,
  tenant: string,
  sessionIds: readonly string[],
): Promise<void> {
  if (sessionIds.length === 0) return;
  await tenancy.run(tenant, (tx) => cursors.ensure(tx, consumers, sessionIds), { idempotent: true });
}

/**
 * Advances sessions by one batch each, and reads again from the start where that is due.
 *
 * @throws DATABASE_*, TENANCY_*; what a consumer throws is kept at its cursor
 */
export async function drainSessions<Event extends SequencedEvent, Session extends EventfulSession>(
  crew: Crew<Event, Session>,
  tenant: string,
  sessionIds: readonly string[],
): Promise<Drained> {
  let advanced: Awaited<ReturnType<typeof advanceSessions>>;
  try {
    advanced = await crew.tenancy.run(tenant, (tx) => advanceSessions(tx, crew, crew.consumers, sessionIds), {
      idempotent: true,
    });
  } catch (error) {
    if (isOfPlatform(error)) throw error;
    return isolate(crew, tenant, sessionIds);
  }
  let { events } = advanced;
  for (const { consumer: name, sessionId } of advanced.outdated) {
    const consumer = crew.consumers.find((each) => each.name === name);
    if (consumer) events += await rebuildOrPark(crew, tenant, consumer, sessionId);
  }
  return { events, unfinished: advanced.unfinished };
}

/** @returns the events read; 0 when it failed or another worker is at it */
export async function rebuildOrPark<Event extends SequencedEvent, Session extends EventfulSession>(
  crew: Crew<Event, Session>,
  tenant: string,
  consumer: Consumer<Event, Session>,
  sessionId: string,
): Promise<number> {
  try {
    const events = await crew.tenancy.run(tenant, (tx) => rebuildSession(tx, crew, consumer, sessionId), {
      idempotent: true,
    });
    return events ?? 0;
  } catch (error) {
    await keepFailure(crew, tenant, consumer, sessionId, error);
    return 0;
  }
}

async function isolate<Event extends SequencedEvent, Session extends EventfulSession>(
  crew: Crew<Event, Session>,
  tenant: string,
  sessionIds: readonly string[],
): Promise<Drained> {
  let events = 0;
  for (const sessionId of sessionIds)
    for (const consumer of crew.consumers) events += await advanceAlone(crew, tenant, consumer, sessionId);
  return { events, unfinished: sessionIds };
}

/** Goes on until the consumer has reached the session's end, or has failed. */
async function advanceAlone<Event extends SequencedEvent, Session extends EventfulSession>(
  crew: Crew<Event, Session>,
  tenant: string,
  consumer: Consumer<Event, Session>,
  sessionId: string,
): Promise<number> {
  let events = 0;
  let eventsPerSession: number | undefined;
  for (;;) {
    try {
      const advanced = await crew.tenancy.run(
        tenant,
        (tx) => advanceSessions(tx, crew, [consumer], [sessionId], eventsPerSession),
        { idempotent: true },
      );
      events += advanced.events;
      if (advanced.unfinished.length === 0) return events;
    } catch (error) {
      if (eventsPerSession === 1) {
        await keepFailure(crew, tenant, consumer, sessionId, error);
        return events;
      }
      if (isOfPlatform(error)) throw error;
      eventsPerSession = 1;
    }
  }
}

async function keepFailure<Event extends SequencedEvent, Session extends EventfulSession>(
  { tenancy, cursors }: Crew<Event, Session>,
  tenant: string,
  consumer: Consumer<Event, Session>,
  sessionId: string,
  error: unknown,
): Promise<void> {
  if (isOfPlatform(error)) throw error;
  await tenancy.run(tenant, async (tx) => {
    const [cursor] = await cursors.lock(tx, [consumer], [sessionId]);
    if (!cursor) return;
    const failure = describeFailure(error, cursor.failure, tx.now);
    await cursors.fail(tx, consumer, sessionId, failure);
    const place = { consumer: consumer.name, sessionId, sequence: cursor.sequence + 1 };
    const what = failure.retryAt ? 'a consumer failed and tries again' : 'a consumer failed and is parked';
    tx.log.error({ ...place, code: asDmzError(error).code, found: failure.text }, what);
  });
}
