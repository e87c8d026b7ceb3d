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

/** A power of two. A bucket of as many rows as are compared at once has some hundred. */
const BUCKETS = 1_024;
const MOST_NAMED = 20;

/** What was seen of a table at the two ends, part by part. */
export class Comparison {
  readonly #table: MovedTable;
  #rowsAtSource = 0;
  #rowsAtTarget = 0;
  #different = 0;
  readonly #rows: RowDifference[] = [];

  constructor(table: MovedTable) {
    this.#table = table;
  }

  get rows(): number {
    return this.#rowsAtSource;
  }

  /** What differs; undefined where nothing does. */
  get difference(): TableDifference | undefined {
    if (this.#different === 0) return undefined;
    return {
      table: this.#table.name,
      rowsAtSource: this.#rowsAtSource,
      rowsAtTarget: this.#rowsAtTarget,
      different: this.#different,
      rows: this.#rows.slice(0, MOST_NAMED),
    };
  }

  /** @param sums  what `checksumOf` says of these rows at either end */
  async add(lookers: Lookers, rows: Rows, { source, target }: Both<Checksum>): Promise<void> {
    this.#rowsAtSource += source.rows;
    this.#rowsAtTarget += target.rows;
    if (isEqual(source, target)) return;
    const differing = await differingRows(lookers, this.#table, rows);
    this.#different += differing.length;
    this.#rows.push(...differing.slice(0, MOST_NAMED));
  }
}

/**
 * @returns how many rows the source has of those that were compared
 * @throws TENANCY_MOVE_VERIFICATION_FAILED
 */
export function requireEqual(comparisons: readonly Comparison[]): number {
  const differences = comparisons.flatMap(({ difference }) => difference ?? []);
  if (differences.length > 0) throw verificationFailed(differences);
  return comparisons.reduce((total, { rows }) => total + rows, 0);
}

/**
 * Compares some rows of each table as they are now.
 *
 * @param rowsOf  which rows of a table; none where undefined
 * @returns how many rows the source has of those
 * @throws TENANCY_MOVE_VERIFICATION_FAILED
 */
export async function verifyRows(
  lookers: Lookers,
  tables: readonly MovedTable[],
  rowsOf: (table: MovedTable) => Rows | undefined,
): Promise<number> {
  const comparisons: Comparison[] = [];
  for (const table of tables) {
    const rows = rowsOf(table);
    if (!rows) continue;
    const comparison = new Comparison(table);
    const [source, target] = await Promise.all([
      checksumOf(lookers.source, table, 'source', rows),
      checksumOf(lookers.target, table, 'target', rows),
    ]);
    await comparison.add(lookers, rows, { source, target });
    comparisons.push(comparison);
  }
  return requireEqual(comparisons);
}

interface Both<Value> {
  readonly source: Value;
  readonly target: Value;
}

const isEqual = (one: Checksum | undefined, other: Checksum | undefined): boolean =>
  one?.rows === other?.rows && one?.sum === other?.sum;

/** Looks for the rows that differ in the buckets that do. */
async function differingRows(
  { source, target }: Lookers,
  table: MovedTable,
  rows: Rows,
): Promise<RowDifference[]> {
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
  return [...new Set([...atSource.keys(), ...atTarget.keys()])]
    .filter((key) => atSource.get(key) !== atTarget.get(key))
    .sort()
    .map((key) => ({ key, source: atSource.get(key) ?? null, target: atTarget.get(key) ?? null }));
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
