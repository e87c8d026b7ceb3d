/** Instances from the command line: added by URL or as another server, listed, checked against the register, removed. */
import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SqlClient } from '../../test/harness/by-hand.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { flip } from '../../test/harness/flip.ts';
import { callDmz, expectFailure } from '../../test/harness/run-dmz.ts';
import { findingsIn } from '../../test/harness/server-findings.ts';
import { stopInstance } from '../kernel/instances/index.ts';
import { relocatedFolder } from '../kernel/stack/relocation.ts';

describe('dmz instance', () => {
  const db = useDatabase({ instances: { second: { from: 'empty' } } });
  let control: SqlClient;
  let second: SqlClient;
  let tenantId = '';
  const spare: string[] = [];

  beforeAll(async () => {
    control = await db.connectAsAdmin();
    second = await db.connectAsAdmin('second');
    tenantId = (await db.platform.tenancy.locate('small-company')).id;
  });
  afterAll(async () => {
    for (const name of spare) await control.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });

  const dmz = (...args: string[]) => callDmz(['instance', ...args], db.environment);
  async function json(...args: string[]) {
    const { out } = await dmz(...args, '--json');
    return JSON.parse(out);
  }
  async function emptyDatabase(name: string): Promise<string> {
    const url = new URL(db.adminUrl);
    const database = `${url.pathname.slice(1)}_${name}`;
    await control.query(`CREATE DATABASE ${database}`);
    spare.push(database);
    url.pathname = `/${database}`;
    return url.href;
  }

  describe('check', () => {
    const found = async (...args: string[]) => findingsIn(await dmz('check', ...args, '--json'));

    it('finds nothing where all is well', async () => {
      expect(await found()).toEqual([]);
    });

    it('finds a tenant that is placed on an instance which does not know it, and one that serves at two places', async () => {
      await flip({ tenantId, control, source: control, target: second, to: 'second' });
      expect(await found()).toEqual([]);
      await second.query('UPDATE public.residents SET epoch = 9');
      await control.query("UPDATE public.residents SET state = 'serving' WHERE tenant_id = $1", [tenantId]);
      expect(await found()).toMatchObject([
        { object: `main: ${tenantId}`, detail: 'it is serving here, and placed elsewhere' },
        { object: 'second: small-company', detail: 'it is placed here at epoch 2, and resides at 9' },
      ]);
      await second.query('DELETE FROM public.residents');
      await control.query("UPDATE public.residents SET state = 'departed' WHERE tenant_id = $1", [tenantId]);
      expect(await found()).toMatchObject([
        { rule: 'residents-agree-with-placements', detail: expect.stringContaining('does not know it') },
      ]);
      await flip({ tenantId, control, source: second, target: control, to: 'main', purged: true });
      expect(await found()).toEqual([]);
    });

    it('finds reference data that differs, a tenant out of its region, and an instance without an address', async () => {
      await second.query("UPDATE public.locales SET fallback_tag = NULL WHERE tag = 'de-AT'");
      const move = "UPDATE public.tenants SET region = 'us' WHERE slug = 'mid-company'";
      await expect(control.query(move)).rejects.toMatchObject({ code: 'ZD070' });
      await control.query(
        `SET session_replication_role = 'replica'; ${move}; RESET session_replication_role`,
      );
      await control.query("INSERT INTO public.instances (name, region) VALUES ('lost', 'eu')");
      expect((await found()).map(({ rule, object }) => [rule, object])).toEqual([
        ['instance-has-an-address', 'lost'],
        ['tenants-are-in-their-region', 'main: mid-company'],
        ['instance-carries-the-reference-data', 'second: reference tables'],
      ]);
      await control.query("UPDATE public.tenants SET region = 'eu' WHERE slug = 'mid-company'");
      await control.query("DELETE FROM public.instances WHERE name = 'lost'");
      await json('add', 'second', '--region', 'eu');
      expect(await found()).toEqual([]);
    });

    it('finds a version that is behind, and says what an unknown name should have been', async () => {
      const { rows } = await second.query(
        'DELETE FROM drizzle.__drizzle_migrations WHERE id = (SELECT max(id) FROM drizzle.__drizzle_migrations) RETURNING *',
      );
      expect((await dmz('check', 'second')).status).toBe(1);
      expect(await found('second')).toMatchObject([
        { rule: 'database-has-every-migration', object: expect.stringContaining('second: ') },
      ]);
      await second.query(
        'INSERT INTO drizzle.__drizzle_migrations SELECT * FROM jsonb_populate_record(null::drizzle.__drizzle_migrations, $1)',
        [JSON.stringify(rows[0])],
      );
      expect(await found()).toEqual([]);
      expectFailure(await dmz('check', 'nowhere'), 'INSTANCE_NOT_REGISTERED', 1);
    });
  });

  describe('add', () => {
    it('makes an instance of an empty database, and does nothing the second time', async () => {
      const url = await emptyDatabase('third');
      const added = await json('add', 'third', '--region', 'us', '--url', url);
      expect(added).toMatchObject({ name: 'third', region: 'us', kind: 'url' });
      expect([added.applied, added.reference].every((count) => count > 0)).toBe(true);
      expect(await json('add', 'third', '--region', 'us')).toMatchObject({ applied: 0, reference: 0 });
      expect(fs.statSync(path.join(db.environment.DMZ_HOME, 'instances.json')).mode & 0o777).toBe(0o600);
      const { rows } = await control.query(
        "SELECT region, status FROM public.instances WHERE name = 'third'",
      );
      expect(rows).toEqual([{ region: 'us', status: 'active' }]);
    });

    it.each([
      ['Third', [], 'INSTANCE_NAME_INVALID', 2],
      ['main', [], 'INSTANCE_NAME_INVALID', 2],
      ['fourth', ['--region', 'atlantis'], 'INSTANCE_REGION_UNKNOWN', 2],
      ['third', ['--region', 'eu'], 'INSTANCE_REGION_DIFFERS', 1],
      ['fourth', ['--url', 'nonsense'], 'STACK_DATABASE_URL_INVALID', 2],
      ['fourth', ['--url', 'postgresql://a:b@127.0.0.1:1/x'], 'STACK_SERVER_UNREACHABLE', 1],
    ] as const)('refuses %s %j with %s', async (name, more, code, status) => {
      const region = more.includes('--region' as never) ? [] : ['--region', 'eu'];
      expectFailure(await dmz('add', name, ...region, ...more), code, status);
    });

    it('asks for the region', async () => {
      expectFailure(await dmz('add', 'fourth'), 'CLI_OPTION_MISSING', 2);
    });

    it('leaves alone what is the platform’s own or somebody else’s, and other instances', async () => {
      const add = (name: string, url: string) => dmz('add', name, '--region', 'eu', '--url', url);
      expectFailure(await add('fourth', db.adminUrl), 'INSTANCE_IS_CONTROL', 1);
      expectFailure(await add('second', await emptyDatabase('fifth')), 'INSTANCE_NAME_TAKEN', 1);
      await second.query('INSERT INTO public.residents (tenant_id) VALUES ($1)', [tenantId]);
      const taken = db.instance('second').adminUrl;
      expectFailure(await add('fourth', taken), 'INSTANCE_DATABASE_NOT_EMPTY', 1);
      await second.query('DELETE FROM public.residents');
      const url = await emptyDatabase('foreign');
      const foreign = new pg.Client({ connectionString: url });
      await foreign.connect();
      await foreign.query('CREATE TABLE people (name text)');
      expectFailure(await add('fourth', url), 'INSTANCE_DATABASE_NOT_EMPTY', 1);
      expect((await foreign.query("SELECT to_regnamespace('dmz') AS dmz")).rows).toEqual([{ dmz: null }]);
      await foreign.end();
      expect((await json('list')).map(({ name }: { name: string }) => name)).not.toContain('fourth');
    });
  });

  describe('remove', () => {
    beforeEach(async () => void (await json('add', 'second', '--region', 'eu')));

    it('is refused while a tenant is placed there, and leaves nothing behind afterwards', async () => {
      await flip({ tenantId, control, source: control, target: second, to: 'second' });
      expectFailure(await dmz('remove', 'second'), 'INSTANCE_IN_USE', 1);
      expectFailure(await dmz('remove', 'main'), 'INSTANCE_NAME_INVALID', 2);
      await flip({ tenantId, control, source: second, target: control, to: 'main', purged: true });
      expect(await json('remove', 'second')).toEqual({ name: 'second', stopped: false, dataDir: null });
      expectFailure(await dmz('remove', 'second'), 'INSTANCE_NOT_REGISTERED', 1);
      expect((await json('list')).map(({ name }: { name: string }) => name)).not.toContain('second');
      await json('add', 'second', '--region', 'eu', '--url', db.instance('second').adminUrl);
    });
  });

  it.each([
    ['is under way to it', 'second', 'main', 'copying'],
    ['has left rows on it', 'main', 'second', 'completed'],
  ])(
    'remove is refused while a move %s, and the register keeps it for the moves that name it',
    async (_, to, from, step) => {
      await control.query(
        `INSERT INTO public.moves (tenant_id, from_tier, from_instance_id, from_epoch, to_tier, to_instance_id, step, max_pause_ms, keep_source_seconds, max_wal_bytes)
       SELECT $1, 'shared', f.id, 1, 'shared', t.id, $2, 500, 60, 1 FROM public.instances AS f, public.instances AS t WHERE f.name = $3 AND t.name = $4`,
        [tenantId, step, from, to],
      );
      const refused = await dmz('remove', 'second');
      expectFailure(refused, 'INSTANCE_IN_USE', 1);
      expect(refused.err).toContain(`a move of small-company, ${step}`);
      await control.query("UPDATE public.moves SET step = 'purged'");
      expect(await json('remove', 'second')).toMatchObject({ name: 'second' });
      expectFailure(await dmz('check', 'second'), 'INSTANCE_NOT_REGISTERED', 1);
      await json('add', 'second', '--region', 'eu', '--url', db.instance('second').adminUrl);
    },
  );

  it('list shows where each is, without a password', async () => {
    const { out } = await dmz('list', '--json');
    const { hostname, port, password, pathname } = new URL(db.adminUrl);
    expect(JSON.parse(out)).toContainEqual({
      name: 'main',
      region: 'eu',
      status: 'active',
      tenants: 3,
      kind: 'stack',
      state: 'running',
      address: `${hostname}:${port}${pathname}`,
      version: expect.any(String),
    });
    expect(out).not.toContain(password);
  });

  it('starts another server where no URL is given, which goes up and down with the stack', async () => {
    const folder = path.join(db.environment.DMZ_HOME, 'instances', 'own');
    const stack = (...args: string[]) => callDmz(['stack', ...args], db.environment);
    try {
      expect(await json('add', 'own', '--region', 'eu')).toMatchObject({ kind: 'embedded' });
      const [running] = JSON.parse((await stack('status', '--json')).out).instances.filter(
        ({ name }: { name: string }) => name === 'own',
      );
      expect(running).toMatchObject({ state: 'running', kind: 'embedded', dataDir: expect.any(String) });
      expect(running.port).not.toBe(Number(new URL(db.adminUrl).port));
      expect(await stopInstance('own', db.environment.DMZ_HOME)).toBe(true);
      expect((await stack('status')).out).toMatch(/instance +own, stopped/);
      expect((await dmz('check', 'own', '--json')).status).toBe(1);
      expect((await stack('up')).out).toMatch(/instance +own, running/);
      expect((await json('check', 'own')).findings).toEqual([]);
      expect((await stack('down')).out).toContain('Instance own stopped.');
      const removed = await json('remove', 'own', '--delete-data');
      expect(removed).toMatchObject({ name: 'own', dataDir: null });
      expect(fs.existsSync(folder)).toBe(false);
    } finally {
      await stopInstance('own', db.environment.DMZ_HOME);
      fs.rmSync(relocatedFolder(folder), { recursive: true, force: true });
    }
  }, 120_000);
});
