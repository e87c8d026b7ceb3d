/** The one refusal of a value for what it is, wherever it is met: on its way into a column, a key, a ciphertext, or a path. */
import { defineErrors } from '../errors/index.ts';

export const valueErrors = defineErrors({
  VALUE_REFUSED: {
    message: 'A value is not of its kind, or could not be given back as it is; nothing was written.',
    next: 'correct the value; docs/ARCHITECTURE.md, “One value”, says what can be stored',
    exitCode: 2,
  },
});

/** @param place  what the value was for, never the value: it can be anybody's */
export const refuseValue = (place: string, found: string, expected: string) =>
  valueErrors.VALUE_REFUSED({ found: `${place}: ${found}`, expected });
