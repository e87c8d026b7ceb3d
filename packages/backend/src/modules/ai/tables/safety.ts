/** Whether what a model wrote may be shown: verdicts of classifiers and people, and what exactly they found. */
import { integer, text, uuid } from 'drizzle-orm/pg-core';
import {
  described,
  encrypted,
  instant,
  pii,
  type TableKit,
  type TableRef,
} from '../../../kernel/db/index.ts';

export function safetyTables(kit: TableKit, users: TableRef, generationLog: TableRef) {
  const { safetyReviews } = reviewTables(kit, users, generationLog);
  return { safetyReviews, ...findingTables(kit, safetyReviews) };
}

function reviewTables({ appendOnlyTable, to }: TableKit, users: TableRef, generationLog: TableRef) {
  const safetyReviews = appendOnlyTable(
    'safety_reviews',
    'Verdicts on whether generated content may be shown; a later verdict supersedes an earlier one.',
    {
      generationLogId: described(
        uuid('generation_log_id'),
        'The call whose answer is reviewed; null for content from elsewhere.',
      ),
      itemVersionId: described(
        uuid('item_version_id'),
        'Id in content.item_versions; null until the answer became a version.',
      ),
      contentSha256: described(
        text('content_sha256').notNull(),
        'Hash of exactly what was reviewed: a changed text needs a new review.',
      ),
      reviewerId: described(uuid('reviewer_id'), 'The person who reviewed; null where a classifier did.'),
      classifier: described(
        text('classifier'),
        'Name and version of the program that reviewed; null where a person did.',
      ),
      policy: described(text('policy').notNull(), 'Name and version of the safety policy that was applied.'),
      verdict: text('verdict', { enum: ['passed', 'needs_person', 'blocked'] }).notNull(),
      rationale: pii(encrypted('rationale', 'person', 'tenant'), {
        category: 'free_text',
        purpose: 'explaining the verdict',
        onErasure: 'shred',
      }),
      reviewedAt: instant('reviewed_at').notNull(),
    },
    {
      subject: 'reviewerId',
      invalidatable: true,
      references: [to(generationLog, 'generationLogId'), to(users, 'reviewerId')],
      indexes: {
        'whether this very content has passed': ['contentSha256', 'reviewedAt desc'],
        'what waits for a person': ['verdict', 'reviewedAt'],
      },
      checks: {
        has_subject: `num_nonnulls("generation_log_id", "item_version_id") >= 1`,
        one_reviewer: `num_nonnulls("reviewer_id", "classifier") = 1`,
        person_decides: `"reviewer_id" is null or "verdict" <> 'needs_person'`,
        content_sha256_form: `"content_sha256" ~ '^[0-9a-f]{64}$'`,
      },
    },
  );
  return { safetyReviews };
}

function findingTables({ appendOnlyTable, to }: TableKit, safetyReviews: TableRef) {
  const safetyFindings = appendOnlyTable(
    'safety_findings',
    'What a safety review found: the hazard, where it stands, how sure the reviewer is, and what was done.',
    {
      reviewId: uuid('review_id').notNull(),
      hazard: text('hazard', {
        enum: [
          'real_person',
          'real_brand',
          'live_address',
          'working_malware',
          'attack_instructions',
          'personal_data',
          'hate',
          'sexual',
          'violence',
          'self_harm',
          'prompt_injection',
        ],
      }).notNull(),
      location: described(
        text('location').notNull().default(''),
        'JSON Pointer (RFC 6901) into the content; empty for the whole of it.',
      ),
      severity: described(integer('severity').notNull(), '1 slight to 4 severe.'),
      scorePermille: described(
        integer('score_permille'),
        'How sure the classifier is, of 1000; null where a person reviewed.',
      ),
      treatment: text('treatment', { enum: ['accepted', 'replaced', 'removed', 'blocked'] }).notNull(),
    },
    {
      unique: [['reviewId', 'hazard', 'location']],
      references: [to(safetyReviews, 'reviewId')],
      indexes: { 'how often a hazard is found': ['hazard', 'createdAt'] },
      checks: {
        severity_range: `"severity" between 1 and 4`,
        score_range: `"score_permille" between 0 and 1000`,
      },
    },
  );

  return { safetyFindings };
}
