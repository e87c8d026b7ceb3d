/**
 * Prompts and their versions, the jobs that generate content, a log of every call to a model, and the safety reviews
 * of what came back. The log says what was asked and answered by hash; the texts are encrypted objects of files.
 */
import { defineModule } from '../../kernel/db/index.ts';
import { authTables } from '../auth/schema.ts';
import { contentTables } from '../content/schema.ts';
import { publicTables } from '../public/schema.ts';
import { generationTables } from './tables/generation.ts';
import { promptTables } from './tables/prompts.ts';
import { safetyTables } from './tables/safety.ts';

export const aiTables = defineModule('ai', (kit) => {
  const { users } = authTables;
  const prompts = promptTables(kit, users);
  const generation = generationTables(kit, {
    users,
    items: contentTables.items,
    currencies: publicTables.currencies,
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
