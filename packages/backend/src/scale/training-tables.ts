/** What the multiplied people had to learn, and the evidence of those who did. */
import { demonstrationDate, drawn } from '../kernel/demonstration.ts';
import { signDemonstration } from '../modules/training/index.ts';
import type { KnownRows } from './known-rows.ts';
import { type ScaledPerson, type ScaledTable, timeText } from './scaled-table.ts';

/** The first programme begins on the seventh day, each further one a month later. */
const startOf = (at: number) => 7 + 30 * at;
const COMPLETED_PERMILLE = 720;

interface Course {
  readonly at: number;
  readonly program: KnownRows['programs'][number];
  /** The day of completion; null for somebody who has not completed it. */
  readonly completedOn: number | null;
}

function coursesOf({ email }: ScaledPerson, { programs }: KnownRows): Course[] {
  return programs.map((program, at) => {
    const draw = drawn(`assignment:${at}:${email}`, 1_000);
    return { at, program, completedOn: draw < COMPLETED_PERMILLE ? startOf(at) + 1 + (draw % 13) : null };
  });
}

/** @returns a row for each course that the person completed, or for the one with this code alone */
const ofCompleted =
  (
    row: (
      person: ScaledPerson,
      course: Course & { completedOn: number },
    ) => ReturnType<ScaledTable['rowsOf']>[0],
    code?: string,
  ) =>
  (person: ScaledPerson, known: KnownRows) =>
    coursesOf(person, known).flatMap((course) =>
      course.completedOn === null || (code ?? course.program.code) !== course.program.code
        ? []
        : [row(person, { ...course, completedOn: course.completedOn })],
    );

export const trainingTables: readonly ScaledTable[] = [
  {
    name: 'training.assignments',
    columns: [
      'id',
      'program_id',
      'user_id',
      'origin',
      'status',
      'progress_permille',
      'assigned_at',
      'due_at',
      'completed_at',
    ],
    rowsOf: (person, known) =>
      coursesOf(person, known).map(({ at, program, completedOn }) => [
        person.id('training.assignments', at),
        program.id,
        person.id('auth.users'),
        'audience_rule',
        completedOn === null ? 'overdue' : 'completed',
        completedOn === null ? 0 : 1_000,
        timeText(startOf(at)),
        timeText(startOf(at) + program.dueDays),
        completedOn === null ? null : timeText(completedOn, 600),
      ]),
  },
  {
    name: 'training.assessment_results',
    columns: [
      'id',
      'assessment_id',
      'assignment_id',
      'user_id',
      'attempt',
      'questions_sha256',
      'points',
      'points_possible',
      'passed',
      'started_at',
      'submitted_at',
    ],
    rowsOf: ofCompleted((person, { at, program, completedOn }) => [
      person.id('training.assessment_results', at),
      program.assessmentId,
      person.id('training.assignments', at),
      person.id('auth.users'),
      1,
      program.questionsSha256,
      2,
      3,
      true,
      timeText(completedOn, 595),
      timeText(completedOn, 600),
    ]),
  },
  {
    name: 'training.completions',
    columns: [
      'id',
      'program_id',
      'assignment_id',
      'user_id',
      'completed_at',
      'valid_until',
      'assessment_result_id',
      'score_permille',
    ],
    rowsOf: ofCompleted((person, { at, program, completedOn }) => [
      person.id('training.completions', at),
      program.id,
      person.id('training.assignments', at),
      person.id('auth.users'),
      timeText(completedOn, 600),
      demonstrationDate(completedOn + 365),
      person.id('training.assessment_results', at),
      666,
    ]),
  },
  {
    name: 'training.certificates',
    columns: [
      'id',
      'program_id',
      'completion_id',
      'user_id',
      'serial',
      'issued_on',
      'expires_on',
      'signature',
      'signing_key_id',
    ],
    rowsOf: ofCompleted((person, { at, program, completedOn }) => {
      const [issuedOn, expiresOn] = [demonstrationDate(completedOn), demonstrationDate(completedOn + 365)];
      const serial = `DEMO-S-${String(person.number + 1).padStart(7, '0')}-${at + 1}`;
      const signed = signDemonstration(
        JSON.stringify({ expiresOn, issuedOn, serial, program: program.code }),
      );
      return [
        person.id('training.certificates', at),
        program.id,
        person.id('training.completions', at),
        person.id('auth.users'),
        serial,
        issuedOn,
        expiresOn,
        signed.signature,
        signed.signingKeyId,
      ];
    }, 'awareness-basics'),
  },
  {
    name: 'training.escalations',
    columns: ['id', 'assignment_id', 'level', 'reason', 'recipient_id', 'days_overdue', 'escalated_at'],
    rowsOf: (person, known) =>
      coursesOf(person, known).flatMap(({ at, program, completedOn }) =>
        completedOn === null
          ? [
              [
                person.id('training.escalations', at),
                person.id('training.assignments', at),
                1,
                'overdue',
                person.id('auth.users'),
                1,
                timeText(startOf(at) + program.dueDays + 1, 540),
              ],
            ]
          : [],
      ),
  },
];
