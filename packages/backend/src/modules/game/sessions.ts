/** Questions about sessions: the list, one of them, the reports of its days. */
import { and, asc, desc, eq, inArray } from 'drizzle-orm';
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
    filter.status ? inArray(sessions.status, [...filter.status]) : undefined,
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
    })
    .from(sessions)
    .innerJoin(
      sessionHeads,
      and(eq(sessionHeads.tenantId, sessions.tenantId), eq(sessionHeads.id, sessions.id)),
    )
    .where(and(...conditions))
    .orderBy(desc(sessions.startedAt), desc(sessions.id));
  return filter.limit === undefined ? query : query.limit(filter.limit);
}

/** The shift reports of a session, day by day. */
export function daySummaries(tx: TenantTx, sessionId: string) {
  const { daySummaries: table } = gameTables(tx);
  return tx.select().from(table).where(eq(table.sessionId, sessionId)).orderBy(asc(table.day));
}
