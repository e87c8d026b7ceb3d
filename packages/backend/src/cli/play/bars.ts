/** Small pictures of numbers, in one line of text each. */

const FULL = '█';
const HALF = '▒';
const EMPTY = '·';

/** How much of a whole: `█████·····`. Never rounds something down to nothing, or not quite all up to all. */
export function shareBar(value: number, whole: number, width: number): string {
  const filled = cells(value, whole, width);
  return FULL.repeat(filled) + EMPTY.repeat(width - filled);
}

/** Used, then online but free, then what could still be brought online: `████▒▒▒····`. */
export function capacityBar(used: number, online: number, ceiling: number, width: number): string {
  const usedCells = cells(used, ceiling, width);
  const onlineCells = Math.max(usedCells, cells(online, ceiling, width));
  return FULL.repeat(usedCells) + HALF.repeat(onlineCells - usedCells) + EMPTY.repeat(width - onlineCells);
}

/** A number that can be negative, from the middle: `···██|·····`. */
export function signedBar(value: number, most: number, width: number): string {
  const side = Math.floor((width - 1) / 2);
  const filled = cells(Math.abs(value), most, side);
  const bar = FULL.repeat(filled);
  const rest = EMPTY.repeat(side - filled);
  return value < 0 ? `${rest}${bar}|${EMPTY.repeat(side)}` : `${EMPTY.repeat(side)}|${bar}${rest}`;
}

function cells(value: number, whole: number, width: number): number {
  if (whole <= 0 || value <= 0) return 0;
  if (value >= whole) return width;
  return Math.min(width - 1, Math.max(1, Math.round((value / whole) * width)));
}
