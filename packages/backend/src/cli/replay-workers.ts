/**
 * Replays sessions in several threads, since folding is work for the processor. Each thread is sent a few sessions at a
 * time, so memory stays flat however many there are. A thread that dies loses the sessions that it was at, which the
 * report names, and is replaced; one that dies before it can work ends the whole.
 */
import { Worker } from 'node:worker_threads';
import { DmzError, defineErrors } from '../kernel/errors/index.ts';
import { type SessionReference, type Verification, VerificationTally } from './replay-sessions.ts';
import type { DmzErrorParts, WorkerAnswer, WorkerSetting } from './replay-worker.ts';

export const replayErrors = defineErrors({
  REPLAY_WORKER_FAILED: {
    message: 'A thread for replaying could not be started.',
    next: 'replay with --jobs 1, and report what the error says',
    exitCode: 1,
  },
});

export interface WorkersRequest {
  readonly jobs: number;
  readonly appUrl: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (sessions: number, events: number) => void;
  /** What a thread runs, where it is not the platform’s own. */
  readonly entry?: URL;
}

const AT_ONCE = 2;
const ENTRY = new URL('../../bin/replay-worker.mjs', import.meta.url);

/** @throws REPLAY_WORKER_FAILED, DATABASE_*, TENANCY_*; what is wrong with a session itself is a mismatch */
export async function verifyInWorkers(
  references: AsyncIterable<SessionReference>,
  request: WorkersRequest,
): Promise<Verification> {
  const tally = new VerificationTally();
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(request.signal ? [request.signal] : [])]);
  const waiting = references[Symbol.asyncIterator]();
  const thread = async () => {
    try {
      while ((await new ReplayThread(waiting, tally, request, signal).ended()) === 'crashed');
    } catch (error) {
      stop.abort();
      throw error;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: request.jobs }, thread));
  const broken = ended.find((end) => end.status === 'rejected');
  if (broken) throw broken.reason;
  return tally.result(request.signal?.aborted);
}

/** One thread, from its start until there is nothing left, somebody stops it, or it dies. */
class ReplayThread {
  readonly #worker: Worker;
  readonly #waiting: AsyncIterator<SessionReference>;
  readonly #tally: VerificationTally;
  readonly #request: WorkersRequest;
  readonly #signal: AbortSignal;
  readonly #atWork = new Set<string>();
  readonly #asking = new Set<Promise<void>>();
  #ready = false;
  #finished = false;
  #failure: unknown;
  #lookupFailure: unknown;

  constructor(
    waiting: AsyncIterator<SessionReference>,
    tally: VerificationTally,
    request: WorkersRequest,
    signal: AbortSignal,
  ) {
    this.#waiting = waiting;
    this.#tally = tally;
    this.#request = request;
    this.#signal = signal;
    const workerData: WorkerSetting = { appUrl: request.appUrl, atOnce: AT_ONCE };
    this.#worker = new Worker(request.entry ?? ENTRY, { workerData });
  }

  async ended(): Promise<'done' | 'crashed'> {
    const stop = () => void this.#worker.terminate();
    this.#signal.addEventListener('abort', stop);
    if (this.#signal.aborted) stop();
    this.#worker.on('message', (message: WorkerAnswer) => this.#hear(message));
    this.#worker.on('error', (error) => {
      this.#failure ??= error;
    });
    await new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#signal.removeEventListener('abort', stop);
    await Promise.allSettled(this.#asking);
    if (this.#signal.aborted || this.#finished) return 'done';
    if (this.#lookupFailure !== undefined) throw this.#lookupFailure;
    if (this.#failure instanceof DmzError) throw this.#failure;
    if (!this.#ready)
      throw replayErrors.REPLAY_WORKER_FAILED({ found: this.#reason(), cause: this.#failure });
    for (const id of this.#atWork) this.#tally.addUnverified(id, `its thread ended: ${this.#reason()}`);
    return 'crashed';
  }

  #reason(): string {
    return this.#failure instanceof Error ? this.#failure.message : 'without a word';
  }

  #hear(message: WorkerAnswer): void {
    if (message.kind === 'failure') {
      this.#failure = revive(message.error);
      void this.#worker.terminate();
      return;
    }
    if (message.kind === 'ready') {
      this.#ready = true;
      for (let at = 0; at < AT_ONCE; at += 1) this.#ask();
      return;
    }
    this.#atWork.delete(message.id);
    this.#tally.add(message.report);
    this.#request.onProgress?.(this.#tally.sessions, this.#tally.events);
    this.#ask();
  }

  /** It is ended rather than asked to end: it only reads, and a thread that closed by itself did so minutes late at times. */
  #finish(): void {
    this.#finished = true;
    void this.#worker.terminate();
  }

  #ask(): void {
    const asking = this.#sendNext()
      .catch((error) => {
        this.#lookupFailure = error;
        void this.#worker.terminate();
      })
      .finally(() => this.#asking.delete(asking));
    this.#asking.add(asking);
  }

  async #sendNext(): Promise<void> {
    const next = await this.#waiting.next();
    if (next.done) {
      if (this.#atWork.size === 0) this.#finish();
      return;
    }
    this.#atWork.add(next.value.id);
    this.#worker.postMessage(next.value);
  }
}

function revive(error: DmzErrorParts | string): Error {
  if (typeof error === 'string') return new Error(error);
  const { code, found, expected, ...definition } = error;
  return new DmzError(code, definition, {
    ...(found === undefined ? {} : { found }),
    ...(expected === undefined ? {} : { expected }),
  });
}
