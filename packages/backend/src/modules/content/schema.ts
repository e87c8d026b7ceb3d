/** What tenants play with. A released version of an item is never changed, so that any session can be replayed on it. */
import { integer, text, uuid } from 'drizzle-orm/pg-core';
import { defineModule, described, pii, type Targets } from '../../kernel/db/index.ts';
import { authTargets } from '../auth/schema.ts';
import { filesTargets } from '../files/schema.ts';
import { publicTargets } from '../public/schema.ts';
import { editorialTables } from './tables/editorial.ts';
import {
  documentTemplateTables,
  emailTemplateTables,
  packTables,
  poolTables,
  scenarioTables,
} from './tables/released-content.ts';

export const contentTables = defineModule('content', (kit) => {
  const { emailTemplates } = emailTemplateTables(kit);
  const { users } = authTargets;
  const editorial = editorialTables(kit, { users, locales: publicTargets.locales, emailTemplates });

  const assets = kit.tenantTable(
    'assets',
    'Images, sounds, films and typefaces that content shows; the bytes are an object of files.',
    {
      key: described(text('key').notNull(), 'Stable name that content refers to it by.'),
      objectId: described(uuid('object_id').notNull(), 'The bytes, with their type, size and hash.'),
      kind: text('kind', { enum: ['image', 'audio', 'video', 'font', 'document'] }).notNull(),
      altText: described(
        text('alt_text'),
        'What it shows, in words (WCAG 2.2, success criterion 1.1.1); empty for what only decorates.',
      ),
      widthPx: integer('width_px'),
      heightPx: integer('height_px'),
      durationMs: integer('duration_ms'),
      licence: described(
        text('licence').notNull(),
        'SPDX licence expression, or LicenseRef-… of the tenant’s.',
      ),
      attribution: pii(text('attribution'), {
        category: 'identity',
        purpose: 'naming the author, as the licence asks',
        onErasure: 'null',
      }),
    },
    {
      subject: 'nobody',
      recoverable: true,
      unique: [['key']],
      references: [kit.to(filesTargets.objects, 'objectId')],
      checks: {
        key_form: `"key" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`,
        image_has_alt_text: `"kind" <> 'image' or "alt_text" is not null`,
        size_positive: `"width_px" > 0 and "height_px" > 0`,
        size_complete: `("width_px" is null) = ("height_px" is null)`,
        duration_positive: `"duration_ms" > 0`,
      },
    },
  );

  return {
    emailTemplates,
    ...editorial,
    assets,
    ...poolTables(kit),
    ...documentTemplateTables(kit),
    ...scenarioTables(kit, emailTemplates),
    ...packTables(kit, users, editorial.itemVersions),
  };
});

/** What other modules' foreign keys may point at. Its type says no more, so that theirs need not wait for it. */
export const contentTargets: Targets<'items'> = contentTables;

export const {
  schema,
  emailTemplates,
  items,
  itemVersions,
  localizations,
  reviews,
  assets,
  poolEmails,
  documentTemplates,
  scenarios,
  scenarioEmails,
  contentPacks,
  packItems,
} = contentTables.canonical;
