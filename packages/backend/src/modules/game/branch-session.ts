/**
 * Branches a session: a what-if copy of it up to a sequence, as a session of its own that is played on from there.
 * Everything happens in one transaction, so a branch is there whole or not at all. What is copied is what was stored,
 * under ids of its own and dated now; the game's own time and chance come from actions and seed, so a replay verifies
 * the branch as it does its origin. Its read models follow as those of every session do.
 */
import { createHash } from 'node:crypto';
import { REDUCER_VERSION } from '@archive-gate/game-engine';
import { and, desc, eq, gte, lte } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { insertRows, type TenantTx } from '../../kernel/tenancy/index.ts';
import { recordAudit } from '../admin/index.ts';
import { eventId } from './append-events.ts';
import { gameErrors } from './errors.ts';
import { type EventRow, readRows } from './read-stream.ts';
import { type ActionRow, readActions, readHead, readSnapshots, type SnapshotRow } from './replay-source.ts';
import { gameTables } from './schema.ts';
import { findSession, type SessionRow } from './session-state.ts';

export interface BranchRequest {
  readonly sessionId: string;
  /** The last sequence to copy: the last event of an action. */
  readonly at: number;
  /** Given by the caller; the same request again answers with the same branch. */
  readonly branchId: string;
}

export interface Branch {
  readonly sessionId: string;
  readonly branchedFromId: string;
  readonly branchedAtSequence: number;
}

/** Held in memory at once: enough to be fast. */
const EVENTS_PER_STATEMENT = 1_000;
const SNAPSHOTS_PER_STATEMENT = 50;

/**
 * @throws GAME_SESSION_UNKNOWN, GAME_SEQUENCE_OUT_OF_RANGE
 * @throws GAME_BRANCH_INSIDE_ACTION  names the nearest sequences at which an action ends
 */
export async function branchSession(
  tx: TenantTx,
  { sessionId, at, branchId }: BranchRequest,
): Promise<Branch> {
  const branch = { sessionId: branchId, branchedFromId: sessionId, branchedAtSequence: at };
  const origin = await findSession(tx, sessionId);
  if (await alreadyBranched(tx, branch)) return branch;
  await requireActionEnd(tx, sessionId, at);
  await insertBranch(tx, origin, branch);
  await copyStream(tx, origin, branch);
  await copySnapshots(tx, branch);
  await recordAudit(tx, {
    actor: { kind: 'operator' },
    action: 'game.session.branched',
    subject: { type: 'session', id: branchId },
    details: { branchedFromId: sessionId, branchedAtSequence: at },
  });
  return branch;
}

async function alreadyBranched(tx: TenantTx, { sessionId, ...origin }: Branch): Promise<boolean> {
  const { sessions } = gameTables(tx);
  const [known] = await tx.select().from(sessions).where(eq(sessions.id, sessionId));
  return (
    known?.branchedFromId === origin.branchedFromId && known.branchedAtSequence === origin.branchedAtSequence
  );
}

/** Between the events of one action a session is in no state that a player could go on from. */
async function requireActionEnd(tx: TenantTx, sessionId: string, at: number): Promise<void> {
  const head = await readHead(tx, sessionId);
  if (!Number.isSafeInteger(at) || at < 1 || at > head)
    throw gameErrors.GAME_SEQUENCE_OUT_OF_RANGE({ found: `sequence ${at}`, expected: `1 to ${head}` });
  const { actions } = gameTables(tx);
  const [around] = await tx
    .select({ first: actions.firstSequence, last: actions.lastSequence })
    .from(actions)
    .where(
      and(eq(actions.sessionId, sessionId), lte(actions.firstSequence, at), gte(actions.lastSequence, at)),
    )
    .orderBy(desc(actions.firstSequence))
    .limit(1);
  if (around?.last === at) return;
  if (!around) throw gameErrors.GAME_HISTORY_BROKEN({ found: `no action at sequence ${at}` });
  const before = around.first > 1 ? `${around.first - 1} or ` : '';
  throw gameErrors.GAME_BRANCH_INSIDE_ACTION({
    found: `sequence ${at}, inside the action of ${around.first} to ${around.last}`,
    expected: `an action’s last sequence, such as ${before}${around.last}`,
  });
}

