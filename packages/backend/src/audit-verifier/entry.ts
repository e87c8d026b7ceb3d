/**
 * An entry of an audit log as an export holds it, and its hash: each field is its length in bytes, a colon and its UTF-8,
 * and null is a minus sign (docs/adr/0007-audit-chain.md). The database's trigger hashes the same text.
 */
import { createHash } from 'node:crypto';

export interface ChainEntry {
  /** Place in the chain, from 1; null where the entry is from before chains were kept. */
  readonly sequence: number | null;
  readonly previousSha256: string | null;
  readonly entrySha256: string | null;
  readonly id: string;
  /** ISO 8601 in UTC, with six digits of a second. */
  readonly occurredAt: string;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly action: string;
  readonly subjectType: string | null;
  readonly subjectId: string | null;
  /** PostgreSQL's own text of the jsonb. */
  readonly details: string;
  readonly version: number;
}

/** What is hashed as the hash before the first entry. */
export const NO_ENTRY = '0'.repeat(64);
export const BEGUN = 'admin.audit_chain.begun';

const TAG = 'dmz.audit.entry/1';
const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{6})Z$/;
const HASH = /^[0-9a-f]{64}$/;

/** @returns the SHA-256, in hex, that the entry has at a place of a tenant's chain; its own place, unless another is given */
export function hashEntry(
  tenantId: string,
  entry: ChainEntry,
  { sequence, previousSha256 }: Pick<ChainEntry, 'sequence' | 'previousSha256'> = entry,
): string {
  const { id, occurredAt, actorKind, actorId, action, subjectType, subjectId, details, version } = entry;
  const place = [sequence === null ? null : String(sequence), previousSha256];
  const actor = [actorKind, actorId];
  const subject = [subjectType, subjectId];
  const fields = [
    TAG,
    tenantId,
    ...place,
    id,
    microseconds(occurredAt),
    ...actor,
    action,
    ...subject,
    details,
  ];
  return createHash('sha256')
    .update([...fields, String(version)].map(encodeField).join(''))
    .digest('hex');
}

/** Its length in bytes, a colon and its UTF-8; no field can so be taken for a part of another. */
export const encodeField = (field: string | null): string =>
  field === null ? '-' : `${Buffer.byteLength(field)}:${field}`;

/** Since 1970; as text, since they are more than a double holds exactly of any year. */
function microseconds(instant: string): string {
  const [, seconds, fraction] = INSTANT.exec(instant) ?? [];
  return (BigInt(Date.parse(`${seconds}Z`)) * 1_000n + BigInt(fraction ?? 0)).toString();
}

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === 'string' && value.isWellFormed();
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isHash: Check = (value) => typeof value === 'string' && HASH.test(value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

const FIELDS: Readonly<Record<keyof ChainEntry, Check>> = {
  sequence: orNull((value) => isCount(value) && Number(value) > 0),
  previousSha256: orNull(isHash),
  entrySha256: orNull(isHash),
  id: isText,
  occurredAt: (value) =>
    isText(value) && INSTANT.test(String(value)) && !Number.isNaN(Date.parse(String(value))),
  actorKind: isText,
  actorId: orNull(isText),
  action: isText,
  subjectType: orNull(isText),
  subjectId: orNull(isText),
  details: isText,
  version: (value) => Number.isSafeInteger(value),
};
const NAMES = Object.keys(FIELDS) as (keyof ChainEntry)[];

/** @returns undefined where fields lack, are of another type, or where there are more, which no hash would cover */
export function readEntry(value: unknown): ChainEntry | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const given = value as Readonly<Record<string, unknown>>;
  const known = Object.keys(given).every((name) => name === 'type' || name in FIELDS);
  if (!known || !NAMES.every((name) => FIELDS[name](given[name]))) return undefined;
  return Object.fromEntries(NAMES.map((name) => [name, given[name]])) as unknown as ChainEntry;
}

export const isHexHash = (value: unknown): value is string => isHash(value);
export const isWholeNumber = (value: unknown): value is number => isCount(value);
