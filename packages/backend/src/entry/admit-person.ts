/**
 * The door that every wish of a person comes through, whichever edge it is brought by: may they, is it not too often, and
 * they are there. What programs do for themselves, such as bots and consumers, does not come this way.
 */
import { allow, type Cache, type Limit, present } from '../kernel/cache/index.ts';
import type { TenantTx } from '../kernel/tenancy/index.ts';
import { may } from '../modules/auth/index.ts';
import { entryErrors } from './errors.ts';

export interface Wish {
  /** What roles allow, such as `game.sessions.play`. */
  readonly permission: string;
  readonly limit: Limit;
}

/**
 * Without Redis roles are asked of PostgreSQL, limits hold as each says, and nobody is known to be there.
 *
 * @throws ENTRY_NOT_ALLOWED, ENTRY_TOO_OFTEN  with `retryInMs`
 */
export async function admitPerson(
  tx: TenantTx,
  cache: Cache,
  userId: string,
  { permission, limit }: Wish,
): Promise<void> {
  if (!(await may(tx, cache, userId, permission)))
    throw entryErrors.ENTRY_NOT_ALLOWED({ expected: permission });
  const decision = await allow(tx, cache, limit, userId);
  if (!decision.allowed)
    throw entryErrors.ENTRY_TOO_OFTEN({
      found: `again in ${Math.ceil(decision.retryInMs / 1_000)} s`,
      expected: `${limit.most} in ${limit.perMs / 1_000} s`,
      data: { retryInMs: decision.retryInMs },
    });
  // Nobody waits for it: whoever acts again says it again.
  void present(tx, cache, userId);
}
