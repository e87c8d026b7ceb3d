/** Two programmes for a demonstration tenant, with their modules and the assessment that each ends with. */
import { createHash } from 'node:crypto';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { trainingTables } from './schema.ts';

export const PROGRAMS = [
  {
    code: 'awareness-basics',
    title: 'Security awareness: the basics',
    cadence: 'annual',
    day: 7,
    dueDays: 30,
    validityDays: 365,
    certified: true,
  },
  {
    code: 'phishing-reporting',
    title: 'Recognising and reporting phishing',
    cadence: 'quarterly',
    day: 40,
    dueDays: 14,
    validityDays: 90,
    certified: false,
  },
] as const;

const QUESTIONS = [
  { choices: ['Report it', 'Answer it', 'Delete it'], key: 0, points: 1, question: 'A message looks wrong.' },
  {
    choices: ['Its text', 'Its host', 'Its length'],
    key: 1,
    points: 1,
    question: 'What of a link tells most?',
  },
  { choices: ['Nobody', 'The desk', 'Everybody'], key: 1, points: 1, question: 'Who needs your password?' },
];
/** Keys are in order and numbers are whole, so this is their canonical JSON (RFC 8785) already. */
const QUESTIONS_SHA256 = createHash('sha256').update(JSON.stringify(QUESTIONS)).digest('hex');

export type SeededProgram = (typeof PROGRAMS)[number] & {
  readonly id: string;
  readonly assessmentId: string;
  readonly questionsSha256: string;
  readonly pointsPossible: number;
};

/** Adds a programme that is not there yet. */
export async function addProgram(
  tx: TenantTx,
  program: (typeof PROGRAMS)[number],
  ownerId: string,
): Promise<SeededProgram> {
  const { programs, modules, assessments } = trainingTables(tx);
  const { tenantId } = tx;
  const { code, title, cadence, dueDays, validityDays } = program;
  const row = { tenantId, code, title, cadence, dueDays, validityDays, ownerId, state: 'active' as const };
  const [added] = await tx
    .insert(programs)
    .values({ ...row, audience: { everybody: true } })
    .returning({ id: programs.id });
  const parts = (['lesson', 'game_session', 'assessment'] as const).map((format, at) => ({
    tenantId,
    programId: added?.id ?? '',
    position: at + 1,
    title: { lesson: 'What to look at', game_session: 'A night at the gate', assessment: 'What you know' }[
      format
    ],
    format,
    estimatedMinutes: { lesson: 10, game_session: 20, assessment: 5 }[format],
    settings: {},
  }));
  const moduleIds = await tx
    .insert(modules)
    .values(parts)
    .returning({ id: modules.id, format: modules.format });
  const assessed = moduleIds.find(({ format }) => format === 'assessment');
  const [assessment] = await tx
    .insert(assessments)
    .values({
      tenantId,
      moduleId: assessed?.id ?? '',
      title: 'What you know',
      purpose: 'summative',
      passMarkPermille: 600,
      questions: QUESTIONS,
      questionsSha256: QUESTIONS_SHA256,
    })
    .returning({ id: assessments.id });
  if (!added || !assessment) throw new Error('INSERT RETURNING gave no row');
  const pointsPossible = QUESTIONS.reduce((sum, { points }) => sum + points, 0);
  return {
    ...program,
    id: added.id,
    assessmentId: assessment.id,
    questionsSha256: QUESTIONS_SHA256,
    pointsPossible,
  };
}
