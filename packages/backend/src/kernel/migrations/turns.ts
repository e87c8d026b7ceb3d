/**
 * How many placements are worked on at once, over all databases together. After the first failure nobody begins anything
 * new; whoever is in the middle of a file ends it.
 */
import { DmzError } from '../errors/index.ts';

/** Two for each core of a small server: enough to hide round trips, and few beside what the tenants themselves do. */
export const USUAL_JOBS = 4;

export class Turns {
  #free: number;
  readonly #waiting: (() => void)[] = [];
  readonly #failures: unknown[] = [];

  constructor(jobs = USUAL_JOBS) {
    this.#free = jobs;
  }

  /** Whether to begin nothing more. */
  get stopped(): boolean {
    return this.#failures.length > 0;
  }

  /** What has failed, in the order in which it did. */
  get failures(): readonly unknown[] {
    return this.#failures;
  }

  /**
   * Waits for a turn, and runs work in it. A failure is kept, and stops the others.
   *
   * @returns undefined where work failed, or was not begun
   */
  async take<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((turn) => this.#waiting.push(turn));
    try {
      return this.stopped ? undefined : await work();
    } catch (error) {
      this.#failures.push(error);
      return undefined;
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}

/** What failed first, and what else did before everybody had stopped. */
export function asOneError(failures: readonly unknown[]): unknown {
  const [first, ...others] = failures;
  if (!(first instanceof DmzError) || others.length === 0) return first;
  const told = failures.map((each) =>
    each instanceof DmzError ? `${each.code} ${each.found}` : String(each),
  );
  const { expected, next, cause } = first;
  return new DmzError(first.code, first, {
    found: told.join('\n'),
    ...(expected ? { expected } : {}),
    next,
    cause,
  });
}
