/**
 * An installed database is migrated before it is seeded again, so a migration meets rows that older seeds wrote. What
 * these columns must hold is filled in then, and the next seed finds nothing that it would have to mend but details.
 */
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAsAdministrator } from '../src/kernel/db/index.ts';
import { readMigrations } from '../src/kernel/migrations/journal.ts';
import { migrate } from '../src/kernel/migrations/runner.ts';
import { roleUrl } from '../src/kernel/stack/index.ts';
import { openPlatform } from '../src/platform.ts';
import { seed } from '../src/seed.ts';
import { useDatabase } from './harness/database.ts';

/** Rows as the seeds of the foundation wrote them: no numbers, no languages, no issuers. */
const OLD_ROWS = `
INSERT INTO public.countries (code, alpha3, name) VALUES ('DE', 'DEU', 'Germany'), ('AF', 'AFG', 'Afghanistan'), ('ZW', 'ZWE', 'Zimbabwe');
INSERT INTO public.locales (tag, name) VALUES ('de', 'German'), ('en-GB', 'British English'), ('zh-Hans', 'Chinese'), ('pt-BR', 'Portuguese');
INSERT INTO public.regulatory_frameworks (code, name, retention_years, source) VALUES ('gdpr', 'GDPR', NULL, 'Art. 5'),
  ('hipaa', 'HIPAA', 6, '45 CFR 164.316'), ('sox', 'SOX', 7, '17 CFR 210.2-06'), ('pci-dss', 'PCI DSS', 1, '10.5.1');`;

describe.each(['0002', '0004'])('a database of migration %s with rows of the first seeds', (last) => {
  const db = useDatabase();
  const name = `upgrade_${last}_${process.pid}`;
  let adminUrl = '';
  let client: pg.Client;

  beforeAll(async () => {
    const url = new URL(db.adminUrl);
    url.pathname = `/${name}`;
    adminUrl = url.href;
    const server = await db.connectAsAdmin();
    await server.query(`CREATE DATABASE ${name}`);
    client = await connectAsAdministrator(adminUrl);
    await client.query(`CREATE SCHEMA drizzle; CREATE TABLE drizzle.__drizzle_migrations
      (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint, name text, applied_at timestamptz NOT NULL DEFAULT now())`);
    for (const { tag, when, sha256, statements, asAdministrator } of readMigrations()) {
      if (tag.slice(0, 4) > last) break;
      await client.query('BEGIN');
      if (!asAdministrator) await client.query('SET LOCAL ROLE dmz_owner');
      for (const statement of statements) await client.query(statement);
      await client.query('RESET ROLE');
      await client.query(
        'INSERT INTO drizzle.__drizzle_migrations (hash, created_at, name) VALUES ($1, $2, $3)',
        [sha256, when, tag],
      );
      await client.query('COMMIT');
    }
    await client.query(OLD_ROWS);
  });
  afterAll(async () => {
    await client.end();
    const server = await connectAsAdministrator(db.adminUrl);
    await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await server.end();
  });

  const read = async (text: string) => (await client.query({ text, rowMode: 'array' })).rows;

  /** Each table with its rows’ checksum, the transaction that wrote each one included. */
  const everyRow = async () => {
    const rows = [];
    for (const [table] of await read(`SELECT c.oid::regclass::text FROM pg_class AS c
      WHERE relkind = 'r' AND c.oid >= 16384 AND relnamespace::regnamespace::text !~ '^pg_' ORDER BY 1`)) {
      const sum = `md5(string_agg(t.xmin::text || t::text, '' ORDER BY t.ctid))`;
      rows.push([table, ...(await read(`SELECT ${sum} FROM ${table} AS t`))[0]!]);
    }
    return rows;
  };

  it('is migrated, with what those rows lacked', async () => {
    const { applied } = await migrate(adminUrl);
    expect(applied).toContain('0005_require_reference_codes');
    expect(await read('SELECT code, numeric_code FROM public.countries ORDER BY code')).toEqual([
      ['AF', '004'],
      ['DE', '276'],
      ['ZW', '716'],
    ]);
    expect(await read('SELECT tag, language_code FROM public.locales ORDER BY tag')).toEqual([
      ['de', 'de'],
      ['en-GB', 'en'],
      ['pt-BR', 'pt'],
      ['zh-Hans', 'zh'],
    ]);
    expect(await read('SELECT count(*)::int FROM public.regulatory_frameworks WHERE issuer IS NULL')).toEqual(
      [[0]],
    );
  });

  it('is then seeded as a new one is, and not twice', async () => {
    const platform = openPlatform({ appUrl: roleUrl(adminUrl, 'dmz_app') });
    await seed(platform, adminUrl);
    const before = await everyRow();
    expect(before.length).toBeGreaterThan(200);
    await seed(platform, adminUrl);
    expect(await everyRow()).toEqual(before);
    await platform.close();
    expect(await read("SELECT alpha3, name FROM public.languages WHERE code = 'zh'")).toEqual([
      ['zho', 'Chinese'],
    ]);
    expect(await read('SELECT count(*)::int > 200 FROM public.countries')).toEqual([[true]]);
  });
});
