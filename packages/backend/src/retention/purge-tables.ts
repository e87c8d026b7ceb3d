/**
 * Goes through a tenant's tables until none gives up any more rows: what refers to a row keeps it, so a table may have to be
 * asked again once another one was. Each batch is a transaction that is right by itself.
 */
import type { DueRows, Part, PurgeDoor, Purged } from '../kernel/purges/index.ts';

export interface TableToPurge {
  /** As schema.table. */
  readonly name: string;
  /** As SQL names it at its placement. */
  readonly place: string;
  /** A tstzmultirange. */
  readonly due: string;
}

export interface TableTally {
  readonly purged: number;
  /** Due rows that stay, by what keeps them. */
  readonly kept: Readonly<Record<string, number>>;
}

export interface TablesToPurge {
  readonly door: PurgeDoor;
  readonly of: Pick<DueRows, 'runId' | 'tenantId' | 'epoch'>;
  readonly tables: readonly TableToPurge[];
  readonly parts: readonly Part[];
  /** By table; added to as it goes. */
  readonly tally: Map<string, TableTally>;
  readonly onStep: (line: string) => void;
}

/** Some 50 ms of deleting. */
const MOST_ROWS = 500;
/** A session that was played to its end has some 1,600 rows: a quarter of a second. */
const MOST_SESSIONS = 2;
const AUDIT_LOG = 'admin.audit_log';
const NOTHING: TableTally = { purged: 0, kept: {} };

export async function purgeTables(work: TablesToPurge): Promise<void> {
  let tables = work.tables;
  while (tables.length > 0) {
    let purged = 0;
    const again: TableToPurge[] = [];
    for (const table of tables) {
      const { rows, isReferredTo } = await purgeTable(work, table);
      purged += rows;
      if (isReferredTo) again.push(table);
    }
    tables = purged > 0 ? again : [];
  }
}

async function purgeTable(
  { door, of, parts, tally, onStep }: TablesToPurge,
  { name, place, due }: TableToPurge,
): Promise<{ rows: number; isReferredTo: boolean }> {
  const most = name === 'game.sessions' ? MOST_SESSIONS : MOST_ROWS;
  const rows = { ...of, place, due, most };
  let [after, purged]: [string | null, number] = [null, 0];
  const kept: Record<string, number> = {};
  for (;;) {
    const batch: Purged =
      name === AUDIT_LOG ? await door.purgeEntries(rows, after) : await door.purgeRows(rows, parts, after);
    for (const [ground, count] of Object.entries(batch.kept)) kept[ground] = (kept[ground] ?? 0) + count;
    for (const [table, count] of Object.entries(batch.purged)) {
      const known = tally.get(table) ?? NOTHING;
      tally.set(table, { ...known, purged: known.purged + count });
      purged += count;
    }
    if (purged > 0) onStep(`${name}, ${purged} rows`);
    after = batch.last;
    if (batch.matched < most || after === null) break;
  }
  tally.set(name, { purged: tally.get(name)?.purged ?? 0, kept });
  return {
    rows: purged,
    isReferredTo: Object.keys(kept).some((ground) => !ground.startsWith('legal hold ')),
  };
}
