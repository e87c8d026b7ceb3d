/** What a person does in their own game. */
import type { RunOptions } from '../kernel/tenancy/index.ts';
import {
  type AcceptedAction,
  type ActionRequest,
  gameErrors,
  listSessions,
  PLAY_ACTIONS,
} from '../modules/game/index.ts';
import type { Platform } from '../platform.ts';
import { admitPerson } from './admit-person.ts';

const PLAY = { permission: 'game.sessions.play', limit: PLAY_ACTIONS } as const;

/**
 * @throws ENTRY_NOT_ALLOWED, ENTRY_TOO_OFTEN, and what `performAction` throws
 * @throws GAME_SESSION_UNKNOWN  for somebody else's session too
 */
export async function actAsPerson(
  { tenancy, cache, game }: Pick<Platform, 'tenancy' | 'cache' | 'game'>,
  tenant: string,
  userId: string,
  request: ActionRequest,
  options: Pick<RunOptions, 'onRetry'> = {},
): Promise<AcceptedAction> {
  const { sessionId } = request;
  const admit = async (tx: Parameters<typeof admitPerson>[0]) => {
    const [own] = await listSessions(tx, { id: sessionId, playerId: userId });
    if (!own) throw gameErrors.GAME_SESSION_UNKNOWN({ found: sessionId });
    await admitPerson(tx, cache, userId, PLAY);
  };
  await tenancy.run(tenant, admit, { ...options, idempotent: true });
  return game.act(tenant, request, options);
}
