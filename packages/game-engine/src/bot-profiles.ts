/**
 * What sets the bots apart. These numbers belong to the bots, not to the rules of the game: changing them changes how
 * bots play, never what a stored session means.
 */
import type { Defence } from './vocabulary.ts';

export type BotSkill = 'novice' | 'trained' | 'expert' | 'reckless';

export interface BotProfile {
  /** False for somebody who decides by the subject line. */
  readonly reads: boolean;
  /** Chance of seeing through a deception, by its difficulty from 1 to 5. */
  readonly knowsPermille: readonly [number, number, number, number, number];
  /** Chance of taking an honest e-mail for honest. */
  readonly trustsHonestPermille: number;
  readonly verifyPermille: number;
  readonly verifiesFromDifficulty: number;
  readonly maxMarks: number;
  /** Chance that a mark names an indicator that is really there. */
  readonly sharpPermille: number;
  readonly fastestMs: number;
  readonly slowestMs: number;
  /** Credits it does not touch when it invests. */
  readonly reserveCredits: number;
  /** In the order it buys them. */
  readonly wishes: readonly Defence[];
}

export const profiles: Readonly<Record<BotSkill, BotProfile>> = {
  // About what phishing simulations report: untrained people fall for a fifth to a third, trained ones for a few percent.
  novice: {
    reads: true,
    knowsPermille: [880, 800, 700, 600, 520],
    trustsHonestPermille: 880,
    verifyPermille: 150,
    verifiesFromDifficulty: 2,
    maxMarks: 2,
    sharpPermille: 600,
    fastestMs: 8_000,
    slowestMs: 60_000,
    reserveCredits: 40,
    wishes: ['mail_gateway', 'generator'],
  },
  trained: {
    reads: true,
    knowsPermille: [970, 940, 890, 820, 740],
    trustsHonestPermille: 940,
    verifyPermille: 400,
    verifiesFromDifficulty: 3,
    maxMarks: 3,
    sharpPermille: 850,
    fastestMs: 10_000,
    slowestMs: 80_000,
    reserveCredits: 80,
    wishes: ['awareness_training', 'mail_gateway', 'backup_vault', 'verification_desk'],
  },
  expert: {
    reads: true,
    knowsPermille: [995, 985, 970, 940, 900],
    trustsHonestPermille: 985,
    verifyPermille: 700,
    verifiesFromDifficulty: 3,
    maxMarks: 5,
    sharpPermille: 960,
    fastestMs: 12_000,
    slowestMs: 90_000,
    reserveCredits: 120,
    wishes: [
      'awareness_training',
      'mail_gateway',
      'backup_vault',
      'verification_desk',
      'segmentation',
      'intrusion_detection',
      'generator',
    ],
  },
  reckless: {
    reads: false,
    // Takes for honest nearly everything, which is right whenever it is honest.
    knowsPermille: [400, 300, 200, 150, 100],
    trustsHonestPermille: 950,
    verifyPermille: 0,
    verifiesFromDifficulty: 5,
    maxMarks: 0,
    sharpPermille: 0,
    fastestMs: 800,
    slowestMs: 4_000,
    reserveCredits: 0,
    wishes: [],
  },
};
