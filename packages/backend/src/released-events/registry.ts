/** What a release is made of: the event types of a program, and how it folds a stream. */
import path from 'node:path';
import {
  type EventDefinition,
  eventTypes,
  fold,
  initialState,
  parseEvent,
  REDUCER_VERSION,
} from '@archive-gate/game-engine';
import { projectRoot } from '../kernel/project.ts';
import { hashJson } from '../modules/game/index.ts';
import type { StreamEvent } from './kept-streams.ts';

export interface Registry {
  readonly definitions: readonly EventDefinition[];
  readonly reducerVersion: number;
  /** SHA-256 of the state that stored events lead to. */
  hashState(events: readonly StreamEvent[]): string;
}

export interface ReleasePlace {
  /** The record, a JSON file. */
  readonly record: string;
  /** The folder of the kept streams. */
  readonly streams: string;
}

export const gameRegistry: Registry = {
  definitions: Object.values(eventTypes),
  reducerVersion: REDUCER_VERSION,
  hashState: (events) =>
    hashJson(
      fold(
        initialState(),
        events.map(({ type, version, data }) => parseEvent(type, version, data)),
      ),
    ),
};

const engine = path.join(projectRoot, 'packages/game-engine');

export const gameRelease: ReleasePlace = {
  record: path.join(engine, 'released/events.json'),
  streams: path.join(engine, 'fixtures/streams'),
};
