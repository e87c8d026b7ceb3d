/** What somebody names is a file, or is left alone. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readGivenFile, requireRoom } from './given-file.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'given-'));
const at = (name: string) => path.join(folder, name);
const refused = expect.objectContaining({ code: 'EINVAL' });

describe('a file that somebody names', () => {
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it('is read, up to a size', () => {
    fs.writeFileSync(at('a'), 'text');
    expect(readGivenFile(at('a'))).toBe('text');
    expect(() => readGivenFile(at('a'), 3)).toThrow(refused);
  });

  it('is neither a folder nor a device', () => {
    fs.symlinkSync('/dev/zero', at('zeros'));
    for (const file of [folder, at('zeros')]) {
      expect(() => readGivenFile(file)).toThrow(refused);
      expect(() => requireRoom(file)).toThrow(refused);
    }
    expect(fs.readlinkSync(at('zeros'))).toBe('/dev/zero');
  });

  it('has room in a folder that is made for it, and nothing is left of the look', () => {
    requireRoom(at('b/c/d'));
    expect(fs.readdirSync(at('b/c'))).toEqual([]);
    const long = at('n'.repeat(254));
    expect(() => requireRoom(long)).toThrow(expect.objectContaining({ code: 'STACK_FOLDER_UNUSABLE' }));
    expect(() => requireRoom('/proc/nowhere/a')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });
});
