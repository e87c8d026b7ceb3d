/** Short ways to a session that a test can work on. */
import { v7 as uuidv7 } from 'uuid';
import { listPlayers } from '../../src/modules/auth/index.ts';
import type { AcceptedAction } from '../../src/modules/game/index.ts';
import type { Platform } from '../../src/platform.ts';

export async function somePlayer(platform: Platform, tenant: string): Promise<string> {
  const [player] = await platform.tenancy.run(tenant, (tx) => listPlayers(tx, 1));
  if (!player) throw new Error(`The template gives ${tenant} people.`);
  return player.id;
}

/** Starts a game of ten days. */
export async function startedSession(platform: Platform, tenant: string, seed = 7): Promise<AcceptedAction> {
  const playerId = await somePlayer(platform, tenant);
  return platform.game.start(tenant, { actionId: uuidv7(), playerId, seed, days: 10 });
}
