/**
 * Replays a session to prove that what is stored is what happened. Three strengths at once: the events are folded, the
 * recorded actions are run again and their events compared byte for byte, and every snapshot on the way is compared
 * with the state that the events lead to. After a difference the replay goes on from what should have been stored, so
 * that one changed byte is named once and does not drown in its consequences.
 */
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import type { PackLibrary } from '../content/index.ts';
import { type EventRow, readRows } from './read-stream.ts';
import { readActions, readHead, readMisdated, readSnapshots } from './replay-source.ts';
import { ReplayedSession, type ReplayReport } from './replayed-session.ts';
import type { SessionRow } from './session-state.ts';

/** Once this many differences are named, further ones say nothing new. */
const MAX_MISMATCHES = 50;

/**
 * Reads the whole session, page by page, so memory stays flat whatever its length. Writes nothing.
 *
 * @param projectedUpTo  the sequence that the session's read models have reached
 */
export async function replaySession(
  tx: TenantTx,
  packs: PackLibrary,
  session: SessionRow,
  projectedUpTo: number,
): Promise<ReplayReport> {
  const replay = new ReplayedSession(session, await packs.get(tx, session.contentVersion));
  // Every partition is looked into: what lies where readers never look is a difference too.
  const rows = readRows(tx, session.id);
  const snapshots = readSnapshots(tx, session.id);
  let row = await rows.next();
  let snapshot = await snapshots.next();
  for await (const action of readActions(tx, session.id)) {
    const batch: EventRow[] = [];
    for (; !row.done && row.value.sequence <= action.lastSequence; row = await rows.next())
      batch.push(row.value);
    replay.runAction(action, batch);
    for (
      ;
      !snapshot.done && snapshot.value.sequence <= replay.state.sequence;
      snapshot = await snapshots.next()
    ) {
      replay.compareSnapshot(snapshot.value);
    }
    if (replay.mismatches.length >= MAX_MISMATCHES) return replay.report();
  }
  for (; !row.done && replay.mismatches.length < MAX_MISMATCHES; row = await rows.next()) {
    replay.refuseEvent(row.value);
  }
  for (; !snapshot.done; snapshot = await snapshots.next()) {
    replay.differ(snapshot.value.sequence, 'snapshot of a sequence that the session has not reached');
  }
  for (const sequence of await readMisdated(tx, session.id, MAX_MISMATCHES)) {
    replay.differ(sequence, 'server_time is not that of its action');
  }
  replay.compareEnd(await readHead(tx, session.id), projectedUpTo);
  return replay.report();
}
