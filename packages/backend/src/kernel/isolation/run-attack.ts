/** Makes the attempts of each group at a place, and counts them. */
import type { Field } from './field.ts';
import { nameOfPlace } from './field.ts';
import type { Group } from './group.ts';
import type { Tally } from './tally.ts';

export interface AttackOptions {
  readonly signal?: AbortSignal | undefined;
}

/** @returns whether all of them were made: not where somebody has interrupted it */
export async function attackPlace(
  field: Field,
  wanted: readonly Group[],
  tally: Tally,
  { signal }: AttackOptions = {},
): Promise<boolean> {
  const place = nameOfPlace(field.place);
  for (const { name, remedy, attack } of wanted) {
    const began = performance.now();
    const count = tally.count(name);
    try {
      await attack(field, (aim, verdict) => {
        tally.note({ group: name, place, remedy }, aim, verdict);
        signal?.throwIfAborted();
      });
    } catch (error) {
      if (!signal?.aborted) throw error;
      return false;
    } finally {
      count.ms += performance.now() - began;
    }
  }
  return true;
}
