/**
 * Work that the platform does later for a tenant. A row is the job: it is written in the transaction that wants the work,
 * and it alone says whether the job may be taken. What carries ids to workers, such as Redis, can be lost at any moment.
 */
import { integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, type TableKit } from '../../../kernel/db/index.ts';
import { authTargets } from '../../auth/schema.ts';
import { JOB_NAMES, JOB_STATES } from '../job-names.ts';

export function jobTables({ tenantTable, to }: TableKit) {
  const jobs = tenantTable(
    'jobs',
    'Work to be done later, written in the transaction that wants it, and what became of it.',
    {
      name: described(text('name', { enum: JOB_NAMES }).notNull(), 'The queue that it is in.'),
      key: described(text('key'), 'Names the occasion: asked for again, it is the same job.'),
      payload: described(
        jsonb('payload').$type<Record<string, unknown>>().notNull(),
        'People by id, without personal data; emptied once the job is done.',
      ),
      userId: described(uuid('user_id'), 'Whom it is about, where it is about a person, until it is done.'),
      state: described(
        text('state', { enum: JOB_STATES }).notNull().default('waiting'),
        'Dead after too many failures, until somebody has it tried again.',
      ),
      dueAt: described(
        instant('due_at'),
        'Not to be taken before. While it runs, the end of its lease, after which another may take it.',
      ),
      leaseId: described(uuid('lease_id'), 'Of the run that it was taken for; no other may end it.'),
      attempts: described(integer('attempts').notNull().default(0), 'How often it was taken.'),
      lastErrorCode: text('last_error_code'),
      endedAt: instant('ended_at'),
    },
    {
      evolving: true,
      retention: 'operational',
      unique: [['name', 'key']],
      references: [to(authTargets.users, 'userId', 'cascade')],
      indexes: {
        'jobs of a kind that are due, the longest due first': ['name', 'dueAt'],
        'jobs in a state, such as the dead ones': ['state', 'name'],
      },
      checks: {
        attempts_not_negative: `"attempts" >= 0`,
        due_until_the_end: `("due_at" is null) = ("state" in ('done', 'dead'))`,
        ended_at_the_end: `("ended_at" is not null) = ("state" in ('done', 'dead'))`,
        leased_while_running: `("lease_id" is not null) = ("state" = 'running')`,
      },
    },
  );
  return { jobs };
}
