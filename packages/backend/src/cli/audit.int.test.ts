/** `dmz audit`: from a signed checkpoint over an export to a third party who has a file and a key, and no database. */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { useFolder, whileTampered, writeEntries } from '../../test/harness/audit-log.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { callDmz, expectFailure } from '../../test/harness/run-dmz.ts';
import type { InclusionProof } from '../audit-verifier/index.ts';
import { main as verifyAudit } from '../audit-verifier/main.ts';

const TENANT = 'small-company';
/** Nothing listens there. */
const OFFLINE = { DATABASE_URL: 'postgresql://postgres@127.0.0.1:1/nowhere' };

describe('dmz audit', () => {
  const db = useDatabase();
  const folder = useFolder();
  const at = (name: string) => path.join(folder, name);
  const dmz = (...args: string[]) => callDmz(['audit', ...args], db.environment);
  const offline = (...args: string[]) => callDmz(['audit', ...args], OFFLINE);
  async function json(...args: string[]) {
    const { out, err } = await dmz(...args, '--json');
    if (out === '') throw new Error(err);
    return JSON.parse(out);
  }
  const verified = async (...files: string[]) =>
    JSON.parse((await offline('verify', ...files, '--json')).out);
  const publicKeyFile = (name: string) => {
    const key = createPrivateKey(readFileSync(path.join(db.environment.DMZ_HOME, 'signing-key.pem')));
    writeFileSync(at(name), createPublicKey(key).export({ type: 'spki', format: 'pem' }));
    return at(name);
  };
  const forge = (file: string, change: (document: Record<string, unknown>) => unknown) => {
    const forged = at('forged.json');
    writeFileSync(forged, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')))));
    return forged;
  };
  let first: { sequence: number; file: string };
  let second: { sequence: number; file: string };

  beforeAll(async () => {
    await writeEntries(db.platform, TENANT, 11);
    [first] = await json('checkpoint', TENANT, '--out', folder);
    await writeEntries(db.platform, TENANT, 6);
    [second] = await json('checkpoint', TENANT, '--out', folder);
  });

  it('signs a chain once for each length, and every tenant’s unless one is named', async () => {
    expect(second.sequence).toBe(first.sequence + 6);
    expect(await json('checkpoint', TENANT, '--out', folder)).toMatchObject([
      { taken: false, sequence: second.sequence },
    ]);
    await writeEntries(db.platform, 'consumers', 1);
    await writeEntries(db.platform, 'mid-company', 1);
    const all = await json('checkpoint', '--out', folder);
    expect(all.map(({ tenant }: { tenant: string }) => tenant)).toEqual(
      expect.arrayContaining([TENANT, 'consumers']),
    );
  });

  it('verifies an export from the file alone, by the kept checkpoint or a key', async () => {
    const exported = await json('export', TENANT, '--out', at('log.jsonl'));
    expect(exported).toMatchObject({ tenant: TENANT, checkpoints: 2, entries: second.sequence + 1 });
    const report = await verified(at('log.jsonl'), first.file, second.file);
    expect(report).toMatchObject({ findings: [], entries: exported.entries, checkpoints: 4, trust: 'kept' });
    expect(report.checked).toBe(exported.entries + 4);
    expect(await verified(at('log.jsonl'), '--key', publicKeyFile('now.pem'))).toMatchObject({
      findings: [],
      trust: 'given',
    });
    expect((await offline('verify', at('log.jsonl'))).out).toContain('nothing found');
  });

  it('exits with 1 for a finding, and says rule, object, detail and remedy', async () => {
    await json('export', TENANT, '--out', at('log.jsonl'));
    const changed = readFileSync(at('log.jsonl'), 'utf8').replace(
      '"admin.test.written"',
      '"admin.test.changed"',
    );
    writeFileSync(at('changed.jsonl'), changed);
    const { status, out } = await offline('verify', at('changed.jsonl'), '--json');
    expect(status).toBe(1);
    expect(JSON.parse(out).findings).toEqual([
      {
        rule: 'entry-changed',
        object: expect.stringMatching(/^entry \d+ \(/),
        detail: expect.stringMatching(/\S/),
        remedy: expect.stringMatching(/\S/),
      },
    ]);
  });

  it('signs the others where one chain is broken, and says so', async () => {
    const admin = await db.connectAsAdmin();
    const { id } = await db.platform.tenancy.locate('consumers');
    await writeEntries(db.platform, 'consumers', 3);
    await writeEntries(db.platform, 'mid-company', 3);
    await whileTampered(
      admin,
      id,
      ["UPDATE admin.audit_log SET details = '{}' WHERE tenant_id = $1"],
      async () => {
        const { status, out, err } = await dmz('checkpoint', '--json', '--out', folder);
        expect(status).toBe(1);
        const signed = JSON.parse(out).map(({ tenant }: { tenant: string }) => tenant);
        expect(signed).toEqual(expect.arrayContaining([TENANT, 'mid-company']));
        expect(signed).not.toContain('consumers');
        expect(JSON.parse(err).error).toMatchObject({ code: 'AUDIT_CHAIN_BROKEN' });
      },
    );
  });

  it('proves one entry to somebody who has a file and a key', async () => {
    const { status } = await dmz('prove', TENANT, '--entry', '4', '--out', at('proof.json'));
    expect(status).toBe(0);
    expect(await verified(at('proof.json'), '--key', publicKeyFile('now.pem'))).toMatchObject({
      findings: [],
      proofs: 1,
    });
    const { entry } = JSON.parse(readFileSync(at('proof.json'), 'utf8'));
    expect(await json('prove', TENANT, '--entry', entry.id, '--of', String(first.sequence))).toMatchObject({
      entry,
      checkpoint: { sequence: first.sequence },
    });
  });

  it.each<[what: string, change: (proof: InclusionProof) => unknown]>([
    ['another detail', (proof) => ({ ...proof, entry: { ...proof.entry, details: '{}' } })],
    ['another place', (proof) => ({ ...proof, entry: { ...proof.entry, sequence: 5 } })],
    ['another hash on the way', (proof) => ({ ...proof, path: ['a'.repeat(64), ...proof.path.slice(1)] })],
    ['a hash less', (proof) => ({ ...proof, path: proof.path.slice(1) })],
    ['another tenant', (proof) => ({ ...proof, tenantId: proof.entry.id })],
  ])('finds an inclusion proof that was forged by %s', async (_, change) => {
    await dmz('prove', TENANT, '--entry', '4', '--out', at('proof.json'));
    const { findings } = await verified(
      forge(at('proof.json'), (proof) => change(proof as unknown as InclusionProof)),
    );
    expect(findings.map(({ rule }: { rule: string }) => rule)).toEqual(['inclusion-proof-forged']);
  });

  it('proves that a checkpoint only added to an earlier one, and finds forgeries of that', async () => {
    const range = ['--from', String(first.sequence), '--to', String(second.sequence)];
    await dmz('prove', TENANT, ...range, '--out', at('consistent.json'));
    expect(await verified(at('consistent.json'))).toMatchObject({
      findings: [],
      proofs: 1,
      trust: 'brought',
    });
    const rules = async (change: Parameters<typeof forge>[1]) =>
      (await verified(forge(at('consistent.json'), change))).findings.map(
        ({ rule }: { rule: string }) => rule,
      );
    expect(await rules((proof) => ({ ...proof, path: (proof.path as string[]).slice(1) }))).toEqual([
      'consistency-proof-forged',
    ]);
    expect(await rules((proof) => ({ ...proof, first: proof.second, second: proof.first }))).toEqual([
      'consistency-proof-forged',
    ]);
    const root = {
      ...(JSON.parse(readFileSync(first.file, 'utf8')) as object),
      merkleRootSha256: 'b'.repeat(64),
    };
    expect(await rules((proof) => ({ ...proof, first: root }))).toEqual([
      'consistency-proof-forged',
      'checkpoint-forged',
    ]);
  });

  it('believes a new key that the one before has signed with, and no other', {
    timeout: 30_000,
  }, async () => {
    const before = publicKeyFile('before.pem');
    const { former, current } = await json('rotate-key');
    expectFailure(await dmz('rotate-key'), 'SIGNING_OVERLAP_OPEN', 1);
    await writeEntries(db.platform, TENANT, 2);
    const [overlap] = await json('checkpoint', TENANT, '--out', folder);
    expect(overlap).toMatchObject({ signingKeyId: current, cosigningKeyId: former });
    expect(await json('rotate-key', '--end-overlap')).toEqual({ ended: true });
    await writeEntries(db.platform, TENANT, 2);
    const [last] = await json('checkpoint', TENANT, '--out', folder);
    expect(last).toMatchObject({ signingKeyId: current, cosigningKeyId: null });
    const { checkpoints } = await json('export', TENANT, '--out', at('log.jsonl'));
    const rulesBy = async (key: string) =>
      (await verified(at('log.jsonl'), '--key', key)).findings.map(({ rule }: { rule: string }) => rule);
    expect(await rulesBy(before)).toEqual([]);
    // Who has the new key alone cannot tell those that it has not signed.
    expect(await rulesBy(publicKeyFile('now.pem'))).toEqual(
      Array(checkpoints - 2).fill('checkpoint-key-unknown'),
    );
    expect((await verified(last.file, '--key', before)).findings).toMatchObject([
      { rule: 'checkpoint-key-unknown' },
    ]);
    expect((await verified(last.file, overlap.file, '--key', before)).findings).toEqual([]);
  });

  it('is the same as a program of its own', async () => {
    await json('export', TENANT, '--out', at('log.jsonl'));
    const said = vi.spyOn(console, 'log').mockReturnValue();
    const complained = vi.spyOn(console, 'error').mockReturnValue();
    expect(await verifyAudit([at('log.jsonl'), first.file])).toBe(0);
    expect(said).toHaveBeenLastCalledWith(expect.stringContaining('nothing found'));
    writeFileSync(at('cut.jsonl'), readFileSync(at('log.jsonl'), 'utf8').split('\n').slice(0, -3).join('\n'));
    expect(await verifyAudit([at('cut.jsonl'), '--json'])).toBe(1);
    expect(await verifyAudit([])).toBe(2);
    expect(await verifyAudit([at('not-there.jsonl')])).toBe(2);
    expect(await verifyAudit(['--unheard-of'])).toBe(2);
    expect(complained).toHaveBeenCalledTimes(3);
    vi.restoreAllMocks();
  });

  it('says what is wrong with what it is asked', async () => {
    expectFailure(await dmz('export', TENANT), 'CLI_OPTION_MISSING', 2);
    expectFailure(await dmz('verify'), 'CLI_USAGE', 2);
    expectFailure(await offline('verify', at('not-there.jsonl')), 'AUDIT_FILE_MISSING', 2);
    expectFailure(await dmz('prove', TENANT), 'CLI_OPTION_MISSING', 2);
    expectFailure(await dmz('prove', TENANT, '--entry', 'first'), 'CLI_OPTION_INVALID', 2);
    expectFailure(await dmz('prove', TENANT, '--entry', '100000'), 'AUDIT_CHECKPOINT_UNKNOWN', 1);
    expectFailure(await dmz('prove', TENANT, '--from', '1', '--to', '2'), 'AUDIT_CHECKPOINT_UNKNOWN', 1);
    expectFailure(
      await dmz('prove', TENANT, '--entry', '00000000-0000-7000-8000-000000000000'),
      'AUDIT_ENTRY_UNKNOWN',
      1,
    );
    writeFileSync(at('nothing.json'), 'nothing');
    expect((await verified(at('nothing.json'))).findings).toMatchObject([{ rule: 'file-unreadable' }]);
  });
});
