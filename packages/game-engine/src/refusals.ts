/**
 * Why an action may be refused. Codes are stable: clients branch on them, and the error catalogue is built from
 * them. A refusal emits no event and changes nothing.
 */

export const refusalDefinitions = {
  GAME_SESSION_NOT_STARTED: {
    message: 'The session has not been started.',
    next: 'Start the session first.',
  },
  GAME_SESSION_ALREADY_STARTED: {
    message: 'The session has been started before.',
    next: 'Go on with the session, or create another one.',
  },
  GAME_SESSION_PAUSED: { message: 'The session is paused.', next: 'Resume the session first.' },
  GAME_SESSION_NOT_PAUSED: { message: 'The session is not paused.', next: 'Go on playing.' },
  GAME_SESSION_OVER: { message: 'The session is over.', next: 'Create another session.' },
  GAME_ACTION_NOT_ALLOWED_IN_PHASE: {
    message: 'The action belongs to another phase of the day.',
    next: 'Finish the present phase, or wait for tomorrow.',
  },
  GAME_RULES_VERSION_MISMATCH: {
    message: 'The session is played by another version of the rules.',
    next: 'Decide the action with the rules that the session recorded.',
  },
  GAME_CONTENT_VERSION_MISMATCH: {
    message: 'The session is played with another content pack.',
    next: 'Decide the action with the content that the session recorded.',
  },
  GAME_CONTENT_INSUFFICIENT: {
    message: 'The content pack has no honest e-mail, so no day can be filled.',
    next: 'Use a content pack with at least one honest template.',
  },
  GAME_CONTENT_TEMPLATE_MISSING: {
    message: 'The content pack lacks a template that the session’s inbox uses.',
    next: 'Restore the released content pack; packs are immutable.',
  },
  GAME_EMAIL_UNKNOWN: {
    message: 'The inbox holds no such e-mail.',
    next: 'Choose an e-mail of the present inbox.',
  },
  GAME_EMAIL_ALREADY_OPENED: { message: 'The e-mail has been opened before.', next: 'Read on.' },
  GAME_EMAIL_NOT_OPENED: { message: 'The e-mail has not been opened.', next: 'Open the e-mail first.' },
  GAME_EMAIL_ALREADY_DECIDED: {
    message: 'The e-mail has been decided.',
    next: 'Choose another e-mail, or advance the day.',
  },
  GAME_EMAIL_DEFERRED: {
    message: 'The e-mail has been put off until tomorrow.',
    next: 'Choose another e-mail, or advance the day.',
  },
  GAME_EMAIL_AWAITING_VERIFICATION: {
    message: 'The e-mail waits for its verification packet.',
    next: 'Decide it when the packet has arrived.',
  },
  GAME_INDICATOR_LIMIT: {
    message: 'No more indicators can be marked on the e-mail.',
    next: 'Decide the e-mail with what you have marked.',
  },
  GAME_INDICATOR_REPEATED: {
    message: 'The indicator has been marked on the e-mail before.',
    next: 'Mark another technique or another place.',
  },
  GAME_VERIFICATION_REPEATED: {
    message: 'The sender’s papers have been asked for before.',
    next: 'Read the packet that was delivered.',
  },
  GAME_DEFERRAL_LIMIT: {
    message: 'The e-mail cannot be put off again.',
    next: 'Decide it today, or it expires.',
  },
  GAME_CAPACITY_INSUFFICIENT: {
    message: 'The data centre has no room for what the e-mail asks for.',
    next: 'Bring capacity online, ask a guest to leave, or decide otherwise.',
  },
  GAME_CREDITS_INSUFFICIENT: {
    message: 'There are not enough credits.',
    next: 'Choose something cheaper, or earn credits first.',
  },
  GAME_INTEL_INSUFFICIENT: {
    message: 'There are not enough intel fragments.',
    next: 'Mark indicators and flag deceptions to gain intel.',
  },
  GAME_INCIDENT_UNKNOWN: {
    message: 'There is no such open incident.',
    next: 'Choose one of the open incidents.',
  },
  GAME_INCIDENT_OPEN: {
    message: 'The day cannot go on while an incident is open.',
    next: 'Resolve every open incident; to ignore one is a response too.',
  },
  GAME_RESPONSE_NOT_APPLICABLE: {
    message: 'The response does not fit the incident.',
    next: 'Choose a response that the incident and your defences allow.',
  },
  GAME_UPGRADE_OWNED: { message: 'The defence has been bought before.', next: 'Choose another upgrade.' },
  GAME_UPGRADE_EXHAUSTED: {
    message: 'There is no larger facility.',
    next: 'Choose a defence, or keep the credits.',
  },
  GAME_RESOURCE_CHANGE_INVALID: {
    message: 'The change is no positive or negative multiple of the resource’s step.',
    next: 'Change the resource by whole steps.',
  },
  GAME_RESOURCE_CEILING: {
    message: 'The facility cannot hold that much.',
    next: 'Bring less online, or move to a larger facility.',
  },
  GAME_RESOURCE_IN_USE: {
    message: 'Guests occupy the capacity that would go offline.',
    next: 'Take less offline, or ask a guest to leave first.',
  },
  GAME_CLIENT_UNKNOWN: { message: 'There is no such guest.', next: 'Choose one of the present guests.' },
  GAME_CORRECTED_EVENT_UNKNOWN: {
    message: 'The session has no event of the sequence that is to be corrected.',
    next: 'Take the sequence from the session’s events.',
  },
  GAME_CORRECTION_EMPTY: {
    message: 'The correction would change nothing.',
    next: 'Give credits, trust or intel to add or to take, within the bounds that the rules set them.',
  },
} as const satisfies Record<string, { message: string; next: string }>;

export type RefusalCode = keyof typeof refusalDefinitions;

/** Every code, in a stable order. */
export const refusalCodes = Object.keys(refusalDefinitions) as readonly RefusalCode[];

export interface Refusal {
  readonly code: RefusalCode;
  /** One sentence; the same for every refusal of the code. */
  readonly reason: string;
  /** What the state is, and what the action needs: keys, words and numbers, nothing personal. */
  readonly found: string;
  readonly expected: string;
}

export function refuse(code: RefusalCode, found: string, expected: string): Refusal {
  return { code, reason: refusalDefinitions[code].message, found, expected };
}
