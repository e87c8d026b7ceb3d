/** Who must learn what by when, how it is going, and what happens when it does not go well. */
import { integer, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, pii, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

interface Neighbours {
  readonly users: TableRef;
  readonly sessions: TableRef;
  readonly programs: TableRef;
  readonly modules: TableRef;
}

export function obligationTables(kit: TableKit, near: Neighbours) {
  const assignments = assignmentTable(kit, near);
  return {
    assignments,
    escalations: escalationTable(kit, assignments, near),
    jitInterventions: interventionTable(kit, near),
  };
}

function assignmentTable({ tenantTable, to }: TableKit, { users, programs }: Neighbours) {
  return tenantTable(
    'assignments',
    'That a person must complete a programme by a day, once for each cycle, and how far they are.',
    {
      programId: uuid('program_id').notNull(),
      userId: uuid('user_id').notNull(),
      cycle: described(integer('cycle').notNull().default(1), 'How many times the programme came round.'),
      origin: described(
        text('origin', {
          enum: ['audience_rule', 'onboarding', 'role_change', 'phishing_failure', 'manager', 'self', 'api'],
        }).notNull(),
        'What made the person be assigned.',
      ),
      assignedById: described(uuid('assigned_by_id'), 'The person who assigned it; null for a rule.'),
      status: text('status', {
        enum: ['assigned', 'in_progress', 'completed', 'overdue', 'waived', 'cancelled'],
      })
        .notNull()
        .default('assigned'),
      progressPermille: described(integer('progress_permille').notNull().default(0), 'In 1/1000.'),
      assignedAt: instant('assigned_at').notNull(),
      dueAt: instant('due_at').notNull(),
      startedAt: instant('started_at'),
      completedAt: instant('completed_at'),
      waiverReason: pii(text('waiver_reason'), {
        category: 'free_text',
        purpose: 'saying why a person need not complete it',
        onErasure: 'null',
      }),
    },
    {
      privileges: ['select', 'insert', 'update'],
      unique: [['programId', 'userId', 'cycle']],
      references: [to(programs, 'programId'), to(users, 'userId'), to(users, 'assignedById')],
      indexes: {
        'a person’s assignments, next due first': ['userId', 'dueAt'],
        'open assignments that fall due, to be reminded of or escalated': ['status', 'dueAt'],
      },
      checks: {
        cycle_positive: `"cycle" > 0`,
        progress_range: `"progress_permille" between 0 and 1000`,
        due_after_assigned: `"due_at" > "assigned_at"`,
        completed_has_time: `("status" = 'completed') = ("completed_at" is not null)`,
        started_before_completed: `"completed_at" >= "started_at"`,
      },
    },
  );
}

function escalationTable({ appendOnlyTable, to }: TableKit, assignments: TableRef, { users }: Neighbours) {
  return appendOnlyTable(
    'escalations',
    'That somebody was told of an assignment which was not completed in time: the proof that the tenant insisted.',
    {
      assignmentId: uuid('assignment_id').notNull(),
      level: described(integer('level').notNull(), '1 reminds the person; each higher one tells a superior.'),
      reason: text('reason', {
        enum: ['due_soon', 'overdue', 'assessment_failed', 'repeat_clicker'],
      }).notNull(),
      recipientId: described(uuid('recipient_id').notNull(), 'The person who was told.'),
      daysOverdue: described(integer('days_overdue').notNull(), 'Negative before the assignment is due.'),
      deliveryId: described(uuid('delivery_id'), 'Id in notification.deliveries: the message sent.'),
      escalatedAt: instant('escalated_at').notNull(),
    },
    {
      subject: 'assignmentId',
      unique: [['assignmentId', 'reason', 'level']],
      references: [to(assignments, 'assignmentId'), to(users, 'recipientId')],
      checks: { level_range: `"level" between 1 and 5` },
    },
  );
}

function interventionTable({ tenantTable, to }: TableKit, { users, sessions, modules }: Neighbours) {
  return tenantTable(
    'jit_interventions',
    'Short lessons given just in time, at the moment when a person made a mistake.',
    {
      userId: uuid('user_id').notNull(),
      moduleId: uuid('module_id').notNull(),
      trigger: text('trigger', {
        enum: [
          'phishing_click',
          'data_entered',
          'report_missed',
          'game_mistake',
          'policy_breach',
          'lapsed_skill',
        ],
      }).notNull(),
      gameSessionId: described(uuid('game_session_id'), 'The game in which the mistake was made.'),
      interactionId: described(
        uuid('interaction_id'),
        'Id in phishing.interactions: the mistake made there.',
      ),
      status: text('status', { enum: ['offered', 'opened', 'completed', 'dismissed', 'expired'] })
        .notNull()
        .default('offered'),
      offeredAt: instant('offered_at').notNull(),
      expiresAt: instant('expires_at').notNull(),
      openedAt: instant('opened_at'),
      completedAt: instant('completed_at'),
    },
    {
      references: [to(users, 'userId', 'cascade'), to(modules, 'moduleId'), to(sessions, 'gameSessionId')],
      indexes: {
        'a person’s lessons on offer': ['userId', 'status', 'offeredAt desc'],
        'offers that have expired, to be closed': ['status', 'expiresAt'],
      },
      checks: {
        expires_after_offered: `"expires_at" > "offered_at"`,
        completed_has_time: `("status" = 'completed') = ("completed_at" is not null)`,
      },
    },
  );
}
