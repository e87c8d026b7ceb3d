/**
 * Encrypts what people wrote into records that never change, and secrets that must be read again; and opens both. The one
 * who writes a row gives it an id, has its texts sealed, and spreads the answer into the row:
 *
 *     const { columns } = await keys.sealForPerson(tx, userId, consents, id, { ipAddress, userAgent });
 *     await tx.insert(consents).values({ id, tenantId: tx.tenantId, userId, ...columns, … });
 *
 *     const opened = await keys.open(tx, consents, await tx.select().from(consents));
 *
 * A person's texts are under that person's key, so that destroying it forgets them in every copy, backups of the database
 * included, as long as the backups do not reach back to before the destruction.
 */
import type { KeyObject } from 'node:crypto';
import { getTableColumns, getTableName } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { validate as isUuid } from 'uuid';
import { type Ciphertext, metaOf } from '../db/index.ts';
import { isDmzError } from '../errors/index.ts';
import type { TenantTx } from '../tenancy/index.ts';
import { requireText } from '../values/index.ts';
import { type Cell, decrypt, encrypt, type KeyName, type ParsedCiphertext, parse } from './ciphertext.ts';
import { keyErrors } from './errors.ts';
import type { MasterKeys } from './master-keys.ts';
import { KEEPINGS, type Keeping, type KeyStore } from './ports.ts';
import type { CacheBounds } from './short-lived-cache.ts';
import { type SubjectKey, SubjectKeys } from './subject-keys.ts';
import { TENANT_KEY_CACHE, type TenantKey, TenantKeys } from './tenant-keys.ts';

/** A table that has encrypted columns, as a module's tables are typed. */
export interface SealableTable {
  readonly $inferSelect: object;
}

type EncryptedKey<Row> = {
  [Key in keyof Row]-?: NonNullable<Row[Key]> extends Ciphertext ? Key & string : never;
}[keyof Row];

/** Texts for encrypted columns of a table, by the keys that code knows the columns by. */
export type TextsOf<Table extends SealableTable> = Readonly<
  Partial<Record<EncryptedKey<Table['$inferSelect']>, string | null>>
>;

export interface Sealed<Texts> {
  /** For tables that name the key in a column of its own too. Null where every text is. */
  readonly keyId: string | null;
  readonly columns: {
    readonly [Key in keyof Texts]: Texts[Key] extends string ? Ciphertext : Ciphertext | null;
  };
}

/** What a ciphertext said; or that its person was forgotten, and when. */
export type Opened =
  | { readonly text: string; readonly forgottenAt: null }
  | { readonly text: null; readonly forgottenAt: Date };

export type OpenedRow<Row> = {
  readonly [Key in keyof Row]: NonNullable<Row[Key]> extends Ciphertext
    ? Opened | Extract<Row[Key], null>
    : Row[Key];
};

export interface KeysOptions {
  readonly master: MasterKeys;
  readonly store: KeyStore;
  readonly cache?: CacheBounds;
}

export class Keys {
  readonly tenantKeys: TenantKeys;
  readonly subjectKeys: SubjectKeys;
  readonly store: KeyStore;

  constructor({ master, store, cache = TENANT_KEY_CACHE }: KeysOptions) {
    this.store = store;
    this.tenantKeys = new TenantKeys(master, store, cache);
    this.subjectKeys = new SubjectKeys(this.tenantKeys, store);
  }

  /**
   * Encrypts texts of one row with a person's key.
   *
   * @param id  the row's, which its writer makes before the row (UUIDv7, as the database would)
   * @throws KEYS_PERSON_FORGOTTEN, VALUE_REFUSED
   */
  async sealForPerson<Table extends SealableTable, const Texts extends TextsOf<Table>>(
    tx: TenantTx,
    userId: string,
    table: Table,
    id: string,
    texts: Texts,
  ): Promise<Sealed<Texts>> {
    if (Object.values(texts).every((text) => text === null)) return sealedNothing(texts);
    const { id: keyId, key } = await this.subjectKeys.current(tx, userId, keepingOf(table));
    return seal(texts, { owner: 'person', keyId }, (text, name, column) =>
      encrypt(key, name, cellOf(tx, table, column, id), text),
    );
  }

  /** The same with the tenant's key, for secrets, which no erasure of a person makes unreadable. */
  async sealForTenant<Table extends SealableTable, const Texts extends TextsOf<Table>>(
    tx: TenantTx,
    table: Table,
    id: string,
    texts: Texts,
  ): Promise<Sealed<Texts>> {
    if (Object.values(texts).every((text) => text === null)) return sealedNothing(texts);
    const { id: keyId, secrets } = await this.tenantKeys.current(tx);
    return seal(texts, { owner: 'tenant', keyId }, (text, name, column) =>
      encrypt(secrets, name, cellOf(tx, table, column, id), text),
    );
  }

