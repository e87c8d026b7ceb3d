/** What there is to learn: programmes, the clauses that they answer, their modules and their assessments. */
import { boolean, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

interface Neighbours {
  readonly users: TableRef;
  readonly locales: TableRef;
  readonly clauses: TableRef;
  readonly items: TableRef;
}

export function curriculumTables(kit: TableKit, near: Neighbours) {
  const programs = programTable(kit, near);
  const modules = moduleTable(kit, programs, near);
  return {
    programs,
    programClauses: programClauseTable(kit, programs, near),
    modules,
    assessments: assessmentTable(kit, modules),
  };
}

function programTable({ tenantTable, to }: TableKit, { users, locales }: Neighbours) {
  return tenantTable(
    'programs',
    'Courses of study that a tenant requires of its people or offers them.',
    {
      code: described(text('code').notNull(), 'Stable short name that reports and integrations use.'),
      title: text('title').notNull(),
      description: text('description'),
      cadence: described(
        text('cadence', { enum: ['once', 'onboarding', 'quarterly', 'annual', 'event_driven'] }).notNull(),
        'What starts a new cycle of assignments.',
      ),
      state: text('state', { enum: ['draft', 'active', 'retired'] })
        .notNull()
        .default('draft'),
      localeTag: described(text('locale_tag').notNull().default('en'), 'Language that it was written in.'),
      ownerId: described(uuid('owner_id'), 'The person who answers for the programme.'),
      dueDays: described(integer('due_days').notNull().default(30), 'Days from assignment until it is due.'),
      validityDays: described(
        integer('validity_days'),
        'Days that a completion counts; null where it does not lapse.',
      ),
      audience: described(
        jsonb('audience').$type<Record<string, unknown>>().notNull(),
        'Rule that selects who is assigned, by department, team, role or location.',
      ),
    },
    {
      recoverable: true,
      evolving: true,
      unique: [['code']],
      references: [to(locales, 'localeTag'), to(users, 'ownerId')],
      checks: {
        code_form: `"code" ~ '^[a-z0-9][a-z0-9-]{0,62}$'`,
        due_days_positive: `"due_days" > 0`,
        validity_days_positive: `"validity_days" > 0`,
      },
    },
  );
}

function programClauseTable({ tenantTable, to }: TableKit, programs: TableRef, { clauses }: Neighbours) {
  return tenantTable(
    'program_clauses',
    'Which clauses of regulations and standards a programme answers.',
    { programId: uuid('program_id').notNull(), clauseCode: text('clause_code').notNull() },
    {
      unique: [['programId', 'clauseCode']],
      references: [to(programs, 'programId', 'cascade'), to(clauses, 'clauseCode')],
    },
  );
}

function moduleTable({ tenantTable, to }: TableKit, programs: TableRef, { items }: Neighbours) {
  return tenantTable(
    'modules',
    'The parts of a programme, in the order that they are taken.',
    {
      programId: uuid('program_id').notNull(),
      position: described(integer('position').notNull(), 'Order within the programme, from 1.'),
      title: text('title').notNull(),
      format: text('format', {
        enum: ['lesson', 'game_session', 'assessment', 'video', 'policy', 'scorm', 'cmi5', 'aicc', 'lti'],
      }).notNull(),
      required: described(boolean('required').notNull().default(true), 'Whether completion depends on it.'),
      estimatedMinutes: integer('estimated_minutes'),
      contentItemId: described(uuid('content_item_id'), 'What is shown, where the content module holds it.'),
      activityIri: described(text('activity_iri'), 'Its activity id in xAPI statements (Part Two §2.4.4.1).'),
      settings: described(
        jsonb('settings').$type<Record<string, unknown>>().notNull(),
        'Particulars of the format, such as the package to launch or the length of the game.',
      ),
    },
    {
      recoverable: true,
      evolving: true,
      unique: [['programId', 'position']],
      references: [to(programs, 'programId'), to(items, 'contentItemId')],
      checks: { position_positive: `"position" > 0`, estimated_minutes_positive: `"estimated_minutes" > 0` },
    },
  );
}

function assessmentTable({ tenantTable, to }: TableKit, modules: TableRef) {
  return tenantTable(
    'assessments',
    'Tests of what was learnt, with their questions and what counts as passing.',
    {
      moduleId: uuid('module_id').notNull(),
      title: text('title').notNull(),
      purpose: text('purpose', { enum: ['baseline', 'formative', 'summative', 'retention'] }).notNull(),
      passMarkPermille: described(integer('pass_mark_permille').notNull(), 'Share of the points, in 1/1000.'),
      attemptsAllowed: described(integer('attempts_allowed'), 'Null for as many as the person likes.'),
      timeLimitSeconds: integer('time_limit_seconds'),
      shuffled: described(boolean('shuffled').notNull().default(true), 'Whether questions change order.'),
      questions: described(
        jsonb('questions').$type<readonly Record<string, unknown>[]>().notNull(),
        'Questions, choices, keys and points.',
      ),
      questionsSha256: described(
        text('questions_sha256').notNull(),
        'SHA-256 of the questions’ canonical JSON (RFC 8785), which each result names.',
      ),
    },
    {
      recoverable: true,
      evolving: true,
      unique: [['moduleId', 'title']],
      references: [to(modules, 'moduleId')],
      checks: {
        pass_mark_range: `"pass_mark_permille" between 0 and 1000`,
        attempts_allowed_positive: `"attempts_allowed" > 0`,
        time_limit_positive: `"time_limit_seconds" > 0`,
        questions_sha256_form: `"questions_sha256" ~ '^[0-9a-f]{64}$'`,
      },
    },
  );
}
