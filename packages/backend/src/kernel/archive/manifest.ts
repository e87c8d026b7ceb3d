/**
 * What an archive says of itself: `manifest.json` lists every file with its bytes and SHA-256, `manifest.sig.json` signs it.
 * Both are canonical JSON (RFC 8785) to the byte, so that not even white space in them can change unnoticed.
 */
import type { KeyObject } from 'node:crypto';
import { canonicalJson } from '@archive-gate/game-engine';
import { z } from 'zod';
import { isSignedBy, keyIdOf, type Signature, signDocument } from '../signing/index.ts';
import { archiveErrors } from './errors.ts';

export const MANIFEST = 'manifest.json';
export const SIGNATURES = 'manifest.sig.json';

const ArchivedFile = z.strictObject({
  name: z.string(),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ArchivedFile = Readonly<z.infer<typeof ArchivedFile>>;

const Manifest = z.strictObject({
  format: z.string(),
  version: z.int(),
  madeAt: z.iso.datetime(),
  /** What whoever writes archives of this format wants to say. */
  head: z.record(z.string(), z.unknown()),
  /** In the order in which they were written. */
  files: z.array(ArchivedFile),
});
export type Manifest = z.infer<typeof Manifest>;

/** One signature a key: during an overlap, that of the key before too. */
const Signatures = z.strictObject({
  signatures: z
    .array(
      z.strictObject({
        // 64 bytes in base64url: the last character holds two bits, so that each signature is written in one way alone.
        signature: z.string().regex(/^[\w-]{85}[AQgw]$/),
        signingKeyId: z.string(),
      }),
    )
    .min(1),
});

export const manifestText = (manifest: Manifest): string => canonicalJson(manifest);

export function signaturesText(manifest: Manifest, keys: readonly KeyObject[]): string {
  return canonicalJson({ signatures: keys.map((key) => signDocument(manifest, key)) });
}

/** @throws ARCHIVE_MANIFEST_INVALID */
export const parseManifest = (text: string): Manifest => parseCanonical(text, MANIFEST, Manifest);

/** @throws ARCHIVE_MANIFEST_INVALID */
export const parseSignatures = (text: string): readonly Signature[] =>
  parseCanonical(text, SIGNATURES, Signatures).signatures;

function parseCanonical<Shape>(text: string, name: string, shape: z.ZodType<Shape>): Shape {
  try {
    const parsed: unknown = JSON.parse(text);
    if (canonicalJson(parsed) === text) return shape.parse(parsed);
  } catch (cause) {
    throw archiveErrors.ARCHIVE_MANIFEST_INVALID({ found: name, cause });
  }
  throw archiveErrors.ARCHIVE_MANIFEST_INVALID({ found: `${name}, which is not canonical JSON` });
}

/**
 * @param believed  public or private keys; of those that signed, every one that is among them must have signed this
 * @returns the id of the first that did
 * @throws ARCHIVE_KEY_UNKNOWN, ARCHIVE_SIGNATURE_INVALID
 */
export function requireSignature(
  manifest: Manifest,
  signatures: readonly Signature[],
  believed: readonly KeyObject[],
): string {
  const byId = new Map(believed.map((key) => [keyIdOf(key), key]));
  const known = signatures.filter(({ signingKeyId }) => byId.has(signingKeyId));
  const [first] = known;
  if (!first)
    throw archiveErrors.ARCHIVE_KEY_UNKNOWN({
      found: `key ${signatures.map(({ signingKeyId }) => signingKeyId).join(', ')}`,
      expected: [...byId.keys()].join(', ') || 'a key that is believed',
    });
  for (const each of known) {
    const key = byId.get(each.signingKeyId);
    if (!key || !isSignedBy(manifest, each, key))
      throw archiveErrors.ARCHIVE_SIGNATURE_INVALID({ found: `a signature by key ${each.signingKeyId}` });
  }
  return first.signingKeyId;
}

/**
 * Names are relative paths with slashes, which lead nowhere else wherever an archive is unpacked.
 *
 * @throws ARCHIVE_FILE_NAME
 */
export function requireSafeName(name: string): void {
  const parts = name.split('/');
  const isSafe =
    !/[\\\p{Cc}]|^[A-Za-z]:/u.test(name) &&
    !parts.some((part) => part === '' || part === '.' || part === '..');
  if (!isSafe)
    throw archiveErrors.ARCHIVE_FILE_NAME({
      found: JSON.stringify(name),
      expected: 'a relative path without .., backslashes and control characters',
    });
}
