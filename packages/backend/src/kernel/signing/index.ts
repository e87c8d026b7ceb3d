/**
 * Signatures of the platform: Ed25519 (RFC 8032) over a document's canonical JSON (RFC 8785). The key is a file that its
 * owner alone can read, made when it is first needed; whoever has the public key can check a signature without us.
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
import { stateFolder } from '../project.ts';
import { createFileOnce } from '../stack/index.ts';
import { signingErrors } from './errors.ts';

export { signingErrors } from './errors.ts';

export interface Signature {
  /** Base64url. */
  readonly signature: string;
  /** RFC 7638 thumbprint of the public key. */
  readonly signingKeyId: string;
}

/** The platform's key: the file that DMZ_SIGNING_KEY names, or one in the state folder. @throws SIGNING_KEY_INVALID */
export function platformKey(): KeyObject {
  const given = process.env.DMZ_SIGNING_KEY;
  const file = given ? path.resolve(given) : path.join(stateFolder(), 'signing-key.pem');
  if (!given && !fs.existsSync(file)) createFileOnce(file, newKey());
  const key = readKey(file);
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw signingErrors.SIGNING_KEY_INVALID({ found: `${file}: a key of type ${key.asymmetricKeyType}` });
}

function readKey(file: string): KeyObject {
  try {
    return createPrivateKey(fs.readFileSync(file, 'utf8'));
  } catch (cause) {
    throw signingErrors.SIGNING_KEY_INVALID({ found: file, cause });
  }
}

const newKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

export function signDocument(document: unknown, key: KeyObject = platformKey()): Signature {
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
  const { crv, kty, x } = publicOf(key).export({ format: 'jwk' });
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
}
