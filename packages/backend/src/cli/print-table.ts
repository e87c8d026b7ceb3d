/**
 * Tables and lists for people, without lines between rows, so that other programs can cut them too. What somebody has named
 * cannot play with the terminal, nor look like a row of its own.
 */

import Table from 'cli-table3';
import { shownLine } from '../kernel/errors/index.ts';
import { paintFor } from './paint.ts';
import { printLine } from './print-line.ts';

type Cell = string | number | boolean | null | undefined | Date;

/** No lines at all: columns stand apart by two spaces. */
export const BARE = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

export function printTable(head: readonly string[], rows: readonly (readonly Cell[])[]): void {
  const { dim } = paintFor(process.stdout);
  const table = new Table({
    head: head.map((each) => dim(each)),
    chars: BARE,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of rows) table.push(row.map(show));
  printLine(table.toString());
}

export function printFields(fields: Readonly<Record<string, Cell>>): void {
  const { dim } = paintFor(process.stdout);
  const width = Math.max(...Object.keys(fields).map(({ length }) => length)) + 2;
  for (const [name, value] of Object.entries(fields)) printLine(`${dim(name.padEnd(width))}${show(value)}`);
}

function show(value: Cell): string {
  if (value === null || value === undefined) return '-';
  return value instanceof Date ? value.toISOString() : shownLine(String(value));
}
