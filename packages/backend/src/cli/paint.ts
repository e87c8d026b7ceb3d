/** Colours are for terminals only: a pipe, a file or a log gets plain text, whatever variables a CI sets. */
import picocolors from 'picocolors';

export type Paint = ReturnType<typeof picocolors.createColors>;

export function paintFor(stream: { readonly isTTY?: boolean }): Paint {
  const { NO_COLOR, TERM } = process.env;
  return picocolors.createColors(stream.isTTY === true && !NO_COLOR && TERM !== 'dumb');
}

export const plainPaint: Paint = picocolors.createColors(false);
