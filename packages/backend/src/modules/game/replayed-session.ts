/**
 * A session on its way through a replay: what should be stored, and where that differs from what is. After a difference
 * it goes on from what should have been stored, so that one changed byte is named once and does not drown in its
 * consequences.
 */
import {
  Action,
  type ContentPack,
  canonicalJson,
  decide,
  fold,
  type GameEvent,
  initialState,
  isOver,
  parseEvent,
  requireKnownEngine,
  rulesFor,
  type SessionState,
} from '@archive-gate/game-engine';
import { eventId } from './append-events.ts';
import { translateEngineError } from './errors.ts';
import { firstDifference } from './first-difference.ts';
import type { EventRow } from './read-stream.ts';
import type { ActionRow, SnapshotRow } from './replay-source.ts';
import type { SessionRow } from './session-state.ts';
import { hashEvents, hashJson } from './stream.ts';

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

type NumberedEvent = GameEvent & { readonly sequence: number };

/** In the version that it was written in, which the hash of its action was taken of. */
const asStored = ({ eventType, version, eventData }: EventRow) =>
  ({ type: eventType, version, data: eventData }) as unknown as GameEvent;

function rulesOf({ rulesVersion }: SessionRow) {
  try {
    return rulesFor(rulesVersion);
  } catch (error) {
    throw translateEngineError(error);
  }
}

export class ReplayedSession {
  readonly mismatches: Mismatch[] = [];
  state: SessionState = initialState();
  readonly #session: SessionRow;
  readonly #context: { readonly rules: ReturnType<typeof rulesFor>; readonly content: ContentPack };
  #events = 0;
  #firstTime: Date | undefined;
  /** Of the action that ended the session; corrections may follow it. */
  #endTime: Date | undefined;
  #snapshotsVerified = 0;

  constructor(session: SessionRow, content: ContentPack) {
    this.#session = session;
    this.#context = { rules: rulesOf(session), content };
  }

  report(): ReplayReport {
    return {
      events: this.#events,
      snapshotsVerified: this.#snapshotsVerified,
      mismatches: this.mismatches,
    };
  }

  differ(sequence: number, reason: string): void {
    this.mismatches.push({ sessionId: this.#session.id, sequence, reason });
  }

  /** An event that stands behind all recorded actions. */
  refuseEvent({ sequence }: EventRow): void {
    this.#events += 1;
    this.differ(sequence, 'no recorded action led to this event');
  }

  /** Where row and first event agree on a later engine, nothing was changed: this release cannot run its actions again. */
  #requireKnownEngine(first: EventRow | undefined): void {
    const { engineVersion } = this.#session;
    if (this.state.sequence > 0 || first?.eventData.engineVersion !== engineVersion) return;
    try {
      requireKnownEngine(engineVersion);
    } catch (error) {
      throw translateEngineError(error);
    }
  }

  /**
   * @param rows  the stored events up to the action's last one
   * @throws GAME_ENGINE_VERSION_UNSUPPORTED
   */
  runAction(action: ActionRow, rows: readonly EventRow[]): void {
    this.#requireKnownEngine(rows[0]);
    const expected = this.#decideAgain(action) ?? rows.flatMap((row) => this.#parse(row) ?? []);
    this.#events += rows.length;
    this.#firstTime ??= action.serverTime;
    const bySequence = this.#bySequence(rows);
    const numbered: NumberedEvent[] = [];
    const first = this.state.sequence + 1;
    if (action.firstSequence !== first)
      this.differ(first, `the recorded action starts at sequence ${action.firstSequence}`);
    expected.forEach((event, at) => {
      const row = bySequence.get(first + at);
      bySequence.delete(first + at);
      const same = row && this.#compareEvent(row, event, action, at);
      if (!row) this.differ(first + at, `event ${event.type} is missing`);
      numbered.push({ sequence: first + at, ...(same ? asStored(row) : event) });
    });
    for (const sequence of bySequence.keys())
      this.differ(sequence, 'the recorded action does not lead to this event');
    if (hashEvents(numbered) !== action.eventsSha256)
      this.differ(first, `hash of the events in action ${action.id} differs`);
    this.state = fold(this.state, expected);
    if (isOver(this.state)) this.#endTime ??= action.serverTime;
  }

  #bySequence(rows: readonly EventRow[]): Map<number, EventRow> {
    const bySequence = new Map<number, EventRow>();
    for (const row of rows) {
      if (bySequence.has(row.sequence)) this.differ(row.sequence, 'two events have this sequence');
      else bySequence.set(row.sequence, row);
    }
    return bySequence;
  }

