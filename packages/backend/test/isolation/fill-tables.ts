/**
 * Gives every tenant's table a row of a tenant, made from the catalogue alone: types, defaults, enumerations, checks
 * and references are respected, triggers are not run. Where a check refuses the first guess, the columns that it
 * names are guessed again.
 */

import pg from 'pg';
import type { Check, Column, TenantTable } from '../../src/kernel/isolation/tenant-tables.ts';
import { randomInt } from './chance.ts';
import { candidatesFor } from './guess-values.ts';

/** More guesses than this mean that a check needs a value that guess-values.ts cannot think of: teach it one. */
const MAX_GUESSES = 600;
const TRIES_FOR_SECOND = 200;
/** Rows of a referenced table to choose from. */
const KEYS_PER_REFERENCE = 8;

/** A row as `to_jsonb` gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** SQL expressions by column. */
type Guess = Map<string, string>;

/**
 * Needs a superuser's connection.
 *
 * @param tables  referenced ones first
 * @throws when tables still have no row of the tenant, naming each and what stood in the way
 */
export async function fillTables(
  admin: pg.Client,
  tables: readonly TenantTable[],
  tenantId: string,
): Promise<void> {
  const problems: string[] = [];
  await admin.query('BEGIN');
  await admin.query('SET LOCAL session_replication_role = replica');
  for (const table of tables) {
    const error = await insertGuess(admin, table, tenantId);
    // A second one, where the table can hold it, for rows that must refer to two.
    if (!error) await insertGuess(admin, table, tenantId, { tries: TRIES_FOR_SECOND });
    else if (!(await hasRow(admin, table.name, tenantId)))
      problems.push(`${table.name} could not be filled: ${error.code} ${error.message}`);
  }
  await admin.query('COMMIT');
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

/** One row of a tenant, the newest by key. */
export async function someRow(admin: pg.Client, table: string, tenantId: string): Promise<Row> {
  const { rows } = await admin.query(
    `SELECT to_jsonb(t) AS row FROM ${table} AS t WHERE tenant_id = $1 ORDER BY t DESC LIMIT 1`,
    [tenantId],
  );
  if (!rows[0]) throw new Error(`${table} has no row of tenant ${tenantId}`);
  return rows[0].row;
}

async function hasRow(admin: pg.Client, table: string, tenantId: string): Promise<boolean> {
  const { rows } = await admin.query(`SELECT FROM ${table} WHERE tenant_id = $1 LIMIT 1`, [tenantId]);
  return rows.length > 0;
}

interface GuessOptions {
  readonly fixed?: ReadonlyMap<string, string>;
  readonly tries?: number;
}

/**
 * Inserts a row of the tenant, guessing until no check and no unique key objects. Needs an open transaction.
 *
 * @param options  `fixed` has SQL expressions of columns that are not to be guessed
 * @returns what was refused in the end, unless the row is in
 */
export async function insertGuess(
  client: pg.Client,
  table: TenantTable,
  tenantId: string,
  { fixed = new Map(), tries = MAX_GUESSES }: GuessOptions = {},
): Promise<pg.DatabaseError | undefined> {
  const references = await readReferences(client, table, tenantId);
  const guess = new Map(
    table.columns
      .filter(({ computed }) => !computed)
      .map((column) => [column.name, candidatesFor(table, column)[0] ?? 'NULL']),
  );
  for (const choices of references) choose(guess, choices);
  let refusal: pg.DatabaseError | undefined;
  for (let at = 0; at < tries; at += 1) {
    for (const [name, value] of fixed) guess.set(name, value);
    guess.set('tenant_id', pg.escapeLiteral(tenantId));
    refusal = await tryInsert(client, table, guess);
    if (!refusal) return undefined;
    if (!guessAgain(table, refusal, guess, references, fixed)) return refusal;
  }
  return refusal;
}

async function tryInsert(
  client: pg.Client,
  table: TenantTable,
  guess: Guess,
): Promise<pg.DatabaseError | undefined> {
  const names = [...guess.keys()].map((name) => pg.escapeIdentifier(name)).join(', ');
  const insert = `INSERT INTO ${table.name} (${names}) VALUES (${[...guess.values()].join(', ')})`;
  try {
    await client.query(`SAVEPOINT guess; ${insert}; RELEASE SAVEPOINT guess`);
    return undefined;
  } catch (error) {
    await client.query('ROLLBACK TO SAVEPOINT guess');
    if (error instanceof pg.DatabaseError) return error;
    throw error;
  }
}

/** @returns whether another guess can help */
function guessAgain(
  table: TenantTable,
  refusal: pg.DatabaseError,
  guess: Guess,
  references: readonly Choices[],
  fixed: ReadonlyMap<string, string>,
): boolean {
  const check = table.checks.find(({ name }) => name === refusal.constraint);
  if (refusal.code === '23514' && check) {
    const named = table.columns.filter(({ name, computed }) => !computed && check.columns.includes(name));
    for (const column of named) guess.set(column.name, oneOf(candidatesFor(table, column)) ?? 'NULL');
    for (const choices of references) {
      // Half of the time an optional reference stays as its columns were guessed, such as null; beside a fixed value any.
      if (!choices.columns.some((name) => check.columns.includes(name))) continue;
      if ((!choices.nullable && fixed.size === 0) || randomInt(2)) choose(guess, choices);
    }
    for (const [name, value] of fixed) guess.set(name, value);
    if (randomInt(2)) copyOne(named, guess);
    derive(table, check, guess);
    return true;
  }
  if (refusal.code !== '23505') return false;
  const referring = new Set(references.flatMap(({ columns }) => columns));
  for (const column of table.columns.filter(({ name }) => guess.has(name) && !referring.has(name)))
    guess.set(column.name, oneOf(candidatesFor(table, column)) ?? 'NULL');
  for (const choices of references) choose(guess, choices);
  return true;
}

/** A check may want one column to have another one's value. */
function copyOne(columns: readonly Column[], guess: Guess): void {
  const from = oneOf(columns);
  const to = oneOf(columns.filter(({ type, name }) => type === from?.type && name !== from.name));
  const value = guess.get(from?.name ?? '');
  if (to && value && value !== 'NULL' && value !== 'DEFAULT') guess.set(to.name, value);
}

/** Where a check says that a column equals an expression of others, the expression is the guess. */
function derive(table: TenantTable, { definition, columns }: Check, guess: Guess): void {
  const [, name, expression] = /^CHECK \(\((\w+) = \((.*)\)\)\)$/.exec(definition) ?? [];
  if (!name || !expression) return;
  const others = table.columns.filter((column) => column.name !== name && columns.includes(column.name));
  if (others.some((column) => guess.get(column.name) === 'DEFAULT')) return;
  const known = others.map((column) => `${guess.get(column.name)}::${column.type} AS ${column.name}`);
  if (known.length > 0) guess.set(name, `(SELECT ${expression} FROM (SELECT ${known.join(', ')}) AS others)`);
}

const oneOf = <Value>(values: readonly Value[]): Value | undefined =>
  values[randomInt(Math.max(values.length, 1))];

/** Rows that a foreign key can point at. */
interface Choices {
  readonly columns: readonly string[];
  readonly keys: readonly (readonly (string | null)[])[];
  readonly nullable: boolean;
}

function choose(guess: Guess, { columns, keys }: Choices): void {
  const key = oneOf(keys);
  columns.forEach((name, at) => {
    const value = key?.[at];
    if (value) guess.set(name, pg.escapeLiteral(value));
  });
}

/** The keys with most columns come last, since they settle the columns that they share with others. */
async function readReferences(client: pg.Client, table: TenantTable, tenantId: string): Promise<Choices[]> {
  const references: Choices[] = [];
  for (const { columns, target, targetColumns, ofTenant } of table.foreignKeys) {
    const { rows } = await client.query<{ key: string[] }>(
      `SELECT ARRAY[${targetColumns.map((name) => `${pg.escapeIdentifier(name)}::text`).join(', ')}] AS key FROM ${target}
       ${ofTenant ? `WHERE tenant_id = ${pg.escapeLiteral(tenantId)}` : ''} LIMIT ${KEYS_PER_REFERENCE}`,
    );
    const nullable = table.columns.some(({ name, nullable }) => nullable && columns.includes(name));
    references.push({ columns, keys: rows.map(({ key }) => key), nullable });
  }
  return references.sort((one, other) => one.columns.length - other.columns.length);
}
