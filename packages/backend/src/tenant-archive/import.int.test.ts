/** An import brings a whole tenant, whatever is killed; or it leaves nothing that anybody can enter, and says why. */
import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Contents,
  contentsOf,
  contentsOfEveryTenant,
  expectNothingOf,
  forge,
  useTwoPlatforms,
} from '../../test/harness/archives.ts';
import { callDmz, ended, expectFailure, startDmz } from '../../test/harness/run-dmz.ts';
import { killAt, type StallPoint } from '../../test/harness/stalled-command.ts';

describe('dmz tenant import', { timeout: 120_000 }, () => {
  const { from, to, at, json, dmz, founded, exported, importing, keyOf, withKeys } = useTwoPlatforms({});
  const slug = 'travels';
  let id: string;
  let file: string;
  let contents: Contents;
  let forged = 0;

  beforeAll(async () => {
    id = await founded(slug);
    file = await exported(from, slug);
    contents = await contentsOf(file, keyOf(from));
  }, 60_000);

  /** The archive with a change in it, signed by the platform that wrote it. */
  async function changed(change: (contents: Contents) => void, key = keyOf(from)): Promise<string> {
    const copy = structuredClone(contents);
    change(copy);
    forged += 1;
    return forge(at(`forged-${forged}.zip`), copy, key);
  }
  async function refused(code: string, exitCode: 1 | 2, given: string, ...args: string[]): Promise<string> {
    const failure = await dmz(to, ...importing(given, ...args));
    expectFailure(failure, code, exitCode);
    return failure.err;
  }

  describe('refuses, and leaves nothing of the tenant,', () => {
    it('what is signed by a key that is not believed', async () => {
      expectFailure(await dmz(to, 'tenant', 'import', file), 'ARCHIVE_KEY_UNKNOWN', 1);
      const { privateKey } = generateKeyPairSync('ed25519');
      await refused('ARCHIVE_KEY_UNKNOWN', 1, await changed(() => {}, privateKey));
      await expectNothingOf(to, slug, id);
    });

    it('a slug that is somebody else’s or none, and a file that is not there', async () => {
      await refused('TENANT_IMPORT_SLUG_TAKEN', 1, file, '--slug', 'consumers');
      await refused('TENANT_SLUG_INVALID', 2, file, '--slug', '../etc');
      await refused('ARCHIVE_NOT_FOUND', 2, at('nowhere.zip'));
      await refused('TENANT_NO_INSTANCE', 1, file, '--instance', 'nowhere');
      await expectNothingOf(to, slug, id);
    });

    it('another version, and names both', async () => {
      const other = await changed(({ head }) => {
        head.migration = { tag: '0001_from_long_ago', sha256: 'f'.repeat(64) };
      });
      const said = await refused('TENANT_IMPORT_VERSION', 1, other);
      expect(said).toContain('0001_from_long_ago');
      expect(said).toContain(contents.head.migration.tag);
      await refused(
        'ARCHIVE_MANIFEST_INVALID',
        1,
        await changed(({ head }) => Object.assign(head, { tables: 'none' })),
      );
      await expectNothingOf(to, slug, id);
    });

    it('one byte that differs in any file of it, before anything is written', async () => {
      const whole = fs.readFileSync(file);
      for (const at of Array.from({ length: 12 }, (_, part) =>
        Math.floor((whole.length * (part + 0.5)) / 12),
      )) {
        const bytes = Buffer.from(whole);
        bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
        fs.writeFileSync(`${file}.changed`, bytes);
        const { err } = await dmz(to, ...importing(`${file}.changed`));
        expect(err, `byte ${at} of ${whole.length}`).toMatch(/^ARCHIVE_\w+ {2}/);
      }
      fs.writeFileSync(`${file}.changed`, whole.subarray(0, whole.length - 1_000));
      await refused('ARCHIVE_UNREADABLE', 1, `${file}.changed`);
      await expectNothingOf(to, slug, id);
    });

    it('keys that no master key here unwraps, unless that is insisted on', async () => {
      const keyless = { ...to.environment, DMZ_MASTER_KEYS: at('no-keys') };
      expectFailure(await callDmz(importing(file), keyless), 'TENANT_IMPORT_KEYS_MISSING', 1);
      await expectNothingOf(to, slug, id);
      await founded('keyless');
      const insisted = importing(await exported(from, 'keyless'), '--without-keys', '--json');
      const { status, out } = await callDmz(insisted, keyless);
      expect(status).toBe(0);
      expect(JSON.parse(out).unreadableKeys).toMatchObject([
        { generation: 1, reason: 'KEYS_MASTER_UNKNOWN' },
      ]);
    });
  });

  describe('lets nobody enter, and can be given up,', () => {
    const given = async (code: string, archive: string, tenantId: string) => {
      await refused(code, 1, archive, '--slug', 'given-up');
      await expect(to.platform.tenancy.run('given-up', async () => {})).rejects.toMatchObject({
        code: expect.stringMatching(/^TENANCY_(UNKNOWN_TENANT|NOT_SERVED)$/),
      });
      await json(to, 'tenant', 'delete', 'given-up', '--reason', 'test');
      await expectNothingOf(to, 'given-up', tenantId);
    };

    it('where a row is another one, or of another tenant, although all of it is signed', async () => {
      const users = 'tables/auth.users.csv';
      const { id: other } = await to.platform.tenancy.locate('consumers');
      const before = await contentsOfEveryTenant(to);
      const forgery = await changed(({ files }) => {
        files[users] = files[users]?.replace(id, other).replace(/@travels\.example/, '@rivals.example') ?? '';
      });
      await refused('TENANCY_ROWS_DIFFER', 1, forgery, '--slug', 'given-up');
      expect(await contentsOfEveryTenant(to)).toEqual(before);
      await refused('TENANT_IMPORT_DIFFERS', 1, file, '--slug', 'given-up');
      await given('TENANCY_ROWS_DIFFER', forgery, id);
    });

    it('where the audit log or an event was tampered with before it was archived', async () => {
      const tamperedId = await founded('tampered');
      const admin = await from.connectAsAdmin();
      await admin.query("SET session_replication_role = 'replica'");
      const moveEntry = `UPDATE admin.audit_log SET occurred_at = occurred_at + $2 * interval '1 day'
        WHERE tenant_id = $1 AND sequence = 1`;
      await admin.query(moveEntry, [tamperedId, -1]);
      await given('TENANT_IMPORT_EVIDENCE', await exported(from, 'tampered'), tamperedId);
      await admin.query(moveEntry, [tamperedId, 1]);
      await admin.query(
        `UPDATE game.events SET event_data = jsonb_set(event_data, '{credits}', '77')
         WHERE tenant_id = $1 AND event_type = 'game.session.started'`,
        [tamperedId],
      );
      await refused('TENANT_IMPORT_EVIDENCE', 1, await exported(from, 'tampered', 'altered.zip'));
    });
  });

  describe('killed', () => {
    const step = (name: string): StallPoint => ({
      table: 'public.tenant_runs',
      event: 'UPDATE',
      when: `NEW.step = '${name}'`,
    });
    const POINTS: readonly (readonly [string, StallPoint, mayEnter: boolean])[] = [
      ['when its rows are there', step('loaded'), false],
      ['before anybody may enter', { table: 'public.residents', event: 'INSERT' }, false],
      ['when it is served, and not yet registered so', { table: 'public.tenants', event: 'UPDATE' }, true],
    ];

    it('at any moment, is finished by the same command, with every row once', async () => {
      const holder = await to.connectAsAdmin();
      await killInRows(holder);
      for (const [moment, point, mayEnter] of POINTS) {
        await killAt(holder, point, importing(file), withKeys(to));
        expect(await canBeEntered(), moment).toBe(mayEnter);
      }
      const imported = await json(to, ...importing(file));
      expect(imported).toMatchObject({ tenant: slug, status: 'active', sessions: 1 });
      const again = await contentsOf(await exported(to, slug, 'again.zip'), keyOf(to));
      const sums = ({ head }: Contents) =>
        head.tables.filter(({ name }) => !/admin\.audit_(log|chain)/.test(name));
      expect(sums(again)).toEqual(sums(contents));
      const log = again.files['tables/admin.audit_log.csv'] ?? '';
      expect(log.match(/public\.tenant\.imported/g)).toHaveLength(1);
    });

    const canBeEntered = () =>
      to.platform.tenancy
        .run(slug, async () => true)
        .catch((error: unknown) => {
          expect(error).toMatchObject({
            code: expect.stringMatching(/^TENANCY_(UNKNOWN_TENANT|NOT_SERVED)$/),
          });
          return false;
        });

    /** In the middle of a table: somebody holds the key of a row that is to come. */
    async function killInRows(holder: Awaited<ReturnType<typeof to.connectAsAdmin>>): Promise<void> {
      const [columns, first] = (contents.files['tables/game.session_heads.csv'] ?? '').split('\n');
      await holder.query("BEGIN; SET LOCAL session_replication_role = 'replica'");
      const values = first?.split(',').map((value) => `'${value}'`);
      await holder.query(`INSERT INTO game.session_heads (${columns}) VALUES (${values})`);
      const command = startDmz(importing(file), withKeys(to));
      const end = ended(command);
      // Within its transaction, the holder would see the same activity again and again.
      const watcher = await to.connectAsAdmin();
      const waiting = () =>
        watcher
          .query(
            `SELECT FROM pg_stat_activity WHERE application_name = 'dmz-archive' AND wait_event_type = 'Lock'
             AND datname = current_database()`,
          )
          .then(({ rowCount }) => rowCount);
      await expect.poll(waiting, { timeout: 30_000, interval: 200 }).toBe(1);
      command.kill('SIGKILL');
      await end;
      await holder.query('ROLLBACK');
      expect(await canBeEntered()).toBe(false);
    }
  });
});
