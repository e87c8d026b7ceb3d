/** Events about attacks: how they were launched, blocked or suffered, and what the attackers think of the house. */
import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import {
  attackKey,
  blockPermille,
  costCredits,
  count,
  creditsDelta,
  day,
  delta,
  emailKey,
  heatDelta,
  incidentKey,
  intelDelta,
  severity,
  trustDelta,
} from '../event-fields.ts';
import { AttackKind, IncidentResponse, ThreatTier } from '../vocabulary.ts';

const entry = emailKey
  .nullable()
  .describe('the approved e-mail that let it in; null for a probe by the worm itself');

export const threatEvents = [
  defineEvent(
    'game.attack.launched',
    { says: 'An attack is on its way.', causedBy: ['advance_day', 'process_threats'] },
    {
      1: z.strictObject({
        attackKey,
        day,
        kind: AttackKind,
        severity,
        emailKey: entry,
        dueDay: day.describe('when it strikes'),
      }),
    },
  ),
  defineEvent(
    'game.attack.blocked',
    { says: 'The defences held.', causedBy: ['process_threats'] },
    { 1: z.strictObject({ attackKey, day, kind: AttackKind, severity, blockPermille }) },
  ),
  defineEvent(
    'game.breach.occurred',
    { says: 'An attack got through; an incident is open.', causedBy: ['process_threats'] },
    {
      1: z.strictObject({
        incidentKey,
        attackKey,
        emailKey: entry,
        day,
        kind: AttackKind,
        severity,
        ransomCredits: count.describe('what is asked for; 0 where nobody asks'),
        creditsDelta,
        trustDelta,
        heatDelta,
        blockPermille,
      }),
    },
  ),
  defineEvent(
    'game.incident.resolved',
    { says: 'The player answered an incident.', causedBy: ['resolve_incident'] },
    {
      1: z.strictObject({
        incidentKey,
        day,
        response: IncidentResponse,
        costCredits,
        creditsDelta,
        trustDelta,
        intelDelta,
        heatDelta,
      }),
    },
  ),
  defineEvent(
    'game.threat.assessed',
    { says: 'The threat of tomorrow was worked out.', causedBy: ['process_threats'] },
    {
      1: z.strictObject({
        day,
        threatTier: ThreatTier.describe('from the next day on'),
        previousTier: ThreatTier.describe('until then'),
        score: count.describe('points that the tier follows from'),
        dayPoints: count.describe('points for the days that have passed'),
        performancePoints: delta.describe('points for the judgement shown; negative for good judgement'),
        heat: count.describe('what is left of the attackers’ attention after today'),
      }),
    },
  ),
] as const;
