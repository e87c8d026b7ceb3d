/**
 * The shape of a rule: what it is called, what is unsafe, the safe way, and one example of each, which the reference shows
 * and the tests run. A rule is a pure function from what it looks at to what breaks it.
 */
import type { TableName } from '../../schema-tier/syntax-tree.ts';
import { type Catalogue, written } from './catalogue.ts';
import { isCreatedIn } from './read-alteration.ts';
import type { MigrationFile, Statement } from './read-migration.ts';

export interface Breach {
  /** What the statement is about: a table, column, constraint, function, role or file. */
  readonly object: string;
  /** What was found, as the beginning of a sentence without its full stop. */
  readonly found: string;
  /** Where the safe way of the rule has to be said more exactly. */
  readonly remedy?: string;
}

export interface RuleDescription {
  /** Stable: excuses and other programs refer to it. */
  readonly name: string;
  /** What is unsafe, and why: one or two sentences. */
  readonly danger: string;
  /** The safe way. */
  readonly remedy: string;
  /** A migration that breaks the rule; `-- phase: expand` is put above it where it has no header of its own. */
  readonly bad: string;
  /** The same the safe way, in as many files as it takes, after what `before` made. */
  readonly safe: readonly string[];
}

export interface StatementRule extends RuleDescription {
  /** True where the statements of DO blocks are not looked at, which are run under conditions of the block's own. */
  readonly outsideBlocks?: boolean;
  readonly findIn: (statement: Statement, scene: Scene) => readonly Breach[];
}

export interface FileRule extends RuleDescription {
  /** True where later files decide; an excuse then stays when they come, since a merged file never changes. */
  readonly looksAhead?: boolean;
  readonly findInFile: (
    file: MigrationFile,
    scene: FileScene,
  ) => readonly (Breach & { readonly at?: Statement })[];
}

export interface FileScene {
  readonly file: MigrationFile;
  /** As the file leaves it. */
  readonly catalogue: Catalogue;
  readonly earlier: readonly MigrationFile[];
  readonly later: readonly MigrationFile[];
}

/** What stands around a statement. */
export class Scene {
  readonly file: MigrationFile;
  /** As the statement finds it. */
  readonly catalogue: Catalogue;
  readonly #at: number;

  constructor(file: MigrationFile, catalogue: Catalogue, at: number) {
    this.file = file;
    this.catalogue = catalogue;
    this.#at = at;
  }

  get inTransaction(): boolean {
    return this.file.header.inTransaction;
  }

  get before(): readonly Statement[] {
    return this.file.statements.slice(0, this.#at);
  }

  get after(): readonly Statement[] {
    return this.file.statements.slice(this.#at + 1);
  }

  /** Rows may be in it, and others work with it: it was not made by this very file. */
  isFilled(table: TableName): boolean {
    return !isCreatedIn(this.file.tag, this.catalogue.table(table));
  }

  /** Filled, and with as many rows as the tenants make. */
  isLarge(table: TableName): boolean {
    return this.isFilled(table) && !this.catalogue.isSmall(table);
  }
}

export const named = written;
export const namedIn = (table: TableName, inner: string) => `${written(table)}.${inner}`;
