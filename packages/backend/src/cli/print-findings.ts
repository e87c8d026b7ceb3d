/** What a check found, as a table for people. */

import Table from 'cli-table3';
import type { CheckReport } from '../kernel/check/index.ts';
import { shownLine, shownText } from '../kernel/errors/index.ts';
import { printLine } from './print-line.ts';

/** @param what  the things that were checked, in the plural */
export function printFindings({ checked, findings }: CheckReport, what: string): void {
  if (findings.length === 0) {
    printLine(`${checked} ${what} checked; nothing found.`);
    return;
  }
  const table = new Table({
    head: ['rule and object', 'found', 'remedy'],
    style: { head: [], border: [] },
    colWidths: [42, 42, 46],
    wordWrap: true,
  });
  table.push(
    ...findings.map(({ rule, object, detail, remedy }) => [
      `${rule}\n${shownLine(object)}`,
      shownText(detail),
      remedy,
    ]),
  );
  printLine(`${table}\n${checked} ${what} checked; ${findings.length} findings.`);
}
