/** Lets bytes pass no faster than wanted, all streams of a copy together, and none while the move is paused. */
import { Transform } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Watch } from './watch.ts';

export class Throttle {
  readonly #bytesPerSecond: number | undefined;
  readonly #watch: Pick<Watch, 'pass'>;
  #freeAt = 0;

  /** @param bytesPerSecond  no limit unless given */
  constructor(bytesPerSecond: number | undefined, watch: Pick<Watch, 'pass'>) {
    this.#bytesPerSecond = bytesPerSecond;
    this.#watch = watch;
  }

  stream(): Transform {
    return new Transform({
      transform: (chunk: Buffer, _encoding, callback) => {
        this.#wait(chunk.length).then(
          () => callback(null, chunk),
          (error) => callback(error),
        );
      },
    });
  }

  async #wait(bytes: number): Promise<void> {
    await this.#watch.pass();
    if (this.#bytesPerSecond === undefined) return;
    const now = performance.now();
    const startsAt = Math.max(now, this.#freeAt);
    this.#freeAt = startsAt + (bytes / this.#bytesPerSecond) * 1_000;
    if (startsAt > now) await sleep(startsAt - now);
  }
}
