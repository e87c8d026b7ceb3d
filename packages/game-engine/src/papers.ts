/** Verification packets: the papers of a sender, from the template of its e-mail. */
import type { ContentPack } from './content.ts';
import { packetKeyFor } from './phases.ts';
import { type Refusal, refuse } from './refusals.ts';
import type { InboxEmail, SessionState } from './state.ts';
import { findTemplate, type Transcript } from './transcript.ts';

/** Refuses to go on when a packet would have to be made from a template that is not there. */
export function checkTemplates(state: SessionState, content: ContentPack): Refusal | null {
  const orphan = state.inbox.find((email) => findTemplate(content, email.templateKey) === undefined);
  return orphan === undefined ? null : refuseMissingTemplate(orphan.templateKey, content);
}

export const refuseMissingTemplate = (templateKey: string, content: ContentPack): Refusal =>
  refuse(
    'GAME_CONTENT_TEMPLATE_MISSING',
    `${content.version} without ${templateKey}`,
    `template ${templateKey}`,
  );

export function deliverPacket(transcript: Transcript, email: InboxEmail): void {
  const template = findTemplate(transcript.content, email.templateKey);
  transcript.record('game.verification.delivered', {
    emailKey: email.emailKey,
    packetKey: packetKeyFor(email.emailKey),
    day: transcript.state.day,
    artifactKeys: (template?.artifacts ?? []).map((artifact) => artifact.key),
  });
}

/**
 * Asks for the papers of a sender. The first ones of a day come at once, the desk's couriers being at hand;
 * the others come the next morning.
 */
export function requestPacket(transcript: Transcript, email: InboxEmail): void {
  const { rules, state } = transcript;
  const { priceCredits, sameDaySlots, deskExtraSlots } = rules.verification;
  const slots = sameDaySlots + (state.defences.includes('verification_desk') ? deskExtraSlots : 0);
  const sameDay = state.today.verifications < slots;
  transcript.record('game.verification.requested', {
    emailKey: email.emailKey,
    packetKey: packetKeyFor(email.emailKey),
    day: state.day,
    dueDay: sameDay ? state.day : state.day + 1,
    costCredits: priceCredits,
    creditsDelta: -priceCredits,
  });
  if (sameDay) deliverPacket(transcript, email);
}
