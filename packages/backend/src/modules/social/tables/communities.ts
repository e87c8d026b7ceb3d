/** Who belongs together: friendships, corporations of players, and alliances of corporations. */
import { integer, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, pii, type TableKit, type TableRef } from '../../../kernel/db/index.ts';
import { authTargets } from '../../auth/schema.ts';

export function communityTables(kit: TableKit) {
  const corporations = corporationTable(kit);
  return {
    friendships: friendshipTable(kit),
    corporations,
    corporationMembers: corporationMemberTable(kit, corporations),
    ...allianceTables(kit, corporations),
  };
}

const groupName = () => ({
  name: text('name').notNull(),
  tag: described(text('tag').notNull(), 'Two to five capitals or digits that stand before members’ names.'),
  motto: pii(text('motto'), {
    category: 'free_text',
    purpose: 'shown on the group’s page, written by its founder',
    onErasure: 'null',
  }),
});
const groupChecks = { tag_form: `"tag" ~ '^[A-Z0-9]{2,5}$'` };

function friendshipTable({ tenantTable, to }: TableKit) {
  const users = authTargets.users;
  return tenantTable(
    'friendships',
    'Pairs of people who are friends, were asked to be, or of whom one blocked the other: one row a pair.',
    {
      lowerUserId: described(uuid('lower_user_id').notNull(), 'Of the two, the person with the lower id.'),
      higherUserId: uuid('higher_user_id').notNull(),
      initiatorId: described(
        uuid('initiator_id').notNull(),
        'Of the two, the one whose act the status goes back to: who asked, or who blocked.',
      ),
      status: text('status', { enum: ['pending', 'accepted', 'declined', 'blocked'] })
        .notNull()
        .default('pending'),
      requestedAt: instant('requested_at').notNull(),
      respondedAt: instant('responded_at'),
    },
    {
      subject: ['lowerUserId', 'higherUserId'],
      unique: [['lowerUserId', 'higherUserId']],
      references: [
        to(users, 'lowerUserId', 'cascade'),
        to(users, 'higherUserId', 'cascade'),
        to(users, 'initiatorId', 'cascade'),
      ],
      checks: {
        pair_in_order: `"lower_user_id" < "higher_user_id"`,
        initiator_of_pair: `"initiator_id" in ("lower_user_id", "higher_user_id")`,
        responded_after_requested: `"responded_at" >= "requested_at"`,
        answer_dated: `"status" not in ('accepted', 'declined') or "responded_at" is not null`,
      },
    },
  );
}

function corporationTable({ tenantTable, to }: TableKit) {
  return tenantTable(
    'corporations',
    'Companies that players run together, with a wallet of their own in the economy.',
    {
      ...groupName(),
      founderId: described(uuid('founder_id'), 'Null once the founder is gone.'),
      joinPolicy: text('join_policy', { enum: ['open', 'application', 'invitation'] })
        .notNull()
        .default('application'),
      maxMembers: integer('max_members').notNull().default(50),
    },
    {
      subject: 'founderId',
      recoverable: true,
      unique: [['name'], ['tag']],
      references: [to(authTargets.users, 'founderId')],
      checks: { ...groupChecks, room_for_members: `"max_members" between 1 and 1000` },
    },
  );
}

function corporationMemberTable({ tenantTable, to }: TableKit, corporations: TableRef) {
  return tenantTable(
    'corporation_members',
    'Who belongs to which corporation, and as what; one who has left is a deleted row.',
    {
      corporationId: uuid('corporation_id').notNull(),
      userId: uuid('user_id').notNull(),
      role: text('role', { enum: ['founder', 'director', 'officer', 'member', 'recruit'] })
        .notNull()
        .default('recruit'),
      joinedAt: instant('joined_at').notNull(),
    },
    {
      recoverable: true,
      unique: [['userId']],
      references: [to(corporations, 'corporationId', 'cascade'), to(authTargets.users, 'userId', 'cascade')],
      indexes: { 'the corporations that a person has been in': ['userId'] },
    },
  );
}

function allianceTables({ tenantTable, to }: TableKit, corporations: TableRef) {
  const alliances = tenantTable(
    'alliances',
    'Corporations that hold together against the others.',
    {
      ...groupName(),
      leaderCorporationId: described(
        uuid('leader_corporation_id').notNull(),
        'The corporation that speaks for the alliance.',
      ),
    },
    {
      subject: 'leaderCorporationId',
      recoverable: true,
      unique: [['name'], ['tag']],
      references: [to(corporations, 'leaderCorporationId')],
      checks: groupChecks,
    },
  );

  const allianceMembers = tenantTable(
    'alliance_members',
    'Which corporation belongs to which alliance; one that has left is a deleted row.',
    {
      allianceId: uuid('alliance_id').notNull(),
      corporationId: uuid('corporation_id').notNull(),
      joinedAt: instant('joined_at').notNull(),
    },
    {
      recoverable: true,
      unique: [['corporationId']],
      references: [to(alliances, 'allianceId', 'cascade'), to(corporations, 'corporationId', 'cascade')],
      indexes: { 'the alliances that a corporation has been in': ['corporationId'] },
    },
  );

  return { alliances, allianceMembers };
}
