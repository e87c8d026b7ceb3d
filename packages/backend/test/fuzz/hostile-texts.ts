/**
 * Texts that nobody means well with, by what they attack: each has a name, since what it holds can break the terminal
 * that a failure is told on.
 */

type Texts = Readonly<Record<string, string>>;

/** What PostgreSQL cannot hold, or would hold as something else: never stored, and never stored changed. */
const UNSTORABLE: Texts = {
  'a NUL': 'a\u0000b',
  'NUL alone': '\u0000',
  'a high surrogate alone': 'a\ud800b',
  'a low surrogate alone': '\udc00',
  'surrogates the wrong way round': '\udc00\ud800',
  'a high surrogate in front of a pair': '\ud83d\ud83d\ude00',
  'a low surrogate behind a pair': '\ud83d\ude00\ude00',
};

/** Texts that look like another one, or become it where somebody folds, trims or composes. */
const UNICODE: Texts = {
  nothing: '',
  'white space': ' \t\u00a0\u2003',
  'blanks of each kind': '\u1680\u2000\u2009\u202f\u205f\u3000\u00a0',
  'blanks around': '\u3000 a \u00a0',
  'invisible marks alone': '\u200b\u200c\u200d\u2060\ufeff\u00ad',
  'a joiner within': 'small\u200dcompany',
  'a letter with many marks': `e${'\u0301'.repeat(500)}`,
  'letters with marks on all sides': 'Z\u0351\u036b\u0343\u0334\u0323a\u0321\u0489\u0488l\u0337\u0337',
  'a composed letter': 'caf\u00e9',
  'the same, decomposed': 'cafe\u0301',
  'Hangul, decomposed': '\u1112\u1161\u11ab',
  'a compatibility form': '\ufb01\u2460\uff21',
  'a capital dotted i': '\u0130',
  'a small dotless i': '\u0131d',
  'a sharp s': 'stra\u00dfe \u1e9e',
  'a final sigma': 'ΟΔΥΣΣΕΥΣ',
  'the Kelvin sign': '\u212a',
  'letters of two scripts': 'p\u0430yp\u0430l',
  'a byte order mark': '\ufeffa',
  'one turned around': '\ufffea\uffff',
  'the last code points': '\u{10ffff}\u{1fffe}',
  'private use': '\ue000\u{f0000}',
  'the replacement character': '\ufffd',
  'tags that nobody sees': '\u{e0001}\u{e0041}\u{e007f}',
  'a family of one letter': '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
};

const TERMINALS: Texts = {
  'a bidirectional override': 'abc\u202egnp.exe\u2066',
  'isolates and marks of direction': '\u2067a\u2069\u200e\u200f\u061c\u202a\u202c',
  'newlines and escapes of a terminal': 'a\r\nb\u001b[31mred\u001b]0;title\u0007\u009b2J',
  'a link of a terminal': '\u001b]8;;https://evil.example/\u001b\\here\u001b]8;;\u001b\\',
  'a question to the terminal': '\u001b[c\u001b[6n\u001bP$qm\u001b\\',
  'controls of the second kind': '\u0080\u0084\u0085\u0090\u009b31m\u009c\u009d0;x\u009f',
  'backspaces and a carriage return': 'safe\b\b\b\bevil\rX',
  'an old and a new line end': 'one\u2028two\u0085three',
  'a header of its own': 'a\r\nX-Injected: 1\r\n\r\n<b>',
  'a line of a log': 'a\n{"level":30,"msg":"TENANT_DELETED  all is well"}',
};

