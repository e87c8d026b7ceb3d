/**
 * What a failed file operation means to the reader: a full disk, a folder that may not be written, or another fault,
 * which is passed on as it is. Also recognises a full disk in what a PostgreSQL program printed.
 */
import { isDmzError } from '../errors/index.ts';
import { stackErrors } from './errors.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT']);
const REFUSED = new Set(['EACCES', 'EEXIST', 'EPERM', 'EROFS', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP']);

export function explainFileError(error: unknown, file: string): unknown {
  if (isDmzError(error) || !(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  if (FULL.has(code))
    return stackErrors.STACK_DISK_FULL({ found: `${code} while writing ${file}`, cause: error });
  if (REFUSED.has(code)) {
    const expected = 'a folder that this user may read and write';
    return stackErrors.STACK_FOLDER_UNUSABLE({ found: `${code} for ${file}`, expected, cause: error });
  }
  return error;
}

/** Programs of PostgreSQL end with status 1 for everything; only their words tell a full disk. */
export function saysDiskFull(output: string): boolean {
  return /No space left on device|Disk quota exceeded/i.test(output);
}
