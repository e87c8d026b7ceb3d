/** What retention takes while its tenant moves is gone at both ends, recorded once, and the move verifies. */
import { describe, expect, it } from 'vitest';
import { tenantSchema } from '../../src/kernel/db/index.ts';
import { type Move, runMove } from '../../src/kernel/mover/index.ts';
import { platformKey } from '../../src/kernel/signing/index.ts';
import { runRetention } from '../../src/retention/run-retention.ts';
import { exportAndVerify, useFolder, writeEntries } from '../harness/audit-log.ts';
import { useDatabase } from '../harness/database.ts';
import { keepForDays } from '../harness/keeping.ts';
import { optionsFor, placeOf, plannedMove } from '../harness/mover.ts';
import { moveIntoPast } from '../harness/past.ts';
import { playedGame } from '../harness/play.ts';

const TENANT = 'mid-company';
const THREE_YEARS_MS = 3 * 366 * 86_400_000;

describe('retention of a tenant that moves', { timeout: 120_000 }, () => {
  const db = useDatabase();
  const folder = useFolder();

  it('goes on where the tenant is, and takes every row that was due, once', async () => {
    const admin = await db.connectAsAdmin();
    const { id: tenantId } = await db.platform.tenancy.locate(TENANT);
    await keepForDays(admin, tenantId, 400);
    const past = db.open({ clock: { now: () => new Date(Date.now() - THREE_YEARS_MS) } });
    await writeEntries(past, TENANT, 5);
    for (const seed of [7, 8]) await playedGame(db.platform, TENANT, { days: 1, seed });
    await moveIntoPast(admin, tenantId, '3 years');
    const shop = { tenancy: db.platform.tenancy, controlUrl: db.adminUrl, key: platformKey() };
    const retain = (rehearsal: boolean) => runRetention(shop, TENANT, { rehearsal, cause: 'schedule' });
    const gone = ({ tables }: Awaited<ReturnType<typeof retain>>) =>
      Object.fromEntries(tables.map(({ table, purged }) => [table, purged]));
    const rehearsed = gone(await retain(true));
    expect(rehearsed).toMatchObject({ 'game.sessions': 2, 'admin.audit_log': 5 });

    const schema = tenantSchema(TENANT);
    const move = await plannedMove(db, TENANT, placeOf('schema', 'main', schema));
    let ended: Promise<Awaited<ReturnType<typeof retain>>> | undefined;
    const onStep = ({ step }: Move) => {
      if (step === 'copying' || step === 'copied') ended ??= retain(false);
    };
    expect(await runMove(optionsFor(db, { onStep }), move.id)).toMatchObject({ step: 'completed' });
    ended ??= retain(false);
    expect(gone(await ended)).toEqual(rehearsed);
    expect((await retain(false)).runId).toBeNull();
    const { rows } = await admin.query(
      `SELECT (SELECT count(*)::int FROM ${schema}.game_sessions) AS sessions,
         (SELECT count(*)::int FROM ${schema}.game_events) AS events,
         (SELECT count(DISTINCT run_id)::int FROM ${schema}.governance_retention_runs WHERE cause = 'schedule' AND table_name = 'game.sessions') AS runs`,
    );
    expect(rows).toEqual([{ sessions: 0, events: 0, runs: 1 }]);
    expect(await exportAndVerify(db.platform, TENANT, folder)).toEqual([]);
  });
});
