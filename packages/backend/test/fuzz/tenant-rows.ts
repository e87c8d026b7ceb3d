/** How many rows two tenants have in each table: what a refused call must leave as it is, and no call may change of the other one. */
import type pg from 'pg';
import { OTHER_TENANT, TENANT, type World } from './world.ts';

export interface Rows {
  readonly own: Readonly<Record<string, number>>;
  readonly other: Readonly<Record<string, number>>;
}

interface Counter {
  readonly admin: pg.Client;
  readonly text: string;
  readonly values: readonly string[];
}

const counters = new WeakMap<World, Promise<Counter>>();

/** One query for all tables. */
export async function rowsByTable(world: World): Promise<Rows> {
  const counter = counters.get(world) ?? openCounter(world);
  counters.set(world, counter);
  const { admin, text, values } = await counter;
  const { rows } = await admin.query({ name: 'rows_by_table', text, values: [...values] });
  const of = (column: 'own' | 'other') =>
    Object.fromEntries(rows.map((row) => [row.name, Number(row[column])]));
  return { own: of('own'), other: of('other') };
}

async function openCounter({ db, platform }: World): Promise<Counter> {
  const admin = await db.connectAsAdmin();
  const { rows } = await admin.query(
    `SELECT attrelid::regclass::text AS name FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
      WHERE attname = 'tenant_id' AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1`,
  );
  const text = rows
    .map(
      ({ name }) =>
        `SELECT '${name}' AS name, count(*) FILTER (WHERE tenant_id = $1) AS own, count(*) FILTER (WHERE tenant_id = $2) AS other FROM ${name}`,
    )
    .join(' UNION ALL ');
  const [own, other] = await Promise.all([TENANT, OTHER_TENANT].map((slug) => platform.tenancy.locate(slug)));
  return { admin, text, values: [own!.id, other!.id] };
}
