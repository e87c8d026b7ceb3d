/**
 * What an encrypted value looks like, and AES-256-GCM (NIST SP 800-38D) over it. A value says its version, whose key it
 * needs and which one, so that keys can be changed without touching it. The value belongs to one cell of the database: the
 * cell's name is authenticated with it (associated data), and so is everything in front of the nonce.
 *
 *     dmz : 1 : person : <id of the key> : base64url(nonce, 12 bytes ‖ ciphertext ‖ tag, 16 bytes)
 *
 * Nonces are random (section 8.2.2), so a key must not encrypt more than 2^32 times (section 8.3): far more than a person
 * writes. The length of a text can be told from its ciphertext.
 */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { unescape as decodePercent } from 'node:querystring';
import type { Ciphertext, KeyOwner } from '../db/index.ts';
import { keyErrors } from './errors.ts';

const VERSION = 1;
const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Where a value stands, the same at every placement. */
export interface Cell {
  readonly tenantId: string;
  /** As module.table. */
  readonly table: string;
  /** SQL name. */
  readonly column: string;
  /** The row's. */
  readonly id: string;
}

export interface KeyName {
  readonly owner: KeyOwner;
  readonly keyId: string;
}

export interface ParsedCiphertext extends KeyName {
  readonly body: Buffer;
}

export const newKey = (): KeyObject => createSecretKey(randomBytes(KEY_BYTES));

export function encrypt(key: KeyObject, name: KeyName, cell: Cell, plain: Buffer): Ciphertext {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associatedData(name, cell));
  return write(name, Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]));
}

/** @throws KEYS_CIPHERTEXT_ALTERED */
export function decrypt(key: KeyObject, { body, ...name }: ParsedCiphertext, cell: Cell): Buffer {
  try {
    const decipher = createDecipheriv(CIPHER, key, body.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(associatedData(name, cell));
    decipher.setAuthTag(body.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw keyErrors.KEYS_CIPHERTEXT_ALTERED({ found: describeCell(cell), cause });
  }
}

/** A list as JSON has one reading only, whatever its members hold. */
const associatedData = ({ owner, keyId }: KeyName, { tenantId, table, column, id }: Cell): Buffer =>
  Buffer.from(JSON.stringify(['dmz', VERSION, owner, keyId, tenantId, table, column, id]));

/** What wrapped a tenant's key is told apart by its owner alone: its bytes are its keeper's business. */
export const write = ({ owner, keyId }: KeyName, body: Buffer): Ciphertext =>
  `dmz:${VERSION}:${owner}:${written(keyId)}:${body.toString('base64url')}` as Ciphertext;

/** The keeper of master keys may call them anything, such as by an ARN, which has colons. */
const written = (keyId: string): string =>
  encodeURIComponent(keyId).replaceAll(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16)}`);

const FORM = /^dmz:([1-9]\d*):(person|tenant|master):([^:]+):([A-Za-z0-9_-]+)$/;

/** @throws KEYS_CIPHERTEXT_INVALID */
export function parse(value: string, cell: Cell): ParsedCiphertext {
  const [, version, owner, id = '', text = ''] = FORM.exec(value) ?? [];
  const at = describeCell(cell);
  if (version !== undefined && version !== String(VERSION)) {
    throw keyErrors.KEYS_CIPHERTEXT_INVALID({
      found: `${at}: version ${version}`,
      expected: `version ${VERSION}`,
    });
  }
  const body = Buffer.from(text, 'base64url');
  const keyId = decodePercent(id);
  // Some bytes have several spellings; the one that we write is the only one that we read.
  const spelled = body.toString('base64url') === text && keyId.isWellFormed() && written(keyId) === id;
  const proper = spelled && (owner === 'master' || body.length >= NONCE_BYTES + TAG_BYTES);
  if (!version || !proper) throw keyErrors.KEYS_CIPHERTEXT_INVALID({ found: at, expected: 'dmz:1:…' });
  return { owner: owner as KeyOwner, keyId, body };
}

/** A row is named by its id, which says nothing of anybody. */
const describeCell = ({ table, column, id }: Cell): string => `${table}.${column} of row ${id}`;
