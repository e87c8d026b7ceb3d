/** Questions about sessions: the list, one of them, the reports of its days. */
import { and, asc, desc, eq, gt, inArray } from 'drizzle-orm';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { gameTables } from './schema.ts';

export interface SessionSummary {
  readonly id: string;
  readonly tenantId: string;
  readonly playerId: string;
  readonly status: string;
  readonly day: number;
  readonly days: number;
  /** Number of events, and the sequence of the last one. */
  readonly events: number;
  readonly seed: number;
  readonly contentVersion: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  /** The session that this one is a what-if copy of, up to that sequence; null for one that was played from the start. */
  readonly branchedFromId: string | null;
  readonly branchedAtSequence: number | null;
}

export interface SessionFilter {
  readonly id?: string;
  readonly playerId?: string;
  readonly status?: readonly ('active' | 'paused' | 'breach_recovery' | 'completed' | 'abandoned')[];
  readonly limit?: number;
}

/** Newest first. */
export async function listSessions(tx: TenantTx, filter: SessionFilter = {}): Promise<SessionSummary[]> {
  const { sessions, sessionHeads } = gameTables(tx);
  const conditions = [
    filter.id ? eq(sessions.id, filter.id) : undefined,
    filter.playerId ? eq(sessions.playerId, filter.playerId) : undefined,
    filter.status ? inArray(sessions.status, [...new Set(filter.status)]) : undefined,
  ];
  const query = tx
    .select({
      id: sessions.id,
      tenantId: sessions.tenantId,
      playerId: sessions.playerId,
      status: sessions.status,
      day: sessions.day,
      days: sessions.days,
      events: sessionHeads.sequence,
      seed: sessions.seed,
      contentVersion: sessions.contentVersion,
      startedAt: sessions.startedAt,
      endedAt: sessions.endedAt,
      branchedFromId: sessions.branchedFromId,
      branchedAtSequence: sessions.branchedAtSequence,
    })
    .from(sessions)
    .innerJoin(
      sessionHeads,
      and(eq(sessionHeads.tenantId, sessions.tenantId), eq(sessionHeads.id, sessions.id)),
    )
    .where(and(...conditions))
    .orderBy(desc(sessions.startedAt), desc(sessions.id));
  return filter.limit === undefined ? await query : await query.limit(filter.limit);
}

/** Ids of sessions in their order, from the one behind `after` on. */
export async function sessionIdsAfter(
  tx: TenantTx,
  after: string | undefined,
  limit: number,
): Promise<string[]> {
  const { sessions } = gameTables(tx);
  const rows = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(after === undefined ? undefined : gt(sessions.id, after))
    .orderBy(asc(sessions.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** The shift reports of a session, day by day. */
export function daySummaries(tx: TenantTx, sessionId: string) {
  const { daySummaries: table } = gameTables(tx);
  return tx.select().from(table).where(eq(table.sessionId, sessionId)).orderBy(asc(table.day));
}
