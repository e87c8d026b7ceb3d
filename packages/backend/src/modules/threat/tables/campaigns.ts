/** What the adversary plans, and what the players are told of it. */
import { integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

const threatTier = (name: string) => text(name, { enum: ['LOW', 'GUARDED', 'ELEVATED', 'HIGH', 'SEVERE'] });
const addedOnce = { privileges: ['select', 'insert'] } as const;

interface MatrixTables {
  readonly attackTactics: TableRef;
  readonly attackVectors: TableRef;
}

export function campaignTables(kit: TableKit, matrix: MatrixTables) {
  const { campaigns } = planTables(kit);
  return { campaigns, ...phaseTables(kit, matrix, campaigns) };
}

function planTables({ tenantTable }: TableKit) {
  const campaigns = tenantTable(
    'campaigns',
    'Plans of an invented adversary that sessions can meet; released in a content pack and never changed after.',
    {
      packVersion: described(
        text('pack_version').notNull(),
        'Pack and version that a session names, such as base@1.',
      ),
      key: text('key').notNull(),
      name: text('name').notNull(),
      adversary: described(text('adversary').notNull(), 'The invented group behind it.'),
      objective: text('objective', {
        enum: ['credential_theft', 'ransomware', 'data_leak', 'sabotage'],
      }).notNull(),
      sophistication: described(integer('sophistication').notNull(), '1 opportunist to 5 state-like.'),
      fromThreatTier: described(
        threatTier('from_threat_tier').notNull().default('LOW'),
        'Lowest threat at which a session can meet it.',
      ),
      plan: described(
        jsonb('plan').$type<Record<string, unknown>>().notNull(),
        'What the phases have no column for: lures, branching, texts.',
      ),
    },
    {
      ...addedOnce,
      evolving: true,
      unique: [['packVersion', 'key']],
      checks: { sophistication_range: `"sophistication" between 1 and 5` },
    },
  );
  return { campaigns };
}

function phaseTables(
  { tenantTable, to }: TableKit,
  { attackTactics, attackVectors }: MatrixTables,
  campaigns: TableRef,
) {
  const campaignPhases = tenantTable(
    'campaign_phases',
    'Steps of a campaign, each one tactic for a span of game days.',
    {
      campaignId: uuid('campaign_id').notNull(),
      position: described(integer('position').notNull(), 'Order within the campaign, from 1.'),
      tacticId: text('tactic_id').notNull(),
      name: text('name').notNull(),
      startsAfterDays: described(
        integer('starts_after_days').notNull(),
        'Game days from the campaign’s first to this phase’s first.',
      ),
      days: described(integer('days').notNull(), 'Length in game days.'),
      intensityPermille: described(
        integer('intensity_permille').notNull(),
        'Chance of an attack on a day of the phase, of 1000.',
      ),
    },
    {
      ...addedOnce,
      unique: [['campaignId', 'position']],
      references: [to(campaigns, 'campaignId'), to(attackTactics, 'tacticId')],
      checks: {
        position_positive: `"position" > 0`,
        days_range: `"starts_after_days" >= 0 and "days" > 0`,
        intensity_range: `"intensity_permille" between 0 and 1000`,
      },
    },
  );

  const campaignPhaseVectors = tenantTable(
    'campaign_phase_vectors',
    'Techniques that a campaign uses in a phase, and how often each is drawn.',
    {
      phaseId: uuid('phase_id').notNull(),
      techniqueId: text('technique_id').notNull(),
      weight: described(
        integer('weight').notNull().default(1),
        'Drawn in proportion to the others’ weights.',
      ),
    },
    {
      ...addedOnce,
      unique: [['phaseId', 'techniqueId']],
      references: [to(campaignPhases, 'phaseId'), to(attackVectors, 'techniqueId')],
      checks: { weight_positive: `"weight" > 0` },
    },
  );

  return { campaignPhases, campaignPhaseVectors };
}

type IntelligenceTargets = Pick<MatrixTables, 'attackVectors'> & Record<'sessions' | 'campaigns', TableRef>;

export function intelligenceTables({ tenantTable, to }: TableKit, near: IntelligenceTargets) {
  const { attackVectors, sessions, campaigns } = near;
  const intelligenceBriefs = tenantTable(
    'intelligence_briefs',
    'What players are told about the adversary: to everybody, or in one session that paid for it.',
    {
      sessionId: described(uuid('session_id'), 'The session that got it; null for a brief to all.'),
      campaignId: uuid('campaign_id'),
      key: text('key').notNull(),
      title: text('title').notNull(),
      findings: described(
        jsonb('findings').$type<Record<string, unknown>>().notNull(),
        'Paragraphs, indicators of compromise, and what to do.',
      ),
      trafficLight: described(
        text('traffic_light', { enum: ['clear', 'green', 'amber', 'amber_strict', 'red'] })
          .notNull()
          .default('green'),
        'Who may be told (FIRST, Traffic Light Protocol 2.0).',
      ),
      sourceReliability: described(
        text('source_reliability', { enum: ['A', 'B', 'C', 'D', 'E', 'F'] }).notNull(),
        'Admiralty Code (NATO AJP-2.1): A reliable to E unreliable, F cannot be judged.',
      ),
      informationCredibility: described(
        integer('information_credibility').notNull(),
        'Admiralty Code: 1 confirmed to 5 improbable, 6 cannot be judged.',
      ),
      costIntel: described(integer('cost_intel').notNull().default(0), 'Fragments of intel that it costs.'),
      day: described(integer('day'), 'Game day that it came on; null for a brief to all.'),
      publishedAt: instant('published_at').notNull(),
      validUntil: described(
        instant('valid_until'),
        'No longer to be relied on from then (STIX 2.1, valid_until).',
      ),
    },
    {
      subject: 'sessionId',
      evolving: true,
      unique: [['sessionId', 'key']],
      references: [to(sessions, 'sessionId'), to(campaigns, 'campaignId')],
      indexes: { 'briefs, newest first': ['publishedAt desc'] },
      checks: {
        credibility_range: `"information_credibility" between 1 and 6`,
        cost_not_negative: `"cost_intel" >= 0`,
        day_of_session: `("session_id" is null) = ("day" is null)`,
        day_positive: `"day" > 0`,
        validity_order: `"valid_until" > "published_at"`,
      },
    },
  );

  const intelligenceBriefVectors = tenantTable(
    'intelligence_brief_vectors',
    'Techniques that a brief warns of.',
    { briefId: uuid('brief_id').notNull(), techniqueId: text('technique_id').notNull() },
    {
      subject: 'briefId',
      unique: [['briefId', 'techniqueId']],
      references: [to(intelligenceBriefs, 'briefId', 'cascade'), to(attackVectors, 'techniqueId')],
    },
  );

  return { intelligenceBriefs, intelligenceBriefVectors };
}
