/**
 * A simulated player: starts games, plays each to its end, and starts the next. It decides every action by itself with
 * the engine before it sends it, so that it need not read its state back, and so that each acknowledgement is checked
 * against what the rules say. Where the two differ, or the platform gave up, it reads its state and goes on from there.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Action,
  type BotSkill,
  type ContentPack,
  chooseAction,
  decide,
  fold,
  initialState,
  isOver,
  RULES_VERSION,
  refusalCodes,
  rulesFor,
  type SessionState,
} from '@archive-gate/game-engine';
import { v7 as uuidv7 } from 'uuid';
import { DmzError } from '../kernel/errors/index.ts';
import { type AcceptedAction, hashEvents } from '../modules/game/index.ts';
import type { Platform } from '../platform.ts';
import type { AckLog } from './ack-log.ts';
import type { Budget } from './budget.ts';
import type { Tally } from './tally.ts';

/** What the players of one simulation share. */
export interface Table {
  readonly platform: Platform;
  readonly tenant: string;
  readonly tenantId: string;
  /** The pack that new games are played with. */
  readonly content: ContentPack;
  readonly seed: number;
  readonly days: number;
  readonly budget: Budget;
  readonly tally: Tally;
  readonly ackLog: AckLog | undefined;
  readonly onStarted: ((sessionId: string) => void) | undefined;
}

/** Every fourth player is a novice, the next one trained, and so on. */
const SKILLS: readonly BotSkill[] = ['novice', 'trained', 'expert', 'reckless'];
/** A player whom the platform fails this often in a row, with growing pauses, leaves: it will not get better. */
const MOST_FAILURES_IN_A_ROW = 5;
const FIRST_PAUSE_MS = 250;

interface Game {
  readonly sessionId: string;
  readonly seed: number;
  readonly content: ContentPack;
  state: SessionState;
}

export class Player {
  readonly #table: Table;
  readonly #number: number;
  readonly #personId: string;
  #games = 0;
  #game: Game | undefined;

  /** @param number  from 0; with the simulation's seed it decides how this player plays */
  constructor(table: Table, number: number, personId: string) {
    this.#table = table;
    this.#number = number;
    this.#personId = personId;
  }

  /** Plays until the budget is used up, or until the platform has failed too often. */
  async play(): Promise<void> {
    const { budget, tally } = this.#table;
    let failures = 0;
    while (failures < MOST_FAILURES_IN_A_ROW && budget.take()) {
      try {
        await (this.#game ? this.#move(this.#game) : this.#start());
        failures = 0;
      } catch (error) {
        budget.giveBack();
        if (!isOfPlatform(error)) throw error;
        if ((refusalCodes as readonly string[]).includes(error.code)) tally.refused += 1;
        else tally.fail(error.code);
        failures += 1;
        if (failures < MOST_FAILURES_IN_A_ROW) await this.#recover(failures);
      }
    }
  }

  async #start(): Promise<void> {
    const { platform, tenant, content, days } = this.#table;
    const seed = seedOf(this.#table.seed, this.#number, this.#games);
    const before = initialState();
    const decided = decideHere(before, { type: 'start', seed, days }, RULES_VERSION, content);
    const actionId = uuidv7();
    const accepted = await this.#send((onRetry) =>
      platform.game.start(tenant, { actionId, playerId: this.#personId, seed, days }, { onRetry }),
    );
    this.#games += 1;
    this.#table.tally.sessions += 1;
    this.#table.onStarted?.(accepted.sessionId);
    this.#game = { sessionId: accepted.sessionId, seed, content, state: before };
    await this.#follow(this.#game, accepted, decided);
  }

  async #move(game: Game): Promise<void> {
    const { platform, tenant } = this.#table;
    const { sessionId, state, seed, content } = game;
    const context = { rules: rulesFor(state.rulesVersion), content };
    const action = chooseAction(state, context, { skill: skillOf(this.#number), seed });
    const decided = decideHere(state, action, state.rulesVersion, content);
    const actionId = uuidv7();
    const accepted = await this.#send((onRetry) =>
      platform.game.act(tenant, { sessionId, actionId, action, clientTime: new Date() }, { onRetry }),
    );
    await this.#follow(game, accepted, decided);
  }

  /** Sends one action, measures it, and writes its acknowledgement down before anything else happens. */
  async #send(request: (onRetry: () => void) => Promise<AcceptedAction>): Promise<AcceptedAction> {
    const { tally, ackLog, tenantId } = this.#table;
    const sentAt = performance.now();
    const accepted = await request(() => {
      tally.retried += 1;
    });
    const { sessionId, actionId, firstSequence, lastSequence, eventsSha256 } = accepted;
    const waitedMs = performance.now() - sentAt;
    tally.accept(lastSequence - firstSequence + 1, waitedMs);
    const acknowledgedAt = new Date().toISOString();
    ackLog?.append({
      tenantId,
      sessionId,
      actionId,
      firstSequence,
      lastSequence,
      eventsSha256,
      acknowledgedAt,
      waitedMs: Math.round(waitedMs),
    });
    return accepted;
  }

  /** Takes over what was decided here, once the platform has acknowledged the very same. */
  async #follow(game: Game, accepted: AcceptedAction, decided: ReturnType<typeof decideHere>): Promise<void> {
    if (accepted.firstSequence === game.state.sequence + 1 && accepted.eventsSha256 === decided.sha256) {
      game.state = fold(game.state, decided.events);
    } else {
      this.#table.tally.fail('SIMULATION_DECIDED_OTHERWISE');
      await this.#reload(game);
    }
    if (!isOver(game.state)) return;
    this.#table.tally.finished += 1;
    this.#game = undefined;
  }

  async #recover(failures: number): Promise<void> {
    const { budget, tally } = this.#table;
    if (budget.isOver) return;
    await sleep(FIRST_PAUSE_MS * 2 ** (failures - 1));
    if (!this.#game || budget.isOver) return;
    try {
      await this.#reload(this.#game);
      if (isOver(this.#game.state)) this.#game = undefined;
    } catch (error) {
      if (!isOfPlatform(error)) throw error;
      tally.fail(error.code);
    }
  }

  async #reload(game: Game): Promise<void> {
    const { platform, tenant } = this.#table;
    game.state = await platform.game.state(tenant, game.sessionId);
  }
}

function decideHere(state: SessionState, action: Action, rulesVersion: number, content: ContentPack) {
  const decided = decide(state, action, { rules: rulesFor(rulesVersion), content });
  const events = decided.ok ? decided.events : [];
  const numbered = events.map((event, at) => ({ ...event, sequence: state.sequence + 1 + at }));
  return { events, sha256: hashEvents(numbered) };
}

/** The log of acknowledgements is the simulation's own; without it, going on would prove nothing. */
const isOfPlatform = (error: unknown): error is DmzError =>
  error instanceof DmzError && !error.code.startsWith('SIMULATION_');

const skillOf = (player: number): BotSkill => SKILLS[player % SKILLS.length] ?? 'trained';

/** A key of its own for every game, the same whenever the simulation's seed is the same. */
function seedOf(simulation: number, player: number, game: number): number {
  return createHash('sha256').update(`${simulation}/${player}/${game}`).digest().readUIntBE(0, 6);
}
