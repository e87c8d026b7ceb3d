/** What the session commands stand on: a session is found by its id alone, listed, and replayed while it is played. */
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '../../test/harness/database.ts';
import type { RunningPostgres } from '../kernel/stack/index.ts';
import { countSessions, listSessions, sessionState } from '../modules/game/index.ts';
import { simulate } from '../simulate/index.ts';
import { allSessions, verifySessions } from './replay-sessions.ts';
import { inEachTenant, locateSession } from './walk-tenants.ts';

const game = { players: 2, seed: 3, days: 3, actions: 60 };

describe('looking at sessions', () => {
  const db = useDatabase();
  const place = () => ({
    platform: db.platform,
    postgres: { adminUrl: db.adminUrl } as RunningPostgres,
  });

  it('goes through every tenant in the order of their slugs, and through one alone when it is named', async () => {
    for (const tenant of ['consumers', 'mid-company']) {
      await simulate(db.platform, { ...game, tenant });
      await db.platform.consumers.settle(tenant);
    }
    const counts = new Map<string, number>();
    for await (const { tenant, result } of inEachTenant(place(), undefined, countSessions)) {
      const listed = await db.platform.tenancy.run(tenant, (tx) => listSessions(tx));
      expect(listed.every(({ tenantId }) => tenantId === listed[0]?.tenantId)).toBe(true);
      expect(listed.reduce((sum, { events }) => sum + events, 0)).toBe(result.events);
      counts.set(tenant, listed.length);
    }
    expect([...counts.keys()]).toEqual(['consumers', 'mid-company', 'small-company']);
    expect(counts.get('small-company')).toBe(0);
    const one = await allSessions(place(), 'mid-company');
    expect(one.map(({ tenant }) => tenant)).toEqual(Array(counts.get('mid-company')).fill('mid-company'));
  });

  it('finds a session by its id alone, and not in another tenant', async () => {
    const [reference] = await allSessions(place(), 'mid-company');
    const { tenant, session } = await locateSession(place(), reference!.id);
    expect({ tenant, id: session.id }).toEqual(reference);
    const elsewhere = locateSession(place(), reference!.id, 'consumers');
    await expect(elsewhere).rejects.toMatchObject({ code: 'GAME_SESSION_UNKNOWN' });
    const nowhere = locateSession(place(), uuidv7());
    await expect(nowhere).rejects.toMatchObject({ code: 'GAME_SESSION_UNKNOWN' });
    const noTenant = locateSession(place(), reference!.id, 'no-such-tenant');
    await expect(noTenant).rejects.toMatchObject({ code: 'TENANCY_UNKNOWN_TENANT' });
  });

  it('lists by status and limit, newest first, and shows the state at any sequence', async () => {
    await db.platform.tenancy.run('consumers', async (tx) => {
      const all = await listSessions(tx);
      const started = all.map(({ startedAt }) => startedAt.getTime());
      expect(started).toEqual([...started].sort((one, other) => other - one));
      expect(await listSessions(tx, { limit: 1 })).toEqual(all.slice(0, 1));
      const completed = await listSessions(tx, { status: ['completed'] });
      expect(completed).toEqual(all.filter(({ status }) => status === 'completed'));
      const { id, events, status, day } = all[0]!;
      expect(await sessionState(tx, id)).toMatchObject({ sequence: events, status, day });
      expect(await sessionState(tx, id, 2)).toMatchObject({ sequence: 2, day: 1 });
      const beyond = sessionState(tx, id, events + 1);
      await expect(beyond).rejects.toMatchObject({ code: 'GAME_SEQUENCE_OUT_OF_RANGE' });
    });
  });

  it('replays sessions identically while they are being played', async () => {
    const playing = simulate(db.platform, { ...game, tenant: 'small-company', players: 6, actions: 500 });
    let replayed = 0;
    for (let done = false; !done; replayed += 1) {
      done = (await Promise.race([playing, undefined])) !== undefined;
      const result = await verifySessions(place(), await allSessions(place(), 'small-company'));
      expect(result.mismatches).toEqual([]);
    }
    expect(replayed).toBeGreaterThan(2);
  });

  it('names a session that cannot be replayed beside those that can', async () => {
    const references = await allSessions(place(), 'consumers');
    const lost = { tenant: 'consumers', id: uuidv7() };
    const result = await verifySessions(place(), [...references, lost]);
    expect(result).toMatchObject({ sessions: references.length + 1, identical: false });
    expect(result.mismatches).toEqual([
      { sessionId: lost.id, sequence: 0, reason: expect.stringContaining('GAME_SESSION_UNKNOWN') },
    ]);
  });
});
