/**
 * Runs consumers in the background. Sessions reach their queues in two ways: somebody says that one has new events, or the
 * poll finds it by comparing heads with cursors. A lost word therefore costs one interval of the poll, and no event.
 * States: idle, running (from `start` on), stopping (`stop` waits for the transactions that are under way), idle again.
 */
import type { Logger } from 'pino';
import type { Tenancy } from '../tenancy/index.ts';
import type { EventfulSession, SequencedEvent } from './define-consumer.ts';
import type { Crew } from './drain.ts';
import { asDmzError } from './failure.ts';
import { Lane, PAUSE_AFTER_FAILURE_MS } from './lane.ts';
import { rest } from './rest.ts';

/** What a lost notification costs at most. */
export const POLL_MS = 2_000;

export interface RunnerOptions {
  /** Tenants to look after, by id or slug; asked at every poll. */
  readonly tenants: () => Promise<readonly string[]>;
  /** Groups of sessions at work at once, at each instance. */
  readonly workers?: number;
  readonly pollMs?: number;
  /** Told, before each poll, at which instances the tenants live. */
  readonly onLooked?: (instances: ReadonlySet<string>) => void;
}

export class Runner<Event extends SequencedEvent, Session extends EventfulSession> {
  readonly #crew: Crew<Event, Session>;
  readonly #log: Logger;
  readonly #options: RunnerOptions;
  /** By instance. */
  readonly #lanes = new Map<string, Lane<Event, Session>>();
  readonly #laneOf = new Map<string, Lane<Event, Session>>();
  /** The tenant of each session that was met, for words that name a session alone. */
  readonly #tenantOf = new Map<string, string>();
  readonly #stopping = new AbortController();
  readonly #polling: Promise<void>;
  #pollNow: (() => void) | undefined;

  constructor(crew: Crew<Event, Session>, log: Logger, options: RunnerOptions) {
    this.#crew = { ...crew, tenancy: untilAborted(crew.tenancy, this.#stopping.signal) };
    this.#log = log;
    this.#options = options;
    this.#polling = this.#poll();
  }

  /** Says that a session has new events; a tenant that is not looked after yet is looked for. */
  wake(tenant: string, sessionId: string): void {
    const lane = this.#laneOf.get(tenant);
    if (lane) lane.enqueue(tenant, [sessionId]);
    else this.#pollNow?.();
  }

  /** The same from who knows the session alone; an unknown one is searched for. */
  wakeSession(sessionId: string): void {
    const tenant = this.#tenantOf.get(sessionId);
    if (tenant) this.wake(tenant, sessionId);
    else this.#pollNow?.();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#polling;
    await Promise.all([...this.#lanes.values()].map((lane) => lane.ended()));
  }

  async #poll(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#guarded(async () => {
        const placed = await this.#locate(await this.#options.tenants());
        // Somebody listens at each instance before its sessions are looked at, so that no word falls in between.
        this.#options.onLooked?.(new Set(placed.keys()));
        for (const [instance, tenants] of placed) this.#laneAt(instance, tenants).look(tenants);
      });
      await rest(this.#options.pollMs ?? POLL_MS, signal, (wake) => {
        this.#pollNow = wake;
      });
    }
  }

  /** @returns ids of tenants by the instance where each lives */
  async #locate(references: readonly string[]): Promise<Map<string, string[]>> {
    const placed = new Map<string, string[]>();
    for (const reference of references) {
      if (this.#stopping.signal.aborted) break;
      await this.#guarded(async () => {
        const { id, instance } = await this.#crew.tenancy.locate(reference);
        placed.set(instance, [...(placed.get(instance) ?? []), id]);
      });
    }
    return placed;
  }

  #laneAt(instance: string, tenants: readonly string[]): Lane<Event, Session> {
    const known = this.#lanes.get(instance);
    const options = {
      workers: this.#options.workers ?? 1,
      signal: this.#stopping.signal,
      tenantOf: this.#tenantOf,
    };
    const lane = known ?? new Lane(this.#crew, this.#log, options);
    this.#lanes.set(instance, lane);
    for (const tenant of tenants) this.#laneOf.set(tenant, lane);
    return lane;
  }

  async #guarded(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      const { code, found } = asDmzError(cause);
      this.#log.warn({ code, found }, 'consumers pause');
      await rest(PAUSE_AFTER_FAILURE_MS, this.#stopping.signal);
    }
  }
}

/** Whoever is told to end does not wait for an instance that is away. */
const untilAborted = (tenancy: Tenancy, signal: AbortSignal): Tenancy => ({
  ...tenancy,
  run: (reference, work, options) => tenancy.run(reference, work, { ...options, signal }),
});
