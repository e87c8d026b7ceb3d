/** Everything about some of the multiplied people of one tenant, table by table: what they have, did, and played. */
import { copyLine } from '../kernel/db/index.ts';
import { analyticsTables } from './analytics-tables.ts';
import { economyTables } from './economy-tables.ts';
import { GAME_TABLES, type GameStencil, readGame, writeGames } from './game-copies.ts';
import type { PlayedPattern } from './game-patterns.ts';
import { type Administrator, type KnownRows, readKnownRows } from './known-rows.ts';
import { notificationTables } from './notification-tables.ts';
import { peopleTables } from './people-tables.ts';
import { phishingTables } from './phishing-tables.ts';
import { type ScaledTable, scaledPerson, type TableWriter } from './scaled-table.ts';
import { type Round, readStructure, roundOf, STRUCTURE_TABLES, writeRounds } from './structure.ts';
import { trainingTables } from './training-tables.ts';

/** In the order of their references. */
const TABLES_OF_PEOPLE: readonly ScaledTable[] = [
  ...peopleTables,
  ...trainingTables,
  ...phishingTables,
  ...economyTables,
  ...notificationTables,
  ...analyticsTables,
];

/** Every table that is multiplied, in the order in which a batch writes them. */
export const SCALED_TABLES: readonly string[] = [
  ...STRUCTURE_TABLES.map(({ name }) => name),
  ...TABLES_OF_PEOPLE.map(({ name }) => name),
  ...GAME_TABLES,
];

/** One person in so many has played a game. */
const PLAYS_ONE_IN = 4;
const SERIES = 'games of people';

/** What a tenant's multiplied rows are made from. */
export interface Original {
  readonly tenantId: string;
  readonly slug: string;
  /** How many people a round has: as many as the seed made. */
  readonly people: number;
  readonly known: KnownRows;
  readonly structure: Awaited<ReturnType<typeof readStructure>>;
  readonly games: readonly GameStencil[];
}

export async function readOriginal(
  admin: Administrator,
  tenant: Pick<Original, 'tenantId' | 'slug' | 'people'>,
  patterns: readonly PlayedPattern[],
): Promise<Original> {
  const { tenantId } = tenant;
  const games = [];
  for (const pattern of patterns) games.push(await readGame(admin, tenantId, pattern, true));
  return {
    ...tenant,
    known: await readKnownRows(admin, tenantId),
    structure: await readStructure(admin, tenantId),
    games,
  };
}

/** Writes the people from one number up to, but without, another. */
export async function writePeople(
  write: TableWriter,
  original: Original,
  from: number,
  to: number,
): Promise<void> {
  const { tenantId, slug, people, known, structure } = original;
  const rounds = new Map<number, Round>();
  for (let round = Math.floor(from / people); round * people < to; round++)
    rounds.set(round, roundOf(structure, tenantId, known, round));
  const begun = [...rounds].filter(([round]) => round * people >= from).map(([, each]) => each);
  await writeRounds(write, structure, begun);
  const knownOf = ({ number }: { number: number }) => rounds.get(Math.floor(number / people))?.known ?? known;
  for (const table of TABLES_OF_PEOPLE) {
    let rows = 0;
    const lines = function* () {
      for (let number = from; number < to; number++) {
        const person = scaledPerson(tenantId, slug, number);
        for (const row of table.rowsOf(person, knownOf(person))) {
          rows++;
          yield copyLine([tenantId, ...row]);
        }
      }
    };
    await write(table.name, ['tenant_id', ...table.columns], lines(), () => rows);
  }
  await writeGames(write, gamesOf(original, from, to));
}

function gamesOf({ tenantId, slug, games }: Original, from: number, to: number) {
  const played = [];
  for (let number = Math.ceil(from / PLAYS_ONE_IN); number * PLAYS_ONE_IN < to; number++) {
    const pattern = games[number % games.length];
    const playerId = scaledPerson(tenantId, slug, number * PLAYS_ONE_IN).id('auth.users');
    if (pattern) played.push({ pattern, copy: { series: SERIES, number, tenantId, playerId } });
  }
  return played;
}
