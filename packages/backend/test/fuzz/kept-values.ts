/**
 * Holds what was kept against what was given: a text with its marks around it stands whole in every column, and inside
 * every JSON, that has any of it, also behind encryption, and in what a service answers; a number or time stands in the
 * column that has its name.
 */
import { isDeepStrictEqual } from 'node:util';
import { eq, getTableColumns, is } from 'drizzle-orm';
import { getTableConfig, type PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { TenantTx } from '../../src/kernel/tenancy/index.ts';
import { modules } from '../../src/modules/registry.ts';
import { execute } from '../harness/execute.ts';
import type { Change } from './leaves.ts';
import { NOT_AS_GIVEN } from './not-as-given.ts';
import { changedTables, rowsWrittenSince, type Standing } from './table-contents.ts';
import { TENANT, type World } from './world.ts';

export interface WrittenRow {
  /** Such as `auth.users`. */
  readonly table: string;
  readonly row: Readonly<Record<string, unknown>>;
}

/** Nobody else writes them, and no alphabet folds them into others: one for each of the values of a call. */
export const MARKS = ['zq7x', 'zq8y'] as const;

/** @returns what is not as it was given, in words */
export function unfaithful(
  name: string,
  changes: readonly Change[],
  rows: readonly WrittenRow[],
  answer: unknown,
): string[] {
  const texts = [...rows.flatMap(({ table, row }) => textsIn(row, table)), ...textsIn(answer, 'the answer')];
  return changes.flatMap(({ leaf, hostile: { value } }) => {
    const place = `${name} ${leaf.path.join('.')}`;
    if (place in NOT_AS_GIVEN) return [];
    if (leaf.kind === 'number' || leaf.kind === 'date') return unequal(leaf.path.at(-1) ?? '', value, rows);
    return textsIn(value, 'given')
      .flatMap(([given]) => texts.filter(([kept]) => isPartOf(kept, given)))
      .map(([kept, where]) => `${where} has ${JSON.stringify(kept.slice(0, 200))}`);
  });
}

/** What has a mark in it, and not the whole text. */
function isPartOf(kept: string, given: string): boolean {
  const mark = MARKS.find((each) => given.includes(each));
  if (mark === undefined || !kept.toLowerCase().includes(mark) || kept === given) return false;
  const isJson = kept.startsWith('{') || kept.startsWith('[');
  return !isJson || !kept.includes(JSON.stringify(given).slice(1, -1));
}

function unequal(key: string, value: unknown, rows: readonly WrittenRow[]): string[] {
  if (value === undefined) return [];
  const column = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const kept = rows.filter(({ row }) => column in row).map(({ row }) => row[column]);
  if (kept.length === 0 || kept.some((each) => isSame(each, value))) return [];
  return [`${column} has ${JSON.stringify(kept[0])}`];
}

const isSame = (kept: unknown, given: unknown) =>
  given instanceof Date
    ? typeof kept === 'string' && new Date(kept).getTime() === given.getTime()
    : kept === given || isDeepStrictEqual(kept ?? undefined, given ?? undefined);

type Found = readonly [text: string, where: string];

/** Every text in a value, the names of its fields too. */
function textsIn(value: unknown, where: string, level = 0): Found[] {
  if (typeof value === 'string') return [[value, where]];
  if (typeof value !== 'object' || value === null || level > 64 || ArrayBuffer.isView(value)) return [];
  if (Array.isArray(value)) return value.slice(0, 100).flatMap((each) => textsIn(each, where, level + 1));
  return Object.entries(Object.getOwnPropertyDescriptors(value))
    .slice(0, 100)
    .flatMap(([key, { value: inner }]) => [
      [key, where] as const,
      ...textsIn(inner, level === 0 ? `${where}.${key}` : where, level + 1),
    ]);
}

/** What a transaction has written so far, with what is encrypted in the clear. */
export async function rowsWrittenIn(tx: TenantTx, { keys }: World): Promise<WrittenRow[]> {
  const { rows: touched } = await execute(
    tx,
    `SELECT DISTINCT coalesce(pg_partition_root(relid), relid)::regclass::text AS name FROM pg_stat_xact_user_tables
      WHERE n_tup_ins + n_tup_upd > 0 AND has_table_privilege(coalesce(pg_partition_root(relid), relid), 'SELECT')`,
  );
  const written: WrittenRow[] = [];
  for (const { name } of touched) {
    const { rows } = await execute(
      tx,
      `SELECT to_jsonb(t) AS row FROM ${name} AS t
        WHERE t.xmin::text::bigint >= pg_current_xact_id_if_assigned()::text::bigint % 4294967296`,
    );
    for (const { row } of rows)
      written.push({ table: String(name), row: row as Readonly<Record<string, unknown>> });
  }
  return [...written, ...(await opened(tx, keys, written))];
}

/** What was committed since, of the tenant or the platform. */
export async function rowsCommittedSince(
  world: World,
  before: Standing,
  after: Standing,
): Promise<WrittenRow[]> {
  const written = await Promise.all(
    changedTables(before, after).map(async (table) =>
      (await rowsWrittenSince(world, table, before.nextXid)).map((row) => ({ table, row })),
    ),
  );
  const rows = written.flat();
  const sealed = rows.filter(isSealed);
  if (sealed.length === 0) return rows;
  return [...rows, ...(await world.platform.tenancy.run(TENANT, (tx) => opened(tx, world.keys, sealed)))];
}

/** Keys are kept wrapped, and are nobody's text. */
const isSealed = ({ table, row }: WrittenRow) =>
  !table.endsWith('_keys') && JSON.stringify(row).includes('"dmz:1:');

async function opened(tx: TenantTx, keys: World['keys'], rows: readonly WrittenRow[]): Promise<WrittenRow[]> {
  const clear: WrittenRow[] = [];
  for (const { table, row } of rows.filter(isSealed)) {
    const drawn = tables().get(table);
    if (!drawn) throw new Error(`no module has ${table}`);
    clear.push({ table, row: await openedRow(tx, keys, drawn, String(row.id)) });
  }
  return clear;
}

async function openedRow(tx: TenantTx, keys: World['keys'], drawn: PgTable, id: string) {
  const { id: column, details } = getTableColumns(drawn);
  const [row] = await tx
    .select()
    .from(drawn)
    .where(eq(column as PgColumn, id));
  const [found] = await keys.open(tx, drawn, row ? [row as { id: string }] : []);
  const json = details && (row?.details as Readonly<Record<string, unknown>>);
  return {
    ...textsOpened(found ?? {}),
    ...(json ? await keys.openIn(tx, drawn, { id, column: 'details' }, json) : {}),
  };
}

const textsOpened = (row: object) =>
  Object.fromEntries(
    Object.entries(row).filter(([, each]) => typeof each === 'object' && each !== null && 'text' in each),
  );

let known: ReadonlyMap<string, PgTable> | undefined;

function tables(): ReadonlyMap<string, PgTable> {
  known ??= new Map(
    modules
      .flatMap(({ tables: { canonical } }) => Object.values(canonical as Readonly<Record<string, unknown>>))
      .filter((each): each is PgTable => is(each, PgTable))
      .map((table) => [`${getTableConfig(table).schema}.${getTableConfig(table).name}`, table]),
  );
  return known;
}
