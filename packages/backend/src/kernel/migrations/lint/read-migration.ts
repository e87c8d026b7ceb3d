/**
 * A migration file as the rules see it: its header, and its statements parsed by PostgreSQL's own grammar, each with its
 * line and the comments directly above it. Texts are divided as the runner divides them, at the breakpoints.
 */
import { scanSync } from 'libpg-query';
import { parseSync } from 'pgsql-parser';
import { isNode, type Node, unwrap } from '../../schema-tier/syntax-tree.ts';
import { type Excuse, isMeantAsExcuse, readExcuses } from './excuse.ts';
import { readBlock } from './read-block.ts';
import { type LintedHeader, readLintedHeader } from './read-problems.ts';

export interface Statement {
  /** Of the grammar, such as `AlterTableStmt`. */
  readonly kind: string;
  readonly node: Node;
  /** Without comments. */
  readonly text: string;
  /** Of its first word, in the file, from 1. */
  readonly line: number;
  readonly excuses: readonly Excuse[];
  /** The DO block that it is of; it stands behind it in the list, and the block's excuses are its. */
  readonly within?: Statement;
  /** Of a DO block: it runs texts that it puts together. */
  readonly opaque?: boolean;
}

export interface MigrationFile {
  readonly tag: string;
  readonly header: LintedHeader;
  readonly statements: readonly Statement[];
  /** What PostgreSQL's grammar refuses. */
  readonly unreadable: readonly { readonly line: number; readonly problem: string }[];
  /** Comments that mean to be excuses, and stand above nothing or say no reason. */
  readonly malformedExcuses: readonly { readonly line: number; readonly comment: string }[];
}

const BREAKPOINT = '--> statement-breakpoint';

/** The parser has to be loaded: `loadModule` of libpg-query. */
export function readMigrationFile(tag: string, text: string): MigrationFile {
  const file = { statements: [], unreadable: [], malformedExcuses: [] } as {
    [Part in 'statements' | 'unreadable' | 'malformedExcuses']: MigrationFile[Part][number][];
  };
  let line = 1;
  for (const piece of text.split(BREAKPOINT)) {
    const read = readPiece(piece, line);
    file.statements.push(...read.statements);
    file.unreadable.push(...read.unreadable);
    file.malformedExcuses.push(...read.malformedExcuses);
    line += linesIn(piece);
  }
  return { tag, header: readLintedHeader(tag, text), ...file };
}

const linesIn = (text: string) => text.split('\n').length - 1;

function readPiece(
  piece: string,
  firstLine: number,
): Pick<MigrationFile, 'statements' | 'unreadable' | 'malformedExcuses'> {
  try {
    const parsed = parseSync(piece);
    const text = new PieceText(piece, firstLine);
    const statements = statementsIn(parsed).flatMap((raw) => withBlock(text.statement(raw)));
    return { statements, unreadable: [], malformedExcuses: text.malformed() };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return {
      statements: [],
      unreadable: [{ line: firstLine + leadingLines(piece), problem }],
      malformedExcuses: [],
    };
  }
}

function withBlock(statement: Statement): Statement[] {
  if (statement.kind !== 'DoStmt') return [statement];
  const { statements, opaque } = readBlock(statement.text, statement.node);
  const block = { ...statement, opaque };
  const { text, line } = statement;
  return [block, ...statements.map((stmt) => ({ ...unwrap(stmt), text, line, excuses: [], within: block }))];
}

const leadingLines = (piece: string) => linesIn(piece.slice(0, piece.length - piece.trimStart().length));

interface RawStatement {
  readonly stmt: Node;
  /** Bytes from the start of the piece. */
  readonly start: number;
  readonly end: number;
}

function statementsIn(parsed: unknown): RawStatement[] {
  if (!isNode(parsed) || !Array.isArray(parsed.stmts)) return [];
  return parsed.stmts.flatMap((raw: unknown) => {
    if (!isNode(raw) || !isNode(raw.stmt)) return [];
    const start = Number(raw.stmt_location ?? 0);
    // PostgreSQL leaves the length out where a statement goes on to the end.
    const length = Number(raw.stmt_len ?? 0);
    return [{ stmt: raw.stmt, start, end: length === 0 ? Number.POSITIVE_INFINITY : start + length }];
  });
}

interface Comment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** PostgreSQL counts bytes, so the text is held as bytes. */
class PieceText {
  readonly #bytes: Buffer;
  readonly #firstLine: number;
  readonly #comments: readonly Comment[];
  readonly #words: readonly number[];
  readonly #used = new Set<Comment>();

  constructor(piece: string, firstLine: number) {
    this.#bytes = Buffer.from(piece);
    this.#firstLine = firstLine;
    const { tokens } = scanSync(piece);
    this.#comments = tokens
      .filter(({ tokenName }) => tokenName === 'SQL_COMMENT' || tokenName === 'C_COMMENT')
      .map(({ start, end }) => ({ start, end, text: this.#bytes.toString('utf8', start, end).trim() }));
    this.#words = tokens
      .filter(({ tokenName }) => tokenName !== 'SQL_COMMENT' && tokenName !== 'C_COMMENT')
      .map(({ start }) => start);
  }

  statement({ stmt, start, end }: RawStatement): Statement {
    const first = this.#words.find((word) => word >= start) ?? start;
    const above = this.#directlyAbove(first);
    const { excuses } = readExcuses(above.map(({ text }) => text));
    return {
      ...unwrap(stmt),
      text: this.#withoutComments(first, end),
      line: this.#lineAt(first),
      excuses,
    };
  }

  /** To be called once every statement has been read. */
  malformed(): { line: number; comment: string }[] {
    return this.#comments
      .filter((comment) => isMeantAsExcuse(comment.text))
      .filter((comment) => !this.#used.has(comment) || readExcuses([comment.text]).malformed.length > 0)
      .map(({ start, text }) => ({ line: this.#lineAt(start), comment: text }));
  }

  #directlyAbove(first: number): Comment[] {
    const above: Comment[] = [];
    let below = this.#lineAt(first);
    for (const comment of this.#comments.filter(({ end }) => end <= first).reverse()) {
      if (this.#lineAt(comment.start) !== below - 1) break;
      below -= 1;
      above.unshift(comment);
      this.#used.add(comment);
    }
    return above;
  }

  #lineAt(position: number): number {
    return this.#firstLine + linesIn(this.#bytes.toString('utf8', 0, position));
  }

  #withoutComments(start: number, end: number): string {
    const bytes = Buffer.from(this.#bytes);
    for (const comment of this.#comments)
      for (let at = comment.start; at < comment.end; at += 1) if (bytes[at] !== NEWLINE) bytes[at] = SPACE;
    return bytes.toString('utf8', start, Math.min(end, bytes.length)).trim().replace(/;$/, '').trim();
  }
}

const NEWLINE = 10;
const SPACE = 32;
