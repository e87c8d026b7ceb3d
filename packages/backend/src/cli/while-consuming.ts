/**
 * Runs the consumers beside a command that plays, and lets them finish behind it, so that whatever looks at read models
 * next sees what was played. Nothing is lost where they cannot: the next program goes on where the cursors stand.
 */

import { isDmzError } from '../kernel/errors/index.ts';
import type { Platform } from '../platform.ts';
import { tellLine } from './print-line.ts';

/** A player does not wait longer at the door; what is left is handled by whoever runs next. */
const FINISH_MS = 20_000;

export async function whileConsuming<Result>(
  { consumers, tenancy }: Platform,
  tenant: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const { id } = await tenancy.locate(tenant);
  consumers.start({ tenants: async () => [id] });
  let away = false;
  try {
    return await work();
  } catch (error) {
    away = isDmzError(error, 'DATABASE_UNAVAILABLE');
    throw error;
  } finally {
    await consumers.stop();
    if (!away) await finish(() => consumers.settle(id, { timeoutMs: FINISH_MS }));
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

async function finish(settle: () => Promise<unknown>): Promise<void> {
  try {
    await settle();
  } catch (error) {
    if (!isDmzError(error)) throw error;
    tellLine(`${error.code}  Read models are behind; pnpm dmz consumers run --until-idle`);
  }
}
