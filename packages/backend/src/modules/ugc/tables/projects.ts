/** What players write: a project, and each version of it that was submitted. */
import { integer, text, uuid } from 'drizzle-orm/pg-core';
import { described, encrypted, instant, pii, type TableKit } from '../../../kernel/db/index.ts';
import { authTargets } from '../../auth/schema.ts';
import { contentTargets } from '../../content/schema.ts';
import { publicTargets } from '../../public/schema.ts';

export function projectTables(kit: TableKit) {
  const projects = projectTable(kit);
  return { projects, versions: versionTable(kit, projects) };
}

function projectTable({ tenantTable, to }: TableKit) {
  return tenantTable(
    'projects',
    'Pieces of content that a player is making: an e-mail, a scenario, a pack or a skin.',
    {
      ownerId: described(uuid('owner_id').notNull(), 'The player who makes it and answers for it.'),
      kind: text('kind', { enum: ['email', 'scenario', 'content_pack', 'facility_skin'] }).notNull(),
      title: pii(text('title').notNull(), {
        category: 'free_text',
        purpose: 'what the project is found by, written by its owner',
        onErasure: 'replace',
      }),
      summary: pii(text('summary'), {
        category: 'free_text',
        purpose: 'shown where the project is offered, written by its owner',
        onErasure: 'null',
      }),
      localeTag: text('locale_tag').notNull(),
      status: text('status', {
        enum: ['draft', 'submitted', 'in_moderation', 'published', 'rejected', 'removed'],
      })
        .notNull()
        .default('draft'),
      submittedAt: described(instant('submitted_at'), 'When its latest version was handed in.'),
      contentItemId: described(
        uuid('content_item_id'),
        'What it became in the tenant’s library; null until published.',
      ),
    },
    {
      subject: 'ownerId',
      recoverable: true,
      references: [
        to(authTargets.users, 'ownerId'),
        to(publicTargets.locales, 'localeTag'),
        to(contentTargets.items, 'contentItemId'),
      ],
      indexes: {
        'projects that wait for moderation': ['status', 'submittedAt'],
      },
      checks: {
        submission_dated: `"status" = 'draft' or "submitted_at" is not null`,
        published_is_in_library: `"status" <> 'published' or "content_item_id" is not null`,
      },
    },
  );
}

function versionTable({ appendOnlyTable, to }: TableKit, projects: ReturnType<typeof projectTable>) {
  const writtenBy = (purpose: string) => ({ category: 'free_text', purpose, onErasure: 'shred' }) as const;
  return appendOnlyTable(
    'versions',
    'The versions of a project as their author submitted them, encrypted with the author’s key.',
    {
      projectId: uuid('project_id').notNull(),
      number: described(integer('number').notNull(), 'Counts the project’s versions from 1.'),
      authorId: uuid('author_id').notNull(),
      formatVersion: described(integer('format_version').notNull(), 'Version of the content’s format.'),
      contentCiphertext: pii(
        encrypted('content_ciphertext', 'person').notNull(),
        writtenBy('the work itself'),
      ),
      contentSha256: described(text('content_sha256').notNull(), 'SHA-256 of the ciphertext.'),
      changeNoteCiphertext: pii(
        encrypted('change_note_ciphertext', 'person'),
        writtenBy('what the author says is new'),
      ),
      subjectKeyId: described(
        uuid('subject_key_id').notNull(),
        'Id in governance.subject_keys: the author’s key.',
      ),
      submittedAt: instant('submitted_at').notNull(),
    },
    {
      subject: 'authorId',
      unique: [['projectId', 'number']],
      references: [to(projects, 'projectId'), to(authTargets.users, 'authorId')],
      checks: {
        number_from_one: `"number" >= 1 and "format_version" >= 1`,
        content_sha256_form: `"content_sha256" ~ '^[0-9a-f]{64}$'`,
      },
    },
  );
}
