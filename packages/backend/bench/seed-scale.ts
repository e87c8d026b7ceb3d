/**
 * What the rules of the data model cost a load by COPY: the time of a whole `db seed --scale`, as a ratio to plain COPY of
 * the same rows. Those are rendered to files beforehand, and streamed over as many connections into tables with the same
 * columns, keys, indexes and checks, without row security, triggers, partitions and foreign keys; and once into the very
 * tables, to tell what generating costs. Rounds alternate, each in a database of its own; medians are compared. Nothing
 * is asserted, since machines are noisy.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { from as copyFrom } from 'pg-copy-streams';
import { connectAsAdministrator } from '../src/kernel/db/index.ts';
import { migrate } from '../src/kernel/migrations/runner.ts';
import { roleUrl, stackUp } from '../src/kernel/stack/index.ts';
import { openPlatform, type Platform } from '../src/platform.ts';
import { EVENT_MONTHS } from '../src/scale/analytics-tables.ts';
import { readOriginal, SCALED_TABLES, writePeople } from '../src/scale/batch.ts';
import { makePartitions } from '../src/scale/batch-transaction.ts';
import { playPatterns, SHORT_GAMES } from '../src/scale/game-patterns.ts';
import { PEOPLE_OF_BATCH, scaleHistory } from '../src/scale/scale-history.ts';
import { DEMONSTRATION_TENANTS, seed } from '../src/seed.ts';

const TEMPLATE = 'bench_scale_seeded';
const RUN = 'bench_scale_run';

const { values: options } = parseArgs({
  options: {
    scale: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const scale = Number(options.scale ?? (options.quick ? 10 : 100));
const rounds = Number(options.rounds);

/** Rows of one table in one batch, as a file in the text format of COPY. */
interface Part {
  readonly table: string;
  readonly columns: readonly string[];
  readonly file: string;
  readonly rows: number;
}
/** A tenant's batches, each of them a transaction. */
type Rendered = readonly (readonly Part[])[];

const { postgres } = await stackUp();
const urlOf = (database: string) =>
  Object.assign(new URL(postgres.adminUrl), { pathname: `/${database}` }).href;

async function main(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seed-scale-'));
  try {
    await makeTemplate();
    const rendered = await inClone((url) => render(url, folder));
    const rows = rendered.flat(2).reduce((sum, part) => sum + part.rows, 0);
    console.error(`${rows} rows rendered; load of the machine ${loads()}`);
    const seconds = Object.fromEntries(Object.keys(contenders).map((name) => [name, [] as number[]]));
    for (let round = 0; round < rounds; round++) {
      for (const [name, contender] of Object.entries(contenders)) {
        const took = await inClone((url) => contender(url, rendered));
        seconds[name]?.push(took);
        console.error(`round ${round + 1}: ${name} ${took.toFixed(1)} s`);
      }
    }
    report(rows, seconds);
  } finally {
    fs.rmSync(folder, { recursive: true });
    await drop(RUN);
    await drop(TEMPLATE);
  }
}

const OURS = 'db seed --scale';

const contenders: Readonly<Record<string, (url: string, rendered: readonly Rendered[]) => Promise<number>>> =
  {
    [OURS]: (url) =>
      withPlatform(url, async (platform) => {
        const { seconds } = await scaleHistory(
          { platform, adminUrl: url },
          DEMONSTRATION_TENANTS,
          scale,
          () => {},
        );
        return seconds;
      }),
    'plain COPY, like tables': async (url, rendered) => {
      await makeLikeTables(url);
      return timed(() => Promise.all(rendered.map((each) => copyPlainly(url, each, likeTable))));
    },
    'plain COPY, like tables, one connection': async (url, rendered) => {
      await makeLikeTables(url);
      return timed(() => copyPlainly(url, rendered.flat(), likeTable));
    },
    'plain COPY, the very tables': async (url, rendered) => {
      await makePartitions(url, EVENT_MONTHS);
      return timed(() => Promise.all(rendered.map((each) => copyPlainly(url, each, (table) => table))));
    },
  };

const likeTable = (table: string) => `plain.${table.replace('.', '_')}`;
const loads = () =>
  os
    .loadavg()
    .map((each) => each.toFixed(2))
    .join(' ');

async function makeTemplate(): Promise<void> {
  await onServer(`DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`, `CREATE DATABASE ${TEMPLATE}`);
  await migrate(urlOf(TEMPLATE));
  await withPlatform(urlOf(TEMPLATE), (platform) => seed(platform, urlOf(TEMPLATE)));
}

