/**
 * Holds the rows of the two ends against each other, both as they were at one position of the source's log. Sequence
 * heads, cursors, records of actions and the audit chain are rows like all others. A table that differs is looked into
 * until the rows that differ can be named.
 */
import type pg from 'pg';
import { type Checksum, checksumOf, checksumsByBucket, type Rows, rowsOfBuckets } from './checksums.ts';
import { moverErrors } from './errors.ts';
import type { MovedTable } from './moved-tables.ts';

/** Connections whose transactions see the ends at that position. */
export interface Lookers {
  readonly source: pg.Client;
  readonly target: pg.Client;
}

export interface RowDifference {
  /** The primary key, as JSON. */
  readonly key: string;
  /** SHA-256 of the row, null where there is none. */
  readonly source: string | null;
  readonly target: string | null;
}

export interface TableDifference {
  readonly table: string;
  readonly rowsAtSource: number;
  readonly rowsAtTarget: number;
  /** How many rows differ, and the first of them. */
  readonly different: number;
  readonly rows: readonly RowDifference[];
}

/** A power of two. A bucket of a table of a million rows has a thousand. */
const BUCKETS = 1_024;
const MOST_NAMED = 20;

/**
 * @param rowsOf  which rows of a table are compared; none where undefined
 * @returns how many rows the source has of those
 * @throws TENANCY_MOVE_VERIFICATION_FAILED
 */
export async function verifyTables(
  lookers: readonly Lookers[],
  tables: readonly MovedTable[],
  rowsOf: (table: MovedTable) => Rows | undefined,
): Promise<number> {
  const queue = [...tables];
  const differences: TableDifference[] = [];
  let total = 0;
  const work = async (looker: Lookers) => {
    for (let table = queue.shift(); table; table = queue.shift()) {
      const rows = rowsOf(table);
      if (!rows) continue;
      const { source, target } = await compare(looker, table, rows);
      total += source.rows;
      if (!isEqual(source, target)) differences.push(await explain(looker, table, rows, { source, target }));
    }
  };
  await Promise.all(lookers.map(work));
  if (differences.length > 0) throw verificationFailed(differences);
  return total;
}

interface Both<Value> {
  readonly source: Value;
  readonly target: Value;
}

async function compare({ source, target }: Lookers, table: MovedTable, rows: Rows): Promise<Both<Checksum>> {
  const [one, other] = await Promise.all([
    checksumOf(source, table, 'source', rows),
    checksumOf(target, table, 'target', rows),
  ]);
  return { source: one, target: other };
}

const isEqual = (one: Checksum | undefined, other: Checksum | undefined): boolean =>
  one?.rows === other?.rows && one?.sum === other?.sum;

async function explain(
  { source, target }: Lookers,
  table: MovedTable,
  rows: Rows,
  sums: Both<Checksum>,
): Promise<TableDifference> {
  const [one, other] = await Promise.all([
    checksumsByBucket(source, table, 'source', rows, BUCKETS),
    checksumsByBucket(target, table, 'target', rows, BUCKETS),
  ]);
  const among = [...new Set([...one.keys(), ...other.keys()])].filter(
    (bucket) => !isEqual(one.get(bucket), other.get(bucket)),
  );
  const [atSource, atTarget] = await Promise.all([
    rowsOfBuckets(source, table, 'source', rows, { buckets: BUCKETS, among }),
    rowsOfBuckets(target, table, 'target', rows, { buckets: BUCKETS, among }),
  ]);
  const different = [...new Set([...atSource.keys(), ...atTarget.keys()])]
    .filter((key) => atSource.get(key) !== atTarget.get(key))
    .sort();
  return {
    table: table.name,
    rowsAtSource: sums.source.rows,
    rowsAtTarget: sums.target.rows,
    different: different.length,
    rows: different.slice(0, MOST_NAMED).map((key) => ({
      key,
      source: atSource.get(key) ?? null,
      target: atTarget.get(key) ?? null,
    })),
  };
}

function verificationFailed(differences: readonly TableDifference[]): Error {
  return moverErrors.TENANCY_MOVE_VERIFICATION_FAILED({
    found: differences.map(describe).join('\n'),
    expected: 'equal checksums before the tenant is switched; it still lives at the source',
    data: { differences },
  });
}

function describe({ table, different, rowsAtSource, rowsAtTarget, rows }: TableDifference): string {
  const [first] = rows;
  const count = (value: number) => value.toLocaleString('en');
  const all = `${table}: ${count(different)} of ${count(Math.max(rowsAtSource, rowsAtTarget))} rows`;
  return first ? `${all}, such as ${describeKey(first.key)}: ${describeSums(first)}` : all;
}

const SHOWN_CHARACTERS = 8;

function describeSums({ source, target }: RowDifference): string {
  const shown = (sum: string) => `${sum.slice(0, SHOWN_CHARACTERS)}…`;
  if (source === null) return 'it is at the target, and not at the source';
  if (target === null) return 'it is at the source, and not at the target';
  return `checksum ${shown(target)} at the target, ${shown(source)} at the source`;
}

/** Whose row it is, is known. */
export function describeKey(key: string): string {
  const { tenant_id: _, ...rest } = JSON.parse(key) as Record<string, unknown>;
  return Object.entries(rest)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
}
