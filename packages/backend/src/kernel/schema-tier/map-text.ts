/**
 * Maps the bodies of functions, which are strings to the parser, token by token of PostgreSQL's own scanner: comments and
 * strings are told apart from names, and what is not renamed stays as it was written. What could be read in two ways is
 * refused, so that nobody finds out at run time.
 */
import { scanSync } from 'libpg-query';
import { placedName, placedTable } from '../db/placed-name.ts';
import { schemaTierErrors } from './errors.ts';
import { PLACEHOLDER } from './placeholder.ts';
import type { SeriesNames } from './series-names.ts';

interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** An identifier or keyword as PostgreSQL folds it. */
  readonly name?: string;
  /** An identifier that is no keyword. */
  readonly free?: boolean;
  /** The content of a string constant. */
  readonly string?: string;
}

/** Ends the query of a FOR, and follows its last table; to the scanner of SQL it is a name like any other. */
const LOOP = 'loop';

/**
 * @param namespace  the module whose function the text is of
 * @returns the text at the placement, and whether it named anything of the placement's own
 */
export function mapText(
  text: string,
  names: SeriesNames,
  namespace: string,
): { readonly text: string; readonly touched: boolean } {
  const mapper = new TextMapper(text, names, namespace);
  return { text: mapper.run(), touched: mapper.touched };
}

class TextMapper {
  touched = false;
  readonly #bytes: Buffer;
  readonly #tokens: readonly Token[];
  readonly #names: SeriesNames;
  readonly #namespace: string;
  /** By the position of the first token: what stands there instead, up to and with another one. */
  readonly #replaced = new Map<number, { readonly last: number; readonly by: string }>();
  /** Tables that are named without an alias, so that their columns may be qualified by the bare name. */
  readonly #bare = new Map<string, string>();
  readonly #aliases = new Set<string>();

  constructor(text: string, names: SeriesNames, namespace: string) {
    this.#bytes = Buffer.from(text);
    this.#tokens = tokensOf(text);
    this.#names = names;
    this.#namespace = namespace;
  }

