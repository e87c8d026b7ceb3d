/**
 * Checks a chain as its entries come by, in the order of an export: the hash of each, that each continues the one before,
 * and that the tree over them has the roots that were signed. It keeps what it has found and the tree's twenty subtrees, and
 * no entries, so its memory does not grow with the chain.
 */
import { createHash, type Hash } from 'node:crypto';
import type { Checkpoint } from './checkpoint.ts';
import { Displacements } from './displaced.ts';
import { BEGUN, type ChainEntry, hashEntry, NO_ENTRY } from './entry.ts';
import { entriesIn, type Finding, finding } from './finding.ts';
import { MerkleFold } from './merkle-tree.ts';
import { hashesBehind, isRemoval, type Removal, Removals, type RemovedEntries } from './removal.ts';

const NOTHING_BEFORE = { entries: 0, sha256: '' };

/** More are counted, and not listed: a list of a million says no more. */
const MOST_LISTED = 1_000;

export interface ChainHead {
  readonly sequence: number;
  readonly chainSha256: string;
}

/** A checkpoint, and what it is called in a finding. */
export interface NamedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly name: string;
}

export class ChainCheck {
  readonly #tenantId: string;
  readonly #checkpoints: readonly NamedCheckpoint[];
  readonly #fold = new MerkleFold();
  readonly #displaced: Displacements;
  readonly #removals: Removals;
  readonly #unchainedHash: Hash = createHash('sha256');
  readonly #listed: Finding[] = [];
  readonly #gaps: { readonly from: number; to: number }[] = [];
  #more = 0;
  #unchained = 0;
  /** What the first entry tells of those from before. */
  #beginning = NOTHING_BEFORE;
  /** Entries of one sequence, of which one continues the chain. */
  #candidates: ChainEntry[] = [];
  #sequence = 0;
  #hash: string | undefined = NO_ENTRY;
  /** The last entry is known to be wrong, so that the next one does not fit it is no news. */
  #isLastFound = false;
  #isTreeWhole = true;
  checked = 0;

  constructor(tenantId: string, checkpoints: readonly NamedCheckpoint[]) {
    this.#tenantId = tenantId;
    this.#checkpoints = checkpoints;
    this.#displaced = new Displacements(tenantId);
    this.#removals = new Removals(tenantId);
  }

  add(entry: ChainEntry | Removal): void {
    if (isRemoval(entry)) {
      this.#addRemoval(entry);
      return;
    }
    this.checked += 1;
    if (entry.sequence === null) {
      this.#addUnchained(entry);
      return;
    }
    const [candidate] = this.#candidates;
    if (candidate && candidate.sequence !== entry.sequence) this.#settle(entry.previousSha256);
    this.#candidates.push(entry);
  }

  /** @param head  what the database says of the chain's end; undefined where the export breaks off before it says so */
  end(head: ChainHead | undefined): Finding[] {
    this.#settle(head?.chainSha256);
    this.#compareUnchained();
    const displaced = this.#displaced.findings();
    this.#end(head, displaced.length > 0);
    for (const { checkpoint, name } of this.#checkpoints)
      if (checkpoint.sequence > this.#sequence)
        this.#find(
          'tail-truncated',
          name,
          `it is of ${checkpoint.sequence} entries, and the chain ends at ${this.#sequence}`,
        );
    const removed = this.#gaps.map(({ from, to }) =>
      finding('entry-removed', entriesIn(from, to), 'the sequence passes over it'),
    );
    const all = [...removed, ...displaced, ...this.#removals.findings(), ...this.#listed];
    const left = this.#more + Math.max(0, all.length - MOST_LISTED);
    const more = finding('entry-changed', `${left} more`, 'more was found than is listed');
    return [...all.slice(0, MOST_LISTED), ...(left > 0 ? [more] : [])];
  }

  #end(head: ChainHead | undefined, isDisplaced: boolean): void {
    if (!head)
      this.#find(
        'tail-truncated',
        'export',
        'it breaks off: its last line, which tells the head of the chain, lacks',
      );
    else if (head.sequence > this.#sequence && !isDisplaced)
      this.#find(
        'tail-truncated',
        entriesIn(this.#sequence + 1, head.sequence),
        `the head is at ${head.sequence}`,
      );
    else if (head.sequence < this.#sequence && !isDisplaced)
      this.#find(
        'entry-inserted',
        entriesIn(head.sequence + 1, this.#sequence),
        `the head is at ${head.sequence}`,
      );
    else if (
      head.sequence === this.#sequence &&
      this.#hash !== undefined &&
      head.chainSha256 !== this.#hash &&
      !this.#isLastFound
    )
      this.#find('entry-changed', `entry ${this.#sequence}`, 'the head has another hash of it');
  }

  /** What was removed without a certificate: found by whoever looks from outside, while a run may not have ended. */
  uncertified(believes: (keyId: string) => boolean): Finding[] {
    return this.#removals.uncertified(believes);
  }

  /** What retention removed, which is no finding. */
  removed(): RemovedEntries[] {
    return this.#removals.summary();
  }

  /** Of all entries, once they are at their end and nothing was found; hex. */
  root(): string {
    return this.#fold.root().toString('hex');
  }

  #find(...found: Parameters<typeof finding>): void {
    if (this.#listed.length < MOST_LISTED) this.#listed.push(finding(...found));
    else this.#more += 1;
  }

  #addUnchained(entry: ChainEntry): void {
    this.#unchained += 1;
    this.#unchainedHash.update(Buffer.from(hashEntry(this.#tenantId, entry), 'hex'));
  }

