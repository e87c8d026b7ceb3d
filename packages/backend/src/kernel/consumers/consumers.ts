/**
 * The consumers of a platform as programs use them: run in the background, brought to the ends of all sessions, looked
 * at, and mended.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Tenancy } from '../tenancy/index.ts';
import type { Consumer, EventfulSession, SequencedEvent } from './define-consumer.ts';
import { findWork } from './discover.ts';
import { type Crew, drainSessions, ensureCursors, rebuildOrPark, SESSIONS_PER_TRANSACTION } from './drain.ts';
import { consumerErrors } from './errors.ts';
import type { CursorStore, EventSource, Reader } from './ports.ts';
import { Runner, type RunnerOptions } from './runner.ts';
import { type ConsumerStatus, consumerStatus } from './status.ts';
import { Listeners, WakeUps } from './wake-ups.ts';

export interface ConsumersOptions<Event extends SequencedEvent, Session extends EventfulSession> {
  readonly tenancy: Tenancy;
  readonly consumers: readonly Consumer<Event, Session>[];
  readonly source: EventSource<Event, Session>;
  readonly cursors: CursorStore;
  /** URL of the application role at an instance, for listening. */
  readonly appUrlOf: (instance: string) => Promise<string>;
  readonly log: Logger;
}

/** Which sessions an order is for. */
export interface Scope {
  /** All consumers when undefined. */
  readonly consumer?: string | undefined;
  /** All sessions of the tenant when undefined. */
  readonly sessionId?: string | undefined;
}

export interface SettleOptions {
  readonly timeoutMs?: number;
  /** These alone; all consumers when undefined. */
  readonly only?: readonly string[] | undefined;
  /** These alone; all sessions when undefined. */
  readonly sessionIds?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((events: number) => void) | undefined;
}

