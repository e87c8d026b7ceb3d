/**
 * Plays sessions in which given event types occur, as few as are needed: bots of every skill play on the content that
 * ships. What bots never do by themselves is done by whims: pausing, giving up, leaving e-mails to themselves, and
 * having an event corrected.
 */
import { type Action, type BotSkill, playBotGame, rules, type SessionState } from '@archive-gate/game-engine';
import { readPackFiles } from '../modules/content/index.ts';
import type { Pair } from './compare-registry.ts';
import { releaseErrors } from './errors.ts';
import { nameOf, type StreamEvent } from './kept-streams.ts';

export interface PlayedStream {
  /** Who played, and by which seed; becomes part of the file's name. */
  readonly name: string;
  readonly events: readonly StreamEvent[];
}

const SKILLS: readonly BotSkill[] = ['trained', 'novice', 'reckless', 'expert'];
const SEEDS_TRIED = 40;
const DAYS = 10;
const GIVES_UP_ON_DAY = 3;

/** @throws EVENTS_NOT_COVERED */
export function playStreams(wanted: readonly Pair[]): PlayedStream[] {
  const missing = new Set(wanted.map(nameOf));
  const kept: PlayedStream[] = [];
  for (const played of sessions()) {
    if (missing.size === 0) break;
    const found = played.events.map(nameOf).filter((name) => missing.delete(name));
    if (found.length > 0) kept.push(played);
  }
  if (missing.size === 0) return kept;
  throw releaseErrors.EVENTS_NOT_COVERED({ found: [...missing].join(', ') });
}

function* sessions(): Generator<PlayedStream> {
  const context = { rules, content: readPackFiles() };
  for (let seed = 1; seed <= SEEDS_TRIED; seed += 1) {
    for (const skill of SKILLS) {
      for (const [whim, interrupt] of Object.entries(whims)) {
        const bot = { skill, seed };
        const { events } = playBotGame(context, { bot, seed, days: DAYS, interrupt: interrupt() });
        yield { name: `${skill}-${whim}-${seed}`, events };
      }
    }
  }
}

/** Each session has its own, since some remember. */
const whims: Readonly<Record<string, () => (state: SessionState) => Action | undefined>> = {
  restless: () => {
    let pausedOnDay = 0;
    return ({ phase, day, status }) => {
      if (phase !== 'day_start' || status === 'paused' || day === pausedOnDay) return undefined;
      pausedOnDay = day;
      return { type: 'pause' };
    };
  },
  discouraged:
    () =>
    ({ day }) =>
      day === GIVES_UP_ON_DAY ? { type: 'abandon' } : undefined,
  neglectful:
    () =>
    ({ phase, day }) =>
      phase === 'triage' && day % 4 > 0 ? { type: 'advance_day' } : undefined,
  wronged: () => {
    let correctedOnDay = 0;
    return ({ phase, day, sequence }) => {
      if (phase !== 'threats' || day === correctedOnDay) return undefined;
      correctedOnDay = day;
      const changes = { creditsDelta: 5 * day, trustDelta: -1, intelDelta: 1 };
      return { type: 'correct', sequence, reason: 'wrong_scoring', ...changes };
    };
  },
};
