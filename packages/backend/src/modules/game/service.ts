/**
 * The game as other rooms use it. Each call runs in one tenant transaction; accepting an action is repeated by itself
 * as long as the platform can do something about its failure, which is safe because an action id is accepted once.
 */
import type { SessionState } from '@archive-gate/game-engine';
import type { RunOptions, Tenancy, TenantTx } from '../../kernel/tenancy/index.ts';
import type { PackLibrary } from '../content/index.ts';
import type { AcceptedAction } from './append-events.ts';
import { type AppendToStream, appendToStream } from './append-to-stream.ts';
import { type Branch, type BranchRequest, branchSession } from './branch-session.ts';
import { type CorrectionRequest, correctEvent } from './correct-event.ts';
import { GroupAppend } from './group-append.ts';
import { openHotSession } from './hot-sessions.ts';
import { type ActionRequest, type Props, performAction } from './perform-action.ts';
import { replaySession } from './replay.ts';
import type { ReplayReport } from './replayed-session.ts';
import { findSession } from './session-state.ts';
import { type StartRequest, startSession } from './start-session.ts';

type OnRetry = Pick<RunOptions, 'onRetry'>;

export interface Game {
  readonly packs: PackLibrary;
  /** See `startSession`. */
  start(tenant: string, request: StartRequest, options?: OnRetry): Promise<AcceptedAction>;
  /** See `performAction`. A conflict is answered by deciding anew on the new state, unless `expectedSequence` was given. */
  act(tenant: string, request: ActionRequest, options?: OnRetry): Promise<AcceptedAction>;
  /** Corrects an event by a new one, and says so in the audit log. See `correctEvent`. */
  correct(tenant: string, request: CorrectionRequest, options?: OnRetry): Promise<AcceptedAction>;
  /** Appends events that the caller has decided on. See `appendToStream`. */
  append(tenant: string, request: AppendToStream, options?: OnRetry): Promise<AcceptedAction>;
  /** See `branchSession`. */
  branch(tenant: string, request: BranchRequest): Promise<Branch>;
  /** As the session is now. @throws what `openSession` throws */
  state(tenant: string, sessionId: string): Promise<SessionState>;
  /** @throws GAME_SESSION_UNKNOWN */
  replay(tenant: string, sessionId: string): Promise<ReplayReport>;
  /** The same in the caller's transaction. */
  replayIn(tx: TenantTx, sessionId: string): Promise<ReplayReport>;
}

/** What the game needs of those who follow its events. */
export interface Followers {
  /** Told of a session that has new events, once they are committed. */
  onAppended(tenantId: string, sessionId: string): void;
  /** The sequence that the session's read models have reached. */
  projectedUpTo(tx: TenantTx, sessionId: string): Promise<number>;
}

export function createGame(tenancy: Tenancy, props: Props, followers: Followers): Game {
  const { packs, cache } = props;
  const stage = { tenancy, ...props, appends: new GroupAppend(tenancy) };
  const told = async (accepted: Promise<AcceptedAction>, tenant: string): Promise<AcceptedAction> => {
    const { sessionId } = await accepted;
    followers.onAppended((await tenancy.locate(tenant)).id, sessionId);
    return accepted;
  };
  const replayIn = async (tx: TenantTx, sessionId: string): Promise<ReplayReport> => {
    const session = await findSession(tx, sessionId);
    return replaySession(tx, packs, session, await followers.projectedUpTo(tx, sessionId));
  };
  return {
    packs,
    start: (tenant, request, options) =>
      told(
        tenancy.run(tenant, (tx) => startSession(tx, props, request), { ...options, idempotent: true }),
        tenant,
      ),
    act: (tenant, request, options) => told(performAction(stage, tenant, request, options), tenant),
    correct: (tenant, request, options) =>
      told(
        tenancy.run(tenant, (tx) => correctEvent(tx, props, request), { ...options, idempotent: true }),
        tenant,
      ),
    append: (tenant, request, options) => told(appendToStream(stage, tenant, request, options), tenant),
    async branch(tenant, request) {
      const branch = await tenancy.run(tenant, (tx) => branchSession(tx, request), { idempotent: true });
      followers.onAppended((await tenancy.locate(tenant)).id, branch.sessionId);
      return branch;
    },
    async state(tenant, sessionId) {
      const open = await tenancy.run(tenant, (tx) => openHotSession(tx, cache, sessionId), {
        idempotent: true,
      });
      return open.state;
    },
    replay: (tenant, sessionId) =>
      // One snapshot: a session that is being played meanwhile would else seem to differ from itself.
      tenancy.run(tenant, (tx) => replayIn(tx, sessionId), { snapshot: true }),
    replayIn,
  };
}
