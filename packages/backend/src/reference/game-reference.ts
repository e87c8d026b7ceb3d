/** `actions.md` and `events.md`: what a player can ask for, and what is stored of it, from the engine's own schemas. */
import { Action, EVENT_SCHEMAS, type EventDefinition, eventTypes, schemaOf } from '@archive-gate/game-engine';
import { Cache } from '../kernel/cache/index.ts';
import { createLogger } from '../kernel/log.ts';
import { PackLibrary } from '../modules/content/index.ts';
import { platformConsumers } from '../platform.ts';
import { code, page, table } from './markdown.ts';
import { alternativesOf, fieldsTable } from './schema-fields.ts';

export function actionReference(): string {
  const intro =
    'What can be asked for: all by a player but `correct`, which is for those who put right what went wrong. An action is accepted with its events, or refused with a code of ' +
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
    'version is upcast when it is read. What was released is recorded in `packages/game-engine/released`, streams of ' +
    'it are kept in `packages/game-engine/fixtures`, and `pnpm dmz events check` holds the program to both. Events ' +
    'carry no free text and nothing about a person: such a type is refused when it is declared. What follows from an ' +
    'event in other tables is written by consumers, which each section names.';
  const consumers = platformConsumers(
    new PackLibrary(),
    new Cache({ url: null, log: createLogger('silent') }),
  );
  const definitions: readonly EventDefinition[] = Object.values(eventTypes);
  return page('Events', intro, [
    `${definitions.length} types, ${EVENT_SCHEMAS} schemas of all their versions.`,
    table(
      ['type', 'version', 'says'],
      definitions.map(({ type, latestVersion, says }) => [
        `[${code(type)}](#${type.replaceAll('.', '')})`,
        String(latestVersion),
        says,
      ]),
    ),
    ...definitions.flatMap((definition) => eventSection(definition, consumers)),
  ]);
}

function eventSection(
  { type, says, causedBy, versions }: EventDefinition,
  consumers: ReturnType<typeof platformConsumers>,
): string[] {
  const actions = causedBy.map((action) => `[${code(action)}](actions.md#${action})`).join(', ');
  const followers = consumers
    .filter(({ handles }) => handles === 'every type' || handles.some((each) => each === type))
    .map(({ name }) => code(name))
    .join(', ');
  return [
    `## ${type}`,
    `${says} Caused by ${actions}. Consumed by ${followers}.`,
    ...Object.entries(versions)
      .sort(([one], [other]) => Number(other) - Number(one))
      .flatMap(([version, entry]) => [
        `Version ${version}. ${'upcast' in entry ? `From version ${Number(version) - 1} by reading: ${entry.change}` : ''}`.trim(),
        ...alternativesOf(schemaOf(entry)).map((alternative) => fieldsTable(alternative)),
      ]),
  ];
}