  run(): string {
    for (let at = 0; at < this.#tokens.length; at += 1) {
      const { name, string } = this.#tokens[at] ?? {};
      if (string !== undefined) this.#string(at, string);
      else if (name !== undefined && this.#textAt(at - 1) !== '.') at += this.#qualified(at, name);
    }
    this.#bareQualifiers();
    return this.#render();
  }

  /** @returns how many further tokens it took */
  #qualified(at: number, schema: string): number {
    const name = this.#tokens[at + 2]?.name;
    if (this.#textAt(at + 1) !== '.' || name === undefined) return 0;
    if (schema === 'dmz' && name === 'current_tenant') {
      this.#replace(at, at + 4, `dmz.current_tenant_in('${PLACEHOLDER}')`);
      return 4;
    }
    if (!this.#names.isNamespace(schema)) return 0;
    if (this.#names.isOwnTable({ schema, table: name })) this.#table(at, schema, name);
    else if (this.#names.isOwnFunction(schema, name))
      this.#replace(at, at + 2, `${PLACEHOLDER}.${placedName(schema, name)}`);
    else if (!this.#names.isKnown(schema, name))
      this.#refuse(`${schema}.${name}, where ${schema} is a module and has nothing of that name`);
    return 2;
  }

  #table(at: number, schema: string, table: string): void {
    const placed = placedTable(schema, table);
    this.#replace(at, at + 2, `${PLACEHOLDER}.${placed}`);
    const next = this.#tokens[at + 3];
    const alias = next?.name === 'as' ? this.#tokens[at + 4]?.name : next?.free ? next.name : undefined;
    if (alias === undefined || alias === LOOP) this.#bare.set(table, placed);
    else this.#aliases.add(alias);
  }

  #bareQualifiers(): void {
    for (const [at, { name }] of this.#tokens.entries()) {
      const placed = name === undefined ? undefined : this.#bare.get(name);
      if (!placed || this.#textAt(at + 1) !== '.' || this.#textAt(at - 1) === '.') continue;
      if (this.#aliases.has(String(name))) this.#refuse(`${name}, which is both a table and an alias`);
      this.#replace(at, at, placed);
    }
  }

  #string(at: number, content: string): void {
    const placed =
      placedString(content, this.#names) ??
      this.#ownNameOfTrigger(content) ??
      this.#ownNameInError(at, content);
    if (placed) {
      this.#replace(at, at, `'${placed}'`);
      return;
    }
    const hidden = content
      .split(/[^a-z0-9_."]+/)
      .find((word) => placedString(word.replaceAll('"', ''), this.#names) !== undefined);
    if (hidden) this.#refuse(`a string with more in it than ${hidden}`);
  }

  /** A trigger function that serves several tables asks which one it is at. */
  #ownNameOfTrigger(table: string): string | undefined {
    const asks = this.#tokens.some(({ name }) => name === 'tg_table_name');
    const own = this.#names.isOwnTable({ schema: this.#namespace, table });
    return asks && own ? placedTable(this.#namespace, table) : undefined;
  }

  /** RAISE says of an error which SCHEMA and TABLE it is of. */
  #ownNameInError(at: number, content: string): string | undefined {
    const said = this.#textAt(at - 1) === '=' ? this.#tokens[at - 2]?.name : undefined;
    if (said === 'schema' && content === this.#namespace) return PLACEHOLDER;
    const own = said === 'table' && this.#names.isOwnTable({ schema: this.#namespace, table: content });
    return own ? placedTable(this.#namespace, content) : undefined;
  }

  #replace(first: number, last: number, by: string): void {
    this.touched = true;
    this.#replaced.set(first, { last, by });
  }

  #textAt(at: number): string | undefined {
    return this.#tokens[at]?.text;
  }

  #render(): string {
    const parts: string[] = [];
    let done = 0;
    for (const [at, { last, by }] of [...this.#replaced].sort(([one], [other]) => one - other)) {
      parts.push(this.#bytes.subarray(done, this.#tokens[at]?.start).toString(), by);
      done = this.#tokens[last]?.end ?? done;
    }
    parts.push(this.#bytes.subarray(done).toString());
    return parts.join('');
  }

  #refuse(found: string): never {
    const opening = this.#bytes.toString().trim().slice(0, 80);
    throw schemaTierErrors.SCHEMA_TIER_UNMAPPABLE({
      found: `${found}, in a function of ${this.#namespace}: ${opening} …`,
    });
  }
}

/** The name of a table or function in a string, such as `'game.events'::regclass`, at the placement. */
export function placedString(content: string, names: SeriesNames): string | undefined {
  const [schema, name, more] = content.split('.');
  if (schema === undefined || name === undefined || more !== undefined) return undefined;
  if (names.isOwnTable({ schema, table: name })) return `${PLACEHOLDER}.${placedTable(schema, name)}`;
  if (names.isOwnFunction(schema, name)) return `${PLACEHOLDER}.${placedName(schema, name)}`;
  return undefined;
}

function tokensOf(text: string): Token[] {
  return scanSync(text)
    .tokens.filter(({ tokenName }) => !tokenName.endsWith('COMMENT'))
    .map(({ start, end, text: written, tokenName, keywordName }) => {
      const keyword = keywordName !== 'NO_KEYWORD';
      const token = { start, end, text: written };
      if (tokenName === 'SCONST') return { ...token, string: contentOf(written) };
      if (tokenName !== 'IDENT' && !keyword) return token;
      return { ...token, name: folded(written), free: !keyword };
    });
}

const folded = (written: string): string =>
  written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written.toLowerCase();

/** What is in a string; escapes stay, since no name has any. */
function contentOf(written: string): string {
  const quote = written.startsWith('$') ? written.indexOf('$', 1) + 1 : written.indexOf("'") + 1;
  const closing = written.startsWith('$') ? quote : 1;
  return written.slice(quote, written.length - closing);
}