async function inClone<Result>(work: (url: string) => Promise<Result>): Promise<Result> {
  await drop(RUN);
  await onServer(`CREATE DATABASE ${RUN} TEMPLATE ${TEMPLATE}`, 'CHECKPOINT');
  return work(urlOf(RUN));
}

const drop = (database: string) => onServer(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);

async function onServer(...statements: string[]): Promise<void> {
  const admin = await connectAsAdministrator(postgres.adminUrl);
  for (const statement of statements) await admin.query(statement);
  await admin.end();
}

async function withPlatform<Result>(
  url: string,
  work: (platform: Platform) => Promise<Result>,
): Promise<Result> {
  const platform = openPlatform({ appUrl: roleUrl(url, 'dmz_app') });
  try {
    return await work(platform);
  } finally {
    await platform.close();
  }
}

function render(url: string, folder: string): Promise<Rendered[]> {
  return withPlatform(url, async (platform) => {
    const admin = await connectAsAdministrator(url);
    const tenants: Rendered[] = [];
    for (const { slug, people } of DEMONSTRATION_TENANTS) {
      const { rows } = await admin.query<{ id: string }>('SELECT id FROM dmz.locate_tenant($1)', [slug]);
      const patterns = await playPatterns(platform, slug, SHORT_GAMES);
      const original = await readOriginal(admin, { tenantId: rows[0]?.id ?? '', slug, people }, patterns);
      const batches: Part[][] = [];
      for (let from = 0; from < people * scale; from += PEOPLE_OF_BATCH) {
        const parts: Part[] = [];
        await writePeople(
          async (table, columns, lines, countRows) => {
            const file = path.join(folder, `${slug}-${from}-${parts.length}.copy`);
            await pipeline(lines, fs.createWriteStream(file));
            parts.push({ table, columns, file, rows: countRows() });
          },
          original,
          from,
          Math.min(from + PEOPLE_OF_BATCH, people * scale),
        );
        batches.push(parts);
      }
      tenants.push(batches);
    }
    await admin.end();
    return tenants;
  });
}

async function makeLikeTables(url: string): Promise<void> {
  const admin = await connectAsAdministrator(url);
  await admin.query('CREATE SCHEMA plain');
  for (const table of SCALED_TABLES) {
    const likeness = 'INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES INCLUDING STORAGE';
    await admin.query(`CREATE TABLE ${likeTable(table)} (LIKE ${table} ${likeness})`);
  }
  await admin.end();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1_000;
}

async function copyPlainly(
  url: string,
  batches: Rendered,
  targetOf: (table: string) => string,
): Promise<void> {
  const admin = await connectAsAdministrator(url);
  for (const parts of batches) {
    await admin.query('BEGIN');
    const tenantId = fs
      .readFileSync(parts.find(({ table }) => table === 'auth.users')?.file ?? '', 'utf8')
      .slice(0, 36);
    await admin.query('SELECT dmz.open_tenant($1)', [tenantId]);
    for (const { table, columns, file } of parts) {
      const names = columns.map((name) => `"${name}"`).join(', ');
      const copy = admin.query(copyFrom(`COPY ${targetOf(table)} (${names}) FROM STDIN`));
      await pipeline(fs.createReadStream(file), copy);
    }
    await admin.query('COMMIT');
  }
  await admin.end();
}

function report(rows: number, seconds: Readonly<Record<string, readonly number[]>>): void {
  const medianOf = (all: readonly number[]) => {
    const sorted = [...all].sort((a, b) => a - b);
    const middle = (sorted.length - 1) / 2;
    return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
  };
  const ours = medianOf(seconds[OURS] ?? []);
  const results = Object.entries(seconds).map(([name, all]) => {
    const median = medianOf(all);
    return {
      name,
      seconds: median,
      rowsPerSecond: Math.round(rows / median),
      ratio: Number((median / ours).toFixed(2)),
    };
  });
  if (options.json) {
    console.log(JSON.stringify({ scale, rounds, rows, results, loadAverage: os.loadavg() }));
    return;
  }
  const table = new Table({ head: ['', 'seconds', 'rows/s', 'db seed --scale, as a ratio to it'] });
  table.push(...results.map((each) => [each.name, each.seconds.toFixed(1), each.rowsPerSecond, each.ratio]));
  console.log(
    `scale ${scale}, ${rows} rows, median of ${rounds} rounds, load ${loads()}\n${table.toString()}`,
  );
}

await main();
