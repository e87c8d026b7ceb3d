/**
 * Techniques, campaigns, and what came of them in sessions. Rows of a session carry the keys of its events, so each can
 * be found again in the stream; campaigns belong to a content pack and stay as they were released.
 */
import { defineModule } from '../../kernel/db/index.ts';
import { gameTargets } from '../game/schema.ts';
import { attackMatrixTables } from './tables/attack-matrix.ts';
import { campaignTables, intelligenceTables } from './tables/campaigns.ts';
import { incidentTables } from './tables/incidents.ts';

export const threatTables = defineModule('threat', (kit) => {
  const matrix = attackMatrixTables(kit);
  const plans = campaignTables(kit, matrix);
  const targets = { ...matrix, ...plans, sessions: gameTargets.sessions };
  return { ...matrix, ...plans, ...incidentTables(kit, targets), ...intelligenceTables(kit, targets) };
});

export const {
  schema,
  attackTactics,
  attackVectors,
  attackVectorTactics,
  campaigns,
  campaignPhases,
  campaignPhaseVectors,
  attacks,
  breaches,
  incidents,
  incidentActions,
  intelligenceBriefs,
  intelligenceBriefVectors,
} = threatTables.canonical;
