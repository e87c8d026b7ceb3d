/**
 * A session's events and the state after each, for somebody who moves about in it. Only the neighbourhood is held: a
 * page of events is folded from the nearest snapshot, so a jump in a session of a hundred thousand events costs what a
 * jump in a short one does, and a step costs nothing.
 */
import { evolve, type SessionState } from '@archive-gate/game-engine';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { eventsPage, listSessions, type StoredEvent, sessionState } from '../../modules/game/index.ts';
import type { Platform } from '../../platform.ts';

/** A place in the session: the event there, and the states before and after it. No event is at 0. */
export interface Moment {
  readonly event: StoredEvent | null;
  readonly before: SessionState;
  readonly state: SessionState;
}

interface Page {
  readonly events: readonly StoredEvent[];
  /** One more than events: the first is the state before them. */
  readonly states: readonly SessionState[];
}

const EVENTS_PER_PAGE = 100;
/** Some megabytes at the most; enough for what was just looked at. */
const PAGES_HELD = 12;

export class Timeline {
  readonly #platform: Platform;
  readonly #tenant: string;
  readonly #sessionId: string;
  readonly #pages = new Map<number, Page>();
  #head = 0;

  private constructor(platform: Platform, tenant: string, sessionId: string) {
    this.#platform = platform;
    this.#tenant = tenant;
    this.#sessionId = sessionId;
  }

  static async open(platform: Platform, tenant: string, sessionId: string): Promise<Timeline> {
    const timeline = new Timeline(platform, tenant, sessionId);
    await timeline.refresh();
    return timeline;
  }

  /** The sequence of the last event that is known. */
  get head(): number {
    return this.#head;
  }

  /** Looks whether the session has gone on. */
  async refresh(): Promise<void> {
    const [session] = await this.#run((tx) => listSessions(tx, { id: this.#sessionId }));
    this.#head = session?.events ?? this.#head;
  }

  /** @param sequence  from 0 to the head */
  async at(sequence: number): Promise<Moment> {
    const number = Math.floor(Math.max(0, sequence - 1) / EVENTS_PER_PAGE);
    const { events, states } = await this.#page(number);
    const place = sequence - number * EVENTS_PER_PAGE;
    const state = states[place];
    const before = states[Math.max(0, place - 1)];
    if (!state || !before) throw new Error(`The session has no sequence ${sequence}.`);
    return { event: events[place - 1] ?? null, before, state };
  }

  /** The events from one sequence to another, both included, as far as there are any. */
  async between(from: number, to: number): Promise<StoredEvent[]> {
    const found: StoredEvent[] = [];
    const last = Math.min(to, this.#head);
    for (let sequence = Math.max(1, from); sequence <= last; sequence += 1) {
      const { event } = await this.at(sequence);
      if (event) found.push(event);
    }
    return found;
  }

  /** Where the next game day begins behind a sequence; undefined in the last one. */
  async nextDay(after: number): Promise<number | undefined> {
    const query = { from: after + 1, types: ['game.day.started'], limit: 1 };
    const { events } = await this.#run((tx) => eventsPage(tx, this.#sessionId, query));
    return events[0]?.sequence;
  }

  async #page(number: number): Promise<Page> {
    const first = number * EVENTS_PER_PAGE;
    const known = this.#pages.get(number);
    const expected = Math.min(EVENTS_PER_PAGE, this.#head - first);
    const page = known && known.events.length >= expected ? known : await this.#readPage(first);
    this.#pages.delete(number);
    this.#pages.set(number, page);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= PAGES_HELD) break;
      this.#pages.delete(oldest);
    }
    return page;
  }

  #readPage(first: number): Promise<Page> {
    return this.#run(async (tx) => {
      const states = [await sessionState(tx, this.#sessionId, first)];
      const query = { from: first + 1, limit: EVENTS_PER_PAGE };
      const { events } = await eventsPage(tx, this.#sessionId, query);
      for (const [at, event] of events.entries()) {
        const before = states[at];
        if (before) states.push(evolve(before, event));
      }
      return { events, states };
    });
  }

  #run<Result>(work: (tx: TenantTx) => Promise<Result>): Promise<Result> {
    return this.#platform.tenancy.run(this.#tenant, work);
  }
}
