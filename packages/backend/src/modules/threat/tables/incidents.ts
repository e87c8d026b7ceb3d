/** What the adversary did in a session, in the words of its events, and how the player answered. */
import { integer, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

const sessionId = () => ({ sessionId: uuid('session_id').notNull() });
const attackKind = () => ({
  kind: text('kind', { enum: ['credential_theft', 'ransomware', 'data_leak', 'sabotage'] }).notNull(),
  severity: described(integer('severity').notNull(), '1 nuisance to 5 disaster.'),
});
const response = () => text('response', { enum: ['contain', 'restore_backup', 'pay_ransom', 'ignore'] });
const deltas = () => ({
  creditsDelta: integer('credits_delta').notNull(),
  trustDelta: integer('trust_delta').notNull(),
  heatDelta: described(integer('heat_delta').notNull(), 'Change of the attackers’ attention, 0 to 100.'),
});

const severityRange = { severity_range: `"severity" between 1 and 5` };
const dayPositive = { day_positive: `"day" > 0` };

interface IncidentTargets {
  readonly sessions: TableRef;
  readonly campaignPhases: TableRef;
  readonly attackVectors: TableRef;
}

export function incidentTables(kit: TableKit, targets: IncidentTargets) {
  const { attacks } = attackTables(kit, targets);
  const { breaches } = breachTables(kit, targets, attacks);
  return { attacks, breaches, ...responseTables(kit, targets, breaches) };
}

function attackTables(
  { tenantTable, to }: TableKit,
  { sessions, campaignPhases, attackVectors }: IncidentTargets,
) {
  const attacks = tenantTable(
    'attacks',
    'Attacks that were launched in a session: by what way, when they strike, and whether they were stopped.',
    {
      ...sessionId(),
      attackKey: described(text('attack_key').notNull(), 'Name within the session, such as d03-a1.'),
      ...attackKind(),
      techniqueId: described(text('technique_id'), 'How it got in; null where the content does not say.'),
      campaignPhaseId: described(uuid('campaign_phase_id'), 'Null for an attack outside of any campaign.'),
      emailId: described(
        uuid('email_id'),
        'Id in game.emails: the approved e-mail that let it in; null for a probe of the worm itself.',
      ),
      day: described(integer('day').notNull(), 'Game day of its launch.'),
      dueDay: described(integer('due_day').notNull(), 'Game day on which it strikes.'),
      state: text('state', { enum: ['pending', 'blocked', 'breached', 'expired'] })
        .notNull()
        .default('pending'),
      blockPermille: described(
        integer('block_permille'),
        'Chance of 1000 that the defences had; null until it struck.',
      ),
      launchedAt: instant('launched_at').notNull(),
      struckAt: instant('struck_at'),
    },
    {
      subject: 'sessionId',
      privileges: ['select', 'insert', 'update'],
      unique: [['sessionId', 'attackKey']],
      references: [
        to(sessions, 'sessionId'),
        to(attackVectors, 'techniqueId'),
        to(campaignPhases, 'campaignPhaseId'),
      ],
      indexes: { 'attacks of a session that strike on a day': ['sessionId', 'dueDay'] },
      checks: {
        ...severityRange,
        ...dayPositive,
        attack_key_form: `"attack_key" ~ '^d[0-9]{2,4}-a[0-9]+$'`,
        days_in_order: `"due_day" >= "day"`,
        block_range: `"block_permille" between 0 and 1000`,
        strike_complete: `num_nonnulls("struck_at", "block_permille") = case when "state" in ('blocked', 'breached') then 2 else 0 end`,
        times_in_order: `"struck_at" >= "launched_at"`,
      },
    },
  );
  return { attacks };
}

function breachTables({ appendOnlyTable, to }: TableKit, { sessions }: IncidentTargets, attacks: TableRef) {
  const breaches = appendOnlyTable(
    'breaches',
    'Attacks that got through, and what they cost at once.',
    {
      ...sessionId(),
      attackId: uuid('attack_id').notNull(),
      ...attackKind(),
      day: integer('day').notNull(),
      dwellDays: described(integer('dwell_days').notNull(), 'Game days from its launch to the breach.'),
      ...deltas(),
      ransomCredits: described(
        integer('ransom_credits').notNull().default(0),
        'Demanded; 0 where nobody asks for a ransom.',
      ),
      occurredAt: instant('occurred_at').notNull(),
    },
    {
      subject: 'sessionId',
      unique: [['attackId']],
      references: [to(sessions, 'sessionId'), to(attacks, 'attackId')],
      indexes: {
        'breaches of a session, by day': ['sessionId', 'day'],
        'breaches of a tenant over a period, by kind': ['kind', 'occurredAt'],
      },
      checks: {
        ...severityRange,
        ...dayPositive,
        dwell_not_negative: `"dwell_days" >= 0`,
        ransom_not_negative: `"ransom_credits" >= 0`,
      },
    },
  );
  return { breaches };
}

function responseTables(
  { tenantTable, appendOnlyTable, to }: TableKit,
  { sessions }: IncidentTargets,
  breaches: TableRef,
) {
  const incidents = tenantTable(
    'incidents',
    'What a breach leaves to be dealt with; a session goes on once none is open.',
    {
      ...sessionId(),
      breachId: uuid('breach_id').notNull(),
      incidentKey: described(text('incident_key').notNull(), 'Name within the session, such as d03-i1.'),
      state: text('state', { enum: ['open', 'resolved'] })
        .notNull()
        .default('open'),
      response: described(response(), 'The action that resolved it; null while it is open.'),
      openedDay: integer('opened_day').notNull(),
      resolvedDay: integer('resolved_day'),
      openedAt: instant('opened_at').notNull(),
      resolvedAt: instant('resolved_at'),
    },
    {
      subject: 'sessionId',
      privileges: ['select', 'insert', 'update'],
      unique: [['sessionId', 'incidentKey'], ['breachId']],
      references: [to(sessions, 'sessionId'), to(breaches, 'breachId')],
      indexes: { 'open incidents of a session': ['sessionId', 'state'] },
      checks: {
        incident_key_form: `"incident_key" ~ '^d[0-9]{2,4}-i[0-9]+$'`,
        opened_day_positive: `"opened_day" > 0`,
        resolution_complete: `num_nonnulls("response", "resolved_day", "resolved_at") = case "state" when 'open' then 0 else 3 end`,
        times_in_order: `"resolved_day" >= "opened_day" and "resolved_at" >= "opened_at"`,
      },
    },
  );

  const incidentActions = appendOnlyTable(
    'incident_actions',
    'What the player did about an incident, in order, and what each step cost.',
    {
      incidentId: uuid('incident_id').notNull(),
      position: described(integer('position').notNull(), 'Order within the incident, from 1.'),
      response: response().notNull(),
      day: integer('day').notNull(),
      costCredits: described(integer('cost_credits').notNull(), 'Price of the response.'),
      ...deltas(),
      intelDelta: integer('intel_delta').notNull(),
      actionId: described(uuid('action_id').notNull(), 'Id in game.actions: the player’s action.'),
      takenAt: instant('taken_at').notNull(),
    },
    {
      subject: 'incidentId',
      unique: [['incidentId', 'position']],
      references: [to(incidents, 'incidentId')],
      checks: {
        ...dayPositive,
        position_positive: `"position" > 0`,
        cost_not_negative: `"cost_credits" >= 0`,
      },
    },
  );

  return { incidents, incidentActions };
}
