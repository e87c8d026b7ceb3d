/** How much work fits into a slice of time, learnt from what the last ones took. */

interface Bounds {
  /** The first, before anything is known. */
  readonly first: number;
  readonly least: number;
  readonly most: number;
}

/** One slow slice does not make the next ones tiny, nor one quick slice a long one. */
const LARGEST_STEP = 2;

export class SliceSize {
  readonly #bounds: Bounds;
  #perMs: number | undefined;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** @param ms  how long the slice may take */
  for(ms: number): number {
    const { first, least, most } = this.#bounds;
    const fitting = this.#perMs === undefined ? first : this.#perMs * ms;
    return Math.round(Math.min(most, Math.max(least, fitting)));
  }

  learn(amount: number, tookMs: number): void {
    const seen = amount / Math.max(tookMs, 0.1);
    const known = this.#perMs ?? seen;
    this.#perMs = Math.min(known * LARGEST_STEP, Math.max(known / LARGEST_STEP, seen));
  }
}
