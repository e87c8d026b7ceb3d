/**
 * The way to one server, alone or a node of a cluster: open while Redis answers, shut from the first command that it does not answer, and tried again in
 * the background, with growing pauses that differ between programs. Nobody ever waits for it: who finds it shut goes on
 * without Redis at once.
 *
 *   shut ── a try succeeds ──▶ open ── a command fails for want of Redis, or the connection ends ──▶ shut
 *
 * A try is a connection and a write, so a server that is loading, full, read-only, or refuses the password stays shut; and
 * so does one whose answer to it comes later than anybody waits for.
 */
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { dropClient, within, wordsOf } from './client.ts';

/** Longer than a healthy server takes by far; a connection's set-up is four round trips. */
const TRY_MS = 600;
const SHORTEST_PAUSE_MS = 100;
/** As long as nobody asks in vain, recovering is late by this at most; a hundred programs then try some forty times a second. */
const LONGEST_PAUSE_MS = 3_000;
/** Who failed again so soon did not recover; the pauses go on growing. */
const STABLE_MS = 5_000;

export interface LinkOptions {
  readonly connect: () => Redis;
  /** What else belongs to connecting, and is waited for as long. */
  readonly settle?: (client: Redis) => Promise<unknown>;
  /** Sees whether it takes what we write. */
  readonly prove: (client: Redis) => Promise<unknown>;
  /** How long an answer may take. */
  readonly answerMs: number;
  /** Told after each try. */
  readonly onTried?: (opened: boolean) => void;
  readonly log: Logger;
}

export class Link {
  readonly #options: LinkOptions;
  readonly #log: Logger;
  #client: Redis | undefined;
  #trying: Redis | undefined;
  #timer: NodeJS.Timeout | undefined;
  #tries = 0;
  #openSince = 0;
  #closed = false;
  #waiting: (() => void)[] = [];

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#log = options.log;
    void this.#try();
  }

  /** Undefined while it is shut. */
  get client(): Redis | undefined {
    return this.#client;
  }

  /** Shuts it, if it still is the connection that the failure was met on. */
  fail(client: Redis, reason: unknown): void {
    if (client !== this.#client) return;
    this.#client = undefined;
    dropClient(client);
    if (this.#closed) return;
    if (performance.now() - this.#openSince > STABLE_MS) this.#tries = 0;
    this.#log.warn({ reason: wordsOf(reason) }, 'Redis does not answer: going on without it');
    this.#tryLater();
  }

  /** Waits until it is open, for so long at most. @returns whether it is */
  async whenOpen(ms: number): Promise<boolean> {
    if (this.#client || this.#closed) return this.#client !== undefined;
    const opened = new Promise<void>((resolve) => this.#waiting.push(resolve));
    await within(ms, opened).catch(() => {});
    return this.#client !== undefined;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const client of [this.#client, this.#trying]) if (client) dropClient(client);
    this.#client = undefined;
    this.#release();
  }

  #tryLater(): void {
    const longest = Math.min(SHORTEST_PAUSE_MS * 2 ** this.#tries, LONGEST_PAUSE_MS);
    this.#tries += 1;
    // Programs that lost Redis in one moment must not all come back in one moment.
    this.#timer = setTimeout(() => void this.#try(), longest * (0.5 + Math.random() / 2));
    this.#timer.unref();
  }

  async #try(): Promise<void> {
    const { connect, onTried = () => {} } = this.#options;
    const client = connect();
    this.#trying = client;
    try {
      await within(TRY_MS, this.#prove(client));
      if (this.#closed) return dropClient(client);
      client.once('end', () => this.fail(client, 'the connection ended'));
      if (this.#tries > 0) this.#log.warn('Redis answers again');
      this.#client = client;
      this.#openSince = performance.now();
      this.#release();
      onTried(true);
    } catch (error) {
      dropClient(client);
      if (this.#closed) return;
      // What is said to a try names no key but the probe's.
      const reason = error instanceof Error ? error.message : String(error);
      this.#log[this.#tries === 0 ? 'warn' : 'debug']({ reason }, 'Redis does not answer');
      this.#tryLater();
      onTried(false);
    } finally {
      this.#trying = undefined;
    }
  }

  async #prove(client: Redis): Promise<void> {
    const { settle, prove, answerMs } = this.#options;
    await client.connect();
    await settle?.(client);
    await within(answerMs, prove(client));
  }

  #release(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
