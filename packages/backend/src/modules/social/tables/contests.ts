/** Competitions: announced events that people enter, and the matches that are played in them or on their own. */
import { bigint, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, type TableKit, type TableRef } from '../../../kernel/db/index.ts';
import { authTargets } from '../../auth/schema.ts';
import { gameTargets } from '../../game/schema.ts';
import { orgTargets } from '../../org/schema.ts';

export function contestTables(kit: TableKit, corporations: TableRef) {
  const competitiveEvents = competitiveEventTable(kit);
  return {
    competitiveEvents,
    competitiveEventParticipants: participantTable(kit, competitiveEvents, corporations),
    ...matchTables(kit, competitiveEvents),
  };
}

function competitiveEventTable({ tenantTable }: TableKit) {
  return tenantTable(
    'competitive_events',
    'Tournaments and challenges of a tenant, from announcement to final places.',
    {
      name: text('name').notNull(),
      description: text('description'),
      format: text('format', {
        enum: ['single_elimination', 'double_elimination', 'round_robin', 'swiss', 'time_trial'],
      }).notNull(),
      entrant: text('entrant', { enum: ['person', 'team', 'corporation'] }).notNull(),
      status: text('status', { enum: ['draft', 'announced', 'running', 'completed', 'cancelled'] })
        .notNull()
        .default('draft'),
      rules: described(
        jsonb('rules').$type<Record<string, unknown>>().notNull(),
        'Settings of the format: rounds, points, handicaps.',
      ),
      maxParticipants: described(integer('max_participants'), 'Null where anyone may enter.'),
      registrationClosesAt: instant('registration_closes_at').notNull(),
      startsAt: instant('starts_at').notNull(),
      endsAt: instant('ends_at').notNull(),
    },
    {
      evolving: true,
      recoverable: true,
      indexes: { 'events that are coming or running': ['status', 'startsAt'] },
      checks: {
        times_in_order: `"registration_closes_at" <= "starts_at" and "starts_at" < "ends_at"`,
        two_participants_at_least: `"max_participants" >= 2`,
      },
    },
  );
}

function participantTable(
  { tenantTable, to }: TableKit,
  competitiveEvents: TableRef,
  corporations: TableRef,
) {
  return tenantTable(
    'competitive_event_participants',
    'Who entered a competitive event, and how it ended for them.',
    {
      competitiveEventId: uuid('competitive_event_id').notNull(),
      userId: uuid('user_id'),
      teamId: uuid('team_id'),
      corporationId: uuid('corporation_id'),
      status: text('status', {
        enum: ['registered', 'checked_in', 'eliminated', 'finished', 'withdrawn', 'disqualified'],
      })
        .notNull()
        .default('registered'),
      seedRank: described(integer('seed_rank'), 'Place in the seeding, 1 for the favourite.'),
      points: integer('points').notNull().default(0),
      finalRank: integer('final_rank'),
      registeredAt: instant('registered_at').notNull(),
    },
    {
      unique: [
        ['competitiveEventId', 'userId'],
        ['competitiveEventId', 'teamId'],
        ['competitiveEventId', 'corporationId'],
      ],
      references: [
        to(competitiveEvents, 'competitiveEventId', 'cascade'),
        to(authTargets.users, 'userId', 'cascade'),
        to(orgTargets.teams, 'teamId'),
        to(corporations, 'corporationId', 'cascade'),
      ],
      checks: {
        one_entrant: `num_nonnulls("user_id", "team_id", "corporation_id") = 1`,
        ranks_from_one: `"seed_rank" >= 1 and "final_rank" >= 1`,
      },
    },
  );
}

function matchTables({ tenantTable, to }: TableKit, competitiveEvents: TableRef) {
  const matches = tenantTable(
    'matches',
    'Games that people play against or with each other, on the same seed and content so that they compare.',
    {
      competitiveEventId: described(uuid('competitive_event_id'), 'Null for a match outside any event.'),
      round: described(integer('round'), 'Round of the event, from 1.'),
      mode: text('mode', { enum: ['duel', 'co_op', 'team', 'free_for_all'] }).notNull(),
      status: text('status', { enum: ['scheduled', 'running', 'completed', 'cancelled', 'forfeited'] })
        .notNull()
        .default('scheduled'),
      seed: described(
        bigint('seed', { mode: 'number' }).notNull(),
        'Seed of every participant’s session, 0 to 2^53 - 1.',
      ),
      contentVersion: text('content_version').notNull(),
      scheduledAt: instant('scheduled_at').notNull(),
      startedAt: instant('started_at'),
      endedAt: instant('ended_at'),
    },
    {
      references: [to(competitiveEvents, 'competitiveEventId')],
      indexes: { 'matches to be started': ['status', 'scheduledAt'] },
      checks: {
        seed_range: `"seed" between 0 and 9007199254740991`,
        round_of_event: `"round" is null or ("round" >= 1 and "competitive_event_id" is not null)`,
        ended_after_start: `"ended_at" >= "started_at"`,
        end_dated: `"status" <> 'completed' or "ended_at" is not null`,
      },
    },
  );

  const matchParticipants = tenantTable(
    'match_participants',
    'Who plays in a match, on which side, in which session, and with what result.',
    {
      matchId: uuid('match_id').notNull(),
      userId: uuid('user_id').notNull(),
      sessionId: described(uuid('session_id'), 'The session that is played for it; null until it starts.'),
      side: described(integer('side').notNull(), 'Side in the match, from 1; people of one side share it.'),
      score: integer('score'),
      outcome: text('outcome', { enum: ['win', 'loss', 'draw', 'forfeit'] }),
      ratingBefore: described(integer('rating_before'), 'Elo rating on entering.'),
      ratingAfter: integer('rating_after'),
    },
    {
      unique: [['matchId', 'userId'], ['sessionId']],
      references: [
        to(matches, 'matchId', 'cascade'),
        to(authTargets.users, 'userId', 'cascade'),
        to(gameTargets.sessions, 'sessionId'),
      ],
      checks: {
        side_from_one: `"side" >= 1`,
        ratings_not_negative: `"rating_before" >= 0 and "rating_after" >= 0`,
      },
    },
  );

  return { matches, matchParticipants };
}
