/** What can keep somebody from playing in a terminal. */
import { defineErrors } from '../../kernel/errors/index.ts';

export const playErrors = defineErrors({
  CLI_NO_TERMINAL: {
    message: 'Playing needs a terminal with a keyboard.',
    next: 'run it in a terminal, or let a bot play: pnpm dmz simulate',
    exitCode: 2,
  },
});
