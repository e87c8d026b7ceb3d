/** Jobs are rows of the tenant's, so they move as its others do; word of them that is still in Redis does no harm. */
import { describe, expect, it } from 'vitest';
import { tenantSchema } from '../../src/kernel/db/index.ts';
import { runMove } from '../../src/kernel/mover/index.ts';
import { listJobs } from '../../src/modules/integration/index.ts';
import { useDatabase } from '../harness/database.ts';
import { recordOnce, statesOf, until, useJobPrograms } from '../harness/jobs.ts';
import { optionsFor, placeOf, plannedMove } from '../harness/mover.ts';
import { redisOfFile, withRedis } from '../harness/redis.ts';

const TENANT = 'small-company';

describe('the jobs of a tenant that moves', { timeout: 60_000 }, () => {
  const db = useDatabase();
  const programs = useJobPrograms(db);

  it('wait for it at its new place, and run there once', async () => {
    const redisUrl = redisOfFile();
    const handle = recordOnce(() => db.platform);
    const program = await programs.open({ redisUrl, handle });
    const ids = await Promise.all(['a', 'b', 'c'].map((mark) => program.enqueue(TENANT, mark)));
    await until(() => withRedis(redisUrl, async (redis) => (await redis.keys('*:wait')).length > 0));
    const move = await plannedMove(db, TENANT, placeOf('schema', 'main', tenantSchema(TENANT)));
    expect(await runMove(optionsFor(db), move.id)).toMatchObject({ step: 'completed' });
    program.start(TENANT);
    const done = Object.fromEntries(ids.map((id) => [id, 'done']));
    await expect.poll(() => statesOf(program, TENANT), { timeout: 20_000 }).toEqual(done);
    await program.queues.stop();
    const jobs = await program.platform.tenancy.run(TENANT, (tx) => listJobs(tx, {}, 10));
    expect(jobs.map(({ attempts }) => attempts)).toEqual([1, 1, 1]);
    const admin = await db.connectAsAdmin();
    const { rows } = await admin.query(
      `SELECT subject_id AS id, count(*)::int AS n FROM ${tenantSchema(TENANT)}.admin_audit_log
       WHERE action = 'integration.job.tested' GROUP BY 1`,
    );
    expect(Object.fromEntries(rows.map(({ id, n }) => [id, n]))).toEqual(
      Object.fromEntries(ids.map((id) => [id, 1])),
    );
  });
});
