/** What is said of a move, to people and to programs. DESIGN section 13 has the fields that stay. */
import type { Move } from '../kernel/mover/index.ts';

export interface MoveReport {
  readonly moveId: string;
  readonly tenant: string;
  readonly from: Move['from']['tier'];
  readonly to: Move['to']['tier'];
  readonly fromInstance: string;
  readonly toInstance: string;
  readonly step: Move['step'];
  readonly state: MoveState;
  readonly rowsCopied: number;
  readonly changesApplied: number;
  readonly rowsVerified: number;
  /** Whether every row and every change since was compared before the tenant was switched. */
  readonly verified: boolean;
  readonly cutover: { readonly pauseMs: number | null; readonly longestWaitMs: number | null };
  readonly error: Move['error'];
  /** When what was left behind may be purged. */
  readonly keptUntil: Date | null;
  readonly startedAt: Date;
}

/** `interrupted`: no program works on it, although it has not ended; resume it, or roll it back. */
export type MoveState =
  | 'running'
  | 'paused'
  | 'failed'
  | 'interrupted'
  | 'completed'
  | 'purged'
  | 'rolled_back';

export function stateOf({ step, wish, error }: Move, isWorkedOn: boolean): MoveState {
  if (step === 'completed' || step === 'purged' || step === 'rolled_back') return step;
  if (isWorkedOn) return wish === 'pause' ? 'paused' : 'running';
  return error ? 'failed' : 'interrupted';
}

const AFTER_FLIP: readonly Move['step'][] = ['flipped', 'completed', 'purged'];

export function reportOf(move: Move, isWorkedOn = false): MoveReport {
  const { id, slug, from, to, step, rowsCopied, changesApplied, rowsVerified } = move;
  return {
    moveId: id,
    tenant: slug,
    from: from.tier,
    to: to.tier,
    fromInstance: from.instance,
    toInstance: to.instance,
    step,
    state: stateOf(move, isWorkedOn),
    ...{ rowsCopied, changesApplied, rowsVerified },
    // No tenant is switched that was not verified.
    verified: AFTER_FLIP.includes(step),
    cutover: { pauseMs: move.pauseMs, longestWaitMs: move.longestWaitMs },
    error: move.error,
    keptUntil: move.keptUntil,
    startedAt: move.createdAt,
  };
}