async function insertBranch(tx: TenantTx, origin: SessionRow, branch: Branch): Promise<void> {
  const { sessions } = gameTables(tx);
  const { playerId, seed, engineVersion, rulesVersion, contentVersion, days } = origin;
  const { sessionId: id, branchedFromId, branchedAtSequence } = branch;
  await tx.insert(sessions).values({
    tenantId: tx.tenantId,
    id,
    playerId,
    seed,
    engineVersion,
    rulesVersion,
    contentVersion,
    days,
    startedAt: tx.now,
    branchedFromId,
    branchedAtSequence,
  });
}

/**
 * The id of a copied action: of the branch's time, and following from the origin's and the branch's, so that it is the
 * same however often the copy is tried, and unlike that of any other branch.
 */
export function branchedActionId(actionId: string, branchId: string, branchedAt: Date): string {
  const random = createHash('sha256').update(`${branchId}/${actionId}`).digest().subarray(0, 16);
  return uuidv7({ msecs: branchedAt.getTime(), seq: 0, random });
}

/** Actions first and their events behind them, a batch of both at a time. */
async function copyStream(tx: TenantTx, origin: SessionRow, branch: Branch): Promise<void> {
  const rows = readRows(tx, origin.id, { to: branch.branchedAtSequence });
  let actions: ActionRow[] = [];
  let events: EventRow[] = [];
  const flush = async () => {
    if (events.length > 0) await insertCopies(tx, branch.sessionId, actions, events);
    actions = [];
    events = [];
  };
  let row = await rows.next();
  for await (const action of readActions(tx, origin.id)) {
    if (action.firstSequence > branch.branchedAtSequence) break;
    actions.push(action);
    for (; !row.done && row.value.sequence <= action.lastSequence; row = await rows.next())
      events.push(row.value);
    if (events.length >= EVENTS_PER_STATEMENT) await flush();
  }
  await flush();
}

async function insertCopies(
  tx: TenantTx,
  sessionId: string,
  actions: readonly ActionRow[],
  events: readonly EventRow[],
): Promise<void> {
  const tables = gameTables(tx);
  const copied = new Map(
    actions.map((action) => [
      action.id,
      { first: action.firstSequence, id: branchedActionId(action.id, sessionId, tx.now) },
    ]),
  );
  const copyOf = (actionId: string) =>
    copied.get(actionId) ?? brokenHistory(`an event of action ${actionId} outside of it`);
  const own = { sessionId, serverTime: tx.now };
  const actionCopies = actions.map(({ createdAt: _created, tenantId: _tenant, ...action }) => ({
    ...action,
    ...own,
    id: copyOf(action.id).id,
  }));
  await insertRows(tx, tables.actions, actionCopies);
  const eventCopies = events.map(({ tenantId: _tenant, ...event }) => {
    const { id: actionId, first } = copyOf(event.actionId);
    return { ...event, ...own, actionId, id: eventId(actionId, tx.now, event.sequence - first) };
  });
  await insertRows(tx, tables.events, eventCopies);
}

function brokenHistory(found: string): never {
  throw gameErrors.GAME_HISTORY_BROKEN({ found });
}

/** The copy folds to the same states, so it opens as fast as its origin at every sequence. */
async function copySnapshots(tx: TenantTx, { sessionId, ...origin }: Branch): Promise<void> {
  let batch: SnapshotRow[] = [];
  const flush = async () => {
    if (batch.length > 0) await insertSnapshots(tx, sessionId, batch);
    batch = [];
  };
  for await (const snapshot of readSnapshots(tx, origin.branchedFromId)) {
    if (snapshot.sequence > origin.branchedAtSequence) break;
    batch.push(snapshot);
    if (batch.length >= SNAPSHOTS_PER_STATEMENT) await flush();
  }
  await flush();
}

function insertSnapshots(tx: TenantTx, sessionId: string, batch: readonly SnapshotRow[]): Promise<void> {
  const copies = batch.map((each) => ({ ...each, sessionId, reducerVersion: REDUCER_VERSION }));
  return insertRows(tx, gameTables(tx).snapshots, copies);
}