const PROGRAMS: Texts = {
  __proto__: '__proto__',
  constructor: 'constructor',
  toString: 'toString',
  'SQL that ends a text': `'; DROP TABLE game.events; --`,
  'SQL that sets a context': `' || set_config('dmz.tenant_id', '', false) || '`,
  'an identifier that ends': `"; SELECT 1; --`,
  'a dollar quote': '$$; $a$',
  'a template': `{{7*7}} %s %n $1 ${'{process.env.HOME}'} <%= 1 %>`,
  'a command of a shell': '$(reboot) `id` ; | & && > /dev/null',
  'a lookup of a log': `${'{jndi:ldap://127.0.0.1/a}'}`,
  'a wildcard': '%_*',
  'a pattern': '\\%_[^a](a+)+$',
  backslashes: '\\\\\\',
  'a formula': '=HYPERLINK("https://evil.example","a")',
  'a formula behind a sign': "+1+cmd|' /C calc'!A0",
  'another formula': '@SUM(1)\t-1',
  'JSON of prototypes': '{"__proto__":{"admin":true}}',
  'JSON of 10,000 levels': `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
  'a key of Redis': '{other}:session:*\r\nFLUSHALL\r\n',
  'a comma list of itself': `${'a,'.repeat(2_000)}a`,
};

/** Of the platform's own kinds, written by somebody else. */
const FORGED: Texts = {
  'a ciphertext of nobody': `dmz:1:person:0199c1f2-7d5e-7b3a-9c41-2f6d1e8a4b70:${'A'.repeat(60)}`,
  'a ciphertext of another version': 'dmz:9:person:a:b',
  'a beginning of one': 'dmz:1:person:',
  'a context': '{"tenant_id":"00000000-0000-0000-0000-000000000000","epoch":1}',
};

const NUMBERS_AND_TIMES: Texts = {
  'a number': '9007199254740993',
  'a number past 64 bits': '18446744073709551616',
  'an exponent': '1e3',
  'a hexadecimal number': '0x10',
  'an octal number': '0o17',
  'a number with blanks': ' 1 ',
  'a number with a plus': '+1',
  'digits of another script': '\u0661\u0662',
  'not a number': 'NaN',
  'an infinite one': 'Infinity',
  'a negative zero': '-0',
  null: 'null',
  now: 'now',
  epoch: 'epoch',
  infinity: 'infinity',
  'the 30th of February': '2026-02-30',
  'a leap day': '2028-02-29',
  'a leap second': '2016-12-31T23:59:60Z',
  'midnight at the end': '2026-01-01T24:00:00Z',
  'the year 0': '0000-01-01',
  'a year before': '-0001-01-01T00:00:00Z',
  'the year 10000': '+010000-01-01T00:00:00Z',
  'the last year of PostgreSQL': '294276-12-31',
  'a day without zeros': '2026-1-1',
  'a zone that there is not': 'Mars/Olympus',
  'a zone of an offset': 'UTC+25',
  'a zone of POSIX': '<+99>-99',
  'a locale of POSIX': 'en_US.UTF-8',
  'a private locale': 'x-klingon',
};

const IDS: Texts = {
  'an id in capitals': '0199C1F2-7D5E-7B3A-9C41-2F6D1E8A4B70',
  'an id in braces': '{0199c1f2-7d5e-7b3a-9c41-2f6d1e8a4b70}',
  'an id as a URN': 'urn:uuid:0199c1f2-7d5e-7b3a-9c41-2f6d1e8a4b70',
  'an id without dashes': '0199c1f27d5e7b3a9c412f6d1e8a4b70',
  'the nil id': '00000000-0000-0000-0000-000000000000',
  'the last id': 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'an id of a clock': 'c232ab00-9414-11ec-b3c8-9f68deced846',
  'an id with a newline': '0199c1f2-7d5e-7b3a-9c41-2f6d1e8a4b70\n',
};

const PLACES: Texts = {
  'a path upwards': '../../../../etc/passwd',
  'an absolute path': '/etc/shadow',
  'a path of this process': '/proc/self/environ',
  'the folder itself': '.',
  'a path of Windows': 'C:\\Windows\\..\\NUL',
  'a long name': 'a'.repeat(4_000),
  'a URL of a file': 'file:///etc/passwd',
  'a URL that is a program': 'javascript:alert(1)',
  'a URL with credentials': 'https://somebody:secret-of-somebody@hooks.example/',
  'a URL of this machine': 'http://[::1]:6379/',
  'a URL of a decimal address': 'http://2130706433/',
  'a URL of an octal address': 'http://0177.0.0.1/',
  'a URL of metadata': 'http://169.254.169.254/latest',
  'an expression of a URL': 'postgresql://somebody:secret-of-somebody@127.0.0.1:1/x',
  'an option': '--help',
  'two dashes': '--',
  'one dash': '-',
};

export const TEXTS: Texts = {
  ...{ ...UNSTORABLE, ...UNICODE, ...TERMINALS, ...PROGRAMS },
  ...{ ...NUMBERS_AND_TIMES, ...IDS, ...PLACES, ...FORGED },
};
