/** AICC courses over HACP (CMI001 4.0), enrolments in them, their sessions and the results that they put. */
import { bigint, integer, jsonb, numeric, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, pii, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

interface Neighbours {
  readonly users: TableRef;
  readonly objects: TableRef;
}

export function aiccTables(kit: TableKit, near: Neighbours) {
  const courses = courseTables(kit, near);
  const aiccRegistrations = registrationTable(kit, courses.aiccCourses, near);
  const aiccSessions = sessionTable(kit, courses.aiccAssignableUnits, aiccRegistrations);
  return { ...courses, aiccRegistrations, aiccSessions, aiccResults: resultTable(kit, aiccSessions) };
}

function courseTables({ tenantTable, to }: TableKit, { objects }: Neighbours) {
  const aiccCourses = tenantTable(
    'aicc_courses',
    'Courses that were imported by their AICC course structure files.',
    {
      courseKey: described(text('course_key').notNull(), 'Course_ID of the .crs file.'),
      title: text('title').notNull(),
      creator: described(text('creator'), 'Course_Creator: the maker’s firm.'),
      courseSystem: described(text('course_system'), 'Course_System: the authoring tool.'),
      packageObjectId: described(uuid('package_object_id').notNull(), 'The course structure files.'),
      packageSha256: text('package_sha256').notNull(),
      structure: described(
        jsonb('structure').$type<Record<string, unknown>>().notNull(),
        'The .crs, .des, .cst and prerequisite files, parsed.',
      ),
    },
    {
      recoverable: true,
      unique: [['courseKey', 'packageSha256']],
      references: [to(objects, 'packageObjectId')],
      checks: { package_sha256_form: `"package_sha256" ~ '^[0-9a-f]{64}$'` },
    },
  );

  const aiccAssignableUnits = tenantTable(
    'aicc_assignable_units',
    'The parts of an AICC course that are launched, from its .au file.',
    {
      courseId: uuid('course_id').notNull(),
      systemKey: described(text('system_key').notNull(), 'System_ID within the course, such as A1.'),
      title: text('title').notNull(),
      launchUrl: described(text('launch_url').notNull(), 'File_Name.'),
      launchParameters: described(text('launch_parameters'), 'Web_Launch.'),
      masteryScore: described(numeric('mastery_score'), 'Raw score that passes; null where none is set.'),
      maxScore: described(numeric('max_score'), 'Raw score that can be reached; null where none is set.'),
      maxTimeMs: described(bigint('max_time_ms', { mode: 'number' }), 'Max_Time_Allowed.'),
      timeLimitAction: described(
        text('time_limit_action'),
        'Time_Limit_Action, such as C,M: go on, and say so.',
      ),
      coreVendor: described(text('core_vendor'), 'Sent to the unit as it is.'),
    },
    { unique: [['courseId', 'systemKey']], references: [to(aiccCourses, 'courseId', 'cascade')] },
  );

  return { aiccCourses, aiccAssignableUnits };
}

const lessonStatuses = ['passed', 'completed', 'failed', 'incomplete', 'browsed', 'not attempted'] as const;

function registrationTable({ tenantTable, to }: TableKit, courses: TableRef, { users }: Neighbours) {
  return tenantTable(
    'aicc_registrations',
    'A learner’s enrolment in an AICC course, rolled up over its units.',
    {
      courseId: uuid('course_id').notNull(),
      userId: uuid('user_id').notNull(),
      enrolment: described(integer('enrolment').notNull().default(1), 'From 1, for each learner and course.'),
      assignmentId: described(uuid('assignment_id'), 'Id in training.assignments: what it counts towards.'),
      lessonStatus: text('lesson_status', { enum: lessonStatuses }).notNull().default('not attempted'),
      completedAt: instant('completed_at'),
    },
    {
      unique: [['courseId', 'userId', 'enrolment']],
      references: [to(courses, 'courseId'), to(users, 'userId')],
      checks: { enrolment_positive: `"enrolment" > 0` },
    },
  );
}

function sessionTable({ tenantTable, to }: TableKit, assignableUnits: TableRef, registrations: TableRef) {
  return tenantTable(
    'aicc_sessions',
    'One launch of an AICC unit until it leaves, and what it needs to resume.',
    {
      registrationId: uuid('registration_id').notNull(),
      assignableUnitId: uuid('assignable_unit_id').notNull(),
      sessionKeySha256: described(
        pii(text('session_key_sha256').notNull(), {
          category: 'credential',
          purpose: 'recognising a launched unit',
          onErasure: 'replace',
        }),
        'Hash of the aicc_sid that the unit sends with each request.',
      ),
      mode: text('mode', { enum: ['normal', 'browse', 'review'] })
        .notNull()
        .default('normal'),
      credit: text('credit', { enum: ['credit', 'no-credit'] })
        .notNull()
        .default('credit'),
      exit: described(
        text('exit', { enum: ['logout', 'time-out', 'suspend', 'normal'] }),
        'How it was left.',
      ),
      lessonLocation: pii(text('lesson_location'), {
        category: 'behaviour',
        purpose: 'resuming the unit',
        onErasure: 'null',
      }),
      suspendData: described(
        pii(text('suspend_data'), { category: 'behaviour', purpose: 'resuming the unit', onErasure: 'null' }),
        'The [Core_Lesson] group, as the unit wrote it.',
      ),
      launchedAt: instant('launched_at').notNull(),
      lastRequestAt: instant('last_request_at'),
      exitedAt: instant('exited_at'),
    },
    {
      subject: 'registrationId',
      privileges: ['select', 'insert', 'update'],
      unique: [['sessionKeySha256']],
      references: [to(registrations, 'registrationId'), to(assignableUnits, 'assignableUnitId')],
      indexes: { 'launches of a registration, in order': ['registrationId', 'launchedAt'] },
      checks: { exited_after_launched: `"exited_at" >= "launched_at"` },
    },
  );
}

function resultTable({ appendOnlyTable, to }: TableKit, sessions: TableRef) {
  return appendOnlyTable(
    'aicc_results',
    'What a unit put with each PutParam: status, score and time; the last valid one of a session counts.',
    {
      sessionId: uuid('session_id').notNull(),
      lessonStatus: text('lesson_status', { enum: lessonStatuses }).notNull(),
      scoreRaw: described(numeric('score_raw'), 'Points reached, between the least and the most.'),
      scoreMin: described(numeric('score_min'), 'The least points that can be reached.'),
      scoreMax: described(numeric('score_max'), 'The most points that can be reached.'),
      sessionTimeMs: described(bigint('session_time_ms', { mode: 'number' }), 'Time in this launch.'),
      requestSha256: described(
        text('request_sha256').notNull(),
        'SHA-256 of the request’s body, so that a repeated request is written once.',
      ),
      receivedAt: instant('received_at').notNull(),
    },
    {
      subject: 'sessionId',
      invalidatable: true,
      unique: [['sessionId', 'requestSha256']],
      references: [to(sessions, 'sessionId')],
      indexes: { 'results of a session, newest first': ['sessionId', 'receivedAt desc'] },
      checks: {
        score_min_below_max: `"score_min" < "score_max"`,
        score_raw_range: `"score_raw" >= "score_min" and "score_raw" <= "score_max"`,
        session_time_not_negative: `"session_time_ms" >= 0`,
        request_sha256_form: `"request_sha256" ~ '^[0-9a-f]{64}$'`,
      },
    },
  );
}
