/** Pseudonymous facts about play and learning, and what is derived from them. */
import { defineModule } from '../../kernel/db/index.ts';
import { experimentTables } from './tables/experiments.ts';
import { measureTables } from './tables/measures.ts';

export const analyticsTables = defineModule('analytics', (kit) => ({
  ...measureTables(kit),
  ...experimentTables(kit),
}));

export const {
  schema,
  events,
  playerProfiles,
  complianceSnapshots,
  projectionCursors,
  experiments,
  variants,
  experimentAssignments,
} = analyticsTables.canonical;
