/** After an erasure nothing of the person is anywhere, everything of others is as it was, and what was proven still is. */
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportAndVerify, useFolder } from '../../test/harness/audit-log.ts';
import { addCanaryPerson, type CanaryPerson, fillTenant, placed } from '../../test/harness/canaries.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { callDmz, expectFailure } from '../../test/harness/run-dmz.ts';
import { schemaTenant } from '../../test/harness/schema-tenant.ts';
import { killAt, type StallPoint } from '../../test/harness/stalled-command.ts';
import { allText, rowsOfOthers } from '../../test/harness/whole-database.ts';
import { MODULE_SCHEMAS, type Place } from '../kernel/isolation/tenant-tables.ts';
import { FileMasterKeys } from '../kernel/privacy/index.ts';
import { isSignedBy } from '../kernel/signing/index.ts';
import { recordAudit, sealAuditDetails } from '../modules/admin/index.ts';
import { pseudonymsOf } from '../modules/governance/index.ts';
import type { Platform } from '../platform.ts';

const TENANT = 'small-company';
const REASON = ['--reason', 'request 17 of the register'];

describe('erasing a person', () => {
  const db = useDatabase();
  const folder = useFolder();
  let admin: pg.Client;
  let platform: Platform;
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    // Commands find the keys of their home.
    const masterKeys = new FileMasterKeys(path.join(db.environment.DMZ_HOME, 'master-keys'));
    masterKeys.rotate();
    platform = db.open({ masterKeys });
    await fillTenant({ admin, platform, tenant: TENANT });
  }, 120_000);

  const privacy = (...args: string[]) => callDmz(['privacy', ...args], db.environment);
  async function answer(...args: string[]) {
    const { out, err } = await privacy(...args, '--json');
    if (out === '') throw new Error(err);
    return JSON.parse(out);
  }
  const publicKey = () =>
    createPublicKey(readFileSync(path.join(db.environment.DMZ_HOME, 'signing-key.pem'), 'utf8'));
  const someone = (tenant: string, place?: Place) =>
    addCanaryPerson({ admin, platform, tenant, ...(place ? { place } : {}) });
  const tellsOf = async ({ canaries }: CanaryPerson) => {
    const text = await allText(admin);
    return canaries
      .filter(({ telling, text: value }) => telling && text.includes(value))
      .map(({ table, column }) => `${table}.${column}`);
  };
  /** What the person has written, as far as a key still opens it. */
  const opensTexts = (tenant: string, { userId }: CanaryPerson) =>
    platform.tenancy.run(tenant, async (tx) => {
      const keys = await platform.keys.store.subjectKeysOf(tx, userId);
      return keys
        .filter(({ wrappedKeyCiphertext }) => wrappedKeyCiphertext !== null)
        .map(({ keeps }) => keeps);
    });

  describe.each([
    ['shared', TENANT, MODULE_SCHEMAS],
    ['schema', 'in-schema', { schema: 'tenant_in_schema', role: 'dmz_tenant_in_schema' }],
  ])('at tier %s', (tier, tenant, place) => {
    let person: CanaryPerson;
    let other: CanaryPerson;
    let others: Readonly<Record<string, string>>;
    let sessionId: string;
    beforeAll(async () => {
      if (tier === 'schema') {
        await schemaTenant({ adminUrl: db.adminUrl, platform }, tenant);
        await fillTenant({ admin, platform, tenant, place });
      }
      person = await someone(tenant, place);
      other = await someone(tenant, place);
      ({ sessionId } = await platform.game.start(tenant, {
        actionId: uuidv7(),
        playerId: person.userId,
        seed: 7,
        days: 3,
      }));
      await platform.tenancy.run(tenant, async (tx) => {
        const sealed = await sealAuditDetails(tx, platform.keys, person.userId, {
          note: 'Canary of an entry',
        });
        const { id, details } = sealed;
        await recordAudit(tx, { id, actor: { kind: 'program' }, action: 'admin.test.noted', details });
      });
      await admin.query(
        `INSERT INTO ${placed('integration.jobs', place)} (tenant_id, name, payload, user_id, due_at)
         SELECT tenant_id, 'notifications', '{"note": "Canary of a job"}', id, now() + interval '1 day' FROM ${placed('auth.users', place)} WHERE id = $1`,
        [person.userId],
      );
      others = await rowsOfOthers(admin, { rows: [...person.rows, sessionId] });
    }, 120_000);

    it('shows before what it would do, and does nothing', async () => {
      const { parts, status } = await answer(
        'erase',
        '--tenant',
        tenant,
        '--user',
        person.email,
        '--dry-run',
      );
      expect(status).toBe('planned');
      expect(parts.length).toBeGreaterThan(40);
      expect(parts).toContainEqual({
        table: 'auth.sessions',
        action: 'delete_rows',
        columns: [],
        rows: 1,
        purposes: expect.arrayContaining(['showing a person where they are signed in']),
        postponed: null,
      });
      expect(await rowsOfOthers(admin, { rows: [...person.rows, sessionId] })).toEqual(others);
    });

    it('leaves none of what stood in any declared column, and nothing of others otherwise than it was', async () => {
      const signed = await callDmz(['audit', 'checkpoint', tenant, '--out', folder], db.environment);
      expect(signed.status, signed.err).toBe(0);
      const planned = await answer('erase', '--tenant', tenant, '--user', person.email, '--dry-run');
      expect((await tellsOf(person)).length).toBeGreaterThan(70);
      const erased = await answer('erase', '--tenant', tenant, '--user', person.email, ...REASON);
      expect(erased).toMatchObject({ status: 'erased', parts: planned.parts });
      expect(await tellsOf(person)).toEqual([]);
      expect(await allText(admin)).not.toMatch(/Canary of (an entry|a job)/);
      expect(await opensTexts(tenant, person)).toEqual([]);
      expect(await rowsOfOthers(admin, { rows: [...person.rows, sessionId] })).toEqual(others);
      expect((await opensTexts(tenant, other)).toSorted()).toEqual(['evidence', 'ordinary']);
    });

    it('certifies what it did, by a signature that names nobody', async () => {
      const { certificate } = await answer('erase', '--tenant', tenant, '--user', person.userId, ...REASON);
      const { document } = certificate;
      expect(isSignedBy(document, certificate, publicKey())).toBe(true);
      expect(document).toMatchObject({ reason: REASON[1], keysDestroyed: 2 });
      expect(JSON.stringify(document)).not.toContain(person.userId);
      const { rows } = await admin.query(
        `SELECT count(*)::int AS n FROM ${placed('governance.pseudonyms', place)} WHERE pseudonym_id = $1`,
        [document.pseudonymId],
      );
      expect(rows).toEqual([{ n: 0 }]);
    });

    it('finds nothing to do the second time', async () => {
      const before = await rowsOfOthers(admin, { rows: [] });
      const again = await answer('erase', '--tenant', tenant, '--user', person.userId, ...REASON);
      expect(again).toMatchObject({ status: 'erased', parts: [] });
      expect(await rowsOfOthers(admin, { rows: [] })).toEqual(before);
    });

    it('leaves the audit log, its checkpoints and every replay as they verify', async () => {
      expect(await exportAndVerify(platform, tenant, folder)).toEqual([]);
      const replayed = await callDmz(['session', 'replay', sessionId, '--verify', '--json'], db.environment);
      expect(JSON.parse(replayed.out)).toMatchObject({ sessions: 1, mismatches: [] });
    });

    it('gives whoever was forgotten no name again, nor a key', async () => {
      const { tenancy, keys } = platform;
      const named = () =>
        tenancy.run(tenant, async (tx) =>
          (await pseudonymsOf(tx, [person.userId], 'analytics'))(person.userId),
        );
      expect(await named()).not.toBe(await named());
      const sealing = tenancy.run(tenant, (tx) =>
        sealAuditDetails(tx, keys, person.userId, { note: 'again' }),
      );
      await expect(sealing).rejects.toMatchObject({ code: 'KEYS_PERSON_FORGOTTEN' });
    });
  });

  it('is told of a column that the catalogue leaves out', async () => {
    const person = await someone(TENANT);
    await admin.query('ALTER TABLE auth.users ADD nickname text');
    await admin.query('UPDATE auth.users SET nickname = $1 WHERE id = $2', [
      'Canary left out',
      person.userId,
    ]);
    await answer('erase', '--tenant', TENANT, '--user', person.email, ...REASON);
    expect(await allText(admin)).toContain('Canary left out');
    expect(await tellsOf(person)).toEqual([]);
    await admin.query('ALTER TABLE auth.users DROP nickname');
  });

  describe.each<[string, StallPoint]>([
    ['while rows are deleted', { table: 'auth.identities', event: 'DELETE' }],
    [
      'while the person themselves is cleared',
      { table: 'auth.users', event: 'UPDATE', when: "NEW.email LIKE 'erased-%'" },
    ],
    [
      'while keys are destroyed',
      { table: 'governance.subject_keys', event: 'UPDATE', when: 'NEW.destroyed_at IS NOT NULL' },
    ],
    ['while it is certified', { table: 'governance.erasure_certificates', event: 'INSERT' }],
  ])('killed %s', (_, point) => {
    it('is finished by the same command, as if nothing had been', async () => {
      const person = await someone(TENANT);
      const others = await rowsOfOthers(admin, person);
      const { parts } = await answer('erase', '--tenant', TENANT, '--user', person.email, '--dry-run');
      const erase = ['privacy', 'erase', '--tenant', TENANT, '--user', person.userId, ...REASON];
      await killAt(admin, point, erase, db.environment);
      const [resumed] = await answer('resume', '--tenant', TENANT);
      expect(resumed).toMatchObject({ status: 'erased', userId: person.userId });
      expect(resumed.certificate.document.parts).toEqual(
        parts.map(({ table, action, columns, rows }: Record<string, unknown>) => ({
          table,
          action,
          columns,
          rows,
        })),
      );
      expect(await tellsOf(person)).toEqual([]);
      expect(await rowsOfOthers(admin, person)).toEqual(others);
      expect(await answer('resume', '--tenant', TENANT)).toEqual([]);
    });
  });

  describe('what keeps a part waiting', () => {
    const bind = (code: string, endedOn: string | null = null) =>
      admin.query(
        `INSERT INTO org.tenant_frameworks (tenant_id, framework_code, adopted_on, ended_on)
         SELECT id, $2, '2015-01-01', $3 FROM public.tenants WHERE slug = $1`,
        [TENANT, code, endedOn],
      );
    const free = () => admin.query('DELETE FROM org.tenant_frameworks');

    it('is the longest period, by name and end, and for evidence alone', async () => {
      const { rows: periods } = await admin.query(
        'SELECT code, name, retention_years AS years FROM public.regulatory_frameworks WHERE retention_years IS NOT NULL ORDER BY retention_years DESC',
      );
      const [longest, shorter] = [periods[0], periods.at(-1)];
      const person = await someone(TENANT);
      await bind(longest.code);
      await bind(shorter.code);
      const erased = await answer('erase', '--tenant', TENANT, '--user', person.email, ...REASON);
      expect(erased.status).toBe('postponed');
      const kept = erased.parts.filter(({ postponed }: { postponed: unknown }) => postponed !== null);
      expect(
        new Set(kept.map(({ postponed }: { postponed: { ground: string } }) => postponed.ground)),
      ).toEqual(new Set([longest.name]));
      expect(kept.every(({ action }: { action: string }) => action === 'destroy_key')).toBe(true);
      expect(await tellsOf(person)).toEqual([]);
      expect(await opensTexts(TENANT, person)).toEqual(['evidence']);
      const [waiting] = await answer('requests', '--tenant', TENANT).then((all) =>
        all.filter(
          ({ kind, userId }: { kind: string; userId: string }) =>
            kind === 'erasure' && userId === person.userId,
        ),
      );
      expect(waiting).toMatchObject({ status: 'postponed', postponement: 'retention_duty', overdue: false });
      expect(new Date(waiting.retryAt).getUTCFullYear()).toBeGreaterThanOrEqual(
        new Date().getUTCFullYear() + longest.years,
      );
      expect(await answer('resume', '--tenant', TENANT)).toMatchObject([{ status: 'postponed' }]);
      await free();
      expect(await answer('resume', '--tenant', TENANT)).toMatchObject([{ status: 'erased' }]);
      expect(await opensTexts(TENANT, person)).toEqual([]);
    });

    it('is an order that holds the person: nothing goes until it is released', async () => {
      const person = await someone(TENANT);
      const before = await tellsOf(person);
      const hold = `INSERT INTO governance.legal_holds (tenant_id, action, releases_id, matter, scope, user_id, ordered_by_id, effective_at)`;
      await admin.query(
        `${hold} SELECT tenant_id, 'placed', NULL, '4 O 17/26', 'person', id, id, now() FROM auth.users WHERE id = $1`,
        [person.userId],
      );
      const erased = await answer('erase', '--tenant', TENANT, '--user', person.email, ...REASON);
      expect(erased.status).toBe('postponed');
      expect(
        erased.parts.every(
          ({ postponed }: { postponed: { ground: string } }) => postponed.ground === 'legal hold 4 O 17/26',
        ),
      ).toBe(true);
      expect(await tellsOf(person)).toEqual(before);
      await admin.query(
        `${hold} SELECT tenant_id, 'released', id, matter, scope, user_id, ordered_by_id, now() FROM governance.legal_holds WHERE user_id = $1 AND matter = '4 O 17/26'`,
        [person.userId],
      );
      expect(await answer('resume', '--tenant', TENANT)).toMatchObject([{ status: 'erased' }]);
      expect(await tellsOf(person)).toEqual([]);
    });
  });

  it('is refused for who is restricted, whom nobody knows, and a reason that names the person', async () => {
    const person = await someone(TENANT);
    const erase = (user: string, reason = REASON[1] ?? '') =>
      privacy('erase', '--tenant', TENANT, '--user', user, '--reason', reason);
    expectFailure(await erase('nobody@small-company.example'), 'AUTH_PERSON_UNKNOWN', 1);
    expectFailure(
      await erase(person.userId, `${person.email.toUpperCase()} asked`),
      'PRIVACY_REASON_NAMES_PERSON',
      2,
    );
    expect(await answer('restrict', '--tenant', TENANT, '--user', person.userId)).toMatchObject({
      changed: true,
    });
    expectFailure(await erase(person.userId), 'PRIVACY_PERSON_RESTRICTED', 1);
    expect(await answer('restrict', '--tenant', TENANT, '--user', person.userId, '--lift')).toMatchObject({
      changed: true,
    });
    expectFailure(
      await privacy('erase', '--tenant', TENANT, '--user', person.userId),
      'CLI_OPTION_MISSING',
      2,
    );
    expect((await tellsOf(person)).length).toBeGreaterThan(70);
  });

  it('puts right what is said of a person, and keeps what it said before for them alone', async () => {
    const person = await someone(TENANT);
    const set = ['--set', 'displayName=Ada', '--set', 'familyName=Byron'];
    const done = await answer('rectify', '--tenant', TENANT, '--user', person.userId, ...set);
    expect(done.changed).toEqual(['displayName', 'familyName']);
    const { rows } = await admin.query(
      "SELECT details FROM admin.audit_log WHERE action = 'governance.rectification.completed' AND subject_id = $1",
      [person.userId],
    );
    expect(rows[0].details).toMatchObject({ displayName: expect.stringMatching(/^dmz:1:person:/) });
    await answer('erase', '--tenant', TENANT, '--user', person.userId, ...REASON);
    expect(await tellsOf(person)).toEqual([]);
    expect(await allText(admin)).not.toMatch(/\tAda\t|\tByron\t/);
  });
});
