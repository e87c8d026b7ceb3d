/**
 * What stands in every table, as one hash of each: what a refused call must leave as it is, rows of anybody, and no call
 * may change of the other tenant. Not counts, since a row that is half written is one row all the same.
 */
import type pg from 'pg';
import { OTHER_TENANT, type World } from './world.ts';

/** By table, as `count hash`. */
export type Contents = Readonly<Record<string, string>>;

export interface Standing {
  /** Of everybody, the platform’s own tables too. */
  readonly all: Contents;
  readonly other: Contents;
  /** The transactions from this one on have changed nothing of it yet. */
  readonly nextXid: bigint;
}

interface Look {
  readonly admin: pg.Client;
  readonly text: string;
  readonly otherId: string;
}

const looks = new WeakMap<World, Promise<Look>>();

/** One query for all tables. */
export async function standingOf(world: World): Promise<Standing> {
  const { admin, text, otherId } = await lookOf(world);
  const { rows } = await admin.query({ name: 'standing', text, values: [otherId] });
  const of = (column: 'everybody' | 'stranger') =>
    Object.fromEntries(rows.map((row) => [row.name, String(row[column])]));
  return { all: of('everybody'), other: of('stranger'), nextXid: BigInt(rows[0].next_xid) };
}

export const changedTables = (before: Standing, after: Standing): string[] =>
  Object.keys(after.all).filter((table) => after.all[table] !== before.all[table]);

/** Rows of a table that transactions from `xid` on have written, as JSON. */
export async function rowsWrittenSince(
  world: World,
  table: string,
  xid: bigint,
): Promise<Record<string, unknown>[]> {
  const { admin } = await lookOf(world);
  const { rows } = await admin.query(
    `SELECT to_jsonb(t) AS row FROM ${table} AS t WHERE t.xmin::text::bigint >= $1 % 4294967296`,
    [String(xid)],
  );
  return rows.map(({ row }) => row);
}

function lookOf(world: World): Promise<Look> {
  const known = looks.get(world) ?? openLook(world);
  looks.set(world, known);
  return known;
}

async function openLook({ db, platform }: World): Promise<Look> {
  const admin = await db.connectAsAdmin();
  const { rows } = await admin.query(
    `SELECT c.oid::regclass::text AS name,
            EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'tenant_id' AND NOT attisdropped) AS owned
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^(pg_|information_schema)' ORDER BY 1`,
  );
  const hashed = "count(*) %f || ' ' || coalesce(bit_xor(hash_record_extended(t, 0)) %f, 0)";
  const text = rows
    .map(({ name, owned }) => {
      const stranger = owned ? hashed.replaceAll('%f', 'FILTER (WHERE tenant_id = $1::uuid)') : "''";
      return `SELECT '${name}' AS name, ${hashed.replaceAll('%f', '')} AS everybody, ${stranger} AS stranger, pg_snapshot_xmax(pg_current_snapshot())::text AS next_xid FROM ${name} AS t`;
    })
    .join(' UNION ALL ');
  const other = await platform.tenancy.locate(OTHER_TENANT);
  return { admin, text, otherId: other!.id };
}
