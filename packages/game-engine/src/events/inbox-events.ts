/** Events about e-mails: their arrival, what the player looked at and decided, and what came of it. */
import { z } from 'zod';
import { EmailCategory, Technique } from '../content.ts';
import { defineEvent } from '../define-event.ts';
import {
  artifactKey,
  costCredits,
  count,
  creditsDelta,
  day,
  difficulty,
  domain,
  emailKey,
  indicatorKey,
  intelDelta,
  packetKey,
  templateKey,
  trustDelta,
} from '../event-fields.ts';
import {
  AttackKind,
  Decision,
  FinalDecision,
  IndicatorLocation,
  ListName,
  Offer,
  Outcome,
} from '../vocabulary.ts';

const legitimate = z.boolean().describe('the truth about the e-mail');

const arrivals = [
  defineEvent(
    'game.email.received',
    { says: 'An e-mail came into the inbox.', causedBy: ['acknowledge_day'] },
    {
      1: z.strictObject({
        emailKey,
        templateKey,
        day,
        category: EmailCategory,
        difficulty,
        legitimate,
        senderDomain: domain,
        senderListed: ListName.nullable().describe('where the sender already stood; null on no list'),
        attackKind: AttackKind.nullable().describe('what approving it leads to; null for an honest e-mail'),
        offer: Offer.nullable().describe('what hosting it would bring; null where nothing is hosted'),
      }),
    },
  ),
  defineEvent(
    'game.email.opened',
    { says: 'The player looked at an e-mail for the first time.', causedBy: ['open_email'] },
    { 1: z.strictObject({ emailKey }) },
  ),
  defineEvent(
    'game.indicator.marked',
    { says: 'The player pointed at something that gives an e-mail away.', causedBy: ['mark_indicator'] },
    {
      1: z.strictObject({
        emailKey,
        technique: Technique,
        location: IndicatorLocation,
        correct: z.boolean().describe('whether it is there'),
        indicatorKeys: z
          .array(indicatorKey)
          .max(6)
          .describe('indicators that were found; one place can give away more than one'),
        creditsDelta,
        intelDelta,
      }),
    },
  ),
  defineEvent(
    'game.verification.requested',
    {
      says: 'The player asked for the papers of a sender.',
      causedBy: ['request_verification', 'submit_decision'],
    },
    {
      1: z.strictObject({
        emailKey,
        packetKey,
        day,
        dueDay: day.describe('when they arrive'),
        creditsDelta,
        costCredits,
      }),
    },
  ),
  defineEvent(
    'game.verification.delivered',
    {
      says: 'The papers of a sender arrived.',
      causedBy: ['request_verification', 'submit_decision', 'acknowledge_day'],
    },
    {
      1: z.strictObject({
        emailKey,
        packetKey,
        day,
        artifactKeys: z.array(artifactKey).max(4).describe('what they consist of'),
      }),
    },
  ),
] as const;

const decisions = [
  defineEvent(
    'game.email.decided',
    { says: 'The player decided what becomes of an e-mail.', causedBy: ['submit_decision'] },
    {
      1: z.strictObject({
        emailKey,
        day,
        decision: Decision,
        timeSpentMs: count.describe('how long the player took, in milliseconds'),
        capacityLacking: z.boolean().describe('whether there was no room for the offer at that moment'),
      }),
    },
  ),
  defineEvent(
    'game.email.deferred',
    { says: 'An e-mail was put off to tomorrow.', causedBy: ['submit_decision', 'advance_day'] },
    {
      1: z.strictObject({
        emailKey,
        day,
        deferrals: z.int().min(1).describe('how often it has been put off, this time included'),
        automatic: z.boolean().describe('whether the day ended before the player decided'),
        trustDelta,
      }),
    },
  ),
  defineEvent(
    'game.email.expired',
    { says: 'An e-mail left the inbox without a decision.', causedBy: ['advance_day'] },
    {
      1: z.strictObject({
        emailKey,
        day,
        reason: z.enum(['deferral_limit', 'session_ended']).describe('why it left'),
        trustDelta,
      }),
    },
  ),
  defineEvent(
    'game.decision.resolved',
    { says: 'The truth about a decided e-mail came out.', causedBy: ['advance_day'] },
    {
      1: z.strictObject({
        emailKey,
        day,
        decision: FinalDecision,
        outcome: Outcome,
        correct: z.boolean().describe('whether the decision was right'),
        creditsDelta,
        trustDelta,
        intelDelta,
        category: EmailCategory,
        difficulty,
        legitimate,
      }),
    },
  ),
  defineEvent(
    'game.sender.listed',
    { says: 'A sender was put on a list, and taken off the other one.', causedBy: ['advance_day'] },
    { 1: z.strictObject({ list: ListName, domain, emailKey }) },
  ),
  defineEvent(
    'game.backlog.penalised',
    { says: 'Too many e-mails were left waiting.', causedBy: ['advance_day'] },
    { 1: z.strictObject({ day, count: count.describe('e-mails beyond what is tolerated'), trustDelta }) },
  ),
] as const;

export const inboxEvents = [...arrivals, ...decisions] as const;
