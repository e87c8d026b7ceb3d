/** What was costly to get, for a short time and for so many: the one that was made first makes room for the next. */

interface Entry<Value> {
  readonly value: Promise<Value>;
  readonly expiresAt: number;
}

export interface CacheBounds {
  readonly entries: number;
  readonly lifetimeMs: number;
}

export class ShortLivedCache<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #bounds: CacheBounds;

  constructor(bounds: CacheBounds) {
    this.#bounds = bounds;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Callers at the same time share one making; what failed is not kept. */
  get(key: string, make: () => Promise<Value>): Promise<Value> {
    const known = this.#entries.get(key);
    if (known && known.expiresAt > performance.now()) return known.value;
    this.#entries.delete(key);
    const value = make();
    const entry = { value, expiresAt: performance.now() + this.#bounds.lifetimeMs };
    this.#entries.set(key, entry);
    value.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    });
    this.#makeRoom();
    return value;
  }

  /** Leaves out everything whose key begins so. */
  drop(prefix: string): void {
    for (const key of this.#entries.keys()) if (key.startsWith(prefix)) this.#entries.delete(key);
  }

  #makeRoom(): void {
    const now = performance.now();
    for (const [key, { expiresAt }] of this.#entries) {
      if (expiresAt > now && this.#entries.size <= this.#bounds.entries) return;
      this.#entries.delete(key);
    }
  }
}
