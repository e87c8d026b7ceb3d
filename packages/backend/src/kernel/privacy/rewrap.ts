/**
 * Wraps keys anew after a rotation, in batches of a transaction each. A key says what wraps it, so work that was killed goes
 * on where it stopped; and no encrypted text is touched.
 */
import type { Tenancy } from '../tenancy/index.ts';
import type { Keys } from './keys.ts';

/** A batch takes some 10 ms, so that a person's erasure never waits long for one. */
const BATCH = 200;

export interface Rewrapped {
  readonly tenantKeys: number;
  readonly subjectKeys: number;
}

/** @param onBatch  told how many keys of people are done so far */
export async function rewrapTenant(
  tenancy: Tenancy,
  keys: Keys,
  tenant: string,
  onBatch: (done: number) => void = () => {},
): Promise<Rewrapped> {
  const tenantKeys = await tenancy.run(tenant, (tx) => keys.tenantKeys.rewrap(tx));
  let subjectKeys = 0;
  for (;;) {
    const done = await tenancy.run(tenant, (tx) => keys.subjectKeys.rewrap(tx, BATCH));
    subjectKeys += done;
    if (done === 0) return { tenantKeys, subjectKeys };
    onBatch(subjectKeys);
  }
}
