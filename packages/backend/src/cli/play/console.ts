/**
 * The player's side of the terminal: pages, choices, and leaving. Every question can be left by Ctrl-C, Esc or the end
 * of the input; leaving is an exception that unwinds the whole game, which has nothing unsaved to lose.
 */
import { type CANCEL_SYMBOL, confirm, isCancel, log, select } from '@clack/prompts';
import { type Look, lookOf } from './look.ts';

export class PlayerLeft extends Error {
  override readonly name = 'PlayerLeft';
}

export interface Choice<Value> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

export interface Console {
  /** Measured anew each time: windows change size. */
  readonly look: Look;
  /** Shows a screen on a cleared terminal. */
  page(...parts: readonly string[]): void;
  /** Adds to the present page. */
  say(text: string): void;
  /** @throws PlayerLeft */
  choose<Value>(message: string, choices: readonly Choice<Value>[], initial?: Value): Promise<Value>;
  /** Waits until the page was read. @throws PlayerLeft */
  pause(label: string): Promise<void>;
  /** @throws PlayerLeft */
  confirm(message: string): Promise<boolean>;
  close(): void;
}

const CLEAR = '\x1b[2J\x1b[H';

export function openConsole(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Console {
  const gone = new AbortController();
  const leave = () => gone.abort();
  // A terminal that is closed ends its input, or fails it with EIO.
  for (const event of ['end', 'close', 'error'] as const) input.on(event, leave);

  const choose: Console['choose'] = async (message, choices, initial) => {
    // Values are not passed to the prompt: it compares them by identity, and ours are built anew each time.
    const options = choices.map(({ label, hint }, value) => ({ value, label, ...(hint ? { hint } : {}) }));
    const initialValue = Math.max(
      0,
      choices.findIndex(({ value }) => value === initial),
    );
    const asked = { message, options, initialValue, input, output, signal: gone.signal };
    const chosen = choices[answered(await select({ ...asked, showInstructions: false }))];
    if (chosen === undefined) throw new PlayerLeft();
    return chosen.value;
  };
  return {
    get look() {
      return lookOf(output);
    },
    page: (...parts) => void output.write(`${CLEAR}${parts.join('\n\n')}\n\n`),
    say: (text) => log.message(text, { output }),
    choose,
    pause: async (label) => void (await choose('Enter goes on.', [{ value: true, label }])),
    confirm: async (message) =>
      answered(await confirm({ message, initialValue: true, input, output, signal: gone.signal })),
    close() {
      for (const event of ['end', 'close', 'error'] as const) input.off(event, leave);
    },
  };
}

function answered<Value>(answer: Value | typeof CANCEL_SYMBOL): Value {
  if (isCancel(answer)) throw new PlayerLeft();
  return answer as Value;
}
