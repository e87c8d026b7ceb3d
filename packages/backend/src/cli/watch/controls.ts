/** What a key means while a session is watched, and where a move leads. Pure: no terminal, no database. */

export type Command =
  | { readonly kind: 'move'; readonly by: number }
  | { readonly kind: 'page'; readonly by: -1 | 1 }
  | { readonly kind: 'first' | 'last' | 'next-day' | 'play' | 'follow' | 'quit' }
  /** What has been typed of a sequence so far; null when the typing was given up. */
  | { readonly kind: 'type'; readonly typed: string | null }
  | { readonly kind: 'jump'; readonly to: number };

export interface Key {
  readonly name?: string | undefined;
  readonly sequence?: string | undefined;
  readonly ctrl?: boolean | undefined;
}

/** As many digits as the largest sequence has. */
const MAX_DIGITS = 15;

const KEYS: Readonly<Record<string, Command>> = {
  left: { kind: 'move', by: -1 },
  up: { kind: 'move', by: -1 },
  right: { kind: 'move', by: 1 },
  down: { kind: 'move', by: 1 },
  pageup: { kind: 'page', by: -1 },
  pagedown: { kind: 'page', by: 1 },
  home: { kind: 'first' },
  end: { kind: 'last' },
  d: { kind: 'next-day' },
  f: { kind: 'follow' },
  space: { kind: 'play' },
  q: { kind: 'quit' },
  escape: { kind: 'quit' },
  g: { kind: 'type', typed: '' },
};

/** @param typed  the digits of a sequence that is being typed; null when none is */
export function commandOf(key: Key, typed: string | null): Command | null {
  if (key.ctrl) return key.name === 'c' || key.name === 'd' ? { kind: 'quit' } : null;
  const digit = /^\d$/.test(key.sequence ?? '') ? key.sequence : undefined;
  if (digit !== undefined) return { kind: 'type', typed: `${typed ?? ''}${digit}`.slice(0, MAX_DIGITS) };
  if (typed !== null) {
    if (key.name === 'backspace') return { kind: 'type', typed: typed.slice(0, -1) };
    if (key.name === 'escape') return { kind: 'type', typed: null };
    if (key.name === 'return' || key.name === 'enter')
      return typed === '' ? { kind: 'type', typed: null } : { kind: 'jump', to: Number(typed) };
    return null;
  }
  return KEYS[key.name ?? ''] ?? null;
}

/** Nobody moves out of the session: 0 is before its first event, the head is its last. */
export const withinSession = (sequence: number, head: number): number =>
  Math.min(head, Math.max(0, sequence));
