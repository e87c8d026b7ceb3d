/**
 * Finds sessions that have events which some consumer has not handled. Notifications are a short cut; this comparison
 * of heads with cursors is the truth. It goes through a tenant's sessions page by page, those started last first.
 */
import type { TenantTx } from '../tenancy/index.ts';
import { isDue, type Workplace } from './advance.ts';
import type { EventfulSession, SequencedEvent } from './define-consumer.ts';
import type { HeadPage, Reader } from './ports.ts';

export const SESSIONS_PER_PAGE = 500;

export interface PageOfWork {
  /** Sessions with work that can be done now. */
  readonly sessions: readonly string[];
  /** Of those, the ones that lack a cursor. */
  readonly unknown: readonly string[];
  /** Where the next page begins; undefined after the last one. */
  readonly below: string | undefined;
}

/** @param page  sessions of lower ids alone, or those among some; the ones started last when empty */
export async function findWork<Event extends SequencedEvent, Session extends EventfulSession>(
  tx: TenantTx,
  { source, cursors }: Workplace<Event, Session>,
  readers: readonly Reader[],
  page: Omit<HeadPage, 'limit'> = {},
): Promise<PageOfWork> {
  const limit = SESSIONS_PER_PAGE;
  const heads = await source.heads(tx, { ...page, limit });
  const [last, first] = [heads[0]?.sessionId, heads.at(-1)?.sessionId];
  if (last === undefined || first === undefined) return { sessions: [], unknown: [], below: undefined };
  const [progress, irregular] = await Promise.all([
    cursors.progress(tx, readers, { first, last }),
    cursors.irregular(tx, readers, { first, last }),
  ]);
  const progressOf = new Map(progress.map((each) => [each.sessionId, each]));
  const versions = new Map(readers.map(({ name, version }) => [name, version]));
  const unknown: string[] = [];
  const sessions = heads.filter(({ sessionId, sequence }) => {
    const { live = 0, least = 0 } = progressOf.get(sessionId) ?? {};
    const others = irregular.filter((each) => each.sessionId === sessionId);
    const missing = live + others.length < readers.length;
    if (missing) unknown.push(sessionId);
    // A cursor of a newer version belongs to a newer program, which will see to it.
    const due = others.some(
      ({ consumer, version, failure }) => version <= (versions.get(consumer) ?? 0) && isDue(failure, tx.now),
    );
    return missing || due || (live > 0 && least < sequence);
  });
  const next = heads.length < limit ? undefined : first;
  return { sessions: sessions.map(({ sessionId }) => sessionId), unknown, below: next };
}
