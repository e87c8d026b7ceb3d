/**
 * What a game is played with. A session names a pack and its version, so what a pack holds is added once and never
 * changed: a session must be replayable on what it was played on.
 */
import type { EmailTemplate } from '@archive-gate/game-engine';
import { boolean, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

const packVersion = () =>
  described(text('pack_version').notNull(), 'Pack and version that a session names, such as base@1.');
const packEntry = () => ({ packVersion: packVersion(), key: text('key').notNull() });
const templateSha256 = () =>
  described(text('template_sha256').notNull(), 'SHA-256 of the template’s canonical JSON (RFC 8785).');

const templateSha256Form = { template_sha256_form: `"template_sha256" ~ '^[0-9a-f]{64}$'` };
const difficultyRange = { difficulty_range: `"difficulty" between 1 and 5` };
const addedOnce = { privileges: ['select', 'insert'] } as const;

export function emailTemplateTables({ tenantTable }: TableKit) {
  const emailTemplates = tenantTable(
    'email_templates',
    'The e-mails that can arrive in a game, honest and deceptive, each with its annotated indicators.',
    {
      ...packEntry(),
      category: text('category').notNull(),
      legitimate: boolean('legitimate').notNull(),
      difficulty: integer('difficulty').notNull(),
      subject: text('subject').notNull(),
      template: described(
        jsonb('template').$type<EmailTemplate>().notNull(),
        'The whole template, as the engine reads it.',
      ),
      templateSha256: templateSha256(),
    },
    { ...addedOnce, evolving: true, unique: [['packVersion', 'key']], checks: difficultyRange },
  );
  return { emailTemplates };
}

export function poolTables({ tenantTable }: TableKit) {
  const poolEmails = tenantTable(
    'pool_emails',
    'E-mails that were written ahead and reviewed: each is given to one session, and never changed.',
    {
      key: described(text('key').notNull(), 'As the template has it.'),
      difficulty: integer('difficulty').notNull(),
      template: described(
        jsonb('template').$type<EmailTemplate>().notNull(),
        'The whole template, as the engine reads it.',
      ),
      templateSha256: templateSha256(),
      generationJobId: described(uuid('generation_job_id').notNull(), 'Id in ai.generation_jobs.'),
      takenBySessionId: described(
        uuid('taken_by_session_id'),
        'Id in game.sessions, which is played and replayed with it; null while it waits.',
      ),
      takenAt: instant('taken_at'),
    },
    {
      privileges: ['select', 'insert', 'update'],
      unique: [['key'], ['templateSha256']],
      indexes: {
        'e-mails of a difficulty that wait': ['difficulty', 'takenBySessionId', 'id'],
        'what a session was given': ['takenBySessionId', 'key'],
      },
      checks: {
        ...difficultyRange,
        ...templateSha256Form,
        taken_has_time: `num_nonnulls("taken_by_session_id", "taken_at") in (0, 2)`,
      },
    },
  );
  return { poolEmails };
}

export function documentTemplateTables({ tenantTable }: TableKit) {
  const documentTemplates = tenantTable(
    'document_templates',
    'The papers that a verification can bring, genuine and forged: extracts, transcripts, traces, identity papers.',
    {
      ...packEntry(),
      kind: text('kind', {
        enum: [
          'registry_extract',
          'callback_transcript',
          'header_trace',
          'identity_document',
          'reference',
          'site_photo',
        ],
      }).notNull(),
      title: text('title').notNull(),
      supports: described(
        text('supports', { enum: ['honest', 'deceptive', 'inconclusive'] }).notNull(),
        'What the paper, read carefully, speaks for.',
      ),
      difficulty: described(integer('difficulty').notNull(), 'How hard it is to read: 1 plain to 5 expert.'),
      template: described(
        jsonb('template').$type<Record<string, unknown>>().notNull(),
        'Text with its placeholders, and what gives a forgery away.',
      ),
      templateSha256: templateSha256(),
    },
    {
      ...addedOnce,
      evolving: true,
      unique: [['packVersion', 'key']],
      checks: { ...difficultyRange, ...templateSha256Form },
    },
  );
  return { documentTemplates };
}

export function scenarioTables({ tenantTable, to }: TableKit, emailTemplates: TableRef) {
  const scenarios = tenantTable(
    'scenarios',
    'Prepared courses of a game: its length, how it opens, and which e-mails must arrive.',
    {
      ...packEntry(),
      title: text('title').notNull(),
      synopsis: text('synopsis').notNull(),
      difficulty: integer('difficulty').notNull(),
      days: described(integer('days').notNull(), 'Length of the game in game days.'),
      openingThreatTier: described(
        text('opening_threat_tier', { enum: ['LOW', 'GUARDED', 'ELEVATED', 'HIGH', 'SEVERE'] })
          .notNull()
          .default('LOW'),
        'Threat of the first day, in the words of the game’s events.',
      ),
      template: described(
        jsonb('template').$type<Record<string, unknown>>().notNull(),
        'Opening state and scripted turns; its e-mails are rows of scenario_emails.',
      ),
      templateSha256: templateSha256(),
    },
    {
      ...addedOnce,
      evolving: true,
      unique: [['packVersion', 'key']],
      checks: { ...difficultyRange, ...templateSha256Form, days_range: `"days" between 1 and 1000` },
    },
  );

  const scenarioEmails = tenantTable(
    'scenario_emails',
    'The e-mails that arrive in a scenario whatever is drawn, and on which day.',
    {
      scenarioId: uuid('scenario_id').notNull(),
      emailTemplateId: uuid('email_template_id').notNull(),
      day: integer('day').notNull(),
      position: described(integer('position').notNull(), 'Order of arrival within the day, from 1.'),
    },
    {
      ...addedOnce,
      unique: [
        ['scenarioId', 'day', 'position'],
        ['scenarioId', 'emailTemplateId'],
      ],
      references: [to(scenarios, 'scenarioId'), to(emailTemplates, 'emailTemplateId')],
      checks: { day_positive: `"day" > 0`, position_positive: `"position" > 0` },
    },
  );

  return { scenarios, scenarioEmails };
}

export function packTables({ tenantTable, to }: TableKit, users: TableRef, itemVersions: TableRef) {
  const contentPacks = tenantTable(
    'content_packs',
    'Packs of content by name and number; once released, a pack keeps its content for good.',
    {
      name: described(text('name').notNull(), 'Name that the numbers count under, such as base.'),
      number: described(integer('number').notNull(), 'Counts the pack’s releases from 1.'),
      packVersion: packVersion(),
      title: text('title').notNull(),
      description: text('description'),
      licence: described(text('licence'), 'SPDX licence expression; null for the tenant’s own.'),
      state: text('state', { enum: ['draft', 'released', 'withdrawn'] })
        .notNull()
        .default('draft'),
      manifestSha256: described(
        text('manifest_sha256'),
        'SHA-256 over the hashes of all that it holds, in the order of their keys; null while a draft.',
      ),
      releasedById: uuid('released_by_id'),
      releasedAt: instant('released_at'),
      withdrawnAt: described(
        instant('withdrawn_at'),
        'From then on no new session takes it; old ones still replay.',
      ),
    },
    {
      privileges: ['select', 'insert', 'update'],
      unique: [['name', 'number'], ['packVersion']],
      references: [to(users, 'releasedById')],
      checks: {
        name_form: `"name" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`,
        number_positive: `"number" > 0`,
        pack_version_form: `"pack_version" = "name" || '@' || "number"`,
        manifest_sha256_form: `"manifest_sha256" ~ '^[0-9a-f]{64}$'`,
        release_complete: `("state" = 'draft') = ("released_at" is null) and ("state" = 'draft') = ("manifest_sha256" is null)`,
        withdrawal_complete: `("state" = 'withdrawn') = ("withdrawn_at" is not null)`,
        times_in_order: `"withdrawn_at" >= "released_at"`,
      },
    },
  );

  const packItems = tenantTable(
    'pack_items',
    'Which version of which item a pack holds.',
    {
      packId: uuid('pack_id').notNull(),
      itemVersionId: uuid('item_version_id').notNull(),
      position: described(integer('position').notNull(), 'Order in the pack’s listing, from 1.'),
    },
    {
      unique: [
        ['packId', 'itemVersionId'],
        ['packId', 'position'],
      ],
      references: [to(contentPacks, 'packId'), to(itemVersions, 'itemVersionId')],
      checks: { position_positive: `"position" > 0` },
    },
  );

  return { contentPacks, packItems };
}
