/** An archive is believed to the byte or not at all, and is never there in half. */
import { generateKeyPairSync } from 'node:crypto';
import fs, { createWriteStream } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, describe, expect, it } from 'vitest';
import yazl from 'yazl';
import { isDmzError } from '../errors/index.ts';
import { type ArchiveWriter, openArchive, writeArchive } from './index.ts';
import { type Manifest, manifestText, signaturesText } from './manifest.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmz-archive-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const other = generateKeyPairSync('ed25519');
const kind = { format: 'archive-gate/test', version: 1 };
const writing = { ...kind, keys: [privateKey], madeAt: new Date('2026-03-01T12:00:00Z') };
const reading = { ...kind, keys: [publicKey] };

let files = 0;
const newFile = () => path.join(folder, `${++files}.zip`);

async function writeTwo(archive: ArchiveWriter) {
  await archive.add('tables/first.txt', ['one', Buffer.from(' line\n')]);
  await archive.add('README.md', lines());
  return { tenant: 'acme' };
}

async function* lines() {
  yield 'zwei\n';
  yield 'drei ✓\n';
}

async function written(work: (archive: ArchiveWriter) => Promise<object> = writeTwo) {
  const file = newFile();
  return { ...(await writeArchive(file, writing, async (archive) => ({ ...(await work(archive)) }))), file };
}

/** Reads all of it, hashes included. */
async function contentsOf(file: string, options = reading): Promise<Record<string, string>> {
  const archive = await openArchive(file, options);
  try {
    await archive.verify();
    const contents: Record<string, string> = {};
    for (const { name } of archive.manifest.files) contents[name] = await archive.readText(name);
    return contents;
  } finally {
    archive.close();
  }
}

const refusal = (file: string, options = reading): Promise<string> =>
  contentsOf(file, options).then(
    () => 'believed',
    (error: unknown) => (isDmzError(error) ? error.code : String(error)),
  );

/** A ZIP of any entries, signed or not, as no program of ours would write it. */
async function forge(entries: readonly (readonly [string, string])[]): Promise<string> {
  const file = newFile();
  const zip = new yazl.ZipFile();
  for (const [name, content] of entries) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
  return file;
}

/** The entries of an archive, to be forged anew. */
async function entriesOf(file: string, manifest: Manifest): Promise<[string, string][]> {
  return [
    ...Object.entries(await contentsOf(file)),
    ['manifest.json', manifestText(manifest)],
    ['manifest.sig.json', signaturesText(manifest, [privateKey])],
  ];
}

