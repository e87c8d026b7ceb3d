/**
 * Slots and publications that outlived their move, or hold back more of the log than it may while nobody works on it. A
 * program that is killed leaves them; a disk that they fill stops every tenant of its instance.
 */
import type { Finding } from '../kernel/check/index.ts';
import { openAsOwner, runAsOwner } from '../kernel/db/index.ts';
import { DmzError } from '../kernel/errors/index.ts';
import {
  type KeptSlot,
  listKeptSlots,
  type Move,
  type MoverOptions,
  removeSlot,
} from '../kernel/mover/index.ts';
import { listInstances, moveRegister } from '../modules/public/index.ts';
import { isUnderWork } from './is-under-work.ts';

export const FORGOTTEN_SLOTS = 'no-slot-outlives-its-move';

const ENDED: readonly Move['step'][] = ['completed', 'purged', 'rolled_back'];

/**
 * Looks at every instance that can be reached.
 *
 * @param mend  removes what it finds; a move that has not ended copies anew when it is taken up again
 * @returns what it found, and left where it was not told to mend
 */
export async function findForgottenSlots(options: MoverOptions, mend: boolean): Promise<Finding[]> {
  const [moves, instances] = await runAsOwner(options.controlUrl, async (tx) => [
    await moveRegister.list(tx),
    await listInstances(tx),
  ]);
  const findings: Finding[] = [];
  for (const { name } of instances) {
    try {
      findings.push(...(await lookAt(options, moves, name, mend)));
    } catch (error) {
      // That an instance is away is what the other rules say of it.
      if (!(error instanceof DmzError && AWAY.test(error.code))) throw error;
    }
  }
  return findings;
}

const AWAY = /^(STACK|INSTANCE)_/;

async function lookAt(
  options: MoverOptions,
  moves: readonly Move[],
  instance: string,
  mend: boolean,
): Promise<Finding[]> {
  const { adminUrl } = await options.urlsOf(instance);
  const owner = await openAsOwner(adminUrl);
  try {
    const findings: Finding[] = [];
    for (const slot of await listKeptSlots(owner.client)) {
      const why = await whyForgotten(options, moves, slot);
      if (why === undefined) continue;
      if (mend) await removeSlot(owner, slot.moveId);
      else findings.push(findingOf(instance, slot, why));
    }
    return findings;
  } finally {
    await owner.close();
  }
}

/** @returns undefined while the move needs it */
async function whyForgotten(
  options: MoverOptions,
  moves: readonly Move[],
  { moveId, retainedBytes }: KeptSlot,
): Promise<string | undefined> {
  const move = moves.find(({ id }) => id === moveId);
  if (!move) return 'no such move is known';
  if (ENDED.includes(move.step)) return `the move of ${move.slug} has ended: ${move.step}`;
  if (retainedBytes <= move.maxWalBytes || (await isUnderWork(options, move))) return undefined;
  return `nobody works on the move of ${move.slug}, and it holds back more than its limit`;
}

const findingOf = (instance: string, { moveId, retainedBytes }: KeptSlot, why: string): Finding => ({
  rule: FORGOTTEN_SLOTS,
  object: `${instance}: slot and publication of move ${moveId}`,
  detail: `${why}; ${Math.round(retainedBytes / 1e6)} MB of log are held back`,
  remedy: 'pnpm dmz doctor --mend removes them',
});
