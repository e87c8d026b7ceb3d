/** Latencies by rank, so that each number printed is one that was measured. */

export interface Latencies {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** @returns milliseconds, to the hundredth; zeros when nothing was measured */
export function latenciesOf(measuredMs: readonly number[]): Latencies {
  const sorted = Float64Array.from(measuredMs).sort();
  const at = (percent: number) => Math.round(percentile(sorted, percent) * 100) / 100;
  return { p50: at(50), p95: at(95), p99: at(99), max: at(100) };
}

/**
 * The nearest-rank percentile: the smallest value that so many percent of all are not above.
 *
 * @param sorted  ascending
 */
export function percentile(sorted: ArrayLike<number>, percent: number): number {
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  return sorted[rank - 1] ?? 0;
}
