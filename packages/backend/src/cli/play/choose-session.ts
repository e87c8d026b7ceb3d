/** Finds the session to play: the one that was named, an open one of the player's, or a new one. */
import { randomInt } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { findPlayer, listPlayers, type Person } from '../../modules/auth/index.ts';
import { gameErrors, listSessions, type SessionSummary } from '../../modules/game/index.ts';
import type { Console } from './console.ts';
import { renderStory } from './desk-screen.ts';
import { type Address, persistently } from './played-session.ts';
import { counted } from './words.ts';

/** What `randomInt` can draw from at most. */
const SEEDS = 2 ** 48 - 1;
const OFFERED = 12;

export interface Wishes {
  readonly player?: string;
  readonly session?: string;
  readonly seed?: number;
  readonly days: number;
  readonly fresh?: boolean;
}

/**
 * @returns the id of the session
 * @throws GAME_PLAYER_UNKNOWN, PlayerLeft
 */
export async function chooseSession(screen: Console, address: Address, wishes: Wishes): Promise<string> {
  if (wishes.session) return wishes.session;
  const player = await findPerson(address, wishes.player);
  const open = await openSessions(address, player);
  const chosen =
    open.length === 0
      ? null
      : await screen.choose('Which game?', [...open.map(describe), { value: null, label: 'A new game' }]);
  if (chosen !== null) return chosen;
  screen.page(renderStory(screen.look));
  await screen.pause('Begin');
  return startSession(address, player, wishes);
}

async function findPerson(
  { platform, tenant, waiting }: Address,
  email: string | undefined,
): Promise<Person> {
  const player = await persistently(waiting, (onRetry) =>
    platform.tenancy.run(
      tenant,
      async (tx) => (email === undefined ? (await listPlayers(tx, 1))[0] : findPlayer(tx, email)),
      { idempotent: true, onRetry },
    ),
  );
  if (player) return player;
  throw gameErrors.GAME_PLAYER_UNKNOWN({
    found:
      email === undefined
        ? `no active person in tenant ${tenant}`
        : `nobody of that address in tenant ${tenant}`,
  });
}

function openSessions({ platform, tenant, waiting }: Address, { id }: Person): Promise<SessionSummary[]> {
  return persistently(waiting, (onRetry) =>
    platform.tenancy.run(
      tenant,
      (tx) =>
        listSessions(tx, { playerId: id, status: ['active', 'paused', 'breach_recovery'], limit: OFFERED }),
      { idempotent: true, onRetry },
    ),
  );
}

function describe({ id, day, days, status, startedAt, events }: SessionSummary) {
  const started = startedAt.toISOString().slice(0, 16).replace('T', ' ');
  return {
    value: id,
    label: `Day ${day} of ${days}, ${status.replace('_', ' ')}`,
    hint: `started ${started} UTC, ${counted(events, 'event')}`,
  };
}

async function startSession(
  { platform, tenant, waiting }: Address,
  player: Person,
  { seed, days, fresh = false }: Wishes,
): Promise<string> {
  const request = { actionId: uuidv7(), playerId: player.id, seed: seed ?? randomInt(SEEDS), days, fresh };
  const { sessionId } = await persistently(waiting, (onRetry) =>
    platform.game.start(tenant, request, { onRetry }),
  );
  return sessionId;
}
