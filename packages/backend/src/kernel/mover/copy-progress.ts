/** How far a copy is: the tables that are done, and what COPY itself counts of those that are under way. */
import type pg from 'pg';
import type { Attempt } from './attempt.ts';
import { connectionName } from './ends.ts';

const REPORT_EVERY_MS = 250;

const UNDER_WAY = `
SELECT coalesce(sum(p.tuples_processed), 0)::float8 AS rows
FROM pg_stat_progress_copy AS p JOIN pg_stat_activity AS a USING (pid)
WHERE a.application_name = $1 AND p.command = 'COPY FROM' AND p.datname = current_database()`;

export class CopyProgress {
  readonly #attempt: Attempt;
  readonly #client: pg.Client;
  readonly #total: number;
  readonly #startedAt = performance.now();
  readonly #timer: NodeJS.Timeout;
  #done = 0;

  private constructor(attempt: Attempt, client: pg.Client, total: number) {
    this.#attempt = attempt;
    this.#client = client;
    this.#total = total;
    this.#timer = setInterval(() => void this.#look(), REPORT_EVERY_MS);
  }

  static async start(attempt: Attempt, total: number): Promise<CopyProgress> {
    return new CopyProgress(attempt, await attempt.target.connect(), total);
  }

  add(rows: number): void {
    this.#done += rows;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    try {
      const { rows } = await this.#client.query(UNDER_WAY, [connectionName(this.#attempt.move.id)]);
      const done = Math.min(this.#total, this.#done + rows[0].rows);
      const perSecond = done / ((performance.now() - this.#startedAt) / 1_000);
      this.#attempt.report({ phase: 'copying', done, total: this.#total, perSecond });
    } catch {
      // The copy itself meets what this met, and tells.
      this.stop();
    }
  }
}
