/** Who statements are about, and what they were doing. Statements name both by id, so that erasure finds people here. */
import { jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, pii, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

const identifier = (name: string, note: string) =>
  described(
    pii(text(name), {
      category: 'identity',
      purpose: 'recognising who a statement is about',
      onErasure: 'null',
    }),
    note,
  );

export function actorAndActivityTables(kit: TableKit, users: TableRef) {
  return { ...actorTables(kit, users), activities: activityTable(kit) };
}

function actorTables({ tenantTable, to }: TableKit, users: TableRef) {
  const agents = tenantTable(
    'agents',
    'Who statements are about or were made by: people, groups and systems, by one identifier each (xAPI Part Two §2.4.2).',
    {
      objectType: text('object_type', { enum: ['Agent', 'Group'] })
        .notNull()
        .default('Agent'),
      userId: described(uuid('user_id'), 'The person of the tenant, where it is one.'),
      name: identifier('name', 'As the statement gave it; no identifier.'),
      mbox: identifier('mbox', 'E-mail address as mailto IRI.'),
      mboxSha1sum: identifier('mbox_sha1sum', 'Hex SHA-1 of the mailto IRI.'),
      openid: identifier('openid', 'OpenID URI.'),
      accountHomePage: described(text('account_home_page'), 'Where the account lives, as IRL.'),
      accountName: identifier(
        'account_name',
        'Account at its home page; a pseudonym for the tenant’s people.',
      ),
    },
    {
      unique: [['mbox'], ['mboxSha1sum'], ['openid'], ['accountHomePage', 'accountName']],
      references: [to(users, 'userId')],
      // An Agent has exactly one until its person is erased; an anonymous Group never has any.
      checks: {
        one_identifier: `num_nonnulls("mbox", "mbox_sha1sum", "openid", "account_name") <= 1`,
        account_complete: `"account_name" is null or "account_home_page" is not null`,
      },
    },
  );

  const groupMembers = tenantTable(
    'group_members',
    'The agents that a group names as its members (xAPI Part Two §2.4.2.2).',
    { groupId: uuid('group_id').notNull(), memberId: uuid('member_id').notNull() },
    {
      subject: 'memberId',
      unique: [['groupId', 'memberId']],
      references: [to(agents, 'groupId', 'cascade'), to(agents, 'memberId', 'cascade')],
      checks: { not_its_own_member: `"group_id" <> "member_id"` },
    },
  );

  return { agents, groupMembers };
}

function activityTable({ tenantTable }: TableKit) {
  return tenantTable(
    'activities',
    'What people can do and learn, by activity id, with the definition that was last received (xAPI Part Two §2.4.4.1).',
    {
      iri: described(text('iri').notNull(), 'The activity’s id.'),
      activityType: described(text('activity_type'), 'IRI of its type.'),
      interactionType: text('interaction_type', {
        enum: [
          'true-false',
          'choice',
          'fill-in',
          'long-fill-in',
          'matching',
          'performance',
          'sequencing',
          'likert',
          'numeric',
          'other',
        ],
      }),
      moreInfo: described(text('more_info'), 'IRL of what describes it to people.'),
      definition: described(
        jsonb('definition').$type<Record<string, unknown>>().notNull(),
        'Canonical definition: names and descriptions by language, interaction parts, extensions.',
      ),
    },
    {
      evolving: true,
      unique: [['iri']],
      checks: { iri_form: `"iri" ~ '^[A-Za-z][A-Za-z0-9+.-]*:' and octet_length("iri") <= 2000` },
    },
  );
}
