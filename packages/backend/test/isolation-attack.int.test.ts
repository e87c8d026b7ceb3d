/**
 * What `dmz isolation attack` tries gets through nowhere, with a row of both tenants in every table; and it finds, and
 * names, each way to break isolation. Breaches are rolled back, so that one database serves for all of them.
 */
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Field } from '../src/kernel/isolation/index.ts';
import { attackPlace, groups, Tally } from '../src/kernel/isolation/index.ts';
import { readTenantTables } from '../src/kernel/isolation/tenant-tables.ts';
import { useDatabase } from './harness/database.ts';
import { emptyRedis, redisOfFile, withRedis } from './harness/redis.ts';
import { callDmz } from './harness/run-dmz.ts';
import { fillTables } from './isolation/fill-tables.ts';
import { checksums, openFilled, PAIR } from './isolation/filled-field.ts';
import { type IsolationBreach, isolationBreaches } from './isolation/isolation-breaches.ts';
import { nestedField } from './isolation/nested-field.ts';
import { quietBatches } from './isolation/quiet-breaches.ts';
import { openingBatches } from './isolation/quiet-openings.ts';

describe('the attack on isolation', { timeout: 300_000 }, () => {
  const db = useDatabase();
  let admin: pg.Client;
  let field: Field;
  afterAll(() => field.close());
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    field = await openFilled(db, admin);
  }, 120_000);

  const attack = async (at: Field, only: readonly string[] = groups.map(({ name }) => name)) => {
    const tally = new Tally();
    await attackPlace(
      at,
      groups.filter(({ name }) => only.includes(name)),
      tally,
    );
    return tally;
  };

  it('gets through nowhere, leaves nothing out, and leaves everything as it was', async () => {
    const before = await checksums(admin, field.targets, field.victim.id);
    const tally = await attack(field);
    expect(await checksums(admin, field.targets, field.victim.id)).toEqual(before);
    expect(tally.findings).toEqual([]);
    expect(field.targets.length).toBeGreaterThanOrEqual(190);
    expect(tally.tried).toBeGreaterThan(8_000);
    const [reading] = tally.groups;
    expect(reading).toMatchObject({ group: 'reading', empty: 0, untried: 0 });
    expect(tally.untried.filter(({ why }) => !why.startsWith('not to be had here'))).toEqual([]);
  });

  it.each(isolationBreaches)('finds where $name', async (breach) => {
    const found = await attackBroken(breach);
    expect(found).toContain(`${breach.rule} ${breach.object}`);
    const others = found.filter((each) => !each.endsWith(` ${breach.object}`));
    if (!breach.opensMore) expect(others).toEqual([]);
  });

  it.each([...quietBatches, ...openingBatches])('finds $what', async ({ breaches, ...of }) => {
    const found = await attackBroken({ ...of, sql: breaches.map(({ sql }) => sql).join(';\n') });
    expect(breaches.filter((breach) => !found.includes(breach.found)).map(({ name }) => name)).toEqual([]);
  });

  it('finds a context that outlives its transaction, on its connection and in the pool', async () => {
    const { rows } = await admin.query("SELECT pg_get_functiondef('dmz.set_context'::regproc) AS sound");
    const [{ sound }] = rows;
    await admin.query(sound.replace(', true)', ', false)'));
    try {
      const { findings } = await attack(fewTargets(['auth.users']), ['leftovers']);
      const rules = findings.map(({ rule, object }) => `${rule} ${object}`);
      expect(rules).toContain('the-context-ends-with-its-transaction commit');
      expect(rules).toContain('a-pooled-connection-has-no-past the pool, after work that is done');
    } finally {
      await admin.query(sound);
    }
  });

  it('finds a key in Redis that is of no tenant, and a value that is another one’s', async () => {
    const ofOwn = `{${field.own.id}}:settings:all`;
    await withRedis(redisOfFile(), async (redis) => {
      await redis.set('session:1', 'anybody’s');
      await redis.set(ofOwn, JSON.stringify({ tenantId: field.victim.id }));
    });
    const { findings } = await attack(fewTargets(['auth.users']), ['copies']);
    await emptyRedis(redisOfFile());
    expect(findings.map(({ rule, object }) => `${rule} ${object}`).sort()).toEqual([
      `a-copy-holds-own-rows-alone ${ofOwn}`,
      'a-key-names-its-tenant session:1',
    ]);
  });

  it('needs rows to take, and the tests say which table they could not fill', async () => {
    await admin.query(
      'CREATE TABLE org.impossible (tenant_id uuid, id int NOT NULL CHECK (id IN (4711, 4712)))',
    );
    const impossible = (await readTenantTables(admin)).filter(({ name }) => name === 'org.impossible');
    const filling = fillTables(admin, impossible, field.own.id);
    await expect(filling).rejects.toThrow(/org\.impossible could not be filled/);
    await admin.query('DROP TABLE org.impossible');
  });

  it('finds nothing once all of it is mended', async () => {
    const few = fewTargets(isolationBreaches.flatMap((breach) => breach.tables));
    expect((await attack(few)).findings).toEqual([]);
  });

  it('is a command that counts by group, prints findings for programs, and exits with 1 when there are any', async () => {
    const dmz = (...args: string[]) => callDmz(['isolation', 'attack', ...args], db.environment);
    const pair = ['--from', PAIR.own, '--against', PAIR.victim];
    const sound = await dmz(...pair, '--only', 'partitions', '--json');
    expect(sound.status).toBe(0);
    expect(JSON.parse(sound.out)).toMatchObject({
      ...{ checked: expect.any(Number), findings: [], untried: [], finished: true },
      places: [{ place: 'main shared', from: PAIR.own, against: PAIR.victim }],
    });
    await admin.query('GRANT SELECT ON game.events_default TO dmz_app');
    const broken = await dmz(...pair, '--only', 'partitions').finally(() =>
      admin.query('REVOKE SELECT ON game.events_default FROM dmz_app'),
    );
    expect(broken.status).toBe(1);
    expect(broken.out).toMatch(/partitions +\d+ +\d+ +0 +[1-9]/);
    expect(broken.out).toContain('game.events_default');
    expect((await dmz('--from', 'nobody')).status).toBe(2);
  });

  const fewTargets = (tables: readonly string[]): Field => ({
    ...field,
    targets: field.targets.filter(({ name }) => tables.includes(name)),
  });

  async function attackBroken({
    sql,
    tables,
    groups: only,
  }: Pick<IsolationBreach, 'sql' | 'tables' | 'groups'>): Promise<string[]> {
    try {
      await admin.query(`BEGIN; ${sql}`);
      const broken = await nestedField(admin, field.place, field, (table) => tables.includes(table));
      return (await attack(broken, only)).findings.map(({ rule, object }) => `${rule} ${object}`);
    } finally {
      await admin.query('ROLLBACK');
    }
  }
});
