/**
 * The log of acknowledgements: one JSON line for each action that the platform said it had accepted. A line is in the
 * file before its player goes on, so whatever the platform later lacks of it, the platform has lost.
 */
import fs from 'node:fs';
import { z } from 'zod';
import { simulationErrors } from './errors.ts';

const position = z.int().min(1);

export const Acknowledgement = z.strictObject({
  tenantId: z.uuid(),
  sessionId: z.uuid(),
  actionId: z.uuid(),
  firstSequence: position,
  lastSequence: position,
  eventsSha256: z.string().regex(/^[0-9a-f]{64}$/),
  acknowledgedAt: z.iso.datetime(),
  /** How long the player waited for it, with all that the platform repeated by itself. */
  waitedMs: z.number().min(0).optional(),
});
export type Acknowledgement = z.infer<typeof Acknowledgement>;

export interface AckLog {
  /** @throws SIMULATION_ACK_LOG_FAILED */
  append(acknowledgement: Acknowledgement): void;
  /** Once: a second call does nothing, since the handle's number may be another file's by then. */
  close(): void;
}

/** How every line begins, which tells the torn end of a killed writer from a file that is something else. */
const LINE_START = '{"tenantId":';

/**
 * Opens the log for appending. A line that a killed writer left unfinished is cut off first: nobody acted on it.
 *
 * @throws SIMULATION_ACK_LOG_UNUSABLE
 */
export function openAckLog(file: string): AckLog {
  const handle = openForAppending(file);
  let isOpen = true;
  return {
    append(acknowledgement) {
      const line = Buffer.from(`${JSON.stringify(acknowledgement)}\n`);
      const before = fs.fstatSync(handle).size;
      try {
        const written = fs.writeSync(handle, line);
        if (written < line.length) throw new Error(`only ${written} of ${line.length} bytes were written`);
      } catch (error) {
        truncate(handle, before);
        throw simulationErrors.SIMULATION_ACK_LOG_FAILED({ found: describe(file, error), cause: error });
      }
    },
    close() {
      if (isOpen) fs.closeSync(handle);
      isOpen = false;
    },
  };
}

function openForAppending(file: string): number {
  let handle: number | undefined;
  try {
    handle = fs.openSync(file, 'a+');
    cutTornEnd(handle);
    return handle;
  } catch (error) {
    if (handle !== undefined) fs.closeSync(handle);
    throw simulationErrors.SIMULATION_ACK_LOG_UNUSABLE({ found: describe(file, error), cause: error });
  }
}

/** Longer than any two lines. */
const TAIL_BYTES = 1_000;

function cutTornEnd(handle: number): void {
  const { size } = fs.fstatSync(handle);
  const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
  fs.readSync(handle, tail, 0, tail.length, size - tail.length);
  const lines = tail.toString('latin1').split('\n');
  const torn = lines.pop() ?? '';
  const lastWhole = lines.pop() ?? LINE_START;
  if (!isTorn(torn) || !lastWhole.startsWith(LINE_START))
    throw new Error('the file is no log of acknowledgements');
  if (torn.length > 0) fs.ftruncateSync(handle, size - torn.length);
}

/** Whether text without a line feed can be the beginning of a line that its writer did not finish. */
export const isTorn = (text: string): boolean => text.startsWith(LINE_START.slice(0, text.length));

/** A device has no length to go back to. */
function truncate(handle: number, size: number): void {
  try {
    fs.ftruncateSync(handle, size);
  } catch {}
}

function describe(file: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return `${file}: ${code ?? message}`;
}