  /**
   * Encrypts texts about a person that go into a column of JSON, such as the particulars of an audit entry.
   *
   * @param id      the row's, which its writer makes before the row
   * @param column  the JSON column, by the key that code knows it by
   * @param texts   by the key that each gets in the JSON
   * @throws KEYS_PERSON_FORGOTTEN, VALUE_REFUSED
   */
  async sealInto<const Key extends string>(
    tx: TenantTx,
    userId: string,
    table: SealableTable,
    { id, column }: { readonly id: string; readonly column: string },
    texts: Readonly<Record<Key, string>>,
  ): Promise<Readonly<Record<Key, Ciphertext>>> {
    const { id: keyId, key } = await this.subjectKeys.current(tx, userId, keepingOf(table));
    const sealed = Object.entries<string>(texts).map(([name, text]) => [
      name,
      encrypt(key, { owner: 'person', keyId }, jsonCellOf(tx, table, { id, column, name }), bytesOf(text)),
    ]);
    return Object.fromEntries(sealed);
  }

  /**
   * Opens what `sealInto` encrypted, and leaves the rest as it is, also what somebody wrote that looks so: it names no key
   * of the tenant's.
   *
   * @throws KEYS_CIPHERTEXT_ALTERED, KEYS_KEY_ALTERED
   */
  async openIn(
    tx: TenantTx,
    table: SealableTable,
    { id, column }: { readonly id: string; readonly column: string },
    json: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, unknown>>> {
    const found = Object.entries(json).flatMap(([name, value]) => {
      const cell = jsonCellOf(tx, table, { id, column, name });
      const parsed = ciphertextOfPerson(value, cell);
      return parsed ? [{ row: json, key: name, cell, parsed }] : [];
    });
    const keys = await this.subjectKeys.withIds(tx, [...new Set(found.map(({ parsed }) => parsed.keyId))]);
    const opened = found
      .filter(({ parsed }) => keys.has(parsed.keyId))
      .map((each) => [each.key, openWith(keyOf(each, keys, new Map()), each.cell, each.parsed)] as const);
    return Object.fromEntries([...Object.entries(json), ...opened]);
  }

  /**
   * Opens every encrypted column of rows; all of the people's keys that it takes are read by one query.
   *
   * @throws KEYS_KEY_UNKNOWN, KEYS_CIPHERTEXT_INVALID, KEYS_CIPHERTEXT_ALTERED, KEYS_KEY_ALTERED
   */
  async open<Row extends { readonly id: string }>(
    tx: TenantTx,
    table: SealableTable,
    rows: readonly Row[],
  ): Promise<OpenedRow<Row>[]> {
    const opened = new Map<object, Record<string, Opened>>();
    for (const { row, key, cell, parsed, by } of await this.#findKeys(tx, table, rows))
      opened.set(row, { ...opened.get(row), [key]: openWith(by, cell, parsed) });
    return rows.map((row) => ({ ...row, ...opened.get(row) }) as OpenedRow<Row>);
  }

  /**
   * Encrypts what a row holds for another row of the table, with the keys that it has already; for a record that repeats
   * another one's text. What nobody can read any more is null there.
   *
   * @param to  the other row's id
   */
  async reseal(
    tx: TenantTx,
    table: SealableTable,
    row: { readonly id: string },
    to: string,
  ): Promise<Readonly<Record<string, Ciphertext | null>>> {
    const found = await this.#findKeys(tx, table, [row]);
    return Object.fromEntries(
      found.map(({ key, cell, parsed, by }) => [
        key,
        by.key ? encrypt(by.key, parsed, { ...cell, id: to }, decrypt(by.key, parsed, cell)) : null,
      ]),
    );
  }

  /** The key of every ciphertext in the rows. */
  async #findKeys(
    tx: TenantTx,
    table: SealableTable,
    rows: readonly { readonly id: string }[],
  ): Promise<(Found & { readonly by: UsableKey })[]> {
    const found = rows.flatMap((row) => ciphertextsOf(tx, table, row));
    const people = found.filter(({ parsed }) => parsed.owner === 'person').map(({ parsed }) => parsed.keyId);
    const ofPeople = await this.subjectKeys.withIds(tx, [...new Set(people)]);
    const ofTenant = new Map<string, TenantKey>();
    for (const { parsed } of found)
      if (parsed.owner === 'tenant' && !ofTenant.has(parsed.keyId))
        ofTenant.set(parsed.keyId, await this.tenantKeys.withId(tx, parsed.keyId));
    return found.map((each) => ({ ...each, by: keyOf(each, ofPeople, ofTenant) }));
  }

  /**
   * Makes everything that was encrypted for a person unreadable for ever, in this transaction; and nothing can be
   * encrypted for them again.
   *
   * @param keeping  what is forgotten; everything, unless a duty keeps the evidence
   * @returns how many keys were destroyed; 0 the second time
   */
  forget(tx: TenantTx, userId: string, keeping: readonly Keeping[] = KEEPINGS): Promise<number> {
    return this.store.destroySubjectKeys(tx, userId, keeping);
  }
}

/** Duties of retention are about evidence, so its texts have keys of their own. */
export const keepingOf = (table: SealableTable): Keeping =>
  metaOf(table as unknown as PgTable).retention === 'evidence' ? 'evidence' : 'ordinary';

interface Found {
  readonly row: object;
  readonly key: string;
  readonly cell: Cell;
  readonly parsed: ParsedCiphertext;
}

function ciphertextsOf(tx: TenantTx, table: SealableTable, row: { readonly id: string }): Found[] {
  const columns = metaOf(table as unknown as PgTable).encrypted.keys();
  return [...columns].flatMap((key) => {
    const value: unknown = Reflect.get(row, key);
    if (typeof value !== 'string') return [];
    const cell = cellOf(tx, table, key, row.id);
    return [{ row, key, cell, parsed: parse(value, cell) }];
  });
}

/** A key to read by; or that it was destroyed, and when. */
type UsableKey =
  | { readonly key: KeyObject; readonly destroyedAt: null }
  | { readonly key: null; readonly destroyedAt: Date };

function keyOf(
  { cell, parsed }: Found,
  ofPeople: ReadonlyMap<string, SubjectKey>,
  ofTenant: ReadonlyMap<string, TenantKey>,
): UsableKey {
  const person = ofPeople.get(parsed.keyId);
  if (person?.destroyedAt) return { key: null, destroyedAt: person.destroyedAt };
  const key = parsed.owner === 'person' ? person?.key : ofTenant.get(parsed.keyId)?.secrets;
  if (key) return { key, destroyedAt: null };
  const found = `${cell.table}.${cell.column} of row ${cell.id}: key ${parsed.keyId} of a ${parsed.owner}`;
  throw keyErrors.KEYS_KEY_UNKNOWN({ found });
}

function openWith({ key, destroyedAt }: UsableKey, cell: Cell, parsed: ParsedCiphertext): Opened {
  if (key === null) return { text: null, forgottenAt: destroyedAt };
  return { text: decrypt(key, parsed, cell).toString('utf8'), forgottenAt: null };
}

function seal<Texts extends Readonly<Record<string, string | null | undefined>>>(
  texts: Texts,
  name: KeyName,
  encryptIn: (text: Buffer, name: KeyName, column: string) => Ciphertext,
): Sealed<Texts> {
  const columns = Object.entries(texts).map(([key, text]) => [
    key,
    text === null || text === undefined ? null : encryptIn(bytesOf(text), name, key),
  ]);
  return { keyId: name.keyId, columns: Object.fromEntries(columns) as Sealed<Texts>['columns'] };
}

const sealedNothing = <Texts extends object>(texts: Texts): Sealed<Texts> => ({
  keyId: null,
  columns: { ...texts } as unknown as Sealed<Texts>['columns'],
});

function bytesOf(text: string): Buffer {
  requireText('a text to be encrypted', text);
  return Buffer.from(text, 'utf8');
}

const OF_PERSON = /^dmz:\d+:person:/;

/** Undefined for what is none, and for a text that somebody wrote to look like one. */
function ciphertextOfPerson(value: unknown, cell: Cell): ParsedCiphertext | undefined {
  if (typeof value !== 'string' || !OF_PERSON.test(value)) return undefined;
  try {
    const parsed = parse(value, cell);
    return isUuid(parsed.keyId) ? parsed : undefined;
  } catch (error) {
    if (isDmzError(error, 'KEYS_CIPHERTEXT_INVALID')) return undefined;
    throw error;
  }
}

/** A value of a JSON column: it has the column's place and a name within it. */
function jsonCellOf(
  { tenantId }: TenantTx,
  table: SealableTable,
  { id, column, name }: { readonly id: string; readonly column: string; readonly name: string },
): Cell {
  const drawn = table as unknown as PgTable;
  const found = getTableColumns(drawn)[column];
  if (!found) throw new RangeError(`${getTableName(drawn)} has no column ${column}.`);
  const { namespace, name: tableName } = metaOf(drawn);
  return { tenantId, table: `${namespace}.${tableName}`, column: `${found.name}.${name}`, id };
}

/** @param key  what code knows the column by */
function cellOf({ tenantId }: TenantTx, table: SealableTable, key: string, id: string): Cell {
  // Constructors give tables a type that is cheap to check; at run time they are Drizzle's.
  const { namespace, name, encrypted } = metaOf(table as unknown as PgTable);
  const column = encrypted.get(key);
  if (!column) throw new RangeError(`${namespace}.${name} has no encrypted column ${key}.`);
  return { tenantId, table: `${namespace}.${name}`, column, id };
}
