/** The audit log: what was done, by whom and to what, in the transaction that did it. */
import { jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { defineModule, described, instant } from '../../kernel/db/index.ts';

export const adminTables = defineModule('admin', ({ partitionedLog }) => {
  const auditLog = partitionedLog(
    'audit_log',
    'Everything that an auditor may ask about, one entry an act, in the order it was committed.',
    {
      occurredAt: instant('occurred_at').notNull().defaultNow(),
      actorKind: text('actor_kind', { enum: ['person', 'operator', 'program'] }).notNull(),
      actorId: described(uuid('actor_id'), 'The person who acted, by id; null for operators and programs.'),
      action: described(text('action').notNull(), 'What was done, as module.object.verb.'),
      subjectType: text('subject_type'),
      subjectId: uuid('subject_id'),
      details: described(
        jsonb('details').$type<Record<string, unknown>>().notNull(),
        'Particulars, without personal data.',
      ),
    },
    {
      partitionBy: 'occurredAt',
      evolving: true,
      indexes: { 'what happened to one subject, newest first': ['subjectId', 'occurredAt desc'] },
    },
  );
  return { auditLog };
});

export const { schema, auditLog } = adminTables.canonical;
