/** A signature is of a document and a key: neither can change unnoticed, and the order of fields is no part of it. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { isSignedBy, platformKey, signDocument } from './index.ts';

describe('the platform’s signature', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmz-key-'));
  afterEach(() => vi.unstubAllEnvs());
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it('holds for the document in any order of its fields, and for no other document or key', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const signed = signDocument({ rows: { a: 1, b: 2 }, slug: 'acme' }, privateKey);
    expect(isSignedBy({ slug: 'acme', rows: { b: 2, a: 1 } }, signed, publicKey)).toBe(true);
    expect(isSignedBy({ slug: 'acme', rows: { b: 2, a: 2 } }, signed, publicKey)).toBe(false);
    const other = generateKeyPairSync('ed25519').publicKey;
    expect(isSignedBy({ slug: 'acme', rows: { b: 2, a: 1 } }, signed, other)).toBe(false);
  });

  it('is made with a key that is made once, for its owner’s eyes alone', () => {
    vi.stubEnv('DMZ_HOME', folder);
    vi.stubEnv('DMZ_SIGNING_KEY', '');
    const signed = signDocument({ a: 1 });
    expect(signDocument({ a: 1 })).toEqual(signed);
    expect(isSignedBy({ a: 1 }, signed, createPublicKey(platformKey()))).toBe(true);
    expect(fs.statSync(path.join(folder, 'signing-key.pem')).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['is missing', undefined],
    ['is no key', 'nothing'],
    ['is of another kind', generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' })],
  ])('is not made with a file that %s', (_, content) => {
    const file = path.join(folder, 'given.pem');
    fs.rmSync(file, { force: true });
    if (content !== undefined) fs.writeFileSync(file, content);
    vi.stubEnv('DMZ_SIGNING_KEY', file);
    expect(() => signDocument({})).toThrowError(expect.objectContaining({ code: 'SIGNING_KEY_INVALID' }));
  });
});
