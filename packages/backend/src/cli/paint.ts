/** Colours are for terminals only: a pipe, a file or a log gets plain text, whatever variables a CI sets. */
import picocolors from 'picocolors';

export type Paint = ReturnType<typeof picocolors.createColors>;

export function isColoured({ isTTY }: { readonly isTTY?: boolean }): boolean {
  const { NO_COLOR, TERM } = process.env;
  return isTTY === true && !NO_COLOR && TERM !== 'dumb';
}

export const paintFor = (stream: { readonly isTTY?: boolean }): Paint =>
  picocolors.createColors(isColoured(stream));

export const plainPaint: Paint = picocolors.createColors(false);
