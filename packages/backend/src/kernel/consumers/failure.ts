/**
 * What becomes of a session whose consumer failed: a passing failure is tried again a few times with growing pauses,
 * any other parks the session at once. What is kept of an error names no person and quotes no value.
 */
import { translateDatabaseError } from '../db/index.ts';
import { DmzError } from '../errors/index.ts';
import { consumerErrors } from './errors.ts';
import type { Failure } from './ports.ts';

/** The fifth failure in a row, some fifteen seconds after the first, is no passing one. */
export const MOST_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 1_000;
const MOST_CHARACTERS = 500;

/** Nothing is wrong with the session when the database itself cannot be worked with. */
export function isOfPlatform(error: unknown): boolean {
  const { code } = asDmzError(error);
  return (
    code === 'DATABASE_UNAVAILABLE' ||
    code === 'DATABASE_DISK_FULL' ||
    code === 'DATABASE_NOT_MIGRATED' ||
    code.startsWith('TENANCY_')
  );
}

/** @param before  what the cursor says of earlier attempts */
export function describeFailure(cause: unknown, before: Failure | null, at: Date): Failure {
  const error = asDmzError(cause);
  const attempts = (before?.attempts ?? 0) + 1;
  const again = error.retryable && attempts < MOST_ATTEMPTS;
  const pauseMs = FIRST_PAUSE_MS * 2 ** (attempts - 1);
  return {
    at,
    code: error.code,
    text: [error.message, error.found].filter(Boolean).join(' Found: ').slice(0, MOST_CHARACTERS),
    attempts,
    retryAt: again ? new Date(at.getTime() + pauseMs) : null,
  };
}

/** The message of any other error can hold whatever the event held, so only its kind is kept. */
export function asDmzError(cause: unknown): DmzError {
  const error = translateDatabaseError(cause);
  if (error instanceof DmzError) return error;
  const kind = error instanceof Error ? error.name : typeof error;
  return consumerErrors.CONSUMER_FAILED({ found: kind, cause });
}
