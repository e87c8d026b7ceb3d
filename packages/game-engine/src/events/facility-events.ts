/** Events about the house: its guests, its money, its capacity and what was bought for it. */
import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import {
  clientKey,
  count,
  creditsDelta,
  day,
  delta,
  emailKey,
  intelDelta,
  trustDelta,
} from '../event-fields.ts';
import { DepartureReason, FacilityTier, Resource, Resources, Upgrade } from '../vocabulary.ts';

export const facilityEvents = [
  defineEvent(
    'game.client.admitted',
    { says: 'A guest moved in.', causedBy: ['advance_day'] },
    {
      1: z.strictObject({
        clientKey,
        emailKey,
        day,
        untilDay: day.describe('the last day it pays for'),
        creditsPerDay: count.describe('what it pays'),
        occupies: Resources.describe('capacity it takes'),
      }),
    },
  ),
  defineEvent(
    'game.client.departed',
    { says: 'A guest left.', causedBy: ['advance_day', 'adjust_resource', 'process_threats'] },
    { 1: z.strictObject({ clientKey, day, reason: DepartureReason }) },
  ),
  defineEvent(
    'game.income.received',
    { says: 'The guests paid for the day.', causedBy: ['advance_day'] },
    {
      1: z.strictObject({
        day,
        source: z.enum(['clients']).describe('who paid'),
        clients: count.describe('guests that paid'),
        creditsDelta,
      }),
    },
  ),
  defineEvent(
    'game.upkeep.charged',
    { says: 'The house was paid for; what could not be paid cost trust.', causedBy: ['advance_day'] },
    {
      1: z.strictObject({
        day,
        dueCredits: count.describe('what was owed'),
        unpaidCredits: count.describe('what could not be paid'),
        creditsDelta,
        trustDelta,
      }),
    },
  ),
  defineEvent(
    'game.resource.adjusted',
    { says: 'Capacity was brought online, or taken offline.', causedBy: ['adjust_resource'] },
    {
      1: z.strictObject({
        day,
        resource: Resource,
        change: delta.describe('by how much'),
        allocation: Resources.describe('capacity online afterwards'),
        creditsDelta,
      }),
    },
  ),
  defineEvent(
    'game.upgrade.purchased',
    { says: 'A defence, or a larger house, was bought.', causedBy: ['purchase_upgrade'] },
    {
      1: z.strictObject({
        day,
        upgrade: Upgrade,
        facilityTier: FacilityTier.describe('the house afterwards'),
        creditsDelta,
        intelDelta,
      }),
    },
  ),
] as const;
