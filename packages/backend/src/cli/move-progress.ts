/** A move on the terminal: what it is at, and while it copies a bar, the rate and the time that is left. */
import type { MoveProgress } from '../kernel/mover/index.ts';

const BAR_CELLS = 20;

/** One line, such as `copying ████████░░░░░░░░░░░░ 42 %  504,000 of 1,200,000 rows, 85,000/s, 8 s left`. */
export function describeMove({ phase, done, total, perSecond }: MoveProgress): string {
  if (done === undefined || total === undefined || total === 0) return phase;
  const part = Math.min(1, done / total);
  const cells = Math.floor(part * BAR_CELLS);
  const bar = '█'.repeat(cells) + '░'.repeat(BAR_CELLS - cells);
  const numbers = `${count(done)} of ${count(total)} rows`;
  return `${phase} ${bar} ${Math.floor(part * 100)} %  ${numbers}${rateOf(total - done, perSecond)}`;
}

function rateOf(left: number, perSecond = 0): string {
  if (perSecond < 1) return '';
  return `, ${count(Math.round(perSecond))}/s, ${timeOf(left / perSecond)} left`;
}

const count = (value: number): string => value.toLocaleString('en');

function timeOf(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  return seconds < 6_000 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}
