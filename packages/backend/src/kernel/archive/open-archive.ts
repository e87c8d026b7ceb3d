/**
 * Reads a signed ZIP. Before anything of it is given out, its manifest is signed by a key that is believed, and its files are
 * those that the manifest lists, each once, under a safe name. What is read is counted and hashed on the way, and
 * refused as soon as it is more, or at its end where it is other than what was signed: whoever acts on parts of a file must be
 * ready for that, or call `verify` first.
 */
import { createHash, type KeyObject } from 'node:crypto';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { isDmzError } from '../errors/index.ts';
import { requireFile } from '../given-file.ts';
import { platformKeys } from '../signing/index.ts';
import { archiveErrors } from './errors.ts';
import {
  type ArchivedFile,
  MANIFEST,
  type Manifest,
  parseManifest,
  parseSignatures,
  requireSafeName,
  requireSignature,
  SIGNATURES,
} from './manifest.ts';

export interface OpenOptions {
  readonly format: string;
  readonly version: number;
  /** Public keys that are believed: the platform's, with the one before it during an overlap, unless given. */
  readonly keys?: readonly KeyObject[];
}

/** A manifest of a hundred thousand files has some 15 MB; what is beyond is no manifest. */
const MOST_FILES = 100_000;
const MOST_MANIFEST_BYTES = 64 * 1024 * 1024;

/**
 * The archive is open until it is closed.
 *
 * @throws ARCHIVE_*
 */
export async function openArchive(file: string, options: OpenOptions): Promise<SignedArchive> {
  const zip = await openZip(file);
  try {
    const entries = await readEntries(zip);
    const { manifest, signingKeyId } = await readManifest(zip, entries, options);
    requireListed(manifest, entries);
    return new SignedArchive(zip, entries, manifest, signingKeyId);
  } catch (error) {
    zip.close();
    throw unreadable(error);
  }
}

export class SignedArchive {
  readonly manifest: Manifest;
  readonly signingKeyId: string;
  readonly #zip: yauzl.ZipFile;
  readonly #entries: ReadonlyMap<string, yauzl.Entry>;
  readonly #files: ReadonlyMap<string, ArchivedFile>;

  /** Only by `openArchive`, which has looked at the parts. */
  constructor(
    zip: yauzl.ZipFile,
    entries: ReadonlyMap<string, yauzl.Entry>,
    manifest: Manifest,
    signingKeyId: string,
  ) {
    this.#zip = zip;
    this.#entries = entries;
    this.manifest = manifest;
    this.signingKeyId = signingKeyId;
    this.#files = new Map(manifest.files.map((each) => [each.name, each]));
  }

  has(name: string): boolean {
    return this.#files.has(name);
  }

  /** @throws ARCHIVE_FILE_MISSING, ARCHIVE_FILE_CHANGED, ARCHIVE_UNREADABLE */
  async *read(name: string): AsyncGenerator<Buffer> {
    const [entry, file] = [this.#entries.get(name), this.#files.get(name)];
    if (!entry || !file) throw archiveErrors.ARCHIVE_FILE_MISSING({ found: name });
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of contentOf(this.#zip, entry)) {
      bytes += chunk.length;
      if (bytes > file.bytes) throw changed(name, `more than ${file.bytes} bytes`, `${file.bytes} bytes`);
      hash.update(chunk);
      yield chunk;
    }
    const sha256 = hash.digest('hex');
    if (bytes !== file.bytes || sha256 !== file.sha256)
      throw changed(
        name,
        `${bytes} bytes of SHA-256 ${sha256}`,
        `${file.bytes} bytes of SHA-256 ${file.sha256}`,
      );
  }

  /** A file as text, for what is small by its nature. @throws what `read` throws */
  async readText(name: string): Promise<string> {
    return (await gather(this.read(name))).toString('utf8');
  }

  /**
   * Reads every file to its end.
   *
   * @param onBytes  told how many more bytes were read
   * @throws what `read` throws
   */
  async verify(onBytes: (bytes: number) => void = () => {}): Promise<void> {
    for (const { name } of this.manifest.files)
      for await (const chunk of this.read(name)) onBytes(chunk.length);
  }

  close(): void {
    this.#zip.close();
  }
}

const changed = (name: string, found: string, expected: string) =>
  archiveErrors.ARCHIVE_FILE_CHANGED({ found: `${name}: ${found}`, expected });

async function openZip(file: string): Promise<yauzl.ZipFile> {
  try {
    requireFile(file);
    return await yauzl.openPromise(file, { autoClose: false, decodeStrings: false });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
      throw archiveErrors.ARCHIVE_NOT_FOUND({ found: file, cause });
    throw unreadable(cause);
  }
}

/** The ZIP's own list, by name. Names are looked at here, as bytes would be written to a disk. */
async function readEntries(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  if (zip.entryCount > MOST_FILES)
    throw archiveErrors.ARCHIVE_UNREADABLE({
      found: `${zip.entryCount} files`,
      expected: `${MOST_FILES} at most`,
    });
  const entries = new Map<string, yauzl.Entry>();
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileNameRaw.toString('utf8');
    requireSafeName(name);
    if (entries.has(name)) throw archiveErrors.ARCHIVE_FILE_DOUBLED({ found: name });
    entries.set(name, entry);
  }
  return entries;
}

