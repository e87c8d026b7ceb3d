/**
 * What keeps an erasure waiting: orders to keep data for a dispute (GDPR Art. 17(3)(e)), and periods in which the law has
 * evidence kept (Art. 17(3)(b)), of which the longest counts. Each postpones the part that it covers and nothing else: an
 * order what it names, a period the key to what evidence says, since evidence without its texts is kept anyway.
 */
import { and, isNotNull, max, or } from 'drizzle-orm';
import type { Keeping } from '../kernel/privacy/index.ts';
import type { TenantTx } from '../kernel/tenancy/index.ts';
import { holdsInForce, type Postponement } from '../modules/governance/index.ts';
import { dutiesAgainstErasure } from '../retention/duties.ts';
import type { ErasurePart } from './erasure-parts.ts';
import { columnOf, type PersonRows } from './person-rows.ts';

export interface Obstacle extends Postponement {
  /** In words, such as `legal hold 4 O 17/26`. */
  readonly ground: string;
}

export interface Obstacles {
  /** What keeps a part waiting; undefined where nothing does. */
  of(part: ErasurePart): Obstacle | undefined;
  /** Keys that nothing keeps. */
  readonly freeKeys: readonly Keeping[];
}

export async function obstaclesTo(
  tx: TenantTx,
  rows: PersonRows,
  parts: readonly ErasurePart[],
): Promise<Obstacles> {
  const { holdOn, onEverything } = await holdsOn(tx, rows.userId);
  const duty = await longestDuty(tx, rows, parts);
  // A key is one for all that it reads: what keeps one table's texts keeps the others'.
  const keyKept = new Map<Keeping, Obstacle>();
  for (const part of parts.filter(({ action }) => action === 'destroy_key')) {
    const obstacle = holdOn(part) ?? (part.keeping === 'evidence' ? duty : undefined);
    if (obstacle && !keyKept.has(part.keeping)) keyKept.set(part.keeping, obstacle);
  }
  const isKept = (keeping: Keeping) => keyKept.has(keeping) || onEverything !== undefined;
  return {
    of: (part) => (part.action === 'destroy_key' ? keyKept.get(part.keeping) : holdOn(part)),
    freeKeys: (['evidence', 'ordinary'] as const).filter((keeping) => !isKept(keeping)),
  };
}

/** Orders that concern a person, or the table of a part. */
export async function holdsOn(tx: TenantTx, person: string) {
  const holds = await holdsInForce(tx);
  const onEverything = holds.find(
    ({ scope, userId }) => scope === 'tenant' || (scope === 'person' && userId === person),
  );
  const onTable = new Map(holds.map((hold) => [hold.tableName, hold]));
  const holdOn = ({ source }: ErasurePart): Obstacle | undefined => {
    const hold = onEverything ?? onTable.get(source.name);
    return (
      hold && {
        cause: 'legal_hold',
        legalHoldId: hold.id,
        retryAt: null,
        ground: `legal hold ${hold.matter}`,
      }
    );
  };
  return { onEverything, holdOn };
}

/** Of periods that have not ended, the last to end; counted from the person's last piece of evidence. */
async function longestDuty(
  tx: TenantTx,
  rows: PersonRows,
  parts: readonly ErasurePart[],
): Promise<Obstacle | undefined> {
  const newest = await newestEvidence(tx, rows, parts);
  if (!newest) return undefined;
  const running = (await dutiesAgainstErasure(tx, newest)).filter(
    ({ until }) => until === null || until > tx.now,
  );
  const endOf = ({ until }: (typeof running)[number]) => until?.getTime() ?? Number.POSITIVE_INFINITY;
  const longest = running.toSorted((one, other) => endOf(other) - endOf(one))[0];
  return (
    longest && {
      cause: 'retention_duty',
      legalHoldId: null,
      retryAt: longest.until,
      ground: longest.ground,
    }
  );
}

async function newestEvidence(
  tx: TenantTx,
  rows: PersonRows,
  parts: readonly ErasurePart[],
): Promise<Date | undefined> {
  let newest: Date | undefined;
  for (const part of parts) {
    if (part.action !== 'destroy_key' || part.keeping !== 'evidence') continue;
    const { table } = part.source;
    const says = or(...part.shreds.map((key) => isNotNull(columnOf(table, key))));
    for await (const condition of rows.conditions(tx, part.source, part.paths)) {
      const [row] = await tx
        .select({ at: max(columnOf(table, 'createdAt')) })
        .from(table)
        .where(and(condition, says));
      const at = row?.at instanceof Date ? row.at : row?.at ? new Date(String(row.at)) : undefined;
      if (at && (!newest || at > newest)) newest = at;
    }
  }
  return newest;
}
