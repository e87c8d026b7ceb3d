/**
 * The registry of event types: what may be written into a session's stream, and what each carries. Events carry
 * results, not causes to be computed again: `evolve` folds them without rules, content or draws.
 * No event holds text that a player wrote, or anything about who the player is; see impersonal.ts.
 */
import type { z } from 'zod';
import { type EventDefinition, requireWritable, upcastEventData } from './define-event.ts';
import { EngineError } from './errors.ts';
import { facilityEvents } from './events/facility-events.ts';
import { inboxEvents } from './events/inbox-events.ts';
import { sessionEvents } from './events/session-events.ts';
import { threatEvents } from './events/threat-events.ts';
import { ENGINE_VERSION } from './version.ts';

const definitions = [...sessionEvents, ...inboxEvents, ...facilityEvents, ...threatEvents] as const;

type Definition = (typeof definitions)[number];
export type GameEventType = Definition['type'];
type DefinitionOf<Type extends GameEventType> = Extract<Definition, { type: Type }>;

/** Data of an event type in its latest version. */
export type EventData<Type extends GameEventType> = z.infer<DefinitionOf<Type>['schema']>;

/** An event in its latest version, as `decide` emits it and `evolve` takes it. */
export type GameEvent = {
  [Type in GameEventType]: {
    readonly type: Type;
    readonly version: number;
    readonly data: Readonly<EventData<Type>>;
  };
}[GameEventType];

/** Every event type by its name. */
export const eventTypes = byType(definitions) as { readonly [Type in GameEventType]: DefinitionOf<Type> };

/**
 * How many schemas, of all types and versions, this release knows. The registry only grows, so of two releases the one
 * that knows more is the later one.
 */
export const EVENT_SCHEMAS = definitions.reduce((sum, { latestVersion }) => sum + latestVersion, 0);

/** @throws GAME_EVENT_DEFINITION_REFUSED  when two types have one name */
export function byType<Defined extends EventDefinition>(
  defined: readonly Defined[],
): Readonly<Record<string, Defined>> {
  const types: Record<string, Defined> = {};
  for (const definition of defined) {
    if (Object.hasOwn(types, definition.type)) {
      throw new EngineError('GAME_EVENT_DEFINITION_REFUSED', {
        found: `${definition.type}, declared twice`,
        expected: 'each type once, with all its versions',
      });
    }
    types[definition.type] = definition;
  }
  return types;
}

export const isGameEventType = (type: string): type is GameEventType => Object.hasOwn(eventTypes, type);

/**
 * Turns a stored event of any known version into one of the latest version.
 *
 * @throws GAME_EVENT_TYPE_UNKNOWN         names the type and its version
 * @throws GAME_EVENT_VERSION_UNSUPPORTED  when a later release wrote it; names both versions
 * @throws GAME_EVENT_DATA_INVALID
 */
export function parseEvent(type: string, version: number, data: unknown): GameEvent {
  const definition = definitionOf(type, version);
  return {
    type,
    version: definition.latestVersion,
    data: upcastEventData(definition, version, data),
  } as GameEvent;
}

/**
 * Refuses an event that must not be appended, whatever wrote it.
 *
 * @throws GAME_EVENT_TYPE_UNKNOWN, GAME_EVENT_VERSION_UNSUPPORTED
 * @throws GAME_EVENT_DATA_INVALID  also for a version that is not the latest of its type
 */
export function requireWritableEvent(event: GameEvent): void {
  // A list of somebody's can have a hole in it; what is no event has no type.
  const { type, version, data } = Object(event) as GameEvent;
  requireWritable(definitionOf(type, version), version, data);
}

function definitionOf(type: string, version: number): EventDefinition {
  if (isGameEventType(type)) return eventTypes[type];
  throw new EngineError('GAME_EVENT_TYPE_UNKNOWN', {
    found: `${String(type).slice(0, 80)} version ${String(version)}`,
    expected: `one of the ${definitions.length} types of engine ${ENGINE_VERSION}`,
  });
}
