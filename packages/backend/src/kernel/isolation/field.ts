/**
 * A place that is attacked: two tenants, the connections of one of them, and what is really there. The administrator's
 * connection only looks, so that the evidence does not depend on what the attacker is shown.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { DefinedInstance } from '../check/index.ts';
import { APP_ROLE } from '../stack/index.ts';
import { BEGIN, type Outcome } from './attempt.ts';
import { readTenantTables, type TenantTable } from './tenant-tables.ts';

export interface Tenant {
  readonly id: string;
  readonly slug: string;
}

/** Where both tenants' rows are, or would be. */
export interface AttackedPlace {
  readonly instance: string;
  readonly tier: 'shared' | 'schema' | 'instance';
  /** Null in the module schemas. */
  readonly schema: string | null;
  /** What the program works as there. */
  readonly role: string;
  readonly appUrl: string;
  readonly adminUrl: string;
  /** URL of the application's role at any instance, as the program's own router asks for it. */
  readonly appUrlOf: (instance: string) => Promise<string>;
  /** The other instances. */
  readonly others: readonly { readonly instance: string; readonly appUrl: string }[];
  /** Ids of tenants that live at another instance. */
  readonly strangers: readonly string[];
  /** Null where there is no Redis. */
  readonly redisUrl: string | null;
  /** What was reviewed of the catalogue, besides its listing. */
  readonly reviewed: DefinedInstance;
}

/** A row as `to_jsonb` gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** A table, with what there is to take and what there is to try with. */
export interface Target extends TenantTable {
  /** A row of the victim's. */
  readonly prey: Row | undefined;
  /** Where that row is in its table's file, `(page,line)`. */
  readonly preyAt: string | undefined;
  readonly ownRow: Row | undefined;
  /** Whether it has any row at all: PostgreSQL does not ask for the context before it meets one. */
  readonly filled: boolean;
}

export interface Field {
  readonly place: AttackedPlace;
  /** The attacker's. */
  readonly own: Tenant;
  readonly victim: Tenant;
  readonly targets: readonly Target[];
  /** A superuser, who looks and changes nothing. */
  readonly admin: pg.Client;
  /** Runs what the administrator does in a transaction that is rolled back, and holds nobody up for long. */
  rehearse<Result>(work: (admin: pg.Client) => Promise<Result>): Promise<Result>;
  /** The application, as what it works as at the place. */
  readonly app: pg.Client;
  /** Another connection like `app`, which has never been anything else; closed with the field. */
  connect(role?: string): Promise<pg.Client>;
  /** A connection of the administrator's that works as another role, such as the owner of tables. */
  connectAs(role: string): Promise<pg.Client>;
  close(): Promise<void>;
}

export const nameOfPlace = ({ instance, tier, schema }: AttackedPlace): string =>
  [instance, tier, ...(schema === null ? [] : [schema])].join(' ');

/** @param only  the tables that are looked at; all of them when undefined */
export async function openField(
  place: AttackedPlace,
  { own, victim }: { readonly own: Tenant; readonly victim: Tenant },
  only: (table: string) => boolean = () => true,
): Promise<Field> {
  const opened: pg.Client[] = [];
  const open = async (url: string) => {
    const client = new pg.Client({ connectionString: url, application_name: 'dmz-isolation' });
    client.on('error', () => {}); // a connection that an attack has lost is reported by its next statement
    await client.connect();
    opened.push(client);
    return client;
  };
  const connect = async (role = place.role) => {
    const client = await open(place.appUrl);
    if (role !== APP_ROLE) await client.query(`SET ROLE ${pg.escapeIdentifier(role)}`);
    return client;
  };
  const connectAs = async (role: string) => {
    const client = await open(place.adminUrl);
    await client.query(`SET ROLE ${pg.escapeIdentifier(role)}`);
    return client;
  };
  const close = async () => {
    await Promise.all(opened.map((client) => client.end().catch(() => {})));
  };
  try {
    const admin = await open(place.adminUrl);
    const targets = await readTargets(admin, place, { own, victim }, only);
    const app = await connect();
    const rehearse: Field['rehearse'] = (work) => inRehearsal(admin, work);
    return { place, own, victim, targets, admin, rehearse, app, connect, connectAs, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function inRehearsal<Result>(
  admin: pg.Client,
  work: (admin: pg.Client) => Promise<Result>,
): Promise<Result> {
  await admin.query(BEGIN);
  try {
    return await work(admin);
  } finally {
    await admin.query('ROLLBACK');
  }
}

/** The tables of the place, with what both tenants have in them. */
export async function readTargets(
  admin: pg.Client,
  place: Pick<AttackedPlace, 'schema' | 'role'>,
  { own, victim }: { readonly own: Tenant; readonly victim: Tenant },
  only: (table: string) => boolean = () => true,
): Promise<Target[]> {
  const tables = (await readTenantTables(admin, place)).filter(({ name }) => only(name));
  const targets: Target[] = [];
  for (const table of tables)
    targets.push({ ...table, ...(await lookInto(admin, table.name, own.id, victim.id)) });
  return targets;
}

async function lookInto(admin: pg.Client, table: string, own: string, victim: string) {
  const rowOf = (tenant: string) =>
    `(SELECT to_jsonb(t) AS row, ctid::text AS at FROM ${table} AS t WHERE tenant_id = ${tenant} LIMIT 1)`;
  const { rows } = await admin.query(
    `SELECT o.row AS own, p.row AS prey, p.at, EXISTS (SELECT FROM ${table}) AS filled
     FROM (VALUES (1)) AS one LEFT JOIN ${rowOf('$1')} AS o ON true LEFT JOIN ${rowOf('$2')} AS p ON true`,
    [own, victim],
  );
  const [{ own: ownRow, prey, at, filled }] = rows;
  return {
    ownRow: ownRow ?? undefined,
    prey: prey ?? undefined,
    preyAt: at ?? undefined,
    filled: filled === true,
  };
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

/** COPY of a whole table sends all of it; of a larger one than this, a query asks for what is another tenant's. */
const COPIED_ROWS = 20_000;
export const canBeCopied = ({ estimatedRows }: TenantTable): boolean => estimatedRows < COPIED_ROWS;

/** A condition that names one row by its primary key. */
export const keyOf = (table: TenantTable, row: Row): string =>
  table.primaryKey
    .map((column) => `${pg.escapeIdentifier(column)} = ${pg.escapeLiteral(String(row[column]))}`)
    .join(' AND ') || 'false';

/**
 * The role has no right to the object itself. A policy that refuses a row, or a policy's function that may not be called,
 * has the same state, and is a second wall: the right was there.
 */
export const hasNoRight = ({ state, routine, message }: Outcome): boolean =>
  state === '42501' && routine === 'aclcheck_error' && !/\bfunction\b/.test(message);
