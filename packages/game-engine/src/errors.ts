/**
 * Faults in what the engine was given: a history, rules or a value it cannot work with. They are thrown; a player's
 * action that the rules do not allow is no fault and is answered with a refusal (refusals.ts).
 */

export const engineErrorDefinitions = {
  GAME_EVENT_TYPE_UNKNOWN: {
    message: 'No event type of this name is registered.',
    next: 'Run a release of the game that knows the event type; stored events are never rewritten.',
  },
  GAME_EVENT_VERSION_UNSUPPORTED: {
    message: 'The event has a version that this release of the game does not know.',
    next: 'Run the release that wrote the event, or a later one.',
  },
  GAME_EVENT_DATA_INVALID: {
    message: 'The data of the event does not match the schema of its version.',
    next: 'Compare the stored event with the schema in the game engine’s event registry.',
  },
  GAME_EVENT_DEFINITION_REFUSED: {
    message: 'The event type cannot be declared like this.',
    next: 'Declare fields with event-fields.ts; a change of a type is a further version with its upcast.',
  },
  GAME_ENGINE_VERSION_UNSUPPORTED: {
    message: 'The session was started by a later engine than this release has.',
    next: 'Run the release that started the session, or a later one.',
  },
  GAME_RULES_VERSION_UNKNOWN: {
    message: 'No rules of this version exist.',
    next: 'Use a version of the rules that this release of the game contains.',
  },
  GAME_VALUE_NOT_CANONICAL: {
    message: 'The value cannot be written as canonical JSON.',
    next: 'Use plain objects, arrays, strings without lone surrogates or U+0000, booleans, null and safe integers.',
  },
  GAME_BOT_STUCK: {
    message: 'A bot could not play its session to the end.',
    next: 'Look at what chooseAction answers in that state; a bot must only choose legal actions, and make progress.',
  },
  GAME_SESSION_HAS_NO_MOVES: {
    message: 'The session is over, so a bot has no action to choose.',
    next: 'Stop playing when the session is completed or abandoned.',
  },
} as const satisfies Record<string, { message: string; next: string }>;

export type EngineErrorCode = keyof typeof engineErrorDefinitions;

export class EngineError<Code extends EngineErrorCode = EngineErrorCode> extends Error {
  override readonly name = 'EngineError';
  readonly code: Code;
  readonly found: string;
  readonly expected: string;
  readonly next: string;

  constructor(code: Code, particulars: { found: string; expected: string; cause?: unknown }) {
    const { found, expected, cause } = particulars;
    const { message, next } = engineErrorDefinitions[code];
    super(`${message} Found ${found}; expected ${expected}.`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.found = found;
    this.expected = expected;
    this.next = next;
  }
}

export function isEngineError<Code extends EngineErrorCode>(
  error: unknown,
  code?: Code,
): error is EngineError<Code> {
  return error instanceof EngineError && (code === undefined || error.code === code);
}
