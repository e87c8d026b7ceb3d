/**
 * Gives every tenant's table a row of a tenant, made from the catalogue alone: types, defaults, enumerations, checks
 * and references are respected, triggers are not run. Where a check refuses the first guess, the columns that it
 * names are guessed again.
 */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Column, TenantTable } from './catalogue.ts';

/** More guesses than this mean that a check needs a value that this file cannot think of: teach it one. */
const MAX_GUESSES = 400;

/** A row as `to_jsonb` gives it. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * Needs a superuser's connection.
 *
 * @param tables  referenced ones first
 * @throws when a table still has no row of the tenant, naming the table and what stood in the way
 */
export async function fillTables(
  admin: pg.Client,
  tables: readonly TenantTable[],
  tenantId: string,
): Promise<void> {
  await admin.query('BEGIN');
  await admin.query('SET LOCAL session_replication_role = replica');
  for (const table of tables) await fillTable(admin, table, tenantId);
  await admin.query('COMMIT');
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

async function fillTable(admin: pg.Client, table: TenantTable, tenantId: string): Promise<void> {
  const guesses = new Map(table.columns.map(({ name }) => [name, 0]));
  let problem = '';
  for (let tries = 0; tries < MAX_GUESSES; tries += 1) {
    const values = await guessRow(admin, table, tenantId, guesses);
    await admin.query('SAVEPOINT guess');
    try {
      await admin.query(
        `INSERT INTO ${table.name} (${[...values.keys()].map(quote).join(', ')}) VALUES (${[...values.values()].join(', ')})`,
      );
      await admin.query('RELEASE SAVEPOINT guess');
      return;
    } catch (error) {
      await admin.query('ROLLBACK TO SAVEPOINT guess');
      if (!(error instanceof pg.DatabaseError)) throw error;
      problem = `${error.code} ${error.message}`;
      if (!guessAgain(table, error, guesses)) break;
    }
  }
  const { rows } = await admin.query(`SELECT count(*)::int AS n FROM ${table.name} WHERE tenant_id = $1`, [
    tenantId,
  ]);
  if (rows[0].n === 0) throw new Error(`${table.name} could not be filled: ${problem}`);
}

/** @returns whether another guess can help */
function guessAgain(table: TenantTable, error: pg.DatabaseError, guesses: Map<string, number>): boolean {
  if (error.code === '23505') return true; // random values differ at the next guess
  const check = table.checks.find(({ name }) => name === error.constraint);
  if (error.code !== '23514' || !check) return false;
  for (const column of check.columns) {
    guesses.set(column, randomInt(0, 1_000));
  }
  return true;
}

async function guessRow(
  admin: pg.Client,
  table: TenantTable,
  tenantId: string,
  guesses: ReadonlyMap<string, number>,
): Promise<Map<string, string>> {
  const values = new Map<string, string>();
  for (const column of table.columns) {
    if (column.computed) continue;
    const candidates = candidatesFor(table, column);
    values.set(column.name, candidates[(guesses.get(column.name) ?? 0) % candidates.length] ?? 'NULL');
  }
  for (const { columns, target, targetColumns, ofTenant } of table.foreignKeys) {
    const { rows } = await admin.query<{ key: string[] }>(
      `SELECT ARRAY[${targetColumns.map((name) => `${quote(name)}::text`).join(', ')}] AS key FROM ${target}
       ${ofTenant ? `WHERE tenant_id = ${pg.escapeLiteral(tenantId)}` : ''} ORDER BY random() LIMIT 1`,
    );
    columns.forEach((name, at) => {
      const key = rows[0]?.key[at];
      if (key !== undefined) values.set(name, pg.escapeLiteral(key));
    });
  }
  return values.set('tenant_id', pg.escapeLiteral(tenantId));
}

/** SQL expressions to try for a column, the likeliest first. */
function candidatesFor(table: TenantTable, column: Column): string[] {
  const checks = table.checks.filter(({ columns }) => columns.includes(column.name));
  const literals = checks.flatMap(({ definition }) => definition.match(/'[^']*'(?=::text)/g) ?? []);
  const typed = /^(text|character varying|citext)/.test(column.type)
    ? [...literals, ...valuesOfType(column.type)]
    : valuesOfType(column.type);
  return [
    ...(column.hasDefault ? ['DEFAULT'] : []),
    ...(column.nullable ? ['NULL'] : []),
    ...typed,
    ...(column.nullable ? typed : []),
  ];
}

function valuesOfType(type: string): string[] {
  if (type.endsWith('[]')) return [`'{}'::${type}`, `ARRAY[${valuesOfType(type.slice(0, -2))[0]}]::${type}`];
  const known = Object.entries(VALUES).find(([pattern]) => new RegExp(`^(${pattern})`).test(type));
  if (known) return known[1]();
  throw new Error(`This file knows no value of type ${type}.`);
}

const hex = (bytes: number) => randomBytes(bytes).toString('hex');

const VALUES: Readonly<Record<string, () => string[]>> = {
  uuid: () => [`'${randomUUID()}'`],
  'text|character|citext': () => [
    `'gen-${hex(6)}'`,
    `'${hex(32)}'`,
    `'${hex(6)}@gen.example'`,
    `'gen_${hex(4)}'`,
    `'${hex(4)}.example'`,
    "'en'",
    "'DE'",
    "'EUR'",
    "'1.0.0'",
    `'https://gen.example/${hex(4)}'`,
    "'2026-01'",
    `'${randomUUID()}'`,
    "'1'",
    `'sha256:${hex(32)}'`,
    "''",
  ],
  'integer|bigint|smallint|numeric|real|double': () => [
    '1',
    '0',
    '2',
    '5',
    '10',
    '100',
    `${randomInt(1, 30_000)}`,
  ],
  boolean: () => ['true', 'false'],
  'timestamp|date': () => ['now()', "now() + interval '1 day'", "now() - interval '1 day'"],
  time: () => ["'12:00'"],
  interval: () => ["interval '1 day'"],
  jsonb: () => ["'{}'", "'[]'", "'1'", '\'"x"\'', '\'{"a": 1}\''],
  bytea: () => [32, 12, 16, 64, 1].map((size) => `'\\x${hex(size)}'`),
  'inet|cidr': () => ["'192.0.2.1'"],
  tstzrange: () => ['tstzrange(now(), NULL)'],
};

const quote = (name: string) => pg.escapeIdentifier(name);
