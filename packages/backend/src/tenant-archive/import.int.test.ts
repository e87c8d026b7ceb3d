/** An import brings a whole tenant, whatever is killed; or it leaves nothing that anybody can enter, and says why. */
import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Contents,
  contentsOf,
  expectNothingOf,
  forge,
  useTwoPlatforms,
} from '../../test/harness/archives.ts';
import { callDmz, ended, expectFailure, startDmz } from '../../test/harness/run-dmz.ts';
import { killAt, type StallPoint } from '../../test/harness/stalled-command.ts';

describe('dmz tenant import', { timeout: 120_000 }, () => {
  const { from, to, at, json, dmz, founded, exported, importing, keyOf, withKeys } = useTwoPlatforms();
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
      const { privateKey } = generateKeyPairSync('ed25519');
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
      expect(privateKey.type).toBe('private');
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
      await refused('TENANT_IMPORT_DIFFERS', 1, file, '--slug', 'given-up-2').catch(() => {});
      await json(to, 'tenant', 'delete', 'given-up', '--reason', 'test');
      await expectNothingOf(to, 'given-up', tenantId);
    };

    it('where a row is another one, or of another tenant, although all of it is signed', async () => {
      const users = 'tables/auth.users.csv';
      const edit = (pattern: RegExp, by: string) =>
        changed(({ files }) => Object.assign(files, { [users]: files[users]?.replace(pattern, by) }));
      await given('TENANCY_ROWS_DIFFER', await edit(/@travels\.example/, '@rivals.example'), id);
      const { id: other } = await to.platform.tenancy.locate('consumers');
      await given('TENANCY_ROWS_DIFFER', await edit(new RegExp(id), other), id);
      await given('TENANCY_ROWS_DIFFER', await edit(/\n[^\n]+\n$/, '\n'), id);
    });

    it('where the audit log was tampered with before it was archived', async () => {
      const tamperedId = await founded('tampered');
      const admin = await from.connectAsAdmin();
      await admin.query("SET session_replication_role = 'replica'");
      await admin.query(
        "UPDATE admin.audit_log SET occurred_at = occurred_at - interval '1 day' WHERE tenant_id = $1 AND sequence = 1",
        [tamperedId],
      );
      await given('TENANT_IMPORT_EVIDENCE', await exported(from, 'tampered'), tamperedId);
    });

    it('where an event was', async () => {
      const alteredId = await founded('altered');
      const admin = await from.connectAsAdmin();
      await admin.query("SET session_replication_role = 'replica'");
      await admin.query(
        `UPDATE game.events SET event_data = jsonb_set(event_data, '{credits}', '77')
         WHERE tenant_id = $1 AND event_type = 'game.session.started'`,
        [alteredId],
      );
      await given('TENANT_IMPORT_EVIDENCE', await exported(from, 'altered'), alteredId);
    });
  });

  describe('killed', () => {
    const step = (name: string): StallPoint => ({
      table: 'public.tenant_runs',
      event: 'UPDATE',
      when: `NEW.step = '${name}'`,
    });
    const POINTS: readonly (readonly [string, StallPoint])[] = [
      ['before it is begun', { table: 'public.tenant_runs', event: 'INSERT' }],
      ['when it has its place', step('placed')],
      ['when its rows are there', step('loaded')],
      ['before anybody may enter', { table: 'public.residents', event: 'INSERT' }],
      ['when it is served, and not yet registered so', { table: 'public.tenants', event: 'UPDATE' }],
    ];

    it('at any moment, is finished by the same command, with every row once', async () => {
      const holder = await to.connectAsAdmin();
      for (const [moment, point] of POINTS) {
        await killAt(holder, point, importing(file), withKeys(to));
        const isLast = point.table === 'public.tenants';
        if (isLast) continue;
        await expect(
          to.platform.tenancy.run(slug, async () => {}),
          moment,
        ).rejects.toMatchObject({
          code: expect.stringMatching(/^TENANCY_(UNKNOWN_TENANT|NOT_SERVED)$/),
        });
        if (moment === 'when it has its place') await killInRows(holder);
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

    /** In the middle of a table: somebody holds the key of a row that is to come. */
    async function killInRows(holder: Awaited<ReturnType<typeof to.connectAsAdmin>>): Promise<void> {
      const [columns, first] = (contents.files['tables/game.session_heads.csv'] ?? '').split('\n');
      await holder.query("BEGIN; SET LOCAL session_replication_role = 'replica'");
      const values = first?.split(',').map((value) => `'${value}'`);
      await holder.query(`INSERT INTO game.session_heads (${columns}) VALUES (${values})`);
      const command = startDmz(importing(file), withKeys(to));
      const end = ended(command);
      const waiting = () =>
        holder
          .query(
            `SELECT FROM pg_stat_activity WHERE application_name = 'dmz-archive' AND wait_event_type = 'Lock'
             AND datname = current_database()`,
          )
          .then(({ rowCount }) => rowCount);
      await expect.poll(waiting, { timeout: 30_000, interval: 50 }).toBe(1);
      command.kill('SIGKILL');
      await end;
      await holder.query('ROLLBACK');
      await expect(to.platform.tenancy.run(slug, async () => {})).rejects.toThrow();
    }
  });
});
