/**
 * Values that nobody means well with, by the kind of what they take the place of. Each has a name, by which a failure is
 * told: what it holds can be ten megabytes, or break the terminal that it is printed on.
 */
import fc from 'fast-check';
import { TEXTS } from './hostile-texts.ts';

/** A value by its name, so that a counterexample can be read. */
export class Hostile {
  readonly label: string;
  readonly value: unknown;

  constructor(label: string, value: unknown) {
    this.label = label;
    this.value = value;
  }

  /**
   * The same within marks that nobody else has, so that it is found wherever it is kept.
   *
   * @param before  what a check may want it to begin with
   */
  marked(mark: string, before: unknown = ''): Hostile {
    return typeof this.value === 'string' && typeof before === 'string'
      ? new Hostile(
          `${mark} around ${this.label}, behind “${before}”`,
          `${before}${mark}${this.value}${mark}`,
        )
      : this;
  }

  [fc.toStringMethod](): string {
    return this.label;
  }
}

export type Kind = 'text' | 'id' | 'number' | 'date' | 'list' | 'json';

const LARGE_BYTES = 10_000_000;
const LARGE_KEY_BYTES = 1_000_000;
const DEEP_LEVELS = 100_000;
const MANY = 20_000;
const TOO_MANY = 1_000_000;

const NUMBERS: readonly number[] = [
  ...[0, -0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ...[2 ** 31, -(2 ** 31) - 1, Number.MAX_SAFE_INTEGER, 2 ** 53 + 2, -(2 ** 53) - 2, 2 ** 63, 2 ** 64],
  ...[2 ** 53, 2 ** 32, 1e21, 1e308, -1e308, 1e-7, 8.64e15, 8.64e15 + 1],
  ...[Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, Number.EPSILON],
];

const DATES: Readonly<Record<string, Date>> = {
  'no date': new Date(Number.NaN),
  'the first date': new Date(-8.64e15),
  'the last date': new Date(8.64e15),
  'before the first year': new Date('-000001-12-31T23:59:59.999Z'),
  'the year 0': new Date('0000-01-01T00:00:00Z'),
  'the last day of PostgreSQL’s': new Date('9999-12-31T23:59:59.999Z'),
  'after the year 9999': new Date('+010000-01-01T00:00:00Z'),
  'after PostgreSQL’s last': new Date('+294277-01-01T00:00:00Z'),
  'PostgreSQL’s last': new Date('+275760-09-13T00:00:00Z'),
  'a leap day': new Date('2028-02-29T00:00:00Z'),
  'a last microsecond': new Date('2026-12-31T23:59:59.999Z'),
  '1970': new Date(0),
};

/** @param inner  what it holds at the bottom */
export function nested(levels: number, inner: unknown, wrap: (value: unknown) => unknown): unknown {
  let value = inner;
  for (let level = 0; level < levels; level++) value = wrap(value);
  return value;
}

const large = new Hostile('10 MB of text', 'x'.repeat(LARGE_BYTES));

/** Ten megabytes take their time, so they come seldom. */
export const hostileText = (): fc.Arbitrary<Hostile> =>
  fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom(...named(TEXTS)) },
    { weight: 10, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }).map((text) => shown(text)) },
    { weight: 5, arbitrary: fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => shown(text)) },
    { weight: 1, arbitrary: fc.constant(large) },
  );

const hostileNumber = (): fc.Arbitrary<Hostile> =>
  fc.oneof(
    fc
      .constantFrom(...NUMBERS)
      .map((number) => new Hostile(Object.is(number, -0) ? '-0' : String(number), number)),
    fc.double().map((number) => new Hostile(String(number), number)),
  );

const hostileDate = (): fc.Arbitrary<Hostile> =>
  fc.oneof(
    fc.constantFrom(...named(DATES)),
    fc.date().map((date) => new Hostile(String(date.getTime()), date)),
  );

const hostileJson = (): fc.Arbitrary<Hostile> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...deepOnes) },
    { weight: 6, arbitrary: fc.constantFrom(...oddOnes) },
    {
      weight: 4,
      arbitrary: hostileText().map(({ label, value }) => new Hostile(`{text: ${label}}`, { text: value })),
    },
    {
      weight: 4,
      arbitrary: hostileText().map(({ label, value }) => new Hostile(`{[${label}]}`, { [String(value)]: 1 })),
    },
    {
      weight: 4,
      arbitrary: hostileNumber().map(({ label, value }) => new Hostile(`{n: ${label}}`, { n: value })),
    },
    {
      weight: 4,
      arbitrary: fc
        .dictionary(fc.string(), fc.jsonValue())
        .map((value) => new Hostile(fc.stringify(value), value)),
    },
  );

const deepOnes = [
  new Hostile(
    'an object of 100,000 levels',
    nested(DEEP_LEVELS, 1, (a) => ({ a })),
  ),
  new Hostile('lists of 100,000 levels', { a: nested(DEEP_LEVELS, 1, (a) => [a]) }),
];

const bytes = new Uint8Array([255, 0, 1]);
const bare = () => Object.create(null);
const cycle: Record<string, unknown> = {};
cycle.self = cycle;

