/**
 * Files that a verification is given: exports, which are read line by line, and checkpoints and proofs, which are one JSON
 * object each. Each says what it is in its field `type`.
 */
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';

export const EXPORT = 'dmz.audit.export/1';
/** A proof has some twenty hashes, and an entry's details. */
const MOST_BYTES = 16 * 2 ** 20;

/** The file is not there, or cannot be read. */
export class FileMissing extends Error {
  override readonly name = 'FileMissing';
}

export interface ExportFile {
  readonly kind: 'export';
  readonly file: string;
}

export interface DocumentFile {
  readonly kind: 'document';
  readonly file: string;
  /** Undefined where it is no JSON. */
  readonly document: unknown;
}

/** @throws FileMissing */
export async function openFile(file: string): Promise<ExportFile | DocumentFile> {
  for await (const { value } of linesOf(file)) {
    if (isObject(value) && value.type === EXPORT) return { kind: 'export', file };
    break;
  }
  if (statSync(file).size > MOST_BYTES) return { kind: 'document', file, document: undefined };
  return { kind: 'document', file, document: parse(readFileSync(file, 'utf8')) };
}

/**
 * Each line with its number and what it holds, undefined where it is no JSON.
 *
 * @throws FileMissing
 */
export async function* linesOf(
  file: string,
): AsyncGenerator<{ readonly at: number; readonly value: unknown }> {
  const stream = createReadStream(file);
  const failed = new Promise<never>((_, reject) => {
    stream.once('error', (error) => reject(new FileMissing(error.message)));
  });
  failed.catch(() => {});
  await Promise.race([failed, new Promise<void>((resolve) => stream.once('readable', () => resolve()))]);
  let at = 0;
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    at += 1;
    if (line !== '') yield { at, value: parse(line) };
  }
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
