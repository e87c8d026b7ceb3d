import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fill } from './batch.ts';
import { keyNamed, Tuple, type Value } from './tuple.ts';

const bytes = (maxLength: number) =>
  fc.uint8Array({ maxLength, size: 'max' }).map((each) => Buffer.from(each));
const present = bytes(300);
const value: fc.Arbitrary<Value> = fc.oneof(present, fc.constant(null), fc.constant(undefined));

/** As the manual describes COPY's binary format: the number of values, and each behind its length, -1 for NULL. */
function asCopy(values: readonly (Buffer | null)[]): Buffer {
  const count = Buffer.alloc(2);
  count.writeInt16BE(values.length);
  const fields = values.map((each) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(each ? each.length : -1);
    return Buffer.concat([length, each ?? Buffer.alloc(0)]);
  });
  return Buffer.concat([count, ...fields]);
}

describe('a row as it is sent', () => {
  it('gives back its values, and knows whether all are there', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 40 }), (values) => {
        const tuple = Tuple.of(values);
        expect(tuple.values).toEqual(values);
        expect(tuple.isComplete).toBe(!values.includes(undefined));
      }),
    );
  });

  it('is written as COPY takes it, wherever it stands in its message', () => {
    const complete = fc.array(fc.oneof(present, fc.constant(null)), { maxLength: 40 });
    fc.assert(
      fc.property(complete, bytes(20), (values, before) => {
        const sent = Tuple.of(values);
        const source = Buffer.alloc(before.length + sent.end);
        const target = Buffer.alloc(sent.copyBytes + 1, 0xee);
        Buffer.concat([before, raw(values)]).copy(source);
        const tuple = new Tuple(source, before.length);
        expect(tuple.writeCopy(target, 0)).toBe(tuple.copyBytes);
        expect(target.subarray(0, -1)).toEqual(asCopy(values));
        expect(target.at(-1)).toBe(0xee);
        expect(tuple.end).toBe(source.length);
      }),
    );
  });

  it('has a name for its key that no other key has, and that gives the key back', () => {
    const key = fc.array(bytes(30), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(key, key, (one, other) => {
        const nameOf = (values: Buffer[]) => Tuple.of(values).nameOf(values.map((_, at) => at));
        expect(keyNamed(nameOf(one))).toEqual(one);
        expect(nameOf(one) === nameOf(other)).toBe(asCopy(one).equals(asCopy(other)));
      }),
    );
  });

  it('takes what is missing in it from another one, and nothing else', () => {
    const pair = fc.tuple(value, value);
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 20 }), (pairs) => {
        const filled = fill(Tuple.of(pairs.map(([one]) => one)), Tuple.of(pairs.map(([, other]) => other)));
        expect(filled.values).toEqual(pairs.map(([one, other]) => (one === undefined ? other : one)));
      }),
    );
  });

  it('refuses to name a key that it does not have', () => {
    expect(() => Tuple.of([Buffer.from('a'), null]).nameOf([0, 1])).toThrow('without its key');
  });
});

/** As pgoutput sends it. */
function raw(values: readonly (Buffer | null)[]): Buffer {
  const count = Buffer.alloc(2);
  count.writeInt16BE(values.length);
  const parts = values.map((each) => {
    if (!each) return Buffer.from('n');
    const head = Buffer.from('b\0\0\0\0');
    head.writeInt32BE(each.length, 1);
    return Buffer.concat([head, each]);
  });
  return Buffer.concat([count, ...parts]);
}
