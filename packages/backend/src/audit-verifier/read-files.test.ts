/** Lines of an export, whatever somebody has written into them. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FileMissing, linesOf } from './read-files.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lines-'));
const file = path.join(folder, 'export');

async function valuesOf(content: string): Promise<unknown[]> {
  fs.writeFileSync(file, content);
  const values: unknown[] = [];
  for await (const { value } of linesOf(file)) values.push(value);
  return values;
}

describe('the lines of an export', () => {
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it('end at line feeds, and nowhere within a text', async () => {
    const texts = ['one\u2028two\u2029three\u0085four', 'x'.repeat(200_000), '🙂'.repeat(50_000)];
    const content = texts.map((text) => `${JSON.stringify({ text })}\r\n`).join('\n');
    expect(await valuesOf(content)).toEqual(texts.map((text) => ({ text })));
  });

  it('are nothing where they are longer or deeper than any of ours', async () => {
    const deep = '['.repeat(10_000) + ']'.repeat(10_000);
    const long = `"${'x'.repeat(17 * 2 ** 20)}"`;
    expect(await valuesOf(`1\n${deep}\n${long}\n2`)).toEqual([1, undefined, undefined, 2]);
  });

  it('are read of a file alone', async () => {
    await expect(linesOf(folder).next()).rejects.toThrow(FileMissing);
    await expect(linesOf(path.join(folder, 'nothing')).next()).rejects.toThrow(FileMissing);
  });
});
