/** Archives between two platforms of a test's own; and archives as no program of ours would write them. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, expect } from 'vitest';
import { openArchive, writeArchive } from '../../src/kernel/archive/index.ts';
import { FileMasterKeys } from '../../src/kernel/privacy/index.ts';
import { tenantTables } from '../../src/modules/registry.ts';
import { type ArchiveHead, FORMAT } from '../../src/tenant-archive/archive-head.ts';
import { type Instances, type TestDatabase, useDatabase } from './database.ts';
import { playedGame } from './play.ts';
import { callDmz, type Ended } from './run-dmz.ts';

const PLANS = { shared: 'starter', schema: 'professional', instance: 'enterprise' } as const;
type Tier = keyof typeof PLANS;

/** Two platforms, each with these instances beside `main`: both have the master keys, and each a signing key of its own. */
export function useTwoPlatforms(instances: Instances) {
  const from = useDatabase({ instances });
  const to = useDatabase({ instances });
  const at = (name: string) => path.join(from.environment.DMZ_HOME, name);
  const withKeys = ({ environment }: TestDatabase) => ({
    ...environment,
    DMZ_MASTER_KEYS: at('shared-keys'),
  });
  const dmz = (db: TestDatabase, ...args: string[]): Promise<Ended> => callDmz(args, withKeys(db));

  async function json(db: TestDatabase, ...args: string[]) {
    const { out, err } = await dmz(db, ...args, '--json');
    if (out === '') throw new Error(err);
    return JSON.parse(out);
  }

  /** A tenant that has played, has encrypted something, and has a checkpoint. @returns its id */
  async function founded(slug: string, tier: Tier = 'shared'): Promise<string> {
    const placed = tier === 'instance' ? ['--instance', 'second'] : [];
    const args = ['--plan', PLANS[tier], '--region', 'eu', '--tier', tier, '--trial-people', '2', ...placed];
    const { id } = await json(from, 'tenant', 'create', '--slug', slug, '--name', `The ${slug}`, ...args);
    const platform = from.open({ masterKeys: new FileMasterKeys(at('shared-keys')) });
    await playedGame(platform, slug, { days: 1, events: 80 });
    await platform.tenancy.run(slug, (tx) => platform.keys.tenantKeys.current(tx));
    await json(from, 'audit', 'checkpoint', slug);
    return id;
  }

  async function exported(db: TestDatabase, slug: string, name = `${slug}.zip`): Promise<string> {
    await json(db, 'tenant', 'export', slug, '--out', at(name));
    return at(name);
  }

  beforeAll(async () => {
    fs.mkdirSync(at('shared-keys'));
    new FileMasterKeys(at('shared-keys')).rotate();
    const { pem } = await json(from, 'certificate', 'public-key');
    fs.writeFileSync(at('from.pem'), pem);
  });

  return {
    ...{ from, to, at, withKeys, dmz, json, founded, exported },
    importing: (file: string, ...args: string[]) => [
      'tenant',
      'import',
      file,
      '--key',
      at('from.pem'),
      ...args,
    ],
    keyOf: ({ environment }: TestDatabase) =>
      createPrivateKey(fs.readFileSync(path.join(environment.DMZ_HOME, 'signing-key.pem'), 'utf8')),
  };
}

export interface Contents {
  readonly files: Record<string, string>;
  head: ArchiveHead;
}

export async function contentsOf(file: string, key: KeyObject): Promise<Contents> {
  const archive = await openArchive(file, { ...FORMAT, keys: [key] });
  try {
    const files: Record<string, string> = {};
    for (const { name } of archive.manifest.files) files[name] = await archive.readText(name);
    return { files, head: archive.manifest.head as ArchiveHead };
  } finally {
    archive.close();
  }
}

/** Writes an archive of these contents, which is signed as any other. */
export async function forge(to: string, { files, head }: Contents, key: KeyObject): Promise<string> {
  await writeArchive(to, { ...FORMAT, keys: [key] }, async (archive) => {
    for (const [name, text] of Object.entries(files)) await archive.add(name, [text]);
    return { ...head };
  });
  return to;
}

/** How many rows each tenant has in each table of the module schemas, and what they are, as one text. */
export async function contentsOfEveryTenant(
  db: TestDatabase,
  instance = 'main',
): Promise<Map<string, string>> {
  const admin = await db.connectAsAdmin(instance);
  const sums = tenantTables().map(
    ({ namespace, name }) =>
      `SELECT tenant_id, '${namespace}.${name} ' || count(*) || ' ' || sum(hashtextextended(t::text, 0)) AS sum
       FROM ${namespace}.${name} AS t GROUP BY tenant_id`,
  );
  const { rows } = await admin.query(
    `SELECT tenant_id AS id, string_agg(sum, ', ' ORDER BY sum) AS sum FROM (${sums.join(' UNION ALL ')}) AS s GROUP BY 1`,
  );
  return new Map(rows.map(({ id, sum }) => [id, sum]));
}

/** Nobody finds the tenant, no row of it is there, and its slug is free. */
export async function expectNothingOf(db: TestDatabase, slug: string, tenantId: string): Promise<void> {
  const admin = await db.connectAsAdmin();
  const { rows } = await admin.query(
    `SELECT (SELECT count(*)::int FROM public.tenants WHERE id = $1 OR slug = $2) AS registered,
       (SELECT count(*)::int FROM public.residents WHERE tenant_id = $1) AS resident`,
    [tenantId, slug],
  );
  expect(rows).toEqual([{ registered: 0, resident: 0 }]);
  expect((await contentsOfEveryTenant(db)).has(tenantId)).toBe(false);
}
