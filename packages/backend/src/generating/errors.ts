/** Why a pool of e-mails is not filled. */
import { defineErrors } from '../kernel/errors/index.ts';

export const generatingErrors = defineErrors({
  GENERATION_EMPTY: {
    message: 'The generator wrote no e-mail of this difficulty that may be shown.',
    next: 'look whether the tenant’s pack has e-mails of the difficulty to write after; games go on with the pack alone',
    exitCode: 1,
  },
});
