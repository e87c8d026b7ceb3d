/**
 * Goes through a tenant's audit log, a page and a transaction at a time, so that neither memory nor a move waits for its
 * length. The last page is empty, and the head is read in the same snapshot: the chain then ends where its head says.
 */
import type { ChainEntry, ChainHead } from '../audit-verifier/index.ts';
import type { Tenancy, TenantTx } from '../kernel/tenancy/index.ts';
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

/** Reads one page, with the head in the same snapshot. */
type ReadPage = (
  place: LogPlace,
) => Promise<{ readonly entries: readonly ChainEntry[]; readonly head: ChainHead }>;

/** Entries from before chains were kept, then those of the chain. @returns the chain's head */
export const walkLog = (tenancy: Tenancy, tenant: string): Entries => walkWhole(pagesOf(tenancy, tenant));

/** The same within one transaction, which should see one snapshot, or be alone in the tenant. */
export const walkLogIn = (tx: TenantTx): Entries => walkWhole((place) => readPage(tx, place));

/** @returns the chain's head */
export const walkChain = (tenancy: Tenancy, tenant: string): Entries =>
  walkFrom(pagesOf(tenancy, tenant), CHAIN_START);

const pagesOf =
  (tenancy: Tenancy, tenant: string): ReadPage =>
  (place) =>
    tenancy.run(tenant, (tx) => readPage(tx, place), READING);

const readPage = async (tx: TenantTx, place: LogPlace) => ({
  entries: await readAuditEntries(tx, place, PAGE),
  head: await chainHead(tx),
});

async function* walkWhole(read: ReadPage): Entries {
  yield* walkFrom(read, BEFORE_CHAIN);
  return yield* walkFrom(read, CHAIN_START);
}

async function* walkFrom(read: ReadPage, start: LogPlace): Entries {
  for (let place = start; ; ) {
    const { entries, head } = await read(place);
    yield* entries;
    const last = entries.at(-1);
    if (!last) return head;
    place = { sequence: last.sequence, id: last.id };
  }
}
