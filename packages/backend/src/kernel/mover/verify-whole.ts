/**
 * Compares every row that a tenant has at two ends which both stand at one position, and looks whether each reference at
 * the target finds its row: table by table, several at once, in ranges of keys that take as long as the pace allows.
 */
import type pg from 'pg';
import { checksumOf } from './checksums.ts';
import { type KeyRange, keyBehind } from './key-ranges.ts';
import type { MovedTable } from './moved-tables.ts';
import type { Pace } from './pace.ts';
import type { Side } from './ports.ts';
import {
  type ForeignKey,
  findOrphans,
  type Orphans,
  readForeignKeys,
  requireNoOrphans,
} from './references.ts';
import { SliceSize } from './slice-size.ts';
import { Comparison, type Lookers, requireEqual } from './verify.ts';
import type { Pairs } from './verify-at-position.ts';

/** Rows that are compared at once. */
const SLICES = { first: 1_000, least: 100, most: 200_000 };

interface Verification {
  readonly tenantId: string;
  readonly pace: Pace;
  /** Aborted when the move must not go on. */
  readonly signal: AbortSignal;
}

/**
 * @returns how many rows the source has
 * @throws TENANCY_MOVE_VERIFICATION_FAILED
 */
export async function verifyWhole(
  pairs: Pairs,
  tables: readonly MovedTable[],
  verification: Verification,
): Promise<number> {
  const foreignKeys = await readForeignKeys(pairs[0].target, tables);
  const queue = [...tables];
  const comparisons: Comparison[] = [];
  const orphans: Orphans[] = [];
  await Promise.all(
    pairs.map(async (lookers) => {
      for (let table = queue.shift(); table; table = queue.shift()) {
        const work = new TableVerification(lookers, table, foreignKeys.get(table) ?? [], verification);
        comparisons.push(work.comparison);
        orphans.push(...(await work.run()));
      }
    }),
  );
  const rows = requireEqual(comparisons);
  requireNoOrphans(orphans);
  return rows;
}

class TableVerification {
  readonly comparison: Comparison;
  readonly #lookers: Lookers;
  readonly #table: MovedTable;
  readonly #foreignKeys: readonly ForeignKey[];
  readonly #verification: Verification;
  readonly #size = new SliceSize(SLICES);

  constructor(
    lookers: Lookers,
    table: MovedTable,
    foreignKeys: readonly ForeignKey[],
    verification: Verification,
  ) {
    this.comparison = new Comparison(table);
    this.#lookers = lookers;
    this.#table = table;
    this.#foreignKeys = foreignKeys;
    this.#verification = verification;
  }

  /** @returns rows at the target whose reference finds nothing */
  async run(): Promise<Orphans[]> {
    const { tenantId, pace, signal } = this.#verification;
    const { source, target } = this.#lookers;
    const orphans: Orphans[] = [];
    for (let rest: KeyRange | undefined = { tenantId }; rest; ) {
      signal.throwIfAborted();
      const from: KeyRange = rest;
      const upTo = await pace.slice((ms) =>
        keyBehind(source, this.#table, 'source', from, this.#size.for(ms)),
      );
      const range: KeyRange = { ...from, upTo };
      await this.#compare(range);
      for (const key of this.#foreignKeys)
        orphans.push(...(await pace.slice(() => findOrphans(target, this.#table, key, range))));
      rest = upTo && { tenantId, after: upTo };
    }
    return orphans;
  }

  async #compare(range: KeyRange): Promise<void> {
    const { source, target } = this.#lookers;
    const [one, other] = await Promise.all([
      this.#sum(source, 'source', range),
      this.#sum(target, 'target', range),
    ]);
    await this.comparison.add(this.#lookers, range, { source: one, target: other });
  }

  #sum(client: pg.Client, side: Side, range: KeyRange) {
    return this.#verification.pace.slice(async () => {
      const begunAt = performance.now();
      const sum = await checksumOf(client, this.#table, side, range);
      this.#size.learn(Math.max(1, sum.rows), performance.now() - begunAt);
      return sum;
    });
  }
}
