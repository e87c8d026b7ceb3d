/**
 * Looks through tenants for jobs that are due, and has word of them carried to workers. It remembers nothing: the first few
 * due rows of a tenant are carried at each look, again and again until they are taken, and what is on its way already is
 * not carried twice. So what Redis lost is carried anew, and nothing needs to know what Redis has.
 *
 * It is fair by the few: however many jobs a tenant has, no more than these stand in line before another tenant's.
 *
 * What should have been taken long ago is told apart: whoever carries may be losing it without knowing.
 */
import type { Logger } from 'pino';
import type { Delivery } from '../kernel/queues/index.ts';
import type { Tenancy } from '../kernel/tenancy/index.ts';
import { dueJobs, type JobName } from '../modules/integration/index.ts';
import { codeOf } from './errors.ts';

/** Of one tenant and kind, on their way at once: enough to keep the workers of a program or two at work. */
export const WINDOW = 8;

/** A worker that is free has a job in some milliseconds; where all are at work it waits, and that is seen by their being so. */
const LATE_MS = 5_000;

export interface RelayOptions {
  readonly tenancy: Tenancy;
  readonly log: Logger;
  readonly names: readonly JobName[];
  /** @param late  those of them that have been due for long */
  readonly carry: (deliveries: readonly Delivery[], late: readonly Delivery[]) => Promise<unknown>;
}

export class Relay {
  readonly #options: RelayOptions;
  /** Tenants to look at, in the order in which somebody asked for it. */
  readonly #asked = new Set<string>();
  #looking: Promise<void> | undefined;

  constructor(options: RelayOptions) {
    this.#options = options;
  }

  /** Has a tenant looked at soon, once for however many ask. */
  wake(tenantId: string): void {
    this.#asked.add(tenantId);
    this.#looking ??= this.#lookAround();
  }

  /** Waits until every tenant that was asked for has been looked at. */
  async settled(): Promise<void> {
    await this.#looking;
  }

  async #lookAround(): Promise<void> {
    // Who enqueues several jobs in one go asks for each.
    await new Promise((resolve) => setImmediate(resolve));
    for (const tenantId of this.#asked) {
      this.#asked.delete(tenantId);
      try {
        await this.#look(tenantId);
      } catch (error) {
        // The poll comes back to it.
        this.#options.log.info({ code: codeOf(error) }, 'a tenant’s jobs were not looked at');
      }
    }
    // In the same turn as the last look at the set, so that nobody asks in between and is not heard.
    this.#looking = undefined;
  }

  async #look(tenantId: string): Promise<void> {
    const { tenancy, names, carry } = this.#options;
    const due = await tenancy.run(tenantId, (tx) => dueJobs(tx, names, WINDOW), { snapshot: true });
    const found = names.flatMap((name) => {
      const own = due.filter((job) => job.name === name);
      return own.map(({ id, attempts, dueForMs }, place) => ({
        isLate: dueForMs > LATE_MS,
        delivery: {
          ...{ queue: name, tenantId, jobId: id, attempts },
          // Asked for the next ones, workers still have some of these. The last one asks again, where that word was lost.
          more: own.length === WINDOW && (place === WINDOW / 2 || place === WINDOW - 1),
        },
      }));
    });
    if (found.length === 0) return;
    const late = found.filter(({ isLate }) => isLate);
    await carry(
      found.map(({ delivery }) => delivery),
      late.map(({ delivery }) => delivery),
    );
  }
}
