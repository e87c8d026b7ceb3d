/**
 * What the kernel's consumers stand on and do not own: where events come from and where cursors are kept. Modules
 * provide both, and platform.ts hands them in.
 */
import type { TenantTx } from '../tenancy/index.ts';
import type { EventfulSession, SequencedEvent } from './define-consumer.ts';

/** Which heads are wanted. */
export interface HeadPage {
  /** Sessions of lower ids alone. */
  readonly below?: string | undefined;
  /** These alone. */
  readonly among?: readonly string[] | undefined;
  readonly limit: number;
}

export interface Head {
  readonly sessionId: string;
  /** The session's last sequence. */
  readonly sequence: number;
}

/** The event store, as far as consumers read it. */
export interface EventSource<Event extends SequencedEvent, Session extends EventfulSession> {
  /** Heads by session id, descending, so that what was started last comes first. */
  heads(tx: TenantTx, page: HeadPage): Promise<Head[]>;
  /** Unknown ones are left out. */
  sessions(tx: TenantTx, ids: readonly string[]): Promise<Session[]>;
  /** Events behind a sequence, in order. */
  read(
    tx: TenantTx,
    session: Session,
    range: { readonly after: number; readonly limit: number },
  ): Promise<Event[]>;
}

/** How far a consumer has come in a session. */
export interface Cursor {
  readonly consumer: string;
  readonly sessionId: string;
  /** The last sequence handled. */
  readonly sequence: number;
  /** Version of the consumer that read up to there; 0 when it was asked to read again from the start. */
  readonly version: number;
  /** Null while all is well. */
  readonly failure: Failure | null;
}

export interface Failure {
  readonly at: Date;
  readonly code: string;
  /** Without personal data. */
  readonly text: string;
  /** Tries so far. */
  readonly attempts: number;
  /** When it is tried again by itself; null for a parked session, which waits for somebody. */
  readonly retryAt: Date | null;
}

/** A consumer as cursors know it. */
export interface Reader {
  readonly name: string;
  readonly version: number;
}

/** How the cursors of a session stand. */
export interface Progress {
  readonly sessionId: string;
  /** Cursors that are well and at the reader's version. */
  readonly live: number;
  /** The least sequence of those. */
  readonly least: number;
}

/** A cursor's way in one transaction. */
export interface Step {
  readonly reader: Reader;
  readonly sessionId: string;
  readonly from: number;
  readonly to: number;
}

export interface CursorStore {
  /** Makes the cursors that are missing, at sequence 0. */
  ensure(tx: TenantTx, readers: readonly Reader[], sessionIds: readonly string[]): Promise<void>;
  /** Locks cursors until the transaction ends; those that another worker holds are left out. */
  lock(tx: TenantTx, readers: readonly Reader[], sessionIds: readonly string[]): Promise<Cursor[]>;
  /**
   * Moves cursors that stand where their steps begin, and clears their failures.
   *
   * @returns how many were there
   */
  move(tx: TenantTx, steps: readonly Step[]): Promise<number>;
  fail(tx: TenantTx, reader: Reader, sessionId: string, failure: Failure): Promise<void>;
  /** Of the sessions from `first` to `last`, both included, by their ids. */
  progress(
    tx: TenantTx,
    readers: readonly Reader[],
    range: { readonly first: string; readonly last: string },
  ): Promise<Progress[]>;
  /** Cursors in that range, or of the whole tenant, that failed or stand at another version than the reader's. */
  irregular(
    tx: TenantTx,
    readers: readonly Reader[],
    range?: { readonly first: string; readonly last: string },
  ): Promise<Cursor[]>;
  /** Every cursor in a range, for reports. */
  positions(
    tx: TenantTx,
    readers: readonly Reader[],
    range: { readonly first: string; readonly last: string },
  ): Promise<Cursor[]>;
  /** Lets parked and waiting sessions be tried at once. @returns how many */
  release(tx: TenantTx, readers: readonly Reader[], sessionId?: string): Promise<number>;
  /** Has sessions read again from their first event. @returns how many */
  rewind(tx: TenantTx, reader: Reader, sessionId?: string): Promise<number>;
}
