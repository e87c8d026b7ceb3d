/** Why a registry of events cannot be released, or its release cannot be read. */
import { defineErrors } from '../kernel/errors/index.ts';

export const releaseErrors = defineErrors({
  EVENTS_RELEASE_INVALID: {
    message: 'The record of released events cannot be read.',
    next: 'git checkout -- packages/game-engine/released',
    exitCode: 1,
  },
  EVENTS_NOT_ADDITIVE: {
    message: 'What was released of the events has been changed; only additions can be released.',
    next: 'pnpm dmz events check names each breach, and what to do instead',
    exitCode: 1,
  },
  EVENTS_NOT_COVERED: {
    message:
      'No session was played in which some of the event types occur, so no stream of them can be kept.',
    next: 'play such a session in released-events/play-streams.ts; an event that no action causes is not an event',
    exitCode: 1,
  },
});
