/** Replaying in several threads: the same report as in one, whatever happens to a thread. */
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../test/harness/database.ts';
import { tamperWith } from '../../test/harness/tamper.ts';
import type { RunningPostgres } from '../kernel/stack/index.ts';
import { simulate } from '../simulate/index.ts';
import { eachSession, replayOne, type SessionReference, verifySessions } from './replay-sessions.ts';
import { verifyInWorkers } from './replay-workers.ts';

/** A thread that runs this instead of the platform: `$id` is the session that it was sent. */
const threadOf = (script: string) =>
  new URL(
    `data:text/javascript,${encodeURIComponent(
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', (reference) => {
         const report = { events: 1, snapshotsVerified: 0, mismatches: [] };
         const answer = () => parentPort.postMessage({ kind: 'report', id: reference.id, report });
         ${script}
       });
       parentPort.postMessage({ kind: 'ready' });`,
    )}`,
  );

const report = { events: 1, snapshotsVerified: 0, mismatches: [] };
/** As if this thread were busy with its first sessions until the others have done so many. */
function busyUntil(done: number) {
  let goOn = () => {};
  const over = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const here: string[] = [];
  return {
    here,
    onProgress: (sessions: number) => sessions >= done && goOn(),
    replay: ({ id }: SessionReference) => {
      here.push(id);
      return over.then(() => report);
    },
  };
}

async function* references(count: number): AsyncGenerator<SessionReference> {
  for (let at = 1; at <= count; at += 1) yield { tenant: 'consumers', id: `s${at}` };
}

describe('replaying in several threads', () => {
  const db = useDatabase();
  const place = () => ({ platform: db.platform, postgres: { adminUrl: db.adminUrl } as RunningPostgres });
  const replay = (reference: SessionReference) => replayOne(db.platform, reference);
  const inThreads = (jobs: number) =>
    verifyInWorkers(eachSession(place()), { jobs, replay, appUrl: db.appUrl });

  beforeAll(async () => {
    for (const tenant of ['consumers', 'mid-company'])
      await simulate(db.platform, { players: 3, seed: 5, days: 2, actions: 120, tenant });
  });

  it('reports what one thread reports, of the sessions of every tenant', async () => {
    const expected = await verifySessions(place(), eachSession(place()));
    expect(expected.sessions).toBeGreaterThan(5);
    expect(expected).toMatchObject({ identical: true, mismatches: [] });
    expect(await inThreads(2)).toEqual(expected);
  });

  it('names the same difference', async () => {
    const first = await eachSession(place(), 'consumers').next();
    const { id } = first.value as SessionReference;
    const tampering = await tamperWith(await db.connectAsAdmin(), id);
    await tampering.change('UPDATE game.events SET version = 2 WHERE session_id = $1 AND sequence = 3');
    try {
      const expected = await verifySessions(place(), eachSession(place()));
      expect(expected.mismatches).toMatchObject([{ sessionId: id, sequence: 3 }]);
      expect(await inThreads(2)).toEqual(expected);
    } finally {
      await tampering.restore();
    }
  });

  it('names what a thread died at, and goes on with all others', async () => {
    const entry = threadOf("reference.id === 's3' ? setTimeout(() => process.exit(7), 20) : answer();");
    const { replay, onProgress } = busyUntil(16);
    const result = await verifyInWorkers(references(20), { jobs: 3, replay, onProgress, appUrl: '', entry });
    expect(result.sessions).toBe(20);
    expect(result.identical).toBe(false);
    // A thread has two at once, and the other one may have been answered in time or not.
    const named = result.mismatches.map(({ sessionId }) => sessionId);
    expect(named).toContain('s3');
    expect(named.length).toBeLessThanOrEqual(2);
    for (const { reason } of result.mismatches) expect(reason).toBe('its thread ended: without a word');
  });

  it('waits for no thread that is not ready when all is done', async () => {
    const entry = new URL('data:text/javascript,setInterval(() => {}, 1000)');
    const request = { jobs: 3, replay: async () => report, appUrl: '', entry };
    expect(await verifyInWorkers(references(20), request)).toMatchObject({ sessions: 20, identical: true });
  });

  it('shares the sessions between the threads', async () => {
    const { here, replay, onProgress } = busyUntil(28);
    const request = { jobs: 2, replay, onProgress, appUrl: '', entry: threadOf('answer();') };
    expect(await verifyInWorkers(references(30), request)).toMatchObject({ sessions: 30, identical: true });
    expect(here).toEqual(['s1', 's2']);
  });

  it('fails when no thread can be started, and when the database is away', async () => {
    const entry = new URL('data:text/javascript,throw new Error("no room")');
    const endless = references(1_000_000);
    const unhurried = () => sleep(10).then(() => report);
    const request = { jobs: 2, replay: unhurried, appUrl: '', entry };
    await expect(verifyInWorkers(endless, request)).rejects.toMatchObject({
      code: 'REPLAY_WORKER_FAILED',
      found: 'no room',
    });
    const appUrl = db.appUrl.replace(/:[^:@]+@/, ':wrong@');
    await expect(
      verifyInWorkers(references(1_000_000), { jobs: 2, replay: unhurried, appUrl }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^DATABASE_/) });
    const lost = () => Promise.reject(new Error('lost'));
    const fine = threadOf('setTimeout(answer, 20);');
    await expect(
      verifyInWorkers(references(1_000_000), { jobs: 2, replay: lost, appUrl: '', entry: fine }),
    ).rejects.toThrow('lost');
  });

  it('stops when it is told to, and tells what was done by then', async () => {
    const stop = new AbortController();
    const entry = threadOf('setTimeout(answer, 20);');
    let told = 0;
    const onProgress = (sessions: number) => {
      told = sessions;
      if (sessions === 5) stop.abort();
    };
    const unhurried = () => sleep(20).then(() => report);
    const request = { jobs: 2, replay: unhurried, appUrl: '', entry, onProgress, signal: stop.signal };
    const result = await verifyInWorkers(references(1_000_000), request);
    // Answers that were on their way at that moment count too.
    expect(told).toBeGreaterThanOrEqual(5);
    expect(told).toBeLessThan(10);
    const done = { sessions: told, events: told, identical: true, snapshotsVerified: 0, mismatches: [] };
    expect(result).toEqual({ ...done, interrupted: true });
  });
});
