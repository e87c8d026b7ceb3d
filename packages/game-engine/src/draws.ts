/**
 * Random choices of one action: integers without bias, shuffles, weighted picks.
 * They depend on the seed, the sequence at which the action is decided and the stream alone, never on a clock or on
 * what other actions drew.
 */
import { multiplyHigh, philox4x32, type Words2, type Words4 } from './philox.ts';

/** Streams keep purposes apart, so that one more draw for the inbox does not change an attack. Never renumber. */
export const Stream = { inbox: 1, dwell: 2, attacks: 3, breaches: 4, bot: 101 } as const;
export type Stream = (typeof Stream)[keyof typeof Stream];

const WORD = 0x1_0000_0000;

export interface DrawKey {
  /** 0 to 2^53 - 1. */
  readonly seed: number;
  /** The session's sequence before the action. */
  readonly sequence: number;
  readonly stream: Stream;
}

export interface Draws {
  /** Uniform over `min..max`, both included; the span is at most 2^32. */
  integer(min: number, max: number): number;
  /** True in `permille` of 1000 cases. */
  chance(permille: number): boolean;
  /** A new array in random order (Fisher and Yates). */
  shuffle<T>(items: readonly T[]): T[];
  /**
   * One item, each with a probability proportional to its weight.
   * @param weightOf  a non-negative integer; undefined is returned when all weights are zero
   */
  pick<T>(items: readonly T[], weightOf: (item: T) => number): T | undefined;
}

const split = (value: number): Words2 => [value % WORD, Math.floor(value / WORD)];

function createWordSource({ seed, sequence, stream }: DrawKey): () => number {
  const key = split(seed);
  const [sequenceLow, sequenceHigh] = split(sequence);
  let block: Words4 = [0, 0, 0, 0];
  let drawn = 0;
  return () => {
    const lane = drawn % 4;
    if (lane === 0) block = philox4x32([sequenceLow, sequenceHigh, drawn / 4, stream], key);
    drawn += 1;
    return block[lane] ?? 0;
  };
}

/**
 * Lemire's method ("Fast random integer generation in an interval", 2019): multiply and keep the high word; reject
 * the few low words that would favour some results.
 */
function drawBelow(nextWord: () => number, span: number): number {
  const threshold = (WORD - span) % span;
  for (;;) {
    const word = nextWord();
    if (Math.imul(word, span) >>> 0 >= threshold) return multiplyHigh(word, span);
  }
}

/** Opens the draws of one purpose; a second call with the same key yields the same draws. */
export function createDraws(key: DrawKey): Draws {
  const nextWord = createWordSource(key);

  function integer(min: number, max: number): number {
    const span = max - min + 1;
    if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || span < 1 || span > WORD) {
      throw new RangeError(`no integer can be drawn from ${min}..${max}`);
    }
    return min + (span === WORD ? nextWord() : drawBelow(nextWord, span));
  }

  function shuffle<T>(items: readonly T[]): T[] {
    const rest = [...items];
    const shuffled: T[] = [];
    while (rest.length > 0) shuffled.push(...rest.splice(integer(0, rest.length - 1), 1));
    return shuffled;
  }

  function pick<T>(items: readonly T[], weightOf: (item: T) => number): T | undefined {
    const total = items.reduce((sum, item) => sum + weightOf(item), 0);
    if (total === 0) return undefined;
    let remaining = integer(0, total - 1);
    return items.find((item) => {
      remaining -= weightOf(item);
      return remaining < 0;
    });
  }

  return { integer, chance: (permille) => integer(0, 999) < permille, shuffle, pick };
}
