/** Content by players: projects and their versions, what others think of them, and whether they may be offered. */
import { defineModule } from '../../kernel/db/index.ts';
import { marketTables } from './tables/market.ts';
import { projectTables } from './tables/projects.ts';

export const ugcTables = defineModule('ugc', (kit) => {
  const authored = projectTables(kit);
  return { ...authored, ...marketTables(kit, authored) };
});

export const { schema, projects, versions, reviews, marketplaceListings, moderationDecisions } =
  ugcTables.canonical;