export interface RebuildOptions {
  readonly sessionId?: string | undefined;
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const SETTLE_MS = 60_000;
/** Another worker holds what is left; it is asked again after a moment. */
const HELD_MS = 20;

export class Consumers<
  Event extends SequencedEvent = SequencedEvent,
  Session extends EventfulSession = EventfulSession,
> {
  readonly #crew: Crew<Event, Session>;
  readonly #options: ConsumersOptions<Event, Session>;
  readonly #wakeUps: WakeUps;
  #runner: Runner<Event, Session> | undefined;
  #listeners: Listeners | undefined;

  constructor(options: ConsumersOptions<Event, Session>) {
    this.#options = options;
    this.#crew = options;
    this.#wakeUps = new WakeUps(options.tenancy, options.log);
  }

  get readers(): readonly (Reader & { readonly handles: Consumer['handles'] })[] {
    return this.#crew.consumers;
  }

  /** Says that a session has new events, to this program's workers and to others'. */
  appended(tenantId: string, sessionId: string): void {
    this.#runner?.wake(tenantId, sessionId);
    this.#wakeUps.tell(tenantId, sessionId);
  }

  /** Runs the consumers in the background until `stop`. */
  start(options: RunnerOptions & { readonly listen?: boolean }): void {
    if (this.#runner) return;
    const { appUrlOf, log } = this.#options;
    const listeners =
      options.listen === false ? undefined : new Listeners(appUrlOf, log, (id) => runner.wakeSession(id));
    const onLooked = (instances: ReadonlySet<string>) => listeners?.cover(instances);
    const runner = new Runner(this.#crew, log, { ...options, onLooked });
    this.#runner = runner;
    this.#listeners = listeners;
  }

  /** What is under way is finished; nothing else is begun. */
  async stop(): Promise<void> {
    const [runner, listeners] = [this.#runner, this.#listeners];
    this.#runner = undefined;
    this.#listeners = undefined;
    await runner?.stop();
    await listeners?.close();
  }

  async close(): Promise<void> {
    await Promise.all([this.stop(), this.#wakeUps.close()]);
  }

  /**
   * Works until every consumer has reached the head of every session of a tenant, where it is not stuck; other workers
   * may be at it too.
   *
   * @returns events handled here, each counted once for each consumer
   * @throws CONSUMER_NOT_SETTLED, DATABASE_*, TENANCY_*
   */
  async settle(tenant: string, options: SettleOptions = {}): Promise<number> {
    const { timeoutMs = SETTLE_MS, only, onProgress } = options;
    const crew = only
      ? { ...this.#crew, consumers: this.#crew.consumers.filter(({ name }) => only.includes(name)) }
      : this.#crew;
    const deadline = Date.now() + timeoutMs;
    let events = 0;
    for (;;) {
      const round = await this.#round(crew, tenant, options, (more) => onProgress?.(events + more));
      if (round.sessions === 0 || options.signal?.aborted) return events;
      events += round.events;
      if (Date.now() > deadline)
        throw consumerErrors.CONSUMER_NOT_SETTLED({
          found: `${round.sessions} sessions were still behind after ${Math.round(timeoutMs)} ms`,
        });
      if (round.events === 0) await sleep(HELD_MS);
    }
  }

  /** Goes through all sessions once. @returns how many had something to be read, and the events that were handled */
  async #round(
    crew: Crew<Event, Session>,
    tenant: string,
    { signal, sessionIds: among }: SettleOptions,
    onProgress: (events: number) => void,
  ): Promise<{ readonly sessions: number; readonly events: number }> {
    let below: string | undefined;
    let events = 0;
    let sessions = 0;
    do {
      const page = await crew.tenancy.run(
        tenant,
        (tx) => findWork(tx, crew, crew.consumers, { below, among }),
        {
          snapshot: true,
        },
      );
      await ensureCursors(crew, tenant, page.unknown);
      sessions += page.sessions.length;
      for (let at = 0; at < page.sessions.length && !signal?.aborted; at += SESSIONS_PER_TRANSACTION) {
        const group = page.sessions.slice(at, at + SESSIONS_PER_TRANSACTION);
        events += (await drainSessions(crew, tenant, group)).events;
        onProgress(events);
      }
      below = page.below;
    } while (below !== undefined && !signal?.aborted);
    return { sessions, events };
  }

  status(tenant: string): Promise<ConsumerStatus[]> {
    const { tenancy, consumers } = this.#crew;
    return tenancy.run(tenant, (tx) => consumerStatus(tx, this.#crew, consumers), { snapshot: true });
  }

  /**
   * Has parked and waiting sessions tried again, at once.
   *
   * @returns how many cursors were released
   * @throws CONSUMER_UNKNOWN
   */
  async retry(tenant: string, { consumer, sessionId }: Scope = {}): Promise<number> {
    const readers = consumer === undefined ? this.#crew.consumers : [this.#find(consumer)];
    return this.#crew.tenancy.run(tenant, (tx) => this.#crew.cursors.release(tx, readers, sessionId));
  }

  /**
   * Reads sessions again from their first event, one transaction each. What was begun and not finished is found again
   * by its cursors, so an interrupted rebuild goes on with the next call, or in the background.
   *
   * @returns sessions and events that were read
   * @throws CONSUMER_UNKNOWN, CONSUMER_SESSION_UNKNOWN
   */
  async rebuild(
    tenant: string,
    name: string,
    { sessionId, onProgress, signal }: RebuildOptions = {},
  ): Promise<{ sessions: number; events: number }> {
    const consumer = this.#find(name);
    const { tenancy, cursors } = this.#crew;
    if (sessionId !== undefined) await this.#requireSession(tenant, consumer, sessionId);
    await tenancy.run(tenant, (tx) => cursors.rewind(tx, consumer, sessionId), { idempotent: true });
    let sessions = 0;
    let events = 0;
    for (;;) {
      const left = await tenancy.run(tenant, (tx) => cursors.irregular(tx, [consumer]), { snapshot: true });
      const due = left.filter(
        ({ version, failure, sessionId: id }) =>
          version < consumer.version && failure === null && (sessionId === undefined || sessionId === id),
      );
      if (due.length === 0 || signal?.aborted) return { sessions, events };
      for (const [at, { sessionId: id }] of due.entries()) {
        if (signal?.aborted) break;
        events += await rebuildOrPark(this.#crew, tenant, consumer, id);
        sessions += 1;
        onProgress?.(at + 1, due.length);
      }
    }
  }

  async #requireSession(tenant: string, consumer: Reader, sessionId: string): Promise<void> {
    const { tenancy, source, cursors } = this.#crew;
    await tenancy.run(tenant, async (tx) => {
      const [session] = await source.sessions(tx, [sessionId]);
      if (!session) throw consumerErrors.CONSUMER_SESSION_UNKNOWN({ found: sessionId });
      await cursors.ensure(tx, [consumer], [sessionId]);
    });
  }

  #find(name: string): Consumer<Event, Session> {
    const consumer = this.#crew.consumers.find((each) => each.name === name);
    if (consumer) return consumer;
    throw consumerErrors.CONSUMER_UNKNOWN({
      found: name,
      expected: this.#crew.consumers.map((each) => each.name).join(', '),
    });
  }
}
