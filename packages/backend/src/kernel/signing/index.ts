/**
 * Signatures of the platform: Ed25519 (RFC 8032) over a document's canonical JSON (RFC 8785). The key is a file that its
 * owner alone can read, made when it is first needed; whoever has the public key can check a signature without us. A key is
 * replaced with an overlap: as long as the one before is there too, both sign what must be believed for long.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { canonicalJson } from '@archive-gate/game-engine';
import { readGivenFile } from '../given-file.ts';
import { stateFolder } from '../project.ts';
import { createFileOnce } from '../stack/index.ts';
import { requireJson } from '../values/index.ts';
import { signingErrors } from './errors.ts';

export { signingErrors } from './errors.ts';

export interface Signature {
  /** Base64url. */
  readonly signature: string;
  /** RFC 7638 thumbprint of the public key. */
  readonly signingKeyId: string;
}

/** PEM of a key has some hundred. */
const MOST_KEY_BYTES = 100_000;

const ownFile = () => path.join(stateFolder(), 'signing-key.pem');
const formerFile = () => path.join(stateFolder(), 'signing-key.former.pem');

/** The platform's key: what DMZ_SIGNING_KEY is or names, or a file in the state folder. @throws SIGNING_KEY_INVALID */
export function platformKey(): KeyObject {
  const given = process.env.DMZ_SIGNING_KEY;
  if (given) return readKey(given, 'DMZ_SIGNING_KEY');
  if (!fs.existsSync(ownFile())) createFileOnce(ownFile(), newKey());
  return readKey(ownFile(), ownFile());
}

/** The key before it, during an overlap: what DMZ_SIGNING_KEY_FORMER is or names, or a file. @throws SIGNING_KEY_INVALID */
export function formerKey(): KeyObject | undefined {
  const given = process.env.DMZ_SIGNING_KEY_FORMER;
  if (given) return readKey(given, 'DMZ_SIGNING_KEY_FORMER');
  return fs.existsSync(formerFile()) ? readKey(formerFile(), formerFile()) : undefined;
}

/** Those that sign what must be believed for long, and are believed: of now, and the one before it during an overlap. */
export const platformKeys = (): KeyObject[] =>
  [platformKey(), formerKey()].filter((key) => key !== undefined);

/**
 * Makes a new key in the state folder, and begins an overlap with the one that there was.
 *
 * @throws SIGNING_KEY_GIVEN  where the environment gives the key, SIGNING_OVERLAP_OPEN
 */
export function rotateKey(): { readonly former: string; readonly current: string } {
  if (process.env.DMZ_SIGNING_KEY) throw signingErrors.SIGNING_KEY_GIVEN({ found: 'DMZ_SIGNING_KEY' });
  const former = keyIdOf(platformKey());
  if (fs.existsSync(formerFile())) throw signingErrors.SIGNING_OVERLAP_OPEN({ found: formerFile() });
  // The link first: killed in between, both names are of one key, and nothing is lost.
  fs.linkSync(ownFile(), formerFile());
  const beside = `${ownFile()}.new`;
  fs.rmSync(beside, { force: true });
  createFileOnce(beside, newKey());
  fs.renameSync(beside, ownFile());
  return { former, current: keyIdOf(platformKey()) };
}

/** Ends the overlap: the key before is destroyed here. @returns whether there was one */
export function endOverlap(): boolean {
  const isOpen = fs.existsSync(formerFile());
  fs.rmSync(formerFile(), { force: true });
  return isOpen;
}

/** @param given  PEM, or the file that holds it */
function readKey(given: string, name: string): KeyObject {
  const key = parseKey(given, name);
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw signingErrors.SIGNING_KEY_INVALID({ found: `${name}: a key of type ${key.asymmetricKeyType}` });
}

function parseKey(given: string, name: string): KeyObject {
  try {
    return createPrivateKey(
      given.startsWith('-----BEGIN') ? given : readGivenFile(path.resolve(given), MOST_KEY_BYTES),
    );
  } catch (cause) {
    throw signingErrors.SIGNING_KEY_INVALID({ found: name, cause });
  }
}

const newKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** Somebody else's key, from a file in PEM. @throws SIGNING_KEY_INVALID */
export function readPublicKey(file: string): KeyObject {
  try {
    const key = createPublicKey(readGivenFile(file, MOST_KEY_BYTES));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    throw signingErrors.SIGNING_KEY_INVALID({ found: file, expected: 'a public Ed25519 key, PEM', cause });
  }
  throw signingErrors.SIGNING_KEY_INVALID({ found: file, expected: 'a public Ed25519 key, PEM' });
}

/** @throws VALUE_REFUSED  for what could not be stored, and then verified, as it is signed */
export function signDocument(document: unknown, key: KeyObject = platformKey()): Signature {
  requireJson('a document to be signed', document);
  const signature = sign(null, Buffer.from(canonicalJson(document)), key).toString('base64url');
  return { signature, signingKeyId: keyIdOf(key) };
}

/** @param key  public or private */
export function isSignedBy(
  document: unknown,
  { signature }: Pick<Signature, 'signature'>,
  key: KeyObject,
): boolean {
  return verify(
    null,
    Buffer.from(canonicalJson(document)),
    publicOf(key),
    Buffer.from(signature, 'base64url'),
  );
}

const publicOf = (key: KeyObject): KeyObject => (key.type === 'public' ? key : createPublicKey(key));

/** What a key is known by, private or public: its thumbprint by RFC 7638, section 3: the required members in the order of their names (RFC 8037, appendix A.3). */
export function keyIdOf(key: KeyObject): string {
  const jwk = { crv: 'Ed25519', kty: 'OKP', x: publicKeyOf(key) };
  return createHash('sha256').update(JSON.stringify(jwk)).digest('base64url');
}

/** @returns the 32 bytes of the public key, base64url: `x` of RFC 8037 */
export function publicKeyOf(key: KeyObject): string {
  const { x } = publicOf(key).export({ format: 'jwk' });
  if (x === undefined) throw new Error('An Ed25519 key has x.');
  return x;
}
