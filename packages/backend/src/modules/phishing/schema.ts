/** Simulated phishing: lures with their difficulty, campaigns, and what people did. What people type is never kept. */
import { defineModule } from '../../kernel/db/index.ts';
import { authTargets } from '../auth/schema.ts';
import { orgTargets } from '../org/schema.ts';
import { publicTargets } from '../public/schema.ts';
import { campaignTables } from './tables/campaigns.ts';
import { lureTables } from './tables/lures.ts';

export const phishingTables = defineModule('phishing', (kit) => {
  const lures = lureTables(kit, publicTargets.locales);
  const { users } = authTargets;
  const { departments } = orgTargets;
  return { ...lures, ...campaignTables(kit, { users, departments, ...lures }) };
});

export const {
  schema,
  templates,
  templateCues,
  landingPages,
  teachableMoments,
  campaigns,
  campaignTemplates,
  targets,
  sends,
  interactions,
} = phishingTables.canonical;
