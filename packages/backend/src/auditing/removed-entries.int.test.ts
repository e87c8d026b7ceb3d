/**
 * What retention removes from an audit log leaves it verifiable: against checkpoints from before, for proofs, and for whoever
 * looks for a gap that retention did not make.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  entriesOf,
  exportAndVerify,
  useFolder,
  whileTampered,
  writeEntries,
} from '../../test/harness/audit-log.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { keepForDays, placeHold } from '../../test/harness/keeping.ts';
import { callDmz } from '../../test/harness/run-dmz.ts';
import { checkProof, inWords, verifyFiles } from '../audit-verifier/index.ts';
import { platformKey } from '../kernel/signing/index.ts';
import { runRetention } from '../retention/run-retention.ts';
import { proveConsistency, proveInclusion } from './prove.ts';
import { takeCheckpoint } from './take-checkpoint.ts';

const TENANT = 'consumers';
const keys = () => ({ key: platformKey(), former: undefined });

describe('an audit log that retention has shortened', () => {
  const db = useDatabase();
  const folder = useFolder();
  const kept = [20, 30].map((entries) => path.join(folder, `${entries}.checkpoint.json`));
  let admin: pg.Client;
  let tenantId = '';
  let runId: string | null = '';

  const retain = (rehearsal = false) => {
    const shop = { tenancy: db.platform.tenancy, controlUrl: db.adminUrl, key: platformKey() };
    return runRetention(shop, TENANT, { rehearsal, cause: 'operator' });
  };
  const agoOf = (years: number) =>
    db.open({ clock: { now: () => new Date(Date.now() - years * 366 * 86_400_000) } });
  async function checkpoint(file: string): Promise<number> {
    const taken = await takeCheckpoint(db.platform.tenancy, TENANT, keys());
    writeFileSync(file, JSON.stringify(taken.checkpoint));
    return taken.checkpoint.sequence;
  }
  const verified = () => exportAndVerify(db.platform, TENANT, folder, kept);
  async function foundAfter(statements: readonly string[]) {
    let found: { rule: string; object: string }[] = [];
    await whileTampered(admin, tenantId, statements, async () => {
      found = await verified();
    });
    return found;
  }

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    tenantId = (await db.platform.tenancy.locate(TENANT)).id;
    await keepForDays(admin, tenantId, 400, ['audit']);
    await writeEntries(agoOf(4), TENANT, 20);
    expect(await checkpoint(kept[0]!)).toBe(20);
    await writeEntries(agoOf(3), TENANT, 5);
    await writeEntries(db.platform, TENANT, 1, 'recent');
    await writeEntries(agoOf(2), TENANT, 4);
    expect(await checkpoint(kept[1]!)).toBe(30);
    await writeEntries(db.platform, TENANT, 8, 'recent');
  });

  it('counts in a rehearsal, and keeps no writer waiting', async () => {
    const door = await retain(true);
    expect(door.tables).toMatchObject([{ table: 'admin.audit_log', due: 29, purged: 29, kept: {} }]);
    expect(await entriesOf(db.platform, TENANT)).toHaveLength(38);
  });

  it('verifies against checkpoints from before, and says what was removed by which run', async () => {
    ({ runId } = await retain());
    expect(await entriesOf(db.platform, TENANT)).toHaveLength(1 + 8 + 2);
    expect(await verified()).toEqual([]);
    const report = await verifyFiles([path.join(folder, 'export.jsonl'), ...kept]);
    expect(report.removed).toEqual([{ runId, entries: 29, firstSequence: 1, lastSequence: 30 }]);
    expect(inWords(report)).toContain(`removed by retention, 29 entries between 1 and 30, run ${runId}`);
    expect(report.findings).toEqual([]);
  });

  it('proves entries that are left, and that a later checkpoint only added; of a removed entry it says so', async () => {
    const { tenancy } = db.platform;
    const size = await checkpoint(path.join(folder, 'later.checkpoint.json'));
    for (const sequence of [26, 33])
      expect(checkProof(await proveInclusion(tenancy, TENANT, sequence), 'proof')).toEqual([]);
    expect(checkProof(await proveConsistency(tenancy, TENANT, 20, size), 'proof')).toEqual([]);
    await expect(proveInclusion(tenancy, TENANT, 7)).rejects.toMatchObject({
      code: 'AUDIT_ENTRY_REMOVED',
      found: `entry 7, by run ${runId}`,
    });
  });

  const removalOf = (first: number, last: number) =>
    `INSERT INTO admin.audit_removals (tenant_id, number, run_id, first_sequence, last_sequence, entry_hashes, removals_sha256)
     SELECT $1, 3, uuidv7(), ${first}, ${last}, string_agg(entry_sha256, '' ORDER BY sequence), repeat('a', 64)
     FROM admin.audit_log WHERE tenant_id = $1 AND sequence BETWEEN ${first} AND ${last}`;
  const without = (condition: string) => `DELETE FROM admin.audit_log WHERE tenant_id = $1 AND ${condition}`;
  const REMOVALS = 'UPDATE admin.audit_removals SET';
  const FORGED = { rule: 'removal-forged' };
  const UNCERTIFIED = { rule: 'removal-uncertified' };

  it.each<[string, string[], unknown[]]>([
    [
      'an entry beside what was removed',
      [without('sequence = 26')],
      [{ rule: 'entry-removed', object: 'entry 26' }],
    ],
    [
      'a removal that was taken out',
      ['DELETE FROM admin.audit_removals WHERE tenant_id = $1 AND number = 2'],
      [{ rule: 'entry-removed', object: 'entries 27 to 30' }, FORGED, UNCERTIFIED],
    ],
    [
      'every removal taken out',
      ['DELETE FROM admin.audit_removals WHERE tenant_id = $1'],
      [
        { rule: 'entry-removed', object: 'entries 1 to 25' },
        { rule: 'entry-removed', object: 'entries 27 to 30' },
      ],
    ],
    [
      'a hash of a removed entry',
      [
        `${REMOVALS} entry_hashes = repeat('0', 64) || substr(entry_hashes, 65) WHERE tenant_id = $1 AND number = 1`,
      ],
      [FORGED, ...Array.from({ length: 5 }, () => ({ rule: 'chain-rewritten' }))],
    ],
    [
      'the run that a removal is of',
      [`${REMOVALS} run_id = uuidv7() WHERE tenant_id = $1 AND number = 1`],
      [FORGED],
    ],
    [
      'entries that somebody removed in the manner of retention',
      [removalOf(32, 33), without('sequence BETWEEN 32 AND 33')],
      [FORGED, FORGED, UNCERTIFIED],
    ],
    [
      'a run that somebody imitated with the functions of the database',
      [
        'SET LOCAL session_replication_role = origin',
        'SELECT dmz.open_tenant($1)',
        "SELECT dmz.leave_audit_hashes(uuidv7(), 'admin.audit_log', 'admin.audit_log', $1, '{32,33}')",
        'SET LOCAL session_replication_role = replica',
        without('sequence BETWEEN 32 AND 33'),
      ],
      [UNCERTIFIED],
    ],
    [
      'an entry that was put where one was removed',
      [
        `INSERT INTO admin.audit_log (tenant_id, occurred_at, actor_kind, action, details, sequence, previous_sha256, entry_sha256)
         SELECT tenant_id, occurred_at, actor_kind, 'admin.test.slipped_in', details, 5, previous_sha256, entry_sha256
         FROM admin.audit_log WHERE tenant_id = $1 AND sequence = 26`,
      ],
      [{ rule: 'entry-inserted' }],
    ],
  ])('names what was tampered with: %s', async (_, statements, expected) => {
    expect(await foundAfter(statements)).toEqual(expected.map((each) => expect.objectContaining(each)));
  });

  it('chains what a later run removes to what was removed before, and verifies still', async () => {
    await writeEntries(agoOf(2), TENANT, 3);
    await retain();
    expect(await verified()).toEqual([]);
    const { rows } = await admin.query(
      'SELECT number::int, first_sequence::int AS first FROM admin.audit_removals WHERE tenant_id = $1 ORDER BY number',
      [tenantId],
    );
    expect(rows).toMatchObject([{ number: 1, first: 1 }, { number: 2, first: 27 }, { number: 3 }]);
  });

  it('keeps every entry while a person’s data is held, because entries of one cannot be told from others’', async () => {
    await writeEntries(agoOf(2), TENANT, 3);
    const { rows } = await admin.query('SELECT id FROM auth.users WHERE tenant_id = $1 LIMIT 1', [tenantId]);
    await placeHold(admin, tenantId, { scope: 'person', userId: rows[0].id });
    const held = await retain();
    expect(held).toMatchObject({
      runId: null,
      tables: [{ table: 'admin.audit_log', due: 3, purged: 0, kept: { 'legal hold AZ 7/26': 3 } }],
    });
    await keepForDays(admin, tenantId, 400, ['audit']);
  });

  it('verifies after a whole month was dropped too', async () => {
    const month = new Date(Date.now() - 2 * 366 * 86_400_000).toISOString().slice(0, 7);
    for (const slug of ['mid-company', 'small-company'])
      await keepForDays(admin, (await db.platform.tenancy.locate(slug)).id, 400, ['audit']);
    const environment = { DATABASE_URL: db.adminUrl };
    await admin
      .query('SELECT dmz.ensure_partition($1, $2)', ['admin.audit_log', `${month}-01`])
      .catch(() => {});
    await callDmz(['partitions', 'ensure'], environment);
    await writeEntries(agoOf(2), TENANT, 2);
    const purged = await callDmz(
      ['partitions', 'purge', 'admin.audit_log', month, '--reason', 'end of retention', '--json'],
      environment,
    );
    expect(JSON.parse(purged.out)).toMatchObject({ dropped: true });
    expect(await verified()).toEqual([]);
  });
});
