/**
 * Random legal play against a model that is the engine alone: with repeated and reused actions, several writers at once,
 * connections that the server kills, and months that end on the way, the stored stream is always the model's.
 */
import {
  type Action,
  chooseAction,
  type DecideContext,
  decide,
  fold,
  type GameEvent,
  initialState,
  isOver,
  rules,
  type SessionState,
} from '@archive-gate/game-engine';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlClient } from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { somePlayer } from '../../../test/harness/play.ts';
import type { Platform } from '../../platform.ts';
import { type AcceptedAction, hashEvents, listSessions } from './index.ts';

const TENANT = 'consumers';
const RUNS = 1_000;
const MONTHS = ['2030-01-01', '2030-02-01', '2030-03-01'];
/** The last second of a month that has a partition of its own; later ones fall into the default partition. */
const STARTS = ['2030-01-31T23:59:59Z', '2030-02-28T23:59:59Z', '2030-03-31T23:59:59Z'];

type Step = 'act' | 'repeat' | 'reuse' | 'race' | 'crash' | 'month';

const plan = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
  start: fc.constantFrom(...STARTS),
  skill: fc.constantFrom('novice' as const, 'expert' as const),
  steps: fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constant<Step>('act') },
      { weight: 6, arbitrary: fc.constantFrom<Step>('repeat', 'reuse', 'race', 'crash', 'month') },
    ),
    { minLength: 1, maxLength: 8 },
  ),
});
type Plan = typeof plan extends fc.Arbitrary<infer Value> ? Value : never;

describe('random play', () => {
  const db = useDatabase();
  let admin: SqlClient;
  let platforms: [Platform, Platform];
  let context: DecideContext;
  let playerId: string;
  let now = new Date();

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    const owner = await db.connectAsOwner();
    for (const month of MONTHS) await owner.query("SELECT dmz.ensure_partition('game.events', $1)", [month]);
    const clock = { now: () => now };
    platforms = [db.open({ clock, poolSize: 3 }), db.open({ clock, poolSize: 3 })];
    playerId = await somePlayer(platforms[0], TENANT);
    const { sessionId } = await start(1);
    const content = await platforms[0].tenancy.run(TENANT, async (tx) => {
      const [session] = await listSessions(tx, { id: sessionId });
      return platforms[0].game.packs.get(tx, session!.contentVersion);
    });
    context = { rules, content };
  });

  const start = (seed: number) =>
    platforms[0].game.start(TENANT, { actionId: uuidv7(), playerId, seed, days: 10 });

  it(`is stored as the engine alone decides it, in ${RUNS} games`, { timeout: 900_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (game) => {
        now = new Date(game.start);
        const { sessionId } = await start(game.seed);
        const model = new Model(game, context, sessionId);
        for (const step of game.steps) {
          if (isOver(model.state)) break;
          await play(step, model);
        }
        expect(await storedEvents(sessionId)).toEqual(model.stored());
        const report = await platforms[1].game.replay(TENANT, sessionId);
        expect(report).toMatchObject({ events: model.events.length, mismatches: [] });
      }),
      { numRuns: RUNS },
    );
  });

  async function play(step: Step, model: Model): Promise<void> {
    const { sessionId, last } = model;
    const [one, other] = platforms;
    if (step === 'month') {
      now = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
    } else if (step === 'act' || step === 'crash') {
      const action = model.choose();
      const request = { sessionId, actionId: uuidv7(), action };
      const acting = one.game.act(TENANT, request);
      if (step === 'crash') await killConnections();
      model.accept(action, await acting);
    } else if (step === 'repeat' && last) {
      const again = { sessionId, actionId: last.accepted.actionId, action: last.action };
      const answers = await Promise.all([one.game.act(TENANT, again), other.game.act(TENANT, again)]);
      expect(answers).toEqual([last.accepted, last.accepted]);
    } else if (step === 'reuse' && last) {
      const type = last.action.type === 'pause' ? 'resume' : 'pause';
      const reuse = one.game.act(TENANT, { sessionId, actionId: last.accepted.actionId, action: { type } });
      await expect(reuse).rejects.toMatchObject({ code: 'GAME_ACTION_ID_REUSED' });
    } else if (step === 'race') {
      await race(model);
    }
  }

  /** Writers who all saw the same sequence: one is accepted, and the others are told where the session stands. */
  async function race(model: Model): Promise<void> {
    const action = model.choose();
    const expectedSequence = model.state.sequence;
    const results = await Promise.allSettled(
      [0, 1, 0, 1].map((at) =>
        platforms[at]!.game.act(TENANT, {
          sessionId: model.sessionId,
          actionId: uuidv7(),
          action,
          expectedSequence,
        }),
      ),
    );
    const winners = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(winners).toHaveLength(1);
    model.accept(action, winners[0]!);
    for (const result of results) {
      if (result.status === 'fulfilled') continue;
      const data = { expected: expectedSequence, actual: model.state.sequence };
      expect(result.reason).toMatchObject({ code: 'GAME_SEQUENCE_CONFLICT', data });
    }
  }

  async function killConnections(): Promise<void> {
    await admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND usename = 'dmz_app'`,
    );
  }

  async function storedEvents(sessionId: string) {
    const { rows } = await admin.query(
      `SELECT sequence::int, event_type AS type, version, event_data AS data FROM game.events
       WHERE session_id = $1 ORDER BY sequence, id`,
      [sessionId],
    );
    return rows;
  }
});

/** What the session should be: the engine's own events, without a database. */
class Model {
  readonly sessionId: string;
  state: SessionState = initialState();
  events: readonly GameEvent[] = [];
  last: { readonly action: Action; readonly accepted: AcceptedAction } | undefined;
  readonly #game: Plan;
  readonly #context: DecideContext;

  constructor(game: Plan, context: DecideContext, sessionId: string) {
    this.#game = game;
    this.#context = context;
    this.sessionId = sessionId;
    this.#advance({ type: 'start', seed: game.seed, days: 10 });
  }

  choose(): Action {
    const { skill, seed } = this.#game;
    return chooseAction(this.state, this.#context, { skill, seed });
  }

  accept(action: Action, accepted: AcceptedAction): void {
    const firstSequence = this.state.sequence + 1;
    const added = this.#advance(action);
    const numbered = added.map((event, at) => ({ ...event, sequence: firstSequence + at }));
    expect(accepted).toMatchObject({
      sessionId: this.sessionId,
      firstSequence,
      lastSequence: this.state.sequence,
      eventsSha256: hashEvents(numbered),
    });
    this.last = { action, accepted };
  }

  stored() {
    return this.events.map(({ type, version, data }, at) => ({ sequence: at + 1, type, version, data }));
  }

  #advance(action: Action): readonly GameEvent[] {
    const decided = decide(this.state, action, this.#context);
    if (!decided.ok) throw new Error(`${action.type}: ${decided.refusal.code}`);
    this.events = [...this.events, ...decided.events];
    this.state = fold(this.state, decided.events);
    return decided.events;
  }
}
