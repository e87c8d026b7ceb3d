/**
 * How far a long command is, on standard error: one line that changes on a terminal, a line now and then elsewhere.
 * It is drawn here rather than by ora, which clears a line for each multiple of the terminal's width: thousands of
 * them on one that gives its width as 0, as those of containers do, until nothing else got done.
 */
import { shownLine } from '../kernel/errors/index.ts';
import { tellLine } from './print-line.ts';

export interface Progress {
  update(text: string): void;
  stop(): void;
}

/** Often enough to look alive; faster, a slow terminal would hold up the work. */
const REDRAW_EVERY_MS = 200;
/** A log that nobody watches needs no more lines than this, and says nothing of work that is soon over. */
const PLAIN_EVERY_MS = 5_000;
const USUAL_COLUMNS = 80;
const CLEAR_LINE = '\r\u001b[K';

export function startProgress(text: string): Progress {
  const { isTTY, columns } = process.stderr;
  return isTTY ? onTerminal(text, columns || USUAL_COLUMNS) : inPlainLines();
}

function onTerminal(text: string, columns: number): Progress {
  const write = throttled(REDRAW_EVERY_MS, Number.NEGATIVE_INFINITY, (next) =>
    process.stderr.write(`${CLEAR_LINE}${shownLine(next).slice(0, columns - 1)}`),
  );
  write(text);
  return { update: write, stop: () => void process.stderr.write(CLEAR_LINE) };
}

function inPlainLines(): Progress {
  const write = throttled(PLAIN_EVERY_MS, performance.now(), tellLine);
  return { update: write, stop() {} };
}

function throttled(everyMs: number, since: number, write: (text: string) => unknown) {
  let writtenAt = since;
  return (text: string): void => {
    if (performance.now() - writtenAt < everyMs) return;
    writtenAt = performance.now();
    write(text);
  };
}
