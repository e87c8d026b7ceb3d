/**
 * Makes the recorded game: lets a trained bot play, without a database, until a shift comes out that shows what the
 * game is about: mostly good judgement, a few mistakes, a breach that is survived, a house that grows.
 */
import {
  type BotGame,
  type ContentPack,
  playBotGame,
  RULES_VERSION,
  rulesFor,
} from '@archive-gate/game-engine';
import { hashEvents } from '../../modules/game/index.ts';
import type { Recording } from './recording.ts';

const TENANT = 'consumers';
const DAYS = 10;
/** A shift like this comes up once in about ten; not finding one in these means that rules or content have changed character. */
const SEEDS_TRIED = 2_000;

/** @returns the first shift worth showing, or undefined when no seed leads to one */
export function recordGame(content: ContentPack): Recording | undefined {
  const context = { rules: rulesFor(RULES_VERSION), content };
  for (let seed = 1; seed <= SEEDS_TRIED; seed += 1) {
    const game = playBotGame(context, { bot: { skill: 'trained', seed }, seed, days: DAYS });
    const { score, grade, sequence } = game.state;
    if (!isWorthShowing(game) || score === null || grade === null) continue;
    return {
      tenant: TENANT,
      seed,
      days: DAYS,
      contentVersion: content.version,
      rulesVersion: RULES_VERSION,
      actions: [...game.actions],
      expected: { events: sequence, eventsSha256: hashEvents(game.events), score, grade },
    };
  }
  return undefined;
}

function isWorthShowing({ state, events }: BotGame): boolean {
  const { totals, grade, trust, facilityTier } = state;
  const mistakes = totals.decided - totals.correct;
  // A breach through an approved mail teaches; one by the worm itself is only bad luck.
  const lesson = events.some(({ type, data }) => type === 'game.breach.occurred' && data.emailKey !== null);
  return (
    lesson &&
    totals.breaches <= 2 &&
    mistakes >= 3 &&
    totals.deferred >= 1 &&
    totals.attacksBlocked >= 1 &&
    facilityTier !== 'outpost' &&
    trust >= 20 &&
    grade === 'B'
  );
}
