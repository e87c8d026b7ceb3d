/** SCORM packages, their launchable parts, and what each learner's attempt at them has come to. */
import { bigint, integer, jsonb, numeric, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, pii, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

interface Neighbours {
  readonly users: TableRef;
  readonly activities: TableRef;
  readonly objects: TableRef;
}

export function scormTables(kit: TableKit, near: Neighbours) {
  const packages = packageTables(kit, near);
  return { ...packages, ...attemptTables(kit, packages, near) };
}

/** What the manifest says of running a part. */
const launchRules = () => ({
  maxTimeMs: described(bigint('max_time_ms', { mode: 'number' }), 'Time allowed for an attempt.'),
  timeLimitAction: described(
    text('time_limit_action', {
      enum: ['exit,message', 'exit,no message', 'continue,message', 'continue,no message'],
    }),
    'What the part does when that time is over (cmi.time_limit_action).',
  ),
  completionThreshold: described(
    numeric('completion_threshold', { precision: 9, scale: 8 }),
    'Progress from 0 to 1 at which it counts as completed (cmi.completion_threshold).',
  ),
  launchData: described(text('launch_data'), 'From the manifest, handed over as it is (cmi.launch_data).'),
});

function packageTables({ tenantTable, to }: TableKit, { users, activities, objects }: Neighbours) {
  const scormPackages = tenantTable(
    'scorm_packages',
    'Courses that were imported as SCORM packages, with the manifest that says how to run them.',
    {
      title: text('title').notNull(),
      edition: text('edition', { enum: ['1.2', '2004_2nd', '2004_3rd', '2004_4th'] }).notNull(),
      identifier: described(
        text('identifier').notNull(),
        'The manifest’s identifier (SCORM 2004 CAM §3.4.1).',
      ),
      packageObjectId: described(uuid('package_object_id').notNull(), 'The ZIP as uploaded.'),
      packageSha256: text('package_sha256').notNull(),
      activityId: described(uuid('activity_id'), 'The activity that its statements are about.'),
      manifest: described(
        jsonb('manifest').$type<Record<string, unknown>>().notNull(),
        'Organisations, resources and sequencing from imsmanifest.xml.',
      ),
      importedById: uuid('imported_by_id').notNull(),
    },
    {
      recoverable: true,
      unique: [['packageSha256']],
      references: [to(objects, 'packageObjectId'), to(activities, 'activityId'), to(users, 'importedById')],
      checks: { package_sha256_form: `"package_sha256" ~ '^[0-9a-f]{64}$'` },
    },
  );

  const scormScos = tenantTable(
    'scorm_scos',
    'The parts of a package that are launched and report back: its sharable content objects.',
    {
      packageId: uuid('package_id').notNull(),
      identifier: described(text('identifier').notNull(), 'The manifest’s item identifier.'),
      position: described(integer('position').notNull(), 'Order in the organisation, from 1.'),
      title: text('title').notNull(),
      href: described(text('href').notNull(), 'Path in the package, with its parameters.'),
      passingScoreScaled: described(
        numeric('passing_score_scaled', { precision: 9, scale: 8 }),
        'From -1 to 1 (cmi.scaled_passing_score); a SCORM 1.2 mastery score divided by 100.',
      ),
      ...launchRules(),
    },
    {
      unique: [
        ['packageId', 'identifier'],
        ['packageId', 'position'],
      ],
      references: [to(scormPackages, 'packageId', 'cascade')],
      checks: {
        passing_score_range: `"passing_score_scaled" between -1 and 1`,
        completion_threshold_range: `"completion_threshold" between 0 and 1`,
      },
    },
  );

  return { scormPackages, scormScos };
}

/** SCORM 2004 RTE §4.2; SCORM 1.2 lesson_status is translated to the first two. */
const status = () => ({
  completionStatus: text('completion_status', {
    enum: ['completed', 'incomplete', 'not attempted', 'unknown'],
  })
    .notNull()
    .default('not attempted'),
  successStatus: text('success_status', { enum: ['passed', 'failed', 'unknown'] })
    .notNull()
    .default('unknown'),
  scoreScaled: described(numeric('score_scaled', { precision: 9, scale: 8 }), 'From -1 to 1.'),
  totalTimeMs: bigint('total_time_ms', { mode: 'number' }).notNull().default(0),
});
const statusChecks = {
  score_scaled_range: `"score_scaled" between -1 and 1`,
  total_time_not_negative: `"total_time_ms" >= 0`,
};

/** What a part last reported, as far as it is asked about. */
const lastRun = () => ({
  scoreRaw: described(numeric('score_raw'), 'Points as the part counts them (cmi.score.raw).'),
  scoreMin: described(numeric('score_min'), 'Least of these points (cmi.score.min).'),
  scoreMax: described(numeric('score_max'), 'Most of these points (cmi.score.max).'),
  progressMeasure: described(
    numeric('progress_measure', { precision: 9, scale: 8 }),
    'From 0 to 1 (cmi.progress_measure); SCORM 1.2 has none.',
  ),
  mode: described(
    text('mode', { enum: ['normal', 'browse', 'review'] })
      .notNull()
      .default('normal'),
    'cmi.mode of the last launch; only a normal one counts.',
  ),
  credit: described(
    text('credit', { enum: ['credit', 'no-credit'] })
      .notNull()
      .default('credit'),
    'cmi.credit of the last launch.',
  ),
  exit: described(text('exit', { enum: ['time-out', 'suspend', 'logout', 'normal'] }), 'cmi.exit.'),
});

function attemptTables(
  { tenantTable, to }: TableKit,
  { scormPackages, scormScos }: ReturnType<typeof packageTables>,
  { users }: Neighbours,
) {
  const scormRegistrations = tenantTable(
    'scorm_registrations',
    'A learner’s attempts at a SCORM package, rolled up over its parts; the row’s id is the xAPI registration.',
    {
      packageId: uuid('package_id').notNull(),
      userId: uuid('user_id').notNull(),
      attempt: described(integer('attempt').notNull().default(1), 'From 1, for each learner and package.'),
      assignmentId: described(uuid('assignment_id'), 'Id in training.assignments: what it counts towards.'),
      ...status(),
      startedAt: instant('started_at'),
      endedAt: instant('ended_at'),
    },
    {
      unique: [['packageId', 'userId', 'attempt']],
      references: [to(scormPackages, 'packageId'), to(users, 'userId', 'cascade')],
      checks: {
        ...statusChecks,
        attempt_positive: `"attempt" > 0`,
        ended_after_started: `"ended_at" >= "started_at"`,
      },
    },
  );

  const scormRuntimeStates = tenantTable(
    'scorm_runtime_states',
    'The run-time data of one part in one attempt, which the course reads and writes through the SCORM API.',
    {
      registrationId: uuid('registration_id').notNull(),
      scoId: uuid('sco_id').notNull(),
      ...status(),
      ...lastRun(),
      dataModel: described(
        pii(jsonb('data_model').$type<Record<string, unknown>>().notNull(), {
          category: 'behaviour',
          purpose: 'resuming the course where the learner left it',
          onErasure: 'delete_row',
        }),
        'The remaining elements: suspend data (64,000 characters at least, 4,096 in SCORM 1.2), location, interactions, objectives, comments.',
      ),
    },
    {
      subject: 'registrationId',
      evolving: true,
      unique: [['registrationId', 'scoId']],
      references: [to(scormRegistrations, 'registrationId', 'cascade'), to(scormScos, 'scoId')],
      checks: { ...statusChecks, progress_measure_range: `"progress_measure" between 0 and 1` },
    },
  );

  return { scormRegistrations, scormRuntimeStates };
}
