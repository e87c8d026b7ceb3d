/** What a simulation counts while it runs, and the report that comes of it. */
import { type Latencies, latenciesOf } from './percentile.ts';

export interface SimulationReport {
  readonly tenant: string;
  readonly seed: number;
  readonly players: number;
  /** Acknowledged actions. */
  readonly actions: number;
  readonly events: number;
  /** What the platform could not do after its own retries, or did otherwise than the rules say. */
  readonly failed: number;
  /** Codes of the failures, and how often each came. */
  readonly failures: Readonly<Record<string, number>>;
  /** Actions that the rules refused; no failure. */
  readonly refused: number;
  /** Attempts that the platform repeated by itself. */
  readonly retried: number;
  /** Sessions started. */
  readonly sessions: number;
  /** Sessions played to their end. */
  readonly finished: number;
  readonly seconds: number;
  readonly actionsPerSecond: number;
  readonly latencyMs: Latencies;
}

export class Tally {
  events = 0;
  refused = 0;
  retried = 0;
  sessions = 0;
  finished = 0;
  failed = 0;
  readonly #failures: Record<string, number> = {};
  readonly #latenciesMs: number[] = [];
  readonly #startedAt = performance.now();

  get actions(): number {
    return this.#latenciesMs.length;
  }

  accept(events: number, latencyMs: number): void {
    this.events += events;
    this.#latenciesMs.push(latencyMs);
  }

  fail(code: string): void {
    this.failed += 1;
    this.#failures[code] = (this.#failures[code] ?? 0) + 1;
  }

  report(of: Pick<SimulationReport, 'tenant' | 'seed' | 'players'>): SimulationReport {
    const seconds = (performance.now() - this.#startedAt) / 1_000;
    const { actions, events, failed, refused, retried, sessions, finished } = this;
    return {
      ...of,
      actions,
      events,
      failed,
      failures: this.#failures,
      refused,
      retried,
      sessions,
      finished,
      seconds: Math.round(seconds * 100) / 100,
      actionsPerSecond: Math.round((actions / seconds) * 10) / 10,
      latencyMs: latenciesOf(this.#latenciesMs),
    };
  }
}