  #decideAgain(action: ActionRow): readonly GameEvent[] | undefined {
    const parsed = Action.safeParse(action.payload);
    if (!parsed.success || hashJson(action.payload) !== action.payloadSha256) {
      this.differ(action.firstSequence, `payload of action ${action.id} is not what was accepted`);
    }
    if (!parsed.success) return undefined;
    if (parsed.data.type !== action.actionType) {
      this.differ(
        action.firstSequence,
        `action_type says ${action.actionType}, the payload ${parsed.data.type}`,
      );
    }
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

  /** @returns whether type and data are what the action leads to */
  #compareEvent(row: EventRow, expected: GameEvent, action: ActionRow, at: number): boolean {
    if (row.id !== eventId(action.id, action.serverTime, at))
      this.differ(row.sequence, `id is ${row.id}, which its action did not give`);
    if (row.actionId !== action.id)
      this.differ(row.sequence, `action_id is ${row.actionId}, the action is ${action.id}`);
    if (row.clientTime?.getTime() !== action.clientTime?.getTime())
      this.differ(row.sequence, 'client_time is not that of its action');
    const stored = this.#parse(row);
    const same = stored !== undefined && canonicalJson(stored) === canonicalJson(expected);
    if (stored && !same)
      this.differ(
        row.sequence,
        `event differs from what its action leads to: ${firstDifference(stored, expected)}`,
      );
    return same;
  }

  compareSnapshot({ sequence, state, stateSha256, day }: SnapshotRow): void {
    if (sequence !== this.state.sequence) {
      this.differ(sequence, 'snapshot of a sequence inside an action');
    } else if (hashJson(state) !== stateSha256) {
      this.differ(sequence, 'the snapshot’s state does not have its recorded hash');
    } else if (hashJson(this.state) !== stateSha256) {
      this.differ(
        sequence,
        `snapshot differs from the state of its events: ${firstDifference(state, this.state)}`,
      );
    } else if (day !== this.state.day) {
      this.differ(sequence, `the snapshot’s row says day ${day}, its state day ${this.state.day}`);
    } else {
      this.#snapshotsVerified += 1;
    }
  }

  /**
   * The session's head and its own row must agree with its last event; how the row says that the session stands, once
   * its read models have reached the head.
   */
  compareEnd(head: number, projectedUpTo: number): void {
    const { sequence } = this.state;
    if (head !== sequence)
      this.differ(head, `the head is at sequence ${head}, the events end at ${sequence}`);
    const projected = projectedUpTo >= head;
    const standing = projected ? (['status', 'day'] as const) : [];
    const origin = ['seed', 'days', 'engineVersion', 'rulesVersion', 'contentVersion'] as const;
    for (const column of [...standing, ...origin]) {
      const [said, is] = [this.#session[column], this.state[column]];
      if (said !== is)
        this.differ(sequence, `the session’s row says ${said} for ${column}, its events ${is}`);
    }
    this.#compareStart();
    if (projected) this.#compareEndTime();
  }

  #compareStart(): void {
    const begun = this.#firstTime;
    if (begun && this.#session.startedAt.getTime() !== begun.getTime())
      this.differ(1, 'started_at is not the time of the first event');
  }

  #compareEndTime(): void {
    if (this.#session.endedAt?.getTime() !== this.#endTime?.getTime())
      this.differ(this.state.sequence, 'ended_at is not the time of the event that ended the session');
  }
}
