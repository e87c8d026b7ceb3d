/**
 * Writes a signed ZIP, file by file, from streams: memory stays flat whatever their size, since a source is read no faster
 * than the disk takes what it gives. The archive appears under its name when it is whole and on the disk, and never
 * replaces a file; until then it is a `.part` beside it.
 */
import { createHash, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { lstatSync } from 'node:fs';
import { type FileHandle, link, open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { partOf, requireRoom } from '../given-file.ts';
import { platformKeys } from '../signing/index.ts';
import { explainFileError } from '../stack/index.ts';
import { archiveErrors } from './errors.ts';
import {
  type ArchivedFile,
  MANIFEST,
  type Manifest,
  manifestText,
  requireSafeName,
  SIGNATURES,
  signaturesText,
} from './manifest.ts';

export type Chunks = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

export interface ArchiveOptions {
  /** What kind of archive this is, such as `archive-gate/tenant`, and its version. */
  readonly format: string;
  readonly version: number;
  /** The time of the manifest and of every file. */
  readonly madeAt?: Date;
  /** The platform's, with the one before it during an overlap, unless given. */
  readonly keys?: readonly KeyObject[];
}

export interface ArchiveWriter {
  /**
   * Adds a file of what is given, text as UTF-8, and waits until all of it is taken. Files are written one after another,
   * in the order of the calls.
   *
   * @throws ARCHIVE_FILE_NAME, ARCHIVE_FILE_DOUBLED, what the source throws, and what writing fails with
   */
  add(name: string, chunks: Chunks): Promise<ArchivedFile>;
}

export interface WrittenArchive {
  readonly file: string;
  /** Of the archive itself. */
  readonly bytes: number;
  readonly manifest: Manifest;
}

/**
 * @param work  adds the files, and returns what the manifest is to say besides of them: integers, no fractions
 * @throws ARCHIVE_EXISTS, STACK_DISK_FULL, STACK_FOLDER_UNUSABLE, and what `work` throws; no file is left then
 */
export async function writeArchive(
  file: string,
  { format, version, madeAt = new Date(), keys = platformKeys() }: ArchiveOptions,
  work: (archive: ArchiveWriter) => Promise<Readonly<Record<string, unknown>>>,
): Promise<WrittenArchive> {
  requireAbsent(file);
  const part = partOf(file);
  try {
    const target = await open(part, 'wx', 0o600);
    const manifest = await writeZip(target, madeAt, async (zip) => {
      const head = await work(zip);
      const manifest = { format, version, madeAt: madeAt.toISOString(), head, files: [...zip.files] };
      await zip.append(MANIFEST, [manifestText(manifest)]);
      await zip.append(SIGNATURES, [signaturesText(manifest, keys)]);
      return manifest;
    }).finally(() => target.close());
    await publish(part, file);
    return { file, bytes: (await stat(file)).size, manifest };
  } catch (error) {
    throw explainFileError(error, file);
  } finally {
    await rm(part, { force: true });
  }
}

/** For what is recorded before it is written. @throws ARCHIVE_EXISTS, STACK_DISK_FULL, STACK_FOLDER_UNUSABLE */
export function requireAbsent(file: string): void {
  if (lstatSync(file, { throwIfNoEntry: false })) throw archiveErrors.ARCHIVE_EXISTS({ found: file });
  requireRoom(file);
}

/** On the disk first, then under its name: a link, unlike a rename, refuses where that was taken meanwhile. */
async function publish(part: string, file: string): Promise<void> {
  await flush(part, 'r+');
  try {
    await link(part, file);
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw isTaken ? archiveErrors.ARCHIVE_EXISTS({ found: file }) : error;
  }
  // Windows opens no folders.
  if (process.platform !== 'win32') await flush(path.dirname(path.resolve(file)), 'r');
}

async function flush(name: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(name, flags);
  await handle.sync().finally(() => handle.close());
}

/** @returns what the work does, when all of it is written */
async function writeZip<Result>(
  target: FileHandle,
  madeAt: Date,
  work: (zip: ZipWriter) => Promise<Result>,
): Promise<Result> {
  const zip = new ZipWriter(target, madeAt);
  try {
    const result = await work(zip);
    await zip.end();
    return result;
  } catch (error) {
    await zip.giveUp();
    throw error;
  }
}

/** Sources may give single lines; the ZIP is given no less than this at once. */
const PORTION_BYTES = 65_536;

class ZipWriter implements ArchiveWriter {
  readonly files: ArchivedFile[] = [];
  readonly #names = new Set<string>([MANIFEST, SIGNATURES]);
  readonly #zip = new yazl.ZipFile();
  readonly #output: Readable;
  readonly #madeAt: Date;
  readonly #written: Promise<void>;

  constructor(target: FileHandle, madeAt: Date) {
    this.#madeAt = madeAt;
    this.#output = this.#zip.outputStream as Readable;
    this.#written = pipeline(this.#output, target.createWriteStream());
    this.#written.catch(() => {}); // told by `end`, and by whichever file is under way
  }

  async add(name: string, chunks: Chunks): Promise<ArchivedFile> {
    requireSafeName(name);
    if (this.#names.has(name)) throw archiveErrors.ARCHIVE_FILE_DOUBLED({ found: name });
    this.#names.add(name);
    const written = await this.append(name, chunks);
    this.files.push(written);
    return written;
  }

  async append(name: string, chunks: Chunks): Promise<ArchivedFile> {
    const hash = createHash('sha256');
    let bytes = 0;
    const source = Readable.from(
      inPortions(chunks, (portion) => {
        hash.update(portion);
        bytes += portion.length;
      }),
      { objectMode: false, highWaterMark: PORTION_BYTES },
    );
    // The ZIP's own stages do not pass an error of their source on, nor end it when the disk refuses.
    const consumed = once(source, 'end');
    this.#zip.addReadStream(source, name, { mtime: this.#madeAt, mode: 0o100600 });
    try {
      await Promise.race([consumed, this.#written.then(() => consumed)]);
    } finally {
      source.destroy();
    }
    return { name, bytes, sha256: hash.digest('hex') };
  }

  end(): Promise<void> {
    this.#zip.end();
    return this.#written;
  }

  async giveUp(): Promise<void> {
    this.#output.destroy();
    await this.#written.catch(() => {});
  }
}

async function* inPortions(chunks: Chunks, see: (portion: Buffer) => void): AsyncGenerator<Buffer> {
  let pending: Buffer[] = [];
  let size = 0;
  const portion = (): Buffer => {
    const whole = pending.length === 1 && pending[0] ? pending[0] : Buffer.concat(pending);
    [pending, size] = [[], 0];
    see(whole);
    return whole;
  };
  for await (const chunk of chunks) {
    // A source may use its buffer again, so what is kept here for later is a copy.
    const bytes = Buffer.from(chunk as string);
    pending.push(bytes);
    size += bytes.length;
    if (size >= PORTION_BYTES) yield portion();
  }
  if (size > 0) yield portion();
}
