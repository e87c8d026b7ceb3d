/**
 * The work at one instance: a queue of sessions, and the workers that take from it. Each instance has a lane of its own, so
 * that one which hangs or is away keeps no session of another waiting.
 */
import type { Logger } from 'pino';
import type { EventfulSession, SequencedEvent } from './define-consumer.ts';
import { findWork } from './discover.ts';
import { type Crew, drainSessions, ensureCursors, SESSIONS_PER_TRANSACTION } from './drain.ts';
import { asDmzError } from './failure.ts';
import { rest } from './rest.ts';

/** The first event after a quiet while waits so long for others of its moment. */
const LINGER_MS = 60;
/**
 * Under load, events gather for so long between two rounds: a round costs hardly more for a hundred events than for one,
 * and takes its processor time from the writers. Readers of read models wait for it, and writers for the snapshots that
 * shorten their reading, which is why it is no more.
 */
const REST_MS = 300;
export const PAUSE_AFTER_FAILURE_MS = 1_000;

export interface LaneOptions {
  /** Groups of sessions at work at once. */
  readonly workers: number;
  /** Ends the lane: what is under way is finished, and nothing else is begun. */
  readonly signal: AbortSignal;
  /** The tenant of each session that was met; shared by all lanes, since tenants move. */
  readonly tenantOf: Map<string, string>;
}

export class Lane<Event extends SequencedEvent, Session extends EventfulSession> {
  readonly #crew: Crew<Event, Session>;
  readonly #log: Logger;
  readonly #options: LaneOptions;
  /** Sessions to look at, by tenant. */
  readonly #queue = new Map<string, Set<string>>();
  /** Where the slow walk over a tenant's older sessions goes on. */
  readonly #below = new Map<string, string | undefined>();
  readonly #working: Promise<unknown>;
  readonly #rings = new Set<() => void>();
  #looking: Promise<void> | undefined;

  constructor(crew: Crew<Event, Session>, log: Logger, options: LaneOptions) {
    this.#crew = crew;
    this.#log = log;
    this.#options = options;
    this.#working = Promise.all(Array.from({ length: options.workers }, () => this.#work()));
  }

  enqueue(tenant: string, sessionIds: readonly string[]): void {
    if (sessionIds.length === 0) return;
    const waiting = this.#queue.get(tenant) ?? new Set();
    for (const id of sessionIds) waiting.add(id);
    this.#queue.set(tenant, waiting);
    for (const ring of this.#rings) ring();
  }

  /** Looks for work of tenants, unless it is still at it since the last time. */
  look(tenants: readonly string[]): void {
    this.#looking ??= this.#lookAt(tenants).finally(() => {
      this.#looking = undefined;
    });
  }

  /** Waits for what is under way; the signal has ended everything else. */
  async ended(): Promise<void> {
    await Promise.all([this.#working, this.#looking]);
  }

  async #lookAt(tenants: readonly string[]): Promise<void> {
    for (const tenant of tenants) {
      if (this.#options.signal.aborted) return;
      await this.#guarded(() => this.#discover(tenant));
    }
  }

  /** Looks at the newest sessions each time, and at one further page of the older ones. */
  async #discover(tenant: string): Promise<void> {
    const { tenancy, consumers } = this.#crew;
    const below = this.#below.get(tenant);
    const pages = await tenancy.run(tenant, async (tx) => {
      const newest = await findWork(tx, this.#crew, consumers);
      const from = below ?? newest.below;
      return from === undefined
        ? [newest]
        : [newest, await findWork(tx, this.#crew, consumers, { below: from })];
    });
    this.#below.set(tenant, pages.at(-1)?.below);
    for (const { sessions, unknown } of pages) {
      await ensureCursors(this.#crew, tenant, unknown);
      this.enqueue(tenant, sessions);
    }
  }

  async #work(): Promise<void> {
    const { signal } = this.#options;
    while (!signal.aborted) {
      if (this.#queue.size === 0) {
        await this.#untilRung();
        await rest(LINGER_MS, signal);
      }
      await this.#round();
      await rest(REST_MS, signal);
    }
  }

  /** Handles as many sessions as are waiting when it begins, and those to their ends; what is new waits for the next. */
  async #round(): Promise<void> {
    let left = [...this.#queue.values()].reduce((sum, waiting) => sum + waiting.size, 0);
    while (left > 0 && !this.#options.signal.aborted) {
      const taken = this.#take();
      if (!taken) return;
      left -= taken.sessionIds.length;
      await this.#guarded(async () => {
        left += await this.#handle(taken.tenant, taken.sessionIds);
      });
    }
  }

  /** @returns how many of the sessions have more to read */
  async #handle(tenant: string, sessionIds: readonly string[]): Promise<number> {
    const { tenantOf } = this.#options;
    const unknown = sessionIds.filter((id) => !tenantOf.has(id));
    await ensureCursors(this.#crew, tenant, unknown);
    for (const id of sessionIds) tenantOf.set(id, tenant);
    const { unfinished } = await drainSessions(this.#crew, tenant, sessionIds);
    this.enqueue(tenant, unfinished);
    return unfinished.length;
  }

  async #untilRung(): Promise<void> {
    let ring = () => {};
    await rest(Number.POSITIVE_INFINITY, this.#options.signal, (wake) => {
      ring = wake;
      this.#rings.add(wake);
    });
    this.#rings.delete(ring);
  }

  #take(): { tenant: string; sessionIds: string[] } | undefined {
    for (const [tenant, waiting] of this.#queue) {
      // Tenants take turns, so that a busy one keeps no other waiting.
      this.#queue.delete(tenant);
      const sessionIds = [...waiting].slice(0, SESSIONS_PER_TRANSACTION);
      for (const id of sessionIds) waiting.delete(id);
      if (waiting.size > 0) this.#queue.set(tenant, waiting);
      return { tenant, sessionIds };
    }
    return undefined;
  }

  /** The poll comes back to whatever failed here; the failure of a consumer has been kept at its cursor before. */
  async #guarded(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      const { code, found } = asDmzError(cause);
      this.#log.warn({ code, found }, 'consumers pause');
      await rest(PAUSE_AFTER_FAILURE_MS, this.#options.signal);
    }
  }
}
