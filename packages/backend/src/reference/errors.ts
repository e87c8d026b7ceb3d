/** What keeps the reference from being generated. */
import { defineErrors } from '../kernel/errors/index.ts';

export const referenceErrors = defineErrors({
  REFERENCE_MARKERS_MISSING: {
    message: 'A page has lost the markers that its generated part stands between.',
    next: 'restore the markers from git; only what is between them is replaced',
    exitCode: 1,
  },
});
