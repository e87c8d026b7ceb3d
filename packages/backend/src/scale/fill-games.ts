/**
 * Fills one tenant's event store with whole shifts, some 430 events each, for benchmarks: by COPY, over several
 * connections, with every trigger in force. Each batch is one transaction; a run that was stopped, or that asks for more
 * than the last one, adds what is missing.
 */
import { connectAsAdministrator, exclusively, translateDatabaseError } from '../kernel/db/index.ts';
import { MAIN_INSTANCE } from '../kernel/instances/index.ts';
import { EVENT_MONTHS } from './analytics-tables.ts';
import { inTransaction, makePartitions, RowCounts, SCALE_LOCK } from './batch-transaction.ts';
import { scaleErrors } from './errors.ts';
import { type GameStencil, idsOfSeries, NUMBER_OF_GAME, readGame, writeGames } from './game-copies.ts';
import { playPatterns, WHOLE_SHIFTS } from './game-patterns.ts';
import type { Administrator } from './known-rows.ts';
import type { Workshop } from './scale-history.ts';

const SERIES = 'filled games';
/** Some 43,000 events a transaction. */
const GAMES_OF_BATCH = 100;
/** PostgreSQL stores one batch while the next is rendered. */
const CONNECTIONS = 2;

export interface FillRequest {
  /** Slug of the tenant, which has been seeded. */
  readonly tenant: string;
  /** How many games there are to be in the end. */
  readonly games: number;
  /** Whether read models and audit entries are copied too. A store without them has a half of the rows. */
  readonly derived: boolean;
  /** Told the games done and the games to do, and the rows so far. */
  readonly onProgress: (done: number, all: number, rows: number) => void;
}

export interface FillReport {
  /** How many games were added. */
  readonly games: number;
  readonly rows: number;
  readonly seconds: number;
  /** Rows added, by table. */
  readonly tables: Readonly<Record<string, number>>;
}

interface Filling extends FillRequest {
  readonly tenantId: string;
  readonly playerId: string;
  readonly patterns: readonly GameStencil[];
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** @throws SEED_SCALE_PLACEMENT, GAME_PLAYER_UNKNOWN, PARTITION_LOCK_TIMEOUT */
export async function fillGames({ platform, adminUrl }: Workshop, request: FillRequest): Promise<FillReport> {
  return exclusively(adminUrl, SCALE_LOCK, async (admin) => {
    const startedAt = performance.now();
    const { rows } = await admin.query<{ id: string; schema: string | null; instance: string }>(
      'SELECT id, schema, instance FROM dmz.locate_tenant($1)',
      [request.tenant],
    );
    const [place] = rows;
    if (!place || place.schema !== null || place.instance !== MAIN_INSTANCE)
      throw scaleErrors.SEED_SCALE_PLACEMENT({ found: request.tenant });
    const played = await playPatterns(platform, request.tenant, WHOLE_SHIFTS);
    await makePartitions(adminUrl, EVENT_MONTHS);
    const patterns = [];
    for (const each of played) patterns.push(await readGame(admin, place.id, each, request.derived));
    const playerId = played[0]?.playerId ?? '';
    const missing = await missingStretches(admin, place.id, request.games);
    const counts = await fill(adminUrl, missing, { ...request, tenantId: place.id, playerId, patterns });
    return {
      games: gamesIn(missing),
      rows: counts.total,
      seconds: (performance.now() - startedAt) / 1_000,
      tables: counts.byTable(),
    };
  });
}

const gamesIn = (stretches: readonly Stretch[]) =>
  stretches.reduce((sum, { from, to }) => sum + to - from, 0);

/** Batches that are there in part, from a run that asked for fewer games, or not at all. */
async function missingStretches(admin: Administrator, tenantId: string, games: number): Promise<Stretch[]> {
  const { rows } = await admin.query<{ batch: number; done: number }>(
    `SELECT (${NUMBER_OF_GAME} / ${GAMES_OF_BATCH})::int AS batch, count(*)::int AS done
     FROM game.sessions WHERE tenant_id = $1 AND id BETWEEN $2 AND $3 GROUP BY 1`,
    [tenantId, ...idsOfSeries(SERIES, tenantId)],
  );
  const doneOf = new Map(rows.map(({ batch, done }) => [batch, done]));
  const stretches = [];
  for (let start = 0; start < games; start += GAMES_OF_BATCH) {
    const from = start + (doneOf.get(start / GAMES_OF_BATCH) ?? 0);
    const to = Math.min(start + GAMES_OF_BATCH, games);
    if (from < to) stretches.push({ from, to });
  }
  return stretches;
}

async function fill(adminUrl: string, missing: readonly Stretch[], filling: Filling): Promise<RowCounts> {
  const counts = new RowCounts();
  const waiting = [...missing];
  const all = gamesIn(missing);
  let done = 0;
  const work = async () => {
    const admin = await connectAsAdministrator(adminUrl);
    try {
      for (let stretch = waiting.shift(); stretch; stretch = waiting.shift()) {
        const games = gamesOf(filling, stretch);
        counts.add(await inTransaction(admin, filling.tenantId, (write) => writeGames(write, games)));
        done += games.length;
        filling.onProgress(done, all, counts.total);
      }
    } catch (error) {
      // The other connections finish the batch that they are at, and begin no other.
      waiting.length = 0;
      throw translateDatabaseError(error);
    } finally {
      await admin.end();
    }
  };
  const workers = Array.from({ length: CONNECTIONS }, work);
  await Promise.allSettled(workers);
  await Promise.all(workers);
  return counts;
}

function gamesOf({ tenantId, playerId, patterns }: Filling, { from, to }: Stretch) {
  const games = [];
  for (let number = from; number < to; number++) {
    const pattern = patterns[number % patterns.length];
    if (pattern) games.push({ pattern, copy: { series: SERIES, number, tenantId, playerId } });
  }
  return games;
}
