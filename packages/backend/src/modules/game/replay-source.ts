/** What is read of a session beside its events: recorded actions, snapshots, and the head; in order, page by page. */
import { REDUCER_VERSION } from '@archive-gate/game-engine';
import { and, asc, eq, gt, ne, or } from 'drizzle-orm';
import { placeholder } from '../../kernel/db/index.ts';
import { prepared, type TenantTx } from '../../kernel/tenancy/index.ts';
import { gameTables } from './schema.ts';

const ACTIONS_PER_READ = 500;
/** A snapshot takes some ten kilobytes. */
const SNAPSHOTS_PER_READ = 50;

export type ActionRow = typeof gameTables.actions.$inferSelect;
export type SnapshotRow = Awaited<ReturnType<typeof snapshotsAfter>>[number];

export async function* readActions(tx: TenantTx, sessionId: string): AsyncGenerator<ActionRow> {
  let after: ActionRow | undefined;
  for (;;) {
    const page = await actionsAfter(tx, sessionId, after);
    yield* page;
    after = page.at(-1);
    if (!after || page.length < ACTIONS_PER_READ) return;
  }
}

function actionsAfter(tx: TenantTx, sessionId: string, after?: ActionRow) {
  const { actions } = gameTables(tx);
  const behind =
    after &&
    or(
      gt(actions.firstSequence, after.firstSequence),
      and(eq(actions.firstSequence, after.firstSequence), gt(actions.id, after.id)),
    );
  return tx
    .select()
    .from(actions)
    .where(and(eq(actions.sessionId, sessionId), behind))
    .orderBy(asc(actions.firstSequence), asc(actions.id))
    .limit(ACTIONS_PER_READ);
}

/** Snapshots of this reducer; those of another one are not comparable. */
export async function* readSnapshots(tx: TenantTx, sessionId: string): AsyncGenerator<SnapshotRow> {
  for (let after = 0; ; ) {
    const page = await snapshotsAfter(tx, sessionId, after);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < SNAPSHOTS_PER_READ) return;
    after = last.sequence;
  }
}

function snapshotsAfter(tx: TenantTx, sessionId: string, after: number) {
  const { snapshots } = gameTables(tx);
  return tx
    .select({
      sequence: snapshots.sequence,
      state: snapshots.state,
      stateSha256: snapshots.stateSha256,
      day: snapshots.day,
      eventSchemas: snapshots.eventSchemas,
    })
    .from(snapshots)
    .where(
      and(
        eq(snapshots.sessionId, sessionId),
        eq(snapshots.reducerVersion, REDUCER_VERSION),
        gt(snapshots.sequence, after),
      ),
    )
    .orderBy(asc(snapshots.sequence))
    .limit(SNAPSHOTS_PER_READ);
}

/** The sequence of the session's last event, as the trigger keeps it; 0 where there is none. */
export async function readHead(tx: TenantTx, sessionId: string): Promise<number> {
  const { sessionHeads } = gameTables(tx);
  const statement = prepared(tx, 'read_head', (db, name) =>
    db
      .select({ sequence: sessionHeads.sequence })
      .from(sessionHeads)
      .where(eq(sessionHeads.id, placeholder('sessionId')))
      .prepare(name),
  );
  const [head] = await statement.execute({ sessionId });
  return head?.sequence ?? 0;
}

/** Events whose time is not that of their action, to the microsecond, which a Date cannot hold. */
export async function readMisdated(tx: TenantTx, sessionId: string, limit: number): Promise<number[]> {
  const { events, actions } = gameTables(tx);
  const rows = await tx
    .select({ sequence: events.sequence })
    .from(events)
    .innerJoin(actions, and(eq(actions.tenantId, events.tenantId), eq(actions.id, events.actionId)))
    .where(and(eq(events.sessionId, sessionId), ne(events.serverTime, actions.serverTime)))
    .orderBy(asc(events.sequence))
    .limit(limit);
  return rows.map(({ sequence }) => sequence);
}
