/** How far a copy is, of what the planner believes there to be: counting would read every row once more. */
import type pg from 'pg';
import type { Attempt } from './attempt.ts';
import type { MovedTable } from './moved-tables.ts';
import { estimateRows } from './tenant-rows.ts';

const REPORT_EVERY_MS = 250;

export class CopyProgress {
  readonly #attempt: Attempt;
  readonly #total: number;
  readonly #startedAt = performance.now();
  readonly #timer: NodeJS.Timeout;
  #done = 0;

  private constructor(attempt: Attempt, total: number) {
    this.#attempt = attempt;
    this.#total = total;
    this.#timer = setInterval(() => this.#report(), REPORT_EVERY_MS);
  }

  /** @param reader  sees what is copied */
  static async start(
    attempt: Attempt,
    [reader]: readonly pg.Client[],
    tables: readonly MovedTable[],
  ): Promise<CopyProgress> {
    const names = tables.map(({ source }) => source);
    return new CopyProgress(attempt, reader ? await estimateRows(reader, names, attempt.move.tenantId) : 0);
  }

  /** Rows that were copied. */
  get done(): number {
    return this.#done;
  }

  add(rows: number): void {
    this.#done += rows;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #report(): void {
    const done = this.#done;
    const perSecond = done / ((performance.now() - this.#startedAt) / 1_000);
    this.#attempt.report({ phase: 'copying', done, total: Math.max(this.#total, done), perSecond });
  }
}
