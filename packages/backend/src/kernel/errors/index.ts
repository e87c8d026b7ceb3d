/**
 * Errors that people and programs can act on. Each has a stable code, says what was found, what was expected and
 * what to do next, and carries neither personal data nor a password. A room declares its own errors with
 * `defineErrors` beside its code; `src/error-catalogue.ts` gathers them all, and the reference is generated from it.
 */

import { quoted, shownText, withoutPasswords } from './shown-text.ts';

export { quoted, shownJson, shownLine, shownText } from './shown-text.ts';

/** What was found can be anything that anybody sent; its beginning tells enough. */
const LONGEST_FOUND = 2_000;

export interface ErrorDefinition {
  /** What went wrong, one sentence; `found` and `expected` give the particulars. */
  readonly message: string;
  /** What the reader does next, unless the place that throws knows better. */
  readonly next: string;
  /** Exit status of the command line: 1 failed or found something, 2 wrong usage. */
  readonly exitCode: 1 | 2;
  /** True when the same call can succeed if it is simply made again. */
  readonly retryable?: boolean;
}

export interface ErrorParticulars {
  readonly found?: string;
  readonly expected?: string;
  readonly next?: string;
  readonly cause?: unknown;
  /** For programs: values a caller branches on, such as `{ expected: 4, actual: 7 }`. */
  readonly data?: Readonly<Record<string, unknown>>;
}

export class DmzError<Code extends string = string> extends Error {
  override readonly name = 'DmzError';
  readonly code: Code;
  readonly found: string | undefined;
  readonly expected: string | undefined;
  readonly next: string;
  readonly exitCode: 1 | 2;
  readonly retryable: boolean;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: Code, definition: ErrorDefinition, particulars: ErrorParticulars) {
    super(definition.message, particulars.cause === undefined ? undefined : { cause: particulars.cause });
    this.code = code;
    this.found = particulars.found && tellable(particulars.found);
    this.expected = particulars.expected && tellable(particulars.expected);
    this.next = tellable(particulars.next ?? definition.next);
    this.exitCode = definition.exitCode;
    this.retryable = definition.retryable ?? false;
    this.data = particulars.data ?? {};
  }

  /** For `--json` and logs: everything but the stack and the cause. */
  toJSON(): Record<string, unknown> {
    const { code, message, found, expected, next, retryable, data } = this;
    return {
      code,
      message,
      found,
      expected,
      next,
      retryable,
      ...(Object.keys(data).length > 0 ? { data } : {}),
    };
  }
}

const tellable = (text: unknown): string => shownText(withoutPasswords(shorten(text)));

/** What was found may not be the text that its type says: whoever calls from JavaScript is told so too. */
const shorten = (found: unknown): string => {
  if (typeof found !== 'string') return quoted(found);
  return found.length > LONGEST_FOUND
    ? `${found.slice(0, LONGEST_FOUND)}… (${found.length} characters)`
    : found;
};

type Thrower<Definitions extends Record<string, ErrorDefinition>> = {
  readonly [Code in keyof Definitions & string]: (particulars?: ErrorParticulars) => DmzError<Code>;
} & { readonly definitions: Definitions };

/**
 * Turns a table of definitions into one constructor a code: `throw errors.STACK_PORT_TAKEN({ found: 'port 5432' })`.
 */
export function defineErrors<const Definitions extends Record<string, ErrorDefinition>>(
  definitions: Definitions,
): Thrower<Definitions> {
  const constructors = Object.entries(definitions).map(([code, definition]) => [
    code,
    (particulars: ErrorParticulars = {}) => new DmzError(code, definition, particulars),
  ]);
  return { ...Object.fromEntries(constructors), definitions } as Thrower<Definitions>;
}

export function isDmzError<Code extends string>(error: unknown, code?: Code): error is DmzError<Code> {
  return error instanceof DmzError && (code === undefined || error.code === code);
}
