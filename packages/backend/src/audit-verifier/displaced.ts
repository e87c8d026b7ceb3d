/**
 * Entries that are as they were written, but at another place: their hash holds once they are thought back to it. Many that
 * are moved alike tell what was done: one was taken out before them, or put in.
 */
import { type ChainEntry, hashEntry } from './entry.ts';
import { entriesIn, type Finding, finding } from './finding.ts';

/** How far around its place an entry's own one is looked for: 20,000 hashes take some 0.1 s. Behind that it counts as changed. */
const NEAR = 10_000;
/** Entries for which all of that is searched. */
const MOST_SEARCHES = 100;

interface Run {
  readonly first: number;
  last: number;
  /** How much further behind they are than they were written. */
  readonly shift: number;
}

export class Displacements {
  readonly #tenantId: string;
  readonly #runs: Run[] = [];
  #searches = 0;

  constructor(tenantId: string) {
    this.#tenantId = tenantId;
  }

  get any(): boolean {
    return this.#runs.length > 0;
  }

  /** @returns false where the entry was written for no place near this one */
  add(entry: ChainEntry, at: number): boolean {
    const last = this.#runs.at(-1);
    const shift = this.#shiftOf(entry, at, last?.shift);
    if (shift === undefined) return false;
    if (last?.shift === shift && last.last === at - 1) last.last = at;
    else this.#runs.push({ first: at, last: at, shift });
    return true;
  }

  #shiftOf(entry: ChainEntry, at: number, likely: number | undefined): number | undefined {
    const { previousSha256, entrySha256 } = entry;
    const isOf = (sequence: number) =>
      sequence > 0 && hashEntry(this.#tenantId, entry, { sequence, previousSha256 }) === entrySha256;
    if (likely !== undefined && isOf(at - likely)) return likely;
    this.#searches += 1;
    if (this.#searches > MOST_SEARCHES) return undefined;
    for (let distance = 1; distance <= NEAR; distance += 1) {
      if (isOf(at + distance)) return -distance;
      if (isOf(at - distance)) return distance;
    }
    return undefined;
  }

  /** Entries that were moved both ways are in one another's places; all one way, they made room or closed a gap. */
  findings(): Finding[] {
    const [first] = this.#runs;
    if (!first) return [];
    const isOneWay = this.#runs.every(({ shift }) => shift > 0 === first.shift > 0);
    if (!isOneWay) return this.#runs.map(moved);
    let before = 0;
    return this.#runs.flatMap(({ first, shift }) => {
      const here = shift - before;
      before = shift;
      if (here === 0) return [];
      return here < 0 ? removedBefore(first, here, shift) : insertedBefore(first, here);
    });
  }
}

const moved = ({ first, last, shift }: Run): Finding =>
  finding(
    'entry-reordered',
    entriesIn(first, last),
    `written as ${entriesIn(first - shift, last - shift)}, and moved from there`,
  );

const removedBefore = (first: number, here: number, shift: number): Finding =>
  finding(
    'entry-removed',
    entriesIn(first - shift + here, first - shift - 1),
    'those behind it were given the sequences before theirs',
  );

const insertedBefore = (first: number, here: number): Finding =>
  finding(
    'entry-inserted',
    entriesIn(first - here, first - 1),
    'those behind it were given the sequences after theirs',
  );
