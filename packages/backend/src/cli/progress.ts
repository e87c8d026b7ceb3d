/** How far a long command is, on standard error: one line that changes on a terminal, a line now and then elsewhere. */
import ora from 'ora';

export interface Progress {
  update(text: string): void;
  stop(): void;
}

/** A log that nobody watches needs no more lines than this. */
const PLAIN_EVERY_MS = 5_000;

export function startProgress(text: string): Progress {
  return process.stderr.isTTY ? onTerminal(text) : inPlainLines();
}

function onTerminal(text: string): Progress {
  // Standard input is left alone, so that Ctrl-C reaches the command.
  const spinner = ora({ text, stream: process.stderr, discardStdin: false }).start();
  return {
    update(next) {
      spinner.text = next;
    },
    stop: () => void spinner.stop(),
  };
}

/** Says nothing of work that is soon over. */
function inPlainLines(): Progress {
  let saidAt = performance.now();
  return {
    update(next) {
      if (performance.now() - saidAt < PLAIN_EVERY_MS) return;
      saidAt = performance.now();
      process.stderr.write(`${next}\n`);
    },
    stop() {},
  };
}
