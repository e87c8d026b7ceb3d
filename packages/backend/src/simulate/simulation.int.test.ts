/** A simulation is a game that can be played again, and its log is a proof that the database can fail. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../test/harness/database.ts';
import { allSessions, verifySessions } from '../cli/replay-sessions.ts';
import type { RunningPostgres } from '../kernel/stack/index.ts';
import { Acknowledgement, checkAckLog, openAckLog, type SimulationRequest, simulate } from './index.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'simulation-'));
const logFile = (name: string) => path.join(folder, `${name}.ndjson`);
const game = { tenant: 'consumers', players: 1, seed: 7, days: 10 };

describe('simulate', () => {
  const db = useDatabase();
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  /** Plays, and returns what was acknowledged, in order. */
  async function play(name: string, request: Partial<SimulationRequest>) {
    const ackLog = openAckLog(logFile(name));
    const report = await simulate(db.platform, { ...game, ...request, ackLog });
    ackLog.close();
    const acks = fs.readFileSync(logFile(name), 'utf8').trimEnd().split('\n');
    return { report, acks: acks.map((line) => Acknowledgement.parse(JSON.parse(line))) };
  }
  const hashesOf = ({ acks }: Awaited<ReturnType<typeof play>>) =>
    acks.map(({ eventsSha256 }) => eventsSha256);

  it('plays the same game with the same seed, also beyond its end, and another with another', async () => {
    const once = await play('once', { actions: 120, days: 3 });
    expect(once.report).toMatchObject({ actions: 120, failed: 0, refused: 0 });
    expect(once.report.sessions).toBeGreaterThan(1);
    const again = await play('again', { actions: 120, days: 3, tenant: 'small-company' });
    expect(hashesOf(again)).toEqual(hashesOf(once));
    expect(again.acks.map(({ actionId }) => actionId)).not.toEqual(once.acks.map(({ actionId }) => actionId));
    const other = await play('other', { actions: 120, days: 3, seed: 8 });
    expect(hashesOf(other)).not.toEqual(hashesOf(once));
  });

  it('counts what it did: actions, events and sessions are those of the database', async () => {
    const { report, acks } = await play('counted', { tenant: 'mid-company', players: 6, actions: 150 });
    const events = acks.reduce(
      (sum, { firstSequence, lastSequence }) => sum + lastSequence - firstSequence + 1,
      0,
    );
    expect(report).toMatchObject({ actions: 150, events, failed: 0, sessions: 6 });
    expect(acks).toHaveLength(150);
    const place = { platform: db.platform, postgres: { adminUrl: db.adminUrl } as RunningPostgres };
    const sessions = await allSessions(place, 'mid-company');
    expect(await verifySessions(place, sessions)).toMatchObject({ sessions: 6, events, identical: true });
    const { p50, p95, p99, max } = report.latencyMs;
    expect([p50, p95, p99, max]).toEqual([p50, p95, p99, max].sort((one, other) => one - other));
  });

  it('ends when it is told to, with what it has done', async () => {
    const stop = new AbortController();
    const simulation = simulate(db.platform, { ...game, players: 4, seconds: 600, signal: stop.signal });
    setTimeout(() => stop.abort(), 300);
    const report = await simulation;
    expect(report.failed).toBe(0);
    expect(report.seconds).toBeLessThan(10);
  });

  it('finds every line that the database does not bear out, and says what is wrong with it', async () => {
    const { acks } = await play('sound', { actions: 30 });
    expect(await checkAckLog(db.platform, logFile('sound'))).toEqual({
      lines: 30,
      verified: 30,
      missing: [],
      different: [],
      torn: false,
    });
    const forged = [
      { ...acks[1]!, actionId: uuidv7() },
      { ...acks[2]!, sessionId: uuidv7() },
      { ...acks[3]!, tenantId: uuidv7() },
      { ...acks[4]!, eventsSha256: 'f'.repeat(64) },
      { ...acks[5]!, lastSequence: acks[5]!.lastSequence + 1 },
      acks[0]!,
    ];
    const lines = [acks[0]!, ...forged].map((each) => JSON.stringify(each));
    fs.writeFileSync(
      logFile('forged'),
      `${[...lines, 'no JSON'].join('\n')}\n${JSON.stringify(acks[6]).slice(0, 90)}`,
    );
    const { missing, different, ...rest } = await checkAckLog(db.platform, logFile('forged'));
    expect(rest).toEqual({ lines: 8, verified: 1, torn: true });
    expect(missing.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(different.map(({ line, reason }) => [line, reason])).toEqual([
      [5, 'the recorded hash of the events is another one'],
      [6, expect.stringMatching(/^recorded with sequences \d+ to \d+, acknowledged with \d+ to \d+$/)],
      [7, 'acknowledged before, in line 1'],
      [8, 'the line is no acknowledgement'],
    ]);
  });

  it('finds an event that was changed behind the platform’s back', async () => {
    const { acks } = await play('tampered', { actions: 10 });
    const victim = acks[4]!;
    const admin = await db.connectAsAdmin();
    await admin.query("SET session_replication_role = 'replica'");
    await admin.query(
      `UPDATE game.events SET event_data = event_data || '{"forged": true}' WHERE session_id = $1 AND sequence = $2`,
      [victim.sessionId, victim.firstSequence],
    );
    const { verified, different } = await checkAckLog(db.platform, logFile('tampered'));
    expect(verified).toBe(9);
    expect(different).toEqual([
      { line: 5, actionId: victim.actionId, reason: 'the stored events hash to another value' },
    ]);
  });
});
