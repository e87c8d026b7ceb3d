/**
 * Looks after a move while it is at work: whether people want it to pause or to stop, and how much of the source's log its
 * slot holds back, since a full disk would stop every tenant of the source.
 */
import type pg from 'pg';
import type { Attempt } from './attempt.ts';
import { Condition } from './condition.ts';
import { moverErrors } from './errors.ts';
import { retainedBytes } from './slot.ts';

const POLL_MS = 500;

export class Watch {
  readonly #attempt: Attempt;
  readonly #client: pg.Client;
  readonly #state = new Condition();
  readonly #abort = new AbortController();
  #paused = false;
  #pauses = 0;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  private constructor(attempt: Attempt, client: pg.Client) {
    this.#attempt = attempt;
    this.#client = client;
    this.#again();
  }

  static async start(attempt: Attempt): Promise<Watch> {
    return new Watch(attempt, await attempt.source.connect());
  }

  /** Aborted, with the reason, as soon as the move must not go on. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** How often the move was paused, so that one notices that it was. */
  get pauses(): number {
    return this.#pauses;
  }

  /** Whether nothing that has been noticed so far keeps the move from going on; what does, `pass` tells. */
  get isClear(): boolean {
    return !this.signal.aborted && !this.#paused;
  }

  /** Waits while the move is paused. @throws TENANCY_MOVE_STOPPED, TENANCY_MOVE_WAL_LIMIT, TENANCY_MOVE_TAKEN_OVER */
  async pass(): Promise<void> {
    this.signal.throwIfAborted();
    await this.#state.until(() => !this.#paused);
  }

  /** Looks at once, for who is about to do what cannot be taken back. */
  lookNow(): Promise<void> {
    this.#looking = this.#looking.then(async () => {
      if (this.signal.aborted) return;
      try {
        await this.#look();
      } catch (error) {
        this.#state.fail(error);
        this.#abort.abort(error);
      }
    });
    return this.#looking;
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#looking;
  }

  #again(): void {
    this.#timer = setTimeout(async () => {
      await this.lookNow();
      if (this.#timer && !this.signal.aborted) this.#again();
    }, POLL_MS);
  }

  async #look(): Promise<void> {
    const { control, options, move } = this.#attempt;
    const { wish, attempt } = await control.run((tx) => options.register.read(tx, move.id));
    if (attempt !== move.attempt) throw moverErrors.TENANCY_MOVE_TAKEN_OVER({ found: `move ${move.id}` });
    if (wish === 'stop') throw moverErrors.TENANCY_MOVE_STOPPED({ found: `at step ${move.step}` });
    if (wish === 'pause' && !this.#paused) {
      this.#pauses += 1;
      this.#attempt.report({ phase: 'paused' });
    }
    this.#paused = wish === 'pause';
    this.#state.changed();
    const retained = await retainedBytes(this.#client, move.id);
    if (retained > move.maxWalBytes)
      throw moverErrors.TENANCY_MOVE_WAL_LIMIT({
        found: `${retained} bytes of log are held back`,
        expected: `at most ${move.maxWalBytes}`,
      });
  }
}
