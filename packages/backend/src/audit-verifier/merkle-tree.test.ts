/** The tree is that of RFC 9162: its definitions, written down here as the RFC has them, and known values agree with it. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consistencyRanges,
  inclusionRanges,
  MerkleFold,
  ProofFold,
  provesConsistency,
  provesInclusion,
} from './merkle-tree.ts';

const hash = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const byte = (value: number) => Buffer.from([value]);

/** Section 2.1.1, word by word. */
function treeHash(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (!only) return hash();
  if (leaves.length === 1) return hash(byte(0), only);
  const k = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return hash(byte(1), treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)));
}

const foldOf = (leaves: readonly Buffer[]) => {
  const fold = new MerkleFold();
  for (const leaf of leaves) fold.add(leaf);
  return fold.root();
};

const proofOf = (leaves: readonly Buffer[], ranges: ReturnType<typeof inclusionRanges>) => {
  const fold = new ProofFold(ranges);
  for (const leaf of leaves) fold.add(leaf);
  return fold.proof();
};

/** The leaves and roots that Certificate Transparency's reference implementations are tested with (RFC 6962, the same tree). */
const KNOWN_LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => Buffer.from(hex, 'hex'));
const KNOWN_ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const leavesOf = (most: number) =>
  fc.array(
    fc.uint8Array({ maxLength: 40 }).map((each) => Buffer.from(each)),
    { minLength: 1, maxLength: most },
  );

describe('the Merkle tree', () => {
  it.each(KNOWN_ROOTS.map((root, size) => [size, root] as const))(
    'of %i known leaves has its known root',
    (size, root) => {
      expect(foldOf(KNOWN_LEAVES.slice(0, size)).toString('hex')).toBe(root);
    },
  );

  it('has the root that the RFC defines, of any leaves', () => {
    fc.assert(
      fc.property(leavesOf(130), (leaves) => {
        expect(foldOf(leaves)).toEqual(treeHash(leaves));
      }),
    );
  });

  it('proves every leaf by a path of logarithmic length, and no other leaf, place, size or root', () => {
    fc.assert(
      fc.property(leavesOf(70), fc.nat(), fc.nat(), (leaves, some, other) => {
        const [size, index] = [leaves.length, some % leaves.length];
        const root = foldOf(leaves);
        const proof = proofOf(leaves, inclusionRanges(index, size));
        const leaf = leaves[index]!;
        expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
        expect(provesInclusion(leaf, index, size, root, proof)).toBe(true);
        expect(provesInclusion(Buffer.concat([leaf, byte(1)]), index, size, root, proof)).toBe(false);
        expect(provesInclusion(leaf, size, size, root, proof)).toBe(false);
        expect(provesInclusion(leaf, index, size, hash(root), proof)).toBe(false);
        expect(provesInclusion(leaf, index, size, root, [...proof, root])).toBe(false);
        if (proof.length === 0) return;
        const at = other % proof.length;
        expect(provesInclusion(leaf, index, size, root, proof.with(at, hash(proof[at]!)))).toBe(false);
        expect(provesInclusion(leaf, index, size, root, proof.toSpliced(at, 1))).toBe(false);
      }),
    );
  });

  it('proves that a tree only grew, and proves it of no other tree', () => {
    fc.assert(
      fc.property(leavesOf(70), fc.nat(), fc.nat(), (leaves, some, other) => {
        const first = 1 + (some % leaves.length);
        const [before, now] = [leaves.slice(0, first), leaves];
        const one = { size: first, root: foldOf(before) };
        const two = { size: now.length, root: foldOf(now) };
        const proof = proofOf(now, consistencyRanges(first, now.length));
        expect(provesConsistency(one, two, proof)).toBe(true);
        expect(provesConsistency({ ...one, root: hash(one.root) }, two, proof)).toBe(false);
        expect(provesConsistency(one, { ...two, root: hash(two.root) }, proof)).toBe(false);
        expect(provesConsistency(one, two, [...proof, two.root])).toBe(false);
        if (first < now.length) expect(provesConsistency(two, one, proof)).toBe(false);
        if (proof.length === 0) return;
        const at = other % proof.length;
        expect(provesConsistency(one, two, proof.with(at, hash(proof[at]!)))).toBe(false);
      }),
    );
  });

  it('is of twenty thousand leaves as the RFC defines it, too', () => {
    const fold = new MerkleFold();
    for (let at = 0; at < 20_000; at += 1) fold.add(byte(at % 256));
    expect(fold.root()).toEqual(treeHash(Array.from({ length: 20_000 }, (_, at) => byte(at % 256))));
  });
});
