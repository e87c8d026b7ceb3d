/**
 * What the rules of the data model cost a load by COPY: rows a second of `db seed --scale`, as a ratio to COPY of the
 * same rows, over as many connections, into tables of the same columns without row security, triggers and foreign keys;
 * once with the same keys and indexes, once with none. On a database of its own; nothing is asserted, since machines are
 * noisy.
 */
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { connectAsAdministrator } from '../src/kernel/db/index.ts';
import { migrate } from '../src/kernel/migrations/runner.ts';
import { roleUrl, stackUp } from '../src/kernel/stack/index.ts';
import { openPlatform } from '../src/platform.ts';
import { readKnownRows } from '../src/scale/known-rows.ts';
import { copyPeople, SCALED_TABLES, scaleHistory } from '../src/scale/scale-history.ts';
import { DEMONSTRATION_TENANTS, seed } from '../src/seed.ts';

const DATABASE = 'bench_seed_scale';
const BATCH = 2_000;
/** What is copied of a table's definition, beside names and types. */
const LIKENESSES = {
  indexed: 'INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES',
  bare: 'INCLUDING DEFAULTS',
};

const { values: options } = parseArgs({
  options: { scale: { type: 'string', default: '20' }, json: { type: 'boolean', default: false } },
});
const scale = Number(options.scale);

async function main(): Promise<void> {
  const { postgres } = await stackUp();
  const admin = await connectAsAdministrator(postgres.adminUrl);
  await admin.query(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${DATABASE}`);
  try {
    const url = new URL(postgres.adminUrl);
    url.pathname = `/${DATABASE}`;
    await measure(url.href);
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
    await admin.end();
  }
}

async function measure(adminUrl: string): Promise<void> {
  await migrate(adminUrl);
  const platform = openPlatform({ appUrl: roleUrl(adminUrl, 'dmz_app') });
  await seed(platform, adminUrl);
  await platform.close();
  // The first run of anything pays for what later ones find warm.
  await plainCopy(adminUrl, 'warm', LIKENESSES.bare);
  const indexed = await plainCopy(adminUrl, 'indexed', LIKENESSES.indexed);
  const bare = await plainCopy(adminUrl, 'bare', LIKENESSES.bare);
  const { rows, seconds } = await scaleHistory(adminUrl, DEMONSTRATION_TENANTS, scale, () => {});
  const full = rows / seconds;
  const result = {
    rows,
    scaledPerSecond: Math.round(full),
    indexedPerSecond: Math.round(indexed),
    barePerSecond: Math.round(bare),
    ratioToIndexed: Number((full / indexed).toFixed(2)),
    ratioToBare: Number((full / bare).toFixed(2)),
  };
  if (options.json) return void console.log(JSON.stringify(result));
  const table = new Table({ head: ['', 'rows/s', 'ratio of db seed --scale to it'] });
  table.push(['db seed --scale', result.scaledPerSecond, '1.00']);
  table.push(['COPY, same keys and indexes', result.indexedPerSecond, result.ratioToIndexed]);
  table.push(['COPY, no index at all', result.barePerSecond, result.ratioToBare]);
  console.log(`${rows} rows\n${table.toString()}`);
}

/** @returns rows a second */
async function plainCopy(adminUrl: string, schema: string, likeness: string): Promise<number> {
  const admin = await connectAsAdministrator(adminUrl);
  await admin.query(`CREATE SCHEMA ${schema}`);
  const targetOf = (table: string) => `${schema}.${table.replace('.', '_')}`;
  for (const { name } of SCALED_TABLES) {
    await admin.query(`CREATE TABLE ${targetOf(name)} (LIKE ${name} ${likeness})`);
  }
  const startedAt = performance.now();
  const counts = await Promise.all(
    DEMONSTRATION_TENANTS.map(async ({ slug, people }) => {
      const client = await connectAsAdministrator(adminUrl);
      const { rows } = await client.query<{ id: string }>('SELECT id FROM dmz.locate_tenant($1)', [slug]);
      const id = rows[0]?.id ?? '';
      const known = await readKnownRows(client, id);
      let written = 0;
      for (let from = 0; from < people * scale; from += BATCH) {
        const to = Math.min(from + BATCH, people * scale);
        await client.query('BEGIN');
        written += await copyPeople(client, { id, slug, known, from, to }, targetOf);
        await client.query('COMMIT');
      }
      await client.end();
      return written;
    }),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  await admin.query(`DROP SCHEMA ${schema} CASCADE`);
  await admin.end();
  return counts.reduce((sum, each) => sum + each, 0) / seconds;
}

await main();
