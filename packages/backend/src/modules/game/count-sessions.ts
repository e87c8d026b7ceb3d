/** How much a tenant has played: its sessions by status, and their events by the heads, which costs no scan of events. */
import { and, count, eq, sum } from 'drizzle-orm';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { gameTables } from './schema.ts';

export interface SessionCounts {
  readonly events: number;
  /** Statuses without a session are left out. */
  readonly byStatus: Readonly<Record<string, number>>;
}

export async function countSessions(tx: TenantTx): Promise<SessionCounts> {
  const { sessions, sessionHeads } = gameTables(tx);
  const rows = await tx
    .select({ status: sessions.status, sessions: count(), events: sum(sessionHeads.sequence) })
    .from(sessions)
    .innerJoin(
      sessionHeads,
      and(eq(sessionHeads.tenantId, sessions.tenantId), eq(sessionHeads.id, sessions.id)),
    )
    .groupBy(sessions.status);
  return {
    events: rows.reduce((total, { events }) => total + Number(events), 0),
    byStatus: Object.fromEntries(rows.map((row) => [row.status, row.sessions])),
  };
}
