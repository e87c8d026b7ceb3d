/**
 * What it costs to hold each value to its column, where many rows are written by one statement. The same rows with and
 * without it, in turns, each in a transaction that is rolled back, so that every turn finds the table as the first one did.
 */
import { v7 as uuidv7 } from 'uuid';
import { queryIn } from '../src/kernel/tenancy/connection.ts';
import { insertRows, type TenantTx } from '../src/kernel/tenancy/index.ts';
import { integrationTables } from '../src/modules/integration/schema.ts';
import { type BenchDatabase, withBenchDatabase } from './bench-database.ts';
import { benchmarkOptions, median, report } from './report.ts';

const options = benchmarkOptions();
const TENANT = 'consumers';
const ROWS = 10_000;
const TURNS = options.rounds * 4;

/** As the consumer that fills the outbox makes them: ids, short texts, and a payload of some fields. */
const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    id: uuidv7(),
    topic: 'webhook' as const,
    eventType: 'game.day.ended',
    version: 1,
    orderingKey: uuidv7(),
    deduplicationKey: `bench:${at}`,
    payload: { sessionId: uuidv7(), day: at % 30, funds: 1_000 + at, reputation: 0.5, closed: ['a', 'b'] },
  }));

type Rows = ReturnType<typeof rowsOf>;

/** The statement of `insertRows`, and nothing in front of it. */
const UNHELD = `INSERT INTO integration.outbox
  (tenant_id, id, topic, event_type, version, ordering_key, deduplication_key, payload)
  SELECT $2::uuid, "id", "topic", "eventType", "version", "orderingKey", "deduplicationKey", "payload"
    FROM jsonb_to_recordset($1::jsonb) AS given("id" uuid, "topic" text, "eventType" text, "version" integer,
      "orderingKey" uuid, "deduplicationKey" text, "payload" jsonb)`;

const WAYS: readonly ((tx: TenantTx, rows: Rows) => Promise<unknown>)[] = [
  (tx, rows) => queryIn(tx, UNHELD, [JSON.stringify(rows), tx.tenantId]),
  (tx, rows) => insertRows(tx, integrationTables(tx).outbox, rows),
];

const ROLL_BACK = new Error('a turn is over');

/** @returns milliseconds of the statement, with all that is done in front of it */
async function insertMs({ platform }: BenchDatabase, way: (typeof WAYS)[number]): Promise<number> {
  const rows = rowsOf(ROWS);
  let ms = 0;
  const work = platform.tenancy.run(TENANT, async (tx) => {
    const begun = performance.now();
    await way(tx, rows);
    ms = performance.now() - begun;
    throw ROLL_BACK;
  });
  await work.catch((error: unknown) => {
    if (error !== ROLL_BACK) throw error;
  });
  return ms;
}

await withBenchDatabase('bench_many_rows', 2, async (database) => {
  const times: [number[], number[]] = [[], []];
  for (let turn = -1; turn < TURNS; turn += 1)
    for (const [side, way] of WAYS.entries()) {
      const ms = await insertMs(database, way);
      if (turn >= 0) times[side]?.push(ms);
    }
  const [without, held] = [median(times[0]), median(times[1])];
  report('many-rows', options, {
    title: 'Holding values to their columns',
    about: `Milliseconds for ${ROWS.toLocaleString('en')} rows of seven columns by one statement, into the outbox with its keys and row security: as \`insertRows\` writes them, each value held to what its column keeps, and by the same statement without that. Turns of one run, rolled back.`,
    command: 'pnpm bench:many-rows --record',
    columns: ['', 'without, ms', 'held, ms', 'ratio'],
    rows: [
      [`${ROWS.toLocaleString('en')} rows`, without.toFixed(0), held.toFixed(0), (held / without).toFixed(2)],
    ],
    reading: ['A value takes less than a microsecond to be looked at, most of it what JSON there is.'],
  });
});
