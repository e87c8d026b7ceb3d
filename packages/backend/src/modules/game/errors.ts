/** What can go wrong in a game: with its history, with concurrent writers, or because the rules say no. */
import {
  engineErrorDefinitions,
  isEngineError,
  type Refusal,
  refusalDefinitions,
} from '@archive-gate/game-engine';
import type { StateErrors } from '../../kernel/db/index.ts';
import { defineErrors, type ErrorDefinition } from '../../kernel/errors/index.ts';

type Texts = Record<string, { readonly message: string; readonly next: string }>;
type Defined<Source extends Texts> = { readonly [Code in keyof Source]: ErrorDefinition };

function failing<Source extends Texts>(texts: Source): Defined<Source> {
  const entries = Object.entries(texts).map(([code, text]) => [code, { ...text, exitCode: 1 as const }]);
  return Object.fromEntries(entries) as Defined<Source>;
}

export const gameErrors = defineErrors({
  ...failing(refusalDefinitions),
  ...failing(engineErrorDefinitions),
  GAME_ACTION_INVALID: {
    message: 'The action is not one that the game knows.',
    next: 'docs/reference/actions.md lists the actions and their fields',
    exitCode: 2,
  },
  GAME_ACTION_ID_REUSED: {
    message: 'An action of this id was accepted before, with another content or for another session.',
    next: 'give every action an id of its own; send the same id again only to repeat the same action',
    exitCode: 1,
  },
  GAME_ACTION_IN_PROGRESS: {
    message: 'The same action was being accepted by another writer.',
    next: 'send it again: it answers with the first one’s result',
    exitCode: 1,
    retryable: true,
  },
  GAME_SEQUENCE_CONFLICT: {
    message: 'The session has gone on since it was read: another writer was first.',
    next: 'read the session again, and decide on its new state',
    exitCode: 1,
    retryable: true,
  },
  GAME_EVENTS_COUNT: {
    message: 'An action cannot have this number of events.',
    next: 'append them as the events of several actions',
    exitCode: 2,
  },
  GAME_STREAM_UNEXPECTED: {
    message: 'The session’s stream is not as the sender expected it: it has events, or has none.',
    next: 'read the session, and expect what is there',
    exitCode: 1,
  },
  GAME_SESSION_UNKNOWN: {
    message: 'The tenant has no such session.',
    next: 'pnpm dmz session list --tenant <slug>',
    exitCode: 1,
  },
  GAME_EVENT_TOO_OLD: {
    message: 'An event is dated before its session.',
    next: 'leave server_time to the platform, and check the clock that it was taken from',
    exitCode: 1,
  },
  GAME_PLAYER_UNKNOWN: {
    message: 'The tenant has no such person.',
    next: 'pnpm dmz tenant show <slug>',
    exitCode: 1,
  },
  GAME_SEQUENCE_OUT_OF_RANGE: {
    message: 'The session has no event of that sequence.',
    next: 'pnpm dmz session events <session id>',
    exitCode: 2,
  },
  GAME_INSTANT_OUT_OF_RANGE: {
    message: 'The session has no state at that instant.',
    next: 'pnpm dmz session show <session id> tells when it began and ended',
    exitCode: 2,
  },
  GAME_BRANCH_INSIDE_ACTION: {
    message: 'A session can be branched only where an action ends.',
    next: 'branch at one of the sequences that are named',
    exitCode: 2,
  },
  GAME_READ_MODEL_STALE: {
    message: 'The read models of the session do not match its events.',
    next: 'pnpm dmz session rebuild <session id>',
    exitCode: 1,
  },
  GAME_HISTORY_BROKEN: {
    message: 'The stored events of the session are not a contiguous sequence from 1.',
    next: 'pnpm dmz session replay <session id> --verify, and restore the missing events from a backup',
    exitCode: 1,
  },
});

/** The errors that the triggers of game.events raise. */
export const gameStates: StateErrors = {
  ZD020: ({ data, ...rest }) =>
    gameErrors.GAME_SEQUENCE_CONFLICT({
      ...rest,
      found: `head at sequence ${data?.actual}`,
      expected: `head at sequence ${data?.expected}, one before the first appended event`,
      ...(data ? { data } : {}),
    }),
  ZD021: gameErrors.GAME_SESSION_UNKNOWN,
  ZD022: gameErrors.GAME_EVENT_TOO_OLD,
};

export function refusalError({ code, found, expected }: Refusal) {
  return gameErrors[code]({ found, expected });
}

/** Lets a fault that the engine found speak with the platform's voice. */
export function translateEngineError(error: unknown): unknown {
  return isEngineError(error)
    ? gameErrors[error.code]({ found: error.found, expected: error.expected, cause: error })
    : error;
}
