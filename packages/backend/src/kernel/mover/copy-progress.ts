/** How far a copy is: the tables that are done, and what COPY itself counts of those that are under way. */
import type pg from 'pg';
import type { Attempt } from './attempt.ts';
import { connectionName } from './ends.ts';
import { countRows } from './tenant-rows.ts';

const REPORT_EVERY_MS = 250;

const UNDER_WAY = `
SELECT coalesce(sum(p.tuples_processed), 0)::float8 AS rows
FROM pg_stat_progress_copy AS p JOIN pg_stat_activity AS a USING (pid)
WHERE a.application_name = $1 AND p.command = 'COPY FROM' AND p.datname = current_database()`;

export class CopyProgress {
  readonly #attempt: Attempt;
  readonly #client: pg.Client;
  readonly #startedAt = performance.now();
  readonly #timer: NodeJS.Timeout;
  #done = 0;
  /** Known a while after the copy has begun, which does not wait for the count. */
  #total: number | undefined;

  private constructor(attempt: Attempt, client: pg.Client, counter: pg.Client) {
    this.#attempt = attempt;
    this.#client = client;
    this.#timer = setInterval(() => void this.#look(), REPORT_EVERY_MS);
    void this.#count(counter);
  }

  /** @param counter  sees what is copied, and is closed here */
  static async start(attempt: Attempt, counter: pg.Client): Promise<CopyProgress> {
    return new CopyProgress(attempt, await attempt.target.connect(), counter);
  }

  add(rows: number): void {
    this.#done += rows;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #count(counter: pg.Client): Promise<void> {
    const { source, tables, move } = this.#attempt;
    try {
      const names = tables.map((table) => table.source);
      this.#total = await countRows(counter, names, move.tenantId);
      await source.disconnect(counter);
    } catch {
      // The copy itself meets what this met, and tells.
    }
  }

  async #look(): Promise<void> {
    const total = this.#total;
    if (total === undefined) return;
    try {
      const { rows } = await this.#client.query(UNDER_WAY, [connectionName(this.#attempt.move.id)]);
      const done = Math.min(total, this.#done + rows[0].rows);
      const perSecond = done / ((performance.now() - this.#startedAt) / 1_000);
      this.#attempt.report({ phase: 'copying', done, total, perSecond });
    } catch {
      clearInterval(this.#timer);
    }
  }
}
