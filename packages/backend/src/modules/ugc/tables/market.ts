/** How players’ work reaches others: what is offered, what players say of it, and what moderators decide. */
import { bigint, integer, text, uuid } from 'drizzle-orm/pg-core';
import {
  described,
  encrypted,
  instant,
  pii,
  type TableKit,
  type TableRef,
} from '../../../kernel/db/index.ts';
import { authTargets } from '../../auth/schema.ts';

interface Authored {
  readonly projects: TableRef;
  readonly versions: TableRef;
}

const ofVersion = () => ({
  projectId: uuid('project_id').notNull(),
  versionId: uuid('version_id').notNull(),
});

export function marketTables(kit: TableKit, authored: Authored) {
  const reviews = reviewTable(kit, authored);
  const marketplaceListings = listingTable(kit, authored);
  const moderationDecisions = decisionTable(kit, authored.versions);
  return { reviews, marketplaceListings, moderationDecisions };
}

function reviewTable({ tenantTable, to }: TableKit, { projects, versions }: Authored) {
  return tenantTable(
    'reviews',
    'What players who used a project think of it, one review a player.',
    {
      ...ofVersion(),
      reviewerId: uuid('reviewer_id').notNull(),
      rating: described(integer('rating').notNull(), 'One to five stars.'),
      comment: pii(text('comment'), {
        category: 'free_text',
        purpose: 'helping others to choose',
        onErasure: 'delete_row',
      }),
      visibility: described(
        text('visibility', { enum: ['visible', 'reported', 'hidden'] })
          .notNull()
          .default('visible'),
        'Reported reviews stay visible until a moderator decides.',
      ),
      reportedAt: instant('reported_at'),
    },
    {
      subject: 'reviewerId',
      unique: [['projectId', 'reviewerId']],
      references: [
        to(projects, 'projectId', 'cascade'),
        to(versions, 'versionId'),
        to(authTargets.users, 'reviewerId', 'cascade'),
      ],
      indexes: { 'reviews that wait for a moderator': ['visibility', 'reportedAt'] },
      checks: {
        rating_range: `"rating" between 1 and 5`,
        report_dated: `"visibility" <> 'reported' or "reported_at" is not null`,
      },
    },
  );
}

function listingTable({ tenantTable, to }: TableKit, { projects, versions }: Authored) {
  return tenantTable(
    'marketplace_listings',
    'Offers of a project to the tenant’s players, at a price in a currency of the game.',
    {
      ...ofVersion(),
      sellerId: uuid('seller_id').notNull(),
      status: text('status', { enum: ['draft', 'listed', 'suspended', 'delisted'] })
        .notNull()
        .default('draft'),
      currency: described(
        text('currency', { enum: ['credits', 'tokens'] }).notNull(),
        'A currency of the game, as in economy.ledger_entries.',
      ),
      price: described(
        bigint('price', { mode: 'number' }).notNull(),
        'In whole units of the currency; 0 where it is free.',
      ),
      sellerShareBasisPoints: described(
        integer('seller_share_basis_points').notNull().default(8000),
        'The seller’s share of the price in hundredths of a percent; the rest is the fee.',
      ),
      listedAt: instant('listed_at'),
      delistedAt: instant('delisted_at'),
    },
    {
      subject: 'sellerId',
      recoverable: true,
      unique: [['projectId']],
      references: [to(projects, 'projectId'), to(versions, 'versionId'), to(authTargets.users, 'sellerId')],
      indexes: {
        'what is on offer, newest first': ['status', 'listedAt desc'],
        'all offers that a project ever had': ['projectId'],
      },
      checks: {
        price_not_negative: `"price" >= 0`,
        share_range: `"seller_share_basis_points" between 0 and 10000`,
        listing_dated: `"status" = 'draft' or "listed_at" is not null`,
        delisted_after_listed: `"delisted_at" >= "listed_at"`,
      },
    },
  );
}

function decisionTable({ appendOnlyTable, to }: TableKit, versions: TableRef) {
  return appendOnlyTable(
    'moderation_decisions',
    'Decisions on players’ work and reviews, with the statement of reasons that the author is owed (Regulation (EU) 2022/2065, Art. 17).',
    {
      versionId: uuid('version_id'),
      reviewId: described(
        uuid('review_id'),
        'The review decided on; not a foreign key, since reviews vanish with their writer.',
      ),
      decision: text('decision', {
        enum: ['approve', 'request_changes', 'reject', 'hide', 'remove', 'restore'],
      }).notNull(),
      trigger: described(
        text('trigger', { enum: ['submission', 'report', 'own_initiative', 'appeal'] }).notNull(),
        'What the decision answers; an appeal supersedes the decision appealed against (Art. 20).',
      ),
      decidedBy: described(
        text('decided_by', { enum: ['person', 'program'] }).notNull(),
        'Whether it was taken by automated means, which must be said (Art. 17(3)(c)).',
      ),
      moderatorId: described(uuid('moderator_id'), 'The person who decided; null for a program.'),
      groundCode: described(
        text('ground_code').notNull(),
        'Clause of the terms or of the law that it rests on (Art. 17(3)(d) and (e)).',
      ),
      confidencePermille: described(
        integer('confidence_permille'),
        'How sure the program was; null for a person.',
      ),
      reasonsCiphertext: pii(encrypted('reasons_ciphertext', 'person'), {
        category: 'free_text',
        purpose: 'the facts relied on, told to the author',
        onErasure: 'shred',
      }),
      subjectKeyId: described(
        uuid('subject_key_id'),
        'Id in governance.subject_keys: the key of the author concerned.',
      ),
      decidedAt: instant('decided_at').notNull(),
    },
    {
      subject: { from: 'subjectKeyId', target: 'governance.subject_keys', key: 'id' },
      invalidatable: true,
      references: [to(versions, 'versionId'), to(authTargets.users, 'moderatorId')],
      indexes: {
        'decisions on one review': ['reviewId', 'decidedAt desc'],
        'decisions whose reasons one author was told': ['subjectKeyId'],
      },
      checks: {
        one_object: `num_nonnulls("version_id", "review_id") = 1`,
        person_is_named: `("decided_by" = 'person') = ("moderator_id" is not null)`,
        confidence_of_program: `"confidence_permille" is null or ("decided_by" = 'program' and "confidence_permille" between 0 and 1000)`,
        reasons_have_a_key: `num_nonnulls("reasons_ciphertext", "subject_key_id") in (0, 2)`,
        refusal_gives_reasons: `"decision" in ('approve', 'restore') or "reasons_ciphertext" is not null`,
      },
    },
  );
}
