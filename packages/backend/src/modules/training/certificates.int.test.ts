/** Certificates: what they rest on, who can verify them, and what becomes of them. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { callDmz, expectFailure, runDmz } from '../../../test/harness/run-dmz.ts';
import { FileMasterKeys } from '../../kernel/privacy/index.ts';
import { isSignedBy, platformKey } from '../../kernel/signing/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import type { Platform } from '../../platform.ts';
import {
  certificates,
  completions,
  correctCertificate,
  exportCertificate,
  issueCertificate,
  type SignedCertificate,
  verifyCertificate,
} from './index.ts';

const TENANT = 'small-company';
const refusedWith = (code: string) => expect.objectContaining({ code });

describe('certificates', () => {
  const db = useDatabase();
  let platform: Platform;
  /** Completions of whole programmes, each somebody's. */
  let completed: { readonly id: string; readonly userId: string; readonly completedAt: Date }[];
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dmz-certificate-'));
  beforeAll(async () => {
    vi.stubEnv('DMZ_HOME', db.environment.DMZ_HOME);
    vi.stubEnv('DMZ_SIGNING_KEY', '');
    vi.stubEnv('DMZ_MASTER_KEYS', '');
    platform = db.open({ masterKeys: new FileMasterKeys() });
    const all = await run((tx) => completions.validNow(tx));
    completed = [
      ...new Map(all.filter(({ moduleId }) => moduleId === null).map((each) => [each.userId, each])).values(),
    ];
    expect(completed.length).toBeGreaterThan(5);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  const run = <Result>(work: (tx: TenantTx) => Promise<Result>) => platform.tenancy.run(TENANT, work);
  const publicKey = () => createPublicKey(platformKey());
  const issue = (at: number, serial: string, holderName = 'Zoë Ångström') =>
    run((tx) =>
      issueCertificate(tx, platform.keys, {
        completionId: completed[at]!.id,
        holderName,
        serial,
        expiresOn: '2099-12-31',
      }),
    );
  const fileOf = (name: string, content: unknown): string => {
    const file = path.join(folder, name);
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };

  it('are verified by anybody who has the public key alone, and are handed out as they were signed', async () => {
    const signed = await issue(0, 'V-1');
    expect(signed.certificate).toMatchObject({
      serial: 'V-1',
      holderName: 'Zoë Ångström',
      completedOn: completed[0]!.completedAt.toISOString().slice(0, 10),
      expiresOn: '2099-12-31',
      supersedesId: null,
    });
    expect(verifyCertificate(JSON.stringify(signed), publicKey())).toEqual(signed.certificate);
    expect(await run((tx) => exportCertificate(tx, platform.keys, 'V-1'))).toEqual(signed);
    // RFC 8785: the order of members is no part of it.
    const { certificate } = signed;
    const turned = { ...signed, certificate: Object.fromEntries(Object.entries(certificate).reverse()) };
    expect(verifyCertificate(JSON.stringify(turned), publicKey())).toEqual(certificate);
  });

  it('are not genuine with anything changed, nor by another key', async () => {
    const signed = await issue(1, 'C-1');
    const { certificate } = signed;
    const changes: Partial<SignedCertificate['certificate']>[] = [
      { holderName: 'Zoe Angstrom' },
      { serial: 'C-2' },
      { completedOn: '2020-01-01' },
      { expiresOn: null },
      { program: { ...certificate.program, title: 'Another' } },
      { supersedesId: certificate.id },
      { salt: 'AAAA' },
    ];
    for (const change of changes) {
      const forged = JSON.stringify({ ...signed, certificate: { ...certificate, ...change } });
      expect(() => verifyCertificate(forged, publicKey())).toThrowError(
        refusedWith('TRAINING_CERTIFICATE_NOT_GENUINE'),
      );
    }
    const other = generateKeyPairSync('ed25519').publicKey;
    expect(() => verifyCertificate(JSON.stringify(signed), other)).toThrowError(
      refusedWith('TRAINING_CERTIFICATE_NOT_GENUINE'),
    );
    for (const text of ['', '{}', '[]', JSON.stringify({ ...signed, more: 1 }), JSON.stringify(certificate)])
      expect(() => verifyCertificate(text, publicKey())).toThrowError(
        refusedWith('TRAINING_CERTIFICATE_INVALID'),
      );
  });

  it('refuse a serial twice, also from twenty callers at once, and also after it was invalidated', async () => {
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, at) => issue(at % 5, 'S-1')));
    const codes = results.map((each) => (each.status === 'fulfilled' ? 'issued' : each.reason.code));
    expect(codes.filter((code) => code === 'issued')).toHaveLength(1);
    expect(codes.filter((code) => code === 'TRAINING_SERIAL_TAKEN')).toHaveLength(19);
    const { certificate } = await run((tx) => exportCertificate(tx, platform.keys, 'S-1'));
    await run((tx) => certificates.invalidate(tx, platform.keys, certificate.id, 'revocation'));
    await expect(issue(2, 'S-1')).rejects.toThrowError(refusedWith('TRAINING_SERIAL_TAKEN'));
  });

  it('rest on a completion that is valid now', async () => {
    const last = completed.at(-1)!;
    await run((tx) => completions.invalidate(tx, platform.keys, last.id, 'misconduct'));
    await expect(issue(completed.length - 1, 'N-1')).rejects.toThrowError(
      refusedWith('TRAINING_PROGRAM_NOT_COMPLETED'),
    );
  });

  it('are corrected under the same serial, and only the correction is handed out', async () => {
    const wrong = await issue(3, 'K-1', 'Jon Smith');
    const right = await run((tx) =>
      correctCertificate(tx, platform.keys, 'K-1', { holderName: 'John Smith', reason: 'correction' }),
    );
    expect(right.certificate).toMatchObject({
      serial: 'K-1',
      holderName: 'John Smith',
      supersedesId: wrong.certificate.id,
    });
    expect(verifyCertificate(JSON.stringify(right), publicKey())).toEqual(right.certificate);
    expect(await run((tx) => exportCertificate(tx, platform.keys, 'K-1'))).toEqual(right);
    expect(await run((tx) => certificates.standing(tx, wrong.certificate.id))).toEqual({
      state: 'superseded',
      successorId: right.certificate.id,
      reason: 'correction',
    });
  });

  it('that are taken back are handed out no more; what takes them back is signed', async () => {
    const { certificate } = await issue(4, 'I-1');
    const made = await run((tx) => certificates.invalidate(tx, platform.keys, certificate.id, 'misconduct'));
    const statement = {
      format: 'archive-gate.certificate-invalidation',
      version: 1,
      id: made.id,
      tenantId: certificate.tenantId,
      invalidatesId: certificate.id,
      reason: 'misconduct',
    };
    expect(isSignedBy(statement, made, publicKey())).toBe(true);
    expect(isSignedBy({ ...statement, reason: 'duplicate' }, made, publicKey())).toBe(false);
    await expect(run((tx) => exportCertificate(tx, platform.keys, 'I-1'))).rejects.toThrowError(
      refusedWith('TRAINING_CERTIFICATE_UNKNOWN'),
    );
  });

  it('keep their signature when their holder is forgotten, and nobody can try names on it', async () => {
    const signed = await issue(5, 'F-1', 'Ada Lovelace');
    await run((tx) => platform.keys.forget(tx, completed[5]!.userId));
    await expect(run((tx) => exportCertificate(tx, platform.keys, 'F-1'))).rejects.toThrowError(
      refusedWith('TRAINING_CERTIFICATE_UNREADABLE'),
    );
    const [row] = await run((tx) => certificates.history(tx, signed.certificate.id));
    expect(row?.signature).toBe(signed.signature);
    // All that the database has, and the right name: without the salt it proves nothing.
    const guess = { ...signed.certificate, salt: '' };
    expect(isSignedBy(guess, row!, publicKey())).toBe(false);
    // The holder's own copy is as good as before.
    expect(verifyCertificate(JSON.stringify(signed), publicKey())).toEqual(signed.certificate);
  });

  describe('on the command line', () => {
    it('are exported, and verified where there is no database', async () => {
      const signed = await issue(0, 'X-1');
      const { out } = await callDmz(['certificate', 'export', 'X-1', '--tenant', TENANT], db.environment);
      expect(JSON.parse(out)).toEqual(signed);
      const pem = (await callDmz(['certificate', 'public-key'], db.environment)).out;
      const [file, key] = [fileOf('x.json', out), fileOf('issuer.pem', pem)];
      const elsewhere = { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none', DMZ_HOME: folder };
      const verified = await runDmz(['certificate', 'verify', file, '--key', key, '--json'], elsewhere);
      expect([verified.status, JSON.parse(verified.out)]).toEqual([
        0,
        { genuine: true, signingKeyId: signed.signingKeyId, certificate: signed.certificate },
      ]);
      const forged = fileOf('forged.json', out.replace('Zoë', 'Max'));
      const args = ['certificate', 'verify', forged, '--key', key];
      expectFailure(await callDmz(args, elsewhere), 'TRAINING_CERTIFICATE_NOT_GENUINE', 1);
      const nothing = ['certificate', 'verify', path.join(folder, 'nothing'), '--key', key];
      expectFailure(await callDmz(nothing, elsewhere), 'TRAINING_CERTIFICATE_INVALID', 1);
      expectFailure(
        await callDmz(['certificate', 'verify', file, '--key', file], elsewhere),
        'SIGNING_KEY_INVALID',
        1,
      );
    });

    it('are shown with what became of them, and taken back', async () => {
      const { certificate } = await issue(0, 'R-1');
      const dmz = (...args: string[]) => callDmz(['records', ...args], db.environment);
      const of = ['training.certificates', certificate.id, '--tenant', TENANT];
      const { out } = await dmz('invalidate', ...of, '--reason', 'revocation', '--json');
      const made = JSON.parse(out);
      expect(made).toMatchObject({ invalidates: certificate.id, reason: 'revocation' });
      expect(JSON.parse((await dmz('show', ...of, '--json')).out)).toMatchObject([
        { id: certificate.id, status: 'valid', reason: null, validNow: false },
        { id: made.id, status: 'invalidated', reason: 'revocation', validNow: false },
      ]);
      const admin = await db.connectAsAdmin();
      const { rows } = await admin.query(
        'SELECT action, details FROM admin.audit_log WHERE subject_id = $1',
        [certificate.id],
      );
      expect(rows).toEqual([
        { action: 'training.certificates.invalidated', details: { by: made.id, reason: 'revocation' } },
      ]);
      const listed = JSON.parse((await dmz('list', '--tenant', TENANT, '--json')).out);
      const line = listed.find((each: { table: string }) => each.table === 'training.certificates');
      expect(line.superseded).toBeGreaterThan(0);
      expect(line.invalidated).toBeGreaterThan(1);
      expectFailure(await dmz('invalidate', ...of, '--reason', 'duplicate'), 'RECORDS_ALREADY_SUCCEEDED', 1);
      expectFailure(await dmz('invalidate', ...of), 'CLI_OPTION_MISSING', 2);
      expectFailure(
        await dmz('show', 'training.teachers', certificate.id, '--tenant', TENANT),
        'RECORDS_TABLE_UNKNOWN',
        2,
      );
    });
  });
});
