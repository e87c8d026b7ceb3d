/** Signs the certificates of demonstration tenants, with a key that everybody knows: it proves nothing to anybody. */
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';

/** PKCS #8 of an Ed25519 key, up to the key itself (RFC 8410, section 7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const KNOWN_SECRET = createHash('sha256').update('demonstration certificates').digest();

const key = createPrivateKey({
  key: Buffer.concat([PKCS8_PREFIX, KNOWN_SECRET]),
  format: 'der',
  type: 'pkcs8',
});
const { crv, kty, x } = createPublicKey(key).export({ format: 'jwk' });
/** RFC 7638, section 3: the required members in the order of their names (RFC 8037, appendix A.3). */
const signingKeyId = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');

export function signDemonstration(canonicalJson: string) {
  return { signature: sign(null, Buffer.from(canonicalJson), key).toString('base64url'), signingKeyId };
}
