/** Two tenants with a row in every table, and the connections that one of them attacks the other from. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Outcome } from '../../src/kernel/isolation/attempt.ts';
import {
  MODULE_SCHEMAS,
  type Place,
  readTenantTables,
  type TenantTable,
  tenantIdOf,
} from '../../src/kernel/isolation/tenant-tables.ts';
import type { TestDatabase } from '../harness/database.ts';
import { fillTables, type Row, someRow } from './fill-tables.ts';

export interface Battlefield {
  readonly tables: readonly TenantTable[];
  /** The attacker's tenant. */
  readonly own: string;
  /** The tenant that is attacked. */
  readonly foreign: string;
  /** A superuser, for setting up and for looking at what is really there. */
  readonly admin: pg.Client;
  /** The application, as what it works as at the place. */
  readonly app: pg.Client;
  readonly place: Place;
  rowOf(table: TenantTable, tenantId: string): Row;
}

/**
 * A trigger that looks at a row before it is inserted speaks before the policy is asked, and what it reads, it reads
 * under the attacker's policies. They are off, so that isolation does not seem to hold by their grace.
 */
const SILENCE_ROW_TRIGGERS = `DO $$ DECLARE loud record; BEGIN
  FOR loud IN SELECT tgrelid::regclass AS relation, tgname FROM pg_trigger
    WHERE NOT tgisinternal AND tgparentid = 0 AND tgenabled <> 'D' AND tgtype & 7 = 7 -- ROW, BEFORE, INSERT
  LOOP EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', loud.relation, loud.tgname); END LOOP;
END $$`;

/** By default the module schemas, and a tenant that lives there. */
export async function prepareBattlefield(
  db: TestDatabase,
  { place, slug }: { readonly place: Place; readonly slug: string } = {
    place: MODULE_SCHEMAS,
    slug: 'consumers',
  },
): Promise<Battlefield> {
  const admin = await db.connectAsAdmin();
  const own = await tenantIdOf(admin, slug);
  const foreign = await tenantIdOf(admin, 'small-company');
  const tables = await readTenantTables(admin, place);
  const found = new Map<string, Row>();
  for (const tenantId of [own, foreign]) {
    await fillTables(admin, tables, tenantId);
    for (const { name } of tables) found.set(name + tenantId, await someRow(admin, name, tenantId));
  }
  await admin.query(SILENCE_ROW_TRIGGERS);
  await admin.query(`ANALYZE ${tables.map(({ name }) => name).join(', ')}`);
  return {
    tables,
    own,
    foreign,
    admin,
    app: await connectAs(db, place.role),
    place,
    rowOf: ({ name }, tenantId) => found.get(name + tenantId) as Row,
  };
}

/** A connection of the application's that has become a role, for longer than a transaction. */
export async function connectAs(db: TestDatabase, role: string): Promise<pg.Client> {
  const client = await db.connectAsApp();
  await client.query(`SET ROLE ${role}`);
  return client;
}

/** The same row under another id, so that no key refuses what isolation must refuse. */
export function renewed(table: TenantTable, row: Row): Row {
  const referring = table.foreignKeys.some(({ columns }) => columns.includes('id'));
  return 'id' in row && !referring ? { ...row, id: randomUUID() } : row;
}

/** Inserts `$1`, a row as JSON. */
export function insertion({ name, columns }: TenantTable, target = name): string {
  const list = columns.filter(({ computed }) => !computed).map((column) => pg.escapeIdentifier(column.name));
  return `INSERT INTO ${target} (${list.join(', ')}) SELECT ${list.join(', ')} FROM jsonb_populate_record(NULL::${name}, $1::jsonb)`;
}

/**
 * Under row-level security PostgreSQL 18 turns COPY of a table into a query on ONLY that table, which is empty where it
 * is partitioned: no rows and no error, whoever asks. So a partitioned table is copied by a query.
 */
export const copySource = ({ name, partitions }: TenantTable): string =>
  partitions.length > 0 ? `(SELECT * FROM ${name})` : name;

/** insufficient_privilege: a right or a row-level policy; feature_not_supported: COPY FROM under a policy. */
export const refusedByRights = ({ state }: Outcome): boolean => state === '42501' || state === '0A000';
export const refusedForContext = ({ state }: Outcome): boolean => state === 'ZD001' || state === 'ZD002';

/** Counts and checksums of a tenant's rows, table by table, as a superuser sees them. */
export async function checksums(
  admin: pg.Client,
  tables: readonly TenantTable[],
  tenantId: string,
): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await admin.query(
      `SELECT count(*) || ' rows ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') AS sum
       FROM ${name} AS t WHERE tenant_id = $1`,
      [tenantId],
    );
    sums[name] = rows[0].sum;
  }
  return sums;
}
