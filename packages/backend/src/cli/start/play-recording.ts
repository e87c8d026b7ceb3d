/** Plays the recorded game as a new session through the real services, and compares it with the recording and the store. */
import { v7 as uuidv7 } from 'uuid';
import { DmzError } from '../../kernel/errors/index.ts';
import { listPlayers } from '../../modules/auth/index.ts';
import { currentPackVersion } from '../../modules/content/index.ts';
import {
  gameErrors,
  hashEvents,
  type ReplayReport,
  type StoredEvent,
  sessionEvents,
} from '../../modules/game/index.ts';
import type { Platform } from '../../platform.ts';
import { type Recording, recordingErrors, requireCurrent } from './recording.ts';

export interface PlayedRecording {
  readonly sessionId: string;
  readonly events: readonly StoredEvent[];
  readonly eventsSha256: string;
  readonly replay: ReplayReport;
}

/** People enough to reach the last one that the seed makes; somebody else than `dmz play` takes by default. */
const PEOPLE = 1_000;

/**
 * @param onRetry  called when the database is away and the work is tried again
 * @throws CLI_RECORDING_OUTDATED, CLI_RECORDING_DIFFERS when an action is refused, GAME_PLAYER_UNKNOWN
 */
export async function playRecording(
  platform: Platform,
  recording: Recording,
  onRetry: (error: unknown) => void = () => {},
): Promise<PlayedRecording> {
  const { tenant } = recording;
  const player = await platform.tenancy.run(tenant, async (tx) => {
    requireCurrent(recording, await currentPackVersion(tx));
    return (await listPlayers(tx, PEOPLE)).at(-1);
  });
  if (!player) throw gameErrors.GAME_PLAYER_UNKNOWN({ found: `no active person in tenant ${tenant}` });
  const sessionId = await playActions(platform, recording, player.id, onRetry);
  // Snapshots are written behind the events, and are to be compared too.
  await platform.consumers.settle(tenant, { sessionIds: [sessionId] });
  const events = await platform.tenancy.run(tenant, async (tx) => {
    const read: StoredEvent[] = [];
    for await (const event of sessionEvents(tx, sessionId)) read.push(event);
    return read;
  });
  const replay = await platform.game.replay(tenant, sessionId);
  return { sessionId, events, eventsSha256: hashEvents(events), replay };
}

async function playActions(
  platform: Platform,
  { tenant, seed, days, actions }: Recording,
  playerId: string,
  onRetry: (error: unknown) => void,
): Promise<string> {
  const start = { actionId: uuidv7(), playerId, seed, days };
  const { sessionId } = await platform.game.start(tenant, start, { onRetry });
  for (const [at, action] of actions.slice(1).entries()) {
    try {
      await platform.game.act(tenant, { sessionId, actionId: uuidv7(), action }, { onRetry });
    } catch (error) {
      if (!(error instanceof DmzError) || !error.code.startsWith('GAME_')) throw error;
      throw recordingErrors.CLI_RECORDING_DIFFERS({
        found: `action ${at + 2} of ${actions.length}, ${action.type}, is refused: ${error.code}`,
        expected: 'every action to be accepted, as it was when it was recorded',
        cause: error,
      });
    }
  }
  return sessionId;
}

/** @throws CLI_REPLAY_DIFFERS, CLI_RECORDING_DIFFERS */
export function requireSame(
  { expected }: Recording,
  { sessionId, events, eventsSha256, replay }: PlayedRecording,
): void {
  const [mismatch] = replay.mismatches;
  if (mismatch) {
    throw recordingErrors.CLI_REPLAY_DIFFERS({
      found: `session ${sessionId}, sequence ${mismatch.sequence}: ${mismatch.reason}`,
      expected: 'the stored events, byte for byte',
      next: `pnpm dmz session replay ${sessionId} --verify`,
    });
  }
  if (eventsSha256 === expected.eventsSha256) return;
  throw recordingErrors.CLI_RECORDING_DIFFERS({
    found: `${events.length} events, SHA-256 ${eventsSha256}`,
    expected: `${expected.events} events, SHA-256 ${expected.eventsSha256}`,
  });
}
