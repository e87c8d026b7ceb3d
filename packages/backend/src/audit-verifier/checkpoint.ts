/**
 * Signed tree heads. The document that is signed names the keys that sign it, so that a checkpoint of an overlap, signed by
 * the key of before as well, is that key's word for the new one.
 */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { isHexHash, isWholeNumber } from './entry.ts';
import { type Finding, finding } from './finding.ts';

export const CHECKPOINT = 'dmz.audit.checkpoint/1';

/** What is signed, as canonical JSON (RFC 8785). */
export interface CheckpointDocument {
  readonly type: typeof CHECKPOINT;
  readonly tenantId: string;
  /** Number of entries. */
  readonly sequence: number;
  /** SHA-256 of the last of them. */
  readonly chainSha256: string;
  /** Root over entries 1 to sequence. */
  readonly merkleRootSha256: string;
  readonly takenAt: string;
  /** RFC 7638 thumbprint. */
  readonly signingKeyId: string;
  readonly cosigningKeyId: string | null;
}

export interface Checkpoint extends CheckpointDocument {
  /** 32 bytes, base64url: `x` of RFC 8037. */
  readonly publicKey: string;
  /** Ed25519 (RFC 8032), base64url. */
  readonly signature: string;
  readonly cosigningPublicKey: string | null;
  readonly cosignature: string | null;
}

export function documentOf(checkpoint: CheckpointDocument): CheckpointDocument {
  const { type, tenantId, sequence, chainSha256, merkleRootSha256, takenAt } = checkpoint;
  const { signingKeyId, cosigningKeyId } = checkpoint;
  return { type, tenantId, sequence, chainSha256, merkleRootSha256, takenAt, signingKeyId, cosigningKeyId };
}

/** RFC 8785 of a flat object of plain names: texts and safe whole numbers are as JSON.stringify writes them. */
const canonical = (document: CheckpointDocument): Buffer =>
  Buffer.from(
    JSON.stringify(Object.fromEntries(Object.entries(document).sort(([a], [b]) => (a < b ? -1 : 1)))),
  );

const isText = (value: unknown): value is string => typeof value === 'string' && value.isWellFormed();

export function readCheckpoint(value: unknown): Checkpoint | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const it = value as Record<keyof Checkpoint, unknown>;
  const texts = [it.tenantId, it.takenAt, it.signingKeyId, it.publicKey, it.signature];
  const ofOverlap = [it.cosigningKeyId, it.cosigningPublicKey, it.cosignature];
  const whole =
    it.type === CHECKPOINT &&
    isWholeNumber(it.sequence) &&
    isHexHash(it.chainSha256) &&
    isHexHash(it.merkleRootSha256) &&
    texts.every(isText) &&
    (ofOverlap.every(isText) || ofOverlap.every((each) => each === null));
  return whole ? (value as Checkpoint) : undefined;
}

/** @param x  32 bytes, base64url */
export function keyIdOf(x: string): string {
  return createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');
}

/** @param x  32 bytes, base64url */
export function keyOf(x: string): KeyObject | undefined {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

function isSigned(checkpoint: Checkpoint, x: string, keyId: string | null, signature: string): boolean {
  const key = keyOf(x);
  const document = canonical(documentOf(checkpoint));
  return (
    key !== undefined &&
    keyIdOf(x) === keyId &&
    verify(null, document, key, Buffer.from(signature, 'base64url'))
  );
}

/** Whether every signature that it claims to have is there. */
export function isGenuine(checkpoint: Checkpoint): boolean {
  const { publicKey, signature, signingKeyId, cosigningPublicKey, cosignature, cosigningKeyId } = checkpoint;
  if (!isSigned(checkpoint, publicKey, signingKeyId, signature)) return false;
  return (
    cosigningPublicKey === null ||
    cosignature === null ||
    isSigned(checkpoint, cosigningPublicKey, cosigningKeyId, cosignature)
  );
}

const namesKeys = ({ signingKeyId, cosigningKeyId }: Checkpoint) => [signingKeyId, cosigningKeyId];

/**
 * The keys that are believed: those that were given, and those that one of them has signed a checkpoint together with.
 *
 * @param given  ids of keys; where there are none, any key that a checkpoint brings is believed
 */
export class Trust {
  readonly #given: ReadonlySet<string>;
  readonly #known: Set<string>;
  /** Keys before known ones. */
  readonly #beside = new Set<string>();

  constructor(given: Iterable<string>, checkpoints: readonly Checkpoint[]) {
    this.#given = new Set(given);
    this.#known = new Set(this.#given);
    const genuine = checkpoints.filter(isGenuine);
    for (let before = -1; before < this.#known.size; ) {
      before = this.#known.size;
      // The key of before vouches for the one after it, and not the other way round.
      for (const { signingKeyId, cosigningKeyId } of genuine)
        if (cosigningKeyId !== null && this.#known.has(cosigningKeyId)) this.#known.add(signingKeyId);
    }
    for (const { signingKeyId, cosigningKeyId } of genuine)
      if (cosigningKeyId !== null && this.#known.has(signingKeyId)) this.#beside.add(cosigningKeyId);
  }

  /** Whether a document of this key is believed: also of one that a known key has signed a checkpoint together with. */
  believes(keyId: string): boolean {
    return this.#given.size === 0 || this.#known.has(keyId) || this.#beside.has(keyId);
  }

  find(checkpoint: Checkpoint, object: string): Finding[] {
    if (!isGenuine(checkpoint))
      return [
        finding('checkpoint-forged', object, 'its signature is not of what it says, or not of its key'),
      ];
    if (this.#given.size === 0 || namesKeys(checkpoint).some((id) => id !== null && this.#known.has(id)))
      return [];
    const detail = `it is signed by key ${checkpoint.signingKeyId}, which nobody has vouched for`;
    return [finding('checkpoint-key-unknown', object, detail)];
  }
}
