/**
 * What may stand in an event, so that nothing about a person can: numbers, truth values, words of a fixed list, and keys
 * whose form is declared here. A type that would carry free text, an unknown key or a field named after personal data
 * is refused when it is declared, which is long before anybody could store one.
 */
import { z } from 'zod';
import { EngineError } from './errors.ts';

/** Strings that were declared as keys; what refines one of them stays one. */
const keys = z.registry<{ readonly key: true }>();

/** What a key must never be able to hold: an address, a telephone number, a name, a date of birth, a sentence. */
export const PERSONAL_SPECIMENS = [
  'jo.doe@example.com',
  'Jo Doe',
  '+41 79 555 01 23',
  '079 555 01 23',
  '0795550123',
  '079-555-01-23',
  '192.0.2.7',
  '2001:db8::1',
  '1990-01-31',
  'called me at home, twice',
] as const;

/** Words that name personal data wherever they stand in a field's name, and those that do so at its end. */
const PERSONAL_WORDS =
  /^(name|firstname|lastname|surname|nickname|username|ip|phone|telephone|mobile|address|birthday|birth|gender|age|person|user|player|employee|passport|iban|latitude|longitude|password|secret|token|note|comment|text|remark)$/;
const PERSONAL_ENDINGS = /^(email|mail|message|subject)$/;

/** Checks that JSON Schema can express, so that two releases can be compared by them. */
const COMPARABLE_CHECKS = new Set([
  'number_format',
  'greater_than',
  'less_than',
  'min_length',
  'max_length',
  'length_equals',
  'string_format',
]);

/**
 * A key in an event: the only kind of string there, beside words of a list.
 *
 * @param pattern    anchored at both ends; refuses every one of `PERSONAL_SPECIMENS`
 * @param maxLength  in UTF-16 units
 * @throws GAME_EVENT_DEFINITION_REFUSED
 */
export function key(pattern: RegExp, maxLength: number, meaning: string) {
  const schema = z.string().max(maxLength).regex(pattern);
  const anchored = pattern.source.startsWith('^') && pattern.source.endsWith('$');
  const specimen = PERSONAL_SPECIMENS.find((each) => schema.safeParse(each).success);
  if (!anchored || specimen !== undefined) {
    throw new EngineError('GAME_EVENT_DEFINITION_REFUSED', {
      found: `a key of the form ${pattern}, which ${anchored ? `“${specimen}” has too` : 'is not anchored at both ends'}`,
      expected: 'a form that no address, number or name of a person has',
    });
  }
  return schema.register(keys, { key: true }).describe(meaning);
}

/**
 * Refuses a schema that could carry something about a person.
 *
 * @param where  type, version and field, for the message
 * @throws GAME_EVENT_DEFINITION_REFUSED  naming the field and what is wrong with it
 */
export function requireImpersonal(where: string, schema: z.core.$ZodType): void {
  const fault = faultOf(schema);
  if (fault !== undefined) {
    throw new EngineError('GAME_EVENT_DEFINITION_REFUSED', {
      found: `${where}: ${fault}`,
      expected: 'fields of event-fields.ts, integers, truth values, and words of a list',
    });
  }
  for (const [field, part] of partsOf(schema)) requireImpersonal(`${where}${field}`, part);
}

function faultOf(schema: z.core.$ZodType): string | undefined {
  const check = schema._zod.def.checks?.find((each) => !COMPARABLE_CHECKS.has(each._zod.def.check));
  if (check) return `a check that no schema can be compared by (${check._zod.def.check})`;
  if (schema instanceof z.ZodObject) return faultOfObject(schema);
  if (schema instanceof z.ZodNumber) return schema.isInt ? undefined : 'a number that need not be an integer';
  if (schema instanceof z.ZodArray)
    return schema.def.checks?.some(limitsLength) ? undefined : 'an endless list';
  if (schema._zod.def.type === 'string')
    return keys.get(schema) === undefined
      ? 'free text; keep what a person wrote encrypted, beside the events, and refer to it by a key'
      : undefined;
  return isPlain(schema) ? undefined : `a value of the kind ${schema._zod.def.type}`;
}

const limitsLength = (check: z.core.$ZodCheck) => /^(max_length|length_equals)$/.test(check._zod.def.check);

const isPlain = (schema: z.core.$ZodType) =>
  schema instanceof z.ZodBoolean ||
  schema instanceof z.ZodEnum ||
  schema instanceof z.ZodLiteral ||
  schema instanceof z.ZodNullable ||
  schema instanceof z.ZodOptional;

function faultOfObject({ def, shape }: z.ZodObject): string | undefined {
  if (def.catchall?._zod.def.type !== 'never')
    return 'an object that accepts unknown keys; use z.strictObject';
  const named = Object.keys(shape).find(namesPersonalData);
  return named === undefined ? undefined : `a field named ${named}, as personal data is`;
}

/** What a schema consists of, each part with how it is reached. */
function partsOf(schema: z.core.$ZodType): [path: string, part: z.core.$ZodType][] {
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).map(([field, part]) => [`, ${field}`, part]);
  if (schema instanceof z.ZodArray) return [['[]', schema.element]];
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) return [['', schema.def.innerType]];
  return [];
}

function namesPersonalData(field: string): boolean {
  const words = field.split(/_|(?<=[a-z0-9])(?=[A-Z])/).map((word) => word.toLowerCase());
  return words.some((word) => PERSONAL_WORDS.test(word)) || PERSONAL_ENDINGS.test(words.at(-1) ?? '');
}
