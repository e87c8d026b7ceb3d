/**
 * Holds a log of acknowledgements against the database: every action that the platform said it had accepted must be
 * there, once, with the sequences and the events that it was acknowledged with. Reads only.
 */
import { DmzError, isDmzError } from '../kernel/errors/index.ts';
import { readGivenFile } from '../kernel/given-file.ts';
import { examineClaims } from '../modules/game/index.ts';
import type { Platform } from '../platform.ts';
import { Acknowledgement, isTorn } from './ack-log.ts';
import { simulationErrors } from './errors.ts';

export interface AckDeviation {
  /** Number of the line in the file, from 1. */
  readonly line: number;
  readonly actionId: string | null;
  readonly reason: string;
}

export interface AckCheck {
  /** Finished lines. */
  readonly lines: number;
  readonly verified: number;
  /** Acknowledged, and not in the database. */
  readonly missing: readonly AckDeviation[];
  /** In the database otherwise than acknowledged; also lines that are no acknowledgement. */
  readonly different: readonly AckDeviation[];
  /** The last line was left unfinished, as a killed writer leaves it; it is not looked at. */
  readonly torn: boolean;
}

interface NumberedAck extends Acknowledgement {
  readonly line: number;
}

/**
 * @param onProgress  told how many lines have been looked up so far
 * @throws SIMULATION_ACK_LOG_UNREADABLE, DATABASE_*
 */
export async function checkAckLog(
  platform: Platform,
  file: string,
  onProgress: (lines: number) => void = () => {},
): Promise<AckCheck> {
  const { acks, different, lines, torn } = readAckLog(file);
  const missing: AckDeviation[] = [];
  let examined = 0;
  for (const ofSession of groupBySession(acks)) {
    for (const { claim, problem } of await examine(platform, ofSession)) {
      if (problem) (problem.kind === 'missing' ? missing : different).push(deviation(claim, problem.reason));
    }
    examined += ofSession.length;
    onProgress(examined);
  }
  const byLine = (one: AckDeviation, other: AckDeviation) => one.line - other.line;
  const verified = lines - missing.length - different.length;
  return { lines, verified, missing: missing.sort(byLine), different: different.sort(byLine), torn };
}

const deviation = ({ line, actionId }: NumberedAck, reason: string): AckDeviation => ({
  line,
  actionId,
  reason,
});

function readAckLog(file: string) {
  const text = readText(file).split('\n');
  const tail = text.pop() ?? '';
  const acks: NumberedAck[] = [];
  const different: AckDeviation[] = [];
  const seen = new Map<string, number>();
  for (const [at, content] of text.entries()) {
    const line = at + 1;
    const ack = parseLine(content);
    if (!ack) {
      different.push({ line, actionId: null, reason: 'the line is no acknowledgement' });
      continue;
    }
    const { actionId } = ack;
    const earlier = seen.get(actionId);
    if (earlier === undefined) acks.push({ ...ack, line });
    else different.push({ line, actionId, reason: `acknowledged before, in line ${earlier}` });
    seen.set(actionId, line);
  }
  if (!isTorn(tail)) {
    different.push({
      line: text.length + 1,
      actionId: null,
      reason: 'the unfinished line is no acknowledgement',
    });
  }
  const torn = tail !== '' && isTorn(tail);
  return { acks, different, torn, lines: text.length + (isTorn(tail) ? 0 : 1) };
}

function readText(file: string): string {
  try {
    return readGivenFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw simulationErrors.SIMULATION_ACK_LOG_UNREADABLE({ found: `${file}: ${code}`, cause: error });
  }
}

function parseLine(text: string): Acknowledgement | undefined {
  try {
    return Acknowledgement.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function groupBySession(acks: readonly NumberedAck[]): Iterable<readonly NumberedAck[]> {
  const sessions = new Map<string, NumberedAck[]>();
  for (const ack of acks) {
    const key = `${ack.tenantId}/${ack.sessionId}`;
    const known = sessions.get(key);
    if (known) known.push(ack);
    else sessions.set(key, [ack]);
  }
  return sessions.values();
}

/** @param acks  all of one session */
async function examine(platform: Platform, acks: readonly NumberedAck[]) {
  const [first] = acks;
  if (!first) return [];
  try {
    return await platform.tenancy.run(first.tenantId, (tx) => examineClaims(tx, first.sessionId, acks));
  } catch (error) {
    const gone = isDmzError(error, 'TENANCY_UNKNOWN_TENANT') || isDmzError(error, 'GAME_SESSION_UNKNOWN');
    if (!gone || !(error instanceof DmzError)) throw error;
    const problem = { kind: 'missing', reason: error.message } as const;
    return acks.map((claim) => ({ claim, problem }));
  }
}
