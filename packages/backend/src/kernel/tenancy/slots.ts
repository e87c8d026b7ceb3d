/**
 * A fixed number of places that those who come later wait for, in the order in which they came. Who waits too long is
 * told so, instead of standing in a queue that nobody watches.
 */

interface Waiting {
  readonly admit: () => void;
  readonly timer: NodeJS.Timeout;
}

export class Slots {
  readonly #size: number;
  readonly #queue: Waiting[] = [];
  #taken = 0;

  constructor(size: number) {
    this.#size = size;
  }

  get taken(): number {
    return this.#taken;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /** @returns whether a place was given; each that was must be given back by `leave` */
  enter(timeoutMs: number): Promise<boolean> {
    if (this.#taken < this.#size) {
      this.#taken += 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const waiting: Waiting = {
        admit: () => {
          clearTimeout(waiting.timer);
          resolve(true);
        },
        timer: setTimeout(() => {
          this.#queue.splice(this.#queue.indexOf(waiting), 1);
          resolve(false);
        }, timeoutMs),
      };
      this.#queue.push(waiting);
    });
  }

  /** Gives a place back; it goes to who has waited longest. */
  leave(): void {
    const next = this.#queue.shift();
    if (next) next.admit();
    else this.#taken -= 1;
  }
}
