/**
 * Undoes a move that has not switched its tenant: the tenant stays where it always was, and nothing of the move remains
 * but its record. A tenant that is between its two places comes back to the source.
 */
import { Attempt, type MoverOptions } from './attempt.ts';
import { clearTarget } from './clear-target.ts';
import { moverErrors } from './errors.ts';
import { explainMoveError } from './explain-error.ts';
import { whereIs } from './flip.ts';
import type { Move, MoveStep } from './ports.ts';
import { removeSlot } from './slot.ts';

const SWITCHED: readonly MoveStep[] = ['flipped', 'completed', 'purged'];

/** @throws TENANCY_MOVE_SWITCHED, TENANCY_MOVE_ENDED, TENANCY_MOVE_UNKNOWN */
export async function rollBackMove(options: MoverOptions, moveId: string): Promise<Move> {
  const attempt = await Attempt.take(options, moveId, { force: true });
  try {
    await rollBack(attempt);
    return attempt.move;
  } catch (error) {
    throw explainMoveError(error);
  } finally {
    await attempt.close();
  }
}

async function rollBack(attempt: Attempt): Promise<void> {
  const { source, target, move, options, control } = attempt;
  const { instances, register } = options;
  if (move.step === 'rolled_back') throw moverErrors.TENANCY_MOVE_ENDED({ found: 'rolled back' });
  if (SWITCHED.includes(move.step) || (await whereIs(attempt)) === 'target')
    throw moverErrors.TENANCY_MOVE_SWITCHED({ found: `${move.to.tier} on ${move.to.instance}` });
  const recorded = await control.run((tx) => register.steps(tx, move.id));
  await attempt.record({ step: 'rolling_back', details: { from: move.step } });
  if ((await whereIs(attempt)) === 'nowhere') {
    const state = await attempt.livingState();
    await source.owner.run((tx) => instances.comeBack(tx, move, state));
  }
  await removeSlot(source.owner, move.id);
  // Before the target was claimed, what is there is not the move's.
  if (recorded.some(({ step }) => step === 'claimed')) await clearTarget(attempt, 'rolled back');
  for (const { owner } of [source, target]) await owner.run((tx) => instances.close(tx, move.id));
  await attempt.record({ step: 'rolled_back' });
}
