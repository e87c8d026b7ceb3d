/** How a program shows the database that it is one, each time it enters a tenant. */

export { contextErrors } from './errors.ts';
export {
  type ContextKeyState,
  listContextKeys,
  markSpread,
  OVERLAP_SECONDS,
  rotateContextKey,
  settleContextKeys,
} from './keys.ts';
export { type Sign, Signer } from './signer.ts';
export { contextSecret, type Entry, questionOf, signEntry } from './token.ts';
