/**
 * What a hostile call may end with: a refusal that a person can act on, or an answer. Anything else is a finding, told in
 * words: a crash, a hang, a code that blames what is not to blame, a text that was stored as another one.
 */
import { isDmzError } from '../../src/kernel/errors/index.ts';

const LIMIT_MS = 5_000;

/** Codes that blame the platform for a value that somebody gave it. */
const MISLEADING = new Set([
  'CLI_UNEXPECTED',
  'DATABASE_UNAVAILABLE',
  'DATABASE_NOT_MIGRATED',
  'DATABASE_CANCELLED',
  'DATABASE_DISK_FULL',
  'TENANCY_NO_CONTEXT',
  'TENANCY_COMMIT_UNKNOWN',
  'TENANCY_TRANSACTION_ENDED',
  'TENANCY_CONNECTION_TAINTED',
  'GAME_HISTORY_BROKEN',
  'KEYS_CIPHERTEXT_INVALID',
  'KEYS_CIPHERTEXT_ALTERED',
  'KEYS_KEY_UNKNOWN',
]);
export const isMisleading = (code: string): boolean => MISLEADING.has(code);

/** A constraint says by its name what it refuses; any other state of the database's says nothing to who gave a value. */
const BY_CONSTRAINT = /^SQLSTATE 23/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
export const CONTROL_CHARACTER = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const LONGEST_TOLD = 8_000;

export type Outcome =
  | { readonly kind: 'answered'; readonly result: unknown }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'finding'; readonly what: string };

export async function outcomeOf(work: () => Promise<unknown>, limitMs = LIMIT_MS): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, limitMs, 'late');
  });
  try {
    const result = await Promise.race([work(), limit]);
    return result === 'late' ? finding(`no answer in ${limitMs} ms`) : { kind: 'answered', result };
  } catch (error) {
    return refusalOf(error);
  } finally {
    clearTimeout(timer);
  }
}

function refusalOf(error: unknown): Outcome {
  if (!isDmzError(error))
    return finding(`no code: ${error instanceof Error ? error.stack : String(error)}`.slice(0, 900));
  const { code, found = '', expected = '', next } = error;
  if (isMisleading(code)) return finding(`${code} ${found}, caused by ${String(error.cause)}`.slice(0, 600));
  if (code === 'DATABASE_REFUSED' && !BY_CONSTRAINT.test(found)) return finding(`${code} ${found}`);
  const told = [found, expected, next].join(' ');
  if (CONTROL_CHARACTER.test(told))
    return finding(`${code} tells a control character: ${JSON.stringify(told.slice(0, 200))}`);
  if (told.length > LONGEST_TOLD) return finding(`${code} tells ${told.length} characters`);
  return { kind: 'refused', code };
}

const finding = (what: string): Outcome => ({ kind: 'finding', what });
