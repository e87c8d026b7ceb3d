/** A person gets everything of theirs, once where it stands, and nothing of anybody else. */
import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { useFolder } from '../../test/harness/audit-log.ts';
import { addCanaryPerson, type CanaryPerson, fillTenant } from '../../test/harness/canaries.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { callDmz, expectFailure } from '../../test/harness/run-dmz.ts';
import { openArchive } from '../kernel/archive/index.ts';
import { FileMasterKeys } from '../kernel/privacy/index.ts';
import type { Platform } from '../platform.ts';

const TENANT = 'small-company';
/** It leads to the person's invitations, so it stands there too. */
const isAddress = ({ table, column }: { table: string; column: string }) =>
  table === 'auth.users' && column === 'email';

describe('exporting a person', () => {
  const db = useDatabase();
  const folder = useFolder();
  let admin: pg.Client;
  let platform: Platform;
  let person: CanaryPerson;
  let other: CanaryPerson;
  const file = path.join(folder, 'person.zip');

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    const masterKeys = new FileMasterKeys(path.join(db.environment.DMZ_HOME, 'master-keys'));
    masterKeys.rotate();
    platform = db.open({ masterKeys });
    await fillTenant({ admin, platform, tenant: TENANT });
    person = await addCanaryPerson({ admin, platform, tenant: TENANT });
    other = await addCanaryPerson({ admin, platform, tenant: TENANT });
  }, 120_000);

  const publicKey = () =>
    createPublicKey(readFileSync(path.join(db.environment.DMZ_HOME, 'signing-key.pem'), 'utf8'));
  const exported = (out: string, user = person.email) =>
    callDmz(['privacy', 'export', '--tenant', TENANT, '--user', user, '--out', out], db.environment);
  /** Of every table, what stands in the export as JSON and as CSV. */
  async function readExport(out: string): Promise<{ json: Map<string, string>; csv: Map<string, string> }> {
    const archive = await openArchive(out, {
      format: 'archive-gate/subject-export',
      version: 1,
      keys: [publicKey()],
    });
    const found = { json: new Map<string, string>(), csv: new Map<string, string>() };
    for (const { name } of archive.manifest.files) {
      const [, kind] = /[.](json|csv)$/.exec(name) ?? [];
      if (kind === 'json' || kind === 'csv') found[kind].set(name, await text(archive.read(name)));
    }
    archive.close();
    return found;
  }

  it('has every value of every declared column, once in each form, and none of another person', async () => {
    const { status, err } = await exported(file);
    expect(status, err).toBe(0);
    const { json, csv } = await readExport(file);
    for (const texts of [json, csv]) {
      const all = [...texts.values()].join('\n');
      const times = (value: string) => all.split(value).length - 1;
      const telling = person.canaries.filter((each) => each.telling && !isAddress(each));
      expect(all).toContain(person.email);
      expect(telling.length).toBeGreaterThan(90);
      const wrong = telling.filter((each) => times(shown(each.text)) !== 1);
      expect(
        wrong.map(({ table, column, text: value }) => `${table}.${column} ${times(shown(value))}`),
      ).toEqual([]);
      expect(
        other.canaries.filter(({ telling: tells, text: value }) => tells && all.includes(shown(value))),
      ).toEqual([]);
      expect(all).not.toContain(other.userId);
    }
    expect([...json.keys()].map((name) => name.replace('.json', ''))).toEqual(
      [...csv.keys()].map((name) => name.replace('.csv', '')),
    );
  });

  it('is refused where the file is there, for whom nobody knows, and says so without writing', async () => {
    expectFailure(await exported(file), 'ARCHIVE_EXISTS', 2);
    const elsewhere = path.join(folder, 'nobody.zip');
    expectFailure(await exported(elsewhere, 'nobody@small-company.example'), 'AUTH_PERSON_UNKNOWN', 1);
    expect(existsSync(elsewhere)).toBe(false);
  });

  it('leaves no file and changes nothing where a master key is lost, and goes on when it is back', async () => {
    const keys = path.join(db.environment.DMZ_HOME, 'master-keys');
    const out = path.join(folder, 'again.zip');
    renameSync(keys, `${keys}.lost`);
    expectFailure(await exported(out), 'KEYS_MASTER_UNKNOWN', 1);
    expect(existsSync(out)).toBe(false);
    renameSync(`${keys}.lost`, keys);
    expect((await exported(out)).status).toBe(0);
  });

  it('is recorded: the request is fulfilled, with the hash of the archive, and so is the transfer', async () => {
    const { rows } = await admin.query(
      `SELECT r.status, r.export_sha256 = t.content_sha256 AS same, t.kind, t.subjects FROM governance.privacy_requests AS r
       JOIN governance.transfer_log AS t ON t.privacy_request_id = r.id WHERE r.user_id = $1 AND r.kind = 'access' AND r.status = 'fulfilled'`,
      [person.userId],
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(
      rows.every(({ same, kind, subjects }) => same && kind === 'subject_export' && subjects === 1),
    ).toBe(true);
  });
});

/** What PostgreSQL writes as a time or as bytes stands in an export as programs read it. */
function shown(value: string): string {
  if (/^\d{4}-\d\d-\d\d \d\d:/.test(value)) return value.replace(' ', 'T').replace('+00', 'Z');
  return value.startsWith('\\x') ? Buffer.from(value.slice(2), 'hex').toString('base64') : value;
}
