/**
 * What the mover stands on and does not own: the moves in the control database, and what each instance knows of them and
 * of its residents. A module provides both; each call is one transaction as the owner, at the place that its name says.
 */
import type { OwnerTx } from '../db/index.ts';

export type Tier = 'shared' | 'schema' | 'instance';

/** Where a tenant's rows live, or are to live. */
export interface MovePlace {
  readonly tier: Tier;
  readonly instance: string;
  readonly region: string;
  /** The tenant's own schema; null in the module schemas. */
  readonly schema: string | null;
}

export type MoveStep =
  | 'planned'
  | 'claimed'
  | 'prepared'
  | 'copying'
  | 'copied'
  | 'verified'
  | 'departed'
  | 'arrived'
  | 'flipped'
  | 'completed'
  | 'purged'
  | 'rolling_back'
  | 'rolled_back';

export interface MoveLimits {
  readonly maxPauseMs: number;
  readonly keepSourceSeconds: number;
  readonly maxWalBytes: number;
}

export interface Move extends MoveLimits {
  readonly id: string;
  readonly tenantId: string;
  readonly slug: string;
  readonly from: MovePlace;
  readonly to: MovePlace;
  /** Epoch of the placement that is left. */
  readonly epoch: number;
  readonly step: MoveStep;
  readonly wish: 'go' | 'pause' | 'stop';
  readonly attempt: number;
  readonly approval: string | null;
  readonly rowsCopied: number;
  readonly changesApplied: number;
  readonly rowsVerified: number;
  readonly pauseMs: number | null;
  readonly longestWaitMs: number | null;
  readonly error: { readonly code: string; readonly found: string | null } | null;
  readonly keptUntil: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface PlannedMove extends MoveLimits {
  readonly tenantId: string;
  readonly to: MovePlace;
  readonly approval: string | null;
}

/** What a step is recorded with. */
export interface StepRecord {
  readonly step: MoveStep;
  readonly lsn?: string | undefined;
  /** Totals of the move from now on. */
  readonly totals?: Partial<
    Pick<Move, 'rowsCopied' | 'changesApplied' | 'rowsVerified' | 'pauseMs' | 'longestWaitMs' | 'keptUntil'>
  >;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface RecordedStep {
  readonly number: number;
  readonly step: MoveStep;
  readonly attempt: number;
  readonly lsn: string | null;
  readonly at: Date;
  readonly details: Readonly<Record<string, unknown>>;
}

/** In the control database. */
export interface MoveRegister {
  /** @throws TENANCY_MOVE_UNDER_WAY, TENANCY_MOVE_NOWHERE, TENANCY_MOVE_UNSETTLED */
  plan(tx: OwnerTx, planned: PlannedMove): Promise<Move>;
  read(tx: OwnerTx, moveId: string): Promise<Move>;
  /** The move of a tenant that is under way, or else the last one; undefined where there never was any. */
  latest(tx: OwnerTx, slug: string): Promise<Move | undefined>;
  list(tx: OwnerTx): Promise<Move[]>;
  steps(tx: OwnerTx, moveId: string): Promise<RecordedStep[]>;
  /** Counts one more attempt; what it does from then on, no earlier one can. */
  takeUp(tx: OwnerTx, moveId: string): Promise<Move>;
  /** Records steps in their order; the last one is where the move stands. @throws TENANCY_MOVE_TAKEN_OVER */
  record(tx: OwnerTx, move: Move, ...records: readonly StepRecord[]): Promise<Move>;
  /** @throws TENANCY_MOVE_TAKEN_OVER */
  amend(tx: OwnerTx, move: Move, totals: NonNullable<StepRecord['totals']>): Promise<Move>;
  wish(tx: OwnerTx, moveId: string, wish: Move['wish']): Promise<void>;
  fail(tx: OwnerTx, move: Move, error: NonNullable<Move['error']>): Promise<void>;
  /** A completed move of the tenant that left its rows at that place, where they still are. */
  leftBehind(tx: OwnerTx, tenantId: string, place: MovePlace): Promise<Move | undefined>;
  /** Routers are told the new place from then on. Repeatable; in one transaction with the record of it. */
  place(tx: OwnerTx, move: Move): Promise<void>;
  /** How the tenant is to be served where it lives: it may have been suspended, or archived, while it moved. */
  stateOf(tx: OwnerTx, tenantId: string): Promise<LivingState>;
}

export type Side = 'source' | 'target';

export type LivingState = 'serving' | 'suspended' | 'archived';

export interface Resident {
  readonly epoch: number;
  readonly state: LivingState | 'departed';
  readonly schema: string | null;
}

export interface MoveEnd {
  readonly attempt: number;
  readonly lsn: string | null;
  readonly changesApplied: number;
}

/** At one instance. */
export interface InstanceRegister {
  /** Makes the end known here, to this attempt and to none before. */
  open(tx: OwnerTx, move: Move, side: Side): Promise<void>;
  end(tx: OwnerTx, moveId: string, side: Side): Promise<MoveEnd | undefined>;
  /** Where the target stands from now on: a copy is of this position. @throws TENANCY_MOVE_TAKEN_OVER */
  startAt(tx: OwnerTx, move: Move, lsn: string): Promise<void>;
  close(tx: OwnerTx, moveId: string): Promise<void>;
  /** The ends that are open here, whosever they are. */
  openEnds(tx: OwnerTx): Promise<{ readonly moveId: string; readonly side: Side; readonly slug: string }[]>;
  resident(tx: OwnerTx, tenantId: string): Promise<Resident | undefined>;
  /** The tenant is served here no longer. @throws TENANCY_MOVE_TAKEN_OVER */
  depart(tx: OwnerTx, move: Move): Promise<void>;
  /** Takes `depart` back. @throws TENANCY_MOVE_TAKEN_OVER */
  comeBack(tx: OwnerTx, move: Move, state: LivingState): Promise<void>;
  /** The tenant is served here from now on, at the next epoch. @throws TENANCY_MOVE_TAKEN_OVER */
  arrive(tx: OwnerTx, move: Move, state: LivingState): Promise<void>;
  /** Serves an arrived tenant as it is to be served by now. @throws TENANCY_MOVE_TAKEN_OVER */
  serveAs(tx: OwnerTx, move: Move, state: LivingState): Promise<void>;
  /** Whoever is cancelled from now on learns that it was for a move. */
  announceInterruption(tx: OwnerTx, tenantId: string): Promise<void>;
}
