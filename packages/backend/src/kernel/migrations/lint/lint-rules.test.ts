/** Every rule has a name of its own, refuses its bad example and accepts its safe one. */
import { describe, expect, it } from 'vitest';
import { lintRules, lintSections } from './index.ts';
import { lintTexts } from './temporary-series.ts';

describe('the rules of lint', () => {
  it('have names of their own, in words and hyphens', () => {
    const names = lintRules.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^(squawk\/)?[a-z]+(-[a-z]+)+$/);
    expect(lintSections.flatMap(({ rules }) => rules)).toEqual(lintRules);
  });

  it.each(lintRules.map((rule) => [rule.name, rule] as const))(
    '%s refuses its bad example',
    async (name, rule) => {
      const findings = await lintTexts(rule.bad);
      const own = findings.filter((finding) => finding.rule === name);
      expect(own.length).toBeGreaterThan(0);
      for (const { detail, remedy, object } of own) {
        expect(detail).toMatch(/^0027_example\.sql(, line \d+)?: [A-Z`].+\./s);
        expect(detail).toContain(rule.danger);
        expect(remedy.length).toBeGreaterThan(0);
        expect(object).not.toBe('');
      }
    },
  );

  it.each(lintRules.map((rule) => [rule.name, rule] as const))('%s accepts the safe way', async (_, rule) => {
    expect(await lintTexts(...rule.safe)).toEqual([]);
  });
});
