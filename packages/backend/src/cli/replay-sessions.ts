/** Replays many sessions to verify them, a few at once, and makes one report of it. One broken session hides no other. */
import { isEngineError } from '@archive-gate/game-engine';
import { isDmzError } from '../kernel/errors/index.ts';
import type { TenantTx } from '../kernel/tenancy/index.ts';
import { listSessions, type Mismatch, type ReplayReport, sessionIdsAfter } from '../modules/game/index.ts';
import type { Platform } from '../platform.ts';
import { inEachTenant, type Place, READING } from './walk-tenants.ts';

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
  /** True when somebody stopped it; the rest tells of what was done by then. */
  readonly interrupted?: boolean;
}

/** Replaying is work for the processor; more at once would only hold more pages in memory. */
const AT_ONCE = 4;
const SESSIONS_PER_READ = 1_000;

export async function allSessions(place: Place, tenant?: string): Promise<SessionReference[]> {
  const references: SessionReference[] = [];
  for await (const each of inEachTenant(place, tenant, (tx) => listSessions(tx))) {
    references.push(...each.result.map(({ id }) => ({ tenant: each.tenant, id })));
  }
  return references;
}

/** The same, page by page, in the order of their ids: for a walk through more sessions than one likes to hold. */
export async function* eachSession(place: Place, tenant?: string): AsyncGenerator<SessionReference> {
  for await (const { tenant: slug } of inEachTenant(place, tenant, async () => null)) {
    for (let after: string | undefined; ; ) {
      const page = (tx: TenantTx) => sessionIdsAfter(tx, after, SESSIONS_PER_READ);
      const ids = await place.platform.tenancy.run(slug, page, READING);
      for (const id of ids) yield { tenant: slug, id };
      after = ids.at(-1);
      if (ids.length < SESSIONS_PER_READ) break;
    }
  }
}

/** Adds the reports of sessions up, one at a time. */
export class VerificationTally {
  sessions = 0;
  events = 0;
  #snapshotsVerified = 0;
  readonly #mismatches: Mismatch[] = [];

  add({ events, snapshotsVerified, mismatches }: ReplayReport): void {
    this.sessions += 1;
    this.events += events;
    this.#snapshotsVerified += snapshotsVerified;
    this.#mismatches.push(...mismatches);
  }

  /** A session of which nothing is known cannot be called identical. */
  addUnverified(sessionId: string, reason: string): void {
    this.add({ events: 0, snapshotsVerified: 0, mismatches: [{ sessionId, sequence: 0, reason }] });
  }

  result(interrupted = false): Verification {
    return {
      sessions: this.sessions,
      events: this.events,
      identical: this.#mismatches.length === 0,
      snapshotsVerified: this.#snapshotsVerified,
      mismatches: this.#mismatches,
      ...(interrupted ? { interrupted } : {}),
    };
  }
}

/**
 * Replays sessions in this thread.
 *
 * @param onProgress  told how many sessions and events are done
 * @param signal      stops before the next session; what is done by then is the result
 * @throws DATABASE_*, TENANCY_*; what is wrong with a session itself is a mismatch
 */
export async function verifySessions(
  { platform }: Pick<Place, 'platform'>,
  sessions: Iterable<SessionReference> | AsyncIterable<SessionReference>,
  onProgress: (sessions: number, events: number) => void = () => {},
  signal?: AbortSignal,
): Promise<Verification> {
  const tally = new VerificationTally();
  const waiting = inTurn(sessions);
  const work = async () => {
    for await (const reference of waiting) {
      if (signal?.aborted) return;
      tally.add(await replayOne(platform, reference));
      onProgress(tally.sessions, tally.events);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return tally.result(signal?.aborted);
}

async function* inTurn<Item>(items: Iterable<Item> | AsyncIterable<Item>): AsyncGenerator<Item> {
  yield* items;
}

/** @throws DATABASE_*, TENANCY_*; what is wrong with the session itself is in the report */
export async function replayOne(platform: Platform, { tenant, id }: SessionReference): Promise<ReplayReport> {
  return platform.game.replay(tenant, id).catch((error) => unreadable(id, error));
}

/** A history that cannot even be read differs from the one that was written. */
function unreadable(sessionId: string, error: unknown): ReplayReport {
  const ofSession =
    isEngineError(error) || (isDmzError(error) && /^(GAME|CONTENT)_/.test(error.code) && !error.retryable);
  if (!ofSession) throw error;
  const reason = [`cannot be replayed: ${error.code}`, error.found].filter(Boolean).join(', ');
  return { events: 0, snapshotsVerified: 0, mismatches: [{ sessionId, sequence: 0, reason }] };
}
