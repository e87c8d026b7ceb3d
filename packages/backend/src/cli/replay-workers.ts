/**
 * Replays sessions in this thread and in others beside it, since folding is work for the processor. A thread needs two
 * seconds of it before it can begin, so this one begins at once, and nobody waits for a thread that is not needed any
 * more. Each is sent a few sessions at a time, so memory stays flat however many there are. A thread that dies loses the
 * sessions that it was at, which the report names, and is replaced; one that dies before it can work ends the whole.
 */
import { Worker } from 'node:worker_threads';
import { DmzError, defineErrors } from '../kernel/errors/index.ts';
import type { ReplayReport } from '../modules/game/index.ts';
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
  /** Threads, this one included. */
  readonly jobs: number;
  /** How this thread replays a session. */
  readonly replay: (reference: SessionReference) => Promise<ReplayReport>;
  readonly appUrl: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (sessions: number, events: number) => void;
  /** What another thread runs, where it is not the platform’s own. */
  readonly entry?: URL;
}

/** Of each thread: while one session is read, another is folded. */
const AT_ONCE = 2;
const ENTRY = new URL('../../bin/replay-worker.mjs', import.meta.url);

/** @throws REPLAY_WORKER_FAILED, DATABASE_*, TENANCY_*; what is wrong with a session itself is a mismatch */
export async function verifyInWorkers(
  references: AsyncIterable<SessionReference>,
  request: WorkersRequest,
): Promise<Verification> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(request.signal ? [request.signal] : [])]);
  const sessions = new Sessions(references, request, () => stop.abort());
  const here = Array.from({ length: AT_ONCE }, () => replayHere(sessions, request, signal));
  const elsewhere = Array.from({ length: request.jobs - 1 }, async () => {
    while ((await new ReplayThread(sessions, request, signal).ended()) === 'crashed');
  });
  const work = [...here, ...elsewhere].map((each) =>
    each.catch((error) => {
      stop.abort();
      throw error;
    }),
  );
  const broken = (await Promise.allSettled(work)).find((end) => end.status === 'rejected');
  if (broken) throw broken.reason;
  return sessions.tally.result(request.signal?.aborted);
}

async function replayHere(
  sessions: Sessions,
  { replay }: WorkersRequest,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const reference = await sessions.next();
    if (!reference) return;
    sessions.answer(await replay(reference));
  }
}

/** The sessions as they are handed out, and what was answered; when all are, the threads are ended. */
class Sessions {
  readonly tally = new VerificationTally();
  readonly #waiting: AsyncIterator<SessionReference>;
  readonly #onProgress: WorkersRequest['onProgress'];
  readonly #onEnd: () => void;
  /** Handed out, or being looked for, and not answered. */
  #open = 0;
  #allHandedOut = false;

  constructor(
    references: AsyncIterable<SessionReference>,
    { onProgress }: WorkersRequest,
    onEnd: () => void,
  ) {
    this.#waiting = references[Symbol.asyncIterator]();
    this.#onProgress = onProgress;
    this.#onEnd = onEnd;
  }

  async next(): Promise<SessionReference | undefined> {
    this.#open += 1;
    const next = await this.#waiting.next();
    if (!next.done) return next.value;
    this.#allHandedOut = true;
    this.#close();
    return undefined;
  }

  answer(report: ReplayReport): void {
    this.tally.add(report);
    this.#onProgress?.(this.tally.sessions, this.tally.events);
    this.#close();
  }

  lose(sessionId: string, reason: string): void {
    this.tally.addUnverified(sessionId, reason);
    this.#close();
  }

  #close(): void {
    this.#open -= 1;
    if (this.#allHandedOut && this.#open === 0) this.#onEnd();
  }
}

/** One thread, from its start until everything is answered, somebody stops it, or it dies. */
class ReplayThread {
  readonly #worker: Worker;
  readonly #sessions: Sessions;
  readonly #signal: AbortSignal;
  readonly #atWork = new Set<string>();
  readonly #asking = new Set<Promise<void>>();
  #ready = false;
  #failure: unknown;
  #lookupFailure: unknown;

  constructor(sessions: Sessions, { appUrl, entry = ENTRY }: WorkersRequest, signal: AbortSignal) {
    this.#sessions = sessions;
    this.#signal = signal;
    const workerData: WorkerSetting = { appUrl, atOnce: AT_ONCE };
    this.#worker = new Worker(entry, { workerData });
  }

  /** It is ended rather than asked to end: it only reads, and one that closes by itself takes its time. */
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
    if (this.#signal.aborted) return 'done';
    if (this.#lookupFailure !== undefined) throw this.#lookupFailure;
    if (this.#failure instanceof DmzError) throw this.#failure;
    if (!this.#ready)
      throw replayErrors.REPLAY_WORKER_FAILED({ found: this.#reason(), cause: this.#failure });
    for (const id of this.#atWork) this.#sessions.lose(id, `its thread ended: ${this.#reason()}`);
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
    this.#ask();
    this.#sessions.answer(message.report);
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
    const next = await this.#sessions.next();
    if (!next) return;
    this.#atWork.add(next.id);
    this.#worker.postMessage(next);
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
