/**
 * Thinks of values for a column, as SQL expressions: from its default, its type, and what the checks on it say in
 * their definitions. A pattern is answered with a text that it matches.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Column, TenantTable } from '../../src/kernel/isolation/tenant-tables.ts';
import { randomInt } from './chance.ts';

/** Texts to think of for one pattern, short ones and long ones, and how many of them to try at a time. */
const TEXTS_TRIED = 3;
const TEXTS_PER_PATTERN = 40;
const textsOf = new Map<string, readonly string[]>();

/** SQL expressions to try for a column, the likeliest first. */
export function candidatesFor(table: TenantTable, column: Column): string[] {
  const values = valuesFor(table, column);
  return [
    ...(column.hasDefault ? ['DEFAULT'] : []),
    ...(column.nullable ? ['NULL'] : []),
    ...values,
    ...(column.nullable ? values.map(() => 'NULL') : []),
  ];
}

function valuesFor(table: TenantTable, column: Column): string[] {
  if (!/^(text|character|citext)/.test(column.type)) return valuesOfType(column.type);
  const checks = table.checks.filter(({ columns }) => columns.includes(column.name));
  const own = checks.filter(({ columns }) => columns.length === 1);
  const patterns = checks.flatMap(({ definition }) => [...definition.matchAll(/~ ('(?:[^']|'')*')::text/g)]);
  const matching = patterns.flatMap(([, pattern]) => textsMatching(pattern as string));
  const named = checks.flatMap(({ definition }) => [...definition.matchAll(/(?<!~ )('[^']*')::text/g)]);
  const literals = named.map(([, literal]) => literal as string);
  // What a check of this column alone enumerates or describes is all that it allows.
  const closed = own.some(({ definition }) => /= ANY \(ARRAY\[|[^!]~ '/.test(definition));
  return closed ? [...matching, ...literals] : [...matching, ...literals, ...valuesOfType(column.type)];
}

function textsMatching(literal: string): string[] {
  const pattern = new RegExp(literal.slice(1, -1).replaceAll("''", "'"));
  const known = textsOf.get(literal) ?? fc.sample(fc.stringMatching(pattern), TEXTS_PER_PATTERN);
  textsOf.set(literal, known); // thinking of them takes longer than trying them
  const from = randomInt(known.length);
  const texts = [...known.slice(from), ...known.slice(0, from)].slice(0, TEXTS_TRIED);
  return texts.map((text) => `'${text.replaceAll("'", "''").replaceAll('\0', '')}'`);
}

function valuesOfType(type: string): string[] {
  if (type.endsWith('[]')) return [`'{}'::${type}`, `ARRAY[${valuesOfType(type.slice(0, -2))[0]}]::${type}`];
  const known = Object.entries(VALUES).find(([pattern]) => new RegExp(`^(${pattern})`).test(type));
  if (known) return known[1]();
  throw new Error(`This file knows no value of type ${type}.`);
}

const hex = (bytes: number) => randomBytes(bytes).toString('hex');

const VALUES: Readonly<Record<string, () => string[]>> = {
  uuid: () => [`'${randomUUID()}'`],
  'text|character|citext': () => [
    `'gen-${hex(6)}'`,
    `'${hex(32)}'`,
    `'${hex(6)}@gen.example'`,
    "'en'",
    "'DE'",
    `'https://gen.example/${hex(4)}'`,
    "'1'",
    "''",
  ],
  'integer|bigint|smallint|numeric|real|double': () => [
    '1',
    '0',
    '2',
    '5',
    '10',
    '100',
    `${randomInt(1, 30_000)}`,
  ],
  boolean: () => ['true', 'false'],
  'timestamp|date': () => ['now()', "now() + interval '1 day'", "now() - interval '1 day'"],
  time: () => ["'12:00'"],
  interval: () => ["interval '1 day'"],
  jsonb: () => ["'{}'", "'[]'", "'1'", '\'"x"\'', '\'{"a": 1}\''],
  bytea: () => [32, 12, 16, 64, 1].map((size) => `'\\x${hex(size)}'`),
  'inet|cidr': () => ["'192.0.2.1'"],
  tstzrange: () => ['tstzrange(now(), NULL)'],
};
