/** How often people may act in their games. */
import { defineLimit } from '../../kernel/cache/index.ts';

/**
 * Actions of one player: far more than a person makes, and fewer than a loop that went wrong.
 *
 * Open without Redis: what it protects is the platform's speed, PostgreSQL takes the actions of such a loop as well, and a
 * player never loses a move for want of a copy.
 */
export const PLAY_ACTIONS = defineLimit({
  name: 'play',
  most: 120,
  perMs: 60_000,
  withoutRedis: 'open',
});
