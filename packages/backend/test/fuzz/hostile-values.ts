/**
 * Values that nobody means well with, by the kind of what they take the place of. Each has a name, by which a failure is
 * told: what it holds can be ten megabytes, or break the terminal that it is printed on.
 */
import fc from 'fast-check';

/** A value by its name, so that a counterexample can be read. */
export class Hostile {
  readonly label: string;
  readonly value: unknown;

  constructor(label: string, value: unknown) {
    this.label = label;
    this.value = value;
  }

  [fc.toStringMethod](): string {
    return this.label;
  }
}

export type Kind = 'text' | 'id' | 'number' | 'date' | 'list' | 'json';

const LARGE_BYTES = 10_000_000;
const DEEP_LEVELS = 100_000;
const MANY = 20_000;

/** What PostgreSQL cannot hold, or would hold as something else: never stored, and never stored changed. */
const UNSTORABLE: Readonly<Record<string, string>> = {
  'a NUL': 'a\u0000b',
  'NUL alone': '\u0000',
  'a high surrogate alone': 'a\ud800b',
  'a low surrogate alone': '\udc00',
  'surrogates the wrong way round': '\udc00\ud800',
};

const TEXTS: Readonly<Record<string, string>> = {
  ...UNSTORABLE,
  nothing: '',
  'white space': ' \t\u00a0\u2003',
  'a bidirectional override': 'abc\u202egnp.exe\u2066',
  'newlines and escapes of a terminal': 'a\r\nb\u001b[31mred\u001b]0;title\u0007\u009b2J',
  'an old and a new line end': 'one\u2028two\u0085three',
  'a letter with many marks': `e${'\u0301'.repeat(500)}`,
  __proto__: '__proto__',
  constructor: 'constructor',
  toString: 'toString',
  'a path upwards': '../../../../etc/passwd',
  'SQL that ends a text': `'; DROP TABLE game.events; --`,
  'SQL that sets a context': `' || set_config('dmz.tenant_id', '', false) || '`,
  'a template': '{{7*7}} %s %n $1',
  'a wildcard': '%_*',
  'an option': '--help',
  'two dashes': '--',
  'a number': '9007199254740993',
  'not a number': 'NaN',
  null: 'null',
  'an expression of a URL': 'postgresql://somebody:secret-of-somebody@127.0.0.1:1/x',
  'a long slug': 'a'.repeat(4_000),
  'a comma list of itself': `${'a,'.repeat(2_000)}a`,
  'JSON of prototypes': '{"__proto__":{"admin":true}}',
};

const NUMBERS: readonly number[] = [
  ...[0, -0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ...[2 ** 31, -(2 ** 31) - 1, Number.MAX_SAFE_INTEGER, 2 ** 53 + 2, -(2 ** 53) - 2, 2 ** 63, 2 ** 64],
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

const cycle: Record<string, unknown> = {};
cycle.self = cycle;

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
  );

/** @param strangers  ids of rows that are another tenant's */
export function hostileValue(
  kind: Kind,
  sound: unknown,
  strangers: readonly string[],
): fc.Arbitrary<Hostile> {
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

const named = (values: Readonly<Record<string, unknown>>): Hostile[] =>
  Object.entries(values).map(([label, value]) => new Hostile(label, value));
