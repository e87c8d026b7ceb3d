/** The player's verdict on an e-mail. Its truth shows when the day advances, not before. */
import { shortageFor } from '../capacity.ts';
import type { Handler } from '../handler.ts';
import { refuseMissingTemplate, requestPacket } from '../papers.ts';
import { type Refusal, refuse } from '../refusals.ts';
import type { Rules } from '../rules-shape.ts';
import type { InboxEmail, SessionState } from '../state.ts';
import { findTemplate, type Transcript } from '../transcript.ts';
import { checkPending, checkVerification, findEmail, refuseUnknownEmail } from './triage.ts';

export const submitDecision: Handler<'submit_decision'> = {
  check(state, { emailKey, decision }, { rules, content }) {
    const email = findEmail(state, emailKey);
    if (email === undefined) return refuseUnknownEmail(state, emailKey);
    const refusal = checkPending(email);
    if (refusal !== null) return refusal;
    if (decision === 'approve') {
      const shortage = shortageFor(state, email.offer, rules);
      return shortage && refuse('GAME_CAPACITY_INSUFFICIENT', shortage.found, shortage.expected);
    }
    if (decision === 'defer') return checkDeferral(state, email, rules);
    if (decision !== 'request_verification') return null;
    const known = findTemplate(content, email.templateKey) !== undefined;
    return (
      checkVerification(state, email, rules) ??
      (known ? null : refuseMissingTemplate(email.templateKey, content))
    );
  },
  perform(transcript, { emailKey, decision, timeSpentMs }) {
    const { rules, state } = transcript;
    const email = findEmail(state, emailKey);
    if (email === undefined) return;
    transcript.record('game.email.decided', {
      emailKey,
      day: state.day,
      decision,
      timeSpentMs,
      capacityLacking: shortageFor(state, email.offer, rules) !== null,
    });
    if (decision === 'request_verification') requestPacket(transcript, email);
    if (decision === 'defer') defer(transcript, email, false);
  },
};

/** Putting off ends at the limit, and on the last day: without a tomorrow it would only dodge the cost of expiry. */
function checkDeferral(state: SessionState, email: InboxEmail, { inbox }: Rules): Refusal | null {
  if (state.day === state.days) return refuse('GAME_DEFERRAL_LIMIT', 'the last day', 'a day before the last');
  return email.deferrals < inbox.maxDeferrals
    ? null
    : refuse('GAME_DEFERRAL_LIMIT', `${email.deferrals} deferrals`, `fewer than ${inbox.maxDeferrals}`);
}

/** Puts an e-mail off until tomorrow, by the player or because the day ended. */
export function defer(transcript: Transcript, email: InboxEmail, automatic: boolean): void {
  transcript.record('game.email.deferred', {
    emailKey: email.emailKey,
    day: transcript.state.day,
    deferrals: email.deferrals + 1,
    automatic,
    trustDelta: transcript.bounded('trust', transcript.rules.inbox.deferralTrust),
  });
}
