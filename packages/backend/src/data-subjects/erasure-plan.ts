/** What an erasure finds to do, counted before it does anything: shown by a dry run, and what its certificate states. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '@archive-gate/game-engine';
import { and, isNotNull, or, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { Keys } from '../kernel/privacy/index.ts';
import type { StreamedRow, TenantTx } from '../kernel/tenancy/index.ts';
import { pseudonymsOf } from '../modules/governance/index.ts';
import { type ErasurePart, replacementFor } from './erasure-parts.ts';
import type { Obstacle, Obstacles } from './obstacles.ts';
import { columnOf, type PersonRows, type SubjectTables } from './person-rows.ts';

export interface PlannedPart {
  /** As schema.table. */
  readonly table: string;
  readonly action: ErasurePart['action'];
  /** Columns concerned, by SQL name; none where rows are deleted. */
  readonly columns: readonly string[];
  readonly rows: number;
  /** What it was kept for. */
  readonly purposes: readonly string[];
  /** What keeps it waiting. */
  readonly postponed: Pick<Obstacle, 'ground' | 'retryAt'> | null;
}

/** What is remembered of a plan while it is carried out. */
export const StoredPlan = z.strictObject({
  reason: z.string(),
  /** The person, as events knew them. */
  pseudonymId: z.uuid(),
  catalogueSha256: z.string(),
  keys: z.int(),
  parts: z.array(
    z.strictObject({
      table: z.string(),
      action: z.enum(['delete_rows', 'change_columns', 'destroy_key']),
      columns: z.array(z.string()),
      rows: z.int(),
    }),
  ),
});
export type StoredPlan = z.infer<typeof StoredPlan>;

/** Parts that have rows, or a key, of the person. */
export async function planErasure(
  tx: TenantTx,
  keys: Keys,
  rows: PersonRows,
  parts: readonly ErasurePart[],
  obstacles: Obstacles,
): Promise<PlannedPart[]> {
  const present = await keys.store.subjectKeysOf(tx, rows.userId);
  const hasKey = (part: ErasurePart) =>
    present.some(({ keeps, destroyedAt }) => keeps === part.keeping && destroyedAt === null);
  const planned: PlannedPart[] = [];
  for (const part of parts) {
    if (part.action === 'destroy_key' && !hasKey(part)) continue;
    const count = await countPending(tx, rows, part);
    if (count === 0) continue;
    const obstacle = obstacles.of(part);
    const columns = [...part.clears, ...part.replaces, ...part.shreds].map(
      (key) => columnOf(part.source.table, key).name,
    );
    planned.push({
      table: part.source.name,
      action: part.action,
      columns,
      rows: count,
      purposes: purposesOf(part, columns),
      postponed: obstacle ? { ground: obstacle.ground, retryAt: obstacle.retryAt } : null,
    });
  }
  return planned;
}

export async function storedPlan(
  tx: TenantTx,
  keys: Keys,
  { userId }: PersonRows,
  reason: string,
  parts: readonly PlannedPart[],
  tables: SubjectTables,
): Promise<StoredPlan> {
  const present = await keys.store.subjectKeysOf(tx, userId);
  return {
    reason,
    pseudonymId: (await pseudonymsOf(tx, [userId], 'events'))(userId),
    catalogueSha256: catalogueSha256(tables),
    keys: present.filter(({ destroyedAt }) => destroyedAt === null).length,
    parts: parts.map(({ table, action, columns, rows }) => ({ table, action, columns: [...columns], rows })),
  };
}

/** Of the columns concerned; of rows that go, of all that say so. */
function purposesOf({ source, action }: ErasurePart, columns: readonly string[]): string[] {
  const concerned = [...source.meta.pii].filter(([column, { onErasure }]) =>
    action === 'delete_rows' ? onErasure === 'delete_row' : columns.includes(column),
  );
  return [...new Set(concerned.map(([, { purpose }]) => purpose))];
}

/** SHA-256 of the catalogue of personal data: every declaration, and whose each is. */
export function catalogueSha256(tables: SubjectTables): string {
  const catalogue = [...tables.values()].flatMap(({ name, meta }) =>
    [...meta.pii].map(([column, pii]) => ({ column: `${name}.${column}`, ...pii, of: meta.subject })),
  );
  return createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(catalogue))))
    .digest('hex');
}

async function countPending(tx: TenantTx, rows: PersonRows, part: ErasurePart): Promise<number> {
  if (part.action === 'change_columns') {
    let count = 0;
    for await (const changes of pendingChanges(tx, rows, part)) count += changes.length;
    return count;
  }
  let count = 0;
  const says = part.action === 'destroy_key' ? anyOf(part, part.shreds) : undefined;
  for await (const condition of rows.conditions(tx, part.source, part.paths))
    count += await tx.$count(part.source.table, and(condition, says));
  return count;
}

export interface PendingChange {
  readonly id: string;
  /** Values by the keys that code knows the columns by. */
  readonly set: Readonly<Record<string, unknown>>;
}

/** Rows that do not say yet what they are to say, with what that is. */
export async function* pendingChanges(
  tx: TenantTx,
  rows: PersonRows,
  part: ErasurePart,
): AsyncGenerator<PendingChange[]> {
  const { source, clears, replaces } = part;
  for await (const batch of rows.batches(tx, source, {
    columns: ['id', ...clears, ...replaces],
    ...(part.paths ? { paths: part.paths } : {}),
    // What has been cleared already is not read again, where that can be told.
    ...(replaces.length === 0 ? { where: anyOf(part, clears) } : {}),
  })) {
    const changes = batch.flatMap((row) => changeOf(part, row));
    if (changes.length > 0) yield changes;
  }
}

function changeOf({ source, clears, replaces }: ErasurePart, row: StreamedRow): PendingChange[] {
  const id = String(row.id);
  const cleared = clears.filter((key) => row[key] !== null).map((key) => [key, null]);
  const replaced = replaces.flatMap((key) => {
    const to = replacementFor(columnOf(source.table, key), id);
    return row[key] === null || JSON.stringify(row[key]) === JSON.stringify(to) ? [] : [[key, to]];
  });
  const set = Object.fromEntries([...cleared, ...replaced]);
  return Object.keys(set).length === 0 ? [] : [{ id, set }];
}

const anyOf = ({ source }: ErasurePart, keys: readonly string[]): SQL | undefined =>
  or(...keys.map((key) => isNotNull(columnOf(source.table, key))));
