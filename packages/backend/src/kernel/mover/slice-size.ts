/**
 * How much work fits into a slice of time, learnt from what the last ones took: from the quickest of them, since the others
 * waited for a processor, and slices that shrink while the machine is busy would never be done.
 */

interface Bounds {
  /** The first, before anything is known. */
  readonly first: number;
  readonly least: number;
  readonly most: number;
}

/** What is known fades by this part with each slice that is slower. */
const FADING = 0.9;

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
    this.#perMs = this.#perMs === undefined ? seen : Math.max(seen, this.#perMs * FADING);
  }
}
