/**
 * What retention leaves of the entries that it removes: their hashes, so that the tree over all entries and the link to the next
 * one still verify. Removals are chained to one another, and the entry that was written with the last one names its hash; so a
 * gap is retention's only where the chain itself says so (docs/adr/0009-retention.md).
 */
import { createHash, type Hash } from 'node:crypto';
import { type ChainEntry, encodeField, isHexHash, isWholeNumber } from './entry.ts';
import { entriesIn, type Finding, finding } from './finding.ts';
import { type RunCertificate, readRunCertificate } from './run-certificate.ts';

export interface Removal {
  /** Among the tenant's removals, from 1. */
  readonly number: number;
  readonly runId: string;
  readonly firstSequence: number;
  readonly lastSequence: number;
  /** Of each entry, in hex, one behind the other. */
  readonly entryHashes: string;
  /** Of this removal and, through the one before it, of all before. */
  readonly removalsSha256: string;
}

/** What a verification says of entries that retention removed: no finding. */
export interface RemovedEntries {
  readonly runId: string;
  readonly entries: number;
  readonly firstSequence: number;
  readonly lastSequence: number;
}

const TAG = 'dmz.audit.removal/1';
const REMOVED = 'admin.audit_log.removed';
const HASH_LENGTH = 64;
const FIELDS = ['number', 'runId', 'firstSequence', 'lastSequence', 'entryHashes', 'removalsSha256'] as const;

export const isRemoval = (item: ChainEntry | Removal): item is Removal => 'entryHashes' in item;

/** @returns undefined where fields lack, do not fit one another, or where there are more, which no hash would cover */
export function readRemoval(value: unknown): Removal | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const it = value as Readonly<Record<string, unknown>>;
  const known = Object.keys(it).every(
    (name) => name === 'type' || (FIELDS as readonly string[]).includes(name),
  );
  const { number, runId, firstSequence: first, lastSequence: last, entryHashes, removalsSha256 } = it;
  const isRange = isWholeNumber(first) && isWholeNumber(last) && first >= 1 && first <= last;
  const whole =
    known &&
    isRange &&
    isWholeNumber(number) &&
    typeof runId === 'string' &&
    isHexHash(removalsSha256) &&
    typeof entryHashes === 'string' &&
    /^[0-9a-f]+$/.test(entryHashes) &&
    entryHashes.length === HASH_LENGTH * (last - first + 1);
  if (!whole) return undefined;
  return { number, runId, firstSequence: first, lastSequence: last, entryHashes, removalsSha256 };
}

/** The removed entries behind a sequence; those up to it were read before they were removed. */
export function* hashesBehind(
  { firstSequence, lastSequence, entryHashes }: Removal,
  sequence: number,
): Generator<{ readonly sequence: number; readonly hash: string }> {
  for (let at = Math.max(firstSequence, sequence + 1); at <= lastSequence; at += 1) {
    const from = HASH_LENGTH * (at - firstSequence);
    yield { sequence: at, hash: entryHashes.slice(from, from + HASH_LENGTH) };
  }
}

interface Told extends Omit<Removal, 'entryHashes'> {
  /** Over all fields but the last one, the hash of the removal before. */
  readonly begun: Hash;
}

/** Removals as they come by, and the entries that name them. */
export class Removals {
  readonly #tenantId: string;
  readonly #told: Told[] = [];
  readonly #named = new Set<string>();
  readonly #certificates: RunCertificate[] = [];

  constructor(tenantId: string) {
    this.#tenantId = tenantId;
  }

  add({ entryHashes, ...removal }: Removal): void {
    const { number, runId, firstSequence, lastSequence } = removal;
    const fields = [TAG, this.#tenantId, number, runId, firstSequence, lastSequence, entryHashes];
    const begun = createHash('sha256').update(fields.map((each) => encodeField(String(each))).join(''));
    this.#told.push({ ...removal, begun });
  }

  /** Takes note of an entry that names removals, or certifies them. */
  heed(entry: ChainEntry): void {
    const certificate = readRunCertificate(this.#tenantId, entry);
    if (certificate) this.#certificates.push(certificate);
    const { action, details } = entry;
    if (action !== REMOVED) return;
    const [, sha256] = /"removalsSha256": "([0-9a-f]{64})"/.exec(details) ?? [];
    if (sha256 !== undefined) this.#named.add(sha256);
  }

  findings(): Finding[] {
    const all = this.#told.toSorted((one, other) => one.number - other.number);
    const found: Finding[] = [];
    let before: string | null = null;
    for (const [at, { number, begun, removalsSha256, firstSequence, lastSequence }] of all.entries()) {
      const object = `removal ${number}, of ${entriesIn(firstSequence, lastSequence)}`;
      const sha256: string = begun.update(encodeField(before)).digest('hex');
      if (number !== at + 1) found.push(finding('removal-forged', object, `removal ${at + 1} is not there`));
      else if (sha256 !== removalsSha256)
        found.push(finding('removal-forged', object, 'it does not have the hash that it was given'));
      before = removalsSha256;
    }
    if (before !== null && !this.#named.has(before))
      found.push(finding('removal-forged', `removal ${all.length}`, 'no entry of the chain tells of it'));
    return found;
  }

  /** Removals behind the last one that a certificate names. @param believes  whether a key's certificates count */
  uncertified(believes: (keyId: string) => boolean): Finding[] {
    const valid = this.#certificates.filter(
      ({ removals, removalsSha256, keyId }) =>
        believes(keyId) &&
        this.#told.some((told) => told.number === removals && told.removalsSha256 === removalsSha256),
    );
    const reached = Math.max(0, ...valid.map(({ removals }) => removals));
    return this.#told
      .filter(({ number }) => number > reached)
      .map(({ number, firstSequence, lastSequence, runId }) =>
        finding(
          'removal-uncertified',
          `removal ${number}, of ${entriesIn(firstSequence, lastSequence)}`,
          `no certificate of a key that is believed says that run ${runId} has ended`,
        ),
      );
  }

  /** By run, in the order of the runs. */
  summary(): RemovedEntries[] {
    const byRun = new Map<string, RemovedEntries>();
    for (const { runId, firstSequence, lastSequence } of this.#told) {
      const known = byRun.get(runId);
      byRun.set(runId, {
        runId,
        entries: (known?.entries ?? 0) + lastSequence - firstSequence + 1,
        firstSequence: Math.min(known?.firstSequence ?? firstSequence, firstSequence),
        lastSequence: Math.max(known?.lastSequence ?? lastSequence, lastSequence),
      });
    }
    return [...byRun.values()];
  }
}
