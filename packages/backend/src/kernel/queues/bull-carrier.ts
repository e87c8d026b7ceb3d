/**
 * Carries deliveries through BullMQ, to whichever program has a worker. The line to Redis is made while Redis answers, and
 * thrown away as a whole when it does not: a BullMQ worker whose connection was lost may never come back or never close
 * (BullMQ issues 2466 and 4656), so none is asked to. BullMQ's own retries, delays and results are not used; the rows have them.
 */
import { Queue, Worker } from 'bullmq';
import type { Logger } from 'pino';
import { type Client, dropClient, makeClient, within } from '../cache/client.ts';
import { type Cache, parseRedisUrl, queuePrefix } from '../cache/index.ts';
import { Delivery, nameOf, type Perform, type QueueSettings } from './delivery.ts';

const CONNECT_MS = 1_000;
/** Longer than a cache may take: nobody waits for it, and giving up too soon would tear the line down. */
const ANSWER_MS = 1_000;
const CLOSE_MS = 2_000;
/** A line is a connection and one more for each queue: what ends it at once must not have it made anew at once. */
const SHORTEST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** One that lasted so long was well, and its successor may be too. */
const STABLE_MS = 10_000;
/** A delivery whose worker was killed comes back after both; that of a job which had been taken waits for its lease. */
const LOCK_MS = 10_000;
const STALLED_MS = 5_000;
/** BullMQ tells each step of each job in a stream, which nobody here reads. */
const EVENTS_KEPT = 100;
const LEAVE_NOTHING = { removeOnComplete: true, removeOnFail: true } as const;

interface Line {
  readonly client: Client;
  readonly queues: Map<string, Queue>;
  readonly workers: Worker[];
  readonly madeAt: number;
}

export interface BullCarrierOptions {
  readonly url: string | null;
  /** Knows whether Redis answers. */
  readonly cache: Cache;
  readonly queues: readonly QueueSettings[];
  readonly log: Logger;
}

export class BullCarrier {
  readonly #options: BullCarrierOptions;
  #perform: Perform | undefined;
  #line: Line | undefined;
  #making: Promise<void> | undefined;
  #lost = 0;
  #notBefore = 0;

  constructor(options: BullCarrierOptions) {
    this.#options = options;
  }

  /** From now on, for as long as Redis answers, deliveries are performed here too. Call `keep` to begin. */
  workWith(perform: Perform): void {
    this.#perform = perform;
  }

  /** Has the line made, if it can be. @returns whether there is one */
  async keep(): Promise<boolean> {
    if (!this.#options.cache.isOpen) this.#drop();
    else if (!this.#line && performance.now() >= this.#notBefore) {
      this.#making ??= this.#make().finally(() => {
        this.#making = undefined;
      });
      await this.#making;
    }
    this.#employ();
    return this.#line !== undefined;
  }

  /** One that is under way already is not carried again. @returns false where Redis did not take them */
  async carry(deliveries: readonly Delivery[]): Promise<boolean> {
    if (deliveries.length === 0) return true;
    if (!(await this.keep())) return false;
    const line = this.#line;
    if (!line) return false;
    try {
      for (const name of new Set(deliveries.map(({ queue }) => queue))) {
        const own = deliveries.filter(({ queue }) => queue === name);
        const added = this.#queueOf(line, name).addBulk(
          own.map((data) => ({ name, data, opts: { jobId: nameOf(data), ...LEAVE_NOTHING } })),
        );
        await within(ANSWER_MS, added);
      }
      return true;
    } catch (error) {
      this.#options.log.info({ reason: reasonOf(error) }, 'Redis did not take jobs: going on without it');
      if (this.#line === line) this.#drop();
      return false;
    }
  }

  /**
   * Takes no more, and waits for what is under way here.
   *
   * @param ended  when all that is under way has ended; what Redis is told of it is then waited for a little longer
   */
  async stop(ended: Promise<unknown> = Promise.resolve()): Promise<void> {
    await this.#making;
    const line = this.#line;
    this.#line = undefined;
    this.#perform = undefined;
    if (!line) return;
    const closed = Promise.all([...line.workers, ...line.queues.values()].map((each) => each.close()));
    await Promise.race([closed, ended.then(() => within(CLOSE_MS, closed))]).catch(() => {});
    dropClient(line.client);
  }

  async #make(): Promise<void> {
    const { url, log } = this.#options;
    if (url === null) return;
    const client = makeClient(parseRedisUrl(url));
    try {
      await within(CONNECT_MS, client.connect());
    } catch (error) {
      log.info({ reason: reasonOf(error) }, 'Redis cannot be reached for queues');
      dropClient(client);
      this.#pause();
      return;
    }
    const line: Line = { client, queues: new Map(), workers: [], madeAt: performance.now() };
    client.once('end', () => {
      if (this.#line === line) this.#drop();
    });
    this.#line = line;
  }

  /** Whoever enqueued before it worked has a line already. */
  #employ(): void {
    const [line, perform] = [this.#line, this.#perform];
    if (!line || !perform || line.workers.length > 0) return;
    for (const each of this.#options.queues) line.workers.push(this.#worker(line, each, perform));
  }

  #worker(line: Line, { name, concurrency }: QueueSettings, perform: Perform): Worker {
    const process = async ({ data }: { data: unknown }) => {
      const delivery = Delivery.safeParse(data);
      if (delivery.success && delivery.data.queue === name) await perform(delivery.data);
      else this.#options.log.warn({ queue: name }, 'refused a delivery that does not say whose job it is');
    };
    const worker = new Worker(name, process, {
      connection: line.client,
      prefix: queuePrefix(name),
      concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_MS,
      ...{ skipVersionCheck: true },
    });
    return worker.on('error', (error) => {
      this.#tell(name, error);
      // What Redis refuses to a worker, such as keys that somebody else has written, it asks for again without a pause.
      if (error.name === 'ReplyError' && this.#line === line) this.#drop();
    });
  }

  #queueOf({ client, queues }: Line, name: string): Queue {
    const known = queues.get(name);
    if (known) return known;
    const queue = new Queue(name, {
      connection: client,
      prefix: queuePrefix(name),
      ...{ skipVersionCheck: true, skipMetasUpdate: true },
      streams: { events: { maxLen: EVENTS_KEPT } },
    });
    queue.on('error', (error) => this.#tell(name, error));
    queues.set(name, queue);
    return queue;
  }

  /** What runs goes on running; its row, not BullMQ, says what became of it. */
  #drop(): void {
    const line = this.#line;
    this.#line = undefined;
    if (!line) return;
    if (performance.now() - line.madeAt > STABLE_MS) this.#lost = 0;
    this.#pause();
    for (const worker of line.workers) void worker.close(true).catch(() => {});
    for (const queue of line.queues.values()) void queue.close().catch(() => {});
    dropClient(line.client);
  }

  #pause(): void {
    const longest = Math.min(SHORTEST_PAUSE_MS * 2 ** this.#lost, LONGEST_PAUSE_MS);
    this.#lost += 1;
    this.#notBefore = performance.now() + longest * (0.5 + Math.random() / 2);
  }

  #tell(queue: string, error: Error): void {
    this.#options.log.debug({ queue, reason: reasonOf(error) }, 'BullMQ reports');
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? (error.message.split(' ')[0] ?? error.name) : String(error);
