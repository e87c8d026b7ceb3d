/** Zod schemas as tables of fields, by way of JSON Schema (draft 2020-12), which is what other programs read them as. */
import { z } from 'zod';
import { code, table } from './markdown.ts';

interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly default?: unknown;
}

/** The objects that a schema accepts: one, or the alternatives of a union. */
export function alternativesOf(schema: z.ZodType): JsonSchema[] {
  return flatten(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema);
}

const flatten = (schema: JsonSchema): JsonSchema[] =>
  (schema.anyOf ?? schema.oneOf)?.flatMap(flatten) ?? [schema];

/** @param without  a field that a heading says already */
export function fieldsTable({ properties = {}, required = [] }: JsonSchema, without?: string): string {
  const rows = Object.entries(properties)
    .filter(([name]) => name !== without)
    .map(([name, field]) => [
      code(name),
      describe(field),
      [meaningOf(field), required.includes(name) ? '' : optional(field)].filter(Boolean).join('; '),
    ]);
  return rows.length === 0 ? 'It carries nothing else.' : table(['field', 'value', 'meaning'], rows);
}

/** Its own, or that of what it is when it is not null. */
const meaningOf = ({ description, anyOf }: JsonSchema): string | undefined =>
  description ?? anyOf?.map((choice) => choice.description).find(Boolean);

const optional = (field: JsonSchema) =>
  field.default === undefined ? 'optional' : `${JSON.stringify(field.default)} unless given`;

function describe(schema: JsonSchema): string {
  if (schema.const !== undefined) return code(String(schema.const));
  if (schema.enum) return schema.enum.map((value) => code(String(value))).join(', ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(describe).join(' or ');
  if (schema.type === 'array') return `list of ${describe(schema.items ?? {})}${atMost(schema.maxItems)}`;
  if (schema.type === 'object')
    return `{ ${Object.entries(schema.properties ?? {})
      .map(named)
      .join('; ')} }`;
  if (schema.type === 'string')
    return schema.pattern ? `text like ${code(schema.pattern)}` : `text${length(schema)}`;
  return `${schema.type ?? 'any value'}${range(schema)}`;
}

const named = ([name, field]: [string, JsonSchema]) => `${code(name)}: ${describe(field)}`;

const atMost = (count: number | undefined) => (count === undefined ? '' : `, at most ${count}`);

const length = ({ minLength = 0, maxLength }: JsonSchema) =>
  maxLength === undefined ? '' : ` of ${minLength} to ${maxLength} characters`;

function range({ minimum, maximum }: JsonSchema): string {
  const bounded = (bound: number | undefined) =>
    bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  if (bounded(minimum) && bounded(maximum)) return ` from ${minimum} to ${maximum}`;
  if (bounded(minimum)) return `, ${minimum} or more`;
  return bounded(maximum) ? `, ${maximum} or less` : '';
}
