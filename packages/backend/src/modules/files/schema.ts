/**
 * Stored objects and who refers to them. The bytes lie in object storage under a key that begins with their tenant;
 * rows here say what they are, and an object leaves when its last reference has.
 */
import { bigint, boolean, text, uuid } from 'drizzle-orm/pg-core';
import { defineModule, described, instant, pii, type Targets } from '../../kernel/db/index.ts';
import { authTargets } from '../auth/schema.ts';
import { publicTargets } from '../public/schema.ts';

export const filesTables = defineModule('files', ({ tenantTable, to }) => {
  const objects = tenantTable(
    'objects',
    'Files of a tenant: what each one is, where its bytes lie, and whether they are safe to serve.',
    {
      storageKey: described(
        text('storage_key').notNull(),
        'Key in object storage; begins with the tenant’s id.',
      ),
      regionCode: described(text('region_code').notNull(), 'Data region that the bytes lie in.'),
      fileName: pii(text('file_name'), {
        category: 'free_text',
        purpose: 'naming the file when it is downloaded',
        onErasure: 'null',
      }),
      mediaType: described(
        text('media_type').notNull(),
        'Media type (RFC 6838) as found in the bytes, not as the uploader said.',
      ),
      sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
      contentSha256: described(text('content_sha256').notNull(), 'SHA-256 of the bytes before encryption.'),
      keyId: described(
        uuid('key_id'),
        'Id in governance.subject_keys, where the bytes are about one person and encrypted for them; null otherwise.',
      ),
      subjectUserId: described(
        uuid('subject_user_id'),
        'The person that the bytes are about; null where they are about none.',
      ),
      uploadedByUserId: described(uuid('uploaded_by_user_id'), 'Null where a program made it.'),
      status: described(
        text('status', { enum: ['uploading', 'scanning', 'available', 'quarantined'] })
          .notNull()
          .default('uploading'),
        'Only what is available is served.',
      ),
      scannedAt: described(instant('scanned_at'), 'When it was last scanned for malware.'),
      isPublic: described(
        boolean('is_public').notNull().default(false),
        'Served without signing in, such as a logo on the sign-in page.',
      ),
      retainUntil: described(
        instant('retain_until'),
        'Locked against removal until then; null where no duty holds it.',
      ),
    },
    {
      subject: 'subjectUserId',
      recoverable: true,
      unique: [['storageKey']],
      references: [
        to(publicTargets.dataRegions, 'regionCode'),
        to(authTargets.users, 'subjectUserId'),
        to(authTargets.users, 'uploadedByUserId'),
      ],
      indexes: { 'a file with the same content': ['contentSha256'] },
      checks: {
        content_sha256_form: `"content_sha256" ~ '^[0-9a-f]{64}$'`,
        media_type_form: `"media_type" ~ '^[!-.0-~]+/[!-.0-~]+$' and "media_type" = lower("media_type")`,
        size_not_negative: `"size_bytes" >= 0`,
        served_once_scanned: `"status" <> 'available' or "scanned_at" is not null`,
        personal_is_not_public: `"subject_user_id" is null or not "is_public"`,
      },
    },
  );

  const objectReferences = tenantTable(
    'object_references',
    'Which row of which module uses a file. A file that nothing refers to may be removed.',
    {
      objectId: uuid('object_id').notNull(),
      ownerTable: described(
        text('owner_table').notNull(),
        'Namespace and table, such as training.certificates.',
      ),
      ownerId: described(uuid('owner_id').notNull(), 'Id of the row there.'),
      usage: described(text('usage').notNull(), 'What the row uses it as, such as logo or attachment.'),
    },
    {
      unique: [['objectId', 'ownerTable', 'ownerId', 'usage']],
      references: [to(objects, 'objectId')],
      indexes: { 'the files of one row': ['ownerTable', 'ownerId'] },
      checks: { owner_table_form: `"owner_table" ~ '^[a-z0-9_]+[.][a-z0-9_]+$'` },
    },
  );

  return { objects, objectReferences };
});

/** What other modules' foreign keys may point at. Its type says no more, so that theirs need not wait for it. */
export const filesTargets: Targets<'objects'> = filesTables;

export const { schema, objects, objectReferences } = filesTables.canonical;
