/** The story’s tables: what is told, by whom it is peopled, and how far each player is. */
import { defineModule } from '../../kernel/db/index.ts';
import { authTargets } from '../auth/schema.ts';
import { factionTables } from './tables/factions.ts';
import { narrativeTables } from './tables/narrative.ts';
import { progressTables } from './tables/progress.ts';

export const storyTables = defineModule('story', (kit) => {
  const narrative = narrativeTables(kit);
  const powers = factionTables(kit);
  const targets = { users: authTargets.users, ...narrative, ...powers };
  return { ...narrative, ...powers, ...progressTables(kit, targets) };
});

export const {
  schema,
  seasons,
  chapters,
  nodes,
  choices,
  factions,
  factionRelations,
  playerProgress,
  playerChoices,
  factionStandings,
} = storyTables.canonical;
