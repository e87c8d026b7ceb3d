/**
 * Replays a session to prove that what is stored is what happened. Three strengths at once: the events are folded, the
 * recorded actions are run again and their events compared byte for byte, and every snapshot on the way is compared
 * with the state that the events lead to. After a difference the replay goes on from what should have been stored, so
 * that one changed byte is named once and does not drown in its consequences.
 */
import {
  Action,
  type ContentPack,
  canonicalJson,
  decide,
  fold,
  type GameEvent,
  initialState,
  parseEvent,
  rulesFor,
  type SessionState,
} from '@archive-gate/game-engine';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import type { PackLibrary } from '../content/index.ts';
import { translateEngineError } from './errors.ts';
import { firstDifference } from './first-difference.ts';
import { type ActionRow, readActions, readHead, readSnapshots, type SnapshotRow } from './replay-source.ts';
import type { SessionRow } from './session-state.ts';
import { type EventRow, hashEvents, hashJson, readRows } from './stream.ts';

export interface Mismatch {
  readonly sessionId: string;
  readonly sequence: number;
  readonly reason: string;
}

export interface ReplayReport {
  readonly events: number;
  readonly snapshotsVerified: number;
  readonly mismatches: readonly Mismatch[];
}

/** Once this many differences are named, further ones say nothing new. */
const MAX_MISMATCHES = 50;

/** Reads the whole session, page by page, so memory stays flat whatever its length. Writes nothing. */
export async function replaySession(
  tx: TenantTx,
  packs: PackLibrary,
  session: SessionRow,
): Promise<ReplayReport> {
  const replay = new Replay(session, await packs.get(tx, session.contentVersion));
  const rows = readRows(tx, session.id, { startedAt: session.startedAt });
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
    replay.differ(row.value.sequence, 'no recorded action led to this event');
  }
  for (; !snapshot.done; snapshot = await snapshots.next()) {
    replay.differ(snapshot.value.sequence, 'snapshot of a sequence that the session has not reached');
  }
  replay.compareEnd(await readHead(tx, session.id));
  return replay.report();
}

function rulesOf({ rulesVersion }: SessionRow) {
  try {
    return rulesFor(rulesVersion);
  } catch (error) {
    throw translateEngineError(error);
  }
}

class Replay {
  readonly mismatches: Mismatch[] = [];
  state: SessionState = initialState();
  readonly #session: SessionRow;
  readonly #context: { readonly rules: ReturnType<typeof rulesFor>; readonly content: ContentPack };
  #snapshotsVerified = 0;

  constructor(session: SessionRow, content: ContentPack) {
    this.#session = session;
    this.#context = { rules: rulesOf(session), content };
  }

  report(): ReplayReport {
    return {
      events: this.state.sequence,
      snapshotsVerified: this.#snapshotsVerified,
      mismatches: this.mismatches,
    };
  }

  differ(sequence: number, reason: string): void {
    this.mismatches.push({ sessionId: this.#session.id, sequence, reason });
  }

  /** @param rows  the stored events up to the action's last one */
  runAction(action: ActionRow, rows: readonly EventRow[]): void {
    const expected = this.#decideAgain(action) ?? rows.flatMap((row) => this.#parse(row) ?? []);
    const bySequence = new Map(rows.map((row) => [row.sequence, row]));
    const first = this.state.sequence + 1;
    if (action.firstSequence !== first)
      this.differ(first, `the recorded action starts at sequence ${action.firstSequence}`);
    expected.forEach((event, at) => {
      const row = bySequence.get(first + at);
      bySequence.delete(first + at);
      if (row) this.#compareEvent(row, event, action);
      else this.differ(first + at, `event ${event.type} is missing`);
    });
    for (const sequence of bySequence.keys())
      this.differ(sequence, 'the recorded action does not lead to this event');
    const numbered = expected.map((event, at) => ({ ...event, sequence: first + at }));
    if (hashEvents(numbered) !== action.eventsSha256)
      this.differ(first, `hash of the events in action ${action.id} differs`);
    this.state = fold(this.state, expected);
  }

  #decideAgain(action: ActionRow): readonly GameEvent[] | undefined {
    const parsed = Action.safeParse(action.payload);
    if (!parsed.success || hashJson(action.payload) !== action.payloadSha256) {
      this.differ(action.firstSequence, `payload of action ${action.id} is not what was accepted`);
    }
    if (!parsed.success) return undefined;
    const decided = decide(this.state, parsed.data, this.#context);
    if (decided.ok) return decided.events;
    this.differ(action.firstSequence, `recorded action ${action.id} is refused: ${decided.refusal.code}`);
    return undefined;
  }

  #parse(row: EventRow): GameEvent | undefined {
    try {
      return parseEvent(row.eventType, row.version, row.eventData);
    } catch (error) {
      this.differ(row.sequence, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  #compareEvent(row: EventRow, expected: GameEvent, action: ActionRow): void {
    if (row.actionId !== action.id)
      this.differ(row.sequence, `action_id is ${row.actionId}, the action is ${action.id}`);
    if (row.serverTime.getTime() !== action.serverTime.getTime())
      this.differ(row.sequence, 'server_time is not that of its action');
    const stored = this.#parse(row);
    if (!stored || canonicalJson(stored) === canonicalJson(expected)) return;
    this.differ(
      row.sequence,
      `event differs from what its action leads to: ${firstDifference(stored, expected)}`,
    );
  }

  compareSnapshot({ sequence, state, stateSha256 }: SnapshotRow): void {
    if (sequence !== this.state.sequence) {
      this.differ(sequence, 'snapshot of a sequence inside an action');
    } else if (hashJson(state) !== stateSha256) {
      this.differ(sequence, 'the snapshot’s state does not have its recorded hash');
    } else if (hashJson(this.state) !== stateSha256) {
      this.differ(
        sequence,
        `snapshot differs from the state of its events: ${firstDifference(state, this.state)}`,
      );
    } else {
      this.#snapshotsVerified += 1;
    }
  }

  /** The session's head and its own row must agree with its last event. */
  compareEnd(head: number): void {
    const { sequence, status, day } = this.state;
    if (head !== sequence)
      this.differ(head, `the head is at sequence ${head}, the events end at ${sequence}`);
    if (status !== this.#session.status)
      this.differ(sequence, `the session’s row says ${this.#session.status}, its events ${status}`);
    if (day !== this.#session.day)
      this.differ(sequence, `the session’s row says day ${this.#session.day}, its events day ${day}`);
  }
}