async function readManifest(
  zip: yauzl.ZipFile,
  entries: ReadonlyMap<string, yauzl.Entry>,
  { format, version, keys = platformKeys() }: OpenOptions,
): Promise<{ manifest: Manifest; signingKeyId: string }> {
  const manifest = parseManifest(await readSmall(zip, entries, MANIFEST));
  const signatures = parseSignatures(await readSmall(zip, entries, SIGNATURES));
  const signingKeyId = requireSignature(manifest, signatures, keys);
  if (manifest.format !== format || manifest.version !== version)
    throw archiveErrors.ARCHIVE_FORMAT_UNKNOWN({
      found: `${manifest.format}, version ${manifest.version}`,
      expected: `${format}, version ${version}`,
    });
  return { manifest, signingKeyId };
}

/** A file that no manifest vouches for; the ZIP's own sum stands in, against accidents. */
async function readSmall(
  zip: yauzl.ZipFile,
  entries: ReadonlyMap<string, yauzl.Entry>,
  name: string,
): Promise<string> {
  const entry = entries.get(name);
  if (!entry) throw archiveErrors.ARCHIVE_FILE_MISSING({ found: name });
  if (entry.uncompressedSize > MOST_MANIFEST_BYTES)
    throw archiveErrors.ARCHIVE_MANIFEST_INVALID({ found: `${name} of ${entry.uncompressedSize} bytes` });
  const content = await gather(contentOf(zip, entry));
  if (crc32(content) !== entry.crc32) throw archiveErrors.ARCHIVE_UNREADABLE({ found: name });
  return content.toString('utf8');
}

/** @throws ARCHIVE_FILE_MISSING, ARCHIVE_FILE_UNLISTED, ARCHIVE_FILE_CHANGED */
function requireListed({ files }: Manifest, entries: ReadonlyMap<string, yauzl.Entry>): void {
  const unlisted = new Set(entries.keys());
  for (const name of [MANIFEST, SIGNATURES]) unlisted.delete(name);
  for (const { name, bytes } of files) {
    const entry = entries.get(name);
    if (!entry || !unlisted.delete(name)) throw archiveErrors.ARCHIVE_FILE_MISSING({ found: name });
    if (entry.uncompressedSize !== bytes)
      throw changed(name, `${entry.uncompressedSize} bytes`, `${bytes} bytes`);
  }
  const [first] = unlisted;
  if (first !== undefined) throw archiveErrors.ARCHIVE_FILE_UNLISTED({ found: first });
}

/** No more bytes than the ZIP's list says, whatever the compressed ones would unfold to. */
async function* contentOf(zip: yauzl.ZipFile, entry: yauzl.Entry): AsyncGenerator<Buffer> {
  try {
    const stream = await zip.openReadStreamPromise(entry);
    try {
      for await (const chunk of stream) yield chunk as Buffer;
    } finally {
      stream.destroy();
    }
  } catch (error) {
    throw unreadable(error);
  }
}

async function gather(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const gathered: Buffer[] = [];
  for await (const chunk of chunks) gathered.push(chunk);
  return Buffer.concat(gathered);
}

/** What the ZIP's reader says, in its own words, of what it cannot read. */
const unreadable = (cause: unknown): unknown =>
  isDmzError(cause) || !(cause instanceof Error)
    ? cause
    : archiveErrors.ARCHIVE_UNREADABLE({ found: cause.message, cause });
