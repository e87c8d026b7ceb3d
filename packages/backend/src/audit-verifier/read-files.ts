/**
 * Files that a verification is given: exports, which are read line by line, and checkpoints and proofs, which are one JSON
 * object each. Each says what it is in its field `type`.
 */
import { createReadStream, readFileSync, type Stats, statSync } from 'node:fs';

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
  if (statsOf(file).size > MOST_BYTES) return { kind: 'document', file, document: undefined };
  return { kind: 'document', file, document: parseJson(readFileSync(file, 'utf8')) };
}

/**
 * A pipe would be waited for, and a device has no end.
 *
 * @throws FileMissing
 */
export function requireFile(file: string): void {
  if (!statsOf(file).isFile()) throw new FileMissing(`not a file, open '${file}'`);
}

function statsOf(file: string): Stats {
  try {
    return statSync(file);
  } catch (error) {
    throw new FileMissing(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Each line with its number and what it holds, undefined where it is no JSON, or longer than any of ours.
 *
 * @throws FileMissing
 */
export async function* linesOf(
  file: string,
): AsyncGenerator<{ readonly at: number; readonly value: unknown }> {
  let at = 0;
  for await (const line of textsOf(file)) {
    at += 1;
    if (line !== '') yield { at, value: line === undefined ? undefined : parseJson(line) };
  }
}

/**
 * Node's readline would end a line within a text too, at U+2028 and U+2029, which JSON has as they are; and it would gather
 * one of any length, up to what a text can have, and fail there.
 */
async function* textsOf(file: string): AsyncGenerator<string | undefined> {
  requireFile(file);
  let line: string | undefined = '';
  try {
    for await (const chunk of createReadStream(file, 'utf8')) {
      const ends = String(chunk).split('\n');
      const rest = ends.pop() ?? '';
      for (const end of ends) {
        yield line === undefined ? undefined : (line + end).replace(/\r$/, '');
        line = '';
      }
      if (line !== undefined) line = line.length + rest.length > MOST_BYTES ? undefined : line + rest;
    }
  } catch (error) {
    throw new FileMissing(error instanceof Error ? error.message : String(error));
  }
  if (line !== '') yield line;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Ours are some six levels deep; in thousands of them, whatever walks through them loses its stack. */
const MOST_LEVELS = 100;

/** @returns undefined for what is no JSON, or none of ours */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    const opened = text.match(/[[{]/g)?.length ?? 0;
    return opened <= MOST_LEVELS || !isDeep(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isDeep(json: unknown): boolean {
  let level: unknown[] = [json];
  for (let depth = 0; depth < MOST_LEVELS && level.length > 0; depth += 1)
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  return level.length > 0;
}
