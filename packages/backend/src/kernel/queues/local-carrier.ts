/** Carries deliveries within one program, first come first served: for as long as there is no Redis. */
import { type Delivery, nameOf, type Perform, type QueueSettings } from './delivery.ts';

interface Lane {
  readonly concurrency: number;
  readonly waiting: Map<string, Delivery>;
  readonly working: Map<string, Promise<void>>;
}

export class LocalCarrier {
  readonly #lanes: ReadonlyMap<string, Lane>;
  readonly #perform: Perform;
  #stopped = false;

  constructor(queues: readonly QueueSettings[], perform: Perform) {
    this.#lanes = new Map(
      queues.map(({ name, concurrency }) => [
        name,
        { concurrency, waiting: new Map(), working: new Map() } satisfies Lane,
      ]),
    );
    this.#perform = perform;
  }

  carry(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) {
      const lane = this.#lanes.get(delivery.queue);
      const name = nameOf(delivery);
      if (!lane || this.#stopped || lane.working.has(name)) continue;
      lane.waiting.set(name, delivery);
      this.#fill(lane);
    }
  }

  /** Waits for what is under way; begins nothing more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { waiting, working } of this.#lanes.values()) {
      waiting.clear();
      await Promise.all(working.values());
    }
  }

  #fill(lane: Lane): void {
    for (const [name, delivery] of lane.waiting) {
      if (lane.working.size >= lane.concurrency) return;
      lane.waiting.delete(name);
      const work = this.#perform(delivery).finally(() => {
        lane.working.delete(name);
        this.#fill(lane);
      });
      lane.working.set(name, work);
    }
  }
}
