/** How wide a screen may be and whether it may use colours: the two things that differ between terminals and pipes. */
import pc from 'picocolors';

export type Paint = ReturnType<typeof pc.createColors>;

export interface Look {
  /** Columns; no line of a screen is longer. */
  readonly width: number;
  readonly paint: Paint;
}

/** Beyond this, lines are too long to be read; below the other, nothing fits. */
const WIDEST = 100;
const NARROWEST = 40;
const DEFAULT_COLUMNS = 80;

/** Colours are for terminals only: a pipe, a file or a log gets plain text, whatever CI says. */
export function lookOf(stream: { readonly isTTY?: boolean; readonly columns?: number }): Look {
  const columns = stream.columns || DEFAULT_COLUMNS;
  const { NO_COLOR, TERM } = process.env;
  return {
    width: Math.max(NARROWEST, Math.min(WIDEST, columns)),
    paint: pc.createColors(stream.isTTY === true && !NO_COLOR && TERM !== 'dumb'),
  };
}

export const plainLook = (width: number): Look => ({ width, paint: pc.createColors(false) });
