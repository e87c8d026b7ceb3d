/** `actions.md` and `events.md`: what a player can ask for, and what is stored of it, from the engine's own schemas. */
import { Action, type EventDefinition, eventTypes } from '@archive-gate/game-engine';
import type { z } from 'zod';
import { code, page } from './markdown.ts';
import { alternativesOf, fieldsTable } from './schema-fields.ts';

export function actionReference(): string {
  const intro =
    'What a player can ask for. An action is accepted with its events, or refused with a code of ' +
    '[errors.md](errors.md) and changes nothing. Unknown fields are refused.';
  const sections = alternativesOf(Action).flatMap((action) => [
    `## ${String(action.properties?.type?.const)}`,
    fieldsTable(action, 'type'),
  ]);
  return page('Actions', intro, sections);
}

export function eventReference(): string {
  const intro =
    'What a session’s stream holds. Changes are additive: a stored event is never rewritten, and one of an older ' +
    'version is upcast when it is read.';
  const definitions: readonly EventDefinition[] = Object.values(eventTypes);
  const sections = definitions.flatMap(({ type, latestVersion, versions }) => [
    `## ${type}`,
    ...Object.entries(versions)
      .sort(([one], [other]) => Number(other) - Number(one))
      .flatMap(([version, entry]) => [
        `Version ${version}${Number(version) === latestVersion ? '' : `, upcast to ${Number(version) + 1} by reading`}:`,
        ...alternativesOf(schemaOf(entry)).map((alternative) => fieldsTable(alternative)),
      ]),
  ]);
  return page('Events', intro, [
    `${definitions.length} types: ${definitions.map(({ type }) => code(type)).join(', ')}.`,
    ...sections,
  ]);
}

const schemaOf = (entry: EventDefinition['versions'][number]): z.ZodType =>
  'upcast' in entry ? entry.schema : entry;
