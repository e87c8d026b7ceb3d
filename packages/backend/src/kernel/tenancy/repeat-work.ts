/** Running work again that failed for a passing reason, as long as running it twice can do no harm. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type StateErrors, translateDatabaseError } from '../db/database-errors.ts';
import { DmzError } from '../errors/index.ts';

const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 1_000;

export interface RunOptions {
  /** The work may be committed twice without harm, so it is run again even when nobody knows whether it was committed. */
  readonly idempotent?: boolean;
  /**
   * Every statement sees the tenant as it was at the first one, and nothing is written: for work that compares what
   * several statements read. Where it waited behind a move, it reads the place that the tenant has just left, as it was.
   */
  readonly snapshot?: boolean;
  /** Codes of retryable errors that are the caller's to answer, not to be tried again here. */
  readonly surface?: readonly string[];
  /** Once aborted, work that fails is not tried again; an attempt that is under way is finished. */
  readonly signal?: AbortSignal | undefined;
  /** Called before each further attempt, with what the last one failed with. */
  readonly onRetry?: (error: unknown) => void;
}

interface Repeating {
  /** How long work is tried again, in ms. */
  readonly retryMs: number;
  readonly log: Logger;
  /** Errors of modules, by the SQLSTATE that their triggers raise. */
  readonly states?: StateErrors;
  /** Called with each failure, whether or not the work is run again. */
  readonly onFailure: (error: unknown) => void;
}

/** @throws what the last attempt failed with, as an error that people can act on */
export async function repeatWork<Result>(
  work: () => Promise<Result>,
  options: RunOptions,
  { retryMs, log, states, onFailure }: Repeating,
): Promise<Result> {
  const deadline = Date.now() + retryMs;
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (cause) {
      const error = translateDatabaseError(cause, states);
      onFailure(error);
      if (!mayRepeat(error, options) || Date.now() >= deadline || isOver(options)) throw error;
      log.info({ code: error.code, tries }, 'the work is run again');
      options.onRetry?.(error);
      await sleep(pauseMs(tries), undefined, { signal: options.signal }).catch(() => {});
      if (isOver(options)) throw error;
    }
  }
}

const isOver = ({ signal }: RunOptions): boolean => signal?.aborted ?? false;

function mayRepeat(error: unknown, { idempotent, snapshot, surface }: RunOptions): error is DmzError {
  if (!(error instanceof DmzError) || surface?.includes(error.code)) return false;
  return error.retryable || ((idempotent || snapshot) === true && error.code === 'TENANCY_COMMIT_UNKNOWN');
}

/** Doubling pauses, spread so that writers who met once do not meet again. */
function pauseMs(tries: number): number {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1));
  return longest * (0.5 + Math.random() / 2);
}
