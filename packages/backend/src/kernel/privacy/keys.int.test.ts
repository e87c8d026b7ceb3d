/** Envelope encryption against PostgreSQL, as dmz_app, in the shared schemas and in a schema of the tenant's own. */
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { allow } from '../../../test/harness/allow.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { KeyService } from '../../../test/harness/key-service.ts';
import { schemaTenant } from '../../../test/harness/schema-tenant.ts';
import { listPlayers } from '../../modules/auth/index.ts';
import { keyStore } from '../../modules/governance/index.ts';
import { governanceTables } from '../../modules/governance/schema.ts';
import { integrationTables } from '../../modules/integration/schema.ts';
import type { Platform } from '../../platform.ts';
import { enterTenant } from '../isolation/enter-tenant.ts';
import type { TenantTx } from '../tenancy/index.ts';
import { Keys, type MasterKeys, rewrapTenant } from './index.ts';

const TENANT = 'consumers';
const OTHER = 'small-company';
/** So many people write more than once. */
const WRITERS = 10;
const refusedWith = (code: string) => expect.objectContaining({ code });

describe('keys', () => {
  const db = useDatabase();
  const service = new KeyService();
  let platform: Platform;
  let people: string[];
  beforeAll(async () => {
    platform = db.open({ masterKeys: service });
    await allow(db, ['INSERT ON governance.consents', 'INSERT ON integration.webhook_subscriptions']);
    people = await playersOf(TENANT, 60);
  });

  const run = <Result>(work: (tx: TenantTx) => Promise<Result>, tenant = TENANT) =>
    platform.tenancy.run(tenant, work);
  const playersOf = (tenant: string, n: number) =>
    run(async (tx) => (await listPlayers(tx, n)).map(({ id }) => id), tenant);
  /** With nothing in memory, as another program has it. */
  const freshKeys = (master: MasterKeys = service) => new Keys({ master, store: keyStore });
  let used = 0;
  /** Somebody of whom nothing is written yet. */
  const somebody = () => people[WRITERS + used++]!;

  /** Writes what a person was seen from, which is free text to us. @returns the row's id */
  async function write(tx: TenantTx, userId: string, ipAddress: string, userAgent: string | null = null) {
    const { consents } = governanceTables(tx);
    const id = uuidv7();
    const { columns } = await platform.keys.sealForPerson(tx, userId, consents, id, { ipAddress, userAgent });
    const notice = { noticeVersion: '1', noticeSha256: 'a'.repeat(64), localeTag: 'en', channel: 'prompt' };
    const given = { purpose: 'research', decision: 'given', decidedAt: tx.now } as const;
    await tx
      .insert(consents)
      .values({ tenantId: tx.tenantId, id, userId, ...given, ...notice, channel: 'prompt', ...columns });
    return id;
  }

  async function read(tx: TenantTx, ids: readonly string[], keys = platform.keys) {
    const { consents } = governanceTables(tx);
    const rows = await tx.select().from(consents);
    const opened = await keys.open(
      tx,
      consents,
      rows.filter(({ id }) => ids.includes(id)),
    );
    return ids.map((id) => opened.find((row) => row.id === id)!);
  }

  it('give back every text, and keep none of it in the database', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => !text.includes('\0')),
          { minLength: 1, maxLength: 8 },
        ),
        async (texts) => {
          await run(async (tx) => {
            const ids: string[] = [];
            for (const [at, text] of texts.entries()) ids.push(await write(tx, people[at]!, text));
            const rows = await read(tx, ids);
            expect(rows.map(({ ipAddress }) => ipAddress?.text)).toEqual(texts);
            expect(rows.every(({ userAgent }) => userAgent === null)).toBe(true);
          });
        },
      ),
      { numRuns: 40 },
    );
    const million = '𝒳é '.repeat(150_000);
    const id = await run((tx) => write(tx, somebody(), million, ''));
    const [row] = await run((tx) => read(tx, [id], freshKeys()));
    expect(row?.ipAddress?.text === million).toBe(true);
    expect(row?.userAgent).toEqual({ text: '', forgottenAt: null });
    const admin = await db.connectAsAdmin();
    const { rows } = await admin.query("SELECT FROM governance.consents AS c WHERE c::text LIKE '%𝒳%'");
    expect(rows).toEqual([]);
  });

  it('refuse half of a surrogate pair instead of changing it', async () => {
    const half = run((tx) => write(tx, somebody(), 'x\ud800'));
    await expect(half).rejects.toThrowError(refusedWith('VALUE_REFUSED'));
  });

  it('leave in JSON what somebody wrote to look encrypted', async () => {
    const cell = { id: uuidv7(), column: 'channel' };
    const written = {
      'no more than a beginning': 'dmz:1:person:',
      'of another version': 'dmz:9:person:a:b',
      'of a key that nobody has': `dmz:1:person:${uuidv7()}:${'A'.repeat(60)}`,
      ['__proto__']: 'dmz:1:person:',
    };
    const opened = await run(async (tx) => {
      const { consents } = governanceTables(tx);
      const sealed = await platform.keys.sealInto(tx, somebody(), consents, cell, { said: 'so' });
      return platform.keys.openIn(tx, consents, cell, { ...written, ...sealed });
    });
    expect(opened).toEqual({ ...written, said: { text: 'so', forgottenAt: null } });
  });

  it('work the same in a schema of the tenant’s own', async () => {
    const { slug, schema } = await schemaTenant({ adminUrl: db.adminUrl, platform }, 'own-keys');
    await allow(db, [`INSERT ON ${schema}.governance_consents`], { role: `dmz_${schema}` });
    const [person] = await playersOf(slug, 1);
    const id = await run((tx) => write(tx, person!, 'here'), slug);
    const [row] = await run((tx) => read(tx, [id], freshKeys()), slug);
    expect(row?.ipAddress?.text).toBe('here');
    expect(await run((tx) => platform.keys.forget(tx, person!), slug)).toBe(1);
    const [gone] = await run((tx) => read(tx, [id]), slug);
    expect(gone?.ipAddress).toEqual({ text: null, forgottenAt: expect.any(Date) });
  });

  it('make one key for a person and one for a tenant, also when many write at once', async () => {
    const person = somebody();
    const before = await run((tx) => keyStore.tenantKeys(tx), OTHER);
    expect(before).toEqual([]);
    const [stranger] = await playersOf(OTHER, 1);
    await Promise.all(
      Array.from({ length: 20 }, () => [
        run((tx) => write(tx, person, 'at once')),
        run((tx) => write(tx, stranger!, 'at once'), OTHER),
      ]).flat(),
    );
    expect(await run((tx) => keyStore.subjectKeysOf(tx, person))).toHaveLength(1);
    expect(await run((tx) => keyStore.tenantKeys(tx), OTHER)).toHaveLength(1);
  });

  describe('refuse a ciphertext', () => {
    const put = async (id: string, column: string, value: string) => {
      const admin = await db.connectAsAdmin();
      await admin.query('SET session_replication_role = replica');
      await admin.query(`UPDATE governance.consents SET ${column} = $2 WHERE id = $1`, [id, value]);
    };
    const stored = async (id: string): Promise<string> => {
      const admin = await db.connectAsAdmin();
      const { rows } = await admin.query('SELECT ip_address FROM governance.consents WHERE id = $1', [id]);
      return rows[0].ip_address;
    };
    const opening = (id: string) => run((tx) => read(tx, [id]));

    it('of another row or column, of the same person', async () => {
      const person = somebody();
      const [one, other] = await run(async (tx) => [
        await write(tx, person, 'one'),
        await write(tx, person, 'other', 'agent'),
      ]);
      await put(other!, 'user_agent', await stored(other!));
      await expect(opening(other!)).rejects.toThrowError(refusedWith('KEYS_CIPHERTEXT_ALTERED'));
      await put(one!, 'ip_address', await stored(other!));
      await expect(opening(one!)).rejects.toThrowError(refusedWith('KEYS_CIPHERTEXT_ALTERED'));
    });

    it('that was changed', async () => {
      const id = await run((tx) => write(tx, somebody(), 'one'));
      const value = await stored(id);
      await put(id, 'ip_address', `${value.slice(0, -8)}AAAAAAAA`);
      await expect(opening(id)).rejects.toThrowError(refusedWith('KEYS_CIPHERTEXT_ALTERED'));
    });

    it('of another tenant, whose keys are not there', async () => {
      const [stranger] = await playersOf(OTHER, 1);
      const theirs = await run((tx) => write(tx, stranger!, 'theirs'), OTHER);
      const id = await run((tx) => write(tx, somebody(), 'mine'));
      await put(id, 'ip_address', await stored(theirs));
      await expect(opening(id)).rejects.toThrowError(refusedWith('KEYS_KEY_UNKNOWN'));
      // And with the other's key stolen too: it was wrapped for its tenant.
      const admin = await db.connectAsAdmin();
      await admin.query('SET session_replication_role = replica');
      const { id: mine } = await platform.tenancy.locate(TENANT);
      const { id: other } = await platform.tenancy.locate(OTHER);
      await admin.query(
        `INSERT INTO governance.tenant_keys (tenant_id, id, generation, wrapped_key_ciphertext, master_key_id)
         SELECT $1, id, 90 + generation, wrapped_key_ciphertext, master_key_id FROM governance.tenant_keys WHERE tenant_id = $2`,
        [mine, other],
      );
      await admin.query(
        `INSERT INTO governance.subject_keys (tenant_id, id, user_id, wrapped_key_ciphertext, wrapping_key_id)
         SELECT $1, id, user_id, wrapped_key_ciphertext, wrapping_key_id FROM governance.subject_keys WHERE tenant_id = $2`,
        [mine, other],
      );
      await expect(opening(id)).rejects.toThrowError(refusedWith('KEYS_MASTER_WRONG'));
      await admin.query('DELETE FROM governance.tenant_keys WHERE tenant_id = $1 AND generation > 90', [
        mine,
      ]);
      await admin.query(
        'DELETE FROM governance.subject_keys WHERE tenant_id = $1 AND user_id IN (SELECT id FROM auth.users WHERE tenant_id = $2)',
        [mine, other],
      );
    });

    it('in plain text, which the database does not take in the first place', async () => {
      const app = await db.connectAsApp();
      const { id } = await platform.tenancy.locate(TENANT);
      await app.query('BEGIN');
      await enterTenant(app, id);
      const plain = app.query(
        `INSERT INTO integration.webhook_subscriptions (tenant_id, name, url, secret_ciphertext, key_reference)
         VALUES ($1, 'plain', 'https://hook.example', 'whsec_c2VjcmV0', 'none')`,
        [id],
      );
      await expect(plain).rejects.toThrowError(
        expect.objectContaining({
          code: '23514',
          constraint: 'webhook_subscriptions_secret_ciphertext_encrypted_check',
        }),
      );
      await app.query('ROLLBACK');
    });
  });

  describe('of a person, once destroyed,', () => {
    it('open nothing any more, in any program, and nothing is written for them again', async () => {
      const person = somebody();
      const neighbour = somebody();
      const another = freshKeys();
      const [id, kept] = await run(async (tx) => [
        await write(tx, person, 'secret', 'agent'),
        await write(tx, neighbour, 'kept'),
      ]);
      await run((tx) => read(tx, [id!], another)); // whatever it has in memory, it has now
      expect(await run((tx) => platform.keys.forget(tx, person))).toBe(1);
      for (const keys of [platform.keys, another, freshKeys()]) {
        const [gone, other] = await run((tx) => read(tx, [id!, kept!], keys));
        expect(gone?.ipAddress).toEqual({ text: null, forgottenAt: expect.any(Date) });
        expect(gone?.userAgent).toEqual({ text: null, forgottenAt: expect.any(Date) });
        expect(other?.ipAddress?.text).toBe('kept');
      }
      await expect(run((tx) => write(tx, person, 'again'))).rejects.toThrowError(
        refusedWith('KEYS_PERSON_FORGOTTEN'),
      );
      expect(await run((tx) => platform.keys.forget(tx, person))).toBe(0);
    });

    it('are not made by who writes first after the person, who never wrote, was forgotten', async () => {
      const silent = somebody();
      expect(await run((tx) => platform.keys.forget(tx, silent))).toBe(0);
      const late = run((tx) => write(tx, silent, 'late'));
      await expect(late).rejects.toThrowError(refusedWith('KEYS_PERSON_FORGOTTEN'));
    });

    it('stay destroyed while keys are wrapped anew', async () => {
      const person = somebody();
      const id = await run((tx) => write(tx, person, 'gone'));
      await run((tx) => platform.keys.tenantKeys.rotate(tx));
      // Read by the one who wraps anew, destroyed by another, then written by the first.
      await run(async (tx) => {
        const [stale] = await keyStore.subjectKeysOf(tx, person);
        await run((other) => platform.keys.forget(other, person));
        const from = stale!.wrappedKeyCiphertext!;
        const change = { id: stale!.id, from, to: from, wrappingKeyId: stale!.wrappingKeyId };
        expect(await keyStore.rewrapSubjectKeys(tx, [change])).toBe(0);
      });
      const [row] = await run((tx) => read(tx, [id]));
      expect(row?.ipAddress?.text).toBeNull();
    });
  });

  it('rotate without touching what was encrypted, and open it before, during and after', async () => {
    const person = somebody();
    const ciphertexts = async () => {
      const admin = await db.connectAsAdmin();
      return (await admin.query('SELECT id, ip_address, user_agent FROM governance.consents ORDER BY id'))
        .rows;
    };
    const old = await run((tx) => write(tx, person, 'old'));
    const before = await ciphertexts();
    const retired = await service.currentKeyId();
    const master = service.rotate();
    const { generation } = await run((tx) => platform.keys.tenantKeys.rotate(tx));
    const during = await run((tx) => write(tx, somebody(), 'during'));
    const texts = async () =>
      (await run((tx) => read(tx, [old, during], freshKeys()))).map(({ ipAddress }) => ipAddress?.text);
    expect(await texts()).toEqual(['old', 'during']);
    const { tenantKeys, subjectKeys } = await rewrapTenant(platform.tenancy, platform.keys, TENANT);
    expect([tenantKeys, subjectKeys > 1]).toEqual([generation - 1, true]);
    expect(await rewrapTenant(platform.tenancy, platform.keys, TENANT)).toEqual({
      tenantKeys: 0,
      subjectKeys: 0,
    });
    expect(await texts()).toEqual(['old', 'during']);
    expect((await ciphertexts()).filter(({ id }) => id !== during)).toEqual(before);
    // Nothing of this tenant needs the former master key any more.
    const keys = await run((tx) => keyStore.tenantKeys(tx));
    expect(new Set(keys.map(({ masterKeyId }) => masterKeyId))).toEqual(new Set([master]));
    service.lose(retired);
    expect(await texts()).toEqual(['old', 'during']);
  });

  it('of a tenant are asked of their keeper once a minute at most, whoever reads', async () => {
    const keys = freshKeys();
    const id = await run((tx) => write(tx, somebody(), 'x'));
    const before = service.unwrapped;
    await Promise.all(Array.from({ length: 30 }, () => run((tx) => read(tx, [id], keys))));
    expect(service.unwrapped - before).toBe(1);
    const { id: tenantId } = await platform.tenancy.locate(TENANT);
    keys.tenantKeys.drop(tenantId);
    expect(keys.tenantKeys.cached).toBe(0);
  });

  it('encrypt secrets for their own row', async () => {
    const secret = 'whsec_öß😀';
    const [id, ciphertext] = await run(async (tx) => {
      const { webhookSubscriptions: hooks } = integrationTables(tx);
      const hook = uuidv7();
      const { keyId, columns } = await platform.keys.sealForTenant(tx, hooks, hook, {
        secretCiphertext: secret,
      });
      const row = { tenantId: tx.tenantId, id: hook, name: 'audit', url: 'https://hook.example' };
      await tx.insert(hooks).values({ ...row, keyReference: keyId ?? '', ...columns });
      return [hook, columns.secretCiphertext];
    });
    const opened = await run(async (tx) => {
      const { webhookSubscriptions: hooks } = integrationTables(tx);
      const rows = await tx.select().from(hooks);
      return (await freshKeys().open(tx, hooks, rows)).find((row) => row.id === id);
    });
    expect(opened?.secretCiphertext).toEqual({ text: secret, forgottenAt: null });
    const elsewhere = run((tx) =>
      platform.keys.open(tx, integrationTables(tx).webhookSubscriptions, [
        { id: uuidv7(), secretCiphertext: ciphertext },
      ]),
    );
    await expect(elsewhere).rejects.toThrowError(refusedWith('KEYS_CIPHERTEXT_ALTERED'));
  });

  it('that the keeper has lost, or another keeper answers for, open nothing and stay as they are', async () => {
    const id = await run((tx) => write(tx, somebody(), 'x'));
    const state = () =>
      run(async (tx) => [await keyStore.tenantKeys(tx), await keyStore.subjectKeysAfter(tx, null, 100)]);
    const before = await state();
    const stranger = new KeyService();
    stranger.rotate();
    for (const [master, code] of [
      [new KeyService('region-2'), 'KEYS_MASTER_UNKNOWN'],
      [stranger, 'KEYS_MASTER_WRONG'],
    ] as const) {
      const keys = freshKeys(master);
      const expected = refusedWith(code);
      await expect(run((tx) => read(tx, [id], keys))).rejects.toThrowError(expected);
      await expect(run((tx) => keys.tenantKeys.rotate(tx))).rejects.toThrowError(expected);
      master.rotate();
      await expect(rewrapTenant(platform.tenancy, keys, TENANT)).rejects.toThrowError(expected);
      const { consents } = governanceTables.canonical;
      const writing = run((tx) => keys.sealForPerson(tx, somebody(), consents, uuidv7(), { ipAddress: 'x' }));
      await expect(writing).rejects.toThrowError(expected);
    }
    expect(await state()).toEqual(before);
    const [row] = await run((tx) => read(tx, [id], freshKeys()));
    expect(row?.ipAddress?.text).toBe('x');
  });
});
