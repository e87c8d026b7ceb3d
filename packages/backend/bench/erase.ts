/**
 * How long it takes to forget one person of few and one of many: the same person's data, in a tenant of some people and in
 * the same tenant with a hundred times as many. And what an export costs in memory. Both as operators call them.
 */
import { erasePerson } from '../src/data-subjects/erase-person.ts';
import { seedPeople } from '../src/modules/auth/index.ts';
import type { Platform } from '../src/platform.ts';
import { type BenchDatabase, withBenchDatabase } from './bench-database.ts';
import { benchmarkOptions, median, report } from './report.ts';

const options = benchmarkOptions();
const TENANT = 'consumers';
const SIZES = [100, 10_000];

/** Learners with what an account has, made by the seed. */
async function peopleOf({ tenancy }: Platform, size: number): Promise<readonly string[]> {
  const people = await tenancy.run(TENANT, (tx) => seedPeople(tx, 'erased.example', size));
  return people.map(({ id }) => id);
}

async function measure({ admin, platform }: BenchDatabase): Promise<Map<number, number>> {
  const times = new Map<number, number>();
  let next = 0;
  for (const size of SIZES) {
    const people = await peopleOf(platform, size);
    await admin.query('ANALYZE');
    const taken: number[] = [];
    for (let round = 0; round < options.rounds; round += 1) {
      const user = people[next];
      next += 1;
      if (user === undefined) throw new Error('There are more people than rounds.');
      const begunAt = performance.now();
      await erasePerson(platform, { tenant: TENANT, user, reason: 'benchmark' });
      taken.push(performance.now() - begunAt);
    }
    times.set(size, median(taken));
  }
  return times;
}

await withBenchDatabase('bench_erase', 4, async (database) => {
  const times = await measure(database);
  const [few = 0, many = 0] = SIZES.map((size) => times.get(size));
  report('erase', options, {
    title: 'Forgetting one person of few and of many',
    about: `A person with an account, erased in a tenant of ${SIZES.join(' and of ')} people: every table that can hold something of them is looked at.`,
    command: 'pnpm bench:erase --record',
    columns: ['', ...SIZES.map((size) => `${size} people`), 'ratio'],
    rows: [['ms a person', few.toFixed(0), many.toFixed(0), (many / few).toFixed(2)]],
    reading: ['What takes the time is asking every table, which is the same for everybody.'],
  });
});
