import { describe, expect, it } from 'vitest';
import { type BotSkill, canonicalJson, chooseAction } from '../src/index.ts';
import { expectInboxesWithinTiers, expectStateInBounds, expectValidEvents } from './invariants.ts';
import { context, playBot } from './play.ts';

const skills: readonly BotSkill[] = ['novice', 'trained', 'expert', 'reckless'];
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('bots', () => {
  it.each(skills)('a %s one plays ten days to their end', (skill) => {
    for (const seed of range(8)) {
      const { state, events } = playBot({ skill, seed }, 1000 + seed);
      expect(state.status).toBe('completed');
      expect(state.day).toBe(10);
      expectStateInBounds(state);
      expectValidEvents(events);
      expectInboxesWithinTiers(events);
    }
  });

  it('play the same game again for the same seeds, and another one for another', () => {
    const game = canonicalJson(playBot({ skill: 'novice', seed: 1 }, 5).events);
    expect(canonicalJson(playBot({ skill: 'novice', seed: 1 }, 5).events)).toBe(game);
    expect(canonicalJson(playBot({ skill: 'novice', seed: 2 }, 5).events)).not.toBe(game);
  });

  it('have no move when the session is over', () => {
    const { state } = playBot({ skill: 'trained', seed: 1 }, 5, 1);
    expect(() => chooseAction(state, context, { skill: 'trained', seed: 1 })).toThrow(
      expect.objectContaining({ code: 'GAME_SESSION_HAS_NO_MOVES' }),
    );
  });

  it('show that care pays: experts grow and are trusted, the reckless are breached', () => {
    const totals = (skill: BotSkill): { trusted: number; breaches: number } => {
      const states = range(20).map((seed) => playBot({ skill, seed }, seed * 31 + 7).state);
      return {
        trusted: states.filter(({ trust }) => trust > 0).length,
        breaches: states.reduce((sum, { totals: { breaches } }) => sum + breaches, 0),
      };
    };
    const [expert, reckless] = [totals('expert'), totals('reckless')];
    expect(expert.trusted).toBeGreaterThanOrEqual(16);
    expect(expert.breaches).toBeLessThan(20 * 2);
    expect(reckless.trusted).toBeLessThanOrEqual(4);
    expect(reckless.breaches).toBeGreaterThan(20 * 5);
  });
});
