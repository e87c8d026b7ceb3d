/**
 * Prompts and their versions, the jobs that generate content, a log of every call to a model, and the safety reviews
 * of what came back. The log says what was asked and answered by hash; the texts are encrypted objects of files.
 */
import { defineModule } from '../../kernel/db/index.ts';
import { authTargets } from '../auth/schema.ts';
import { contentTargets } from '../content/schema.ts';
import { publicTargets } from '../public/schema.ts';
import { generationTables } from './tables/generation.ts';
import { promptTables } from './tables/prompts.ts';
import { safetyTables } from './tables/safety.ts';

export const aiTables = defineModule('ai', (kit) => {
  const { users } = authTargets;
  const prompts = promptTables(kit, users);
  const generation = generationTables(kit, {
    users,
    items: contentTargets.items,
    currencies: publicTargets.currencies,
    promptTemplateVersions: prompts.promptTemplateVersions,
  });
  return { ...prompts, ...generation, ...safetyTables(kit, users, generation.generationLog) };
});

export const {
  schema,
  promptTemplates,
  promptTemplateVersions,
  generationJobs,
  generationLog,
  safetyReviews,
  safetyFindings,
} = aiTables.canonical;
