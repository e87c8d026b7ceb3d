/** What a group of attempts is: its name, why it is made, which attack it stands for, and what to do about what gets through. */
import { attempt, attemptCopy, type Context, isHeldUp, type Outcome } from './attempt.ts';
import type { Field, Target } from './field.ts';
import type { Aim, Verdict } from './tally.ts';

export type Note = (aim: Aim, verdict: Verdict) => void;

export interface Group {
  readonly name: string;
  /** What is tried. */
  readonly tries: string;
  /** Whose attack it stands for. */
  readonly standsFor: string;
  readonly remedy: string;
  attack(field: Field, note: Note): Promise<void>;
}

/** A statement on a tenant's table, and how to see that it got through. */
export interface TableAttempt {
  readonly rule: string;
  readonly text: string;
  readonly values?: readonly unknown[];
  /** What was taken, changed or told; undefined where nothing was. */
  readonly evidence: (outcome: Outcome) => string | undefined;
  /** Whether there was something to take; the victim's row, unless said otherwise. */
  readonly worthwhile?: boolean;
}

export async function tryOn(
  field: Pick<Field, 'app'>,
  context: Context,
  target: Target,
  each: TableAttempt,
): Promise<Verdict> {
  const outcome =
    each.text.startsWith('COPY') && each.text.endsWith('TO STDOUT')
      ? await attemptCopy(field.app, context, each.text)
      : await attempt(field.app, context, each.text, each.values);
  return judge(outcome, each.evidence(outcome), each.worthwhile ?? target.prey !== undefined);
}

/** So that the planner takes the ways on which a policy could come too late. */
export const SCAN_ALL =
  'SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_indexonlyscan = off';

export function judge(outcome: Outcome, evidence: string | undefined, worthwhile: boolean): Verdict {
  if (evidence !== undefined) return { through: evidence };
  if (isHeldUp(outcome)) return { untried: outcome.message };
  return worthwhile ? 'refused' : 'empty';
}

export const countOf = ({ rowCount }: Outcome, what: string): string | undefined =>
  rowCount > 0 ? `${rowCount} ${what}` : undefined;

/** The constraints that PostgreSQL looks at once the policy has let a row pass: unique, foreign, check, not null. */
const BEHIND_THE_POLICY = ['23505', '23503', '23514', '23502'];

/** A row was written, or would have been if something else than the policy had not stopped it. */
export function passedPolicy(target: Target, outcome: Outcome): string | undefined {
  const { state, rowCount, constraint, column } = outcome;
  if (state === undefined) return countOf(outcome, 'rows written');
  if (!BEHIND_THE_POLICY.includes(state) || rowCount > 0) return undefined;
  if (state === '23502' && column === undefined) return undefined;
  // A trigger speaks before the policy, and may name what is no constraint of the table's.
  const stopped = state === '23502' ? `NOT NULL of ${column}` : constraint;
  const known = state === '23502' || (constraint !== undefined && target.constraints.includes(constraint));
  return known ? `the policy let the row pass; ${stopped} stopped it` : undefined;
}
