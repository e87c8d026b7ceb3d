/** Replays many sessions to verify them, a few at once, and makes one report of it. One broken session hides no other. */
import { isEngineError } from '@archive-gate/game-engine';
import { isDmzError } from '../kernel/errors/index.ts';
import { listSessions, type Mismatch, type ReplayReport } from '../modules/game/index.ts';
import { inEachTenant, type Place } from './walk-tenants.ts';

export interface SessionReference {
  readonly tenant: string;
  readonly id: string;
}

/** The contract of `session replay --verify`. */
export interface Verification {
  readonly sessions: number;
  readonly events: number;
  readonly identical: boolean;
  readonly snapshotsVerified: number;
  readonly mismatches: readonly Mismatch[];
}

/** Replaying is work for the processor; more at once would only hold more pages in memory. */
const AT_ONCE = 4;

export async function allSessions(place: Place, tenant?: string): Promise<SessionReference[]> {
  const references: SessionReference[] = [];
  for await (const each of inEachTenant(place, tenant, (tx) => listSessions(tx))) {
    references.push(...each.result.map(({ id }) => ({ tenant: each.tenant, id })));
  }
  return references;
}

/**
 * @param onProgress  told how many sessions and events are done
 * @throws DATABASE_*, TENANCY_*; what is wrong with a session itself is a mismatch
 */
export async function verifySessions(
  { platform }: Pick<Place, 'platform'>,
  sessions: readonly SessionReference[],
  onProgress: (sessions: number, events: number) => void = () => {},
): Promise<Verification> {
  const reports: ReplayReport[] = [];
  let events = 0;
  const waiting = sessions.values();
  const work = async () => {
    for (const { tenant, id } of waiting) {
      const report = await platform.game.replay(tenant, id).catch((error) => unreadable(id, error));
      events += report.events;
      onProgress(reports.push(report), events);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const mismatches = reports.flatMap((report) => report.mismatches);
  const snapshotsVerified = reports.reduce((sum, report) => sum + report.snapshotsVerified, 0);
  return {
    sessions: reports.length,
    events,
    identical: mismatches.length === 0,
    snapshotsVerified,
    mismatches,
  };
}

/** A history that cannot even be read differs from the one that was written. */
function unreadable(sessionId: string, error: unknown): ReplayReport {
  const ofSession =
    isEngineError(error) || (isDmzError(error) && /^(GAME|CONTENT)_/.test(error.code) && !error.retryable);
  if (!ofSession) throw error;
  const reason = [`cannot be replayed: ${error.code}`, error.found].filter(Boolean).join(', ');
  return { events: 0, snapshotsVerified: 0, mismatches: [{ sessionId, sequence: 0, reason }] };
}
