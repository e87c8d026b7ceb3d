/**
 * Master keys as files in a folder, one a key, readable by their owner alone: the default, for platforms without a key
 * service. `0002-<id>.key` is the second; the highest number wraps. A file is never written again, so two programs that
 * rotate at once cannot lose each other's key (they make two of one number, and all programs take the same of them), and
 * its id is a hash of the key, so a damaged file is found out.
 *
 * Whoever copies the database without this folder has nothing; keep a copy of the folder, and not beside the backups.
 */
import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { stateFolder } from '../project.ts';
import { createFileOnce } from '../stack/index.ts';
import { decrypt, encrypt, parse } from './ciphertext.ts';
import { keyErrors } from './errors.ts';
import type { MasterKeys, WrappedKey, WrappingContext } from './master-keys.ts';

const KEY_BYTES = 32;
const ID_BYTES = 8;
const FILE = /^(\d{4})-([0-9a-f]{16})\.key$/;
const OTHERS = 0o077;

export interface MasterKeyFile {
  readonly id: string;
  /** Counts from 1. */
  readonly number: number;
  readonly file: string;
}

export class FileMasterKeys implements MasterKeys {
  readonly folder: string;
  readonly #makesFirst: boolean;

  /** @param folder  by default the one that DMZ_MASTER_KEYS names, or one in the state folder, which gets a key when first needed */
  constructor(folder: string | undefined = process.env.DMZ_MASTER_KEYS || undefined) {
    this.folder = folder ? path.resolve(folder) : path.join(stateFolder(), 'master-keys');
    this.#makesFirst = folder === undefined;
  }

  /** The files, oldest first; they are not opened. */
  list(): MasterKeyFile[] {
    const names = fs.existsSync(this.folder) ? fs.readdirSync(this.folder) : [];
    return names
      .flatMap((name) => {
        const [, number, id] = FILE.exec(name) ?? [];
        return number && id ? [{ id, number: Number(number), file: path.join(this.folder, name) }] : [];
      })
      .sort((one, other) => (path.basename(one.file) < path.basename(other.file) ? -1 : 1));
  }

  /** Makes a new key that wraps from now on. */
  rotate(): MasterKeyFile {
    const number = (this.list().at(-1)?.number ?? 0) + 1;
    const key = randomBytes(KEY_BYTES);
    const id = idOf(key);
    const file = path.join(this.folder, `${String(number).padStart(4, '0')}-${id}.key`);
    createFileOnce(file, `${key.toString('base64url')}\n`);
    return { id, number, file };
  }

  async currentKeyId(): Promise<string> {
    return this.#current().id;
  }

  async wrap(key: Buffer, context: WrappingContext): Promise<WrappedKey> {
    const { id: keyId, file } = this.#current();
    const text = encrypt(readKey(keyId, file), { owner: 'master', keyId }, cellOf(context), key);
    return { keyId, bytes: Buffer.from(text) };
  }

  async unwrap({ keyId, bytes }: WrappedKey, context: WrappingContext): Promise<Buffer> {
    const known = this.list().find(({ id }) => id === keyId);
    if (!known)
      throw keyErrors.KEYS_MASTER_UNKNOWN({ found: keyId, expected: `a file of it in ${this.folder}` });
    const key = readKey(keyId, known.file);
    try {
      const cell = cellOf(context);
      const parsed = parse(bytes.toString(), cell);
      if (parsed.keyId === keyId) return decrypt(key, parsed, cell);
    } catch (cause) {
      throw keyErrors.KEYS_MASTER_WRONG({ found: keyId, cause });
    }
    throw keyErrors.KEYS_MASTER_WRONG({ found: keyId });
  }

  #current(): MasterKeyFile {
    const newest = this.list().at(-1);
    if (newest) return newest;
    if (!this.#makesFirst) throw keyErrors.KEYS_MASTER_MISSING({ found: this.folder });
    this.rotate();
    return this.#current();
  }
}

/** A name for the key that tells nothing of it. */
const idOf = (key: Buffer): string =>
  createHmac('sha256', key)
    .update('archive-gate master key')
    .digest('hex')
    .slice(0, 2 * ID_BYTES);

function readKey(id: string, file: string): KeyObject {
  const { mode } = fs.statSync(file);
  // Windows keeps no such bits.
  if (process.platform !== 'win32' && (mode & OTHERS) !== 0) {
    throw keyErrors.KEYS_MASTER_EXPOSED({
      found: `${file}: mode ${(mode & 0o777).toString(8)}`,
      expected: 'mode 600',
    });
  }
  const key = Buffer.from(fs.readFileSync(file, 'utf8').trim(), 'base64url');
  if (key.length === KEY_BYTES && idOf(key) === id) return createSecretKey(key);
  throw keyErrors.KEYS_MASTER_INVALID({
    found: file,
    expected: `${KEY_BYTES} bytes, base64url, with the id ${id}`,
  });
}

const cellOf = ({ tenantId, tenantKeyId }: WrappingContext) => ({
  tenantId,
  table: 'governance.tenant_keys',
  column: 'wrapped_key_ciphertext',
  id: tenantKeyId,
});
