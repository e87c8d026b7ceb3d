/** Evidence of what people learnt: results, completions and certificates. Append-only, superseded where wrong. */
import { boolean, date, integer, text, uuid } from 'drizzle-orm/pg-core';
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
  readonly sessions: TableRef;
  readonly objects: TableRef;
  readonly programs: TableRef;
  readonly modules: TableRef;
  readonly assessments: TableRef;
  readonly assignments: TableRef;
}

export function outcomeTables(kit: TableKit, near: Neighbours) {
  const assessmentResults = resultTable(kit, near);
  const completions = completionTable(kit, assessmentResults, near);
  return { assessmentResults, completions, certificates: certificateTable(kit, completions, near) };
}

function resultTable({ appendOnlyTable, to }: TableKit, near: Neighbours) {
  return appendOnlyTable(
    'assessment_results',
    'What a person scored in one attempt at an assessment, and which questions they were asked.',
    {
      assessmentId: uuid('assessment_id').notNull(),
      assignmentId: described(uuid('assignment_id'), 'Null where the person took it unasked.'),
      userId: uuid('user_id').notNull(),
      attempt: described(integer('attempt').notNull(), 'From 1, for each person and assessment.'),
      questionsSha256: described(text('questions_sha256').notNull(), 'Hash of the questions as asked.'),
      points: integer('points').notNull(),
      pointsPossible: integer('points_possible').notNull(),
      passed: boolean('passed').notNull(),
      gameSessionId: described(uuid('game_session_id'), 'The game that was assessed, where it was one.'),
      answers: described(
        pii(encrypted('answers', 'person'), {
          category: 'behaviour',
          purpose: 'showing the person and their trainer what was answered',
          onErasure: 'shred',
        }),
        'JSON, encrypted with the person’s key.',
      ),
      startedAt: instant('started_at').notNull(),
      submittedAt: instant('submitted_at').notNull(),
    },
    {
      invalidatable: true,
      unique: [['assessmentId', 'userId', 'attempt']],
      references: [
        to(near.assessments, 'assessmentId'),
        to(near.assignments, 'assignmentId'),
        to(near.users, 'userId'),
        to(near.sessions, 'gameSessionId'),
      ],
      indexes: { 'a person’s results, newest first': ['userId', 'submittedAt desc'] },
      checks: {
        attempt_positive: `"attempt" > 0`,
        points_range: `"points" between 0 and "points_possible" and "points_possible" > 0`,
        submitted_after_started: `"submitted_at" >= "started_at"`,
        questions_sha256_form: `"questions_sha256" ~ '^[0-9a-f]{64}$'`,
      },
    },
  );
}

function completionTable({ appendOnlyTable, to }: TableKit, assessmentResults: TableRef, near: Neighbours) {
  return appendOnlyTable(
    'completions',
    'That a person completed a programme, or one module of it, and what that rests on.',
    {
      programId: uuid('program_id').notNull(),
      moduleId: described(uuid('module_id'), 'The module completed; null for the programme as a whole.'),
      assignmentId: described(uuid('assignment_id'), 'Null where the person was not assigned.'),
      userId: uuid('user_id').notNull(),
      completedAt: instant('completed_at').notNull(),
      validUntil: described(date('valid_until'), 'Last day that it counts; null where it does not lapse.'),
      assessmentResultId: described(uuid('assessment_result_id'), 'The result that it rests on.'),
      gameSessionId: described(uuid('game_session_id'), 'The game that it rests on.'),
      statementId: described(uuid('statement_id'), 'Id in lrs.statements: the statement that it rests on.'),
      scorePermille: described(integer('score_permille'), 'In 1/1000; null where nothing was scored.'),
    },
    {
      invalidatable: true,
      references: [
        to(near.programs, 'programId'),
        to(near.modules, 'moduleId'),
        to(near.assignments, 'assignmentId'),
        to(near.users, 'userId'),
        to(assessmentResults, 'assessmentResultId'),
        to(near.sessions, 'gameSessionId'),
      ],
      indexes: {
        'a person’s completions, newest first': ['userId', 'completedAt desc'],
        'who completed a programme in a period': ['programId', 'completedAt'],
        'completions that lapse, to be assigned again': ['validUntil'],
      },
      checks: { score_range: `"score_permille" between 0 and 1000` },
    },
  );
}

function certificateTable({ appendOnlyTable, to }: TableKit, completions: TableRef, near: Neighbours) {
  return appendOnlyTable(
    'certificates',
    'Signed proof, for printing and for verifying, that a person completed a programme.',
    {
      programId: uuid('program_id').notNull(),
      completionId: described(uuid('completion_id').notNull(), 'The completion that is certified.'),
      userId: uuid('user_id').notNull(),
      holderName: described(
        pii(encrypted('holder_name', 'person'), {
          category: 'identity',
          purpose: 'printed on the certificate',
          onErasure: 'shred',
        }),
        'JSON, encrypted with the person’s key: the name, what the programme was called, and a random salt, so that nobody can try names on the signature.',
      ),
      serial: described(text('serial').notNull(), 'Printed number by which anyone can have it verified.'),
      issuedOn: date('issued_on').notNull(),
      expiresOn: described(date('expires_on'), 'Last day that it is good for; null without end.'),
      documentObjectId: described(uuid('document_object_id'), 'The PDF as issued.'),
      signature: described(
        text('signature').notNull(),
        'Ed25519 (RFC 8032) over the certificate’s canonical JSON (RFC 8785), base64url.',
      ),
      signingKeyId: described(text('signing_key_id').notNull(), 'RFC 7638 thumbprint of the public key.'),
    },
    {
      invalidatable: true,
      unique: [['serial']],
      references: [
        to(near.programs, 'programId'),
        to(completions, 'completionId'),
        to(near.users, 'userId'),
        to(near.objects, 'documentObjectId'),
      ],
      indexes: {
        'a person’s certificates, newest first': ['userId', 'createdAt desc'],
        'certificates that expire, to be renewed': ['expiresOn'],
      },
      checks: { expires_after_issued: `"expires_on" > "issued_on"` },
    },
  );
}
