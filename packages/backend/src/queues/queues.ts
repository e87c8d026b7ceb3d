/**
 * The platform's queues: jobs are enqueued in a tenant's transaction, and run by the programs that run queues. The row is
 * the job (ADR 12); Redis carries word of it to whichever program has a worker free, and where there is none, a program that
 * runs queues carries it within itself. States: idle, running (from `start` on), and idle again after `stop`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Cache } from '../kernel/cache/index.ts';
import { BullCarrier, type Delivery, LocalCarrier } from '../kernel/queues/index.ts';
import { locationIn, type Tenancy, type TenantTx } from '../kernel/tenancy/index.ts';
import { dueJobs, insertJob, JOB_NAMES, type JobName } from '../modules/integration/index.ts';
import { type AnyJobKind, type JobKinds, type PayloadOf, patienceOf } from './define-job.ts';
import { codeOf, queueErrors } from './errors.ts';
import { performJob } from './perform-job.ts';
import { Relay, type RelayOptions } from './relay.ts';

/** What a lost word costs at most, and how late a delayed job may be. */
const POLL_MS = 1_000;
const SETTLING_MS = 50;
/** A job that runs when its program is told to end may go on for so long. */
const GRACE_MS = 20_000;

export interface QueuesOptions<Kinds extends JobKinds> {
  readonly tenancy: Tenancy;
  readonly kinds: Kinds;
  readonly cache: Cache;
  /** Of the Redis that the cache uses; null where there is none. */
  readonly redisUrl: string | null;
  readonly log: Logger;
}

export interface RunQueues {
  /** Tenants to look after, by id or slug; asked at every poll. */
  readonly tenants: () => Promise<readonly string[]>;
  readonly pollMs?: number;
}

export interface EnqueueOptions {
  /** Names the occasion; enqueued again, it is the same job, also when that was done. */
  readonly key?: string;
  readonly delayMs?: number;
}

export class Queues<Kinds extends JobKinds = JobKinds> {
  readonly #options: QueuesOptions<Kinds>;
  readonly #names: readonly JobName[];
  readonly #bull: BullCarrier;
  readonly #relay: Relay;
  #local: LocalCarrier | undefined;
  #aborting = new AbortController();
  #stopping = new AbortController();
  #polling: Promise<void> = Promise.resolve();
  #performed = 0;
  /** What is at work here, and of which queue. */
  readonly #working = new Map<Promise<void>, string>();
  /** The day that each tenant has its daily jobs of. */
  readonly #dayOf = new Map<string, string>();

  constructor(options: QueuesOptions<Kinds>) {
    const { tenancy, kinds, cache, redisUrl: url, log } = options;
    this.#options = options;
    this.#names = JOB_NAMES.filter((name) => kinds[name] !== undefined);
    this.#bull = new BullCarrier({ url, cache, queues: this.#settings(), log });
    const carry: RelayOptions['carry'] = (deliveries, late) => this.#carry(deliveries, late);
    this.#relay = new Relay({ tenancy, log, names: this.#names, carry });
  }

  /** How many jobs were run here. */
  get performed(): number {
    return this.#performed;
  }

