/** Why a demonstration tenant cannot be multiplied. */
import { defineErrors } from '../kernel/errors/index.ts';

export const scaleErrors = defineErrors({
  SEED_SCALE_SMALLER: {
    message:
      'The demonstration tenants were multiplied by more than that already; evidence cannot be removed.',
    next: 'ask for at least the scale that was found, or start with an empty database',
    exitCode: 1,
  },
  SEED_SCALE_PLACEMENT: {
    message:
      'A demonstration tenant does not live in the shared tables of the main instance, which alone are filled by COPY.',
    next: 'move the tenant back to the shared placement first',
    exitCode: 1,
  },
});
