/**
 * The attack on isolation with a row of both tenants in every table, at the shared tier: how many attempts there are, what
 * came of them, and how long they take. docs/reference/isolation.md shows the last recorded run.
 */
import { attackPlace, groups, openField, Tally } from '../src/kernel/isolation/index.ts';
import { redisStatus } from '../src/kernel/stack/index.ts';
import { fillPlace } from '../test/isolation/filled-field.ts';
import { withBenchDatabase } from './bench-database.ts';
import { benchmarkOptions, report } from './report.ts';

const options = benchmarkOptions();

await withBenchDatabase('bench_isolation', 2, async ({ admin, adminUrl, appUrl }) => {
  const environment = { REDIS_URL: redisStatus().url };
  const { place, ...tenants } = await fillPlace({ adminUrl, appUrl, environment }, admin);
  const field = await openField(place, tenants);
  const tally = new Tally();
  const begunAt = performance.now();
  try {
    await attackPlace(field, groups, tally);
  } finally {
    await field.close();
  }
  const seconds = (performance.now() - begunAt) / 1_000;
  report('isolation-attack', options, {
    title: 'The attack on isolation',
    about: `Every attempt that \`pnpm dmz isolation attack\` makes at the shared tier, with a row of both tenants in each of ${field.targets.length} tables. What is tried is in [isolation.md](isolation.md).`,
    command: 'pnpm bench:isolation --record',
    columns: ['group', 'tried', 'refused', 'empty', 'got through', 'known', 'not tried', 'ms'],
    rows: tally.groups.map(({ group, tried, refused, empty, through, known, untried, ms }) => [
      ...[group, tried, refused, empty, through, known, untried, Math.round(ms)],
    ]),
    reading: [
      `${tally.tried} attempts in ${seconds.toFixed(0)} s, ${((seconds * 1_000) / tally.tried).toFixed(1)} ms each; ${tally.findings.length} findings.`,
      ...new Set(tally.findings.map(({ rule }) => `Found: ${rule}.`)),
    ],
  });
});
