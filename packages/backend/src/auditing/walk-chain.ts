/**
 * Goes through a tenant's audit log, a page and a transaction at a time, so that neither memory nor a move waits for its
 * length: entries, and at their places what is left of those that retention removed. The last page is empty, and the head is
 * read in the same snapshot: the chain then ends where its head says.
 */
import { type ChainEntry, type ChainHead, isRemoval, type Removal } from '../audit-verifier/index.ts';
import type { Tenancy, TenantTx } from '../kernel/tenancy/index.ts';
import {
  BEFORE_CHAIN,
  CHAIN_START,
  chainHead,
  type LogPlace,
  lastRemoval,
  readAuditEntries,
  readRemovals,
} from '../modules/admin/index.ts';

/** Entries of a page: some megabyte. */
const PAGE = 2_000;
/** Of a thousand hashes each, at most: as much. */
const REMOVALS_PAGE = 20;
const READING = { snapshot: true } as const;

export type ChainItem = ChainEntry | Removal;
export type ChainItems = AsyncGenerator<ChainItem, ChainHead>;

/** Runs what reads a page, in a transaction of its own or in one for all pages. */
type Reading = <Result>(read: (tx: TenantTx) => Promise<Result>) => Promise<Result>;

const pageByPage =
  (tenancy: Tenancy, tenant: string): Reading =>
  (read) =>
    tenancy.run(tenant, read, READING);

/** Entries from before chains were kept, then those of the chain. @returns the chain's head */
export const walkLog = (tenancy: Tenancy, tenant: string): ChainItems =>
  walkWhole(pageByPage(tenancy, tenant));

/** The same within one transaction, which should see one snapshot, or be alone in the tenant. */
export const walkLogIn = (tx: TenantTx): ChainItems => walkWhole((read) => read(tx));

/** @returns the chain's head */
export const walkChain = (tenancy: Tenancy, tenant: string): ChainItems => walk(pageByPage(tenancy, tenant));

async function* walkWhole(reading: Reading): ChainItems {
  for (let place = BEFORE_CHAIN; ; ) {
    const entries = await reading((tx) => readAuditEntries(tx, place, PAGE));
    yield* entries;
    const last = entries.at(-1);
    if (!last) return yield* walk(reading);
    place = { sequence: null, id: last.id };
  }
}

async function* walk(reading: Reading): ChainItems {
  const known = (await reading(lastRemoval))?.removals ?? 0;
  const seen = new Set<number>();
  let [place, behindSequence]: [LogPlace, number] = [CHAIN_START, 0];
  for (;;) {
    const at = { place, behindSequence };
    const { entries, removals, head, late } = await reading((tx) => readPage(tx, at, known));
    const items = inOrder(entries, removals);
    yield* items;
    if (items.length === 0) {
      // Retention took what was read before; the last removal vouches for all, so none may lack.
      yield* late.filter(({ number }) => !seen.has(number));
      return head;
    }
    for (const item of items) {
      if (isRemoval(item)) seen.add(item.number);
      else place = { sequence: item.sequence, id: item.id };
      behindSequence = Math.max(behindSequence, endOf(item));
    }
  }
}

/** An export takes seconds, and a run of retention writes a few hundred in that time. */
const MOST_LATE = 10_000;

async function readPage(
  tx: TenantTx,
  { place, behindSequence }: { readonly place: LogPlace; readonly behindSequence: number },
  known: number,
) {
  const entries = await readAuditEntries(tx, place, PAGE);
  const removals = await readRemovals(tx, { behindSequence }, REMOVALS_PAGE);
  const isLast = entries.length === 0 && removals.length === 0;
  const late = isLast ? await readRemovals(tx, { sinceNumber: known }, MOST_LATE) : [];
  return { entries, removals, head: await chainHead(tx), late };
}

const placeOf = (item: ChainItem): number => (isRemoval(item) ? item.firstSequence : (item.sequence ?? 0));
const endOf = (item: ChainItem): number => (isRemoval(item) ? item.lastSequence : (item.sequence ?? 0));

/** Of two pages that may each go on, what stands before the end of the one that ends first. */
function inOrder(entries: readonly ChainEntry[], removals: readonly Removal[]): ChainItem[] {
  const ends = [
    ...(entries.length === PAGE ? [entries.at(-1)] : []),
    ...(removals.length === REMOVALS_PAGE ? [removals.at(-1)] : []),
  ].map((last) => (last ? placeOf(last) : 0));
  const end = Math.min(Number.POSITIVE_INFINITY, ...ends);
  return [...entries, ...removals]
    .filter((item) => placeOf(item) <= end)
    .sort((one, other) => placeOf(one) - placeOf(other));
}
