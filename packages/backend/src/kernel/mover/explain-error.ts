/** What the mover failed with, as an error that people can act on. */
import { explainDatabaseError } from '../db/database-errors.ts';
import { moverStates } from './errors.ts';

/** @returns the error itself where it is none of the database's */
export const explainMoveError = (error: unknown): unknown => explainDatabaseError(error, moverStates);
