/** Lines of CSV that a spreadsheet reads, and works nothing out of. */
import { expect, it } from 'vitest';
import { csvLine } from './export-values.ts';

it('puts an apostrophe in front of a text that begins like a formula, and of nothing else', () => {
  const texts = ['=HYPERLINK("a")', '+39 06', '-1+1', '@SUM(A1)', '\t=1', 'a=1', ''];
  expect(csvLine([...texts, -5, null, { a: '=1' }])).toBe(
    `"'=HYPERLINK(""a"")",'+39 06,'-1+1,'@SUM(A1),'\t=1,a=1,,-5,,"{""a"":""=1""}"\r\n`,
  );
});
