/** Prompts: the one that is being written, and every version that a job may have run. */
import { integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

const promptText = () => ({
  instructions: described(text('instructions').notNull(), 'What the model is told before the request.'),
  template: described(text('template').notNull(), 'The request, with a placeholder for each input.'),
  inputSchema: described(
    jsonb('input_schema').$type<Record<string, unknown>>().notNull(),
    'JSON Schema (draft 2020-12) of the inputs that fill the placeholders.',
  ),
  outputSchema: described(
    jsonb('output_schema').$type<Record<string, unknown>>().notNull(),
    'JSON Schema that an answer must meet to be taken.',
  ),
});

export function promptTables(kit: TableKit, users: TableRef) {
  const { promptTemplates } = templateTables(kit, users);
  return { promptTemplates, ...templateVersionTables(kit, users, promptTemplates) };
}

function templateTables({ tenantTable, to }: TableKit, users: TableRef) {
  const promptTemplates = tenantTable(
    'prompt_templates',
    'Prompts by the task that they are for, each with the draft that is being worked on.',
    {
      key: text('key').notNull(),
      name: text('name').notNull(),
      task: text('task', {
        enum: [
          'write_email',
          'write_document',
          'write_scenario',
          'write_lesson',
          'translate',
          'rate_difficulty',
          'explain_mistake',
          'review_safety',
        ],
      }).notNull(),
      ...promptText(),
      activeRevision: described(
        integer('active_revision'),
        'Revision in prompt_template_versions that new jobs run; null while none is approved.',
      ),
      ownerId: described(uuid('owner_id'), 'Who answers for it; null for what the platform ships.'),
    },
    {
      evolving: true,
      recoverable: true,
      unique: [['key']],
      references: [to(users, 'ownerId')],
      indexes: { 'prompts for a task': ['task'] },
      checks: {
        key_form: `"key" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`,
        active_revision_positive: `"active_revision" > 0`,
      },
    },
  );
  return { promptTemplates };
}

function templateVersionTables(
  { appendOnlyTable, to }: TableKit,
  users: TableRef,
  promptTemplates: TableRef,
) {
  const promptTemplateVersions = appendOnlyTable(
    'prompt_template_versions',
    'Every version of a prompt that was ever released to jobs, so that what was generated can be explained.',
    {
      promptTemplateId: uuid('prompt_template_id').notNull(),
      revision: described(integer('revision').notNull(), 'Counts the prompt’s versions from 1.'),
      ...promptText(),
      temperaturePermille: described(
        integer('temperature_permille'),
        'Sampling temperature in thousandths; null for the model’s default.',
      ),
      maxOutputTokens: integer('max_output_tokens').notNull(),
      promptSha256: described(
        text('prompt_sha256').notNull(),
        'SHA-256 of the canonical JSON (RFC 8785) of instructions, template, schemas and settings.',
      ),
      authorId: described(uuid('author_id'), 'Who released it; null for what the platform ships.'),
    },
    {
      evolving: true,
      unique: [['promptTemplateId', 'revision']],
      references: [to(promptTemplates, 'promptTemplateId'), to(users, 'authorId')],
      checks: {
        revision_positive: `"revision" > 0`,
        temperature_range: `"temperature_permille" between 0 and 2000`,
        max_output_tokens_positive: `"max_output_tokens" > 0`,
        prompt_sha256_form: `"prompt_sha256" ~ '^[0-9a-f]{64}$'`,
      },
    },
  );

  return { promptTemplateVersions };
}
