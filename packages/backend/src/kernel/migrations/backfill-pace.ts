/** How fast a backfill works: batches short enough that nobody waits long for their rows, and rest in between. */

export interface Pace {
  /** Rows a second at each placement; where it is not given, a batch is followed by a rest of the same length. */
  readonly rowsPerSecond?: number;
}

/** A player who meets a batch waits for so long at most; shorter ones spend more of their time on commits. */
const BATCH_MS = 100;
const FIRST_ROWS = 200;
const LEAST_ROWS = 50;
const MOST_ROWS = 5_000;

export class BackfillPace {
  readonly #rowsPerSecond: number | undefined;
  #rows = FIRST_ROWS;

  constructor({ rowsPerSecond }: Pace = {}) {
    this.#rowsPerSecond = rowsPerSecond;
    this.#rows = this.#bounded(FIRST_ROWS);
  }

  /** Rows of the next batch. */
  get rows(): number {
    return this.#rows;
  }

  /**
   * Takes note of a batch.
   *
   * @returns how long to rest after it, in ms
   */
  after(rows: number, tookMs: number): number {
    // A short batch says little of how long a full one takes.
    if (rows === this.#rows) {
      const factor = Math.min(Math.max(BATCH_MS / Math.max(tookMs, 1), 0.5), 2);
      this.#rows = this.#bounded(Math.round(rows * factor));
    }
    if (this.#rowsPerSecond === undefined) return tookMs;
    return Math.max((rows * 1_000) / this.#rowsPerSecond - tookMs, 0);
  }

  /** At a slow pace a batch is what a second is for, so that none is followed by minutes of nothing. */
  #bounded(rows: number): number {
    const most = Math.min(MOST_ROWS, this.#rowsPerSecond ?? MOST_ROWS);
    return Math.max(Math.min(rows, most), Math.min(LEAST_ROWS, most));
  }
}
