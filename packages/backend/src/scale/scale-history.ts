/**
 * Multiplies the history of the demonstration tenants for load tests, by COPY, with every trigger, check and foreign key
 * in force. Each batch of people is one transaction: a run that was stopped goes on behind the last one, and a run at a
 * scale that has been reached adds nothing.
 *
 * Not multiplied are what a tenant has once (roles, wordings, lures, locations, wallets of the system) and reference
 * data. Heads of sessions and balances of wallets follow from other rows, by triggers.
 */
import { connectAsAdministrator, exclusively, translateDatabaseError } from '../kernel/db/index.ts';
import { MAIN_INSTANCE } from '../kernel/instances/index.ts';
import type { Platform } from '../platform.ts';
import { EVENT_MONTHS } from './analytics-tables.ts';
import { type Original, readOriginal, writePeople } from './batch.ts';
import { inTransaction, makePartitions, RowCounts, SCALE_LOCK } from './batch-transaction.ts';
import { scaleErrors } from './errors.ts';
import { playPatterns, SHORT_GAMES } from './game-patterns.ts';
import type { Administrator } from './known-rows.ts';
import { EMAIL_PREFIX } from './scaled-table.ts';

/** Some 200,000 rows a transaction: a few seconds of work to lose, and a COMMIT costs nothing beside it. */
export const PEOPLE_OF_BATCH = 2_000;

export interface DemonstrationSize {
  readonly slug: string;
  /** How many people `db seed` gives it. */
  readonly people: number;
}

export interface ScaleReport {
  readonly rows: number;
  readonly seconds: number;
  readonly tenants: readonly { readonly slug: string; readonly people: number; readonly rows: number }[];
  /** Rows added, by table. */
  readonly tables: Readonly<Record<string, number>>;
}

interface Resident extends DemonstrationSize {
  readonly id: string;
  readonly done: number;
}

/** What multiplying needs: the services to play patterns with, and an administrator's URL to copy with. */
export interface Workshop {
  readonly platform: Platform;
  readonly adminUrl: string;
}

/**
 * Gives each tenant `scale` times the people that it was seeded with, each with a history, beside those it has.
 *
 * @param onProgress  told the people done and the people to do, over all tenants, and the rows so far
 * @throws SEED_SCALE_SMALLER, SEED_SCALE_PLACEMENT, PARTITION_LOCK_TIMEOUT
 */
export async function scaleHistory(
  { platform, adminUrl }: Workshop,
  sizes: readonly DemonstrationSize[],
  scale: number,
  onProgress: (done: number, all: number, rows: number) => void,
): Promise<ScaleReport> {
  return exclusively(adminUrl, SCALE_LOCK, async (admin) => {
    const startedAt = performance.now();
    const residents: Resident[] = [];
    for (const size of sizes) residents.push(await findResident(admin, size, scale));
    const counts = new RowCounts();
    const all = residents.reduce((sum, { people, done }) => sum + people * scale - done, 0);
    let done = 0;
    const count = (people: number) => {
      done += people;
      onProgress(done, all, counts.total);
    };
    await makePartitions(adminUrl, EVENT_MONTHS);
    // One connection a tenant: a server works on several while this process writes their rows.
    const tenants = await allSettledOrThrow(
      residents.map((resident) => scaleTenant({ platform, adminUrl }, resident, scale, { counts, count })),
    );
    const seconds = (performance.now() - startedAt) / 1_000;
    return { rows: counts.total, seconds, tenants, tables: counts.byTable() };
  });
}

async function findResident(admin: Administrator, size: DemonstrationSize, scale: number): Promise<Resident> {
  const { rows } = await admin.query<{ id: string; schema: string | null; instance: string; done: number }>(
    `SELECT place.id, place.schema, place.instance,
       (SELECT count(*)::int FROM auth.users WHERE tenant_id = place.id AND email LIKE $2 || '%') AS done
     FROM dmz.locate_tenant($1) AS place`,
    [size.slug, EMAIL_PREFIX],
  );
  const [place] = rows;
  if (!place || place.schema !== null || place.instance !== MAIN_INSTANCE)
    throw scaleErrors.SEED_SCALE_PLACEMENT({ found: size.slug });
  if (place.done > size.people * scale) {
    throw scaleErrors.SEED_SCALE_SMALLER({
      found: `${size.slug} at scale ${place.done / size.people}`,
      expected: `--scale ${Math.ceil(place.done / size.people)} or more`,
    });
  }
  return { ...size, ...place };
}

interface Counting {
  readonly counts: RowCounts;
  readonly count: (people: number) => void;
}

async function scaleTenant(
  { platform, adminUrl }: Workshop,
  { id, slug, people, done }: Resident,
  scale: number,
  { counts, count }: Counting,
) {
  const wanted = people * scale;
  if (done === wanted) return { slug, people: 0, rows: 0 };
  const patterns = await playPatterns(platform, slug, SHORT_GAMES);
  const admin = await connectAsAdministrator(adminUrl);
  try {
    const original: Original = await readOriginal(admin, { tenantId: id, slug, people }, patterns);
    const own = new RowCounts();
    for (let from = done; from < wanted; from += PEOPLE_OF_BATCH) {
      const to = Math.min(from + PEOPLE_OF_BATCH, wanted);
      const added = await inTransaction(admin, id, (write) => writePeople(write, original, from, to));
      own.add(added);
      counts.add(added);
      count(to - from);
    }
    return { slug, people: wanted - done, rows: own.total };
  } catch (error) {
    throw translateDatabaseError(error);
  } finally {
    await admin.end();
  }
}

/** Lets every tenant come to an end before the first failure is reported, so that no connection is left at work. */
async function allSettledOrThrow<Value>(runs: readonly Promise<Value>[]): Promise<Value[]> {
  await Promise.allSettled(runs);
  return Promise.all(runs);
}
