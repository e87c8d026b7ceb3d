/**
 * Runs the consumers beside a command that plays, and lets them finish behind it what it has played, so that whatever looks
 * at read models next sees it. What others have played, and nobody has read yet, can take hours: it has a few seconds.
 * Nothing is lost where they cannot finish: the next program goes on where the cursors stand.
 */

import { isDmzError } from '../kernel/errors/index.ts';
import type { Platform } from '../platform.ts';
import { tellLine } from './print-line.ts';

/** A player does not wait longer at the door; what is left is handled by whoever runs next. */
const FINISH_MS = 20_000;
/** As a rule it is what a killed program has left, which takes less. */
const OTHERS_MS = 3_000;
/** As many as the consumers look at in one page. */
const SESSIONS_AT_ONCE = 500;

/** Told each session that is played, before it is over. */
export type Follow = (sessionId: string) => void;

/** @param tell  what is waited for at the end */
export async function whileConsuming<Result>(
  { consumers, tenancy }: Platform,
  tenant: string,
  work: (follow: Follow) => Promise<Result>,
  tell?: (line: string) => void,
): Promise<Result> {
  const { id } = await tenancy.locate(tenant);
  const played = new Set<string>();
  consumers.start({ tenants: async () => [id] });
  let away = false;
  try {
    return await work((sessionId) => void played.add(sessionId));
  } catch (error) {
    away = isDmzError(error, 'DATABASE_UNAVAILABLE');
    throw error;
  } finally {
    await consumers.stop();
    if (!away)
      await finish(async () => {
        await settlePlayed(consumers, id, [...played], tell);
        await settleOthers(consumers, id, tell);
      });
  }
}

async function settlePlayed(
  consumers: Platform['consumers'],
  tenantId: string,
  played: readonly string[],
  tell?: (line: string) => void,
): Promise<void> {
  const until = performance.now() + FINISH_MS;
  for (let at = 0; at < played.length; at += SESSIONS_AT_ONCE) {
    const sessionIds = played.slice(at, at + SESSIONS_AT_ONCE);
    const where = `read models of ${at + sessionIds.length} of ${played.length} sessions follow`;
    const onProgress = (events: number) => tell?.(`${where}: ${events} events`);
    await consumers.settle(tenantId, { sessionIds, onProgress, timeoutMs: until - performance.now() });
  }
}

/** Lets the consumers follow one session, so that what looks at it next sees where it stands. */
export async function followSession(
  { consumers }: Platform,
  tenant: string,
  sessionId: string,
): Promise<void> {
  await finish(() => consumers.settle(tenant, { sessionIds: [sessionId], timeoutMs: FINISH_MS }));
}

async function settleOthers(
  consumers: Platform['consumers'],
  tenantId: string,
  tell?: (line: string) => void,
): Promise<void> {
  const signal = AbortSignal.timeout(OTHERS_MS);
  const onProgress = (events: number) => tell?.(`read models of earlier sessions follow: ${events} events`);
  await consumers.settle(tenantId, { signal, onProgress });
  if (signal.aborted)
    tellLine('Read models of earlier sessions are behind; pnpm dmz consumers run --until-idle');
}

async function finish(settle: () => Promise<unknown>): Promise<void> {
  try {
    await settle();
  } catch (error) {
    if (!isDmzError(error)) throw error;
    tellLine(`${error.code}  Read models are behind; pnpm dmz consumers run --until-idle`);
  }
}
