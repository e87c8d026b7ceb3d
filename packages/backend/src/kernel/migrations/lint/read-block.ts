/** What a DO block runs, as far as its text says: the statements of its PL/pgSQL, and whether it puts others together. */
import { parsePlPgSQLSync } from 'libpg-query';
import { parseSync } from 'pgsql-parser';
import { statementsOf } from '../../schema-tier/series-names.ts';
import { isNode, type Node, walk } from '../../schema-tier/syntax-tree.ts';
import { nodesInside } from './read-list.ts';

export interface Block {
  /** Parsed, in the order of the text. */
  readonly statements: readonly Node[];
  /** It runs texts that it puts together, or is of a language that nobody here reads. */
  readonly opaque: boolean;
}

/** Of an expression: a whole statement, where others are parts of one. */
const STATEMENT_MODE = 0;
const DYNAMIC = ['PLpgSQL_stmt_dynexecute', 'PLpgSQL_stmt_dynfors', 'dynquery'];

/**
 * @param text  the whole statement, `DO $$ … $$`
 * @throws Error  when it is PL/pgSQL, and none that can be read
 */
export function readBlock(text: string, node: Node): Block {
  if (languageOf(node) !== 'plpgsql') return { statements: [], opaque: true };
  const tree: unknown = parsePlPgSQLSync(text);
  const statements: Node[] = [];
  let opaque = false;
  walk(tree, (each) => {
    if (DYNAMIC.some((key) => key in each)) opaque = true;
    const expression = each.PLpgSQL_expr;
    if (!isNode(expression) || (expression.parseMode ?? STATEMENT_MODE) !== STATEMENT_MODE) return;
    statements.push(...statementsOf(parseSync(String(expression.query))));
  });
  return { statements, opaque };
}

function languageOf({ args }: Node): string {
  const language = nodesInside(args, 'DefElem').find(({ defname }) => defname === 'language');
  const name = isNode(language?.arg) && isNode(language.arg.String) ? language.arg.String.sval : 'plpgsql';
  return String(name);
}
