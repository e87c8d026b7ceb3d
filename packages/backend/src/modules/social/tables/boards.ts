/** Leaderboards and the places on them. Redis serves them; these rows are what it is rebuilt from. */
import { bigint, integer, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, pii, type TableKit, type TableRef } from '../../../kernel/db/index.ts';
import { authTargets } from '../../auth/schema.ts';
import { orgTargets } from '../../org/schema.ts';

export function boardTables(kit: TableKit, corporations: TableRef) {
  const leaderboards = boardTable(kit);
  return { leaderboards, leaderboardEntries: entryTable(kit, leaderboards, corporations) };
}

function boardTable({ tenantTable, to }: TableKit) {
  return tenantTable(
    'leaderboards',
    'Rankings of a tenant: by which measure, among whom, and over which period.',
    {
      key: described(text('key').notNull(), 'Stable name that code uses; the same for every period.'),
      name: text('name').notNull(),
      metric: text('metric', {
        enum: ['score', 'accuracy', 'reports', 'streak', 'experience', 'credits'],
      }).notNull(),
      entrant: described(
        text('entrant', { enum: ['person', 'team', 'corporation'] }).notNull(),
        'What is ranked on it.',
      ),
      departmentId: described(
        uuid('department_id'),
        'Only this department is ranked; null for the whole tenant.',
      ),
      cadence: text('cadence', { enum: ['daily', 'weekly', 'monthly', 'season', 'all_time'] }).notNull(),
      startsAt: instant('starts_at').notNull(),
      endsAt: described(instant('ends_at'), 'Null for an all-time board.'),
      closedAt: described(instant('closed_at'), 'When its places became final.'),
      revision: described(
        bigint('revision', { mode: 'number' }).notNull().default(0),
        'Counts the changes of its places; who makes one holds this row until it is committed.',
      ),
    },
    {
      unique: [['key', 'startsAt']],
      references: [to(orgTargets.departments, 'departmentId')],
      checks: {
        ends_after_start: `"ends_at" > "starts_at"`,
        all_time_never_ends: `("cadence" = 'all_time') = ("ends_at" is null)`,
      },
    },
  );
}

function entryTable({ tenantTable, to }: TableKit, leaderboards: TableRef, corporations: TableRef) {
  return tenantTable(
    'leaderboard_entries',
    'The place of one person, team or corporation on a leaderboard.',
    {
      leaderboardId: uuid('leaderboard_id').notNull(),
      userId: uuid('user_id'),
      teamId: uuid('team_id'),
      corporationId: uuid('corporation_id'),
      score: pii(bigint('score', { mode: 'number' }).notNull(), {
        category: 'behaviour',
        purpose: 'ranking those who play',
        onErasure: 'delete_row',
      }),
      achievedAt: described(
        instant('achieved_at').notNull(),
        'When the score was reached; of equal scores the earlier one is ahead.',
      ),
      finalRank: described(integer('final_rank'), 'Place once the board is closed; null until then.'),
      revision: described(
        bigint('revision', { mode: 'number' }).notNull().default(0),
        'Revision of the board at which the place last changed: a copy of the board goes on from there.',
      ),
    },
    {
      unique: [
        ['leaderboardId', 'userId'],
        ['leaderboardId', 'teamId'],
        ['leaderboardId', 'corporationId'],
      ],
      references: [
        to(leaderboards, 'leaderboardId', 'cascade'),
        to(authTargets.users, 'userId', 'cascade'),
        to(orgTargets.teams, 'teamId'),
        to(corporations, 'corporationId', 'cascade'),
      ],
      indexes: {
        'the head of a leaderboard': ['leaderboardId', 'score desc', 'achievedAt'],
        'places that a copy of the board does not have yet': ['leaderboardId', 'revision', 'id'],
      },
      checks: {
        one_entrant: `num_nonnulls("user_id", "team_id", "corporation_id") = 1`,
        rank_from_one: `"final_rank" >= 1`,
      },
    },
  );
}
