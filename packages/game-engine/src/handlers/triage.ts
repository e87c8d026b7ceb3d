/** The work of the day: open e-mails, mark what gives them away, ask for papers. */

import type { Handler } from '../handler.ts';
import { refuseMissingTemplate, requestPacket } from '../papers.ts';
import { type Refusal, refuse } from '../refusals.ts';
import type { Rules } from '../rules-shape.ts';
import type { InboxEmail, SessionState } from '../state.ts';
import { findTemplate } from '../transcript.ts';

export const findEmail = (state: SessionState, emailKey: string): InboxEmail | undefined =>
  state.inbox.find((email) => email.emailKey === emailKey);

export const refuseUnknownEmail = (state: SessionState, emailKey: string): Refusal =>
  refuse('GAME_EMAIL_UNKNOWN', emailKey, `one of the ${state.inbox.length} e-mails in the inbox`);

/** Refuses what would touch an e-mail that is decided, put off or waiting for its papers. */
export function checkPending(email: InboxEmail): Refusal | null {
  const expected = 'an e-mail that waits for a decision';
  const found = `${email.emailKey}, ${email.status}`;
  if (email.status === 'decided') return refuse('GAME_EMAIL_ALREADY_DECIDED', found, expected);
  if (email.status === 'deferred') return refuse('GAME_EMAIL_DEFERRED', found, expected);
  if (email.status === 'verifying') return refuse('GAME_EMAIL_AWAITING_VERIFICATION', found, expected);
  return null;
}

export const openEmail: Handler<'open_email'> = {
  check(state, { emailKey }) {
    const email = findEmail(state, emailKey);
    if (email === undefined) return refuseUnknownEmail(state, emailKey);
    return email.opened ? refuse('GAME_EMAIL_ALREADY_OPENED', emailKey, 'an unopened e-mail') : null;
  },
  perform: (transcript, { emailKey }) => transcript.record('game.email.opened', { emailKey }),
};

export const markIndicator: Handler<'mark_indicator'> = {
  check(state, { emailKey, technique, location }, { rules, content }) {
    const email = findEmail(state, emailKey);
    if (email === undefined) return refuseUnknownEmail(state, emailKey);
    if (!email.opened) return refuse('GAME_EMAIL_NOT_OPENED', emailKey, 'an opened e-mail');
    if (email.status === 'decided') return checkPending(email);
    const repeated = email.marks.some((mark) => mark.technique === technique && mark.location === location);
    if (repeated) {
      return refuse('GAME_INDICATOR_REPEATED', `${technique} at ${location}`, 'an indicator not marked yet');
    }
    const { maxPerEmail } = rules.indicators;
    if (email.marks.length >= maxPerEmail) {
      return refuse('GAME_INDICATOR_LIMIT', `${email.marks.length} marks`, `fewer than ${maxPerEmail} marks`);
    }
    return findTemplate(content, email.templateKey)
      ? null
      : refuseMissingTemplate(email.templateKey, content);
  },
  perform(transcript, { emailKey, technique, location }) {
    const { rules, content, state } = transcript;
    const template = findTemplate(content, findEmail(state, emailKey)?.templateKey ?? '');
    const found = (template?.indicators ?? []).filter(
      (each) => each.technique === technique && each.location === location,
    );
    const correct = found.length > 0;
    transcript.record('game.indicator.marked', {
      emailKey,
      technique,
      location,
      correct,
      indicatorKeys: found.map((each) => each.key),
      creditsDelta: correct ? 0 : transcript.bounded('credits', rules.indicators.wrongCredits),
      intelDelta: correct ? transcript.bounded('intel', rules.indicators.rightIntel) : 0,
    });
  },
};

/** Refuses to ask twice, and to ask without the money for a courier. */
export function checkVerification(state: SessionState, email: InboxEmail, rules: Rules): Refusal | null {
  const { priceCredits } = rules.verification;
  if (email.verificationDueDay !== null) {
    return refuse(
      'GAME_VERIFICATION_REPEATED',
      `${email.emailKey}, verified`,
      'an e-mail without its papers',
    );
  }
  if (state.credits < priceCredits) {
    return refuse('GAME_CREDITS_INSUFFICIENT', `${state.credits} credits`, `${priceCredits} credits`);
  }
  return null;
}

export const requestVerification: Handler<'request_verification'> = {
  check(state, { emailKey }, { rules, content }) {
    const email = findEmail(state, emailKey);
    if (email === undefined) return refuseUnknownEmail(state, emailKey);
    const refusal = checkPending(email) ?? checkVerification(state, email, rules);
    if (refusal !== null) return refusal;
    return findTemplate(content, email.templateKey)
      ? null
      : refuseMissingTemplate(email.templateKey, content);
  },
  perform(transcript, { emailKey }) {
    const email = findEmail(transcript.state, emailKey);
    if (email !== undefined) requestPacket(transcript, email);
  },
};
