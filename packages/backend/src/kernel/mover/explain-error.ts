/** What the mover failed with, as an error that people can act on. */
import {
  databaseErrorOf,
  databaseErrors,
  isLostConnection,
  translateDatabaseError,
} from '../db/database-errors.ts';
import { DmzError } from '../errors/index.ts';
import { moverStates } from './errors.ts';

/** @returns the error itself where it is none of the database's */
export function explainMoveError(error: unknown): unknown {
  if (error instanceof DmzError) return error;
  if (databaseErrorOf(error)) return translateDatabaseError(error, moverStates);
  return isLostConnection(error) ? databaseErrors.DATABASE_UNAVAILABLE({ cause: error }) : error;
}
