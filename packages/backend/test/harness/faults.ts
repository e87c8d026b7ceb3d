/** The moments of a move at which it is interrupted, told by what the mover says then, and what interrupts it. */
import type { Moment } from './gated-proxy.ts';

export type Side = 'source' | 'target' | 'control';

export interface Point {
  readonly at: Side;
  readonly moment: Moment;
}

export const COMMIT = /COMMIT/;
export const FENCE = /pg_advisory_lock\(hashtextextended\('fence:/;
export const DEPART = /update "residents" set "state"/;
export const ARRIVE = /insert into "residents"/;
export const PLACE = /update "placements"/;
export const DROP_SLOT = /pg_drop_replication_slot/;
export const recorded = (step: string): RegExp => new RegExp(`insert into "move_steps"[\\s\\S]*${step}`);

/** It is done, and the mover does not know. */
export const answerTo = (says: RegExp, then?: RegExp): Moment => ({
  says,
  ...(then ? { then } : {}),
  keeps: 'answer',
});

/** Moments that every move has, wherever from and whereto. */
export const BEFORE_ANY_SWITCH = {
  'claims the target': { at: 'target', moment: answerTo(/insert into "move_ends"/, COMMIT) },
  'makes its slot': { at: 'source', moment: answerTo(/CREATE_REPLICATION_SLOT/) },
  'is in the middle of a table': {
    at: 'target',
    moment: { says: /COPY "(game"\."|\w+"\."game_)events" [\s\S]*FROM STDIN/, keeps: 'rows' },
  },
  'applies changes': { at: 'target', moment: answerTo(/advance_move/) },
  verifies: { at: 'target', moment: answerTo(/hashbyteaextended/) },
  'has the fence': { at: 'source', moment: answerTo(FENCE) },
  drains: { at: 'source', moment: { ...answerTo(/pg_logical_emit_message/), after: FENCE } },
} as const satisfies Record<string, Point>;

/** From here on one can only go on. */
export const AFTER_ANY_SWITCH = {
  'lets go of its slot': { at: 'source', moment: answerTo(DROP_SLOT) },
  completes: { at: 'control', moment: answerTo(recorded('completed'), COMMIT) },
} as const satisfies Record<string, Point>;

export interface Fault {
  readonly hits: 'mover' | 'source' | 'target';
  readonly by: 'SIGKILL' | 'a cut';
}

export type Faults = Readonly<Record<string, Fault>>;
export const MOVER_KILLED: Fault = { hits: 'mover', by: 'SIGKILL' };

/** A minute each; DMZ_EVERY_FAULT has them all tried, which takes a quarter of an hour on two cores. */
const EVERY_FAULT = process.env.DMZ_EVERY_FAULT === '1';

/**
 * Every point with every second fault, beginning with another one at each, so that two points in a row have all of them;
 * or with every fault. `turn` has each of them end one way or the other by turns.
 */
export function everyFaultAt<Value>(
  points: Readonly<Record<string, Value>>,
  faultsOf: (row: number) => Faults,
): { fault: string; step: string; point: Value; what: Fault; turn: number }[] {
  return Object.entries(points).flatMap(([step, point], row) =>
    Object.entries(faultsOf(row))
      .map(([fault, what], column) => ({ fault, step, point, what, at: row + column }))
      .filter(({ at }) => EVERY_FAULT || at % 2 === 0)
      .map(({ at, ...each }) => ({ ...each, turn: EVERY_FAULT ? at : at / 2 })),
  );
}
