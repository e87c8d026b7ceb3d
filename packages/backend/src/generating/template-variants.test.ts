import { describe, expect, it } from 'vitest';
import { readPackFiles } from '../modules/content/index.ts';
import { isHarmless } from './review-email.ts';
import { templateVariants } from './template-variants.ts';

const { emails } = readPackFiles();
const ofDifficulty = (difficulty: number) => emails.filter((email) => email.difficulty === difficulty);
const write = (difficulty: number, seed: string, wanted = 50) =>
  templateVariants.write({ models: ofDifficulty(difficulty), wanted, seed });

describe('e-mails that the local generator writes', () => {
  it.each([1, 2, 3, 4, 5])(
    'are enough to fill a pool of difficulty %i, each once, none of them new to a reviewer',
    async (difficulty) => {
      const written = await write(difficulty, 'a');
      expect(new Set(written.map(({ key }) => key)).size).toBe(50);
      expect(written.every(isHarmless)).toBe(true);
      expect(written.some(({ legitimate }) => legitimate)).toBe(true);
      expect(written.some(({ legitimate }) => !legitimate)).toBe(true);
    },
  );

  it('follow from the seed, and differ with it', async () => {
    expect(await write(3, 'a', 5)).toEqual(await write(3, 'a', 5));
    expect(await write(3, 'a', 5)).not.toEqual(await write(3, 'b', 5));
  });

  it('still have what their indicators point at', async () => {
    for (const { indicators, ...email } of await write(4, 'a'))
      for (const { evidence } of indicators)
        expect(JSON.stringify(email)).toContain(JSON.stringify(evidence).slice(1, -1));
  });

  it('are none where there is nothing to write after', async () => {
    expect(await templateVariants.write({ models: [], wanted: 5, seed: 'a' })).toEqual([]);
  });
});

describe('an e-mail that could lead to somebody', () => {
  it('is not shown, whichever part of it leads there', () => {
    const [email] = emails;
    if (!email) throw new Error('The pack has e-mails.');
    expect(isHarmless(email)).toBe(true);
    expect(isHarmless({ ...email, from: { name: 'A', address: 'a@archive-gate.com' } })).toBe(false);
    expect(isHarmless({ ...email, body: `${email.body} https://archive-gate.com/a` })).toBe(false);
    expect(isHarmless({ ...email, links: [{ text: 'a', target: 'https://archive-gate.com' }] })).toBe(false);
  });
});
