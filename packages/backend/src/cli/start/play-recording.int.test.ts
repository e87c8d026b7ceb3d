/** The recorded game holds the engine, the content and the store together: a change in any of them shows here. */
import { describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { readPackFiles } from '../../modules/content/index.ts';
import { type PlayedRecording, playRecording, requireSame } from './play-recording.ts';
import { recordGame } from './record-game.ts';
import { readRecording } from './recording.ts';

const fail = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('the recorded game', () => {
  const db = useDatabase();
  const recording = readRecording();
  let played: PlayedRecording;

  it('is stored as it was recorded, and replays identically', async () => {
    played = await playRecording(db.platform, recording);
    expect(played.eventsSha256).toBe(recording.expected.eventsSha256);
    expect(played.events).toHaveLength(recording.expected.events);
    expect(played.replay).toMatchObject({ events: recording.expected.events, mismatches: [] });
    expect(played.replay.snapshotsVerified).toBeGreaterThanOrEqual(recording.days);
    expect(played.events.at(-1)).toMatchObject({
      type: 'game.session.completed',
      data: { score: recording.expected.score, grade: recording.expected.grade },
    });
  });

  it('can be told: it has a breach through an approved mail, mistakes, and a house that grew', () => {
    const types = played.events.map(({ type }) => type);
    expect(types).toContain('game.breach.occurred');
    expect(types).toContain('game.incident.resolved');
    expect(types).toContain('game.upgrade.purchased');
  });

  it('is a new session each time, and takes no earlier one’s place', async () => {
    const again = await playRecording(db.platform, recording);
    expect(again.sessionId).not.toBe(played.sessionId);
    expect(again.eventsSha256).toBe(played.eventsSha256);
    expect(again.events[0]?.id).not.toBe(played.events[0]?.id);
  });

  it('is what a bot would be recorded with today', () => {
    expect(recordGame(readPackFiles())).toEqual(recording);
  });

  it('says so when it was recorded on other content, and plays nothing', async () => {
    const outdated = { ...recording, contentVersion: 'base@0' };
    await expect(playRecording(db.platform, outdated)).rejects.toMatchObject({
      code: 'CLI_RECORDING_OUTDATED',
      exitCode: 1,
    });
  });

  it('says which action is refused when the game has gone another way', async () => {
    const actions = [...recording.actions];
    actions.splice(2, 1, { type: 'process_threats' });
    await expect(playRecording(db.platform, { ...recording, actions })).rejects.toMatchObject({
      code: 'CLI_RECORDING_DIFFERS',
      found: expect.stringContaining('action 3'),
    });
  });

  it('is not the same when a byte of the hash or of the store differs', () => {
    const expected = { ...recording.expected, eventsSha256: '0'.repeat(64) };
    expect(fail(() => requireSame({ ...recording, expected }, played))).toMatchObject({
      code: 'CLI_RECORDING_DIFFERS',
    });
    const mismatches = [{ sessionId: played.sessionId, sequence: 3, reason: 'changed' }];
    expect(
      fail(() => requireSame(recording, { ...played, replay: { ...played.replay, mismatches } })),
    ).toMatchObject({ code: 'CLI_REPLAY_DIFFERS' });
    expect(fail(() => requireSame(recording, played))).toBeUndefined();
  });
});
