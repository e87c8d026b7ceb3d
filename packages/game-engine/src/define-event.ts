/**
 * How an event type is declared, and how a stored event of any of its versions becomes one of the latest.
 * Version 1 is a schema; every later version is a schema and an `upcast` from the version before it. Versions are
 * consecutive, and nothing rewrites what is stored: old events are upcast whenever they are read.
 */
import type { z } from 'zod';
import type { ActionType } from './actions.ts';
import { EngineError } from './errors.ts';
import { requireImpersonal } from './impersonal.ts';

interface LaterVersion {
  readonly schema: z.ZodType;
  /** What the version changed, and what reading makes of data of the version before: one sentence. */
  readonly change: string;
  /** Turns valid data of the version before into data of this one, purely; `never` accepts a step for whatever version. */
  readonly upcast: (data: never) => unknown;
}

type Versions = { readonly 1: z.ZodType; readonly [version: number]: z.ZodType | LaterVersion };

type SchemaOf<Entry> = Entry extends { schema: infer Schema extends z.ZodType }
  ? Schema
  : Entry extends z.ZodType
    ? Entry
    : never;

type LatestSchema<V, Count extends unknown[] = [unknown]> = [...Count, unknown]['length'] extends keyof V
  ? LatestSchema<V, [...Count, unknown]>
  : SchemaOf<V[Count['length'] & keyof V]>;

export interface EventMeaning {
  /** What the event says, one sentence. */
  readonly says: string;
  /** Actions that can bring it about. */
  readonly causedBy: readonly ActionType[];
}

export interface EventDefinition<Type extends string = string, Schema extends z.ZodType = z.ZodType>
  extends EventMeaning {
  readonly type: Type;
  readonly latestVersion: number;
  /** Schema of the latest version. */
  readonly schema: Schema;
  /** By version, from 1. */
  readonly versions: Readonly<Record<number, z.ZodType | LaterVersion>>;
}

/**
 * Declares an event type.
 *
 * @param type      `game.<subject>.<what happened>`
 * @param versions  `{ 1: schema, 2: { schema, change, upcast } }`, consecutive
 * @throws GAME_EVENT_DEFINITION_REFUSED  for a gap, a later version without its upcast, or a field that could carry
 *                                        something about a person
 */
export function defineEvent<const Type extends string, const V extends Versions>(
  type: Type,
  meaning: EventMeaning,
  versions: V,
): EventDefinition<Type, LatestSchema<V>> {
  const latestVersion = Object.keys(versions).length;
  for (let version = 1; version <= latestVersion; version += 1)
    requireVersion(type, version, versions[version]);
  const schema = schemaOf(versions[latestVersion] ?? versions[1]) as LatestSchema<V>;
  return { type, ...meaning, latestVersion, schema, versions };
}

function requireVersion(type: string, version: number, entry: z.ZodType | LaterVersion | undefined): void {
  const where = `${type} version ${version}`;
  if (entry === undefined) refuse(`${where} missing`, 'consecutive versions from 1');
  if (version > 1 && !('upcast' in entry))
    refuse(`${where} without upcast`, 'a way to it from the version before');
  if (version === 1 && 'upcast' in entry) refuse(`${where} with an upcast`, 'the schema alone');
  requireImpersonal(where, schemaOf(entry));
}

function refuse(found: string, expected: string): never {
  throw new EngineError('GAME_EVENT_DEFINITION_REFUSED', { found, expected });
}

export const schemaOf = (entry: z.ZodType | LaterVersion): z.ZodType =>
  'upcast' in entry ? entry.schema : entry;

/**
 * Validates stored data against its own version and lifts it to the latest.
 *
 * @throws GAME_EVENT_VERSION_UNSUPPORTED  for a version below 1 or above the latest; names both
 * @throws GAME_EVENT_DATA_INVALID         when the data, or what an upcast made of it, does not match its schema
 */
export function upcastEventData<Schema extends z.ZodType>(
  definition: EventDefinition<string, Schema>,
  version: number,
  data: unknown,
): z.infer<Schema> {
  const stored = definition.versions[version];
  if (stored === undefined) {
    throw new EngineError('GAME_EVENT_VERSION_UNSUPPORTED', {
      found: `${definition.type} version ${version}`,
      expected: `a version from 1 to ${definition.latestVersion}`,
    });
  }
  let current = validate(definition, version, schemaOf(stored), data);
  for (let next = version + 1; next <= definition.latestVersion; next += 1) {
    const step = definition.versions[next];
    if (step === undefined || !('upcast' in step)) continue;
    current = validate(definition, next, step.schema, step.upcast(current as never));
  }
  return current as z.infer<Schema>;
}

/**
 * Refuses to write what could not be read again: only the latest version of a type is written.
 *
 * @throws GAME_EVENT_VERSION_UNSUPPORTED  for a version that this release does not know
 * @throws GAME_EVENT_DATA_INVALID         for an earlier version, and for data that does not match its schema
 */
export function requireWritable(definition: EventDefinition, version: number, data: unknown): void {
  if (version < definition.latestVersion && definition.versions[version] !== undefined) {
    throw new EngineError('GAME_EVENT_DATA_INVALID', {
      found: `${definition.type} version ${version}, to be written`,
      expected: `version ${definition.latestVersion}, the latest`,
    });
  }
  upcastEventData(definition, version, data);
}

function validate(definition: EventDefinition, version: number, schema: z.ZodType, data: unknown): unknown {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const places = result.error.issues.map((issue) => issue.path.join('.') || 'the whole').slice(0, 5);
  throw new EngineError('GAME_EVENT_DATA_INVALID', {
    found: `${definition.type} version ${version}, invalid at ${places.join(', ')}`,
    expected: `data as version ${version} of the schema says`,
    cause: result.error,
  });
}
