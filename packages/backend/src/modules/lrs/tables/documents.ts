/** Documents that activities keep about people and themselves; a writer must know what it overwrites, by its ETag. */
import { bigint, text, uuid } from 'drizzle-orm/pg-core';
import { described, pii, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

interface Neighbours {
  readonly agents: TableRef;
  readonly activities: TableRef;
  readonly objects: TableRef;
}

/** A document resource of xAPI Part Three §2.2, and what §3.1 needs against lost updates. */
const document = () => ({
  contentType: text('content_type').notNull(),
  content: described(
    pii(text('content'), {
      category: 'behaviour',
      purpose: 'what a course remembers',
      onErasure: 'delete_row',
    }),
    'The document as sent, where it is text; JSON is merged by POST.',
  ),
  objectId: described(uuid('object_id'), 'The document, where it is binary.'),
  lengthBytes: bigint('length_bytes', { mode: 'number' }).notNull(),
  etag: described(
    text('etag').notNull(),
    'Hex SHA-1 of the bytes, which If-Match and If-None-Match compare.',
  ),
});
const documentChecks = {
  one_content: `num_nonnulls("content", "object_id") = 1`,
  etag_form: `"etag" ~ '^[0-9a-f]{40}$'`,
  length_not_negative: `"length_bytes" >= 0`,
};

export function documentTables({ tenantTable, to }: TableKit, { agents, activities, objects }: Neighbours) {
  const activityStates = tenantTable(
    'activity_states',
    'What an activity remembers about one person, such as a bookmark (xAPI Part Three §2.3).',
    {
      activityId: uuid('activity_id').notNull(),
      agentId: uuid('agent_id').notNull(),
      registration: described(uuid('registration'), 'The attempt; null where it belongs to none.'),
      stateKey: described(text('state_key').notNull(), 'The stateId parameter.'),
      ...document(),
    },
    {
      subject: 'agentId',
      unique: [['activityId', 'agentId', 'stateKey', 'registration']],
      references: [to(activities, 'activityId'), to(agents, 'agentId', 'cascade'), to(objects, 'objectId')],
      checks: documentChecks,
    },
  );

  const activityProfiles = tenantTable(
    'activity_profiles',
    'What an activity keeps for everybody (xAPI Part Three §2.7).',
    {
      activityId: uuid('activity_id').notNull(),
      profileKey: described(text('profile_key').notNull(), 'The profileId parameter.'),
      ...document(),
    },
    {
      subject: 'nobody',
      unique: [['activityId', 'profileKey']],
      references: [to(activities, 'activityId'), to(objects, 'objectId')],
      checks: documentChecks,
    },
  );

  const agentProfiles = tenantTable(
    'agent_profiles',
    'What is kept about a person across activities, such as cmi5 learner preferences (xAPI Part Three §2.6).',
    {
      agentId: uuid('agent_id').notNull(),
      profileKey: described(text('profile_key').notNull(), 'The profileId parameter.'),
      ...document(),
    },
    {
      subject: 'agentId',
      unique: [['agentId', 'profileKey']],
      references: [to(agents, 'agentId', 'cascade'), to(objects, 'objectId')],
      checks: documentChecks,
    },
  );

  return { activityStates, activityProfiles, agentProfiles };
}
