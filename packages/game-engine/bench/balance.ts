/**
 * Balance of the rules: fifty sessions of ten days by each bot, printed as the table of the package's README.
 * Run with `npx tsx packages/game-engine/bench/balance.ts`.
 */
import { type BotSkill, FacilityTier } from '../src/index.ts';
import { type Game, playBot } from '../test/play.ts';

const GAMES = 50;
const skills: readonly BotSkill[] = ['novice', 'trained', 'expert', 'reckless'];

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function row(skill: BotSkill): Record<string, string | number> {
  const games = Array.from({ length: GAMES }, (_, seed) => playBot({ skill, seed }, seed * 7919 + 1));
  const middle = (read: (game: Game) => number): number => median(games.map(read));
  return {
    bot: skill,
    score: middle(({ state }) => state.score ?? 0),
    grades: ['A', 'B', 'C', 'D', 'F']
      .map((grade) => `${games.filter(({ state }) => state.grade === grade).length}${grade}`)
      .join(' '),
    correct: middle(({ state }) => Math.round((state.totals.correct * 100) / state.totals.decided)),
    trust: middle(({ state }) => state.trust),
    'trust>0': games.filter(({ state }) => state.trust > 0).length,
    credits: middle(({ state }) => state.credits),
    facility:
      FacilityTier.options[middle(({ state }) => FacilityTier.options.indexOf(state.facilityTier))] ?? '',
    defences: middle(({ state }) => state.defences.length),
    guests: middle(({ state }) => state.clients.length),
    breaches: middle(({ state }) => state.totals.breaches),
    worst: Math.max(...games.map(({ state }) => state.totals.breaches)),
    emails: middle(({ state }) => state.totals.received),
    events: middle(({ state }) => state.sequence),
  };
}

console.table(skills.map(row));
