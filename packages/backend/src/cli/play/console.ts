/**
 * The player's side of the terminal: pages, choices, and leaving. Every question can be left by Ctrl-C,
 * Ctrl-D or Esc; leaving is an exception that unwinds the whole game, which has nothing unsaved to lose.
 */
import { type CANCEL_SYMBOL, confirm, isCancel, log, select } from '@clack/prompts';
import { type Look, lookOf } from './look.ts';
import { cutText, displayWidth } from './text-layout.ts';

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

/** What a list of choices loses to the frame that the prompt draws around it. */
export const PROMPT_FRAME = 8;

const CLEAR = '\x1b[2J\x1b[H';

export function openConsole(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Console {
  for (const event of ['end', 'error'] as const) input.prependListener(event, hangUp);
  // The prompt would go deaf on Ctrl-D: the line editor below it takes it for the end of the input.
  const left = new AbortController();
  const onKey = (_text: unknown, key: { readonly ctrl?: boolean; readonly name?: string }) => {
    if (key.ctrl && key.name === 'd') left.abort();
  };
  input.on('keypress', onKey);

  const choose: Console['choose'] = async (message, choices, initial) => {
    // Values are not passed to the prompt: it compares them by identity, and ours are built anew each time.
    const room = lookOf(output).width - PROMPT_FRAME;
    const options = choices.map(({ label, hint }, value) => ({ value, ...fitChoice(label, hint, room) }));
    const initialValue = Math.max(
      0,
      choices.findIndex(({ value }) => value === initial),
    );
    const asked = { message, options, initialValue, input, output, signal: left.signal };
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
      answered(await confirm({ message, initialValue: true, input, output, signal: left.signal })),
    close() {
      for (const event of ['end', 'error'] as const) input.off(event, hangUp);
      input.off('keypress', onKey);
    },
  };
}

/**
 * A terminal ends its input when it is closed. Nobody is left to talk to, and what was being done ends with its
 * connection, undone; so the program ends as the hang-up signal ends it, should that come late. An ordinary exit
 * would not do: Node restores the terminal's settings on its way out, and aborts when the terminal is gone.
 */
function hangUp(): void {
  process.kill(process.pid, 'SIGHUP');
}

function answered<Value>(answer: Value | typeof CANCEL_SYMBOL): Value {
  if (isCancel(answer)) throw new PlayerLeft();
  return answer as Value;
}

/** A choice takes one line: the prompt would wrap it, and the list would jump as the hint comes and goes. */
function fitChoice(label: string, hint: string | undefined, room: number): { label: string; hint?: string } {
  const left = room - displayWidth(label) - 3;
  return { label: cutText(label, room), ...(hint && left > 8 ? { hint: cutText(hint, left) } : {}) };
}
