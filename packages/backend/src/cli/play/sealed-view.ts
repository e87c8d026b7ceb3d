/**
 * What a player may see of a session before decisions are resolved. Screens of the open game take these types only,
 * built field by field, so that the truth (`legitimate`, the attack behind it, what papers support, whether a mark hit)
 * cannot slip onto one. Credits on hold for marks hide it too: a mark that missed costs at once, which would tell.
 */
import {
  type ContentPack,
  type Decision,
  type Defence,
  type EmailCategory,
  type EmailStatus,
  type EmailTemplate,
  type FacilityTier,
  findTemplate,
  freeCapacity,
  type InboxEmail,
  type IndicatorLocation,
  type ListName,
  type Offer,
  occupied,
  type Resources,
  type Rules,
  type SessionState,
  type Technique,
  type ThreatTier,
} from '@archive-gate/game-engine';

/** Without `organisation`, which names who really writes. */
export type SealedMail = Pick<
  EmailTemplate,
  'from' | 'subject' | 'headers' | 'body' | 'links' | 'attachments'
> & { readonly replyTo: EmailTemplate['replyTo'] | null };

type Paper = EmailTemplate['artifacts'][number];
export type SealedPaper = Pick<Paper, 'kind' | 'title' | 'content'>;

export interface SealedMark {
  readonly technique: Technique;
  readonly location: IndicatorLocation;
}

export interface SealedLetter {
  readonly emailKey: string;
  readonly day: number;
  readonly category: EmailCategory;
  readonly mail: SealedMail;
  readonly offer: Offer | null;
  readonly status: EmailStatus;
  readonly opened: boolean;
  readonly marks: readonly SealedMark[];
  /** Null while nobody has asked for them, or they are on their way. */
  readonly papers: readonly SealedPaper[] | null;
  readonly papersDueDay: number | null;
  readonly deferrals: number;
  readonly decision: Decision | null;
  /** What became of earlier mails of this sender, which the player was told. */
  readonly senderListed: ListName | null;
}

export interface DeskView {
  readonly day: number;
  readonly days: number;
  readonly threatTier: ThreatTier;
  readonly credits: number;
  readonly creditsOnHold: number;
  readonly trust: number;
  readonly intel: number;
  readonly facilityTier: FacilityTier;
  readonly allocation: Resources;
  readonly occupied: Resources;
  /** After the guests and today's approvals, whatever these turn out to be. */
  readonly free: Resources;
  readonly ceiling: Resources;
  readonly guests: number;
  readonly defences: readonly Defence[];
  readonly letters: readonly SealedLetter[];
}

export function viewDesk(state: SessionState, content: ContentPack, rules: Rules): DeskView {
  return {
    day: state.day,
    days: state.days,
    threatTier: state.threatTier,
    ...purseOf(state, rules),
    trust: state.trust,
    facilityTier: state.facilityTier,
    allocation: state.allocation,
    occupied: occupied(state),
    free: freeCapacity(state),
    ceiling: rules.facilities[state.facilityTier].ceiling,
    guests: state.clients.length,
    defences: state.defences,
    letters: state.inbox.flatMap((email) => sealLetter(email, state, content) ?? []),
  };
}

/**
 * Credits and intel as if every mark on an undecided or unresolved mail had missed: the same number whatever the
 * truth, and never more than there really is. What was right comes back when the mail leaves the inbox.
 */
function purseOf(state: SessionState, { indicators }: Rules) {
  const marks = state.inbox.flatMap((email) => email.marks);
  const right = marks.filter((mark) => mark.correct).length;
  return {
    credits: Math.max(0, state.credits + right * indicators.wrongCredits),
    creditsOnHold: marks.length * -indicators.wrongCredits,
    intel: Math.max(0, state.intel - right * indicators.rightIntel),
  };
}

function sealLetter(email: InboxEmail, state: SessionState, content: ContentPack): SealedLetter | undefined {
  const template = findTemplate(content, email.templateKey);
  if (template === undefined) return undefined;
  const { emailKey, day, category, offer, status, opened, deferrals, decision } = email;
  return {
    emailKey,
    day,
    category,
    offer,
    status,
    opened,
    deferrals,
    decision,
    mail: sealMail(template),
    marks: email.marks.map(({ technique, location }) => ({ technique, location })),
    papers: email.verified ? template.artifacts.map(sealPaper) : null,
    papersDueDay: email.verified ? null : email.verificationDueDay,
    senderListed: listOf(email.senderDomain, state),
  };
}

export function sealMail(template: EmailTemplate): SealedMail {
  const { from, replyTo, subject, headers, body, links, attachments } = template;
  return { from, replyTo: replyTo ?? null, subject, headers, body, links, attachments };
}

const sealPaper = ({ kind, title, content }: Paper): SealedPaper => ({ kind, title, content });

function listOf(domain: string, { blacklist, whitelist }: SessionState): ListName | null {
  if (blacklist.includes(domain)) return 'blacklist';
  return whitelist.includes(domain) ? 'whitelist' : null;
}
