/** How long a simulation goes on: until its time is over, its actions are used up, or somebody stops it. */

export interface Limits {
  readonly seconds?: number | undefined;
  readonly actions?: number | undefined;
}

export class Budget {
  readonly #deadline: number;
  readonly #signal: AbortSignal;
  #left: number;

  constructor(
    { seconds = Number.POSITIVE_INFINITY, actions = Number.POSITIVE_INFINITY }: Limits,
    signal: AbortSignal,
  ) {
    this.#deadline = performance.now() + seconds * 1_000;
    this.#left = actions;
    this.#signal = signal;
  }

  get isOver(): boolean {
    return this.#signal.aborted || performance.now() >= this.#deadline || this.#left <= 0;
  }

  /** Claims an action; every action that is claimed is either acknowledged or given back. */
  take(): boolean {
    if (this.isOver) return false;
    this.#left -= 1;
    return true;
  }

  giveBack(): void {
    this.#left += 1;
  }
}
