/** The values that sound arguments are made of: those that hostile ones may replace are plain; the others say what may. */
import type { World } from './world.ts';

/** A value that stays as it is, however plain an object it is. */
export class Fixed {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

/** A value in whose place any JSON may stand, and what is none. */
export class Open extends Fixed {}

export const fixed = (value: unknown) => new Fixed(value);
export const open = (value: unknown) => new Open(value);

/** What follows the transaction; of a use case that opens its own, all that it takes. */
export type SoundArguments = (world: World) => readonly unknown[];
