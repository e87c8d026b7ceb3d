/** What is told: seasons, chapters, scenes, and the choices that lead from one scene to the next. */
import { integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

const condition = (name: string) =>
  described(
    jsonb(name).$type<Record<string, unknown>>(),
    'Flags, standings and days that must hold, as the story’s rules define them; null where nothing must.',
  );
const ordered = () => ({
  position: described(integer('position').notNull(), 'Order in the telling, from 1.'),
});
const keyForm = { key_form: `"key" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'` };
const positionPositive = { position_positive: `"position" > 0` };

export function narrativeTables(kit: TableKit) {
  const { seasons } = seasonTables(kit);
  const { chapters } = chapterTables(kit, seasons);
  return { seasons, chapters, ...sceneTables(kit, chapters) };
}

function seasonTables({ tenantTable }: TableKit) {
  const seasons = tenantTable(
    'seasons',
    'Seasons of the story, each open to players for a time.',
    {
      key: text('key').notNull(),
      number: described(integer('number').notNull(), 'Counts the seasons from 1.'),
      title: text('title').notNull(),
      synopsis: text('synopsis').notNull(),
      packVersion: described(
        text('pack_version'),
        'Content pack that its sessions are played with, such as base@1; null for the tenant’s current one.',
      ),
      state: text('state', { enum: ['draft', 'scheduled', 'running', 'ended', 'withdrawn'] })
        .notNull()
        .default('draft'),
      startsAt: instant('starts_at'),
      endsAt: described(instant('ends_at'), 'First instant after it; null for a season without an end.'),
      presentation: described(
        jsonb('presentation').$type<Record<string, unknown>>().notNull().default({}),
        'Colours, music and art by their asset keys.',
      ),
    },
    {
      evolving: true,
      recoverable: true,
      unique: [['key'], ['number']],
      indexes: { 'the season that runs now': ['state', 'startsAt'] },
      checks: {
        ...keyForm,
        number_positive: `"number" > 0`,
        times_in_order: `"ends_at" > "starts_at"`,
        end_has_start: `"ends_at" is null or "starts_at" is not null`,
        open_has_start: `"state" in ('draft', 'withdrawn') or "starts_at" is not null`,
        ended_has_end: `"state" <> 'ended' or "ends_at" is not null`,
      },
    },
  );
  return { seasons };
}

function chapterTables({ tenantTable, to }: TableKit, seasons: TableRef) {
  const chapters = tenantTable(
    'chapters',
    'Chapters of a season, told in their order.',
    {
      seasonId: uuid('season_id').notNull(),
      ...ordered(),
      key: text('key').notNull(),
      title: text('title').notNull(),
      synopsis: text('synopsis').notNull(),
      opensAfterDays: described(
        integer('opens_after_days').notNull().default(0),
        'Days from the season’s start until players may enter it.',
      ),
      unlockCondition: condition('unlock_condition'),
    },
    {
      evolving: true,
      unique: [
        ['seasonId', 'key'],
        ['seasonId', 'position'],
      ],
      references: [to(seasons, 'seasonId')],
      checks: { ...keyForm, ...positionPositive, opens_not_before_season: `"opens_after_days" >= 0` },
    },
  );
  return { chapters };
}

function sceneTables({ tenantTable, to }: TableKit, chapters: TableRef) {
  const nodes = tenantTable(
    'nodes',
    'Scenes of a chapter: what is shown at a point of the story, and what it changes.',
    {
      chapterId: uuid('chapter_id').notNull(),
      key: text('key').notNull(),
      kind: text('kind', { enum: ['scene', 'dialogue', 'email', 'decision', 'ending'] }).notNull(),
      entry: described(
        text('entry', { enum: ['first', 'inner'] })
          .notNull()
          .default('inner'),
        'Whether the chapter begins here.',
      ),
      speaker: described(text('speaker'), 'Invented character who speaks; null for the narrator.'),
      scene: described(
        jsonb('scene').$type<Record<string, unknown>>().notNull(),
        'Texts, art and effects, in the shape of its kind.',
      ),
      templateKey: described(
        text('template_key'),
        'Key in content.email_templates of the season’s pack; null for what is no e-mail.',
      ),
    },
    {
      evolving: true,
      unique: [['chapterId', 'key']],
      references: [to(chapters, 'chapterId')],
      checks: { ...keyForm, email_has_template: `("kind" = 'email') = ("template_key" is not null)` },
    },
  );

  const choices = tenantTable(
    'choices',
    'Ways from one scene to the next; a scene with one way and no label goes on by itself.',
    {
      fromNodeId: uuid('from_node_id').notNull(),
      toNodeId: uuid('to_node_id').notNull(),
      ...ordered(),
      label: described(text('label'), 'What the player reads; null where the story goes on by itself.'),
      requirement: condition('requirement'),
      effects: described(
        jsonb('effects').$type<Record<string, unknown>>().notNull().default({}),
        'Flags that it sets and standings that it changes.',
      ),
    },
    {
      evolving: true,
      unique: [['fromNodeId', 'position']],
      references: [to(nodes, 'fromNodeId'), to(nodes, 'toNodeId')],
      checks: { ...positionPositive, leads_elsewhere: `"from_node_id" <> "to_node_id"` },
    },
  );

  return { nodes, choices };
}
