/** Waiting within one program until something is true that others change, or until it cannot become true any more. */

interface Waiter {
  readonly isMet: () => boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export class Condition {
  #waiters: Waiter[] = [];
  #failure: { readonly error: unknown } | undefined;

  /** @throws what `fail` was told, unless it is met already */
  async until(isMet: () => boolean): Promise<void> {
    if (isMet()) return;
    if (this.#failure) throw this.#failure.error;
    await new Promise<void>((resolve, reject) => this.#waiters.push({ isMet, resolve, reject }));
  }

  /** To be called whenever something has changed that a condition looks at. */
  changed(): void {
    if (this.#waiters.length === 0) return;
    const met = this.#waiters.filter(({ isMet }) => isMet());
    this.#waiters = this.#waiters.filter((waiter) => !met.includes(waiter));
    for (const { resolve } of met) resolve();
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    for (const { reject } of this.#waiters.splice(0)) reject(error);
  }
}
