/** What clients of a simulation waited for, as its log of acknowledgements has it. */
import fs from 'node:fs';
import { Acknowledgement } from '../../src/simulate/index.ts';

export interface Wait {
  readonly from: number;
  readonly to: number;
  readonly ms: number;
}

/** The finished lines of the log, in the order of the acknowledgements. */
export function waitsOf(file: string): Wait[] {
  const lines = fs.readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => {
    const { acknowledgedAt, waitedMs = Number.NaN } = Acknowledgement.parse(JSON.parse(line));
    const to = Date.parse(acknowledgedAt);
    return { from: to - waitedMs, to, ms: waitedMs };
  });
}

/** 0 where there are none. */
export const longestOf = (waits: readonly Wait[]): number =>
  waits.reduce((longest, { ms }) => Math.max(longest, ms), 0);

/** The longest of the waits that were under way between two moments. */
export const longestBetween = (waits: readonly Wait[], from: number, to: number): number =>
  longestOf(waits.filter((wait) => wait.from <= to && wait.to >= from));