describe('a signed archive', () => {
  it('gives back what was put in, in its order, and says what whoever wrote it wanted to say', async () => {
    const { file, bytes, manifest } = await written();
    expect(await contentsOf(file)).toEqual({
      'tables/first.txt': 'one line\n',
      'README.md': 'zwei\ndrei ✓\n',
    });
    expect(bytes).toBe(fs.statSync(file).size);
    expect(manifest).toMatchObject({ ...kind, madeAt: '2026-03-01T12:00:00.000Z', head: { tenant: 'acme' } });
    expect(manifest.files.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['tables/first.txt', 9],
      ['README.md', 14],
    ]);
    const archive = await openArchive(file, reading);
    expect(archive.manifest).toEqual(manifest);
    archive.close();
  });

  it('is the same to the byte for the same contents, time and key', async () => {
    const [one, two] = [await written(), await written()];
    expect(fs.readFileSync(one.file)).toEqual(fs.readFileSync(two.file));
  });

  it('is for its owner’s eyes alone, and never replaces a file', async () => {
    const { file } = await written();
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    const before = fs.readFileSync(file);
    await expect(writeArchive(file, writing, writeTwo)).rejects.toMatchObject({ code: 'ARCHIVE_EXISTS' });
    const late = newFile();
    const racing = writeArchive(late, writing, async () => {
      fs.writeFileSync(late, 'somebody was faster');
      return {};
    });
    await expect(racing).rejects.toMatchObject({ code: 'ARCHIVE_EXISTS' });
    expect(fs.readFileSync(late, 'utf8')).toBe('somebody was faster');
    expect(fs.readFileSync(file)).toEqual(before);
  });

  it('is not under its name before it is whole, and leaves nothing where it fails', async () => {
    const file = path.join(folder, 'failing', 'half.zip');
    const failing = writeArchive(file, writing, async (archive) => {
      await archive.add('first.txt', ['there']);
      expect(fs.existsSync(file)).toBe(false);
      expect(fs.readdirSync(path.dirname(file))).toEqual([expect.stringMatching(/\.part$/)]);
      await archive.add(
        'second.txt',
        (async function* () {
          yield 'x'.repeat(1_000_000);
          throw new Error('the source broke');
        })(),
      );
      return {};
    });
    await expect(failing).rejects.toThrow('the source broke');
    expect(fs.readdirSync(path.dirname(file))).toEqual([]);
  });

  it.each(['../up', 'a/../../up', '/root', 'a//b', 'C:/x', 'a\\b', '', '.', 'a/./b', 'line\nfeed'])(
    'takes no file called %j',
    async (name) => {
      const writing = written(async (archive) => {
        await archive.add(name, ['x']);
        return {};
      });
      await expect(writing).rejects.toMatchObject({ code: 'ARCHIVE_FILE_NAME' });
    },
  );

  it.each(['a.txt', 'manifest.json'])('takes no second file called %s', async (name) => {
    const writing = written(async (archive) => {
      await archive.add('a.txt', ['x']);
      await archive.add(name, ['y']);
      return {};
    });
    await expect(writing).rejects.toMatchObject({ code: 'ARCHIVE_FILE_DOUBLED' });
  });

  it('reads its source no faster than it is written, and holds no file in memory', async () => {
    const chunk = Buffer.alloc(1_048_576, 'abcdefgh');
    let peak = 0;
    const file = newFile();
    await writeArchive(file, writing, async (archive) => {
      const before = process.memoryUsage().arrayBuffers;
      async function* much() {
        for (let at = 0; at < 96; at += 1) {
          yield chunk;
          peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
        }
      }
      await archive.add('much.txt', much());
      return {};
    });
    expect(peak).toBeLessThan(48 * 1_048_576);
    expect(await refusal(file)).toBe('believed');
  });
});

describe('a signature', () => {
  it('by a key that is not believed is refused, and accepted where that key is given', async () => {
    const { file } = await written();
    expect(await refusal(file, { ...reading, keys: [other.publicKey] })).toBe('ARCHIVE_KEY_UNKNOWN');
    expect(await refusal(file, { ...reading, keys: [other.publicKey, publicKey] })).toBe('believed');
  });

  it('is by both keys during an overlap, and either is believed', async () => {
    const file = newFile();
    await writeArchive(file, { ...writing, keys: [other.privateKey, privateKey] }, writeTwo);
    expect(await refusal(file)).toBe('believed');
    expect(await refusal(file, { ...reading, keys: [other.publicKey] })).toBe('believed');
  });

  it('of another manifest is refused', async () => {
    const { file, manifest } = await written();
    const signature = signaturesText({ ...manifest, head: { tenant: 'rival' } }, [privateKey]);
    const entries = (await entriesOf(file, manifest)).filter(([name]) => name !== 'manifest.sig.json');
    expect(await refusal(await forge([...entries, ['manifest.sig.json', signature]]))).toBe(
      'ARCHIVE_SIGNATURE_INVALID',
    );
  });

  it('does not make another format or version readable', async () => {
    const { file } = await written();
    expect(await refusal(file, { ...reading, version: 2 })).toBe('ARCHIVE_FORMAT_UNKNOWN');
    expect(await refusal(file, { ...reading, format: 'archive-gate/other' })).toBe('ARCHIVE_FORMAT_UNKNOWN');
  });
});

