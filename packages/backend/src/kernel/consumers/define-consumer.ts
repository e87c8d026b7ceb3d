/**
 * What a consumer is: a name, the events that it takes, and what follows from them in its own module's tables. The
 * kernel knows events by their place in a session alone; what they carry is between the store and the consumer.
 */
import type { TenantTx } from '../tenancy/index.ts';

/** The least that a stored event has. */
export interface SequencedEvent {
  readonly id: string;
  readonly sequence: number;
  readonly type: string;
  readonly actionId: string;
  readonly serverTime: Date;
}

/** The least that is known of a session. */
export interface EventfulSession {
  readonly id: string;
  readonly startedAt: Date;
}

/** Events of one session, in order and without a gap but for the types that the consumer does not take. */
export interface Batch<Event, Session> {
  readonly session: Session;
  /** The sequence before this batch: the consumer has handled everything up to it. */
  readonly after: number;
  /** The sequence that the batch reaches; it is always the end of an action. */
  readonly until: number;
  readonly events: readonly Event[];
}

export interface Consumer<Event extends SequencedEvent = SequencedEvent, Session = EventfulSession> {
  /** Stable, as module.purpose; its cursors are kept under it. */
  readonly name: string;
  /** A higher one makes every session be read again from its first event, in the background. */
  readonly version: number;
  /** Other types only move the cursor. */
  readonly handles: 'every type' | readonly Event['type'][];
  /**
   * Writes what follows from the events, in the transaction that moves the cursors: one batch of each session, so that
   * the rows of all of them can go into one statement. Whatever is thrown rolls everything back; each session is then
   * tried alone, and the one that fails is parked.
   */
  apply(tx: TenantTx, batches: readonly Batch<Event, Session>[]): Promise<void>;
  /**
   * Takes back everything that follows from a session, before it is read from its first event. A consumer whose effect
   * cannot be taken back has none, and derives its ids from those of the events, so that a second time changes nothing.
   */
  reset?(tx: TenantTx, sessionId: string): Promise<void>;
}

const NAME = /^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/;

/** @param definition  `version` is 1 unless it is said */
export function defineConsumer<Event extends SequencedEvent, Session>(
  definition: Omit<Consumer<Event, Session>, 'version'> & { readonly version?: number },
): Consumer<Event, Session> {
  const { name, version = 1 } = definition;
  if (!NAME.test(name) || !Number.isInteger(version) || version < 1)
    throw new RangeError(
      `A consumer is named as module.purpose and versioned from 1, not ${name}@${version}.`,
    );
  return { ...definition, version };
}
