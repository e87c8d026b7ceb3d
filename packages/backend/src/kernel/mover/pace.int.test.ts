/** How hard a move works while others do. That nobody is there cannot be had here: tests share their server. */
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { Pace, type PaceOptions } from './pace.ts';

const NOBODY = '00000000-0000-7000-8000-000000000000';

describe('the pace of a move while other tenants are at work', () => {
  const db = useDatabase();
  beforeEach(() => db.platform.tenancy.run('small-company', async () => {}));

  async function withPace<Result>(
    options: Partial<PaceOptions>,
    work: (pace: Pace) => Promise<Result>,
  ): Promise<Result> {
    const pace = await Pace.open({
      tenantId: NOBODY,
      adminUrls: [db.adminUrl],
      name: 'dmz-test',
      ...options,
    });
    try {
      return await work(pace);
    } finally {
      await pace.close();
    }
  }

  it('does one short slice at a time, and rests for longer than it has worked', async () => {
    await withPace({ restRatio: 3 }, async (pace) => {
      const begunAt = performance.now();
      let atOnce = 0;
      let workedMs = 0;
      const slices = Array.from({ length: 10 }, () =>
        pace.slice(async (ms) => {
          atOnce += 1;
          const from = performance.now();
          await sleep(3);
          workedMs += performance.now() - from;
          expect({ atOnce, isShort: ms < 10 }).toEqual({ atOnce: 1, isShort: true });
          atOnce -= 1;
        }),
      );
      await Promise.all(slices);
      expect(performance.now() - begunAt).toBeGreaterThan(3.5 * workedMs);
    });
  });

  it('goes on after a slice that failed, and tells its failure to whoever asked for it', async () => {
    await withPace({}, async (pace) => {
      const failed = pace.slice(() => Promise.reject(new Error('no')));
      await expect(failed).rejects.toThrow('no');
      expect(await pace.slice(async () => 'yes')).toBe('yes');
    });
  });

  it('rests not at all where it is told so', async () => {
    await withPace({ restRatio: 0 }, async (pace) => {
      let atOnce = 0;
      const most = await Promise.all(
        Array.from({ length: 3 }, () =>
          pace.slice(async () => {
            atOnce += 1;
            await sleep(20);
            return atOnce;
          }),
        ),
      );
      expect(most).toEqual([3, 3, 3]);
    });
  });

  it('lets no more bytes pass in a second than it may', async () => {
    await withPace({ bytesPerSecond: 10_000 }, async (pace) => {
      const begunAt = performance.now();
      for (let turn = 0; turn < 5; turn += 1) await pace.spend(500);
      const tookMs = performance.now() - begunAt;
      // What was spent last need not be waited for.
      expect(tookMs).toBeGreaterThanOrEqual(195);
    });
  });
});
