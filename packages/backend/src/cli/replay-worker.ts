/**
 * The thread that replays sessions for `dmz session replay --jobs`: it is sent one session after another, answers with
 * the report of each, until it is ended from outside. What is not a session's own fault is answered as an error.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { DmzError } from '../kernel/errors/index.ts';
import type { ReplayReport } from '../modules/game/index.ts';
import { openPlatform } from '../platform.ts';
import { replayOne, type SessionReference } from './replay-sessions.ts';

export interface WorkerSetting {
  /** URL of the application role. */
  readonly appUrl: string;
  /** Sessions that one worker is sent at once: while one is read, another is folded. */
  readonly atOnce: number;
}

/** What a worker answers with. An error loses its class on the way between threads, so its parts are sent. */
export type WorkerAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'report'; readonly id: string; readonly report: ReplayReport }
  | { readonly kind: 'failure'; readonly error: DmzErrorParts | string };

export type DmzErrorParts = Pick<
  DmzError,
  'code' | 'message' | 'next' | 'exitCode' | 'retryable' | 'found' | 'expected'
>;

export function serveReplays(): void {
  const port = parentPort;
  if (!port) throw new Error('A replay worker is started as a thread.');
  const { appUrl, atOnce } = workerData as WorkerSetting;
  const platform = openPlatform({ appUrl, poolSize: atOnce });
  const answer = (message: WorkerAnswer) => port.postMessage(message);
  port.on('message', async (reference: SessionReference) => {
    try {
      answer({ kind: 'report', id: reference.id, report: await replayOne(platform, reference) });
    } catch (error) {
      answer({ kind: 'failure', error: error instanceof DmzError ? partsOf(error) : String(error) });
    }
  });
  answer({ kind: 'ready' });
}

const partsOf = ({ code, message, next, exitCode, retryable, found, expected }: DmzError): DmzErrorParts => ({
  code,
  message,
  next,
  exitCode,
  retryable,
  found,
  expected,
});
