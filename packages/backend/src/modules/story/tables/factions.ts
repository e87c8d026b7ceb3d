/** The powers of the world, and how each stands to the others. */
import { integer, text, uuid } from 'drizzle-orm/pg-core';
import { described, type TableKit } from '../../../kernel/db/index.ts';

/** A standing from open hostility to trust without question; zero is indifference. */
export const standing = () =>
  described(integer('standing').notNull().default(0), 'From -100 at war to 100 sworn ally; 0 indifferent.');
export const standingRange = { standing_range: `"standing" between -100 and 100` };

export function factionTables({ tenantTable, to }: TableKit) {
  const factions = tenantTable(
    'factions',
    'The powers of the invented world: governments, relief bodies, guilds, and those behind the attacks.',
    {
      key: text('key').notNull(),
      name: text('name').notNull(),
      description: text('description').notNull(),
      alignment: text('alignment', { enum: ['ally', 'neutral', 'opportunist', 'hostile'] }).notNull(),
      domain: described(text('domain'), 'Domain that it truly writes from, in the content’s e-mails.'),
      colour: described(text('colour').notNull(), 'sRGB as #rrggbb.'),
      emblemKey: described(text('emblem_key'), 'Key in content.assets.'),
    },
    {
      recoverable: true,
      unique: [['key'], ['name']],
      checks: {
        key_form: `"key" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`,
        domain_lower_case: `"domain" = lower("domain")`,
        colour_form: `"colour" ~ '^#[0-9a-f]{6}$'`,
      },
    },
  );

  const factionRelations = tenantTable(
    'faction_relations',
    'How one faction regards another when a story begins; the other may see it differently.',
    {
      factionId: uuid('faction_id').notNull(),
      towardsFactionId: uuid('towards_faction_id').notNull(),
      standing: standing(),
      reason: described(text('reason'), 'What lies between them, for writers.'),
    },
    {
      unique: [['factionId', 'towardsFactionId']],
      references: [to(factions, 'factionId', 'cascade'), to(factions, 'towardsFactionId', 'cascade')],
      checks: { ...standingRange, not_towards_itself: `"faction_id" <> "towards_faction_id"` },
    },
  );

  return { factions, factionRelations };
}
