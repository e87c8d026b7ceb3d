/**
 * The training of a demonstration tenant: two programmes, who was assigned them, and the evidence of those who
 * completed them. A programme that the tenant has is left alone, with all that belongs to it.
 */
import { eq } from 'drizzle-orm';
import { demonstrationDate, demonstrationTime, drawn } from '../../kernel/demonstration.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { trainingTables } from './schema.ts';
import { signDemonstration } from './seed-certificates.ts';
import { addProgram, PROGRAMS, type SeededProgram } from './seed-programs.ts';

interface Person {
  readonly id: string;
  readonly email: string;
}

export async function seedTraining(tx: TenantTx, people: readonly Person[]): Promise<void> {
  const { programs } = trainingTables(tx);
  const [owner] = people;
  if (!owner) return;
  for (const program of PROGRAMS) {
    const [known] = await tx
      .select({ id: programs.id })
      .from(programs)
      .where(eq(programs.code, program.code));
    if (known) continue;
    const added = await addProgram(tx, program, owner.id);
    const assigned = await addAssignments(tx, added, people);
    await addEvidence(tx, added, assigned);
  }
}

/** Of a thousand people so many completed it; so many of the others are late. */
const COMPLETED_PERMILLE = 720;
const LATE_PERMILLE = 850;

function assignmentRow({ tenantId }: TenantTx, program: SeededProgram, { id, email }: Person) {
  const draw = drawn(`assignment:${program.code}:${email}`, 1_000);
  const row = {
    tenantId,
    programId: program.id,
    userId: id,
    origin: 'audience_rule' as const,
    assignedAt: demonstrationTime(program.day, 480),
    dueAt: demonstrationTime(program.day + program.dueDays, 1_020),
  };
  const startedAt = demonstrationTime(program.day + drawn(`start:${program.code}:${email}`, 7), 600);
  if (draw < COMPLETED_PERMILLE) {
    const days = 8 + drawn(`complete:${program.code}:${email}`, program.dueDays - 8);
    const completedAt = demonstrationTime(program.day + days, 600 + drawn(`time:${email}`, 400));
    return { ...row, status: 'completed' as const, progressPermille: 1_000, startedAt, completedAt };
  }
  if (draw < LATE_PERMILLE) return { ...row, status: 'overdue' as const, progressPermille: 0 };
  return { ...row, status: 'in_progress' as const, progressPermille: 333, startedAt };
}

interface Assigned {
  readonly id: string;
  readonly email: string;
  readonly userId: string;
  readonly completedAt: Date | null;
}

async function addAssignments(
  tx: TenantTx,
  program: SeededProgram,
  people: readonly Person[],
): Promise<Assigned[]> {
  const { assignments, escalations } = trainingTables(tx);
  const { tenantId } = tx;
  const added = await tx
    .insert(assignments)
    .values(people.map((person) => assignmentRow(tx, program, person)))
    .returning({
      id: assignments.id,
      userId: assignments.userId,
      status: assignments.status,
      completedAt: assignments.completedAt,
    });
  const late = added.filter(({ status }) => status === 'overdue');
  const reminders = late.map(({ id, userId }) => ({
    tenantId,
    assignmentId: id,
    level: 1,
    reason: 'overdue' as const,
    recipientId: userId,
    daysOverdue: 1,
    escalatedAt: demonstrationTime(program.day + program.dueDays + 1, 540),
  }));
  if (reminders.length > 0) await tx.insert(escalations).values(reminders);
  const emailOf = new Map(people.map(({ id, email }) => [id, email]));
  return added.map((assignment) => ({ ...assignment, email: emailOf.get(assignment.userId) ?? '' }));
}

async function addEvidence(
  tx: TenantTx,
  program: SeededProgram,
  assigned: readonly Assigned[],
): Promise<void> {
  const { assessmentResults, completions } = trainingTables(tx);
  const { tenantId } = tx;
  const done = assigned.flatMap(({ completedAt, ...rest }) =>
    completedAt ? [{ ...rest, completedAt }] : [],
  );
  if (done.length === 0) return;
  const pointsOf = (email: string) =>
    2 + drawn(`points:${program.code}:${email}`, program.pointsPossible - 1);
  const results = await tx
    .insert(assessmentResults)
    .values(
      done.map(({ id, userId, email, completedAt }) => ({
        tenantId,
        assessmentId: program.assessmentId,
        assignmentId: id,
        userId,
        attempt: 1,
        questionsSha256: program.questionsSha256,
        points: pointsOf(email),
        pointsPossible: program.pointsPossible,
        passed: true,
        startedAt: new Date(completedAt.getTime() - 300_000),
        submittedAt: completedAt,
      })),
    )
    .returning({ id: assessmentResults.id, userId: assessmentResults.userId });
  const resultOf = new Map(results.map(({ id, userId }) => [userId, id]));
  const added = await tx
    .insert(completions)
    .values(
      done.map(({ id, userId, email, completedAt }) => ({
        tenantId,
        programId: program.id,
        assignmentId: id,
        userId,
        completedAt,
        validUntil: demonstrationDate(program.day + program.dueDays + program.validityDays),
        assessmentResultId: resultOf.get(userId) ?? null,
        scorePermille: Math.floor((1_000 * pointsOf(email)) / program.pointsPossible),
      })),
    )
    .returning({ id: completions.id, userId: completions.userId, completedAt: completions.completedAt });
  if (program.certified) await addCertificates(tx, program, added);
}

async function addCertificates(
  tx: TenantTx,
  program: SeededProgram,
  completed: readonly { readonly id: string; readonly userId: string; readonly completedAt: Date }[],
): Promise<void> {
  const { certificates } = trainingTables(tx);
  const rows = completed.map(({ id, userId, completedAt }, at) => {
    const certificate = {
      expiresOn: demonstrationDate(program.day + program.dueDays + program.validityDays),
      issuedOn: completedAt.toISOString().slice(0, 10),
      serial: `DEMO-2025-${String(at + 1).padStart(5, '0')}`,
    };
    const signed = signDemonstration(JSON.stringify({ ...certificate, program: program.code }));
    return {
      ...certificate,
      ...signed,
      tenantId: tx.tenantId,
      programId: program.id,
      completionId: id,
      userId,
    };
  });
  await tx.insert(certificates).values(rows);
}
