/**
 * Corrects an event that turned out to be wrong: a new event refers to it, and makes good what it changed. The event and
 * the entry in the audit log are of one transaction, so no correction is without its entry. Who corrected stands in
 * the audit log alone, since events hold nothing about people.
 */
import { Correction } from '@archive-gate/game-engine';
import type { z } from 'zod';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { recordAudit } from '../admin/index.ts';
import { type AcceptedAction, appendIn } from './append-events.ts';
import { keepHot } from './hot-sessions.ts';
import { parseRequest } from './parse-request.ts';
import { decideAction, findAccepted, type Props, readPosition } from './perform-action.ts';

/** The changes are 0 unless given; what the rules' bounds do not allow of them is left out. */
export interface CorrectionRequest extends Omit<z.input<typeof Correction>, 'type'> {
  readonly sessionId: string;
  /** Given by the sender, unique within the tenant; sent again, it is answered with the first result. */
  readonly actionId: string;
  /** The person who corrects, whose right to do so the caller has checked; an operator unless given. */
  readonly actorId?: string;
}

/**
 * @throws GAME_ACTION_INVALID, GAME_ACTION_ID_REUSED, GAME_ACTION_IN_PROGRESS, GAME_SESSION_UNKNOWN
 * @throws GAME_CORRECTED_EVENT_UNKNOWN  when the session has no event of that sequence
 * @throws GAME_CORRECTION_EMPTY         when nothing would change, be it for the bounds
 */
export async function correctEvent(
  tx: TenantTx,
  props: Props,
  sent: CorrectionRequest,
): Promise<AcceptedAction> {
  const { sequence, reason, creditsDelta, trustDelta, intelDelta } = sent;
  const asked = { type: 'correct', sequence, reason, creditsDelta, trustDelta, intelDelta };
  const { action, request } = parseRequest(Correction, asked, sent);
  const { sessionId, actionId, actorId } = request;
  const earlier = await findAccepted(tx, request, action);
  if (earlier) return earlier;
  const position = await readPosition(tx, props, sessionId);
  const events = decideAction(position, action);
  const expectedSequence = position.state.sequence;
  const append = { sessionId, actionId, action, events, expectedSequence, clientTime: null };
  const accepted = await appendIn(tx, append);
  await recordAudit(tx, {
    actor: actorId === undefined ? { kind: 'operator' } : { kind: 'person', id: actorId },
    action: 'game.event.corrected',
    subject: { type: 'session', id: sessionId },
    details: { ...events[0]?.data, correctedBySequence: accepted.firstSequence },
  });
  const { state: before, copy } = position;
  tx.afterCommit(() => keepHot(props.cache, copy, { before, events, accepted }));
  return accepted;
}
