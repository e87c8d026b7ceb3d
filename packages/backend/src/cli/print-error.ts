/** One message for a failure: its code, what was found, what was expected, what to do next. Never a stack trace. */

import { DmzError, defineErrors } from '../kernel/errors/index.ts';
import { paintFor } from './paint.ts';
import { tellJson, tellLine } from './print-line.ts';

export const cliErrors = defineErrors({
  CLI_USAGE: {
    message: 'The command cannot be read.',
    next: 'the same command with --help shows what it takes, with an example',
    exitCode: 2,
  },
  CLI_STACK_DOWN: {
    message: 'The command needs a running database.',
    next: 'pnpm dmz stack up, or set DATABASE_URL',
    exitCode: 1,
  },
  CLI_FILE_UNUSABLE: {
    message: 'A file or folder cannot be used as it was named.',
    next: 'name another one; the command with --help says what it reads and writes',
    exitCode: 2,
  },
  CLI_UNEXPECTED: {
    message: 'Something failed that the platform did not foresee.',
    next: 'run it again with LOG_LEVEL=debug, and report what it prints',
    exitCode: 1,
  },
});

/** @returns the exit status */
export function printError(error: unknown, { json }: { readonly json: boolean }): number {
  const known = error instanceof DmzError ? error : explain(error);
  if (json) tellJson({ error: known.toJSON() });
  else tellLine(renderError(known));
  if (process.env.LOG_LEVEL === 'debug') tellLine(traceOf(error));
  return known.exitCode;
}

/** Stacks of an error and its causes. A statement's values are left out: they can be anything, people's data included. */
function traceOf(error: unknown): string {
  const traces: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause)
    traces.push(at.stack?.replace(/\nparams: .*/g, '') ?? at.message);
  return traces.join('\ncaused by ');
}

export function renderError(error: DmzError): string {
  const { dim, red } = paintFor(process.stderr);
  const lines = [
    ['found', error.found],
    ['expected', error.expected],
    ['next', error.next],
  ].flatMap(([label, text]) =>
    text ? [`  ${dim(label?.padEnd(9))} ${text.replaceAll('\n', `\n${' '.repeat(12)}`)}`] : [],
  );
  return [`${red(error.code)}  ${error.message}`, ...lines].join('\n');
}

/** What Node.js says of a path that there is not, cannot be, or is no file's. */
const OF_A_PATH = [
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'EEXIST',
  'ENAMETOOLONG',
  'ELOOP',
  'EINVAL',
  'ERR_INVALID_ARG_VALUE',
];

function explain(error: unknown): DmzError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isOfPath =
    OF_A_PATH.includes(code) &&
    /\bpath\b|, (open|mkdir|l?stat|rename|rm|unlink|access)\b/.test(String(error));
  if (isOfPath) return cliErrors.CLI_FILE_UNUSABLE({ found: describe(error), cause: error });
  return cliErrors.CLI_UNEXPECTED({ found: describe(error), cause: error });
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