  /**
   * Has work done once the transaction is committed, and never where it is not.
   *
   * @param name     its kind
   * @param payload  as the kind has it, people by id; `userId` names the person whom it is about
   * @returns the job's id
   * @throws QUEUE_TENANT_MISSING, QUEUE_HANDLER_MISSING, QUEUE_PAYLOAD_INVALID
   */
  async enqueue<Name extends JobName & keyof Kinds>(
    tx: TenantTx,
    name: Name,
    payload: PayloadOf<Kinds[Name]>,
    { key, delayMs }: EnqueueOptions = {},
  ): Promise<string> {
    const tenantId = tenantOf(tx);
    const kind: AnyJobKind | undefined = this.#options.kinds[name];
    if (!kind) throw queueErrors.QUEUE_HANDLER_MISSING({ found: name });
    const parsed = kind.payload.safeParse(payload);
    if (!parsed.success)
      throw queueErrors.QUEUE_PAYLOAD_INVALID({
        found: `${name}: ${parsed.error.issues.map(({ path }) => path.join('.') || 'as a whole').join(', ')}`,
      });
    const { userId } = parsed.data;
    const person = typeof userId === 'string' ? userId : undefined;
    const id = await insertJob(tx, { name, payload: parsed.data, key, userId: person, delayMs });
    tx.afterCommit(() => this.#relay.wake(tenantId));
    return id;
  }

  /** Runs jobs until `stop`; several programs share the work. A second call changes nothing. */
  start(run: RunQueues): void {
    if (this.#local) return;
    this.#aborting = new AbortController();
    this.#stopping = new AbortController();
    const perform = (delivery: Delivery) => {
      const work = this.#perform(delivery).finally(() => this.#working.delete(work));
      this.#working.set(work, delivery.queue);
      return work;
    };
    this.#local = new LocalCarrier(this.#settings(), perform);
    this.#bull.workWith(perform);
    this.#polling = this.#poll(run);
  }

  /** What is under way is finished, or handed back where it takes longer than it may. */
  async stop(graceMs = GRACE_MS): Promise<void> {
    this.#stopping.abort();
    await this.#polling;
    const local = this.#local;
    this.#local = undefined;
    const late = setTimeout(() => this.#aborting.abort(), graceMs);
    const ended = Promise.all(this.#working.keys());
    try {
      await Promise.all([ended, this.#relay.settled(), this.#bull.stop(ended), local?.stop()]);
    } finally {
      clearTimeout(late);
    }
  }

  /**
   * Waits until none of a tenant's jobs is due; they are run by whoever runs the queues.
   *
   * @throws TENANCY_NOT_SERVED  for a tenant in which nothing can be written, so that none would ever end
   */
  async settle(tenant: string, signal?: AbortSignal): Promise<void> {
    const { id } = await this.#options.tenancy.locate(tenant);
    while (!signal?.aborted) {
      const due = await this.#options.tenancy.run(id, (tx) => dueJobs(tx, this.#names, 1));
      if (due.length === 0) return;
      this.#relay.wake(id);
      await this.#relay.settled();
      await sleep(SETTLING_MS);
    }
  }

  /** Makes the jobs of this day (UTC) for a tenant, unless somebody has. @returns the tenant's id */
  async makeDailyJobs(tenant: string): Promise<string> {
    const { tenancy, kinds } = this.#options;
    const { id } = await tenancy.locate(tenant);
    const day = new Date().toISOString().slice(0, 10);
    if (this.#dayOf.get(id) === day) return id;
    const daily = this.#names.filter((name) => kinds[name]?.daily);
    await tenancy.run(id, async (tx) => {
      for (const name of daily) await insertJob(tx, { name, payload: {}, key: day });
    });
    this.#dayOf.set(id, day);
    return id;
  }

  /** For a program that enqueued and ends: word of its jobs is on its way before. */
  async close(): Promise<void> {
    await this.#relay.settled();
    await this.#bull.stop();
  }

  #settings() {
    const { kinds } = this.#options;
    return this.#names.map((name) => ({ name, concurrency: patienceOf(kinds[name] ?? {}).concurrency }));
  }

  /**
   * What Redis took and brings to nobody is performed here: its list can be gone where its jobs are not, or be paused, or its
   * workers cut off. A program whose workers are at work is brought something, so what is late merely waits its turn.
   */
  async #carry(deliveries: readonly Delivery[], late: readonly Delivery[]): Promise<void> {
    const isCarried = await this.#bull.carry(deliveries);
    const busy = new Set(this.#working.values());
    this.#local?.carry(isCarried ? late.filter(({ queue }) => !busy.has(queue)) : deliveries);
  }

  async #perform(delivery: Delivery): Promise<void> {
    const { tenancy, kinds, log } = this.#options;
    const name = this.#names.find((each) => each === delivery.queue);
    const kind = name && kinds[name];
    try {
      if (name === undefined || kind === undefined || this.#stopping.signal.aborted) return;
      if (delivery.more) this.#relay.wake(delivery.tenantId);
      const place = { tenancy, log, signal: this.#aborting.signal };
      if (await performJob(place, name, kind, delivery)) this.#performed += 1;
    } catch (error) {
      // Its row says that it is due again, now or after its lease.
      log.warn(
        { code: codeOf(error), job: delivery.jobId, queue: delivery.queue },
        'a job could not be looked after',
      );
    }
  }

  async #poll({ tenants, pollMs = POLL_MS }: RunQueues): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.#bull.keep();
        for (const reference of await tenants()) {
          if (signal.aborted) return;
          await this.#lookAfter(reference);
        }
      } catch (error) {
        this.#options.log.warn({ code: codeOf(error) }, 'queues pause');
      }
      await sleep(pollMs, undefined, { signal }).catch(() => {});
    }
  }

  async #lookAfter(reference: string): Promise<void> {
    try {
      this.#relay.wake(await this.makeDailyJobs(reference));
      await this.#relay.settled();
    } catch (error) {
      this.#options.log.info({ code: codeOf(error), tenant: reference }, 'a tenant was passed over');
    }
  }
}

/** A tenant is never an argument: it is that of the open transaction, as it is for keys of Redis. */
function tenantOf(tx: TenantTx): string {
  try {
    return locationIn(tx).id;
  } catch (cause) {
    throw queueErrors.QUEUE_TENANT_MISSING({ cause });
  }
}
