/** How long data is kept and where it goes: holds that stop deletion, what retention deleted, what left the tenant. */
import { bigint, boolean, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import {
  described,
  encrypted,
  instant,
  pii,
  type TableKit,
  type TableRef,
} from '../../../kernel/db/index.ts';

interface Neighbours {
  readonly users: TableRef;
  readonly frameworks: TableRef;
  readonly regions: TableRef;
  readonly countries: TableRef;
}

export function legalHoldTables({ appendOnlyTable, to }: TableKit, { users }: Neighbours) {
  const legalHolds = appendOnlyTable(
    'legal_holds',
    'Orders to keep data for a dispute or an authority, and their release by a later record.',
    {
      action: text('action', { enum: ['placed', 'released'] }).notNull(),
      releasesId: described(uuid('releases_id'), 'The hold that this record releases.'),
      matter: described(text('matter').notNull(), 'File number of the case or authority.'),
      scope: text('scope', { enum: ['tenant', 'person', 'table'] }).notNull(),
      userId: described(uuid('user_id'), 'The person whose data is held.'),
      tableName: described(text('table_name'), 'The table that is held, as schema.table.'),
      grounds: pii(encrypted('grounds', 'person'), {
        category: 'free_text',
        purpose: 'why the data must be kept or no longer be',
        onErasure: 'shred',
        subject: 'orderedById',
      }),
      orderedById: described(uuid('ordered_by_id').notNull(), 'The person who ordered it for the tenant.'),
      effectiveAt: instant('effective_at').notNull(),
      reviewAt: described(instant('review_at'), 'When somebody must ask whether it is still needed.'),
    },
    {
      unique: [['releasesId']],
      references: [to('self', 'releasesId'), to(users, 'userId'), to(users, 'orderedById')],
      indexes: {
        'holds that concern a person': ['userId', 'effectiveAt desc'],
        'holds that concern a table or the tenant': ['scope', 'tableName'],
      },
      checks: {
        release_names_hold: `("action" = 'released') = ("releases_id" is not null)`,
        not_its_own_release: `"releases_id" <> "id"`,
        scope_is_named: `("scope" = 'person') = ("user_id" is not null) and ("scope" = 'table') = ("table_name" is not null)`,
        table_name_form: `"table_name" ~ '^[a-z][a-z_]*[.][a-z][a-z0-9_]*$'`,
      },
    },
  );
  return { legalHolds };
}

export function dataKeepingTables(kit: TableKit, near: Neighbours & { readonly privacyRequests: TableRef }) {
  return { retentionRuns: retentionRunTable(kit, near), transferLog: transferTable(kit, near) };
}

function retentionRunTable({ appendOnlyTable, to }: TableKit, { frameworks }: Neighbours) {
  return appendOnlyTable(
    'retention_runs',
    'What each run of retention purged from one table, by which rule, and what a hold made it keep.',
    {
      runId: described(uuid('run_id').notNull(), 'The same for every table of one run.'),
      tableName: described(text('table_name').notNull(), 'As schema.table.'),
      cause: text('cause', { enum: ['schedule', 'operator', 'tenant_deletion', 'move_completed'] }).notNull(),
      frameworkCode: described(text('framework_code'), 'The framework whose period was the longest.'),
      cutoffAt: described(instant('cutoff_at').notNull(), 'Rows older than this were due.'),
      rowsPurged: bigint('rows_purged', { mode: 'number' }).notNull(),
      rowsHeld: described(
        bigint('rows_held', { mode: 'number' }).notNull(),
        'Due, and kept by a legal hold.',
      ),
      partitionsDropped: integer('partitions_dropped').notNull().default(0),
      rehearsal: described(boolean('rehearsal').notNull(), 'Only counted, nothing purged.'),
      outcome: text('outcome', { enum: ['completed', 'failed'] }).notNull(),
      errorCode: text('error_code'),
      startedAt: instant('started_at').notNull(),
      endedAt: instant('ended_at').notNull(),
    },
    {
      unique: [['runId', 'tableName']],
      references: [to(frameworks, 'frameworkCode')],
      indexes: { 'runs over a table, newest first': ['tableName', 'startedAt desc'] },
      checks: {
        table_name_form: `"table_name" ~ '^[a-z][a-z_]*[.][a-z][a-z0-9_]*$'`,
        counts_not_negative: `least("rows_purged", "rows_held", "partitions_dropped") >= 0`,
        rehearsal_drops_nothing: `not "rehearsal" or "partitions_dropped" = 0`,
        ended_after_started: `"ended_at" >= "started_at"`,
        failure_has_code: `("outcome" = 'failed') = ("error_code" is not null)`,
      },
    },
  );
}

function transferTable(
  { appendOnlyTable, to }: TableKit,
  { users, regions, countries, privacyRequests }: Neighbours & { readonly privacyRequests: TableRef },
) {
  return appendOnlyTable(
    'transfer_log',
    'Personal data that left the tenant or its region: to whom, on which ground (GDPR Art. 30(1)(e), Ch. V).',
    {
      kind: text('kind', {
        enum: ['tenant_move', 'processor', 'disclosure', 'subject_export', 'integration'],
      }).notNull(),
      recipient: described(text('recipient').notNull(), 'Organisation or system that received it.'),
      fromRegion: text('from_region').notNull(),
      toRegion: described(text('to_region'), 'Where it stays within the platform.'),
      toCountry: described(text('to_country'), 'Where it leaves the platform.'),
      ground: described(
        text('ground', {
          enum: ['none_needed', 'adequacy', 'standard_clauses', 'binding_rules', 'derogation', 'court_order'],
        }).notNull(),
        'GDPR Art. 45, 46(2)(c), 47, 49 and 48, in this order after none.',
      ),
      dataCategories: described(
        jsonb('data_categories').$type<readonly string[]>().notNull(),
        'Categories of the catalogue of personal data.',
      ),
      subjects: described(integer('subjects'), 'Number of people concerned; null where not counted.'),
      bytes: bigint('bytes', { mode: 'number' }),
      contentSha256: described(text('content_sha256'), 'SHA-256 of what was sent, where it was one file.'),
      privacyRequestId: described(uuid('privacy_request_id'), 'The request that it answers.'),
      moveId: described(uuid('move_id'), 'The move of the tenant that it was part of.'),
      authorisedById: described(
        uuid('authorised_by_id'),
        'The person who allowed it; null for a standing rule.',
      ),
      transferredAt: instant('transferred_at').notNull(),
    },
    {
      subject: 'privacyRequestId',
      references: [
        to(regions, 'fromRegion'),
        to(regions, 'toRegion'),
        to(countries, 'toCountry'),
        to(privacyRequests, 'privacyRequestId'),
        to(users, 'authorisedById'),
      ],
      indexes: { 'transfers of a period, for the record of processing': ['transferredAt desc'] },
      checks: {
        one_destination: `num_nonnulls("to_region", "to_country") = 1`,
        move_is_named: `("kind" = 'tenant_move') = ("move_id" is not null)`,
        amounts_not_negative: `least("subjects", "bytes") >= 0`,
        content_sha256_form: `"content_sha256" ~ '^[0-9a-f]{64}$'`,
      },
    },
  );
}
