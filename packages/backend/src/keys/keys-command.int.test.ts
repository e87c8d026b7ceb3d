/** `dmz keys`: lists, rotates, goes on after a kill, and finds what does not open. */
import { chmodSync, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlClient } from '../../test/harness/by-hand.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { callDmz, expectFailure } from '../../test/harness/run-dmz.ts';
import { killAt } from '../../test/harness/stalled-command.ts';
import type { Ciphertext } from '../kernel/db/index.ts';
import { FileMasterKeys, Keys } from '../kernel/privacy/index.ts';
import { listPlayers } from '../modules/auth/index.ts';
import { keyStore } from '../modules/governance/index.ts';
import { governanceTables } from '../modules/governance/schema.ts';
import type { Platform } from '../platform.ts';

const TENANT = 'consumers';
const PEOPLE = 30;

describe('dmz keys', () => {
  const db = useDatabase();
  let admin: SqlClient;
  let platform: Platform;
  let folder: string;
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    folder = path.join(db.environment.DMZ_HOME, 'master-keys');
    const created = await callDmz(['keys', 'create', '--json'], {
      ...db.environment,
      DMZ_MASTER_KEYS: folder,
    });
    expect(JSON.parse(created.out)).toMatchObject({ created: true });
    platform = db.open({ masterKeys: new FileMasterKeys(folder) });
    await seal();
  });

  const dmz = (...args: string[]) => callDmz(['keys', ...args], db.environment);
  const answerOf = async (...args: string[]) => JSON.parse((await dmz(...args, '--json')).out);

  /** The texts that were sealed, each under its own person's key. */
  let sealed: readonly { readonly id: string; readonly ipAddress: Ciphertext | null }[] = [];
  async function seal(): Promise<void> {
    sealed = await platform.tenancy.run(TENANT, async (tx) => {
      const { consents } = governanceTables(tx);
      const people = await listPlayers(tx, PEOPLE);
      return Promise.all(
        people.map(async ({ id: person }) => {
          const id = uuidv7();
          const { columns } = await platform.keys.sealForPerson(tx, person, consents, id, {
            ipAddress: person,
          });
          return { id, ...columns };
        }),
      );
    });
  }
  const readable = () =>
    platform.tenancy.run(TENANT, async (tx) => {
      const keys = new Keys({ master: new FileMasterKeys(folder), store: keyStore });
      const rows = await keys.open(tx, governanceTables(tx).consents, sealed);
      return rows.filter(({ ipAddress }) => ipAddress?.text).length;
    });

  it('lists master keys and those of tenants, and no key itself', async () => {
    const { out } = await dmz('list', '--tenant', TENANT, '--json');
    const listed = JSON.parse(out);
    expect(listed.masterKeys).toMatchObject([{ number: 1, current: true, tenantKeys: 1 }]);
    expect(listed.tenants).toMatchObject([
      { tenant: TENANT, destroyed: 0, keys: [{ generation: 1, subjectKeys: PEOPLE }] },
    ]);
    expect(out).not.toContain('dmz:1:');
    expect((await dmz('list')).out).toContain(listed.masterKeys[0].id);
  });

  it('rotates a tenant’s key, and goes on after it was killed half-way', async () => {
    const wrapped = async () =>
      (
        await admin.query(
          'SELECT id, wrapping_key_id, wrapped_key_ciphertext FROM governance.subject_keys ORDER BY id',
        )
      ).rows;
    const before = await wrapped();
    // The last of the batch: all of it is done and none of it committed when the program is gone.
    const at = {
      table: 'governance.subject_keys',
      event: 'UPDATE',
      when: `OLD.id = '${before.at(-1).id}'`,
    } as const;
    await killAt(admin, at, ['keys', 'rotate', '--tenant', TENANT], db.environment);
    expect(await wrapped()).toEqual(before);
    expect(await readable()).toBe(PEOPLE);
    const check = await answerOf('check', '--tenant', TENANT);
    expect(check.checked).toBe(PEOPLE + 2);
    expect(check.findings).toHaveLength(PEOPLE);
    expect(check.findings[0]).toMatchObject({
      rule: 'wrapped-by-the-present-key',
      remedy: 'pnpm dmz keys rewrap',
    });

    expect(await answerOf('rewrap', '--tenant', TENANT)).toMatchObject({
      tenants: [{ tenant: TENANT, tenantKeys: 0, subjectKeys: PEOPLE }],
    });
    expect(await answerOf('rewrap')).toMatchObject({ tenants: [] });
    expect((await dmz('check')).status).toBe(0);
    expect(new Set((await wrapped()).map(({ wrapping_key_id: id }) => id)).size).toBe(1);
    expect(await readable()).toBe(PEOPLE);
    const { rows } = await admin.query(
      "SELECT details FROM admin.audit_log WHERE action = 'governance.tenant_key.rotated'",
    );
    expect(rows).toEqual([{ details: { generation: 2 } }]);
  });

  it('rotates the master key, and goes on after it was killed', async () => {
    const masters = async () =>
      (await admin.query('SELECT DISTINCT master_key_id AS id FROM governance.tenant_keys')).rows.map(
        ({ id }) => id,
      );
    const before = await masters();
    const at = { table: 'governance.tenant_keys', event: 'UPDATE' } as const;
    await killAt(admin, at, ['keys', 'rotate', '--master'], db.environment);
    expect(await masters()).toEqual(before);
    expect(readdirSync(folder)).toHaveLength(2);
    expect(await readable()).toBe(PEOPLE);
    expect((await dmz('check')).status).toBe(1);
    expect(await answerOf('rewrap')).toMatchObject({ tenants: [{ tenantKeys: 2, subjectKeys: 0 }] });
    const [present] = (await answerOf('list')).masterKeys.filter(
      (each: { current: boolean }) => each.current,
    );
    expect([await masters(), present.tenantKeys]).toEqual([[present.id], 2]);
    expect(await readable()).toBe(PEOPLE);
  });

  it('names what a lost or exposed master key keeps shut, changes nothing, and reads again when it is back', async () => {
    const newest = readdirSync(folder).sort().at(-1)!;
    const away = path.join(db.environment.DMZ_HOME, newest);
    renameSync(path.join(folder, newest), away);
    const lost = await answerOf('check');
    expect(lost.findings).toHaveLength(2); // the keys of the tenant, and not each person's
    expect(lost.findings[0]).toMatchObject({
      rule: 'key-opens',
      detail: expect.stringMatching(/^KEYS_MASTER_UNKNOWN /),
      remedy: expect.stringContaining('restore that master key'),
    });
    expectFailure(await dmz('rotate', '--tenant', TENANT), 'KEYS_MASTER_UNKNOWN', 1);
    renameSync(away, path.join(folder, newest));
    chmodSync(path.join(folder, newest), 0o644);
    expectFailure(await dmz('rewrap', '--tenant', TENANT), 'KEYS_MASTER_EXPOSED', 1);
    expectFailure(await dmz('rotate', '--tenant', TENANT), 'KEYS_MASTER_EXPOSED', 1);
    chmodSync(path.join(folder, newest), 0o600);
    expect((await dmz('check')).status).toBe(0);
    expect(await readable()).toBe(PEOPLE);
  });

  it('names what was damaged in the database', async () => {
    const { rows } = await admin.query(
      `UPDATE governance.subject_keys SET wrapped_key_ciphertext = other.wrapped_key_ciphertext
       FROM (SELECT wrapped_key_ciphertext FROM governance.subject_keys ORDER BY id LIMIT 1) AS other
       WHERE id = (SELECT max(id::text)::uuid FROM governance.subject_keys) RETURNING id`,
    );
    const { findings } = await answerOf('check', '--tenant', TENANT);
    expect(findings).toMatchObject([
      { object: `${TENANT}: subject key ${rows[0].id}`, detail: expect.stringMatching(/^KEYS_KEY_ALTERED /) },
    ]);
  });

  it('asks which key to rotate', async () => {
    expectFailure(await dmz('rotate'), 'CLI_OPTION_MISSING', 2);
    expectFailure(await dmz('rotate', '--master', '--tenant', TENANT), 'CLI_OPTION_MISSING', 2);
  });
});