const throwing = () => {
  throw new TypeError('a getter of somebody’s');
};
/** Written out it would be of 10^20 members. */
const laughing = nested(20, 'ha', (value) => Array.from({ length: 10 }, () => value));
const within = Object.assign([1, 2], { named: 3 });

const oddOnes = [
  new Hostile('own __proto__', JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":1}}')),
  new Hostile('no prototype', Object.assign(Object.create(null), { a: 1 })),
  new Hostile('a big integer', { a: 1n }),
  new Hostile('a date inside', { a: new Date(Number.NaN) }),
  new Hostile('a cycle', cycle),
  new Hostile('undefined inside', { a: undefined, b: [undefined] }),
  new Hostile('a function inside', { a: () => 1, b: Symbol('b') }),
  new Hostile('a map inside', { a: new Map([[1, 2]]) }),
  new Hostile('many keys', Object.fromEntries(Array.from({ length: MANY }, (_, at) => [`k${at}`, at]))),
  new Hostile('its own toJSON', { toJSON: () => ({ other: true }) }),
  new Hostile('a list that says how it is written', { a: Object.assign([1], { toJSON: () => 'x' }) }),
  new Hostile('a getter that throws', Object.defineProperty({}, 'a', { enumerable: true, get: throwing })),
  new Hostile('a proxy that throws', new Proxy({}, { ownKeys: throwing })),
  new Hostile('a key that is a symbol', { a: 1, [Symbol('b')]: 2 }),
  new Hostile('a list with holes', { a: new Array(3) }),
  new Hostile('a list with a name', { a: within }),
  new Hostile('a list of itself, in the end', { a: laughing }),
  new Hostile('much of one text', { a: Array.from({ length: 1_000 }, () => 'x'.repeat(1_000_000)) }),
  new Hostile('bytes', { a: new Uint8Array(3) }),
  new Hostile('boxes', { a: Object('a'), b: Object(1) }),
  new Hostile('a large key', { ['k'.repeat(LARGE_KEY_BYTES)]: 1 }),
  new Hostile('what looks opened', { a: { text: 'x', forgottenAt: 5 }, text: 'x', forgottenAt: null }),
  new Hostile('what looks encrypted', {
    a: `dmz:1:person:0199c1f2-7d5e-7b3a-9c41-2f6d1e8a4b70:${'A'.repeat(60)}`,
  }),
  new Hostile('a text alone', 'a'),
  new Hostile('a list alone', [1]),
  new Hostile('a number alone', 7),
];

/** What no type lets through, and who calls from JavaScript passes all the same. */
const ofNoKind: readonly Hostile[] = [
  ...named({ null: null, undefined: undefined, true: true, 'a number': 7, 'a big one': 7n, 'a text': 'a' }),
  ...named({ 'a function': () => 'a', 'no date': new Date(Number.NaN), bytes }),
  ...named({
    'an object': {},
    'a list': ['a'],
    'a box': Object('a'),
    'a pattern': /a/,
    'no prototype': bare(),
  }),
  ...named({
    'one that says what it is': { toString: () => 'a' },
  }),
];

/** @param sound  an element as it should be */
const hostileList = (sound: unknown): fc.Arbitrary<Hostile> =>
  fc.constantFrom(
    new Hostile('an empty list', []),
    new Hostile(
      `a list of ${MANY}`,
      Array.from({ length: MANY }, () => sound),
    ),
    new Hostile('the same twice', [sound, sound]),
    new Hostile('a list with holes', new Array(3)),
    new Hostile('a list of lists', [[sound]]),
    new Hostile(
      `a list of ${TOO_MANY}`,
      Array.from({ length: TOO_MANY }, () => sound),
    ),
  );

/** @param strangers  ids of rows that are another tenant's */
export function hostileValue(
  kind: Kind,
  sound: unknown,
  strangers: readonly string[],
): fc.Arbitrary<Hostile> {
  return fc.oneof(
    { weight: 9, arbitrary: ofKind(kind, sound, strangers) },
    { weight: 1, arbitrary: fc.constantFrom(...ofNoKind) },
  );
}

function ofKind(kind: Kind, sound: unknown, strangers: readonly string[]): fc.Arbitrary<Hostile> {
  const ofOthers = fc.constantFrom(...strangers).map((id) => new Hostile(`${id} of another tenant`, id));
  if (kind === 'text')
    return fc.oneof({ weight: 9, arbitrary: hostileText() }, { weight: 1, arbitrary: ofOthers });
  if (kind === 'id')
    return fc.oneof({ weight: 2, arbitrary: hostileText() }, { weight: 1, arbitrary: ofOthers });
  if (kind === 'number') return hostileNumber();
  if (kind === 'date') return hostileDate();
  return kind === 'list' ? hostileList(Array.isArray(sound) ? sound[0] : sound) : hostileJson();
}

/** Whether a text in it is one that PostgreSQL cannot hold as it is. */
export const isUnstorable = ({ value }: Hostile): boolean =>
  typeof value === 'string' && (value.includes('\0') || !value.isWellFormed());

const shown = (text: string) => new Hostile(JSON.stringify(text), text);

function named(values: Readonly<Record<string, unknown>>): Hostile[] {
  return Object.entries(values).map(([label, value]) => new Hostile(label, value));
}
