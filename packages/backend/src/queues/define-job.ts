/** What a kind of job is: the shape of its payload, what is done for it, and how patiently. */
import type { z } from 'zod';
import type { DmzError } from '../kernel/errors/index.ts';
import type { TenantTx } from '../kernel/tenancy/index.ts';
import type { JobName } from '../modules/integration/index.ts';

export interface RunningJob {
  readonly id: string;
  readonly tenantId: string;
  /** From 1. */
  readonly attempt: number;
  /** Aborted when the program must end before the job does. */
  readonly signal: AbortSignal;
  /**
   * Ends the job in the handler's own transaction: effect and end are committed together, or neither. A handler that never
   * calls it has its job ended after it returned, and may be run again for an effect that it has had.
   *
   * @throws QUEUE_LEASE_LOST  when another has the job by now, which undoes this transaction
   */
  finish(tx: TenantTx): Promise<void>;
}

/** What a handler throws that knows better than its kind when to try again. */
export class JobSetback extends Error {
  override readonly name = 'JobSetback';
  readonly reason: DmzError;
  /** Null where trying again is of no use: the job is dead. */
  readonly retryInMs: number | null;

  constructor(reason: DmzError, retryInMs: number | null) {
    super(reason.message, { cause: reason });
    this.reason = reason;
    this.retryInMs = retryInMs;
  }
}

type AnyPayload = Record<string, unknown>;

export interface JobKind<Payload extends AnyPayload> {
  /** A person whom the job is about is its `userId`. */
  readonly payload: z.ZodType<Payload>;
  readonly handle: (job: RunningJob, payload: Payload) => Promise<void>;
  /** Made for every tenant each day (UTC) by whoever runs the queues, with an empty payload. */
  readonly daily?: boolean;
  readonly patience?: Partial<Patience>;
}

export interface Patience {
  /** After so many runs it is dead. */
  readonly mostAttempts: number;
  /** After the first failure; each further one doubles it. */
  readonly firstPauseMs: number;
  /** A program that is killed leaves its job to others after this. One that runs prolongs it. */
  readonly leaseMs: number;
  /** Jobs at work at once, in one program. */
  readonly concurrency: number;
}

/** A kind whose payload only its own schema knows. */
export type AnyJobKind = Omit<JobKind<AnyPayload>, 'handle'> & {
  readonly handle: (job: RunningJob, payload: never) => Promise<void>;
};
/** Those that a program knows; of any other it takes none on. */
export type JobKinds = { readonly [Name in JobName]?: AnyJobKind };

/** The shape of what a kind is enqueued with. */
export type PayloadOf<Kind> = Kind extends { readonly payload: z.ZodType<infer Payload> } ? Payload : never;

/** Eight attempts take some two minutes, which outlasts a restart of what they need and tells an operator soon. */
const USUAL: Patience = { mostAttempts: 8, firstPauseMs: 1_000, leaseMs: 30_000, concurrency: 4 };
const LONGEST_PAUSE_MS = 3_600_000;

export const patienceOf = ({ patience }: Pick<AnyJobKind, 'patience'>): Patience => ({
  ...USUAL,
  ...patience,
});

/** Doubling, and spread, so that jobs which failed together do not come back together. */
export const pauseAfter = (attempts: number, { firstPauseMs }: Patience): number =>
  Math.min(LONGEST_PAUSE_MS, firstPauseMs * 2 ** (attempts - 1)) * (0.75 + Math.random() / 2);

export const defineJob = <Payload extends AnyPayload>(kind: JobKind<Payload>): JobKind<Payload> => kind;
