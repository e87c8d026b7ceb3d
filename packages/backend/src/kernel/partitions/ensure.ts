/**
 * Keeps the months ready that logs are about to need, and clears their default partitions. A month is made beside its
 * log, in a transaction that no writer meets, and attached in another one that is short; killed between the two, the
 * next run finds what was left and goes on from there.
 */

import { readLogs } from './list.ts';
import { addMonths, dateOf, type Month, monthOf } from './month.ts';
import { type Caretaker, type PartitionPlace, type Patience, tend } from './place.ts';
import { giveBackRoom, readStrays, type Strays } from './strays.ts';

/** Beside the present month. DESIGN section 4 asks for monthly logs; three months outlast any holiday. */
export const MONTHS_AHEAD = 3;
/** Each month that a row strayed from becomes a table: more of them at once is an accident that a person should see. */
const MOST_STRAY_MONTHS = 36;

export interface EnsureOptions extends Patience {
  readonly monthsAhead?: number;
  /** The server's time, where none is given. */
  readonly now?: Date;
  readonly onStep?: (line: string) => void;
}

export interface MovedRows {
  readonly log: string;
  readonly month: Month;
  readonly rows: number;
  /** Why they were in the default partition. */
  readonly why: string;
}

export interface EnsureReport {
  /** Partitions that were made now. */
  readonly made: readonly { readonly log: string; readonly month: Month }[];
  readonly moved: readonly MovedRows[];
  /** Rows that stay in a default partition, and why. */
  readonly left: readonly {
    readonly log: string;
    readonly month: Month | null;
    readonly rows: number;
    readonly why: string;
  }[];
}

/**
 * Repeatable, and safe beside others that do the same.
 *
 * @throws PARTITION_LOCK_TIMEOUT, PARTITION_HOLD_TOO_SHORT, PARTITION_NAME_TAKEN, PARTITION_STATE_REFUSED
 */
export function ensurePartitions(place: PartitionPlace, options: EnsureOptions = {}): Promise<EnsureReport> {
  return tend(place, async (caretaker) => {
    await caretaker.alone();
    const run = new EnsureRun(caretaker, options, monthOf(options.now ?? (await serverTime(caretaker))));
    for (const { table } of await readLogs(caretaker)) await run.tendLog(table);
    return run.report;
  });
}

async function serverTime(caretaker: Caretaker): Promise<Date> {
  const [row] = await caretaker.ask<{ now: Date }>('SELECT now()');
  if (!row) throw new Error('now() gave no row.');
  return row.now;
}

class EnsureRun {
  readonly report = {
    made: [] as { log: string; month: Month }[],
    moved: [] as MovedRows[],
    left: [] as EnsureReport['left'][number][],
  };
  readonly #caretaker: Caretaker;
  readonly #options: EnsureOptions;
  readonly #present: Month;
  readonly #last: Month;

  constructor(caretaker: Caretaker, options: EnsureOptions, present: Month) {
    this.#caretaker = caretaker;
    this.#options = options;
    this.#present = present;
    this.#last = addMonths(present, options.monthsAhead ?? MONTHS_AHEAD);
  }

  async tendLog(log: string): Promise<void> {
    // What is needed soonest first; strays of other months have waited already.
    for (let month = this.#present; month <= this.#last; month = addMonths(month, 1))
      await this.#make(log, month);
    const strays = await readStrays(this.#caretaker, log);
    for (const [at, stray] of strays.entries()) {
      const { month, rows } = stray;
      const why =
        month === null
          ? 'their time is in no month'
          : at >= MOST_STRAY_MONTHS
            ? 'too many months at once'
            : undefined;
      if (month === null || why !== undefined) this.#leave(log, stray, why ?? '');
      else if ((await this.#stateOf(log, month)) === 'detached')
        this.#leave(log, stray, 'the month was detached: attach it again');
      else await this.#make(log, month, rows);
    }
    await giveBackRoom(this.#caretaker, log);
  }

  #leave(log: string, { month, rows }: Strays, why: string): void {
    this.report.left.push({ log, month, rows, why });
  }

  async #stateOf(log: string, month: Month): Promise<string | undefined> {
    const [row] = await this.#caretaker.ask<{ state: string }>('SELECT state FROM dmz.find_month($1, $2)', [
      log,
      dateOf(month),
    ]);
    return row?.state;
  }

  async #make(log: string, month: Month, rows = 0): Promise<void> {
    const values = [log, dateOf(month)];
    const [prepared] = await this.#caretaker.ask<{ state: string }>(
      'SELECT dmz.prepare_month($1, $2) AS state',
      values,
    );
    if (prepared?.state === 'attached') return;
    this.#options.onStep?.(
      `${log}: ${month}${rows > 0 ? `, with ${rows} rows of the default partition` : ''} …`,
    );
    const moved = Number(
      await this.#caretaker.briefly<string>(
        log,
        'SELECT dmz.attach_month($1, $2) AS result',
        values,
        this.#options,
      ),
    );
    this.report.made.push({ log, month });
    if (moved > 0) this.report.moved.push({ log, month, rows: moved, why: this.#why(month) });
  }

  /** Rows reach the default partition while their month has none of its own; the month's place in time says how come. */
  #why(month: Month): string {
    if (month > this.#last) return 'they are dated further ahead than partitions are kept';
    if (month > this.#present)
      return 'they are dated ahead, and their month was not yet made: partitions were not tended in time';
    if (month === this.#present)
      return 'their month came before its partition: partitions were not tended in time';
    return 'they are dated back to a month without a partition';
  }
}
