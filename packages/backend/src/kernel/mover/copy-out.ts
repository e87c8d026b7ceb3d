/**
 * COPY TO STDOUT in the binary format, taken in portions of whole rows. The server sends each row as a message of its own
 * (PostgreSQL manual, 54.2.6 "COPY Operations"), so rows need not be looked into. It reads ahead by one portion, then lets
 * the server wait.
 */
import type pg from 'pg';
import { isTrailer, SIGNATURE } from './binary-rows.ts';
import { Condition } from './condition.ts';

interface Wire {
  readonly stream: { pause(): void; resume(): void };
  query(text: string): void;
}

export class CopyOut implements pg.Submittable {
  readonly #text: string;
  readonly #arrival = new Condition();
  #wire: Wire | undefined;
  #rows = Buffer.allocUnsafe(0);
  #size = 0;
  #wanted = 1;
  #begun = false;
  #ended = false;
  #paused = false;

  /** @param query  `COPY … TO STDOUT (FORMAT binary)` */
  constructor(query: string) {
    this.#text = query;
  }

  /**
   * Waits for the next rows, as COPY FROM takes them between its signature and its trailer.
   *
   * @param bytes  at least so many, unless these are the last
   * @returns undefined when there are no more
   * @throws what the statement failed with
   */
  async take(bytes: number): Promise<Buffer | undefined> {
    this.#wanted = bytes;
    if (this.#size < bytes) this.#resume();
    await this.#arrival.until(() => this.#size >= this.#wanted || this.#ended);
    if (this.#size === 0) return undefined;
    const taken = this.#rows.subarray(0, this.#size);
    this.#rows = Buffer.allocUnsafe(taken.length);
    this.#size = 0;
    this.#resume();
    return taken;
  }

  submit(connection: pg.Connection): void {
    this.#wire = connection as unknown as Wire;
    this.#wire.query(this.#text);
  }

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    // The signature comes in front of the first row.
    const row = this.#begun ? chunk : chunk.subarray(SIGNATURE.length);
    this.#begun = true;
    if (row.length === 0 || isTrailer(row)) return;
    this.#append(row);
    if (this.#size < this.#wanted) return;
    this.#paused = true;
    this.#wire?.stream.pause();
    this.#arrival.changed();
  }

  handleError(error: Error): void {
    this.#arrival.fail(error);
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.#ended = true;
    this.#arrival.changed();
  }

  /** The driver writes over its buffer, so what is kept is a copy. */
  #append(row: Buffer): void {
    const size = this.#size + row.length;
    if (size > this.#rows.length) {
      const larger = Buffer.allocUnsafe(Math.max(2 * this.#rows.length, size, this.#wanted));
      this.#rows.copy(larger, 0, 0, this.#size);
      this.#rows = larger;
    }
    row.copy(this.#rows, this.#size);
    this.#size = size;
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#wire?.stream.resume();
  }
}
