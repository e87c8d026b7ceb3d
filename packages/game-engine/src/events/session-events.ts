/** Events about the session itself, and about its days and their phases. */
import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import {
  count,
  credits,
  creditsDelta,
  day,
  intel,
  intelDelta,
  packVersion,
  programVersion,
  Tally,
  trust,
  trustDelta,
} from '../event-fields.ts';
import { CorrectionReason, FacilityTier, Grade, Phase, Resources, ThreatTier } from '../vocabulary.ts';

const score = count.describe('points, 0 to 1000');
const clients = count.describe('guests in the house');

export const sessionEvents = [
  defineEvent(
    'game.session.started',
    { says: 'A session began, on these versions and with this opening.', causedBy: ['start'] },
    {
      1: z.strictObject({
        seed: count.describe('key of every random draw'),
        days: z.int().min(1).max(1000).describe('length of the game in game days'),
        engineVersion: programVersion,
        rulesVersion: z.int().min(1).describe('version of the numbers'),
        contentVersion: packVersion,
        credits,
        trust,
        intel,
        facilityTier: FacilityTier,
        allocation: Resources.describe('capacity online'),
      }),
    },
  ),
  defineEvent(
    'game.session.paused',
    { says: 'The player interrupted the game; its phase is kept.', causedBy: ['pause'] },
    { 1: z.strictObject({ day }) },
  ),
  defineEvent(
    'game.session.resumed',
    { says: 'The player went on with a paused game.', causedBy: ['resume'] },
    { 1: z.strictObject({ day }) },
  ),
  defineEvent(
    'game.session.abandoned',
    { says: 'The player gave the game up, for good.', causedBy: ['abandon'] },
    { 1: z.strictObject({ day, phase: Phase.describe('where it was given up') }) },
  ),
  defineEvent(
    'game.session.completed',
    { says: 'The last day ended; this is the result.', causedBy: ['advance_day'] },
    {
      1: z.strictObject({
        score,
        grade: Grade,
        days: day.describe('how long the game was'),
        totals: Tally.describe('counters of the whole session'),
        accuracyPermille: count.max(1000).describe('share of right decisions, of 1000'),
        credits,
        trust,
        intel,
        facilityTier: FacilityTier,
        clients,
      }),
    },
  ),
  defineEvent(
    'game.day.started',
    { says: 'A game day began, under this threat.', causedBy: ['start', 'advance_day'] },
    { 1: z.strictObject({ day, threatTier: ThreatTier }) },
  ),
  defineEvent(
    'game.day.acknowledged',
    { says: 'The player read the morning’s report.', causedBy: ['acknowledge_day'] },
    { 1: z.strictObject({ day }) },
  ),
  defineEvent(
    'game.phase.entered',
    {
      says: 'The day went on to its next phase.',
      causedBy: ['start', 'acknowledge_day', 'advance_day', 'process_threats', 'resolve_incident'],
    },
    { 1: z.strictObject({ day, phase: Phase }) },
  ),
  defineEvent(
    'game.day.ended',
    { says: 'A game day ended; this is its summary.', causedBy: ['advance_day'] },
    {
      1: z.strictObject({
        day,
        tally: Tally.describe('counters of the day'),
        credits,
        trust,
        intel,
        threatTier: ThreatTier,
        score,
        clients,
        carried: count.describe('e-mails that wait for tomorrow'),
      }),
    },
  ),
  defineEvent(
    'game.event.corrected',
    {
      says: 'An earlier event was wrong, and this makes good what it changed; a score that is final stays.',
      causedBy: ['correct'],
    },
    {
      1: z.strictObject({
        sequence: z.int().min(1).describe('the event that was wrong; it stays as it is'),
        reason: CorrectionReason,
        creditsDelta,
        trustDelta,
        intelDelta,
      }),
    },
  ),
] as const;
