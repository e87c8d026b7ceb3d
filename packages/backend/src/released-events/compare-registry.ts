/**
 * Compares the registry with what was released of it. Programs that are running, and streams that are stored, know what
 * was released; so a type, a version and a schema stay for ever, and a change is a further version.
 */
import type { EventDefinition } from '@archive-gate/game-engine';
import type { Finding } from '../kernel/check/index.ts';
import { describeVersion, hashSchema, type ReleaseRecord } from './release-record.ts';

export const RELEASE_REMEDY = 'pnpm dmz events release, and commit what it writes';
const FURTHER_VERSION = 'restore it, and declare the change as a further version with its upcast';

/** @returns breaches: what no release can make good */
export function findBreaches(released: ReleaseRecord, definitions: readonly EventDefinition[]): Finding[] {
  const present = new Map(definitions.map((definition) => [definition.type, definition]));
  const edited = Object.entries(released.types).flatMap(([type, versions]) =>
    Object.entries(versions)
      .filter(([, { sha256, schema }]) => hashSchema(schema) !== sha256)
      .map(([version]) => ({
        rule: 'event-record-is-not-edited',
        object: `${type} version ${version}`,
        detail: 'the recorded schema does not have its recorded hash',
        remedy: 'git checkout -- packages/game-engine/released',
      })),
  );
  const changed = Object.keys(released.types).flatMap((type) => {
    const definition = present.get(type);
    return definition ? changesOf(released, definition) : [removal(released, type, definitions)];
  });
  return [...edited, ...changed, ...definitions.flatMap(gapsOf)];
}

function removal(released: ReleaseRecord, type: string, definitions: readonly EventDefinition[]): Finding {
  const first = released.types[type]?.[1]?.sha256;
  const renamed = definitions.find(
    (each) => !released.types[each.type] && describeVersion(each, 1)?.sha256 === first,
  );
  return renamed
    ? {
        rule: 'event-types-keep-their-names',
        object: type,
        detail: `it was released under this name and is now ${renamed.type}`,
        remedy: 'give it its name back: stored events are never renamed',
      }
    : {
        rule: 'event-types-stay',
        object: type,
        detail: 'it was released and is declared no more',
        remedy: 'declare it again; a type that is written no more is still read',
      };
}

function changesOf(released: ReleaseRecord, definition: EventDefinition): Finding[] {
  const { type } = definition;
  return Object.entries(released.types[type] ?? {}).flatMap(([version, { sha256 }]) => {
    const object = `${type} version ${version}`;
    const now = describeVersion(definition, Number(version));
    if (now === undefined)
      return {
        rule: 'event-versions-stay',
        object,
        detail: 'it was released and is declared no more',
        remedy: 'declare it again: stored events of it are still read',
      };
    if (now.sha256 === sha256) return [];
    const detail = 'its schema is not the one that was released';
    return { rule: 'event-schemas-never-change', object, detail, remedy: FURTHER_VERSION };
  });
}

/** `defineEvent` refuses these; a definition that was put together by hand could have them. */
function gapsOf({ type, versions }: EventDefinition): Finding[] {
  const numbers = Object.keys(versions).map(Number);
  const latest = Math.max(...numbers);
  return Array.from({ length: latest }, (_, at) => at + 1).flatMap((version) => {
    const entry = versions[version];
    const object = `${type} version ${version}`;
    if (entry === undefined)
      return {
        rule: 'event-versions-are-consecutive',
        object,
        detail: `versions up to ${latest} are declared, this one is not`,
        remedy: 'number versions one after the other, from 1',
      };
    if (version === 1 || 'upcast' in entry) return [];
    return {
      rule: 'event-versions-are-upcast',
      object,
      detail: `nothing makes it from version ${version - 1}`,
      remedy: 'give it an upcast: stored events of the version before are read through it',
    };
  });
}

export interface Pair {
  readonly type: string;
  readonly version: number;
}

/** Types and versions that were not released yet, by name. */
export function findAdditions(released: ReleaseRecord, definitions: readonly EventDefinition[]): Pair[] {
  return definitions.flatMap(({ type, versions }) =>
    Object.keys(versions)
      .map((version) => ({ type, version: Number(version) }))
      .filter(({ version }) => !released.types[type]?.[version]),
  );
}