describe('what is not what was signed is refused', () => {
  it('when it is not there, or no ZIP', async () => {
    expect(await refusal(path.join(folder, 'nowhere.zip'))).toBe('ARCHIVE_NOT_FOUND');
    const file = newFile();
    fs.writeFileSync(file, 'no archive');
    expect(await refusal(file)).toBe('ARCHIVE_UNREADABLE');
    fs.writeFileSync(file, '');
    expect(await refusal(file)).toBe('ARCHIVE_UNREADABLE');
  });

  it('where a file is missing, doubled, unlisted or of another length', async () => {
    const { file, manifest } = await written();
    const entries = await entriesOf(file, manifest);
    const [first, ...rest] = entries;
    if (!first) throw new Error('There are entries.');
    expect(await refusal(await forge(entries))).toBe('believed');
    expect(await refusal(await forge(rest))).toBe('ARCHIVE_FILE_MISSING');
    expect(await refusal(await forge([...entries, first]))).toBe('ARCHIVE_FILE_DOUBLED');
    expect(await refusal(await forge([...entries, ['more.txt', 'x']]))).toBe('ARCHIVE_FILE_UNLISTED');
    expect(await refusal(await forge([[first[0], `${first[1]}!`], ...rest]))).toBe('ARCHIVE_FILE_CHANGED');
    for (const name of ['manifest.json', 'manifest.sig.json'])
      expect(await refusal(await forge(entries.filter(([each]) => each !== name)))).toBe(
        'ARCHIVE_FILE_MISSING',
      );
  });

  it('where a name climbs out of the folder', async () => {
    const { file } = await written();
    const bytes = fs.readFileSync(file).toString('latin1').replaceAll('tables/first.txt', '../../../etc/dmz');
    fs.writeFileSync(file, bytes, 'latin1');
    expect(await refusal(file)).toBe('ARCHIVE_FILE_NAME');
  });

  it('where a file unfolds to more than its ZIP says', async () => {
    const { file } = await written(async (archive) => {
      await archive.add('bomb.txt', ['0'.repeat(1_000_000)]);
      return {};
    });
    const bytes = fs.readFileSync(file);
    const small = Buffer.alloc(4);
    small.writeUInt32LE(1_000_000);
    for (let at = bytes.indexOf(small); at >= 0; at = bytes.indexOf(small, at)) bytes.writeUInt32LE(10, at);
    fs.writeFileSync(file, bytes);
    expect(await refusal(file)).toBe('ARCHIVE_FILE_CHANGED');
    // And where the manifest is as wrong as the ZIP: what counts is what comes out.
    const manifest: Manifest = {
      ...{ ...kind, madeAt: '2026-03-01T12:00:00.000Z', head: {} },
      files: [{ name: 'bomb.txt', bytes: 10, sha256: '0'.repeat(64) }],
    };
    const zip = await forge([
      ['manifest.json', manifestText(manifest)],
      ['manifest.sig.json', signaturesText(manifest, [privateKey])],
      ['bomb.txt', '0'.repeat(1_000_000)],
    ]);
    const forged = fs.readFileSync(zip);
    for (let at = forged.indexOf(small); at >= 0; at = forged.indexOf(small, at))
      forged.writeUInt32LE(10, at);
    fs.writeFileSync(zip, forged);
    expect(await refusal(zip)).toBe('ARCHIVE_UNREADABLE');
  });

  it('for any byte of any file, the manifest and the signature', async () => {
    const { file, manifest } = await written();
    const entries = await entriesOf(file, manifest);
    for (const [at, [name, content]] of entries.entries())
      for (let byte = 0; byte < Buffer.byteLength(content); byte += 1) {
        const bytes = Buffer.from(content);
        bytes.writeUInt8(bytes.readUInt8(byte) ^ 1, byte);
        const changed = entries.with(at, [name, bytes.toString('latin1')]);
        expect(await refusal(await forge(changed)), `${name}, byte ${byte}`).toMatch(/^ARCHIVE_/);
      }
  });

  it('for any bit of the ZIP that changes what is read, and for any end that is missing', async () => {
    const { file } = await written();
    const contents = await contentsOf(file);
    const whole = fs.readFileSync(file);
    const broken = newFile();
    for (let at = 0; at < whole.length; at += 1) {
      const bytes = Buffer.from(whole);
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (at % 8)), at);
      fs.writeFileSync(broken, bytes);
      const found = await contentsOf(broken).catch((error: { code: string }) => error.code);
      if (typeof found === 'string') expect(found, `byte ${at}`).toMatch(/^ARCHIVE_/);
      else expect(found, `byte ${at}`).toEqual(contents);
      if (at % 7 > 0) continue;
      fs.writeFileSync(broken, whole.subarray(0, at));
      expect(await refusal(broken), `${at} bytes`).toBe('ARCHIVE_UNREADABLE');
    }
  });
});
