/** How far players are. All of it is about a person and goes when the person does. */
import { integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, pii, type TableKit, type TableRef } from '../../../kernel/db/index.ts';
import { standing, standingRange } from './factions.ts';

interface ProgressTargets {
  readonly users: TableRef;
  readonly seasons: TableRef;
  readonly nodes: TableRef;
  readonly choices: TableRef;
  readonly factions: TableRef;
}

const behaviour = { category: 'behaviour', onErasure: 'delete_row' } as const;

export function progressTables(kit: TableKit, targets: ProgressTargets) {
  const { tenantTable, to } = kit;
  const { users, seasons, nodes } = targets;
  const playerProgress = tenantTable(
    'player_progress',
    'How far a player is in a season: the scene where the story goes on, and what it remembers.',
    {
      userId: uuid('user_id').notNull(),
      seasonId: uuid('season_id').notNull(),
      currentNodeId: pii(described(uuid('current_node_id'), 'Null before the first scene.'), {
        ...behaviour,
        purpose: 'going on where the player stopped',
      }),
      state: text('state', { enum: ['not_started', 'in_progress', 'completed'] })
        .notNull()
        .default('not_started'),
      flags: pii(
        described(
          jsonb('flags').$type<Record<string, unknown>>().notNull().default({}),
          'What the story remembers of the player’s choices, by flag.',
        ),
        { ...behaviour, purpose: 'telling the story that the player’s choices lead to' },
      ),
      startedAt: instant('started_at'),
      lastPlayedAt: instant('last_played_at'),
      completedAt: instant('completed_at'),
    },
    {
      evolving: true,
      unique: [['userId', 'seasonId']],
      references: [to(users, 'userId', 'cascade'), to(seasons, 'seasonId'), to(nodes, 'currentNodeId')],
      indexes: { 'how far players are in a season': ['seasonId', 'state'] },
      checks: {
        started_has_time: `("state" = 'not_started') = ("started_at" is null)`,
        completed_has_time: `("state" = 'completed') = ("completed_at" is not null)`,
        started_has_node: `"state" = 'not_started' or "current_node_id" is not null`,
        times_in_order: `"last_played_at" >= "started_at" and "completed_at" >= "started_at"`,
      },
    },
  );
  return { playerProgress, ...trailTables(kit, targets, playerProgress) };
}

function trailTables(
  { tenantTable, to }: TableKit,
  { choices, factions }: ProgressTargets,
  playerProgress: TableRef,
) {
  const playerChoices = tenantTable(
    'player_choices',
    'The choices that a player made in a season: the way through its scenes.',
    {
      progressId: uuid('progress_id').notNull(),
      position: described(integer('position').notNull(), 'Order in which they were made, from 1.'),
      choiceId: pii(uuid('choice_id').notNull(), {
        ...behaviour,
        purpose: 'telling the story that the player’s choices lead to',
      }),
      chosenAt: instant('chosen_at').notNull(),
    },
    {
      subject: 'progressId',
      privileges: ['select', 'insert', 'delete'],
      unique: [['progressId', 'position']],
      references: [to(playerProgress, 'progressId', 'cascade'), to(choices, 'choiceId')],
      checks: { position_positive: `"position" > 0` },
    },
  );

  const factionStandings = tenantTable(
    'faction_standings',
    'How a faction regards a player by now, in one season.',
    {
      progressId: uuid('progress_id').notNull(),
      factionId: uuid('faction_id').notNull(),
      standing: pii(standing(), { ...behaviour, purpose: 'letting factions answer to what the player did' }),
    },
    {
      subject: 'progressId',
      unique: [['progressId', 'factionId']],
      references: [to(playerProgress, 'progressId', 'cascade'), to(factions, 'factionId')],
      checks: standingRange,
    },
  );

  return { playerChoices, factionStandings };
}
