/**
 * The game as other rooms use it. Each call runs in one tenant transaction; accepting an action is repeated by itself
 * as long as the platform can do something about its failure, which is safe because an action id is accepted once.
 */
import type { RunOptions, Tenancy } from '../../kernel/tenancy/index.ts';
import { PackLibrary } from '../content/index.ts';
import { type AcceptedAction, type ActionRequest, performAction } from './perform-action.ts';
import { replaySession } from './replay.ts';
import type { ReplayReport } from './replayed-session.ts';
import { findSession } from './session-state.ts';
import { rebuildReadModels } from './sessions.ts';
import { type StartRequest, startSession } from './start-session.ts';

type OnRetry = Pick<RunOptions, 'onRetry'>;

export interface Game {
  readonly packs: PackLibrary;
  /** See `startSession`. */
  start(tenant: string, request: StartRequest, options?: OnRetry): Promise<AcceptedAction>;
  /** See `performAction`. A conflict is answered by deciding anew on the new state, unless `expectedSequence` was given. */
  act(tenant: string, request: ActionRequest, options?: OnRetry): Promise<AcceptedAction>;
  /** @throws GAME_SESSION_UNKNOWN */
  replay(tenant: string, sessionId: string): Promise<ReplayReport>;
  /** @throws GAME_SESSION_UNKNOWN */
  rebuild(tenant: string, sessionId: string): Promise<number>;
}

export function createGame(tenancy: Tenancy): Game {
  const packs = new PackLibrary();
  return {
    packs,
    start: (tenant, request, options) =>
      tenancy.run(tenant, (tx) => startSession(tx, packs, request), { ...options, idempotent: true }),
    act: (tenant, request, options) =>
      tenancy.run(tenant, (tx) => performAction(tx, packs, request), {
        ...options,
        idempotent: true,
        ...(request.expectedSequence === undefined ? {} : { surface: ['GAME_SEQUENCE_CONFLICT'] }),
      }),
    replay: (tenant, sessionId) =>
      // One snapshot: a session that is being played meanwhile would else seem to differ from itself.
      tenancy.run(tenant, async (tx) => replaySession(tx, packs, await findSession(tx, sessionId)), {
        snapshot: true,
      }),
    rebuild: (tenant, sessionId) =>
      tenancy.run(tenant, (tx) => rebuildReadModels(tx, packs, sessionId), { idempotent: true }),
  };
}