  /** Entries of which the hashes are left take their places in the tree, and are not to be compared with anything else. */
  #addRemoval(removal: Removal): void {
    this.#settle(undefined);
    this.#removals.add(removal);
    for (const { sequence, hash } of hashesBehind(removal, this.#sequence)) {
      this.#passOver(sequence);
      this.#isLastFound = false;
      this.#append(sequence, hash);
    }
  }

  /** @param nextPrevious  what comes next says is the hash of the right one */
  #settle(nextPrevious: string | null | undefined): void {
    const candidates = this.#candidates;
    this.#candidates = [];
    const [first] = candidates;
    if (!first) return;
    const chosen =
      candidates.find(({ entrySha256 }) => entrySha256 === nextPrevious) ??
      candidates.find((each) => this.#isWhole(each)) ??
      first;
    for (const each of candidates)
      if (each !== chosen)
        this.#find(
          'entry-inserted',
          `entry ${each.sequence} (${each.id})`,
          `another one has this place: ${chosen.id}`,
        );
    this.#accept(chosen, chosen.sequence ?? 0);
  }

  #isWhole(entry: ChainEntry): boolean {
    return hashEntry(this.#tenantId, entry) === entry.entrySha256;
  }

  #accept(entry: ChainEntry, sequence: number): void {
    if (sequence <= this.#sequence) {
      this.#acceptLate(entry, sequence);
      return;
    }
    this.#passOver(sequence);
    this.#checkHash(entry, sequence);
    this.#removals.heed(entry);
    if (sequence === 1) this.#beginning = beginningOf(entry);
    this.#append(sequence, entry.entrySha256 ?? '');
  }

  #passOver(sequence: number): void {
    if (sequence === this.#sequence + 1) return;
    this.#gaps.push({ from: this.#sequence + 1, to: sequence - 1 });
    this.#isTreeWhole = false;
    this.#hash = undefined;
  }

  #append(sequence: number, hash: string): void {
    this.#sequence = sequence;
    this.#hash = hash === '' ? undefined : hash;
    this.#fold.add(Buffer.from(hash, 'hex'));
    this.#checkRoots();
  }

  #checkHash(entry: ChainEntry, sequence: number): void {
    const continues = this.#hash === undefined || entry.previousSha256 === this.#hash;
    const wasFound = this.#isLastFound;
    this.#isLastFound = false;
    if (!this.#isWhole(entry)) {
      this.#isLastFound = true;
      if (!this.#displaced.add(entry, sequence))
        this.#find(
          'entry-changed',
          `entry ${sequence} (${entry.id})`,
          'its fields do not have the hash that it was given',
        );
    } else if (!continues && !wasFound)
      this.#find(
        'entry-changed',
        `entry ${sequence - 1}`,
        `entry ${sequence}, which is as it was written, was chained to another one: this one’s hash was made anew`,
      );
  }

  /** An export is in the order of the chain; what comes late was moved. */
  #acceptLate(entry: ChainEntry, sequence: number): void {
    const gap = this.#gaps.findIndex(({ from, to }) => sequence >= from && sequence <= to);
    const [found] = gap < 0 ? [] : this.#gaps.splice(gap, 1);
    const object = `entry ${sequence} (${entry.id})`;
    if (!found) {
      this.#find('entry-inserted', object, 'an entry of this sequence was there before');
      return;
    }
    if (found.from < sequence) this.#gaps.push({ from: found.from, to: sequence - 1 });
    if (found.to > sequence) this.#gaps.push({ from: sequence + 1, to: found.to });
    this.#find('entry-reordered', object, 'it stands behind entries that were written after it');
  }

  #compareUnchained(): void {
    const { entries, sha256 } = this.#beginning;
    const told = `the chain began behind ${entries} entries, and ${this.#unchained} are there`;
    const before = 'before the chain';
    if (this.#unchained > entries) this.#find('entry-inserted', before, told);
    else if (this.#unchained < entries) this.#find('entry-removed', before, told);
    else if (entries > 0 && this.#unchainedHash.digest('hex') !== sha256)
      this.#find(
        'entry-changed',
        before,
        'the entries do not have the hash that the first of the chain tells',
      );
  }

  /** After a gap there is no tree to compare, and that something is gone is found already. */
  #checkRoots(): void {
    if (!this.#isTreeWhole) return;
    for (const { checkpoint, name } of this.#checkpoints) {
      if (checkpoint.sequence !== this.#sequence) continue;
      const root = this.root();
      if (root === checkpoint.merkleRootSha256 && this.#hash === checkpoint.chainSha256) continue;
      const isSound = this.#listed.every(({ rule }) => rule === 'chain-rewritten') && !this.#displaced.any;
      const detail = isSound
        ? `entries 1 to ${this.#sequence} agree with one another, and are not those that were signed then`
        : `entries 1 to ${this.#sequence} are not those that were signed then`;
      this.#find(isSound ? 'chain-rewritten' : 'checkpoint-differs', name, detail);
    }
  }
}

function beginningOf({ action, details }: ChainEntry): typeof NOTHING_BEFORE {
  if (action !== BEGUN) return NOTHING_BEFORE;
  try {
    const { entries, sha256 } = JSON.parse(details) as Readonly<Record<string, unknown>>;
    return { entries: Number(entries), sha256: String(sha256) };
  } catch {
    // An export that somebody wrote; its hash does not hold either.
    return NOTHING_BEFORE;
  }
}
