/**
 * Derives the read models of sessions from their events, batch by batch: the same events give the same rows, however
 * they were divided.
 */
import { type ContentPack, isOver, type SessionState } from '@archive-gate/game-engine';
import { and, eq, inArray } from 'drizzle-orm';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { gameErrors } from './errors.ts';
import { gatherRows, type Occurrence, type Projection, readModelHandlers } from './read-model-rows.ts';
import { gameTables } from './schema.ts';
import type { Fold } from './session-folds.ts';
import type { StoredEvent } from './stream.ts';

export interface ProjectedSession {
  readonly sessionId: string;
  readonly content: ContentPack;
  readonly fold: Fold;
  readonly events: readonly StoredEvent[];
}

/** Writes what the events change in the read models, and in the sessions' own rows. */
export async function project(tx: TenantTx, sessions: readonly ProjectedSession[]): Promise<void> {
  const tables = gameTables(tx);
  const rows = gatherRows(tables);
  const emailIds = await findEmailIds(tx, sessions);
  for (const { sessionId, content, fold, events } of sessions) {
    const emailIdOf = (emailKey: string) => requireId(emailIds, sessionId, emailKey);
    const projection = { rows, tables, content, owned: { sessionId }, emailIdOf };
    let before = fold.before;
    let endedAt: Date | null = null;
    for (const [at, state] of fold.after.entries()) {
      const event = events[at];
      if (!event) break;
      // Corrections may follow the end.
      if (isOver(state) && !isOver(before)) endedAt = event.serverTime;
      handle({ ...projection, state }, event);
      before = state;
    }
    changeSession({ ...projection, state: before }, fold.before, endedAt);
  }
  await rows.write(tx);
}

function handle(to: Projection, { type, data, id, serverTime: at }: StoredEvent): void {
  const handler = readModelHandlers[type] as
    | ((to: Projection, data: unknown, event: Occurrence) => void)
    | undefined;
  handler?.(to, data, { id, at });
}

/** Empties the read models of a session; what hangs on an e-mail goes with it. */
export async function clearReadModels(tx: TenantTx, sessionId: string): Promise<void> {
  const { emails, daySummaries, threatAssessments } = gameTables(tx);
  for (const table of [emails, daySummaries, threatAssessments]) {
    await tx.delete(table).where(eq(table.sessionId, sessionId));
  }
}

/** By session and key. An e-mail's id is that of the event that it was received by, so those of these very events need no look-up. */
async function findEmailIds(
  tx: TenantTx,
  sessions: readonly ProjectedSession[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const wanted = new Set<string>();
  const wanting = new Set<string>();
  for (const { sessionId, events } of sessions)
    for (const { type, data, id } of events) {
      if (type === 'game.email.received') ids.set(`${sessionId}/${data.emailKey}`, id);
      else if ('emailKey' in data && data.emailKey !== null && !ids.has(`${sessionId}/${data.emailKey}`)) {
        wanted.add(data.emailKey);
        wanting.add(sessionId);
      }
    }
  if (wanted.size === 0) return ids;
  const { emails } = gameTables(tx);
  const rows = await tx
    .select({ id: emails.id, sessionId: emails.sessionId, emailKey: emails.emailKey })
    .from(emails)
    .where(and(inArray(emails.sessionId, [...wanting]), inArray(emails.emailKey, [...wanted])));
  for (const { id, sessionId, emailKey } of rows) ids.set(`${sessionId}/${emailKey}`, id);
  return ids;
}

function requireId(emailIds: ReadonlyMap<string, string>, sessionId: string, emailKey: string): string {
  const id = emailIds.get(`${sessionId}/${emailKey}`);
  if (id) return id;
  throw gameErrors.GAME_READ_MODEL_STALE({ found: `no row for e-mail ${emailKey}` });
}

/** The session's own row says how it stands; it changes seldom, and is left alone otherwise. */
function changeSession(
  { rows, tables, owned, state }: Projection,
  before: SessionState,
  endedAt: Date | null,
): void {
  const { status, day } = state;
  if (status === 'new' || (status === before.status && day === before.day)) return;
  rows.change(tables.sessions, { id: owned.sessionId }, { status, day, endedAt });
}
