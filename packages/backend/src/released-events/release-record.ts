/**
 * The record of what was released of the event registry: the schema of each type and version, and the streams that are
 * kept of them with the states that they lead to. It is a file of the repository that only grows.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { canonicalJson, type EventDefinition, schemaOf } from '@archive-gate/game-engine';
import { z } from 'zod';
import { releaseErrors } from './errors.ts';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const ReleasedVersion = z.strictObject({ sha256: Sha256, schema: z.record(z.string(), z.json()) });
const ReleasedStream = z.strictObject({
  /** Of the file; by its form, it is the hash of the events too (see docs/ARCHITECTURE.md). */
  sha256: Sha256,
  events: z.int().min(1),
  /** SHA-256 of the state that the stream leads to, by the version of the reducer. */
  states: z.record(z.string(), Sha256),
});
const ReleaseRecord = z.strictObject({
  /** By type, then by version. */
  types: z.record(z.string(), z.record(z.string(), ReleasedVersion)),
  /** By file name. */
  streams: z.record(z.string(), ReleasedStream),
});

export type ReleasedVersion = z.infer<typeof ReleasedVersion>;
export type ReleasedStream = z.infer<typeof ReleasedStream>;
export type ReleaseRecord = z.infer<typeof ReleaseRecord>;

export const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

/**
 * A version as it is recorded. Descriptions are left out: they may be put better at any time.
 *
 * @returns undefined when the definition has no such version
 */
export function describeVersion(definition: EventDefinition, version: number): ReleasedVersion | undefined {
  const entry = definition.versions[version];
  if (entry === undefined) return undefined;
  const { $schema: _dialect, ...schema } = z.toJSONSchema(schemaOf(entry), {
    override: ({ jsonSchema }) => {
      delete jsonSchema.description;
    },
  });
  const plain = JSON.parse(JSON.stringify(schema));
  return { sha256: hashSchema(plain), schema: plain };
}

export const hashSchema = (schema: ReleasedVersion['schema']): string => sha256(canonicalJson(schema));

/** @throws EVENTS_RELEASE_INVALID */
export function readRecord(file: string): ReleaseRecord {
  if (!existsSync(file)) return { types: {}, streams: {} };
  try {
    return ReleaseRecord.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    const issue = cause instanceof z.ZodError ? cause.issues[0] : undefined;
    const reason = issue ? `${issue.path.join('.')}: ${issue.message}` : String(cause);
    throw releaseErrors.EVENTS_RELEASE_INVALID({ found: reason.slice(0, 200), cause });
  }
}

/** A version a line and a stream a line, so that a release can be read as a diff. */
export function writeRecord(file: string, { types, streams }: ReleaseRecord): void {
  const typeLines = Object.entries(types).map(([type, versions]) =>
    nested(`    ${JSON.stringify(type)}`, versions),
  );
  const text = [
    '{',
    '  "types": {',
    typeLines.join(',\n'),
    '  },',
    nested('  "streams"', streams),
    '}\n',
  ].join('\n');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function nested(head: string, entries: Readonly<Record<string, unknown>>): string {
  const indent = ' '.repeat(head.search(/\S/));
  const lines = Object.entries(entries).map(
    ([name, value]) => `${indent}  ${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return `${head}: {\n${lines.join(',\n')}\n${indent}}`;
}
