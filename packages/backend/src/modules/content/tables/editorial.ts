/**
 * Content while people work on it: items with their versions, translations and reviews. What a game is played with
 * is released from here, see `released-content.ts`; a version that was written is never changed.
 */
import { integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import {
  described,
  encrypted,
  instant,
  pii,
  type TableKit,
  type TableRef,
} from '../../../kernel/db/index.ts';

interface EditorialTargets {
  readonly users: TableRef;
  readonly locales: TableRef;
  readonly emailTemplates: TableRef;
}

export function editorialTables(kit: TableKit, targets: EditorialTargets) {
  const { items } = itemTables(kit, targets);
  const { itemVersions } = itemVersionTables(kit, targets, items);
  const { localizations } = localizationTables(kit, targets, itemVersions);
  return { items, itemVersions, localizations, ...reviewTables(kit, targets, itemVersions, localizations) };
}

const ITEM_KINDS = [
  'email',
  'document',
  'scenario',
  'campaign',
  'story_node',
  'lesson',
  'landing_page',
  'teachable_moment',
] as const;

function itemTables({ tenantTable, to }: TableKit, { users, locales }: EditorialTargets) {
  const items = tenantTable(
    'items',
    'Pieces of content of every kind, each with the draft that is being worked on.',
    {
      key: described(text('key').notNull(), 'Stable name, which the released content carries too.'),
      kind: text('kind', { enum: ITEM_KINDS }).notNull(),
      title: text('title').notNull(),
      sourceLocaleTag: described(
        text('source_locale_tag').notNull().default('en'),
        'Language that the item is written in (BCP 47); translations start from it.',
      ),
      state: text('state', { enum: ['draft', 'in_review', 'approved', 'released', 'retired'] })
        .notNull()
        .default('draft'),
      origin: described(
        text('origin', { enum: ['authored', 'generated', 'imported', 'community'] })
          .notNull()
          .default('authored'),
        'Where it came from; generated content is marked as such, Regulation (EU) 2024/1689, Art. 50(2).',
      ),
      difficulty: described(integer('difficulty'), '1 obvious to 5 expert; null where the kind has none.'),
      attackTechniqueId: described(
        text('attack_technique_id'),
        'What it trains to recognise: key of threat.attack_vectors, such as T1566.002.',
      ),
      tags: described(
        jsonb('tags').$type<string[]>().notNull().default([]),
        'Words that editors file it under.',
      ),
      draft: described(
        jsonb('draft').$type<Record<string, unknown>>().notNull(),
        'The item as it stands, in the shape of its kind; a version freezes it.',
      ),
      latestRevision: described(
        integer('latest_revision').notNull().default(0),
        'Revision of the newest of item_versions; 0 before the first.',
      ),
      authorId: described(uuid('author_id'), 'Who answers for it; null for what the platform ships.'),
      releasedAt: instant('released_at'),
    },
    {
      subject: 'authorId',
      evolving: true,
      recoverable: true,
      unique: [['kind', 'key']],
      references: [to(users, 'authorId'), to(locales, 'sourceLocaleTag')],
      indexes: { 'items in a state, newest first': ['state', 'createdAt desc'] },
      checks: {
        key_form: `"key" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`,
        difficulty_range: `"difficulty" between 1 and 5`,
        attack_technique_form: `"attack_technique_id" ~ '^T[0-9]{4}([.][0-9]{3})?$'`,
        tags_are_a_list: `jsonb_typeof("tags") = 'array'`,
        latest_revision_counted: `"latest_revision" >= 0`,
        released_has_version: `"state" <> 'released' or ("released_at" is not null and "latest_revision" > 0)`,
      },
    },
  );
  return { items };
}

function itemVersionTables({ appendOnlyTable, to }: TableKit, { users }: EditorialTargets, items: TableRef) {
  const itemVersions = appendOnlyTable(
    'item_versions',
    'Every version of an item, as it was when it was frozen for review or release.',
    {
      itemId: uuid('item_id').notNull(),
      revision: described(integer('revision').notNull(), 'Counts the item’s versions from 1.'),
      payload: described(
        jsonb('payload').$type<Record<string, unknown>>().notNull(),
        'The whole item in the shape of its kind.',
      ),
      payloadSha256: described(
        text('payload_sha256').notNull(),
        'SHA-256 of the payload’s canonical JSON (RFC 8785).',
      ),
      changeNote: pii(encrypted('change_note', 'person'), {
        category: 'free_text',
        purpose: 'telling reviewers what changed',
        onErasure: 'shred',
      }),
      authorId: described(
        uuid('author_id'),
        'Who froze it; null for what the platform ships or a model generated.',
      ),
      generationJobId: described(
        uuid('generation_job_id'),
        'Id in ai.generation_jobs; null where no model wrote it.',
      ),
    },
    {
      subject: 'authorId',
      evolving: true,
      unique: [['itemId', 'revision']],
      references: [to(items, 'itemId'), to(users, 'authorId')],
      checks: {
        revision_positive: `"revision" > 0`,
        payload_sha256_form: `"payload_sha256" ~ '^[0-9a-f]{64}$'`,
      },
    },
  );
  return { itemVersions };
}

function localizationTables(
  { tenantTable, to }: TableKit,
  { users, locales, emailTemplates }: EditorialTargets,
  itemVersions: TableRef,
) {
  const localizations = tenantTable(
    'localizations',
    'The texts of an item version, or of a released e-mail, in another language.',
    {
      itemVersionId: described(uuid('item_version_id'), 'What is translated: this, or an e-mail template.'),
      emailTemplateId: uuid('email_template_id'),
      localeTag: text('locale_tag').notNull(),
      state: text('state', { enum: ['draft', 'in_review', 'approved', 'rejected', 'outdated'] })
        .notNull()
        .default('draft'),
      method: described(
        text('method', { enum: ['human', 'machine', 'machine_post_edited'] }).notNull(),
        'How it was made; post-editing in the sense of ISO 18587.',
      ),
      texts: described(
        jsonb('texts').$type<Record<string, string>>().notNull(),
        'Translated text by the JSON Pointer (RFC 6901) of what it replaces.',
      ),
      sourceSha256: described(
        text('source_sha256').notNull(),
        'Hash of the source that was translated; another hash there makes this outdated.',
      ),
      translatorId: uuid('translator_id'),
      approverId: uuid('approver_id'),
      approvedAt: instant('approved_at'),
    },
    {
      evolving: true,
      unique: [
        ['itemVersionId', 'localeTag'],
        ['emailTemplateId', 'localeTag'],
      ],
      references: [
        to(itemVersions, 'itemVersionId'),
        to(emailTemplates, 'emailTemplateId'),
        to(locales, 'localeTag'),
        to(users, 'translatorId'),
        to(users, 'approverId'),
      ],
      indexes: { 'translations into a language that wait for work': ['localeTag', 'state'] },
      checks: {
        one_source: `num_nonnulls("item_version_id", "email_template_id") = 1`,
        source_sha256_form: `"source_sha256" ~ '^[0-9a-f]{64}$'`,
        human_has_translator: `"method" = 'machine' or "translator_id" is not null`,
        approved_by_another: `"approver_id" <> "translator_id"`,
        approval_complete: `("approver_id" is null) = ("approved_at" is null)`,
        approved_has_approval: `"state" <> 'approved' or "approved_at" is not null`,
      },
    },
  );
  return { localizations };
}

function reviewTables(
  { appendOnlyTable, to }: TableKit,
  { users }: EditorialTargets,
  itemVersions: TableRef,
  localizations: TableRef,
) {
  const reviews = appendOnlyTable(
    'reviews',
    'Verdicts of editors, trainers and lawyers on one item version or translation, before its release.',
    {
      itemVersionId: described(uuid('item_version_id'), 'What is reviewed: this, or a translation.'),
      localizationId: uuid('localization_id'),
      aspect: described(
        text('aspect', {
          enum: [
            'editorial',
            'training_value',
            'security',
            'legal',
            'accessibility',
            'cultural',
            'translation',
          ],
        }).notNull(),
        'What the reviewer looked at; a release may ask for several aspects.',
      ),
      verdict: text('verdict', { enum: ['approved', 'changes_requested', 'rejected'] }).notNull(),
      reviewerId: uuid('reviewer_id').notNull(),
      comment: pii(encrypted('comment', 'person'), {
        category: 'free_text',
        purpose: 'telling the author what to change',
        onErasure: 'shred',
      }),
      reviewedAt: instant('reviewed_at').notNull().defaultNow(),
    },
    {
      subject: 'reviewerId',
      invalidatable: true,
      references: [
        to(itemVersions, 'itemVersionId'),
        to(localizations, 'localizationId'),
        to(users, 'reviewerId'),
      ],
      checks: {
        one_subject: `num_nonnulls("item_version_id", "localization_id") = 1`,
        refusal_says_why: `"verdict" = 'approved' or "comment" is not null`,
      },
    },
  );
  return { reviews };
}
