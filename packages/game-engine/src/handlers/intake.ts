/**
 * The morning: packets that were asked for arrive, and the day's new e-mails are chosen.
 * Invariant: the number of new e-mails and their honest share keep the tier's bounds on every single day.
 */

import { attackKindFor } from '../attack-kind.ts';
import { domainOf, type EmailTemplate } from '../content.ts';
import { type Draws, Stream } from '../draws.ts';
import type { Handler } from '../handler.ts';
import { checkTemplates, deliverPacket } from '../papers.ts';
import { emailKeyFor, enterPhase } from '../phases.ts';
import { maxDeceptive } from '../rules.ts';
import type { Transcript } from '../transcript.ts';
import type { ListName } from '../vocabulary.ts';

export const acknowledgeDay: Handler<'acknowledge_day'> = {
  check: (state, _action, { content }) => checkTemplates(state, content),
  perform(transcript) {
    const { day } = transcript.state;
    transcript.record('game.day.acknowledged', { day });
    enterPhase(transcript, 'inbox_intake');
    for (const email of transcript.state.inbox) {
      if (email.status === 'verifying' && (email.verificationDueDay ?? day) <= day) {
        deliverPacket(transcript, email);
      }
    }
    chooseTemplates(transcript).forEach((template, index) => {
      receive(transcript, template, emailKeyFor(day, index + 1));
    });
    enterPhase(transcript, 'triage');
  },
};

function chooseTemplates(transcript: Transcript): EmailTemplate[] {
  const { rules, content, state } = transcript;
  const draws = transcript.draws(Stream.inbox);
  const tier = rules.threatTiers[state.threatTier];
  const honest = content.emails.filter((email) => email.legitimate);
  const deceptive = content.emails.filter((email) => !email.legitimate);
  const total = draws.integer(tier.minEmails, tier.maxEmails);
  const most = deceptive.length === 0 ? 0 : maxDeceptive(tier, total);
  const deceptions = draws.integer(Math.max(0, most - rules.inbox.deceptiveSpread), most);
  const chosen = new Set<string>();
  return draws.shuffle([
    ...pickSeveral(transcript, draws, honest, total - deceptions, chosen),
    ...pickSeveral(transcript, draws, deceptive, deceptions, chosen),
  ]);
}

/** Picks without repeating, as long as the pack lasts, what came today or lately or still waits in the inbox. */
function pickSeveral(
  { rules, state }: Transcript,
  draws: Draws,
  templates: readonly EmailTemplate[],
  count: number,
  chosen: Set<string>,
): EmailTemplate[] {
  const weights = rules.threatTiers[state.threatTier].difficultyWeights;
  const waiting = new Set(state.inbox.map((email) => email.templateKey));
  const recent = new Set(state.recentTemplates);
  const weightOf = ({ key, difficulty }: EmailTemplate): number => {
    if (chosen.has(key) || waiting.has(key)) return 0;
    return (weights[difficulty - 1] ?? 0) * (recent.has(key) ? 1 : rules.inbox.freshWeightFactor);
  };
  const picked: EmailTemplate[] = [];
  while (picked.length < count) {
    const template =
      draws.pick(templates, weightOf) ??
      draws.pick(templates, ({ key }) => (chosen.has(key) ? 0 : 1)) ??
      draws.pick(templates, () => 1);
    if (template === undefined) break;
    chosen.add(template.key);
    picked.push(template);
  }
  return picked;
}

function receive(transcript: Transcript, template: EmailTemplate, emailKey: string): void {
  const { state } = transcript;
  const senderDomain = domainOf(template.from.address);
  transcript.record('game.email.received', {
    emailKey,
    templateKey: template.key,
    day: state.day,
    category: template.category,
    difficulty: template.difficulty,
    legitimate: template.legitimate,
    senderDomain,
    senderListed: listOf(transcript, senderDomain),
    attackKind: template.legitimate ? null : attackKindFor(template),
    // A guest that pays for no day is no guest, however much it would occupy.
    offer: template.offer.days > 0 && template.offer.creditsPerDay > 0 ? template.offer : null,
  });
}

function listOf({ state }: Transcript, domain: string): ListName | null {
  if (state.blacklist.includes(domain)) return 'blacklist';
  return state.whitelist.includes(domain) ? 'whitelist' : null;
}
