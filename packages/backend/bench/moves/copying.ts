/**
 * The mover's copy against a plain pipe: COPY of the same rows out of the same tables, in binary, straight into COPY of
 * tables with the same columns, keys, indexes and checks at the target, over as many connections.
 */
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { connectAsAdministrator } from '../../src/kernel/db/index.ts';
import { rollBackMove, runMove } from '../../src/kernel/mover/index.ts';
import { fillGames } from '../../src/scale/fill-games.ts';
import { median } from '../report.ts';
import { copyOnly, optionsOf, plannedMove, type TwoInstances } from './bench-instance.ts';

const TENANT = 'mid-company';
/** As many as the mover uses unless told otherwise. */
const JOBS = 2;

export interface CopyRates {
  readonly rows: number;
  /** Rows a second, the middle of the rounds. */
  readonly mover: number;
  readonly pipes: number;
  readonly onePipe: number;
  /** Of the mover to as many pipes, and to one; each the middle of the rounds. */
  readonly ratio: number;
  readonly ratioToOne: number;
}

export async function measureCopy(place: TwoInstances, games: number, rounds: number): Promise<CopyRates> {
  const { control, platform } = place;
  const shop = { platform, adminUrl: control.adminUrl };
  await fillGames(shop, { tenant: TENANT, games, derived: true, onProgress: () => {} });
  await control.admin.query('VACUUM ANALYZE');
  const tables = await filledTables(place);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const took = { mover: [] as number[], pipes: [] as number[], onePipe: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    took.pipes.push(await pipeTables(place, tables, JOBS));
    took.onePipe.push(await pipeTables(place, tables, 1));
    took.mover.push(await moveTables(place));
    console.error(
      `round ${round + 1}: ${Object.entries(took).map(([name, all]) => `${name} ${Math.round(all[round] ?? 0)} ms`)}`,
    );
  }
  const rate = (all: readonly number[]) => (rows / median(all)) * 1_000;
  const ratios = (to: readonly number[]) => median(took.mover.map((ms, at) => (to[at] ?? 0) / ms));
  return {
    rows,
    mover: rate(took.mover),
    pipes: rate(took.pipes),
    onePipe: rate(took.onePipe),
    ratio: ratios(took.pipes),
    ratioToOne: ratios(took.onePipe),
  };
}

async function moveTables(place: TwoInstances): Promise<number> {
  await checkpoint(place);
  const move = await plannedMove(place, TENANT);
  const tookMs = await copyOnly(place, (options) => runMove({ ...options, jobs: JOBS }, move.id));
  await rollBackMove(optionsOf(place, {}), move.id);
  await place.second.query('VACUUM');
  return tookMs;
}

interface FilledTable {
  readonly name: string;
  readonly like: string;
  readonly columns: string;
  readonly select: string;
  readonly rows: number;
}

/** The largest first, so that no connection ends long before the other. */
async function filledTables(place: TwoInstances): Promise<FilledTable[]> {
  const { admin } = place.control;
  const { id } = await place.platform.tenancy.locate(TENANT);
  const filled: FilledTable[] = [];
  for (const { namespace, name } of optionsOf(place, {}).tables) {
    const table = `${namespace}.${name}`;
    const of = `${table} WHERE tenant_id = '${id}'`;
    const rows = Number((await admin.query(`SELECT count(*) FROM ${of}`)).rows[0].count);
    const named = await admin.query(
      `SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns FROM pg_attribute
       WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
      [table],
    );
    const { columns } = named.rows[0];
    const like = `plain.${namespace}_${name}`;
    if (rows > 0) filled.push({ name: table, like, columns, select: `SELECT ${columns} FROM ${of}`, rows });
  }
  return filled.sort((one, other) => other.rows - one.rows);
}

async function pipeTables(
  place: TwoInstances,
  tables: readonly FilledTable[],
  jobs: number,
): Promise<number> {
  const { control, second } = place;
  await second.query('DROP SCHEMA IF EXISTS plain CASCADE; CREATE SCHEMA plain');
  const likeness = 'INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES INCLUDING STORAGE';
  for (const { name, like } of tables) await second.query(`CREATE TABLE ${like} (LIKE ${name} ${likeness})`);
  await checkpoint(place);
  const secondUrl = Object.assign(new URL(control.adminUrl), { pathname: `/${second.database}` }).href;
  const queue = [...tables];
  const clients: pg.Client[] = [];
  for (let at = 0; at < 2 * jobs; at += 1)
    clients.push(await connectAsAdministrator(at < jobs ? control.adminUrl : secondUrl));
  const begun = performance.now();
  await Promise.all(
    clients.slice(0, jobs).map(async (reader, at) => {
      const writer = clients[jobs + at];
      for (let next = queue.shift(); next && writer; next = queue.shift()) await pipe(reader, writer, next);
    }),
  );
  const tookMs = performance.now() - begun;
  for (const client of clients) await client.end();
  await second.query('DROP SCHEMA plain CASCADE');
  return tookMs;
}

async function pipe(
  reader: pg.Client,
  writer: pg.Client,
  { like, columns, select }: FilledTable,
): Promise<void> {
  const out = reader.query(copyTo(`COPY (${select}) TO STDOUT (FORMAT binary)`));
  await pipeline(out, writer.query(copyFrom(`COPY ${like} (${columns}) FROM STDIN (FORMAT binary)`)));
}

/** What earlier turns have left to write is not this one's to pay. */
async function checkpoint({ second }: TwoInstances): Promise<void> {
  await second.query('CHECKPOINT');
}
