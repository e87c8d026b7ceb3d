import { describe, expect, it } from 'vitest';
import { maxDeceptive, RULES_VERSION, rules, rulesFor } from './rules.ts';
import { FacilityTier, Grade, Resource, ThreatTier } from './vocabulary.ts';

describe('the rules', () => {
  it('are found by their version, and no other', () => {
    expect(rulesFor(RULES_VERSION)).toBe(rules);
    expect(rules.version).toBe(RULES_VERSION);
    expect(() => rulesFor(RULES_VERSION + 1)).toThrow(
      expect.objectContaining({ code: 'GAME_RULES_VERSION_UNKNOWN' }),
    );
  });

  it('hold integers only', () => {
    const numbers: number[] = [];
    JSON.stringify(rules, (_key, value: unknown) => {
      if (typeof value === 'number') numbers.push(value);
      return value;
    });
    expect(numbers.length).toBeGreaterThan(100);
    expect(numbers.filter((each) => !Number.isSafeInteger(each))).toEqual([]);
  });

  it('give each tier the inbox that the design says', () => {
    const { threatTiers } = rules;
    const inboxes = ThreatTier.options.map((tier) => {
      const { minEmails, maxEmails, minLegitimatePermille } = threatTiers[tier];
      return [minEmails, maxEmails, minLegitimatePermille];
    });
    expect(inboxes).toEqual([
      [4, 6, 800],
      [6, 9, 700],
      [8, 12, 600],
      [10, 15, 500],
      [12, 18, 400],
    ]);
  });

  it('never allow more deceptions than the honest share leaves, and one more would break it', () => {
    for (const tier of Object.values(rules.threatTiers)) {
      for (let total = tier.minEmails; total <= tier.maxEmails; total += 1) {
        const most = maxDeceptive(tier, total);
        expect((total - most) * 1000).toBeGreaterThanOrEqual(total * tier.minLegitimatePermille);
        expect((total - most - 1) * 1000).toBeLessThan(total * tier.minLegitimatePermille);
      }
    }
  });

  it('let every scale rise', () => {
    const rising = (values: readonly number[]): boolean =>
      values.every((value, index) => index === 0 || value > (values[index - 1] ?? 0));
    const facilities = FacilityTier.options.map((tier) => rules.facilities[tier]);
    expect(rising(facilities.map((each) => each.priceCredits))).toBe(true);
    for (const resource of Resource.options) {
      expect(rising(facilities.map((each) => each.ceiling[resource]))).toBe(true);
    }
    expect(rising(ThreatTier.options.map((tier) => rules.threat.tierFrom[tier]))).toBe(true);
    expect(rising([...Grade.options].reverse().map((grade) => rules.score.gradeFrom[grade]))).toBe(true);
  });
});
