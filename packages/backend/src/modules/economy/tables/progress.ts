/** What people reach and own: levels, achievements, items and season passes. Rewards are booked in the ledger. */
import { bigint, boolean, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, type TableKit, type TableRef } from '../../../kernel/db/index.ts';
import { authTargets } from '../../auth/schema.ts';
import { gameTargets } from '../../game/schema.ts';

const reward = () => ({
  experienceReward: integer('experience_reward').notNull().default(0),
  creditsReward: integer('credits_reward').notNull().default(0),
});
const rewardChecks = { rewards_not_negative: `"experience_reward" >= 0 and "credits_reward" >= 0` };

export function progressTables(kit: TableKit, transactions: TableRef) {
  return {
    levels: levelTable(kit),
    ...achievementTables(kit, transactions),
    ...possessionTables(kit, transactions),
  };
}

function levelTable({ referenceTable }: TableKit) {
  return referenceTable(
    'levels',
    'The ranks of operators, the same for every tenant, and the experience that each one takes.',
    {
      level: integer('level').notNull(),
      title: text('title').notNull(),
      experienceRequired: described(
        bigint('experience_required', { mode: 'number' }).notNull(),
        'Experience earned in all from which the level is held.',
      ),
      creditsReward: described(
        integer('credits_reward').notNull().default(0),
        'Paid once, on reaching the level.',
      ),
    },
    {
      key: ['level'],
      unique: [['experienceRequired']],
      checks: {
        level_from_one: `"level" >= 1`,
        amounts_not_negative: `"experience_required" >= 0 and "credits_reward" >= 0`,
      },
    },
  );
}

function achievementTables({ tenantTable, appendOnlyTable, to }: TableKit, transactions: TableRef) {
  const achievements = tenantTable(
    'achievements',
    'What a person can be distinguished for, and what must be done to earn it.',
    {
      key: described(text('key').notNull(), 'Stable name that code and content use.'),
      name: text('name').notNull(),
      description: text('description').notNull(),
      category: text('category', {
        enum: ['detection', 'verification', 'operations', 'story', 'social', 'learning'],
      }).notNull(),
      tier: text('tier', { enum: ['bronze', 'silver', 'gold', 'platinum'] }).notNull(),
      criteria: described(
        jsonb('criteria').$type<Record<string, unknown>>().notNull(),
        'Condition over the player’s events, in the form that version names.',
      ),
      hidden: described(boolean('hidden').notNull().default(false), 'Not shown until it is earned.'),
      ...reward(),
      retiredAt: described(instant('retired_at'), 'From then on it is no longer awarded.'),
    },
    { evolving: true, unique: [['key']], checks: rewardChecks },
  );

  const userAchievements = appendOnlyTable(
    'user_achievements',
    'Achievements that people earned, and the invalidation of those that they should not have.',
    {
      userId: uuid('user_id').notNull(),
      achievementId: uuid('achievement_id').notNull(),
      ordinal: described(
        integer('ordinal').notNull(),
        'Counts the records of one person and achievement: odd ones award, even ones invalidate, so none is awarded twice.',
      ),
      sessionId: described(uuid('session_id'), 'The game that it was earned in, if any.'),
      transactionId: described(uuid('transaction_id'), 'The booking of its reward.'),
      earnedAt: instant('earned_at').notNull(),
    },
    {
      invalidatable: true,
      unique: [['userId', 'achievementId', 'ordinal']],
      references: [
        to(authTargets.users, 'userId'),
        to(achievements, 'achievementId'),
        to(gameTargets.sessions, 'sessionId'),
        to(transactions, 'transactionId'),
      ],
      checks: {
        ordinal_from_one: `"ordinal" >= 1`,
        awards_alternate: `("ordinal" % 2 = 1) = ("status" = 'valid')`,
        names_what_it_undoes: `("status" = 'valid') = ("supersedes_id" is null)`,
      },
    },
  );

  return { achievements, userAchievements };
}

function possessionTables({ tenantTable, to }: TableKit, transactions: TableRef) {
  const inventoryItems = tenantTable(
    'inventory_items',
    'What people own: tools, consumables and decoration, each kind once with its quantity.',
    {
      userId: uuid('user_id').notNull(),
      itemKey: described(text('item_key').notNull(), 'The item’s stable name in the content.'),
      kind: text('kind', { enum: ['tool', 'consumable', 'cosmetic', 'badge'] }).notNull(),
      quantity: integer('quantity').notNull().default(1),
      equipped: boolean('equipped').notNull().default(false),
      transactionId: described(uuid('transaction_id'), 'The purchase or award that it was last acquired by.'),
      acquiredAt: instant('acquired_at').notNull(),
      expiresAt: instant('expires_at'),
    },
    {
      unique: [['userId', 'itemKey']],
      references: [to(authTargets.users, 'userId', 'cascade'), to(transactions, 'transactionId')],
      checks: {
        quantity_not_negative: `"quantity" >= 0`,
        equipped_is_held: `not "equipped" or "quantity" > 0`,
        consumables_not_equipped: `not ("equipped" and "kind" = 'consumable')`,
        expires_after_acquired: `"expires_at" > "acquired_at"`,
      },
    },
  );

  const seasonPasses = tenantTable(
    'season_passes',
    'A person’s way through the rewards of one season.',
    {
      userId: uuid('user_id').notNull(),
      seasonId: described(uuid('season_id').notNull(), 'Id in story.seasons.'),
      tier: text('tier', { enum: ['free', 'premium'] })
        .notNull()
        .default('free'),
      experience: described(
        bigint('experience', { mode: 'number' }).notNull().default(0),
        'Experience earned in this season.',
      ),
      level: integer('level').notNull().default(0),
      claimedLevel: described(
        integer('claimed_level').notNull().default(0),
        'Rewards are claimed up to this level.',
      ),
      transactionId: described(
        uuid('transaction_id'),
        'The purchase of the premium tier; null where it was granted.',
      ),
      upgradedAt: described(instant('upgraded_at'), 'When the premium tier began.'),
    },
    {
      unique: [['userId', 'seasonId']],
      references: [to(authTargets.users, 'userId', 'cascade'), to(transactions, 'transactionId')],
      checks: {
        progress_order: `"experience" >= 0 and "claimed_level" between 0 and "level"`,
        upgrade_dated: `("tier" = 'premium') = ("upgraded_at" is not null)`,
      },
    },
  );

  return { inventoryItems, seasonPasses };
}
