/** The commands over a fleet of two instances and two schemas of tenants' own: what they print, and how they end. */
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { tenantSchema } from '../../src/kernel/db/index.ts';
import { forgetAddress, keepAddress } from '../../src/kernel/instances/index.ts';
import { createSchemaPlacement } from '../../src/kernel/schema-tier/index.ts';
import { useDatabase } from '../harness/database.ts';
import { olderSchema } from '../harness/older-schema.ts';
import { callDmz, expectFailure } from '../harness/run-dmz.ts';

const HEADS = 'game_advance_session_heads()';

describe('dmz migrate', { timeout: 60_000 }, () => {
  const db = useDatabase({ instances: { second: { from: 'empty' } } });
  let admin: pg.Client;
  let total = 0;
  const dmz = (...args: string[]) => callDmz(['migrate', ...args], db.environment);
  const json = async (...args: string[]) => JSON.parse((await dmz(...args, '--json')).out);

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    for (const slug of ['lagging-one', 'lagging-two']) await createSchemaPlacement(db.adminUrl, slug);
    const { rows } = await admin.query('SELECT count(*)::int AS total FROM drizzle.__drizzle_migrations');
    total = rows[0].total;
  });

  /** Both schemas as they were before 0025, which says again what is so already. */
  async function lag(): Promise<void> {
    for (const slug of ['lagging-one', 'lagging-two']) {
      await admin.query(`DROP SCHEMA ${tenantSchema(slug)} CASCADE`);
      await olderSchema(admin, slug, '0024');
    }
  }

  it('says that every placement has everything', async () => {
    const at = { applied: total, pending: 0, failed: 0, failure: null, pendingFiles: [] };
    expect(await json('status')).toMatchObject([
      { instance: 'main', schema: null, ...at },
      { instance: 'main', schema: 'tenant_lagging_one', ...at },
      { instance: 'main', schema: 'tenant_lagging_two', ...at },
      { instance: 'second', schema: null, ...at },
    ]);
    expect(await dmz('plan')).toMatchObject({ status: 0, out: expect.stringMatching(/^Nothing is pending/) });
    expect(await json('verify')).toMatchObject({ checked: 5, findings: [] });
  });

  it('plans with the names of each placement, and runs nothing', async () => {
    await lag();
    const [first] = await json('plan');
    expect(first).toMatchObject({
      file: '0025_keep_heads_by_key',
      runs: [
        {
          placements: [
            { instance: 'main', schema: 'tenant_lagging_one' },
            { instance: 'main', schema: 'tenant_lagging_two' },
          ],
        },
      ],
    });
    expect(first.runs[0].statements[0]).toMatchObject({
      sql: expect.stringMatching(/tenant_lagging_one\.game_/),
      locks: [],
    });
    const { status, out } = await dmz('plan');
    expect(status).toBe(0);
    expect(out).toMatch(
      /0025_keep_heads_by_key .*in one transaction\n {2}on main tenant_lagging_one, main tenant_lagging_two\n/,
    );
    expect((await json('verify')).findings).toContainEqual(
      expect.objectContaining({ object: 'main: tenant_lagging_one', remedy: 'pnpm db:migrate' }),
    );
  });

  it('stops at a failure, shows where, and goes on when it is mended', async () => {
    await lag();
    await admin.query(`ALTER FUNCTION tenant_lagging_one.${HEADS} RENAME TO elsewhere`);
    const failed = await dmz('up', '--jobs', '1');
    expect(failed).toMatchObject({ status: 1, out: '' });
    expect(failed.err).toMatch(
      /^applying 0025_keep_heads_by_key at tenant_lagging_one\nMIGRATION_FAILED {2}/,
    );
    expect(failed.err).toMatch(
      /schema tenant_lagging_one: 0025_keep_heads_by_key, statement 1 of \d+: 42883 /,
    );
    const status = await dmz('status');
    expect(status.status).toBe(1);
    expect(status.out).toMatch(/tenant_lagging_one .* 42883 0025_keep_heads_by_key statement 1/);
    await admin.query(`ALTER FUNCTION tenant_lagging_one.elsewhere() RENAME TO ${HEADS.slice(0, -2)}`);
    const { applied, placements } = await json('up', '--jobs', '2', '--resume');
    expect(applied).toEqual([]);
    expect(placements.map(({ schema }: { schema: string }) => schema)).toEqual([
      'tenant_lagging_one',
      'tenant_lagging_two',
    ]);
    expect((await dmz('status')).status).toBe(0);
  });

  it('shows an instance that is away among the others, and migrates nothing past it', async () => {
    const { DMZ_HOME } = db.environment;
    await keepAddress(
      { name: 'gone', kind: 'url', adminUrl: 'postgresql://nobody@127.0.0.1:1/none' },
      DMZ_HOME,
    );
    try {
      const states = await json('status');
      expect(states).toHaveLength(5);
      expect(states).toContainEqual(
        expect.objectContaining({ instance: 'gone', schema: null, applied: 0, failed: 1 }),
      );
      expect((await dmz('status')).status).toBe(1);
      expect(await dmz('up')).toMatchObject({ status: 1, out: '' });
    } finally {
      await forgetAddress('gone', DMZ_HOME);
    }
  });

  it('ends with 2 for what it cannot read, and explains itself', async () => {
    expectFailure(await dmz('up', '--jobs', '0'), 'CLI_OPTION_INVALID', 2);
    expectFailure(await dmz('sideways'), 'CLI_USAGE', 2);
    for (const command of ['plan', 'up', 'status', 'verify', 'reported']) {
      const { status, out } = await dmz(command, '--help');
      expect(status).toBe(0);
      expect(out).toMatch(/--json[\s\S]*Examples?:/);
    }
  });
});
