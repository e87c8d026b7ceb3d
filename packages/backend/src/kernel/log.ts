/** Structured logs, one JSON object a line on standard error, with whatever could name a person or a secret removed. */
import { type Logger, pino } from 'pino';
import { shownJson } from './errors/index.ts';

const standardError = pino.destination({ fd: 2, sync: true });

const REDACTED_KEYS = [
  'password',
  'token',
  'secret',
  'email',
  'displayName',
  'name',
  'url',
  'adminUrl',
  'appUrl',
];

/** @param level  a pino level; standard output stays free for what the command prints */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: REDACTED_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
        censor: '[redacted]',
      },
    },
    { write: (line) => void standardError.write(shownJson(line)) },
  );
}
