/**
 * Goes through a tenant's audit log, a page and a transaction at a time, so that neither memory nor a move waits for its
 * length. The last page is empty, and the head is read in the same snapshot: the chain then ends where its head says.
 */
import type { ChainEntry, ChainHead } from '../audit-verifier/index.ts';
import type { Tenancy } from '../kernel/tenancy/index.ts';
import {
  BEFORE_CHAIN,
  CHAIN_START,
  chainHead,
  type LogPlace,
  readAuditEntries,
} from '../modules/admin/index.ts';

/** Entries of a page: some megabyte. */
const PAGE = 2_000;
const READING = { snapshot: true } as const;

export type Entries = AsyncGenerator<ChainEntry, ChainHead>;

/** Entries from before chains were kept, then those of the chain. @returns the chain's head */
export async function* walkLog(tenancy: Tenancy, tenant: string): Entries {
  yield* walkFrom(tenancy, tenant, BEFORE_CHAIN);
  return yield* walkChain(tenancy, tenant);
}

/** @returns the chain's head */
export const walkChain = (tenancy: Tenancy, tenant: string): Entries =>
  walkFrom(tenancy, tenant, CHAIN_START);

async function* walkFrom(tenancy: Tenancy, tenant: string, start: LogPlace): Entries {
  for (let place = start; ; ) {
    const { entries, head } = await tenancy.run(
      tenant,
      async (tx) => ({ entries: await readAuditEntries(tx, place, PAGE), head: await chainHead(tx) }),
      READING,
    );
    yield* entries;
    const last = entries.at(-1);
    if (!last) return head;
    place = { sequence: last.sequence, id: last.id };
  }
}
