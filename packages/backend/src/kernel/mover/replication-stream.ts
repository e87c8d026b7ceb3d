/**
 * The changes of a publication as a replication slot sends them (PostgreSQL manual, 54.4 "Streaming Replication Protocol").
 * What was confirmed the server forgets, so only what is durable elsewhere may be confirmed. It reads ahead up to a limit,
 * then lets the server wait.
 */
import type pg from 'pg';
import { Condition } from './condition.ts';
import { formatLsn, type Lsn } from './lsn.ts';
import { type Message, readMessage } from './pgoutput.ts';

export type StreamItem = Message | { readonly kind: 'keepalive'; readonly lsn: Lsn };

/** The server gives up on a receiver after wal_sender_timeout, a minute unless set. */
const STATUS_EVERY_MS = 10_000;
/** Enough to keep the target busy while the source sends more. */
const MOST_QUEUED_BYTES = 16 * 1024 * 1024;
/** Items that were taken and still fill the front of the queue; taking each off by itself would move all others. */
const MOST_TAKEN = 8_192;
/** Of messages that are kept together, and forgotten together. */
const KEPT_BYTES = 256 * 1_024;
const DATA = 0x77; // w
const KEEPALIVE = 0x6b; // k
const DATA_HEADER_BYTES = 1 + 8 + 8 + 8;

interface Wire {
  readonly stream: { pause(): void; resume(): void };
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
}

export class ReplicationStream implements pg.Submittable {
  readonly #text: string;
  readonly #timer: NodeJS.Timeout;
  readonly #queue: { readonly item: StreamItem; readonly bytes: number }[] = [];
  #at = 0;
  #kept = Buffer.allocUnsafeSlow(0);
  #keptUpTo = 0;
  #queuedBytes = 0;
  #paused = false;
  #confirmed: Lsn;
  #wire: Wire | undefined;
  #ended = false;
  readonly #arrival = new Condition();

  /** @param from  where the target stands; what was committed before is not sent again */
  constructor(slot: string, publication: string, from: Lsn) {
    this.#confirmed = from;
    const options = `proto_version '1', publication_names '${publication}', binary 'true', messages 'true'`;
    this.#text = `START_REPLICATION SLOT "${slot}" LOGICAL ${formatLsn(from)} (${options})`;
    this.#timer = setInterval(() => this.#sendStatus(), STATUS_EVERY_MS);
  }

  /** Whether nothing has arrived that was not taken. */
  get isEmpty(): boolean {
    return this.#at === this.#queue.length;
  }

  /** @throws what the connection failed with */
  async next(): Promise<StreamItem> {
    for (;;) {
      const taken = this.#queue[this.#at];
      if (taken) return this.#take(taken);
      await this.#arrival.until(() => !this.isEmpty);
    }
  }

  /** Lets the server forget what was committed before this position. */
  confirm(lsn: Lsn): void {
    if (lsn > this.#confirmed) this.#confirmed = lsn;
  }

  /** Tells the server now what was confirmed, and sends no more; the connection is the caller's to close. */
  stop(): void {
    clearInterval(this.#timer);
    this.#sendStatus();
    this.fail(new Error('The stream was stopped.'));
  }

  /** Nothing more is taken from it: whoever asks is told why. */
  fail(error: unknown): void {
    clearInterval(this.#timer);
    this.#ended = true;
    this.#arrival.fail(error);
  }

  #take({ item, bytes }: { item: StreamItem; bytes: number }): StreamItem {
    this.#at += 1;
    this.#queuedBytes -= bytes;
    if (this.isEmpty || this.#at > MOST_TAKEN) {
      this.#queue.splice(0, this.#at);
      this.#at = 0;
    }
    if (this.#paused && this.#queuedBytes < MOST_QUEUED_BYTES / 2) {
      this.#paused = false;
      this.#wire?.stream.resume();
    }
    return item;
  }

  submit(connection: pg.Connection): void {
    this.#wire = connection as unknown as Wire;
    this.#wire.query(this.#text);
  }

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    if (chunk[0] === KEEPALIVE) {
      this.#push({ kind: 'keepalive', lsn: chunk.readBigUInt64BE(1) }, 0);
      if (chunk[17] === 1) this.#sendStatus();
    } else if (chunk[0] === DATA) {
      const at = this.#keep(chunk);
      this.#push(readMessage(this.#kept, at), chunk.length);
    }
  }

  /** The driver writes over its buffer, so a message is copied; many share one buffer. @returns where it begins there */
  #keep(chunk: Buffer): number {
    const bytes = chunk.length - DATA_HEADER_BYTES;
    if (this.#keptUpTo + bytes > this.#kept.length) {
      this.#kept = Buffer.allocUnsafeSlow(Math.max(KEPT_BYTES, bytes));
      this.#keptUpTo = 0;
    }
    const at = this.#keptUpTo;
    chunk.copy(this.#kept, at, DATA_HEADER_BYTES);
    this.#keptUpTo += bytes;
    return at;
  }

  handleError(error: Error): void {
    this.fail(error);
  }

  handleReadyForQuery(): void {
    this.fail(new Error('The server ended the stream of changes.'));
  }

  handleCommandComplete(): void {}

  #push(item: StreamItem, bytes: number): void {
    this.#queue.push({ item, bytes });
    this.#queuedBytes += bytes;
    if (this.#queuedBytes > MOST_QUEUED_BYTES && !this.#paused) {
      this.#paused = true;
      this.#wire?.stream.pause();
    }
    this.#arrival.changed();
  }

  /** Written, flushed and applied are one to us: each batch is applied and durable, or is not there. */
  #sendStatus(): void {
    if (!this.#wire || this.#ended) return;
    const status = Buffer.alloc(1 + 8 * 4 + 1);
    status.write('r', 0, 'latin1');
    for (const at of [1, 9, 17]) status.writeBigUInt64BE(this.#confirmed, at);
    this.#wire.sendCopyFromChunk(status);
  }
}
