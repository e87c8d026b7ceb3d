/** Where a player sits: the terminal, the session, and what is measured while playing. */
import type { Action } from '@archive-gate/game-engine';
import type { DmzError } from '../../kernel/errors/index.ts';
import type { StoredEvent } from '../../modules/game/index.ts';
import type { Console } from './console.ts';
import type { PlayedSession } from './played-session.ts';

export interface Seat {
  readonly screen: Console;
  readonly session: PlayedSession;
  /** Time spent on each mail that is open, in ms. */
  readonly spentMs: Map<string, number>;
  /** Asks how to leave. @throws PlayerLeft unless the player stays */
  offerToLeave(): Promise<void>;
}

/** Performs an action; when it is refused, shows why and waits until that was read. */
export async function perform(
  { screen, session }: Seat,
  action: Action,
): Promise<readonly StoredEvent[] | undefined> {
  const { events, refusal } = await session.act(action);
  if (refusal === null) return events;
  screen.say(describeRefusal(refusal, screen.look.paint.yellow));
  await screen.pause('Go on');
  return undefined;
}

function describeRefusal(refusal: DmzError, paint: (text: string) => string): string {
  const particulars = [
    refusal.found && `found ${refusal.found}`,
    refusal.expected && `needed ${refusal.expected}`,
  ]
    .filter(Boolean)
    .join(', ');
  return [`${paint(refusal.code)}  ${refusal.message}`, particulars, refusal.next]
    .filter((line) => line !== '')
    .join('\n');
}
