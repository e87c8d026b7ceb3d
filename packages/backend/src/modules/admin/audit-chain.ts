/** The chain of a tenant's audit entries as it is read: its head, its entries as they were hashed, and where it is begun. */
import { and, asc, desc, eq, gt } from 'drizzle-orm';
import { type ChainEntry, type ChainHead, NO_ENTRY, type Removal } from '../../audit-verifier/index.ts';
import { callIn, type TenantTx, tenantFunction } from '../../kernel/tenancy/index.ts';
import { adminTables } from './schema.ts';

const openChain = tenantFunction<readonly [], { readonly opened: boolean }>('admin', 'open_audit_chain', 0);
const readLog = tenantFunction<
  readonly [afterSequence: number | null, afterId: string, most: number],
  { readonly entries: readonly ChainEntry[] }
>('admin', 'read_audit_log', 3);

/** Gives a new tenant its chain. Repeatable. @returns whether the chain was begun now */
export async function openAuditChain(tx: TenantTx): Promise<boolean> {
  return (await callIn(tx, openChain, [])).opened;
}

/** Where the tenant's chain stands; at no entry where it has none. */
export async function chainHead(tx: TenantTx): Promise<ChainHead> {
  const { auditChainHeads: heads } = adminTables(tx);
  const [head] = await tx
    .select({ sequence: heads.sequence, chainSha256: heads.chainSha256 })
    .from(heads)
    .where(eq(heads.tenantId, tx.tenantId));
  return head ?? { sequence: 0, chainSha256: NO_ENTRY };
}

/** A place in the log; the sequence is null among entries from before chains were kept, which are in the order of ids. */
export interface LogPlace {
  readonly sequence: number | null;
  readonly id: string;
}

const LEAST_ID = '00000000-0000-0000-0000-000000000000';
export const BEFORE_CHAIN: LogPlace = { sequence: null, id: LEAST_ID };
export const CHAIN_START: LogPlace = { sequence: 0, id: LEAST_ID };

/** The next entries behind a place, in the order of the chain. */
export async function readAuditEntries(
  tx: TenantTx,
  { sequence, id }: LogPlace,
  most: number,
): Promise<readonly ChainEntry[]> {
  return (await callIn(tx, readLog, [sequence, id, most])).entries;
}

/** @returns its sequence; undefined where there is no such entry in the chain */
export async function sequenceOfEntry(tx: TenantTx, id: string): Promise<number | undefined> {
  const { auditLog } = adminTables(tx);
  const [entry] = await tx
    .select({ sequence: auditLog.sequence })
    .from(auditLog)
    .where(and(eq(auditLog.tenantId, tx.tenantId), eq(auditLog.id, id)));
  return entry?.sequence ?? undefined;
}

/** Which removals are wanted: those with entries behind a sequence, or those made since so many. */
export type RemovalsWanted = { readonly behindSequence: number } | { readonly sinceNumber: number };

/** What is left of removed entries, in the order of the chain. */
export async function readRemovals(tx: TenantTx, wanted: RemovalsWanted, most: number): Promise<Removal[]> {
  const { auditRemovals: removals } = adminTables(tx);
  const { number, runId, firstSequence, lastSequence, entryHashes, removalsSha256 } = removals;
  const isWanted =
    'behindSequence' in wanted ? gt(lastSequence, wanted.behindSequence) : gt(number, wanted.sinceNumber);
  return tx
    .select({ number, runId, firstSequence, lastSequence, entryHashes, removalsSha256 })
    .from(removals)
    .where(and(eq(removals.tenantId, tx.tenantId), isWanted))
    .orderBy(asc(firstSequence))
    .limit(most);
}

/** The number of the last removal, and its hash, which covers those before; null where nothing was removed. */
export async function lastRemoval(
  tx: TenantTx,
): Promise<{ readonly removals: number; readonly removalsSha256: string } | null> {
  const { auditRemovals } = adminTables(tx);
  const [last] = await tx
    .select({ removals: auditRemovals.number, removalsSha256: auditRemovals.removalsSha256 })
    .from(auditRemovals)
    .where(eq(auditRemovals.tenantId, tx.tenantId))
    .orderBy(desc(auditRemovals.number))
    .limit(1);
  return last ?? null;
}
