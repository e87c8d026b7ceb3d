/**
 * The Merkle tree of RFC 9162, section 2.1, over the SHA-256 of entries: leaves are hashed behind a 0x00, nodes behind a
 * 0x01. A tree is folded as its leaves come by, so that roots and proofs of a million leaves need the memory of twenty.
 */
import { createHash } from 'node:crypto';

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export const leafHash = (leaf: Uint8Array): Buffer => sha256(LEAF, leaf);
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(NODE, left, right);

/** A tree that grows at its right: the roots of its perfect subtrees, the largest first, are all that is kept. */
export class MerkleFold {
  readonly #subtrees: { readonly size: number; readonly hash: Buffer }[] = [];

  add(leaf: Uint8Array): void {
    let added = { size: 1, hash: leafHash(leaf) };
    for (;;) {
      const last = this.#subtrees.at(-1);
      if (last?.size !== added.size) break;
      this.#subtrees.pop();
      added = { size: 2 * added.size, hash: nodeHash(last.hash, added.hash) };
    }
    this.#subtrees.push(added);
  }

  /** MTH(D[n]) of section 2.1.1; of no leaves, the hash of nothing. */
  root(): Buffer {
    const root = this.#subtrees.reduceRight<Buffer | undefined>(
      (right, { hash }) => (right ? nodeHash(hash, right) : hash),
      undefined,
    );
    return root ?? sha256();
  }
}

/** Leaves from one, up to and without another; the first leaf is 0. */
export type LeafRange = readonly [from: number, to: number];

/** The largest power of two that is less than `size`. */
function leftSize(size: number): number {
  let left = 1;
  while (2 * left < size) left *= 2;
  return left;
}

/** The subtrees whose roots are PATH(m, D[n]) of section 2.1.3.1, in the proof's order. */
export function inclusionRanges(leaf: number, size: number, from = 0): LeafRange[] {
  if (size <= 1) return [];
  const left = leftSize(size);
  return leaf < left
    ? [...inclusionRanges(leaf, left, from), [from + left, from + size]]
    : [...inclusionRanges(leaf - left, size - left, from + left), [from, from + left]];
}

/** The subtrees whose roots are PROOF(m, D[n]) of section 2.1.4.1, in the proof's order. */
export const consistencyRanges = (first: number, second: number): LeafRange[] =>
  first === 0 ? [] : subproof(first, second, true, 0);

function subproof(first: number, size: number, whole: boolean, from: number): LeafRange[] {
  if (first === size) return whole ? [] : [[from, from + size]];
  const left = leftSize(size);
  return first <= left
    ? [...subproof(first, left, whole, from), [from + left, from + size]]
    : [...subproof(first - left, size - left, false, from + left), [from, from + left]];
}

/** Folds the subtrees of a proof while the leaves come by in their order. */
export class ProofFold {
  readonly #ranges: readonly { readonly range: LeafRange; readonly fold: MerkleFold }[];
  #next = 0;

  constructor(ranges: readonly LeafRange[]) {
    this.#ranges = ranges.map((range) => ({ range, fold: new MerkleFold() }));
  }

  add(leaf: Uint8Array): void {
    const at = this.#next;
    this.#next += 1;
    for (const { range, fold } of this.#ranges) if (at >= range[0] && at < range[1]) fold.add(leaf);
  }

  proof(): Buffer[] {
    return this.#ranges.map(({ fold }) => fold.root());
  }
}

const isOdd = (value: number) => value % 2 === 1;
const half = (value: number) => Math.floor(value / 2);

/**
 * Section 2.1.3.2.
 *
 * @param leaf   what is proven to be in the tree, unhashed
 * @param index  its place, from 0
 */
export function provesInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!(index >= 0 && index < size)) return false;
  let [fn, sn] = [index, size - 1];
  let hash = leafHash(leaf);
  for (const sibling of proof) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else hash = nodeHash(hash, sibling);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && hash.equals(root);
}

/** A tree's size and its root. */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Section 2.1.4.2, and that every tree continues the empty one. */
export function provesConsistency(first: TreeHead, second: TreeHead, proof: readonly Uint8Array[]): boolean {
  if (first.size > second.size) return false;
  if (first.size === second.size) return proof.length === 0 && Buffer.from(first.root).equals(second.root);
  if (first.size === 0) return proof.length === 0 && sha256().equals(first.root);
  const isPerfect = leftSize(first.size + 1) === first.size;
  const [start, ...rest] = isPerfect ? [first.root, ...proof] : proof;
  if (!start) return false;
  let [fn, sn] = [first.size - 1, second.size - 1];
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)];
  let [ofFirst, ofSecond]: [Buffer, Buffer] = [Buffer.from(start), Buffer.from(start)];
  for (const sibling of rest) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      ofFirst = nodeHash(sibling, ofFirst);
      ofSecond = nodeHash(sibling, ofSecond);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else ofSecond = nodeHash(ofSecond, sibling);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && ofFirst.equals(first.root) && ofSecond.equals(second.root);
}
