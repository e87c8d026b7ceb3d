/**
 * Moves of tenants from one placement to another. The control database has the moves themselves and what they have come
 * to; each instance knows what is under way at it, so that an effect there and the word of it are one transaction.
 */
import { bigint, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, generatedId, instant, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

const TIERS = ['shared', 'schema', 'instance'] as const;

/** What a move has reached; ADR 5 has what may follow what. */
export const MOVE_STEPS = [
  'planned',
  'claimed',
  'prepared',
  'copying',
  'copied',
  'verified',
  'departed',
  'arrived',
  'flipped',
  'completed',
  'purged',
  'rolling_back',
  'rolled_back',
] as const;

const lsn = () => text('lsn');
const lsnForm = { lsn_form: `"lsn" ~ '^[0-9A-F]{1,8}/[0-9A-F]{1,8}$'` };

interface Neighbours {
  readonly tenants: TableRef;
  readonly instances: TableRef;
}

export function movingTables(kit: TableKit, near: Neighbours) {
  const moves = movesTable(kit, near);
  return { moves, ...recordTables(kit, moves) };
}

function movesTable({ controlTable, to }: TableKit, { tenants, instances }: Neighbours) {
  return controlTable(
    'moves',
    'Moves of tenants between placements; at most one of a tenant is under way.',
    {
      id: generatedId(),
      tenantId: uuid('tenant_id').notNull(),
      fromTier: text('from_tier', { enum: TIERS }).notNull(),
      fromInstanceId: uuid('from_instance_id').notNull(),
      fromSchema: text('from_schema'),
      fromEpoch: described(
        bigint('from_epoch', { mode: 'number' }).notNull(),
        'Epoch of the placement that is left; the new one has the next.',
      ),
      toTier: text('to_tier', { enum: TIERS }).notNull(),
      toInstanceId: uuid('to_instance_id').notNull(),
      toSchema: text('to_schema'),
      step: described(
        text('step', { enum: MOVE_STEPS }).notNull().default('planned'),
        'The last one reached.',
      ),
      wish: described(
        text('wish', { enum: ['go', 'pause', 'stop'] })
          .notNull()
          .default('go'),
        'What the program that works on the move is asked to do.',
      ),
      attempt: described(
        integer('attempt').notNull().default(0),
        'Grows with every program that takes the move up; what an earlier one still does is refused.',
      ),
      approval: described(text('approval'), 'Reference of the approval of a move to another region.'),
      maxPauseMs: described(
        integer('max_pause_ms').notNull(),
        'How long the tenant may be fenced before the fence is lifted and tried again.',
      ),
      keepSourceSeconds: described(
        integer('keep_source_seconds').notNull(),
        'How long the rows that are left behind are kept.',
      ),
      maxWalBytes: described(
        bigint('max_wal_bytes', { mode: 'number' }).notNull(),
        'The move stops itself when its slot holds back more log than this.',
      ),
      rowsCopied: bigint('rows_copied', { mode: 'number' }).notNull().default(0),
      changesApplied: bigint('changes_applied', { mode: 'number' }).notNull().default(0),
      rowsVerified: bigint('rows_verified', { mode: 'number' }).notNull().default(0),
      pauseMs: described(integer('pause_ms'), 'How long the tenant was fenced when it was switched.'),
      longestWaitMs: described(
        integer('longest_wait_ms'),
        'The longest that a transaction waited at the fence.',
      ),
      errorCode: described(text('error_code'), 'Why the last program stopped; null while all is well.'),
      errorFound: described(text('error_found'), 'What it found, without personal data.'),
      keptUntil: described(instant('kept_until'), 'When the rows that were left behind may be purged.'),
    },
    {
      key: ['id'],
      references: [to(tenants, 'tenantId'), to(instances, 'fromInstanceId'), to(instances, 'toInstanceId')],
      indexes: { 'moves of a tenant, newest first': ['tenantId', 'createdAt desc'] },
      checks: { attempt_not_negative: `"attempt" >= 0` },
    },
  );
}

function recordTables({ controlTable, to }: TableKit, moves: TableRef) {
  const moveSteps = controlTable(
    'move_steps',
    'What each move has reached, when, and at which position of the log.',
    {
      moveId: uuid('move_id').notNull(),
      number: described(integer('number').notNull(), 'From 1, in the order in which they were reached.'),
      step: text('step', { enum: MOVE_STEPS }).notNull(),
      attempt: integer('attempt').notNull(),
      lsn: described(
        lsn(),
        'Position in the log of the instance that the step was about; null where it is about none.',
      ),
      details: described(
        jsonb('details').$type<Record<string, unknown>>().notNull(),
        'Numbers that belong to it.',
      ),
    },
    { key: ['moveId', 'number'], references: [to(moves, 'moveId')], checks: lsnForm },
  );

  const moveEnds = controlTable(
    'move_ends',
    'The moves that are under way at this instance, and how far each is here. While there is any, no migration runs.',
    {
      moveId: described(uuid('move_id').notNull(), 'A move of the control database.'),
      side: text('side', { enum: ['source', 'target'] }).notNull(),
      tenantId: uuid('tenant_id').notNull(),
      tenantSlug: described(text('tenant_slug').notNull(), 'For people who meet the row here.'),
      attempt: described(
        integer('attempt').notNull(),
        'Of the program that may work here; an earlier one may not.',
      ),
      lsn: described(
        lsn(),
        'Position in the log of the source; all of the tenant’s that was committed before is here.',
      ),
      changesApplied: bigint('changes_applied', { mode: 'number' }).notNull().default(0),
    },
    { key: ['moveId', 'side'], checks: lsnForm },
  );

  const purges = controlTable(
    'purges',
    'What left this instance through the door for append-only rows, and why.',
    {
      tenantId: uuid('tenant_id').notNull(),
      reason: text('reason').notNull(),
      tableName: described(text('table_name').notNull(), 'As schema.table.'),
      rowsPurged: bigint('rows_purged', { mode: 'number' }).notNull(),
    },
    { key: ['tenantId', 'reason', 'tableName'], checks: { reason_given: `"reason" ~ '\\S'` } },
  );

  return { moveSteps, moveEnds, purges };
}
