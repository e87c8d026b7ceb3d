/** What can go wrong among players. */
import { defineErrors } from '../../kernel/errors/index.ts';

export const socialErrors = defineErrors({
  SOCIAL_BOARD_UNKNOWN: {
    message: 'This tenant has no such leaderboard.',
    next: 'take an id that the tenant’s own list of boards has',
    exitCode: 1,
  },
});
