/**
 * Compares what somebody was told was accepted with what is stored: the record of the action, and the raw events of its
 * session, hashed anew. Reads only.
 */

import type { GameEvent } from '@archive-gate/game-engine';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { requireList } from '../../kernel/values/index.ts';
import { type EventRow, readCoveredRows } from './read-stream.ts';
import { type ActionRow, readActions } from './replay-source.ts';
import { findSession } from './session-state.ts';
import { hashEvents } from './stream.ts';

/** An action as it was acknowledged. */
export interface ActionClaim {
  readonly actionId: string;
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly eventsSha256: string;
}

export interface ClaimProblem {
  readonly kind: 'missing' | 'different';
  readonly reason: string;
}

/**
 * @param claims  all of one session
 * @returns each claim with what is wrong with it, if anything is
 * @throws GAME_SESSION_UNKNOWN
 */
export async function examineClaims<Claim extends ActionClaim>(
  tx: TenantTx,
  sessionId: string,
  claims: readonly Claim[],
): Promise<{ claim: Claim; problem: ClaimProblem | undefined }[]> {
  requireList('claims', claims);
  const session = await findSession(tx, sessionId);
  const actions = new Map<string, ActionRow>();
  for await (const action of readActions(tx, sessionId)) actions.set(action.id, action);
  const events = new Map<string, EventRow[]>();
  for await (const row of readCoveredRows(tx, session)) {
    const ofAction = events.get(row.actionId);
    if (ofAction) ofAction.push(row);
    else events.set(row.actionId, [row]);
  }
  return claims.map((claim) => ({
    claim,
    problem: findProblem(claim, actions.get(claim.actionId), events.get(claim.actionId) ?? []),
  }));
}

function findProblem(
  claim: ActionClaim,
  action: ActionRow | undefined,
  rows: readonly EventRow[],
): ClaimProblem | undefined {
  if (!action && rows.length === 0)
    return { kind: 'missing', reason: 'neither the action nor its events are stored' };
  if (!action) return { kind: 'missing', reason: 'its events are stored, the record of the action is not' };
  if (rows.length === 0)
    return { kind: 'missing', reason: 'the action is recorded, its events are not stored' };
  const { firstSequence, lastSequence, eventsSha256 } = claim;
  const told = `${firstSequence} to ${lastSequence}`;
  const recorded = `${action.firstSequence} to ${action.lastSequence}`;
  if (recorded !== told) return different(`recorded with sequences ${recorded}, acknowledged with ${told}`);
  const stored = rows.map(({ sequence }) => sequence);
  if (
    stored.length !== lastSequence - firstSequence + 1 ||
    stored.some((sequence, at) => sequence !== firstSequence + at)
  )
    return different(`its events are stored at ${stored.join(', ')}, acknowledged were ${told}`);
  if (action.eventsSha256 !== eventsSha256)
    return different('the recorded hash of the events is another one');
  if (hashEvents(rows.map(asHashed)) !== eventsSha256)
    return different('the stored events hash to another value');
  return undefined;
}

const different = (reason: string): ClaimProblem => ({ kind: 'different', reason });

/** As stored, not lifted to a later version: what was acknowledged is what was written then. */
const asHashed = ({ sequence, eventType, version, eventData }: EventRow) =>
  ({ sequence, type: eventType, version, data: eventData }) as unknown as GameEvent & {
    readonly sequence: number;
  };
