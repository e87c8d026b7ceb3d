/**
 * A session in play at this terminal: its state and journal, kept in step with the store. Each action is sent with the
 * sequence that the player saw and an id of its own, so it happens once or not at all, however often it is sent.
 */
import {
  type Action,
  type DecideContext,
  fold,
  initialState,
  legalActions,
  rulesFor,
  type SessionState,
} from '@archive-gate/game-engine';
import { v7 as uuidv7 } from 'uuid';
import { actAsPerson } from '../../entry/play-as-person.ts';
import { DmzError, isDmzError } from '../../kernel/errors/index.ts';
import { listSessions, type StoredEvent, sessionEvents, sessionState } from '../../modules/game/index.ts';
import type { Platform } from '../../platform.ts';
import { Journal } from './journal.ts';
import { type DeskView, viewDesk } from './sealed-view.ts';

/** What a player is told while the database is away. */
export interface Waiting {
  began(): void;
  ended(): void;
  /** Returns to try again, or throws to stop. */
  gaveUp(error: DmzError): Promise<void>;
}

export interface Address {
  readonly platform: Platform;
  readonly tenant: string;
  readonly waiting: Waiting;
}

/** What an action came to: its events, or the reason why not. */
export type Happened =
  | { readonly events: readonly StoredEvent[]; readonly refusal: null }
  | { readonly events: readonly StoredEvent[]; readonly refusal: DmzError };

export class PlayedSession {
  readonly id: string;
  readonly journal: Journal;
  readonly context: DecideContext;
  #state: SessionState = initialState();
  readonly #address: Address;
  readonly #playerId: string;

  private constructor(id: string, address: Address, playerId: string, context: DecideContext) {
    this.id = id;
    this.#playerId = playerId;
    this.context = context;
    this.journal = new Journal(context.content);
    this.#address = address;
  }

  /** @throws GAME_SESSION_UNKNOWN, CONTENT_PACK_UNKNOWN, GAME_RULES_VERSION_UNKNOWN */
  static async open(address: Address, sessionId: string): Promise<PlayedSession> {
    const { platform, tenant } = address;
    const { playerId, ...context } = await persistently(address.waiting, (onRetry) =>
      platform.tenancy.run(
        tenant,
        async (tx) => {
          const { contentVersion, rulesVersion } = await sessionState(tx, sessionId);
          const [summary] = await listSessions(tx, { id: sessionId });
          return {
            playerId: summary?.playerId ?? '',
            rules: rulesFor(rulesVersion),
            content: await platform.game.packs.get(tx, contentVersion),
          };
        },
        { idempotent: true, onRetry },
      ),
    );
    const session = new PlayedSession(sessionId, address, playerId, context);
    await session.#catchUp();
    return session;
  }

  get state(): SessionState {
    return this.#state;
  }

  get desk(): DeskView {
    return viewDesk(this.#state, this.context.content, this.context.rules);
  }

  legal(): Action[] {
    return legalActions(this.#state, this.context);
  }

  /** Performs an action on what the player saw. A refusal changes nothing; the state is read again all the same. */
  async act(action: Action): Promise<Happened> {
    const { platform, tenant, waiting } = this.#address;
    const request = {
      sessionId: this.id,
      actionId: uuidv7(),
      action,
      expectedSequence: this.#state.sequence,
    };
    try {
      await persistently(waiting, (onRetry) =>
        actAsPerson(platform, tenant, this.#playerId, request, { onRetry }),
      );
    } catch (error) {
      if (!(error instanceof DmzError) || !/^(GAME|ENTRY)_/.test(error.code)) throw error;
      await this.#catchUp();
      return { events: [], refusal: error };
    }
    return { events: await this.#catchUp(), refusal: null };
  }

  /** Reads what is new in the store, whoever wrote it. */
  async #catchUp(): Promise<StoredEvent[]> {
    const { platform, tenant, waiting } = this.#address;
    const from = this.#state.sequence + 1;
    const events = await persistently(waiting, (onRetry) =>
      platform.tenancy.run(
        tenant,
        async (tx) => {
          const read: StoredEvent[] = [];
          for await (const event of sessionEvents(tx, this.id, { from })) read.push(event);
          return read;
        },
        { idempotent: true, onRetry },
      ),
    );
    for (const event of events) this.journal.add(event);
    this.#state = fold(this.#state, events);
    return events;
  }
}

/** Waits for the database as long as the platform does, and then as long as the player wants to. */
export async function persistently<Result>(
  waiting: Waiting,
  work: (onRetry: (error: unknown) => void) => Promise<Result>,
): Promise<Result> {
  for (;;) {
    let told = false;
    try {
      const result = await work((error) => {
        if (told || !isAway(error)) return;
        told = true;
        waiting.began();
      });
      if (told) waiting.ended();
      return result;
    } catch (error) {
      if (!isAway(error)) throw error;
      await waiting.gaveUp(error);
    }
  }
}

const isAway = (error: unknown): error is DmzError =>
  isDmzError(error, 'DATABASE_UNAVAILABLE') || isDmzError(error, 'TENANCY_COMMIT_UNKNOWN');
