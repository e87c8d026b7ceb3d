/** Master keys as a service far away keeps them: asked over a wait, known by long names, and never handed out. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  keyErrors,
  type MasterKeys,
  type WrappedKey,
  type WrappingContext,
} from '../../src/kernel/privacy/index.ts';

const WAIT_MS = 2;

export class KeyService implements MasterKeys {
  readonly #keys = new Map<string, Buffer>();
  readonly #region: string;
  /** How often it was asked to unwrap. */
  unwrapped = 0;

  /** @param region  part of its keys' names, by which two services are told apart */
  constructor(region = 'region-1') {
    this.#region = region;
    this.rotate();
  }

  rotate(): string {
    const id = `arn:keys:${this.#region}:0000:key/(${this.#keys.size + 1})`;
    this.#keys.set(id, randomBytes(32));
    return id;
  }

  lose(keyId: string): void {
    this.#keys.delete(keyId);
  }

  async currentKeyId(): Promise<string> {
    await sleep(WAIT_MS);
    return [...this.#keys.keys()].at(-1) ?? '';
  }

  async wrap(key: Buffer, context: WrappingContext): Promise<WrappedKey> {
    const keyId = await this.currentKeyId();
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key(keyId), nonce);
    cipher.setAAD(Buffer.from(JSON.stringify(context)));
    const bytes = Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
    return { keyId, bytes };
  }

  async unwrap({ keyId, bytes }: WrappedKey, context: WrappingContext): Promise<Buffer> {
    await sleep(WAIT_MS);
    this.unwrapped += 1;
    const decipher = createDecipheriv('aes-256-gcm', this.#key(keyId), bytes.subarray(0, 12));
    decipher.setAAD(Buffer.from(JSON.stringify(context)));
    decipher.setAuthTag(bytes.subarray(-16));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
    } catch (cause) {
      throw keyErrors.KEYS_MASTER_WRONG({ found: keyId, cause });
    }
  }

  #key(keyId: string): Buffer {
    const key = this.#keys.get(keyId);
    if (key) return key;
    throw keyErrors.KEYS_MASTER_UNKNOWN({ found: keyId });
  }
}
