/** What tenants play with. A released version of an item is never changed, so that any session can be replayed on it. */

import type { EmailTemplate } from '@archive-gate/game-engine';
import { boolean, integer, jsonb, text } from 'drizzle-orm/pg-core';
import { defineModule, described } from '../../kernel/db/index.ts';

export const contentTables = defineModule('content', ({ tenantTable }) => {
  const emailTemplates = tenantTable(
    'email_templates',
    'The e-mails that can arrive in a game, honest and deceptive, each with its annotated indicators.',
    {
      packVersion: described(
        text('pack_version').notNull(),
        'Pack and version that a session names, such as base@1.',
      ),
      key: text('key').notNull(),
      category: text('category').notNull(),
      legitimate: boolean('legitimate').notNull(),
      difficulty: integer('difficulty').notNull(),
      subject: text('subject').notNull(),
      template: described(
        jsonb('template').$type<EmailTemplate>().notNull(),
        'The whole template, as the engine reads it.',
      ),
      templateSha256: described(
        text('template_sha256').notNull(),
        'SHA-256 of the template’s canonical JSON (RFC 8785).',
      ),
    },
    {
      evolving: true,
      privileges: ['select', 'insert'],
      unique: [['packVersion', 'key']],
      checks: { difficulty_range: `"difficulty" between 1 and 5` },
    },
  );
  return { emailTemplates };
});

export const { schema, emailTemplates } = contentTables.canonical;
