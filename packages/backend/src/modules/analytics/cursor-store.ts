/**
 * Where the platform's consumers keep their cursors. Whoever moves one holds its lock until his effect is committed;
 * rows that somebody else holds are passed over, so that any number of workers share the work.
 */
import { and, between, count, eq, gt, inArray, isNotNull, isNull, lt, min, ne, or } from 'drizzle-orm';
import type { Cursor, CursorStore, Failure, Reader } from '../../kernel/consumers/index.ts';
import { type TenantTx, updateRows } from '../../kernel/tenancy/index.ts';
import { analyticsTables } from './schema.ts';

type Row = typeof analyticsTables.projectionCursors.$inferSelect;

const WELL = { failedAt: null, errorCode: null, errorText: null, attempts: 0, retryAt: null };

export const cursorStore: CursorStore = {
  async ensure(tx, readers, sessionIds) {
    const { projectionCursors: cursors } = analyticsTables(tx);
    const { tenantId } = tx;
    const rows = sessionIds.flatMap((sessionId) =>
      readers.map(({ name, version }) => ({
        tenantId,
        consumer: name,
        sessionId,
        projectionVersion: version,
      })),
    );
    if (rows.length > 0) await tx.insert(cursors).values(rows).onConflictDoNothing();
  },

  async lock(tx, readers, sessionIds) {
    const { projectionCursors: cursors } = analyticsTables(tx);
    const rows = await tx
      .select()
      .from(cursors)
      .where(and(inArray(cursors.consumer, namesOf(readers)), inArray(cursors.sessionId, [...sessionIds])))
      .for('update', { skipLocked: true });
    return rows.map(toCursor);
  },

  async move(tx, steps) {
    const { projectionCursors: cursors } = analyticsTables(tx);
    const changes = steps.map(({ reader: { name, version }, sessionId, from, to }) => ({
      where: { consumer: name, sessionId, sequence: from },
      set: { sequence: to, projectionVersion: version, ...WELL },
    }));
    return updateRows(tx, cursors, changes);
  },

  async fail(tx, { name }, sessionId, { at, code, text, attempts, retryAt }) {
    const { projectionCursors: cursors } = analyticsTables(tx);
    await tx
      .update(cursors)
      .set({ failedAt: at, errorCode: code, errorText: text, attempts, retryAt })
      .where(and(eq(cursors.consumer, name), eq(cursors.sessionId, sessionId)));
  },

  progress(tx, readers, { first, last }) {
    const { projectionCursors: cursors } = analyticsTables(tx);
    return tx
      .select({
        sessionId: cursors.sessionId,
        live: count(),
        least: min(cursors.sequence).mapWith(Number),
      })
      .from(cursors)
      .where(
        and(
          between(cursors.sessionId, first, last),
          isNull(cursors.failedAt),
          or(
            ...readers.map(({ name, version }) =>
              and(eq(cursors.consumer, name), eq(cursors.projectionVersion, version)),
            ),
          ),
        ),
      )
      .groupBy(cursors.sessionId)
      .then((rows) => rows.map(({ sessionId, live, least }) => ({ sessionId, live, least: least ?? 0 })));
  },

  async irregular(tx, readers, range) {
    const { projectionCursors: cursors } = analyticsTables(tx);
    const rows = await tx
      .select()
      .from(cursors)
      .where(
        and(
          range && between(cursors.sessionId, range.first, range.last),
          or(
            and(isNotNull(cursors.failedAt), inArray(cursors.consumer, namesOf(readers))),
            ...readers.map(({ name, version }) =>
              and(eq(cursors.consumer, name), ne(cursors.projectionVersion, version)),
            ),
          ),
        ),
      );
    return rows.map(toCursor);
  },

  async positions(tx, readers, { first, last }) {
    const { projectionCursors: cursors } = analyticsTables(tx);
    const rows = await tx
      .select()
      .from(cursors)
      .where(and(inArray(cursors.consumer, namesOf(readers)), between(cursors.sessionId, first, last)));
    return rows.map(toCursor);
  },

  async release(tx, readers, sessionId) {
    const { projectionCursors: cursors } = analyticsTables(tx);
    const { rowCount } = await tx
      .update(cursors)
      .set(WELL)
      .where(
        and(
          inArray(cursors.consumer, namesOf(readers)),
          isNotNull(cursors.failedAt),
          sessionId === undefined ? undefined : eq(cursors.sessionId, sessionId),
        ),
      );
    return rowCount ?? 0;
  },

  async rewind(tx, { name, version }, sessionId) {
    const { projectionCursors: cursors } = analyticsTables(tx);
    const { rowCount } = await tx
      .update(cursors)
      .set({ projectionVersion: 0, ...WELL })
      .where(
        and(
          eq(cursors.consumer, name),
          // What an interrupted rebuild left at 0 is due already, and what a newer program reads is its own to rebuild.
          gt(cursors.projectionVersion, 0),
          lt(cursors.projectionVersion, version + 1),
          sessionId === undefined ? undefined : eq(cursors.sessionId, sessionId),
        ),
      );
    return rowCount ?? 0;
  },
};

/**
 * How far a consumer has come in a session; 0 where it has not begun.
 */
export async function cursorOf(tx: TenantTx, consumer: string, sessionId: string): Promise<number> {
  const { projectionCursors: cursors } = analyticsTables(tx);
  const [cursor] = await tx
    .select({ sequence: cursors.sequence })
    .from(cursors)
    .where(and(eq(cursors.consumer, consumer), eq(cursors.sessionId, sessionId)));
  return cursor?.sequence ?? 0;
}

const namesOf = (readers: readonly Reader[]): string[] => readers.map(({ name }) => name);

function toCursor({ consumer, sessionId, sequence, projectionVersion, ...row }: Row): Cursor {
  return { consumer, sessionId, sequence, version: projectionVersion, failure: failureOf(row) };
}

function failureOf({
  failedAt,
  errorCode,
  errorText,
  attempts,
  retryAt,
}: Pick<Row, keyof typeof WELL>): Failure | null {
  if (failedAt === null || errorCode === null) return null;
  return { at: failedAt, code: errorCode, text: errorText ?? '', attempts, retryAt };
}
