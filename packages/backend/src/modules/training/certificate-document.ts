/**
 * A certificate as a document of its own, which anybody can verify without us: what it certifies, and the platform's
 * signature over its canonical JSON (RFC 8785, Ed25519 of RFC 8032). It cannot tell whether it was taken back since.
 */
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { isSignedBy, keyIdOf, type Signature } from '../../kernel/signing/index.ts';
import { trainingErrors } from './errors.ts';

/** Beside the name stands a random salt: who has the signature alone, as the database does for ever, cannot try names on it. */
const Certificate = z.strictObject({
  format: z.literal('archive-gate.certificate'),
  version: z.literal(1),
  id: z.uuid(),
  tenantId: z.uuid(),
  serial: z.string(),
  holderName: z.string(),
  program: z.strictObject({ id: z.uuid(), title: z.string() }),
  completionId: z.uuid(),
  completedOn: z.iso.date(),
  issuedOn: z.iso.date(),
  expiresOn: z.iso.date().nullable(),
  /** The certificate that it corrects. */
  supersedesId: z.uuid().nullable(),
  salt: z.string(),
});
export type Certificate = z.infer<typeof Certificate>;

const SignedCertificate = z.strictObject({
  certificate: Certificate,
  signature: z.string(),
  signingKeyId: z.string(),
});
export type SignedCertificate = { readonly certificate: Certificate } & Signature;

/**
 * Reads a certificate, and holds it to a public key. Needs neither a database nor the platform.
 *
 * @param text       the file as it was handed out
 * @param publicKey  of whoever is believed to have issued it; where it comes from is what the answer is worth
 * @throws TRAINING_CERTIFICATE_INVALID, TRAINING_CERTIFICATE_NOT_GENUINE
 */
export function verifyCertificate(text: string, publicKey: KeyObject): Certificate {
  const { certificate, signature, signingKeyId } = parse(text);
  const ours = keyIdOf(publicKey);
  if (signingKeyId !== ours) {
    const found = `signed with key ${signingKeyId.slice(0, 64)}`;
    throw trainingErrors.TRAINING_CERTIFICATE_NOT_GENUINE({ found, expected: `key ${ours}` });
  }
  if (isSignedBy(certificate, { signature }, publicKey)) return certificate;
  throw trainingErrors.TRAINING_CERTIFICATE_NOT_GENUINE({ found: 'a signature of other contents' });
}

function parse(text: string): SignedCertificate {
  try {
    return SignedCertificate.parse(JSON.parse(text));
  } catch (cause) {
    const at = cause instanceof z.ZodError ? cause.issues[0]?.path.join('.') : undefined;
    throw trainingErrors.TRAINING_CERTIFICATE_INVALID({ ...(at ? { found: `no proper ${at}` } : {}), cause });
  }
}
