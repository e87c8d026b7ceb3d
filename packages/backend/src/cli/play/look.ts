/** How wide a screen may be and whether it may use colours: the two things that differ between terminals and pipes. */
import { type Paint, paintFor, plainPaint } from '../paint.ts';

export type { Paint };

export interface Look {
  /** Columns; no line of a screen is longer. */
  readonly width: number;
  readonly paint: Paint;
}

/** Beyond this, lines are too long to be read; below the other, nothing fits. */
const WIDEST = 100;
const NARROWEST = 40;
const DEFAULT_COLUMNS = 80;

export function lookOf(stream: { readonly isTTY?: boolean; readonly columns?: number }): Look {
  const columns = stream.columns || DEFAULT_COLUMNS;
  return {
    width: Math.max(NARROWEST, Math.min(WIDEST, columns)),
    paint: paintFor(stream),
  };
}

export const plainLook = (width: number): Look => ({ width, paint: plainPaint });
