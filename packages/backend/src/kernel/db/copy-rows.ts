/**
 * Fills a table by COPY, the fastest way in. PostgreSQL refuses it under row-level security, so it is for those who keep
 * the platform: the caller is an administrator, and each row says whose it is.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type CopiedValue = string | number | boolean | null;

/** Large enough that a chunk costs nothing beside its rows, small enough to leave the event loop to others. */
const CHUNK_CHARACTERS = 65_536;

/**
 * @param target   the table's name, as SQL writes it
 * @param columns  SQL names, in the order of each row's values
 * @param lines    rows in the text format of COPY, any number of whole lines at a time
 */
export async function copyLines(
  client: pg.Client,
  target: string,
  columns: readonly string[],
  lines: Iterable<string>,
): Promise<void> {
  const names = columns.map((name) => `"${name}"`).join(', ');
  await pipeline(
    Readable.from(inChunks(lines), { objectMode: false, highWaterMark: 2 * CHUNK_CHARACTERS }),
    client.query(copyFrom(`COPY ${target} (${names}) FROM STDIN`)),
  );
}

function* inChunks(lines: Iterable<string>): Generator<Buffer> {
  let chunk = '';
  for (const line of lines) {
    chunk += line;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield Buffer.from(chunk);
    chunk = '';
  }
  if (chunk !== '') yield Buffer.from(chunk);
}

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A row in the text format of COPY. */
export function copyLine(row: readonly CopiedValue[]): string {
  let line = '';
  for (let at = 0; at < row.length; at++) line += (at === 0 ? '' : '\t') + copyText(row[at] ?? null);
  return `${line}\n`;
}

/** A value in the text format of COPY. */
export function copyText(value: CopiedValue): string {
  if (value === null) return '\\N';
  if (typeof value !== 'string') return String(value);
  return SPECIAL.test(value) ? value.replace(/[\\\t\n\r]/g, (found) => ESCAPES[found] ?? found) : value;
}
