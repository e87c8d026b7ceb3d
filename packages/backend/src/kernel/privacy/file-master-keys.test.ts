/** Master keys in files: for their owner's eyes alone, never lost by a rotation, and never taken for another key. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FileMasterKeys } from './file-master-keys.ts';

const CONTEXT = { tenantId: 'tenant', tenantKeyId: 'key' };
const refusedWith = (code: string) => expect.objectContaining({ code });

describe('master keys in files', () => {
  let home: string;
  beforeEach(() => {
    home = fs.mkdtempSync(path.join(os.tmpdir(), 'dmz-master-'));
    vi.stubEnv('DMZ_HOME', home);
    vi.stubEnv('DMZ_MASTER_KEYS', '');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    fs.rmSync(home, { recursive: true });
  });

  it('begin with one that is made when it is first needed, for its owner alone', async () => {
    const keys = new FileMasterKeys();
    expect(keys.list()).toEqual([]);
    const key = randomBytes(32);
    const wrapped = await keys.wrap(key, CONTEXT);
    expect(await new FileMasterKeys().unwrap(wrapped, CONTEXT)).toEqual(key);
    const [file, ...others] = keys.list();
    expect(others).toEqual([]);
    expect(file).toMatchObject({ number: 1, id: wrapped.keyId, file: expect.stringContaining('0001-') });
    expect(fs.statSync(file!.file).mode & 0o777).toBe(0o600);
    expect(wrapped.bytes.includes(key)).toBe(false);
  });

  it('are not made in a folder that was named, which is likely the wrong one', async () => {
    const folder = path.join(home, 'given');
    vi.stubEnv('DMZ_MASTER_KEYS', folder);
    await expect(new FileMasterKeys().wrap(randomBytes(32), CONTEXT)).rejects.toThrowError(
      refusedWith('KEYS_MASTER_MISSING'),
    );
    expect(fs.existsSync(folder)).toBe(false);
  });

  it('go on reading after a rotation, and the new one wraps', async () => {
    const keys = new FileMasterKeys();
    const key = randomBytes(32);
    const before = await keys.wrap(key, CONTEXT);
    const { id } = keys.rotate();
    const after = await keys.wrap(key, CONTEXT);
    expect([after.keyId, after.keyId === before.keyId]).toEqual([id, false]);
    expect(await keys.unwrap(before, CONTEXT)).toEqual(key);
    expect(await keys.unwrap(after, CONTEXT)).toEqual(key);
  });

  it('are all kept when two programs rotate at once, and both then take the same one', async () => {
    const [one, other] = [new FileMasterKeys(), new FileMasterKeys()];
    await one.currentKeyId();
    // Both have looked before either has written.
    vi.spyOn(other, 'list').mockReturnValueOnce(one.list());
    const ids = [one.rotate().id, other.rotate().id];
    expect(one.list().map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    expect(await one.currentKeyId()).toBe(await other.currentKeyId());
  });

  it.each([0o640, 0o604, 0o666])('are not used when others can read them (mode %o)', async (mode) => {
    const keys = new FileMasterKeys();
    const wrapped = await keys.wrap(randomBytes(32), CONTEXT);
    fs.chmodSync(keys.list()[0]!.file, mode);
    for (const use of [keys.unwrap(wrapped, CONTEXT), keys.wrap(randomBytes(32), CONTEXT)])
      await expect(use).rejects.toThrowError(refusedWith('KEYS_MASTER_EXPOSED'));
  });

  it.each([
    ['another key', () => randomBytes(32).toString('base64url')],
    ['half a key', () => randomBytes(16).toString('base64url')],
    ['nothing', () => ''],
  ])('are not used when a file holds %s', async (_, content) => {
    const keys = new FileMasterKeys();
    const wrapped = await keys.wrap(randomBytes(32), CONTEXT);
    fs.writeFileSync(keys.list()[0]!.file, content());
    await expect(keys.unwrap(wrapped, CONTEXT)).rejects.toThrowError(refusedWith('KEYS_MASTER_INVALID'));
  });

  it('that are lost, altered or of another tenant open nothing, and say so', async () => {
    const keys = new FileMasterKeys();
    const wrapped = await keys.wrap(randomBytes(32), CONTEXT);
    const elsewhere = { ...CONTEXT, tenantId: 'another' };
    await expect(keys.unwrap(wrapped, elsewhere)).rejects.toThrowError(refusedWith('KEYS_MASTER_WRONG'));
    const cut = { ...wrapped, bytes: wrapped.bytes.subarray(0, -4) };
    await expect(keys.unwrap(cut, CONTEXT)).rejects.toThrowError(refusedWith('KEYS_MASTER_WRONG'));
    fs.rmSync(keys.list()[0]!.file);
    await expect(keys.unwrap(wrapped, CONTEXT)).rejects.toThrowError(refusedWith('KEYS_MASTER_UNKNOWN'));
  });
});
