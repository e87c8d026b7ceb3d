/**
 * Writes a parse tree as SQL again. What the deparser wrote is parsed once more and must say the same, so that no clause
 * is lost which it does not know. The parser must have been loaded.
 */
import { isDeepStrictEqual } from 'node:util';
import { deparseSync, parseSync } from 'pgsql-parser';
import { statementsOf } from './series-names.ts';
import { type Node, withoutPlaces } from './syntax-tree.ts';

export interface Deparsed {
  readonly text: string;
  readonly exact: boolean;
}

export function deparse(statement: Node): Deparsed {
  // The library types every kind of node; what is given was parsed by it, and changed in names alone.
  const text = deparseSync(statement as Parameters<typeof deparseSync>[0]);
  const [again] = statementsOf(parseSync(text));
  return { text, exact: isDeepStrictEqual(withoutPlaces(again), withoutPlaces(statement)) };
}
