/**
 * Paths that lead to what is no file to be read or replaced. Devices are reached over links, so that a command which
 * renames a file over one destroys the link, and not the machine's device.
 */
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { Hostile } from './hostile-values.ts';

const LINE_BYTES = 10_000_000;

/** By what each is: how it is made at its path. */
const FILES: Readonly<Record<string, (file: string) => void>> = {
  'a folder': (file) => fs.mkdirSync(file, { recursive: true }),
  'an empty file': (file) => fs.writeFileSync(file, ''),
  'a line of 10 MB': (file) => fs.writeFileSync(file, 'x'.repeat(LINE_BYTES)),
  'JSON of 10,000 levels': (file) => fs.writeFileSync(file, '['.repeat(10_000) + ']'.repeat(10_000)),
  'JSON of prototypes': (file) => fs.writeFileSync(file, '{"__proto__":{"type":"dmz.audit.export/1"}}\n'),
  'bytes that are no text': (file) => fs.writeFileSync(file, Buffer.from([0xff, 0xfe, 0x00, 0x80])),
  'the beginning of a ZIP': (file) => fs.writeFileSync(file, 'PK\u0003\u0004'),
  'a file that nobody may read': (file) => fs.writeFileSync(file, 'a', { mode: 0 }),
  'a link to itself': (file) => fs.symlinkSync(file, file),
  'a link to nothing': (file) => fs.symlinkSync(`${file}-gone`, file),
  'a link to zeros without end': (file) => fs.symlinkSync('/dev/zero', file),
  'a link to a full disk': (file) => fs.symlinkSync('/dev/full', file),
  'a file of this process': (file) => fs.symlinkSync('/proc/self/mem', file),
};

const nameOf = (label: string) => `hostile-${label.replaceAll(/\W/g, '-')}`;

export function makeHostileFiles(folder: string): void {
  for (const [label, make] of Object.entries(FILES)) make(path.join(folder, nameOf(label)));
}

/** From the folder that they were made in. */
export const hostilePath = (): fc.Arbitrary<Hostile> =>
  fc.constantFrom(...Object.keys(FILES)).map((label) => new Hostile(label, nameOf(label)));
