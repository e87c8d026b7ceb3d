/**
 * Copies played games under new ids, so that each replays identically: the session's seed, actions and payloads stay,
 * every id is another, and the ids of events follow from their actions as they do for a game that is played. Heads are
 * made and advanced by the triggers.
 */
import { demonstrationTime } from '../kernel/demonstration.ts';
import { eventId } from '../modules/game/index.ts';
import { type Block, type CopiedTable, fillBlock, readStencil, type Stencil } from './copied-rows.ts';
import type { PlayedPattern } from './game-patterns.ts';
import type { Administrator } from './known-rows.ts';
import { idOf, type TableWriter } from './scaled-table.ts';

const ofSession = (name: string): CopiedTable => ({ name, where: 'session_id = $2' });
const ofEmails = (name: string): CopiedTable => ({
  name,
  where: 'email_id IN (SELECT id FROM game.emails WHERE tenant_id = $1 AND session_id = $2)',
});

/** The stream, then what is derived from it. */
const STREAM: readonly CopiedTable[] = [
  { name: 'game.sessions', where: 'id = $2' },
  ofSession('game.actions'),
  ofSession('game.events'),
  ofSession('game.snapshots'),
];
const DERIVED: readonly CopiedTable[] = [
  ofSession('game.emails'),
  ofEmails('game.email_headers'),
  ofEmails('game.email_attachments'),
  ofSession('game.email_indicators'),
  ofSession('game.decisions'),
  ofSession('game.worksheets'),
  ofSession('game.verification_packets'),
  ofEmails('game.verification_artifacts'),
  ofSession('game.blacklist_entries'),
  ofSession('game.whitelist_entries'),
  ofSession('game.day_summaries'),
  ofSession('game.threat_assessments'),
  // What follows in other modules is not copied, and will be made by their consumers.
  { name: 'analytics.projection_cursors', where: "session_id = $2 AND consumer LIKE 'game.%'" },
  { name: 'admin.audit_log', where: "subject_type = 'session' AND subject_id = $2" },
];

/** Every table that a copied game has rows in, heads aside. */
export const GAME_TABLES: readonly string[] = [...STREAM, ...DERIVED].map(({ name }) => name);

/** More ids than any game has; a power of two. */
const IDS_OF_GAME = 8_192;
/** How long a bot that played as slowly as people do would take for an action. */
const ACTION_MS = 20_000;
/** A new game begins that much later than the one before it, until the calendar's half-year is over. */
const MINUTES_BETWEEN = 7;
const CALENDAR_MINUTES = 170 * 1_440;

export interface CopiedGame {
  /** Which series of games it is of: games of one series are told apart by their numbers. */
  readonly series: string;
  readonly number: number;
  readonly tenantId: string;
  readonly playerId: string;
}

type Recipe =
  | { readonly from: 'player' }
  | { readonly from: 'number'; readonly row: number }
  | { readonly from: 'time'; readonly after: number }
  | { readonly from: 'action'; readonly actionGap: number; readonly at: number; readonly after: number };

export interface GameStencil {
  readonly stencil: Stencil;
  readonly recipes: readonly Recipe[];
  readonly events: number;
}

/** @param derived  whether read models and audit entries are copied too */
export async function readGame(
  admin: Administrator,
  tenantId: string,
  { sessionId, playerId }: PlayedPattern,
  derived: boolean,
): Promise<GameStencil> {
  const stencil = await readStencil(admin, [tenantId, sessionId], {
    tables: STREAM,
    alsoIds: [playerId],
    times: true,
    ...(derived ? { tables: [...STREAM, ...DERIVED] } : {}),
  });
  return {
    stencil,
    recipes: recipesOf(stencil, playerId),
    events: stencil.originals.get('game.events')?.length ?? 0,
  };
}

/** What each gap is filled with: ids of events follow from those of their actions, all others from the game's number. */
function recipesOf({ gaps, originals }: Stencil, playerId: string): Recipe[] {
  const rowsOf = (table: string) => originals.get(table) ?? [];
  const times = [...new Set(gaps.flatMap((gap) => (gap.kind === 'time' ? [gap.ms] : [])))].sort(
    (a, b) => a - b,
  );
  const afterOf = new Map(times.map((ms, at) => [ms, at * ACTION_MS]));
  const actions = new Map(rowsOf('game.actions').map((action) => [action.id, action]));
  const events = new Map(rowsOf('game.events').map((event) => [event.id, event]));
  const gapOfId = new Map(gaps.flatMap((gap, at) => (gap.kind === 'id' ? [[gap.id, at] as const] : [])));
  return gaps.map((gap, row): Recipe => {
    if (gap.kind === 'time') return { from: 'time', after: afterOf.get(gap.ms) ?? 0 };
    if (gap.kind !== 'id') throw new Error('A game has no names to make distinct.');
    if (gap.id === playerId) return { from: 'player' };
    const event = events.get(gap.id);
    const action = actions.get(event?.action_id ?? null);
    if (!event || !action) return { from: 'number', row };
    return {
      from: 'action',
      actionGap: gapOfId.get(action.id ?? '') ?? 0,
      at: Number(event.sequence) - Number(action.first_sequence),
      after: afterOf.get(Number(action.server_time)) ?? 0,
    };
  });
}

/** Writes games, table by table. */
export async function writeGames(
  write: TableWriter,
  games: readonly { readonly pattern: GameStencil; readonly copy: CopiedGame }[],
): Promise<void> {
  const filled = games.map(({ pattern, copy }) => ({ pattern, values: valuesOf(pattern.recipes, copy) }));
  for (const table of GAME_TABLES) {
    const blockOf = ({ stencil }: GameStencil) => stencil.blocks.find((block) => block.table === table);
    const parts = filled.flatMap(({ pattern, values }) => {
      const block = blockOf(pattern);
      return block ? [{ block, values }] : [];
    });
    const [first] = parts;
    if (!first) continue;
    const rows = parts.reduce((sum, { block }) => sum + block.rows, 0);
    await write(table, first.block.columns, linesOf(parts), () => rows);
  }
}

function* linesOf(parts: readonly { readonly block: Block; readonly values: readonly string[] }[]) {
  for (const { block, values } of parts) yield fillBlock(block, values);
}

function valuesOf(recipes: readonly Recipe[], { series, number, tenantId, playerId }: CopiedGame): string[] {
  const startedAt = demonstrationTime(0, (number * MINUTES_BETWEEN) % CALENDAR_MINUTES).getTime();
  const textOf = (recipe: Recipe): string => {
    switch (recipe.from) {
      case 'player':
        return playerId;
      case 'number':
        return idOf(series, tenantId, number * IDS_OF_GAME + recipe.row);
      case 'time':
        return new Date(startedAt + recipe.after).toISOString();
      case 'action':
        return '';
    }
  };
  const values = recipes.map(textOf);
  recipes.forEach((recipe, at) => {
    if (recipe.from !== 'action') return;
    values[at] = eventId(values[recipe.actionGap] ?? '', new Date(startedAt + recipe.after), recipe.at);
  });
  return values;
}

/** The number of the game of a series that a session's id was made for, in SQL. */
export const NUMBER_OF_GAME = `(('x' || right(id::text, 12))::bit(48)::bigint / ${IDS_OF_GAME})`;

/** The least and the greatest id that rows of a series can have. */
export const idsOfSeries = (series: string, tenantId: string): [string, string] => [
  idOf(series, tenantId, 0),
  idOf(series, tenantId, 2 ** 48 - 1),
];
