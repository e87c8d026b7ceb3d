/**
 * cmi5 courses, enrolments in them, and each launch of an assignable unit, whose order of statements §9.3 prescribes.
 * Sections are those of cmi5, Quartz, first edition.
 */
import {
  bigint,
  boolean,
  integer,
  jsonb,
  numeric,
  type PgColumnBuilderBase,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { described, instant, pii, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

interface Neighbours {
  readonly users: TableRef;
  readonly agents: TableRef;
  readonly objects: TableRef;
}

export function cmi5Tables(kit: TableKit, near: Neighbours) {
  const courses = courseTables(kit, near);
  const cmi5Registrations = registrationTable(kit, courses.cmi5Courses, near);
  return {
    ...courses,
    cmi5Registrations,
    cmi5Waivers: waiverTable(kit, courses, cmi5Registrations, near),
    cmi5Sessions: sessionTable(kit, courses, cmi5Registrations),
  };
}

const masteryScore = () =>
  described(numeric('mastery_score', { precision: 5, scale: 4 }), 'Scaled score from 0 to 1 that passes.');
const masteryScoreRange = { mastery_score_range: `"mastery_score" between 0 and 1` };

const launchToken = <Column extends PgColumnBuilderBase>(column: Column) =>
  pii(column, { category: 'credential', purpose: 'recognising a launched unit', onErasure: 'delete_row' });

const moveOn = () =>
  described(
    text('move_on', {
      enum: ['Passed', 'Completed', 'CompletedAndPassed', 'CompletedOrPassed', 'NotApplicable'],
    })
      .notNull()
      .default('NotApplicable'),
    'What satisfies the unit (cmi5 §13.1.4).',
  );

function courseTables({ tenantTable, to }: TableKit, { objects }: Neighbours) {
  const cmi5Courses = tenantTable(
    'cmi5_courses',
    'Courses that were imported by their cmi5 course structure.',
    {
      iri: described(text('iri').notNull(), 'The publisher’s id of the course.'),
      title: described(jsonb('title').$type<Record<string, string>>().notNull(), 'By language (BCP 47).'),
      packageObjectId: described(uuid('package_object_id').notNull(), 'The package as uploaded.'),
      packageSha256: text('package_sha256').notNull(),
      structure: described(
        jsonb('structure').$type<Record<string, unknown>>().notNull(),
        'Blocks, units and objectives from cmi5.xml (§13).',
      ),
    },
    {
      recoverable: true,
      unique: [['iri', 'packageSha256']],
      references: [to(objects, 'packageObjectId')],
      checks: { package_sha256_form: `"package_sha256" ~ '^[0-9a-f]{64}$'` },
    },
  );

  const cmi5AssignableUnits = tenantTable(
    'cmi5_assignable_units',
    'The parts of a cmi5 course that are launched and tracked one by one.',
    {
      courseId: uuid('course_id').notNull(),
      position: described(integer('position').notNull(), 'Order in the course, from 1.'),
      publisherIri: described(text('publisher_iri').notNull(), 'The publisher’s id of the unit.'),
      activityIri: described(
        text('activity_iri').notNull(),
        'The id that we launch it under, another than the publisher’s (§8.1).',
      ),
      title: described(jsonb('title').$type<Record<string, string>>().notNull(), 'By language (BCP 47).'),
      launchUrl: text('launch_url').notNull(),
      launchMethod: text('launch_method', { enum: ['OwnWindow', 'AnyWindow'] })
        .notNull()
        .default('AnyWindow'),
      launchParameters: text('launch_parameters'),
      moveOn: moveOn(),
      masteryScore: masteryScore(),
      description: described(jsonb('description').$type<Record<string, string>>(), 'By language (BCP 47).'),
      activityType: described(text('activity_type'), 'IRI of the type of its activity (§13.1.4).'),
      entitlementKey: described(
        text('entitlement_key'),
        'Tells the unit that it may be used; it goes into the launch data (§10, §13.1.4).',
      ),
    },
    {
      unique: [['courseId', 'publisherIri'], ['courseId', 'position'], ['activityIri']],
      references: [to(cmi5Courses, 'courseId', 'cascade')],
      checks: masteryScoreRange,
    },
  );

  return { cmi5Courses, cmi5AssignableUnits };
}

function registrationTable({ tenantTable, to }: TableKit, courses: TableRef, { users, agents }: Neighbours) {
  return tenantTable(
    'cmi5_registrations',
    'A learner’s enrolment in a cmi5 course; the row’s id is the registration that statements carry (§9.6.1).',
    {
      courseId: uuid('course_id').notNull(),
      userId: uuid('user_id').notNull(),
      agentId: described(
        uuid('agent_id').notNull(),
        'The actor that units are launched for; an account (§9.2).',
      ),
      enrolment: described(integer('enrolment').notNull().default(1), 'From 1, for each learner and course.'),
      assignmentId: described(uuid('assignment_id'), 'Id in training.assignments: what it counts towards.'),
      satisfiedAt: described(instant('satisfied_at'), 'When every unit’s moveOn was met (§9.3.9).'),
    },
    {
      unique: [['courseId', 'userId', 'enrolment']],
      references: [to(courses, 'courseId'), to(users, 'userId', 'cascade'), to(agents, 'agentId')],
      checks: { enrolment_positive: `"enrolment" > 0` },
    },
  );
}

function waiverTable(
  { tenantTable, to }: TableKit,
  { cmi5AssignableUnits }: ReturnType<typeof courseTables>,
  registrations: TableRef,
  { users }: Neighbours,
) {
  return tenantTable(
    'cmi5_waivers',
    'Units that a learner need not take in a registration (§9.3.7); the row’s id is the session id of its statement.',
    {
      registrationId: uuid('registration_id').notNull(),
      assignableUnitId: uuid('assignable_unit_id').notNull(),
      reason: described(
        text('reason', {
          enum: ['Tested Out', 'Equivalent AU', 'Equivalent Outside Activity', 'Administrative'],
        }).notNull(),
        'As the waived statement says it (§9.5.5.2).',
      ),
      waivedById: described(uuid('waived_by_id'), 'The person who waived it; null for a rule.'),
      waivedAt: instant('waived_at').notNull(),
    },
    {
      subject: 'registrationId',
      unique: [['registrationId', 'assignableUnitId']],
      references: [
        to(registrations, 'registrationId', 'cascade'),
        to(cmi5AssignableUnits, 'assignableUnitId'),
        to(users, 'waivedById'),
      ],
    },
  );
}

function sessionTable(
  { tenantTable, to }: TableKit,
  { cmi5AssignableUnits }: ReturnType<typeof courseTables>,
  registrations: TableRef,
) {
  return tenantTable(
    'cmi5_sessions',
    'One launch of an assignable unit until it ends; the row’s id is the session id that its statements carry (§9.6.3.1).',
    {
      registrationId: uuid('registration_id').notNull(),
      assignableUnitId: uuid('assignable_unit_id').notNull(),
      launchMode: text('launch_mode', { enum: ['Normal', 'Browse', 'Review'] })
        .notNull()
        .default('Normal'),
      moveOn: moveOn(),
      masteryScore: masteryScore(),
      launchParameters: described(text('launch_parameters'), 'As given to this launch (§9.6.3.7).'),
      fetchTokenSha256: described(
        launchToken(text('fetch_token_sha256').notNull()),
        'Hash of the fetch URL’s token (§8.2).',
      ),
      fetchedAt: described(instant('fetched_at'), 'When the token was exchanged, which works once.'),
      authTokenSha256: described(
        launchToken(text('auth_token_sha256')),
        'Hash of the token that the unit then uses.',
      ),
      launchedAt: instant('launched_at').notNull(),
      initializedAt: instant('initialized_at'),
      completedAt: instant('completed_at'),
      passedAt: instant('passed_at'),
      failedAt: instant('failed_at'),
      terminatedAt: instant('terminated_at'),
      abandonedAt: described(instant('abandoned_at'), 'When we ended it, since the unit did not (§9.3.6).'),
      scoreScaled: described(numeric('score_scaled', { precision: 9, scale: 8 }), 'From 0 to 1 (§9.5.1).'),
      progressPercent: integer('progress_percent'),
      durationMs: bigint('duration_ms', { mode: 'number' }),
      returnsToCourse: boolean('returns_to_course').notNull().default(true),
    },
    {
      subject: 'registrationId',
      unique: [['fetchTokenSha256'], ['authTokenSha256']],
      references: [
        to(registrations, 'registrationId', 'cascade'),
        to(cmi5AssignableUnits, 'assignableUnitId'),
      ],
      indexes: { 'launches of a unit in a registration, in order': ['registrationId', 'launchedAt'] },
      checks: {
        ...masteryScoreRange,
        score_scaled_range: `"score_scaled" between 0 and 1`,
        progress_range: `"progress_percent" between 0 and 100`,
        duration_not_negative: `"duration_ms" >= 0`,
        failed_before_passed: `"failed_at" <= "passed_at"`,
        passed_meets_mastery: `"passed_at" is null or "score_scaled" >= "mastery_score"`,
        ended_once: `num_nonnulls("terminated_at", "abandoned_at") <= 1`,
        results_after_initialized: `"initialized_at" is not null or num_nonnulls("completed_at", "passed_at", "failed_at", "terminated_at") = 0`,
        results_in_normal_mode: `"launch_mode" = 'Normal' or num_nonnulls("completed_at", "passed_at", "failed_at") = 0`,
        token_after_fetch: `num_nulls("fetched_at", "auth_token_sha256") in (0, 2)`,
      },
    },
  );
}
