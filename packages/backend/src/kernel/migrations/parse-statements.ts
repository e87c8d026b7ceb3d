/** Takes a file apart into statements, by PostgreSQL's own grammar; the parser is loaded for who asks, and nobody else. */
import { loadModule } from 'libpg-query';
import { parseSync } from 'pgsql-parser';
import { isNode, type Node, unwrap } from '../schema-tier/syntax-tree.ts';

export interface ParsedStatement {
  /** As it is written, without the comments before it. */
  readonly text: string;
  /** The grammar's own name, such as `AlterTableStmt`. */
  readonly kind: string;
  readonly node: Node;
}

/** @param texts  each with one statement or more */
export async function parseStatements(texts: readonly string[]): Promise<ParsedStatement[]> {
  await loadModule();
  return texts.flatMap(parseText);
}

function parseText(text: string): ParsedStatement[] {
  const bytes = Buffer.from(text);
  const parsed: unknown = parseSync(text);
  const raw = isNode(parsed) && Array.isArray(parsed.stmts) ? parsed.stmts : [];
  return raw.filter(isNode).flatMap(({ stmt, stmt_location, stmt_len }) => {
    if (!isNode(stmt)) return [];
    const start = Number(stmt_location ?? 0);
    const length = Number(stmt_len ?? 0);
    const own = bytes.subarray(start, length > 0 ? start + length : undefined).toString();
    return [{ ...unwrap(stmt), text: withoutComments(own) }];
  });
}

/** Comments before a statement are for who reads the file. */
const withoutComments = (text: string): string =>
  text.replace(/^(\s+|--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/)+/, '').trim();
