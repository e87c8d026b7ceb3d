/** Random data of an event, made from its schema: every payload that the schema allows can come up. */
import fc from 'fast-check';
import { z } from 'zod';
import { type EventDefinition, schemaOf } from '../src/index.ts';

type Json = z.core.JSONSchema.BaseSchema;

export function payloadsOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  return arbitraryOf(z.toJSONSchema(schema) as Json);
}

function arbitraryOf(json: Json): fc.Arbitrary<unknown> {
  if (json.const !== undefined) return fc.constant(json.const);
  if (json.enum) return fc.constantFrom(...json.enum);
  if (json.anyOf) return fc.oneof(...json.anyOf.map((each) => arbitraryOf(each as Json)));
  switch (json.type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.maxSafeInteger().map((value) => clamp(value, json));
    case 'string':
      return fc
        .stringMatching(new RegExp(json.pattern ?? '^$'))
        .filter((text) => text.length <= (json.maxLength ?? Number.POSITIVE_INFINITY));
    case 'array':
      return fc.array(arbitraryOf(json.items as Json), { maxLength: json.maxItems ?? 10 });
    default:
      return fc.record(
        Object.fromEntries(
          Object.entries(json.properties ?? {}).map(([name, field]) => [name, arbitraryOf(field as Json)]),
        ),
      );
  }
}

const clamp = (value: number, { minimum = -Infinity, maximum = Infinity }: Json) =>
  value >= minimum && value <= maximum ? value : minimum + (Math.abs(value) % (maximum - minimum + 1));

/** Where the strings of a schema are: the path to each, and whether it is a key rather than a word of a list. */
export function keyPathsOf(definition: EventDefinition, version: number): string[][] {
  const entry = definition.versions[version];
  if (entry === undefined) throw new Error(`${definition.type} has no version ${version}.`);
  return pathsIn(z.toJSONSchema(schemaOf(entry)) as Json, []);
}

function pathsIn(json: Json, path: string[]): string[][] {
  if (json.type === 'string') return [path];
  if (json.anyOf) return json.anyOf.flatMap((each) => pathsIn(each as Json, path));
  if (json.type === 'array') return pathsIn(json.items as Json, [...path, '0']);
  return Object.entries(json.properties ?? {}).flatMap(([name, field]) =>
    pathsIn(field as Json, [...path, name]),
  );
}

/** A copy of the data with one value replaced; where a list is empty or an object missing, it gets one. */
export function replaceAt(data: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  if (Array.isArray(data)) return [replaceAt(data[0], rest, value), ...data.slice(1)];
  const of = (data ?? {}) as Record<string, unknown>;
  return { ...of, [name]: replaceAt(of[name], rest, value) };
}
