/**
 * An event type gets a second version: the later release reads, replays and continues what this one has written, is held
 * to releasing the version and to keeping a stream of it; and this one refuses what it cannot know.
 */
import fs from 'node:fs';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gameRelease } from '../src/released-events/index.ts';
import { useDatabase } from './harness/database.ts';
import { LaterRelease } from './harness/later-release.ts';
import { playedGame } from './harness/play.ts';

const TENANT = 'small-company';
const TYPE = 'game.email.opened';
const CHANGE = 'Where it was read; everything was read at the desk before.';

const SECOND_VERSION = [
  {
    file: 'events/inbox-events.ts',
    from: `{ 1: z.strictObject({ emailKey }) },`,
    to: `{
      1: z.strictObject({ emailKey }),
      2: {
        schema: z.strictObject({ emailKey, place: z.enum(['desk', 'sofa']) }),
        change: '${CHANGE}',
        upcast: (data: { emailKey: string }) => ({ ...data, place: 'desk' }),
      },
    },`,
  },
  {
    file: 'handlers/triage.ts',
    from: `transcript.record('${TYPE}', { emailKey })`,
    to: `transcript.record('${TYPE}', { emailKey, place: 'desk' })`,
  },
];

describe('a later release, in which an event type has a second version', { timeout: 120_000 }, () => {
  const db = useDatabase();
  let later: LaterRelease;
  let sessionId: string;

  beforeAll(async () => {
    later = new LaterRelease(SECOND_VERSION);
    ({ sessionId } = await playedGame(db.platform, TENANT, { events: 150 }));
  }, 60_000);
  afterAll(() => later.remove());

  const environment = () => ({ DATABASE_URL: db.adminUrl });

  async function versionsStored(): Promise<Record<string, number>> {
    const admin = await db.connectAsAdmin();
    const { rows } = await admin.query(
      'SELECT version, count(*)::int AS n FROM game.events WHERE session_id = $1 AND event_type = $2 GROUP BY 1',
      [sessionId, TYPE],
    );
    return Object.fromEntries(rows.map(({ version, n }) => [version, n]));
  }

  it('lifts what earlier ones wrote, and replays it to what it was', async () => {
    const replayed = await later.dmz(['session', 'replay', '--all', '--verify', '--json'], environment());
    expect(JSON.parse(replayed.out)).toMatchObject({ identical: true, sessions: 1 });
    const listed = await later.dmz(['session', 'events', sessionId, '--type', TYPE, '--json'], environment());
    const events = JSON.parse(listed.out);
    expect(events).toHaveLength((await versionsStored())[1] ?? 0);
    for (const { version, data } of events)
      expect({ version, data }).toMatchObject({ version: 2, data: { place: 'desk' } });
  });

  it('plays on, so that one stream has both versions, and replays that; this release refuses it', async () => {
    const before = await versionsStored();
    expect(Object.keys(before)).toEqual(['1']);
    const played = await later.playOn(db.appUrl, TENANT, sessionId, '40');
    expect(played).toMatchObject({ status: 0, err: '' });
    expect(await versionsStored()).toEqual({ ...before, 2: expect.any(Number) });
    const replayed = await later.dmz(['session', 'replay', sessionId, '--verify', '--json'], environment());
    expect(JSON.parse(replayed.out)).toMatchObject({ identical: true });
    const act = db.platform.game.act(TENANT, { sessionId, actionId: uuidv7(), action: { type: 'pause' } });
    await expect(act).rejects.toMatchObject({
      code: 'GAME_EVENT_VERSION_UNSUPPORTED',
      found: `${TYPE} version 2`,
      expected: 'a version from 1 to 1',
    });
  });

  it('must release the version, which keeps a stream of it and changes nothing that was kept', async () => {
    const check = async () => JSON.parse((await later.dmz(['events', 'check', '--json'])).out).findings;
    expect(await check()).toEqual([
      expect.objectContaining({ rule: 'event-additions-are-released', object: `${TYPE} version 2` }),
    ]);
    const released = JSON.parse((await later.dmz(['events', 'release', '--json'])).out);
    expect(released.versions).toEqual([`${TYPE} version 2`]);
    expect(released.streams.length).toBeGreaterThan(0);
    expect(await check()).toEqual([]);
    const kept = path.relative(path.resolve(gameRelease.streams, '../../../..'), gameRelease.streams);
    for (const file of released.streams)
      expect(later.read(path.join(kept, file))).toContain(`"type":"${TYPE}","version":2}`);
    for (const file of fs.readdirSync(gameRelease.streams))
      expect(later.read(path.join(kept, file))).toBe(
        fs.readFileSync(path.join(gameRelease.streams, file), 'utf8'),
      );
  });

  it('has both versions in its reference, with what changed', async () => {
    const generated = await later.dmz(['docs', 'generate'], environment());
    expect(generated).toMatchObject({ status: 0 });
    expect(later.read('docs/reference/events.md')).toContain(CHANGE);
  });
});
