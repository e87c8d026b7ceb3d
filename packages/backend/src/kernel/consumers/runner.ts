/**
 * Runs consumers in the background. Sessions reach its queue in two ways: somebody says that one has new events, or the
 * poll finds it by comparing heads with cursors. A lost word therefore costs one interval of the poll, and no event.
 * States: idle, running (from `start` on), stopping (`stop` waits for the transactions that are under way), idle again.
 */
import type { Logger } from 'pino';
import type { EventfulSession, SequencedEvent } from './define-consumer.ts';
import { findWork } from './discover.ts';
import { type Crew, drainSessions, ensureCursors, SESSIONS_PER_TRANSACTION } from './drain.ts';
import { asDmzError } from './failure.ts';

/** What a lost notification costs at most. */
export const POLL_MS = 2_000;
/** The first event after a quiet while waits so long for others of its moment. */
const LINGER_MS = 60;
/**
 * Under load, events gather for so long between two rounds: a round costs hardly more for a hundred events than for one,
 * and takes its processor time from the writers. Readers of read models wait for it, and writers for the snapshots that
 * shorten their reading, which is why it is no more.
 */
const REST_MS = 300;
const PAUSE_AFTER_FAILURE_MS = 1_000;

export interface RunnerOptions {
  /** Tenants to look after, by id or slug; asked at every poll. */
  readonly tenants: () => Promise<readonly string[]>;
  /** Groups of sessions at work at once. */
  readonly workers?: number;
  readonly pollMs?: number;
  /** Told, before each poll, at which instances the tenants live. */
  readonly onLooked?: (instances: ReadonlySet<string>) => void;
}

export class Runner<Event extends SequencedEvent, Session extends EventfulSession> {
  readonly #crew: Crew<Event, Session>;
  readonly #log: Logger;
  readonly #pollMs: number;
  readonly #tenants: RunnerOptions['tenants'];
  readonly #onLooked: RunnerOptions['onLooked'];
  /** Sessions to look at, by tenant. */
  readonly #queue = new Map<string, Set<string>>();
  /** Where the slow walk over a tenant's older sessions goes on. */
  readonly #below = new Map<string, string | undefined>();
  /** The tenant of each session that was met, for words that name a session alone. */
  readonly #tenantOf = new Map<string, string>();
  readonly #stopping = new AbortController();
  #working: Promise<unknown> = Promise.resolve();
  #ring: (() => void) | undefined;
  #pollNow: (() => void) | undefined;

  constructor(crew: Crew<Event, Session>, log: Logger, options: RunnerOptions) {
    this.#crew = crew;
    this.#log = log;
    this.#tenants = options.tenants;
    this.#onLooked = options.onLooked;
    this.#pollMs = options.pollMs ?? POLL_MS;
    const workers = Array.from({ length: options.workers ?? 1 }, () => this.#work());
    this.#working = Promise.all([this.#poll(), ...workers]);
  }

  /** Says that a session has new events. */
  wake(tenant: string, sessionId: string): void {
    this.#enqueue(tenant, [sessionId]);
  }

  /** The same from who knows the session alone; an unknown one is searched for. */
  wakeSession(sessionId: string): void {
    const tenant = this.#tenantOf.get(sessionId);
    if (tenant) this.#enqueue(tenant, [sessionId]);
    else this.#pollNow?.();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#ring?.();
    this.#pollNow?.();
    await this.#working;
  }

  #enqueue(tenant: string, sessionIds: readonly string[]): void {
    if (sessionIds.length === 0) return;
    const waiting = this.#queue.get(tenant) ?? new Set();
    for (const id of sessionIds) waiting.add(id);
    this.#queue.set(tenant, waiting);
    this.#ring?.();
  }

  async #poll(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.#guarded(async () => {
        for (const tenant of await this.#locate(await this.#tenants())) {
          if (this.#stopping.signal.aborted) return;
          await this.#guarded(async () => this.#look(tenant));
        }
      });
      await this.#sleep(this.#pollMs, (wake) => {
        this.#pollNow = wake;
      });
    }
  }

  /** Somebody must listen at each instance before its sessions are looked at, so that no word falls in between. */
  async #locate(references: readonly string[]): Promise<string[]> {
    const ids: string[] = [];
    const instances = new Set<string>();
    for (const reference of references)
      await this.#guarded(async () => {
        const { id, instance } = await this.#crew.tenancy.locate(reference);
        ids.push(id);
        instances.add(instance);
      });
    this.#onLooked?.(instances);
    return ids;
  }

  /** Looks at the newest sessions each time, and at one further page of the older ones. */
  async #look(tenant: string): Promise<void> {
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
      this.#enqueue(tenant, sessions);
    }
  }

  async #work(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      if (this.#queue.size === 0) {
        await this.#sleep(this.#pollMs, (wake) => {
          this.#ring = wake;
        });
        await this.#sleep(LINGER_MS);
      }
      await this.#round();
      await this.#sleep(REST_MS);
    }
  }

  /** Handles as many sessions as are waiting when it begins, and those to their ends; what is new waits for the next. */
  async #round(): Promise<void> {
    let left = [...this.#queue.values()].reduce((sum, waiting) => sum + waiting.size, 0);
    while (left > 0 && !this.#stopping.signal.aborted) {
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
    const unknown = sessionIds.filter((id) => !this.#tenantOf.has(id));
    await ensureCursors(this.#crew, tenant, unknown);
    for (const id of sessionIds) this.#tenantOf.set(id, tenant);
    const { unfinished } = await drainSessions(this.#crew, tenant, sessionIds);
    this.#enqueue(tenant, unfinished);
    return unfinished.length;
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
      await this.#sleep(PAUSE_AFTER_FAILURE_MS);
    }
  }

  /** @param lend  is given what ends the sleep early */
  #sleep(ms: number, lend: (wake: () => void) => void = () => {}): Promise<void> {
    if (this.#stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#stopping.signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#stopping.signal.addEventListener('abort', done);
      lend(done);
    });
  }
}
