/**
 * Multiplies the history of the demonstration tenants for load tests, by COPY, with every trigger, check and foreign key
 * in force. Each batch of people is one transaction: a run that was stopped goes on behind the last one, and a run at a
 * scale that has been reached adds nothing.
 *
 * Games are left out: their events are a chain of hashes under a head of each session, made by playing (`simulate`).
 */
import {
  type CopiedValue,
  connectAsAdministrator,
  copyRows,
  exclusively,
  translateDatabaseError,
} from '../kernel/db/index.ts';
import { analyticsTables, EVENT_MONTHS } from './analytics-tables.ts';
import { economyTables } from './economy-tables.ts';
import { scaleErrors } from './errors.ts';
import { type Administrator, type KnownRows, readKnownRows } from './known-rows.ts';
import { peopleTables } from './people-tables.ts';
import { phishingTables } from './phishing-tables.ts';
import { EMAIL_PREFIX, type ScaledTable, scaledPerson } from './scaled-table.ts';
import { trainingTables } from './training-tables.ts';

/** Two programs that are started at once multiply one after the other. */
const SCALE_LOCK = 0x646d7a03;
/** Some 90,000 rows a transaction: a second of work to lose, and a COMMIT costs nothing beside it. */
const PEOPLE_OF_BATCH = 2_000;

/** In the order of their references. */
export const SCALED_TABLES: readonly ScaledTable[] = [
  ...peopleTables,
  ...trainingTables,
  ...phishingTables,
  ...economyTables,
  ...analyticsTables,
];

export interface DemonstrationSize {
  readonly slug: string;
  /** How many people `db seed` gives it. */
  readonly people: number;
}

export interface ScaleReport {
  readonly rows: number;
  readonly seconds: number;
  readonly tenants: readonly { readonly slug: string; readonly people: number; readonly rows: number }[];
}

interface Resident extends DemonstrationSize {
  readonly id: string;
  readonly schema: string | null;
  readonly done: number;
}

/**
 * Gives each tenant `scale` times the people that it was seeded with, each with a history, beside those it has.
 *
 * @param onProgress  told the people done and the people to do, over all tenants
 * @throws SEED_SCALE_SMALLER, SEED_SCALE_PLACEMENT
 */
export async function scaleHistory(
  adminUrl: string,
  sizes: readonly DemonstrationSize[],
  scale: number,
  onProgress: (done: number, all: number, rows: number) => void,
): Promise<ScaleReport> {
  return exclusively(adminUrl, SCALE_LOCK, async (admin) => {
    const residents = [];
    for (const size of sizes) residents.push(await findResident(admin, size, scale));
    await makePartitions(admin);
    const all = residents.reduce((sum, { people, done }) => sum + people * scale - done, 0);
    const startedAt = performance.now();
    let people = 0;
    let rows = 0;
    const count = (morePeople: number, moreRows: number) => {
      people += morePeople;
      rows += moreRows;
      onProgress(people, all, rows);
    };
    // One connection a tenant: a server works on several while this process writes their rows.
    const tenants = await allSettledOrThrow(
      residents.map((resident) => scaleTenant(adminUrl, resident, resident.people * scale, count)),
    );
    return { rows, seconds: (performance.now() - startedAt) / 1_000, tenants };
  });
}

async function findResident(admin: Administrator, size: DemonstrationSize, scale: number): Promise<Resident> {
  const { rows } = await admin.query<{ id: string; schema: string | null; done: number }>(
    `SELECT place.id, place.schema,
       (SELECT count(*)::int FROM auth.users WHERE tenant_id = place.id AND email LIKE $2 || '%') AS done
     FROM dmz.locate_tenant($1) AS place`,
    [size.slug, EMAIL_PREFIX],
  );
  const [place] = rows;
  if (!place || place.schema !== null) throw scaleErrors.SEED_SCALE_PLACEMENT({ found: size.slug });
  if (place.done > size.people * scale) {
    throw scaleErrors.SEED_SCALE_SMALLER({
      found: `${size.slug} at scale ${place.done / size.people}`,
      expected: `at most ${scale}`,
    });
  }
  return { ...size, ...place };
}

/** The default partition of a log stays empty, so the months of the events get theirs. */
async function makePartitions(admin: Administrator): Promise<void> {
  await admin.query('BEGIN');
  await admin.query('SET LOCAL ROLE dmz_owner');
  await admin.query(
    `SELECT dmz.ensure_partition('analytics.events', month) FROM unnest($1::date[]) AS month`,
    [EVENT_MONTHS],
  );
  await admin.query('COMMIT');
}

async function scaleTenant(
  adminUrl: string,
  { id, slug, done }: Resident,
  wanted: number,
  count: (people: number, rows: number) => void,
) {
  const admin = await connectAsAdministrator(adminUrl);
  try {
    const known = await readKnownRows(admin, id);
    let rows = 0;
    for (let from = done; from < wanted; from += PEOPLE_OF_BATCH) {
      const to = Math.min(from + PEOPLE_OF_BATCH, wanted);
      await admin.query('BEGIN');
      // Triggers that work as the owner are under row-level security, and the tenant may not move meanwhile.
      await admin.query('SELECT dmz.enter_tenant($1)', [id]);
      const added = await copyPeople(admin, { id, slug, from, to, known }, (name) => name);
      await admin.query('COMMIT');
      rows += added;
      count(to - from, added);
    }
    return { slug, people: wanted - done, rows };
  } catch (error) {
    throw translateDatabaseError(error);
  } finally {
    await admin.end();
  }
}

export interface Batch {
  readonly id: string;
  readonly slug: string;
  readonly known: KnownRows;
  /** Numbers of people: from the first one up to, but without, the last one. */
  readonly from: number;
  readonly to: number;
}

/**
 * Writes everything about some people, table by table, in the caller's transaction.
 *
 * @param targetOf  where the rows of a table go
 * @returns how many rows that were
 */
export async function copyPeople(
  admin: Administrator,
  { id, slug, known, from, to }: Batch,
  targetOf: (table: string) => string,
): Promise<number> {
  let written = 0;
  function* rowsOf(table: ScaledTable): Generator<readonly CopiedValue[]> {
    for (let number = from; number < to; number++) {
      for (const row of table.rowsOf(scaledPerson(id, slug, number), known)) {
        written++;
        yield [id, ...row];
      }
    }
  }
  for (const table of SCALED_TABLES) {
    await copyRows(admin, targetOf(table.name), ['tenant_id', ...table.columns], rowsOf(table));
  }
  return written;
}

/** Lets every tenant come to an end before the first failure is reported, so that no connection is left at work. */
async function allSettledOrThrow<Value>(runs: readonly Promise<Value>[]): Promise<Value[]> {
  await Promise.allSettled(runs);
  return Promise.all(runs);
}
