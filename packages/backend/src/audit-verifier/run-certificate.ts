/**
 * Certificates of retention runs, which stand in the log as entries: signed documents that name the last removal of their time,
 * and with it all before. Removals that no certificate reaches are of a run that has not ended, or of nobody's.
 */
import { verify } from 'node:crypto';
import { keyIdOf, keyOf } from './checkpoint.ts';
import { type ChainEntry, isWholeNumber } from './entry.ts';
import { isObject, parseJson } from './read-files.ts';

export const RETENTION_COMPLETED = 'governance.retention.completed';

export interface RunCertificate {
  readonly removals: number;
  readonly removalsSha256: string;
  /** RFC 7638 thumbprint of the key that has signed it. */
  readonly keyId: string;
}

/** @returns undefined for another entry, one that concerns no audit entries, or one that is not signed as it says */
export function readRunCertificate(
  tenantId: string,
  { action, details }: ChainEntry,
): RunCertificate | undefined {
  if (action !== RETENTION_COMPLETED) return undefined;
  const { document, signature, publicKey } = parsed(details);
  if (!isObject(document) || typeof signature !== 'string' || typeof publicKey !== 'string') return undefined;
  const { removals, removalsSha256 } = isObject(document.auditLog) ? document.auditLog : {};
  if (document.tenantId !== tenantId || !isWholeNumber(removals) || typeof removalsSha256 !== 'string')
    return undefined;
  const key = keyOf(publicKey);
  const isSigned =
    key !== undefined &&
    verify(null, Buffer.from(canonicalJson(document)), key, Buffer.from(signature, 'base64url'));
  return isSigned ? { removals, removalsSha256, keyId: keyIdOf(publicKey) } : undefined;
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  const value = parseJson(text);
  return isObject(value) ? value : {};
}

/** RFC 8785 of texts, whole numbers, null and what is made of them. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, each]) => `${JSON.stringify(name)}:${canonicalJson(each)}`).join(',')}}`;
}
