/**
 * Lets appends of many sessions share a transaction. An append that finds the tenant's lanes free goes out at once, so
 * light load pays nothing; while they are busy, what arrives is gathered and goes out together when one is free again.
 * Each append keeps its own outcome: where a shared transaction is refused, each of its appends is tried alone.
 */
import { isDmzError } from '../../kernel/errors/index.ts';
import type { RunOptions, Tenancy } from '../../kernel/tenancy/index.ts';
import { type AcceptedAction, type Append, appendAll, EVENTS_PER_ACTION } from './append-events.ts';

/** Transactions of one tenant at the same time: while one waits for the disk, the next one is at work. */
const LANES = 2;
/** Appends in a transaction; more of them gain little, and all wait for the slowest. */
const GROUP_SIZE = 64;
/** Fewer events are not divided among the lanes: a transaction of their own would cost more than they do. */
const EVENTS_WORTH_A_LANE = 32;

interface Pending {
  readonly request: Append;
  readonly onRetry: RunOptions['onRetry'];
  readonly resolve: (accepted: AcceptedAction) => void;
  readonly reject: (error: unknown) => void;
}

interface Queue {
  waiting: Pending[];
  running: number;
  /** Whether those who append in this turn of the event loop are still being waited for. */
  gathering: boolean;
}

export class GroupAppend {
  readonly #tenancy: Tenancy;
  readonly #queues = new Map<string, Queue>();

  constructor(tenancy: Tenancy) {
    this.#tenancy = tenancy;
  }

  /** See `appendAll`. */
  append(
    tenant: string,
    request: Append,
    { onRetry }: Pick<RunOptions, 'onRetry'> = {},
  ): Promise<AcceptedAction> {
    const queue = this.#queues.get(tenant) ?? { waiting: [], running: 0, gathering: false };
    this.#queues.set(tenant, queue);
    return new Promise((resolve, reject) => {
      queue.waiting.push({ request, onRetry, resolve, reject });
      this.#gather(tenant, queue);
    });
  }

  /**
   * Waits for the end of this turn of the event loop. Those whose group has just been answered append again in one turn;
   * the first of them would otherwise go out alone, and the lanes would be taken by groups of one.
   */
  #gather(tenant: string, queue: Queue): void {
    if (queue.gathering) return;
    queue.gathering = true;
    setImmediate(() => {
      queue.gathering = false;
      this.#pump(tenant, queue);
    });
  }

  #pump(tenant: string, queue: Queue): void {
    while (queue.waiting.length > 0 && queue.running < LANES) {
      // Each free lane gets its share: this program works on the one group while the database works on the other.
      const share = eventsOf(queue.waiting) / (LANES - queue.running);
      queue.running += 1;
      void this.#send(
        tenant,
        takeGroup(queue, Math.min(Math.max(share, EVENTS_WORTH_A_LANE), EVENTS_PER_ACTION)),
      ).finally(() => {
        queue.running -= 1;
        this.#gather(tenant, queue);
      });
    }
    if (queue.running === 0 && queue.waiting.length === 0) this.#queues.delete(tenant);
  }

  /** Settles every member of the group, and never rejects itself. */
  async #send(tenant: string, group: readonly Pending[]): Promise<void> {
    const requests = group.map(({ request }) => request);
    const onRetry = (error: unknown) => {
      for (const member of group) member.onRetry?.(error);
    };
    try {
      const outcomes = await appendAll(this.#tenancy, tenant, requests, { onRetry });
      group.forEach(({ resolve, reject }, at) => {
        const outcome = outcomes[at];
        if (outcome instanceof Error || !outcome) reject(outcome);
        else resolve(outcome);
      });
    } catch (error) {
      const alone = group.length === 1 || !isOfOneMember(error);
      if (alone) for (const { reject } of group) reject(error);
      else await Promise.all(group.map((member) => this.#send(tenant, [member])));
    }
  }
}

const eventsOf = (waiting: readonly Pending[]): number =>
  waiting.reduce((sum, { request }) => sum + request.events.length, 0);

/**
 * At most one append of a session and of an action: a second one could only be refused, and the others with it.
 *
 * @param share  the group is full when it has so many events
 */
function takeGroup(queue: Queue, share: number): Pending[] {
  const group: Pending[] = [];
  const later: Pending[] = [];
  const taken = new Set<string>();
  let events = 0;
  for (const pending of queue.waiting) {
    const { sessionId, actionId } = pending.request;
    const full = group.length >= GROUP_SIZE || events >= share;
    if (full || taken.has(sessionId) || taken.has(actionId)) later.push(pending);
    else {
      taken.add(sessionId).add(actionId);
      group.push(pending);
      events += pending.request.events.length;
    }
  }
  queue.waiting = later;
  return group;
}

/** What a group was refused for can be one member's fault; a database that is away is nobody's. */
const isOfOneMember = (error: unknown): boolean => !isDmzError(error, 'DATABASE_UNAVAILABLE');
